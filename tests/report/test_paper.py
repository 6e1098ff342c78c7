import re

import numpy as np
import plotly.graph_objects as go
import pytest
from bs4 import BeautifulSoup
from plotly.subplots import make_subplots

from analysis.errors import ChartError
from analysis.report.paper import draw


def drawn(figure):
    return BeautifulSoup(draw(figure.to_plotly_json()), "html.parser")


def words(figure):
    return [text.text for text in drawn(figure).find_all("text")]


def refusal(figure):
    with pytest.raises(ChartError) as caught:
        draw(figure.to_plotly_json())
    return str(caught.value)


def test_the_same_figure_gives_the_same_picture():
    figure = go.Figure(go.Scatter(x=[1, 2], y=[3, 4])).to_plotly_json()
    first = draw(figure)
    draw.__globals__["_draw"].cache_clear()
    assert draw(figure) == first


def test_a_picture_has_text_as_text_and_no_style_that_leaks():
    picture = drawn(go.Figure(go.Scatter(x=[1], y=[1], mode="text", text=["NAHT"])))
    assert "NAHT" in [text.text for text in picture.find_all("text")]
    assert picture.find("style") is None
    assert picture.svg["viewbox"] == "0 0 720 420"


def test_one_mark_is_drawn_for_each_point():
    symbols = ["circle", "circle-open", "x", "cross", "diamond", "square"]
    symbols += ["line-ew", "line-ns-open", "triangle-up"]
    marker = {"symbol": symbols, "size": 10, "color": "#12436D"}
    figure = go.Figure(go.Scatter(x=list(range(9)), y=[0] * 9, mode="markers", marker=marker))
    figure.update_yaxes(visible=False).update_xaxes(visible=False)
    assert len(drawn(figure).find_all("use")) == 9


def test_ticks_read_as_the_figure_says():
    figure = go.Figure(go.Bar(x=[1500000, 20], y=[0, 1], orientation="h"))
    figure.update_yaxes(tickvals=[0, 1], ticktext=["<b>NEU</b>", "A &amp; B $x$"])
    figure.update_xaxes(tickformat=",d", tickvals=[0, 1000000])
    shown = words(figure)
    assert {"NEU", "A & B $x$", "1,000,000"} <= set(shown)
    bold = drawn(figure).find("text", string="NEU")
    assert "bold" in bold["style"] or "700" in bold["style"]


def test_a_reversed_range_puts_the_first_row_on_top():
    figure = go.Figure(
        go.Scatter(x=[0, 0], y=[0, 1], mode="text", text=["first", "second"])
    ).update_yaxes(range=[1.5, -0.5])
    places = {text.text: float(text["y"]) for text in drawn(figure).find_all("text")}
    assert places["first"] < places["second"]


def test_panels_stand_side_by_side_and_notes_where_they_are_put():
    figure = make_subplots(1, 2)
    figure.add_bar(x=[0], y=[3], text=["three"], textposition="outside", row=1, col=1)
    figure.add_scatter(x=[0], y=[1], mode="text", text=["right"], row=1, col=2)
    figure.add_annotation(
        x=0, y=1.1, xref="paper", yref="paper", text="<b>Bold</b> and <i>", showarrow=False
    )
    places = {
        text.text: float(text["x"]) for text in drawn(figure).find_all("text") if text.get("x")
    }
    assert places["three"] < 360 < places["right"]
    assert "Bold" in words(figure)


def test_shapes_and_a_legend_are_drawn():
    figure = go.Figure([go.Scatter(x=[1, 2], y=[1, 2], name=name) for name in ("NAHT", "NEU")])
    figure.add_hline(y=1.5, line_dash="dot").add_vrect(x0=1, x1=1.5, fillcolor="#eee")
    figure.update_layout(legend={"orientation": "h", "y": 1.3, "yanchor": "bottom"})
    texts = {text.text: text for text in drawn(figure).find_all("text")}
    assert {"NAHT", "NEU"} <= set(texts)
    heights = [float(re.search(r"[\d.]+\)?$", t.get("y") or "9")[0]) for t in texts.values()]
    assert min(heights) > 0


def test_arrays_that_plotly_has_packed_are_read():
    figure = go.Figure(go.Bar(x=np.array([0, 1]), y=np.array([2.0, 3.0]), text=["two", "three"]))
    assert {"two", "three"} <= set(words(figure))


def test_a_long_label_is_never_cut_off():
    figure = go.Figure(go.Bar(x=[1], y=[0], orientation="h"))
    figure.update_yaxes(tickvals=[0], ticktext=["Higher level teaching assistant in a school"])
    figure.update_layout(margin={"l": 10, "r": 10, "t": 10, "b": 10})
    label = drawn(figure).find("text", string=re.compile("Higher"))
    assert float(label["x"]) > 200


@pytest.mark.parametrize(
    ("figure", "named"),
    [
        (go.Figure(go.Pie(values=[1])), "'pie'"),
        (go.Figure(go.Heatmap(z=[[1]])), "'heatmap'"),
        (go.Figure(go.Scatter(y=[1], mode="markers", marker_symbol="star")), "'star'"),
        (go.Figure(go.Scatter(y=[1, 2], fill="tozeroy")), "'tozeroy'"),
        (go.Figure(go.Scatter(y=[1, 2], error_y={"array": [1, 1]})), "'error_y'"),
        (go.Figure(go.Scatter(y=[1, 2], line_shape="spline")), "'spline'"),
        (go.Figure(go.Scatter(x=["a"], y=[1])), "words or dates"),
        (go.Figure(go.Scatter(y=[1])).update_yaxes(type="log"), "'log'"),
        (go.Figure(go.Scatter(y=[1])).add_annotation(x=0, y=1, text="x"), "arrow"),
        (
            go.Figure(go.Scatter(y=[1])).add_shape(type="circle", x0=0, x1=1, y0=0, y1=1),
            "'circle'",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(figure, named):
    assert named in refusal(figure)
