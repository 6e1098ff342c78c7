"""What the facts do not say, and what they say that is old or undated."""

import pandas as pd

from analysis.schema import OUTSIDE


def what_is_missing(
    coverage: pd.DataFrame, members: pd.DataFrame, benefits: pd.DataFrame, unions: list[str]
) -> pd.DataFrame:
    """Count, for each union, what no source states and what is old.

    Parameters
    ----------
    coverage
        One row per union, level and role, with ``answer`` and ``dated``.
    members
        The newest figures per union, scope and basis, with ``old``.
    benefits
        One row per union and benefit stated.
    unions
        Codes, in the order they should be read.

    Returns
    -------
    DataFrame
        One row per union: ``union``, ``roles`` (posts in schools), ``not_stated`` (of them,
        whether they may join), ``disputed``, ``undated`` (answers on joining that rest on undated
        pages), ``figures`` (membership figures), ``old_figures``, ``benefits`` (stated).
    """
    asked = coverage[(coverage["level"] == "admits") & (coverage["role_group"] != OUTSIDE)]
    records = []
    for union in unions:
        rows = asked[asked["union"] == union]
        figures = members[members["union"] == union]
        stated = rows[rows["answer"] != "not stated"]
        records.append(
            {
                "union": union,
                "roles": len(rows),
                "not_stated": int((rows["answer"] == "not stated").sum()),
                "disputed": int((rows["answer"] == "disputed").sum()),
                "undated": int(stated["dated"].str.startswith("undated").sum()),
                "figures": len(figures),
                "old_figures": int(figures["old"].sum()),
                "benefits": int((benefits["union"] == union).sum()),
            }
        )
    return pd.DataFrame(records)
