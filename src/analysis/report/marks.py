"""Traces of a plotly figure drawn by matplotlib, and the check that names what is not drawn.

What is drawn is told by tables: a key for all that a part of a figure may state, and beside it
the type, the pattern or the choice of its values; a list means one value or many. A key that
ends with ``?`` may be left out.
"""

import html
import re
from collections import defaultdict
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes

from analysis.errors import ChartError

Part = dict[str, Any]

NUMBER = int | float
COLOUR = re.compile("#[0-9A-Fa-f]{6}")
DASHES = {"solid": "-", "dash": (0, (6, 4)), "dot": (0, (1.5, 3))}
SYMBOLS = {
    **{"circle": "o", "circle-open": "o", "x": "X", "cross": "P", "diamond": "D"},
    **{"square": "s", "line-ew": "_", "triangle-up": "^"},
}
OUTLINED = {"circle-open": 1.0, "line-ew": 1.4}  # and how much longer than its size it is drawn

FONT = {"family?": str, "size?": NUMBER, "color?": COLOUR}
LINE = {"color": COLOUR, "width": NUMBER, "dash?": tuple(DASHES), "shape?": ("linear",)}
RIM = {"color?": COLOUR, "width": NUMBER}
MARKER = {"symbol": tuple(SYMBOLS), "size": NUMBER, "color": COLOUR, "line?": RIM}
TRACE = {
    **{"type": ("scatter",), "mode": str, "x": [NUMBER], "y": [NUMBER], "cliponaxis?": bool},
    **{"name?": str, "hovertext?": object, "hoverinfo?": str},
}
BAR = {"type": ("bar",), "orientation?": ("h", "v"), "marker": {"color": [COLOUR]}}
WORDS = {
    **{"text": list, "textfont?": FONT},
    "textposition": re.compile("(top|middle|bottom) (left|center|right)"),
}
TRACES: dict[str, Part] = {
    "markers": TRACE | {"marker": MARKER | {"color": [COLOUR]}},
    "lines": TRACE | {"line": LINE},
    "lines+markers": TRACE | {"line": LINE, "marker": MARKER},
    "text": TRACE | WORDS,
    "bar": {key: kind for key, kind in TRACE.items() if key != "mode"} | BAR,
}
OTHER = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
GAP = {"left": -8, "right": 8, "top": 8, "bottom": -8}  # clear of a mark on the same spot


def check(part: Part, drawn: Part, where: str) -> None:
    """Refuse by name what a part of a figure states that is not drawn, or leaves unsaid.

    >>> check({"dash": "dot"}, {"dash": ("solid", "dot"), "width?": NUMBER}, "trace.line")
    >>> check({"dash": "dots"}, {"dash": ("solid", "dot")}, "trace.line")
    Traceback (most recent call last):
    analysis.errors.ChartError: a chart's trace.line.dash is 'dots'; drawn are 'solid', 'dot'
    """
    kinds = {key.rstrip("?"): kind for key, kind in drawn.items()}
    for key, value in part.items():
        if key not in kinds:
            raise ChartError(f"a chart's {where}.{key} is stated, but is not drawn on paper")
        _check_value(value, kinds[key], f"{where}.{key}")
    for key in drawn:
        if key not in part and not key.endswith("?"):
            raise ChartError(f"a chart's {where}.{key} is not stated, but is needed on paper")


def _check_value(value: Any, kind: Any, where: str) -> None:
    if isinstance(kind, list):
        for one in value if isinstance(value, list) else [value]:
            _check_value(one, kind[0], where)
    elif isinstance(kind, dict) and isinstance(value, dict):
        check(value, kind, where)
    elif isinstance(kind, tuple):
        if value not in kind:
            choices = ", ".join(map(repr, kind))
            raise ChartError(f"a chart's {where} is {value!r}; drawn are {choices}")
    elif isinstance(kind, re.Pattern):
        if not kind.fullmatch(str(value)):
            raise ChartError(f"a chart's {where} is {value!r}; drawn are {kind.pattern}")
    elif isinstance(kind, dict) or not isinstance(value, kind):
        raise ChartError(f"a chart's {where} is {value!r}, which is not drawn on paper")


def words(label: str) -> tuple[str, str]:
    r"""Return a label's text and weight; of its markup, line breaks and bold as a whole.

    >>> words("<b>45 members<br>in 2020 &amp; after</b>")
    ('45 members\nin 2020 & after', 'bold')
    """
    lines = re.sub(r"<br ?/?>", "\n", label)
    bold = re.fullmatch(r"<b>(.*)</b>", lines, flags=re.DOTALL)
    text = bold[1] if bold else lines
    if tag := re.search(r"</?[a-z][^>]*>", text):
        raise ChartError(f"a chart's label {label!r} has {tag[0]}, which is not drawn on paper")
    return html.unescape(text), "bold" if bold else "normal"


def add_trace(axes: Axes, trace: Part, bargap: float) -> None:
    """Draw points, lines or bars; text is for :func:`notes_of`."""
    if trace["type"] == "bar":
        _bars(axes, trace, 1 - bargap)
    elif trace["mode"] != "text":
        _points(axes, trace)


def _points(axes: Axes, trace: Part) -> None:
    """Draw a line and its points; points of several colours, those of one colour together."""
    line, marker = trace.get("line"), trace.get("marker") or {}
    style: Part = {"ls": "none"}
    if line:
        dash = DASHES[line.get("dash", "solid")]
        style = {"color": line["color"], "lw": line["width"], "ls": dash}
    shades = marker.get("color")
    alike = defaultdict(list)
    for place in range(len(trace["x"])):
        alike[shades[place] if isinstance(shades, list) else shades].append(place)
    for number, (shade, own) in enumerate(alike.items()):
        x, y = ([trace[way][place] for place in own] for way in "xy")
        name = "" if number else trace.get("name", "")
        look = _look(marker, shade) if marker else {}
        axes.plot(x, y, label=name, clip_on=trace.get("cliponaxis", True), **style, **look)


def _look(marker: Part, shade: Any) -> Part:
    """Return matplotlib's style for a symbol, in one colour but for its rim."""
    symbol, rim = marker["symbol"], marker.get("line") or {}
    thin = 1.5 if symbol in OUTLINED else 0
    return {
        "marker": SYMBOLS[symbol],
        "markersize": marker["size"] * OUTLINED.get(symbol, 1),
        "markerfacecolor": "none" if symbol in OUTLINED else shade,
        "markeredgecolor": rim.get("color", shade),
        "markeredgewidth": rim.get("width", thin),
    }


def _bars(axes: Axes, trace: Part, room: float) -> None:
    upright = trace.get("orientation", "v") == "v"
    at, long = (trace["x"], trace["y"]) if upright else (trace["y"], trace["x"])
    step = min((after - spot for spot, after in pairwise(sorted(set(at)))), default=1)
    draw = axes.bar if upright else axes.barh
    name, shade = trace.get("name", ""), trace["marker"]["color"]
    draw(at, long, step * room, color=shade, lw=0, label=name)


def notes_of(trace: Part) -> list[Part]:
    """Return the texts of a trace in mode ``text`` as notes, each beside its point."""
    if trace.get("mode") != "text":
        return []
    up, side = trace["textposition"].split()
    note = {
        **{"xref": trace["xaxis"], "xanchor": OTHER.get(side, side), "xshift": GAP.get(side, 0)},
        **{"yref": trace["yaxis"], "yanchor": OTHER.get(up, up), "yshift": GAP.get(up, 0)},
        "font": trace.get("textfont", {}),
    }
    places = zip(trace["text"], trace["x"], trace["y"], strict=True)
    return [note | {"text": str(text), "x": x, "y": y} for text, x, y in places]
