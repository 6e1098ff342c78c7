"""How many members, counted how, when, and by whom; never across bases."""

import math

import pandas as pd

from analysis.errors import BasisError, check_name
from analysis.questions.asked import asked_of
from analysis.schema import BASES, SCOPES

OFFICIAL = ("return_all", "return_contributing")
COUNTS = (*OFFICIAL, "tuc", "not_stated")
# Ballots and other counts take in some of the members only.
PARTIAL = ("balloted", "other")
# Under these each figure may count other people than the next: no two can be set in an order.
UNLIKE = (*PARTIAL, "not_stated")


def latest_members(
    members: pd.DataFrame, unions: list[str] | str, scope: str = "whole"
) -> pd.DataFrame:
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

    Raises
    ------
    UnknownUnionError, UnknownNameError
        If a code or the scope is not known; the message names the nearest.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> latest = latest_members(data.members, ["naht", "nasuwt"])
    >>> latest.loc[latest["basis"] == "return_all", "union"].tolist()
    ['naht', 'nasuwt']
    """
    unions = asked_of(members, unions)
    check_name("scope", scope, SCOPES)
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

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> latest = latest_members(data.members, ["naht", "nasuwt"])
    >>> headline_members(latest)["union"].unique().tolist()
    ['naht', 'nasuwt']
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

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> latest = latest_members(data.members, ["naht", "nasuwt"])
    >>> widest_by_basis(latest)["basis"].tolist()
    ['return_contributing', 'return_all']
    """
    rows = latest[latest["basis"].isin(OFFICIAL)]
    best, widest = rows.head(0), 0.0
    for _, found in rows.groupby("union", sort=False):
        pair = found.drop_duplicates("basis").sort_values("members")
        if len(pair) < 2:
            continue
        years = pair["as_of"].str[:4].astype(int)
        few, many = pair["members"].iloc[:2]
        ratio = many / few if few else 0
        if abs(years.iloc[0] - years.iloc[1]) <= 2 and ratio > widest:
            best, widest = pair, ratio
    return best.reset_index(drop=True)


def rank_members(latest: pd.DataFrame, basis: str = "") -> pd.DataFrame:
    """Put unions in the order of their members, counted in one way.

    Parameters
    ----------
    latest
        What :func:`latest_members` returns.
    basis
        How they were counted, such as ``return_all``.

    Returns
    -------
    DataFrame
        The rows of ``latest`` on this basis, most members first.

    Raises
    ------
    BasisError
        If the figures are on several bases, or each may count other people.
    UnknownNameError
        If the basis is not known.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import *
    >>> latest = pd.DataFrame({"union": ["naht", "naht", "neu"], "members": [3, 5, 4],
    ...     "basis": ["return_contributing", "return_all", "return_all"]})
    >>> rank_members(latest, "return_all")["union"].tolist()
    ['naht', 'neu']
    """
    rows = on_one_basis(latest, basis, "ranked", "rank_members(latest, 'return_all')")
    return rows.sort_values("members", ascending=False, kind="stable").reset_index(drop=True)


def sum_members(latest: pd.DataFrame, basis: str = "") -> int:
    """Return the one figure there is; figures of members are never added up.

    Raises
    ------
    BasisError
        If there are several: a person may belong to two unions, and one union's figures on two
        bases count the same people twice.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import *
    >>> latest = pd.DataFrame({"union": ["naht", "naht"], "members": [3, 5],
    ...     "basis": ["return_contributing", "return_all"]})
    >>> sum_members(latest, "return_all")
    5
    """
    rows = on_one_basis(latest, basis, "added up", "latest_members(data.members, unions)")
    if len(rows) > 1:
        raise BasisError(
            "members of several unions cannot be added up, since a person may belong to two; set "
            "them side by side, as in latest_members(data.members, unions)"
        )
    return int(rows["members"].sum())


def on_one_basis(rows: pd.DataFrame, basis: str, wanted: str, instead: str) -> pd.DataFrame:
    """Return the figures on one basis, or say why others cannot be had together."""
    if basis:
        check_name("basis", basis, BASES)
    kept = rows[rows["basis"] == basis] if basis else rows
    bases = list(dict.fromkeys(kept["basis"]))
    if len(bases) > 1:
        raise BasisError(
            f"members counted in different ways ({', '.join(bases)}) cannot be {wanted}, since "
            f"for one union they differ by as much as half; ask for one, as in {instead}"
        )
    if bases and bases[0] in UNLIKE and len(kept) > 1:
        raise BasisError(
            f"figures on the basis '{bases[0]}' cannot be {wanted}, since each may count other "
            f"people; ask for one, as in {instead}"
        )
    return kept


def claimed_against_counted(figures: pd.DataFrame, unions: list[str] | str) -> pd.DataFrame:
    """Say how far each union's newest round figure of its own lies from what was counted.

    Parameters
    ----------
    figures
        Every membership figure up to the day, as ``member_history``.
    unions
        Codes, in the order they should be read.

    Returns
    -------
    DataFrame
        One row per union and basis on which a count was read, the count nearest in time:
        ``union``; ``members``, ``qualifier``, ``basis``, ``as_of``, ``dated``, ``source`` and
        ``old`` of the union's own figure; the same with ``counted_`` before each of the count;
        ``apart`` (the union's own figure less the count, people) and ``per_cent`` (of the count).

    Examples
    --------
    >>> from analysis import read_dataset
    >>> data = read_dataset("data").as_at("2018-12-31")
    >>> rows = claimed_against_counted(data.member_history, "ascl")
    >>> rows.loc[rows["counted_basis"] == "return_contributing", ["apart", "per_cent"]].values
    array([[30. ,  0.2]])
    """
    names = ["members", "qualifier", "basis", "as_of", "dated", "source", "old"]
    whole = figures[figures["scope"] == "whole"]
    records = []
    for union in asked_of(figures, unions):
        own = whole[whole["union"] == union]
        own = own.sort_values(["counts_from", "source", "members"], kind="stable")
        said = own[own["basis"] == "claimed"].tail(1)
        for _, claim in said.iterrows():
            days = pd.to_datetime(own["counts_from"]) - pd.Timestamp(claim["counts_from"])
            near = own.assign(days=days.abs()).sort_values("days", kind="stable")
            for basis in COUNTS:
                for _, count in near[near["basis"] == basis].head(1).iterrows():
                    apart = claim["members"] - count["members"]
                    counted = count["members"] or math.nan  # there is no share of nought
                    share = round(100 * apart / counted, 1)
                    records.append((union, *claim[names], *count[names], apart, share))
    columns = ["union", *names, *(f"counted_{name}" for name in names), "apart", "per_cent"]
    return pd.DataFrame(records, columns=columns)
