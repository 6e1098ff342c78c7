"""Changed answers on posts, benefits and the rest, those that are alike in one row."""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import OLD, Block, Columns, Prose, Table, cell, cite, line, old_line, row
from analysis.show.changes import DETAILS, Labels, table, told
from analysis.show.traces import answer_keys

ITEMS = {
    "phase": schema.PHASES,
    "nation": schema.NATIONS,
    "affiliated": {code: f"In the {name}" for code, name in schema.BODIES.items()},
    "political_fund": {"": "Political fund"},
    "party_affiliated": {"": "Party affiliation"},
    "website": {"": "Website"},
    "phone": {"": "Telephone"},
}


def tabulate_changed_posts(
    changes: pd.DataFrame, groups: Mapping[str, str], labels: Labels
) -> Table | Prose:
    """List the answers on posts that changed; posts with one change stand in one row.

    Parameters
    ----------
    groups
        Staff group of each role.

    Examples
    --------
    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> changes = changes_between(two.before, two.after)
    >>> groups = dict(two.after.roles["group"])
    >>> tabulate_changed_posts(changes, groups, two.labels).caption
    'Answers on posts that changed'
    """
    columns = Columns().add("Union", 1).add("Question", 1.2).add("Posts", 2.6)
    columns.add("Before", 1.4).add("After", 1.8)
    rows = [
        row(
            labels[union],
            words.sentence(schema.LEVELS[level]),
            words.sentence(fold_posts(list(found["item"]), groups, labels)),
            answer_sides(found, "before"),
            answer_sides(found, "after"),
            of=answer_keys(union, level, found["item"]),
        )
        for (union, level), found in folded(told(changes, *schema.LEVELS))
    ]
    return table("Answers on posts that changed", columns, rows)


def folded(rows: pd.DataFrame) -> Iterable[tuple[tuple[str, str], pd.DataFrame]]:
    """Yield the changes that are alike but for what they are about, by union and kind of fact.

    Limits set apart only what had an answer before and after.
    """
    both_sides = (rows["before"] != "") & (rows["after"] != "")
    limits = {
        name: rows[f"qualifier_{name}"].where(both_sides, "") for name in ("before", "after")
    }
    keys = [rows["union"], rows["about"], rows["before"], rows["after"], *limits.values()]
    for (union, about, *_), found in rows.groupby(keys, sort=False):
        yield (str(union), str(about)), found


def fold_posts(roles: list[str], groups: Mapping[str, str], labels: Labels) -> str:
    """Name posts: a whole staff group by its name, and many posts of one by their number.

    >>> groups = {"aide": "classroom_support", "hlta": "classroom_support", "cook": "auxiliary",
    ...     "cleaner": "auxiliary"}
    >>> labels = {"classroom_support": "Teaching assistants", "cook": "Cook"}
    >>> fold_posts(["aide", "cook", "hlta"], groups, labels)
    'all teaching assistants; cook'
    """
    parts = []
    for group in schema.ROLE_GROUPS:
        whole = [role for role in groups if groups[role] == group]
        mine = [role for role in whole if role in roles]
        name = words.lower(labels.get(group, group))
        if len(mine) > 1 and mine == whole:
            parts.append(f"all {name}")
        elif len(mine) > 4:
            parts.append(f"{len(mine)} of {len(whole)} posts: {name}")
        else:
            parts += [words.lower(labels.get(role, role)) for role in mine]
    return "; ".join(parts)


def answer_sides(found: pd.DataFrame, side: str) -> Block:
    """Return what one side says, with limit, date and sources; what is old is marked.

    A limit may be any source's: with one, all are named.
    """
    first = found.iloc[0]
    if not first[side]:
        return cell(line("not stated"), mark="not stated")
    limit = first[f"qualifier_{side}"] if first["before"] and first["after"] else ""
    told = found[f"sources_{side}"]
    newest = dict.fromkeys(codes[0] for codes in told if codes)
    sources = dict.fromkeys(code for codes in told for code in codes) if limit else newest
    dates = dict.fromkeys(found[f"dated_{side}"])
    return cell(
        line(first[side], cite(*list(sources)[: None if limit else 3])),
        line(limit, style="basis"),
        line("; ".join(dates), style="basis"),
        old_line(found[f"old_{side}"].all(), OLD),
        mark=first[side] if first["about"] in schema.YES_NO_FACTS else None,
    )


def tabulate_changed_benefits(changes: pd.DataFrame, labels: Labels) -> Table | Prose:
    """List the benefits that are newly stated, no longer stated or stated otherwise.

    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> changes = changes_between(two.before, two.after)
    >>> tabulate_changed_benefits(changes, two.labels).caption
    'Benefits that changed'
    """
    columns = Columns().add("Union", 1).add("Benefits", 3).add("Before", 1.6).add("After", 1.8)
    rows = [
        row(
            labels[union],
            words.sentence("; ".join(words.lower(labels[item]) for item in found["item"])),
            answer_sides(found, "before"),
            answer_sides(found, "after"),
            of=answer_keys(union, "benefit", found["item"]),
        )
        for (union, _), found in folded(told(changes, "benefit"))
    ]
    return table("Benefits that changed", columns, rows)


def tabulate_changed_details(changes: pd.DataFrame, labels: Labels) -> Table | Prose:
    """List what changed of phases, nations, affiliations, funds and addresses.

    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> changes = changes_between(two.before, two.after)
    >>> tabulate_changed_details(changes, two.labels).caption
    'What else changed'
    """
    columns = Columns().add("Union", 1).add("What", 2.4).add("Before", 1.8).add("After", 1.8)
    rows = []
    for (union, about), found in folded(told(changes, *DETAILS)):
        names = [ITEMS[about].get(item, item) for item in found["item"]]
        rows.append(
            row(
                labels[union],
                words.sentence("; ".join(dict.fromkeys(names))),
                answer_sides(found, "before"),
                answer_sides(found, "after"),
                of=answer_keys(union, about, found["item"]),
            )
        )
    return table("What else changed", columns, rows)
