import re

import plotly.graph_objects as go
import pytest
from bs4 import BeautifulSoup

from analysis.errors import ChartError
from analysis.report.paper import draw
from tests.report.conftest import INK, LAYOUT, POINT

LINE = {"color": INK, "width": 2}
BLANK = {"visible": False, "range": [0, 4]}
TOP = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom"}
NOTE = {"x": 1, "y": 1, "text": "NEU", "showarrow": False, "xref": "x", "yref": "y"}
NOTE |= {"xanchor": "left", "yanchor": "middle"}
SHAPE = {"type": "line", "x0": 0, "x1": 1, "y0": 2, "y1": 2, "xref": "paper", "yref": "y"}
SHAPE |= {"line": LINE}


def chart(*traces, **layout):
    """Return a figure of blank axes, but for what is stated."""
    return go.Figure(traces, LAYOUT | {"xaxis": BLANK, "yaxis": BLANK} | layout)


def points(marker=(), **more):
    look = POINT | dict(marker)
    return go.Scatter({"x": [1, 2], "y": [1, 2], "mode": "markers", "marker": look} | more)


def lines(line=(), **more):
    return go.Scatter(
        {"x": [1, 2], "y": [1, 2], "mode": "lines", "line": LINE | dict(line)} | more
    )


def said(text, x, y, place="middle right"):
    return go.Scatter(x=x, y=y, mode="text", text=text, textposition=place)


def bars(x, y, colour=INK, **more):
    return go.Bar(x=x, y=y, marker={"color": colour}, **more)


def drawn(figure):
    return BeautifulSoup(draw(figure.to_plotly_json()), "html.parser")


def places(figure):
    """Return where each label stands, by its words."""
    return {
        text.text: (float(text["x"]), float(text["y"]))
        for text in drawn(figure).find_all("text", x=True)
    }


def styles(figure, tag="path"):
    return [each["style"] for each in drawn(figure).find_all(tag, style=True)]


def refusal(figure):
    with pytest.raises(ChartError) as caught:
        draw(figure.to_plotly_json())
    return str(caught.value)


def test_the_same_figure_gives_the_same_picture():
    figure = chart(points(), lines()).to_plotly_json()
    first = draw(figure)
    draw.__globals__["_draw"].cache_clear()
    assert draw(figure) == first


def test_a_picture_has_text_as_text_and_no_style_that_leaks():
    picture = drawn(chart(said(["NAHT"], [1], [1])))
    assert [text.text for text in picture.find_all("text")] == ["NAHT"]
    assert picture.find("style") is None
    assert picture.svg["viewbox"] == "0 0 600 300"


@pytest.mark.parametrize(
    "symbol",
    ["circle", "circle-open", "x", "cross", "diamond", "square", "line-ew", "triangle-up"],
)
def test_one_mark_is_drawn_for_each_point(symbol):
    assert len(styles(chart(points({"symbol": symbol})), "use")) == 2


def test_a_symbol_in_outline_is_empty_and_a_rim_is_as_stated():
    empty, rimmed = {"symbol": "circle-open"}, {"line": {"color": "#ffffff", "width": 2}}
    figure = chart(points(empty), points(rimmed))
    assert styles(figure, "use")[::2] == [
        "fill-opacity: 0; stroke: #1f2a33; stroke-width: 1.5",
        "fill: #1f2a33; stroke: #ffffff; stroke-width: 2",
    ]


def test_a_mark_is_cut_at_the_panels_edge_unless_the_figure_says_not():
    assert drawn(chart(points())).find(attrs={"clip-path": True})
    assert not drawn(chart(points(cliponaxis=False))).find(attrs={"clip-path": True})


def test_each_point_and_each_bar_may_have_a_colour_of_its_own():
    shades = ["#112233", "#445566"]
    assert styles(chart(points({"color": shades})), "use") == [f"fill: {one}" for one in shades]
    assert styles(chart(bars([1, 2], [3, 4], shades))) == [f"fill: {one}" for one in shades]


def test_a_line_is_solid_dashed_or_dotted_and_may_have_points():
    both = lines(mode="lines+markers", marker=POINT)
    figure = chart(both, lines({"dash": "dash"}), lines({"dash": "dot"}))
    dashes = [re.findall("stroke-dasharray: ([^;]+)", style) for style in styles(figure)]
    assert dashes == [[], ["12,8"], ["3,6"]]
    assert len(styles(figure, "use")) == 2


@pytest.mark.parametrize(
    ("figure", "wide", "high"),
    [
        (chart(bars([1, 3], [2, 4]), bargap=0.5), 520 * 1 / 4, 220 * 2 / 4),
        (chart(bars([2, 4], [1, 3], orientation="h"), bargap=0.5), 520 * 2 / 4, 220 * 1 / 4),
    ],
)
def test_bars_stand_or_lie_and_leave_the_gap_asked_for(figure, wide, high):
    path = drawn(figure).find("path", style=True)["d"]
    corners = [list(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", path)]
    across, up = zip(*corners, strict=True)
    assert (max(across) - min(across), max(up) - min(up)) == (wide, high)


def test_ticks_read_as_the_figure_says():
    ticks = {"tickvals": [0, 1], "ticktext": ["<b>NEU</b>", "A &amp; B $x$"], "side": "right"}
    ticks |= {"tickfont": {"size": 9}, "ticklabelstandoff": 8, "showgrid": False}
    across = {"tickformat": ",d", "range": [0, 2_000_000], "gridcolor": "#d5dbe0"}
    figure = chart(xaxis=across, yaxis=ticks | {"range": [0, 1]})
    at = places(figure)
    assert {"NEU", "A & B $x$", "0", "500,000", "2,000,000"} <= set(at)
    assert at["NEU"][0] == 568
    style = drawn(figure).find("text", string="NEU")["style"]
    assert "font-weight: 700; font-size: 9px" in style
    assert ["stroke: #d5dbe0" in line for line in styles(figure)] == [True] * 5


def test_a_reversed_range_puts_the_first_row_on_top():
    turned = BLANK | {"range": [1.5, -0.5]}
    at = places(chart(said(["first", "second"], [0, 1], [0, 1]), xaxis=turned, yaxis=turned))
    assert at["first"][0] > at["second"][0]
    assert at["first"][1] < at["second"][1]


def test_a_label_stands_beside_its_point():
    at = places(chart(*(said([place], [2], [2], place) for place in ("top left", "bottom right"))))
    assert at["top left"] == (292, at["top left"][1])
    assert at["bottom right"][0] == 308
    assert at["top left"][1] < 150 < at["bottom right"][1]


def test_panels_stand_where_their_axes_say():
    right = BLANK | {"domain": [0.6, 1], "anchor": "y2"}
    second = {"xaxis2": right, "yaxis2": BLANK | {"anchor": "x2"}}
    left = {"xaxis": BLANK | {"domain": [0, 0.4]}}
    other = said(["right"], [0], [1]).update(xaxis="x2", yaxis="y2")
    at = places(chart(said(["left"], [0], [1]), other, **left, **second))
    assert (at["left"][0], at["right"][0]) == (48, 360)


def test_a_note_hangs_by_its_anchors_and_is_shifted():
    notes = [
        NOTE | {"text": "<b>Old &lt;b&gt;</b>", "xref": "paper", "yref": "paper", "xshift": -30},
        NOTE | {"text": "two<br>lines", "font": {"size": 9, "color": "#123456"}},
        NOTE | {"text": "mid", "x": 2, "y": 2, "xanchor": "center"},
    ]
    figure = chart(annotations=notes)
    at, shown = places(figure), drawn(figure).find_all("text")
    assert at["Old <b>"][0] == 530
    assert at["mid"] == (300, pytest.approx(154, abs=1))
    assert "text-anchor: middle" in shown[3]["style"]
    assert [text.text for text in shown] == ["Old <b>", "two", "lines", "mid"]
    assert "font-size: 9px" in shown[1]["style"]
    assert "fill: #123456" in shown[1]["style"]


def test_the_lines_of_a_note_are_centred_unless_it_says_otherwise():
    two = NOTE | {"text": "short<br>and much longer"}
    starts = [
        [
            text["transform"].split()[0]
            for text in drawn(chart(annotations=[note])).find_all("text")
        ]
        for note in (two, two | {"align": "left"})
    ]
    (centred, longer), (left, below) = starts
    assert centred != longer
    assert left == below == longer


def test_lines_and_bands_lie_below_the_marks_or_above_them():
    band = SHAPE | {"type": "rect", "fillcolor": "#eeeeee", "line": LINE | {"width": 0}}
    figure = chart(lines(), shapes=[SHAPE, band | {"layer": "below"}])
    assert [style.split(";")[0] for style in styles(figure)] == [
        "fill: #eeeeee",
        "fill: none",
        "fill: none",
    ]
    assert drawn(figure).find_all("path")[-1]["d"].split() == ["M", "40", "150", "L", "560", "150"]


def test_the_legend_names_the_traces_in_one_row_on_top():
    named = [points(name="A &amp; B"), lines(name="NEU"), bars([1], [1], name="GMB")]
    figure = chart(*named, legend=TOP, showlegend=True)
    first, second, third = (places(figure)[name] for name in ("A & B", "NEU", "GMB"))
    assert first[0] < second[0] < third[0]
    assert first[1] == second[1] == third[1] < 40
    assert len(styles(figure, "use")) == 3


def test_a_picture_grows_where_a_long_label_would_be_cut_off():
    long = "Higher level teaching assistant in a school"
    figure = chart(yaxis={"tickvals": [0], "ticktext": [long], "range": [0, 1]})
    _, _, width, height = map(float, drawn(figure).svg["viewbox"].split())
    assert width > 700
    assert height == 300


@pytest.mark.parametrize(
    ("figure", "named"),
    [
        (chart(go.Pie(values=[1])), "of kind 'pie'"),
        (chart(go.Heatmap(z=[[1]])), "of kind 'heatmap'"),
        (chart(go.Scatter(x=[1], y=[1])), "of kind 'scatter'"),
        (chart(points(mode="lines+text")), "of kind 'lines+text'"),
        (chart(points({"symbol": "star"})), "marker.symbol is 'star'; drawn are 'circle', "),
        (chart(points({"symbol": ["x", "circle"]})), "marker.symbol is ['x', 'circle']"),
        (chart(points({"size": [3, 4]})), "marker.size is [3, 4]"),
        (chart(points({"opacity": 0.5})), "marker.opacity is stated"),
        (chart(points({"color": "red"})), "marker.color is 'red'"),
        (chart(points({"color": None})), "marker.color is not stated"),
        (chart(points(x=["a", "b"])), "trace.x is 'a'"),
        (chart(points(error_y={"array": [1, 1]})), "trace.error_y is stated"),
        (chart(points(xaxis="x3", yaxis="y3")), "trace.xaxis is 'x3'; drawn are 'x'"),
        (chart(lines({"dash": "dashdot"})), "line.dash is 'dashdot'"),
        (chart(lines({"shape": "spline"})), "line.shape is 'spline'"),
        (chart(lines(fill="tozeroy")), "trace.fill is stated"),
        (chart(said(["a"], [1], [1]).update(textfont_size=[9])), "textfont.size is [9]"),
        (chart(bars([1], [1], text=["one"])), "trace.text is stated"),
        (chart(bars([1], [1]).update(marker_pattern_shape="/")), "marker.pattern is stated"),
        (chart(bars([1], [1]), bars([1], [2])), "two traces of bars in a panel"),
        (chart(xaxis=BLANK | {"type": "log"}), "layout.xaxis.type is 'log'"),
        (chart(xaxis={"title": {"text": "Year"}, "range": [0, 1]}), "xaxis.title is stated"),
        (chart(xaxis={"visible": False}), "layout.xaxis.range is not stated"),
        (chart(xaxis=BLANK | {"tickformat": ".0%"}), "tickformat is '.0%'; drawn are '', ',d'"),
        (chart(yaxis=BLANK | {"ticks": "outside"}), "layout.yaxis.ticks is 'outside'"),
        (chart(yaxis=BLANK | {"zeroline": True}), "layout.yaxis.zeroline is True"),
        (chart(yaxis2=BLANK | {"overlaying": "y"}), "layout.yaxis2 is stated"),
        (chart(xaxis2=BLANK, yaxis2=BLANK | {"overlaying": "y"}), "yaxis2.overlaying is stated"),
        (chart(xaxis2=BLANK | {"anchor": "y"}, yaxis2=BLANK), "xaxis2.anchor is 'y'"),
        (chart(annotations=[NOTE | {"showarrow": True}]), "annotations.showarrow is True"),
        (chart(annotations=[NOTE | {"textangle": 90}]), "annotations.textangle is stated"),
        (chart(annotations=[NOTE | {"text": "A <b>b</b>"}]), "'A <b>b</b>' has <b>"),
        (chart(annotations=[NOTE | {"xref": "x domain"}]), "xref is 'x domain'; drawn are "),
        (chart(shapes=[SHAPE | {"type": "circle"}]), "shapes.type is 'circle'"),
        (chart(points(name="a"), showlegend=True), "layout.legend is not stated"),
        (chart(points(), showlegend=True, legend=TOP), "trace.name is not stated"),
        (chart(legend=TOP | {"orientation": "v"}), "legend.orientation is 'v'; drawn are 'h'"),
        (chart(images=[{"source": "a.png"}]), "layout.images is stated"),
        (chart(sliders=[{}]), "layout.sliders is stated"),
        (chart(barmode="stack"), "layout.barmode is stated"),
        (go.Figure(points()), "layout.width is not stated"),
    ],
)
def test_what_is_not_drawn_is_refused_by_name(figure, named):
    assert named in refusal(figure)
