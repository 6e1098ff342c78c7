"""What is old, and what was read for the first time on pages that bear no date."""

from collections.abc import Mapping

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import Columns, Prose, Table, cell, cite, line, row
from analysis.show.changed_answers import ITEMS, fold_posts
from analysis.show.changes import Labels, counts, table

KINDS = {
    "members": "Members",
    "fee": "Fees",
    **{level: f"Posts: {meaning}" for level, meaning in schema.LEVELS.items()},
    "benefit": "Benefits",
    "phase": "Phases and settings",
    "nation": "Nations",
    "affiliated": "Affiliations",
    "political_fund": "Political fund",
    "party_affiliated": "Party affiliation",
}


def tabulate_stale(
    stale: pd.DataFrame, groups: Mapping[str, str], labels: Labels
) -> Table | Prose:
    """List facts past their age limit; those of one union, kind and date stand in one row.

    Parameters
    ----------
    stale
        What ``stale_facts`` returns.
    groups
        Staff group of each role.

    Examples
    --------
    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> stale = stale_since(two.before, two.after)
    >>> groups = dict(two.after.roles["group"])
    >>> tabulate_stale(stale, groups, two.labels).caption
    'Facts that passed their age limit'
    """
    columns = Columns().add("Union", 1).add("What is old", 2.6).add("Dated", 1.4)
    columns.add("Taken as current for", 2.2)
    rows = []
    order = {kind: place for place, kind in enumerate(KINDS)}
    ranked = stale.assign(kind=stale["fact"].map(order)).sort_values(
        ["union", "kind"], kind="stable"
    )
    for (union, fact, dated), found in ranked.groupby(["union", "fact", "dated"], sort=False):
        first = found.iloc[0]
        years = words.count(first["limit_years"], "year")
        rows.append(
            row(
                labels[union],
                cell(line(KINDS[fact], cite(*sorted(set(found["source"])))),
                     line(what_is_old(found, groups, labels), style="basis")),
                words.sentence(dated),
                cell(words.sentence(years), line(first["reason"], style="basis")),
                of=[f"date: {union}|{fact}"],
            )
        )  # fmt: skip
    none = "No fact passed its age limit."
    return table("Facts that passed their age limit", columns, rows, none=none)


def what_is_old(found: pd.DataFrame, groups: Mapping[str, str], labels: Labels) -> str:
    """Name the figures, fees, posts or benefits of one kind that are old."""
    fact = found["fact"].iloc[0]
    if fact == "members":
        told = found.rename(columns={"value": "members"}).astype({"members": "int64"})
        return words.sentence("; ".join(
            f"{words.figure(figure)} ({schema.BASES[figure['basis']]})"
            for _, figure in told.iterrows()
        ))  # fmt: skip
    items = list(dict.fromkeys(found["item"]))
    if fact in schema.LEVELS:
        return words.sentence(fold_posts(spread(items, groups), groups, labels))
    names = [ITEMS.get(fact, {}).get(item) or labels.get(item, item) for item in items]
    return words.sentence("; ".join(map(words.lower, filter(None, names))))


def spread(items: list[str], groups: Mapping[str, str]) -> list[str]:
    """Return roles, with those of each staff group that is named as a whole.

    >>> spread(["cook", "group:teaching"], {"cook": "auxiliary", "teacher": "teaching"})
    ['cook', 'teacher']
    """
    return [role for role, group in groups.items() if role in items or f"group:{group}" in items]


def tabulate_first_read(changes: pd.DataFrame, labels: Labels) -> Table | Prose:
    """Count, for each union, what undated pages say that were read for the first time since.

    Parameters
    ----------
    changes
        What ``changes_between`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> changes = changes_between(two.before, two.after)
    >>> first = tabulate_first_read(changes, two.labels)
    >>> first.blocks[0]["type"]
    'paragraph'
    """
    columns = Columns().add("Union", 1).add("Stated on undated pages", 3.4)
    columns.add("Read", 1.4)
    since = changes[changes["undated"] & ~changes["with_union"]]
    rows = [
        row(
            labels[union],
            cell(line(counts(found), cite(*newest_sources(found)))),
            words.sentence(
                "; ".join(dict.fromkeys(found["dated_after"])).replace("undated, ", "")
            ),
            of=[f"count: statements on undated pages about {union}"],
        )
        for union, found in since.groupby("union")
    ]
    none = "No undated page was read for the first time."
    return table("Read for the first time, on undated pages", columns, rows, none=none)


def newest_sources(found: pd.DataFrame) -> list[str]:
    """Return the newest source of each change, each once, by code."""
    return sorted({sources[0] for sources in found["sources_after"] if sources})
