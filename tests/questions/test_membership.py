import pandas as pd
import pytest

from analysis import (
    claimed_against_counted,
    headline_members,
    latest_members,
    rank_members,
    sum_members,
    widest_by_basis,
)
from analysis.errors import BasisError, UnknownNameError

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


def test_a_ranking_is_made_on_one_basis_only():
    latest = latest_members(MEMBERS, ["naht", "old", "neu"])
    assert rank_members(latest, "return_all")["union"].tolist() == ["naht", "old"]
    with pytest.raises(BasisError) as error:
        rank_members(latest)
    assert str(error.value) == (
        "members counted in different ways (return_all, return_contributing, balloted, claimed, "
        "not_stated) cannot be ranked, since for one union they differ by as much as half; ask "
        "for one, as in rank_members(latest, 'return_all')"
    )


@pytest.mark.parametrize("basis", ["balloted", "not_stated", "other"])
def test_a_ranking_on_a_basis_under_which_each_figure_may_count_others_is_refused(basis):
    two = pd.DataFrame({"union": ["neu", "naht"], "basis": basis, "members": [1, 2]})
    with pytest.raises(BasisError, match=f"on the basis '{basis}' cannot be ranked, since each"):
        rank_members(two, basis)


def test_a_ranking_on_an_unknown_basis_names_the_nearest():
    with pytest.raises(UnknownNameError, match="no basis 'returnall'; did you mean 'return_all'"):
        rank_members(latest_members(MEMBERS, ["naht"]), "returnall")


def test_a_sum_is_refused_across_bases_and_across_unions():
    latest = latest_members(MEMBERS, ["naht", "old"])
    with pytest.raises(BasisError, match=r"counted in different ways .* cannot be added up"):
        sum_members(latest)
    with pytest.raises(BasisError) as error:
        sum_members(latest, "return_all")
    assert str(error.value) == (
        "members of several unions cannot be added up, since a person may belong to two; set "
        "them side by side, as in latest_members(data.members, unions)"
    )
    assert sum_members(latest_members(MEMBERS, ["naht"]), "return_all") == 46631


def test_a_round_figure_is_set_against_the_nearest_count_on_each_basis():
    history = MEMBERS.assign(qualifier="", dated=MEMBERS["as_of"])
    history["old"] = history["as_of"] < "2021"
    older = history[history["basis"] == "return_all"].head(1)
    older = older.assign(members=1, as_of="2001-12-31", counts_from="2001-12-31")
    rows = claimed_against_counted(pd.concat([older, history]), ["naht", "neu"])
    seen = rows[["union", "members", "counted_basis", "counted_members", "apart", "per_cent"]]
    assert seen.to_numpy().tolist() == [
        ["naht", 28500, "return_all", 46631, -18131, -38.9],
        ["naht", 28500, "return_contributing", 33447, -4947, -14.8],
    ]
    assert rows[["old", "counted_old"]].to_numpy().tolist() == [[True, False], [True, True]]
    assert rows[["as_of", "counted_as_of", "source", "counted_source"]].to_numpy().tolist() == [
        ["2018", "2021-12-31", "county", "tes"],
        ["2018", "2020-12-31", "county", "tes"],
    ]


def test_the_newest_of_a_unions_own_round_figures_is_compared():
    later = MEMBERS[MEMBERS["basis"] == "claimed"].head(1)
    later = later.assign(members=34399, as_of="2021-04", counts_from="2021-04-01")
    history = pd.concat([later, MEMBERS]).assign(qualifier="", dated="", old=False)
    assert set(claimed_against_counted(history, "naht")["members"]) == {34399}


def test_of_a_count_of_nought_there_is_no_share():
    history = MEMBERS.assign(members=MEMBERS["members"].where(MEMBERS["basis"] == "claimed", 0))
    shares = claimed_against_counted(history.assign(qualifier="", dated="", old=False), "naht")
    assert shares["per_cent"].isna().all()
    assert len(shares) > 0
    assert widest_by_basis(history.assign(old=False)).empty
