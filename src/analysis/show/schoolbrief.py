"""A school's report in brief, and its cover."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.schema import AGREEMENTS, HIDDEN, POST_AT_RISK
from analysis.show import words
from analysis.show.blocks import Prose, Runs, bullets, cite, runs_of
from analysis.show.consult import RECOGNISED, redundancy_runs
from analysis.show.posts import OPEN, STAFF, say_number
from analysis.show.prose import say_cover
from analysis.show.traces import traced

Labels = Mapping[str, str]


def say_school_cover(
    day: str,
    edition: str,
    sources: pd.DataFrame,
    schools: pd.DataFrame,
    counted: tuple[str, str],
    chosen: tuple[list[str] | str, int],
    title: str = "",
    labels: Labels | None = None,
) -> Prose:
    """Say which school a report is about, from which file, and what was chosen.

    Parameters
    ----------
    day, edition, sources, title
        As for ``say_cover``.
    schools
        One row per school that was read, by URN, with ``school``; the first is the one looked at.
    counted
        The file that the counts are from, and the day that they speak of, in words.
    chosen
        The posts at risk as typed, and the number below which counts are hidden.
    labels
        The words for each post typed as a code.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> schools = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> cover = (data.day, data.edition, data.sources, schools.schools)
    >>> say_school_cover(*cover, (schools.file, schools.dated), ([], 0)).role
    'cover'
    """
    file, dated = counted
    at_risk, below = chosen
    name = str(schools["school"].iloc[0])
    among = f", the first of {len(schools):,} schools in the file" if len(schools) > 1 else ""
    typed = [at_risk] if isinstance(at_risk, str) else at_risk
    return say_cover(
        day,
        edition,
        sources,
        title or f"Who can represent whom at {name}?",
        school=f"{name}, URN {schools.index[0]}{among}",
        posts_from=", ".join(filter(None, (file, dated))),
        posts_at_risk=[post_at_risk(text, labels or {}) for text in typed],
        small_counts=f"hidden below {below}" if below else "shown",
    )


def post_at_risk(typed: str, labels: Labels) -> str:
    """Say which post is at risk, and how many of its people.

    >>> post_at_risk("teaching_assistant:3", {"teaching_assistant": "Teaching assistant"})
    'teaching assistant (3)'
    >>> post_at_risk("Cook", {}), post_at_risk("cook = 2", {"cook": "Cook"})
    ('Cook', 'cook (2)')
    """
    match = POST_AT_RISK.fullmatch(typed.strip())
    if match is None:
        return typed
    post, number = match["post"], match["number"]
    name = words.lower(labels[post]) if post in labels else post
    return f"{name} ({number})" if number else name


def say_school_in_brief(
    posts: pd.DataFrame,
    totals: pd.DataFrame,
    choice: tuple[pd.DataFrame, pd.DataFrame],
    panels: pd.DataFrame,
    consult: tuple[pd.DataFrame, pd.DataFrame],
    rules: tuple[pd.DataFrame, int | None],
    labels: Labels,
) -> Prose:
    """Say in five or six sentences what a school's report found.

    Parameters
    ----------
    posts, totals
        What ``hide_small_counts`` returns.
    choice
        What ``open_unions`` and ``gaps`` return.
    panels
        What ``smallest_panel`` returns.
    consult
        What ``whom_to_consult`` and ``recognition_of_posts`` return.
    rules
        What ``consultation_rules`` returns, and how many redundancies are proposed.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> choice = open_unions(answers, school.posts)
    >>> labels = data.labels | school.labels
    >>> panels, totals = smallest_panel(choice), staff_totals(school.posts)
    >>> consult = (whom_to_consult(answers), recognition_of_posts(answers))
    >>> rules = (consultation_rules(data.rules), None)
    >>> found = ((choice, gaps(choice)), panels, consult, rules, labels)
    >>> say_school_in_brief(school.posts, totals, *found).role
    'brief'
    """
    points = [
        heads_sentence(posts, totals),
        choice_runs(*choice, labels),
        panel_sentence(panels, choice[0], labels),
        consult_sentence(*consult, labels),
        redundancy_runs(*rules),
        runs_of("This is not legal advice, and it advises nobody which union to join."),
    ]
    return Prose([bullets(points)], role="brief")


def heads_sentence(posts: pd.DataFrame, totals: pd.DataFrame) -> Runs:
    """Say how many posts and people the school has."""
    total = totals["headcount"].iloc[-1]
    kinds = words.count(int((posts["headcount"] != 0).fillna(value=True).sum()), "kind of post",
                        "kinds of post")  # fmt: skip
    if not pd.isna(total):
        return runs_of(traced(f"The school counts {say_number(total)} people in {kinds}.", STAFF))
    symbols = set(posts["symbol"]) - {""}
    blank = bool((posts["headcount"].isna() & (posts["symbol"] == "")).any())
    why = words.listed(
        [*(["small counts are hidden"] if HIDDEN in symbols else []),
         *(["some are not published"] if symbols - {HIDDEN} else []),
         *(["some are blank in the file"] if blank else [])]
    )  # fmt: skip
    said = f"The school counts staff in {kinds}; their sum is not shown, since {why}."
    return runs_of(traced(said, STAFF))


def choice_runs(choice: pd.DataFrame, missing: pd.DataFrame, labels: Labels) -> Runs:
    """Say for how many posts sources name unions to join."""
    two = int((choice["number"] >= 2).sum())
    said = f"For {two} of {len(choice)} posts, sources name two or more unions to join."
    partly = int(((choice["number"] == 0) & (choice["some"].map(len) > 0)).sum())
    if partly:
        said += f" For {partly} more, unions admit a part of the post."
    names = words.listed(words.lower(labels[post]) for post in missing["post"])
    said += f" For {names} they name none, which is not a no." if names else " There is no gap."
    return runs_of(traced(said, OPEN))


def panel_sentence(panels: pd.DataFrame, choice: pd.DataFrame, labels: Labels) -> Runs:
    """Say how few unions between them admit everyone."""
    if panels.empty:
        return runs_of("No source names a union for any of these posts as a whole.")
    size, aside = int(panels["number"].iloc[0]), int((choice["number"] == 0).sum())
    left = f"; {words.count(aside, 'post')} {'is' if aside == 1 else 'are'} left aside"
    every = f"every post that one is named for as a whole{left}" if aside else "every post"
    if size == 1:
        names = words.listed(labels[panel[0]] for panel in panels["unions"])
        either = f"Any one of {names}" if len(panels) > 1 else names
        said = f"{either} can by itself admit staff in {every}."
        return runs_of(traced(said, OPEN))
    sets = words.count(len(panels), "set")
    verb = "does" if len(panels) == 1 else "do"
    least = f"Between them, {words.count(size, 'union')} can admit staff in {every}."
    return runs_of(traced(f"{least} {words.sentence(sets)} of unions {verb} so.", OPEN))


def consult_sentence(consult: pd.DataFrame, states: pd.DataFrame, labels: Labels) -> Runs:
    """Name the unions that sources call recognised, by agreement, and for how many posts."""
    sure = consult[consult["answer"] != "disputed"]
    if sure.empty:
        return unrecognised(states)
    runs: list[Any] = ["Recognised are "]
    same = [sure["agreements"].map(tuple), sure["qualifier"], sure["posts"].map(len)]
    for (agreements, limit, posts), found in sure.groupby(same, sort=False):
        names = words.listed(labels[union] for union in found["union"])
        by = words.listed(AGREEMENTS[code] for code in agreements)
        said = f"{names} for {words.count(posts, 'post')} ({', '.join(filter(None, (by, limit)))})"
        sources = dict.fromkeys(code for codes in found["sources"] for code in codes[:1])
        runs += ["; " if len(runs) > 1 else "", traced(said, RECOGNISED), cite(*sources)]
    unsaid = int((states["state"] == "not stated").sum())
    more = f" For {words.count(unsaid, 'post')} no source says who is." if unsaid else ""
    return runs_of(*runs, traced(f".{more}", RECOGNISED))


def unrecognised(states: pd.DataFrame) -> Runs:
    """Say why no union is named as recognised."""
    said = set(states["state"])
    sources = cite(*dict.fromkeys(states["sources"].sum() or ()))
    if said == {"nobody"}:
        return runs_of("Sources say that no union is recognised for these posts.", sources)
    if "disputed" in said:
        return runs_of("Sources differ on who is recognised for some of these posts.", sources)
    none = "No source for this day was read that names a union recognised for these posts."
    return runs_of(f"{none} That does not mean that none is.")
