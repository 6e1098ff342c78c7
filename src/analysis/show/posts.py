"""A school's posts: heads in them, who may join what, gaps, overlaps and panels."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.schema import HIDDEN, SYMBOLS
from analysis.show import words
from analysis.show.blocks import (
    Block,
    Columns,
    Prose,
    Table,
    bullets,
    cite,
    marked,
    paragraph,
    row,
    runs_of,
)
from analysis.show.choice import fold_roles
from analysis.show.traces import traced

Labels = Mapping[str, str]
NOT_KNOWN = "not known"
ALL_TIES = 12
# What the numbers come from: the school's own file, or the unions that are open to its posts.
STAFF = "count: the school's file of posts"
OPEN = "count: the school's posts by the unions that are stated to admit them"


def say_number(number: Any, symbol: str = "") -> str:
    """Say a count, or why there is none.

    >>> say_number(1200), say_number(pd.NA, "c"), say_number(pd.NA, "hidden"), say_number(pd.NA)
    ('1,200', 'confidential (c)', 'hidden', 'not known')
    """
    if not pd.isna(number):
        return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"
    return f"{SYMBOLS[symbol]} ({symbol})" if symbol in SYMBOLS else symbol or NOT_KNOWN


def tabulate_posts(posts: pd.DataFrame, totals: pd.DataFrame, labels: Labels) -> Table:
    """List a school's posts by staff group, with how many people hold each.

    Parameters
    ----------
    posts, totals
        What ``hide_small_counts`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> tabulate_posts(school.posts, staff_totals(school.posts), data.labels).caption
    'Our posts, by staff group'
    """
    columns = Columns().add("Staff group", 1.6).add("Posts, and the people in each", 4.4)
    columns.add("People", 0.9, "right").add("Full-time equivalent", 1.1, "right")
    of_all = posts.astype(object).to_dict("records")
    by_group: dict[str, list[Any]] = {}
    for post in of_all:
        by_group.setdefault(post["role_group"], []).append(post)
    rows = [
        group_row(by_group[group], total, labels.get(group, group))
        for group, total in totals.itertuples(index=False)
        if group
    ]
    for post in by_group.get("", []):
        rows.append(group_row([post], post["headcount"], "Several groups"))
    held = [post for post in of_all if pd.isna(post["headcount"]) or post["headcount"]]
    rows.append(group_row(held, totals["headcount"].iloc[-1], "All our staff", listed=False))
    return Table("Our posts, by staff group", columns.made, rows,
                 note=runs_of(counts_note(posts)))  # fmt: skip


def group_row(posts: list[Any], total: Any, name: str, listed: bool = True) -> Block:
    """Return the row of some posts: each with its people, and their sums."""
    said = [
        f"{words.lower(post['label'])} {say_number(post['headcount'], post['symbol'])}"
        for post in posts
    ]
    kinds = words.count(len(posts), "kind of post", "kinds of post")
    times = [post["fte"] for post in posts]
    whole = not any(pd.isna(time) for time in times)
    return row(
        name,
        words.sentence("; ".join(said) if listed else kinds),
        say_number(total, why_no_sum(posts)),
        say_number(round(math.fsum(times), 1)) if whole else "not shown",
        of=[STAFF],
    )


def why_no_sum(posts: list[Any]) -> str:
    """Return what stands in place of the sum of some posts: their symbol, if they share one."""
    symbols = {post["symbol"] for post in posts}
    return symbols.pop() if len(symbols) == 1 and symbols != {""} else "not shown"


def counts_note(posts: pd.DataFrame) -> str:
    """Say what stands in the table in place of counts."""
    said = set(posts["symbol"])
    parts = []
    if said & set(SYMBOLS):
        parts.append("A symbol is as published and is not nought.")
    if HIDDEN in said:
        parts.append(
            "Small counts are hidden to protect people. A second one is hidden with them wherever "
            "a total would give the first away."
        )
    return " ".join(parts) or "A person with two posts is counted in each."


def tabulate_heads(heads: pd.DataFrame) -> Table:
    """Count staff by the number of unions open to them, a column a number.

    Parameters
    ----------
    heads
        What ``heads_by_choice`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> choice = open_unions(answers, school.posts)
    >>> tabulate_heads(heads_by_choice(choice)).caption
    'Our staff by the number of unions open to them'
    """
    columns = Columns().add("Open to", 1.2)
    records = heads.to_dict("records")
    for number in records:
        open_to = "part of the post only" if number["partly"] else ""
        columns.add(open_to or words.count(number["number"], "union"), 1, "right", [OPEN])
    people = [
        with_unknown(number["headcount"], number["unknown"], number["posts"]) for number in records
    ]
    posts = [str(number["posts"]) for number in records]
    rows = [row("Posts", *posts, of=[OPEN]), row("People", *people, of=[OPEN, STAFF])]
    note = "A union counts where sources say that it admits the whole post."
    return Table("Our staff by the number of unions open to them", columns.made, rows,
                 note=runs_of(note))  # fmt: skip


def with_unknown(heads: int, unknown: int, posts: int) -> str:
    """Say how many people, and in how many posts the number is not shown.

    >>> with_unknown(12, 0, 3), with_unknown(12, 1, 3), with_unknown(0, 2, 2)
    ('12', '12, and one post with no number', 'not known')
    """
    if not unknown:
        return f"{heads:,}"
    if unknown == posts:
        return NOT_KNOWN
    return f"{heads:,}, and {words.count(unknown, 'post')} with no number"


def say_some(answers: pd.DataFrame, labels: Labels) -> Prose:
    """Say of which roles each answer *some* speaks.

    Parameters
    ----------
    answers
        What ``post_coverage`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> type(say_some(answers, data.labels)).__name__
    'Prose'
    """
    rows = answers[(answers["level"] == "admits") & (answers["answer"] == "some")]
    points = []
    for (post, behind), found in rows.groupby(["role", "behind"], sort=False):
        names = words.listed(labels[union] for union in found["union"])
        roles = words.listed(words.lower(labels[role]) for role in behind)
        sources = dict.fromkeys(code for codes in found["sources"] for code in codes[:1])
        said = (
            f"Of {words.lower(labels[post])}, {names} {'admits' if len(found) == 1 else 'admit'}"
        )
        said = marked(f"{said}: {roles}", found["old"])
        points.append(runs_of(traced(said, OPEN), cite(*sources)))
    intro = "The school's staff are counted by group. Where the answer is some, these are meant:"
    return Prose([paragraph(intro), bullets(points)] if points else [])


def say_gaps(
    missing: pd.DataFrame, shared: pd.DataFrame, groups: Mapping[str, str], labels: Labels
) -> Prose:
    """Name the posts that no union is stated to admit, and those that most unions are.

    Parameters
    ----------
    missing
        What ``gaps`` returns.
    shared
        What ``overlaps`` returns.
    groups
        Staff group of each post of the school.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> choice = open_unions(answers, school.posts)
    >>> groups = school_groups(school.posts)
    >>> said = say_gaps(gaps(choice), overlaps(choice), groups, data.labels)
    >>> said.blocks[0]["type"]
    'paragraph'
    """
    blocks: list[Block] = [shared_paragraph(shared, groups, labels)] if len(shared) else []
    if missing.empty:
        blocks.append(paragraph("There is no gap: for each post, sources name a union that admits "
                                "its staff, or some of them."))  # fmt: skip
        return Prose(blocks)
    said = (
        f"For {words.count(len(missing), 'post')} no source names a union that staff may join. "
        "Not stated is not a no; where a source says more, it is told here."
    )
    points = [gap_runs(gap, labels) for gap in missing.to_dict("records")]
    return Prose([*blocks, paragraph(traced(said, OPEN)), bullets(points)])


def shared_paragraph(shared: pd.DataFrame, groups: Mapping[str, str], labels: Labels) -> Block:
    """Say how many posts two unions or more are open to, and which have the widest choice."""
    top = shared[shared["number"] == shared["number"].max()]
    names = fold_roles(top["post"], groups, labels)
    posts, most = words.count(len(shared), "post"), words.count(top["number"].iloc[0], "union")
    said = (
        f"{words.sentence(posts)} {'is' if len(shared) == 1 else 'are'} open to two unions or "
        f"more. The widest choice, of {most}, is for {names}."
    )
    return paragraph(traced(said, OPEN), cite(*top["yes_sources"].sum()))


def gap_runs(gap: Mapping[Any, Any], labels: Labels) -> list[Any]:
    """Say one gap: the post, its people, and what sources say against or both ways."""
    heads = say_number(gap["headcount"], gap["symbol"])
    people = "one person" if heads == "1" else f"people: {heads}"
    outright = [union for union in gap["refused"] if union not in gap["implied"]]
    against = [
        said.format(words.listed(labels[union] for union in unions))
        for unions, said in (
            (gap["disputed"], "sources differ on {}"),
            (outright, "sources say no for {}"),
            (gap["implied"], "a no is implied for {}"),
        )
        if unions
    ]
    more = f"; {'; '.join(against)}" if against else ""
    said = f"{labels[gap['post']]} ({people}){more}"
    return runs_of(traced(said, STAFF), cite(*gap["sources"]))


def say_panel(panels: pd.DataFrame, choice: pd.DataFrame, labels: Labels) -> Prose:
    """Say which are the fewest unions that between them are stated to admit everyone.

    Parameters
    ----------
    panels
        What ``smallest_panel`` returns.
    choice
        What ``open_unions`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> choice = open_unions(answers, school.posts)
    >>> say_panel(smallest_panel(choice), choice, data.labels).blocks[0]["type"]
    'paragraph'
    """
    aside = choice.loc[choice["number"] == 0, "post"]
    if panels.empty:
        return Prose([paragraph("No source names a union for any of these posts as a whole.")])
    size, sets = int(panels["number"].iloc[0]), len(panels)
    named = "each post" if aside.empty else "each post for which one is named as a whole"
    if size == 1:
        first = f"One union by itself admits staff in {named}. This is so of:"
    else:
        least = f"{words.sentence(words.count(size, 'union'))} are the fewest that between them"
        first = f"{least} admit staff in {named}. This is so of {words.count(sets, 'set')}:"
    shown = panels["unions"].head(ALL_TIES)
    blocks = [
        paragraph(traced(first, OPEN)),
        bullets([runs_of(words.listed(labels[union] for union in panel)) for panel in shown]),
    ]
    if len(panels) > ALL_TIES:
        rest = len(panels) - ALL_TIES
        blocks.append(paragraph(traced(f"A further {rest:,} sets are as small.", OPEN)))
    if len(aside):
        names = words.listed(words.lower(labels[post]) for post in aside)
        said = f"Left aside, since no union is named for the whole post: {names}."
        blocks.append(paragraph(traced(said, STAFF)))
    blocks.append(
        paragraph(
            "This is arithmetic on who may join, and no advice: staff choose their own union.",
            style="small",
        )
    )
    return Prose(blocks)
