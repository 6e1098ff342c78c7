"""When answers changed: each day on which the sources add up to something else than before."""

from collections.abc import Mapping

import pandas as pd

from analysis.dates import day_after
from analysis.read.answers import Answer, answer_all
from analysis.schema import AGE_LIMITS

COLUMNS = ["union", "role", "role_group", "day", "before", "answer", "qualifier", "basis",
           "dated", "sources"]  # fmt: skip


def turns_of(
    facts: pd.DataFrame,
    groups: "pd.Series[str]",
    parents: Mapping[str, str],
    labels: Mapping[str, str],
    day: str,
) -> pd.DataFrame:
    """Return one row for each day up to ``day`` on which an answer on a role changed.

    Parameters
    ----------
    facts
        Rows of one level (a fact such as ``admits``), with ``counts_from``, ``ends``, ``dated``.
    groups
        The staff group of each role.
    parents, labels
        As for :func:`~analysis.read.answers.answer_all`.

    Returns
    -------
    DataFrame
        By union, role and day: ``union``, ``role``, ``role_group``, ``day`` (ISO), ``before`` and
        ``answer``, and of the new answer ``qualifier``, ``basis``, ``dated`` and ``sources``
        (codes).
    """
    said: dict[tuple[str, str], str] = {}
    records = []
    for turn in days_of_turning(facts, day):
        seen = facts[facts["counts_from"] <= turn]
        for new in answer_all(seen, groups, parents, labels, turn):
            before = said.get((new.union, new.item), "not stated")
            if new.answer != before:
                said[new.union, new.item] = new.answer
                records.append(record(new, groups, turn, before))
    table = pd.DataFrame(records, columns=COLUMNS)
    order = {role: place for place, role in enumerate(groups.index)}
    keys = table.assign(at=table["role"].map(order))
    keys = keys.sort_values(["union", "at", "day"], kind="stable")
    return keys.drop(columns="at").reset_index(drop=True)


def days_of_turning(facts: pd.DataFrame, day: str) -> list[str]:
    """Return the days up to ``day`` on which a row is first heard, or is first too old."""
    days = set(facts["counts_from"])
    for fact, ends in set(zip(facts["fact"], facts["ends"], strict=True)):
        days.add(day_after(AGE_LIMITS[fact].last_fresh(ends)))
    return sorted(turn for turn in days if turn <= day)


def record(new: Answer, groups: "pd.Series[str]", turn: str, before: str) -> tuple[object, ...]:
    """Return the row of one turn."""
    group = groups[new.item]
    said = (new.answer, new.qualifier, new.basis, new.dated, new.sources)
    return (new.union, new.item, group, turn, before, *said)
