import pandas as pd

from analysis import say_cover, say_in_brief, say_missing
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
    assert said["Data edition"].startswith("4f2a91bc (program version ")
    assert cover.blocks[1]["runs"][0]["text"] == (
        "This report compares unions. It does not advise anyone which union to join."
    )
    assert "Found a mistake?" in cover.blocks[2]["runs"][0]["text"]


def test_in_brief_computes_every_number_from_its_frames():
    widest = LATEST.iloc[[2, 0]].assign(basis=["return_contributing", "return_all"])
    refused = pd.DataFrame({"union": ["neu"], "role": ["cook"], "sources": [("tuc", "older")]})
    claims = pd.DataFrame(
        [
            ["neu", "largest:union:europe", "county", "contradicted"],
            ["neu", "largest:union:europe", "press", "contradicted"],
            ["neu", "largest:education_union:uk", "press", "holds"],
            ["naht", "only:x", "county", "cannot be tested"],
        ],
        columns=["union", "term", "source", "verdict"],
    )
    brief = say_in_brief(MATRIX, LATEST, widest, refused, claims, LABELS)
    assert brief.role == "brief"
    assert sentences(brief) == [
        "Two unions are compared. For 0 of 2 posts, sources name two or more to join.",
        "Of these unions, sources name one for one post and none for one post (cook <&>).",
        "To join is not to be bargained for: NEU is not recognised for one post that it admits."
        "[tuc,older]",
        "It matters who is counted: NAHT had 28,500 paying members in 2018 (old figure)[county] "
        "and 46,631 of every kind in 2021 (old figure).[tes]",
        "Two sources call one union the largest, each in its own sense. Figures bear out 1 of "
        "these 3 claims, go against 2, and cannot test 0.",
        "3 of 4 membership figures are more than three years old, and marked.",
    ]


def test_in_brief_says_nothing_of_what_no_frame_holds():
    none = LATEST.head(0)
    refused = pd.DataFrame({"union": [], "role": [], "sources": []})
    claims = pd.DataFrame({"union": ["neu"], "term": ["only:x"], "source": ["a"]})
    one = MATRIX.head(1).replace({"no": "yes"})
    assert sentences(say_in_brief(one, LATEST, none, refused, claims, LABELS)) == [
        "One union is looked at. Sources say that it admits 2 of 2 posts.",
        "3 of 4 membership figures are more than three years old, and marked.",
    ]


def test_what_is_missing_is_said_in_totals():
    missing = pd.DataFrame(
        {
            "not_stated": [3, 4],
            "roles": [10, 10],
            "undated": [1, 0],
            "old_figures": [1, 0],
            "figures": [3, 2],
        }
    )
    assert sentences(say_missing(missing)) == [
        "For 7 of 20 answers on who may join, no source we read says anything. A further 1 rests "
        "on undated pages.",
        "1 of 5 membership figures is past the age that makes a figure old.",
    ]
