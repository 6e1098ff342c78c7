"""The workbook, read back."""

import io
import zipfile

import openpyxl
import pytest

from analysis.errors import NotebookError
from analysis.report.document import read_document
from analysis.report.exporters import UnionsXLSXExporter
from analysis.report.xlsx import xlsx_workbook
from analysis.schema import PROSE_MIME, TABLE_MIME
from tests.report.conftest import RESOURCES, cell, code, markdown, notebook, prose, sample, table
from tests.report.planted import SEEN, planted


@pytest.fixture(scope="module")
def book():
    data, _ = UnionsXLSXExporter().from_notebook_node(sample(), dict(RESOURCES))
    return openpyxl.load_workbook(io.BytesIO(data))


def below(sheet):
    """Return the rows of a sheet's table, its header first."""
    (made,) = sheet.tables.values()
    return [[one.value for one in row] for row in sheet[made.ref]]


def test_a_cover_the_contents_and_the_notes_come_before_a_sheet_for_each_table(book):
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "1 Who may join", "2 How large", "3 How large", "Sources",
    ]  # fmt: skip
    titles = [sheet["A1"].value for sheet in book][3:]
    assert titles == [
        "May they join?",
        "Data behind the chart: More members each year",
        "Fees",
        "Sources",
    ]


def test_the_cover_says_what_the_workbook_is_and_its_day(book):
    lines = [row[0].value for row in book["Cover"].iter_rows()]
    assert lines[0] == "Which unions serve us?"
    assert "This workbook holds the tables of the report and the data behind its charts." in lines
    assert "Facts as at: 1 September 2026" in lines


def test_the_contents_link_to_each_sheet(book):
    links = [row[0].hyperlink.location for row in book["Contents"].iter_rows(min_row=4)]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[2:]]


def test_no_cells_are_merged_and_none_of_a_table_is_blank(book):
    for sheet in book:
        assert not sheet.merged_cells.ranges
    for sheet in book.worksheets[1:]:
        assert all(value not in (None, "") for row in below(sheet) for value in row)


def test_every_sheet_states_its_sources_and_its_day(book):
    said = [row[0].value for row in book["1 Who may join"].iter_rows(max_row=4)]
    assert "Source: 2, as numbered on the sheet Sources. Facts as at 1 September 2026." in said
    assert book["3 How large"]["A3"].value == (
        "Source: computed from the facts of the report. Facts as at 1 September 2026."
    )


def test_a_table_without_rows_has_one_that_says_so():
    node = notebook(markdown("# Counts"), code(TABLE_MIME, table("Counted", ["Union", "In"], [])))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_workbook(read_document(node)))).worksheets[-1]
    assert below(sheet) == [["Union", "In"], ["Nothing to list", "[z]"]]


def test_a_number_alone_is_a_number_and_words_with_one_are_text():
    rows = [
        [cell("NEU"), cell("487,420", cite=["a"]), cell("007")],
        [cell("AEP"), cell("about 2,000", cite=["a"]), cell("12.50")],
    ]
    node = notebook(
        markdown("# Counts"),
        code(TABLE_MIME, table("Counted", ["Union", "Members", "Code"], rows)),
        code(TABLE_MIME, {**table("Sources", ["No.", "Source"], [], "sources"), "rows": [
            {"source": "a", "cells": [{"lines": [], "mark": None}, cell("A paper")]}]}),
    )  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_workbook(read_document(node))))["1 Table"]
    assert below(sheet) == [
        ["Union", "Members", "Members: sources", "Code"],
        ["NEU", 487420, 1, "007"],
        ["AEP", "about 2,000", 1, 12.5],
    ]
    (made,) = sheet.tables.values()
    formats = [[one.number_format for one in row] for row in sheet[made.ref]][1:]
    assert (formats[0][1], formats[1][3]) == ("#,##0", "0.00")


def test_every_planted_text_comes_out_as_the_text_it_is():
    data = xlsx_workbook(read_document(planted()))
    book = openpyxl.load_workbook(io.BytesIO(data))
    values = [one for sheet in book for row in sheet.iter_rows() for one in row]
    assert not [one for one in values if one.data_type == "f"]
    assert not [one for one in values if one.hyperlink and not one.hyperlink.location]
    rows = below(book["1 Planted"])
    assert [row[0] for row in rows[1:]] == SEEN
    assert [row[1] for row in rows[1:]] == SEEN
    assert below(book["1 Planted"])[0] == ["=1+1", "@x"]
    assert book["1 Planted"]["A1"].value == "$$x$$ {{ 7*7 }}"
    cover = [row[0].value for row in book["Cover"].iter_rows()]
    assert [cover[0], cover[2], cover[4]] == ["=1+1", "@x", "$$x$$"]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_sheet_names_are_short_unique_and_hold_no_forbidden_sign():
    inner = [{"type": "table", **table(f"T{n}", ["A"], [[cell("x")]])} for n in range(3)]
    node = notebook(
        markdown("# Names"),
        markdown("## What [is] a: b*c? d/e\\f and it's a long, long heading"),
        code(PROSE_MIME, prose(*inner)),
    )
    names = openpyxl.load_workbook(io.BytesIO(xlsx_workbook(read_document(node)))).sheetnames[3:]
    assert names == [f"{n} What is a b c d e f and it s" for n in (1, 2, 3)]
    assert all(len(name) <= 31 for name in names)


def test_labels_that_are_alike_or_empty_are_told_apart():
    rows = [[cell("x"), cell("y"), cell("")]]
    node = notebook(markdown("# L"), code(TABLE_MIME, table("T", ["Neu", "NEU", ""], rows)))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_workbook(read_document(node))))["1 Table"]
    assert below(sheet) == [["Neu", "NEU (2)", "No label"], ["x", "y", "[z]"]]


def test_a_cell_that_excel_would_cut_is_refused():
    rows = [[cell("x" * 32_768)]]
    node = notebook(markdown("# L"), code(TABLE_MIME, table("Long", ["A"], rows)))
    with pytest.raises(NotebookError, match="'Long': a cell has 32,768 letters"):
        xlsx_workbook(read_document(node))
