"""One CSV file in, its cells out, each row with the line that it starts on."""

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from analysis.characters import visible
from analysis.errors import did_you_mean
from analysis.schema import FILES, LOCAL_FILES

TIDY = "'unions tidy' puts this right"
SEPARATORS = {";": "semicolons", "\t": "tabs"}
LONGEST = 131_072
TOO_LONG = "a cell is too long"
CSV_FAULTS = {
    "unexpected end of data": "a quotation mark opens here and never closes",
    "expected after": "text follows a closing quotation mark",
    "field larger": TOO_LONG,
}


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with one file; line 0 stands for the whole file.

    ``needs`` is the kind of file that was looked into; if that file has lost rows, the fault is
    not certain.
    """

    file: str
    line: int
    column: str
    text: str
    needs: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return the fault as the sentence that the reader sees."""
        where = self.file + (f", line {self.line}" if self.line else "")
        return visible(f"{where}{f', {self.column}' if self.column else ''}: {self.text}")


@dataclass(frozen=True)
class Rows:
    """The rows of one file, as text, with the first line of each; ``lost`` if some are missing."""

    file: str
    columns: tuple[str, ...]
    cells: list[list[str]]
    lines: list[int]
    lost: bool = False


def columns_of(kind: str) -> tuple[str, ...]:
    """Return the names of the columns that a kind of file must have, in order."""
    return tuple(column.name for column in (FILES | LOCAL_FILES)[kind])


def read_raw(path: Path, file: str) -> tuple[bytes, list[Fault]]:
    """Return a file's bytes, or say why it cannot be read."""
    try:
        return path.read_bytes(), []
    except (FileNotFoundError, NotADirectoryError):
        text = f"there is no such file; {how_to_get(path.stem)}"
    except OSError as error:
        text = f"the file cannot be read: {error.strerror}"
    return b"", [Fault(file, 0, "", text)]


def how_to_get(kind: str) -> str:
    """Say how to come by a file that is not there.

    >>> how_to_get("roles")
    "copy roles.csv from the project's folder data"
    >>> how_to_get("sources")[:50]
    'begin it with the line source,title,publisher,url,'
    """
    if kind in ("unions", "sources"):
        return f"begin it with the line {','.join(columns_of(kind))}"
    return f"copy {kind}.csv from the project's folder data"


def decode(raw: bytes, file: str) -> tuple[str, list[Fault]]:
    """Turn a file's bytes into text: UTF-8, with or without a byte order mark."""
    advice = "expected UTF-8; save the file again as 'CSV UTF-8'"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:2]:
        return "", [Fault(file, 0, "", f"the file is UTF-16; {advice}")]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", raw[: error.start])) + 1
        byte = f"byte 0x{raw[error.start]:02X}"
    return "", [Fault(file, line, "", f"{byte} is not UTF-8; {advice}")]


def separator(text: str, columns: tuple[str, ...]) -> str:
    """Return ``;`` or a tab where a spreadsheet put it between these columns, else ``,``."""
    header = re.split(r"[\r\n]", text, maxsplit=1)[0].replace('"', "")
    for mark in SEPARATORS:
        names = [name.strip() for name in header.split(mark)]
        if sorted(filter(None, names)) == sorted(columns):
            return mark
    return ","


def parse(text: str, delimiter: str, file: str) -> tuple[list[list[str]], list[int], list[Fault]]:
    """Cut text into records, each with the line that it starts on, up to the first fault."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    cells: list[list[str]] = []
    lines: list[int] = []
    start = 1
    try:
        for record in reader:
            if len(max(record, key=len, default="")) > LONGEST:
                return cells, lines, [Fault(file, start, "", TOO_LONG)]
            cells.append(record)
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        known = [words for part, words in CSV_FAULTS.items() if part in str(error)]
        words = known[0] if known else f"it cannot be read as CSV ({error})"
        line = reader.line_num if "text follows" in words else start
        return cells, lines, [Fault(file, line, "", words)]
    return cells, lines, []


def read_rows(path: Path, kind: str, file: str) -> tuple[Rows, list[Fault]]:
    """Read one file of the data folder; nothing is skipped, filled in or guessed.

    Parameters
    ----------
    path
        Where the file is.
    kind
        A key of ``schema.FILES`` or ``schema.LOCAL_FILES``.
    file
        The file's name as a reader knows it, for the faults.

    Returns
    -------
    Rows, list of Fault
        The rows of the right width, and what is wrong with the rest.
    """
    columns = columns_of(kind)
    cells, lines, faults = read_cells(path, columns, file)
    if not faults and len(cells) == 1:
        faults = [Fault(file, 0, "", "the file has no rows; expected at least one")]
    if faults:
        return Rows(file, columns, [], [], lost=True), faults
    right: list[tuple[list[str], int]] = []
    wrong: list[tuple[list[str], int]] = []
    for record, line in zip(cells[1:], lines[1:], strict=True):
        (right if len(record) == len(columns) and any(record) else wrong).append((record, line))
    lost = any(any(record) for record, _ in wrong)
    rows = Rows(file, columns, [record for record, _ in right], [line for _, line in right], lost)
    return rows, [wrong_width(record, line, columns, file) for record, line in wrong]


def read_cells(
    path: Path, columns: tuple[str, ...], file: str
) -> tuple[list[list[str]], list[int], list[Fault]]:
    """Return the records of a file under the right header, their lines, or what is wrong."""
    raw, faults = read_raw(path, file)
    if faults:
        return [], [], faults
    text, faults = decode(raw, file)
    if faults:
        return [], [], faults
    mark = separator(text, columns)
    if mark != ",":
        words = f"{SEPARATORS[mark]} separate the columns; commas were expected"
        return [], [], [Fault(file, 1, "", f"{words}; {TIDY}")]
    cells, lines, broken = parse(text, ",", file)
    if not cells and not broken:
        words = "the file is empty; expected the columns and a row"
        return [], [], [Fault(file, 0, "", words)]
    faults = check_header(cells[0], columns, file) if cells else []
    return cells, lines, faults or broken


def check_header(header: list[str], columns: tuple[str, ...], file: str) -> list[Fault]:
    """List what is wrong with the first line of a file."""
    order = ", ".join(columns)
    if not set(header) & set(columns):
        return [Fault(file, 1, "", f"the line names no column; expected {order}")]
    names = dict.fromkeys(header)
    texts = [
        *(f"the column '{name}' is not known{did_you_mean(name, columns)}"
          for name in names if name not in columns),
        *(f"the column '{name}' stands {times(header.count(name))}"
          for name in names if name in columns and header.count(name) > 1),
        *(f"the column '{name}' is missing" for name in columns if name not in names),
    ]  # fmt: skip
    if not texts and tuple(header) != columns:
        texts = [f"the columns are not in their order: {order}; {TIDY}"]
    return [Fault(file, 1, "", text) for text in texts]


def times(count: int) -> str:
    """Say how often.

    >>> times(2), times(3)
    ('twice', '3 times')
    """
    return "twice" if count == 2 else f"{count} times"


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
