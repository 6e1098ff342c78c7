"""Whatever stands in a cell comes out as the text that it is."""

import io
import re
import shutil
import unicodedata

import docx
import openpyxl
import page as checker
import pikepdf
import pytest
from bs4 import BeautifulSoup

from analysis.report.faces import settable
from tests.conftest import ASKED, ROOT, asked_of
from tests.formats import leaves_of
from tests.planted import NASTY, rewrite
from tests.test_paper_reports import structure


def flat(text):
    """Return text without blanks and marks of where a line may break."""
    return re.sub(r"[\s\u200b]", "", unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("name", sorted(ASKED))
def test_planted_text_stands_in_the_page_as_text_and_makes_no_element(name, planted):
    page = BeautifulSoup(planted(name)[".html"].read_text("utf-8"), "lxml")
    tags = re.findall(r"Plant-\w+ ", page.body.get_text(" "))
    assert len(tags) > 3
    scripts = page.select("script")
    kinds = [(tag.get("type"), tag.get("id", "").partition("-")[0]) for tag in scripts]
    ours = {("application/json", "figure"), ("application/gzip", "library"), (None, "")}
    assert set(kinds) <= ours
    assert kinds.count((None, "")) <= 1
    for script in scripts:
        script.extract()
    text = flat(page.body.get_text())
    assert text.count("Plant-") == len(re.findall("Plant-[a-z]+" + re.escape(flat(NASTY)), text))
    assert not page.select("img, iframe, object, form, b, link, base")
    on = [key for tag in page.find_all(True) for key in tag.attrs if key.startswith("on")]
    assert on == []
    links = [a["href"] for a in page.select("a[href]")]
    assert [one for one in links if not re.match(r"https?://|mailto:|tel:|#", one)] == []
    alts = [svg["aria-label"] for svg in page.select("svg[aria-label]")]
    assert all(alt.count("Plant-") == flat(alt).count(flat(NASTY)) for alt in alts)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_planted_text_stands_in_the_pdf_with_code_points_for_what_no_face_has(name, planted):
    data = planted(name)[".pdf"].read_bytes()
    report = checker.validate_pdf_bytes(data, profile=checker.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []
    text = flat(" ".join(leaves_of(data)))
    assert flat(settable("\u4e2d 😀 =1+1")) in text
    assert "standascodepoints:⟦U+" in text
    assert flat("</style></title>--><img src=x onerror=alert(1)>") in text
    with pikepdf.open(io.BytesIO(data)) as pdf:
        alts = [str(part.Alt) for part in structure(pdf.Root.StructTreeRoot) if "/Alt" in part]
    assert all(alt.count("Plant-") == flat(alt).count(flat(settable(NASTY))) for alt in alts)


def test_a_cell_of_ten_thousand_letters_comes_out_whole_in_every_format(tmp_path, make_report):
    project, long = tmp_path / "project", f"{'y' * 10_000}."
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, project / folder)
    rewrite(project / "data" / "sources.csv",
            lambda row: row | {"title": long} if row["source"] == "naht-120" else row)  # fmt: skip
    files = make_report("union_profile", *asked_of("union_profile"), project=project)
    page = BeautifulSoup(files[".html"].read_text("utf-8"), "lxml")
    assert page.body.get_text().count(long) == 1
    paper = "".join(leaves_of(files[".pdf"]))
    assert flat(paper).count("y" * 60) * 60 > 9_000  # the heads and feet of pages stand between
    assert paper.count("y") >= 10_000
    tables = docx.Document(files[".docx"]).tables
    assert sum(cell.text.count(long) for table in tables for cell in table._cells) == 1
    sheets = openpyxl.load_workbook(files[".xlsx"]).worksheets
    cells = [cell.value for sheet in sheets for row in sheet for cell in row]
    assert sum(str(value).count(long) for value in cells) == 1
