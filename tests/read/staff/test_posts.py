"""What people write for a post, and which post it is read as."""

import pytest

from analysis.read.staff.posts import Posts, is_sum
from analysis.read.staff.sayable import is_sayable


@pytest.fixture(scope="module")
def posts(shipped):
    return Posts.of(shipped.roles)


@pytest.mark.parametrize(
    ("written", "post"),
    [
        ("headteacher", "headteacher"),
        ("Head-Teacher", "headteacher"),
        ("HEAD TEACHERS", "headteacher"),
        ("HDT", "headteacher"),
        ("HDTR", "headteacher"),
        ("TAS", "teaching_assistant"),
        ("Teaching Assistant", "teaching_assistant"),
        ("teaching assistants", "teaching_assistant"),
        ("Teaching assistants", "teaching_assistant"),
        ("HLTA", "hlta"),
        ("hltas", "hlta"),
        ("Higher-level teaching assistants", "hlta"),
        ("SENCOs", "senco"),
        ("Special needs coordinator", "senco"),
        ("CTKR", "caretaker"),
        ("Deputy heads or vice principals", "deputy_head"),
        ("Heads of school", "head_of_school"),
        ("secretaries", "secretary"),
        ("Children\u2019s centre leader", "childrens_centre_leader"),
        ("Other support staff", "other_support_staff"),
        ("technician", "technician"),
        ("Technicians", "group:technicians"),
        ("Classroom teachers", "group:teaching"),
        ("classroom TEACHER", "teacher"),
        ("group:teaching", "group:teaching"),
        ("Group: classroom support", "group:classroom_support"),
        ("business", "group:business"),
    ],
)
def test_a_post_is_found_by_what_a_person_would_write(posts, written, post):
    assert posts.find(f" {written} ").post == post


@pytest.mark.parametrize(
    "written", ["Lana", "lang", "Misc", "Data", "hdt", "Tas", "", " ", "TA", "x", "group:", "-"]
)
def test_what_could_be_a_name_or_a_usual_word_is_no_census_code(posts, written):
    assert posts.find(written) is None


def test_every_name_of_a_role_or_group_finds_it(posts, shipped):
    for role, row in shipped.roles.iterrows():
        codes = ";".join([row["post_codes"], row["role_codes"]]).split(";")
        for name in (role, row["label"], row["label"].upper(), *filter(None, codes)):
            assert posts.find(name).roles == (role,), name
    for group in shipped.roles["group"].unique():
        found = posts.find(f"group:{group}")
        assert list(found.roles) == list(shipped.roles.index[shipped.roles["group"] == group])


def test_a_census_code_keeps_its_kind(posts):
    kinds = {code: posts.find(code).kind for code in ("LDP", "MIDA", "Cook", "teacher")}
    assert kinds == {
        "LDP": "post code", "MIDA": "role identifier", "Cook": "words", "teacher": "words"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("Teching  asistant", "'Teching asistant' is not a role; did you mean 'Teaching "
         "assistant' or 'School meals or catering assistant' or 'Midday supervisor, assistant or "
         "escort'?"),
        ("School nurse", "'School nurse' is not a role; did you mean 'School meals or catering "
         "assistant' or 'Parent support or home-school worker' or 'Nurse, therapist or welfare "
         "assistant'?"),
        ("Clerk", "'Clerk' is not a role; did you mean 'Administrator or clerk' or 'Cleaner' or "
         "'Nanny or other childcarer'?"),
        ("Clener", "not a role, and not repeated since it could be a name; did you mean "
         "'Cleaner' or 'Administrator or clerk' or 'Science, design or print technician'?"),
        ("Jane Smith", "not a role, and not repeated since it could be a name; expected a role's "
         "code, a census code in capitals, or a label such as 'Teaching assistant'"),
    ],
)  # fmt: skip
def test_an_unknown_role_is_told_with_the_nearest_three_and_a_possible_name_not_repeated(
    posts, written, sentence
):
    assert posts.say_unknown(written) == sentence


@pytest.mark.parametrize(
    "name",
    ["Clark", "Clarke", "Cooke", "Potter", "Carter", "Martin", "Catherine", "Claire", "Cleaver",
     "Tudor", "Masters", "Page", "Marsh", "Leander", "Jane", "Smith", "Lana Cook", "Cook, J",
     "J Cook", "Mrs Cook", "Jane Teacher", "Teacher Jane", "Porter-Smith", "O'Teacher", "ABC",
     "Head (Jane)", "Teacher 1980", "teacher 12/05", "Mark Head", "Grace Porter", "Young"],
)  # fmt: skip
def test_what_could_be_a_name_is_not_repeated(posts, name):
    assert not is_sayable(name, posts.words)


@pytest.mark.parametrize(
    "text",
    ["Head of maths", "Teaching asistant", "pastoral manager", "Techers", "site staff (premises)",
     "Year 6 teacher", "SEN teaching assistants", "Cover supervisor/librarian"],
)  # fmt: skip
def test_what_only_holds_words_of_work_is_repeated(posts, text):
    assert is_sayable(text, posts.words)


def test_a_sum_is_known_by_its_name():
    sums = ["Total", "TOTALS", "Grand total", "All staff", "Sub-total", "total (headcount)", "All"]
    assert all(map(is_sum, sums))
    others = ["All Saints School", "Teacher", "Allsop", "", "Totalgate"]
    assert not any(map(is_sum, others))
