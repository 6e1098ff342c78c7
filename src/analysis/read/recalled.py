"""What was read is kept by its contents, and given again where the contents are the same.

Whoever asks gets tables of its own: pandas copies what one of two holders writes to. Nothing is
trusted but contents: files are read and hashed, and tables are, each time that they are asked for.
Only what a batch has read ahead of its reports is known again by where it lies in memory.
"""

import copy
import hashlib
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

KEPT = 8  # answers, the oldest of which goes first
KEY = "_kept_under"
Read = TypeVar("Read")

_kept: dict[tuple[Hashable, ...], object] = {}
_known_again: list[tuple[pd.DataFrame, str]] = []


def recall(key_now: Callable[[], tuple[Hashable, ...]], read: Callable[[], Read]) -> Read:
    """Return what was read under the key of now, else read it.

    Parameters
    ----------
    key_now
        Says everything that the answer hangs on: contents, never a place alone. It is asked again
        after reading: what changed in between is not kept.
    read
        Reads it; what it raises is raised, and nothing is kept.
    """
    key = key_now()
    if key in _kept:
        return own_copy(_kept[key])  # type: ignore[return-value]  # what was kept under the key
    value = read()
    if key_now() == key:
        while len(_kept) >= KEPT:
            del _kept[next(iter(_kept))]
        value.__dict__[KEY] = key
        _kept[key] = own_copy(value)
    return value


def keep_as_is(value: object) -> None:
    """Keep what was recalled with all that has been worked out from it since."""
    if KEY in vars(value):
        _kept[vars(value)[KEY]] = own_copy(value)


def kept_under(beginning: tuple[Hashable, ...]) -> list[object]:
    """Return what is kept under keys that begin so; none of it is to be written to."""
    found = _kept.items()
    return [value for key, value in found if key[: len(beginning)] == beginning]


def own_copy(value: Read) -> Read:
    """Return a copy whose tables can be written to without a trace in the first.

    >>> import pandas as pd
    >>> class Holder: ...
    >>> first = Holder()
    >>> first.table = pd.DataFrame({"a": [1]})
    >>> table = own_copy(first).table
    >>> table.loc[0, "a"] = 2
    >>> first.table["a"].tolist()
    [1]
    """
    twin = copy.copy(value)
    for name, part in vars(twin).items():
        if isinstance(part, pd.DataFrame | pd.Series):
            twin.__dict__[name] = part.copy(deep=False)
    return twin


def hash_files(paths: Iterable[Path]) -> str:
    """Return the hash of some files' names and contents; a file that is not there counts too."""
    whole = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as file:
                said = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            said = type(error).__name__
        whole.update(f"{path.name}\0{said}\0".encode())
    return whole.hexdigest()


def hash_tables(tables: Iterable[pd.DataFrame]) -> str:
    """Return the hash of tables: of their columns, their index and every cell."""
    return hashlib.sha256("".join(map(_hash_table, tables)).encode()).hexdigest()


def know_again(tables: Iterable[pd.DataFrame]) -> None:
    """Know tables, and copies of them, again by where they lie in memory.

    It is for the forks of a process that has read ahead, where to look at a cell is to copy its
    page. What pandas writes to, it moves first, so that it is not taken for what it was.
    """
    known = [(table.copy(deep=False), _hash_table(table)) for table in tables]
    _known_again.extend(known)


def _hash_table(table: pd.DataFrame) -> str:
    """Return the hash of a table: of what Python writes of it, which is sooner than pandas'."""
    for known, said in _known_again:
        if _is_same(table, known):
            return said
    whole = hashlib.sha256(repr([*table.columns, *table.dtypes]).encode())
    for part in (table.index, *(table[name] for name in table.columns)):
        whole.update(repr(part.to_numpy(dtype=object).tolist()).encode())
    return whole.hexdigest()


def _is_same(table: pd.DataFrame, known: pd.DataFrame) -> bool:
    """Say whether two tables lie in the same memory."""
    if not (table.index.is_(known.index) and list(table.columns) == list(known.columns)):
        return False
    return all(_place(table[name]) == _place(known[name]) for name in table.columns)


def _place(column: "pd.Series[Any]") -> tuple[object, ...]:
    array = column.to_numpy()
    return array.__array_interface__["data"], array.shape, array.strides
