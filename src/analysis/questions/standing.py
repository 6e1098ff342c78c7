"""What stands on a day, one statement a row, so that two days can be set against each other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pandas as pd

from analysis.schema import AGREEMENTS, YES_NO_FACTS

FIGURES = ("members", "fee")
CONTACTS = ("website", "phone")
ABOUT = ("union", "name", *FIGURES, *YES_NO_FACTS, "claim", *CONTACTS)
PARTIAL = ("balloted", "other")


class Seen(Protocol):
    """What was so on one day, as ``as_at`` returns it."""

    day: str
    facts: pd.DataFrame
    roles: pd.DataFrame
    unions: pd.DataFrame
    history: pd.DataFrame
    coverage: pd.DataFrame
    benefits: pd.DataFrame
    traits: pd.DataFrame
    members: pd.DataFrame
    fees: pd.DataFrame
    claims: pd.DataFrame
    contacts: pd.DataFrame
    lives: Mapping[str, Any]

    def why_not(self, union: str) -> str:
        """Say why a code names no union on the day."""


@dataclass(frozen=True)
class Statement:
    """One thing that stands on a day, with the date and the sources that it rests on.

    ``about`` is ``union`` (that it is listed; the value is its status, the qualifier its parent)
    or the fact; ``as_of`` is kept for figures and fees only.
    """

    about: str
    union: str
    item: str
    value: str
    basis: str = ""
    qualifier: str = ""
    as_of: str = ""
    dated: str = ""
    old: bool = False
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What it is about; of two days' statements with one key, one replaced the other."""
        # Here the qualifier says what was counted, or what a number is for: it tells two apart.
        apart = self.basis in PARTIAL or self.about in CONTACTS
        return (self.about, self.union, self.item, self.basis, self.qualifier if apart else "")

    @property
    def parent(self) -> str:
        """The union that it is a section of, where it says that a union is listed."""
        return self.qualifier if self.about == "union" else ""

    @property
    def told(self) -> tuple[object, ...]:
        """What is said; a claim is also who says it, since it may be made again."""
        who = sorted(self.sources) if self.about == "claim" else ()
        return (self.value, tuple(sorted(self.limits)), self.as_of, tuple(who))

    @property
    def limits(self) -> list[str]:
        """What limits an answer, each limit by itself."""
        return [limit for limit in self.qualifier.split("; ") if limit]


def standing(seen: Seen) -> list[Statement]:
    """Return everything that stands on a day, each thing once, with all its sources."""
    found = (
        *listings(seen),
        *figures(seen.members, "members", "scope", "members"),
        *figures(seen.fees, "fee", "grade", "pounds"),
        *answers(seen),
        *claims(seen),
        *contacts(seen.contacts),
    )
    merged: dict[tuple[object, ...], Statement] = {}
    for one in found:
        known = merged.get((one.key, one.told))
        sources = dict.fromkeys([*(known.sources if known else ()), *one.sources])
        merged[one.key, one.told] = replace(known or one, sources=tuple(sources))
    return list(merged.values())


def rows_of(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Return some columns row by row."""
    return zip(*(table[name] for name in columns), strict=True)


def listings(seen: Seen) -> Iterator[Statement]:
    """Return a statement for each union that is listed, and for its official and short name.

    A union that sources speak of only by way of its section is not listed: its section's
    statement names it.
    """
    own = set(seen.facts.loc[seen.facts["fact"].isin(YES_NO_FACTS), "union"])
    only_parents = set(seen.unions["parent"]) - own
    by_union, by_name = named_by(seen.facts)
    columns = ("code", "status", "parent", "official_name", "short_name")
    for union, status, parent, official, short in rows_of(
        seen.unions.reset_index(names="code"), *columns
    ):
        if union not in only_parents:
            sources = tuple(by_union[union])[:2]
            yield Statement("union", union, "", status, qualifier=parent, sources=sources)
        for item, name in (("official", official), ("short", short)):
            sources = tuple(by_name[union, name])[:2]
            yield Statement("name", union, item, name, sources=sources)


Sources = defaultdict[Any, dict[str, None]]


def named_by(facts: pd.DataFrame) -> tuple[Sources, Sources]:
    """Return the sources that name each union, and that give it each name, newest first."""
    named = facts[facts["fact"] == "name"].sort_values("counts_from", kind="stable")
    by_union: Sources = defaultdict(dict)
    by_name: Sources = defaultdict(dict)
    for union, name, source in reversed([*rows_of(named, "union", "value", "source")]):
        by_union[union][source] = by_name[union, name][source] = None
    return by_union, by_name


def figures(table: pd.DataFrame, about: str, item: str, value: str) -> Iterator[Statement]:
    """Return a statement for each membership figure, or each fee."""
    columns = ("union", item, value, "basis", "qualifier", "as_of", "dated", "old", "source")
    for union, what, number, *told, source in rows_of(table, *columns):
        one = Statement(about, union, what, str(number), *told)
        yield replace(one, sources=(source,))


def answers(seen: Seen) -> Iterator[Statement]:
    """Return a statement for each answer that is stated, on posts, benefits and the rest."""
    stated = seen.coverage[seen.coverage["answer"] != "not stated"]
    cells = ("answer", "qualifier", "dated", "old", "sources")
    for union, level, role, basis, answer, limit, *told in rows_of(
        stated, "union", "level", "role", "basis", *cells
    ):
        agreed = [AGREEMENTS[code] for code in basis.split("; ") if code in AGREEMENTS]
        said = "; ".join(filter(None, (*agreed, limit)))
        yield Statement(level, union, role, answer, "", said, "", *told)
    benefits = seen.benefits.assign(fact="benefit").rename(columns={"benefit": "item"})
    for table in (benefits, seen.traits):
        for union, fact, item, answer, limit, *told in rows_of(
            table, "union", "fact", "item", *cells
        ):
            yield Statement(fact, union, item, answer, "", limit, "", *told)


def claims(seen: Seen) -> Iterator[Statement]:
    """Return a statement for each claim, in its newest words and with all who make it.

    A claim of so many members is left out where the same source's figure tells it.
    """
    figures = seen.facts[seen.facts["fact"] == "members"]
    told = set(rows_of(figures, "union", "source", "value"))
    newest = seen.claims.sort_values(
        ["union", "term", "counts_from", "source"], ascending=[True, True, False, True]
    )
    for (union, term), rows in newest.groupby(["union", "term"], sort=False):
        number = term.removeprefix("members:").lstrip(">=~") if term.startswith("members:") else ""
        rows = rows[[(union, source, number) not in told for source in rows["source"]]]
        if len(rows):
            words, dated = rows["claim"].iloc[0], rows["dated"].iloc[0]
            sources = tuple(dict.fromkeys(rows["source"]))
            yield Statement("claim", union, term, words, dated=dated, sources=sources)


def contacts(table: pd.DataFrame) -> Iterator[Statement]:
    """Return a statement for each website and telephone number."""
    columns = ("fact", "union", "value", "qualifier", "dated", "source")
    for fact, union, value, qualifier, dated, source in rows_of(table, *columns):
        yield Statement(fact, union, "", value, "", qualifier, "", dated, sources=(source,))
