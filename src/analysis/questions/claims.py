"""What is said in a union's favour, beside what is counted."""

import pandas as pd


def claims_beside_figures(
    claims: pd.DataFrame, history: pd.DataFrame, unions: list[str]
) -> pd.DataFrame:
    """Put beside each claim the union's counted figures nearest to the claim's own date.

    Parameters
    ----------
    claims
        One row per claim: ``union``, ``term``, ``claim``, ``counts_from`` (ISO day), ``dated``,
        ``source``.
    history
        Every membership figure up to the day, as ``member_history``.
    unions
        Codes, in the order they should be read.

    Returns
    -------
    DataFrame
        One row per union and claim, unions in the order asked, the newest first: ``union``,
        ``term``, ``claim``, ``counts_from`` (of the newest), ``said`` (date in words and source of
        each who makes it), ``about_size`` (whether figures bear on it), and ``figures``: a list
        of rows of ``history`` (as dictionaries), for the whole union, the two nearest in time on
        two bases, the union's own round figures left out.
    """
    counted = history[(history["scope"] == "whole") & ~history["basis"].isin(["claimed", "other"])]
    records = []
    for union in unions:
        own = claims[claims["union"] == union].sort_values(["term", "source"], kind="stable")
        own = own.sort_values("counts_from", ascending=False, kind="stable")
        figures = counted[counted["union"] == union]
        for (term, claim), rows in own.groupby(["term", "claim"], sort=False):
            day = rows["counts_from"].iloc[0]
            size = about_size(str(term))
            said = list(zip(rows["dated"], rows["source"], strict=True))
            beside = nearest_figures(figures, day) if size else []
            records.append((union, term, claim, day, said, size, beside))
    columns = ["union", "term", "claim", "counts_from", "said", "about_size", "figures"]
    return pd.DataFrame(records, columns=columns)


def about_size(term: str) -> bool:
    """Say whether figures of membership bear on a claim.

    >>> about_size("largest:union:europe"), about_size("only:campaigns_for_one_union")
    (True, False)
    """
    return term.partition(":")[0] in ("largest", "members", "most")


def nearest_figures(counted: pd.DataFrame, day: str) -> list[dict[str, object]]:
    """Return the two figures nearest to a day, on two bases; the earlier of two equally near."""
    if counted.empty:
        return []
    years = counted["counts_from"].str[:4].astype(int)
    apart = (years - int(day[:4])).abs()
    ranked = counted.assign(apart=apart).sort_values(["apart", "counts_from"], kind="stable")
    nearest = ranked.drop_duplicates("basis").head(2)
    return [dict(row) for row in nearest.drop(columns="apart").to_dict("records")]
