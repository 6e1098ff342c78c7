"""Plotly's JSON made simple: arrays unpacked, the template laid under, labels and colours read."""

import base64
import html
import re
from typing import Any

import numpy as np
from matplotlib.colors import is_color_like, to_rgba

from analysis.errors import ChartError

INK = "#1f2a33"


def plain_json(value: Any) -> Any:
    """Return the figure with plotly's packed arrays as lists."""
    if isinstance(value, dict) and "bdata" in value:
        flat = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
        return flat.tolist()
    if isinstance(value, dict):
        return {key: plain_json(inner) for key, inner in value.items()}
    return [plain_json(inner) for inner in value] if isinstance(value, list) else value


def over(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    """Return ``base`` with all that ``top`` sets laid over it, level by level."""
    both = dict(base)
    for key, value in top.items():
        old = both.get(key)
        both[key] = (
            over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
        )
    return both


def merged(layout: dict[str, Any]) -> dict[str, Any]:
    """Return the layout with its template laid under it."""
    template = layout.get("template") or {}
    whole = over(
        template.get("layout") or {}, {k: v for k, v in layout.items() if k != "template"}
    )
    whole["trace_defaults"] = template.get("data") or {}
    whole["axis_defaults"] = {name: whole_axis(template, name) for name in "xy"}
    return whole


def whole_axis(template: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what a template says of every axis of a direction."""
    return (template.get("layout") or {}).get(f"{name}axis") or {}


def axis(layout: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what the layout and its template say of an axis, such as ``x`` or ``y2``."""
    return over(layout["axis_defaults"][name[0]], layout.get(f"{name[0]}axis{name[1:]}") or {})


def colour(value: Any) -> Any:
    """Return a colour of plotly as matplotlib takes it."""
    if isinstance(value, str) and (match := re.fullmatch(r"rgba?\(([^)]*)\)", value)):
        parts = [float(part) for part in match[1].split(",")]
        return (*(part / 255 for part in parts[:3]), *(parts[3:] or [1.0]))
    if value == "transparent":
        return "none"
    if not isinstance(value, str) or not is_color_like(value):
        raise ChartError(f"a chart has the colour {value!r}, which is not drawn on paper")
    return to_rgba(value)


def colours(value: Any) -> Any:
    """Return one colour, or a list of them."""
    return [colour(each) for each in value] if isinstance(value, list) else colour(value)


def each(value: Any, count: int) -> list[Any]:
    """Return a value for each point, whether one or a list was given."""
    return list(value) if isinstance(value, list) else [value] * count


def label(text: Any) -> list[list[tuple[str, bool]]]:
    """Return a label's lines as pieces of text, each bold or not.

    >>> label("<b>45</b> members<br>in 2020 &amp; after")
    [[('45', True), (' members', False)], [('in 2020 & after', False)]]
    """
    lines: list[list[tuple[str, bool]]] = []
    bold = False
    for line in re.split(r"<br\s*/?>|\n", str(text)):
        pieces = []
        for part in re.split(r"(</?b>)", line):
            if part in ("<b>", "</b>"):
                bold = part == "<b>"
            elif part:
                pieces.append((html.unescape(part), bold))
        lines.append(pieces)
    return lines


def words(text: Any) -> tuple[str, bool]:
    """Return a label's text, and whether all of it is bold."""
    lines = label(text)
    pieces = [piece for line in lines for piece in line]
    plain = "\n".join("".join(piece for piece, _ in line) for line in lines)
    return plain, bool(pieces) and all(bold for _, bold in pieces)
