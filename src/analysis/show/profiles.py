"""Each union in short: what a school needs to know of it, with sources."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import (
    OLD_FIGURE,
    Block,
    Prose,
    Runs,
    cite,
    facts,
    heading,
    link,
    marked,
    runs_of,
    with_age,
)
from analysis.show.choice import fold_roles
from analysis.show.tables import admitted, newest_sources
from analysis.show.traces import answer_keys, fact_key, fee_key, member_key, traced

Labels = Mapping[str, str]
UNSTATED = "not stated"


def say_profiles(
    chosen: list[str],
    unions: pd.DataFrame,
    coverage: pd.DataFrame,
    headlines: pd.DataFrame,
    answers: tuple[pd.DataFrame, pd.DataFrame],
    fees: pd.DataFrame,
    contacts: pd.DataFrame,
    labels: Labels,
) -> Prose:
    """Say of each union in a few lines what a school needs to know.

    Parameters
    ----------
    chosen
        Codes of the unions, in the order they should be read.
    unions, coverage, fees, contacts, labels
        As in the data of a day.
    headlines
        What ``headline_members`` returns.
    answers
        The traits and the benefits of the data of a day.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> latest = headline_members(latest_members(data.members, ["naht"]))
    >>> answers = (data.traits, data.benefits)
    >>> rest = (data.fees, data.contacts, data.labels)
    >>> said = say_profiles(["naht"], data.unions, data.coverage, latest, answers, *rest)
    >>> said.blocks[0]["text"]
    'NAHT'
    """
    blocks: list[Block] = []
    for code in chosen:
        union, (traits, benefits) = unions.loc[code], (of(table, code) for table in answers)
        sections = unions.index[unions["parent"] == code]
        joining = admitted(coverage, code)
        items = [
            ("Full name", runs_of(union["official_name"])),
            ("Sections", runs_of(words.listed(unions.loc[sections, "short_name"]) or UNSTATED)),
            ("Who may join", runs_of(open_to(joining, labels))),
            ("Limits on joining", limit_runs(joining, "role", labels)),
            ("Bargains for", recognised_runs(of(coverage, code), labels)),
            ("Members", figure_runs(of(headlines, code))),
            ("Phases and settings", trait_runs(traits, "phase", schema.PHASES)),
            ("Benefits, in detail", limit_runs(benefits, "benefit", labels)),
            ("Fees", fee_runs(of(fees, code))),
            ("In the TUC", words.stated(one_trait(traits, "affiliated", "tuc"))),
            ("Political fund", words.stated(one_trait(traits, "political_fund"))),
            ("Party affiliation", words.stated(one_trait(traits, "party_affiliated"))),
            ("Website", site_runs(of(contacts, code))),
            ("Telephone", phone_runs(contacts, [code, *sections], labels)),
        ]
        blocks += [heading(union["short_name"]), facts(stated_first(items))]
    return Prose(blocks)


def of(table: pd.DataFrame, union: str) -> pd.DataFrame:
    """Return the rows about one union."""
    return table[table["union"] == union]


def open_to(joining: pd.DataFrame, labels: Labels) -> str:
    """Say which staff a union is stated to admit, and whether that is old."""
    return marked(words.open_to(joining, labels), joining.loc[joining["answer"] == "yes", "old"])


def limit_runs(rows: pd.DataFrame, about: str, labels: Labels) -> Runs:
    """Say what limits or details the yes answers have, each with its newest source.

    Parameters
    ----------
    about
        The column that says what each answer is about: ``role`` or ``benefit``.
    """
    limited = rows[(rows["answer"] == "yes") & (rows["qualifier"] != "")]
    groups = dict(zip(rows["role"], rows["role_group"], strict=True)) if about == "role" else {}
    runs: list[Any] = []
    for limit, same in limited.groupby("qualifier", sort=False):
        if about == "role":
            what = fold_roles(same["role"], groups, labels)
        else:
            what = words.listed(words.lower(labels[code]) for code in same[about])
        stop, said = ". " if runs else "", words.sentence(what)
        kind = "benefit" if about == "benefit" else "admits"
        of = answer_keys(same["union"].iloc[0], kind, same[about])
        shown = traced(marked(f"{stop}{said}: {limit}", same["old"]), *of)
        runs += [shown, cite(*newest_sources(same)[:2])]
    return runs_of(*runs) if runs else runs_of(UNSTATED)


def recognised_runs(rows: pd.DataFrame, labels: Labels) -> Runs:
    """Say for whom a union is recognised to bargain, by which agreement, and for whom not."""
    asked = rows[rows["level"] == "recognised"]
    runs: list[Any] = []
    for answer, before in (("yes", ""), ("no", "not for "), ("disputed", "disputed for ")):
        for basis in asked.loc[asked["answer"] == answer, "basis"].unique():
            here = (asked["answer"] == answer) & (asked["basis"] == basis)
            whom = words.open_to(asked.assign(answer=here.map({True: "yes", False: ""})), labels)
            agreements = words.listed(schema.AGREEMENTS[code] for code in basis.split("; "))
            agreements = with_age(agreements, asked.loc[here, "old"])
            said = f"{before}{words.lower(whom)} ({agreements})"
            stop = "; " if runs else ""
            said = said if runs else words.sentence(said)
            runs += [stop + said, cite(*newest_sources(asked[here])[:2])]
    return runs_of(*runs) if runs else runs_of(UNSTATED)


def stated_first(items: list[tuple[str, Runs]]) -> list[tuple[str, Runs]]:
    """Return what is stated of a union, and in one line what is not."""
    asked_only_if_stated = ("Sections", "Limits on joining", "Benefits, in detail")
    unstated = [term for term, runs in items if runs == runs_of(UNSTATED)]
    stated = [(term, runs) for term, runs in items if term not in unstated]
    missing = [words.lower(term) for term in unstated if term not in asked_only_if_stated]
    named = [("Not stated", runs_of(words.sentence(words.listed(missing))))] if missing else []
    return stated + named


def figure_runs(rows: pd.DataFrame) -> Runs:
    """Say a union's newest figures, each with its basis, date and source."""
    runs: list[Any] = []
    for _, row in rows.iterrows():
        stop = "; " if runs else ""
        counted = with_age(words.basis(row), [row["old"]], OLD_FIGURE)
        said = f"{stop}{words.figure(row)} ({counted})"
        runs += [traced(said, member_key(row)), cite(row["source"])]
    return runs_of(*runs) if runs else runs_of(UNSTATED)


def trait_runs(rows: pd.DataFrame, fact: str, names: Mapping[str, str]) -> Runs:
    """Say what a union covers, in the stated order of the words."""
    found = rows[(rows["fact"] == fact) & (rows["answer"] == "yes")]
    said = [name for code, name in names.items() if code in set(found["item"])]
    if not said:
        return runs_of(UNSTATED)
    told = marked(words.sentence(words.listed(said)), found["old"])
    return runs_of(told, cite(*newest_sources(found)))


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
        stop = "; " if runs else ""
        dated = with_age(rows["dated"].iloc[0], rows["old"], OLD_FIGURE)
        said = f"{stop}{words.fee_range(rows)} ({dated})"
        ends = rows.loc[[rows["pounds"].idxmin(), rows["pounds"].idxmax()]]
        of = [fee_key(fee) for _, fee in ends.iterrows()]
        runs += [traced(said, *of), cite(*rows["source"])]
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


def phone_runs(contacts: pd.DataFrame, unions: list[str], labels: Labels) -> Runs:
    """Give each telephone number as printed, with what it is for and when it was printed.

    Parameters
    ----------
    unions
        The union's code, and those of its sections.
    """
    runs: list[Any] = []
    found = contacts[(contacts["fact"] == "phone") & contacts["union"].isin(unions)]
    for _, row in found.iterrows():
        stop = "; " if runs else ""
        of = fact_key(row)
        number = link(row["value"], "tel:" + row["value"].replace(" ", ""), [of])
        section = labels[row["union"]] if row["union"] != unions[0] else ""
        what = ", ".join(filter(None, (section, row["qualifier"], row["dated"])))
        runs += [stop, number, traced(f" ({what})", of), cite(row["source"])]
    return runs_of(*runs) if runs else runs_of(UNSTATED)
