import pandas as pd

from analysis import say_coverage_in_brief, tabulate_turns
from tests.show.test_tables import texts

LABELS = {"neu": "NEU", "aide": "Aide", "hlta": "HLTA", "teacher": "Teacher",
          "teaching": "Classroom teachers",
          "classroom_support": "Teaching assistants"}  # fmt: skip
GROUPS = {"teacher": "teaching", "aide": "classroom_support", "hlta": "classroom_support"}
MATRIX = pd.DataFrame({"aide": ["disputed"], "hlta": ["disputed"]}, index=["neu"])
TURNS = pd.DataFrame(
    [
        ["neu", role, "classroom_support", day, before, answer, limit, basis, dated, sources]
        for role in ("aide", "hlta")
        for day, before, answer, limit, basis, dated, sources in (
            ("2017-11-01", "not stated", "no", "by agreement", "implied", "November 2017",
             ("deal",)),
            ("2023-03-01", "no", "disputed", "", "", "March 2023", ("award", "deal")),
        )
    ]
    + [["neu", "teacher", "teaching", "2024-01-01", "no", "yes", "", "", "2024", ("x",)]],
    columns=["union", "role", "role_group", "day", "before", "answer", "qualifier", "basis",
             "dated", "sources"],
)  # fmt: skip


def test_posts_that_turned_together_are_one_row_the_newest_first_and_others_are_left_out():
    table = tabulate_turns(TURNS, MATRIX, GROUPS, LABELS, "recruits")
    assert texts(table) == [
        [["March 2023"], ["NEU"], ["Teaching assistants"], ["no"], ["disputed[award,deal]"]],
        [["November 2017"], ["NEU"], ["Teaching assistants"], ["not stated"],
         ["no[deal]", "implied; by agreement"]],
    ]  # fmt: skip
    assert [row["cells"][4]["mark"] for row in table.rows] == ["disputed", "no"]


def test_the_brief_names_the_last_answer_that_changed_and_says_that_none_is_not_a_no():
    columns = ["role", "role_group", "unions", "number", "disputed", "sources"]
    choice = pd.DataFrame(
        [[role, "classroom_support", [], 0, ["neu"], ()] for role in ("aide", "hlta")],
        columns=columns,
    )
    points = say_coverage_in_brief(MATRIX, choice, TURNS, LABELS, "recruits").blocks[0]["items"]
    assert [point[0]["text"] for point in points] == [
        "One union is looked at for two posts: does the union recruit staff in each post?",
        "For 0 of 2 posts, two or more are stated to recruit. For 2, none is, which is not a no.",
        "No source read states 0 of the 2 answers.",
        "The last to change: for NEU and two posts, from no to disputed (March 2023).",
    ]
    assert points[-1][1] == {"cite": ["award", "deal"]}


def test_where_nothing_changed_the_brief_says_so():
    empty = pd.DataFrame(columns=["role", "role_group", "unions", "number", "disputed", "sources"])
    last = say_coverage_in_brief(MATRIX, empty, TURNS.head(1), LABELS).blocks[0]["items"][-1]
    assert last == [{"text": "No answer has changed since it was first stated."}]
