import pandas as pd
import pytest

from analysis import member_trend
from analysis.errors import UnknownNameError

COLUMNS = ["union", "scope", "basis", "members", "as_of", "dated", "source"]
FACTS = ["union", "fact", "item", "value", "basis", "counts_from", "source"]


def figures(*rows, **more):
    """Return figures of a whole union, on the statutory return: union, members and year."""
    made = [[union, "whole", "return_all", members, f"{year}-12-31", str(year), "press"]
            for union, members, year in rows]  # fmt: skip
    table = pd.DataFrame(made, columns=COLUMNS)
    return table.assign(counts_from=table["as_of"], **more)


def facts(*rows):
    """Return facts: union, fact, item, value, basis and day."""
    return pd.DataFrame([[*row, "register"] for row in rows], columns=FACTS)


NONE = facts()
MERGER = facts(("nut", "succeeded_by", "", "neu", "", "2017-09-01"),
               ("atl", "succeeded_by", "", "neu", "", "2017-09-01"))  # fmt: skip


def stretches(trend):
    """Return the figures of each segment."""
    return [list(rows) for _, rows in trend.groupby("segment", sort=False)["members"]]


def test_the_bodies_that_merged_lead_up_to_the_union_and_no_line_joins_them():
    rows = figures(("neu", 9, 2017), ("nut", 5, 2015), ("nut", 6, 2016), ("atl", 3, 2016))
    trend = member_trend(rows, MERGER, "neu")
    assert trend["union"].tolist() == ["atl", "nut", "nut", "neu"]
    assert stretches(trend) == [[3], [5, 6], [9]]
    assert set(trend["line"]) == {"neu"}
    assert trend["until"].tolist() == ["2017-09-01", "2017-09-01", "2017-09-01", ""]


def test_a_line_is_broken_on_the_day_on_which_another_body_merged_into_the_union():
    rows = figures(("prospect", 1, 2015), ("prospect", 2, 2016), ("prospect", 3, 2017))
    bectu = facts(("bectu", "succeeded_by", "", "prospect", "", "2017-01-01"))
    assert stretches(member_trend(rows, bectu, "prospect")) == [[1, 2], [3]]
    on_the_day = facts(("bectu", "succeeded_by", "", "prospect", "", "2016-12-31"))
    assert stretches(member_trend(rows, on_the_day, "prospect")) == [[1], [2, 3]]


def test_a_line_is_broken_where_others_are_counted_from_then_on_and_says_whom():
    rows = figures(("unison", 10, 2015), ("unison", 12, 2016), ("unison", 13, 2017))
    change = ("unison", "recounted", "whole", "retired members", "return_all", "2016-12-31")
    trend = member_trend(rows, facts(change), "unison")
    assert stretches(trend) == [[10], [12, 13]]
    assert trend["recounted"].tolist() == ["", "retired members", "retired members"]
    assert trend["recounted_source"].tolist() == ["", "register", "register"]
    paying = rows.assign(basis="return_contributing")
    assert stretches(member_trend(paying, facts(change), "unison")) == [[10, 12, 13]]
    part = facts(("unison", "recounted", "education", "x", "return_all", "2016-12-31"))
    assert stretches(member_trend(rows, part, "unison")) == [[10, 12, 13]]


def test_a_change_of_name_breaks_no_line():
    rows = figures(("sha", 1, 2004), ("sha", 2, 2005), ("ascl", 3, 2006))
    renamed = facts(("sha", "renamed_to", "", "ascl", "", "2006-01-01"))
    trend = member_trend(rows, renamed, "ascl")
    assert (trend["union"].tolist(), stretches(trend)) == (["sha", "sha", "ascl"], [[1, 2, 3]])
    assert set(trend["body"]) == {"ascl"}
    assert set(trend["until"]) == {""}


def test_each_line_keeps_to_one_basis():
    rows = pd.concat(
        [
            figures(("naht", 5, 2020), ("naht", 6, 2021)),
            figures(("naht", 3, 2020), ("naht", 4, 2021), basis="return_contributing"),
        ]
    )
    trend = member_trend(rows, NONE, "naht")
    assert stretches(trend) == [[5, 6], [3, 4]]
    assert trend.groupby("segment")["basis"].nunique().max() == 1
    assert member_trend(rows, NONE, "naht", "return_contributing")["members"].tolist() == [3, 4]


def test_figures_that_no_source_explains_stand_alone_and_partial_counts_are_left_out():
    unsaid = figures(("neu", 1, 2017), ("neu", 2, 2018), basis="not_stated")
    assert stretches(member_trend(unsaid, NONE, "neu")) == [[1], [2]]
    for basis in ("balloted", "other"):
        assert member_trend(unsaid.assign(basis=basis), NONE, "neu").empty
    assert member_trend(unsaid.assign(scope="education"), NONE, "neu").empty


def test_no_line_leads_over_more_than_ten_years_without_a_figure():
    assert stretches(member_trend(figures(("x", 1, 2004), ("x", 2, 2014)), NONE, "x")) == [[1, 2]]
    assert stretches(member_trend(figures(("x", 1, 2004), ("x", 2, 2015)), NONE, "x")) == [
        [1],
        [2],
    ]


def test_an_inferred_date_is_marked():
    rows = figures(("naht", 1, 2018)).assign(dated="about 2018, date inferred")
    assert member_trend(rows, NONE, "naht")["inferred"].tolist() == [True]
    assert member_trend(figures(("naht", 1, 2018)), NONE, "naht")["inferred"].tolist() == [False]


def test_unions_stand_in_the_order_asked_and_years_go_back_from_the_newest_figure():
    rows = figures(("neu", 1, 2024), ("ascl", 2, 2000), ("ascl", 3, 1999))
    assert member_trend(rows, NONE, ["neu", "ascl"])["members"].tolist() == [1, 3, 2]
    assert member_trend(rows, NONE, ["neu", "ascl"], years=24)["members"].tolist() == [1, 2]
    assert member_trend(rows, NONE, []).empty


def test_a_basis_that_is_not_known_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="no basis 'return'; did you mean 'return_all'"):
        member_trend(figures(("x", 1, 2000)), NONE, "x", "return")
    with pytest.raises(UnknownNameError, match="no basis 'q'; it is one of: return_all, return_"):
        member_trend(figures(("x", 1, 2000)), NONE, "x", "q")


def test_the_retired_members_of_unison_are_a_break_in_the_shipped_data(shipped):
    data = shipped.as_at("2026-11-22")
    trend = member_trend(data.member_history, data.facts, "unison", "return_all")
    assert set(trend["recounted"]) == {"retired members"}
    paying = member_trend(data.member_history, data.facts, "unison", "return_contributing")
    assert (set(paying["recounted"]), paying["segment"].nunique()) == ({""}, 1)
