"""What tidying does to a file as a whole, and the files that it must leave as they are."""

import pytest

from analysis.read.tidy import tidy
from tests.conftest import ROLES, fact, union

NEU = sorted(union("neu", "NEU", founded="2000"))
ROW = b"neu,benefit,training,yes,free,,,press-2020,\n"


@pytest.fixture
def facts(write_folder):
    """Return the path of a tidy file of facts."""
    path = write_folder(NEU) / "unions.csv"
    assert tidy(path.parent).faults == []
    return path


@pytest.mark.parametrize(
    "row",
    [
        b"neu,benefit,training,yes,free, at first,,,press-2020,\n",
        ROW[:-1] + b",\n",
        b"neu,benefit,training\n",
    ],
    ids=["a comma without quotes", "a tenth cell that is empty", "too short"],
)
def test_a_file_with_a_row_of_another_width_is_left_as_it_is(facts, row):
    raw = b"\xef\xbb\xbf" + facts.read_bytes() + row
    facts.write_bytes(raw)
    done = tidy(facts.parent)
    assert "a cell with a comma in it stands in quotes" in done.faults[-1]
    assert (done.changes, facts.read_bytes()) == ([], raw)


def test_blank_columns_at_the_end_are_taken_out(facts):
    before = facts.read_bytes()
    facts.write_bytes(before.replace(b"\n", b",,\n"))
    assert tidy(facts.parent).faults == []
    assert facts.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"), [(b"note\n", b"note,,more\n"), (b"union,fact", b"union,,fact")]
)
def test_a_column_that_is_not_known_or_stands_between_is_left_as_it_is(facts, old, new):
    raw = facts.read_bytes().replace(old, new)
    facts.write_bytes(raw)
    assert tidy(facts.parent).faults
    assert facts.read_bytes() == raw


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (b'"neu,benefit,training\n', "a quotation mark opens here and never closes"),
        (b'"neu" x,benefit,training\n', "text follows a closing quotation mark"),
        (b"neu," + b"x" * 140_000 + b"\n", "a cell is too long"),
    ],
    ids=["lone quote", "text after a quote", "long cell"],
)
def test_a_file_that_is_no_csv_is_left_and_the_others_are_tidied(facts, row, sentence):
    raw = facts.read_bytes() + row
    facts.write_bytes(raw)
    roles = facts.with_name("roles.csv")
    tidy_roles = roles.read_bytes()
    roles.write_bytes(tidy_roles.replace(b"\n", b"\r\n"))
    assert tidy(facts.parent).faults == [f"data/unions.csv, line 6: {sentence}"]
    assert facts.read_bytes() == raw
    assert roles.read_bytes() == tidy_roles


def test_tabs_and_line_ends_of_one_carriage_return_are_put_right(facts):
    before = facts.read_bytes()
    facts.write_bytes(before.replace(b",", b"\t").replace(b"\n", b"\r"))
    done = tidy(facts.parent)
    assert (done.faults, facts.read_bytes()) == ([], before)
    assert done.changes == [
        "data/unions.csv: line ends put back to LF",
        "data/unions.csv: tabs between the columns made commas",
    ]


def test_roles_and_benefits_are_put_in_the_order_of_their_groups(write_folder):
    folder = write_folder(NEU, roles=ROLES[::-1])
    assert tidy(folder).faults == []
    groups = [line.split(",")[2] for line in (folder / "roles.csv").read_text().splitlines()[1:]]
    assert groups == ["leadership", "teaching", "classroom_support", "classroom_support",
                      "auxiliary", "outside_school"]  # fmt: skip


def test_a_file_that_cannot_be_read_or_written_gets_a_sentence(facts, monkeypatch):
    facts.write_bytes(facts.read_bytes().replace(b"\n", b"\r\n"))

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.write_bytes", refuse)
        assert tidy(facts.parent).faults == [
            "data/unions.csv: the file cannot be written: Permission denied"
        ]
    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    assert tidy(facts.parent).faults[0] == (
        "data/unions.csv: the file cannot be read: Permission denied"
    )


def test_amounts_are_put_right_in_fees_only(write_folder):
    rows = [
        fact("neu", "claim", "1.3", "only:x", qualifier="fee"),
        fact("neu", "fee", "1.3", "teacher", basis="per_year", as_of="2020"),
    ]
    path = write_folder([*NEU, *rows]) / "unions.csv"
    tidy(path.parent)
    assert b"only:x,1.3,fee" in path.read_bytes()
    assert b"teacher,1.30" in path.read_bytes()
