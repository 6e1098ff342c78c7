"""The index of a folder of reports, searched and sorted in a browser from the file alone."""

import pytest

from analysis.report.index import FORMATS, Entry, index_page

BROKEN = """() => {
  const walker = document.createTreeWalker(document.querySelector("table"), NodeFilter.SHOW_TEXT);
  const broken = [];
  for (let node; (node = walker.nextNode()); ) {
    for (const found of node.data.matchAll(/[\\w-]+/g)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) broken.push(found[0]);
    }
  }
  for (const link of document.querySelectorAll(".files a")) {
    const [one, other] = [link, link.nextElementSibling].map(part => part.getBoundingClientRect());
    if (other.left < one.right) broken.push(link.textContent);
  }
  return broken;
}"""
PLACES = ["Bishop's Stortford", "Ysgol Gŵyr", "Barnet & Hatfield", "Ware <Central>"]


def entry(number):
    school = f"{PLACES[number % 4]} School {number}"
    day = f"2026-11-{number % 28 + 1:02}"
    files = ((f"{number}.html", 1000),)
    return Entry(f"Unions at {school}", f"{school}, URN {900000 + number}", "", day, "", files)


@pytest.fixture
def page(visit, tmp_path):
    file = tmp_path / "index.html"
    file.write_text(index_page(map(entry, range(250))), "utf-8")
    return visit(file).page


def titles(page):
    return page.locator("tbody th").all_inner_texts()


def told(page):
    return page.locator("[role=status]").inner_text()


def test_words_in_any_order_without_their_accents_find_a_row(page):
    assert (len(titles(page)), told(page)) == (
        100,
        "250 reports of 250 found; the first 100 are shown.",
    )
    page.get_by_label("Find a report").fill("gwyr 900101")
    assert (titles(page), told(page)) == (
        ["Unions at Ysgol Gŵyr School 101"],
        "1 report of 250 found.",
    )
    page.get_by_label("Find a report").fill("<central> & nowhere")
    assert (titles(page), told(page)) == ([], "0 reports of 250 found.")


def test_the_find_button_and_the_enter_key_stay_on_the_page(page):
    place = page.url
    page.get_by_label("Find a report").fill("barnet")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Find").click()
    assert (page.url, len(titles(page))) == (place, 62)


def test_a_column_is_sorted_by_the_keyboard_and_says_so(page):
    page.get_by_role("button", name="About: sort first to last").focus()
    page.keyboard.press("Enter")
    head = page.locator("thead th", has_text="About")
    assert head.get_attribute("aria-sort") == "ascending"
    assert titles(page)[:2] == [
        "Unions at Barnet & Hatfield School 2",
        "Unions at Barnet & Hatfield School 6",
    ]
    assert "sorted by about, first to last" in told(page)
    page.keyboard.press("Enter")
    assert titles(page)[0] == "Unions at Ysgol Gŵyr School 249"
    page.get_by_role("button", name="Facts as at: sort first to last").click()
    assert head.get_attribute("aria-sort") is None
    assert titles(page)[:2] == [
        "Unions at Bishop's Stortford School 0",
        "Unions at Bishop's Stortford School 28",
    ]


def test_more_rows_are_shown_when_asked_for_and_all_are_printed(page):
    page.get_by_role("button", name="Show more reports").click()
    assert (len(titles(page)), told(page)) == (250, "250 reports of 250 found.")
    page.get_by_label("Find a report").fill("school")
    assert len(titles(page)) == 100
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(titles(page)) == 250


@pytest.mark.parametrize("width", [1280, 800, 360])
def test_no_word_is_broken_and_each_size_stands_beside_its_file(visit, tmp_path, width):
    files = tuple((f"all-that-changed.{end}", 1_043_000) for end in FORMATS)
    about = "compared with 30 September 2015"
    made = Entry("What has changed", about, "Our governors", "2026-11-22", "a578cf84", files)
    file = tmp_path / "index.html"
    file.write_text(index_page([made]), "utf-8")
    assert visit(file, width).page.evaluate(BROKEN) == []
