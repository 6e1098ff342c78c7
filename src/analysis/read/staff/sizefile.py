"""The department's data set on the size of the workforce: one long CSV of many years and levels.

It is read line by line, and only the lines of the schools asked for are taken apart.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from analysis.errors import DataError
from analysis.read.files import LONGEST
from analysis.read.staff.counts import (
    HEADS,
    Column,
    Row,
    Table,
    decode,
    posts_of,
    printable,
    refuse,
)
from analysis.read.staff.headings import refuse_cells, refuse_own, unknown_shape
from analysis.schema import SYMBOLS

STAFF = {
    "head_teachers": "headteacher",
    "deputy_head_teachers": "deputy_head",
    "assistant_head_teachers": "assistant_head",
    "leadership_teachers": "leadership",
    "classroom_teachers": "teaching",
    "teaching_assistants": "classroom_support",
    "other_school_support_staff": "other_support",
    "technicians": "technicians",
    "administrative_staff": "administrative",
    "school_business_professionals": "business",
    "leadership_non_teachers": "leadership_non_teachers",
    "auxiliary_staff": "auxiliary",
}
MEASURES = {"headcount": "hc_", "fte": "fte_"}
# Totals and parts of what is counted above, and people whom the school does not employ.
OTHERS = re.compile(r"hc_(?:workforce|all_|ft_|pt_|third_party|.*teachers)")
WANTED = ("time_period", "geographic_level", "school_urn", "school_name", "hc_leadership_teachers",
          "hc_classroom_teachers", "hc_teaching_assistants")  # fmt: skip
KEYS = WANTED[:3]
FILTERS = ("school_type", "establishment_type_group")
CODES = ("old_la_code", "new_la_code", "school_laestab")
FIELD = rb'(?:"[^"]*(?:""[^"]*)*"|[^,"\r\n]*)'


@dataclass(frozen=True)
class Layout:
    """Which columns a file has, those of counts, and how the start of a line is taken apart."""

    names: list[str]
    columns: list[Column]
    start: re.Pattern[bytes]


@dataclass
class Found:
    """The lines of the newest census, and of whom among those asked for it says nothing."""

    period: bytes = b""
    schools: int = 0
    lines: list[tuple[int, bytes, bytes]] = field(default_factory=list)
    older: dict[bytes, bytes] = field(default_factory=dict)


def read_size(path: Path, roles: Collection[str], urns: list[str] | None) -> Table:
    """Read the newest counts of the schools asked for, or of all, out of the data set.

    Raises
    ------
    DataError
        If the file cannot be read, or is of a shape not known.
    """
    with path.open("rb") as file:
        layout = layout_of(split(file.readline()), roles, path.name)
        # A CSV may hold 117500.0 for 117500: the row is found, and its URN refused.
        ends = ("", ".0")
        wanted = None if urns is None else {f"{urn}{end}".encode() for urn in urns for end in ends}
        found = scan(records(file, path.name), layout, wanted, path.name)
    period = found.period.decode("utf-8", "replace")
    if not re.fullmatch(r"20\d{2}(?:\d{2})?", period):
        # Of another cell nothing is repeated: it could be anything.
        said = f"'{period}'" if re.fullmatch(r"[0-9/]{1,7}", period) else "the cell"
        what = f"{said} is no time period" if period else "no row is a school's"
        raise DataError([f"{path.name}: {what}; expected rows such as 202425, School"])
    seen = {urn for _, urn, _ in found.lines}
    older = {urn.decode(): say_period(day) for urn, day in found.older.items() if urn not in seen}
    return Table(
        file=path.name,
        place=f"{path.name}, line",
        dated=say_period(found.period),
        schools=found.schools,
        columns=layout.columns,
        rows=rows_of(found, layout, path.name),
        older=older,
    )


def say_period(period: bytes) -> str:
    """Return the day of an academic year's census, which is taken in its first November.

    >>> say_period(b"202425")
    'November 2024'
    """
    return f"November {period[:4].decode()}"


def layout_of(header: list[str], roles: Collection[str], file: str) -> Layout:
    """Find the columns by their names.

    Heads, deputies and assistant heads are posts of their own where all three have a column and
    are known as roles.

    Raises
    ------
    DataError
        If a column that every year has is missing, or staff are counted under a name that is not
        known: they would be left out without a word.
    """
    refuse_own(file, header)
    names = [name.strip().casefold() for name in header]
    counted = {kind: name for name, kind in STAFF.items() if f"hc_{name}" in names}
    apart = set(HEADS) <= counted.keys() & set(roles)
    if not set(WANTED) <= {*names, *(["hc_leadership_teachers"] if apart else [])}:
        raise unknown_shape(file, WANTED, header)
    strange = [name for name in names if name.startswith("hc_") and name[3:] not in STAFF]
    faults = [
        f"{file}: staff counted under '{name}' are of no known group"
        for name in strange
        if not OTHERS.match(name)
    ]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    faults += [f"{file}: the column '{name}' stands twice; expected once" for name in twice]
    refuse(faults, file)
    posts = posts_of(counted.keys() - (set() if apart else set(HEADS)))
    columns = [
        Column(post, measure, start + counted[kind])
        for kind, post in posts.items()
        for measure, start in MEASURES.items()
        if start + counted[kind] in names
    ]
    return Layout(names, columns, start_of(names))


def start_of(names: list[str]) -> re.Pattern[bytes]:
    """Return what finds period, level and URN at the start of a line."""
    places = {names.index(key): key.encode() for key in KEYS}
    fields = (
        b"(?P<%s>%s)" % (places[at], FIELD) if at in places else FIELD
        for at in range(max(places) + 1)
    )
    return re.compile(b",".join(fields))


def records(file: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
    """Yield each record with the line that it starts on; a cell in quotes may span lines."""
    first, held = 0, b""
    for line, part in enumerate(file, 2):
        odd = part.count(b'"') % 2
        if not held and not odd:
            yield line, part
            continue
        first, held = first if held else line, held + part
        if len(held) > LONGEST:
            break
        if len(held) > len(part) and odd:
            yield first, held
            held = b""
    if held:
        raise DataError([f"{name}, line {first}: a quotation mark opens here and never closes"])


def split(record: bytes) -> list[str]:
    """Take one record apart; nothing is returned if it is more than one, or has no end."""
    try:
        rows = list(csv.reader(io.StringIO(decode(record), newline="")))
    except csv.Error:  # a cell is too long for any school's
        return []
    return rows[0] if len(rows) == 1 else []


def scan(
    lines: Iterable[tuple[int, bytes]], layout: Layout, wanted: set[bytes] | None, file: str
) -> Found:
    """Keep the records of the newest census for the schools asked for, or for all."""
    found = Found()
    for line, record in lines:
        start = layout.start.match(record)
        spans = record.count(b"\n") > 1
        if start is None or (spans and len(split(record)) != len(layout.names)):
            if record.strip():
                raise DataError([f"{file}, line {line}: the line is cut off or cannot be read"])
            continue
        period, level, urn = (cell.strip(b'" ') for cell in start.group(*KEYS))
        if level.lower() != b"school":
            continue
        asked = wanted is None or urn in wanted
        if period > found.period:
            left = {each: found.period for _, each, _ in found.lines if wanted}
            found = Found(period, older=found.older | left)
        if period == found.period:
            found.schools += 1
            if asked:
                found.lines.append((line, urn, record))
        elif asked and wanted:
            found.older[urn] = max(period, found.older.get(urn, b""))
    return found


def rows_of(found: Found, layout: Layout, file: str) -> list[Row]:
    """Return one row a school; of several, that of all its types together.

    Raises
    ------
    DataError
        If a line has too few cells or too many, or a school has several that nothing tells apart.
    """
    schools: dict[str, list[tuple[int, dict[str, str]]]] = {}
    faults = []
    strange = [at for at, name in enumerate(layout.names) if not is_known(name)]
    for line, _, record in found.lines:
        values = [value.strip() for value in split(record)]
        if len(values) != len(layout.names):
            count = f"{len(values)} cells; expected {len(layout.names)}"
            faults.append(f"{file}, line {line}: the row has {count}")
            continue
        refuse_cells(file, {at: values[at] for at in strange})
        cells = dict(zip(layout.names, values, strict=True))
        schools.setdefault(cells["school_urn"], []).append((line, cells))
    rows = []
    for urn, several in schools.items():
        totals = [each for each in several if total(each[1])] if len(several) > 1 else several
        if len(totals) != 1:
            lines = " and ".join(str(line) for line, _ in several)
            faults.append(f"{file}: URN {urn} stands on lines {lines}; expected one row a school")
        rows += [row_of(line, cells, layout) for line, cells in totals[:1]]
    refuse(faults, file)
    return rows


def is_known(name: str) -> bool:
    """Say whether a column is one of the department's that is read or counts staff."""
    return name in (*WANTED, *FILTERS, *CODES) or name.startswith(tuple(MEASURES.values()))


def total(cells: dict[str, str]) -> bool:
    """Say whether a row is that of all types of school together."""
    return all(cells.get(name, "Total").casefold() == "total" for name in FILTERS)


def row_of(line: int, cells: dict[str, str], layout: Layout) -> Row:
    """Return a school's row, with the codes that the file has for it."""
    codes = [cells.get(name, "") for name in CODES]
    return Row(
        urn=cells["school_urn"],
        line=line,
        school=printable(cells["school_name"]),
        codes=[code for code in codes if code and code.casefold() not in SYMBOLS],
        cells=[cells[column.heading] for column in layout.columns],
    )
