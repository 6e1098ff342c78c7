"""The tables of a report as the sheets of a workbook: one each, in values that can be counted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.report.blocks import Cell, Chart, Column, Document, Heading, Row, Runs, Table, walk
from analysis.report.text import plain

NONE = "[z]"  # the Analysis Function's shorthand for "does not apply"
NOTHING = "Nothing to list"
SOURCES = "Sources"
NAME_LENGTH = 31  # the most that Excel takes
# Written out in full: a code such as 007 is no number, and Excel keeps 15 digits of any.
BARE = re.compile(r"(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d{1,6})?")

Value = str | int | float


@dataclass(frozen=True)
class TableSheet:
    """A sheet: its name, what stands above its table, and the table's header and values.

    ``formats`` names the number format of each value that is a number, by row and column;
    ``widths`` are relative, and ``right`` says which columns stand right, as in the report.
    """

    name: str
    title: str
    about: tuple[str, ...]
    source: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    formats: dict[tuple[int, int], str]
    widths: tuple[float, ...]
    right: tuple[bool, ...]


def table_sheets(document: Document) -> list[TableSheet]:
    """Return a sheet for each table of a report and for each chart's data, in reading order.

    A column in which a number alone has citations gets a column of their own beside it, so that
    the number stays a number; all other citations follow their words in square brackets.
    """
    made: list[TableSheet] = []
    section = "Table"
    for block in walk(document.cover + document.blocks):
        if isinstance(block, Heading) and block.level == 2:
            section = block.text
        elif isinstance(block, Table) and block.form == "sources":
            made.append(_sheet(block, SOURCES, block.caption, _sentences(plain(block.note)), ""))
        elif isinstance(block, Table):
            name = _name(len(made) + 1, section)
            about = _sentences(bracketed(block.note))
            made.append(_sheet(block, name, block.caption, about, _dated(document, _cited(block))))
        elif isinstance(block, Chart) and block.table:
            name = _name(len(made) + 1, section)
            about = (block.table.caption, *_sentences(block.caption))
            source = _dated(document, set(block.cites) | _cited(block.table))
            title = f"Data behind the chart: {block.title}"
            made.append(_sheet(block.table, name, title, about, source))
    return made


def number(text: str) -> int | float | None:
    """Return the number that a text is, if it is one and nothing else.

    >>> number("43,595"), number("200.9"), number("007"), number("+5"), number("about 20,000")
    (43595, 200.9, None, None, None)
    """
    if not BARE.fullmatch(text):
        return None
    digits = text.replace(",", "")
    return float(digits) if "." in digits else int(digits)


def number_format(text: str) -> str:
    """Return the number format that shows a number as it is written.

    >>> number_format("43,595"), number_format("200.90"), number_format("2017")
    ('#,##0', '0.00', '0')
    """
    places = len(text.partition(".")[2])
    return ("#,##0" if "," in text else "0") + ("." + "0" * places if places else "")


def bracketed(runs: Runs) -> str:
    """Return the words of ``runs``, each citation as its number in square brackets.

    >>> from analysis.report.blocks import Run
    >>> bracketed((Run("1897"), Run(cites=(17, 18))))
    '1897 [17, 18]'
    """
    return "".join(f" [{_listed(run.cites)}]" if run.cites else run.text for run in runs).strip()


def numbers_in_words(numbers: set[int]) -> str:
    """Return numbers in order, runs of three or more as a range.

    >>> numbers_in_words({1, 2, 3, 5, 9, 10})
    '1 to 3, 5, 9, 10'
    """
    runs: list[list[int]] = []
    for one in sorted(numbers):
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    parts = [[f"{r[0]} to {r[-1]}"] if len(r) > 2 else list(map(str, r)) for r in runs]
    return ", ".join(part for group in parts for part in group)


def _name(place: int, section: str) -> str:
    """Return a sheet's name: its number and its section, as far as whole words have room."""
    words = " ".join(re.sub(r"[\[\]:*?/\\']", " ", section).split())
    name = f"{place} {words}"
    if len(name) > NAME_LENGTH:
        name = name[: NAME_LENGTH + 1].rpartition(" ")[0]
    return name.rstrip(" ,.;-") if " " in name else f"{place} {words}"[:NAME_LENGTH].strip()


def _sheet(table: Table, name: str, title: str, about: tuple[str, ...], source: str) -> TableSheet:
    apart = [_has_cited_number(table.rows, at) for at in range(len(table.columns))]
    labels, widths, right = zip(*_columns(table.columns, apart), strict=True)
    rows: list[tuple[Value, ...]] = []
    formats: dict[tuple[int, int], str] = {}
    for at, row in enumerate(table.rows):
        texts = list(_texts(row, apart))
        values = [number(text) for text in texts]
        pairs = list(zip(texts, values, strict=True))
        rows.append(tuple(text if value is None else value for text, value in pairs))
        formats |= {
            (at, place): number_format(text)
            for place, (text, value) in enumerate(pairs)
            if value is not None
        }
    header = _unique(labels)
    if not rows:  # its note says why; a workbook's table needs a row
        rows = [(NOTHING, *[NONE] * (len(header) - 1))]
    return TableSheet(name, title, about, source, header, tuple(rows), formats, widths, right)


def _columns(columns: tuple[Column, ...], apart: list[bool]) -> Iterator[tuple[str, float, bool]]:
    narrow = min(column.width for column in columns)
    for column, has_sources in zip(columns, apart, strict=True):
        yield column.label, column.width, column.align == "right"
        if has_sources:
            yield f"{column.label}: sources", narrow, False


def _texts(row: Row, apart: list[bool]) -> Iterator[str]:
    for cell, has_sources in zip(row.cells, apart, strict=True):
        if not has_sources:
            yield _text(cell) or NONE
            continue
        numbers = dict.fromkeys(n for line in cell.lines for run in line.runs for n in run.cites)
        yield (_text(cell) if len(cell.lines) > 1 else _words(cell)) or NONE
        yield _listed(tuple(numbers)) or NONE


def _has_cited_number(rows: tuple[Row, ...], at: int) -> bool:
    cells = [row.cells[at] for row in rows]
    cited = (c for c in cells if any(run.cites for line in c.lines for run in line.runs))
    return any(number(_words(cell)) is not None for cell in cited)


def _words(cell: Cell) -> str:
    return "\n".join(plain(line.runs).strip() for line in cell.lines)


def _text(cell: Cell) -> str:
    return "\n".join(bracketed(line.runs) for line in cell.lines).strip()


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _unique(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels as a workbook's table takes them: none empty, none twice in any case."""
    seen: set[str] = set()
    made = []
    for label in labels:
        # What stands between two pairs of dollar signs would be read as a note's name.
        wanted = name = label.strip().replace("$$", "$ $") or "No label"
        count = 1
        while name.casefold() in seen:
            count += 1
            name = f"{wanted} ({count})"
        seen.add(name.casefold())
        made.append(name)
    return tuple(made)


def _sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text: each gets a row, since a row's first cell never wraps."""
    return tuple(filter(None, re.split(r"(?<=[.!?\]]) (?=[A-Z])", text.strip())))


def _cited(table: Table) -> set[int]:
    cells = [cell for row in table.rows for cell in row.cells]
    lines = [table.note, *(line.runs for cell in cells for line in cell.lines)]
    return {number for runs in lines for run in runs for number in run.cites}


def _dated(document: Document, cited: set[int]) -> str:
    """Say where a sheet's facts come from, and the day that they speak of."""
    word = "Source" if len(cited) == 1 else "Sources"
    source = f"{word}: {numbers_in_words(cited)}, as numbered on the sheet {SOURCES}. "
    day = document.day
    dated = f"Facts as at {day.day} {day:%B %Y}." if day else "The report states no day."
    return (source if cited else "Source: computed from the facts of the report. ") + dated
