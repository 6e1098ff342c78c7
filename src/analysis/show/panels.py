"""Small panels of one picture: where each lies, which years it shows, what stands about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.show import words
from analysis.show.charts import INK, RULE, SOFT, plain
from analysis.show.timeline import year_of

Labels = Mapping[str, str]
PANELS = {"union": "line", "basis": "basis"}
ACROSS = {"union": 3, "basis": 5}
# The height of a panel, of what stands above and below it, and of all three, in px.
HIGH, HEAD, FOOT = 66, 36, 20
TALL = HIGH + HEAD + FOOT
GAP = 0.03


@dataclass(frozen=True)
class Panel:
    """One panel: its figures, with the year of each as ``x``, and where it lies in the picture."""

    key: str
    rows: pd.DataFrame
    suffix: str
    across: tuple[float, float]
    up: tuple[float, float]
    years: tuple[float, float]


def panels_of(drawn: pd.DataFrame, panel: str) -> list[Panel]:
    """Lay panels out in rows; those of one basis share the years that they show."""
    keys = list(dict.fromkeys(drawn[PANELS[panel]]))
    wide = min(ACROSS[panel], max(len(keys), 2))
    deep = -(-len(keys) // wide)
    whole = deep * TALL
    width = (1 - GAP * (wide - 1)) / wide
    made = []
    for number, key in enumerate(keys):
        rows = drawn[drawn[PANELS[panel]] == key]
        seen = drawn if panel == "union" else rows
        left = number % wide * (width + GAP)
        top = whole - number // wide * TALL - HEAD
        across, up = (left, left + width), ((top - HIGH) / whole, top / whole)
        suffix = "" if number == 0 else str(number + 1)
        years = (seen["x"].min() // 1, max(seen["x"].max() // 1, seen["x"].min() // 1 + 1) + 1)
        made.append(Panel(str(key), rows, suffix, across, up, years))
    return made


def year_ticks(first: int, last: int) -> list[int]:
    """Return the years that a panel names: round ones, else its first.

    >>> year_ticks(2000, 2022), year_ticks(2017, 2022), year_ticks(1898, 2022)
    ([2000, 2010, 2020], [2018, 2020, 2022], [1900, 1950, 2000])
    """
    step = next((step for step in (1, 2, 5, 10, 20, 50) if (last - first) / step <= 3.4), 100)
    ticks = list(range(-(-first // step) * step, last + 1, step))
    return ticks or [first]


def heading_of(panel: Panel, names: Labels) -> dict[str, Any]:
    """Return what a panel is about, above it."""
    said = folded(plain(words.sentence(names[panel.key])))
    return {
        "text": f"<b>{said}</b>",
        "align": "left",
        "x": panel.across[0],
        "xref": "paper",
        "y": panel.up[1],
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 3,
        "showarrow": False,
        "font": {"size": 12, "color": INK},
    }


def folded(said: str) -> str:
    """Set words that are long for a panel on two lines.

    >>> folded("NAHT"), folded("Paying members, statutory return")
    ('NAHT', 'Paying members,<br>statutory return')
    """
    spaces = [at for at, char in enumerate(said) if char == " "]
    if len(said) <= 20 or not spaces:
        return said
    at = min(spaces, key=lambda at: abs(at - len(said) / 2))
    return f"{said[:at]}<br>{said[at + 1 :]}"


def rules_of(panel: Panel, room: float) -> list[dict[str, Any]]:
    """Return the line of nought, and a dotted line for each day on which a body merged."""
    first, last = panel.years
    base = {
        "type": "line",
        "xref": f"x{panel.suffix}",
        "yref": f"y{panel.suffix}",
        "y0": 0,
        "layer": "below",
    }
    nought = {"x0": first - room, "x1": last + room, "y1": 0, "line": {"color": RULE, "width": 1}}
    top = int(panel.rows["members"].max())
    days = sorted({year_of(day) for day in panel.rows["until"] if day})
    pen = {"color": SOFT, "width": 1.2, "dash": "dot"}
    merged = [
        {"x0": day, "x1": day, "y1": top, "line": pen} for day in days if first <= day <= last
    ]
    return [base | rule for rule in (nought, *merged)]
