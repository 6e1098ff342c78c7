"""What is said of a file that cannot be read as the data folder needs it."""

import pytest

from analysis.read.facts import check_folder, read_dataset
from tests.conftest import SOURCES, fact, union
from tests.read.test_check import TODAY

NEU = union("neu", "NEU", founded="2017-09-01")
COLUMNS = "union, fact, item, value, qualifier, basis, as_of, source, note"


@pytest.fixture
def facts(write_folder):
    """Return the path of a good file of facts."""
    return write_folder(NEU) / "unions.csv"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ('"neu,benefit,training\n', "line 6: a quotation mark opens here and never closes"),
        ('neu,a,"b\nc" x,d\n', "line 7: text follows a closing quotation mark"),
        ("neu," + "x" * 140_000 + "\n", "line 6: a cell is too long"),
    ],
    ids=["lone quote", "text after a quote", "long cell"],
)
def test_what_is_no_csv_is_told_in_plain_words_with_its_line(facts, row, fault):
    facts.write_bytes(facts.read_bytes() + row.encode())
    assert check_folder(facts.parent, TODAY) == [f"data/unions.csv, {fault}"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda raw: raw.splitlines()[0] + b"\n", ": the file has no rows; expected at least one"),
        (lambda raw: raw.replace(b"fact,item", b"union,item", 1),
         ", line 1: the column 'union' stands twice\n, line 1: the column 'fact' is missing"),
        (lambda raw: raw.replace(b"union,fact", b"union,fact,union", 1),
         ", line 1: the column 'union' stands twice"),
        (lambda raw: raw.decode().encode("utf-16"),
         ": the file is UTF-16; expected UTF-8; save the file again as 'CSV UTF-8'"),
        (lambda raw: raw.decode().encode("utf-16-be"),
         ": the file is UTF-16; expected UTF-8; save the file again as 'CSV UTF-8'"),
        (lambda raw: raw.decode().encode("utf-16-le"),
         ": the file is UTF-16; expected UTF-8; save the file again as 'CSV UTF-8'"),
        (lambda raw: raw.replace(b",", b"\t"),
         ", line 1: tabs separate the columns; commas were expected; 'unions tidy' puts this "
         "right"),
        (lambda raw: b"sep=;\n" + raw.replace(b",", b";"),
         f", line 1: the line names no column; expected {COLUMNS}"),
        (lambda raw: b"sep=;\n" + raw.replace(b",", b";") + b'"a";"b"\n',
         f", line 1: the line names no column; expected {COLUMNS}"),
        (lambda raw: b"\n" + raw, f", line 1: the line names no column; expected {COLUMNS}"),
    ],
    ids=["header only", "doubled for another", "doubled", "UTF-16", "UTF-16 BE", "UTF-16 LE",
         "tabs", "sep line", "sep line and quotes", "blank line"],
)  # fmt: skip
def test_a_wrong_form_gets_its_sentence(facts, change, fault):
    facts.write_bytes(change(facts.read_bytes()))
    told = check_folder(facts.parent, TODAY)
    assert told == [f"data/unions.csv{one}" for one in fault.split("\n")]


def test_line_ends_of_one_carriage_return_are_read(facts):
    facts.write_bytes(facts.read_bytes().replace(b"\n", b"\r"))
    assert check_folder(facts.parent, TODAY) == []
    facts.write_bytes(facts.read_bytes() + b"caf\xe9\r")
    assert "line 6: byte 0xE9 is not UTF-8" in check_folder(facts.parent, TODAY)[0]


def test_a_folder_in_the_place_of_a_file_gets_a_sentence(facts):
    facts.unlink()
    facts.mkdir()
    assert check_folder(facts.parent, TODAY) == [
        "data/unions.csv: the file cannot be read: Is a directory"
    ]


def test_a_file_that_may_not_be_read_gets_a_sentence(facts, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert check_folder(facts.parent, TODAY) == [
        f"data/{kind}.csv: the file cannot be read: Permission denied"
        for kind in ("unions", "sources", "roles", "benefits", "rules")
    ]


def test_a_fault_stands_unless_the_file_that_it_was_looked_up_in_has_lost_rows(write_folder):
    rows = [
        fact("neu", "benefit", "yes", "legal_halp"),
        fact("neu", "benefit", "yes", "training", source="undatd"),
        fact("neu", "admits", "yes", "teecher", basis="stated"),
        fact("neu", "admits", "yes", "group:teeching", basis="stated"),
        fact("nue", "succeeded_by", "nueu", as_of="2020"),
    ]
    lines = {"sources": 7, "roles": 8, "benefits": 6}
    whole = {6, 7, 8, 9, 10}
    for kind, line in lines.items():
        folder = write_folder([*NEU, *rows])
        path = folder / f"{kind}.csv"
        path.write_bytes(path.read_bytes() + b"short,row\n")
        told = [fault for fault in check_folder(folder, TODAY) if "unions.csv" in fault]
        assert {int(fault.split("line ")[1].split(",")[0]) for fault in told} == whole - {line}
    path = write_folder([*NEU, *rows]) / "unions.csv"
    path.write_bytes(path.read_bytes() + b"short,row\n")
    told = [fault.split(":")[0][17:] for fault in check_folder(path.parent, TODAY)]
    assert told == ["line 6, item", "line 7, source", "line 8, item", "line 9, item", "line 11"]


def test_a_blank_row_has_lost_nothing(write_folder):
    folder = write_folder([*NEU, fact("neu", "benefit", "yes", "training", source="undatd")])
    path = folder / "sources.csv"
    path.write_bytes(path.read_bytes() + b",,,,,,,,\n")
    assert [fault.split(":")[0] for fault in check_folder(folder, TODAY)] == [
        "data/unions.csv, line 6, source",
        "data/sources.csv, line 5",
    ]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("unions", b"NEU", b"NEW"),
        ("sources", b"Paper", b"Papers"),
        ("roles", b"Caretaker", b"Site manager"),
        ("benefits", b"Training", b"Courses"),
    ],
)
def test_the_edition_changes_with_each_file(facts, kind, old, new):
    before = read_dataset(facts.parent).edition
    path = facts.with_name(f"{kind}.csv")
    path.write_bytes(path.read_bytes().replace(old, new))
    assert read_dataset(facts.parent).edition != before


SOURCE = ["web", "Page", "Web", "", "2020", "", "2026-11-22", "part", "none"]


@pytest.mark.parametrize(
    ("place", "cell", "fault"),
    [
        (6, "2026-11", "accessed: '2026-11' has no day; expected one like 2026-11-22"),
        (6, "2026", "accessed: '2026' has no day; expected one like 2026-11-22"),
        (6, "2999-01-01", "accessed: '2999-01-01' lies in the future; expected a day up to "
         "2026-11-22"),
        (4, "2999", "published: '2999' lies in the future; expected a day up to 2026-11-22"),
        (5, "no", "date_inferred: date_inferred 'no' is not 'yes' or empty"),
        (7, "some", "read: read 'some' is not one of: whole page, part, opening of the page"),
        (4, "\u0662\u0660\u0661\u0667", "published: '\u0662\u0660\u0661\u0667' is not a date; "
         "expected a date such as 2017-09-01, 2017-09 or 2017"),
    ],
)  # fmt: skip
def test_a_bad_source_gets_its_own_sentence(write_folder, place, cell, fault):
    source = [*SOURCE[:place], cell, *SOURCE[place + 1 :]]
    folder = write_folder(NEU, sources=[*SOURCES, source])
    assert check_folder(folder, TODAY) == [f"data/sources.csv, line 5, {fault}"]


def test_a_date_is_inferred_only_where_there_is_one(write_folder):
    source = [*SOURCE[:4], "", "yes", *SOURCE[6:]]
    assert check_folder(write_folder(NEU, sources=[*SOURCES, source]), TODAY) == [
        "data/sources.csv, line 5, published: the cell is empty; expected the date that was "
        "inferred"
    ]
