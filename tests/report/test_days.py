"""Parameters that are a day, or a day or a data folder."""

import datetime as dt

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.errors import ParameterError
from analysis.report.parameters import check_parameters, parse_parameters
from analysis.report.run import report

PARAMETERS = """before: str = ""  # a day or a data folder
after: str = ""  # a day or a data folder
as_of: str = ""  # the day to look from"""
SHOW = """import json
from IPython.display import display
block = {"type": "paragraph", "runs": [{"text": f"{before or 'none'} {after} {as_of}"}]}
said = json.dumps({"role": "", "blocks": [block]})
display({"application/vnd.unions.prose": said}, raw=True)"""


@pytest.fixture
def notebook(tmp_path):
    parameters = new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]})
    cells = [new_markdown_cell("# Title"), parameters, new_code_cell(SHOW, id="show")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = tmp_path / "notebooks" / "changes.ipynb"
    path.parent.mkdir()
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def test_an_empty_after_and_an_empty_as_of_become_the_day_of_the_run(notebook, tmp_path):
    given = {"after": "", "before": ""}
    page, _ = report(notebook, given, ("html",), tmp_path / "out", {}, dt.date(2026, 9, 1))
    assert "none 2026-09-01 2026-09-01" in page.read_text("utf-8")


def test_a_folder_is_typed_from_here_and_passed_on_as_the_notebook_finds_it(
    notebook, tmp_path, monkeypatch
):
    (tmp_path / "here" / "old").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    values = parse_parameters(["before=old", "after=2019-06", "as_of=2019"], notebook)
    assert values == {"before": "../here/old", "after": "2019-06", "as_of": "2019"}
    check_parameters(values, notebook, {})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("before", "olt", "; nor is it a data folder"),
        ("after", "2018-02-30", "; February 2018 has 28 days; did you mean 2018-02-28?"),
        ("as_of", "old", ""),
    ],
)
def test_what_is_neither_a_day_nor_a_folder_is_refused(
    notebook, tmp_path, monkeypatch, name, value, sentence
):
    (tmp_path / "old").mkdir()
    monkeypatch.chdir(tmp_path)
    values = parse_parameters([f"{name}={value}"], notebook)
    with pytest.raises(ParameterError) as refused:
        check_parameters(values, notebook, {})
    assert str(refused.value) == (
        f"parameter '{name}' is '{value}'; a day is written 2026-09-01, 2026-09 or 2026{sentence}"
    )
