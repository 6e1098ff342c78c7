"""Read ahead of many reports what they all will read."""

from functools import cached_property
from pathlib import Path

from analysis.read.facts import read_dataset
from analysis.read.recalled import keep_as_is, know_again
from analysis.read.snapshot import Snapshot
from analysis.read.workforce import read_workforce


def read_ahead(
    data: str | Path,
    day: str = "",
    workforce: str | Path | None = None,
    urns: list[str] | None = None,
) -> None:
    """Read the data folder, what was so on a day, and schools, for all who will ask again.

    Parameters
    ----------
    data
        The data folder.
    day
        The day to look from; empty means today.
    workforce, urns
        A file of posts, and the schools of it that will be asked for; all if not given.
    """
    dataset = read_dataset(data)
    know_again(dataset.tables())
    if workforce:
        read_workforce(workforce, dataset.roles, urns)
    snapshot = dataset.as_at(day)
    for name, part in vars(Snapshot).items():
        if isinstance(part, cached_property):
            getattr(snapshot, name)
    keep_as_is(snapshot)
