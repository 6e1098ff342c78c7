"""What one fact may say, and which facts belong together."""

import pytest

from analysis.read.facts import check_folder
from tests.conftest import fact, union
from tests.read.test_check import TODAY

NEU = union("neu", "NEU", founded="2017-09-01")
EASTERN = "\u0661\u0662\u0663"


def told(folder):
    return [fault.removeprefix("data/unions.csv, line ") for fault in check_folder(folder, TODAY)]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (fact("neu", "members", "1234567890", "whole", basis="claimed", as_of="2018"),
         "6, value: '1234567890' has more than 9 figures; expected a number of members"),
        (fact("neu", "members", EASTERN, "whole", basis="claimed", as_of="2018"),
         f"6, value: '{EASTERN}' is not a whole number of members, nought or more"),
        (fact("neu", "fee", EASTERN, "x", basis="per_year", as_of="2018"),
         f"6, value: '{EASTERN}' is not an amount in pounds; expected one such as 42.67"),
        (fact("neu", "fee", "1.005", "x", basis="per_year", as_of="2018"),
         "6, value: '1.005' is not an amount in pounds; expected one such as 42.67"),
        (fact("neu", "phone", "0" + EASTERN * 3),
         f"6, value: '0{EASTERN * 3}' is not a telephone number; expected one that starts with 0 "
         "or +"),
        (fact("neu", "phone", "1924 207890"),
         "6, value: '1924 207890' is not a telephone number; expected one that starts with 0 or "
         "+"),
        (fact("neu", "members", "9", "whole", basis="other", as_of="2018"),
         "6, qualifier: the cell is empty; expected which count this is"),
        (fact("neu", "split_from", "neu"),
         "6, as_of: the cell is empty; expected the day that this split_from row speaks of"),
    ],
)  # fmt: skip
def test_a_bad_fact_gets_its_own_sentence(write_folder, row, fault):
    assert told(write_folder([*NEU, row])) == [fault]


@pytest.mark.parametrize("number", ["01924 207890", "+44 1924 207890", "0800123456"])
def test_a_telephone_number_starts_with_0_or_plus(write_folder, number):
    assert told(write_folder([*NEU, fact("neu", "phone", number)])) == []


@pytest.mark.parametrize("kind", ["succeeded_by", "renamed_to"])
def test_a_merger_needs_its_day(write_folder, kind):
    rows = [*NEU, *union("nut", "NUT", "former"), fact("nut", kind, "neu")]
    assert told(write_folder(rows)) == [
        f"10, as_of: the cell is empty; expected the day that this {kind} row speaks of"
    ]


@pytest.mark.parametrize("kind", ["succeeded_by", "renamed_to"])
def test_a_union_that_became_another_is_not_active(write_folder, kind):
    rows = [*NEU, *union("nut", "NUT"), fact("nut", kind, "neu", as_of="2018")]
    assert told(write_folder(rows)) == [
        "8, value: union 'nut' is active, and a row says what became of it; expected former"
    ]
    formerly = fact("nut", "status", "former", as_of="2018")
    assert told(write_folder([*rows, formerly])) == []


def test_a_section_has_a_status_row_and_a_row_that_names_its_union(write_folder):
    named = fact("aspect", "section_of", "neu")
    assert told(write_folder([*NEU, *union("aspect", "Aspect", "section"), named])) == []
    assert told(write_folder([*NEU, *union("aspect", "Aspect", "section")])) == [
        "8, value: union 'aspect' is a section, and no row says of which; expected section_of"
    ]
    again = fact("aspect", "section_of", "neu", as_of="1999")
    rows = [*NEU, *union("aspect", "Aspect"), named, again]
    assert told(write_folder(rows)) == [
        "10, value: union 'aspect' is a section of another; expected a status row section"
    ]


def test_a_union_is_no_section_of_itself(write_folder):
    rows = [*union("aspect", "Aspect", "section"), fact("aspect", "section_of", "aspect")]
    assert told(write_folder(rows)) == [
        "6, value: union 'aspect' is a section of itself; expected the union it is a part of"
    ]


def test_a_union_has_no_code_that_something_else_has(write_folder):
    assert told(write_folder([*NEU, *union("teacher", "XSU")])) == [
        "6, union: 'teacher' is the code of a role, staff group or benefit; expected another"
    ]
