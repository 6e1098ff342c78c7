import pandas as pd

from analysis import tabulate_claims, tabulate_clashes, tabulate_distance
from tests.show.test_tables import texts

LABELS = {"neu": "NEU", "nasuwt": "NASUWT", "unison": "UNISON", "atl": "ATL", "naht": "NAHT",
          "deputy_head": "Deputy head"}  # fmt: skip


def figure(union, members, basis, dated, source, qualifier="", old=False):
    return {"union": union, "scope": "whole", "members": members, "basis": basis, "dated": dated,
            "as_of": dated, "source": source, "qualifier": qualifier, "old": old}  # fmt: skip


def fact(union, kind, item, value, dated, source):
    return {"union": union, "fact": kind, "item": item, "value": value, "dated": dated,
            "basis": "", "as_of": dated, "source": source}  # fmt: skip


def checked(*rows):
    columns = ["union", "term", "claim", "dated", "source", "verdict", "depends", "by", "why",
               "facts"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


OURS = figure("nasuwt", 300000, "claimed", "2018", "county")
OTHER = figure("neu", 450000, "claimed", "2018", "county", "over")
THIRD = figure("neu", 461950, "not_stated", "2017", "speech")


def test_a_claim_stands_beside_its_verdict_and_what_decides_it_with_every_source():
    by = {"claimed": "contradicted", "not_stated": "contradicted"}
    row = ["nasuwt", "largest:union", "the biggest", "2018", "county", "contradicted", False, by,
           "figures", [OURS, OTHER, THIRD]]  # fmt: skip
    assert texts(tabulate_claims(checked(row), LABELS)) == [
        [
            ["NASUWT"],
            ["The biggest", "2018[county]"],
            ["Contradicted"],
            [
                "NASUWT 300,000, the union's own round figure, 2018[county]",
                "NEU over 450,000, the union's own round figure, 2018[county]",
                "So too: source does not say how[speech]",
            ],
        ]
    ]


def test_a_verdict_that_depends_on_the_basis_says_so_and_shows_each():
    by = {"return_all": "holds", "return_contributing": "contradicted"}
    counts = [figure("unison", 1377006, "return_all", "2017", "blog"),
              figure("unison", 1214000, "return_contributing", "2017", "blog")]  # fmt: skip
    row = ["unison", "members:>=1300000", "so many", "2018", "county", "holds", True, by,
           "figures", counts]  # fmt: skip
    assert texts(tabulate_claims(checked(row), LABELS))[0][2:] == [
        ["Holds", "depends on the basis"],
        [
            "Holds: UNISON 1,377,006, all members, statutory return, 2017[blog]",
            "Contradicted: UNISON 1,214,000, paying members, statutory return, 2017[blog]",
        ],
    ]


def test_a_claim_that_cannot_be_tested_says_why_with_the_counts_that_come_nearest():
    rows = [
        ["naht", "best:voice", "it speaks well", "2018", "county", "cannot be tested", False, {},
         "nothing measures it", []],
        ["neu", "members:>=9", "so many", "undated", "web", "cannot be tested", False, {},
         "no count of that time", [THIRD]],
    ]  # fmt: skip
    assert [row[3] for row in texts(tabulate_claims(checked(*rows), LABELS))] == [
        ["No figure or fact that was read measures it"],
        ["No count within a year of it was read",
         "NEU 461,950, source does not say how, 2017[speech]"],
    ]  # fmt: skip


def test_an_old_figure_beside_a_claim_is_marked():
    aged = figure("nasuwt", 9, "claimed", "2018", "county", old=True)
    row = ["nasuwt", "members:>=9", "so many", "2018", "county", "holds", False,
           {"claimed": "holds"}, "figures", [aged]]  # fmt: skip
    assert texts(tabulate_claims(checked(row), LABELS))[0][3] == [
        "NASUWT 9, the union's own round figure, 2018, old figure[county]"
    ]


def test_facts_that_decide_are_said_those_of_one_kind_and_date_in_one_line():
    facts = [fact("atl", "affiliated", "tuc", "yes", "1999", "leic"),
             *(fact("atl", "nation", nation, "yes", "2017", "wiki")
               for nation in ("england", "scotland"))]  # fmt: skip
    said = {
        "affiliated": (facts, ["ATL belongs to the TUC: 1999[leic]",
                               "ATL has members in England and Scotland: 2017[wiki]"]),
        "founded": ([fact("naht", "founded", "present_body", "1897", "1897", "own")],
                    ["NAHT began: 1897[own]"]),
        "party": ([fact("nasuwt", "party_affiliated", "", "no", "2019", "own")],
                  ["NASUWT is affiliated to no party: 2019[own]"]),
        "admits": ([fact("naht", "admits", "deputy_head", "yes", "1985", "own")],
                   ["NAHT admits deputy head: 1985[own]"]),
    }  # fmt: skip
    for rows, lines in said.values():
        row = [
            "nasuwt",
            "only:x",
            "alone",
            "2010",
            "web",
            "contradicted",
            False,
            {},
            "facts",
            rows,
        ]
        assert texts(tabulate_claims(checked(row), LABELS))[0][3] == lines


def test_claims_in_the_same_words_with_the_same_verdict_and_reason_share_a_row():
    row = ["neu", "best:voice", "it speaks well", "2018", "a", "cannot be tested", False, {},
           "nothing measures it", []]  # fmt: skip
    again, later = [*row[:4], "b", *row[5:]], [*row[:3], "2020", "c", *row[5:]]
    differs = [*row[:5], "holds", False, {}, "facts", [fact("neu", "founded", "", "1", "1", "d")]]
    table = texts(tabulate_claims(checked(later, row, differs, again), LABELS))
    assert [cells[1] for cells in table] == [
        ["It speaks well", "2020[c]", "2018[a,b]"],
        ["It speaks well", "2018[a]"],
    ]


CLASH = {"union": "nasuwt", "term": "largest:union", "claim": "The biggest", "dated": "2018",
         "source": "county", "other_union": "neu", "other_term": "largest:union:europe",
         "other_claim": "The biggest in Europe", "other_dated": "2018", "other_source": "county",
         "figures": [OURS, OTHER]}  # fmt: skip


def test_two_claims_that_clash_stand_side_by_side_with_their_pages_figures():
    again = CLASH | {"other_dated": "2020", "other_source": "press", "figures": [OURS, OTHER]}
    assert texts(tabulate_clashes(pd.DataFrame([CLASH, again]), LABELS)) == [
        [
            ["NASUWT: the biggest", "2018[county]"],
            ["NEU: the biggest in Europe", "2018[county]", "2020[press]"],
            [
                "NASUWT 300,000, the union's own round figure, 2018[county]",
                "NEU over 450,000, the union's own round figure, 2018[county]",
            ],
        ]
    ]
    none = tabulate_clashes(pd.DataFrame([CLASH | {"figures": []}]), LABELS)
    assert texts(none)[0][2] == ["No such page"]


def test_that_no_claims_clash_is_said():
    table = tabulate_clashes(pd.DataFrame([CLASH]).head(0), LABELS).as_dict()
    assert (table["rows"], table["note"][0]["text"]) == ([], "No two claims clash.")


def test_a_round_figure_stands_once_beside_each_count_with_both_sources():
    columns = ["union", "members", "qualifier", "basis", "as_of", "dated", "source",
               "counted_members", "counted_qualifier", "counted_basis", "counted_as_of",
               "counted_dated", "counted_source", "counted_old", "apart", "per_cent",
               "old"]  # fmt: skip
    own = ["nasuwt", 250000, "over", "claimed", "2015", "about 2015", "county"]
    rows = [[*own, 293022, "", "tuc", "2015", "2015", "lrd", False, -43022, -14.7, True],
            [*own, 236005, "", "return_contributing", "2004", "2004", "tes", True, 13995, 5.9,
             True]]  # fmt: skip
    assert texts(tabulate_distance(pd.DataFrame(rows, columns=columns), LABELS)) == [
        [
            ["NASUWT"],
            ["over 250,000[county]", "About 2015", "old figure"],
            [
                "293,022[lrd]: its own is 43,022 lower (14.7%)",
                "Members affiliated to the TUC, 2015",
                "236,005[tes]: its own is 13,995 higher (5.9%)",
                "Paying members, statutory return, 2004",
                "old figure",
            ],
        ]
    ]
