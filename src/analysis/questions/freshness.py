"""Which facts are past the age at which their kind is taken as current."""

import pandas as pd

from analysis.dates import day_asked
from analysis.questions.asked import asked_of
from analysis.questions.matching import ends_between, unions_between
from analysis.questions.standing import Seen
from analysis.schema import AGE_LIMITS, YES_NO_FACTS

COLUMNS = (
    "union", "fact", "item", "basis", "value", "qualifier", "dated", "ends", "last_fresh",
    "years_past", "limit_years", "reason", "source",
)  # fmt: skip


def stale_facts(
    facts: pd.DataFrame, day: str, unions: list[str] | str | None = None, since: str = ""
) -> pd.DataFrame:
    """List the facts that no newer one has replaced and that are past their age limit on a day.

    A fact is as old as the last day that it can speak of: one of 2020 is as old as one of
    31 December 2020.

    Parameters
    ----------
    facts
        One row per fact: the columns of ``unions.csv``, ``counts_from``, ``ends`` (ISO days) and
        ``dated``. Those that count from a later day are left out.
    day
        ISO day on which the facts are looked at; of a month or a year, the first.
    unions
        Codes of the unions to look at; all if not given.
    since
        ISO day: only the facts that were still fresh on it; all if empty.

    Returns
    -------
    DataFrame
        One row per fact, by union and fact: ``union``, ``fact``, ``item``, ``basis``, ``value``,
        ``qualifier``, ``dated`` (in words), ``ends`` and ``last_fresh`` (ISO days: the last that
        the fact can speak of, and the last on which it was taken as current), ``years_past``
        (whole years since then), ``limit_years``, ``reason`` (of the limit) and ``source``.

    Raises
    ------
    DayError, UnknownUnionError
        If a day cannot be read, or a code is not known; the message names the nearest.

    Examples
    --------
    >>> from analysis import read_dataset
    >>> facts = read_dataset("data").facts
    >>> [len(stale_facts(facts, day, "aspect_group", "2020-12-31"))
    ...  for day in ("2020-12-31", "2021-01-01")]
    [0, 1]
    """
    day, since = day_asked(day), since and day_asked(since)
    asked = None if unions is None else asked_of(facts, unions)
    seen = facts[facts["fact"].isin(AGE_LIMITS) & (facts["counts_from"] <= day)]
    seen = seen if asked is None else seen[seen["union"].isin(asked)]
    # An answer stands as long as any row of it; of figures on one basis, only the newest does.
    answers = seen["fact"].isin(YES_NO_FACTS)
    newness = seen["ends"].where(answers, seen["counts_from"])
    keys = [seen["union"], seen["fact"], seen["item"], seen["basis"].where(~answers, "")]
    seen = seen[newness == newness.groupby(keys).transform("max")]
    limits = [AGE_LIMITS[fact] for fact in seen["fact"]]
    pairs = zip(limits, seen["ends"], strict=True)
    last = pd.Series([limit.last_fresh(end) for limit, end in pairs], seen.index, dtype="str")
    table = seen.assign(
        last_fresh=last,
        years_past=[whole_years(one, day) for one in last],
        limit_years=[limit.years for limit in limits],
        reason=[limit.reason for limit in limits],
    )
    table = table[(last < day) & (last >= since)]
    order = ["union", "fact", "item", "basis", "source"]
    return table.sort_values(order, kind="stable")[list(COLUMNS)].reset_index(drop=True)


def stale_since(before: Seen, after: Seen, unions: list[str] | str | None = None) -> pd.DataFrame:
    """List the facts that were fresh before and are past their age limit after.

    Parameters
    ----------
    before, after, unions
        As for ``changes_between``.

    Returns
    -------
    DataFrame
        As from :func:`stale_facts`, for the unions that stand after.

    Examples
    --------
    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> list(stale_since(two.before, two.after))[:5]
    ['union', 'fact', 'item', 'basis', 'value']
    """
    chosen = unions_between(before, after, unions, ends_between(before, after))
    standing = [union for union in after.unions.index if union in chosen]
    return stale_facts(after.facts, after.day, standing, before.day)


def whole_years(start: str, day: str) -> int:
    """Return how many whole years lie between two ISO days.

    >>> whole_years("2020-12-31", "2022-12-30"), whole_years("2020-12-31", "2022-12-31")
    (1, 2)
    """
    return int(day[:4]) - int(start[:4]) - (day[4:] < start[4:])
