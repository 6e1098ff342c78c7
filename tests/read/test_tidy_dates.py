"""Which day a date means that a spreadsheet rewrote, and what was kept to compare it with."""

import subprocess

import pytest

from analysis.read.spreadsheets import amount
from analysis.read.tidied import kept_copy
from analysis.read.tidy import tidy
from tests.conftest import fact, union


def members(value, as_of):
    return fact("neu", "members", value, "whole", basis="claimed", as_of=as_of)


NEU = sorted(union("neu", "NEU", founded="2000"))
LEFT = "is a date that a spreadsheet rewrote"


@pytest.fixture
def rewrite(write_folder):
    """Return a function that tidies a folder, has dates rewritten, and gives its facts' path."""

    def rewritten(rows, *changes):
        path = write_folder([*NEU, *rows]) / "unions.csv"
        assert tidy(path.parent).faults == []
        for old, new in changes:
            assert old.encode() in path.read_bytes()
            path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
        return path

    return rewritten


def test_a_persons_edit_of_a_date_is_not_undone(rewrite):
    path = rewrite(
        [members("1", "2017-09-01"), members("2", "2018-02-25")],
        ("2017-09-01", "09/01/2017"),
        ("2018-02-25", "25/02/2018"),
    )
    assert tidy(path.parent).faults == []
    assert "1,,claimed,2017-01-09" in path.read_text("utf-8")


def test_american_dates_are_read_month_first_where_a_day_over_12_tells(rewrite):
    path = rewrite(
        [members("1", "2017-09-01"), members("2", "2018-02-25")],
        ("2017-09-01", "9/1/2017"),
        ("2018-02-25", "2/25/2018"),
    )
    before = kept_copy(path).read_bytes()
    assert tidy(path.parent).faults == []
    assert path.read_bytes() == before


def test_the_order_is_told_by_what_stood_in_other_rows_before(rewrite):
    path = rewrite(
        [members("1", "2017-09-01"), members("2", "2018-02-03"), members("3", "2019-02-03")],
        ("2017-09-01", "1/9/2017"),
        ("2018-02-03", "3/2/2018"),
        ("3,,claimed,2019-02-03", "4,,claimed,3/2/2019"),
    )
    assert tidy(path.parent).faults == []
    assert "4,,claimed,2019-02-03" in path.read_text("utf-8")


def test_a_date_alone_does_not_tell_its_own_order(rewrite):
    path = rewrite([members("1", "2017-09-01")], ("2017-09-01", "09/01/2017"))
    raw = path.read_bytes()
    assert [LEFT in fault for fault in tidy(path.parent).faults] == [True]
    assert path.read_bytes() == raw


def test_a_file_with_both_orders_keeps_its_doubtful_dates_as_faults(rewrite):
    path = rewrite(
        [members("1", "2017-09-01"), members("2", "2018-02-25"), members("3", "2019-02-25")],
        ("2017-09-01", "01/09/2017"),
        ("2018-02-25", "25/02/2018"),
        ("2019-02-25", "02/25/2019"),
    )
    assert [fault.split(":")[0] for fault in tidy(path.parent).faults] == [
        "data/unions.csv, line 3, as_of"
    ]
    text = path.read_text("utf-8")
    assert "1,,claimed,01/09/2017" in text
    assert "2,,claimed,2018-02-25" in text
    assert "3,,claimed,2019-02-25" in text


def test_a_day_that_is_the_same_in_both_orders_is_put_back(rewrite):
    path = rewrite([members("1", "2017-09-09")], ("1,,claimed,2017-09-09", "2,,claimed,9/9/2017"))
    assert tidy(path.parent).faults == []
    assert "2,,claimed,2017-09-09" in path.read_text("utf-8")


@pytest.mark.parametrize("written", ["25-Sep-17", "25/09/17", "25-Sep-2017"])
def test_a_day_with_a_short_year_or_a_named_month_is_put_back(rewrite, written):
    path = rewrite(
        [members("1", "2017-09-25")], ("1,,claimed,2017-09-25", f"2,,claimed,{written}")
    )
    assert tidy(path.parent).faults == []
    assert "2,,claimed,2017-09-25" in path.read_text("utf-8")


def test_a_short_year_is_of_the_last_century_where_it_would_lie_in_the_future(rewrite):
    path = rewrite([members("1", "2017-09-25")], ("2017-09-25", "25/09/97"))
    assert tidy(path.parent).faults == []
    assert "1,,claimed,1997-09-25" in path.read_text("utf-8")


def test_a_short_year_is_of_the_last_century_where_that_stood_there_before(rewrite):
    path = rewrite([members("1", "1922-10-25")], ("1922-10-25", "25/10/22"))
    assert tidy(path.parent).faults == []
    assert "1,,claimed,1922-10-25" in path.read_text("utf-8")


@pytest.mark.parametrize(
    "value", ["nan", "inf", "1.005", "1e3", "-1.3", "\u0661", "9" * 5000, "a lot", ""]
)
def test_what_is_no_plain_amount_is_left_as_it_is(value):
    assert amount(value) == value


def test_an_odd_amount_is_left_to_the_check(write_folder):
    fee = fact("neu", "fee", "nan", "teacher", basis="per_year", as_of="2020")
    path = write_folder([*NEU, fee]) / "unions.csv"
    assert [fault.split(":")[0] for fault in tidy(path.parent).faults] == [
        "data/unions.csv, line 2, value"
    ]


def test_the_copy_to_compare_with_is_replaced_only_once_there_are_no_faults(write_folder):
    path = write_folder(NEU) / "unions.csv"
    tidy(path.parent)
    clean = kept_copy(path).read_bytes()
    path.write_bytes(path.read_bytes() + b"neu,benefit,nothing,yes,,,,press-2020,\n")
    assert tidy(path.parent).faults
    assert kept_copy(path).read_bytes() == clean
    path.write_bytes(path.read_bytes().replace(b"nothing", b"training"))
    assert tidy(path.parent).faults == []
    assert kept_copy(path).read_bytes() == path.read_bytes()


def test_a_month_is_put_back_from_what_git_last_committed(write_folder):
    path = write_folder([*NEU, members("1", "2018-09")]) / "unions.csv"
    git = ["git", "-C", str(path.parent), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Keep"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    before = path.read_bytes()
    path.write_bytes(before.replace(b"2018-09", b"Sep-18"))
    tidy(path.parent)
    assert b"Sep-18" not in path.read_bytes()
    assert b",2018-09," in path.read_bytes()


def test_a_month_without_anything_to_compare_is_left_as_a_fault(write_folder):
    path = write_folder([*NEU, members("1", "Sep-18")]) / "unions.csv"
    assert [LEFT in fault for fault in tidy(path.parent).faults] == [True]
    assert b"Sep-18" in path.read_bytes()
