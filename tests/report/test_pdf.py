import io

import page as checker
import pikepdf
import pytest

from analysis.schema import PROSE_MIME, TABLE_MIME
from tests.formats import leaves_of, letters_of
from tests.report.conftest import (
    CHART_MIME,
    cell,
    code,
    elements,
    figure,
    markdown,
    notebook,
    paragraph,
    prose,
    sample,
    sources,
    table,
    to_pdf,
)

HOSTILE = "#panic() $x$ @a \\ \"q\" 'q' *b* _i_ {{ 7*7 }} <script> </style> `c` // = -"


def text_of(data):
    return " ".join(" ".join(leaves_of(data)).split())


def is_accessible(data):
    report = checker.validate_pdf_bytes(data, profile=checker.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []
    return report.is_compliant


def test_the_report_passes_the_checks_of_pdf_ua(paper):
    assert is_accessible(paper)


def test_every_chart_with_its_sources_and_every_table_is_in_the_report(paper):
    assert [chart["alt"] for chart in elements(paper, "/Figure")] == [
        "Line chart for 'More members each year': members rise from 1 to 2. Sources: 3, 1.",
        "Line chart for 'A second chart': members rise from 1 to 2.",
    ]
    assert len(elements(paper, "/Table")) == 3


def test_every_header_cell_says_whether_it_heads_a_row_or_a_column(paper):
    scopes = [header["scope"] for header in elements(paper, "/TH")]
    grid, fees, listed = ["/Column"] * 3 + ["/Row"] * 3, ["/Column"] * 2 + ["/Row"], 3
    assert scopes == [*grid, *fees, "/Column", "/Column", *["/Row"] * listed]


def test_the_report_is_titled_dated_and_in_british_english(paper):
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert pdf.docinfo.Title == "Which unions serve us?"
        assert str(pdf.docinfo.CreationDate).startswith("D:20260901")


def test_headings_are_bookmarks(paper):
    with pikepdf.open(io.BytesIO(paper)) as pdf, pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        inner = [entry.title for part in outline.root for entry in part.children]
    assert titles == ["Which unions serve us?"]
    assert inner == ["In brief", "Who may join", "How large", "Sources"]


def test_the_same_notebook_gives_the_same_bytes(paper):
    assert to_pdf(sample()) == paper


def test_a_link_prints_its_address_and_every_page_its_number(paper):
    text = text_of(paper)
    assert "here (https://example.org/a)" in text
    assert "page 1 of 2" in text
    assert "page 2 of 2" in text


def test_no_code_prompt_or_empty_value_is_shown(paper):
    text = text_of(paper)
    for word in ("secret_code", "In [", "NaN", "None", "none"):
        assert word not in text


def test_hostile_text_is_set_as_text_wherever_it_stands():
    data = to_pdf(
        notebook(
            markdown("# Title"),
            code(PROSE_MIME, prose(paragraph(HOSTILE), role="cover", title=HOSTILE)),
            code(TABLE_MIME, table(HOSTILE, [HOSTILE, "b"], [[cell(HOSTILE), cell("c")]])),
            code(CHART_MIME, figure(HOSTILE, name=HOSTILE)),
        )
    )
    assert text_of(data).count("#panic() $x$ @a \\") >= 5
    assert "</style> `c` // = -" in text_of(data)
    assert is_accessible(data)


def test_a_letter_that_no_face_has_is_printed_as_its_code_point_and_noted_once():
    data = to_pdf(
        notebook(markdown("# Plas Tŷ Ŵyn"), markdown("Well done \N{GRINNING FACE}\x07!"))
    )
    assert "Plas Tŷ Ŵyn" in text_of(data)
    said = " ".join(text_of(data).split())
    assert "Well done ⟦U+1F600⟧!" in said
    note = "Characters that the printed faces lack stand as code points: ⟦U+1F600⟧ is grinning"
    assert said.count(note) == 1
    assert is_accessible(data)


@pytest.mark.parametrize("text", ["W" * 10_000, "word " * 2_000], ids=["one word", "many words"])
def test_a_cell_of_any_length_is_set_in_full_inside_its_page(text):
    rows = [[cell("a"), cell(f"{text.strip()} END")], [cell("b"), cell("c")]]
    data = to_pdf(notebook(markdown("# T"), code(TABLE_MIME, table("Long", ["Post", "x"], rows))))
    pages = list(letters_of(data))
    places = [place for page in pages for letter, _, place in page if letter.strip()]
    said = text_of(data)
    assert said.count("W") == text.count("W")
    assert said.count("word") == text.count("word")
    assert "END" in said
    assert all(0 < bottom < top < 842 for _, bottom, _, top in places)
    assert all(28 < left < right < 595 - 28 for left, _, right, _ in places)
    assert len(pages) > 3
    assert is_accessible(data)


def test_a_word_is_broken_only_where_it_is_wider_than_its_column_and_by_no_letter():
    labels = ["Post", "Administrative", *[f"UNION{number}" for number in range(9)]]
    words = ["Psychologists", "implied", "WWWWWWWWWWWWWWWWWWWWWW", *["yes"] * 7]
    rows = [[cell("Post"), *map(cell, words)]]
    data = to_pdf(notebook(markdown("# T"), code(TABLE_MIME, table("M", labels, rows, "grid"))))
    said = "\n".join(leaves_of(data))
    assert "\u200b" not in said
    lines = {line.strip() for line in said.splitlines()}
    assert not [word for word in ("Psychologists", "implied", "Administrative")
                if not any(word in line for line in lines)]  # fmt: skip
    assert said.count("W") == 22
    assert "WWWWWWWWWWWWWWWWWWWWWW" not in said
    assert is_accessible(data)


def test_a_table_over_several_pages_stays_one_table_with_its_header_on_each():
    rows = [[cell(f"post {number}"), cell("yes", "yes")] for number in range(150)]
    data = to_pdf(
        notebook(markdown("# T"), code(TABLE_MIME, table("Many", ["Post", "Union"], rows, "grid")))
    )
    pages = leaves_of(data)
    assert len(pages) > 2
    assert all("Post" in page for page in pages)
    assert len(elements(data, "/Table")) == 1
    assert is_accessible(data)


def test_a_matrix_of_twelve_unions_fits_the_page():
    labels = ["Post", *[f"UNION{number}" for number in range(12)]]
    rows = [[cell("School business manager"), *[cell("not stated", "not stated")] * 12]] * 45
    data = to_pdf(notebook(markdown("# T"), code(TABLE_MIME, table("M", labels, rows, "grid"))))
    assert right_edge(data) < 595 - 28
    assert len(data) < 500_000


@pytest.mark.parametrize(("columns", "form"), [(12, "plain"), (30, "plain"), (30, "grid")])
def test_a_wide_table_is_split_by_columns_and_nothing_of_it_is_cut(columns, form):
    labels = ["Post", *[f"Kingfisher{number}" for number in range(1, columns)]]
    words = [[f"w{row}x{place:02}e" for place in range(1, columns)] for row in range(3)]
    rows = [[cell(f"post {row}"), *map(cell, words[row])] for row in range(3)]
    data = to_pdf(notebook(markdown("# T"), code(TABLE_MIME, table("Wide", labels, rows, form))))
    assert is_accessible(data)
    parts = -(-(columns - 1) // 12)
    assert len(elements(data, "/Table")) == parts
    text = "".join(text_of(data).split())
    assert all(text.count(word) == 1 for row in words for word in row)
    assert [text.count(f"post{row}") for row in range(3)] == [parts] * 3
    assert all(label in text for label in labels)
    assert ("Wide(part1of" in text) == (parts > 1)
    assert right_edge(data) < 595 - 28


def right_edge(data):
    """Return where the rightmost letter of all pages ends, in points."""
    letters = (letter for page in letters_of(data) for letter in page)
    return max(place[2] for letter, _, place in letters if letter.strip())


def test_a_report_with_sixty_sources_links_each_citation_to_its_row():
    codes = [f"s-{number}" for number in range(60)]
    data = to_pdf(
        notebook(
            markdown("# T"),
            code(PROSE_MIME, prose(paragraph("All of it.", cite=codes))),
            code(TABLE_MIME, sources(*codes)),
        )
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert sum(len(page.get("/Annots", [])) for page in pdf.pages) >= 60
    assert is_accessible(data)


@pytest.mark.parametrize("source", ["# T", "# T\n\n## A\n\n### B\n\n1. one\n2. two"])
def test_a_bare_notebook_makes_an_accessible_report(source):
    assert is_accessible(to_pdf(notebook(markdown(source))))
