"""How unions came about, as lines on a scale of years."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.show import words
from analysis.show.blocks import Columns, Table, row
from analysis.show.charts import BLUE, RULE, SOFT, axis, empty_figure, figure, plain

Labels = Mapping[str, str]
GREY = "#8a949c"


def plot_history(
    spans: pd.DataFrame, labels: Labels, sources: list[str] | None = None
) -> go.Figure:
    """Draw from when to when each body stood, and what it went into.

    Parameters
    ----------
    spans
        What ``spans`` returns: ``union``, ``line``, ``begins``, ``ends``, ``into``.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> history = merger_history(data.history, ["neu"])
    >>> figure = plot_history(spans(history, data.day), data.labels)
    >>> figure.layout.meta["title"]
    'One union and the earlier bodies and names that led to it'
    """
    known = spans[(spans["begins"] != "") & ~spans["union"].duplicated()].reset_index(drop=True)
    if known.empty:
        return empty_figure("No date of founding is stated.")
    place = {union: at for at, union in enumerate(known["union"])}
    begins, ends = known["begins"].map(year_of), known["ends"].map(year_of)
    traces = [
        bar_line(begins[at], ends[at], at, span["line"] == span["union"], spell(span, labels))
        for at, span in known.iterrows()
    ]
    merged = known[known["into"].isin(place)].groupby(["into", "ends"], sort=False).groups
    joins = [join(year_of(day), min(at), place[into]) for (into, day), at in merged.items()]
    first, last = int(begins.min()) // 10 * 10, ends.max()
    decades = [*range(first, int(last) - 9, 20), int(last)]
    layout = {
        "height": 40 + 21 * len(known),
        "margin": {"l": 110, "r": 20, "t": 30, "b": 6},
        "showlegend": False,
        "xaxis": axis(decades, [str(year) for year in decades], 12, side="top")
        | {"range": [first - 2, last + 3], "showgrid": True, "gridcolor": RULE},
        "yaxis": axis(list(place.values()), [labels[union] for union in place], 12)
        | {"range": [len(known) - 0.4, -0.6]},
        "shapes": joins,
    }
    return figure(traces, layout, history_meta(known, labels, sources or []))


def join(year: float, at: float, into: float) -> dict[str, Any]:
    """Return the dotted line from the end of a body to what it went into."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "y",
        "x0": year,
        "x1": year,
        "y0": at,
        "y1": into,
        "line": {"color": SOFT, "width": 1.2, "dash": "dot"},
        "layer": "below",
    }


def year_of(day: str) -> float:
    """Return an ISO day as a year and its part.

    >>> year_of("2017-07-01")
    2017.5
    """
    return int(day[:4]) + round((int(day[5:7]) - 1 + (int(day[8:10]) - 1) / 31) / 12, 3)


def bar_line(begins: float, ends: float, at: int, own: bool, spoken: str) -> dict[str, Any]:
    """Return a body's line: thick and blue where it still stands as itself."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [begins, ends],
        "y": [at, at],
        "line": {"color": BLUE if own else GREY, "width": 7 if own else 4},
        "marker": {
            "symbol": "circle",
            "size": 7 if own else 5,
            "color": BLUE if own else GREY,
        },
        "hovertext": plain(spoken),
        "hoverinfo": "text",
        "name": "",
    }


def spell(span: "pd.Series[Any]", labels: Labels) -> str:
    """Say from when to when a body stood."""
    into = f", then {labels[span['into']]}" if span["into"] else ""
    until = f" to {span['ends'][:4]}" if span["into"] else " to the present"
    return f"{labels[span['union']]}: {span['begins'][:4]}{until}{into}"


def history_meta(known: pd.DataFrame, labels: Labels, sources: list[str]) -> dict[str, Any]:
    """Return the words of a timeline, and its data as a table."""
    now = known[known["into"] == ""]
    gone = known[known["into"] != ""]
    latest = gone[gone["ends"] == gone["ends"].max()]
    bodies = words.count(len(gone), "earlier body or name", "earlier bodies and names")
    names = words.listed(labels[union] for union in latest["union"])
    last = f" The latest to end: {names}, in {latest['ends'].max()[:4]}." if len(gone) else ""
    columns = Columns().add("Body").add("Began").add("Ended").add("Went into")
    rows = [
        row(
            labels[span["union"]],
            span["begins"][:4],
            span["ends"][:4] if span["into"] else "stands",
            labels[span["into"]] if span["into"] else "none",
            of=[f"date: {span['union']}"],
        )
        for _, span in known.iterrows()
    ]  # fmt: skip
    table = Table("The chart's data: when each body stood", columns.made, rows)
    return {
        "title": f"{words.sentence(words.count(len(now), 'union'))} and the earlier bodies and "
        f"names that led to {'it' if len(now) == 1 else 'them'}",
        "alt": f"Timeline of {words.count(len(now), 'union')}, with {bodies} before them.{last}",
        "caption": "Thick lines are unions that stand on the day of this report, thin lines what "
        "went into them. A dotted line marks a merger or a new name. Bodies whose beginning no "
        "source states are left out.",
        "source": sources,
        "of": [f"date: {union}" for union in known["union"]],
        "table": table.as_dict(),
    }
