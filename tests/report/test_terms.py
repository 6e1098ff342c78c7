"""Words are linked to what they mean, without any sentence knowing of it."""

from analysis.report.blocks import (
    Block,
    Box,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Line,
    Paragraph,
    Row,
    Run,
    Table,
)
from analysis.report.terms import STYLE, Term, explained

TUC = Term("TUC", "A body.", ("TUC",))
STATED = Term("Not stated", "No source says so.", ("not stated",))
FUND = Term("Political fund", "Money.", ("political fund", "fund"))
WORDS = (Heading(2, "Words", "words"), Facts((), STYLE))
SAID = Paragraph((Run("Not stated here, not stated there."),))


def blocks(*given: Block) -> tuple[Block, ...]:
    """Return a report's blocks after its words were looked up."""
    made = Document("Title", "", (), (*given, *WORDS))
    return explained(made, (STATED, FUND, TUC)).blocks


def links(block: Paragraph) -> list[tuple[str, str]]:
    return [(run.text, run.href) for run in block.runs if run.href]


def test_the_first_use_in_a_section_is_a_link_and_no_later_one():
    first, again, _, inner, _, later, *_ = blocks(
        SAID, SAID, Heading(3, "Part", "part"), SAID, Heading(2, "Next", "next"), SAID
    )
    assert links(first) == links(later) == [("Not stated", "#term-not-stated")]
    assert links(again) == links(inner) == []
    assert "".join(run.text for run in first.runs) == "Not stated here, not stated there."


def test_only_the_words_that_are_used_are_explained_even_if_only_in_a_table():
    cell = Cell((Line((Run("in the TUC"),)),))
    table = Table("Caption", "plain", (Column("Union"),), (Row((cell,)),), (), "t")
    shown, *_, listed = blocks(table, SAID)
    assert shown == table
    assert [(fact.term, fact.anchor) for fact in listed.items] == [
        ("Not stated", "term-not-stated"),
        ("TUC", "term-tuc"),
    ]


def test_where_no_word_is_used_there_is_no_glossary_and_no_heading_of_one():
    said = Paragraph((Run("Nothing to explain: unfunded, TUCs, co-TUC."),))
    assert blocks(said) == (said,)


def test_no_link_stands_in_a_link_a_claim_or_a_heading():
    runs = (Run("TUC", href="https://tuc.org.uk"), Run("in the TUC", claim=True))
    heading = Heading(3, "In the TUC", "in-the-tuc")
    kept, same, *_ = blocks(Paragraph(runs), heading)
    assert (kept.runs, same) == (runs, heading)


def test_the_longest_way_of_writing_a_word_is_linked_and_keeps_its_style():
    (box, *_) = blocks(Box((Paragraph((Run("A political fund", strong=True),)),)))
    assert box.blocks[0].runs == (
        Run("A ", strong=True),
        Run("political fund", strong=True, href="#term-political-fund"),
    )


def test_a_number_keeps_its_rows_when_a_word_before_it_becomes_a_link():
    (said, *_) = blocks(Paragraph((Run("In the TUC since 1899", of="answer: neu|affiliated"),)))
    assert [(run.text, run.of) for run in said.runs] == [
        ("In the ", ""),
        ("TUC", ""),
        (" since 1899", "answer: neu|affiliated"),
    ]


def test_the_covers_facts_are_the_readers_own_and_hold_no_link():
    fact = Facts((Fact("Posts from", (Run("TUC.csv"),)),))
    made = Document("Title", "", (fact, Paragraph((Run("In the TUC."),))), WORDS)
    shown, said = explained(made, (TUC,)).cover
    assert shown == fact
    assert links(said) == [("TUC", "#term-tuc")]
