"""The cover and the summary of what changed."""

from typing import Any

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import Prose, Runs, bullets, cite, runs_of
from analysis.show.changes import Labels, both, difference, figure, told
from analysis.show.prose import say_cover, say_day
from analysis.show.traces import side_keys, traced

ANSWERS = (*schema.LEVELS, "benefit")


def say_changes_cover(
    before: Any, after: Any, sources: pd.DataFrame, labels: Labels, title: str = "",
    unions: list[str] | None = None,
) -> Prose:  # fmt: skip
    """Say which two days are set against each other, and what they are seen through.

    Parameters
    ----------
    before, after
        What was so on each: its ``day``, its ``edition`` and ``only``, the sources that it is
        seen through.
    sources
        One row per source of either, by code.
    title
        The report's title; the notebook's own heading if empty.
    unions
        Codes of the unions that the reader chose.

    Examples
    --------
    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> say_changes_cover(two.before, two.after, two.sources, two.labels).role
    'cover'
    """
    edition = "" if before.edition == after.edition else f", in data edition {before.edition}"
    through = [
        f"{sources.loc[code, 'publisher']} ({sources.loc[code, 'published_words'] or 'undated'})"
        for code in dict.fromkeys([*before.only, *after.only])
    ]
    return say_cover(
        after.day, after.edition, sources, title,
        compared_with=[say_day(before.day) + edition],
        unions=[labels[union] for union in unions or []],
        seen_through=through,
    )  # fmt: skip


def say_changes_in_brief(changes: pd.DataFrame, stale: pd.DataFrame, labels: Labels) -> Prose:
    """Say in a few sentences what changed.

    Parameters
    ----------
    changes
        What ``changes_between`` returns.
    stale
        What ``stale_facts`` returns of what was fresh before.

    Examples
    --------
    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> changes = changes_between(two.before, two.after)
    >>> stale = stale_since(two.before, two.after)
    >>> say_changes_in_brief(changes, stale, two.labels).role
    'brief'
    """
    points = [
        union_sentence(told(changes, "union"), labels),
        figure_sentence(told(changes, "members"), labels),
        answer_sentence(told(changes, *ANSWERS), told(changes, "fee")),
        claim_sentence(told(changes, "claim")),
        *undated_sentences(changes),
        stale_sentence(stale),
    ]
    return Prose([bullets(points)], role="brief")


def union_sentence(rows: pd.DataFrame, labels: Labels) -> Runs:
    """Say which unions came, went or merged."""
    if rows.empty:
        return runs_of("No union came, went or merged.")
    parts = []
    for kind, said in (("merged", "{} merged into {} ({})"), ("renamed", "{} became {} ({})")):
        ended = rows[(rows["kind"] == kind) & (rows["after"] == "")]
        for into, those in ended.groupby("other", sort=False):
            who = words.listed(labels[union] for union in those["union"])
            when = words.listed(dict.fromkeys(those["dated_after"]))
            parts.append(said.format(who, labels[str(into)], when or "day not stated"))
    came, went = rows["before"] == "", rows["kind"] == "gone"
    for those, said in ((went, "no longer listed"), (came, "newly listed"),
                        (rows["kind"] == "changed", "of another standing")):  # fmt: skip
        names = [labels[union] for union in rows.loc[those, "union"]]
        parts += [f"{words.listed(names)} {are(len(names))} {said}"] if names else []
    sources = [both(change)[0] for _, change in rows.iterrows() if both(change)]
    of = [f"date: {union}" for union in rows["union"]]
    return runs_of(traced(f"{'; '.join(parts)}.", *of), cite(*sources))


def are(number: int) -> str:
    """Return the verb for so many."""
    return "is" if number == 1 else "are"


def figure_sentence(rows: pd.DataFrame, labels: Labels) -> Runs:
    """Say how many membership figures rose or fell, and one in full if there is but one."""
    if rows.empty:
        return runs_of("No membership figure changed.")
    moved = rows[rows["kind"].isin(["up", "down"])]
    if len(moved) == len(rows) == 1:
        change = rows.iloc[0]
        said = f"One membership figure changed: {labels[change['union']]}, {change['kind']} from "
        return runs_of(
            traced(said + figure(change, "before"), *side_keys(change, "before")),
            cite(*change["sources_before"]),
            traced(f" to {figure(change, 'after')}", *side_keys(change, "after")),
            cite(*change["sources_after"]),
            traced(
                f", by {difference(change)} ({schema.BASES[change['basis']]}).",
                *("difference", *side_keys(change, "before", "after")),
            ),
        )
    return counted(f"Of the membership figures, {kinds_said(rows)}.")


def counted(said: str) -> Runs:
    """Return a sentence whose numbers count changes."""
    return runs_of(traced(said, "count: changes, by what they are about and their kind"))


def kinds_said(rows: pd.DataFrame) -> str:
    """Count figures or fees by what became of them."""
    said = (
        (("up",), "up"),
        (("down",), "down"),
        (("added",), "newly stated"),
        (("gone",), "no longer stated"),
        (("more precise", "less precise", "restated", "changed"), "told otherwise"),
    )
    numbers = [(int(rows["kind"].isin(kinds).sum()), what) for kinds, what in said]
    return words.listed(
        f"{words.count(number, are(number), are(number))} {what}"
        for number, what in numbers
        if number
    )


def answer_sentence(answers: pd.DataFrame, fees: pd.DataFrame) -> Runs:
    """Say how many answers on posts and benefits changed, and how many fees."""
    parts = []
    for kinds, said in ((("added",), "newly stated"), (("gone",), "no longer stated"),
                        (("changed", "limit"), "stated otherwise")):  # fmt: skip
        number = int(answers["kind"].isin(kinds).sum())
        if number:
            parts.append(f"{words.count(number, 'answer')} {are(number)} {said}")
    first = words.listed(parts) or "no answer changed"
    second = f"Of the fees, {kinds_said(fees)}." if len(fees) else "No fee changed."
    return counted(f"On posts and benefits, {first}. {second}")


def claim_sentence(rows: pd.DataFrame) -> Runs:
    """Say how many claims are new, gone or carried over."""
    parts = []
    for kind, said in (("carried over", "carried over"), ("added", "new"), ("gone", "gone"),
                       ("changed", "made in other words")):  # fmt: skip
        number = int((rows["kind"] == kind).sum())
        if number:
            parts.append(f"{words.count(number, 'claim')} {are(number)} {said}")
    return counted(f"{words.sentence(words.listed(parts)) or 'No claim changed'}.")


def undated_sentences(changes: pd.DataFrame) -> list[Runs]:
    """Say how much was read for the first time on undated pages, if anything was."""
    number = int((changes["undated"] & ~changes["with_union"]).sum())
    if not number:
        return []
    statement = words.count(number, "statement")
    stand = "stands" if number == 1 else "stand"
    first = f"{words.sentence(statement)} {stand} on undated pages that were first read since."
    return [counted(f"{first} They may be older, and are counted apart.")]


def stale_sentence(stale: pd.DataFrame) -> Runs:
    """Say how many facts became old."""
    number = words.sentence(words.count(len(stale), "fact"))
    said = f"{number} passed {'its' if len(stale) == 1 else 'their'} age limit."
    return runs_of(traced(said, "count: facts that passed their age limit between the two days"))
