"""A school's own file: what is read of it, and each sentence about what is wrong."""

import hashlib

import pytest

from analysis.errors import DataError, PrivacyError
from analysis.read.workforce import POST_COLUMNS, read_workforce
from tests.conftest import ROOT

HEAD = "urn,school,role,headcount,fte,employer\n"
UNKNOWN = (
    "not a role, and not repeated since it could be a name; expected a role's code, a census code "
    "in capitals, or a label such as 'Teaching assistant'"
)
COUNT = "expected a whole number, or the department's c, z, x, low"


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a school's own file."""

    def write_file(text):
        path = tmp_path / "staff.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_file


@pytest.fixture
def read(write, shipped):
    """Return a function that reads a school's own file."""
    return lambda text, urn=None: read_workforce(write(text), shipped.roles, urn)


@pytest.fixture
def told(read):
    """Return a function that gives the faults of a file, without its name."""

    def faults(text, urn=None):
        with pytest.raises(DataError) as caught:
            read(text, urn)
        return [one.removeprefix("staff.csv").removeprefix(", ") for one in caught.value.faults]

    return faults


def counts(workforce):
    """Return post, headcount, full-time equivalents and symbol of each row; None for missing."""
    table = workforce.posts[["post", "headcount", "fte", "symbol"]].astype(object)
    return [tuple(row) for row in table.where(table.notna(), None).to_numpy().tolist()]


def test_a_file_with_one_row_a_post_is_read_in_the_order_of_schools_and_groups(read):
    text = HEAD + (
        "900002,Hill,Cook,2,1.5,\n"
        "900001,Mill,teaching assistants,12,8.25,16500;E10000015\n"
        "900002,Hill,HDT,1,1,919\n"
        "900001,Mill,hlta,3,,16500;E10000015\n"
        "900001,Mill,group:teaching,9,8.5,16500;E10000015\n"
    )
    workforce = read(text)
    assert tuple(workforce.posts.columns) == POST_COLUMNS
    assert workforce.posts["urn"].tolist() == ["900002"] * 2 + ["900001"] * 3
    assert counts(workforce) == [
        ("headteacher", 1, 1.0, ""),
        ("cook", 2, 1.5, ""),
        ("group:teaching", 9, 8.5, ""),
        ("teaching_assistant", 12, 8.25, ""),
        ("hlta", 3, None, ""),
    ]
    assert workforce.posts["label"].tolist()[2:4] == ["Classroom teachers", "Teaching assistant"]
    assert workforce.posts["role_group"].tolist()[1:3] == ["auxiliary", "teaching"]
    assert workforce.posts["roles"].tolist()[1] == ("cook",)
    assert {"teacher", "supply_teacher", "senco"} < set(workforce.posts["roles"].tolist()[2])
    assert workforce.schools.index.tolist() == ["900002", "900001"]
    assert workforce.schools.loc["900002"].tolist() == ["Hill", ("900002", "919")]
    assert workforce.schools.loc["900001", "employers"] == ("900001", "16500", "E10000015")
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    assert (workforce.file, workforce.kind, workforce.dated) == (
        f"staff.csv ({digest})",
        "own",
        "",
    )


def test_a_file_with_one_column_a_role_is_read_the_same(read):
    long = read("urn,school,role,headcount\n900001,Mill,HDT,1\n900001,Mill,cook,c\n900001,Mill,"
                "teaching_assistant,12\n900002,Hill,hlta,0\n")  # fmt: skip
    wide = read("URN,School,Teaching assistants,HDT,Cook,HLTA\n900001,Mill,12,1,C,\n"
                "900002,Hill,, ,,0\n")  # fmt: skip
    assert counts(wide) == counts(long) == [
        ("headteacher", 1, None, ""),
        ("teaching_assistant", 12, None, ""),
        ("cook", None, None, "c"),
        ("hlta", 0, None, ""),
    ]  # fmt: skip
    assert wide.schools.equals(long.schools)


def test_a_wide_file_may_name_the_employer(read):
    wide = read("urn,school,employer,cook\n900001,Mill,919,2\n")
    assert wide.schools["employers"].tolist() == [("900001", "919")]


def test_a_school_without_a_count_is_there_without_a_post(read):
    wide = read("urn,school,cook\n900001,Mill,\n", "Mill")
    assert (wide.schools.index.tolist(), len(wide.posts)) == (["900001"], 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("urn,school,role,head", " URN , School Name,ROLE,Head "),
        lambda text: text.replace("\n", ",,\n"),
        lambda text: text + "\n,,,\n\n",
        lambda text: "\n".join('"' + '","'.join(line.split(",")) + '"' for line in text.split()),
        lambda text: "".join(",".join(line.split(",")[::-1]) + "\n" for line in text.split()),
    ],
    ids=["byte order mark", "semicolons", "tabs", "CRLF", "CR", "headings", "blank columns",
         "blank rows", "quotes", "columns in another order"],
)  # fmt: skip
def test_the_form_that_a_spreadsheet_gives_a_file_changes_nothing(read, change):
    text = "urn,school,role,headcount\n900001,Mill,hlta,3\n900001,Mill,cook,1\n"
    assert counts(read(change(text))) == [("hlta", 3, None, ""), ("cook", 1, None, "")]


@pytest.mark.parametrize("symbol", ["c", "z", "x", "low", "C", "Low"])
def test_a_symbol_is_kept_and_is_no_nought(read, symbol):
    workforce = read(f"{HEAD}900001,Mill,cook,{symbol},{symbol},\n900001,Mill,hlta,0,0,\n")
    assert counts(workforce) == [("hlta", 0, 0.0, ""), ("cook", None, None, symbol.lower())]
    assert (str(workforce.posts["headcount"].dtype), str(workforce.posts["fte"].dtype)) == (
        "Int64", "Float64"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "sums"),
    [
        ("LDP,2,2 TCM,5,4.1 TCU,9,8.6", ("teacher", 16, 14.7, "")),
        ("MIDA,6,1.5 MIDS,2,", ("midday_supervisor", 8, None, "")),
        ("LDP,2,2 TCM,c,4", ("teacher", None, 6.0, "c")),
        ("TCM,z, TCU,low, TCH,1,", ("teacher", None, None, "low")),
        ("TCM,x, TCU,c,", ("teacher", None, None, "c")),
    ],
)
def test_different_census_codes_of_one_kind_are_added_up_and_what_is_hidden_stays_so(
    read, rows, sums
):
    text = HEAD + "".join(f"900001,Mill,{row},\n" for row in rows.split())
    assert counts(read(text)) == [sums]


def test_the_same_holds_for_the_columns_of_a_wide_file(read):
    wide = read("urn,school,LDP,TCM,MIDA,MIDS\n900001,Mill,2,5,6,\n")
    assert counts(wide) == [("teacher", 7, None, ""), ("midday_supervisor", 6, None, "")]


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("teacher", "Classroom teacher", "Classroom teacher"),
        ("TCM", "TCM", "Classroom teacher"),
        ("TCM", "teacher", "Classroom teacher"),
        ("teacher", "TCM", "Classroom teacher"),
        ("TAS", "TASS", "Teaching assistant"),
        ("Cook", "COOK", "Cook"),
        ("Technicians", "group:technicians", "Technicians"),
    ],
)
def test_the_same_post_twice_is_refused_naming_both_lines(told, read, first, second, label):
    text = f"{HEAD}900001,Mill,hlta,1,,\n900001,Mill,{first},1,,\n900001,Mill,{second},2,,\n"
    assert told(text) == [
        f"line 4, role: the school has '{label}' on line 3 too; expected once, or under different "
        "census codes of one kind"
    ]
    assert len(read(text.replace(f"900001,Mill,{second},2", f"900002,Hill,{second},2")).posts) == 3


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("900001,Mill,Teching asistant,1,,", "role: 'Teching asistant' is not a role; did you "
         "mean 'Teaching assistant' or 'School meals or catering assistant' or 'Midday "
         "supervisor, assistant or escort'?"),
        ("900001,Mill,Jane Smith,1,,", f"role: {UNKNOWN}"),
        ("900001,Mill, ,1,,", "role: the cell is empty; expected a role"),
        ("900001,Mill,cook,-3,,", f"headcount: '-3' is less than nought; {COUNT}"),
        ("900001,Mill,cook,2.5,,", "headcount: '2.5' is not a whole number of people; part time "
         "goes into the column fte"),
        ("900001,Mill,cook,2.0,,", "headcount: '2.0' has decimals; write 2"),
        ('900001,Mill,cook,"1,200",,', "headcount: '1,200' has a comma in it; write 1200"),
        ("900001,Mill,cook,,,", f"headcount: the headcount is missing; {COUNT}"),
        ("900001,Mill,cook,n/a,,", f"headcount: the cell is not a number of people; {COUNT}"),
        ("900001,Mill,cook,\u0662,,", f"headcount: the cell is not a number of people; {COUNT}"),
        ("900001,Mill,cook,123456,,", "headcount: the cell has 6 digits; expected at most 9,999 "
         "people in one post"),
        ("900001,Mill,cook,2,2.5,", "fte: 2.5 full-time equivalents are more than 2 people; "
         "expected as many at most"),
        ("900001,Mill,cook,2,-1,", "fte: '-1' is less than nought; expected a number, the "
         "department's c, z, x, low, or an empty cell"),
        ('900001,Mill,cook,2,"1,5",', "fte: '1,5' has a decimal comma; write 1.5"),
        ("900001,Mill,cook,2,part,", "fte: the cell is not a number of full-time equivalents; "
         "expected a number, the department's c, z, x, low, or an empty cell"),
        ("117500.0,Mill,cook,2,,", "urn: '117500.0' is what a spreadsheet made of 117500; set the "
         "column to text and write the six digits again"),
        ("1.175E+05,Mill,cook,2,,", "urn: '1.175E+05' is what a spreadsheet made of a long "
         "number, whose last digits may be lost; set the column to text and write the six digits "
         "again"),
        ('"117,500",Mill,cook,2,,', "urn: '117,500' has a comma or a blank in it; write 117500"),
        (" 117500,Mill,cook,2,,", "urn: the cell begins or ends with a blank; write 117500 alone"),
        ("11750,Mill,cook,2,,", "urn: the cell has 5 digits; expected six digits"),
        ("Mill,Mill,cook,2,,", "urn: the cell is not a number; expected six digits"),
        (",Mill,cook,2,,", "urn: the cell is empty; expected six digits"),
        ("900001, ,cook,2,,", "school: the cell is empty; expected the school's name"),
        ("900001,Mi\u202ell,cook,2,,", "school: the cell holds the character U+202E, which cannot "
         "be printed; take it out"),
        ("900001,Mill,cook,2,,Hertfordshire", "employer: the cell holds something else; expected "
         "a trust's UID or an authority's code, such as 919 or E10000015, with a semicolon "
         "between two"),
        ("900001,Mill,Total,2,,", "role: the row adds up others; take it out"),
        ("900001,Mill,All staff,many,,", "role: the row adds up others; take it out"),
        (",Grand total,,2,,", "school: the row adds up others; take it out"),
        ("Total,,,2,,", "school: the row adds up others; take it out"),
    ],
)  # fmt: skip
def test_each_wrong_cell_has_its_own_sentence(told, row, fault):
    assert told(f"{HEAD}900009,Hill,hlta,1,,\n{row}\n") == [f"line 3, {fault}"]


def test_one_urn_has_one_name_and_one_employer(told):
    text = HEAD + (
        "900001,Mill,cook,1,,\n900001,Mill ,hlta,1,,919\n900001,Hill,HDT,1,,\n"
        "900001,Mill,senco,1,,919;E10000015\n900002,Hill,cook,1,,920\n"
        "900002, ,hlta,1,,\n900002,Hill,HDT,1,,x y\n"
    )
    assert told(text) == [
        "line 4, school: the URN has another name on line 2; expected one name a URN",
        "line 5, employer: the URN has another employer on line 3; expected one employer a URN",
        "line 7, school: the cell is empty; expected the school's name",
        "line 8, employer: the cell holds something else; expected a trust's UID or an "
        "authority's code, such as 919 or E10000015, with a semicolon between two",
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [": the file is empty; expected urn, school, role and headcount, and optionally fte "
              "and employer"]),
        ("\ufeff \n", [": the file is empty; expected urn, school, role and headcount, and "
                       "optionally fte and employer"]),
        (HEAD, [": the file has no rows; expected at least one"]),
        (HEAD + ",,,,,\n", [": the file has no rows; expected at least one"]),
        ("sep=;\n900001;Mill;cook;1\n", ["line 1: the line names no column; expected urn, school, "
         "role and headcount, and optionally fte and employer"]),
        ("\n" + HEAD, ["line 1: the line names no column; expected urn, school, role and "
                       "headcount, and optionally fte and employer"]),
        ("urn,role\n900001,cook\n", ["line 1: the column 'school' is missing",
                                     "line 1: the column 'headcount' is missing"]),
        ("urn,school\n900001,Mill\n", ["line 1: no column is named for a role; expected urn, "
                                       "school, optionally employer, and one column a role"]),
        ("urn,school,role,headcount,phase,wage band,URN,\n900001,Mill,cook,1,,,900001,x\n", [
            "line 1, column 5: 'phase' is not a column that is read; expected urn, school, role "
            "and headcount, and optionally fte and employer",
            "line 1, column 6: not a column that is read, and not repeated since it could be a "
            "name; expected urn, school, role and headcount, and optionally fte and employer",
            "line 1, column 7: urn stands in column 1 too",
            "line 1, column 8: the column has no heading; expected one, or a column without cells",
        ]),
        ("urn,school,Total staff,cook,Cooks,fte,Head of maths,Jane Smith\n"
         "900001,Mill,1,x,y,1,1,1\n", [
            "line 1, column 3: the column adds up others; take it out",
            "line 1, column 5: 'Cook' stands in column 4 too; expected once",
            "line 1, column 6: 'fte' is not a column that is read; expected urn, school, "
            "optionally employer, and one column a role",
            "line 1, column 7: 'Head of maths' is not a role; did you mean 'Head of school' or "
            "'Leader of a college' or 'Headteacher'?",
            f"line 1, column 8: {UNKNOWN}",
            f"line 2, Cooks: the cell is not a number of people; {COUNT}",
        ]),
        ("urn,school,cook\n900001,Mill,1\n900001,Mill,2.5\n,Total,3\n", [
            "line 3, urn: the school stands on line 2 too; expected one row a school",
            "line 3, cook: '2.5' is not a whole number of people; part time goes into the column "
            "fte",
            "line 4, school: the row adds up others; take it out",
        ]),
        (HEAD + "900001,Mill,cook,1\n900001,Mill, hall,cook,1,,\n", [
            "line 2: the row has 4 cells; expected 6, and a cell with a comma in it stands in "
            "quotes",
            "line 3: the row has 7 cells; expected 6, and a cell with a comma in it stands in "
            "quotes",
        ]),
        (HEAD + '900001,"Mill,cook,1,,\n', ["line 2: a quotation mark opens here and never "
                                            "closes"]),
        (HEAD.encode() + b"900001,Caf\xe9,cook,1,,\n", ["line 2: byte 0xE9 is not UTF-8; expected "
         "UTF-8; save the file again as 'CSV UTF-8'"]),
        (HEAD.encode("utf-16"), [": the file is UTF-16; expected UTF-8; save the file again as "
                                 "'CSV UTF-8'"]),
    ],
    ids=["empty", "blank", "header only", "blank rows only", "sep line", "blank first line",
         "missing columns", "no role", "unknown columns", "wide headings", "wide rows", "widths",
         "open quote", "not UTF-8", "UTF-16"],
)  # fmt: skip
def test_each_wrong_form_has_its_own_sentence(told, text, faults):
    assert told(text) == faults


def test_all_faults_are_told_in_the_order_of_lines_and_columns(told):
    text = HEAD + "1,Mill,cook,-1,x,\n900001,Mill,cook,,9,a\n900001,Mill,cook,1,2,\n,Total,,,,\n"
    places = [fault.partition(":")[0] for fault in told(text)]
    assert places == ["line 2, urn", "line 2, headcount", "line 3, headcount", "line 3, employer",
                      "line 4, role", "line 4, fte", "line 5, school"]  # fmt: skip


@pytest.mark.parametrize(("rows", "more"), [(50, []), (51, ["1 more fault is not listed"]),
                         (2500, ["2,450 more faults are not listed"])])  # fmt: skip
def test_of_many_faults_the_first_fifty_are_listed(told, rows, more):
    faults = told(HEAD + "".join(f"900001,Mill,zz{n},1,,\n" for n in range(rows)))
    assert faults[:50] == [f"line {n}, role: {UNKNOWN}" for n in range(2, 52)]
    assert [fault.removeprefix(": ") for fault in faults[50:]] == more


def test_a_line_is_named_where_it_stands_though_cells_hold_line_breaks(told):
    rows = ['900001,"Mill\nhall",hlta,1,,', *(f"{900002 + n},Hill,cook,1,," for n in range(2000)),
            '900001,"Mill\r\nhall",cook,-1,,', "900009,Hill,hlta,-1,,"]  # fmt: skip
    lines = [fault.split(",")[0] for fault in told(HEAD + "\n".join(rows)) if "nought" in fault]
    assert lines == ["line 2004", "line 2006"]


OK = HEAD + "".join(
    f"90000{n},{name},cook,{n},,\n"
    for n, name in (
        (1, "Mill Primary"),
        (2, "Mill Infants"),
        (3, "Hill School"),
        (4, "hill school"),
    )
)


@pytest.mark.parametrize(
    ("urn", "schools"),
    [
        (None, ["900001", "900002", "900003", "900004"]),
        ("", ["900001", "900002", "900003", "900004"]),
        ("900003", ["900003"]),
        (" mill  INFANTS ", ["900002"]),
        (["900003", "Mill primary", "900003"], ["900001", "900003"]),
    ],
)
def test_one_school_or_several_are_read_out_of_many(read, urn, schools):
    workforce = read(OK, urn)
    assert workforce.schools.index.tolist() == schools
    assert workforce.posts["urn"].tolist() == schools
    assert workforce.posts.index.tolist() == list(range(len(schools)))
    assert workforce.posts["headcount"].tolist() == [int(school[-1]) for school in schools]


@pytest.mark.parametrize(
    ("urn", "faults"),
    [
        ("900009", [": no school '900009'; the file holds 4 schools; did you mean '900004' or "
                    "'900003' or '900002'?"]),
        ("Mill Infant", [": no school 'Mill Infant'; the file holds 4 schools; did you mean 'Mill "
                         "Infants' or 'Mill Primary'?"]),
        (["1", "900001", "Zoo"], [": no school '1'; the file holds 4 schools",
                                  ": no school 'Zoo'; the file holds 4 schools"]),
        ("Hill School", [": 2 schools are called 'Hill School'; ask for one of their URNs: "
                         "900003, 900004"]),
    ],
)  # fmt: skip
def test_a_school_that_is_not_in_the_file_is_told_with_the_nearest(told, urn, faults):
    assert told(OK, urn) == faults


def test_a_fault_anywhere_in_the_file_is_told_whichever_school_is_asked_for(told):
    assert told(OK + "900005,Mill Juniors,cook,-1,,\n", "900001") == [
        f"line 6, headcount: '-1' is less than nought; {COUNT}"
    ]


def test_reading_writes_nothing(read, tmp_path):
    read(OK)
    assert [path.name for path in tmp_path.iterdir()] == ["staff.csv"]


def test_a_file_that_is_not_there_or_cannot_be_read_has_a_sentence(tmp_path, shipped):
    with pytest.raises(DataError, match="there is no file"):
        read_workforce(tmp_path / "none.csv", shipped.roles)
    with pytest.raises(DataError, match="the file cannot be read: Is a directory"):
        read_workforce(tmp_path, shipped.roles)


def test_a_file_of_the_data_folder_is_told_as_one_and_accused_of_nothing(shipped):
    with pytest.raises(DataError) as refused:
        read_workforce(ROOT / "data" / "unions.csv", shipped.roles)
    assert str(refused.value) == (
        "unions.csv: the file is a unions.csv of a data folder; expected posts, with the columns "
        "urn, school, role and headcount"
    )


def test_the_example_is_invented_and_shows_every_kind_of_school(shipped):
    workforce = read_workforce(ROOT / "data" / "schools.example.csv", shipped.roles)
    schools = workforce.schools
    assert schools.index.str.fullmatch(r"9000\d\d").all()
    assert schools["school"].str.endswith("(invented)").all()
    kinds = ["Primary", "Secondary", "Special", *["Trust"] * 3]
    assert [any(kind in name for name in schools["school"]) for kind in kinds] == [True] * 6
    trusts = [codes[1] for codes, name in zip(schools["employers"], schools["school"], strict=True)
              if "Trust" in name]  # fmt: skip
    assert trusts == ["99001"] * 3
    heads = workforce.posts.groupby("urn")["headcount"].sum()
    assert heads.to_dict() == {
        "900001": 64, "900002": 195, "900003": 114, "900011": 36, "900012": 70, "900013": 151
    }  # fmt: skip
    assert workforce.posts["headcount"].between(1, 4).sum() > 40


def test_the_example_has_posts_that_no_union_and_that_one_union_is_stated_to_admit(shipped):
    posts = read_workforce(ROOT / "data" / "schools.example.csv", shipped.roles).posts
    admits = shipped.as_at("2026-11-22").coverage.query("level == 'admits' and answer == 'yes'")
    number = posts["post"].map(admits.groupby("role").size()).fillna(0)
    for school, unions in number.groupby(posts["urn"]):
        assert {0.0, 1.0} & set(unions), school
    assert {0.0, 1.0} <= set(number)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("LAESTAB", "9192001"), ("laestab", "919/2001"), ("census", "November 2024"),
     ("Census date", "7 November 2024"), ("DfE number of school", "919/2001")],
)  # fmt: skip
def test_a_column_about_the_school_is_not_read_but_not_about_people(told, heading, cell):
    faults = told(f"urn,school,role,headcount,{heading}\n900001,Elm School,teacher,3,{cell}\n")
    assert len(faults) == 1
    assert "not a column that is read" in faults[0]


@pytest.mark.parametrize("cell", ["QQ123456C", "jane@example.org"])
def test_a_person_under_a_heading_about_the_school_is_refused(read, cell):
    with pytest.raises(PrivacyError, match="column 5 looks like"):
        read(f"urn,school,role,headcount,laestab\n900001,Elm School,teacher,3,{cell}\n")


@pytest.mark.parametrize("heading", ["Unionised", "unionised?", "rep", "union rep"])
def test_a_heading_about_union_representatives_is_refused(read, heading):
    with pytest.raises(PrivacyError, match="column 5 looks like somebody's union membership"):
        read(f"urn,school,role,headcount,{heading}\n900001,Elm School,teacher,3,\n")


def test_one_person_is_said_in_the_singular(told):
    faults = told(f"{HEAD}900001,Elm School,teacher,1,5,\n")
    assert "5 full-time equivalents are more than 1 person;" in faults[0]
