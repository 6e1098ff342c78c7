"""When answers changed: the NEU and teaching assistants on the days around each turn."""

import csv
from pathlib import Path

import pytest

from analysis.errors import UnknownNameError
from analysis.schema import LEVELS
from tests.conftest import fact, union

GOLDEN = Path(__file__).parents[1] / "golden" / "neu_teaching_assistants.csv"


def neu_and_assistants(shipped, day: str) -> dict[str, str]:
    """Return what the NEU's three answers for teaching assistants were on a day."""
    rows = shipped.as_at(day).coverage
    rows = rows[(rows["union"] == "neu") & (rows["role"] == "teaching_assistant")]
    return dict(zip(rows["level"], rows["answer"], strict=True))


def test_the_neu_and_teaching_assistants_before_and_after_each_turn(shipped):
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        golden = list(csv.DictReader(file))
    assert len(golden) >= 10
    for row in golden:
        expected = {level: row[level] for level in LEVELS if row[level]}
        assert neu_and_assistants(shipped, row["day"]) == expected, row["day"]


def test_the_golden_days_stand_before_and_on_every_turn(shipped):
    turns = {
        day
        for level in LEVELS
        for union, role, day in shipped.as_at("2026-11-22")
        .turns(level)[["union", "role", "day"]]
        .itertuples(index=False)
        if union == "neu" and role == "teaching_assistant"
    }
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        days = [row["day"] for row in csv.DictReader(file)]
    assert turns <= set(days)
    assert days == sorted(days)
    assert all(days[days.index(turn) - 1] not in turns for turn in turns)


@pytest.mark.parametrize("level", LEVELS)
def test_the_last_turn_of_each_answer_is_the_answer_of_the_day(shipped, level):
    data = shipped.as_at("2026-11-22")
    last = data.turns(level).drop_duplicates(["union", "role"], keep="last")
    said = last.set_index(["union", "role"])["answer"].to_dict()
    rows = data.coverage[data.coverage["level"] == level]
    for union_code, role, answer in rows[["union", "role", "answer"]].itertuples(index=False):
        assert said.get((union_code, role), "not stated") == answer


def test_an_answer_turns_when_a_source_speaks_and_when_an_older_one_grows_too_old(read_facts):
    facts = [
        *union("neu", "NEU", founded="1990"),
        fact("neu", "recruits", "no", "teacher", as_of="2005-03-01", source="undated"),
        fact("neu", "recruits", "yes", "teacher", as_of="2010", source="press-2020"),
    ]
    turns = read_facts(facts).as_at("2026-01-01").turns("recruits")
    assert turns[["day", "before", "answer", "sources"]].to_numpy().tolist() == [
        ["2005-03-01", "not stated", "no", ("undated",)],
        ["2010-01-01", "no", "disputed", ("press-2020", "undated")],
        ["2015-03-02", "disputed", "yes", ("press-2020",)],
    ]
    assert read_facts(facts).as_at("2009-12-31").turns("recruits")["answer"].tolist() == ["no"]


def test_a_level_that_is_not_known_gets_the_nearest(shipped):
    with pytest.raises(UnknownNameError) as refused:
        shipped.as_at("2026-11-22").turns("admit")
    assert str(refused.value) == "no level 'admit'; did you mean 'admits'?"
