"""Panels, axes, ticks, grids and margins of a plotly figure, drawn by matplotlib."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import (
    FixedFormatter,
    FixedLocator,
    FuncFormatter,
    MaxNLocator,
    MultipleLocator,
    NullFormatter,
)
from matplotlib.transforms import Bbox

from analysis.errors import ChartError
from analysis.report.figures import INK, axis, colour, words

MARGIN = {"l": 80, "r": 80, "t": 100, "b": 80}
EDGE = 4


@dataclass(frozen=True)
class Panel:
    """One pair of axes: what the figure says of each, and where matplotlib draws them."""

    axes: Axes
    x: dict[str, Any]
    y: dict[str, Any]
    font: dict[str, Any]


Panels = dict[tuple[str, str], Panel]


def add_panels(paper: Figure, layout: dict[str, Any], traces: list[dict[str, Any]]) -> Panels:
    """Add one panel for each pair of axes that a trace uses, in the traces' order."""
    pairs = [(t.get("xaxis") or "x", t.get("yaxis") or "y") for t in traces] or [("x", "y")]
    panels: Panels = {}
    for pair in dict.fromkeys(pairs):
        x, y = (axis(layout, name) for name in pair)
        shared_x = next((p.axes for (name, _), p in panels.items() if name == pair[0]), None)
        shared_y = next((p.axes for (_, name), p in panels.items() if name == pair[1]), None)
        x["labelled"] = _carries(x, pair[1], shared_x is None)
        y["labelled"] = _carries(y, pair[0], shared_y is None)
        for said in (x, y):
            _check(said)
            _take_range(said, layout)
        (x0, x1), (y0, y1) = (said.get("domain") or (0, 1) for said in (x, y))
        about = (0.1 + 0.8 * x0, 0.1 + 0.8 * y0, 0.8 * (x1 - x0), 0.8 * (y1 - y0))
        axes = paper.add_axes(about, sharex=shared_x, sharey=shared_y, label="-".join(pair))
        axes.patch.set_visible(False)
        axes.set_axisbelow(True)
        panels[pair] = Panel(axes, x, y, layout.get("font") or {})
    return panels


def _carries(said: dict[str, Any], other: str, first: bool) -> bool:
    """Tell whether this panel carries the axis's labels, of all the panels that share it."""
    anchor = said.get("anchor")
    return first if anchor in (None, "free") else bool(anchor == other)


def _take_range(said: dict[str, Any], layout: dict[str, Any]) -> None:
    if said.get("matches") and not said.get("range"):
        said["range"] = axis(layout, said["matches"]).get("range")


def _check(said: dict[str, Any]) -> None:
    kind = said.get("type") or "linear"
    if kind not in ("-", "linear"):
        raise ChartError(f"a chart has an axis of type '{kind}', which is not drawn on paper")
    if said.get("overlaying"):
        raise ChartError("a chart lays one axis over another, which is not drawn on paper")
    if any(isinstance(end, str) for end in said.get("range") or ()):
        raise ChartError("a chart has an axis range of words, which is not drawn on paper")


def finish(panel: Panel) -> None:
    """Set ranges, ticks, grids, lines and titles, once the traces are drawn."""
    for spine in panel.axes.spines.values():
        spine.set_visible(False)
    _range(panel.x, panel.axes.set_xlim, panel.axes.invert_xaxis)
    _range(panel.y, panel.axes.set_ylim, panel.axes.invert_yaxis)
    _finish_axis(panel, panel.axes.xaxis, panel.x, "bottom", "top")
    _finish_axis(panel, panel.axes.yaxis, panel.y, "left", "right")
    _zero_lines(panel)


def _range(said: dict[str, Any], limit: Callable[..., Any], invert: Callable[[], Any]) -> None:
    ends = said.get("range")
    if ends and None not in ends:
        limit(float(ends[0]), float(ends[1]))
    elif said.get("autorange") == "reversed":
        invert()


def _finish_axis(panel: Panel, drawn: Any, said: dict[str, Any], near: str, far: str) -> None:
    side = said.get("side") or near
    shown = said.get("visible", True)
    labelled = shown and said["labelled"] and said.get("showticklabels", True)
    font = panel.font | (said.get("tickfont") or {})
    length = (said.get("ticklen") or 5) if said.get("ticks") in ("outside", "inside") else 0
    drawn.set_tick_params(which="both", length=length, pad=5, labelsize=font.get("size") or 12)
    drawn.set_tick_params(labelcolor=colour(font.get("color") or INK))
    drawn.set_tick_params(color=colour(said.get("tickcolor") or "#444"))
    drawn.set_tick_params(rotation=-(said.get("tickangle") or 0))
    drawn.set_tick_params(**{near: side == near and shown, far: side == far and shown})
    drawn.set_tick_params(
        **{f"label{near}": labelled and side == near, f"label{far}": labelled and side == far}
    )
    _ticks(drawn, said, font, labelled)
    if shown and said.get("showgrid", True):
        drawn.grid(
            True, color=colour(said.get("gridcolor") or "#eee"), lw=said.get("gridwidth") or 1
        )
    if shown and said.get("showline"):
        spine = panel.axes.spines[side]
        spine.set(visible=True, color=colour(said.get("linecolor") or "#444"))
        spine.set_linewidth(said.get("linewidth") or 1)
    if shown and said["labelled"]:
        _title(panel, drawn, said, side)


def _ticks(drawn: Axis, said: dict[str, Any], font: dict[str, Any], labelled: bool) -> None:
    values = said.get("tickvals")
    if values is not None:
        texts = [words(text) for text in said.get("ticktext") or map(_number(said), values)]
        drawn.set_major_locator(FixedLocator([float(value) for value in values]))
        drawn.set_major_formatter(FixedFormatter([text for text, _ in texts]))
        for tick, (_, bold) in zip(drawn.get_major_ticks(len(values)), texts, strict=False):
            for written in (tick.label1, tick.label2):
                written.set_fontweight("bold" if bold else font.get("weight") or "normal")
        return
    if said.get("dtick"):
        drawn.set_major_locator(MultipleLocator(float(said["dtick"]), float(said.get("tick0", 0))))
    else:
        drawn.set_major_locator(MaxNLocator(_room(drawn, said, font), steps=[1, 2, 5, 10]))
    write = _number(said)
    drawn.set_major_formatter(
        FuncFormatter(lambda v, _: write(v)) if labelled else NullFormatter()
    )


def _room(drawn: Axis, said: dict[str, Any], font: dict[str, Any]) -> int:
    """Return how many labels fit on an axis, side by side or one over the other."""
    size = font.get("size") or 12
    across = isinstance(drawn, XAxis)
    bounds = drawn.axes.get_window_extent()
    length = bounds.width if across else bounds.height
    longest = max(len(_number(said)(end)) for end in drawn.get_view_interval())
    each = size * 0.6 * longest + 2 * size if across else 3.5 * size
    return max(2, min(said.get("nticks") or 8, int(length / each)))


def _number(said: dict[str, Any]) -> Callable[[Any], str]:
    """Return what writes a number as the axis's ``tickformat`` says."""
    spec = (said.get("tickformat") or ".10g").replace("~", "").replace("d", ".0f")
    before, after = said.get("tickprefix") or "", said.get("ticksuffix") or ""
    try:
        format(1.0, spec)
    except ValueError as error:
        raise ChartError(
            f"a chart has the number format '{said['tickformat']}', which is not drawn on paper"
        ) from error
    return lambda value: f"{before}{format(float(value), spec)}{after}"


def _title(panel: Panel, drawn: Any, said: dict[str, Any], side: str) -> None:
    title = said.get("title") or {}
    title = {"text": title} if isinstance(title, str) else title
    if title.get("text"):
        font = panel.font | (title.get("font") or {})
        text, bold = words(title["text"])
        drawn.set_label_text(text, fontsize=font.get("size") or 14)
        drawn.label.set(color=colour(font.get("color") or INK))
        drawn.label.set_fontweight("bold" if bold else "normal")
        drawn.set_label_position(side)
        drawn.labelpad = title.get("standoff") or 8


def _zero_lines(panel: Panel) -> None:
    for said, limits, line in (
        (panel.x, panel.axes.get_xlim(), panel.axes.axvline),
        (panel.y, panel.axes.get_ylim(), panel.axes.axhline),
    ):
        wanted = said.get("visible", True) and said.get("zeroline", True)
        if wanted and min(limits) <= 0 <= max(limits):
            shade = colour(said.get("zerolinecolor") or "#444")
            line(0, color=shade, lw=said.get("zerolinewidth") or 1, zorder=1.5)


def place(
    paper: Figure, panels: Panels, layout: dict[str, Any], frame: Bbox, legend: Artist | None
) -> None:
    """Place the panels inside margins wide enough for every label, and set their ``frame``.

    Parameters
    ----------
    frame
        Is set to the area of all panels, as parts of the picture; what stands on it follows.
    """
    margin = {side: _margin(layout, side) for side in MARGIN}
    renderer = renderer_of(paper)
    width, height = paper.bbox.size
    drawn: list[Any] = [axis for p in panels.values() for axis in (p.axes.xaxis, p.axes.yaxis)]
    written = [text for panel in panels.values() for text in panel.axes.texts]
    for _ in range(3):
        frame.set_points(np.array(_place(panels, margin, width, height)))
        boxes = [axis.get_tightbbox(renderer) for axis in drawn]
        boxes += [text.get_window_extent(renderer) for text in written]
        boxes += [legend.get_window_extent(renderer)] if legend else []
        kept = [box for box in boxes if box is not None]
        margin["l"] += _beyond(-min((box.x0 for box in kept), default=0))
        margin["b"] += _beyond(-min((box.y0 for box in kept), default=0))
        margin["r"] += _beyond(max((box.x1 for box in kept), default=0) - width)
        margin["t"] += _beyond(max((box.y1 for box in kept), default=0) - height)


def _beyond(length: float) -> float:
    """Return by how much a margin must grow for what sticks out of the picture."""
    return length + EDGE if length > 0 else 0


def renderer_of(paper: Figure) -> Any:
    """Return what measures text before the picture is drawn."""
    canvas: Any = FigureCanvasAgg(paper)
    return canvas.get_renderer()


def _margin(layout: dict[str, Any], side: str) -> float:
    margin = layout.get("margin") or {}
    value = margin.get(side)
    return float(MARGIN[side] if value is None else value)


def _place(
    panels: Panels, margin: dict[str, float], width: float, height: float
) -> list[list[float]]:
    left, bottom = margin["l"] / width, margin["b"] / height
    wide = 1 - (margin["l"] + margin["r"]) / width
    high = 1 - (margin["t"] + margin["b"]) / height
    if wide <= 0 or high <= 0:
        raise ChartError("a chart's labels leave no room for its picture")
    for panel in panels.values():
        x0, x1 = panel.x.get("domain") or (0, 1)
        y0, y1 = panel.y.get("domain") or (0, 1)
        panel.axes.set_position(
            (left + x0 * wide, bottom + y0 * high, (x1 - x0) * wide, (y1 - y0) * high)
        )
    return [[left, bottom], [left + wide, bottom + high]]
