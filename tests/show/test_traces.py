import pandas as pd

from analysis import tabulate_members
from analysis.show.traces import event_keys, fee_key, rule_keys, side_keys, traced

NEU = {"union": "neu", "basis": "year", "as_of": "2023", "source": "web"}


def test_words_without_a_numeral_name_nothing_and_each_key_is_named_once():
    assert traced("not stated", "date: neu") == {"text": "not stated"}
    assert traced("in 2017", "a", "b", "a") == {"text": "in 2017", "of": ["a", "b"]}


def test_a_fee_is_named_by_union_grade_basis_date_and_source():
    assert fee_key(NEU | {"grade": "full member"}) == "neu|fee|full member|year|2023|web"


def test_a_changed_figure_is_named_by_each_source_of_the_sides_asked_for():
    change = {"union": "neu", "about": "members", "item": "whole", "basis": "tuc",
              "as_of_before": "2015", "sources_before": ("a", "b"),
              "as_of_after": "", "sources_after": ("c",)}  # fmt: skip
    assert side_keys(change, "before") == [
        "neu|members|whole|tuc|2015|a",
        "neu|members|whole|tuc|2015|b",
    ]
    assert side_keys(change, "after") == ["neu|members|whole|tuc||c"]
    assert len(side_keys(change, "before", "after")) == 3


def test_an_event_is_named_by_the_rows_of_each_of_its_unions_and_a_rule_by_its_value():
    event = {"event": "succeeded_by", "item": "", "unions": ["atl", "nut"]}
    assert event_keys(event) == ["date: atl|succeeded_by|", "date: nut|succeeded_by|"]
    rules = pd.DataFrame({"value": ["20", "90"]}, index=["trigger", "period"])
    assert rule_keys(rules, "period", "trigger") == ["rule: period|90", "rule: trigger|20"]


def test_a_row_of_the_table_of_members_names_the_fact_that_it_shows():
    figure = NEU | {"scope": "whole", "basis": "tuc", "members": 5, "qualifier": "",
                    "dated": "2023", "old": False}  # fmt: skip
    (row,) = tabulate_members(pd.DataFrame([figure]), {"neu": "NEU"}).rows
    assert row["of"] == ["neu|members|whole|tuc|2023|web"]
