import pandas as pd
import pytest

from analysis import (
    admitted_not_recognised,
    coverage_matrix,
    coverage_sources,
    group_matrix,
    old_answers,
    role_code,
    roles_by_choice,
    who_admits,
)
from analysis.errors import UnknownNameError, UnknownUnionError

COLUMNS = ["union", "level", "role", "role_group", "answer", "qualifier", "dated", "sources"]
COVERAGE = pd.DataFrame(
    [
        ["neu", "admits", "teacher", "teaching", "yes", "", "2020", ("a", "b")],
        ["neu", "admits", "hlta", "classroom_support", "yes", "", "2020", ("b",)],
        ["neu", "admits", "aide", "classroom_support", "disputed", "", "2020", ("a", "c")],
        ["neu", "admits", "inspector", "outside_school", "yes", "", "2020", ("d",)],
        ["neu", "recognised", "hlta", "classroom_support", "no", "", "2023", ("e",)],
        ["gmb", "admits", "teacher", "teaching", "no", "", "2020", ("f",)],
        ["gmb", "admits", "hlta", "classroom_support", "yes", "part-time", "2020", ("f",)],
        ["gmb", "admits", "aide", "classroom_support", "not stated", "", "", ()],
        ["gmb", "admits", "inspector", "outside_school", "not stated", "", "", ()],
        ["gmb", "recognised", "hlta", "classroom_support", "yes", "", "2021", ("e",)],
    ],
    columns=COLUMNS,
).assign(basis="stated", old=False)
COVERAGE.loc[COVERAGE["answer"] == "no", "basis"] = "implied"


def test_a_matrix_has_a_row_a_union_in_the_order_asked_and_a_column_a_post_in_schools():
    matrix = coverage_matrix(COVERAGE, "admits", ["gmb", "neu"])
    assert matrix.to_dict("index") == {
        "gmb": {"teacher": "no", "hlta": "yes", "aide": "not stated"},
        "neu": {"teacher": "yes", "hlta": "yes", "aide": "disputed"},
    }
    assert list(matrix.index) == ["gmb", "neu"]


def test_one_string_will_do_for_a_list_of_unions():
    assert list(coverage_matrix(COVERAGE, unions="gmb").index) == ["gmb"]


def test_a_staff_group_can_be_asked_for_even_one_outside_schools():
    assert list(coverage_matrix(COVERAGE, role_group="outside_school")) == ["inspector"]


@pytest.mark.parametrize(
    ("asked", "error", "sentence"),
    [
        ({"unions": ["nue"]}, UnknownUnionError, "no union 'nue'; did you mean 'neu'?"),
        ({"level": "admit"}, UnknownNameError, "no level 'admit'; did you mean 'admits'?"),
        (
            {"role_group": "teachers"},
            UnknownNameError,
            "no role group 'teachers'; did you mean 'teaching'?",
        ),
    ],
)
def test_a_wrong_name_gets_the_nearest_right_one(asked, error, sentence):
    with pytest.raises(error) as refused:
        coverage_matrix(COVERAGE, **asked)
    assert str(refused.value) == sentence


def test_a_groups_answer_is_some_where_one_post_is_yes_and_another_is_not():
    assert group_matrix(COVERAGE).to_dict("index") == {
        "neu": {"teaching": "yes", "classroom_support": "some"},
        "gmb": {"teaching": "no", "classroom_support": "some"},
    }


def test_who_admits_lists_what_is_stated_at_every_level_and_nothing_else():
    rows = who_admits(COVERAGE, "hlta")
    assert rows[["union", "level", "answer", "qualifier"]].to_numpy().tolist() == [
        ["neu", "admits", "yes", ""],
        ["neu", "recognised", "no", ""],
        ["gmb", "admits", "yes", "part-time"],
        ["gmb", "recognised", "yes", ""],
    ]
    with pytest.raises(UnknownNameError, match=r"no role 'hltas' .* did you mean 'hlta'\?"):
        who_admits(COVERAGE, "hltas")


def test_a_role_is_found_by_its_label_in_any_case_and_a_wrong_one_gets_the_nearest():
    roles = pd.DataFrame(
        {"label": ["Teaching assistant", "Teacher"]}, index=["teaching_assistant", "teacher"]
    )
    assert role_code(roles, " TEACHING  assistant ") == "teaching_assistant"
    assert role_code(roles, "teaching_assistant") == "teaching_assistant"
    with pytest.raises(UnknownNameError) as refused:
        role_code(roles, "techer")
    assert str(refused.value) == "no role 'techer' in roles.csv; did you mean 'Teacher'?"


def test_posts_with_the_fewest_unions_come_first_and_disputed_ones_are_named():
    rows = roles_by_choice(COVERAGE)
    assert rows[["role", "unions", "number", "disputed"]].to_numpy().tolist() == [
        ["aide", [], 0, ["neu"]],
        ["teacher", ["neu"], 1, []],
        ["hlta", ["neu", "gmb"], 2, []],
    ]
    assert rows["sources"].tolist() == [("a", "c"), ("a",), ("b", "f")]


def test_a_choice_names_the_unions_whose_answer_is_old_of_those_that_it_names():
    aged = COVERAGE.assign(old=COVERAGE["union"] == "gmb")
    assert roles_by_choice(aged)["old"].tolist() == [[], [], ["gmb"]]


def test_the_age_of_each_answer_of_a_matrix_stands_in_its_place():
    aged = COVERAGE.assign(old=COVERAGE["role"] == "hlta")
    matrix = coverage_matrix(aged, unions=["neu", "gmb"])
    old = old_answers(aged, matrix)
    assert old.index.tolist() == ["neu", "gmb"]
    assert old.to_dict("list") == {"teacher": [False] * 2, "hlta": [True] * 2,
                                   "aide": [False] * 2}  # fmt: skip


def test_admitted_but_refused_bargaining_is_found_with_the_source_of_the_refusal():
    assert admitted_not_recognised(COVERAGE).to_numpy().tolist() == [["neu", "hlta", ("e",)]]
    assert admitted_not_recognised(COVERAGE, role_group="teaching").empty


def test_a_matrix_rests_on_the_newest_source_of_each_of_its_answers():
    matrix = coverage_matrix(COVERAGE, unions="neu")
    assert coverage_sources(COVERAGE, matrix) == ["a", "b"]
