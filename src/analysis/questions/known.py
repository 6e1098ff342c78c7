"""What the facts do not say, and what they say that is old or undated."""

import pandas as pd


def what_is_missing(
    matrix: pd.DataFrame, coverage: pd.DataFrame, latest: pd.DataFrame, benefits: pd.DataFrame
) -> pd.DataFrame:
    """Count, for each union, what no source states and what is old.

    Parameters
    ----------
    matrix
        What ``coverage_matrix`` returns for who may join; its unions and roles are asked about.
    coverage
        One row per union, level and role, with ``answer``, ``dated`` and ``old``.
    latest
        What ``latest_members`` returns.
    benefits
        One row per union and benefit stated, with ``old``.

    Returns
    -------
    DataFrame
        One row per union: ``union``, ``roles`` (posts asked about), ``not_stated`` (of them,
        whether they may join), ``disputed``, ``undated`` (answers on joining that rest on undated
        pages), ``figures`` (membership figures of the whole union), ``old_figures``, ``benefits``
        (stated), ``all_benefits`` (stated of any of these unions) and ``old_answers`` (on joining
        and benefits).

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = coverage_matrix(data.coverage, "admits", ["naht", "neu"])
    >>> latest = latest_members(data.members, ["naht", "neu"])
    >>> missing = what_is_missing(matrix, data.coverage, latest, data.benefits)
    >>> missing["union"].tolist()
    ['naht', 'neu']
    """
    offered = benefits[benefits["union"].isin(matrix.index)]
    asked = coverage[(coverage["level"] == "admits") & coverage["role"].isin(matrix.columns)]
    records = []
    for union in matrix.index:
        rows = asked[asked["union"] == union]
        figures = latest[latest["union"] == union]
        stated = rows[rows["answer"] != "not stated"]
        given = offered[offered["union"] == union]
        records.append(
            {
                "union": union,
                "roles": len(rows),
                "not_stated": int((rows["answer"] == "not stated").sum()),
                "disputed": int((rows["answer"] == "disputed").sum()),
                "undated": int(stated["dated"].str.startswith("undated").sum()),
                "figures": len(figures),
                "old_figures": int(figures["old"].sum()),
                "benefits": len(given),
                "all_benefits": offered["benefit"].nunique(),
                "old_answers": int(stated["old"].sum() + given["old"].sum()),
            }
        )
    return pd.DataFrame(records)
