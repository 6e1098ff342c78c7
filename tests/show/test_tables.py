import pandas as pd

from analysis import (
    coverage_matrix,
    tabulate_benefits,
    tabulate_choice,
    tabulate_coverage,
    tabulate_glance,
    tabulate_members,
    tabulate_sources,
)
from analysis.schema import TABLE_MIME
from analysis.show.blocks import Table, cell, row
from analysis.show.tables import trait_cells
from tests.questions.test_coverage import COVERAGE
from tests.show.test_charts import LATEST

LABELS = {"neu": "NEU", "gmb": "GMB", "naht": "NAHT", "teacher": "Teacher", "hlta": "HLTA",
          "aide": "Aide", "teaching": "Classroom teachers", "inspector": "Inspector",
          "classroom_support": "Teaching assistants",
          "outside_school": "Staff outside schools"}  # fmt: skip


def words(made):
    """Return the words of a cell's lines, with sources in square brackets."""
    return [
        "".join(run.get("text") or f"[{','.join(run['cite'])}]" for run in line["runs"])
        for line in made["lines"]
    ]


def texts(table: Table) -> list[list[list[str]]]:
    return [[words(made) for made in made_row["cells"]] for made_row in table.rows]


def test_every_answer_has_its_word_its_mark_its_newest_source_and_says_if_it_is_implied():
    matrix = coverage_matrix(COVERAGE, unions=["neu", "gmb"])
    table = tabulate_coverage(COVERAGE, matrix, LABELS)
    assert texts(table) == [
        [["Teacher"], ["yes[a]"], ["no[f]", "implied"]],
        [["HLTA"], ["yes[b]"], ["yes[f]"]],
        [["Aide"], ["disputed[a,c]"], ["not stated"]],
    ]
    assert [made["mark"] for made in table.rows[2]["cells"]] == [None, "disputed", "not stated"]
    assert table.note[0]["text"].endswith("It does not mean no.")


def test_an_old_answer_on_a_post_or_a_benefit_is_marked():
    aged = COVERAGE.assign(old=COVERAGE["role"] == "hlta")
    table = tabulate_coverage(aged, coverage_matrix(aged, unions=["neu", "gmb"]), LABELS)
    assert texts(table)[:2] == [
        [["Teacher"], ["yes[a]"], ["no[f]", "implied"]],
        [["HLTA"], ["yes[b]", "old"], ["yes[f]", "old"]],
    ]
    benefits = pd.DataFrame(
        [["neu", "rep", "yes", ("a", "b"), True], ["naht", "rep", "no", ("c",), False]],
        columns=["union", "benefit", "answer", "sources", "old"],
    )
    matrix = pd.DataFrame({"neu": ["yes"], "naht": ["no"], "gmb": ["not stated"]}, index=["rep"])
    shown = tabulate_benefits(benefits, matrix, LABELS | {"rep": "A local rep"})
    assert texts(shown) == [[["A local rep"], ["yes[a]", "old"], ["no[c]"], ["not stated"]]]


def test_a_figure_never_stands_without_its_basis_date_and_source():
    assert texts(tabulate_members(LATEST, LABELS))[1] == [
        ["NEU"],
        ["The union's own round figure"],
        ["over 450,000[county]"],
        ["About 2018, date inferred"],
        ["current"],
    ]
    other = texts(tabulate_members(LATEST, LABELS))[3]
    assert other[1] == ["Another count", "members in one town"]
    assert other[4] == ["old figure"]


def test_the_glance_says_founding_members_whom_nations_and_tuc_with_sources():
    unions = pd.DataFrame(
        {"short_name": ["NEU"], "official_name": ["National Education Union"]}, index=["neu"]
    )
    history = pd.DataFrame(
        [
            ["neu", "founded", "present_body", "2017-09-01", "ei"],
            ["neu", "founded", "present_body", "2017", "county"],
            ["neu", "founded", "origin", "1870", "ucl"],
        ],
        columns=["union", "event", "item", "date", "source"],
    )
    traits = pd.DataFrame(
        [
            ["neu", "nation", "wales", "yes", "", ("faq",), False],
            ["neu", "nation", "england", "yes", "", ("faq", "x"), True],
            ["neu", "nation", "scotland", "no", "", ("faq",), True],
        ],
        columns=["union", "fact", "item", "answer", "qualifier", "sources", "old"],
    )
    table = tabulate_glance(["neu"], unions, history, LATEST.iloc[1:2], COVERAGE, traits, LABELS)
    assert texts(table) == [
        [
            ["NEU", "National Education Union"],
            ["2017[ei,county]", "origin 1870[ucl]"],
            [
                "over 450,000[county]",
                "the union's own round figure, about 2018, date inferred",
            ],
            ["Classroom teachers; HLTA; staff outside schools"],
            ["England and Wales[faq]", "in part old"],
            ["not stated"],
        ]
    ]


def test_posts_that_few_unions_admit_name_them_and_whose_sources_differ():
    choice = pd.DataFrame(
        [
            ["aide", "classroom_support", [], 0, ["neu"], ["neu"], ("a",)],
            ["teacher", "teaching", ["neu"], 1, [], [], ("a", "b")],
            ["hlta", "classroom_support", ["neu", "gmb"], 2, [], [], ("b",)],
        ],
        columns=["role", "role_group", "unions", "number", "disputed", "old", "sources"],
    )
    assert texts(tabulate_choice(choice, LABELS)) == [
        [["Aide"], ["1"], ["None stated[a]", "disputed: NEU", "old: NEU"]],
        [["Classroom teachers"], ["1"], ["NEU[a,b]"]],
    ]


def test_posts_that_many_unions_answer_for_are_listed_from_the_most_on_and_folded():
    columns = ["role", "role_group", "unions", "number", "disputed", "old", "sources"]
    choice = pd.DataFrame(
        [
            ["teacher", "teaching", ["neu"], 1, [], [], ("a",)],
            ["aide", "classroom_support", ["neu", "gmb"], 2, [], [], ("b",)],
            ["hlta", "classroom_support", ["neu", "gmb"], 2, [], [], ("b",)],
        ],
        columns=columns,
    )
    table = tabulate_choice(choice, LABELS | {"gmb": "GMB"}, "recognised", least=2)
    assert texts(table) == [[["Teaching assistants"], ["2"], ["NEU and GMB[b]"]]]
    assert table.caption == "Posts that two unions or more are stated to bargain for, most first"


def test_posts_whose_answers_differ_in_age_stand_apart_and_the_old_ones_are_named():
    choice = pd.DataFrame(
        [
            [role, "classroom_support", ["neu", "gmb"], 2, [], old, ("b",)]
            for role, old in (("aide", []), ("hlta", ["gmb"]))
        ],
        columns=["role", "role_group", "unions", "number", "disputed", "old", "sources"],
    )
    table = tabulate_choice(choice, LABELS, least=2)
    assert texts(table) == [
        [["Aide"], ["1"], ["NEU and GMB[b]"]],
        [["HLTA"], ["1"], ["NEU and GMB[b]", "old: GMB"]],
    ]
    assert [line["style"] for line in table.rows[1]["cells"][2]["lines"]] == ["main", "old"]


def test_posts_with_one_answer_of_which_some_are_old_are_marked_in_part_old():
    aged = COVERAGE[COVERAGE["answer"] == "yes"].assign(old=lambda rows: rows["role"] == "hlta")
    matrix = pd.DataFrame({"teacher": ["yes"], "hlta": ["yes"]}, index=["neu"])
    assert texts(tabulate_coverage(aged, matrix, LABELS, groups={})) == [
        [["Teacher; HLTA"], ["yes[a,b]", "in part old"]]
    ]


def test_an_affiliation_is_marked_as_old_once_whatever_its_answer():
    tuc = pd.DataFrame(
        [["affiliated", "tuc", "no", "", ("a",), True]],
        columns=["fact", "item", "answer", "qualifier", "sources", "old"],
    ).assign(union="neu")
    assert words(trait_cells(tuc)[1]) == ["no[a]", "old"]


def test_sources_say_publisher_date_and_how_much_was_read():
    sources = pd.DataFrame(
        [
            ["Page", "County", "https://a.uk", "2015", "yes", "2015", "whole page", "not stated"],
            ["Paper", "Press", "", "", "", "", "opening of the page", "CC BY"],
        ],
        columns=["title", "publisher", "url", "published", "date_inferred", "published_words",
                 "read", "licence"],
        index=["county", "press"],
    )  # fmt: skip
    table = tabulate_sources(sources)
    assert texts(table) == [
        [[], ["Page"], ["County"], ["2015", "date inferred"], ["The whole page"]],
        [[], ["Paper", "Licence: CC BY"], ["Press"], ["undated"], ["Its opening"]],
    ]
    assert [made["source"] for made in table.rows] == ["county", "press"]


def test_a_table_without_rows_says_that_none_is_stated():
    table = tabulate_members(LATEST.head(0), LABELS)
    assert table.as_dict()["note"][0]["text"] == (
        "Figures on different bases cannot be compared, ranked or added up."
    )
    columns = ["role", "role_group", "unions", "number", "disputed", "old", "sources"]
    choice = pd.DataFrame(
        [["teacher", "teaching", ["neu", "naht"], 2, [], [], ()]], columns=columns
    )
    assert tabulate_choice(choice, LABELS).as_dict()["note"] == [{"text": "None is stated."}]


def test_a_table_shows_itself_in_jupyter_with_everything_escaped():
    table = Table(
        "A <b>", [{"label": "<i>", "align": "left", "width": 1}], [row(cell("<script>"))]
    )
    bundle = table._repr_mimebundle_()
    assert set(bundle) == {TABLE_MIME, "text/html", "text/plain"}
    assert "<script>" not in bundle["text/html"]
    assert "&lt;script&gt;" in bundle["text/html"]
    assert '<th scope="row"' in bundle["text/html"]
