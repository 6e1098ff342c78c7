"""How many members, counted how, when, and by whom; never across bases."""

import pandas as pd

from analysis.schema import BASES

OFFICIAL = ("return_all", "return_contributing")


def latest_members(members: pd.DataFrame, unions: list[str], scope: str = "whole") -> pd.DataFrame:
    """Return each union's newest figures, one basis beside the other.

    Parameters
    ----------
    members
        The newest figures per union, scope and basis: ``union``, ``scope``, ``basis``,
        ``members`` (people), ``qualifier``, ``as_of``, ``dated``, ``source``, ``old``.
    unions
        Codes, in the order they should be read.
    scope
        Whose members: ``whole`` for the whole union.

    Returns
    -------
    DataFrame
        The rows of ``members`` for these unions and this scope, bases in their stated order
        (statutory returns first), unions in the order asked within each.
    """
    rows = members[(members["scope"] == scope) & members["union"].isin(unions)]
    places = {basis: place for place, basis in enumerate(BASES)}
    order = {union: place for place, union in enumerate(unions)}
    keys = rows.assign(at=rows["basis"].map(places), by=rows["union"].map(order))
    keys = keys.sort_values(["at", "by", "members", "source"], kind="stable")
    return keys.drop(columns=["at", "by"]).reset_index(drop=True)


def headline_members(latest: pd.DataFrame) -> pd.DataFrame:
    """Choose for each union the figures that stand for it in one line.

    The newest figure from a statutory return, and beside it the newest of all where that is of a
    later year.

    Parameters
    ----------
    latest
        What :func:`latest_members` returns.

    Returns
    -------
    DataFrame
        One or two rows per union, the return first.
    """
    kept = []
    for _, rows in latest.groupby("union", sort=False):
        # A ballot or another partial count says less of the whole than a return or a claim does.
        whole = rows[~rows["basis"].isin(["balloted", "other"])]
        rows = whole if len(whole) else rows
        official = (
            rows[rows["basis"].isin(OFFICIAL)].sort_values("counts_from", kind="stable").tail(1)
        )
        newest = rows.sort_values("counts_from", kind="stable").tail(1)
        year = official["as_of"].str[:4].max() if len(official) else ""
        later = newest[newest["as_of"].str[:4] > year] if year else newest
        kept.append(pd.concat([official, later]))
    return pd.concat(kept).reset_index(drop=True) if kept else latest.head(0)


def widest_by_basis(latest: pd.DataFrame) -> pd.DataFrame:
    """Return the two figures, of one union and within two years, that differ most by basis.

    Only statutory returns are compared: one counts every member, the other those who pay.

    Returns
    -------
    DataFrame
        Two rows of ``latest``, the smaller first; none where no union has both.
    """
    rows = latest[latest["basis"].isin(OFFICIAL)]
    best, widest = rows.head(0), 0.0
    for _, found in rows.groupby("union", sort=False):
        pair = found.drop_duplicates("basis").sort_values("members")
        if len(pair) < 2:
            continue
        years = pair["as_of"].str[:4].astype(int)
        ratio = pair["members"].iloc[1] / pair["members"].iloc[0]
        if abs(years.iloc[0] - years.iloc[1]) <= 2 and ratio > widest:
            best, widest = pair, ratio
    return best.reset_index(drop=True)
