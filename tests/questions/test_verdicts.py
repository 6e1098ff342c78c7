"""The shipped claims, each with the verdict that somebody reached by reading the sources."""

import pandas as pd
import pytest

from analysis import check_claims, clashing_claims
from analysis.questions.populations import ABROAD, COUNTED
from analysis.questions.verdicts import ORDER_YEARS
from analysis.schema import CONTENDERS, POPULATIONS

HOLDS, AGAINST, UNTESTED = "holds", "contradicted", "cannot be tested"
READ_BY_HAND = [
    ("neu", "largest:union:europe", "herts-2018", AGAINST),
    ("neu", "largest:education_union:europe", "atl-pf2", AGAINST),
    ("neu", "largest:education_union:uk", "sin-2017", HOLDS),
    ("neu", "members:~450000", "herts-2018", HOLDS),
    ("neu", "most:teachers_and_trainees:england_and_wales", "herts-2018", UNTESTED),
    ("neu", "only:campaigns_for_one_union", "herts-2018", UNTESTED),
    ("neu", "founded:2017-09-01", "herts-2018", HOLDS),
    ("nasuwt", "largest:teachers_union:uk", "herts-2018", AGAINST),
    ("nasuwt", "members:~300000", "herts-2018", AGAINST),
    ("nasuwt", "independent:party", "herts-2018", HOLDS),
    ("naht", "members:>=28500", "herts-2018", HOLDS),
    ("naht", "founded:1897", "herts-2018", HOLDS),
    ("naht", "best:individual_support_for_leaders", "herts-2018", UNTESTED),
    ("ascl", "leading:leaders_union", "herts-2018", UNTESTED),
    ("ascl", "members:>=19000", "herts-2018", HOLDS),
    ("unison", "largest:union:uk", "herts-2018", HOLDS),
    ("unison", "members:>=1300000", "herts-2018", HOLDS),
    ("unison", "largest:union_in_education:uk", "herts-2018", AGAINST),
    ("unison", "largest:school_support_union:uk", "unison-east15", UNTESTED),
    ("nasuwt", "largest:teachers_union:uk", "herts-2015", AGAINST),
    ("nasuwt", "members:>=250000", "herts-2015", HOLDS),
    ("nut", "largest:teachers_union", "herts-2015", HOLDS),
    ("nut", "only:recruits_qualified_teachers_only", "herts-2015", UNTESTED),
    ("nut", "only:campaigns_for_one_union", "herts-2015", UNTESTED),
    ("prospect", "members:~115000", "herts-2015", HOLDS),
    ("prospect", "leading:professionals_union:uk", "herts-2015", UNTESTED),
    ("nasuwt", "only:tuc_teachers_union_in_all_four_nations:uk", "poluk-nasuwt", UNTESTED),
    ("nasuwt", "only:uk_wide_teachers_union_in_tuc:uk", "w-nasuwt-10", AGAINST),
    ("nasuwt", "largest:teachers_union:uk", "nasuwt-reps", AGAINST),
    ("nasuwt", "largest:state_teachers_union:england_and_wales", "tes-2008", UNTESTED),
    ("nasuwt", "largest:state_teachers_union:uk", "tes-2008", UNTESTED),
    ("nut", "largest:teachers_union:europe", "w-nut-16", UNTESTED),
    ("ascl", "only:speaks_only_for_leaders:uk", "ascl-hist", AGAINST),
    ("ascl", "first:recognised_leadership_team", "ascl-hist", HOLDS),
    ("naht", "largest:heads_union:europe", "e2-naht", UNTESTED),
    ("prospect", "largest:school_improvement_union", "pros-2016", UNTESTED),
]
# Where the computed verdict is another than a reader's, and why it is.
DIFFERS = {
    ("ascl", "only:speaks_only_for_leaders:uk"): (
        UNTESTED,
        "a reader took NAHT's list of whom it admits to shut everybody else out; the data never "
        "reads a silence as a no, so that no fact of it decides",
    ),
}
# What the reader judged as a claim and the data keeps as facts, which other tables show: the
# rows that state it, and a row by another source that bears it out or goes against it.
KEPT_AS_FACTS = {
    "NAHT's name on the 2018 page is not its own": (
        "union == 'naht' and item == 'as_printed' and source == 'herts-2018'",
        "union == 'naht' and item == 'official' and value == 'National Association of Head "
        "Teachers'",
    ),
    "the NEU is free in training": (
        "union == 'neu' and fact == 'fee' and item == 'trainee' and value == '0' "
        "and source == 'herts-2018'",
        "union == 'neu' and item == 'free_for_trainees' and source != 'herts-2018'",
    ),
    "NASUWT covers the early years to further education": (
        "union == 'nasuwt' and item == 'early_years' and source == 'herts-2018'",
        "union == 'nasuwt' and item == 'further_education' and source == 'w-nasuwt-18'",
    ),
    "NAHT has members in England, Wales and Northern Ireland": (
        "union == 'naht' and item == 'northern_ireland' and source == 'herts-2018'",
        "union == 'naht' and item == 'northern_ireland' and source == 'lrd-2014'",
    ),
    "the Aspect Group gives free legal help": (
        "union == 'aspect_group' and item == 'legal_representation' and source == 'herts-2015'",
        "union == 'prospect' and item == 'legal_advice' and value == 'yes'",
    ),
    "NASUWT stands for qualified teachers only": (
        "union == 'nasuwt' and item == 'teaching_assistant' and source == 'w-nasuwt-25'",
        "union == 'nasuwt' and item == 'instructor' and value == 'yes'",
    ),
    "the NEU is open to support staff, and may not bargain for them": (
        "union == 'neu' and fact == 'admits' and item == 'teaching_assistant' and value == 'yes'",
        "union == 'neu' and fact == 'recognised' and item == 'group:classroom_support' "
        "and value == 'no'",
    ),
}


@pytest.fixture(scope="module")
def data(shipped):
    return shipped.as_at("2026-11-22")


@pytest.fixture(scope="module")
def claims(data) -> pd.DataFrame:
    """Return every claim, also those about unions that are no more."""
    rows = data.facts[data.facts["fact"] == "claim"]
    return rows.rename(columns={"item": "term", "value": "claim"})


@pytest.fixture(scope="module")
def checked(data, claims) -> pd.DataFrame:
    table = check_claims(claims, data.member_history, data.facts)
    return table.set_index(["union", "term", "source"])


@pytest.mark.parametrize(("union", "term", "source", "read"), READ_BY_HAND)
def test_a_computed_verdict_is_the_readers_own_or_differs_for_a_stated_reason(
    checked, union, term, source, read
):
    computed, reason = DIFFERS.get((union, term), (read, ""))
    assert checked.loc[(union, term, source), "verdict"] == computed
    assert (computed != read) is bool(reason)


@pytest.mark.parametrize("subject", KEPT_AS_FACTS)
def test_what_is_kept_as_a_fact_stands_beside_what_bears_on_it(data, subject):
    said, bears_on = KEPT_AS_FACTS[subject]
    assert len(data.facts.query(said)) > 0
    assert len(data.facts.query(bears_on)) > 0


def test_no_superlative_of_engineers_is_kept_since_schools_employ_none(claims):
    assert not claims["term"].str.contains("engineer").any()


def test_the_order_of_the_files_rows_changes_no_verdict(data, claims):
    frames = claims, data.member_history, data.facts
    shuffled = [frame.sample(frac=1, random_state=7) for frame in frames]
    pd.testing.assert_frame_equal(check_claims(*frames), check_claims(*shuffled))
    pairs = clashing_claims(*frames[:2]), clashing_claims(*shuffled[:2])
    pd.testing.assert_frame_equal(*pairs)


def test_which_verdicts_depend_on_the_basis(checked):
    depend = checked[checked["depends"]].reset_index()
    assert depend[["union", "term", "source", "verdict"]].to_numpy().tolist() == [
        ["nasuwt", "members:>=300000", "w-nasuwt-18", AGAINST],
        ["nasuwt", "members:~300000", "herts-2018", AGAINST],
        ["unison", "members:>=1300000", "herts-2018", HOLDS],
    ]


def test_the_facts_that_decide_a_verdict_are_rows_of_the_data(checked, shipped):
    keys = {tuple(row) for row in shipped.facts[["union", "as_of", "source"]].to_numpy()}
    rows = [row for rows in checked["facts"] for row in rows]
    assert len(rows) > 60
    assert {(row["union"], row["as_of"], row["source"]) for row in rows} <= keys
    decided = checked[checked["verdict"] != UNTESTED]
    assert decided["facts"].map(len).min() > 0


@pytest.mark.parametrize(
    ("page", "clashes"),
    [
        ("herts-2015", {("nasuwt", "nut")}),
        ("herts-2018", {("nasuwt", "neu"), ("neu", "unison")}),
    ],
)
def test_the_claims_of_a_county_page_that_cannot_both_be_true(shipped, page, clashes):
    seen = shipped.as_at(f"{page[-4:]}-06-30", sources=page)
    found = clashing_claims(seen.claims, seen.member_history)
    assert set(zip(found["union"], found["other_union"], strict=True)) == clashes


def test_the_neus_europe_stands_against_unisons_own_figure_on_the_same_page(shipped):
    seen = shipped.as_at("2018-06-30", sources="herts-2018")
    found = clashing_claims(seen.claims, seen.member_history, "unison")
    pair = found[found["term"] == "largest:union:europe"].iloc[0]
    said = [(row["union"], row["qualifier"], row["members"]) for row in pair["figures"]]
    assert said == [("neu", "", 450000), ("unison", "over", 1300000)]


def test_a_quarter_of_a_million_is_kept_as_over_250000(data):
    rows = data.member_history.query("union == 'nasuwt' and source == 'herts-2015'")
    assert rows[["qualifier", "members"]].to_numpy().tolist() == [["over", 250000]]


def test_on_an_earlier_day_only_figures_of_that_day_or_before_are_heard(shipped):
    seen = shipped.as_at("2018-06-30")
    table = check_claims(seen.claims, seen.member_history, seen.facts, "unison")
    rows = [row for rows in table["facts"] for row in rows]
    assert max(row["counts_from"] for row in rows) <= "2018-06-30"


def test_the_words_of_claims_speak_of_unions_that_the_data_knows(shipped):
    known = set(shipped.facts["union"])
    assert set(COUNTED) == set(POPULATIONS)
    assert {union for counted in COUNTED.values() for union in counted.unions} <= known
    assert {union for found in CONTENDERS.values() for union in found.unions} <= known
    assert set(ABROAD) <= known


def test_in_no_series_of_returns_has_a_union_moved_by_a_third_within_five_years(data):
    rows = data.member_history
    rows = rows[(rows["scope"] == "whole") & rows["basis"].str.startswith(("return", "tuc"))]
    rows = rows.assign(year=rows["as_of"].str[:4].astype(int))
    two = rows.merge(rows, on=["union", "basis"], suffixes=("", "_later"))
    near = two[(two["year_later"] - two["year"]).between(1, ORDER_YEARS)]
    assert len(near) > 50
    assert (near["members_later"] / near["members"] - 1).abs().max() < 1 / 3
