"""How rows of yes and no become one answer, and what a section's answer is to its union."""

import pytest

from tests.conftest import fact, union
from tests.read.test_snapshot import admits, answer

TODAY = "2026-11-22"
NEU = union("neu", "NEU", founded="2000")
PROSPECT = union("prospect", "Prospect")


def cells(data, code, role, *names):
    rows = data.coverage.query("union == @code and role == @role and level == 'admits'")
    return rows[list(names)].iloc[0].tolist()


def section(code, name, *parents):
    return [*union(code, name, "section"), *parents]


def test_a_newer_row_on_the_group_is_heard_though_its_source_once_named_the_role(read_facts):
    rows = [
        *NEU,
        admits("neu", "hlta", "no", "2018"),
        admits("neu", "group:classroom_support", "yes", "2020"),
    ]
    data = read_facts(rows)
    assert cells(data.as_at("2019"), "neu", "hlta", "answer", "by_group") == ["no", False]
    assert cells(data.as_at("2020"), "neu", "hlta", "answer", "by_group") == ["yes", True]
    later = read_facts([*rows, admits("neu", "hlta", "no", "2021")]).as_at("2022")
    assert cells(later, "neu", "hlta", "answer", "by_group") == ["no", False]


def test_an_answer_is_by_group_only_if_every_source_speaks_of_the_group(read_facts):
    data = read_facts(
        [
            *NEU,
            admits("neu", "hlta", "yes"),
            admits("neu", "group:classroom_support", "yes", source="undated"),
        ]
    ).as_at(TODAY)
    assert cells(data, "neu", "hlta", "by_group", "sources") == [False, ("undated", "press-2020")]
    assert cells(data, "neu", "teaching_assistant", "by_group") == [True]


def test_an_answer_is_old_only_if_every_row_that_is_heard_is_old(read_facts):
    rows = [
        *NEU,
        admits("neu", "teacher", "yes", "2010"),
        admits("neu", "teacher", "yes", "2010-12-31", source="undated"),
    ]
    data = read_facts(rows)
    assert cells(data.as_at("2020-12-31"), "neu", "teacher", "old") == [False]
    assert cells(data.as_at("2021-01-01"), "neu", "teacher", "old") == [True]
    # Of two rows that count from one day, one speaks of the whole year and is the younger.
    both = [
        *NEU,
        admits("neu", "caretaker", "yes", "2010"),
        admits("neu", "caretaker", "yes", "2010-01-01", source="undated"),
    ]
    mixed = read_facts(both).as_at("2020-06-30")
    assert cells(mixed, "neu", "caretaker", "old", "sources") == [
        False, ("undated", "press-2020")
    ]  # fmt: skip


def test_every_qualifier_that_is_heard_is_shown_newest_first(read_facts):
    data = read_facts(
        [
            *NEU,
            admits("neu", "teacher", "yes", "2019", qualifier="qualified only"),
            admits("neu", "teacher", "yes", "2020", source="undated", qualifier="in training too"),
        ]
    ).as_at(TODAY)
    assert cells(data, "neu", "teacher", "qualifier") == ["in training too; qualified only"]


def test_a_section_never_overrides_what_its_union_says_itself(read_facts):
    data = read_facts(
        [
            *PROSPECT,
            *section("aspect", "Aspect", fact("aspect", "section_of", "prospect")),
            admits("aspect", "inspector", "yes"),
            admits("prospect", "inspector", "no"),
        ]
    ).as_at(TODAY)
    assert cells(data, "prospect", "inspector", "answer", "qualifier") == ["no", ""]


def test_two_sections_are_both_cited(read_facts):
    data = read_facts(
        [
            *PROSPECT,
            *section("aspect", "Aspect", fact("aspect", "section_of", "prospect")),
            *section("bectu", "Bectu", fact("bectu", "section_of", "prospect")),
            admits("aspect", "inspector", "yes", qualifier="advisers too"),
            admits("bectu", "inspector", "yes", source="undated"),
        ]
    ).as_at(TODAY)
    assert cells(data, "prospect", "inspector", "answer", "qualifier", "sources") == [
        "yes",
        "through its section, Aspect: advisers too; through its section, Bectu",
        ("press-2020", "undated"),
    ]


def test_a_section_is_a_union_of_its_own_until_its_day(read_facts):
    facts = read_facts(
        [
            *PROSPECT,
            *section("aspect", "Aspect",
                     fact("aspect", "section_of", "prospect", as_of="2012-02"),
                     fact("aspect", "section_of", "prospect", source="undated")),
            admits("aspect", "inspector", "yes", "2010"),
        ]
    )  # fmt: skip
    before, after = facts.as_at("2012-01-31"), facts.as_at("2012-02-01")
    assert before.unions.loc["aspect", ["status", "parent"]].tolist() == ["active", ""]
    assert after.unions.loc["aspect", ["status", "parent"]].tolist() == ["section", "prospect"]
    assert answer(before, "prospect", "inspector") == "not stated"
    assert answer(after, "prospect", "inspector") == "yes"
    assert before.choose() == ["aspect", "prospect"]
    assert after.choose() == ["prospect"]


def test_a_section_that_moves_to_another_union_answers_for_the_newer(read_facts):
    facts = read_facts(
        [
            *PROSPECT,
            *NEU,
            *section("aspect", "Aspect",
                     fact("aspect", "section_of", "prospect", as_of="2012"),
                     fact("aspect", "section_of", "neu", as_of="2015")),
        ]
    )  # fmt: skip
    parents = [facts.as_at(day).unions.loc["aspect", "parent"] for day in ("2014", "2015")]
    assert parents == ["prospect", "neu"]


@pytest.mark.parametrize(("day", "told"), [("2012-12-31", {"aspect", "prospect"}),
                                          ("2013-01-01", {"aspect"})])  # fmt: skip
def test_a_sections_yes_goes_only_to_a_union_that_stands(read_facts, day, told):
    facts = read_facts(
        [
            *union("prospect", "Prospect", "former"),
            *NEU,
            fact("prospect", "succeeded_by", "neu", as_of="2013"),
            *section("aspect", "Aspect", fact("aspect", "section_of", "prospect")),
            fact("aspect", "benefit", "yes", "training", as_of="2010"),
        ]
    )
    assert set(facts.as_at(day).benefits["union"]) == told
