"""What is claimed, whether it holds, and which claims cannot both be true."""

from itertools import combinations

import pandas as pd

from analysis.questions.asked import asked_of
from analysis.questions.populations import in_area, measured
from analysis.questions.verdicts import Claim, Row, judge

COLUMNS = ["union", "term", "claim", "counts_from", "dated", "source", "verdict", "depends", "by",
           "why", "facts"]  # fmt: skip
PAIR = ["union", "term", "claim", "dated", "source"]


def check_claims(
    claims: pd.DataFrame,
    figures: pd.DataFrame,
    facts: pd.DataFrame,
    unions: list[str] | str | None = None,
) -> pd.DataFrame:
    """Say of each claim whether it holds, by what was counted or stated nearest to its date.

    A claim to be the largest is compared on one basis at a time with every union of its
    population that stood on its day, by the figures nearest to it and at most five years off. It
    is contradicted where another is larger; it holds where the data is known to hold the largest
    (:data:`analysis.schema.CONTENDERS`). A number is compared with counts of at most one year
    before or after it, the union's own round figures left out. Of bases that differ the better
    one counts.

    Parameters
    ----------
    claims
        One row per claim: ``union``, ``term`` (see ``CLAIM_GRAMMAR``), ``claim``,
        ``counts_from`` (ISO day), ``dated``, ``source``.
    figures
        Every membership figure up to the day, as ``member_history``.
    facts
        Every fact up to the day, in the columns of ``unions.csv`` with ``counts_from``.
    unions
        Codes, in the order they should be read; all that claim something if not given.

    Returns
    -------
    DataFrame
        One row per claim and source, unions in the order asked, of each the newest first:
        ``union``, ``term``, ``claim``, ``counts_from``, ``dated``, ``source``, ``verdict``
        (``holds``, ``contradicted`` or ``cannot be tested``), ``depends`` (whether bases differ),
        ``by`` (basis to verdict), ``why`` and ``facts`` (the rows that decide it as dictionaries,
        of ``figures`` or of ``facts``; if nothing does, the counted figures nearest in time).

    Examples
    --------
    >>> from analysis import read_dataset
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> checked = check_claims(data.claims, data.member_history, data.facts, "unison")
    >>> checked.set_index(["term", "source"])["by"]["members:>=1300000", "herts-2018"]
    {'return_all': 'holds', 'return_contributing': 'contradicted'}
    """
    asked = asked_of(claims, unions or sorted(set(claims["union"])))
    records = []
    for union in asked:
        own = claims[claims["union"] == union].sort_values(["term", "source"], kind="stable")
        own = own.sort_values("counts_from", ascending=False, kind="stable")
        for row in rows_of(own):
            makers = frozenset(own.loc[own["term"] == row["term"], "source"])
            found = judge(Claim.of(row, makers), figures, facts)
            differ = len(set(found.by.values())) > 1
            said = [row[name] for name in COLUMNS[:6]]
            records.append((*said, found.verdict, differ, found.by, found.why, list(found.rows)))
    return pd.DataFrame(records, columns=COLUMNS)


def clashing_claims(
    claims: pd.DataFrame, figures: pd.DataFrame, unions: list[str] | str | None = None
) -> pd.DataFrame:
    """Find the claims to be the largest that cannot both be true.

    Two clash if they are made on one page or in one year for two unions, each of which belongs
    to the population and the area in which the other is said to be the largest.

    Parameters
    ----------
    claims
        One row per claim: ``union``, ``term``, ``claim``, ``counts_from``, ``dated``, ``source``.
    figures
        Every membership figure up to the day, as ``member_history``.
    unions
        Codes of the unions of which one must be in a pair; all if not given.

    Returns
    -------
    DataFrame
        One row per pair: ``union``, ``term``, ``claim``, ``dated`` and ``source`` of one claim,
        the same with ``other_`` before each of the other, and ``figures``: the two unions' whole
        membership on those of the pages that state both, as dictionaries.

    Examples
    --------
    >>> from analysis import read_dataset
    >>> data = read_dataset("data").as_at("2015-06-30", sources="herts-2015")
    >>> pairs = clashing_claims(data.claims, data.member_history)
    >>> pairs[["union", "other_union", "source"]].to_numpy().tolist()
    [['nasuwt', 'nut', 'herts-2015']]
    """
    asked = asked_of(claims, unions or sorted(set(claims["union"])))
    rows = claims[claims["term"].str.startswith("largest:")]
    rows = rows.sort_values(["counts_from", "source", "union", "term"], kind="stable")
    records = [
        (
            [one[name] for name in PAIR]
            + [other[name] for name in PAIR]
            + [said(one, other, figures)]
        )
        for one, other in combinations(rows_of(rows), 2)
        if clash(one, other) and {one["union"], other["union"]}.intersection(asked)
    ]
    columns = [*PAIR, *(f"other_{name}" for name in PAIR), "figures"]
    return pd.DataFrame(records, columns=columns)


def clash(one: Row, other: Row) -> bool:
    """Say whether two claims to be the largest cannot both be true."""
    first, second = Claim.of(one), Claim.of(other)
    at_once = one["source"] == other["source"] or first.day[:4] == second.day[:4]
    if first.union == second.union or not at_once:
        return False
    pairs = [(claim, union) for claim in (first, second) for union in (first.union, second.union)]
    if not all(in_area(union, claim.area) for claim, union in pairs):
        return False
    mine, his, mine_in_second, his_in_second = (
        measured(union, claim.population) for claim, union in pairs
    )
    if not (mine and his and mine_in_second and his_in_second):
        return False
    # By the first claim mine is no smaller than his, by the second his no smaller than mine:
    # that is at odds if one union counts alike in both, and the other in full where it is less.
    return (mine == mine_in_second and his in ("whole", his_in_second)) or (
        his == his_in_second and mine_in_second in ("whole", mine)
    )


def said(one: Row, other: Row, figures: pd.DataFrame) -> list[Row]:
    """Return the whole membership of two unions on each page of theirs that states both."""
    unions = [one["union"], other["union"]]
    rows = figures[(figures["scope"] == "whole") & figures["union"].isin(unions)]
    rows = rows[rows["source"].isin([one["source"], other["source"]])]
    both = rows.groupby("source")["union"].transform("nunique") == 2
    return rows_of(rows[both].sort_values(["source", "union", "basis", "members"], kind="stable"))


def rows_of(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table as dictionaries."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
