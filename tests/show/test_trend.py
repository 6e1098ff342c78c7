import json

import pandas as pd
import pytest

from analysis import plot_trend, tabulate_trend
from analysis.errors import BasisError, UnknownNameError
from analysis.report.paper import draw
from tests.show.test_tables import texts

LABELS = {"neu": "NEU", "nut": "NUT", "naht": "NAHT", "atl": "ATL"}
COLUMNS = ["line", "body", "union", "basis", "segment", "members", "qualifier", "as_of", "until",
           "inferred", "recounted", "source"]  # fmt: skip


def trend(*rows):
    """Return a trend: line, body, basis, segment, members, date."""
    made = [[line, body, body, basis, segment, members, "", as_of, "", False, "", f"of-{body}"]
            for line, body, basis, segment, members, as_of in rows]  # fmt: skip
    table = pd.DataFrame(made, columns=COLUMNS)
    return table.assign(dated=table["as_of"], old=False, recounted_source="register")


NEU = trend(
    ("neu", "nut", "return_all", 1, 300, "2010"),
    ("neu", "nut", "return_all", 1, 320, "2012"),
    ("neu", "neu", "return_all", 2, 450, "2018"),
    ("neu", "neu", "return_all", 2, 460, "2020"),
    ("neu", "neu", "return_all", 3, 500, "2021-06"),
).assign(until=["2017-07-01", "2017-07-01", "", "", ""], inferred=[False] * 4 + [True])


def traces(figure, mode):
    return [(list(one.x), list(one.y)) for one in figure.data if one.mode == mode]


def test_a_line_joins_the_figures_of_a_segment_and_no_others():
    figure = plot_trend(NEU, LABELS)
    assert traces(figure, "lines") == [
        ([2010.5, 2012.5], [300, 320]),
        ([2018.5, 2020.5], [450, 460]),
    ]
    marks = [number for _, numbers in traces(figure, "markers") for number in numbers]
    assert sorted(marks) == [300, 320, 450, 460, 500]


def test_forerunners_are_grey_and_named_and_an_inferred_date_is_an_open_mark():
    figure = plot_trend(NEU, LABELS)
    one, two = (trace.line.color for trace in figure.data if trace.mode == "lines")
    assert one != two
    symbols = {tuple(trace.y): trace.marker.symbol for trace in figure.data
               if trace.mode == "markers"}  # fmt: skip
    assert symbols == {(300, 320): "circle", (450, 460): "circle", (500,): "circle-open"}
    said = [note.text for note in figure.layout.annotations]
    assert said == ["<b>NEU</b>", "NUT 320", "500"]


def test_a_dotted_line_marks_the_day_of_the_merger():
    (rule,) = [one for one in plot_trend(NEU, LABELS).layout.shapes if one.line.dash == "dot"]
    assert (rule.x0, rule.x1, rule.y0, rule.y1) == (2017.5, 2017.5, 0, 500)


def test_a_union_has_a_panel_and_a_scale_of_its_own_over_the_same_years():
    naht = trend(("naht", "naht", "return_all", 1, 4, "2005"),
                 ("naht", "naht", "return_all", 1, 5, "2006"))  # fmt: skip
    layout = plot_trend(pd.concat([NEU, naht]), LABELS).layout
    assert layout.xaxis.range == layout.xaxis2.range
    assert layout.yaxis.range[1] == pytest.approx(500 * 1.38)
    assert layout.yaxis2.range[1] == pytest.approx(5 * 1.38)
    assert layout.yaxis.range[0] == layout.yaxis2.range[0] == 0
    assert layout.xaxis.domain[1] < layout.xaxis2.domain[0]


def test_one_axis_across_bases_is_refused_with_what_to_ask_instead():
    paying = NEU.assign(basis="return_contributing")
    with pytest.raises(BasisError) as error:
        plot_trend(pd.concat([NEU, paying]), LABELS)
    assert str(error.value) == (
        "members counted in different ways (return_all, return_contributing) cannot share an "
        "axis, since for one union they differ by as much as half; ask for one, as in "
        "member_trend(figures, facts, unions, 'return_all'), or for plot_trend(trend, labels, "
        "panel='basis')"
    )


def test_a_basis_may_have_a_panel_and_a_scale_of_its_own():
    paying = NEU.assign(basis="return_contributing", members=NEU["members"] // 2)
    layout = plot_trend(pd.concat([NEU, paying]), LABELS, panel="basis").layout
    heads = [note.text for note in layout.annotations if note.text.startswith("<b>")]
    assert heads == ["<b>All members,<br>statutory return</b>",
                     "<b>Paying members,<br>statutory return</b>"]  # fmt: skip
    assert layout.yaxis.range[1] == 2 * layout.yaxis2.range[1]
    assert layout.meta["title"] == "NEU, counted in two ways, 2010 to 2021"


def test_what_has_a_panel_is_a_union_or_a_basis():
    with pytest.raises(UnknownNameError, match="no panel 'bases'; did you mean 'basis'"):
        plot_trend(NEU, LABELS, panel="bases")


def test_figures_of_one_date_are_no_trend():
    for rows in (NEU.head(0), NEU.head(1), NEU.head(2).assign(as_of="2015")):
        figure = plot_trend(rows, LABELS)
        assert len(figure.data) == 0
        assert "No membership figures of two dates" in figure.layout.annotations[0].text


def test_a_trend_carries_its_words_its_data_and_every_source():
    counted = NEU.assign(recounted=["", "", "", "", "retired members"])
    meta = plot_trend(counted, LABELS).layout.meta
    assert meta["title"] == "One union: all members, statutory return, 2010 to 2021"
    assert meta["alt"] == (
        "Line charts in one panel. NEU: NUT 300 in 2010, 320 in 2012; NEU 450 in 2018, 500 in "
        "2021."
    )
    assert meta["caption"].endswith(
        "NEU's figures count retired members, which those of earlier years on this basis did not."
    )
    assert meta["source"] == ["of-neu", "of-nut", "register"]
    first = meta["table"]["rows"][0]["cells"]
    assert [cell["lines"][0]["runs"] for cell in first[2:3]] == [
        [{"text": "300"}, {"cite": ["of-nut"]}]
    ]
    assert len(meta["table"]["rows"]) == 5


def test_only_the_newest_figure_of_a_union_on_a_basis_is_marked_as_old():
    aged = NEU.assign(old=True)
    figure = plot_trend(aged, LABELS)
    hovered = [one for trace in figure.data for one in trace.hovertext or ()]
    assert [one for one in hovered if one.endswith(", old figure")] == [
        "NEU: 500, all members, statutory return, 2021-06, old figure"
    ]
    assert [note.text for note in figure.layout.annotations] == ["<b>NEU</b>", "NUT 320",
                                                                "500, old"]  # fmt: skip
    meta = figure.layout.meta
    assert meta["alt"].endswith("NUT 300 in 2010, 320 in 2012; NEU 450 in 2018, 500 in 2021, old "
                                "figure.")  # fmt: skip
    dated = [[line["runs"][0]["text"] for line in made["cells"][3]["lines"]]
             for made in meta["table"]["rows"]]  # fmt: skip
    assert dated == [["2010"], ["2012"], ["2018"], ["2020"], ["2021-06", "old figure"]]
    told = json.dumps(tabulate_trend(aged, LABELS).rows)
    assert told.count("old figure") == told.count("2021: 500, old figure") == 1


def test_the_last_figure_of_a_body_that_merged_is_history_and_not_marked_as_old():
    nut = NEU.head(2).assign(old=True)
    assert "old figure" not in json.dumps(plot_trend(nut, LABELS).layout.meta)
    assert "old figure" not in json.dumps(tabulate_trend(nut, LABELS).rows)


def test_a_round_figure_keeps_its_qualifier_wherever_it_is_written():
    rows = NEU.assign(qualifier="over", members=250000)
    meta = plot_trend(rows, LABELS).layout.meta
    assert json.dumps(meta).count("over 250,000") >= 6
    assert "250,000" not in json.dumps(meta).replace("over 250,000", "")


def test_a_trend_is_drawn_on_paper_whole():
    figure = json.loads(plot_trend(NEU, LABELS).to_json())
    layout = {
        key: value for key, value in figure["layout"].items() if key not in ("meta", "title")
    }
    svg = draw({"data": figure["data"], "layout": layout})
    for words in ("NUT 320", "500", "NEU", "2010"):
        assert words in svg


def test_the_figures_of_a_trend_are_listed_by_year_each_with_its_source():
    table = tabulate_trend(NEU, LABELS)
    assert table.caption.endswith(": all members, statutory return")
    assert texts(table) == [
        [["NUT", "went into NEU"], ["2010: 300[of-nut]; 2012: 320[of-nut]"]],
        [["NEU"], ["2018: 450[of-neu]; 2020: 460[of-neu]; 2021: 500[of-neu]"]],
    ]
    paying = NEU.assign(basis="return_contributing").tail(1)
    both = tabulate_trend(pd.concat([NEU.tail(1), paying]), LABELS)
    assert [cells[1] for cells in texts(both)] == [
        ["All members, statutory return"], ["Paying members, statutory return"],
    ]  # fmt: skip
    assert tabulate_trend(NEU.head(0), LABELS).rows == []
