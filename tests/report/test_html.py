import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import plotly
import pytest

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
    sample,
    soup_of,
    sources,
    table,
    to_html,
)

HOSTILE = "<script>alert(1)</script></style> #panic() \"q\" 'q' \\ $x$ @a {{ 7*7 }} {% raw %}"


def test_every_chart_and_table_of_the_notebook_is_on_the_page(page):
    assert len(page.select("figure")) == 2
    assert len(page.select(".still > svg[role=img]")) == 2
    captions = [caption.text for caption in page.select("caption")]
    assert captions == ["May they join?", "The numbers", "Fees", "Sources"]


def test_the_page_is_in_british_english_and_named_by_the_covers_title(page):
    assert page.html["lang"] == "en-GB"
    assert page.title.text == page.h1.text == "Which unions serve us?"


def test_every_header_cell_says_whether_it_heads_a_row_or_a_column(page):
    for tag in page.select("table"):
        assert {th["scope"] for th in tag.select("thead th")} == {"col"}
        for row in tag.select("tbody tr"):
            assert row.find(["th", "td"]).name == "th"
            assert [th["scope"] for th in row.select("th")] == ["row"]


def test_a_table_lies_in_a_named_region_that_the_keyboard_reaches(page):
    for region in (tag.parent for tag in page.select("table")):
        assert (region.name, region["tabindex"]) == ("section", "0")
        names = [page.find(id=name) for name in region["aria-labelledby"].split()]
        assert names[-1].parent.name == "caption"
        # A table behind a chart is named after it too, since two such may have one caption.
        assert [name["class"] for name in names[:-1]] in ([], [["figure-title"]])


def test_a_chart_has_a_title_a_name_and_a_caption_that_all_differ(page):
    for chart in page.select("figure"):
        words = [
            chart.select_one(".figure-title").text,
            chart.svg["aria-label"],
            chart.figcaption.text,
        ]
        assert len(set(words)) == 3
        assert page.find(id=chart["aria-labelledby"]).text == words[0]


def test_the_numbers_behind_a_chart_can_be_unfolded(page):
    assert page.select_one("figure + details table caption").text == "The numbers"


def test_headings_skip_no_level_and_the_contents_link_to_each(page):
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    assert levels == [1, 2, 2, 2, 3, 2]
    links = [link["href"][1:] for link in page.select("nav a")]
    assert links == ["in-brief", "who-may-join", "how-large", "sources"]
    assert all(page.find("h2", id=link) for link in links)


def test_the_brief_stands_in_a_box_with_its_heading(page):
    assert page.select_one(".brief h2").text == "In brief"
    assert "One may join." in page.select_one(".brief").text


def test_every_id_is_unique_and_every_inner_link_arrives(page):
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    targets = [tag["href"] for tag in page.find_all(href=True)]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


def test_sources_are_numbered_in_reading_order_and_only_the_cited_are_listed(page):
    cited = [link.text for link in page.select("main sup a, figcaption a")]
    assert cited == ["1", "2", "3", "1"]
    rows = [(row["id"], row.th.text, row.td.text) for row in page.select(".sources tbody tr")]
    assert rows == [
        ("source-1", "1", "The paper b"),
        ("source-2", "2", "The paper c"),
        ("source-3", "3", "The paper a"),
    ]
    assert {link["aria-label"] for link in page.select("sup a")} == {"source 1", "source 2"}


def test_an_answer_is_a_drawn_mark_and_a_word(page):
    marked = {tag.parent.text.strip(): tag.use["href"] for tag in page.select("td > svg")}
    assert marked == {
        answer: "#mark-" + answer.replace(" ", "-")
        for answer in ("yes", "no", "some", "disputed", "not stated")
    }
    assert all(tag["aria-hidden"] == "true" for tag in page.select("td > svg"))


def test_the_same_notebook_gives_the_same_page(page_text):
    assert to_html(sample()) == page_text


def test_no_code_prompt_or_empty_value_is_shown(page):
    shown = page.body.get_text(" ")
    for word in ("secret_code", "In [", "Out[", "NaN", "None", "undefined"):
        assert word not in shown


def test_the_page_asks_for_nothing_outside_itself(page_text):
    without_script = re.sub(r"<script type.*?</script>", "", page_text, flags=re.DOTALL)
    links = re.findall(r'(?:src|href|action)="(http[^"]*)"|url\((?!"?(?:data:|#))', without_script)
    assert links == ["https://example.org/a"]


def test_the_policy_allows_the_loader_and_plotly_and_no_other_script(page):
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    loader = page.select("script")[-1].string
    packed = page.find(id="library")
    signs = packed.string.translate(str.maketrans(".,", "<&"))
    script = gzip.decompress(base64.b85decode(signs)[: int(packed["data-bytes"])])
    library = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    assert script == library.read_bytes()
    hashes = [hashlib.sha256(text).digest() for text in (loader.encode(), script)]
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes)
    assert policy.startswith("default-src 'none'")
    assert policy.endswith(f"script-src {allowed}")


def test_a_page_without_charts_carries_no_script():
    page = soup_of(notebook(markdown("# Title\n\nText.")))
    assert page.select("script") == []


def test_hostile_text_is_shown_as_text_wherever_it_stands():
    chart = figure(HOSTILE, name=HOSTILE)
    chart["layout"]["meta"]["alt"] = f"In words: {HOSTILE}"
    page = soup_of(
        notebook(
            markdown("# Title\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1))"),
            code(PROSE_MIME, prose(paragraph(HOSTILE, href="javascript:alert(1)"))),
            code(TABLE_MIME, table(HOSTILE, [HOSTILE], [[cell(HOSTILE)]])),
            code(CHART_MIME, chart),
        )
    )
    assert page.find("img") is None
    assert [script.get("type") for script in page.select("script")] == [
        "application/json",
        "application/gzip",
        None,
    ]
    assert page.main.p.text == "<img src=x onerror=alert(1)> x"
    for place in ("main > p + p", "caption", "thead th", "tbody th", ".figure-title"):
        assert page.select_one(place).text == HOSTILE
    assert page.select("main a[href^=javascript]") == []
    kept = json.loads(page.select_one("script[type='application/json']").string)
    assert kept["data"][0]["name"] == HOSTILE
    assert page.select_one(".still svg")["aria-label"] == f"In words: {HOSTILE}"
    assert page.select_one(".live")["aria-label"] == f"In words: {HOSTILE}"


def test_a_page_with_charts_stays_under_two_and_a_half_megabytes(page_text):
    assert len(page_text.encode()) < 2_500_000


@pytest.mark.parametrize("address", ["tel:0300", "mailto:a@b.uk", "http://a.uk", "https://a.uk"])
def test_a_link_of_a_safe_kind_is_kept(address):
    page = soup_of(
        notebook(markdown("# T"), code(PROSE_MIME, prose(paragraph("a", href=address))))
    )
    assert page.main.a["href"] == address


def test_a_chart_is_as_wide_as_it_states():
    page = soup_of(notebook(markdown("# T"), code(CHART_MIME, figure())))
    assert page.select_one(".still")["style"] == "width:600px"
    assert page.select_one(".still svg")["viewbox"] == "0 0 600 300"


ROWS = ["difference", 'neu|fee|up to £5 "a" <b>|year||web', "neu|members|whole|tuc|2016|tuc"]
NAMED = "; ".join(ROWS)


def test_a_number_names_its_rows_on_the_element_around_it_and_on_a_row_a_header_and_a_chart():
    whole = table("Fees", ["Union", "2016"], [[cell("NEU"), cell("£5")]])
    whole["rows"][0]["of"] = whole["columns"][1]["of"] = ROWS
    chart = figure()
    chart["layout"]["meta"]["of"] = ROWS
    said = prose(paragraph("It is 5 lower.", cite=["a"], of=ROWS), paragraph("No number."))
    page = soup_of(
        notebook(
            markdown("# T\n\n## Two"),
            code(PROSE_MIME, said),
            code(TABLE_MIME, whole),
            code(CHART_MIME, chart),
            code(TABLE_MIME, sources("a")),
        )
    )
    named = page.select("[data-of]")
    assert [tag.name for tag in named] == ["span", "th", "tr", "figure"]
    assert {tag["data-of"] for tag in named} == {NAMED}
    assert named[0].get_text() == "It is 5 lower."
    assert named[0].find_next_sibling("sup").a.get_text() == "1"
