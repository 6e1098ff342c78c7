"""Short sections in two columns of small text, so that a factsheet fits its page."""

from analysis.schema import PROSE_MIME, TABLE_MIME
from tests.formats import letters_of
from tests.report.conftest import (
    code,
    elements,
    markdown,
    notebook,
    paragraph,
    prose,
    soup_of,
    sources,
    to_pdf,
)

LONG = "Many words about one thing and about another. " * 4


def sheet(*blocks):
    return notebook(
        markdown("# One page", "title"),
        markdown("## At a glance", "glance"),
        code(PROSE_MIME, prose(*blocks, role="sheet"), "sheet"),
        markdown("## Sources", "sources-heading"),
        code(TABLE_MIME, sources("a"), "sources"),
    )


def sections(*sizes):
    made = []
    for number, size in enumerate(sizes):
        made.append({"type": "heading", "level": 3, "text": f"Section {number}"})
        made += [paragraph(f"{number}.{place} {LONG}", cite=["a"]) for place in range(size)]
    return made


def places(node):
    """Return where each word first begins on the page, in points."""
    found, word, start = {}, "", (0, 0)
    for letter, _, (left, bottom, _, _) in next(letters_of(to_pdf(node))):
        if letter.strip():
            start = start if word else (round(left), round(bottom))
            word += letter
        elif word:
            found.setdefault(word, start)
            word = ""
    return found


def test_a_sheet_stands_in_its_own_part_of_the_page_with_its_headings_and_sources():
    part = soup_of(sheet(*sections(1, 1))).select_one(".sheet")
    assert [tag.get_text() for tag in part.select("h3")] == ["Section 0", "Section 1"]
    assert len(part.select("sup a[href='#source-1']")) == 2


def test_its_sections_stand_in_two_columns_of_like_height_on_paper():
    seen = places(sheet(*sections(2, 2, 2, 2)))
    left, right = seen["0.0"], seen["2.0"]
    assert seen["1.0"][0] == left[0]
    assert seen["3.0"][0] == right[0] > left[0] + 200
    assert left[1] == right[1]


def test_a_column_never_ends_with_a_heading():
    seen = places(sheet(*sections(1, 7)))
    column = {name: x for name, (x, _) in seen.items()}
    assert column["1.0"] == column["0.0"]
    assert column["1.6"] > column["1.0"]


def test_a_sheet_of_one_paragraph_or_none_is_laid_out_too():
    assert "0.0" in places(sheet(*sections(1)))
    assert to_pdf(sheet()).startswith(b"%PDF")


def test_the_headings_of_a_sheet_are_tagged_once_each():
    data = to_pdf(sheet(*sections(1, 1, 1)))
    assert len(elements(data, "/H3")) == 3
