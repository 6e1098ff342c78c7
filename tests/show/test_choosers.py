"""The choosers of the notebook for exploring: what they take, say and drive."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis import AnalysisError, explore, read_dataset
from analysis.show import choosers
from analysis.show.lines import CHART_MIME, grid_script, outputs_of, write_out
from tests.conftest import ROOT

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def dataset():
    return read_dataset(ROOT / "data")


@pytest.fixture
def view(dataset):
    return explore(dataset, ["naht", "neu"], as_of=DAY)


def test_a_line_is_written_with_the_choices_and_keeps_attributes_and_keywords():
    line = "f(data.unions, level=level, unions=unions)"
    chosen = {"unions": '["neu"]', "level": '"admits"'}
    assert write_out(line, chosen) == 'f(data.unions, level="admits", unions=["neu"])'


def test_the_line_shown_is_the_line_that_is_run_and_follows_every_chooser(view):
    panel = view.show("coverage_matrix(data.coverage, level, unions)")
    assert 'coverage_matrix(data.coverage, "admits", ["naht", "neu"])' in shown_line(panel)
    view.level.value = "recognised"
    view.boxes["unison"].value = True
    assert '"recognised", ["naht", "neu", "unison"])' in shown_line(panel)
    assert "unison" in panel.answer.outputs[0]["data"]["text/html"]
    for box in view.boxes.values():
        box.value = False
    assert '"recognised", data.choose())' in shown_line(panel)


def shown_line(panel) -> str:
    import html

    return html.unescape(panel.code.value)


def test_only_known_choices_can_be_made(view, dataset):
    with pytest.raises(AnalysisError, match=r"no union 'nue'; did you mean .*'neu'"):
        explore(dataset, ["nue"])
    with pytest.raises(AnalysisError, match="no post 'teachers'; did you mean 'teacher'"):
        explore(dataset, role="teachers")
    with pytest.raises(AnalysisError, match="no level 'admit'; did you mean 'admits'"):
        explore(dataset, level="admit")
    with pytest.raises(AnalysisError, match="'soon' is not a day"):
        explore(dataset, as_of="soon")
    assert set(view.boxes) == set(view.data.choose())


@pytest.mark.parametrize("typed", ["31/1/2019", "2019-02-30", "1500", "soon"])
def test_a_day_that_cannot_be_is_told_in_words_and_changes_nothing(typed, view):
    view.day.value = typed
    assert 'role="alert"' in view.message.value
    assert f"What you see is still as at {DAY}" in view.message.value
    assert view.data.day == DAY
    view.day.value = "2019-01"
    assert (view.message.value, view.data.day) == ("", "2019-01-01")


def test_another_day_offers_its_own_unions_and_says_what_became_of_those_chosen(view):
    view.day.value = "2015-06-30"
    assert "nut" in view.boxes
    assert "neu" not in view.boxes
    assert view.unions == ["naht"]
    assert "it was founded on 2017-09-01" in view.message.value
    assert "dataset.as_at(&quot;2015-06-30&quot;)" in view.code.value


def test_a_helpers_refusal_stands_in_the_panel_in_its_own_words(view):
    panel = view.show("sum_members(latest_members(data.members, unions))")
    (output,) = panel.answer.outputs
    assert (
        "cannot be added" in output["data"]["text/plain"]
        or "basis" in output["data"]["text/plain"]
    )
    assert 'role="alert"' in output["data"]["text/html"]


def test_a_chart_is_drawn_between_its_title_and_its_caption_and_told_in_words(view):
    panel = view.show("plot_members(latest_members(data.members, unions), data.labels)")
    title, chart, caption = (one["data"] for one in panel.answer.outputs)
    assert "<strong>" in title["text/html"]
    assert chart[CHART_MIME]["config"] == {"displaylogo": False, "showSendToCloud": False}
    assert "Sources: " in caption["text/html"]
    assert "The chart in words" in caption["text/html"]


def test_tables_can_be_searched_copied_and_saved_and_name_no_address_to_load_from(dataset):
    (bundle,) = outputs_of(dataset.as_at(DAY).unions)
    assert "csvHtml5" in bundle["text/html"]
    assert "copyHtml5" in bundle["text/html"]
    assert "cdn" not in bundle["text/html"]
    assert "unpkg" not in bundle["text/html"]
    assert "unpkg" not in grid_script()


def test_text_of_the_data_is_never_markup_in_a_table():
    import pandas as pd

    (bundle,) = outputs_of(pd.DataFrame({"name": ["<img src=x onerror=alert(1)>"]}))
    assert "<img src=x" not in bundle["text/html"]


def test_the_report_is_made_by_the_command_shown_and_only_when_asked(view, monkeypatch):
    ran = []
    done = SimpleNamespace(returncode=0, stdout="reports/role_coverage.html\n", stderr="")
    monkeypatch.setattr(choosers.subprocess, "run", lambda words, **_: ran.append(words) or done)
    panel = view.report()
    panel.name.value = "role_coverage"
    words = "report role_coverage -p level=admits -p unions=naht,neu -p as_of=2026-11-22"
    assert f"unions {words}" in panel.code.value
    assert ran == []
    panel.button.click()
    assert ran[0][3:] == ["-m", "analysis.cli", *words.split()]
    assert "reports/role_coverage.html" in panel.message.value
    view.report(write=True)
    assert len(ran) == 2


def test_the_report_reads_the_folder_that_the_notebook_read(view):
    panel = view.report(data_folder="../mydata")
    assert panel.command[-2:] == ["-p", f"data_folder={Path('../mydata').resolve()}"]
    assert "data_folder" not in " ".join(view.report(data_folder="../data").command)


def test_a_report_that_is_refused_says_why_in_its_own_sentence(view, monkeypatch):
    done = SimpleNamespace(returncode=1, stdout="", stderr="there is no folder <x>\n")
    monkeypatch.setattr(choosers.subprocess, "run", lambda *_, **__: done)
    panel = view.report(write=True)
    assert "there is no folder &lt;x&gt;" in panel.message.value
    assert not panel.button.disabled


def test_reports_do_not_wait_for_what_draws_widgets():
    line = "import sys, analysis; print({'ipywidgets', 'itables'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
