"""The answers at one level in brief, and when they changed."""

from collections.abc import Mapping

import pandas as pd

from analysis.errors import check_name
from analysis.show import words
from analysis.show.blocks import (
    Columns,
    Prose,
    Runs,
    Table,
    bullets,
    cell,
    cite,
    line,
    row,
    runs_of,
)
from analysis.show.charts import say_level
from analysis.show.choice import CHOICE, fold_roles
from analysis.show.tables import how_implied
from analysis.show.traces import answer_keys, traced

Labels = Mapping[str, str]


def tabulate_turns(
    turns: pd.DataFrame,
    matrix: pd.DataFrame,
    groups: Mapping[str, str],
    labels: Labels,
    level: str = "admits",
) -> Table:
    """List when answers were first stated or changed, newest first; posts that did so together.

    Parameters
    ----------
    turns
        What ``Snapshot.turns`` returns for that level.
    matrix
        What ``coverage_matrix`` returns: its unions and roles are kept.
    groups
        Staff group of each role.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = coverage_matrix(data.coverage, "admits", ["naht", "neu"])
    >>> groups = dict(data.roles["group"])
    >>> tabulate_turns(data.turns("admits"), matrix, groups, data.labels).caption
    'When answers were first stated or changed, newest first: may staff in each post join?'
    """
    kept = turns[turns["union"].isin(matrix.index) & turns["role"].isin(matrix.columns)]
    newest_first = kept.sort_values("day", ascending=False, kind="stable")
    columns = Columns().add("From when", 1.2).add("Union", 0.9).add("Posts", 2.4)
    columns.add("Before", 0.9).add("After", 2)
    rows = []
    by = ["day", "union", "before", "answer", "dated"]
    for (_, union, before, answer, dated), found in newest_first.groupby(by, sort=False):
        sources = dict.fromkeys(code for codes in found["sources"] for code in codes)
        implied = how_implied(found["basis"])
        limit = "; ".join(dict.fromkeys(filter(None, [implied, *found["qualifier"]])))
        rows.append(
            row(
                words.sentence(str(dated)),
                labels[union],
                words.sentence(fold_roles(found["role"], groups, labels)),
                cell(str(before), mark=str(before)),
                cell(line(str(answer), cite(*sources)), line(limit, style="basis"),
                     mark=str(answer)),
                of=answer_keys(str(union), level, found["role"]),
            )
        )  # fmt: skip
    caption = f"When answers were first stated or changed, newest first: {say_level(level)}"
    return Table(caption, columns.made, rows)


def say_coverage_in_brief(
    matrix: pd.DataFrame,
    choice: pd.DataFrame,
    turns: pd.DataFrame,
    labels: Labels,
    level: str = "admits",
) -> Prose:
    """Say in a few sentences what the answers at one level are, and which changed last.

    Parameters
    ----------
    matrix, choice
        What ``coverage_matrix`` and ``roles_by_choice`` return for that level.
    turns
        What ``Snapshot.turns`` returns for it.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = coverage_matrix(data.coverage, "admits", ["naht", "neu"])
    >>> choice = roles_by_choice(data.coverage, ["naht", "neu"])
    >>> say_coverage_in_brief(matrix, choice, data.turns("admits"), data.labels).role
    'brief'
    """
    check_name("level", level, CHOICE)
    verb, posts = CHOICE[level], len(choice)
    none, two = int((choice["number"] == 0).sum()), int((choice["number"] >= 2).sum())
    unstated = int((matrix == "not stated").to_numpy().sum())
    unions = words.count(len(matrix.index), "union")
    are = "is looked at" if len(matrix.index) == 1 else "are compared"
    points = [
        counted(f"{words.sentence(unions)} {are} for {words.count(posts, 'post')}: "
                f"{say_level(level)}"),
        counted(f"For {two} of {posts} posts, two or more are stated to {verb}. For {none}, none "
                "is, which is not a no."),
        counted(f"No source read states {unstated:,} of the {matrix.size:,} answers."),
        *last_change(turns, matrix, labels, level),
    ]  # fmt: skip
    return Prose([bullets(points)], role="brief")


def counted(said: str) -> Runs:
    """Return a sentence whose numbers count answers."""
    return runs_of(traced(said, "count: answers of each union on each post"))


def last_change(
    turns: pd.DataFrame, matrix: pd.DataFrame, labels: Labels, level: str
) -> list[Runs]:
    """Say which answer that had been stated was the last to change."""
    kept = turns[turns["union"].isin(matrix.index) & turns["role"].isin(matrix.columns)]
    changed = kept[kept["before"] != "not stated"]
    if changed.empty:
        return [runs_of("No answer has changed since it was first stated.")]
    newest = changed[changed["day"] == changed["day"].max()]
    first = newest.iloc[0]
    found = newest[newest["union"] == first["union"]]
    posts = words.count(len(found), "post")
    said = (
        f"The last to change: for {labels[first['union']]} and {posts}, from {first['before']} to "
        f"{first['answer']} ({first['dated']})."
    )
    of = f"date: {first['union']}|{level}"
    return [runs_of(traced(said, of), cite(*first["sources"]))]
