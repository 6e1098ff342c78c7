"""How membership moved: one basis a line, broken where other people are counted."""

from typing import NamedTuple

import pandas as pd

from analysis.errors import check_name
from analysis.questions.asked import asked_of
from analysis.questions.history import forerunners
from analysis.questions.membership import PARTIAL
from analysis.questions.populations import ENDS, bodies
from analysis.schema import BASES

# No line is drawn over more years than this: nobody read here says what lies between.
GAP_YEARS = 10


class Break(NamedTuple):
    """From when, and on which basis (empty for all), a body's figures start anew."""

    body: str
    basis: str
    day: str
    counted: str = ""
    source: str = ""


class Place(NamedTuple):
    """Where a figure belongs."""

    line: str
    body: str
    basis: str
    day: str


def member_trend(
    figures: pd.DataFrame,
    facts: pd.DataFrame,
    unions: list[str] | str,
    basis: str = "",
    years: int = 0,
) -> pd.DataFrame:
    """Return the whole membership of some unions, and of what went into them, as lines.

    A line stays on one basis. It is broken where another body merged into the union, where the
    data says that other people are counted from then on (``recounted``), and over more than ten
    years without a figure. A union that only changed its name goes on. Where no source says how
    members were counted, each figure stands alone.

    Parameters
    ----------
    figures
        Every membership figure up to the day, as ``member_history``.
    facts
        Every fact up to the day, in the columns of ``unions.csv`` with ``counts_from``.
    unions
        Codes, in the order they should be read.
    basis
        One way of counting; all, each for itself, if empty.
    years
        How many years before the newest figure to go back; all if nought.

    Returns
    -------
    DataFrame
        One row per figure, unions in the order asked, bases in theirs, forerunners before the
        union itself, oldest first: the columns of ``figures`` and

        - ``line``: the code of ``unions`` that it leads to.
        - ``body``: the code that its union bore last.
        - ``segment``: figures that a line joins share a number.
        - ``until``: ISO day on which the body went into another, or empty.
        - ``inferred``: whether its date was worked out from the text.
        - ``recounted`` and ``recounted_source``: whom it counts and earlier figures did not.

    Raises
    ------
    UnknownUnionError, UnknownNameError
        If a code or the basis is not known; the message names the nearest.

    Examples
    --------
    >>> from analysis import read_dataset
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> trend = member_trend(data.member_history, data.facts, "neu", "tuc")
    >>> trend[["line", "union", "members", "until"]].to_numpy().tolist()
    [['neu', 'atl', 127993, '2017-09-01'], ['neu', 'nut', 332389, '2017-09-01']]
    """
    if basis:
        check_name("basis", basis, BASES)
    rows = figures[(figures["scope"] == "whole") & ~figures["basis"].isin(PARTIAL)]
    rows = rows[rows["basis"] == basis] if basis else rows
    last, gone = bodies(facts), facts[facts["fact"].isin(ENDS)]
    until = dict(gone[gone["fact"] == "succeeded_by"].groupby("union")["counts_from"].max())
    body = [last.get(union, union) for union in rows["union"]]
    rows = rows.assign(
        body=body,
        until=[until.get(union, "") for union in body],
        inferred=rows["dated"].str.contains("inferred"),
    )
    ends = gone.rename(columns={"value": "other"})
    lines = asked_of(figures, unions)
    parts = [rows[rows["union"].isin(forerunners(ends, one))].assign(line=one) for one in lines]
    table = pd.concat(parts) if parts else rows.head(0).assign(line="")
    if years and len(table):
        as_of = table["as_of"].str[:4].astype(int)
        table = table[as_of >= as_of.max() - years]
    return with_segments(in_order(table), breaks_of(facts, last))


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Put lines in the order asked, bases in theirs, forerunners first, and figures by date."""
    lines = {line: place for place, line in enumerate(dict.fromkeys(table["line"]))}
    bases = {basis: place for place, basis in enumerate(BASES)}
    keys = table.assign(
        at=table["line"].map(lines),
        on=table["basis"].map(bases),
        own=table["body"] == table["line"],
    )
    order = ["at", "on", "own", "body", "counts_from", "members", "source"]
    return keys.sort_values(order, kind="stable").drop(columns=["at", "on", "own"])


def breaks_of(facts: pd.DataFrame, last: dict[str, str]) -> list[Break]:
    """Return where the figures of each body start anew."""
    merged = facts[facts["fact"] == "succeeded_by"]
    recounted = facts[(facts["fact"] == "recounted") & (facts["item"] == "whole")]
    recounted = recounted.sort_values(["counts_from", "value", "source"], kind="stable")
    columns = ["union", "basis", "counts_from", "value", "source"]
    return [
        *(
            Break(last.get(into, into), "", day)
            for into, day in zip(merged["value"], merged["counts_from"], strict=True)
        ),
        *(Break(*row) for row in recounted[columns].itertuples(index=False, name=None)),
    ]


def with_segments(table: pd.DataFrame, breaks: list[Break]) -> pd.DataFrame:
    """Give a number to each stretch that a line may join, and say whom it newly counts."""
    columns = ["line", "body", "basis", "counts_from"]
    places = [Place(*row) for row in table[columns].itertuples(index=False, name=None)]
    number, numbers, anew = 0, [], []
    for place, before in zip(places, [None, *places], strict=False):
        number += before is None or not joined(before, place, breaks)
        numbers.append(number)
        counted = [one for one in breaks if one.counted and touches(one, place)]
        anew.append(counted[-1] if counted else Break("", "", ""))
    return table.assign(
        segment=numbers,
        recounted=[one.counted for one in anew],
        recounted_source=[one.source for one in anew],
    ).reset_index(drop=True)


def touches(one: Break, place: Place) -> bool:
    """Say whether a figure lies on or after a break of its body and basis."""
    return one.body == place.body and one.basis in ("", place.basis) and one.day <= place.day


def joined(before: Place, after: Place, breaks: list[Break]) -> bool:
    """Say whether a line may lead from one figure to the next."""
    if before[:3] != after[:3] or after.basis == "not_stated":
        return False
    if int(after.day[:4]) - int(before.day[:4]) > GAP_YEARS:
        return False
    return not any(touches(one, after) and not touches(one, before) for one in breaks)
