"""A report says the same numbers in every format.

The same numbers are the same numerals, each as many times, and more exactly:

- Workbook: each table of the HTML, the data of its charts with them, has a sheet, and row by row
  the sheet's cells hold the numerals of the HTML's cells, and cite the same sources. Read by
  openpyxl and by LibreOffice.
- Word: the same, table by table and cell by cell, but for the charts' data, which stand in the
  picture; and the paragraphs between the tables hold the numerals of the HTML's.
- PDF: its text has no tables to tell apart, so all of it is compared: the HTML's words, the
  pictures' words, and the addresses that paper prints after its links. Page furniture is left
  out: heads, feet, the contents' page numbers, and a table's head where it is repeated.
"""

import functools
import os
import re
import subprocess
import sys
from collections import Counter

import pytest

from analysis.cli import main
from analysis.report.formats import FORMATS
from analysis.report.sheets import NONE, NOTHING
from tests.conftest import ASKED, DAY, ROOT, asked_of
from tests.formats import (
    CITED,
    Page,
    Word,
    furniture,
    numerals,
    office_sheets,
    paper_numerals,
    sheets_of,
)
from tests.programs import program

read_page = functools.cache(Page)


# Reports of little, in which some tables have no row.
LITTLE = [
    ("comparison", "unions=gmb", DAY),
    ("role_coverage", "unions=aep", DAY),
    ("summary", "unions=gmb", DAY),
    ("union_profile", "union=aspect_group", DAY),
]


@pytest.fixture(params=[*((name, *ASKED[name]) for name in ASKED), *LITTLE], ids=" ".join)
def files(request, make_report):
    name, *asked = request.param
    return make_report(name, *(part for one in asked for part in ("-p", one)))


def bare(row):
    """Return the numerals of a row's cells without its citations."""
    return numerals(CITED.sub("", "\n".join(row)))


def cited(row):
    return {number for cell in row for mark in CITED.findall(cell) for number in numerals(mark)}


def facts_day(path):
    """Return the day that the cover states, which stands at the foot of each page."""
    return re.findall(r"<dt>Facts as at</dt><dd>(?:<[^>]*>)?([^<]*)", path.read_text("utf-8"))


def without_commas(table):
    """How thousands are parted is the reader's country's way."""
    return [[re.sub(r"(?<=\d),(?=\d{3})", "", cell) for cell in row] for row in table]


def assert_same(sheet, table):
    """Check a sheet's table, in which some columns hold the sources of those before them."""
    apart = [label.endswith(": sources") for label in sheet[0]]
    if len(table) == 1:
        assert sheet[1:] == [[NOTHING, *[NONE] * (len(sheet[0]) - 1)]]
        sheet = sheet[:1]
    assert len(sheet) == len(table)
    for told, row in zip(sheet, table, strict=True):
        words = [cell for cell, sources in zip(told, apart, strict=True) if not sources]
        sources = [f" [{c}]" for c, alone in zip(told, apart, strict=True) if alone]
        assert bare(words) == bare(row)
        assert len(words) == len(row)
        if told != sheet[0]:
            assert cited([*words, *sources]) == cited(row)


def test_the_workbook_has_the_numbers_of_every_table_of_the_page(files):
    page, sheets = read_page(files[".html"]), sheets_of(files[".xlsx"])
    assert len(sheets) == len(page.tables) > 1
    for sheet, table in zip(sheets.values(), page.tables, strict=True):
        assert_same(sheet, table)


def test_another_office_suite_reads_the_same_numbers_from_the_workbook(files, tmp_path):
    office = program("soffice", "libreoffice")
    tables = sheets_of(files[".xlsx"])
    seen = office_sheets(office, files[".xlsx"], tmp_path)
    assert set(tables) < set(seen)
    for name, table in tables.items():
        width = len(table[0])
        told = [row[:width] for row in seen[name][-len(table) :]]
        assert without_commas(told) == without_commas(table)


def test_the_word_document_has_the_numbers_of_the_page(files):
    page, word = read_page(files[".html"]), Word(files[".docx"])
    assert len(word.tables) == len(page.shown)
    for told, table in zip(word.tables, page.shown, strict=True):
        assert [list(map(bare, row)) for row in told] == [list(map(bare, row)) for row in table]
        assert list(map(cited, told)) == list(map(cited, table))
    assert word.prose == page.prose


def test_the_pdf_has_the_numbers_of_the_page(files):
    page, paper = read_page(files[".html"]), paper_numerals(files[".pdf"])
    day = next(iter(facts_day(files[".html"])), "")
    furnished = furniture(page, files[".pdf"], day)
    # The one page has no room for its sources' addresses; they are links there.
    addresses = Counter() if files[".pdf"].stem == "summary" else page.addresses
    assert paper == page.words + page.pictures + addresses + furnished


# Run again, and laid out again in a program of its own, whose sets and dicts are mixed otherwise.
AGAIN = """
import sys, nbformat
from pathlib import Path
from analysis.report.document import read_document
from analysis.report.formats import FORMATS
node = nbformat.read(sys.argv[1], 4)
document = read_document(node)
for kind, lay_out in FORMATS.items():
    Path(sys.argv[2], f"again.{kind}").write_bytes(lay_out(document))
"""


def test_the_same_outputs_give_the_same_bytes_in_every_format(files, tmp_path):
    command = [sys.executable, "-c", AGAIN, files[".ipynb"], tmp_path]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run(command, check=True, cwd=ROOT, env=environment, timeout=180)
    for kind in FORMATS:
        assert (tmp_path / f"again.{kind}").read_bytes() == files[f".{kind}"].read_bytes(), kind


def test_the_same_command_gives_the_same_bytes_in_every_format(finished, tmp_path):
    first = finished("union_profile")
    wanted = ["report", "union_profile", "--to", ",".join(FORMATS), "--out", str(tmp_path)]
    assert main(["--project", str(ROOT), *wanted, *asked_of("union_profile")]) == 0
    for kind in FORMATS:
        made = tmp_path / f"union_profile.{kind}"
        assert made.read_bytes() == first[f".{kind}"].read_bytes(), kind
