"""A large CSV by column: each distinct cell is kept once, and looked at once."""

import csv
import io
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import accumulate, count, islice, zip_longest

import numpy as np

from analysis.errors import DataError
from analysis.read.files import SEPARATORS, Fault, decode, parse
from analysis.read.staff.findings import Numbers
from analysis.read.staff.posts import squeeze

EXPECTED = "expected urn, school, role and headcount, and optionally fte and employer"
BREAK = re.compile(r"\r\n?|\n")
# So many records are taken at a time.
BLOCK = 1_000
# Called with the headings and each column's cells before anything else is made of them.
Look = Callable[[list[str], list[Iterable[str]]], None]


@dataclass(frozen=True)
class Grid:
    """The rows of a file, column by column.

    Attributes
    ----------
    header
        The headings, without blanks around them.
    distinct
        The distinct cells of each column, in the order in which they were met.
    codes
        For each column, which of its ``distinct`` cells each row holds.
    lines
        The line that each row starts on.
    wrong
        Line and number of cells of each row that has too few or too many.
    """

    header: list[str]
    distinct: list[list[str]]
    codes: list[Numbers]
    lines: Numbers
    wrong: list[tuple[int, int]]

    def keep(self, rows: Numbers) -> "Grid":
        """Return the grid of some of its rows."""
        codes = [column[rows] for column in self.codes]
        return replace(self, codes=codes, lines=self.lines[rows])


def read_grid(raw: bytes, file: str, known: frozenset[str], look: Look) -> Grid:
    """Cut a file into columns; blank rows, as a spreadsheet leaves them, hold nothing.

    Parameters
    ----------
    raw
        What the file holds.
    file
        Its name, for the faults.
    known
        Headings that are looked for, squeezed, to tell what separates the columns.
    look
        What may refuse the file; it is called before any fault is raised.

    Raises
    ------
    DataError
        If the file is no CSV in UTF-8, or has no rows.
    """
    text, faults = decode(raw, file)
    mark = delimiter_of(text, known)
    if not faults and (not text or text.isspace()):
        faults = [Fault(file, 0, "", f"the file is empty; {EXPECTED}")]
    if not faults:
        try:
            grid = cut(raw, mark)
        except csv.Error:
            faults = parse(text, mark, file)[2]
    if not faults:
        look(grid.header, list(grid.distinct))
        if len(grid.lines) or grid.wrong:
            return grid
        faults = [Fault(file, 0, "", "the file has no rows; expected at least one")]
    text = text or raw.replace(b"\0", b"").decode("utf-8", "replace")
    look(*loosely(text, delimiter_of(text, known)))
    raise DataError([str(fault) for fault in faults]) from None


def delimiter_of(text: str, known: frozenset[str]) -> str:
    """Return what separates the headings: the mark that sets the most known ones apart.

    >>> delimiter_of("URN;School;Posts, all", frozenset(["urn", "school"]))
    ';'
    """
    header = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]

    def pieces(mark: str) -> tuple[int, int]:
        parts = header.split(mark)
        return sum(squeeze(part) in known for part in parts), len(parts)

    return max((",", *SEPARATORS), key=pieces)


def cut(raw: bytes, delimiter: str) -> Grid:
    """Cut a file in UTF-8 into columns."""
    lines = io.TextIOWrapper(io.BytesIO(raw), "utf-8-sig", newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    taken = Taken([name.strip() for name in next(reader, [])] or [""])
    line = reader.line_num
    while block := list(islice(reader, BLOCK)):
        taken.add(block, line + 1, reader.line_num)
        line = reader.line_num
    return taken.grid()


class Taken:
    """The columns of a file while it is read."""

    def __init__(self, header: list[str]) -> None:
        self.header = header
        self.seen = [numbering() for _ in header]
        self.codes = [array("q") for _ in header]
        self.lines = array("q")
        self.wrong: list[tuple[int, int]] = []

    def add(self, block: list[list[str]], first: int, last: int) -> None:
        """Take some records, which stand on the lines from the first to the last."""
        lines: Iterable[int] = range(first, last + 1)
        if last + 1 - first != len(block):
            ends = accumulate(1 + sum(len(BREAK.findall(cell)) for cell in row) for row in block)
            lines = [first, *(first + end for end in ends)][:-1]
        width = len(self.header)
        if set(map(len, block)) != {width} or not all(row[0].strip() for row in block):
            pairs = [(row, line) for row, line in zip(block, lines, strict=True) if not blank(row)]
            self.note([pair for pair in pairs if len(pair[0]) != width])
            block = [row for row, _ in pairs if len(row) == width]
            lines = [line for row, line in pairs if len(row) == width]
        for place, cells in enumerate(zip(*block, strict=True)):
            self.codes[place].extend(map(self.seen[place].__getitem__, cells))
        self.lines.extend(lines)

    def note(self, pairs: list[tuple[list[str], int]]) -> None:
        """Take records that have too few or too many cells, only to look at them."""
        for row, line in pairs:
            self.wrong.append((line, len(row)))
            self.seen += [numbering() for _ in row[len(self.seen) :]]
            for cell, known in zip(row, self.seen, strict=False):
                known[cell]

    def grid(self) -> Grid:
        """Return what was taken."""
        codes = [np.array(column, "int64") for column in self.codes]
        lines = np.array(self.lines, "int64")
        return Grid(self.header, [list(known) for known in self.seen], codes, lines, self.wrong)


def numbering() -> defaultdict[str, int]:
    """Return what gives each new cell the next number."""
    return defaultdict(count().__next__)


def blank(row: list[str]) -> bool:
    """Say whether a row holds nothing, as a spreadsheet leaves some behind."""
    return not any(map(str.strip, row))


def loosely(text: str, delimiter: str) -> tuple[list[str], list[Iterable[str]]]:
    """Cut what is no CSV into headings and columns all the same, only to look at them."""
    rows = [[cell.strip(' "') for cell in row.split(delimiter)] for row in text.splitlines()]
    header = rows[0] if rows else []
    return header, [dict.fromkeys(column) for column in zip_longest(*rows[1:], fillvalue="")]
