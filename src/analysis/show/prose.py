"""Answers in, sentences out; every number comes from a frame."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import (
    OLD_FIGURE,
    Prose,
    Runs,
    bullets,
    cite,
    facts,
    how_old,
    paragraph,
    runs_of,
)
from analysis.show.traces import member_key, traced

Labels = Mapping[str, str]
NO_FIGURE = "No source states how many members these unions have."
NO_ADVICE = "This report compares unions. It does not advise anyone which union to join."
MISTAKES = (
    "Found a mistake? Tell whoever sent you this report, and give the section and the number of "
    "the source. They can correct the facts and send it again."
)

# What the numbers of the cover and of the summary come from.
LAST_READ = "newest: the days on which sources were read"
EDITION = "checksum: the data's files, and the version of the program"
ADMITTED = "count: posts by how many unions are stated to admit them"


def say_cover(
    day: str,
    edition: str,
    sources: pd.DataFrame,
    title: str = "",
    prepared_for: str = "",
    **parameters: Any,
) -> Prose:
    """Say what a report is, from which day it looks, and whom to tell of a mistake.

    Parameters
    ----------
    day
        ISO day that the report looks from.
    edition
        The data's edition.
    sources
        One row per source, with ``accessed``, ``accessed_words`` and, if known, ``lent``.
    title, prepared_for
        The report's title (the notebook's own heading if empty) and its readers.
    parameters
        What else the reader chose, each shown under its name.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> say_cover(data.day, data.edition, data.sources, "Our unions").title
    'Our unions'
    """
    chosen = [
        (
            words.sentence(name.replace("_", " ")),
            runs_of(traced(words.listed(value) or "all", f"parameter: {name}")),
        )
        for name, value in ((key, in_words(key, value)) for key, value in parameters.items())
    ]
    # When the project's rules were read says nothing about facts of one's own.
    own = sources[~sources["lent"]] if "lent" in sources else sources
    checked = own.loc[own["accessed"].idxmax(), "accessed_words"]
    items = [
        *([("Prepared for", runs_of(prepared_for))] if prepared_for else []),
        ("Facts as at", runs_of(traced(say_day(day), "parameter: as_of"))),
        *chosen,
        ("Facts last checked", runs_of(traced(str(checked), LAST_READ))),
        (
            "Data edition",
            runs_of(traced(f"{edition} (program version {version('unions')})", EDITION)),
        ),
    ]
    blocks = [facts(items), paragraph(NO_ADVICE), paragraph(MISTAKES, style="small")]
    return Prose(blocks, role="cover", title=title or None, kicker="School staff unions")


def say_day(day: str) -> str:
    """Say an ISO day as a reader would.

    >>> say_day("2026-09-01")
    '1 September 2026'
    """
    stamp = pd.Timestamp(day)
    return f"{stamp.day} {stamp:%B %Y}"


def in_words(name: str, value: Any) -> list[str]:
    """Return a parameter's values as a reader would say them, whether one or several.

    >>> in_words("level", "admits"), in_words("unions", ["NAHT", "NEU"]), in_words("union", "")
    (['may join'], ['NAHT', 'NEU'], [])
    """
    values = [value] if isinstance(value, str) else [str(one) for one in value]
    return [schema.LEVELS.get(one, one) if name == "level" else one for one in values if one]


def say_in_brief(
    matrix: pd.DataFrame,
    latest: pd.DataFrame,
    widest: pd.DataFrame,
    refused: pd.DataFrame,
    claims: pd.DataFrame,
    labels: Labels,
) -> Prose:
    """Say in five or six sentences what the report found.

    Parameters
    ----------
    matrix
        What ``coverage_matrix`` returns for who may join.
    latest, widest
        What ``latest_members`` and ``widest_by_basis`` return.
    refused
        What ``admitted_not_recognised`` returns.
    claims
        What ``check_claims`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = coverage_matrix(data.coverage, "admits", ["naht", "neu"])
    >>> latest = latest_members(data.members, ["naht", "neu"])
    >>> refused = admitted_not_recognised(data.coverage, ["naht", "neu"])
    >>> claims = check_claims(data.claims, data.member_history, data.facts, ["naht", "neu"])
    >>> widest = widest_by_basis(latest)
    >>> say_in_brief(matrix, latest, widest, refused, claims, data.labels).role
    'brief'
    """
    points = [
        choice_sentence(matrix),
        *([narrow_sentence(matrix, labels)] if len(matrix.index) > 1 else []),
        *refused_sentences(refused, labels),
        *basis_sentences(widest, labels),
        *claim_sentences(claims),
        age_sentence(latest),
    ]
    return Prose([bullets(points)], role="brief")


def choice_sentence(matrix: pd.DataFrame) -> Runs:
    """Say how many unions are compared, and for how many posts there is a choice."""
    yes = (matrix == "yes").sum()
    posts, unions = len(matrix.columns), words.count(len(matrix.index), "union")
    if len(matrix.index) == 1:
        said = f"Sources say that it admits {int((yes >= 1).sum())} of {posts} posts."
        return runs_of(traced(f"One union is looked at. {said}", ADMITTED))
    choice = f"For {int((yes >= 2).sum())} of {posts} posts, sources name two or more to join."
    return runs_of(traced(f"{words.sentence(unions)} are compared. {choice}", ADMITTED))


def narrow_sentence(matrix: pd.DataFrame, labels: Labels) -> Runs:
    """Say for how many posts one union, or none, is named."""
    yes = (matrix == "yes").sum()
    one, none = int((yes == 1).sum()), [labels[role] for role in yes.index[yes == 0]]
    which = f" ({words.listed(map(words.lower, none))})" if 0 < len(none) <= 3 else ""
    if len(matrix) == 1:
        posts = f"{words.count(len(none), 'post')}{which}"
        silent = f"For {posts} no source names it, which is not a no."
        return runs_of(traced(silent if none else "Sources name it for every post.", ADMITTED))
    parts = [
        *([f"one for {words.count(one, 'post')}"] if one else []),
        *([f"none for {words.count(len(none), 'post')}{which}"] if none else []),
    ]
    named = words.listed(parts) or "two or more for every post"
    return runs_of(traced(f"Of these unions, sources name {named}.", ADMITTED))


def refused_sentences(refused: pd.DataFrame, labels: Labels) -> list[Runs]:
    """Say which unions admit staff for whom they may not bargain."""
    if refused.empty:
        return []
    counts = refused["union"].value_counts(sort=False)
    said = words.listed(
        f"{labels[union]} is not recognised for {words.count(number, 'post')} that it admits"
        for union, number in counts.items()
    )
    sources = refused.drop_duplicates("union")["sources"].sum()
    of = "count: posts that a union admits and for which it is not recognised"
    return [runs_of(traced(f"To join is not to be bargained for: {said}.", of), cite(*sources))]


def basis_sentences(widest: pd.DataFrame, labels: Labels) -> list[Runs]:
    """Show by one union's figures how much it matters who is counted."""
    if widest.empty:
        return []
    low, high = widest.iloc[0], widest.iloc[1]
    years = [in_year(one) for one in (low, high)]
    return [
        runs_of(
            traced(
                f"It matters who is counted: {labels[low['union']]} had {words.figure(low)} "
                f"paying members in {years[0]}",
                member_key(low),
            ),
            cite(low["source"]),
            traced(f" and {words.figure(high)} of every kind in {years[1]}.", member_key(high)),
            cite(high["source"]),
        )
    ]


def in_year(row: pd.Series) -> str:
    """Say the year that a figure speaks of, and in brackets that it is old."""
    age = how_old([row["old"]], OLD_FIGURE)
    return f"{row['as_of'][:4]} ({age})" if age else str(row["as_of"][:4])


def claim_sentences(claims: pd.DataFrame) -> list[Runs]:
    """Say how many unions are claimed to be the largest of some kind, and what figures say."""
    largest = claims[claims["term"].str.startswith("largest:")]
    if largest.empty:
        return []
    number = largest["union"].nunique()
    whom = "one union" if number == 1 else f"one of {words.count(number, 'union')}"
    sources = words.count(largest["source"].nunique(), "source")
    calls = f"{sources} {'calls' if sources.startswith('one ') else 'call'}"
    tested = (largest["verdict"] == verdict for verdict in schema.VERDICTS)
    holds, against, untested = (int(rows.sum()) for rows in tested)
    return [
        runs_of(
            traced(
                f"{words.sentence(calls)} {whom} the largest, each in its own sense. Figures bear "
                f"out {holds} of these {len(largest)} claims, go against {against}, and cannot "
                f"test {untested}.",
                "count: claims to be the largest, by what members figures make of them",
            )
        )
    ]


def age_sentence(latest: pd.DataFrame) -> Runs:
    """Say how many membership figures are past their age limit."""
    old, total = int(latest["old"].sum()), len(latest)
    years = words.count(schema.AGE_LIMITS["members"].years, "year")
    if not total:
        return runs_of(NO_FIGURE)
    if total == 1:
        said = f"The one membership figure is {'' if old else 'not '}more than {years} old"
    else:
        which = f"{old} of {total}" if old else f"None of {total}"
        said = f"{which} membership figures {'are' if old > 1 else 'is'} more than {years} old"
    said += ", and marked." if old else "."
    return runs_of(traced(said, "count: newest membership figures by their dates"))


def say_missing(missing: pd.DataFrame) -> Prose:
    """Say how much of what the report asks no source states.

    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = coverage_matrix(data.coverage, "admits", ["naht", "neu"])
    >>> latest = latest_members(data.members, ["naht", "neu"])
    >>> missing = what_is_missing(matrix, data.coverage, latest, data.benefits)
    >>> say_missing(missing).blocks[0]["type"]
    'paragraph'
    """
    unstated, asked = int(missing["not_stated"].sum()), int(missing["roles"].sum())
    undated, old = int(missing["undated"].sum()), int(missing["old_figures"].sum())
    first = (
        f"For {unstated:,} of {asked:,} answers on who may join, no source we read says anything."
    )
    if undated:
        first += f" A further {undated:,} {'rests' if undated == 1 else 'rest'} on undated pages."
    figures, verb = int(missing["figures"].sum()), "is" if old == 1 else "are"
    second = f"{old} of {figures} membership figures {verb} past the age that makes a figure old."
    answers, dates = "count: answers on who may join", "count: newest membership figures by date"
    return Prose([paragraph(traced(first, answers)), paragraph(traced(second, dates))])
