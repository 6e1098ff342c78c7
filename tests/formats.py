"""The numerals that a finished report's files hold, read from each format by a reader of its own.

A numeral is digits with the commas, points and letters-free joins inside them: 43,595 and 2.5 are
one each, 2015-06-30 is three.
"""

import copy
import csv
import io
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
from bs4 import BeautifulSoup
from docx.oxml.ns import qn

NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
CITED = re.compile(r" \[\d+(?:, \d+)*\]")


def numerals(text: str) -> Counter:
    return Counter(NUMERAL.findall(text))


class Page:
    """The HTML page: its tables in order, each a list of rows of cells, and all its words."""

    def __init__(self, path: Path) -> None:
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        self.contents = [link.get_text() for link in soup.select("nav li a")]
        self.headed = [soup.h1.get_text(), *(p.get_text() for p in soup.select(".kicker"))]
        for tag in soup.select("script, style, svg.symbols, nav, .skip, .live, body > footer"):
            tag.decompose()
        self.pictures = sum((numerals(s.get_text("\n")) for s in soup.select("svg")), Counter())
        self.addresses = sum((_printed(link) for link in soup.select("a[href]")), Counter())
        for tag in soup.select("svg"):
            tag.decompose()
        self.tables = [_rows(table) for table in soup.select("table")]
        for tag in soup.select("details"):
            tag.decompose()
        self.shown = [_rows(table) for table in soup.select("table")]
        self.words = numerals(_text(soup.body))
        for tag in soup.select(".region"):
            tag.decompose()
        self.prose = numerals(_text(soup.body))


def _rows(table):
    return [[_text(cell) for cell in row.select("th, td")] for row in table.select("tr")]


def _text(tag) -> str:
    """Return the words of an element; a citation stands apart from the word before it."""
    made = BeautifulSoup("", "lxml")
    made.append(copy.copy(tag))
    for cite in made.select("sup"):
        cite.replace_with(f" [{cite.get_text()}]")
    for line in made.select("span.basis, span.old, span.main"):
        line.insert_before("\n")
    for part in made.select("p, li, dt, dd, td, th, h1, h2, h3, h4, figcaption, caption"):
        part.append("\n")
    return made.get_text()


def _printed(link) -> Counter:
    """Return the numerals of an address that the PDF prints after a link's words."""
    said, address = link.get_text().replace(" ", ""), link["href"]
    bare = [re.sub(r"^(https?://(www\.)?|mailto:|tel:)", "", one).rstrip("/")
            for one in (said, address)]  # fmt: skip
    unsaid = said != address and bare[0] != bare[1]
    shown = unsaid and not address.startswith(("#", "tel:"))
    return numerals(address) if shown else Counter()


def furniture(page: Page, path: Path, footer: str) -> Counter:
    """Return the numerals of the PDF's heads and feet, and of its contents if it has a list."""
    reader = pypdfium2.PdfDocument(path)
    count = len(reader)
    found = sum((numerals(f"{footer} {at + 1} {count}") for at in range(count)), Counter())
    for words in page.headed * (count - 1):
        found += numerals(words)
    if len(page.contents) > 9:
        for entry in reader.get_toc():
            if entry.get_title() in page.contents:
                found += numerals(f"{entry.get_title()} {entry.get_dest().get_index() + 1}")
    return found


def paper_numerals(path: Path) -> Counter:
    """Return the numerals of the PDF's text.

    A change in the size of letters ends a numeral: a source's raised number is not part of the
    number that it follows.
    """
    found = Counter()
    for page in letters_of(path):
        words, last = "", 0.0
        for letter, size, _ in page:
            if letter.strip() and size != last:
                words, last = f"{words}\n", size
            words += letter
        found += numerals(words)
    return found


def leaves_of(pdf: Path | bytes) -> list[str]:
    """Return the words of each page of a PDF, without marks of where a line may break."""
    pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    marks = str.maketrans({"\x02": "-\n", "\r": None})
    return [page.translate(marks) for page in pages]


def letters_of(pdf: Path | bytes) -> Iterator[list[tuple[str, float, tuple[float, ...]]]]:
    """Yield each page's letters, their sizes, and where they stand: left, bottom, right, top."""
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        yield [
            (
                chr(pdfium.FPDFText_GetUnicode(text, at)),
                round(pdfium.FPDFText_GetFontSize(text, at), 1),
                text.get_charbox(at, loose=True),
            )
            for at in range(text.count_chars())
        ]


def sheets_of(path: Path) -> dict[str, list[list[str]]]:
    """Return the table of each sheet of a workbook, as shown, read by openpyxl."""
    book = openpyxl.load_workbook(path)
    made = {}
    for sheet in book.worksheets[3:]:
        (table,) = sheet.tables.values()
        made[sheet.title] = [[_shown(cell) for cell in row] for row in sheet[table.ref]]
    return made


def _shown(cell) -> str:
    if cell.data_type != "n":
        return str(cell.value)
    comma = "," if "," in cell.number_format else ""
    return f"{cell.value:{comma}.{len(cell.number_format.partition('.')[2])}f}"


def office_sheets(office: str, path: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Return the cells of each sheet of a workbook, as shown, read by LibreOffice."""
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    own = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [office, own, "--headless", "--convert-to", kind, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    start = f"{path.stem}-"
    return {
        made.stem.removeprefix(start): list(csv.reader(io.StringIO(made.read_text("utf-8"))))
        for made in folder.glob(f"{start}*.csv")
    }


class Word:
    """The Word document: its tables in order, and the numerals of its other paragraphs."""

    def __init__(self, path: Path) -> None:
        document = docx.Document(path)
        self.tables = [
            [[_said(cell._tc) for cell in row.cells] for row in table.rows]
            for table in document.tables
        ]
        lines = [p for p in document.paragraphs if not p.style.name.lower().startswith("toc")]
        kept = [line for line in lines if line.style.name != "Caption" or not _of_table(line)]
        self.prose = sum((numerals(_said(line._p)) for line in kept), Counter())


def _of_table(caption) -> bool:
    following = caption._p.getnext()
    return following is not None and following.tag == qn("w:tbl")


def _said(element) -> str:
    """Return the words of an element, its raised numbers in brackets as elsewhere."""
    words, raised = "", False
    for run in element.iter(qn("w:r")):
        text = "".join(part.text if part.tag == qn("w:t") else "\n"
                       for part in run.iter(qn("w:t"), qn("w:br")))  # fmt: skip
        now = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") is not None
        words += (" [" if now and not raised else "]" if raised and not now else "") + text
        raised = now
    return words + ("]" if raised else "")
