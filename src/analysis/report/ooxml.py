"""What a Word document needs that python-docx has no words for: links, fields, table marks."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from analysis.report.faces import FACE

FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can state
TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:styleId="ReportTable"
 w:customStyle="1">
<w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="D5DBE0"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="D5DBE0"/></w:tblBorders>
<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
<w:bottom w:w="50" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1F2A33"/></w:tcBorders>
<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>"""
INK, SOFT, BLUE = "1F2A33", "56616B", "12436D"
# Size in points, colour, bold (None: as the table's style says), points before and after, and
# whether it stays with what follows.
STYLES = {
    "Normal": (11, INK, False, 4, 7, False),
    "Kicker": (11, BLUE, True, 0, 6, True),
    "Heading 1": (24, INK, True, 0, 12, True),
    "Heading 2": (16, INK, True, 18, 6, True),
    "Heading 3": (12.5, INK, True, 12, 4, True),
    "Heading 4": (11, INK, True, 10, 4, True),
    "Contents Title": (11, INK, True, 14, 4, True),
    "toc 2": (10, BLUE, False, 0, 2, False),
    "Fact": (10.5, INK, False, 0, 2, False),
    "Small": (9.5, SOFT, False, 4, 8, False),
    "Caption": (11, INK, True, 12, 5, True),
    "Picture": (11, INK, False, 0, 0, True),
    "List Bullet": (11, INK, False, 0, 4, False),
    "List Number": (11, INK, False, 0, 4, False),
    "Table Plain": (9.5, INK, None, 0, 0, False),
    "Table Grid Text": (9.5, INK, None, 0, 0, False),
    "Table Sources": (8, INK, None, 0, 0, False),
    "Table Dense": (6.5, INK, None, 0, 0, False),
    "Header": (8.5, SOFT, False, 0, 0, False),
    "Footer": (8.5, SOFT, False, 0, 0, False),
}
LOOK = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0",
        "noHBand": "1", "noVBand": "1"}  # fmt: skip


def element(tag: str, **attributes: str) -> Any:
    """Return an element of Word's own name space, such as ``w:tblHeader``.

    >>> element("tblHeader", val="true").tag.rpartition("}")[2]
    'tblHeader'
    """
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Let links lead to where a paragraph begins; no two bookmarks share name or number."""
    start = element("bookmarkStart", id=str(number), name=name)
    end = element("bookmarkEnd", id=str(number))
    place = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(place, start)
    paragraph._p.insert(place + 1, end)


def add_link(paragraph: Paragraph, *, to: str = "", address: str = "", tip: str = "") -> Any:
    """Return a new link at a paragraph's end, to a bookmark or an address; runs go into it."""
    link = element("hyperlink", history="1")
    if to:
        link.set(qn("w:anchor"), to)
    else:
        kind = RELATIONSHIP_TYPE.HYPERLINK
        link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    if tip:
        link.set(qn("w:tooltip"), tip)
    paragraph._p.append(link)
    return link


def add_field(paragraph: Paragraph, code: str, shown: str = "") -> None:
    """Write a field that Word works out, such as the number of the page."""
    open_field(paragraph, code)
    paragraph.add_run(shown)
    close_field(paragraph)


def open_field(paragraph: Paragraph, code: str) -> None:
    """Begin a field; what follows is what it shows until Word works it out again."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="begin"))
    instruction = element("instrText")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    paragraph.add_run()._r.append(element("fldChar", fldCharType="separate"))


def close_field(paragraph: Paragraph) -> None:
    """End the field that was begun last."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def mark_table(table: Table, title: str, description: str, widths: Sequence[Length]) -> None:
    """Mark a table's header row and first column, and give it a title and a description.

    The header is repeated on each page, and no row is cut by the end of one.
    """
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    properties.append(element("tblLook", val="06A0", **LOOK))
    properties.append(element("tblCaption", val=title))
    properties.append(element("tblDescription", val=description))
    table.autofit = False
    for number, row in enumerate(table.rows):
        marks = row._tr.get_or_add_trPr()
        marks.append(element("cantSplit"))
        if number == 0:
            marks.append(element("tblHeader"))
        for cell, width in zip(row._tr.tc_lst, widths, strict=True):
            cell.width = width


def narrow(table: Table) -> None:
    """Leave little room between the columns of a table that has many."""
    room = element("tblCellMar")
    room.append(element("right", w="30", type="dxa"))
    place = table._tbl.tblPr.find(qn("w:tblLook"))
    place.addprevious(room)


def new_numbers(word: Document) -> int:
    """Return the number of a new numbered list, which begins at one."""
    numbering = word.part.numbering_part.element
    style = word.styles["List Number"].element
    like = numbering.num_having_numId(style.pPr.numPr.numId.val)
    made = numbering.add_num(like.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def number_by(paragraph: Paragraph, number: int) -> None:
    """Let a paragraph be numbered with the others of a list."""
    paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number


def shade(paragraph: Paragraph, fill: str, edge: str) -> None:
    """Stand a paragraph in a box: a coloured ground, and a thick edge at its left."""
    properties = paragraph._p.get_or_add_pPr()
    borders = element("pBdr")
    borders.append(element("left", val="single", sz="24", space="8", color=edge))
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(borders, *after)
    ground = element("shd", val="clear", color="auto", fill=fill)
    properties.insert_element_before(ground, *after[1:])


def set_look(word: Document) -> None:
    """Set the page to A4, the language to British English, and the styles to the report's."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(18)
    section.top_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(9)
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    word.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), "en-GB")
    for mode in word.settings.element.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")  # else Word says that the file is of an old kind
    word.styles.element.append(parse_xml(TABLE_STYLE))
    for name, look in STYLES.items():
        _set_style(word, name, *look)


def _set_style(
    word: Document,
    name: str,
    size: float,
    colour: str,
    bold: bool | None,
    before: float,
    after: float,
    with_next: bool,
) -> None:
    styles = word.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size, style.font.bold = FACE, Pt(size), bold
    style.font.color.rgb, style.font.italic = RGBColor.from_string(colour), False
    fonts = style.element.rPr.rFonts
    for old in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[old]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FACE)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing, layout.keep_with_next = 1.1, with_next


def set_columns(section: Any, number: int) -> None:
    """Set how many columns the text of a section stands in."""
    for old in section._sectPr.findall(qn("w:cols")):
        section._sectPr.remove(old)
    columns = element("cols", num=str(number), space="400")
    section._sectPr.insert_element_before(columns, "w:titlePg", "w:docGrid")


def with_fixed_times(data: bytes, changed: Iterable[tuple[str, str, str]] = ()) -> bytes:
    """Return a package's files in a zip that states no time, some texts in them replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for where, text, instead in changed:
                if where == name:
                    content = content.replace(text.encode(), instead.encode())
            info = zipfile.ZipInfo(name, FIXED)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(info, content)
    return file.getvalue()
