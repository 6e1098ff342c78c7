"""Membership over the years, each union or each way of counting in a panel of its own."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.errors import BasisError, check_name
from analysis.schema import BASES
from analysis.show import words
from analysis.show.blocks import (
    OLD,
    OLD_FIGURE,
    Columns,
    Table,
    cell,
    cite,
    line,
    old_line,
    row,
    with_age,
)
from analysis.show.charts import BLUE, INK, SOFT, axis, empty_figure, figure, plain
from analysis.show.panels import PANELS, TALL, Panel, heading_of, panels_of, rules_of, year_ticks
from analysis.show.timeline import GREY, year_of
from analysis.show.traces import member_key, traced

Labels = Mapping[str, str]


def plot_trend(trend: pd.DataFrame, labels: Labels, panel: str = "union") -> go.Figure:
    """Draw how membership moved, in panels that share no scale.

    Parameters
    ----------
    trend
        What ``member_trend`` returns.
    panel
        What has a panel of its own: ``union``, for figures on one basis, or ``basis``. One whose
        figures are all of one date is left out.

    Raises
    ------
    BasisError
        If figures on several bases would share an axis.
    UnknownNameError
        If ``panel`` is neither.

    Examples
    --------
    >>> from analysis import member_trend, read_dataset
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> trend = member_trend(data.member_history, data.facts, ["naht", "neu"])
    >>> plot_trend(trend, data.labels)
    Traceback (most recent call last):
    analysis.errors.BasisError: members counted in different ways (return_all, ...
    """
    check_name("panel", panel, PANELS)
    bases = list(dict.fromkeys(trend["basis"]))
    if panel == "union" and len(bases) > 1:
        raise BasisError(
            f"members counted in different ways ({', '.join(bases)}) cannot share an axis, since "
            "for one union they differ by as much as half; ask for one, as in "
            f"member_trend(figures, facts, unions, '{bases[0]}'), or for plot_trend(trend, "
            "labels, panel='basis')"
        )
    drawn = with_stale(trend).assign(x=[middle(date) for date in trend["as_of"]])
    dates = drawn.groupby(PANELS[panel])["as_of"].transform("nunique")
    drawn = drawn[dates > 1]
    if drawn.empty:
        return empty_figure("No membership figures of two dates on one basis are stated.")
    panels = panels_of(drawn, panel)
    names = BASES if panel == "basis" else labels
    traces = [trace for one in panels for trace in traces_of(one, labels)]
    return figure(traces, layout_of(panels, names, labels), trend_meta(panels, names, labels))


def with_stale(trend: pd.DataFrame) -> pd.DataFrame:
    """Say of each figure whether it is ``stale``: old, and the newest of its union and basis."""
    dates = trend.groupby(["line", "basis"])["as_of"]
    own = trend["body"] == trend["line"]
    return trend.assign(stale=trend["old"] & own & (trend["as_of"] == dates.transform("last")))


def middle(date: str) -> float:
    """Return a date as a year and its part; the middle of a year of which no more is known.

    >>> middle("2015"), middle("2017-07-01")
    (2015.5, 2017.5)
    """
    return int(date) + 0.5 if len(date) == 4 else year_of(f"{date}-15"[:10])


def layout_of(panels: list[Panel], names: Labels, labels: Labels) -> dict[str, Any]:
    """Return the axes, headings, labels and rules of all panels."""
    rows = len({panel.up for panel in panels})
    layout: dict[str, Any] = {
        "height": rows * TALL + 4,
        "margin": {"l": 4, "r": 4, "t": 2, "b": 2},
        "showlegend": False,
        "annotations": [],
        "shapes": [],
    }
    for panel in panels:
        first, last = panel.years
        room = (last - first) * 0.06
        ticks = year_ticks(int(first), int(last))
        layout[f"xaxis{panel.suffix}"] = axis(
            ticks, [str(year) for year in ticks], 11, range=[first - room, last + room],
            domain=list(panel.across), anchor=f"y{panel.suffix}",
        )  # fmt: skip
        layout[f"yaxis{panel.suffix}"] = {
            "range": [0, float(panel.rows["members"].max()) * 1.38],
            "domain": list(panel.up), "anchor": f"x{panel.suffix}", "visible": False,
        }  # fmt: skip
        layout["annotations"] += [heading_of(panel, names), *figures_of(panel, labels)]
        layout["shapes"] += rules_of(panel, room)
    return layout


def traces_of(panel: Panel, labels: Labels) -> list[dict[str, Any]]:
    """Return a line for each stretch of figures, and a mark for each figure."""
    place = {"xaxis": f"x{panel.suffix}", "yaxis": f"y{panel.suffix}", "type": "scatter"}
    made: list[dict[str, Any]] = []
    for _, rows in panel.rows.groupby("segment", sort=False):
        own = (rows["body"] == rows["line"]).all()
        if len(rows) > 1:
            pen = {"color": BLUE if own else GREY, "width": 2.5 if own else 1.5}
            made.append({**place, "mode": "lines", "line": pen, **ends_of(rows)})
    marks = panel.rows.assign(own=panel.rows["body"] == panel.rows["line"])
    for (own, inferred), rows in marks.groupby(["own", "inferred"], sort=True):
        shade = BLUE if own else GREY
        mark = {"symbol": "circle-open" if inferred else "circle", "size": 6, "color": shade}
        spoken = [
            plain(
                with_age(
                    f"{labels[one['union']]}: {words.figure(one)}, {words.basis(one)}",
                    [one["stale"]],
                    OLD_FIGURE,
                )
            )
            for _, one in rows.iterrows()
        ]
        more = {"marker": mark, "hovertext": spoken, "hoverinfo": "text", "cliponaxis": False}
        made.append({**place, "mode": "markers", **ends_of(rows), **more})
    return made


def ends_of(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the places of figures."""
    return {"x": list(rows["x"]), "y": [int(number) for number in rows["members"]]}


def figures_of(panel: Panel, labels: Labels) -> list[dict[str, Any]]:
    """Write a union's first and last figure, and the last of each body before it with its name."""
    first, last = panel.years
    tallest, notes = panel.rows["members"].max(), []
    for body, rows in panel.rows.groupby("body", sort=False):
        own = bool((rows["body"] == rows["line"]).all())
        early, late = rows.iloc[0], rows.iloc[-1]
        far = late["x"] - early["x"] > (last - first) * 0.45
        for one in [early, late] if own and far else [late]:
            name = "" if own else f"{labels[body]} "
            after = (one["x"] - first) / (last - first) <= 0.5
            lower = not own and one["members"] < 0.9 * tallest
            place = beside(after, lower and (rows["segment"] == one["segment"]).sum() == 1, lower)
            notes.append(
                {
                    "text": plain(with_age(f"{name}{words.figure(one)}", [one["stale"]], OLD)),
                    "x": one["x"],
                    "xref": f"x{panel.suffix}",
                    "y": int(one["members"]),
                    "yref": f"y{panel.suffix}",
                    "showarrow": False,
                    "font": {"size": 11, "color": INK if own else SOFT},
                    **place,
                }
            )
    return notes


def beside(after: bool, alone: bool, lower: bool) -> dict[str, Any]:
    """Return where a figure stands by its mark: above, below a line, or beside a lone mark."""
    side = {"xanchor": "left" if after else "right"}
    if alone:
        return {**side, "xshift": 6 if after else -6, "yanchor": "middle"}
    level = {"yanchor": "top", "yshift": -5} if lower else {"yanchor": "bottom", "yshift": 5}
    return {**side, "xshift": -5 if after else 5, **level}


def trend_meta(panels: list[Panel], names: Labels, labels: Labels) -> dict[str, Any]:
    """Return the words of a trend, and its data as a table."""
    drawn = pd.concat([panel.rows for panel in panels])
    bases, lines = list(dict.fromkeys(drawn["basis"])), list(dict.fromkeys(drawn["line"]))
    years = f"{drawn['as_of'].min()[:4]} to {drawn['as_of'].max()[:4]}"
    if len(bases) == 1:
        what = f"{words.count(len(lines), 'union')}: {BASES[bases[0]]}"
    else:
        what = f"{words.listed(labels[one] for one in lines)}, counted in "
        what += words.count(len(bases), "way")
    spoken = " ".join(f"{words.sentence(names[panel.key])}: {moved(panel, labels)}."
                      for panel in panels)  # fmt: skip
    sources = {*drawn["source"], *drawn.loc[drawn["recounted"] != "", "recounted_source"]}
    return {
        "title": words.sentence(f"{what}, {years}"),
        "alt": f"Line charts in {words.count(len(panels), 'panel')}. {spoken}",
        "caption": f"{CAPTION} {anew(drawn, labels)}".strip(),
        "source": sorted(sources),
        "of": [member_key(one) for _, one in drawn.iterrows()],
        "table": drawn_table(drawn, labels).as_dict(),
    }


def drawn_table(drawn: pd.DataFrame, labels: Labels) -> Table:
    """Return the figures that a trend draws as a table."""
    columns = Columns().add("How they were counted", 2).add("Union").add("Members", 1, "right")
    columns.add("Date", 1.6)
    return Table(
        "The chart's data: membership figures over the years",
        columns.made,
        [
            row(words.sentence(BASES[one["basis"]]), labels[one["union"]],
                cell(line(words.figure(one), cite(one["source"]))),
                cell(words.sentence(one["dated"]), old_line(one["stale"], OLD_FIGURE)),
                of=[member_key(one)])
            for _, one in drawn.iterrows()
        ],
    )  # fmt: skip


CAPTION = (
    "Each panel has one way of counting and a scale of its own, from nought. Grey: earlier "
    "bodies, up to the merger at the dotted line. No line crosses a merger, ten years without "
    "a figure, or figures that no source says how it counted. Open marks: date inferred."
)


def moved(panel: Panel, labels: Labels) -> str:
    """Say the first and the last figure of each body in a panel."""
    said = []
    for body, rows in panel.rows.groupby("body", sort=False):
        early, late = rows.iloc[0], rows.iloc[-1]
        start = f"{labels[body]} {words.figure(early)} in {early['as_of'][:4]}"
        end = f", {words.figure(late)} in {late['as_of'][:4]}" if len(rows) > 1 else ""
        said.append(with_age(start + end, [late["stale"]], OLD_FIGURE))
    return "; ".join(said)


def anew(drawn: pd.DataFrame, labels: Labels) -> str:
    """Say whose figures count people that earlier ones did not."""
    rows = drawn[drawn["recounted"] != ""].drop_duplicates(["union", "recounted"])
    return " ".join(
        f"{labels[one['union']]}'s figures count {one['recounted']}, which those of earlier years "
        "on this basis did not."
        for _, one in rows.iterrows()
    )


def tabulate_trend(trend: pd.DataFrame, labels: Labels) -> Table:
    """List the figures of a trend by year, a row for each body and way of counting.

    Parameters
    ----------
    trend
        What ``member_trend`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> trend = member_trend(data.member_history, data.facts, "neu", "return_all")
    >>> tabulate_trend(trend, data.labels).caption
    'Members of the whole union over the years: all members, statutory return'
    """
    bases, trend = trend["basis"].unique(), with_stale(trend)
    many = len(bases) > 1
    columns = Columns().add("Union", 1.1)
    columns = columns.add("How they were counted", 2.2) if many else columns
    columns.add("Members by year", 5)
    rows = []
    for (into, body, basis), found in trend.groupby(["line", "body", "basis"], sort=False):
        runs: list[Any] = []
        for _, one in found.iterrows():
            stop = "; " if runs else ""
            said = f"{stop}{one['as_of'][:4]}: {words.figure(one)}"
            said = with_age(said, [one["stale"]], OLD_FIGURE)
            runs += [traced(said, member_key(one)), cite(one["source"])]
        led = f"went into {labels[into]}" if body != into else ""
        head = cell(labels[body], line(led, style="basis"))
        how = [words.sentence(BASES[basis])] if many else []
        rows.append(row(head, *how, cell(line(*runs))))
    what = "" if many or trend.empty else f": {BASES[bases[0]]}"
    return Table(f"Members of the whole union over the years{what}", columns.made, rows)
