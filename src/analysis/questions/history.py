"""How unions came about."""

from typing import Any

import pandas as pd

from analysis.dates import day_asked
from analysis.questions.asked import asked_of

ENDS = ("succeeded_by", "renamed_to")


def merger_history(history: pd.DataFrame, unions: list[str] | str) -> pd.DataFrame:
    """Return the beginnings, mergers and renamings that lead to some unions.

    Parameters
    ----------
    history
        One row per event: ``union``, ``event``, ``item``, ``other``, ``date``, ``day``,
        ``dated``, ``source``.
    unions
        Codes of the unions whose line is wanted.

    Returns
    -------
    DataFrame
        The rows of ``history`` about these unions and their forerunners, with ``line``: the
        union of ``unions`` that each leads to. Lines in the order asked; in a line by day.

    Raises
    ------
    UnknownUnionError
        If a code is not known; the message names the nearest.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> history = merger_history(data.history, ["neu"])
    >>> sorted(history["union"].unique())
    ['aam', 'acm', 'ama', 'amma', 'atl', 'neu', 'nut']
    """
    leads_to = history[history["event"].isin(ENDS)]
    parts = []
    for union in asked_of(history, unions):
        line = forerunners(leads_to, union)
        parts.append(history[history["union"].isin(line)].assign(line=union))
    table = pd.concat(parts) if parts else history.assign(line="")
    return table.reset_index(drop=True)


def forerunners(ends: pd.DataFrame, union: str) -> list[str]:
    """Return a union and every body that went into it, however long ago."""
    found, ahead = [union], [union]
    while ahead:
        now = ahead.pop()
        for before in ends.loc[ends["other"] == now, "union"].unique():
            if before not in found:
                found.append(str(before))
                ahead.append(str(before))
    return found


def merger_events(history: pd.DataFrame) -> pd.DataFrame:
    """Gather the rows of a history that speak of one event.

    Bodies that went into one union on one date are one event, and so are two sources for one
    date of which one is the more precise. Dates that differ stay apart.

    Parameters
    ----------
    history
        What :func:`merger_history` returns.

    Returns
    -------
    DataFrame
        One row per event, lines in their order, in a line by day: ``line``, ``event``, ``item``,
        ``other``, ``date``, ``dated``, ``unions`` (codes) and ``sources`` (codes).

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> history = merger_history(data.history, ["neu"])
    >>> print(*merger_events(history))
    line event item other date dated unions sources
    """
    precise = history.assign(date=[best_date(row, history) for row in history.itertuples()])
    records: list[dict[str, Any]] = []
    for line in dict.fromkeys(precise["line"]):
        own = precise[precise["line"] == line].sort_values(["date", "union"], kind="stable")
        body = own["union"].where(own["event"] == "founded", "")
        keys = ["event", "item", "other", "date"]
        found = [
            dict(zip(keys, key, strict=False))
            | {"line": line, "unions": list(dict.fromkeys(rows["union"]))}
            | {
                "dated": max(rows["dated"], key=len),
                "sources": list(dict.fromkeys(rows["source"])),
            }
            for key, rows in own.assign(body=body).groupby([*keys, "body"], sort=False)
        ]
        records += told_once(found)
    columns = ["line", "event", "item", "other", "date", "dated", "unions", "sources"]
    return pd.DataFrame(records, columns=columns)


def told_once(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out a beginning that a merger, a new name or a forerunner of that date tells already.

    Its sources go to the event that stays.
    """
    kept = []
    for event in found:
        twin = next((other for other in found if tells(other, event)), None)
        if twin:
            twin["sources"] = list(dict.fromkeys([*twin["sources"], *event["sources"]]))
        else:
            kept.append(event)
    return kept


def tells(other: dict[str, Any], event: dict[str, Any]) -> bool:
    """Say whether another event of the same date tells a beginning."""
    if event["event"] != "founded" or other["date"] != event["date"]:
        return False
    if other["event"] in ENDS:
        return bool(other["other"] == event["unions"][0])
    began = other["event"] == "founded" and other["item"] == "present_body"
    return bool(began and event["item"] == "origin")


def best_date(row: Any, history: pd.DataFrame) -> str:
    """Return the most precise date that any source gives and that agrees with a row's own."""
    same = history[
        (history["union"] == row.union)
        & (history["event"] == row.event)
        & (history["item"] == row.item)
        & (history["other"] == row.other)
    ]
    agreeing = [date for date in same["date"] if date.startswith(row.date)]
    return str(max(agreeing, key=len))


def spans(history: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return from when to when each body of a history stood.

    Parameters
    ----------
    history
        What :func:`merger_history` returns.
    day
        ISO day up to which a body that still stands is drawn; of a month or a year, the first.

    Returns
    -------
    DataFrame
        One row per body, lines in their order, in a line the oldest first and the union itself
        last: ``union``, ``line``, ``begins`` (ISO day, or empty where no source states it),
        ``ends`` (ISO day), ``into`` (code, or empty).

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> history = merger_history(data.history, ["neu"])
    >>> print(*spans(history, data.day))
    union line begins ends into
    """
    records, day = [], day_asked(day)
    for (line, union), rows in history.groupby(["line", "union"], sort=False):
        founded = rows[(rows["event"] == "founded") & (rows["item"] == "present_body")]
        origin = rows[(rows["event"] == "founded") & (rows["item"] == "origin")]
        ends = rows[rows["event"].isin(ENDS)]
        begins = max(founded["day"], default="") or min(origin["day"], default="")
        last = ends.loc[ends["day"] == ends["day"].max()].head(1)
        end = last["day"].iloc[0] if len(last) else day
        records.append((union, line, begins, end, last["other"].iloc[0] if len(last) else ""))
    table = pd.DataFrame(records, columns=["union", "line", "begins", "ends", "into"])
    order = {line: place for place, line in enumerate(dict.fromkeys(table["line"]))}
    keys = table.assign(at=table["line"].map(order), own=table["union"] == table["line"])
    keys = keys.sort_values(["at", "own", "ends", "begins", "union"], kind="stable")
    return keys.drop(columns=["at", "own"]).reset_index(drop=True)
