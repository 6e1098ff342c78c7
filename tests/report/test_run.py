import datetime as dt
import re
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.errors import NotebookError, ParameterError
from analysis.report.formats import FORMATS
from analysis.report.parameters import parse_parameters, read_parameters
from analysis.report.run import report

PARAMETERS = """unions: list = []  # codes of the unions
as_of: str = ""  # the day to look from
full: bool = False
top: int = 3"""
SHOW = """import json
from IPython.display import display
text = f"{unions!r} on {as_of}"
block = {"type": "paragraph", "runs": [{"text": text}]}
said = json.dumps({"role": "", "blocks": [block]})
display({"application/vnd.unions.prose": said}, raw=True)"""
DAY = dt.date(2026, 9, 1)
CELL = "notebooks/comparison.ipynb, cell show"
KNOWN = {"unions": {"neu": "National Education Union", "naht": "NAHT"}}


@pytest.fixture
def written(tmp_path):
    def write(source=SHOW):
        parameters = new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]})
        cells = [new_markdown_cell("# Title"), parameters, new_code_cell(source, id="show")]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = tmp_path / "notebooks" / "comparison.ipynb"
        path.parent.mkdir(exist_ok=True)
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
        return path

    return write


def refusal(action, kind=ParameterError):
    with pytest.raises(kind) as caught:
        action()
    return str(caught.value)


def test_a_run_writes_every_format_and_keeps_the_notebook(written, tmp_path):
    files = report(written(), {"unions": ["neu"]}, ("html", "pdf"), tmp_path / "out", KNOWN, DAY)
    assert [path.name for path in files] == [
        "comparison.html",
        "comparison.pdf",
        "comparison.ipynb",
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        path.name for path in files
    )
    assert "[&#39;neu&#39;] on 2026-09-01" in files[0].read_text(encoding="utf-8")
    assert str(tmp_path) not in files[2].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("1 / 0", f"{CELL}: failed with ZeroDivisionError: division by zero"),
        ("class DayError(Exception): ...\nraise DayError('too early')", "too early"),
        ("print('hello')", f"{CELL}: prints text, which a report cannot show"),
    ],
)
def test_nothing_is_written_when_a_notebook_fails(written, tmp_path, source, sentence):
    path, out = written(source), tmp_path / "out"
    said = refusal(lambda: report(path, {}, ("html",), out, KNOWN, DAY), NotebookError)
    assert said == sentence
    assert not out.exists()


def test_what_a_library_cannot_lay_out_is_one_sentence(written, tmp_path, monkeypatch):
    def broken(_):
        raise ValueError("a cell\n  is wrong")

    monkeypatch.setitem(FORMATS, "xlsx", broken)
    path, out = written(), tmp_path / "out"
    said = refusal(lambda: report(path, {}, ("html", "xlsx"), out, KNOWN, DAY), NotebookError)
    assert said == (
        "notebooks/comparison.ipynb: its xlsx could not be made, which is a fault of this program "
        "(ValueError: a cell is wrong); ask for the other formats without it"
    )
    assert not out.exists()


def test_without_a_format_the_executed_notebook_alone_is_written(written, tmp_path):
    out = tmp_path / "out"
    notebook = written('print("what no report can show")')
    assert report(notebook, {}, (), out, KNOWN, DAY) == [out / "comparison.ipynb"]
    assert [path.name for path in out.iterdir()] == ["comparison.ipynb"]


def test_a_wrong_name_is_refused_with_those_that_the_notebook_takes(written):
    path = written()
    assert refusal(lambda: parse_parameters(["union=neu"], path)) == (
        "notebooks/comparison.ipynb has no parameter 'union'; "
        "it takes: unions, as_of, full, top; did you mean 'unions'?"
    )


def test_a_wrong_value_is_refused_with_the_nearest_right_one(written, tmp_path):
    path, out = written(), tmp_path / "out"
    said = refusal(lambda: report(path, {"unions": ["nehu"]}, ("html",), out, KNOWN, DAY))
    assert said == "parameter 'unions': 'nehu' is not known; did you mean 'neu'?"
    assert not out.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"unions": "neu"}, "parameter 'unions' is 'neu'; it takes a list, written a,b"),
        ({"top": True}, "parameter 'top' is True; it takes a whole number"),
        (
            {"as_of": "2026-13"},
            "parameter 'as_of' is '2026-13'; a day is written 2026-09-01, 2026-09 or 2026",
        ),
    ],
)
def test_a_value_of_another_type_is_refused(written, tmp_path, given, sentence):
    path = written()
    assert refusal(lambda: report(path, given, ("html",), tmp_path, KNOWN, DAY)) == sentence


def test_an_unknown_format_is_refused(written, tmp_path):
    path = written()
    said = refusal(lambda: report(path, {}, ("odt",), tmp_path, KNOWN, DAY))
    assert said == "no format 'odt'; choose from html, pdf, xlsx, docx, ipynb"


def test_typed_values_take_the_notebooks_types_and_codes_stay_text(written):
    typed = ["unions=neu,007", "full=yes", "top=4", "as_of=2019"]
    assert parse_parameters(typed, written()) == {
        "unions": ["neu", "007"],
        "full": True,
        "top": 4,
        "as_of": "2019",
    }


def test_a_parameter_is_known_by_its_type_default_and_comment(written):
    assert read_parameters(written())["as_of"] == {
        "type": "str",
        "default": '""',
        "help": "the day to look from",
    }


def test_a_code_that_the_notebook_works_out_is_its_own_affair(written, tmp_path):
    path = written()
    path.write_text(
        path.read_text("utf-8").replace("as_of: str", "union: str = str(1)\\nas_of: str")
    )
    files = report(path, {}, (), tmp_path / "out", {"union": {"neu": "NEU"}}, DAY)
    assert [file.name for file in files] == ["comparison.ipynb"]


def test_on_a_terminal_it_says_what_is_being_laid_out(written, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    report(written(), {}, ("html", "pdf"), tmp_path / "out", KNOWN, DAY)
    assert re.search(r"Laying out.*pdf", capsys.readouterr().err)
