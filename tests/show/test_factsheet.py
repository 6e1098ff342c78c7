import pandas as pd
import pytest

from analysis import (
    check_claims,
    latest_members,
    merger_events,
    merger_history,
    say_factsheet,
)
from analysis.show.factsheet import benefit_items, claim_items, recruited_runs
from tests.show.test_profiles import LABELS, said

SECTIONS = ["Who may join", "What it is", "How it came about", "Members now", "What members get",
            "What it costs", "What is claimed", "How to reach it"]  # fmt: skip


def sheet(data, union):
    """Return the paragraphs of a factsheet under each heading."""
    chosen = data.choose(union)
    made = say_factsheet(
        union,
        data.unions,
        data.coverage,
        latest_members(data.members, chosen),
        (data.traits, data.benefits),
        data.fees,
        data.contacts,
        merger_events(merger_history(data.history, chosen)),
        check_claims(data.claims, data.member_history, data.facts, chosen),
        data.labels,
    )
    assert made.role == "sheet"
    found: dict[str, list[str]] = {}
    for block in made.blocks:
        if block["type"] == "heading":
            part = found.setdefault(block["text"], [])
        else:
            part.append(said(block["runs"]))
    return found


@pytest.fixture(scope="module")
def today(shipped):
    return shipped.as_at("2026-11-22")


def test_a_factsheet_has_all_its_sections_in_their_order(today):
    for union in today.choose():
        found = sheet(today, union)
        assert list(found) == SECTIONS
        assert all(found.values()), union


def test_a_factsheet_says_each_figure_with_its_basis_date_and_source(today):
    members = sheet(today, "naht")["Members now"]
    assert members[0] == (
        "46,631 (all members, statutory return, 31 December 2021, old figure)[tes-2022]"
    )
    assert len(members) == len(latest_members(today.members, ["naht"]))


def test_a_factsheet_sets_joining_recruiting_and_bargaining_apart(today):
    joining = sheet(today, "neu")["Who may join"]
    terms = [one.split(":")[0] for one in joining]
    assert terms == ["May join", "Limits", "Actively recruited", "Bargains for"]
    assert joining[2].startswith("Actively recruited: Disputed for teaching assistants;")


def test_a_factsheet_says_what_is_not_stated_of_a_union(today):
    found = sheet(today, "nsead")
    assert found["Members now"] == ["not stated"]
    assert found["What is claimed"] == ["not stated"]
    assert "Not stated: " in found["What it is"][-1]


def test_a_factsheet_of_a_former_union_speaks_of_its_own_day(shipped):
    found = sheet(shipped.as_at("2015-06-30"), "nut")
    assert any("largest" in one or "biggest" in one for one in found["What is claimed"])
    assert "332,389 (members affiliated to the TUC, 2015)[lrd-2015]" in found["Members now"]


def test_claims_stand_under_their_verdict_with_years_and_who_says_so():
    rows = pd.DataFrame(
        [
            ["The biggest", "2018-01-01", "2018", "county", "contradicted", False],
            ["The biggest", "2015-01-01", "about 2015", "other", "contradicted", False],
            ["Many members", "2026-11-22", "undated, read May 2026", "web", "holds", True],
        ],
        columns=["claim", "counts_from", "dated", "source", "verdict", "depends"],
    ).assign(union="neu", term="largest:union")
    assert [(term, said(runs)) for term, runs in claim_items(rows)] == [
        ("Holds", "many members (undated, depends on the basis)[web]"),
        ("Contradicted", "the biggest (2018, 2015)[county,other]"),
    ]


def test_an_old_benefit_is_marked_beside_its_detail():
    rows = pd.DataFrame(
        [["cook", "legal", "yes", limit, ("a",), True] for limit in ("free", "")],
        columns=["benefit", "group", "answer", "qualifier", "sources", "old"],
    ).assign(union="neu")
    ((_, runs),) = benefit_items(rows, LABELS)
    assert said(runs) == "cook (free, old)[a]; cook (old)[a]"


def test_whom_a_union_recruits_is_said_by_answer():
    rows = pd.DataFrame(
        [
            ["recruits", "teacher", "teaching", "yes", ("a",)],
            ["recruits", "cook", "auxiliary", "no", ("b",)],
            ["recruits", "clerk", "auxiliary", "not stated", ()],
            ["admits", "nurse", "auxiliary", "yes", ("c",)],
        ],
        columns=["level", "role", "role_group", "answer", "sources"],
    ).assign(old=[False, True, False, False])
    assert said(recruited_runs(rows, LABELS)) == "Classroom teachers[a]; not cook (old)[b]"
    assert said(recruited_runs(rows.tail(1), LABELS)) == "not stated"
