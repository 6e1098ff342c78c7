import pandas as pd

from analysis import merger_events, merger_history, spans

COLUMNS = ["union", "event", "item", "other", "date", "day", "dated", "source"]
HISTORY = pd.DataFrame(
    [
        ["nalgo", "founded", "present_body", "", "1905", "1905-01-01", "1905", "a"],
        ["nupe", "founded", "present_body", "", "1908", "1908-01-01", "1908", "a"],
        ["naht", "founded", "present_body", "", "1897", "1897-01-01", "1897", "a"],
        ["nalgo", "succeeded_by", "", "unison", "1993", "1993-01-01", "1993", "b"],
        ["nupe", "succeeded_by", "", "unison", "1993", "1993-01-01", "1993", "b"],
        ["nalgo", "succeeded_by", "", "unison", "1993-07-01", "1993-07-01", "1 July 1993", "c"],
        ["nupe", "succeeded_by", "", "unison", "1993-07-01", "1993-07-01", "1 July 1993", "c"],
        ["unison", "founded", "present_body", "", "1993", "1993-01-01", "1993", "b"],
        ["unison", "founded", "present_body", "", "1994", "1994-01-01", "1994", "d"],
        ["old", "succeeded_by", "", "nupe", "1920", "1920-01-01", "1920", "a"],
    ],
    columns=COLUMNS,
)


def test_a_line_goes_back_to_the_first_forerunners_and_leaves_others_out():
    rows = merger_history(HISTORY, ["unison"])
    assert set(rows["union"]) == {"unison", "nalgo", "nupe", "old"}
    assert set(rows["line"]) == {"unison"}


def test_one_merger_told_by_two_sources_is_one_event_and_dates_that_differ_stay_apart():
    rows = merger_events(merger_history(HISTORY, ["unison"]))
    assert rows[["event", "date", "unions", "sources"]].to_numpy().tolist() == [
        ["founded", "1905", ["nalgo"], ["a"]],
        ["founded", "1908", ["nupe"], ["a"]],
        ["succeeded_by", "1920", ["old"], ["a"]],
        ["founded", "1993", ["unison"], ["b"]],
        ["succeeded_by", "1993-07-01", ["nalgo", "nupe"], ["b", "c"]],
        ["founded", "1994", ["unison"], ["d"]],
    ]


def test_a_beginning_that_a_merger_of_that_day_tells_is_not_told_twice():
    rows = [
        ["nut", "succeeded_by", "", "neu", "2017-09-01", "2017-09-01", "1 September 2017", "a"],
        ["neu", "founded", "present_body", "", "2017-09-01", "2017-09-01", "1 September", "b"],
        ["nut", "founded", "present_body", "", "1870", "1870-01-01", "1870", "c"],
        ["neu", "founded", "origin", "", "1870", "1870-01-01", "1870", "d"],
    ]
    told = merger_events(merger_history(pd.DataFrame(rows, columns=COLUMNS), ["neu"]))
    assert told[["event", "unions", "sources"]].to_numpy().tolist() == [
        ["founded", ["nut"], ["c", "d"]],
        ["succeeded_by", ["nut"], ["a", "b"]],
    ]


def test_spans_run_from_the_beginning_to_the_merger_with_the_union_itself_last():
    rows = spans(merger_history(HISTORY, ["naht", "unison"]), "2026-01-01")
    assert rows.to_numpy().tolist() == [
        ["naht", "naht", "1897-01-01", "2026-01-01", ""],
        ["old", "unison", "", "1920-01-01", "nupe"],
        ["nalgo", "unison", "1905-01-01", "1993-07-01", "unison"],
        ["nupe", "unison", "1908-01-01", "1993-07-01", "unison"],
        ["unison", "unison", "1994-01-01", "2026-01-01", ""],
    ]
