"""What changed between two days: a row a change, that leads from one day to the other."""

from collections.abc import Mapping

import pandas as pd

from analysis.questions.figures import figure_kind
from analysis.questions.matching import (
    ENDS,
    End,
    Pair,
    carried_over,
    ends_between,
    listing,
    replaced,
    unions_between,
)
from analysis.questions.standing import ABOUT, FIGURES, Seen, Statement, rows_of, standing

CAME_OR_WENT = ("added", "gone", *ENDS.values())
SIDES = ("qualifier", "as_of", "dated", "old", "sources")
COLUMNS = (
    "about", "kind", "union", "other", "item", "basis", "before", "after",
    *(f"{name}_{side}" for name in SIDES for side in ("before", "after")),
    "difference", "undated", "with_union",
)  # fmt: skip
NOTHING = Statement("", "", "", "")


def changes_between(
    before: Seen, after: Seen, unions: list[str] | str | None = None
) -> pd.DataFrame:
    """List what changed between two days, or between two data sets.

    Parameters
    ----------
    before, after
        What was so on each, as ``as_at`` returns it.
    unions
        Codes of the unions to look at; if not given, all that school staff join or joined. What
        merged into one of these, or took its name, is looked at too.

    Returns
    -------
    DataFrame
        One row per change, in the order union, name, members, fee, posts, benefits, claims,
        contacts, and of each by the unions' short names:

        - ``about``: ``union`` (whether it is listed), or the fact, as in ``unions.csv``.
        - ``kind``: ``added`` and ``gone``, of unions and of what is stated; ``merged``;
          ``renamed``; ``up`` and ``down``, within one basis; ``more precise`` and ``less precise``
          (the words of one take in the other, so that it is neither up nor down); ``restated``
          (the same figure, of another date); ``changed``; ``limit`` (the same answer with
          another limit); ``aged`` (the same answer, and of its sources some are now past their age
          limit, with the limits that they told); ``carried over`` (a claim, made again or by
          others, or made for what the union became).
        - ``union`` and ``other``: whom it is about; what the union became, or for whom a claim
          was made before.
        - ``item``, ``basis``: which role, benefit, scope, grade or claim; how it was counted.
        - ``before``, ``after``: what stood, empty where nothing did, and of each side
          ``qualifier_``, ``as_of_`` (ISO, of figures), ``dated_`` (words), ``old_`` (whether it
          was past its age limit) and ``sources_``.
        - ``difference``: of figures that are up or down, in people or pounds.
        - ``undated``: whether what stands after rests on an undated page, and may be older than
          the day on which it was read.
        - ``with_union``: whether it came or went only because its union did.

    Raises
    ------
    UnknownUnionError
        If a union stands on neither side.

    Examples
    --------
    >>> from analysis import read_dataset
    >>> data = read_dataset("data")
    >>> changes = changes_between(data.as_at("2017-08-31"), data.as_at("2017-09-01"))
    >>> changes.loc[changes["about"] == "union", ["kind", "union", "other"]].to_numpy().tolist()
    [['merged', 'atl', 'neu'], ['added', 'neu', ''], ['merged', 'nut', 'neu']]
    """
    ends = ends_between(before, after)
    chosen = unions_between(before, after, unions, ends)
    old, new = (
        [one for one in standing(seen) if one.union in chosen or one.parent in chosen]
        for seen in (before, after)
    )
    seen = (before, after)
    pairs = [listing(pair, ends, seen) for pair in carried_over([*replaced(old, new)], ends)]
    stated = {*rows_of(after.facts, "fact", "item", "source")}
    groups = dict(after.roles["group"])
    rows = [as_row(pair, ends) for pair in pairs]
    for row, pair in zip(rows, pairs, strict=True):
        if row["kind"] == "limit" and only_aged(pair, stated, groups):
            row["kind"] = "aged"
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"difference": "float64"})
    table["with_union"] = came_with_union(table)
    names = {**before.unions["short_name"], **after.unions["short_name"]}
    return in_order(table, names)


def in_order(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Put changes in the order of what they are about, and unions in that of their names."""
    keys = table.assign(
        about=table["about"].map(ABOUT.index),
        name=[names[union].casefold() for union in table["union"]],
    )
    order = ["about", "name", "union", "item", "basis", "kind", "before", "after"]
    return table.loc[keys.sort_values(order, kind="stable").index].reset_index(drop=True)


def as_row(pair: Pair, ends: Mapping[str, End]) -> dict[str, object]:
    """Return one change as a row."""
    kind, other = kind_of(pair, ends)
    one = pair[1] or pair[0] or NOTHING
    was, now = (side or NOTHING for side in pair)
    moved = kind in ("up", "down")
    return {
        "about": one.about,
        "kind": kind,
        "union": one.union,
        "other": other,
        "item": one.item,
        "basis": one.basis,
        "before": was.value,
        "after": now.value,
        **{f"{name}_before": getattr(was, name) for name in SIDES},
        **{f"{name}_after": getattr(now, name) for name in SIDES},
        "undated": now.dated.startswith("undated"),
        "difference": float(now.value) - float(was.value) if moved else None,
    }


def kind_of(pair: Pair, ends: Mapping[str, End]) -> tuple[str, str]:
    """Return the kind of a change, and the other union that it is about, if any."""
    was, now = pair
    one = now or was or NOTHING
    if one.about == "union" and one.union in ends:
        return ends[one.union].kind, ends[one.union].into
    if not was or not was.value:
        return "added", ""
    if not now or not now.value:
        return "gone", ""
    if one.about == "claim" and was.sources != now.sources:
        return "carried over", was.union if was.union != now.union else ""
    if one.about in FIGURES:
        return figure_kind(was, now), ""
    if one.about == "name":
        return "renamed", ""
    return "limit" if was.value == now.value else "changed", ""


def only_aged(pair: Pair, stated: set[tuple[str, ...]], groups: Mapping[str, str]) -> bool:
    """Say whether an answer lost limits only because their sources are past their age limit.

    ``stated`` holds what is still stated after: fact, item and source of each.
    """
    was, now = (side or NOTHING for side in pair)
    gone = set(was.sources) - set(now.sources)
    items = (now.item, f"group:{groups.get(now.item)}")
    still = {source for source in gone if any((now.about, i, source) in stated for i in items)}
    fewer = set(now.sources) < set(was.sources) and set(now.limits) < set(was.limits)
    return fewer and still == gone


def came_with_union(table: pd.DataFrame) -> "pd.Series[bool]":
    """Say of each row whether it is there only because its union came or went."""
    own = table["about"] == "union"
    came = table[own & table["kind"].isin(CAME_OR_WENT)]
    # A union that only its section speaks for comes and goes with the section.
    whole = {*came["union"], *came["qualifier_before"], *came["qualifier_after"]} - {""}
    return table["union"].isin(whole) & ~own & (table["kind"] != "carried over")
