"""For any facts: changes lead from one day to the other, and back the same way."""

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import changes_between
from analysis.questions.standing import standing
from tests.conftest import fact, union
from tests.read.test_snapshot import admits, members

UNIONS = ("neu", "nut", "gmb")
STARTS = {"neu": ("2000", "2017-09-01"), "nut": ("1870",), "gmb": ("1889",)}
POOL = [
    fact("nut", "succeeded_by", "neu", as_of="2017-09-01"),
    fact("gmb", "renamed_to", "neu", as_of="2018"),
    fact("gmb", "section_of", "nut", as_of="2012"),
    *(
        row
        for code in UNIONS
        for row in (
            fact(code, "name", "Other", "official", as_of="2016"),
            *(
                members(code, number, as_of, basis, qualifier=qualifier, source=source)
                for number, as_of, basis, qualifier, source in (
                    ("19000", "2015", "claimed", "over", "county-2015"),
                    ("19123", "2016", "claimed", "", "press-2020"),
                    ("18000", "2016", "claimed", "", "county-2015"),
                    ("17000", "2017", "return_all", "", "press-2020"),
                    ("15", "2015", "other", "in one town", "press-2020"),
                    ("16", "2017", "other", "in two towns", "press-2020"),
                )
            ),
            fact(code, "fee", "10", "trainee", basis="per_year", as_of="2015"),
            fact(code, "fee", "12.50", "trainee", basis="per_year", as_of="2017"),
            admits(code, "teacher", "yes", "2014"),
            admits(code, "teacher", "no", "2016", source="county-2015", qualifier="heads"),
            admits(code, "group:classroom_support", "yes", source="undated"),
            fact(code, "recognised", "yes", "teacher", basis="burgundy_book", as_of="2015"),
            fact(code, "recognised", "yes", "teacher", basis="soulbury", as_of="2016"),
            fact(code, "benefit", "yes", "training", as_of="2013"),
            fact(code, "benefit", "yes", "training", as_of="2016", qualifier="by post"),
            fact(code, "nation", "yes", "england", as_of="2016"),
            fact(code, "claim", "The biggest", "largest:union:uk", source="county-2015"),
            fact(code, "claim", "The biggest", "largest:union:uk", source="press-2020"),
            fact(code, "claim", "Over 19,000", "members:>=19000", source="county-2015"),
            fact(code, "website", "one.uk", as_of="2015"),
            fact(code, "website", "two.uk", as_of="2016"),
            fact(code, "phone", "01234 567890", qualifier="advice", as_of="2015"),
        )
    ),
]
DAYS = ("2015-06-30", "2016-12-31", "2017-09-01", "2020-07-01", "2026-11-22")


@st.composite
def views(draw):
    """Draw some facts, and the day and the sources to look at them from."""
    founded = {code: draw(st.sampled_from(STARTS[code])) for code in UNIONS}
    drawn = draw(st.lists(st.sampled_from(POOL), unique_by=tuple, max_size=14))
    ended = {row[0] for row in drawn if row[1] in ("succeeded_by", "renamed_to")}
    facts = [
        row
        for code in UNIONS
        for row in union(
            code, code.upper(), "former" if code in ended else "active", founded[code]
        )
    ]
    if any(row[1] == "section_of" for row in drawn):
        facts.append(fact("gmb", "status", "section", source="undated"))
    facts += drawn
    sources = draw(st.sampled_from([None, None, "county-2015", "press-2020"]))
    return facts, draw(st.sampled_from(DAYS)), sources


def all_changes(before, after):
    unions = sorted({*before.unions.index, *after.unions.index})
    return changes_between(before, after, unions) if unions else changes_between(before, after)


def identity(about, union, item, basis, value, qualifier, as_of, sources):
    who = tuple(sorted(sources)) if about == "claim" else ()
    return about, union, item, basis, value, tuple(sorted(qualifier.split("; "))), as_of, who


def state(seen):
    return {
        identity(one.about, one.union, one.item, one.basis, one.value, one.qualifier, one.as_of,
                 one.sources)
        for one in standing(seen)
    }  # fmt: skip


def apply_changes(stood, changes):
    """Take from what stood all that the changes say stood, and add what stands."""
    made = set(stood)
    sides = [("before", made.remove), ("after", made.add)]
    for side, act in sides:
        told_once = set()
        for row in changes.to_dict("records"):
            moved = side == "before" and row["about"] == "claim" and row["other"]
            if row[side]:
                told_once.add(
                    identity(row["about"], row["other"] if moved else row["union"], row["item"],
                             row["basis"], row[side], row[f"qualifier_{side}"],
                             row[f"as_of_{side}"], row[f"sources_{side}"])
                )  # fmt: skip
        for one in told_once:
            act(one)
    return made


OPPOSITE = {"added": "gone", "up": "down", "more precise": "less precise"}
OPPOSITE |= {other: kind for kind, other in OPPOSITE.items()}


def mirrored(changes):
    """Return the changes as they are seen from the other end."""
    swapped = {
        name: name.replace("before", "-").replace("after", "before").replace("-", "after")
        for name in changes
    }
    table = changes.rename(columns=swapped)[list(changes)]
    claims = (table["about"] == "claim") & (table["other"] != "")
    return table.assign(
        kind=table["kind"].replace(OPPOSITE),
        difference=-table["difference"],
        union=table["union"].where(~claims, table["other"]),
        other=table["other"].where(~claims, table["union"]),
    )


def in_one_order(changes):
    # Which side rests on an undated page is told of the later side only.
    table = changes.drop(columns="undated")
    return table.sort_values(list(table), ignore_index=True, key=lambda cells: cells.astype(str))


# The folder is written anew for every example.
ANEW = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=6, **ANEW)
@given(views())
def test_nothing_changed_between_a_day_and_itself(read_facts, view):
    facts, day, sources = view
    seen = read_facts(facts).as_at(day, sources)
    assert all_changes(seen, seen).empty


@settings(max_examples=15, **ANEW)
@given(views(), views())
def test_the_changes_lead_from_the_one_day_to_the_other_and_mirror_those_back(
    read_facts, one, other
):
    before, after = (read_facts(facts).as_at(day, only) for facts, day, only in (one, other))
    there, back = all_changes(before, after), all_changes(after, before)
    assert apply_changes(state(before), there) == state(after)
    pd.testing.assert_frame_equal(in_one_order(mirrored(there)), in_one_order(back))
