"""What a screen reader is told of each report on paper."""

import page as validation
import pikepdf
import pytest
from bs4 import BeautifulSoup

from tests.conftest import ASKED

every_report = pytest.mark.parametrize("name", sorted(ASKED))


def structure(node):
    """Yield every structure element of a PDF, in reading order."""
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


def scope_of(cell):
    """Return what a header cell says that it heads."""
    told = cell.get("/A", [])
    told = told if isinstance(told, pikepdf.Array) else [told]
    return next((str(one.Scope) for one in told if "/Scope" in one), "")


@every_report
def test_a_report_keeps_to_pdf_ua(name, finished):
    profile = validation.ValidationProfile.PDF_UA_1
    report = validation.validate_pdf(str(finished(name)[".pdf"]), profile=profile)
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant


@every_report
def test_every_header_has_its_scope_and_every_picture_its_own_words(name, finished):
    page = BeautifulSoup(finished(name)[".html"].read_text("utf-8"), "html.parser")
    captions = {caption.get_text().strip() for caption in page.find_all("figcaption")}
    with pikepdf.open(finished(name)[".pdf"]) as pdf:
        parts = list(structure(pdf.Root.StructTreeRoot))
        rows = [[cell for cell in structure(part) if cell.S in ("/TH", "/TD")]
                for part in parts if part.S == "/TR"]  # fmt: skip
        scopes = {scope_of(cell) for row in rows for cell in row if cell.S == "/TH"}
        assert scopes <= {"/Row", "/Column"}
        assert all(row[0].S == "/TH" for row in rows)
        words = [str(part.get("/Alt", "")) for part in parts if part.S == "/Figure"]
    assert len(words) == len(page.select("figure"))
    assert all(len(alt) > 40 and alt not in captions for alt in words)


@every_report
def test_a_table_is_one_table_however_many_pages_it_takes(name, finished):
    page = BeautifulSoup(finished(name)[".html"].read_text("utf-8"), "html.parser")
    with pikepdf.open(finished(name)[".pdf"]) as pdf:
        tables = [part for part in structure(pdf.Root.StructTreeRoot) if part.S == "/Table"]
    shown = [table for table in page.find_all("table") if not table.find_parent("details")]
    run_in = name == "summary"  # its sources follow each other as text
    assert len(tables) == len(shown) - run_in


@every_report
def test_a_report_has_its_language_title_bookmarks_and_told_links(name, finished):
    file = finished(name)[".pdf"]
    page = BeautifulSoup(finished(name)[".html"].read_text("utf-8"), "html.parser")
    with pikepdf.open(file) as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == page.h1.get_text()
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == page.h1.get_text()
        links = [note for sheet in pdf.pages for note in sheet.get("/Annots", [])
                 if note.Subtype == "/Link"]  # fmt: skip
        assert links
        assert [link for link in links if not str(link.get("/Contents", ""))] == []
        with pdf.open_outline() as outline:
            marks = [entry.title for part in outline.root for entry in part.children]
    assert marks == [heading.get_text() for heading in page.find_all("h2")]
