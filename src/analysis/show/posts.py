"""A school's posts: heads in them, who may join what, gaps, overlaps and panels."""

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
    paragraph,
    row,
    runs_of,
)

Labels = Mapping[str, str]
NOT_KNOWN = "not known"
ALL_TIES = 12


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
    """
    columns = Columns().add("Post", 2.4).add("Staff group", 2.2)
    columns.add("People", 1, "right").add("Full-time equivalent", 1, "right")
    rows = [
        row(
            post["label"],
            labels.get(post["role_group"], "Several"),
            say_number(post["headcount"], post["symbol"]),
            say_number(post["fte"], post["symbol"]) if has_fte(posts, post) else "not given",
        )
        for post in posts.to_dict("records")
    ]
    several = posts["role_group"].value_counts()
    for total in totals.to_dict("records"):
        group = total["role_group"]
        if not group or several[group] > 1:
            name = f"All: {words.lower(labels[group])}" if group else "All posts"
            rows.append(row(name, labels.get(group, "All"), say_number(total["headcount"]), ""))
    return Table("Our posts, in the order of the staff groups", columns.made, rows,
                 note=runs_of(counts_note(posts)))  # fmt: skip


def has_fte(posts: pd.DataFrame, post: Mapping[Any, Any]) -> bool:
    """Say whether a post has full-time equivalents, or its file could have given them."""
    return not pd.isna(post["fte"]) or bool(post["symbol"] and posts["fte"].notna().any())


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
    """Count staff by the number of unions open to them.

    Parameters
    ----------
    heads
        What ``heads_by_choice`` returns.
    """
    columns = Columns().add("Unions stated to admit the whole post", 2)
    columns.add("Posts", 1, "right").add("People", 1.6, "right")
    rows = [
        row(
            words.sentence(words.count(number["number"], "union")),
            str(number["posts"]),
            with_unknown(number["headcount"], number["unknown"], number["posts"]),
        )
        for number in heads.to_dict("records")
    ]
    return Table("Our staff by the number of unions open to them", columns.made, rows)


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


def say_gaps(missing: pd.DataFrame, shared: pd.DataFrame, labels: Labels) -> Prose:
    """Name the posts that no union is stated to admit, and those that most unions are.

    Parameters
    ----------
    missing
        What ``gaps`` returns.
    shared
        What ``overlaps`` returns.
    """
    blocks: list[Block] = []
    if missing.empty:
        blocks.append(paragraph("There is no gap: for each post, sources name a union that admits "
                                "its staff, or some of them."))  # fmt: skip
    else:
        posts = words.count(len(missing), "post")
        blocks.append(paragraph(f"For {posts} no source names a union that staff may join. "
                                "That is not a no: no source that was read speaks of it, "
                                "unless it says so here."))  # fmt: skip
        blocks.append(bullets([gap_runs(gap, labels) for gap in missing.to_dict("records")]))
    if len(shared):
        blocks.append(shared_paragraph(shared, labels))
    return Prose(blocks)


def shared_paragraph(shared: pd.DataFrame, labels: Labels) -> Block:
    """Say how many posts two unions or more are open to, and which have the widest choice."""
    top = shared[shared["number"] == shared["number"].max()]
    names = words.listed(words.lower(labels[post]) for post in top["post"])
    posts, most = words.count(len(shared), "post"), words.count(top["number"].iloc[0], "union")
    return paragraph(
        f"{words.sentence(posts)} {'is' if len(shared) == 1 else 'are'} open to two unions or "
        f"more. The widest choice, of {most}, is for {names}.",
        cite(*top["sources"].iloc[0]),
    )


def gap_runs(gap: Mapping[Any, Any], labels: Labels) -> list[Any]:
    """Say one gap: the post, its people, and what sources say against or both ways."""
    heads = say_number(gap["headcount"], gap["symbol"])
    people = "one person" if heads == "1" else f"people: {heads}"
    against = [
        f"{said} {words.listed(labels[union] for union in gap[key])}"
        for key, said in (("disputed", "sources differ on"), ("refused", "not open are"))
        if gap[key]
    ]
    more = f"; {'; '.join(against)}" if against else ""
    return runs_of(f"{labels[gap['post']]} ({people}){more}", cite(*gap["sources"]))


def say_panel(panels: pd.DataFrame, choice: pd.DataFrame, labels: Labels) -> Prose:
    """Say which are the fewest unions that between them are stated to admit everyone.

    Parameters
    ----------
    panels
        What ``smallest_panel`` returns.
    choice
        What ``open_unions`` returns.
    """
    aside = choice.loc[choice["number"] == 0, "post"]
    if panels.empty:
        return Prose([paragraph("No source names a union for any of these posts as a whole.")])
    size = int(panels["number"].iloc[0])
    named = "each post" if aside.empty else "each post for which sources name one"
    first = (
        f"{words.sentence(words.count(size, 'union'))} {'is' if size == 1 else 'are'} the fewest "
        f"that between them admit staff in {named}. This is so of "
        f"{words.count(len(panels), 'set')} of unions, in alphabetical order:"
    )
    shown = panels["unions"].head(ALL_TIES)
    blocks = [
        paragraph(first),
        bullets([runs_of(words.listed(labels[union] for union in panel)) for panel in shown]),
    ]
    if len(panels) > ALL_TIES:
        rest = len(panels) - ALL_TIES
        blocks.append(paragraph(f"A further {rest:,} sets are as small."))
    if len(aside):
        names = words.listed(words.lower(labels[post]) for post in aside)
        blocks.append(
            paragraph(f"Left aside, since no union is named for the whole post: {names}.")
        )
    blocks.append(
        paragraph(
            "This is arithmetic on who may join. It is no advice: staff choose their own union, "
            "and whom the employer consults is told below.",
            style="small",
        )
    )
    return Prose(blocks)
