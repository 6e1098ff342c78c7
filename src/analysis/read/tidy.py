"""Put right what a spreadsheet did to the data files, and say every change."""

import contextlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from analysis import schema
from analysis.dates import by_order, readings
from analysis.read.facts import check_folder
from analysis.read.files import (
    SEPARATORS,
    Fault,
    columns_of,
    decode,
    parse,
    read_raw,
    separator,
    write_rows,
)
from analysis.read.spreadsheets import amount, count, rewrote, unscrambled
from analysis.read.tidied import kept_copy, last_rows

SORT_KEYS = {
    "unions": (0, 1, 2, 5, 6, 7),
    "sources": (0,),
    "roles": None,
    "benefits": None,
    "rules": (0, 3, 5),
    "local/unions": (0, 1, 2, 5, 6, 7, 9),
    "local/sources": (0,),
}
DATES = {"as_of", "published", "accessed", "from", "to"}
# A date's place in its row, and the rest of the row, to the dates that have stood there.
Dates = dict[tuple[int | str, ...], list[str]]


@dataclass
class Tidied:
    """What became of one folder: every change made, and every fault that is left."""

    changes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def tidy(folder: str | Path) -> Tidied:
    """Put order, line ends, quotes and ISO dates back into the files of a data folder.

    A date that a spreadsheet rewrote is put back where it can only mean one day: where a part of
    it is over 12, or where the other rewritten dates of its file tell whether the day or the
    month stands first. A file is written beside itself and renamed, so that none is ever
    half-written. Once the folder has no faults, a copy of its files is kept for the next time.

    Parameters
    ----------
    folder
        The data folder.

    Returns
    -------
    Tidied
        One sentence a change, and one sentence a fault that is left for a person.
    """
    done, written = Tidied(), dict[Path, bytes]()
    own = [kind for kind in schema.LOCAL_FILES if (Path(folder) / f"{kind}.csv").exists()]
    for kind in [*schema.FILES, *own]:
        path = Path(folder) / f"{kind}.csv"
        try:
            tidy_file(path, kind, done, written)
        except OSError as error:
            done.faults.append(
                f"{named(path, kind)}: the file cannot be written: {error.strerror}"
            )
    done.faults += check_folder(folder)
    # The copy only helps the next time: a folder that takes none is no fault.
    with contextlib.suppress(OSError):
        for path, content in written.items() if not done.faults else []:
            replace(kept_copy(path), content)
    return done


def named(path: Path, kind: str) -> str:
    """Return a file's name as a reader knows it: from the data folder on."""
    folder = path.parents[kind.count("/")]
    return f"{folder.name or folder}/{kind}.csv"


def tidy_file(path: Path, kind: str, done: Tidied, written: dict[Path, bytes]) -> None:
    """Tidy one file and note what was changed; a file that cannot be read is left as it is."""
    columns, file = columns_of(kind), named(path, kind)
    raw, unread = read_raw(path, file)
    text, wrong = decode(raw, file)
    delimiter = separator(text, columns)
    cells, lines, broken = parse(text, delimiter, file)
    if unread or wrong or broken or not fits(cells, columns):
        return
    header = [name.strip() for name in cells[0]]
    changes = form_changes(raw, delimiter, header, columns)
    places = [header.index(name) for name in columns]
    rows = [
        ([unscrambled(record[place]).strip() for place in places], line)
        for record, line in zip(cells[1:], lines[1:], strict=True)
        if not blank(record)
    ]
    changes += cell_changes(cells[1:])
    changes += [str(Fault("", line, *change)) for line, *change in mend(rows, path, kind)]
    ordered = in_order([row for row, _ in rows], kind)
    if ordered != [row for row, _ in rows]:
        changes.append("rows put back in their order")
    content = write_rows(columns, ordered).encode()
    if content != raw:
        changes = changes or ["quotes put back as they were"]
        replace(path, content)
    done.changes += [f"{file}{one if one.startswith(',') else ': ' + one}" for one in changes]
    written[path] = content


def cell_changes(records: list[list[str]]) -> list[str]:
    """Say what was put right in cells all over a file."""
    blanks = sum(map(blank, records))
    held = [cell for record in records for cell in record if not blank(record)]
    padded = sum(cell != cell.strip() for cell in held)
    scrambled = sum(cell != unscrambled(cell) for cell in held)
    return [
        words
        for words, so in {
            f"{blanks} blank rows left out": blanks,
            f"letters such as £ put back in {scrambled} cells": scrambled,
            f"spaces at the ends of {padded} cells taken out": padded,
        }.items()
        if so
    ]


def blank(record: list[str]) -> bool:
    """Say whether every cell of a row is blank."""
    return not any(cell.strip() for cell in record)


def fits(cells: list[list[str]], columns: tuple[str, ...]) -> bool:
    """Say whether every row has a cell for each column, and nothing beside them.

    A spreadsheet may leave columns without a name at the end: they must be blank throughout.
    """
    header = [name.strip() for name in cells[0]] if cells else []
    width = len(columns)
    return (
        sorted(header[:width]) == sorted(columns)
        and blank(header[width:])
        and all(
            blank(row) or (width <= len(row) <= len(header) and blank(row[width:]))
            for row in cells[1:]
        )
    )


def form_changes(
    raw: bytes, delimiter: str, header: list[str], columns: tuple[str, ...]
) -> list[str]:
    """Say what a spreadsheet did to a file as a whole."""
    return [
        words
        for words, so in {
            "the byte order mark taken out": raw.startswith(b"\xef\xbb\xbf"),
            "line ends put back to LF": b"\r" in raw,
            f"{SEPARATORS.get(delimiter)} between the columns made commas": delimiter != ",",
            "columns put back in their order": tuple(header[: len(columns)]) != columns,
        }.items()
        if so
    ]


def mend(
    rows: list[tuple[list[str], int]], path: Path, kind: str
) -> Iterable[tuple[int, str, str]]:
    """Put right the dates and amounts of all rows, in place; yield line, column and sentence."""
    columns, known = columns_of(kind), last_rows(path, kind)
    yield from restored(rows, columns, known)
    before = dates_of(known, columns)
    orders = orders_of([row for row, _ in rows], columns, before)
    for row, line in rows:
        dates, rest = date_places(row, columns), rest_of(row, columns)
        for place, name in enumerate(columns):
            old = row[place]
            if place in dates:
                row[place] = put_back(old, before.get((place, *rest), []), orders)
            elif name == "value" and row[1] == "fee":
                row[place] = amount(old)
            elif name == "value" and row[1] == "members":
                row[place] = count(old)
            if row[place] != old:
                yield line, name, f"'{old}' became '{row[place]}'"


def restored(
    rows: list[tuple[list[str], int]], columns: tuple[str, ...], known: list[list[str]]
) -> Iterable[tuple[int, str, str]]:
    """Put back the words and numbers that a spreadsheet wrote otherwise, where one row held them.

    That is a row that the last tidied file held and this one lacks, and that differs only in
    what a spreadsheet makes of its cells.
    """
    held = {tuple(row) for row in known}
    here = {tuple(row) for row, _ in rows}
    gone = list({row: None for row in map(tuple, known) if row not in here})
    for row, line in rows:
        if tuple(row) in held:
            continue
        dates = date_places(row, columns)
        places = [place for place in range(len(row)) if place not in dates]
        alike = (old for old in gone if all(rewrote(row[p], old[p]) for p in places))
        was = {tuple(old[place] for place in places) for old in alike}
        for place, cell in zip(places, *was, strict=True) if len(was) == 1 else ():
            old, row[place] = row[place], cell
            if row[place] != old:
                yield line, columns[place], f"'{old}' became '{row[place]}'"


def date_places(row: list[str], columns: tuple[str, ...]) -> list[int]:
    """Return where a row holds dates."""
    founded = "fact" in columns and row[columns.index("fact")] == "founded"
    dates = DATES | ({"value"} if founded else set())
    return [place for place, name in enumerate(columns) if name in dates]


def orders_of(rows: list[list[str]], columns: tuple[str, ...], before: Dates) -> Counter[str]:
    """Count the orders, day first or month first, that the rewritten dates of a file tell.

    Where a part over 12 tells one order, nothing else is heard. Else those dates tell it that
    are, in one order only, what stood in the last tidied file.
    """
    certain, likely = Counter[str](), Counter[str]()
    for row in rows:
        rest = rest_of(row, columns)
        for place in date_places(row, columns):
            possible = by_order(row[place])
            was = before.get((place, *rest), [])
            same = [order for order, date in possible.items() if date in was]
            certain.update(list(possible) if len(possible) == 1 else [])
            likely.update(same if len(same) == 1 and len(set(possible.values())) == 2 else [])
    # Twice: no single date may speak for itself.
    return Counter({order: 2 for order in certain}) if certain else likely


def put_back(date: str, before: list[str], orders: Counter[str]) -> str:
    """Return a rewritten date as it was where it can only have been one, else as it is."""
    possible, ways = readings(date), by_order(date)
    if len(set(ways.values())) == 2:
        own = [order for order in ways if ways[order] in before]
        others = orders - Counter(own if len(own) == 1 else [])
        told = ways[next(iter(others))] if len(others) == 1 else ""
        possible = [told] if told in possible else []
    was = set(possible) & set(before)
    if len(was) == 1:
        return was.pop()
    earlier = [one for one in before if len(possible) == 1 and is_century_before(one, possible[0])]
    if earlier and not re.search(r"[0-9]{4}", date):
        return earlier[0]
    return possible[0] if len(possible) == 1 and len(possible[0]) == 10 else date


def is_century_before(one: str, other: str) -> bool:
    """Say whether two ISO days differ in their century only."""
    return one[2:] == other[2:] and one < other


def rest_of(row: list[str], columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row's cells but for its dates; amounts in one form, as a spreadsheet cuts them."""
    dates = date_places(row, columns)
    return tuple(amount(cell) for place, cell in enumerate(row) if place not in dates)


def dates_of(rows: list[list[str]], columns: tuple[str, ...]) -> Dates:
    """Return each date of some rows by its place and the rest of its row."""
    found: Dates = defaultdict(list)
    for row in rows:
        for place in date_places(row, columns):
            found[place, *rest_of(row, columns)].append(row[place])
    return found


def in_order(rows: list[list[str]], kind: str) -> list[list[str]]:
    """Return rows in their file's order: roles and benefits in the order of their groups."""
    keys = SORT_KEYS[kind]
    if keys:
        return sorted(rows, key=lambda row: [row[place] for place in keys])
    groups = list(schema.ROLE_GROUPS if kind == "roles" else schema.BENEFIT_GROUPS)
    return sorted(rows, key=lambda row: groups.index(row[2]) if row[2] in groups else len(groups))


def replace(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it."""
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)
