import pytest

from analysis import read_dataset
from analysis.cli import main
from analysis.read.tidy import tidy
from tests.conftest import ROOT, fact, union

FACTS = [
    *union("neu", "NEU", founded="2017-09-01"),
    fact("neu", "fee", "1.30", "teacher", basis="per_year", as_of="2018-09"),
    fact("neu", "members", "450000", "whole", basis="claimed", as_of="2017-09-01"),
    fact("neu", "members", "460000", "whole", basis="claimed", as_of="2017-09-25"),
    fact("neu", "phone", "01924 207890", qualifier="office, as printed"),
]
FACTS.sort(key=lambda row: [row[place] for place in (0, 1, 2, 5, 6, 7)])


def as_excel_saves(text: str) -> bytes:
    """Return a CSV as Excel with British settings writes it back as 'CSV UTF-8'."""
    import csv
    import io
    import re

    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    def cell(value: str) -> str:
        if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value):
            return value if match[1] < "1900" else f"{match[3]}/{match[2]}/{match[1]}"
        if (match := re.fullmatch(r"(\d{4})-(\d{2})", value)) and match[1] >= "1900":
            return f"{months[int(match[2]) - 1]}-{match[1][2:]}"
        if re.fullmatch(r"\d+", value):
            return str(int(value))
        if re.fullmatch(r"\d+\.\d+", value):
            return f"{float(value):g}"
        return value

    out = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(text, newline=""))
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


@pytest.fixture
def saved_by_excel(write_folder):
    """Return a tidied folder after Excel saved its facts, and the facts' bytes before."""
    path = write_folder(FACTS) / "unions.csv"
    assert tidy(path.parent).faults == []
    before = path.read_bytes()
    path.write_bytes(as_excel_saves(before.decode()))
    return path, before


def test_a_file_saved_by_excel_comes_back_byte_for_byte(saved_by_excel):
    path, before = saved_by_excel
    assert path.read_bytes() != before
    done = tidy(path.parent)
    assert path.read_bytes() == before
    assert done.faults == []


def test_every_change_is_said(saved_by_excel):
    done = tidy(saved_by_excel[0].parent)
    assert done.changes == [
        "data/unions.csv: the byte order mark taken out",
        "data/unions.csv: line ends put back to LF",
        "data/unions.csv, line 2, value: '1.3' became '1.30'",
        "data/unions.csv, line 2, as_of: 'Sep-18' became '2018-09'",
        "data/unions.csv, line 3, value: '01/09/2017' became '2017-09-01'",
        "data/unions.csv, line 4, as_of: '01/09/2017' became '2017-09-01'",
        "data/unions.csv, line 5, as_of: '25/09/2017' became '2017-09-25'",
    ]


def test_tidying_twice_changes_nothing(saved_by_excel):
    tidy(saved_by_excel[0].parent)
    assert tidy(saved_by_excel[0].parent).changes == []


def test_a_changed_row_keeps_its_change_and_its_date_is_read_in_the_files_order(saved_by_excel):
    path, _ = saved_by_excel
    path.write_bytes(path.read_bytes().replace(b"450000", b"451000"))
    assert tidy(path.parent).faults == []
    assert b"451000,,claimed,2017-09-01" in path.read_bytes()


def test_a_day_over_12_is_put_back_without_a_row_to_compare(saved_by_excel):
    path, _ = saved_by_excel
    path.write_bytes(path.read_bytes().replace(b"460000", b"461000"))
    assert tidy(path.parent).faults == []
    assert b"461000,,claimed,2017-09-25" in path.read_bytes()


def test_semicolons_blank_rows_and_lost_order_are_put_right(saved_by_excel):
    path, before = saved_by_excel
    lines = before.decode().splitlines()
    turned = [lines[0], *lines[:0:-1], ",,,,,,,,"]
    path.write_text("\n".join(turned).replace(",", ";").replace("office;", "office,"), "utf-8")
    done = tidy(path.parent)
    assert path.read_bytes() == before
    assert done.changes == [
        "data/unions.csv: semicolons between the columns made commas",
        "data/unions.csv: 1 blank rows left out",
        "data/unions.csv: rows put back in their order",
    ]


def test_a_file_in_another_encoding_is_left_as_it_is(write_folder):
    path = write_folder([*FACTS, fact("neu", "benefit", "yes", "training", qualifier="café")])
    path /= "unions.csv"
    raw = path.read_bytes().decode().encode("cp1252")
    path.write_bytes(raw)
    assert "is not UTF-8" in tidy(path.parent).faults[0]
    assert path.read_bytes() == raw


def test_the_shipped_files_come_back_from_excel_without_a_changed_fact(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    kinds = ("unions", "sources", "roles", "benefits", "rules")
    texts = {kind: (ROOT / "data" / f"{kind}.csv").read_bytes() for kind in kinds}
    for kind, raw in texts.items():
        (folder / f"{kind}.csv").write_bytes(raw)
    assert tidy(folder).changes == [], "the shipped files are not tidy"
    for kind, raw in texts.items():
        (folder / f"{kind}.csv").write_bytes(as_excel_saves(raw.decode()))
    assert tidy(folder).faults == []
    assert {kind: (folder / f"{kind}.csv").read_bytes() for kind in kinds} == texts
    assert read_dataset(folder).edition == read_dataset(ROOT / "data").edition


def test_the_command_prints_changes_and_exits_by_what_is_left(saved_by_excel, capsys):
    path, _ = saved_by_excel
    assert main(["tidy", str(path.parent)]) == 0
    assert "line ends put back to LF" in capsys.readouterr().out
    assert main(["tidy", str(path.parent)]) == 0
    assert capsys.readouterr().out == "nothing to put right\n"
