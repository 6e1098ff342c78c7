"""Heads in a school's posts: totals, and small counts hidden so that none can be worked out."""

import pandas as pd

from analysis.errors import ParameterError
from analysis.schema import HIDDEN, too_low


def staff_totals(posts: pd.DataFrame) -> pd.DataFrame:
    """Add up the heads of one school by staff group, and of all of it.

    Parameters
    ----------
    posts
        One row per post: ``role_group``, ``headcount`` (people; missing where not known).

    Returns
    -------
    DataFrame
        One row per staff group in its order and a last one, ``""``, for all posts:
        ``role_group``, ``headcount`` (missing where a post's is).

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import *
    >>> posts = pd.DataFrame({"role_group": ["teaching"], "headcount": pd.array([4], "Int64")})
    >>> staff_totals(posts)["headcount"].tolist()
    [4, 4]
    """
    heads = posts["headcount"].tolist()
    by_group: dict[str, list[int]] = {}
    for group, number in zip(posts["role_group"], heads, strict=True):
        by_group.setdefault(group, []).append(number)
    by_group = {group: found for group, found in by_group.items() if group} | {"": heads}
    sums = pd.array([whole_sum(found) for found in by_group.values()], dtype="Int64")
    return pd.DataFrame({"role_group": [*by_group], "headcount": sums})


def whole_sum(heads: list[int]) -> int | None:
    """Return the sum of some counts, or nothing where one of them is not known."""
    return None if any(pd.isna(number) for number in heads) else int(sum(heads))


def hide_small_counts(posts: pd.DataFrame, below: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hide counts below a threshold, and a second one wherever a total would give the first away.

    In each staff group with a small count, the smallest count that is not small is hidden too
    (each of them, if several are equal), so that nobody can tell which of the hidden ones is
    small. A group with no second count to hide loses its total, and with it the school's.
    Full-time equivalents go wherever a count goes.

    Parameters
    ----------
    posts
        One school's posts: ``role_group``, ``headcount``, ``fte``, ``symbol``.
    below
        Counts from 1 to one less than this are small; 0 hides nothing. It is 3 at least, since
        hiding only ones would say that each of them is one.

    Returns
    -------
    posts, totals
        The posts, hidden ones with no ``headcount`` and no ``fte`` and ``symbol`` ``hidden``; and
        what :func:`staff_totals` returns, less the totals that would give a count away.

    Raises
    ------
    ParameterError
        If ``below`` is 1, 2 or less than nought.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import *
    >>> posts = pd.DataFrame({"role_group": "teaching", "headcount": pd.array([2, 9, 30], "Int64"),
    ...     "fte": [1.5, 8.0, 28.0], "symbol": ""})
    >>> hidden, totals = hide_small_counts(posts, below=5)
    >>> hidden["symbol"].tolist(), totals["headcount"].tolist()
    (['hidden', 'hidden', ''], [41, 41])
    """
    if fault := too_low(below):
        raise ParameterError(f"parameter 'suppress_below' is {below}; {fault}")
    totals = staff_totals(posts)
    if not below:
        return posts, totals
    hide, bare = set[int](), set[str]()
    for group, rows in posts.groupby("role_group", sort=False):
        known = rows["headcount"].dropna()
        small = known[(known > 0) & (known < below)]
        rest = known[known >= below]
        if len(small) and len(rest) and group:
            hide |= {*small.index, *rest.index[rest == rest.min()]}
        elif len(small):
            hide |= set(small.index)
            bare.add(str(group))
    at = posts.index.isin(list(hide))
    hidden = posts.assign(
        headcount=posts["headcount"].mask(at),
        fte=posts["fte"].mask(at),
        symbol=posts["symbol"].mask(at, HIDDEN),
    )
    lost = totals["role_group"].isin([*bare, ""] if bare else [])
    return hidden, totals.assign(headcount=totals["headcount"].mask(lost))
