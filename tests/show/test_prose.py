import pandas as pd

from analysis import say_cover, say_in_brief, say_missing
from analysis.show.blocks import runs_of
from analysis.show.prose import stated_first
from tests.show.test_charts import LABELS, LATEST, MATRIX

SOURCES = pd.DataFrame(
    {"accessed": ["2026-11-22", "2025-01-01"], "accessed_words": ["22 November 2026", "January"]}
)


def sentences(prose):
    return [
        "".join(run.get("text") or f"[{','.join(run['cite'])}]" for run in runs)
        for block in prose.blocks
        for runs in (block["items"] if block["type"] == "list" else [block["runs"]])
    ]


def test_the_cover_says_the_day_the_choices_the_edition_and_whom_to_tell():
    cover = say_cover("2026-09-01", "4f2a91bc", SOURCES, "Our unions", "Governors", unions=["NEU"])
    said = {item["term"]: item["runs"][0]["text"] for item in cover.blocks[0]["items"]}
    assert cover.title == "Our unions"
    assert said["Prepared for"] == "Governors"
    assert said["Facts as at"] == "1 September 2026"
    assert said["Unions"] == "NEU"
    assert said["Facts last checked"] == "22 November 2026"
    assert said["Data edition"].startswith("4f2a91bc, made with version ")
    assert cover.blocks[1]["runs"][0]["text"] == (
        "This report compares unions. It does not advise anyone which union to join."
    )
    assert "Found a mistake?" in cover.blocks[2]["runs"][0]["text"]


def test_in_brief_computes_every_number_from_its_frames():
    widest = LATEST.iloc[[2, 0]].assign(basis=["return_contributing", "return_all"])
    refused = pd.DataFrame({"union": ["neu"], "role": ["cook"], "sources": [("tuc", "older")]})
    claims = pd.DataFrame(
        {"union": ["neu", "naht"], "term": ["largest:union:uk", "only:x"],
         "sources": [["county", "press"], ["county"]]}
    )  # fmt: skip
    brief = say_in_brief(MATRIX, LATEST, widest, refused, claims, LABELS)
    assert brief.role == "brief"
    assert sentences(brief) == [
        "Two unions are compared. Of 2 posts in schools, 0 are stated to have a choice of two or "
        "more.",
        "One post has one union, and one post has none stated: cook <&>.",
        "NEU admits staff in one post for which a source says that it is not recognised to "
        "bargain.[tuc]",
        "It matters who is counted: NAHT had 28,500 paying members in 2018[county] and 46,631 of "
        "every kind in 2021.[tes]",
        "One union is called the largest of some kind, by two sources. The claims stand "
        "beside the figures below.",
        "Three membership figures of 4 are more than three years old, and marked.",
    ]


def test_what_is_missing_is_said_in_totals():
    missing = pd.DataFrame(
        {"not_stated": [3, 4], "roles": [10, 10], "undated": [1, 0], "old_figures": [1, 0]}
    )
    assert sentences(say_missing(missing)) == [
        "No source read states 7 of 20 answers on who may join. A further 1 rests on undated "
        "pages.",
        "One membership figure is past the age at which this report marks a figure.",
    ]


def test_what_is_not_stated_of_a_union_is_said_in_one_line():
    items = [("TUC", runs_of("not stated")), ("Fees", runs_of("£1")),
             ("Website", runs_of("not stated"))]  # fmt: skip
    assert stated_first(items) == [
        ("Fees", runs_of("£1")),
        ("Not stated", runs_of("TUC and website")),
    ]
    assert stated_first(items[1:2]) == [("Fees", runs_of("£1"))]
