"""Claims and their verdicts, on small tables; the shipped claims are in test_verdicts.py."""

import pandas as pd
import pytest

from analysis import check_claims, clashing_claims

FIGURES = ["union", "scope", "basis", "members", "qualifier", "as_of", "dated", "source"]
FACTS = ["union", "fact", "item", "value", "as_of", "counts_from", "dated", "source"]


def figures(*rows):
    """Return figures of a whole union: union, basis, members and date."""
    made = [
        [union, "whole", basis, members, "", as_of, as_of, f"of-{union}"]
        for union, basis, members, as_of in rows
    ]
    table = pd.DataFrame(made, columns=FIGURES)
    return table.assign(counts_from=table["as_of"].map(lambda day: f"{day}-01-01"[:10]))


def facts(*rows):
    """Return facts: union, fact, item, value and day."""
    made = [[*row[:4], row[4], row[4] or "2026-01-01", row[4], f"of-{row[0]}"] for row in rows]
    return pd.DataFrame(made, columns=FACTS)


STANDING = facts(*((union, "status", "", "active", "") for union in
                   ("neu", "nut", "atl", "nasuwt", "unison", "unite", "ascl", "sha", "naht",
                    "ig_metall")))  # fmt: skip


def claim(union, term, day="2018-01-01", source="county"):
    row = [union, term, "The claim", day, day[:4], source]
    return pd.DataFrame(
        [row], columns=["union", "term", "claim", "counts_from", "dated", "source"]
    )


def checked(union, term, numbers, known=STANDING, **more):
    return check_claims(claim(union, term, **more), numbers, known).iloc[0]


def test_a_claim_to_be_the_largest_falls_where_another_is_larger_on_one_basis():
    found = checked("nasuwt", "largest:teachers_union:uk", figures(
        ("nasuwt", "tuc", 293022, "2018"), ("nut", "tuc", 332389, "2018"),
    ))  # fmt: skip
    assert (found["verdict"], found["why"], found["depends"]) == ("contradicted", "figures", False)
    assert found["by"] == {"tuc": "contradicted"}
    assert [(row["union"], row["members"]) for row in found["facts"]] == [
        ("nasuwt", 293022), ("nut", 332389),
    ]  # fmt: skip


def test_figures_on_two_bases_are_never_compared():
    found = checked("nasuwt", "largest:teachers_union:uk", figures(
        ("nasuwt", "return_contributing", 279015, "2018"), ("neu", "return_all", 570000, "2018"),
    ))  # fmt: skip
    assert (found["verdict"], found["why"]) == ("cannot be tested", "others are not known")


def test_a_claim_whose_answer_depends_on_the_basis_says_so_and_the_better_basis_counts():
    found = checked("unison", "members:>=1300000", figures(
        ("unison", "return_contributing", 1214000, "2017"),
        ("unison", "return_all", 1377006, "2017"),
    ))  # fmt: skip
    assert (found["verdict"], found["depends"]) == ("holds", True)
    assert found["by"] == {"return_all": "holds", "return_contributing": "contradicted"}
    largest = checked("nut", "largest:teachers_union:uk", figures(
        ("nut", "return_all", 3, "2018"), ("nasuwt", "return_all", 4, "2018"),
        ("nut", "return_contributing", 2, "2018"), ("nasuwt", "return_contributing", 1, "2018"),
        ("neu", "return_contributing", 1, "2018"), ("atl", "return_contributing", 1, "2018"),
    ))  # fmt: skip
    assert (largest["verdict"], largest["depends"]) == ("contradicted", True)
    assert largest["by"] == {"return_all": "contradicted", "return_contributing": "holds"}


def test_it_holds_only_if_every_union_that_could_be_larger_has_a_smaller_figure():
    two = figures(("unison", "return_all", 2, "2018"), ("gmb", "return_all", 1, "2018"))
    assert checked("unison", "largest:union:uk", two)["verdict"] == "cannot be tested"
    three = pd.concat([two, figures(("unite", "return_all", 1, "2018"))])
    assert checked("unison", "largest:union:uk", three)["verdict"] == "holds"
    assert checked("unison", "largest:union:europe", three)["verdict"] == "cannot be tested"
    even = pd.concat([two, figures(("unite", "return_all", 2, "2018"))])
    assert checked("unison", "largest:union:uk", even)["verdict"] == "cannot be tested"


def test_a_union_abroad_counts_in_europe_only():
    numbers = figures(("unison", "return_all", 2, "2018"), ("ig_metall", "return_all", 3, "2018"))
    assert checked("unison", "largest:union:europe", numbers)["verdict"] == "contradicted"
    assert checked("unison", "largest:union:uk", numbers)["verdict"] == "cannot be tested"


def test_an_area_left_out_is_the_united_kingdom():
    numbers = figures(("unison", "return_all", 2, "2018"), ("unite", "return_all", 1, "2018"))
    assert checked("unison", "largest:union", numbers)["verdict"] == "holds"


def test_a_union_that_had_gone_or_had_not_begun_is_no_rival():
    numbers = figures(("nasuwt", "tuc", 2, "2015"), ("nut", "tuc", 3, "2015"))
    gone = facts(("nut", "succeeded_by", "", "neu", "2017-09-01"))
    known = pd.concat([STANDING, gone])
    term = "largest:teachers_union:uk"
    assert checked("nasuwt", term, numbers, known, day="2018-01-01")["why"] != "figures"
    assert checked("nasuwt", term, numbers, known, day="2017-08-31")["why"] == "figures"
    unborn = facts(("nut", "founded", "present_body", "2016", "2016-01-01"))
    known = pd.concat([STANDING, unborn])
    assert checked("nasuwt", term, numbers, known, day="2015-01-01")["why"] != "figures"


def test_figures_decide_who_is_largest_up_to_five_years_off_and_a_number_up_to_one():
    rivals = [("nut", "tuc", 2, "2013"), ("nasuwt", "tuc", 1, "2018")]
    term = "largest:teachers_union:uk"
    assert checked("nasuwt", term, figures(*rivals))["verdict"] == "contradicted"
    rivals[0] = ("nut", "tuc", 2, "2012")
    assert checked("nasuwt", term, figures(*rivals))["verdict"] == "cannot be tested"
    for year, verdict in (("2016", "cannot be tested"), ("2017", "holds"), ("2019", "holds"),
                          ("2020", "cannot be tested")):  # fmt: skip
        found = checked("ascl", "members:>=19000", figures(("ascl", "return_all", 20000, year)))
        assert found["verdict"] == verdict, year
        assert [row["members"] for row in found["facts"]] == [20000]


def test_figures_much_further_off_than_others_are_not_heard():
    found = checked("unison", "largest:union:uk", figures(
        ("unison", "return_all", 2, "2017"), ("unite", "return_all", 1, "2017"),
        ("unison", "tuc", 1, "2015"), ("unite", "tuc", 2, "2015"),
    ))  # fmt: skip
    assert found["by"] == {"return_all": "holds"}


def test_the_nearest_larger_union_is_named_and_not_the_largest_of_another_time():
    found = checked("neu", "largest:union:europe", figures(
        ("neu", "claimed", 450000, "2018"), ("ig_metall", "claimed", 2000000, "2014"),
        ("unison", "claimed", 1300000, "2018"),
    ))  # fmt: skip
    assert [row["union"] for row in found["facts"]] == ["neu", "unison"]


def test_a_round_number_is_not_borne_out_by_the_unions_own_round_figure_or_a_partial_count():
    own = figures(("ascl", "claimed", 19000, "2018"), ("ascl", "balloted", 19500, "2018"))
    found = checked("ascl", "members:>=19000", own)
    assert (found["verdict"], found["why"]) == ("cannot be tested", "no count of that time")


@pytest.mark.parametrize(
    ("term", "verdict"),
    [("members:>=19000", "holds"), ("members:>=19001", "contradicted"),
     ("members:~20000", "holds"), ("members:~20001", "contradicted"),
     ("members:~18096", "holds"), ("members:~18095", "contradicted")],
)  # fmt: skip
def test_at_least_is_exact_and_about_is_within_five_per_cent(term, verdict):
    assert checked("ascl", term, figures(("ascl", "tuc", 19000, "2018")))["verdict"] == verdict


def test_any_count_of_the_year_before_the_same_and_the_next_bears_a_number_out():
    numbers = [("ascl", "return_contributing", 18970, "2018-12-31"),
               ("ascl", "return_contributing", 19204, "2019-12-31")]  # fmt: skip
    found = checked("ascl", "members:>=19000", figures(*numbers))
    assert (found["verdict"], [row["members"] for row in found["facts"]]) == ("holds", [19204])


def test_two_counts_that_no_source_explains_are_both_shown():
    numbers = [("neu", "not_stated", 461950, "2017-12-31"), ("neu", "not_stated", 570000, "2017")]
    found = checked("neu", "members:~450000", figures(*numbers))
    assert found["verdict"] == "holds"
    assert [row["members"] for row in found["facts"]] == [461950, 570000]


def test_two_ballots_are_alike_only_if_both_say_the_same():
    numbers = figures(("nut", "balloted", 3, "2018"), ("nasuwt", "balloted", 2, "2018"))
    numbers["qualifier"] = ["in England", "in Wales"]
    term = "largest:teachers_union:uk"
    assert checked("nasuwt", term, numbers)["verdict"] == "cannot be tested"
    numbers["qualifier"] = "in England"
    assert checked("nasuwt", term, numbers)["verdict"] == "contradicted"


def test_members_in_education_are_all_of_a_teachers_union_and_a_part_of_another():
    numbers = figures(("neu", "claimed", 450000, "2018"), ("unison", "claimed", 1300000, "2018"))
    part = figures(("unison", "claimed", 350000, "2018")).assign(scope="education")
    found = checked("unison", "largest:union_in_education:uk", pd.concat([numbers, part]))
    assert [(row["union"], row["members"]) for row in found["facts"]] == [
        ("unison", 350000), ("neu", 450000),
    ]  # fmt: skip
    improvers = checked("unison", "largest:school_improvement_union", numbers)
    assert (improvers["verdict"], improvers["why"]) == ("cannot be tested", "no figure of it")


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [("1897", "holds"), ("1897-03-27", "holds"), ("1898", "contradicted")],
)
def test_a_founding_date_is_compared_as_precisely_as_both_sources_are(stated, verdict):
    known = facts(("naht", "founded", "present_body", stated, "1897-01-01"))
    assert checked("naht", "founded:1897", figures(), known)["verdict"] == verdict
    itself = checked("naht", "founded:1897", figures(), known, source="of-naht")
    assert (itself["verdict"], itself["why"]) == ("cannot be tested", "no fact on it")


def test_to_be_free_of_parties_is_compared_with_what_others_say_within_the_facts_age_limit():
    def verdict(value, day):
        known = facts(("nasuwt", "party_affiliated", "", value, day))
        return checked("nasuwt", "independent:party", figures(), known)["verdict"]

    assert verdict("no", "2019-01-01") == "holds"
    assert verdict("yes", "2019-01-01") == "contradicted"
    assert verdict("no", "2007-01-01") == "holds"
    assert verdict("no", "2006-12-31") == "cannot be tested"


WIDE = [("affiliated", "tuc"), *(("nation", nation) for nation in
        ("england", "northern_ireland", "scotland", "wales"))]  # fmt: skip


def test_to_be_the_only_one_falls_if_another_is_stated_to_have_all_that_it_takes():
    rows = [("atl", *fact, "yes", "2010-01-01") for fact in WIDE]
    term = "only:uk_wide_teachers_union_in_tuc:uk"
    found = checked("nasuwt", term, figures(), pd.concat([STANDING, facts(*rows)]))
    assert (found["verdict"], found["why"]) == ("contradicted", "facts")
    assert [(row["union"], row["item"]) for row in found["facts"]] == [
        ("atl", item) for _, item in WIDE
    ]
    short = checked("nasuwt", term, figures(), pd.concat([STANDING, facts(*rows[:-1])]))
    assert (short["verdict"], short["why"]) == ("cannot be tested", "others are not known")


def test_to_be_the_first_is_compared_by_dates_across_a_change_of_name():
    renamed = facts(("sha", "renamed_to", "", "ascl", "2006-01-01"))
    rows = [("sha", "admits", "deputy_head", "yes", "1983-01-01"),
            ("naht", "admits", "deputy_head", "yes", "1985-01-01")]  # fmt: skip
    known = pd.concat([STANDING, renamed, facts(*rows)])
    term = "first:recognised_leadership_team"
    assert checked("ascl", term, figures(), known)["verdict"] == "holds"
    assert checked("naht", term, figures(), known)["verdict"] == "contradicted"
    alone = pd.concat([STANDING, renamed, facts(rows[0])])
    assert checked("ascl", term, figures(), alone)["verdict"] == "cannot be tested"


@pytest.mark.parametrize(
    "term", ["best:voice", "leading:leaders_union", "most:teachers:england", "only:argues",
             "first:of_all", "independent:government"],
)  # fmt: skip
def test_what_nothing_measures_cannot_be_tested(term):
    found = checked("neu", term, figures(("neu", "tuc", 1, "2018")))
    assert (found["verdict"], found["why"]) == ("cannot be tested", "nothing measures it")
    assert found["facts"] == []


def test_claims_stand_in_the_order_asked_the_newest_first():
    claims = pd.concat([claim("neu", "best:a", "2018-01-01"), claim("ascl", "best:b"),
                        claim("neu", "best:c", "2020-01-01")])  # fmt: skip
    terms = check_claims(claims, figures(), STANDING, ["neu", "ascl"])["term"]
    assert terms.tolist() == ["best:c", "best:a", "best:b"]
    assert check_claims(claims, figures(), STANDING)["union"].tolist() == ["ascl", "neu", "neu"]


def pairs(*claims, numbers=None):
    table = pd.concat([claim(*one) for one in claims])
    found = clashing_claims(table, figures() if numbers is None else numbers)
    return found[["union", "other_union"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("largest:teachers_union:uk", "largest:teachers_union:uk", True),
        ("largest:teachers_union:uk", "largest:teachers_union", True),
        ("largest:teachers_union:uk", "largest:education_union:europe", True),
        ("largest:teachers_union:uk", "largest:heads_union:uk", False),
        ("largest:teachers_union:uk", "members:>=450000", False),
        ("largest:state_teachers_union:uk", "largest:teachers_union:uk", False),
        ("largest:state_teachers_union:uk", "largest:state_teachers_union:uk", True),
    ],
)  # fmt: skip
def test_two_claims_clash_if_each_union_is_of_the_others_population_and_area(one, other, clash):
    found = pairs(("nasuwt", one), ("neu", other))
    assert found == ([["nasuwt", "neu"]] if clash else [])


def test_a_part_of_one_unions_members_clashes_with_the_whole_of_anothers():
    whole, part = "largest:union:europe", "largest:union_in_education:uk"
    assert pairs(("neu", whole), ("unison", part)) == [["neu", "unison"]]
    # UNISON may be the largest of all, and NEU still have more members in education.
    assert pairs(("unison", whole), ("neu", part)) == []


def test_claims_of_two_years_do_not_clash_unless_one_page_makes_both():
    one, other = ("nasuwt", "largest:union"), ("neu", "largest:union")
    apart = pairs((*one, "2015-01-01", "a"), (*other, "2018-01-01", "b"))
    assert apart == []
    same_year = pairs((*one, "2018-01-01", "a"), (*other, "2018-12-31", "b"))
    same_page = pairs((*one, "2015-01-01", "a"), (*other, "2018-01-01", "a"))
    assert same_year == same_page == [["nasuwt", "neu"]]
    assert pairs((*one, "2018-01-01", "a"), (*one, "2018-01-01", "b")) == []


def test_a_pair_carries_the_figures_of_a_page_that_states_both():
    numbers = figures(("neu", "claimed", 450000, "2018"), ("unison", "claimed", 1300000, "2018"))
    table = pd.concat([claim("neu", "largest:union"), claim("unison", "largest:union")])
    of_one = numbers.assign(source=["county", "elsewhere"])
    assert clashing_claims(table, of_one)["figures"].tolist() == [[]]
    of_both = clashing_claims(table, numbers.assign(source="county"))["figures"].iloc[0]
    assert [row["members"] for row in of_both] == [450000, 1300000]


def test_pairs_can_be_asked_for_by_union():
    table = pd.concat([claim(union, "largest:union") for union in ("neu", "nasuwt", "unison")])
    assert len(clashing_claims(table, figures())) == 3
    assert len(clashing_claims(table, figures(), "neu")) == 2
    assert clashing_claims(table, figures(), ["gmb"]).empty


def test_to_be_the_first_is_judged_among_those_who_are_asked_and_shown():
    rows = [("sha", "admits", "deputy_head", "yes", "1987-01-01"),
            ("naht", "admits", "deputy_head", "yes", "1985-01-01"),
            ("unison", "admits", "deputy_head", "yes", "1980-01-01")]  # fmt: skip
    renamed = facts(("sha", "renamed_to", "", "ascl", "2006-01-01"))
    term = "first:recognised_leadership_team"
    found = checked("naht", term, figures(), pd.concat([STANDING, renamed, facts(*rows)]))
    assert found["verdict"] == "holds"
    nobody = checked("naht", term, figures(), facts(*rows).head(0))
    assert (nobody["verdict"], nobody["why"]) == ("cannot be tested", "others are not known")


def test_a_dispute_on_a_party_decides_no_claim_to_be_free_of_one():
    known = pd.concat([STANDING, facts(("neu", "party_affiliated", "", "disputed", "2018-01-01"))])
    found = checked("neu", "independent:party", figures(), known)
    assert (found["verdict"], found["facts"]) == ("cannot be tested", [])
