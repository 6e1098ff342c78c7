"""School tables: the department's workbook of one year, or its sheet saved as CSV."""

import io
import zipfile
from functools import partial

import pandas as pd
import pytest

from analysis.errors import DataError, PrivacyError
from analysis.read.staff.published import read_published
from tests.read.staff.published_files import (
    FROM_2024,
    UP_TO_2023,
    as_csv,
    identity,
    sheet,
    write_workbook,
)

HEADS = "Total Number of {} (Headcount)".format
PARTS = "Total Number of {} (FTE)".format
NON_CLASS = UP_TO_2023[5].strip()
NON_CLASS_FTE = UP_TO_2023[12]
ROLES = pd.DataFrame(
    [["headteacher", "Headteacher", "leadership"], ["teacher", "Teacher", "teaching"],
     ["hlta", "HLTA", "classroom_support"], ["cook", "Cook", "auxiliary"],
     ["nurse", "Nurse", "other_support"], ["clerk", "Clerk", "administrative"],
     ["it_staff", "IT staff", "technicians"], ["bursar", "Bursar", "business"],
     ["non_teaching_leader", "Leader", "leadership_non_teachers"]],
    columns=["role", "label", "group"],
).set_index("role")  # fmt: skip
SCHOOL = {
    HEADS("Classroom Teachers"): 12, PARTS("Classroom Teachers"): 10.5,
    HEADS("Teachers in the Leadership Group"): 3,
    PARTS("Teachers in the Leadership Group"): 2.8,
    HEADS("Teaching Assistants"): 9, PARTS("Teaching Assistants"): 6.25,
    HEADS("Other School Support Staff"): 2, HEADS("Technicians"): 0,
    HEADS("Leadership Non-Teachers"): 1, HEADS("School Business Professionals"): 1,
    HEADS("Administrative Staff"): 4, HEADS("Auxiliary Staff"): 14,
    HEADS("Teachers"): 15, HEADS("Third Party Support Staff"): 5,
    "Total School Workforce (Headcount)": 46,
}  # fmt: skip
COUNT = "expected a whole number, or the department's c, z, x, low"
PART = "expected a number, the department's c, z, x, low, or an empty cell"
read = partial(read_published, roles=ROLES)


def school(urn=900001, name="Elm School", without=(), **more):
    counts = {heading: cell for heading, cell in SCHOOL.items() if heading not in without}
    return identity(urn, name) | counts | more


def counts(workforce):
    return {row.post: row.headcount for row in workforce.posts.itertuples()}


def refusal(path, urns=None):
    with pytest.raises(DataError) as refused:
        read(path, urns=urns)
    return refused.value.faults


@pytest.fixture
def write(tmp_path):
    """Write a workbook of 2024 with some schools."""
    return lambda *schools, **more: write_workbook(
        tmp_path / "tables.xlsx", Schools_2024=sheet(FROM_2024, schools, **more)
    )


def test_a_school_is_read_from_the_year_2024_by_its_urn_alone(write):
    workforce = read(write(school(900001), school(900002, "Oak School")), urns=["900002"])
    assert workforce.posts.drop(columns=["label", "roles", "symbol"]).to_numpy().tolist() == [
        ["900002", "group:leadership", "leadership", 3, 2.8],
        ["900002", "group:teaching", "teaching", 12, 10.5],
        ["900002", "group:classroom_support", "classroom_support", 9, 6.25],
        ["900002", "group:other_support", "other_support", 2, pd.NA],
        ["900002", "group:technicians", "technicians", 0, pd.NA],
        ["900002", "group:administrative", "administrative", 4, pd.NA],
        ["900002", "group:business", "business", 1, pd.NA],
        ["900002", "group:leadership_non_teachers", "leadership_non_teachers", 1, pd.NA],
        ["900002", "group:auxiliary", "auxiliary", 14, pd.NA],
    ]
    assert workforce.posts["roles"].tolist()[:3] == [("headteacher",), ("teacher",), ("hlta",)]
    assert workforce.posts["label"].tolist()[:3] == [
        "Leadership teachers", "Classroom teachers", "Teaching assistants",
    ]  # fmt: skip
    assert workforce.schools.loc["900002"].tolist() == [
        "Oak School", ("900002", "919", "E10000015", "9192001"),
    ]  # fmt: skip
    assert (workforce.kind, workforce.dated) == ("school_tables", "November 2024")
    assert workforce.posts["headcount"].dtype == "Int64"
    assert workforce.posts["fte"].dtype == "Float64"


def test_up_to_2023_one_post_spans_all_support_staff_outside_the_classroom(tmp_path):
    named = dict(zip([heading.strip() for heading in UP_TO_2023], range(14), strict=True))
    rows = sheet(UP_TO_2023, [identity(900001) | named], year=2022, row=6)
    workforce = read(write_workbook(tmp_path / "tables.xlsx", Schools_2022=rows))
    assert workforce.posts[["post", "headcount", "fte"]].to_numpy().tolist() == [
        ["group:leadership", 2, 9],
        ["group:teaching", 1, 8],
        ["group:classroom_support", 4, 11],
        ["group:other_support+technicians+administrative+business+leadership_non_teachers", 5, 12],
        ["group:auxiliary", 6, 13],
    ]
    several = workforce.posts.iloc[3]
    assert several["role_group"] == ""
    assert several["label"] == "Support staff outside the classroom, counted together"
    assert several["roles"] == ("nurse", "clerk", "it_staff", "bursar", "non_teaching_leader")
    assert workforce.dated == "November 2022"


def test_a_total_beside_its_parts_is_not_counted_twice(tmp_path):
    rows = sheet([*FROM_2024, NON_CLASS], [school(**{NON_CLASS: 8})])
    both = read(write_workbook(tmp_path / "tables.xlsx", Schools=rows))
    assert [post for post in counts(both) if "+" in post] == []
    assert sum(counts(both).values()) == 46


def test_newer_posts_without_a_column_are_among_the_office_and_other_staff(tmp_path):
    newer = ("Leadership Non-Teachers", "School Business Professionals")
    headings = [name for name in FROM_2024 if not any(post in name for post in newer)]
    path = write_workbook(tmp_path / "tables.xlsx", Schools=sheet(headings, [school()]))
    posts = read(path).posts.set_index("post")
    spanning = posts.loc["group:administrative+business+leadership_non_teachers"]
    assert spanning["roles"] == ("clerk", "bursar", "non_teaching_leader")
    assert spanning["label"] == "Administrative staff, and others not counted apart"
    assert "group:other_support+business+leadership_non_teachers" in posts.index
    assert posts.loc["group:technicians", "roles"] == ("it_staff",)


@pytest.mark.parametrize("row", [5, 6, 9, 20])
def test_the_header_is_found_by_its_names_and_rows_by_their_number(write, row):
    path = write(school(), school(900002, **{HEADS("Technicians"): "?"}), row=row)
    assert counts(read(path, urns=["900001"]))["group:teaching"] == 12
    (fault,) = refusal(path)
    assert fault == (
        f"tables.xlsx, sheet 'Schools 2024', row {row + 2}, 'Total Number of Technicians "
        f"(Headcount)': '?' is not a number of people; {COUNT}"
    )


def test_a_header_below_the_first_rows_is_not_looked_for(write):
    assert "shape not known" in refusal(write(school(), row=21))[0]


@pytest.mark.parametrize("urn", [900001, 900001.0, "900001", " 900001 "])
def test_a_urn_is_found_as_number_and_as_text(write, urn):
    assert read(write(school(urn)), urns=["900001"]).schools.index.tolist() == ["900001"]


def test_blank_rows_and_notes_below_are_no_schools(write):
    note = {"LA Number": "Source: School Workforce Census"}
    workforce = read(write(school(), *([{}] * 50), note, {}))
    assert workforce.schools.index.tolist() == ["900001"]


def test_a_row_with_counts_and_no_urn_is_refused_when_all_are_read(write):
    path = write(school(), school(None, "England"))
    assert counts(read(path, urns=["900001"]))["group:auxiliary"] == 14
    (fault,) = refusal(path)
    assert fault.endswith("row 11, URN: the cell is empty; expected six digits")


def test_the_sheet_saved_as_csv_reads_as_the_workbook_does(write, tmp_path):
    schools = [school(), school(900002, "Oak, Ash & Co's", **{HEADS("Technicians"): "low"})]
    saved = tmp_path / "tables.csv"
    saved.write_text("\ufeff" + as_csv(sheet(FROM_2024, schools)), "utf-8", newline="")
    book, csv = read(write(*schools)), read(saved)
    pd.testing.assert_frame_equal(book.posts, csv.posts)
    pd.testing.assert_frame_equal(book.schools, csv.schools)
    assert (csv.kind, csv.dated) == ("school_tables", "November 2024")


def test_a_csv_that_windows_saved_keeps_its_schools_names(tmp_path):
    saved = tmp_path / "tables.csv"
    saved.write_bytes(
        as_csv(sheet(FROM_2024, [school(name="École d\u2019Élan")])).encode("cp1252")
    )
    assert read(saved).schools["school"].tolist() == ["École d\u2019Élan"]


def test_a_urn_that_a_spreadsheet_made_a_decimal_of_is_refused_in_a_csv(tmp_path):
    saved = tmp_path / "tables.csv"
    saved.write_text(as_csv(sheet(FROM_2024, [school("900001.0")])), "utf-8")
    assert refusal(saved, ["900001"]) == [
        "tables.csv, line 10, URN: '900001.0' is what a spreadsheet made of 900001; set the "
        "column to text and write the six digits again"
    ]


def test_a_line_of_a_csv_that_is_cut_off_is_named(tmp_path):
    saved = tmp_path / "tables.csv"
    whole = as_csv(sheet(FROM_2024, [school(), school(900002)])).rstrip()
    saved.write_text(whole[: whole.rindex("Elm School")], "utf-8")
    assert refusal(saved) == ["tables.csv, line 11: the row is cut off after 7 cells"]


@pytest.mark.parametrize("symbol", ["c", "z", "x", "low", "LOW", " x"])
def test_a_symbol_is_shown_and_is_no_nought(write, symbol):
    posts = read(write(school(**{HEADS("Technicians"): symbol}))).posts.set_index("post")
    assert pd.isna(posts.loc["group:technicians", "headcount"])
    assert posts.loc["group:technicians", "symbol"] == symbol.strip().lower()


def test_a_blank_post_is_left_out_and_a_blank_headcount_is_missing(write):
    gone = (HEADS("Technicians"), HEADS("Classroom Teachers"))
    posts = read(write(school(without=gone))).posts.set_index("post")
    assert "group:technicians" not in posts.index
    teaching = posts.loc["group:teaching"]
    assert (pd.isna(teaching["headcount"]), teaching["fte"], teaching["symbol"]) == (
        True, 10.5, "",
    )  # fmt: skip


def test_every_cell_of_the_schools_asked_for_that_is_no_count_is_named_at_once(write):
    wrong = {HEADS("Technicians"): -1, HEADS("Auxiliary Staff"): 2.5,
             PARTS("Classroom Teachers"): "Jane Smith"}  # fmt: skip
    path = write(school(**wrong), school(900002, **{HEADS("Technicians"): "k"}))
    where = "tables.xlsx, sheet 'Schools 2024', row 10, "
    assert refusal(path, ["900001"]) == [
        f"{where}'Total Number of Classroom Teachers (FTE)': what the cell holds is not a "
        f"number of full-time equivalents; {PART}",
        f"{where}'Total Number of Technicians (Headcount)': '-1' is not a number of people; "
        f"{COUNT}",
        f"{where}'Total Number of Auxiliary Staff (Headcount)': '2.5' is not a number of people; "
        f"{COUNT}",
    ]
    assert len(refusal(path)) == 4


def test_of_many_faults_fifty_are_listed_and_the_rest_counted(write):
    wrong = [school(900001 + at, **{HEADS("Technicians"): "?"}) for at in range(52)]
    faults = refusal(write(*wrong))
    assert len(faults) == 51
    assert faults[-1] == "tables.xlsx: 2 more faults are not listed"


def test_every_school_asked_for_that_is_not_there_is_named(write):
    assert refusal(write(school(), school(900002)), ["900001", "900008", "900009"]) == [
        f"tables.xlsx: URN {urn} is none of the schools that the file has for November 2024, 2 in "
        "all; the department leaves out a school whose return was incomplete"
        for urn in (900008, 900009)
    ]


def test_a_school_is_asked_for_by_six_digits(write):
    assert refusal(write(school()), ["Elm School", "9001"]) == [
        "tables.xlsx: 'Elm School' is not a URN; expected six digits",
        "tables.xlsx: '9001' is not a URN; expected six digits",
    ]


def test_a_school_that_stands_twice_is_refused(write):
    assert refusal(write(school(), school(900002), school()), ["900001"]) == [
        "tables.xlsx, sheet 'Schools 2024', row 12: URN 900001 stands on row 10 too; expected once"
    ]


def test_staff_of_a_group_not_known_are_not_left_out_without_a_word(tmp_path):
    rows = sheet([*FROM_2024, HEADS("Gardeners")], [school()])
    assert refusal(write_workbook(tmp_path / "tables.xlsx", Schools=rows)) == [
        "tables.xlsx, sheet 'Schools': staff counted under 'Total Number of Gardeners "
        "(Headcount)' are of no known group"
    ]


def test_a_column_that_stands_twice_is_refused(tmp_path):
    twice = "Total Number of Technicians (Full-Time Equivalent)"
    rows = sheet([*FROM_2024, twice], [school()])
    assert refusal(write_workbook(tmp_path / "tables.xlsx", Schools=rows)) == [
        f"tables.xlsx, sheet 'Schools': the column '{twice}' stands twice; expected once"
    ]


def test_a_shape_not_known_names_the_columns_looked_for_and_those_found(tmp_path):
    rows = [["URN", "School Name", "Total Number of Teachers (Headcount)", "Jane Smith", "Phase"]]
    path = write_workbook(tmp_path / "other.xlsx", Notes=[["See overleaf"]], Schools=rows)
    assert refusal(path) == [
        "other.xlsx, sheet 'Schools': a published file of a shape not known; looked for the "
        "columns 'URN', 'School Name', 'Total Number of Classroom Teachers (Headcount)', 'Total "
        "Number of Teachers in the Leadership Group (Headcount)', 'Total Number of Teaching "
        "Assistants (Headcount)'; found 'URN', 'School Name', 'Total Number of Teachers "
        "(Headcount)', 'Phase', 1 more"
    ]


@pytest.mark.parametrize("rows", [[], [["Jane Smith", "Elm"]], [["a"], [1, 2]]])
def test_a_workbook_without_the_table_is_refused_and_no_cell_of_it_repeated(tmp_path, rows):
    (fault,) = refusal(write_workbook(tmp_path / "staff.xlsx", Sheet1=rows))
    assert fault.startswith("staff.xlsx: a published file of a shape not known; looked for")
    assert "Jane" not in fault


def test_a_workbook_of_people_without_the_table_is_refused_and_no_cell_of_it_repeated(tmp_path):
    path = write_workbook(tmp_path / "staff.xlsx", Sheet1=[["Jane Smith", "QQ123456C"]])
    with pytest.raises(PrivacyError, match="column 2 looks like National Insurance") as refused:
        read(path)
    assert "Jane" not in str(refused.value)
    assert "QQ" not in str(refused.value)


def test_the_table_is_found_on_any_sheet_and_expected_on_one(tmp_path):
    notes, table = [["Notes"]], sheet(FROM_2024, [school()])
    path = write_workbook(tmp_path / "tables.xlsx", Cover=notes, Schools_2023=table)
    assert counts(read(path))["group:teaching"] == 12
    path = write_workbook(tmp_path / "twice.xlsx", Schools_2023=table, Schools_2024=table)
    assert refusal(path) == ["twice.xlsx: 2 sheets hold school tables; expected one"]


@pytest.mark.parametrize(
    ("rows", "name", "file", "dated"),
    [(sheet(FROM_2024, [school()], 2021), "Schools 2020", "a.xlsx", "November 2021"),
     (sheet(FROM_2024, [school()])[8:], "Schools 2020", "a.xlsx", "November 2020"),
     (sheet(FROM_2024, [school()])[8:], "Sheet1",
      "School_Tables_School_Workforce_Census_2025.xlsx", "November 2025"),
     (sheet(FROM_2024, [school()])[8:], "Sheet1", "a.xlsx", "")],
)  # fmt: skip
def test_the_day_comes_from_the_title_else_the_sheet_else_the_file(
    tmp_path, rows, name, file, dated
):
    assert read(write_workbook(tmp_path / file, **{name: rows})).dated == dated


@pytest.mark.parametrize("heading", ["NI number", "Headteacher name", "DOB", "NEU members"])
def test_a_column_about_people_added_to_the_table_is_refused(tmp_path, heading):
    rows = sheet([*FROM_2024, heading], [school()])
    path = write_workbook(tmp_path / "tables.xlsx", Schools=rows)
    with pytest.raises(
        PrivacyError, match=r"^tables\.xlsx, sheet 'Schools': column 41 looks like"
    ):
        read(path)


def bad_files(whole):
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("letter.txt", "hello")
    return {
        "cut.xlsx": whole[: len(whole) // 2],
        "start.xlsx": b"PK\x03\x04",
        "letter.xlsx": other.getvalue(),
        "changed.xlsx": whole[:2000] + b"\0" * 200 + whole[2200:],
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }


@pytest.mark.parametrize("name", ["cut.xlsx", "start.xlsx", "letter.xlsx", "changed.xlsx"])
def test_a_damaged_workbook_is_refused_in_one_sentence(write, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(bad_files(write(school()).read_bytes())[name])
    assert refusal(path) == [f"{name}: the file is damaged or no workbook; download it again"]


def test_an_old_workbook_or_one_with_a_password_is_refused(write, tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(bad_files(write(school()).read_bytes())["old.xls"])
    assert refusal(path) == [
        "old.xls: the file is an old workbook (.xls) or has a password; save it as .xlsx without "
        "one"
    ]


@pytest.mark.parametrize("cell", ["QQ123456C", "jane@example.org", "RP12/34567"])
@pytest.mark.parametrize("as_heading", [True, False])
@pytest.mark.parametrize("as_book", [True, False])
def test_a_persons_sign_in_an_added_column_or_its_heading_is_refused(
    tmp_path, cell, as_heading, as_book
):
    rows = sheet([*FROM_2024, cell if as_heading else "zzz"], [school(zzz=cell)])
    path = tmp_path / "tables.csv"
    path.write_text(as_csv(rows))
    path = write_workbook(tmp_path / "tables.xlsx", Schools=rows) if as_book else path
    with pytest.raises(PrivacyError, match="looks like") as refused:
        read(path)
    assert cell not in str(refused.value)


def test_a_further_sheet_about_people_is_refused_and_one_about_tables_is_not(tmp_path):
    rows = sheet(FROM_2024, [school()])
    path = write_workbook(
        tmp_path / "a.xlsx", Schools=rows, More=[["Surname", "Post"], ["X", "Y"]]
    )
    with pytest.raises(PrivacyError, match="sheet 2: column 1 looks like people's names"):
        read(path)
    notes = [["Contents"], ["Table name", "Description"]]
    assert len(read(write_workbook(tmp_path / "b.xlsx", Schools=rows, Notes=notes)).schools) == 1


def test_a_schools_own_list_in_a_workbook_is_asked_for_as_csv(tmp_path):
    rows = [["URN", "school", "role", "headcount"], [900001, "Elm School", "teacher", 3]]
    said = "a school's own list is taken as CSV; save the sheet as 'CSV UTF-8'"
    assert refusal(write_workbook(tmp_path / "own.xlsx", Ours=rows)) == [f"own.xlsx: {said}"]
