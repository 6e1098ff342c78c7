import pandas as pd

from analysis.show.prose import NO_FIGURE
from analysis.show.summary import (
    NO_PAIR,
    NONE_REFUSED,
    main_source,
    say_five,
    say_members_and_ask,
    tabulate_groups,
)

LABELS = {"neu": "NEU", "naht": "NAHT", "aep": "AEP", "teaching": "Classroom teachers",
          "teacher": "Classroom teacher"}  # fmt: skip
COLUMNS = [
    "union",
    "level",
    "role",
    "role_group",
    "answer",
    "basis",
    "qualifier",
    "sources",
    "old",
]
COVERAGE = pd.DataFrame(
    [
        ["naht", "admits", "teacher", "teaching", "yes", "stated", "", ("a",), True],
        ["naht", "recognised", "teacher", "teaching", "not stated", "", "", (), False],
        ["neu", "admits", "teacher", "teaching", "yes", "stated", "", ("b", "c"), False],
        ["neu", "recognised", "teacher", "teaching", "yes", "burgundy_book", "", ("d",), False],
        ["aep", "admits", "teacher", "teaching", "not stated", "", "", (), False],
        ["aep", "recognised", "teacher", "teaching", "not stated", "", "", (), False],
    ],
    columns=COLUMNS,
)
NOTHING = pd.DataFrame({"union": [], "old": [], "source": [], "sources": []})
RULES = pd.DataFrame({"sources": [("law",)]}, index=["consult_every_union"])


def words(runs):
    return "".join(run.get("text") or f"[{', '.join(run['cite'])}]" for run in runs)


def test_there_are_five_sentences_even_where_no_source_says_anything():
    matrix = pd.DataFrame({"teacher": ["yes", "yes"]}, index=["naht", "neu"])
    choice = pd.DataFrame({"number": [2], "sources": [("a", "b")]})
    prose = say_five(COVERAGE, matrix, choice, NOTHING, NOTHING, NOTHING, LABELS)
    (points,) = prose.blocks
    assert [words(runs) for runs in points["items"]] == [
        "For 1 of 1 posts, sources name two or more of these two unions to join.[a, b]",
        "Of these unions, sources name two or more for every post.",
        NONE_REFUSED,
        NO_PAIR,
        NO_FIGURE,
    ]


def test_unions_of_which_nothing_is_stated_share_a_line_and_old_rows_say_so():
    unions = ["aep", "naht", "neu"]
    matrix = pd.DataFrame({"teaching": ["not stated", "yes", "yes"]}, index=unions)
    table = tabulate_groups(COVERAGE, matrix, LABELS)
    heads = [words(row["cells"][0]["lines"][0]["runs"]) for row in table.rows]
    assert heads == ["NAHT (old)[a]", "NEU[b]"]
    assert words(table.note).endswith("Not stated for any group: AEP.")
    alone = tabulate_groups(COVERAGE, matrix.loc[["aep"]], LABELS)
    assert len(alone.rows) == 1
    assert "for any group" not in words(alone.note)


def test_a_row_names_the_source_behind_more_answers_than_another():
    sources = [("x",), ("y", "x"), ("y",)]
    rows = pd.DataFrame({"union": "neu", "level": "admits", "sources": sources})
    assert main_source(rows, "neu", "admits") == ["y"]
    assert main_source(rows, "naht", "admits") == []


def test_whom_to_ask_names_unions_by_agreement_and_says_where_nothing_is_known():
    chosen = ["aep", "naht", "neu"]
    prose = say_members_and_ask(chosen, NOTHING, COVERAGE, RULES, LABELS)
    said = [words(block["runs"]) for block in prose.blocks if block["type"] == "paragraph"]
    assert "Not stated: AEP, NAHT and NEU" in said
    assert "Burgundy Book: NEU, for classroom teachers[d]" in said
    alone = say_members_and_ask(["naht"], NOTHING, COVERAGE, RULES, LABELS)
    assert alone.blocks[-5:] == prose.blocks[-5:], "whom to ask does not depend on the choice"
    unsaid = COVERAGE.assign(answer="not stated")
    none = say_members_and_ask(["naht"], NOTHING, unsaid, RULES, LABELS)
    said = [words(block["runs"]) for block in none.blocks if block["type"] == "paragraph"]
    assert "No source says who is recognised for: classroom teachers" in said
    assert any("a union may still be recognised" in one for one in said)
