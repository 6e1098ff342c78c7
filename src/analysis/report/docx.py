"""An executed notebook as a Word document: headings, real tables, pictures that are described."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from analysis.errors import ParameterError

try:
    import docx
except ModuleNotFoundError as error:
    raise ParameterError(
        "a report in Word needs the library python-docx; get it by 'pip install python-docx'"
    ) from error

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.shared import Length, Mm, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from analysis.report import ooxml
from analysis.report.blocks import (
    Block,
    Box,
    Bullets,
    Cell,
    Chart,
    Document,
    Facts,
    Heading,
    Paragraph,
    Run,
    Runs,
    Sheet,
    Table,
    walk,
)
from analysis.report.faces import FACE
from analysis.report.paper import draw_png

BLUE, SOFT, PLUM = (RGBColor.from_string(text) for text in ("12436D", "56616B", "801650"))
SHADES = {
    **{"yes": BLUE, "some": BLUE, "no": PLUM, "disputed": RGBColor.from_string("8A4100")},
    "not stated": SOFT,
}
LINES = {"basis": SOFT, "old": PLUM}
WIDTH, HEIGHT = Mm(174), Mm(215)  # what a picture has on A4, its title and caption beside it
MANY = 6  # columns; a table of answers that has more is set small
TEXTS = {"plain": "Table Plain", "grid": "Table Grid Text", "sources": "Table Sources"}
ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
}
UNDATED = dt.datetime(2000, 1, 1)
# Where the face is not installed, Word takes this one.
SPARE_FACE = f'<w:font w:name="{FACE}"><w:altName w:val="Arial"/></w:font></w:fonts>'


def docx_document(document: Document) -> bytes:
    """Return the report as a Word document; the same document gives the same bytes.

    Raises
    ------
    ChartError
        If a chart cannot be drawn as a still picture.
    """
    writer = _Writer(document)
    writer.write()
    file = io.BytesIO()
    writer.word.save(file)
    changed = [("word/fontTable.xml", "</w:fonts>", SPARE_FACE)]
    return ooxml.with_fixed_times(file.getvalue(), changed)


class _Writer:
    """Writes blocks in order; every anchor of the report is a bookmark."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.word = docx.Document()
        ooxml.set_look(self.word)
        # python-docx looks each style up anew, which takes most of the time of a long table.
        self.styles = {style.name: style.style_id for style in self.word.styles}
        self.boxed = False
        self.names = {
            block.anchor: f"part_{number}"
            for number, block in enumerate(walk(document.cover + document.blocks), start=1)
            if isinstance(block, Heading | Table | Chart)
        }
        explained = (fact.anchor for block in walk(document.blocks) if isinstance(block, Facts)
                     for fact in block.items if fact.anchor)  # fmt: skip
        self.names |= {anchor: f"term_{number}" for number, anchor in enumerate(explained, 1)}
        self.marked = 0

    def write(self) -> None:
        document = self.document
        self._describe()
        if document.kicker:
            self._add("Kicker").add_run(document.kicker)
        self._add("Heading 1").add_run(document.title)
        for block in document.cover:
            self._block(block)
        if len(document.contents) > 2:
            self._contents(document.contents)
        for block in document.blocks:
            self._block(block)

    def _describe(self) -> None:
        """State what the file is, and what stands at the head and the foot of each page."""
        day, said = self.document.day, self.word.core_properties
        said.title, said.subject = self.document.title, self.document.kicker
        said.author, said.language, said.comments = self.document.kicker, "en-GB", ""
        said.created = said.modified = (
            dt.datetime(day.year, day.month, day.day) if day else UNDATED
        )
        section = self.word.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].add_run(self.document.title)
        for footer in (section.first_page_footer, section.footer):
            line = footer.paragraphs[0]
            line.add_run(f"Facts as at {day.day} {day:%B %Y} · page " if day else "Page ")
            ooxml.add_field(line, "PAGE", "1")
            line.add_run(" of ")
            ooxml.add_field(line, "NUMPAGES", "1")

    def _contents(self, headings: Sequence[Heading]) -> None:
        """Write the contents as links, in a field that Word can work out again."""
        self._add("Contents Title").add_run("Contents")
        lines = [self._add("toc 2") for _ in headings]
        ooxml.open_field(lines[0], r'TOC \o "2-2" \n \h')
        for line, heading in zip(lines, headings, strict=True):
            link = ooxml.add_link(line, to=self.names[heading.anchor])
            link.append(line.add_run(heading.text)._r)
        ooxml.close_field(lines[-1])

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                line = self._add(f"Heading {min(block.level, 9)}")
                line.add_run(block.text)
                self._mark(line, self.names[block.anchor])
            case Paragraph():
                self._runs(self._add("Small" if block.style == "small" else "Normal"), block.runs)
            case Bullets():
                self._bullets(block)
            case Facts():
                for fact in block.items:
                    line = self._add("Fact")
                    if fact.anchor:
                        self._mark(line, self.names[fact.anchor])
                    line.add_run(f"{fact.term}: ").bold = True
                    self._runs(line, fact.runs)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case Box():
                self.boxed = True
                for inner in block.blocks:
                    self._block(inner)
                self.boxed = False
            case Sheet():
                self._sheet(block)

    def _add(self, style: str) -> WordParagraph:
        line = self.word.add_paragraph()
        line._p.style = self.styles[style]
        if self.boxed:
            ooxml.shade(line, "F4F6F8", "12436D")
        return line

    def _mark(self, line: WordParagraph, name: str) -> None:
        self.marked += 1
        ooxml.add_bookmark(line, name, self.marked)

    def _bullets(self, block: Bullets) -> None:
        number = ooxml.new_numbers(self.word) if block.ordered else None
        for runs in block.items:
            line = self._add("List Number" if block.ordered else "List Bullet")
            if number is not None:
                ooxml.number_by(line, number)
            self._runs(line, runs)

    def _sheet(self, block: Sheet) -> None:
        """Set the sections in two columns, then go on in one."""
        for columns, blocks in ((2, block.blocks), (1, ())):
            section = self.word.add_section(WD_SECTION.CONTINUOUS)
            section.different_first_page_header_footer = False
            ooxml.set_columns(section, columns)
            for inner in blocks:
                self._block(inner)

    def _runs(self, line: WordParagraph, runs: Runs) -> list[WordRun]:
        return [made for run in runs for made in self._styled(line, run)]

    def _styled(self, line: WordParagraph, run: Run) -> list[WordRun]:
        if run.cites:
            return list(self._cites(line, run.cites))
        made = line.add_run(run.text)
        if run.strong:
            made.bold = True
        if run.emphasis:
            made.italic = True
        inner = self.names.get(run.href.removeprefix("#")) if run.href.startswith("#") else None
        if inner or (run.href and not run.href.startswith("#")):
            if inner and inner.startswith("term_"):  # it keeps its colour, as on the page
                made.underline = WD_UNDERLINE.DOTTED
            else:
                made.font.color.rgb, made.underline = BLUE, True
            link = ooxml.add_link(line, to=inner or "", address=run.href)
            link.append(made._r)
        return [made]

    def _cites(self, line: WordParagraph, numbers: tuple[int, ...]) -> list[WordRun]:
        made = []
        for at, number in enumerate(numbers):
            if at:
                made.append(line.add_run(", "))
            link = ooxml.add_link(line, to=f"source_{number}", tip=f"source {number}")
            made.append(line.add_run(str(number)))
            link.append(made[-1]._r)
        for run in made:
            run.font.superscript, run.font.color.rgb = True, BLUE
        return made

    def _table(self, block: Table) -> None:
        caption = self._add("Caption")
        caption.add_run(block.caption)
        self._mark(caption, self.names[block.anchor])
        dense = block.form == "grid" and len(block.columns) > MANY
        style = "Table Dense" if dense else TEXTS[block.form]
        table = self.word.add_table(len(block.rows) + 1, len(block.columns), "Report Table")
        widths = _widths(block)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        rows = iter(table.rows)
        for entry, label in zip(next(rows).cells, block.columns, strict=True):
            self._cell(entry, Cell(()), style, label.align).add_run(label.label)
        for row, said in zip(rows, block.rows, strict=True):
            for entry, cell, column in zip(row.cells, said.cells, block.columns, strict=True):
                self._cell(entry, cell, style, column.align)
            if said.number:
                self._mark(row.cells[0].paragraphs[0], f"source_{said.number}")
        ooxml.mark_table(table, block.caption, f"Columns: {_names(block)}.", widths)
        if dense:
            ooxml.narrow(table)
        if block.note:
            self._runs(self._add("Small"), block.note)

    def _cell(self, entry: Any, cell: Cell, style: str, align: str) -> WordParagraph:
        line: WordParagraph = entry.paragraphs[0]
        line._p.style = self.styles[style]
        if align != "left":
            line.alignment = ALIGNED[align]
        for at, part in enumerate(cell.lines):
            if at:
                line.add_run().add_break()
            shade = SHADES.get(cell.mark) if part.style == "main" else LINES.get(part.style)
            for run in self._runs(line, part.runs):
                if part.style != "main":
                    run.bold = False
                if shade and run.font.color.rgb is None:
                    run.font.color.rgb = shade
        return line

    def _chart(self, chart: Chart) -> None:
        title = self._add("Caption")
        title.add_run(chart.title)
        self._mark(title, self.names[chart.anchor])
        line = self._add("Picture")
        picture = line.add_run().add_picture(io.BytesIO(draw_png(chart.figure)), width=WIDTH)
        if picture.height > HEIGHT:
            picture.width = Length(picture.width * HEIGHT // picture.height)
            picture.height = HEIGHT
        picture._inline.docPr.set("descr", chart.alt)
        caption = self._add("Small")
        caption.add_run(chart.caption)
        if chart.cites:
            caption.add_run(" Source: " if len(chart.cites) == 1 else " Sources: ")
            for run in self._cites(caption, chart.cites):
                run.font.superscript = None
            caption.add_run(".")


def _names(table: Table) -> str:
    return ", ".join(column.label for column in table.columns)


def _widths(table: Table) -> list[Length]:
    total = sum(column.width for column in table.columns)
    return [Length(int(WIDTH * column.width / total)) for column in table.columns]
