"""Benefits, claims and what is missing: questions that set facts side by side."""

import pandas as pd

from analysis import benefit_matrix, claims_beside_figures, what_is_missing


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


CLAIMS = pd.DataFrame(
    [
        ["neu", "largest:union:europe", "The biggest", "2018-01-01", "about 2018", "county"],
        ["neu", "largest:union:europe", "The biggest", "2020-01-01", "2020", "press"],
        ["neu", "only:argues", "The one that argues", "2018-01-01", "about 2018", "county"],
    ],
    columns=["union", "term", "claim", "counts_from", "dated", "source"],
)
HISTORY = pd.DataFrame(
    [
        ["neu", "whole", "return_contributing", 461950, "2017-12-31"],
        ["neu", "whole", "return_contributing", 445601, "2022-12-31"],
        ["neu", "whole", "return_all", 570000, "2017-12-31"],
        ["neu", "whole", "tuc", 1, "1990-01-01"],
        ["neu", "whole", "claimed", 450000, "2020-01-01"],
        ["neu", "school_support", "return_all", 64000, "2020-01-01"],
        ["naht", "whole", "return_all", 46631, "2020-01-01"],
    ],
    columns=["union", "scope", "basis", "members", "counts_from"],
)


def test_one_claim_by_two_sources_is_one_row_beside_the_counted_figures_nearest_in_time():
    rows = claims_beside_figures(CLAIMS, HISTORY, ["neu"])
    first, second = rows.to_dict("records")
    assert first["said"] == [("2020", "press"), ("about 2018", "county")]
    assert [(row["basis"], row["members"]) for row in first["figures"]] == [
        ("return_contributing", 445601),
        ("return_all", 570000),
    ]
    assert (second["about_size"], second["figures"]) == (False, [])


def test_of_two_figures_equally_near_the_earlier_one_stands_and_partial_counts_never():
    rows = [
        ["neu", "whole", "return_all", 1, "2019-12-31"],
        ["neu", "whole", "return_all", 2, "2017-12-31"],
        ["neu", "whole", "other", 3, "2018-01-01"],
    ]
    figures = claims_beside_figures(
        CLAIMS.iloc[:1], pd.DataFrame(rows, columns=HISTORY.columns), ["neu"]
    )["figures"][0]
    assert [row["members"] for row in figures] == [2]


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
    )
    latest = pd.DataFrame({"union": ["neu", "neu", "naht"], "old": [True, False, True]})
    matrix = pd.DataFrame("yes", index=["neu"], columns=["teacher", "cook", "clerk"])
    benefits = pd.DataFrame({"union": ["neu", "naht"], "benefit": ["a", "b"]})
    assert what_is_missing(matrix, coverage, latest, benefits).to_dict("records") == [
        {"union": "neu", "roles": 3, "not_stated": 1, "disputed": 1, "undated": 1, "figures": 2,
         "old_figures": 1, "benefits": 1}
    ]  # fmt: skip
