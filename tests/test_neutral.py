"""No report praises a union or ranks one in its own words, and no order of rows is told apart."""

import json
import random
import re
import shutil
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

import analysis
from analysis import read_dataset
from analysis.report.document import read_document
from analysis.report.html import html_page
from tests.conftest import ASKED, ROOT
from tests.test_union_profile import as_run

PRAISE = (
    "acclaimed", "ahead of all", "award-winning", "best", "better than", "brilliant", "champion",
    "champions", "excellent", "exceptional", "famous", "favourite", "first choice", "first-class",
    "flagship", "foremost", "great", "impressive", "leading", "least", "most", "number one",
    "outstanding", "pre-eminent", "premier", "prestigious", "proud", "proudly", "renowned",
    "respected", "second to none", "superb", "superior", "supreme", "top", "top-rated", "trusted",
    "unbeatable", "unique", "unmatched", "unparalleled", "unrivalled", "unsurpassed", "winning",
    "wonderful", "world-class", "worst",
)  # fmt: skip
# Words that end as a superlative does, and superlatives that can only be of a date or a place.
HARMLESS = {
    "arrest", "contest", "forest", "guest", "harvest", "honest", "interest", "invest", "latest",
    "manifest", "modest", "nearest", "newest", "protest", "request", "rest", "suggest", "test",
    "west",
}  # fmt: skip
# Superlatives of rows, posts, sources and rules, and a claim that is told as one.
ALLOWED = (
    r"at (least|most)",
    r"most sources were read",
    r"the most that a tribunal may award",
    r"most (unions )?first",
    r"most unions are",
    r"fewest unions first",
    r"are the fewest that between them",
    r"the smallest panel",
    r"the widest choice",
    r"oldest (event )?first",
    r"the oldest (stand first|on)",
    r"(sources? calls?|each calls) (one|another)( of \w+)?( unions?)? the largest",
    r"a claim to be the largest is compared",
)
FOUND = re.compile(
    rf"(?<![\w-])(?:(?:{'|'.join(map(re.escape, PRAISE))})(?![\w-])|[a-z-]{{2,}}est\b)", re.I
)
# Where another speaks: a claim, the list of sources, a parameter's value in the title block.
OTHERS = "[data-claim], tr[id^=source-], header dd, script[type='application/gzip'], sup"
PARTS = "h1, h2, h3, p, li, dt, dd, th, td, caption, figcaption, summary, title"

PLANTED = [
    "NEU is the largest union here.",
    "It is the biggest body of its kind.",
    "NAHT gives the best advice.",
    "UNISON is the leading union for support staff.",
    "Most teachers prefer it.",
    "It has the strongest voice of all.",
    "Its lawyers are the finest in the land.",
    "It is trusted by heads.",
    "Its helpline is excellent.",
    "It runs an award-winning magazine.",
    "Its cover is unrivalled.",
    "It is the favourite of new teachers.",
    "It is the top union for leaders.",
    "ASCL is the premier association.",
    "It is number one in the county.",
    "It is the foremost union for professionals.",
    "It is the fastest-growing of them, and the fastest to answer.",
    "At most schools it is the first choice.",
    "Members call its outstanding reps at any hour.",
    "Its interest in members is second to none.",
]
HONEST = [
    "Newest figure of each union on each basis.",
    "The latest return is of 2021.",
    "At least two unions admit cooks.",
    "These posts are stated to be open to one union at most.",
    "Some have an interest in the vote.",
    "The smallest panel has two unions.",
    "Three unions are the fewest that between them admit staff in each post.",
    "Ask for a request form.",
    "A protest was held in West Sussex.",
    "Most sources were read only at their opening.",
    "How each union came about, oldest event first.",
    "The widest choice, of six unions, is for cooks.",
    "Of each way of counting, the count nearest in time.",
    "20 sources call one of six unions the largest, each in its own sense.",
    "Each calls another union the largest.",
    "A claim to be the largest is compared with figures of five years.",
    "The most that a tribunal may award each person is 180 days of pay.",
    "A further 131 rest on undated pages.",
    "Figures cannot test ten of these claims.",
    "Posts that four unions or more are stated to admit, most first.",
]


def praise_in(words: str) -> list[str]:
    """Return what is a superlative or praise in some words."""
    left = re.sub("|".join(rf"\b{one}\b" for one in ALLOWED), "", words, flags=re.IGNORECASE)
    found = (match[0].casefold() for match in FOUND.finditer(left))
    return [word for word in found if word not in HARMLESS]


def sentences(page: BeautifulSoup) -> Iterator[str]:
    """Yield all that a report says of its own: its text, alt text and what its charts say."""
    for script in page.select("script[type='application/json']"):
        yield from spoken(json.loads(script.string))
    for tag in page.select("[aria-label]"):
        yield tag["aria-label"]
    for tag in page.select(OTHERS):
        tag.decompose()
    for tag in page.select(PARTS):
        if not tag.find(PARTS.split(", ")):
            yield from re.split(r"(?<=[.;:?!])\s", " ".join(tag.get_text(" ").split()))


def spoken(figure: dict) -> Iterator[str]:
    """Yield what a chart says when it is hovered, and what is written in it."""
    for trace in figure["data"]:
        yield from trace.get("hovertext") or ()
    for note in figure["layout"].get("annotations", ()):
        yield note["text"]


@pytest.mark.parametrize("name", ASKED)
def test_no_report_praises_or_ranks_a_union_in_its_own_words(finished, shipped, name):
    page = BeautifulSoup(finished(name)[".html"].read_text("utf-8"), "html.parser")
    names = shipped.facts.loc[shipped.facts["fact"] == "name", "value"]
    said = list(sentences(page))
    assert len(said) > 50
    own = (re.sub("|".join(map(re.escape, names)), "", one) for one in said)
    assert [one for one in own if praise_in(one)] == []


@pytest.mark.parametrize("name", ["comparison", "union_profile", "changes"])
def test_a_claims_own_words_are_marked_as_such_and_nothing_else_is(finished, shipped, name):
    page = BeautifulSoup(finished(name)[".html"].read_text("utf-8"), "html.parser")
    claims = shipped.facts.loc[shipped.facts["fact"] == "claim", "value"]
    marked = [tag.get_text().casefold() for tag in page.select("[data-claim]")]
    assert len(marked) > 2
    assert set(marked) <= {claim.casefold() for claim in claims}


@pytest.mark.parametrize("sentence", PLANTED)
@pytest.mark.parametrize("where", ["p", "td", "figcaption", "aria-label", "hovertext"])
def test_a_planted_superlative_is_found_wherever_it_stands(sentence, where):
    if where == "aria-label":
        html = f'<svg aria-label="{sentence}"></svg>'
    elif where == "hovertext":
        figure = json.dumps({"data": [{"hovertext": [sentence]}], "layout": {}})
        html = f'<script type="application/json">{figure}</script>'
    else:
        html = f"<{where}>An honest line. {sentence}</{where}>"
    assert any(praise_in(one) for one in sentences(BeautifulSoup(html, "html.parser")))


@pytest.mark.parametrize("sentence", HONEST)
def test_an_honest_sentence_is_not_taken_for_praise(sentence):
    assert praise_in(sentence) == []


def test_twenty_sentences_are_planted_and_twenty_are_honest():
    assert len(set(PLANTED)) == len(set(HONEST)) == 20


@pytest.mark.parametrize("name", ["comparison", "role_coverage", "school", "union_profile"])
def test_shuffling_the_rows_leaves_a_reports_bytes_unchanged(monkeypatch, tmp_path, shipped, name):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for file in ("unions.csv", "sources.csv"):
        path = tmp_path / "data" / file
        head, *rows = path.read_text("utf-8").splitlines()
        random.Random(4).shuffle(rows)
        path.write_text("\n".join([head, *rows, ""]), "utf-8")
    monkeypatch.chdir(ROOT / "notebooks")
    pages = []
    for dataset in (shipped, read_dataset(tmp_path / "data")):
        monkeypatch.setattr(analysis, "read_dataset", lambda folder, found=dataset: found)
        node = as_run(ROOT / "notebooks" / f"{name}.ipynb", as_of="2026-11-22")
        pages.append(html_page(read_document(node)))
    assert pages[0] == pages[1]
