"""Answers in, sentences out; every number comes from a frame."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import (
    Block,
    Prose,
    Runs,
    bullets,
    cite,
    facts,
    heading,
    link,
    paragraph,
    runs_of,
)
from analysis.show.tables import OLD, admitted, newest_sources

Labels = Mapping[str, str]
UNSTATED = "not stated"
NO_ADVICE = "This report compares unions. It does not advise anyone which union to join."
MISTAKES = (
    "Found a mistake? Tell whoever sent you this report, and give the section and the number of "
    "the source. They can correct the facts and send it again."
)


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
        One row per source, with ``accessed`` and ``accessed_words``.
    title, prepared_for
        The report's title (the notebook's own heading if empty) and its readers.
    parameters
        What else the reader chose, each shown under its name.
    """
    chosen = [
        (words.sentence(name.replace("_", " ")), runs_of(words.listed(value) or "all"))
        for name, value in ((key, as_list(value)) for key, value in parameters.items())
    ]
    checked = sources.loc[sources["accessed"].idxmax(), "accessed_words"]
    items = [
        *([("Prepared for", runs_of(prepared_for))] if prepared_for else []),
        ("Facts as at", runs_of(say_day(day))),
        *chosen,
        ("Facts last checked", runs_of(str(checked))),
        ("Data edition", runs_of(f"{edition}, made with version {version('unions')}")),
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


def as_list(value: Any) -> list[str]:
    """Return the words of a parameter, whether one or several."""
    if isinstance(value, str):
        return [value] if value else []
    return [str(one) for one in value]


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
        What ``claims_beside_figures`` returns.
    """
    points = [
        choice_sentence(matrix),
        narrow_sentence(matrix, labels),
        *refused_sentences(refused, labels),
        *basis_sentences(widest, labels),
        *claim_sentences(claims, labels),
        age_sentence(latest),
    ]
    return Prose([bullets(points)], role="brief")


def choice_sentence(matrix: pd.DataFrame) -> Runs:
    """Say how many unions are compared, and for how many posts there is a choice."""
    yes = (matrix == "yes").sum()
    posts, unions = len(matrix.columns), words.count(len(matrix.index), "union")
    if len(matrix.index) == 1:
        said = f"It is stated to admit {int((yes >= 1).sum())} of {posts} posts."
        return runs_of(f"One union is looked at. {said}")
    choice = f"{int((yes >= 2).sum())} are stated to have a choice of two or more."
    return runs_of(f"{words.sentence(unions)} are compared. Of {posts} posts in schools, {choice}")


def narrow_sentence(matrix: pd.DataFrame, labels: Labels) -> Runs:
    """Say for which posts one union, or none, is stated."""
    yes = (matrix == "yes").sum()
    one, none = int((yes == 1).sum()), [labels[role] for role in yes.index[yes == 0]]
    first = f"{words.sentence(words.count(one, 'post'))} {'has' if one == 1 else 'have'} one union"
    if not none:
        return runs_of(f"{first}, and every post has at least one.")
    which = words.listed(words.lower(name) for name in none) if len(none) <= 3 else ""
    rest = f"{words.count(len(none), 'post')} {'has' if len(none) == 1 else 'have'} none stated"
    return runs_of(f"{first}, and {rest}{f': {which}' if which else ''}.")


def refused_sentences(refused: pd.DataFrame, labels: Labels) -> list[Runs]:
    """Say which unions admit staff for whom they may not bargain."""
    made = []
    for union, rows in refused.groupby("union", sort=False):
        posts = words.count(len(rows), "post")
        made.append(
            runs_of(
                f"{labels[str(union)]} admits staff in {posts} for which a source says that it is "
                "not recognised to bargain.",
                cite(*newest_sources(rows)),
            )
        )
    return made[:1]


def basis_sentences(widest: pd.DataFrame, labels: Labels) -> list[Runs]:
    """Show by one union's figures how much it matters who is counted."""
    if widest.empty:
        return []
    low, high = widest.iloc[0], widest.iloc[1]
    return [
        runs_of(
            f"It matters who is counted: {labels[low['union']]} had {words.figure(low)} paying "
            f"members in {low['as_of'][:4]}",
            cite(low["source"]),
            f" and {words.figure(high)} of every kind in {high['as_of'][:4]}.",
            cite(high["source"]),
        )
    ]


def claim_sentences(claims: pd.DataFrame, labels: Labels) -> list[Runs]:
    """Say how many unions are claimed to be the largest of some kind, and by how many sources."""
    largest = claims[claims["term"].str.startswith("largest:")]
    if largest.empty:
        return []
    unions = list(dict.fromkeys(largest["union"]))
    who = f"{words.count(len(unions), 'union')} {'is' if len(unions) == 1 else 'are each'}"
    said = words.count(len({source for made in largest["sources"] for source in made}), "source")
    return [
        runs_of(
            f"{words.sentence(who)} called the largest of some kind, by {said}. "
            "The claims stand beside the figures below."
        )
    ]


def age_sentence(latest: pd.DataFrame) -> Runs:
    """Say how many membership figures are past their age limit."""
    old, total = int(latest["old"].sum()), len(latest)
    years = words.count(schema.AGE_LIMITS["members"].years, "year")
    return runs_of(
        f"{words.sentence(words.count(old, 'membership figure'))} of {total} "
        f"{'is' if old == 1 else 'are'} more than {years} old, and marked."
    )


def say_profiles(
    chosen: list[str],
    unions: pd.DataFrame,
    coverage: pd.DataFrame,
    headlines: pd.DataFrame,
    traits: pd.DataFrame,
    fees: pd.DataFrame,
    contacts: pd.DataFrame,
    labels: Labels,
) -> Prose:
    """Say of each union in a few lines what a school needs to know.

    Parameters
    ----------
    chosen
        Codes of the unions, in the order they should be read.
    unions, coverage, traits, fees, contacts, labels
        As in the data of a day.
    headlines
        What ``headline_members`` returns.
    """
    blocks: list[Block] = []
    for code in chosen:
        union = unions.loc[code]
        own = [table[table["union"] == code] for table in (headlines, traits, fees, contacts)]
        sections = unions[unions["parent"] == code]["short_name"]
        items = [
            ("Full name", runs_of(union["official_name"])),
            ("Who may join", runs_of(words.open_to(admitted(coverage, code), labels))),
            ("Members", figure_runs(own[0])),
            ("Phases and settings", trait_runs(own[1], "phase", schema.PHASES)),
            ("TUC", words.stated(one_trait(own[1], "affiliated", "tuc").assign(qualifier=""))),
            ("Political fund", words.stated(one_trait(own[1], "political_fund"))),
            ("Party affiliation", words.stated(one_trait(own[1], "party_affiliated"))),
            ("Fees", fee_runs(own[2])),
            ("Website", site_runs(own[3])),
            ("Telephone", phone_runs(own[3])),
        ]
        blocks += [heading(union["short_name"]), facts(stated_first(items))]
        if len(sections):
            blocks.append(paragraph(f"It has a section: {words.listed(sections)}.", style="small"))
    return Prose(blocks)


def stated_first(items: list[tuple[str, Runs]]) -> list[tuple[str, Runs]]:
    """Return what is stated of a union, and in one line what is not."""
    unstated = [term for term, runs in items if runs == runs_of(UNSTATED)]
    stated = [(term, runs) for term, runs in items if term not in unstated]
    names = words.sentence(words.listed(words.lower(term) for term in unstated))
    return stated + ([("Not stated", runs_of(names))] if unstated else [])


def figure_runs(rows: pd.DataFrame) -> Runs:
    """Say a union's newest figures, each with its basis, date and source."""
    runs: list[Any] = []
    for _, row in rows.iterrows():
        age = f", {OLD}" if row["old"] else ""
        stop = "; " if runs else ""
        runs += [f"{stop}{words.figure(row)} ({words.basis(row)}{age})", cite(row["source"])]
    return runs_of(*runs) if runs else runs_of(UNSTATED)


def trait_runs(rows: pd.DataFrame, fact: str, names: Mapping[str, str]) -> Runs:
    """Say what a union covers, in the stated order of the words."""
    found = rows[(rows["fact"] == fact) & (rows["answer"] == "yes")]
    said = [name for code, name in names.items() if code in set(found["item"])]
    if not said:
        return runs_of(UNSTATED)
    return runs_of(words.sentence(words.listed(said)), cite(*newest_sources(found)))


def one_trait(rows: pd.DataFrame, fact: str, item: str = "") -> pd.DataFrame:
    """Return the answer of one fact and item, or no row."""
    return rows[(rows["fact"] == fact) & (rows["item"] == item)].head(1)


def fee_runs(fees: pd.DataFrame) -> Runs:
    """Say what membership costs, from the lowest to the highest fee of each basis and date."""
    runs: list[Any] = []
    newest_first = fees.sort_values(
        ["counts_from", "basis"], ascending=[False, True], kind="stable"
    )
    for _, rows in newest_first.groupby(["dated", "basis"], sort=False):
        age = f", {OLD}" if rows["old"].all() else ""
        stop = "; " if runs else ""
        said = f"{stop}{words.fee_range(rows)} ({rows['dated'].iloc[0]}{age})"
        runs += [said, cite(*rows["source"])]
    return runs_of(*runs) if runs else runs_of(UNSTATED)


def site_runs(contacts: pd.DataFrame) -> Runs:
    """Give the website as a link."""
    sites = contacts.loc[contacts["fact"] == "website", ["value", "source"]].drop_duplicates(
        "value"
    )
    runs: list[Any] = []
    for site, source in sites.itertuples(index=False):
        runs += [link(site, f"https://{site}"), cite(source)]
    return runs_of(*runs) if runs else runs_of(UNSTATED)


def phone_runs(contacts: pd.DataFrame) -> Runs:
    """Give each telephone number as printed, with what it is for and when it was printed."""
    runs: list[Any] = []
    for _, row in contacts[contacts["fact"] == "phone"].iterrows():
        stop = "; " if runs else ""
        number = link(row["value"], "tel:" + row["value"].replace(" ", ""))
        what = ", ".join(filter(None, (row["qualifier"], row["dated"])))
        runs += [stop, number, f" ({what})", cite(row["source"])]
    return runs_of(*runs) if runs else runs_of(UNSTATED)


def say_missing(missing: pd.DataFrame) -> Prose:
    """Say how much of what the report asks no source states."""
    unstated, asked = int(missing["not_stated"].sum()), int(missing["roles"].sum())
    undated, old = int(missing["undated"].sum()), int(missing["old_figures"].sum())
    return Prose(
        [
            paragraph(
                f"No source read states {unstated:,} of {asked:,} answers on who may join. "
                f"A further {undated:,} {'rests' if undated == 1 else 'rest'} on undated pages."
            ),
            paragraph(
                f"{words.sentence(words.count(old, 'membership figure'))} "
                f"{'is' if old == 1 else 'are'} past the age at which this report marks a figure."
            ),
        ]
    )
