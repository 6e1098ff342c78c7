"""The Word document, read back."""

import io
import sys
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from analysis.errors import ParameterError
from analysis.report.document import read_document
from analysis.report.docx import docx_document
from analysis.report.exporters import UnionsDOCXExporter
from analysis.schema import PROSE_MIME
from tests.report.conftest import RESOURCES, code, markdown, notebook, paragraph, prose, sample
from tests.report.planted import SEEN, planted


def words_of(element):
    return "".join(part.text for part in element.iter(qn("w:t")))


@pytest.fixture(scope="module")
def word():
    data, _ = UnionsDOCXExporter().from_notebook_node(sample(), dict(RESOURCES))
    return docx.Document(io.BytesIO(data))


def test_headings_have_heading_styles_and_skip_no_level(word):
    heads = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [
        ("Heading 1", "Which unions serve us?"),
        ("Heading 2", "In brief"),
        ("Heading 2", "Who may join"),
        ("Heading 2", "How large"),
        ("Heading 3", "By year"),
        ("Heading 2", "Sources"),
    ]


def test_every_table_has_a_header_row_that_repeats_and_rows_that_are_not_cut(word):
    assert [table.rows[0].cells[0].text for table in word.tables] == ["Post", "Grade", "No."]
    for table in word.tables:
        marked = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marked == [True] + [False] * (len(marked) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_the_text_of_a_table_leaves_bold_to_the_table_s_style(word):
    rows = [row for table in word.tables for row in table.rows]
    assert {row.cells[0].paragraphs[0].style.font.bold for row in rows} == {None}


def test_a_table_has_its_caption_above_it_and_as_its_title(word):
    assert [t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for t in word.tables] == [
        "May they join?", "Fees", "Sources",
    ]  # fmt: skip
    above = word.tables[0]._tbl.getprevious()
    assert words_of(above) == "May they join?"


def test_every_picture_has_alt_text_that_is_not_its_caption(word):
    alts = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert alts[0] == (
        "Line chart for 'More members each year': members rise from 1 to 2. Sources: 3, 1."
    )
    assert len(alts) == 2
    assert not {p.text for p in word.paragraphs} & set(alts)


def test_each_citation_leads_to_its_source(word):
    body = word.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert {"source_1", "source_2", "source_3"} <= set(filter(None, links)) & set(names)
    assert set(filter(None, links)) <= set(names)
    assert len(names) == len(set(names))
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_the_contents_are_links_to_the_headings(word):
    lines = [p for p in word.paragraphs if p.style.name.lower() == "toc 2"]
    assert [line.text for line in lines] == ["In brief", "Who may join", "How large", "Sources"]


def test_the_language_the_title_and_the_page_are_stated(word):
    assert word.core_properties.title == "Which unions serve us?"
    assert word.core_properties.language == "en-GB"
    assert {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    page = word.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


def test_a_link_within_the_report_is_never_an_address_outside_it(monkeypatch):
    import analysis.report.text as text

    monkeypatch.setattr(text, "LINKS", (*text.LINKS, "#"))
    words = [paragraph("a term", href="#table-x"), paragraph("here", href="#who")]
    node = notebook(markdown("# T\n\n## Who"), code(PROSE_MIME, prose(*words)))
    made = docx.Document(io.BytesIO(docx_document(read_document(node))))
    assert not [rel for rel in made.part.rels.values() if rel.is_external]
    links = [words_of(link) for link in made.element.body.iter(qn("w:hyperlink"))]
    assert links == ["here"]


def test_every_planted_text_comes_out_as_the_text_it_is():
    data = docx_document(read_document(planted()))
    made = docx.Document(io.BytesIO(data))
    cells = [[one.text.strip() for one in row.cells] for row in made.tables[0].rows[1:]]
    assert cells == [[text, text] for text in SEEN]
    said = [p.text.strip() for p in made.paragraphs]
    assert [text for text in SEEN if text not in said] == []
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_numbered_list_begins_at_one_each_time():
    node = notebook(markdown("# T\n\n1. one\n2. two\n\nThen\n\n1. again"))
    made = docx.Document(io.BytesIO(docx_document(read_document(node))))
    lines = [p for p in made.paragraphs if p.style.name == "List Number"]
    numbers = [p._p.pPr.numPr.numId.val for p in lines]
    assert [p.text for p in lines] == ["one", "two", "again"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_without_its_library_one_sentence_says_how_to_get_it(monkeypatch, tmp_path):
    from analysis.report import run

    for name in ("docx", "analysis.report.docx"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ParameterError, match="get it by 'pip install python-docx'"):
        run.report(tmp_path / "x.ipynb", {}, ("docx",), tmp_path, {}, None)


def test_a_word_that_is_explained_leads_to_what_explains_it():
    terms = {"type": "facts", "items": [{"term": "Paying members", "runs": [{"text": "Who pay."}],
                                         "forms": ["paying members"]}]}  # fmt: skip
    node = notebook(
        markdown("# T\n\n## Who"), code(PROSE_MIME, prose(paragraph("All paying members."))),
        markdown("## Words"), code(PROSE_MIME, prose(terms) | {"role": "glossary"}),
    )  # fmt: skip
    made = docx.Document(io.BytesIO(docx_document(read_document(node))))
    (link,) = made.element.body.iter(qn("w:hyperlink"))
    assert words_of(link) == "paying members"
    marks = [mark.get(qn("w:name")) for mark in made.element.body.iter(qn("w:bookmarkStart"))]
    assert marks.count(link.get(qn("w:anchor"))) == 1
