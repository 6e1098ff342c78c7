"""An executed notebook's tables as a workbook, by the Government Analysis Function's rules.

Each table has a sheet of its own, after a cover, the contents and the notes. No text is ever
read as a formula, a link or markup.
"""

import datetime as dt
import io
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from analysis.errors import NotebookError
from analysis.report.blocks import Document, Facts, Paragraph
from analysis.report.sheets import NONE, TableSheet, Value, bracketed, table_sheets

with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)  # it leaves its theme's file open
    import gptables
    from gptables.core.gptable import FormatList

NOTES = "Notes"
LONGEST = 32_767  # the letters that a cell of Excel holds
WIDE = 120  # a table's width on the screen, in letters, unless its columns need more
COVER_WIDTH = 100
LINE = 16  # points
TALLEST = 409  # points; Excel takes no more
HELD = "This workbook holds the tables of the report and the data behind its charts."
SIGNS = (
    "A number in square brackets, such as [3], is the number of a source on the sheet Sources. "
    "Where a column holds numbers, their sources stand in the next column.",
    f"{NONE} means that there is nothing to say in that cell: no source belongs to it, or the "
    "column does not apply to the row.",
    "Not stated means that no source that was read says so. It is never no.",
    "Each figure keeps the words that say how it was counted and when. A cell that holds words "
    "beside a number is text.",
    "The report that this workbook belongs to says how its facts were read and compared.",
)
TEXT: Any = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
UNDATED = dt.datetime(2000, 1, 1)


def xlsx_workbook(document: Document) -> bytes:
    """Return the tables of a report as a workbook; the same document gives the same bytes.

    Raises
    ------
    NotebookError
        If a cell has more letters than a workbook's cell holds.
    """
    sheets = table_sheets(document)
    _check_lengths(document, sheets)
    pages = {NOTES: _notes()} | {
        sheet.name: _page(sheet, number) for number, sheet in enumerate(sheets, start=1)
    }
    file = io.BytesIO()
    with warnings.catch_warnings():
        # It warns that it makes no notes sheet (ours is one), and that it uses pandas' old ways.
        warnings.simplefilter("ignore")
        workbook = gptables.produce_workbook(
            file,
            pages,
            cover=_cover(document),
            contentsheet_options={"title": "Contents", "instructions": "One row for each sheet."},
            auto_width=False,
            workbook_options=TEXT,
        )
    _finish(workbook, document, sheets)
    workbook.close()
    return file.getvalue()


def _cover(document: Document) -> Any:
    """Say what the workbook is, of what day and edition, and whom to tell of a mistake."""
    title = FormatList(_shown(document.title))
    parts = [[_shown(line) for line in lines] or None for lines in _cover_lines(document)]
    return gptables.Cover(title, *parts, width=COVER_WIDTH)


def _cover_lines(document: Document) -> list[list[str]]:
    """Return the lines of the cover: of the introduction, about the data, of the contact."""
    said = [block for block in document.cover if isinstance(block, Paragraph)]
    facts = [fact for block in document.cover if isinstance(block, Facts) for fact in block.items]
    intro = [document.kicker, HELD, *(bracketed(p.runs) for p in said if p.style == "main")]
    about = [f"{fact.term}: {bracketed(fact.runs)}" for fact in facts]
    contact = [bracketed(p.runs) for p in said if p.style == "small"]
    return [list(filter(None, lines)) for lines in (intro, about, contact)]


def _notes() -> Any:
    table = pd.DataFrame({"Note": range(1, len(SIGNS) + 1), "What it says": map(_cell, SIGNS)})
    return _gptable(table, NOTES.lower(), NOTES, "Signs and words that the sheets use.")


def _page(sheet: TableSheet, number: int) -> Any:
    values = [[_cell(value) for value in row] for row in sheet.rows]
    table = pd.DataFrame(values, columns=list(sheet.header))
    page = _gptable(
        table, f"table_{number}", sheet.title, "This worksheet contains one table. "
        f"The sheet {NOTES} explains its signs.",
    )  # fmt: skip
    page.set_legend([_shown(line) for line in sheet.about])
    page.set_source(_shown(sheet.source) if sheet.source else None)
    for at, right in enumerate(sheet.right):
        look = {"align": "right"} if right else {"align": "left", "indent": int(at > 0)}
        page.additional_formatting.append({"column": {"columns": [at], "format": look}})
    for (row, column), form in sheet.formats.items():
        cell = {"cells": (row + 1, column), "format": {"num_format": form}}
        page.additional_formatting.append({"cell": cell})
    return page


def _gptable(table: pd.DataFrame, name: str, title: str, says: str) -> Any:
    look = {"columns": list(range(table.shape[1])), "format": {"text_wrap": 1, "valign": "top"}}
    return gptables.GPTable(
        table=table,
        table_name=name,
        title=_shown(title),
        instructions=says,
        index_columns={},
        additional_formatting=[{"column": look}],
    )


def _cell(value: Any) -> Any:
    """Return a value as gptables writes it unchanged: a text in a list is not read for links."""
    return FormatList([{}, value]) if isinstance(value, str) else value


def _shown(text: str) -> Any:
    """Return a line as gptables writes it unchanged.

    It would read two pairs of dollar signs as a note's name, but looks at each part by itself.
    """
    shown: list[Any] = []
    for part in text.replace("$$", "$\0$").split("\0"):
        shown += [{}, part]
    return shown


def _finish(workbook: Any, document: Document, sheets: list[TableSheet]) -> None:
    """Set widths and heights, how each sheet is printed, and what the file says of itself."""
    day = document.day
    created = dt.datetime(day.year, day.month, day.day) if day else UNDATED
    about = {"title": document.title, "subject": document.kicker, "created": created}
    workbook.set_properties(about)
    lines = [line for part in _cover_lines(document) for line in ("", *part) if part]
    _lay_out(workbook.get_worksheet_by_name("Cover"), [COVER_WIDTH], 1, [(t,) for t in lines])
    names = [(sheet.name, sheet.title) for sheet in sheets]
    listed = [("Sheet name", ""), (NOTES, NOTES), *names]
    _lay_out(workbook.get_worksheet_by_name("Contents"), [36, 84], 2, listed)
    notes = [("Note", ""), *(("1", sign) for sign in SIGNS)]
    _lay_out(workbook.get_worksheet_by_name(NOTES), [10, 110], 2, notes)
    for sheet in sheets:
        page = workbook.get_worksheet_by_name(sheet.name)
        head = 2 + len(sheet.about) + bool(sheet.source)  # the rows above the table's own head
        _lay_out(page, _widths(sheet), head, [sheet.header, *sheet.rows])
        page.repeat_rows(head)


def _lay_out(page: Any, widths: list[float], start: int, rows: Iterable[Sequence[Value]]) -> None:
    """Set each column's width and each row's height: not every program works heights out."""
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_landscape()
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    for at, row in enumerate(rows, start=start):
        lines = max(_lines(str(value), width) for value, width in zip(row, widths, strict=True))
        page.set_row(at, min(LINE * lines + 2, TALLEST))


def _lines(text: str, width: float) -> int:
    """Return about how many lines a text takes in a column; too many rather than too few."""
    letters = max(int(0.95 * width), 1)
    return sum(max(-(-len(line) // letters), 1) for line in text.split("\n"))


def _widths(sheet: TableSheet) -> list[float]:
    """Share the width as the report does, but leave room for each column's longest word."""
    share = WIDE / sum(sheet.widths)
    columns = zip(sheet.header, *sheet.rows, strict=True)
    return [
        max(width * share, 1.25 * max(map(_longest_word, column)) + 3)
        for width, column in zip(sheet.widths, columns, strict=True)
    ]


def _longest_word(value: Value) -> int:
    text = value if isinstance(value, str) else f"{value:,}"
    return max((min(len(word), 24) for word in text.split()), default=0)


def _check_lengths(document: Document, sheets: list[TableSheet]) -> None:
    texts = [(s.title, value) for s in sheets for row in s.rows for value in row]
    texts += [(document.title, line) for part in _cover_lines(document) for line in part]
    for title, text in texts:
        if isinstance(text, str) and len(text) > LONGEST:
            raise NotebookError(
                f"'{title}': a cell has {len(text):,} letters, and a workbook's cell holds "
                f"{LONGEST:,} at most; ask for another format"
            )
