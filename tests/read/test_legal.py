"""The dated rules: which hold on a day, and what is wrong with a row."""

import datetime as dt

import pytest

from analysis.read.facts import check_folder
from tests.conftest import union

TODAY = dt.date(2026, 11, 22)
NEU = union("neu", "NEU", founded="1990")
AWARD = [
    ["protective_award", "90", "days of pay", "", "2026-04-06", "press-2020"],
    ["protective_award", "180", "days of pay", "2026-04-06", "", "press-2020"],
]


@pytest.mark.parametrize(
    ("day", "value", "dated"),
    [("2000-01-01", "90", "before 6 April 2026"), ("2026-04-05", "90", "before 6 April 2026"),
     ("2026-04-06", "180", "from 6 April 2026")],
)  # fmt: skip
def test_a_rule_holds_from_its_day_and_an_ended_one_until_the_day_before(
    read_facts, day, value, dated
):
    rule = read_facts(NEU, rules=AWARD).as_at(day).rules.loc["protective_award"]
    assert (rule["value"], rule["dated"]) == (value, dated)
    assert rule["sources"] == ("press-2020",)


def test_a_rule_with_no_day_counts_from_the_day_that_its_source_was_printed(read_facts):
    rules = [["redundancy_notice", "30", "days", "", "", "press-2020"]]
    data = read_facts(NEU, rules=rules)
    assert data.as_at("2020-06-29").rules.empty
    assert data.as_at("2020-06-30").rules["dated"].to_list() == ["printed 30 June 2020"]


def test_sources_that_say_the_same_rule_are_both_named_and_the_newer_day_is_shown(read_facts):
    rules = [
        ["redundancy_notice", "30", "days", "", "", code] for code in ("county-2015", "press-2020")
    ]
    rule = read_facts(NEU, rules=rules).as_at("2026-11-22").rules.loc["redundancy_notice"]
    assert rule["sources"] == ("county-2015", "press-2020")
    assert rule["dated"] == "printed 30 June 2020"


def test_what_an_older_source_says_gives_way_to_a_newer_one(read_facts):
    rules = [["redundancy_notice", "90", "days", "", "", "county-2015"],
             ["redundancy_notice", "45", "days", "2020-06", "", "press-2020"]]  # fmt: skip
    data = read_facts(NEU, rules=rules)
    assert data.as_at("2020-05-31").rules["value"].to_list() == ["90"]
    assert data.as_at("2020-06-01").rules.loc["redundancy_notice", "sources"] == ("press-2020",)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (["redundancy_notce", "30", "days", "", "", "press-2020"],
         "rule: rule 'redundancy_notce' is not known; did you mean 'redundancy_notice' or "
         "'redundancy_notice_large' or 'redundancy_trigger'?"),
        (["redundancy_notice", "thirty", "days", "", "", "press-2020"],
         "value: 'thirty' was not expected; this rule is a whole number"),
        (["paid_time_off", "1", "", "", "", "press-2020"],
         "value: '1' was not expected; this rule is yes or no"),
        (["redundancy_notice", "30", "weeks", "", "", "press-2020"],
         "unit: 'weeks' is not the unit of this rule; expected 'days'"),
        (["paid_time_off", "yes", "days", "", "", "press-2020"],
         "unit: 'days' is not the unit of this rule; expected an empty cell"),
        (["redundancy_notice", "30", "days", "2020", "2019-05", "press-2020"],
         "to: '2019-05' is not after '2020'; expected the first day on which it holds no more"),
        (["redundancy_notice", "30", "days", "06/04/2026", "", "press-2020"],
         "from: '06/04/2026' is a date that a spreadsheet rewrote; expected a date such as "
         "2017-09-01, 2017-09 or 2017; 'unions tidy' puts this right, if it can mean one only"),
        (["redundancy_notice", "30", "days", "", "", "pres-2020"],
         "source: source 'pres-2020' is not in sources.csv; did you mean 'press-2020'?"),
        (["redundancy_notice", "", "days", "", "", "press-2020"],
         "value: the cell is empty; expected what holds: a whole number, yes or no"),
    ],
)  # fmt: skip
def test_a_fault_of_a_rule_is_told_by_line_and_column(write_folder, row, fault):
    faults = check_folder(write_folder(NEU, rules=[row]), TODAY)
    assert faults == [f"data/rules.csv, line 2, {fault}"]


def test_two_values_of_one_rule_from_one_day_are_a_fault(write_folder):
    rows = [["redundancy_notice", "30", "days", "", "", "county-2015"],
            ["redundancy_notice", "45", "days", "", "", "press-2020"]]  # fmt: skip
    assert check_folder(write_folder(NEU, rules=rows), TODAY) == [
        "data/rules.csv, line 3, value: line 2 says '30' of the same rule from the same day; "
        "expected one"
    ]


def test_a_rule_that_ends_after_the_next_one_begins_is_a_fault(write_folder):
    late = [[*AWARD[0][:4], "2026-05-06", "press-2020"], AWARD[1]]
    faults = check_folder(write_folder(NEU, rules=late), TODAY)
    assert faults == [
        "data/rules.csv, line 3, from: line 2 says '90' of the same rule until '2026-05-06', "
        "which is later; expected one at a time"
    ]
