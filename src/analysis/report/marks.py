"""Traces of a plotly figure drawn by matplotlib: points, lines, words and bars."""

from collections import defaultdict
from typing import Any

import numpy as np

from analysis.errors import ChartError
from analysis.report.axes import Panel, Panels
from analysis.report.figures import INK, colour, colours, each, over, words

SYMBOLS = {
    "circle": "o",
    "x": "X",
    "cross": "P",
    "diamond": "D",
    "square": "s",
    "line-ew": "_",
    "line-ns": "|",
    "triangle-up": "^",
}
LINES = {"line-ew", "line-ns"}
DASHES = {"solid": "-", "dash": (0, (6, 4)), "dot": (0, (1.5, 3)), "dashdot": (0, (6, 3, 1.5, 3))}
STEPS = {"linear": "default", "hv": "steps-post"}
MODES = {"lines", "markers", "text", "none"}
NOT_DRAWN = {
    "scatter": ("error_x", "error_y", "stackgroup", "texttemplate"),
    "bar": ("error_x", "error_y", "texttemplate", "offsetgroup", "offset"),
}
COLOURWAY = ("#12436D", "#28A197", "#801650", "#F46A25")


def styled(layout: dict[str, Any], trace: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a trace with its template and its default colour laid under it."""
    kind = trace.get("type") or "scatter"
    if kind not in NOT_DRAWN:
        raise ChartError(
            f"a chart has a trace of type '{kind}'; only scatter and bar are drawn on paper"
        )
    for part in NOT_DRAWN[kind]:
        if trace.get(part):
            raise ChartError(f"a chart has a trace with '{part}', which is not drawn on paper")
    if trace.get("fill") not in (None, "none"):
        raise ChartError(f"a chart has the fill '{trace['fill']}', which is not drawn on paper")
    defaults = (layout["trace_defaults"].get(kind) or [{}])[0]
    way = layout.get("colorway") or COLOURWAY
    whole = over(defaults, trace) | {"type": kind}
    marker, line = whole.get("marker") or {}, whole.get("line") or {}
    base = marker.get("color") or line.get("color") or way[number % len(way)]
    whole["marker"] = {"color": base} | {k: v for k, v in marker.items() if v is not None}
    plain = base if isinstance(base, str) else way[number % len(way)]
    whole["line"] = {"color": plain} | {k: v for k, v in line.items() if v is not None}
    return whole


def add_traces(panels: Panels, layout: dict[str, Any], traces: list[dict[str, Any]]) -> None:
    """Draw every trace in its panel, bars of one panel together."""
    bars: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for number, trace in enumerate(traces):
        whole = styled(layout, trace, number)
        if whole.get("visible", True) is not True:
            continue
        pair = (whole.get("xaxis") or "x", whole.get("yaxis") or "y")
        if whole["type"] == "bar":
            bars[pair].append(whole)
        else:
            _scatter(panels[pair], whole)
    for pair, group in bars.items():
        _bars(panels[pair], layout, group)


def mode_of(trace: dict[str, Any]) -> set[str]:
    """Return what a scatter trace draws: lines, markers, text."""
    few = len(trace.get("y") or ()) < 20
    mode = set((trace.get("mode") or ("lines+markers" if few else "lines")).split("+"))
    if mode - MODES:
        raise ChartError(f"a chart has the mode '{trace['mode']}', which is not drawn on paper")
    return mode


def symbol(name: Any) -> tuple[str, bool]:
    """Return matplotlib's marker for a symbol, and whether it is drawn in outline."""
    base = str(name or "circle").removesuffix("-open")
    if base not in SYMBOLS:
        raise ChartError(f"a chart has the symbol '{name}', which is not drawn on paper")
    return SYMBOLS[base], base in LINES or str(name).endswith("-open")


def dash(line: dict[str, Any]) -> Any:
    """Return matplotlib's line style for a plotly dash."""
    name = line.get("dash") or "solid"
    if name not in DASHES:
        raise ChartError(f"a chart has the dash '{name}', which is not drawn on paper")
    return DASHES[name]


def _numbers(values: Any, count: int = 0) -> np.ndarray[Any, np.dtype[np.float64]]:
    try:
        kept = range(count) if values is None else values
        return np.array([np.nan if v is None else v for v in kept], dtype=float)
    except (TypeError, ValueError) as error:
        raise ChartError(
            "a chart has words or dates for positions; on paper positions are numbers"
        ) from error


def _scatter(panel: Panel, trace: dict[str, Any]) -> None:
    mode = mode_of(trace)
    y = _numbers(trace.get("y"), len(trace.get("x") or ()))
    x = _numbers(trace.get("x"), len(y))
    panel.axes.update_datalim(np.column_stack([x, y]))  # words alone would not set the range
    panel.axes.autoscale_view()
    fade = trace.get("opacity")
    clip = trace.get("cliponaxis", True)
    if "lines" in mode:
        line = trace["line"]
        shape = line.get("shape") or "linear"
        if shape not in STEPS:
            raise ChartError(f"a chart has the line shape '{shape}', which is not drawn on paper")
        panel.axes.plot(
            *(x, y),
            **{"color": colour(line["color"]), "lw": line.get("width", 2), "ls": dash(line)},
            **{"drawstyle": STEPS[shape], "alpha": fade, "clip_on": clip, "zorder": 2.5},
        )
    if "markers" in mode:
        _points(panel, trace, x, y)
    if "text" in mode:
        _texts(panel, trace, x, y, "markers" in mode)


def _points(panel: Panel, trace: dict[str, Any], x: Any, y: Any) -> None:
    """Draw the points, those that look alike together."""
    marker = trace["marker"]
    edge = marker.get("line") or {}
    shades = each(marker["color"], len(x))
    looks = zip(
        each(marker.get("symbol"), len(x)),
        each(marker.get("size") or 6, len(x)),
        shades,
        each(edge.get("color") or "#444", len(x)),
        strict=True,
    )
    alike = defaultdict(list)
    for i, look in enumerate(looks):
        alike[look].append(i)
    fade = (marker.get("opacity") or 1) * (trace.get("opacity") or 1)
    style = {"ls": "none", "clip_on": trace.get("cliponaxis", True), "zorder": 3}
    for look, own in alike.items():
        panel.axes.plot(
            x[own], y[own], **point(look, edge.get("width")), alpha=None if fade == 1 else fade,
            **style,
        )  # fmt: skip


def point(look: tuple[Any, Any, Any, Any], thick: float | None) -> dict[str, Any]:
    """Return matplotlib's style for a symbol, its size, its colour and its rim's colour."""
    name, size, shade, rim = look
    kind, outline = symbol(name)
    width = thick or (1.5 if outline else 0)
    return {
        "marker": kind,
        "markersize": size * 1.4 if kind in "_|" else size,
        "markerfacecolor": "none" if outline else colour(shade),
        "markeredgecolor": colour(shade if outline else rim),
        "markeredgewidth": width,
    }


def _texts(panel: Panel, trace: dict[str, Any], x: Any, y: Any, marked: bool) -> None:
    font = panel.font | (trace.get("textfont") or {})
    texts = each(trace.get("text"), len(x))
    places = each(trace.get("textposition") or "middle center", len(x))
    shades = each(font.get("color") or INK, len(x))
    heights = each(font.get("size") or 12, len(x))
    sizes = each((trace["marker"].get("size") or 6) if marked else 0, len(x))
    for i in range(len(x)):
        if not texts[i] or not np.isfinite([x[i], y[i]]).all():
            continue
        up, across = places[i].split()
        gap = sizes[i] / 2 + 3
        text, bold = words(texts[i])
        panel.axes.annotate(
            text,
            (x[i], y[i]),
            xytext=(
                {"left": -gap, "center": 0, "right": gap}[across],
                {"bottom": -gap, "middle": 0, "top": gap}[up],
            ),
            textcoords="offset points",
            ha={"left": "right", "center": "center", "right": "left"}[across],
            va={"top": "bottom", "middle": "center_baseline", "bottom": "top"}[up],
            color=colour(shades[i]),
            fontsize=heights[i],
            fontweight="bold" if bold else font.get("weight") or "normal",
            annotation_clip=False,
            zorder=4,
        )


def _bars(panel: Panel, layout: dict[str, Any], traces: list[dict[str, Any]]) -> None:
    """Draw a panel's bars side by side, one on the other, or one before the other."""
    barmode = layout.get("barmode") or "group"
    along = "x" if (traces[0].get("orientation") or "v") == "v" else "y"
    spots = np.unique(np.concatenate([_numbers(trace[along]) for trace in traces]))
    step = float(np.diff(spots).min()) if len(spots) > 1 else 1.0
    room = step * (1 - layout.get("bargap", 0.2))
    wide = room / len(traces) if barmode == "group" else room
    piled: dict[tuple[float, bool], float] = defaultdict(float)
    for number, trace in enumerate(traces):
        at = _numbers(trace[along])
        long = _numbers(trace["y" if along == "x" else "x"])
        base = _numbers(each(trace.get("base") or 0, len(at)))
        if barmode == "group":
            at = at - room / 2 + wide * (number + 0.5)
        elif barmode in ("stack", "relative"):
            base = np.array([piled[a, v < 0] for a, v in zip(at, long, strict=True)])
            for a, v in zip(at, long, strict=True):
                piled[a, v < 0] += v
        _bar(panel, trace, (at, long, base), each(trace.get("width") or wide, len(at)))


def _bar(panel: Panel, trace: dict[str, Any], where: tuple[Any, Any, Any], wide: Any) -> None:
    at, long, base = where
    marker = trace["marker"]
    edge = marker.get("line") or {}
    style: dict[str, Any] = {
        "color": colours(marker["color"]),
        "edgecolor": colours(edge.get("color") or "#fff"),
        "lw": edge.get("width") or 0,
        "hatch": (marker.get("pattern") or {}).get("shape") or None,
        "alpha": trace.get("opacity"),
        "zorder": 2,
    }
    upright = (trace.get("orientation") or "v") == "v"
    if upright:
        panel.axes.bar(at, long, wide, base, **style)
    else:
        panel.axes.barh(at, long, wide, base, **style)
    place = trace.get("textposition") or "auto"
    if trace.get("text") and place != "none":
        _bar_texts(panel, trace, (at, base + long), (upright, place == "inside"))


def _bar_texts(
    panel: Panel, trace: dict[str, Any], ends: tuple[Any, Any], form: tuple[bool, bool]
) -> None:
    upright, inside = form
    font = panel.font | (trace.get("textfont") or {})
    for text, at, end in zip(each(trace["text"], len(ends[0])), *ends, strict=True):
        written, bold = words(text)
        gap = -4 if inside else 4
        beside, above = ("right", "top") if inside else ("left", "bottom")
        panel.axes.annotate(
            written,
            (at, end) if upright else (end, at),
            xytext=(0, gap) if upright else (gap, 0),
            textcoords="offset points",
            ha="center" if upright else beside,
            va=above if upright else "center_baseline",
            color=colour(font.get("color") or ("#fff" if inside else INK)),
            fontsize=font.get("size") or 12,
            fontweight="bold" if bold else "normal",
            annotation_clip=False,
            zorder=4,
        )
