"""Which facts are old on a day: the flag turns on the day itself."""

import pytest

from analysis import stale_facts, stale_since
from analysis.schema import AGE_LIMITS
from tests.conftest import fact, union
from tests.read.test_snapshot import admits, members

NEU = union("neu", "NEU")


def fee(as_of):
    return fact("neu", "fee", "10", "trainee", basis="per_year", as_of=as_of)


@pytest.mark.parametrize(
    ("row", "last_fresh", "first_stale"),
    [
        (members("neu", "1", "2020-12-31"), "2023-12-31", "2024-01-01"),
        (members("neu", "1", "2020"), "2023-12-31", "2024-01-01"),
        (members("neu", "1", "2020-02"), "2023-02-28", "2023-03-01"),
        (members("neu", "1", "2020-02-29"), "2023-02-28", "2023-03-01"),
        (
            fact("neu", "benefit", "yes", "training", as_of="2012-02-29"),
            "2020-02-29",
            "2020-03-01",
        ),
        (fee("2022-02-28"), "2024-02-28", "2024-02-29"),
        (fee("2022-03-01"), "2024-03-01", "2024-03-02"),
    ],
)
def test_the_flag_turns_on_the_day_after_the_limit_counted_from_the_end_of_the_date(
    read_facts, row, last_fresh, first_stale
):
    data = read_facts([*NEU, row])
    for day, old in ((last_fresh, False), (first_stale, True)):
        seen = data.as_at(day)
        assert len(stale_facts(seen.facts, seen.day)) == int(old)
        for table in (seen.members, seen.fees, seen.benefits):
            assert table["old"].tolist() in ([], [old])
    assert stale_facts(data.facts, first_stale)["last_fresh"].item() == last_fresh


def test_a_stale_fact_says_since_when_by_which_limit_and_why(read_facts):
    data = read_facts([*NEU, members("neu", "90", "2015", qualifier="over", source="county-2015")])
    assert stale_facts(data.facts, "2020-01-01").to_dict("records") == [
        {
            "union": "neu",
            "fact": "members",
            "item": "whole",
            "basis": "claimed",
            "value": "90",
            "qualifier": "over",
            "dated": "about 2015, date inferred",
            "ends": "2015-12-31",
            "last_fresh": "2018-12-31",
            "years_past": 1,
            "limit_years": 3,
            "reason": AGE_LIMITS["members"].reason,
            "source": "county-2015",
        }
    ]


def test_a_fact_that_a_newer_one_replaced_is_history_and_not_old(read_facts):
    rows = [*NEU, members("neu", "90", "2010"), members("neu", "95", "2019"),
            members("neu", "80", "2010", basis="return_all"),
            admits("neu", "teacher", "yes", "2000"),
            admits("neu", "teacher", "yes", "2019", source="undated")]  # fmt: skip
    stale = stale_facts(read_facts(rows).facts, "2020-06-30")
    assert list(zip(stale["basis"], stale["value"], strict=True)) == [("return_all", "80")]


def test_names_and_mergers_are_never_old(read_facts):
    data = read_facts(
        [*NEU, fact("neu", "claim", "The biggest", "largest:union:uk", as_of="1900")]
    )
    assert stale_facts(data.facts, "2026-11-22").empty


def test_only_what_was_fresh_before_has_become_old_since(read_facts):
    figures = [members("neu", "90", "2010"), members("gmb", "95", "2015")]
    serving = [admits(code, "teacher", "yes", "2016") for code in ("neu", "gmb")]
    data = read_facts([*NEU, *union("gmb", "GMB"), *figures, *serving])
    stale = stale_since(data.as_at("2018-12-31"), data.as_at("2019-01-01"))
    assert list(stale["union"]) == ["gmb"]
    assert stale_since(data.as_at("2018-12-31"), data.as_at("2019-01-01"), "neu").empty


@pytest.mark.parametrize("day", ["2012-01-31", "2021-01-01", "2026-11-22"])
def test_what_is_listed_as_old_is_what_the_tables_mark_as_old(shipped, day):
    seen = shipped.as_at(day)
    stale = stale_facts(seen.facts, day, list(seen.unions.index))

    def keys(fact, *columns):
        rows = stale[stale["fact"] == fact]
        return set(zip(*(rows[name] for name in columns), strict=True))

    def marked(table, *columns):
        # What comes by way of a section is the section's own fact, and is listed there.
        own = table[table["old"] & ~table["qualifier"].str.startswith("through its section")]
        return set(zip(*(own[name] for name in columns), strict=True))

    figures = ("union", "item", "basis")
    assert keys("members", *figures) == marked(seen.members, "union", "scope", "basis")
    assert keys("fee", *figures) == marked(seen.fees, "union", "grade", "basis")
    assert keys("benefit", "union", "item") == marked(seen.benefits, "union", "benefit")
