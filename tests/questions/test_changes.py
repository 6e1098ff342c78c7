"""What changed between two days: exactly, there and back."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from analysis import changes_between, read_two
from analysis.errors import UnknownUnionError
from tests.conftest import ROOT, fact, union
from tests.read.test_snapshot import MERGED, admits, members

GOLDEN = Path(__file__).parents[1] / "golden"
PAGES = ["herts-2015", "herts-2018"]


def told(changes: pd.DataFrame, *columns: str) -> list[tuple]:
    """Return the changes that did not come with a union, in the columns asked for."""
    return list(changes.loc[~changes["with_union"], list(columns)].itertuples(index=False))


# The two county pages


@pytest.mark.parametrize(("page", "day"), [(page, f"{page[-4:]}-06-30") for page in PAGES])
def test_a_county_page_as_it_stood_gives_its_unions_and_figures(shipped, page, day):
    seen = shipped.as_at(day, sources=[page])
    figures = [
        *zip(*(seen.members[name] for name in ("union", "scope", "qualifier", "members", "basis",
                                               "dated", "source")), strict=True),
    ]  # fmt: skip
    fees = zip(*(seen.fees[name] for name in ("union", "grade", "qualifier", "pounds", "basis",
                                              "dated", "source")), strict=True)  # fmt: skip
    rows = [("members", *row) for row in figures] + [("fee", *row) for row in fees]
    found = []
    for code, about in seen.unions.iterrows():
        own = [row for row in rows if row[1] == code] or [("", code, "", "", "", "", "", "")]
        for kind, _, item, qualifier, number, *rest in own:
            stated = f"{number:.0f}" if kind else ""
            listed = [code, about["short_name"], about["status"], about["parent"]]
            found.append([*listed, kind, item, qualifier, stated, *rest])
    with (GOLDEN / f"{page}.csv").open(encoding="utf-8", newline="") as file:
        _, *golden = csv.reader(file)
    assert sorted(found) == golden


def test_between_the_two_county_pages_exactly_this_changed():
    two = read_two(ROOT / "data", "2015-06-30", "2018-06-30", PAGES)
    changes = changes_between(two.before, two.after)
    assert told(changes, "about", "kind", "union", "other", "item") == [
        ("union", "added", "ascl", "", ""),
        ("union", "gone", "aspect_group", "", ""),
        ("union", "added", "naht", "", ""),
        ("union", "added", "neu", "", ""),
        ("union", "merged", "nut", "neu", ""),
        ("union", "added", "unison", "", ""),
        ("members", "up", "nasuwt", "", "whole"),
        ("claim", "carried over", "nasuwt", "", "independent:party"),
        ("claim", "carried over", "nasuwt", "", "largest:teachers_union:uk"),
        ("claim", "carried over", "neu", "nut", "only:campaigns_for_one_union"),
    ]
    figure = changes[changes["kind"] == "up"].iloc[0]
    assert (figure["qualifier_before"], figure["before"]) == ("over", "250000")
    assert (figure["qualifier_after"], figure["after"]) == ("", "300000")
    assert (figure["basis"], figure["difference"]) == ("claimed", 50000)
    assert (figure["sources_before"], figure["sources_after"]) == (
        ("herts-2015",),
        ("herts-2018",),
    )
    merged = changes[changes["kind"] == "merged"].iloc[0]
    assert (merged["dated_after"], merged["sources_after"]) == (
        "1 September 2017",
        ("herts-2018",),
    )
    assert changes[changes["kind"] == "gone"].iloc[0]["qualifier_before"] == "prospect"


# Small cases


def between(read_facts, before, after, day="2026-11-22", **more):
    return changes_between(read_facts(before).as_at(day), read_facts(after).as_at(day), **more)


NEU = [*union("neu", "NEU", founded="2000"), admits("neu", "teacher", "yes", "2010")]


def test_a_union_that_merged_says_into_which_when_and_who_says_so(read_facts):
    data = read_facts([*MERGED, fact("nut", "succeeded_by", "neu", as_of="2017", source="undated"),
                       admits("neu", "teacher", "yes"), members("nut", "5", "2016")])  # fmt: skip
    changes = changes_between(data.as_at("2017-08-31"), data.as_at("2017-09-01"))
    columns = ("about", "kind", "union", "other", "dated_after", "sources_after")
    assert told(changes, *columns) == [
        ("union", "added", "neu", "", "1 September 2017", ("press-2020",)),
        ("union", "merged", "nut", "neu", "1 September 2017", ("undated", "press-2020")),
    ]
    went = changes[changes["about"] == "members"]
    assert list(zip(went["kind"], went["with_union"], strict=True)) == [("gone", True)]


def test_two_dates_for_one_merger_are_both_shown(read_facts):
    data = read_facts([*MERGED, fact("nut", "succeeded_by", "neu", as_of="2018"),
                       admits("neu", "teacher", "yes")])  # fmt: skip
    changes = changes_between(data.as_at("2016"), data.as_at("2019"))
    row = changes[changes["kind"] == "merged"].iloc[0]
    assert row["dated_after"] == "1 September 2017 or 2018"


def test_a_new_code_and_a_new_name_are_renamings(read_facts):
    data = read_facts(
        [
            *union("sha", "SHA", "former", founded="1977"),
            fact("sha", "renamed_to", "ascl", as_of="2006-01"),
            *union("ascl", "ASCL", founded="2006-01"),
            admits("ascl", "headteacher", "yes"),
            fact("ascl", "name", "Association of Leaders", "official", as_of="2010"),
        ]
    )
    changes = changes_between(data.as_at("2005"), data.as_at("2011"))
    assert told(changes, "about", "kind", "union", "other")[1:] == [
        ("union", "renamed", "sha", "ascl")
    ]
    later = changes_between(data.as_at("2009"), data.as_at("2011"))
    assert told(later, "about", "kind", "item", "before", "after") == [
        ("name", "renamed", "official", "ASCL", "Association of Leaders")
    ]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (("19000", "2015", "over"), ("21000", "2018", "over"), "up"),
        (("21000", "2015", ""), ("19000", "2018", "over"), "down"),
        (("19000", "2015", "over"), ("19123", "2015", ""), "more precise"),
        (("300000", "2015", "about"), ("286541", "2016", ""), "more precise"),
        (("19123", "2015", ""), ("19000", "2016", "over"), "less precise"),
        (("19000", "2015", "over"), ("20000", "2016", ""), "up"),
        (("19000", "2015", ""), ("19000", "2015-12-31", ""), "more precise"),
        (("19000", "2015", ""), ("19000", "2016", ""), "restated"),
    ],
)
def test_a_figure_is_up_down_or_the_same_told_more_or_less_precisely(
    read_facts, before, after, kind
):
    def stated(number, as_of, qualifier):
        return [*NEU, members("neu", number, as_of, qualifier=qualifier)]

    changes = between(read_facts, stated(*before), stated(*after))
    assert told(changes, "about", "kind") == [("members", kind)]
    apart = float(after[0]) - float(before[0]) if kind in ("up", "down") else float("nan")
    assert changes["difference"].tolist() == pytest.approx([apart], nan_ok=True)


def test_figures_on_two_bases_are_never_set_side_by_side(read_facts):
    before = [*NEU, members("neu", "100", "2018")]
    after = [*NEU, members("neu", "160", "2020", basis="return_all")]
    changes = between(read_facts, before, after)
    assert told(changes, "kind", "basis") == [("gone", "claimed"), ("added", "return_all")]


def test_figures_that_no_source_says_how_it_counted_are_neither_up_nor_down(read_facts):
    before = [*NEU, members("neu", "100", "2018", basis="not_stated")]
    after = [*NEU, members("neu", "160", "2020", basis="not_stated")]
    assert told(between(read_facts, before, after), "kind") == [("changed",)]


def test_two_figures_of_one_date_are_gone_or_added_each_by_itself(read_facts):
    before = [*NEU, members("neu", "100", "2018")]
    after = [*before, members("neu", "110", "2018", source="undated")]
    assert told(between(read_facts, before, after), "kind", "after") == [("added", "110")]


def test_answers_on_posts_are_added_gone_changed_or_limited(read_facts):
    before = [
        *union("neu", "NEU"),
        admits("neu", "teacher", "yes", "2010"),
        admits("neu", "caretaker", "no", "2011"),
        admits("neu", "hlta", "yes", "2011"),
        admits("neu", "headteacher", "yes", "2011", qualifier="in England; in Wales"),
    ]
    after = [
        *union("neu", "NEU"),
        admits("neu", "teacher", "yes", "2010", qualifier="qualified only"),
        admits("neu", "caretaker", "yes", "2011"),
        admits("neu", "inspector", "yes"),
        admits("neu", "headteacher", "yes", "2011", qualifier="in Wales; in England"),
        fact("neu", "recognised", "yes", "teacher", basis="burgundy_book"),
    ]
    changes = between(read_facts, before, after)
    assert told(changes, "about", "kind", "item", "before", "after", "qualifier_after") == [
        ("admits", "changed", "caretaker", "no", "yes", ""),
        ("admits", "gone", "hlta", "yes", "", ""),
        ("admits", "added", "inspector", "", "yes", ""),
        ("admits", "limit", "teacher", "yes", "yes", "qualified only"),
        ("recognised", "added", "teacher", "", "yes", "Burgundy Book"),
    ]


@pytest.mark.parametrize(
    ("kept", "kind"),
    [(["county-2015", "press-2020"], "aged"), (["press-2020"], "limit")],
    ids=["still stated", "taken out of the data"],
)
def test_a_limit_lost_because_its_source_is_old_is_no_change_of_an_answer(read_facts, kept, kind):
    rows = {
        "county-2015": admits("neu", "group:teaching", "yes", "2015", source="county-2015",
                              qualifier="in the early years"),
        "press-2020": admits("neu", "teacher", "yes", "2020", source="press-2020"),
    }  # fmt: skip
    before = read_facts([*union("neu", "NEU"), *rows.values()]).as_at("2020-12-31")
    after = read_facts([*union("neu", "NEU"), *(rows[name] for name in kept)]).as_at("2026-11-22")
    changes = changes_between(before, after)
    changes = changes[changes["item"] == "teacher"]
    assert told(changes, "kind", "qualifier_before", "qualifier_after") == [
        (kind, "in the early years", "")
    ]


def test_a_claim_of_so_many_members_is_told_by_its_figure_only(read_facts):
    figure = members("neu", "100", "2020", qualifier="over")
    claim = fact("neu", "claim", "More than 100 members", "members:>=100", as_of="2020")
    other = fact("neu", "claim", "More than 200 members", "members:>=200", as_of="2020")
    changes = between(read_facts, NEU, [*NEU, figure, claim, other])
    assert told(changes, "about", "item") == [("members", "whole"), ("claim", "members:>=200")]


def test_what_rests_on_an_undated_page_is_marked(read_facts):
    after = [*NEU, admits("neu", "caretaker", "yes", source="undated")]
    changes = between(read_facts, NEU, [*after, admits("neu", "hlta", "yes", "2020")])
    assert told(changes, "item", "undated") == [("caretaker", True), ("hlta", False)]


def test_only_the_unions_asked_for_are_looked_at_and_what_became_one_of_them(read_facts):
    data = read_facts([*MERGED, *union("gmb", "GMB"), members("gmb", "5", "2018"),
                       admits("gmb", "teacher", "yes")])  # fmt: skip
    before, after = data.as_at("2016"), data.as_at("2019")
    assert set(changes_between(before, after, "neu")["union"]) == {"neu", "nut"}
    assert set(changes_between(before, after, ["gmb"])["union"]) == {"gmb"}
    with pytest.raises(UnknownUnionError, match=r"^no union 'gbm'; did you mean 'gmb'\?$"):
        changes_between(before, after, ["gbm"])
