"""The department's school tables: the workbook as downloaded, or its sheet saved as CSV."""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from analysis.errors import DataError
from analysis.read.files import parse
from analysis.read.staff.counts import Column, Row, Table, decode, printable, refuse
from analysis.read.staff.headings import (
    WANTED,
    Header,
    is_header,
    kind_of,
    read_header,
    refuse_cells,
    refuse_own,
    refuse_sheet,
    unknown_shape,
)
from analysis.read.staff.kept import keep, recall

# Raise this when what is kept of a workbook, or how its headings are known, changes.
LAYOUT = 2
HEADER_WITHIN = 20
ABSENT = "; the department leaves out a school whose return was incomplete"
NO_WORKBOOK = "the file is damaged or no workbook; download it again"
OLD_WORKBOOK = "the file is an old workbook (.xls) or has a password; save it as .xlsx without one"
OWN_LIST = "a school's own list is taken as CSV; save the sheet as 'CSV UTF-8'"
WORKBOOK, OLD = b"PK", b"\xd0\xcf\x11\xe0"


def read_tables(path: Path, raw: bytes, urns: list[str] | None) -> Table:
    """Read the schools asked for, or all, out of school tables.

    What a workbook says is kept by its contents, so that it is parsed once.

    Raises
    ------
    DataError
        If the file cannot be read, or is of a shape not known.
    """
    if raw.startswith(OLD):
        raise DataError([f"{path.name}: {OLD_WORKBOOK}"])
    if not raw.startswith(WORKBOOK):
        return table_of(path.name, csv_body(path.name, raw), urns)
    key = f"{hashlib.sha256(raw).hexdigest()}-{LAYOUT}"
    body = recall(key)
    if body is None:
        body = workbook_body(path.name, raw)
        keep(key, body)
    return table_of(path.name, body, urns)


def workbook_body(file: str, raw: bytes) -> bytes:
    """Return what the sheet that holds the table says; there must be one."""
    bodies, above, others = [], [], dict[int, list[tuple[int, list[Any]]]]()
    try:
        for number, (name, rows) in enumerate(sheets_of(raw), 1):
            head = list(islice(rows, HEADER_WITHIN))
            at = header_at(head)
            if at is None:
                others[number] = head
                above += head
            else:
                bodies.append(body_of(chain(head, rows), at, name, f"{file}, sheet '{name}'"))
    except CalamineError as error:
        raise DataError([f"{file}: {NO_WORKBOOK}"]) from error
    if len(bodies) > 1:
        raise DataError([f"{file}: {len(bodies)} sheets hold school tables; expected one"])
    if not bodies:
        refuse_list(file, above)
        raise unknown_shape(file, WANTED, likely_header(above))
    for number, head in others.items():
        refuse_sheet(f"{file}, sheet {number}", ([text(c) for c in row] for _, row in head))
    return bodies[0]


def refuse_list(file: str, head: list[tuple[int, list[Any]]]) -> None:
    """Say of a school's own list in a workbook how it can be read.

    Raises
    ------
    DataError
        If a row holds the headings of such a list.
    """
    for _, cells in head:
        header = [text(cell) for cell in cells]
        if {"urn", "role"} <= {cell.casefold() for cell in header}:
            refuse_own(file, header)
            raise DataError([f"{file}: {OWN_LIST}"])


def sheets_of(raw: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[Any]]]]]:
    """Yield the name of each sheet of cells, and its rows with their numbers."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            yield sheet.name, enumerate(workbook.get_sheet_by_name(sheet.name).iter_rows(), 1)


def csv_body(file: str, raw: bytes) -> bytes:
    """Return what a sheet that was saved as CSV says."""
    records, lines, faults = parse(decode(raw), ",", file)
    if faults:
        raise DataError([str(fault) for fault in faults])
    rows = list(zip(lines, records, strict=True))
    at = header_at(rows[:HEADER_WITHIN])
    if at is None:
        raise unknown_shape(file, WANTED, likely_header(rows[:HEADER_WITHIN]))
    return body_of(iter(rows), at, "", file)


def header_at(head: list[tuple[int, list[Any]]]) -> int | None:
    """Return the place of the header among a sheet's first rows, if it is there."""
    places = (place for place, (_, cells) in enumerate(head) if is_header(map(text, cells)))
    return next(places, None)


def likely_header(head: list[tuple[int, list[Any]]]) -> list[str]:
    """Return the row that has most cells, since a header fills its own."""
    rows = [[text(cell) for cell in cells if text(cell)] for _, cells in head]
    return max(rows, key=len, default=[])


def body_of(rows: Iterator[tuple[int, list[Any]]], at: int, sheet: str, where: str) -> bytes:
    """Return what a sheet says below its header: a line of its columns, then one a school.

    A row without a URN and without a count is a blank or a note, and left out.

    Parameters
    ----------
    rows
        The sheet's rows, each with its number.
    at
        The place of the header among them.
    sheet
        The sheet's name; empty for CSV.
    where
        The file, with the sheet if it has one.
    """
    above = " ".join(text(cell) for _, cells in islice(rows, at) for cell in cells)
    headings = [text(cell) for cell in next(rows)[1]]
    header = read_header(headings, where)
    known = {header.urn, header.school, *header.codes}
    known |= {place for place, heading in enumerate(headings) if any(kind_of(heading))}
    lines, faults = [], []
    for line, cells in rows:
        if len(cells) > header.last:
            for row in school_row(line, cells, header):
                lines.append(json.dumps(row))
                refuse_cells(where, strange_cells(cells, known))
        elif any(cells):
            faults.append(f"{where}, line {line}: the row is cut off after {len(cells)} cells")
    refuse(faults, where)
    columns = [column for _, column in header.counts]
    top = {"sheet": sheet, "year": census_year(f"{above} {sheet}"), "columns": columns}
    return "\n".join([json.dumps(top), *lines]).encode()


def strange_cells(cells: list[Any], known: set[int]) -> dict[int, str]:
    """Return the words in columns that are not known to be the department's, by their place."""
    return {
        place: cell
        for place, cell in enumerate(cells)
        if place not in known and isinstance(cell, str) and len(cell) > 5  # shorter than an e-mail
    }


def school_row(line: int, cells: list[Any], header: Header) -> Iterator[Row]:
    """Yield a school's row; nothing for a row that is blank or a note."""
    urn, counts = text(cells[header.urn]), [text(cells[at]) for at, _ in header.counts]
    if urn or any(counts):
        codes = [code for at in header.codes if (code := text(cells[at]))]
        yield Row(urn, line, printable(text(cells[header.school])), codes, counts)


def table_of(file: str, body: bytes, urns: list[str] | None) -> Table:
    """Return the rows of the schools asked for, or of all, with what is said above them."""
    top, *lines = body.split(b"\n")
    said = json.loads(top)
    if urns is not None:
        # A CSV may hold 117500.0 for 117500: the row is found, and its URN refused.
        asked = [json.dumps([urn + end])[:-1] for urn in urns for end in ("", ".0")]
        wanted = tuple(start.encode() for start in asked)
    rows = [Row(*json.loads(line)) for line in lines if urns is None or line.startswith(wanted)]
    year = said["year"] or census_year(file)
    return Table(
        file=file,
        place=f"{file}, sheet '{said['sheet']}', row" if said["sheet"] else f"{file}, line",
        dated=f"November {year}" if year else "",
        schools=len(lines),
        columns=[Column(*column) for column in said["columns"]],
        rows=rows,
        absent=ABSENT,
    )


def census_year(words: str) -> str:
    """Return the year of the census that a title, or a sheet's or a file's name, speaks of.

    >>> census_year("School Workforce Census 2024"), census_year("Schools 2022")
    ('2024', '2022')
    """
    found = re.search(r"(?:census|schools)[\W_]{0,3}(20\d\d)", words, re.IGNORECASE)
    return found[1] if found else ""


def text(cell: object) -> str:
    """Return a cell as text, whole numbers without the point that a workbook gives them."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
