"""The how-to for new facts, followed to the letter, and the mistakes that newcomers make."""

import re
import shutil

import pytest

from analysis.cli import main
from tests.conftest import ROOT, fact, union
from tests.read.test_tidy import as_excel_saves

HOW_TO = (ROOT / "docs" / "add-facts.md").read_text("utf-8")
SOURCES, FACTS, COMMANDS = re.findall(r"```\n(.*?)```", HOW_TO, flags=re.DOTALL)


def test_the_how_to_leads_from_rows_to_a_report(tmp_path, capsys, monkeypatch):
    folder = tmp_path / "mydata"
    folder.mkdir()
    for kind in ("unions", "sources"):
        shutil.copy(ROOT / "data" / f"{kind}.csv", folder)
    assert main(["tidy", str(folder)]) == 0
    for kind, rows in (("sources", SOURCES), ("unions", FACTS)):
        whole = (folder / f"{kind}.csv").read_text("utf-8") + rows.split("\n", 1)[1]
        saved = as_excel_saves(whole).replace(b",12000,", b',"12,000",')
        saved = saved.replace(b",Jun-24,xsu", b",2024-06,xsu")  # typed with an apostrophe
        (folder / f"{kind}.csv").write_bytes(saved)
    monkeypatch.chdir(tmp_path)
    for command in COMMANDS.splitlines():
        name, *words = command.removeprefix("unions ").split()
        more = ["--out", "out", "--to", "html"] if name == "report" else []
        assert main(["--project", str(ROOT), name, *words, *more]) == 0, command
    out = capsys.readouterr().out
    assert "value: '12,000' became '12000'" in out
    page = (tmp_path / "out" / "comparison.html").read_text("utf-8")
    assert "Example Staff Union" in page
    assert "12,000" in page
    saved = (folder / "unions.csv").read_text("utf-8")
    assert all(row in saved.splitlines() for row in FACTS.splitlines())


@pytest.mark.parametrize("fixed", [False, True], ids=["alone", "with the first lines"])
def test_the_rows_of_the_how_to_alone_are_a_folder_of_ones_own(tmp_path, capsys, fixed):
    (tmp_path / "unions.csv").write_text(FACTS if fixed else FACTS.split("\n", 1)[1], "utf-8")
    (tmp_path / "sources.csv").write_text(SOURCES, "utf-8")
    assert main(["check", str(tmp_path)]) == (0 if fixed else 1)
    said = capsys.readouterr()
    assert ("no faults" in said.out) == fixed
    assert ("line 1: the line names no column" in said.err) != fixed


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (fact("neu", "admits", "yes", "teachers", basis="stated"),
         ["line 6, item: role 'teachers' is not in roles.csv; did you mean 'teacher' or "
          "'headteacher'?"]),
        (fact("neu", "admits", "yes", "teacher", basis="stated", source=""),
         ["line 6, source: the cell is empty; expected code of the source that states it"]),
        (fact("neu", "admits", "yes", "teacher", basis="stated", source="press-2021"),
         ["line 6, source: source 'press-2021' is not in sources.csv; did you mean "
          "'press-2020'?"]),
        (fact("neu", "members", "1", "whole", basis="claimed", as_of="2024-06-31"),
         ["line 6, as_of: '2024-06-31' is not a date; expected a date such as 2017-09-01, "
          "2017-09 or 2017"]),
        (fact("neu", "members", "1", "whole", basis="claimed", as_of="June 2024"),
         ["line 6, as_of: 'June 2024' is not a date; expected a date such as 2017-09-01, "
          "2017-09 or 2017"]),
        (fact("neu", "status", "active"),
         ["line 6: the row says again what line 4 says (union, fact, item, basis, as_of, "
          "source)"]),
        (fact("NEU", "admits", "yes", "teacher", basis="stated"),
         ["line 6, union: 'NEU' is not of the form expected: lower-case code of the union",
          "line 6, union: union 'NEU' has no rows for its name (official, short) and status; did "
          "you mean 'neu'?"]),
        (fact("neu ", "admits", "yes", "teacher", basis="stated"),
         ["line 6, union: 'neu ' begins or ends with a space; 'unions tidy' puts this right",
          "line 6, union: union 'neu ' has no rows for its name (official, short) and status; did "
          "you mean 'neu'?"]),
        (fact("neu", "benefit", "yes", "legal help"),
         ["line 6, item: benefit 'legal help' is not in benefits.csv; did you mean "
          "'legal_help'?"]),
        (fact("neu", "members", "about 9000", "whole", basis="claimed", as_of="2024"),
         ["line 6, value: 'about 9000' is not a whole number of members, nought or more"]),
    ],
)  # fmt: skip
def test_a_newcomers_mistake_gets_its_sentence(row, faults, write_folder, capsys):
    folder = write_folder([*union("neu", "NEU"), row])
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().err.splitlines() == [f"data/unions.csv, {one}" for one in faults]
