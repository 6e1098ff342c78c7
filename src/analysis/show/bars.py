"""Membership as bars, each way of counting on a scale of its own."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.schema import AGE_LIMITS, BASES
from analysis.show import words
from analysis.show.blocks import (
    OLD,
    OLD_FIGURE,
    Columns,
    Table,
    cell,
    cite,
    line,
    row,
    with_age,
)
from analysis.show.charts import BLUE, INK, SOFT, axis, empty_figure, figure, plain, source_codes
from analysis.show.traces import member_key

Labels = Mapping[str, str]
ROW, GAP = 16.5, 38
# Ballots and other counts take in some of the members only; they stand in the table.
PARTIAL = ("balloted", "other")


def plot_members(latest: pd.DataFrame, labels: Labels) -> go.Figure:
    """Draw the newest figures as bars, each basis in a panel with an axis of its own.

    Parameters
    ----------
    latest
        What ``latest_members`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> latest = latest_members(data.members, ["naht", "nasuwt"])
    >>> plot_members(latest, data.labels).data[0].type
    'bar'
    """
    drawn = latest[~latest["basis"].isin(PARTIAL)].reset_index(drop=True)
    if drawn.empty:
        return empty_figure("No membership figure is stated.")
    bases = list(dict.fromkeys(drawn["basis"]))
    inner = ROW * len(drawn) + GAP * len(bases)
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        "height": inner + 6,
        "margin": {"l": 110, "r": 200, "t": 0, "b": 6},
        "showlegend": False,
        "bargap": 0.35,
        "annotations": [],
    }
    end = 0.0
    for number, basis in enumerate(bases, start=1):
        rows = drawn[drawn["basis"] == basis]
        start, end = end + GAP, end + GAP + ROW * len(rows)
        suffix, top = "" if number == 1 else str(number), 1 - start / inner
        traces.append(member_bars(rows, labels, suffix))
        layout |= panel_axes(rows, labels, suffix, [max(0.0, 1 - end / inner), top])
        layout["annotations"] += panel_words(rows, suffix, basis, top)
    return figure(traces, layout, members_meta(drawn, labels, bases))


def panel_axes(
    rows: pd.DataFrame, labels: Labels, suffix: str, domain: list[float]
) -> dict[str, Any]:
    """Return the two axes of one panel, which share nothing with another's."""
    names = [labels[union] for union in rows["union"]]
    return {
        f"xaxis{suffix}": {
            "range": [0, float(rows["members"].max()) * 1.02],
            "visible": False,
            "anchor": f"y{suffix}",
            "domain": [0, 1],
        },
        f"yaxis{suffix}": axis(
            list(range(len(rows))),
            names,
            range=[len(rows) - 0.5, -0.5],
            anchor=f"x{suffix}",
            domain=domain,
        ),
    }


def member_bars(rows: pd.DataFrame, labels: Labels, suffix: str) -> dict[str, Any]:
    """Return the bars of one basis; a figure past its age limit is paler, and says so."""
    spoken = [
        with_age(
            f"{labels[figure['union']]}: {words.figure(figure)}, {words.basis(figure)}",
            [figure["old"]],
            OLD_FIGURE,
        )
        for _, figure in rows.iterrows()
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [int(number) for number in rows["members"]],
        "y": list(range(len(rows))),
        "xaxis": f"x{suffix}",
        "yaxis": f"y{suffix}",
        "marker": {"color": ["#6f8ba6" if old else BLUE for old in rows["old"]]},
        "hovertext": [plain(one) for one in spoken],
        "hoverinfo": "text",
        "name": "",
    }


def panel_words(rows: pd.DataFrame, suffix: str, basis: str, top: float) -> list[dict[str, Any]]:
    """Return a panel's heading, and each bar's figure and date."""
    head = {"text": f"<b>{plain(words.sentence(BASES[basis]))}</b>", "x": 0, "xref": "paper",
            "xshift": -104, "xanchor": "left", "y": top, "yref": "paper", "yanchor": "bottom",
            "yshift": 4, "showarrow": False, "font": {"size": 13, "color": INK}}  # fmt: skip
    ends = [
        {
            "text": plain(f"{words.figure(figure)}, {short_date(figure)}"),
            "x": int(figure["members"]),
            "xref": f"x{suffix}",
            "xshift": 6,
            "y": place,
            "yref": f"y{suffix}",
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": 12, "color": SOFT if figure["old"] else INK},
        }
        for place, (_, figure) in enumerate(rows.iterrows())
    ]
    return [head, *ends]


def short_date(figure: "pd.Series[Any]") -> str:
    """Say the year of a figure, that it is inferred, and that it is old."""
    year = str(figure["as_of"])[:4]
    inferred = "about " if "inferred" in figure["dated"] else ""
    return with_age(f"{inferred}{year}", [figure["old"]], OLD)


def members_meta(latest: pd.DataFrame, labels: Labels, bases: list[str]) -> dict[str, Any]:
    """Return the words of a membership chart, and its data as a table."""
    parts = []
    for basis in bases:
        rows = latest[latest["basis"] == basis]
        said = [
            f"{labels[row['union']]} {words.figure(row)} ({short_date(row)})"
            for _, row in rows.iterrows()
        ]
        parts.append(f"{words.sentence(BASES[basis])}: {'; '.join(said)}.")
    columns = Columns().add("How they were counted", 2).add("Union").add("Members", 1, "right")
    columns.add("Year")
    table = Table(
        "The chart's data: newest membership figures",
        columns.made,
        [
            row(words.sentence(BASES[figure["basis"]]), labels[figure["union"]],
                cell(line(words.figure(figure), cite(figure["source"]))), short_date(figure),
                of=[member_key(figure)])
            for _, figure in latest.iterrows()
        ],
    )  # fmt: skip
    years = words.count(AGE_LIMITS["members"].years, "year")
    return {
        "title": f"Members are counted in {words.count(len(bases), 'way')}, each on its own scale",
        "alt": f"Bar charts, one for each way of counting. {' '.join(parts)}",
        "caption": "Newest figure of each union on each basis, for the whole union and not only "
        f"its members in schools. Paler bars are more than {years} old. Compare lengths inside "
        "a panel only, and only for figures of like date.",
        "source": source_codes(latest["source"]),
        "of": [member_key(figure) for _, figure in latest.iterrows()],
        "table": table.as_dict(),
    }
