"""How rows of yes and no become one answer: by source, by age, and by staff group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

import pandas as pd

from analysis.schema import AGE_LIMITS, LEVELS


@dataclass(frozen=True)
class Row:
    """One yes or no of one source."""

    answer: str
    qualifier: str
    basis: str
    source: str
    counts_from: str
    ends: str
    dated: str
    own: bool = False
    by_group: bool = False


@dataclass(frozen=True)
class Answer:
    """What the sources add up to for one union, fact and item."""

    union: str
    fact: str
    item: str
    answer: str
    qualifier: str = ""
    basis: str = ""
    by_group: bool = False
    dated: str = ""
    sources: tuple[str, ...] = ()
    old: bool = False

    columns: ClassVar = ["answer", "qualifier", "basis", "by_group", "dated", "sources", "old"]

    @property
    def cells(self) -> tuple[object, ...]:
        """The answer without what it is about, in the order of :attr:`columns`."""
        return tuple(getattr(self, name) for name in self.columns)


def is_old(fact: str, ends: str, day: str) -> bool:
    """Say whether a fact that can speak of ``ends`` at the latest is past its age limit.

    >>> [is_old("members", "2020-12-31", day) for day in ("2023-12-31", "2024-01-01")]
    [False, True]
    """
    return fact in AGE_LIMITS and day > AGE_LIMITS[fact].last_fresh(ends)


def answer_all(
    facts: pd.DataFrame,
    groups: "pd.Series[str]",
    parents: Mapping[str, str],
    labels: Mapping[str, str],
    day: str,
) -> list[Answer]:
    """Return one answer per union, fact and item that any row speaks of.

    Parameters
    ----------
    facts
        Rows of yes and no facts, with ``counts_from``, ``ends`` and ``dated``.
    groups
        The staff group of each role; a ``group:`` row speaks of every role of its group.
    parents
        Section to union: what a section's members may have, its union's members may.
    labels
        Names of the sections.
    day
        The ISO day that is looked from.
    """
    rows = gather(facts)
    by_role = spread(rows, groups)
    answers = {key: settle(key, found, day) for key, found in by_role.items()}
    return [*answers.values(), *through_sections(answers, parents, labels)]


def through_sections(
    answers: "Mapping[Key, Answer]", parents: Mapping[str, str], labels: Mapping[str, str]
) -> list[Answer]:
    """Return what unions offer through their sections, where they say nothing themselves."""
    found: dict[Key, list[Answer]] = defaultdict(list)
    for (union, fact, item), answer in answers.items():
        parent = parents.get(union, "")
        if parent and answer.answer == "yes" and (parent, fact, item) not in answers:
            through = f"through its section, {labels[union]}"
            words = f"{through}: {answer.qualifier}" if answer.qualifier else through
            found[parent, fact, item].append(replace(answer, union=parent, qualifier=words))
    return [merge(several) for several in found.values()]


def merge(several: list[Answer]) -> Answer:
    """Return one yes of several sections' yeses, each of them cited."""
    return replace(
        several[0],
        qualifier="; ".join(distinct(one.qualifier for one in several)),
        basis="; ".join(distinct(one.basis for one in several)),
        by_group=all(one.by_group for one in several),
        sources=tuple(distinct(source for one in several for source in one.sources)),
        old=all(one.old for one in several),
    )


Key = tuple[str, str, str]


def gather(facts: pd.DataFrame) -> dict[Key, list[Row]]:
    """Return the rows of each union, fact and item."""
    names = ("union", "fact", "item", "value", "qualifier", "basis", "source", "counts_from",
             "ends", "dated", "own")  # fmt: skip
    rows: dict[Key, list[Row]] = defaultdict(list)
    for union, fact, item, *cells in zip(*(facts[name] for name in names), strict=True):
        rows[union, fact, item].append(Row(*cells))
    return rows


def spread(rows: Mapping[Key, list[Row]], groups: "pd.Series[str]") -> dict[Key, list[Row]]:
    """Turn rows on a staff group into rows on each of its roles.

    A source that names a role itself is not heard on the role's group, unless what it says of
    the group is newer.
    """
    roles: dict[str, list[str]] = defaultdict(list)
    for role, group in groups.items():
        roles[f"group:{group}"].append(str(role))
    spread_out = {key: list(found) for key, found in rows.items() if key[2] not in roles}
    for (union, fact, item), found in rows.items():
        for role in roles.get(item, []) if fact in LEVELS else []:
            named: dict[str, str] = {}
            for row in rows.get((union, fact, role), []):
                named[row.source] = max(row.counts_from, named.get(row.source, ""))
            more = [
                replace(row, by_group=True)
                for row in found
                if row.counts_from > named.get(row.source, "")
            ]
            if more:
                spread_out.setdefault((union, fact, role), []).extend(more)
    return spread_out


def settle(key: Key, rows: list[Row], day: str) -> Answer:
    """Return what several rows add up to: each source's newest, past-age rows left out.

    What the employer itself agreed decides; what is so nationally is then named beside it.
    """
    own, national = [row for row in rows if row.own], [row for row in rows if not row.own]
    if not own or not national:
        return add_up(key, rows, day)
    ours, theirs = add_up(key, own, day), add_up(key, national, day)
    differs = f"nationally: {theirs.answer}" if theirs.answer != ours.answer else ""
    return replace(
        ours,
        qualifier="; ".join(distinct((ours.qualifier, differs))),
        sources=tuple(distinct((*ours.sources, *theirs.sources))),
    )


def add_up(key: Key, rows: list[Row], day: str) -> Answer:
    """Return one answer of the rows that speak with one voice, or disputed."""
    union, fact, item = key
    heard = newest_of_each_source(rows)
    newest = max(row.counts_from for row in heard)
    heard = [row for row in heard if row.counts_from == newest or not is_old(fact, row.ends, day)]
    heard.sort(key=lambda row: (row.counts_from, row.source), reverse=True)
    said = {row.answer for row in heard}
    return Answer(
        union,
        fact,
        item,
        answer=said.pop() if len(said) == 1 else "disputed",
        qualifier="; ".join(distinct(row.qualifier for row in heard)),
        basis="; ".join(distinct(row.basis for row in heard)),
        by_group=all(row.by_group for row in heard),
        dated=heard[0].dated,
        sources=tuple(distinct(row.source for row in heard)),
        old=all(is_old(fact, row.ends, day) for row in heard),
    )


def newest_of_each_source(rows: Iterable[Row]) -> list[Row]:
    """Keep each source's newest rows."""
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row)
    return [
        row
        for found in by_source.values()
        for row in found
        if row.counts_from == max(other.counts_from for other in found)
    ]


def distinct(words: Iterable[str]) -> list[str]:
    """Return the words that say something, each once, in their order."""
    return list(dict.fromkeys(filter(None, words)))
