import pandas as pd

from analysis import headline_members, latest_members, widest_by_basis

COLUMNS = ["union", "scope", "basis", "members", "as_of", "counts_from", "source"]
MEMBERS = pd.DataFrame(
    [
        ["naht", "whole", "return_all", 46631, "2021-12-31", "2021-12-31", "tes"],
        ["naht", "whole", "return_contributing", 33447, "2020-12-31", "2020-12-31", "tes"],
        ["naht", "whole", "claimed", 28500, "2018", "2018-01-01", "county"],
        ["naht", "leaders", "claimed", 1000, "2022", "2022-01-01", "county"],
        ["neu", "whole", "not_stated", 487420, "2024", "2024-01-01", "wiki"],
        ["neu", "whole", "balloted", 300000, "2025", "2025-01-01", "press"],
        ["nsead", "whole", "balloted", 100, "2025", "2025-01-01", "press"],
        ["old", "whole", "return_all", 20, "2001-12-31", "2001-12-31", "press"],
        ["old", "whole", "return_contributing", 1, "2010-12-31", "2010-12-31", "press"],
    ],
    columns=COLUMNS,
)


def test_figures_stand_basis_by_basis_with_the_returns_first():
    rows = latest_members(MEMBERS, ["neu", "naht"])
    assert rows[["basis", "union"]].to_numpy().tolist() == [
        ["return_all", "naht"],
        ["return_contributing", "naht"],
        ["balloted", "neu"],
        ["claimed", "naht"],
        ["not_stated", "neu"],
    ]


def test_other_scopes_than_the_whole_union_are_asked_for_by_name():
    assert latest_members(MEMBERS, ["naht"], "leaders")["members"].tolist() == [1000]


def test_a_union_is_told_by_its_newest_return_and_by_what_is_newer():
    rows = headline_members(latest_members(MEMBERS, ["naht", "neu", "nsead"]))
    assert rows[["union", "basis"]].to_numpy().tolist() == [
        ["naht", "return_all"],
        ["neu", "not_stated"],
        ["nsead", "balloted"],
    ]


def test_a_claim_of_a_later_year_stands_beside_the_return():
    later = [["naht", "whole", "claimed", 49000, "2023", "2023-01-01", "web"]]
    members = pd.concat([MEMBERS, pd.DataFrame(later, columns=COLUMNS)])
    rows = headline_members(latest_members(members, ["naht"]))
    assert rows["members"].tolist() == [46631, 49000]


def test_the_two_bases_that_differ_most_are_of_one_union_and_of_like_years():
    rows = widest_by_basis(latest_members(MEMBERS, ["naht", "neu", "old"]))
    assert rows[["union", "members"]].to_numpy().tolist() == [["naht", 33447], ["naht", 46631]]
    assert widest_by_basis(latest_members(MEMBERS, ["neu"])).empty
