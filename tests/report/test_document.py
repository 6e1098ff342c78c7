import pytest
from nbformat.v4 import new_code_cell, new_output

from analysis.errors import NotebookError
from analysis.report.blocks import Bullets, Heading, Paragraph, Table
from analysis.report.document import read_document
from analysis.report.text import plain, read_markdown
from analysis.schema import PROSE_MIME, TABLE_MIME
from tests.report.conftest import (
    CHART_MIME,
    cell,
    code,
    figure,
    markdown,
    notebook,
    paragraph,
    prose,
    sources,
    table,
    to_html,
    to_pdf,
)

TITLE = markdown("# Title", "title")


def refusal(*cells):
    with pytest.raises(NotebookError) as caught:
        read_document(notebook(*cells), "notebooks/comparison.ipynb")
    return str(caught.value)


def output(kind, **parts):
    return code(name="gaps", outputs=[new_output(kind, **parts)])


def test_a_cell_that_was_not_run_is_refused_by_both_exporters():
    idle = new_code_cell("1 + 1", id="sums")
    for export in (to_html, to_pdf):
        with pytest.raises(NotebookError) as caught:
            export(notebook(TITLE, idle))
        assert str(caught.value) == (
            "notebooks/comparison.ipynb, cell sums: was not run; run the notebook first"
        )


def test_an_empty_cell_need_not_have_run():
    assert read_document(notebook(TITLE, new_code_cell(""))).title == "Title"


def test_a_failed_cell_is_refused_with_what_went_wrong():
    failed = output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[])
    assert refusal(TITLE, failed) == (
        "notebooks/comparison.ipynb, cell gaps: failed with ZeroDivisionError: division by zero"
    )


def test_an_error_of_ours_is_told_in_its_own_sentence():
    failed = output("error", ename="UnknownUnionError", evalue="no union 'nut'", traceback=[])
    assert refusal(TITLE, failed) == "notebooks/comparison.ipynb, cell gaps: no union 'nut'"


def test_printed_text_is_refused():
    printed = output("stream", name="stdout", text="hello")
    assert refusal(TITLE, printed).endswith("cell gaps: prints text, which a report cannot show")


def test_warnings_on_stderr_are_left_out():
    warned = output("stream", name="stderr", text="mind the gap")
    assert read_document(notebook(TITLE, warned)).blocks == ()


@pytest.mark.parametrize("mime", ["text/plain", "text/html", "image/png", "text/markdown"])
def test_an_output_of_another_kind_is_refused_by_name(mime):
    shown = output("execute_result", data={mime: "x"}, execution_count=1)
    assert f"cell gaps: has an output of kind {mime};" in refusal(TITLE, shown)


def test_a_skipped_heading_level_is_refused():
    assert refusal(TITLE, markdown("### Deep", "deep")) == (
        "notebooks/comparison.ipynb, cell deep: heading 'Deep' is of level 3 "
        "and follows level 1; no level may be skipped"
    )


def test_a_notebook_without_a_title_is_refused():
    assert "has no title" in refusal(markdown("Only text."))
    assert "follows level 0" in refusal(markdown("## Second first"))


def test_a_second_title_is_refused():
    assert "is a second heading of level 1" in refusal(TITLE, markdown("# Again"))


def test_a_cited_source_that_is_not_listed_is_refused_where_it_is_cited():
    text = code(PROSE_MIME, prose(paragraph("So.", cite=["tes-2022"])), "so")
    assert refusal(TITLE, text, code(TABLE_MIME, sources("naht-2021"))) == (
        "notebooks/comparison.ipynb, cell so: cites source 'tes-2022', "
        "which no sources table lists"
    )


def test_a_chart_whose_alt_text_repeats_its_caption_is_refused():
    chart = figure()
    chart["layout"]["meta"]["alt"] = chart["layout"]["meta"]["caption"]
    assert "cell chart: the chart needs a title" in refusal(
        TITLE, code(CHART_MIME, chart, "chart")
    )


def test_a_row_that_lacks_a_cell_is_refused():
    short = table("T", ["A", "B"], [[cell("a")]])
    assert "a row has not one cell for each column" in refusal(TITLE, code(TABLE_MIME, short))


def test_a_value_that_is_no_text_is_refused():
    empty = table("T", ["A"], [[cell(None)]])
    assert "None stands where a text is expected" in refusal(TITLE, code(TABLE_MIME, empty))


def test_a_sources_table_that_nobody_cites_is_left_out():
    assert read_document(notebook(TITLE, code(TABLE_MIME, sources("a")))).blocks == ()


def test_sources_are_numbered_by_their_first_citation():
    document = read_document(
        notebook(
            TITLE,
            code(PROSE_MIME, prose(paragraph("x", cite=["c"]), paragraph("y", cite=["a", "c"]))),
            code(TABLE_MIME, sources("a", "b", "c")),
        )
    )
    first, second, listed = document.blocks
    assert [block.runs[-1].cites for block in (first, second)] == [(1,), (2, 1)]
    assert isinstance(listed, Table)
    assert [(row.number, plain(row.cells[1].lines[0].runs)) for row in listed.rows] == [
        (1, "The paper c"),
        (2, "The paper a"),
    ]


def test_two_headings_of_one_name_have_anchors_of_their_own():
    document = read_document(notebook(TITLE, markdown("## Fees"), markdown("## Fees")))
    assert [heading.anchor for heading in document.contents] == ["fees", "fees-2"]


def test_markdown_is_read_into_blocks_and_its_html_stays_text():
    heading, text, listed = read_markdown("## A *b*\n\nc <b>d</b> `e`\n\n- one\n- two")
    assert heading == Heading(2, "A b", "")
    assert isinstance(text, Paragraph)
    assert plain(text.runs) == "c <b>d</b> e"
    assert isinstance(listed, Bullets)
    assert [plain(item) for item in listed.items] == ["one", "two"]


def test_a_mark_that_is_no_answer_is_refused():
    wrong = table("T", ["Post", "NEU"], [[cell("Cook"), cell("new.uk", mark="new.uk")]])
    assert "is not in order (mark 'new.uk' is not known)" in refusal(
        TITLE, code(TABLE_MIME, wrong)
    )


def test_what_a_number_comes_from_is_a_list_of_words_or_the_cell_is_refused():
    wrong = prose(paragraph("It is 5.", of=[5]))
    assert "is not in order (5 stands where a text is expected)" in refusal(
        TITLE, code(PROSE_MIME, wrong)
    )
