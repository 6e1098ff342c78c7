"""Two days, or two data folders, to be set against each other."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.dates import day_asked, first_day, is_date, say_date
from analysis.errors import DayError, UnknownNameError, did_you_mean
from analysis.read.facts import Dataset, read_dataset
from analysis.read.snapshot import Snapshot
from analysis.schema import years_after


@dataclass(frozen=True)
class Two:
    """What was so before and after, and the words and the sources of both.

    >>> from analysis import *
    >>> two = read_two("data", "2015-06-30", "2018-06-30")
    >>> two.before.day, two.after.day
    ('2015-06-30', '2018-06-30')
    """

    before: Snapshot
    after: Snapshot

    @cached_property
    def labels(self) -> dict[str, str]:
        """What a reader is shown for each code, by its newer name."""
        return self.before.labels | self.after.labels

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The sources of both, by code."""
        both = pd.concat([self.after.sources, self.before.sources])
        return both[~both.index.duplicated()].sort_index()


def read_two(
    folder: str | Path = "data",
    before: str = "",
    after: str = "",
    sources: list[str] | str | None = None,
) -> Two:
    """Read what was so on two days, in two data folders, or on a day and in a folder.

    Parameters
    ----------
    folder
        The data folder in which a day is looked up.
    before, after
        Each an ISO day, month or year (its first day counts), or a data folder, which is looked at
        from the day on which its newest fact or source was read. Empty means today for ``after``,
        and for ``before`` the day a year before ``after``.
    sources
        Codes of the sources to look through; all if not given. Of one publisher's, each side
        looks through the newest that was printed by its day: a page that was printed anew stands
        as it was before on the one side, and as it was after on the other.

    Raises
    ------
    DayError
        If a day cannot be read, lies before the first fact, or ``before`` is later than ``after``;
        or if none of the sources was printed by a day.
    UnknownNameError
        If a source is known on neither side.
    DataError
        If a folder has faults.

    Examples
    --------
    >>> two = read_two("data", "2015-06-30", "2018-06-30", ["herts-2015", "herts-2018"])
    >>> two.before.only, two.after.only
    (('herts-2015',), ('herts-2018',))
    """
    own = read_dataset(folder)
    later, day = placed(after, own)
    earlier, first = placed(before or years_after(day, -1), own)
    if first > day:
        raise DayError(f"'before' is {first}, later than 'after', which is {day}; swap the two")
    asked = [sources] if isinstance(sources, str) else list(sources or [])
    known = sorted({*earlier.sources.index, *later.sources.index})
    for source in asked:
        if source not in known:
            raise UnknownNameError(
                f"no source '{source}' in sources.csv{did_you_mean(source, known)}"
            )
    return Two(seen_through(earlier, first, asked), seen_through(later, day, asked))


def placed(asked: str, own: Dataset) -> tuple[Dataset, str]:
    """Return the data that a day or a folder asks for, and the day to look from."""
    if not asked or is_date(asked):
        return own, day_asked(asked)
    if not Path(asked).is_dir():
        raise DayError(f"'{asked}' is neither a day, such as 2019-01-31, nor a data folder")
    data = read_dataset(asked)
    read = data.sources[~data.sources["lent"]]
    days = {*data.facts["counts_from"], *read["accessed"].map(first_day)}
    return data, max(days, default=day_asked(""))


def seen_through(data: Dataset, day: str, asked: list[str]) -> Snapshot:
    """Return what was so on a day, by the newest of each publisher's sources asked for."""
    if not asked:
        return data.as_at(day)
    rows = data.sources[data.sources.index.isin(asked)]
    printed = rows["published"].where(rows["published"] != "", rows["accessed"]).map(first_day)
    rows = rows.assign(printed=printed)[printed <= day]
    if rows.empty:
        raise DayError(f"by {say_date(day)}, none of these sources stood: {', '.join(asked)}")
    newest = rows.groupby("publisher")["printed"].transform("max")
    return data.as_at(day, list(rows.index[rows["printed"] == newest]))
