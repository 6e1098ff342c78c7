"""The refusal of people: whatever is planted is refused or faulted, and never repeated."""

import csv
import io
import tempfile
import traceback
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.errors import DataError, PrivacyError
from analysis.read.staff.people import kind_of_cell, kind_of_heading
from analysis.read.staff.posts import Posts
from analysis.read.workforce import read_workforce

NAMES = "people's names"
INSURANCE = "National Insurance numbers"
REFERENCES = "teacher reference numbers (seven figures)"
PAYROLL = "payroll or staff numbers"
MAIL = "e-mail addresses"
PHONES = "telephone numbers"
ADDRESSES = "addresses"
BIRTH = "dates of birth or ages"
ABOUT = "something about people"
UNION = "somebody's union membership"
DATES = "dates, as of birth"

HEADINGS = {
    NAMES: ["Name", "Forename", "First name", "SURNAME", "Full_name", "Employee", "Staff name",
            "teacher", "Known as", "Initials", "Head's name", "Member of staff", "lastName",
            "Name of employee", "N A M E", "Name 1", "Line manager", "School contact name"],
    INSURANCE: ["NI", "NINO", "NI number", "N.I. No.", "National Insurance", "niNumber",
                "Nat. Ins. no", "NATIONALINSURANCENUMBER"],
    REFERENCES: ["TRN", "Teacher ref", "teacher_reference_number", "DfE number", "T.R.N.",
                 "TeacherReference"],
    PAYROLL: ["Payroll", "Payroll no", "Staff number", "employee ID", "EmployeeNumber",
              "Personnel number", "staff_id"],
    MAIL: ["E-mail", "email address", "eMail", "Work Email", "MAIL"],
    PHONES: ["Phone", "Telephone no.", "mobile", "Tel", "MobileNumber"],
    ADDRESSES: ["Address", "Home address", "Postcode", "address_line_1"],
    BIRTH: ["DOB", "D.O.B.", "Date of birth", "dateOfBirth", "birth-date", "Age", "AGE "],
    ABOUT: ["Gender", "sex", "Ethnicity", "Disability", "Ethnic group", "Nationality", "Salary"],
    UNION: ["Union", "Trade union", "Member of", "Membership", "Union member?", "Subs",
            "check-off", "NEU", "NASUWT member", "unison", "Unite the Union", "Community",
            "union_membership", "UnionName", "GMB/Unite", "members"],
}  # fmt: skip
VALUES = {
    INSURANCE: ["QQ123456C", "qq 12 34 56 c", "QQ-12-34-56-C", "QQ 123456", "nino: QQ123456C."],
    REFERENCES: ["1234567", "RP12/34567", "12/34567", "rp 1234567", "1234567.0", "1.234567E+06",
                 "TRN 12 34567", "\uff11\uff12\uff13\uff14\uff15\uff16\uff17"],
    MAIL: ["jane.smith@example.org", "J@EXAMPLE.CO.UK", "Jane <jane@example.org>",
           "j.smith@school", "jane @ example.org", "jane\uff20example.org",
           "jane@\u200bexample.org"],
    DATES: ["01/02/1980", "1.2.80", "1980-02-01", "1 February 1980", "1st of Feb 80",
            "Feb 1, 1980", "1-Feb-80", "01021980", "19800201", "1980-02-01 00:00:00", "1-Feb",
            "Feb-80", "31 / 12 / 1980"],
    PHONES: ["07700 900123", "+44 7700 900123", "(01632) 960983", "020 7946 0958", "07700900123",
             "7.700900123E+09", "tel. 01632-960983"],
    NAMES: ["Mrs A Jones", "Mr. O'Brien", "Dr Smith", "Smith, J", "SMITH, J.A.", "J. Smith",
            "Ms", "de Souza, M", "Miss Cook"],
    UNION: ["NEU", "nasuwt", "UNISON member", "Unite", "the Community union", "NEU/GMB"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "heading"), [(kind, heading) for kind in HEADINGS for heading in HEADINGS[kind]]
)
def test_a_heading_about_people_is_known_however_it_is_written(kind, heading):
    assert kind_of_heading(heading) == kind


@pytest.mark.parametrize(
    "heading",
    ["urn", "School name", "Name of school", "trust_name", "LA name", "role", "Headcount", "FTE",
     "employer", "Job title", "Managers", "Personal assistant",
     "Personnel officer",
     "Payroll officer", "Community support worker", "Medical officer", "Post code", "Phase",
     "Number of teachers", "Teacher FTE", "manager", "language", "Stage", "Tutor", "sussex", ""],
)  # fmt: skip
def test_a_heading_about_posts_and_schools_is_let_through(heading):
    assert kind_of_heading(heading) == ""


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind in VALUES for value in VALUES[kind]]
)
def test_a_value_about_people_is_known_under_any_heading(kind, value):
    assert kind_of_cell(value) == kind


@pytest.mark.parametrize(
    "value",
    ["117500", "0.8666666667", "12.5", "999999", "c", "low", "919", "E10000015", "16500;E06000023",
     "TR01234", "Teacher, P", "Site A", "Years 3/4/5", "Key stage 1-2", "1,200",
     "about 0.8666666667",
     "Academy @ Worden", "Teacher (2 days a week)", "Lunchtime", "Marketing 2", "", "-3"],
)  # fmt: skip
def test_counts_codes_and_posts_are_let_through(value):
    assert kind_of_cell(value) == ""


@pytest.mark.parametrize(
    "school",
    ["Dr Challoner's Grammar School", "St Mary's", "Lady Margaret", "Sir John Lawes School",
     "Miss Edith Primary School", "Community", "The Voice School", "Unity College", "Mill, The",
     "Academy@Worden", "Ark 1 Academy", "Queen's 1st May Infants", "Park Hill", "J F Kennedy",
     "Prospect School, E13"],
)  # fmt: skip
def test_the_names_of_schools_are_let_through(school):
    assert kind_of_cell(school, of_school=True) == ""


@pytest.mark.parametrize("name", ["Mrs A Jones", "Smith, J", "J. Smith", "Mr Smith", "Ms O'Neill"])
def test_a_person_in_the_column_of_schools_is_known_by_title_or_initials(name):
    assert kind_of_cell(name, of_school=True) == NAMES


def test_no_role_group_or_symbol_of_ours_is_taken_for_a_person(shipped):
    posts = Posts.of(shipped.roles)
    names = [*posts.census, *shipped.roles.index, *shipped.roles["label"], *schema.SYMBOLS,
             *schema.ROLE_GROUPS, *schema.ROLE_GROUPS.values()]  # fmt: skip
    assert [name for name in names if kind_of_cell(name)] == []
    # As the heading of a column the head or a teacher is a person, unless it holds counts.
    heads = [name for name in names if kind_of_heading(name) and "eacher" not in name.lower()]
    assert set(heads) <= {"HDTR"}


HEAD = "urn,school,role,headcount"


def read(text: str, roles):
    """Read some text as a school's own file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "staff.csv")
        path.write_bytes(text.encode())
        try:
            return read_workforce(path, roles)
        finally:
            assert [one.name for one in Path(folder).iterdir()] == ["staff.csv"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD},Surname\n900001,Mill,cook,1,Secret\n",
         "column 5 looks like people's names; take it out of the file"),
        (f"{HEAD},NI no,age,NEU\n900001,Mill,cook,1,,,\n",
         "column 5 looks like National Insurance numbers, column 6 looks like dates of birth or "
         "ages and column 7 looks like somebody's union membership; take them out of the file"),
        ("urn,school,Teacher,cook\n900001,Mill,Mrs A Secret,1\n",
         "column 3 looks like people's names; take it out of the file"),
        (f"{HEAD}\n900001,Mill,cook,1\n900001,Mill,hlta,1,1234567\n",
         "column 5 looks like teacher reference numbers (seven figures); take it out of the file"),
        ("1980-01-01,secret@example.org,cook,1\n",
         "column 2 looks like e-mail addresses; take it out of the file"),
    ],
    ids=["heading", "several", "value", "in a row too long", "no headings"],
)  # fmt: skip
def test_the_refusal_is_one_sentence_that_says_what_to_remove(shipped, text, said):
    with pytest.raises(PrivacyError) as caught:
        read(text, shipped.roles)
    assert str(caught.value) == f"staff.csv: {said}: posts and counts are read here, never people"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD},Surname\n1,,Secret,-1,Secret\n",
        f"{HEAD},Surname\n",
        f'{HEAD},Surname\n900001,"Mill,cook,1,Secret\n',
        f'{HEAD}\n900001,Mill,cook,1\n900001,"Mill,secret@example.org,1\n',
        "Surname\n",
        "\n\nurn;Secret\n1;secret@example.org\n",
    ],
    ids=["faults", "header only", "open quote", "value after an open quote", "no known column",
         "blank lines first"],
)  # fmt: skip
def test_the_refusal_comes_before_all_faults(shipped, text):
    with pytest.raises(PrivacyError) as caught:
        read(text, shipped.roles)
    assert "ecret" not in str(caught.value)


@pytest.mark.parametrize("codec", ["latin-1", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_refusal_comes_before_the_fault_of_the_encoding(shipped, tmp_path, codec):
    path = tmp_path / "staff.csv"
    path.write_bytes(f"{HEAD},Surname\n900001,Caf\u00e9,cook,1,Secret\n".encode(codec))
    with pytest.raises(PrivacyError):
        read_workforce(path, shipped.roles)


FORENAMES = ["Jane", "John", "Aisha", "Zo\u00eb", "Mohammed", "Mary-Ann", "Siobh\u00e1n", "Wei"]
SURNAMES = ["Smith", "Jones", "O'Brien", "Cooke", "Clarke", "Patel", "Cleaver", "de Souza",
            "Carter", "Masters", "Teale", "Marsh", "Potter"]  # fmt: skip
NAME_FORMS = ["{0} {1}", "{1}, {0}", "Mrs {0} {1}", "{1}", "{0}", "{0} {1} (cook)", "{1} {0[0]}",
              "{0[0]}. {1}", "{1}, {0[0]}.", "{0}.{1}", "teacher {0} {1}"]  # fmt: skip
ROWS = [["900001", "Mill", "hlta", "3", "2.5", "919"], ["900001", "Mill", "cook", "1", "", "919"],
        ["900001", "Mill", "HDT", "1", "1", "919"]]  # fmt: skip
COLUMNS = ["urn", "school", "role", "headcount", "fte", "employer"]
PLAIN = settings(max_examples=60, derandomize=True, database=None)


@st.composite
def secrets(draw):
    """Return a name, a number, an address or a date of a person in some spelling; and which."""
    kind = draw(st.sampled_from(["name", "insurance", "reference", "mail", "birth"]))
    digits = draw(
        st.text("0123456789", min_size=7, max_size=7).filter(lambda text: text[0] != "0")
    )
    blank = draw(st.sampled_from(["", " ", "-"]))
    if kind == "name":
        name = draw(st.sampled_from(FORENAMES)), draw(st.sampled_from(SURNAMES))
        text = draw(st.sampled_from(NAME_FORMS)).format(*name)
    elif kind == "insurance":
        text = blank.join(["QQ", digits[:2], digits[2:4], digits[4:6], "ABCD"[int(digits[6]) % 4]])
    elif kind == "reference":
        text = draw(st.sampled_from(["{0}{1}", "RP{0}/{1}", "{0}/{1}", "RP {0}{1}"]))
        text = text.format(digits[:2], digits[2:])
    elif kind == "mail":
        text = f"{draw(st.sampled_from(FORENAMES[:2]))}.{digits}@school.example.org"
    else:
        day = draw(st.dates())
        shape = draw(st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y", "%d %B %Y", "%d-%b-%y"]))
        text = day.replace(year=1940 + day.year % 70).strftime(shape)
    return draw(st.sampled_from([str.upper, str.lower, str]))(text), kind


@st.composite
def spelt(draw, heading):
    """Return a heading in some spelling: case, blanks, underscores, stops, marks not seen."""
    words = list(heading) if heading.isalpha() and heading.isupper() else heading.split()
    heading = draw(st.sampled_from([heading, *(mark.join(words) for mark in " _-.")]))
    change = draw(st.sampled_from([str, str.upper, str.lower, str.title]))
    around = draw(st.sampled_from(["{}", " {}", "{} ", "\ufeff{}", "{}:", "{}\u200b", "{} *"]))
    return around.format(change(heading))


def written(draw, header, rows):
    """Return a table as the text of a CSV, in some form."""
    out = io.StringIO(newline="")
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    ends, mark = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from(",;\t"))
    writer = csv.writer(out, quoting=quoting, lineterminator=ends, delimiter=mark)
    writer.writerows([header, *rows])
    return draw(st.sampled_from(["", "\ufeff"])) + out.getvalue()


@st.composite
def planted(draw):
    """Return a file with something planted in it; what; and whether it cannot be a fault only."""
    secret, kind = draw(secrets())
    header, rows = list(COLUMNS), [list(row) for row in ROWS]
    row, place = draw(st.integers(0, 2)), draw(st.integers(0, 5))
    way = draw(st.sampled_from(["cell", "cell", "column", "column", "heading", "wide"]))
    if way == "cell":
        rows[row][place] = secret
    elif way == "column":
        kinds = [heading for known in HEADINGS.values() for heading in known]
        heading = draw(st.sampled_from([*kinds, "notes", "x", "", "Cook", "fte 2"]))
        header.insert(place, draw(spelt(heading)) if heading else "")
        for each in rows:
            each.insert(place, secret if each is rows[row] else "")
    elif way == "heading":
        header[place] = secret
    else:
        header, rows = ["urn", "school", "cook", "HLTA"], [["900001", "Mill", "1", ""]]
        at = draw(st.integers(0, 3))
        header[at], rows[0][at] = draw(
            st.sampled_from([(secret, rows[0][at]), (header[at], secret)])
        )
        if header[1] == "school" and at == 1:
            rows.append(["900002", secret, "x", "many"])
    # A name cannot always be told, and a count's heading may hold the day of the count.
    sure = kind != "name" and not (kind == "birth" and secret in header)
    return written(draw, header, rows), secret, sure


@PLAIN
@given(planted())
def test_whatever_is_planted_anywhere_is_refused_and_never_repeated(shipped, file):
    text, secret, sure = file
    with pytest.raises(PrivacyError if sure else (PrivacyError, DataError)) as caught:
        read(text, shipped.roles)
    error = caught.value
    lines = traceback.format_exception_only(error)
    told = " ".join([str(error), repr(error), *lines]).casefold()
    assert secret.casefold() not in told.replace("staff.csv", "")
    names = {word.casefold() for word in (*FORENAMES, *SURNAMES)}
    assert not [word for word in names if len(word) > 3 and word in told]
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None


@PLAIN
@given(st.data())
def test_a_heading_about_people_is_refused_however_it_is_spelt(shipped, data):
    kind = data.draw(st.sampled_from([one for one in HEADINGS if one != NAMES]))
    heading = data.draw(spelt(data.draw(st.sampled_from(HEADINGS[kind]))))
    rows = [[*row, "1"] for row in ROWS]
    with pytest.raises(PrivacyError, match="column 7 looks like"):
        read(written(data.draw, [*COLUMNS, heading], rows), shipped.roles)


@st.composite
def honest(draw, roles):
    """Return a file of posts and counts alone, long or wide, and the sum of its counts."""
    chosen = draw(
        st.lists(st.sampled_from(list(roles.index)), min_size=1, max_size=8, unique=True)
    )
    spellings = [str, str.upper, str.lower, str.title, lambda text: text.replace(" ", "-")]
    names = []
    for role in chosen:
        codes = ";".join([roles.loc[role, "post_codes"], roles.loc[role, "role_codes"]]).split(";")
        label = draw(st.sampled_from(spellings))(roles.loc[role, "label"])
        names.append(draw(st.sampled_from([role, label, codes[0] or role])))
    count = st.sampled_from(["0", "1", "12", "300", "c", "LOW", "z", "x"])
    schools = [("900001", "Mill Primary School"), ("900002", "St Mary's & St John's (VA)"),
               ("900003", "Dr Challoner's High")]  # fmt: skip
    table = [[draw(count) for _ in names] for _ in schools]
    if draw(st.booleans()):
        header, rows = (
            ["urn", "school", *names],
            [[*school, *cells] for school, cells in zip(schools, table, strict=True)],
        )
    else:
        header = ["urn", "school", "role", "headcount", "fte", "employer"]
        rows = [
            [*school, name, cell, cell if cell.isalpha() else f"{int(cell) * 0.8666666667}", "919"]
            for school, cells in zip(schools, table, strict=True)
            for name, cell in zip(names, cells, strict=True)
        ]
    sums = [sum(int(cell) for cell in cells if cell.isdigit()) for cells in table]
    return written(draw, header, rows), sums


@PLAIN
@given(st.data())
def test_a_file_of_posts_and_counts_is_never_refused(shipped, data):
    text, sums = data.draw(honest(shipped.roles))
    posts = read(text, shipped.roles).posts
    assert posts.groupby("urn")["headcount"].sum().tolist() == sums
