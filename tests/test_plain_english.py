"""Whatever a report says can be read at school age, and its words of art are explained in it."""

import functools
import re
from collections.abc import Callable

import pikepdf
import pytest
import textstat
from bs4 import BeautifulSoup

from analysis.show.glossary import MEANINGS
from tests.conftest import ASKED
from tests.readability import cut, plain, reading_age, sentences

LONGEST, OLDEST_SUMMARY, OLDEST = 30, 14, 16
every_report = pytest.mark.parametrize("name", ASKED)
MEANT = [meaning for meaning, _ in MEANINGS.values()]


@pytest.fixture(scope="module")
def read_page(finished) -> Callable[[str], BeautifulSoup]:
    """Return a function that reads a report's page, once each."""

    @functools.cache
    def read(name: str) -> BeautifulSoup:
        return BeautifulSoup(finished(name)[".html"].read_text("utf-8"), "html.parser")

    return read


@pytest.fixture(scope="module")
def say(shipped, read_page) -> Callable[..., list[str]]:
    """Return a function that gives a report's sentences, each official name as one word."""
    names = set(shipped.facts.loc[shipped.facts["fact"] == "name", "value"])
    longest_first = sorted(names, key=len, reverse=True)
    return lambda name, part="body": [
        plain(one, longest_first) for one in sentences(read_page(name).select_one(part))
    ]


@every_report
def test_no_sentence_has_more_than_thirty_words(name, say):
    said = say(name)
    assert len(said) > 20
    assert [one for one in said if textstat.lexicon_count(one) > LONGEST] == []


@every_report
def test_a_report_can_be_read_at_sixteen_and_the_summary_at_fourteen(name, say):
    assert reading_age(say(name)) <= (OLDEST_SUMMARY if name == "summary" else OLDEST)


@pytest.mark.parametrize("part", [".brief", ".sheet", ".terms"])
def test_each_part_of_the_summary_can_be_read_at_fourteen(part, say):
    said = say("summary", part)
    assert len(said) > 4
    assert reading_age(said) <= OLDEST_SUMMARY


def test_a_hard_sentence_and_a_long_one_are_found():
    hard = "Statutory consultation necessitates comprehensive representation arrangements."
    assert reading_age([hard]) > OLDEST
    assert reading_age(["The union says so. You may ask it why."]) < 10
    long = "The " + "very " * 30 + "long sentence."
    page = BeautifulSoup(f"<body><p>It is so. {long}</p></body>", "html.parser")
    assert [one for one in sentences(page) if textstat.lexicon_count(one) > LONGEST] == [long]


def test_a_name_that_nobody_can_shorten_counts_as_one_word():
    said = "The National Association of Head Teachers admits heads."
    assert plain(said, ["National Association of Head Teachers"]) == "The Name admits heads."


@pytest.mark.parametrize("meaning", MEANT)
def test_what_a_word_means_is_plain_short_and_holds_no_number(meaning):
    assert textstat.lexicon_count(meaning) < 25
    assert len(cut(meaning)) >= 1
    assert not re.search(r"\d", meaning)


def test_the_whole_glossary_can_be_read_at_fourteen():
    assert reading_age(MEANT) <= OLDEST_SUMMARY


@every_report
def test_a_report_explains_the_words_that_it_uses_and_no_others(name, read_page):
    page = BeautifulSoup(str(read_page(name).body), "html.parser")
    (listed,) = page.select("dl.terms")
    told = {tag.dt.get_text(): tag["id"] for tag in listed.select("div")}
    assert list(told) == [term for term in MEANINGS if term in told]
    for tag in [listed, *page.select("script, .sources, footer")]:
        tag.decompose()
    said = " ".join(page.get_text(" ").split()).casefold()
    forms = {term: MEANINGS[term][1] for term in MEANINGS}
    used = [term for term in MEANINGS if any(form.casefold() in said for form in forms[term])]
    assert [term for term in told if term not in used] == []
    whole = r"(?<![\w-])(?:{})(?![\w-])"
    missing = [
        term
        for term in MEANINGS
        if term not in told
        and re.search(whole.format("|".join(map(str.casefold, forms[term]))), said)
    ]
    assert missing == []


@every_report
def test_the_first_use_of_a_word_in_a_section_leads_to_its_meaning(name, read_page):
    page = read_page(name)
    links = page.select("a.term")
    assert len(links) > 3
    places = [tag["id"] for tag in page.select("dl.terms > div")]
    assert [tag["href"] for tag in links if tag["href"][1:] not in places] == []
    spots = [(section_of(tag), tag["href"]) for tag in links]
    assert len(set(spots)) == len(spots)
    assert page.select(":is(h1, h2, h3, h4, a, td, th, [data-claim], .terms) a.term") == []


def section_of(tag) -> str:
    heading = tag.find_previous("h2")
    return heading["id"] if heading else ""


@every_report
def test_the_pdf_leads_to_the_same_meanings_by_links_that_are_described(name, finished, read_page):
    wanted = len(read_page(name).select("a.term"))
    with pikepdf.open(finished(name)[".pdf"]) as pdf:
        inner = [
            note
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if note.get("/Subtype") == "/Link" and "/URI" not in note.get("/A", {})
        ]
        assert len(inner) >= wanted
        assert all(str(note.get("/Contents", "")) for note in inner)
