"""Every number of a finished report names the rows that it comes from."""

import csv
import functools
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.conftest import ASKED, ROOT, asked_of
from tests.numerals import bare_numerals, own_words

REPORTS = tuple(ASKED)
# Two days far apart, so that there is much to say.
CHANGES = ("-p", "before=2015-06-30", "-p", "after=2026-11-22", "--to", "html")
KEY = ("union", "fact", "item", "basis", "as_of", "source")
RULE = ("rule", "value")
# Computations that are said in words, not by the beginnings of keys.
PLAIN = ("count", "newest", "parameter", "checksum")
every_report = pytest.mark.parametrize("name", REPORTS)


@pytest.fixture(scope="module")
def read_report(finished, make_report):
    """Return a function that makes a report and reads its page, once each."""

    @functools.cache
    def read(name: str) -> BeautifulSoup:
        made = make_report(name, *CHANGES) if name == "changes" else finished(name)
        return read_page(made[".html"])

    return read


def read_page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def rows_of(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of(row: dict[str, str]) -> str:
    return "|".join(row[name] for name in KEY)


def origins(tag: Tag) -> list[str]:
    return tag["data-of"].split("; ")


@every_report
def test_no_numeral_stands_without_the_rows_or_the_computation_that_it_comes_from(
    name, read_report
):
    page = read_report(name)
    assert bare_numerals(page) == []
    assert len(page.select("[data-of]")) > 20


PLANTED = {
    "main p": "<i>About 41 of them</i>",
    "caption": "<i>Table of 42</i>",
    "tbody td": "<i>43</i>",
    "tbody th": "<i>44</i>",
    "main li": "<i>and 45</i>",
    "h2": "<i>In 46 words</i>",
    "header dt": "<i>47</i>",
    "nav li": "<i>48</i>",
    "footer p": "<i>49</i>",
    "main": '<svg role="img" aria-label="50 bars"></svg>',
    "main section": '<svg><text x="1" y="2">51</text></svg>',
    "main h2": '<b title="52"></b>',
}


def test_a_numeral_planted_anywhere_on_the_page_is_found(read_report):
    page = BeautifulSoup(str(read_report("role_coverage").body), "html.parser")
    for place, markup in PLANTED.items():
        spots = [tag for tag in page.select(place) if not names_its_rows(tag)]
        assert spots, place
        spots[0].append(BeautifulSoup(markup, "html.parser"))
    planted = [re.sub(r"\D", "", found) for found in bare_numerals(page)]
    assert sorted(planted) == [str(number) for number in range(41, 53)]


def names_its_rows(tag: Tag) -> bool:
    """Say whether an element, or one around it, says where its numbers come from."""
    around = [one for one in (tag, *tag.parents) if isinstance(one, Tag)]
    return any(one.get("data-of") or one.get("id", "").startswith("source-") for one in around)


@every_report
def test_every_key_is_that_of_a_row_of_the_data_or_begins_one(name, read_report):
    keys = {key_of(row) + "|" for row in rows_of("unions")}
    rules = {"|".join(row[part] for part in RULE) + "|" for row in rows_of("rules")}
    unions = {row["union"] for row in rows_of("unions")}
    unknown = []
    for origin in {one for tag in read_report(name).select("[data-of]") for one in origins(tag)}:
        kind, _, begins = origin.rpartition(": ")
        if kind == "answer":
            known = begins.split("|")[0] in unions
        elif kind in ("date", "claim", "lowest and highest"):
            known = any(key.startswith(begins + "|") for key in keys)
        elif kind == "rule":
            known = begins + "|" in rules
        elif "|" in origin:
            known = origin + "|" in keys
        else:
            known = kind in PLAIN or origin == "difference"
        unknown += [] if known else [origin]
    assert unknown == []


@every_report
def test_what_names_one_figure_or_fee_shows_its_value_or_its_date(name, read_report):
    facts = {key_of(row): row for row in rows_of("unions")}
    shown = 0
    for tag in read_report(name).select("[data-of]"):
        fact = facts.get(tag["data-of"])
        if fact is None or fact["fact"] not in ("members", "fee"):
            continue
        said = said_in(tag)
        pounds = f"£{float(fact['value']):,.2f}".removesuffix(".00")
        value = pounds if fact["fact"] == "fee" else f"{int(fact['value']):,}"
        numerals = set(re.findall(r"£?\d[\d,.]*\d|£?\d", said))
        shown += value in numerals
        dated = any(date[:4] in said for date in (fact["as_of"], *years_of(fact)) if date)
        assert value in numerals or dated, (tag["data-of"], said)
    assert shown or name in ("school", "role_coverage")


def said_in(tag: Tag) -> str:
    """Return an element's words without the numbers of sources."""
    copy = BeautifulSoup(str(tag), "html.parser")
    for raised in copy.select("sup"):
        raised.decompose()
    return copy.get_text(" ")


def years_of(fact: dict[str, str]) -> list[str]:
    """Return the dates of the source of a fact that bears none itself."""
    return [
        row[name]
        for row in rows_of("sources")
        if row["source"] == fact["source"]
        for name in ("published", "accessed")
    ]


@every_report
def test_each_figure_is_followed_by_the_number_of_its_source(name, read_report):
    page = read_report(name)
    facts = {key_of(row): row["source"] for row in rows_of("unions")}
    titles = {row["source"]: row["title"] for row in rows_of("sources")}
    numbered = {row["id"]: row.td.get_text() for row in page.select("tr[id^=source-]")}
    for tag in page.select("[data-of]"):
        for origin in origins(tag):
            if origin not in facts:
                continue
            around = (
                tag if tag.name in ("tr", "figure") else tag.find_parent(["tr", "li", "p", "dd"])
            )
            cited = [numbered[link["href"][1:]] for link in around.select("a[href^='#source-']")]
            assert any(text.startswith(titles[facts[origin]]) for text in cited), (origin, around)


@every_report
def test_alt_text_ends_with_the_numbers_of_its_sources_as_the_caption_does(name, read_report):
    for figure in read_report(name).select("figure"):
        numbers = [link.get_text() for link in figure.select("figcaption a[href^='#source-']")]
        for picture in figure.select("[role=img]"):
            said = picture["aria-label"].rpartition("Source")[2]
            assert re.findall(r"\d+", said) == numbers


CHANGED = "naht|members|whole|return_all|2021-12-31|tes-2022"
ROW, OTHER_ROW = (f"naht,members,whole,{value},,return_all,2021" for value in (46631, 46637))
SHOWN = "46,631"


@pytest.fixture(scope="module")
def changed(tmp_path_factory, make_report, read_report):
    """Return the page of the comparison before and after one figure of the data changed."""
    project = tmp_path_factory.mktemp("project")
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, project / folder)
    path = project / "data" / "unions.csv"
    text = path.read_text("utf-8")
    assert text.count(ROW) == 1
    path.write_text(text.replace(ROW, OTHER_ROW), "utf-8")
    made = make_report("comparison", *asked_of("comparison"), "--to", "html", project=project)
    return read_report("comparison"), read_page(made[".html"])


def told(page: BeautifulSoup) -> list[tuple[list[str], str]]:
    """Return what each element says itself, and what the nearest element around it names."""
    found = []
    for tag in page.body.find_all(True):
        named = tag if tag.get("data-of") else tag.find_parent(attrs={"data-of": True})
        found.append((own_words(tag), named["data-of"] if named else ""))
    return found


def test_one_changed_value_changes_the_places_that_show_it_and_the_edition_and_no_others(changed):
    before, after = map(told, changed)
    assert [origin for _, origin in before] == [origin for _, origin in after]
    pairs = zip(before, after, strict=True)
    moved = [(str(was), origin) for (was, origin), (now, _) in pairs if was != now]
    editions = [origin for _, origin in moved if origin.startswith("checksum: ")]
    assert len(editions) == 1
    others = [origin for _, origin in moved if origin not in editions]
    assert all(CHANGED in origin.split("; ") for origin in others)
    shown = [origin for was, origin in before if SHOWN in str(was)]
    assert shown == [origin for was, origin in moved if SHOWN in was]
    assert len(shown) > 5
    rest = [origin for was, origin in moved if SHOWN not in was and origin not in editions]
    assert all(origin.startswith("difference; ") for origin in rest)
    assert SHOWN not in str(changed[1].body)


def test_one_changed_value_changes_the_charts_that_draw_it_and_no_others(changed):
    kept = "script[type='application/json']"
    before, after = ([tag.string for tag in page.select(kept)] for page in changed)
    drawn = [CHANGED in origins(tag) for tag in changed[0].select("figure")]
    assert [was != now for was, now in zip(before, after, strict=True)] == drawn
    assert 0 < sum(drawn) < len(drawn)
