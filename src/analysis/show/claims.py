"""Claims beside what decides them, pairs that cannot both be true, and round figures."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.schema import BASES, BODIES, NATIONS
from analysis.show import words
from analysis.show.blocks import (
    OLD_FIGURE,
    Block,
    Columns,
    Table,
    cell,
    cite,
    claimed,
    line,
    old_line,
    row,
    runs_of,
    with_age,
)
from analysis.show.tables import Labels
from analysis.show.traces import fact_key, member_key, traced

Row = Mapping[str, Any]
WHY_NOT = {
    "nothing measures it": "no figure or fact that was read measures it",
    "no figure of it": "no figure of that kind and time was read",
    "others are not known": "no rival was read of, but the data may lack one",
    "no count of that time": "no count within a year of it was read",
    "no fact on it": "no other source that was read speaks of it",
}
DEPENDS = "depends on the basis"
SAID = "A claim is what its source says. This report does not make it."


def tabulate_claims(checked: pd.DataFrame, labels: Labels) -> Table:
    """Set each claim beside its verdict and what decides it.

    Claims in the same words with the same verdict for the same reason share a row.

    Parameters
    ----------
    checked
        What ``check_claims`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> claims = check_claims(data.claims, data.member_history, data.facts, "neu")
    >>> tabulate_claims(claims, data.labels).caption
    'Claims, each with its source and its verdict'
    """
    columns = Columns().add("Union", 1).add("What is claimed, and where", 2.9)
    columns.add("Verdict", 1.2).add("What decides it", 3.3)
    rows = [
        row(
            labels[claim["union"]],
            cell(line(claimed(words.sentence(claim["claim"]))), *said_lines(claim["said"])),
            verdict_cell(claim),
            cell(*deciding_lines(claim, labels)),
            of=claim_keys([claim]),
        )
        for claim in alike(checked)
    ]
    note = f"{SAID} Verdicts use the figures nearest in time, on one basis at a time."
    return Table("Claims, each with its source and its verdict", columns.made, rows,
                 note=runs_of(note))  # fmt: skip


def claim_keys(claims: Iterable[Row]) -> list[str]:
    """Return the beginnings of the keys behind some claims."""
    return [f"claim: {claim['union']}|claim|{claim['term']}" for claim in claims]


def alike(checked: pd.DataFrame) -> list[dict[str, Any]]:
    """Gather the claims that share words, verdict and reason, with ``said``: dates and sources."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for claim in checked.to_dict("records"):
        key = tuple(str(claim[name]) for name in ("union", "term", "claim", "verdict", "facts"))
        kept = found.setdefault(key, {**claim, "said": []})
        kept["said"].append((claim["dated"], claim["source"]))
    return list(found.values())


def said_lines(said: list[tuple[str, str]]) -> list[Block]:
    """Return a line for each date on which a claim is made, with the sources that make it."""
    return [
        line(
            words.sentence(date),
            cite(*(source for dated, source in said if dated == date)),
            style="basis",
        )
        for date in dict.fromkeys(dated for dated, _ in said)
    ]


def verdict_cell(claim: Row) -> Block:
    """Return a verdict, and that it depends on the basis if it does."""
    below = line(DEPENDS if claim["depends"] else "", style="basis")
    return cell(words.sentence(claim["verdict"]), below)


def deciding_lines(claim: Row, labels: Labels) -> list[Block]:
    """Say what decides a claim; if nothing does, why, and the counts that come nearest."""
    if claim["verdict"] == "cannot be tested":
        why = line(words.sentence(WHY_NOT[claim["why"]]), style="basis")
        return [why, *(figure_line(one, labels, style="basis") for one in claim["facts"])]
    if claim["why"] == "facts":
        return fact_lines(claim["facts"], labels)
    first = next(iter(claim["by"]))
    shown = list(claim["by"]) if claim["depends"] else [first]
    lines = [
        figure_line(one, labels, f"{claim['by'][one['basis']]}: " if claim["depends"] else "")
        for one in claim["facts"]
        if one["basis"] in shown
    ]
    others = [BASES[basis] for basis in claim["by"] if basis not in shown]
    too = f"So too: {'; '.join(others)}" if others else ""
    cites = cite(*(one["source"] for one in claim["facts"] if one["basis"] not in shown))
    return [*lines, line(too, cites, style="basis")]


def figure_line(figure: Row, labels: Labels, before: str = "", style: str = "main") -> Block:
    """Return one union's figure with its basis, date and source."""
    said = f"{labels[figure['union']]} {words.figure(figure)}, {words.basis(figure)}"
    said = with_age(said, [figure["old"]], OLD_FIGURE)
    shown = traced(words.sentence(before + said), member_key(figure))
    return line(shown, cite(figure["source"]), style=style)


def fact_lines(facts: list[Row], labels: Labels) -> list[Block]:
    """Say the facts that decide a claim; those of one union, kind and date in one line."""
    gathered: dict[tuple[str, ...], list[Row]] = {}
    for fact in facts:
        key = (fact["union"], fact["fact"], fact["value"], fact["dated"])
        gathered.setdefault(key, []).append(fact)
    return [
        line(
            traced(
                f"{labels[union]} {fact_words(kind, value, same, labels)}: {dated}",
                *map(fact_key, same),
            ),
            cite(*(fact["source"] for fact in same)),
        )
        for (union, kind, value, dated), same in gathered.items()
    ]


def fact_words(kind: str, value: str, same: list[Row], labels: Labels) -> str:
    """Say what several facts of one kind and value state."""
    items = [fact["item"] for fact in same]
    if kind == "founded":
        return "began"
    if kind == "party_affiliated":
        return "is affiliated to a party" if value == "yes" else "is affiliated to no party"
    if kind == "affiliated":
        return f"belongs to the {words.listed(BODIES[item] for item in items)}"
    if kind == "nation":
        return f"has members in {words.listed(NATIONS[item] for item in items)}"
    return f"admits {words.listed(words.lower(labels[item]) for item in items)}"


def tabulate_clashes(clashes: pd.DataFrame, labels: Labels) -> Table:
    """List the claims that cannot both be true, with what their pages say of members.

    Parameters
    ----------
    clashes
        What ``clashing_claims`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> clashes = clashing_claims(data.claims, data.member_history)
    >>> tabulate_clashes(clashes, data.labels).caption
    'Claims that cannot both be true'
    """
    columns = (
        Columns()
        .add("One claim", 2)
        .add("The other", 2)
        .add("Members, where one of the pages states both", 2.2)
    )
    rows = []
    for pair in alike_pairs(clashes):
        sides = [
            cell(
                line(
                    f"{labels[pair[f'{side}union']]}: ",
                    claimed(words.lower(pair[f"{side}claim"])),
                ),
                *said_lines(pair[f"{side}said"]),
            )
            for side in ("", "other_")
        ]
        figures = [figure_line(one, labels) for one in pair["figures"]]
        shown = cell(*figures) if figures else "No such page"
        both = [{"union": pair[f"{side}union"], "term": pair[f"{side}term"]}
                for side in ("", "other_")]  # fmt: skip
        rows.append(row(*sides, shown, of=claim_keys(both)))
    note = "Each pair is made on one page, or in one year, for two unions of one kind. "
    note += "The oldest stand first."
    return Table("Claims that cannot both be true", columns.made, rows,
                 note=runs_of(note) if rows else runs_of("No two claims clash."))  # fmt: skip


def alike_pairs(clashes: pd.DataFrame) -> list[dict[str, Any]]:
    """Gather the pairs that share their words, with who says each and all their figures."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for pair in clashes.to_dict("records"):
        names = ("union", "claim", "other_union", "other_claim")
        fresh = {**pair, "said": [], "other_said": [], "figures": []}
        kept = found.setdefault(tuple(pair[name] for name in names), fresh)
        for side in ("", "other_"):
            one = (pair[f"{side}dated"], pair[f"{side}source"])
            kept[f"{side}said"] += [one] if one not in kept[f"{side}said"] else []
        kept["figures"] += [one for one in pair["figures"] if one not in kept["figures"]]
    return list(found.values())


def tabulate_distance(distance: pd.DataFrame, labels: Labels) -> Table:
    """Say how far each union's own round figure lies from what was counted.

    Parameters
    ----------
    distance
        What ``claimed_against_counted`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> distance = claimed_against_counted(data.member_history, ["naht", "nasuwt"])
    >>> tabulate_distance(distance, data.labels).caption
    "Unions' own round figures, beside what was counted"
    """
    columns = Columns().add("Union", 1).add("Its own newest round figure", 2)
    columns.add("What was counted, and how far its own lies from it", 4)
    rows = []
    for union, found in distance.groupby("union", sort=False):
        own = found.iloc[0]
        lines = [one for _, count in found.iterrows() for one in count_lines(count)]
        said = line(words.figure(own), cite(own["source"]))
        dated = line(words.sentence(own["dated"]), style="basis")
        own_cell = cell(said, dated, old_line(own["old"], OLD_FIGURE))
        rows.append(row(labels[union], own_cell, cell(*lines), of=[member_key(own)]))
    note = "Of each way of counting, the count nearest in time; its date may be far off."
    return Table("Unions' own round figures, beside what was counted", columns.made, rows,
                 note=runs_of(note))  # fmt: skip


def count_lines(one: pd.Series) -> list[Block]:
    """Return a count, how far a round figure lies from it, and how it was made."""
    start = "counted_"
    count = {name.removeprefix(start): one[name] for name in one.index if name.startswith(start)}
    key = member_key({**count, "union": one["union"]})
    return [
        line(
            traced(words.figure(count), key),
            cite(count["source"]),
            traced(f": {apart(one)}", "difference", member_key(one), key),
        ),
        line(traced(words.sentence(words.basis(count)), key), style="basis"),
        old_line(count["old"], OLD_FIGURE),
    ]


def apart(one: Row) -> str:
    """Say how far a round figure lies from a count.

    >>> apart({"apart": -11202, "per_cent": -24.6}), apart({"apart": 30, "per_cent": 0.2})
    ('its own is 11,202 lower (24.6%)', 'its own is 30 higher (0.2%)')
    >>> apart({"apart": 0, "per_cent": 0.0})
    'its own is the same'
    >>> apart({"apart": 30, "per_cent": float("nan")})
    'its own is 30 higher'
    """
    if not one["apart"]:
        return "its own is the same"
    way = "higher" if one["apart"] > 0 else "lower"
    share = "" if pd.isna(one["per_cent"]) else f" ({abs(one['per_cent'])}%)"
    return f"its own is {abs(one['apart']):,} {way}{share}"
