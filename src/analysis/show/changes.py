"""What changed, told: a table for each kind of change."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import (
    OLD_FIGURE,
    Block,
    Columns,
    Prose,
    Table,
    cell,
    cite,
    claimed,
    line,
    old_line,
    paragraph,
    row,
    runs_of,
)
from analysis.show.traces import side_keys, traced

Labels = Mapping[str, str]
NO_CHANGE = "No change is stated."
DETAILS = (
    "phase",
    "nation",
    "affiliated",
    "political_fund",
    "party_affiliated",
    "website",
    "phone",
)
COUNTED = {
    ("members",): ("membership figure", ""),
    tuple(schema.LEVELS): ("post", ""),
    ("benefit",): ("benefit", ""),
    ("fee",): ("fee", ""),
    ("claim",): ("claim", ""),
    DETAILS: ("other detail", ""),
}
MOVES = {
    "up": "up by {}",
    "down": "down by {}",
    "more precise": "told more precisely",
    "less precise": "told less precisely",
    "restated": "the same figure, of another date",
    "changed": "another figure; how either was counted is not stated",
    "added": "not stated before",
    "gone": "no longer stated",
}


def told(changes: pd.DataFrame, *about: str) -> pd.DataFrame:
    """Return the dated changes about some things, without those that came with a union.

    That a source passed its age limit is no change in what it says.
    """
    rows = changes[changes["about"].isin(about) & (changes["kind"] != "aged")]
    return rows[~rows["with_union"] & ~rows["undated"]]


def table(
    caption: str,
    columns: Columns,
    rows: list[dict[str, Any]],
    note: str = "",
    none: str = NO_CHANGE,
) -> Table | Prose:
    """Return a table, or the sentence that there is nothing to list."""
    if not rows:
        return Prose([paragraph(none)])
    return Table(caption, columns.made, rows, note=runs_of(note) if note else None)


def tabulate_changed_unions(changes: pd.DataFrame, labels: Labels) -> Table | Prose:
    """List the unions that came, went, merged or changed their name or standing.

    Parameters
    ----------
    changes
        What ``changes_between`` returns.
    labels
        What a reader is shown for each code.

    Examples
    --------
    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> changes = changes_between(two.before, two.after)
    >>> tabulate_changed_unions(changes, two.labels).caption
    'Unions that came, went, merged or changed names'
    """
    columns = Columns().add("Union", 1.1).add("What changed", 2.4).add("When", 1.3)
    columns.add("What came or went with it", 2)
    rows = []
    for _, change in told(changes, "union", "name").iterrows():
        dated = change["dated_after"] or change["dated_before"]
        rows.append(
            row(
                labels[change["union"]],
                cell(line(words.sentence(what_became(change, labels)), cite(*both(change)[:3]))),
                words.sentence(dated) or cell(line("Day not stated", style="basis")),
                came_along(changes, change),
                of=[f"date: {change['union']}", "count: what came or went with this union"],
            )
        )
    return table("Unions that came, went, merged or changed names", columns, rows)


def what_became(change: "pd.Series[Any]", labels: Labels) -> str:
    """Say what changed about a union's standing or name."""
    kind, other = change["kind"], labels.get(change["other"], "")
    if change["about"] == "name":
        item = "Official name" if change["item"] == "official" else "Short name"
        return f"{item}: now {change['after']}, before {change['before']}"
    if kind in ("merged", "renamed"):
        said = f"merged into {other}" if kind == "merged" else f"took the name {other}"
        return f"Listed again; no longer stated that it {said}" if change["after"] else said
    parent = change["qualifier_after"] or change["qualifier_before"]
    section = f"a section of {labels[parent]}" if parent else ""
    if kind in ("added", "gone"):
        said = "Newly listed" if kind == "added" else "No longer listed"
        founded = "; founded since" if kind == "added" and change["dated_after"] else ""
        return f"{said}{f', {section}' if section else ''}{founded}"
    return f"Now {section}" if change["qualifier_after"] else f"No longer {section}"


def both(change: "pd.Series[Any]") -> list[str]:
    """Return the sources of a change, those of what stands after first."""
    return list(dict.fromkeys([*change["sources_after"], *change["sources_before"]]))


def came_along(changes: pd.DataFrame, change: "pd.Series[Any]") -> str:
    """Count what came or went with a union."""
    if change["about"] != "union" or change["kind"] not in ("added", "gone", "merged", "renamed"):
        return ""
    return counts(changes[changes["with_union"] & (changes["union"] == change["union"])])


def counts(rows: pd.DataFrame) -> str:
    """Count the figures, posts, benefits and claims that some changes are about."""
    said = []
    for about, (one, many) in COUNTED.items():
        mine = rows[rows["about"].isin(about)]
        posts = one == "post"
        number = mine["item"].nunique() if posts else len(mine)
        said += [words.count(number, one, many)] if number else []
    return words.sentence(words.listed(said))


def tabulate_changed_figures(changes: pd.DataFrame, labels: Labels) -> Table | Prose:
    """Set each membership figure beside what stood before on the same basis.

    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> changes = changes_between(two.before, two.after)
    >>> tabulate_changed_figures(changes, two.labels).caption
    'Membership figures that changed, each within one way of counting'
    """
    columns = Columns().add("Union", 1).add("How they were counted", 2).add("Before", 1.6)
    columns.add("After", 1.6).add("Change", 1.5)
    rows = [
        figure_row(change, counted(change), labels)
        for _, change in told(changes, "members").iterrows()
    ]
    note = (
        "Only figures counted in one way are set side by side. Where a figure is round, so is the "
        "difference."
    )
    caption = "Membership figures that changed, each within one way of counting"
    return table(caption, columns, rows, note)


def figure_row(change: "pd.Series[Any]", what: Block, labels: Labels) -> dict[str, Any]:
    """Return a figure or a fee before and after, and what became of it."""
    of = ["difference", *side_keys(change, "before", "after")]
    return row(
        labels[change["union"]],
        what,
        figure_cell(change, "before"),
        figure_cell(change, "after"),
        words.sentence(MOVES[change["kind"]].format(difference(change))),
        of=of,
    )


def tabulate_changed_fees(changes: pd.DataFrame, labels: Labels) -> Table | Prose:
    """Set each fee beside what was stated before; many that came or went together in one row.

    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> changes = changes_between(two.before, two.after)
    >>> tabulate_changed_fees(changes, two.labels).caption
    'Fees that changed'
    """
    columns = Columns().add("Union", 1).add("Grade", 2).add("Before", 1.6).add("After", 1.6)
    columns.add("Change", 1.5)
    fees, rows = told(changes, "fee"), []
    for keys, found in fees.groupby(["union", "kind", "basis", "dated_before", "dated_after"],
                                    sort=False):  # fmt: skip
        if keys[1] in ("added", "gone") and len(found) > 2:
            rows.append(fees_row(found, labels))
            continue
        for _, fee in found.iterrows():
            grade = cell(words.sentence(fee["item"]),
                         line(schema.FEE_BASES[fee["basis"]], style="basis"))  # fmt: skip
            rows.append(figure_row(fee, grade, labels))
    return table("Fees that changed", columns, rows)


def fees_row(found: pd.DataFrame, labels: Labels) -> dict[str, Any]:
    """Return in one row the fees of one union that came or went together."""
    first = found.iloc[0]
    side, other = ("after", "before") if first["kind"] == "added" else ("before", "after")
    span = words.fee_range(found.assign(pounds=found[side].astype(float)))
    sources = dict.fromkeys(source for codes in found[f"sources_{side}"] for source in codes)
    stated = cell(
        line(span, cite(*sources)),
        line(first[f"dated_{side}"], style="basis"),
        old_line(found[f"old_{side}"].all(), OLD_FIGURE),
    )
    sides = {side: stated, other: figure_cell(first, other)}
    grades = words.sentence(words.count(len(found), "grade"))
    moved = words.sentence(MOVES[first["kind"]])
    of = [f"lowest and highest: {first['union']}|fee", "count: grades"]
    return row(labels[first["union"]], grades, sides["before"], sides["after"], moved, of=of)


def counted(change: "pd.Series[Any]") -> Block:
    """Say what a membership figure counts, and how."""
    partial = change["basis"] in ("balloted", "other")
    limit = (change["qualifier_after"] or change["qualifier_before"]) if partial else ""
    scope = "" if change["item"] == "whole" else schema.SCOPES[change["item"]]
    below = (line(one, style="basis") for one in (limit, scope))
    return cell(words.sentence(schema.BASES[change["basis"]]), *below)


def figure_cell(change: "pd.Series[Any]", side: str) -> Block:
    """Return one side's figure with its date and its source; an old one is marked."""
    if not change[side]:
        return cell(line("not stated", style="basis"))
    of = side_keys(change, side)
    return cell(
        line(traced(figure(change, side), *of), cite(*change[f"sources_{side}"])),
        line(traced(change[f"dated_{side}"], *of), style="basis"),
        old_line(change[f"old_{side}"], OLD_FIGURE),
    )


def figure(change: "pd.Series[Any]", side: str) -> str:
    """Say one side's figure: people, or pounds."""
    if change["about"] == "fee":
        limit = change[f"qualifier_{side}"]
        return words.pounds(float(change[side])) + (f", {limit}" if limit else "")
    told_as = {"members": int(change[side]), "qualifier": change[f"qualifier_{side}"]}
    return words.figure({**told_as, "basis": change["basis"]})


def difference(change: "pd.Series[Any]") -> str:
    """Say by how much a figure is up or down, or nothing if it is neither."""
    if pd.isna(change["difference"]):
        return ""
    apart = abs(change["difference"])
    if change["about"] == "fee":
        return words.pounds(apart)
    spoken = change["qualifier_before"] or change["qualifier_after"]
    rounded = change["basis"] == "claimed" or spoken in schema.QUALIFIERS
    return f"{apart:,.0f}" + (", as rounded by the sources" if rounded else "")


def tabulate_changed_claims(changes: pd.DataFrame, labels: Labels) -> Table | Prose:
    """List the claims that are new, gone, made again or carried over to a successor.

    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> changes = changes_between(two.before, two.after)
    >>> tabulate_changed_claims(changes, two.labels).caption
    'Claims that are new, gone or carried over'
    """
    columns = Columns().add("Union", 1).add("What is claimed", 2.6).add("Before", 1.6)
    columns.add("After", 1.6).add("Change", 1.4)
    rows = [
        row(
            labels[change["union"]],
            cell(line(claimed(change["after"] or change["before"]))),
            claim_cell(change, "before"),
            claim_cell(change, "after"),
            claim_change(change, labels),
            of=[
                f"claim: {union}|claim|{change['item']}"
                for union in (change["union"], change["other"])
                if union
            ],
        )
        for _, change in told(changes, "claim").iterrows()
    ]
    note = "A claim is what its source says. This report does not make it."
    return table("Claims that are new, gone or carried over", columns, rows, note)


def claim_cell(change: "pd.Series[Any]", side: str) -> Block:
    """Say when a claim was made last, and by which sources."""
    if not change[side]:
        return cell(line("not made", style="basis"))
    return cell(line(words.sentence(change[f"dated_{side}"]), cite(*change[f"sources_{side}"])))


def claim_change(change: "pd.Series[Any]", labels: Labels) -> str:
    """Say what became of a claim."""
    if change["kind"] == "carried over":
        whose = labels.get(change["other"], "")
        return f"Carried over from {whose}" if whose else "Carried over"
    return {"added": "Newly made", "gone": "No longer made"}.get(change["kind"], "In other words")
