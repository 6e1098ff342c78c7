"""The unions that a reader asks about, checked."""

from collections.abc import Iterable

import pandas as pd

from analysis.errors import UnknownUnionError, did_you_mean
from analysis.schema import UNIONS


def asked_of(table: pd.DataFrame, unions: Iterable[str] | str) -> list[str]:
    """Return the codes asked for, each of which the table must be able to speak of.

    A union of which nothing is stated has no row. The tables of a day therefore say themselves for
    which unions they were made; of another table, any code may be asked.
    """
    said = table.attrs.get(UNIONS)
    return codes_asked(unions, said.split() if said else None)


def codes_asked(unions: Iterable[str] | str, known: Iterable[str] | None) -> list[str]:
    """Return the codes asked for; one alone may be given as text.

    Raises
    ------
    UnknownUnionError
        If one is not among those that are known; the message names the nearest.
    """
    asked = [unions] if isinstance(unions, str) else list(unions)
    codes = asked if known is None else sorted(known)
    for union in asked:
        if union not in codes:
            raise UnknownUnionError(f"no union '{union}'{did_you_mean(str(union), codes)}")
    return asked
