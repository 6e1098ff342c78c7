"""One union on one page, in short sections that two columns hold."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import (
    Block,
    Prose,
    Runs,
    cite,
    claimed,
    heading,
    marked,
    paragraph,
    runs_of,
    text,
    with_age,
)
from analysis.show.claims import DEPENDS, claim_keys
from analysis.show.listings import happened
from analysis.show.profiles import (
    UNSTATED,
    fee_runs,
    figure_runs,
    limit_runs,
    of,
    one_trait,
    open_to,
    phone_runs,
    recognised_runs,
    site_runs,
    stated_first,
    trait_runs,
)
from analysis.show.tables import newest_sources
from analysis.show.traces import answer_keys, event_keys, traced

Labels = Mapping[str, str]
Items = list[tuple[str, Runs]]


def say_factsheet(
    union: str,
    unions: pd.DataFrame,
    coverage: pd.DataFrame,
    latest: pd.DataFrame,
    answers: tuple[pd.DataFrame, pd.DataFrame],
    fees: pd.DataFrame,
    contacts: pd.DataFrame,
    events: pd.DataFrame,
    claims: pd.DataFrame,
    labels: Labels,
) -> Prose:
    """Say on one page what a school needs to know of a union.

    Parameters
    ----------
    union
        Code of the union.
    unions, coverage, fees, contacts, labels
        As in the data of a day.
    latest
        What ``latest_members`` returns for it.
    answers
        The traits and the benefits of the data of a day.
    events
        What ``merger_events`` returns for it.
    claims
        What ``check_claims`` returns for it.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> latest = latest_members(data.members, ["naht"])
    >>> events = merger_events(merger_history(data.history, ["naht"]))
    >>> claims = check_claims(data.claims, data.member_history, data.facts, "naht")
    >>> answers = (data.traits, data.benefits)
    >>> rest = (data.fees, data.contacts, events, claims, data.labels)
    >>> say_factsheet("naht", data.unions, data.coverage, latest, answers, *rest).role
    'sheet'
    """
    traits, benefits = (of(table, union) for table in answers)
    sections = unions.index[unions["parent"] == union]
    stands = [union, *sections]
    made = {
        "Who may join": joining_items(of(coverage, union), labels),
        "What it is": stated_first(trait_items(unions.loc[union], unions.loc[sections], traits)),
        "How it came about": [("", event_runs(event, labels)) for _, event in events.iterrows()],
        "Members now": [("", figure_runs(latest.iloc[[at]])) for at in range(len(latest))],
        "What members get": benefit_items(benefits, labels),
        "What it costs": [("", fee_runs(of(fees, union)))],
        "What is claimed": claim_items(claims),
        "How to reach it": [
            *stated_only("Website", site_runs(of(contacts, union))),
            *stated_only("Telephone", phone_runs(contacts, stands, labels)),
        ],
    }
    blocks: list[Block] = []
    for title, items in made.items():
        blocks += [heading(title), *map(item_block, items or [("", runs_of(UNSTATED))])]
    return Prose(blocks, role="sheet")


def item_block(item: tuple[str, Runs]) -> Block:
    """Return what is said under a term as a paragraph that begins with the term."""
    term, runs = item
    return paragraph(*([text(f"{term}: ", strong=True)] if term else []), *runs)


def joining_items(coverage: pd.DataFrame, labels: Labels) -> Items:
    """Say who may join, within which limits, who is recruited and for whom it bargains."""
    joining = coverage[coverage["level"] == "admits"]
    yes = joining[joining["answer"] == "yes"]
    may_join = runs_of(open_to(joining, labels), cite(*newest_sources(yes)[:3]))
    return [
        ("May join", may_join if len(yes) else runs_of(UNSTATED)),
        *stated_only("Limits", limit_runs(joining, "role", labels)),
        *stated_only("Actively recruited", recruited_runs(coverage, labels)),
        ("Bargains for", recognised_runs(coverage, labels)),
    ]


def stated_only(term: str, runs: Runs) -> Items:
    """Return a term with what is said of it, if anything is."""
    return [] if runs == runs_of(UNSTATED) else [(term, runs)]


def recruited_runs(coverage: pd.DataFrame, labels: Labels) -> Runs:
    """Say which staff are stated to be recruited, not to be, or disputed."""
    asked = coverage[coverage["level"] == "recruits"]
    runs: list[Any] = []
    for answer, before in (("yes", ""), ("no", "not "), ("disputed", "disputed for ")):
        here = asked[asked["answer"] == answer]
        if len(here):
            only = asked.assign(answer=(asked["answer"] == answer).map({True: "yes", False: ""}))
            said = f"{before}{words.lower(words.open_to(only, labels))}"
            said = marked(said, here["old"])
            said = f"; {said}" if runs else words.sentence(said)
            runs += [said, cite(*newest_sources(here)[:2])]
    return runs_of(*runs) if runs else runs_of(UNSTATED)


def trait_items(union: pd.Series, sections: pd.DataFrame, traits: pd.DataFrame) -> Items:
    """Say a union's names, sections, phases, nations, affiliations and funds."""
    nation = traits[(traits["fact"] == "nation") & (traits["answer"] == "yes")]
    covered = words.sentence(words.nations(nation["item"]))
    return [
        ("Full name", runs_of(union["official_name"])),
        *([("Sections", runs_of(words.listed(sections["short_name"])))] if len(sections) else []),
        ("Phases and settings", trait_runs(traits, "phase", schema.PHASES)),
        ("Nations", runs_of(marked(covered, nation["old"]), cite(*newest_sources(nation)[:2]))
         if covered else runs_of(UNSTATED)),
        ("In the TUC", words.stated(one_trait(traits, "affiliated", "tuc"))),
        ("Political fund", words.stated(one_trait(traits, "political_fund"))),
        ("Party affiliation", words.stated(one_trait(traits, "party_affiliated"))),
    ]  # fmt: skip


def event_runs(event: pd.Series, labels: Labels) -> Runs:
    """Say one event of a union's history, with its date."""
    when = words.sentence(event["dated"]) or "Day not stated"
    said = traced(f"{when}: {happened(event, labels)}", *event_keys(event))
    return runs_of(said, cite(*event["sources"]))


def benefit_items(benefits: pd.DataFrame, labels: Labels) -> Items:
    """List the benefits that are stated, group by group, with their details."""
    items: Items = []
    for group, title in schema.BENEFIT_GROUPS.items():
        rows = benefits[(benefits["group"] == group) & (benefits["answer"] == "yes")]
        runs: list[Any] = []
        for _, row in rows.iterrows():
            detail = with_age(row["qualifier"], [row["old"]])
            name = words.lower(labels[row["benefit"]])
            of = answer_keys(row["union"], "benefit", [row["benefit"]])
            said = traced(f"{name} ({detail})" if detail else name, *of)
            runs += ["; " if runs else "", said, cite(*row["sources"][:1])]
        if runs:
            items.append((title, runs_of(*runs)))
    return items


def claim_items(claims: pd.DataFrame) -> Items:
    """List what is claimed under each verdict, with the years and who says so."""
    items: Items = []
    for verdict in schema.VERDICTS:
        found = claims[claims["verdict"] == verdict]
        runs: list[Any] = []
        for (claim, depends), rows in found.groupby(["claim", "depends"], sort=False):
            undated = rows["dated"].str.startswith("undated")
            years = rows["counts_from"].str[:4].mask(undated, "undated")
            more = [*dict.fromkeys(years), *([DEPENDS] if depends else [])]
            of = claim_keys(rows.to_dict("records"))
            said, when = traced(words.lower(claim), *of), traced(f" ({', '.join(more)})", *of)
            runs += ["; " if runs else "", claimed(said), when, cite(*rows["source"])]
        if runs:
            items.append((words.sentence(verdict), runs_of(*runs)))
    return items
