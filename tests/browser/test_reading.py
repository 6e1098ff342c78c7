"""What a reader meets: by eye at any width, by keyboard, in the dark, on paper."""

import itertools
import re

import pypdfium2
import pytest
from bs4 import BeautifulSoup

from tests.browser.conftest import drawn
from tests.conftest import ASKED
from tests.formats import leaves_of

every_report = pytest.mark.parametrize("name", sorted(ASKED))
every_page = pytest.mark.parametrize("name", [*sorted(ASKED), "index"])
CUT_OFF = """() => {
  const wide = innerWidth + 1, cut = [];
  for (const one of document.querySelectorAll("body *")) {
    if (one.closest(".region") || one.closest("svg") || one.closest("[hidden]")) continue;
    if (one.matches(".skip, script, style") || !one.getClientRects().length) continue;
    const box = one.getBoundingClientRect();
    if (box.right > wide || box.left < -1) cut.push(one.outerHTML.slice(0, 120));
    const clips = getComputedStyle(one).overflowX !== "visible";
    if (clips && one.scrollWidth > one.clientWidth + 1)
      cut.push("scrolls: " + one.outerHTML.slice(0, 120));
  }
  for (const region of document.querySelectorAll(".region")) {
    if (!region.getClientRects().length) continue;
    const end = region.getBoundingClientRect().left - region.scrollLeft + region.scrollWidth + 1;
    for (const one of region.querySelectorAll("td, th, caption, .still text")) {
      const box = one.getBoundingClientRect();
      if (box.width && box.right > end) cut.push("in a region: " + one.outerHTML.slice(0, 120));
    }
    if (region.scrollWidth > region.clientWidth + 1 && region.tabIndex !== 0)
      cut.push("no keyboard: " + region.outerHTML.slice(0, 120));
  }
  if (document.documentElement.scrollWidth > wide) cut.push("the page itself");
  return cut;
}"""
# The lowest contrast of a mark in a chart's picture, drawn for a white ground; the faint lines of
# its grid help the eye and tell nothing.
GRID = "#d5dbe0"
PALE = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = (rgb) => {
    const part = rgb.slice(0, 3).map((v) => v / 255)
      .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const paint = parse(getComputedStyle(at).backgroundColor);
      if (paint.length === 3 || paint[3] > 0) return paint;
    }
    return [255, 255, 255];
  };
  const pale = [];
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const painted = own && one.getClientRects().length && !one.closest("script, style, .skip");
    if (!painted) continue;
    const style = getComputedStyle(one), svg = one.closest("svg");
    const ink = light(parse(svg ? style.fill : style.color)), paper = light(behind(one));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) pale.push(ratio.toFixed(2) + " " + one.outerHTML.slice(0, 120));
  }
  return pale;
}"""
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const all = [...document.querySelectorAll("a[href], summary, [tabindex='0']")]
    .filter((each) => each.checkVisibility());
  return [all.indexOf(one), style.outlineStyle, parseFloat(style.outlineWidth), all.length];
}"""
A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)


@every_page
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_nothing_is_cut_off_or_scrolls_sideways_but_wide_tables(name, scripts, page_of, visit):
    page = visit(page_of(name), scripts=scripts).page
    if scripts:
        drawn(page)
    for width in (1280, 1000, 640, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CUT_OFF) == [], width


@every_page
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(name, dark, page_of, visit):
    page = visit(page_of(name), scripts=False, dark=dark).page
    assert page.evaluate(PALE) == []


@every_report
def test_the_keyboard_reaches_every_part_in_order_and_shows_where_it_is(name, finished, visit):
    page = visit(finished(name)[".html"]).page
    drawn(page)
    assert page.evaluate("document.querySelectorAll('[tabindex]:not([tabindex=\"0\"],"
                         "[tabindex=\"-1\"])').length") == 0  # fmt: skip
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    for place in itertools.count():
        at, line, thick, all_parts = page.evaluate(FOCUSED)
        assert (at, line) == (place, "solid")
        assert thick >= 2
        if place + 1 == min(all_parts, 60):
            break
        page.keyboard.press("Tab")


@every_report
def test_the_skip_link_and_the_contents_lead_where_they_say(name, finished, visit):
    page = visit(finished(name)[".html"]).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    headings = page.evaluate(
        "[...document.querySelectorAll('main h2')].map(h => [h.id, h.innerText])"
    )
    links = page.evaluate(
        "[...document.querySelectorAll('nav a')].map(a => [a.hash.slice(1), a.innerText])"
    )
    assert links == (headings if len(headings) > 3 else [])
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@every_report
def test_every_chart_has_a_name_a_message_a_caption_and_its_figures(name, finished, visit):
    page = visit(finished(name)[".html"]).page
    figures = page.locator("figure")
    for place in range(figures.count()):
        one = figures.nth(place)
        title = one.locator(".figure-title").inner_text()
        caption = one.locator("figcaption").inner_text()
        message = one.locator(".still svg").first.get_attribute("aria-label")
        assert len({title, caption, message}) == 3
        assert all(len(words) > 10 for words in (title, caption, message))
        behind = page.locator("figure + details").nth(place)
        assert behind.locator("table").is_hidden()
        behind.locator("summary").focus()
        page.keyboard.press("Enter")
        assert behind.locator("table").is_visible()


@every_report
def test_a_drawn_chart_has_no_toolbar_cloud_or_logo(name, finished, visit):
    page = visit(finished(name)[".html"]).page
    drawn(page)
    assert page.locator(".still:visible").count() == 0
    assert page.locator(".modebar:visible, .plotlyjsicon, [data-title*=loud]").count() == 0
    calm = visit(finished(name)[".html"], reduced_motion="reduce").page
    drawn(calm)
    assert set(calm.evaluate(
        "[...document.querySelectorAll('.live')].map(d => d.layout.transition.duration)"
    )) <= {0}  # fmt: skip
    assert calm.evaluate("document.getAnimations().length") == 0


@every_report
def test_no_script_but_the_pages_own_can_run(name, finished, visit):
    seen = visit(finished(name)[".html"])
    seen.page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.intruded = true";
        document.body.append(script);
        const button = document.createElement("button");
        button.setAttribute("onclick", "window.intruded = true");
        document.body.append(button);
        button.click();
    }""")
    assert seen.page.evaluate("window.intruded") is None
    assert any("Content Security Policy" in line for line in seen.errors)


@every_report
def test_printing_from_the_browser_gives_whole_pages_of_a4(name, finished, visit):
    page = visit(finished(name)[".html"]).page
    drawn(page)
    headings = page.locator("h2").all_inner_texts()
    words = set(" ".join(page.locator("td, th").all_inner_texts()).split())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round((210 - 32) / 25.4 * 96), "height": 1000})
    assert page.evaluate(CUT_OFF) == []
    printed = page.pdf(prefer_css_page_size=True)
    for sheet in pypdfium2.PdfDocument(printed):
        assert sheet.get_size() == pytest.approx(A4, abs=1)
    text = re.sub(r"\s", "", "".join(leaves_of(printed)))
    assert [one for one in headings if re.sub(r"\s", "", one) not in text] == []
    assert [one for one in sorted(words) if one not in text] == []
    assert "Skiptothereport" not in text


def contrast_on_white(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 1.05 / (0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05)


@every_report
def test_every_mark_of_a_chart_stands_out_and_no_picture_is_heavy(name, finished):
    page = BeautifulSoup(finished(name)[".html"].read_text("utf-8"), "html.parser")
    for picture in page.select(".still svg"):
        text = str(picture)
        assert len(text.encode()) <= 80_000
        painted = re.findall(r"(?:fill|stroke)[:=]\"? ?(#[0-9a-fA-F]{6})", text)
        assert painted
        pale = {one for one in painted if one != GRID and contrast_on_white(one) < 3}
        assert pale == set()
