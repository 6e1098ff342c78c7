"""The comparison report, read back from its finished files."""

import io
import json
import re
from pathlib import Path

import nbformat
import pikepdf
import pytest
from bs4 import BeautifulSoup

from analysis.cli import main
from analysis.schema import TABLE_MIME
from tests.conftest import ROOT
from tests.formats import leaves_of

CHART_MIME = "application/vnd.plotly.v1+json"
SECTIONS = [
    "In brief", "The unions at a glance", "How many members", "How membership moved",
    "Who may join",
    "Posts with one union or none", "What members get", "How these unions came about",
    "What is claimed, beside the figures", "Each union in short", "What is not known, or old",
    "Sources", "How to read this report",
    "Words used in this report",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(finished) -> dict[str, Path]:
    return finished("comparison")


@pytest.fixture(scope="module")
def outputs(made) -> list[tuple[str, dict]]:
    cells = nbformat.read(made[".ipynb"], 4).cells
    return [
        (mime, body)
        for cell in cells
        for output in cell.get("outputs", [])
        for mime, body in output.get("data", {}).items()
    ]


@pytest.fixture(scope="module")
def page(made) -> BeautifulSoup:
    return BeautifulSoup(made[".html"].read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def pdf(made) -> pikepdf.Pdf:
    return pikepdf.open(made[".pdf"])


@pytest.fixture(scope="module")
def pdf_text(made) -> str:
    return "\n".join(leaves_of(made[".pdf"]))


def tagged(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """Return the structure elements of one kind, in reading order."""
    found, ahead = [], [pdf.Root.StructTreeRoot]
    while ahead:
        node = ahead.pop(0)
        if node.get("/S") == f"/{kind}":
            found.append(node)
        kids = node.get("/K")
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        ahead = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)] + ahead
    return found


def test_one_command_writes_the_page_the_pdf_and_the_executed_notebook(made):
    assert sorted(made) == [".docx", ".html", ".ipynb", ".pdf", ".xlsx"]
    assert made[".html"].stat().st_size <= 2_500_000
    assert made[".pdf"].stat().st_size <= 500_000


def test_every_chart_and_every_table_of_the_notebook_is_in_both_files(outputs, page, pdf):
    charts = [body for mime, body in outputs if mime == CHART_MIME]
    tables = [json.loads(body) for mime, body in outputs if mime == TABLE_MIME]
    assert len(charts) == 5
    assert len(tables) == 13
    assert len(page.select("figure svg[role=img]")) == len(charts)
    assert len(tagged(pdf, "Figure")) == len(charts)
    outside = [tag for tag in page.select("table") if not tag.find_parent("details")]
    assert len(outside) == len(tables)
    assert len(page.select("details table")) == len(charts)
    assert len(tagged(pdf, "Table")) == len(tables)
    captions = [tag.caption.get_text() for tag in outside]
    assert captions == [body["caption"] for body in tables]


def test_the_sections_stand_in_their_order_in_both_files(page, pdf):
    assert [tag.get_text() for tag in page.select("h2")] == SECTIONS
    with pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root[0].children] == SECTIONS


def test_the_first_page_says_day_edition_check_mistakes_and_that_it_gives_no_advice(
    page, made, shipped
):
    first = leaves_of(made[".pdf"])[0].replace("\n", " ")
    header = page.header.get_text(" ")
    advice = "It does not advise anyone which union to join"
    mistakes = "Found a mistake?"
    for words in (advice, mistakes, shipped.edition, "Our governors", "Facts last checked"):
        assert words in first
        assert words in header


def test_the_page_is_in_british_english_names_itself_and_asks_no_network(page):
    assert page.html["lang"] == "en-GB"
    assert page.title.get_text() == page.h1.get_text()
    assert page.select("link, img, iframe, object, embed, script[src]") == []
    assert "url(http" not in str(page.style)
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")["content"]
    assert policy.startswith("default-src 'none'")


def test_every_header_cell_of_the_page_has_its_scope_and_every_table_its_caption(page):
    for table in page.select("table"):
        assert table.caption.get_text().strip()
        assert {cell["scope"] for cell in table.select("thead th")} == {"col"}
        for row in table.select("tbody tr"):
            assert [cell.get("scope") for cell in row.select("th")] == ["row"]


def test_every_chart_has_a_title_a_message_and_a_caption_that_differ(page, pdf):
    for figure in page.select("figure"):
        said = [figure.select_one(".figure-title"), figure.figcaption]
        words = [tag.get_text().strip() for tag in said] + [figure.svg["aria-label"]]
        assert len({*words}) == 3
        assert all(len(one) > 20 for one in words)
    alts = [str(figure.Alt) for figure in tagged(pdf, "Figure")]
    assert alts == [figure.svg["aria-label"] for figure in page.select("figure")]


def test_the_pdf_is_a4(pdf):
    for leaf in pdf.pages:
        assert [round(float(side)) for side in leaf.mediabox[2:]] == [595, 842]


def test_every_header_cell_of_the_pdf_has_its_scope(pdf):
    headers = tagged(pdf, "TH")
    scopes = [
        str(part.Scope)
        for cell in headers
        for part in (cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A])
        if "/Scope" in part
    ]
    assert len(scopes) == len(headers)
    rows = [row for body in tagged(pdf, "TBody") for row in body.K if row.S == "/TR"]
    assert scopes.count("/Row") == len(rows)


def test_pages_are_numbered(made):
    pages = leaves_of(made[".pdf"])
    for number, leaf in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in leaf


STAINS = [
    r"\bnan\b",
    r"\bNone\b(?! (?:is )?stated)",
    r"\d{3}\.0\b",
    r"\bNaT\b",
    r"<NA>",
    r"\bIn \[\d",
    r"\bOut\[",
    r"read_dataset",
    r"/(?:work|tmp|root|home)/",
    r"\.ipynb\b",
    r"\{\{",
]


@pytest.mark.parametrize("stain", STAINS)
def test_no_code_no_number_of_a_prompt_and_no_stain_of_a_frame_reaches_a_reader(
    stain, page, pdf_text
):
    copy = BeautifulSoup(str(page.body), "html.parser")
    for tag in copy.select("script, style"):
        tag.decompose()
    for text in (copy.get_text(" "), pdf_text):
        found = re.search(stain, text)
        assert found is None, text[max(0, found.start() - 60) : found.end() + 60]


def test_sources_are_numbered_from_one_in_the_order_of_citation_and_each_is_cited(page):
    rows = page.select("tr[id^=source-]")
    assert [row["id"] for row in rows] == [f"source-{n}" for n in range(1, len(rows) + 1)]
    cited = list(dict.fromkeys(link["href"][1:] for link in page.select("a[href^='#source-']")))
    assert set(cited) == {row["id"] for row in rows}
    in_text = [link["href"][1:] for link in page.select("sup a[href^='#source-']")]
    first = list(dict.fromkeys(in_text))
    assert first[:5] == [f"source-{n}" for n in range(1, 6)]


def test_every_membership_figure_has_a_source_beside_it(page):
    captions = {tag.caption.get_text(): tag for tag in page.select("table")}
    table = captions["Members of the whole union, by how they were counted"]
    for row in table.select("tbody tr"):
        cell = row.select("td")[1]
        assert re.search(r"\d", cell.get_text())
        assert cell.select("sup a[href^='#source-']")


def test_the_same_figures_stand_in_both_files(page, pdf_text):
    figures = set(re.findall(r"\b\d{1,3}(?:,\d{3})+\b", page.main.get_text(" ")))
    assert len(figures) > 40
    assert [figure for figure in figures if figure not in pdf_text] == []


def test_links_are_live_on_screen_and_printed_in_full_on_paper(page, pdf, pdf_text):
    web = {link["href"] for link in page.select("tr[id^=source-] a[href^=http]")}
    assert len(web) > 80
    live = {
        str(note.A.URI)
        for leaf in pdf.pages
        for note in leaf.get("/Annots", [])
        if "/A" in note and "/URI" in note.A
    }
    assert web <= live
    flat = re.sub(r"\s", "", pdf_text)
    assert [address for address in web if address not in flat] == []


def test_the_interactive_charts_have_no_toolbar_and_upload_nowhere(page):
    loader = page.select("script")[-1].string
    for choice in ("displayModeBar: false", "displaylogo: false", "showSendToCloud: false"):
        assert choice in loader
    drawn = [json.loads(tag.string) for tag in page.select("script[type='application/json']")]
    assert all(figure["data"] for figure in drawn)


def test_the_same_inputs_give_the_same_bytes(made, tmp_path):
    asked = ["--project", str(ROOT), "report", "comparison", "--out", str(tmp_path)]
    assert main([*asked, "-p", "as_of=2026-11-22", "-p", "prepared_for=Our governors"]) == 0
    for ending in (".html", ".pdf"):
        assert (tmp_path / f"comparison{ending}").read_bytes() == made[ending].read_bytes()


def test_an_export_from_jupyters_menu_equals_the_commands(made):
    from nbconvert.exporters import get_exporter

    for ending, name in ((".html", "unions_html"), (".pdf", "unions_pdf")):
        body, _ = get_exporter(name)().from_filename(str(made[".ipynb"]))
        raw = body.encode() if isinstance(body, str) else body
        assert io.BytesIO(raw).getvalue() == made[ending].read_bytes()
