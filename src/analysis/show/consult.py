"""Whom to consult, by which agreement and which rule, in words and tables."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.schema import AGREEMENTS
from analysis.show import words
from analysis.show.blocks import (
    Block,
    Columns,
    Prose,
    Run,
    Runs,
    Table,
    cell,
    cite,
    how_old,
    line,
    old_line,
    paragraph,
    row,
    runs_of,
    text,
)
from analysis.show.choice import fold_roles
from analysis.show.prose import say_day
from analysis.show.traces import rule_keys, traced

Labels = Mapping[str, str]
NOT_LEGAL_ADVICE = (
    "This is not legal advice. Check the law and your own agreements before you act on it."
)
AT_RISK = "parameter: posts_at_risk"
ACADEMY = (
    "An academy or a trust may have agreed otherwise than the national agreements, so look at its "
    "own first."
)
RECOGNISED = "count: posts at risk by the unions recognised for them"
SAYS = {"yes": "recognised", "some": "recognised for part of it", "disputed": "disputed"}


def tabulate_consult(
    consult: pd.DataFrame, groups: Mapping[str, str], labels: Labels
) -> Table | Prose:
    """List the unions to consult, those for the same posts together, with agreement and sources.

    Where there is none, nothing is shown: what follows says what is known.

    Parameters
    ----------
    consult
        What ``whom_to_consult`` returns.
    groups
        Staff group of each post of the school: a group all of whose posts are meant is named.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> groups = school_groups(school.posts)
    >>> tabulate_consult(whom_to_consult(answers), groups, data.labels).caption
    'Unions recognised for these posts'
    """
    if consult.empty:
        return Prose([])
    columns = Columns().add("Unions", 1.7).add("For which posts", 2.6)
    columns.add("Agreement", 1.2).add("Date of the facts", 2.2)
    same = [
        consult[name].map(tuple) if name in ("posts", "agreements", "old") else consult[name]
        for name in ("posts", "agreements", "answer", "qualifier", "dated", "old")
    ]
    rows = []
    for (posts, agreements, answer, limit, dated, old), found in consult.groupby(same, sort=False):
        age = how_old(post in old for post in posts)
        sources = dict.fromkeys(code for codes in found["sources"] for code in codes)
        named = words.listed(AGREEMENTS[code] for code in agreements)
        rows.append(
            row(
                words.listed(labels[union] for union in found["union"]),
                cell(
                    words.sentence(fold_roles(posts, groups, labels)),
                    line(limit, style="basis"),
                ),
                cell(
                    line(words.sentence(named) or "Not stated", cite(*sources)),
                    line("" if answer == "yes" else SAYS[answer], style="basis"),
                ),
                cell(words.sentence(dated), old_line(bool(age), age)),
                of=[f"answer: {union}|recognised" for union in found["union"]],
            )
        )
    return Table("Unions recognised for these posts", columns.made, rows)


def say_consult(
    states: pd.DataFrame,
    rules: pd.DataFrame,
    day: str,
    groups: Mapping[str, str],
    labels: Labels,
) -> Prose:
    """Say for which posts a recognised union is known, and what to do where none is.

    Parameters
    ----------
    states
        What ``recognition_of_posts`` returns.
    rules
        One row per rule that holds on the day, by code.
    day
        The ISO day that is looked from.
    groups
        Staff group of each post of the school.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> states = recognition_of_posts(answers)
    >>> said = say_consult(states, data.rules, data.day, school_groups(school.posts), data.labels)
    >>> said.blocks[0]["type"]
    'paragraph'
    """
    blocks: list[Block] = []
    recognised = int((states["state"] == "recognised").sum())
    if recognised:
        posts = "post" if len(states) == 1 else "posts"
        said = f"For {recognised} of {len(states)} {posts} sources name a recognised union. Where "
        said += "several are recognised, each is consulted, even one with no member affected."
        every = stated_by(rules, "consult_every_union")
        blocks.append(paragraph(traced(said, RECOGNISED), every, f" {ACADEMY}"))
    for state, say in SAY_STATE.items():
        rows = states[states["state"] == state]
        if len(rows):
            named = fold_roles(rows["post"], groups, labels)
            own = cite(*rows["sources"].sum())
            blocks.append(paragraph(*say(named, say_day(day), own, rules)))
    return Prose([*blocks, paragraph(NOT_LEGAL_ADVICE)])


def stated_by(rules: pd.DataFrame, rule: str) -> Run:
    """Return the sources of a rule, if it is one of those that hold."""
    return cite(*(rules.loc[rules.index == rule, "sources"].sum() or ()))


def say_disputed(posts: str, day: str, own: Run, rules: pd.DataFrame) -> Runs:
    """Say that sources differ on who is recognised."""
    return [text(f"Sources differ on who is recognised for: {posts}. Ask the unions named."), own]


def say_unstated(posts: str, day: str, own: Run, rules: pd.DataFrame) -> Runs:
    """Say that no source was read, which is not that nobody is recognised."""
    return [
        traced(
            f"No source for {day} was read that says who is recognised for: {posts}. That does "
            "not mean that nobody is. Look for an agreement of the employer's own.",
            "parameter: as_of",
        )
    ]


def say_nobody(posts: str, day: str, own: Run, rules: pd.DataFrame) -> Runs:
    """Say that elected representatives take the union's place."""
    first = f"Sources say that no union is recognised for: {posts}."
    then = " There the employer consults representatives whom the staff elect or have appointed."
    return [text(first), own, text(then), stated_by(rules, "representatives_last")]


SAY_STATE: dict[str, Callable[[str, str, Run, pd.DataFrame], Runs]] = {
    "disputed": say_disputed,
    "not stated": say_unstated,
    "nobody": say_nobody,
}


def tabulate_rules(rules: pd.DataFrame) -> Table:
    """List the rules on collective redundancy, with date, source and whether each applies.

    Parameters
    ----------
    rules
        What ``consultation_rules`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> tabulate_rules(consultation_rules(data.rules)).caption
    'Rules on collective redundancy that hold on this day'
    """
    columns = Columns().add("Rule", 4).add("What it says", 1.9).add("Its date", 2.7)
    columns.add("Applies?", 1)
    rows = [
        row(
            words.sentence(rule["meaning"]),
            cell(line(f"{rule['value']} {rule['unit']}".strip(), cite(*rule["sources"]))),
            words.sentence(rule["dated"]),
            rule["applies"],
            of=rule_keys(rules, str(code)),
        )
        for code, rule in rules.iterrows()
    ]
    unsure = "Whether a rule applies depends on the number of redundancies proposed."
    note = runs_of(unsure if "depends" in set(rules["applies"]) else "")
    return Table("Rules on collective redundancy that hold on this day", columns.made, rows,
                 note=note)  # fmt: skip


def redundancy_runs(rules: pd.DataFrame, number: int | None) -> Runs:
    """Say in one or two sentences what the rules ask for so many redundancies.

    Parameters
    ----------
    rules
        What ``consultation_rules`` returns.
    number
        How many redundancies are proposed; ``None`` if not known.
    """
    needed = ("redundancy_trigger", "redundancy_period", "redundancy_notice", "redundancy_large",
              "redundancy_notice_large")  # fmt: skip
    if not set(needed) <= set(rules.index):
        return runs_of(
            "No source for this day was read that states when consultation on redundancies is "
            "collective."
        )
    trigger, period, notice, large, early = (rules.loc[rule, "value"] for rule in needed)
    sources, of = cite(*rules.loc["redundancy_notice", "sources"]), rule_keys(rules, *needed)
    if number is None:
        said = (
            f"From {trigger} redundancies proposed at one establishment within {period} days, "
            f"consultation begins at least {notice} days before the first dismissal; from "
            f"{large}, at least {early} days."
        )
        return runs_of(traced(said, *of), sources)
    people = words.sentence(words.count(number, "redundancy", "redundancies"))
    if number < int(trigger):
        verb = "is" if number == 1 else "are"
        said = (
            f"{people} at once {verb} fewer than the {trigger} that make consultation collective "
            "by law; an agreement may ask for more."
        )
        return runs_of(traced(said, AT_RISK, *rule_keys(rules, "redundancy_trigger")), sources)
    days = early if number >= int(large) else notice
    said = (
        f"{people} within {period} days would be consulted on collectively, from at least {days} "
        "days before the first dismissal."
    )
    return runs_of(traced(said, AT_RISK, *of), sources)


def say_recognition(rules: pd.DataFrame) -> Prose:
    """Explain what recognition rests on, and what it brings, by the rules of the day.

    Parameters
    ----------
    rules
        One row per rule that holds on the day, by code.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> say_recognition(data.rules).blocks[0]["type"]
    'paragraph'
    """
    blocks = [
        paragraph(
            "A union is recognised by an agreement with the employer, a national one or its own. "
            "Its own agreements count first, where the report was given them."
        ),
    ]
    time = [run for said in facility_runs(rules) for run in (" ", *said)][1:]
    return Prose([*blocks, paragraph(*time)] if time else blocks)


def facility_runs(rules: pd.DataFrame) -> list[list[Any]]:
    """Say what the rules of the day give representatives, and what employers publish."""
    said: list[list[Any]] = []
    if "paid_time_off" in rules.index:
        time_off = "Representatives of recognised unions get reasonable paid time off for duties."
        said.append([time_off, cite(*rules.loc["paid_time_off", "sources"])])
    if "facility_time_publication" not in rules.index:
        return said
    rule = rules.loc["facility_time_publication"]
    if rule["value"] == "no":
        ended = (
            f"Public employers no longer publish how much time it takes ({rule['dated']}), save "
            "for periods that had ended."
        )
        of = rule_keys(rules, "facility_time_publication")
        return [*said, [traced(ended, *of), cite(*rule["sources"])]]
    size = rules[rules.index == "facility_time_size"]
    least = f" with more than {size['value'].iloc[0]} {size['unit'].iloc[0]}" if len(size) else ""
    sources = cite(*rule["sources"], *(size["sources"].sum() or ()))
    published = f"Public employers{least} publish each year how much time it takes."
    return [*said, [traced(published, *rule_keys(size, *size.index)), sources]]
