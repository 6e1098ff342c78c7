"""The data set on the size of the workforce: one CSV of many years, levels and schools."""

import csv
from functools import partial

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import DataError, PrivacyError
from analysis.read.staff import sizefile
from analysis.read.staff.published import read_published
from tests.read.staff.published_files import SIZE_STAFF, as_csv, size_columns, size_row, size_text

ROLES = pd.DataFrame(
    [["headteacher", "Headteacher", "leadership"], ["deputy_head", "Deputy", "leadership"],
     ["assistant_head", "Assistant head", "leadership"], ["teacher", "Teacher", "teaching"],
     ["hlta", "HLTA", "classroom_support"], ["clerk", "Clerk", "administrative"],
     ["bursar", "Bursar", "business"],
     ["non_teaching_leader", "Leader", "leadership_non_teachers"]],
    columns=["role", "label", "group"],
).set_index("role")  # fmt: skip
STAFF = {
    "hc_workforce": 40, "hc_all_teachers": 15, "hc_classroom_teachers": 12,
    "fte_classroom_teachers": 10.5, "hc_leadership_teachers": 4, "hc_head_teachers": 1,
    "fte_head_teachers": 0.8, "hc_deputy_head_teachers": 1, "hc_assistant_head_teachers": 2,
    "hc_teaching_assistants": 9, "hc_administrative_staff": 3, "hc_technicians": "low",
    "hc_auxiliary_staff": 7, "hc_leadership_non_teachers": 0,
    "hc_school_business_professionals": 1,
}  # fmt: skip
read = partial(read_published, roles=ROLES)


def school(urn="900001", period="202425", **more):
    return size_row(urn, period, **STAFF | more)


def refusal(path, urns=None):
    with pytest.raises(DataError) as refused:
        read(path, urns=urns)
    return refused.value.faults


@pytest.fixture
def write(tmp_path):
    """Write the data set with some lines."""

    def write(*rows, columns=None, text=None, start=""):
        path = tmp_path / "size.csv"
        content = size_text(rows, columns) if text is None else text
        path.write_text(start + content, "utf-8", newline="")
        return path

    return write


def test_a_school_is_read_with_its_heads_apart_by_its_urn_alone(write):
    workforce = read(write(school("900001"), school("900002")), urns=["900002"])
    posts = workforce.posts.drop(columns=["label", "roles"])
    assert posts.to_numpy().tolist() == [
        ["900002", "headteacher", "leadership", 1, 0.8, ""],
        ["900002", "deputy_head", "leadership", 1, pd.NA, ""],
        ["900002", "assistant_head", "leadership", 2, pd.NA, ""],
        ["900002", "group:teaching", "teaching", 12, 10.5, ""],
        ["900002", "group:classroom_support", "classroom_support", 9, pd.NA, ""],
        ["900002", "group:technicians", "technicians", pd.NA, pd.NA, "low"],
        ["900002", "group:administrative", "administrative", 3, pd.NA, ""],
        ["900002", "group:business", "business", 1, pd.NA, ""],
        ["900002", "group:leadership_non_teachers", "leadership_non_teachers", 0, pd.NA, ""],
        ["900002", "group:auxiliary", "auxiliary", 7, pd.NA, ""],
    ]
    assert workforce.posts["roles"].tolist()[:2] == [("headteacher",), ("deputy_head",)]
    assert workforce.posts["label"].tolist()[0] == "Headteacher"
    assert workforce.schools.loc["900002"].tolist() == [
        "Elm School", ("900002", "919", "E10000015", "9192001"),
    ]  # fmt: skip
    assert (workforce.kind, workforce.dated) == ("size", "November 2024")


def test_only_the_newest_census_is_read_wherever_it_stands(write):
    old = [school(period=period, hc_classroom_teachers=99) for period in ("202324", "201011")]
    for rows in ([school(), *old], [*old, school()], [old[0], school(), old[1]]):
        posts = read(write(*rows), urns=["900001"]).posts.set_index("post")
        assert posts.loc["group:teaching", "headcount"] == 12


def test_a_school_that_left_the_file_is_not_given_older_counts_as_new(write):
    older, old, new = school("900002", "201617"), school("900002", "201920"), school("900001")
    for rows in ((older, old, new), (new, old, older), (old, new, older)):
        assert refusal(write(*rows), ["900002", "900003"]) == [
            "size.csv: no counts of the school with URN 900002 for November 2024; the last that "
            "the file has are of November 2019",
            "size.csv: URN 900003 is none of the schools that the file has for November 2024, 1 "
            "in all",
        ]


def test_lines_of_the_nation_and_of_authorities_are_no_schools(write):
    above = [school("", "202526", geographic_level=level) for level in ("National", "Regional")]
    assert read(write(*above, school())).schools.index.tolist() == ["900001"]


def test_without_the_three_columns_of_heads_leaders_are_one_post(write):
    staff = [name for name in SIZE_STAFF if name != "deputy_head_teachers"]
    posts = read(write(school(), columns=size_columns(staff))).posts.set_index("post")
    assert posts.loc["group:leadership", "headcount"] == 4
    assert "headteacher" not in posts.index


def test_heads_that_are_no_roles_of_the_data_are_counted_among_the_leaders(write):
    posts = read_published(write(school()), ROLES.drop("deputy_head")).posts
    assert posts["post"].tolist()[:2] == ["group:leadership", "group:teaching"]


def test_a_file_with_every_cell_in_quotes_is_read(write):
    text = "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\n"
        for line in size_text([school("900001"), school("900002", "202324")]).splitlines()
    )
    assert read(write(text=text), urns=["900001"]).posts["headcount"].tolist()[:4] == [1, 1, 2, 12]


def test_in_an_older_file_business_professionals_are_among_the_office_staff(write):
    newer = ("leadership_non_teachers", "school_business_professionals", "all_support_staff")
    staff = [name for name in SIZE_STAFF if name not in newer]
    posts = read(write(school(), columns=size_columns(staff))).posts.set_index("post")
    post = posts.loc["group:administrative+business+leadership_non_teachers"]
    assert post["roles"] == ("clerk", "bursar", "non_teaching_leader")
    assert (post["role_group"], post["headcount"]) == ("", 3)


@pytest.mark.parametrize("name", ["school_type", "establishment_type_group"])
def test_of_several_lines_for_a_school_the_total_is_read(write, name):
    rows = [school(**{name: kind}, hc_technicians=heads)
            for kind, heads in (("Primary", 3), ("Total", 5))]  # fmt: skip
    path = write(*rows, columns=size_columns(filter_name=name))
    posts = read(path, urns=["900001"]).posts.set_index("post")
    assert posts.loc["group:technicians", "headcount"] == 5


def test_several_lines_that_nothing_tells_apart_are_refused(write):
    assert refusal(write(school(), school()), ["900001"]) == [
        "size.csv: URN 900001 stands on lines 2 and 3; expected one row a school"
    ]


NAME = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(names=st.lists(NAME.map(lambda name: f'"A, {name}\n' * (len(name) % 3) + name),
                      min_size=1, max_size=5), data=st.data())  # fmt: skip
def test_some_schools_read_as_they_do_among_all(write, names, data):
    rows = [school(str(900001 + at), school_name=name, hc_auxiliary_staff=at)
            for at, name in enumerate(names)]  # fmt: skip
    path = write(*rows)
    whole = read(path)
    assert whole.schools["school"].tolist() == [" ".join(name.split()) for name in names]
    asked = data.draw(st.lists(st.sampled_from(list(whole.schools.index)), min_size=1))
    some = read(path, urns=asked)
    kept = whole.posts[whole.posts["urn"].isin(asked)].reset_index(drop=True)
    pd.testing.assert_frame_equal(some.posts, kept)
    pd.testing.assert_frame_equal(some.schools, whole.schools[whole.schools.index.isin(asked)])


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_byte_order_mark_capitals_and_either_line_end_are_read(write, ends):
    columns = size_columns()
    row = [school().get(name) for name in columns]
    text = as_csv([[name.upper() for name in columns], row], ends) + ends
    workforce = read(write(text=text, start="\ufeff"), urns=["900001"])
    assert len(workforce.posts) == 10
    assert workforce.posts["symbol"].tolist().count("") == 9


def test_a_cell_that_is_no_count_is_named_by_line_and_column(write):
    path = write(school("900002"), school(hc_technicians="k"), school("900003", hc_technicians=-1))
    assert refusal(path, ["900001"]) == [
        "size.csv, line 3, 'hc_technicians': 'k' is not a number of people; expected a whole "
        "number, or the department's c, z, x, low"
    ]


def test_a_urn_that_a_spreadsheet_made_a_decimal_of_is_refused(write):
    assert refusal(write(school("900001.0")), ["900001"]) == [
        "size.csv, line 2, URN: '900001.0' is what a spreadsheet made of 900001; set the "
        "column to text and write the six digits again"
    ]


def test_a_shape_not_known_names_the_columns_looked_for_and_those_found(write):
    names = ["time_period", "geographic_level", "school_urn", "school_name", "sex", "fte_teachers"]
    assert refusal(write(columns=names), ["900001"]) == [
        "size.csv: a published file of a shape not known; looked for the columns 'time_period', "
        "'geographic_level', 'school_urn', 'school_name', 'hc_leadership_teachers', "
        "'hc_classroom_teachers', 'hc_teaching_assistants'; found 'time_period', "
        "'geographic_level', 'school_urn', 'school_name', 'fte_teachers', 1 more"
    ]


def test_staff_of_a_group_not_known_are_not_left_out_without_a_word(write):
    columns = [*size_columns(), "hc_ft_technicians", "hc_occasional_teachers", "hc_gardeners"]
    assert refusal(write(school(), columns=columns)) == [
        "size.csv: staff counted under 'hc_gardeners' are of no known group"
    ]


def test_a_column_that_stands_twice_is_refused(write):
    assert refusal(write(school(), columns=[*size_columns(), "hc_technicians"])) == [
        "size.csv: the column 'hc_technicians' stands twice; expected once"
    ]


def test_a_column_about_people_added_to_the_file_is_refused(write):
    path = write(school(), columns=[*size_columns(), "headteacher_email"])
    with pytest.raises(PrivacyError, match=r"^size\.csv: column 48 looks like e-mail addresses;"):
        read(path)


def test_a_file_without_schools_or_of_no_time_is_refused(write):
    assert refusal(write(school(geographic_level="National"))) == [
        "size.csv: no row is a school's; expected rows such as 202425, School"
    ]
    assert refusal(write(school(period="n/a"))) == [
        "size.csv: the cell is no time period; expected rows such as 202425, School"
    ]


def test_a_line_that_is_cut_off_is_named(write):
    whole = size_text([school(), school("900002")])
    assert refusal(write(text=whole[:-20]), ["900002"]) == [
        "size.csv, line 3: the row has 37 cells; expected 47"
    ]
    assert refusal(write(text=whole[: whole.rindex("Academic")]), ["900001"]) == [
        "size.csv, line 3: the line is cut off or cannot be read"
    ]


@pytest.fixture
def usual_limit():
    """Undo what a library that another test uses does to the limit of a cell."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("usual_limit")
def test_a_cell_that_is_too_long_is_refused_by_its_line(write):
    assert refusal(write(school(school_name="x" * 200_000)), ["900001"]) == [
        "size.csv, line 2: the row has 0 cells; expected 47"
    ]


def test_a_quotation_mark_that_never_closes_is_named(write, monkeypatch):
    text = size_text([school()]).replace("Elm School", '"Elm School')
    fault = "size.csv, line 2: a quotation mark opens here and never closes"
    assert refusal(write(text=text), ["900001"]) == [fault]
    monkeypatch.setattr(sizefile, "LONGEST", 1_000)
    rest = size_text([school("900002")] * 100).partition("\n")[2] + '"\n'
    assert refusal(write(text=text + rest), ["900002"]) == [fault]


def test_a_line_break_outside_quotes_hides_no_school(write):
    broken = size_text([school("900001"), school("900002"), school("900003")])
    text = broken.replace("Elm School", 'The "Elm" 6" School')
    assert refusal(write(text=text), ["900002"]) == [
        "size.csv, line 2: the line is cut off or cannot be read"
    ]


@pytest.mark.parametrize(
    ("period", "said"), [("2x Jane", "the cell"), ("202x", "the cell"), ("20/25", "'20/25'")]
)
def test_a_time_period_is_repeated_only_where_it_is_figures(tmp_path, period, said):
    path = tmp_path / "size.csv"
    path.write_text(size_text([school(period=period)]))
    assert f"{said} is no time period" in refusal(path)[0]


@pytest.mark.parametrize("cell", ["QQ123456C", "jane@example.org", "RP12/34567"])
def test_a_persons_sign_in_an_added_column_of_the_data_set_is_refused(tmp_path, cell):
    path = tmp_path / "size.csv"
    path.write_text(size_text([school(zzz=cell)], [*size_columns(), "zzz"]))
    with pytest.raises(PrivacyError, match="looks like") as refused:
        read(path)
    assert cell not in str(refused.value)
