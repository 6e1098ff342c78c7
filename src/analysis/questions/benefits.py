"""What each union's sources say that members get."""

import pandas as pd

from analysis.questions.asked import asked_of
from analysis.schema import BENEFIT_GROUPS


def benefit_matrix(benefits: pd.DataFrame, unions: list[str] | str) -> pd.DataFrame:
    """Set benefits side by side.

    Parameters
    ----------
    benefits
        One row per union and benefit stated: ``union``, ``benefit``, ``group``, ``answer``.
    unions
        Codes, in the order they should be read.

    Returns
    -------
    DataFrame
        One row per benefit that any of these unions is stated to give or to refuse, in the order
        of the groups, those of most unions first in a group; one column per union; each cell
        ``yes``, ``no``, ``disputed`` or ``not stated``.

    Raises
    ------
    UnknownUnionError
        If a code is not known; the message names the nearest.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> benefit_matrix(data.benefits, ["naht", "neu"]).columns.tolist()
    ['naht', 'neu']
    """
    unions = asked_of(benefits, unions)
    rows = benefits[benefits["union"].isin(unions)]
    table = rows.pivot_table("answer", "benefit", "union", aggfunc="first")
    table = table.reindex(columns=unions, fill_value="not stated").fillna("not stated")
    places = {group: place for place, group in enumerate(BENEFIT_GROUPS)}
    group = rows.drop_duplicates("benefit").set_index("benefit")["group"]
    keys = pd.DataFrame(
        {"at": group.reindex(table.index).map(places), "yes": -(table == "yes").sum(axis=1)}
    )
    order = keys.sort_index().sort_values(["at", "yes"], kind="stable").index
    return table.loc[order].rename_axis(index=None, columns=None)
