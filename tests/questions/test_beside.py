"""Benefits and what is missing: questions that set facts side by side."""

import pandas as pd

from analysis import benefit_matrix, what_is_missing


def test_benefits_stand_in_the_order_of_their_groups_those_of_most_unions_first():
    benefits = pd.DataFrame(
        [
            ["neu", "training", "learning", "yes"],
            ["neu", "advice_line", "advice", "yes"],
            ["naht", "training", "learning", "no"],
            ["naht", "magazine", "learning", "yes"],
            ["neu", "magazine", "learning", "yes"],
        ],
        columns=["union", "benefit", "group", "answer"],
    )
    assert benefit_matrix(benefits, ["naht", "neu"]).to_dict("split") == {
        "index": ["advice_line", "magazine", "training"],
        "columns": ["naht", "neu"],
        "data": [["not stated", "yes"], ["yes", "yes"], ["no", "yes"]],
    }


def test_a_union_of_which_no_benefit_is_stated_has_a_column_all_the_same():
    benefits = pd.DataFrame({"union": ["neu"], "benefit": ["training"], "group": ["learning"],
                             "answer": ["yes"]})  # fmt: skip
    assert benefit_matrix(benefits, ["neu", "atl"])["atl"].tolist() == ["not stated"]


def test_what_is_missing_counts_the_posts_and_the_figures_of_the_report_only():
    coverage = pd.DataFrame(
        [
            ["neu", "admits", "teacher", "teaching", "yes", "undated, read May 2026"],
            ["neu", "admits", "cook", "auxiliary", "not stated", ""],
            ["neu", "admits", "clerk", "administrative", "disputed", "2020"],
            ["neu", "admits", "inspector", "outside_school", "not stated", ""],
            ["neu", "recognised", "teacher", "teaching", "not stated", ""],
        ],
        columns=["union", "level", "role", "role_group", "answer", "dated"],
    ).assign(old=[True, True, False, True, True])
    latest = pd.DataFrame({"union": ["neu", "neu", "naht"], "old": [True, False, True]})
    matrix = pd.DataFrame("yes", index=["neu"], columns=["teacher", "cook", "clerk"])
    given = [["neu", "a", True], ["neu", "c", False], ["gmb", "b", True], ["gmb", "a", False]]
    benefits = pd.DataFrame(given, columns=["union", "benefit", "old"])
    assert what_is_missing(matrix, coverage, latest, benefits).to_dict("records") == [
        {"union": "neu", "roles": 3, "not_stated": 1, "disputed": 1, "undated": 1, "figures": 2,
         "old_figures": 1, "benefits": 2, "all_benefits": 2, "old_answers": 2}
    ]  # fmt: skip
