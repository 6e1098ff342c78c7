"""One CSV file in, its cells out, each row with the line that it starts on."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import did_you_mean
from analysis.schema import FILES

TIDY = "'unions tidy' puts this right"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with one file; line 0 stands for the whole file."""

    file: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        """Return the fault as the sentence that the reader sees."""
        where = self.file + (f", line {self.line}" if self.line else "")
        return f"{where}{f', {self.column}' if self.column else ''}: {self.text}"


@dataclass(frozen=True)
class Rows:
    """The rows of one file, as text, with the first line of each."""

    file: str
    columns: tuple[str, ...]
    cells: list[list[str]]
    lines: list[int]


def columns_of(kind: str) -> tuple[str, ...]:
    """Return the names of the columns that a kind of file must have, in order."""
    return tuple(column.name for column in FILES[kind])


def decode(raw: bytes, file: str) -> tuple[str, list[Fault]]:
    """Turn a file's bytes into text: UTF-8, with or without a byte order mark."""
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{raw[error.start]:02X}"
    advice = "expected UTF-8; save the file again as 'CSV UTF-8'"
    return "", [Fault(file, line, "", f"{byte} is not UTF-8; {advice}")]


def separator(text: str, columns: tuple[str, ...]) -> str:
    """Return ``;`` where a spreadsheet separated these columns by semicolons, else ``,``."""
    header = text.partition("\n")[0].replace('"', "").strip()
    return ";" if header.split(";") == list(columns) else ","


def parse(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Cut text into records, each with the line that it starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    cells, lines, start = [], [], 1
    for record in reader:
        cells.append(record)
        lines.append(start)
        start = reader.line_num + 1
    return cells, lines


def read_rows(path: Path, kind: str, file: str) -> tuple[Rows, list[Fault]]:
    """Read one file of the data folder; nothing is skipped, filled in or guessed.

    Parameters
    ----------
    path
        Where the file is.
    kind
        ``unions``, ``sources``, ``roles`` or ``benefits``.
    file
        The file's name as a reader knows it, for the faults.

    Returns
    -------
    Rows, list of Fault
        The rows of the right width, and what is wrong with the rest.
    """
    columns = columns_of(kind)
    empty = Rows(file, columns, [], [])
    if not path.is_file():
        return empty, [Fault(file, 0, "", "there is no such file; it must stand in the folder")]
    text, faults = decode(path.read_bytes(), file)
    if faults:
        return empty, faults
    if separator(text, columns) == ";":
        text = "semicolons separate the columns; commas were expected"
        return empty, [Fault(file, 1, "", f"{text}; {TIDY}")]
    try:
        cells, lines = parse(text, ",")
    except csv.Error as error:
        return empty, [Fault(file, 0, "", f"it cannot be read as CSV ({error})")]
    if not cells:
        return empty, [Fault(file, 0, "", "the file is empty; expected the columns and a row")]
    faults = check_header(cells[0], columns, file)
    if faults:
        return empty, faults
    right: list[tuple[list[str], int]] = []
    wrong: list[tuple[list[str], int]] = []
    for record, line in zip(cells[1:], lines[1:], strict=True):
        (right if len(record) == len(columns) and any(record) else wrong).append((record, line))
    rows = Rows(file, columns, [record for record, _ in right], [line for _, line in right])
    return rows, [wrong_width(record, line, columns, file) for record, line in wrong]


def check_header(header: list[str], columns: tuple[str, ...], file: str) -> list[Fault]:
    """List what is wrong with the first line of a file."""
    faults = [
        Fault(file, 1, "", f"the column '{name}' is not known{did_you_mean(name, columns)}")
        for name in header
        if name not in columns
    ]
    faults += [
        Fault(file, 1, "", f"the column '{name}' is missing")
        for name in columns
        if name not in header
    ]
    if not faults and tuple(header) != columns:
        order = ", ".join(columns)
        faults = [Fault(file, 1, "", f"the columns are not in their order: {order}; {TIDY}")]
    return faults


def wrong_width(record: list[str], line: int, columns: tuple[str, ...], file: str) -> Fault:
    """Say that a row is blank or has too few or too many cells."""
    if not any(record):
        return Fault(file, line, "", f"the row is blank; {TIDY}")
    count = f"the row has {len(record)} cells; expected {len(columns)}"
    return Fault(file, line, "", f"{count}, and a cell with a comma in it stands in quotes")


def write_rows(columns: tuple[str, ...], cells: list[list[str]]) -> str:
    """Write records as the data folder keeps them: commas, line feeds, quotes where needed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(cells)
    return out.getvalue()
