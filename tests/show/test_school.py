"""What a school's report says, from answers small enough to check by eye."""

import pandas as pd
import pytest

from analysis import (
    choose_at_risk,
    consultation_rules,
    gaps,
    heads_by_choice,
    hide_small_counts,
    open_unions,
    overlaps,
    post_coverage,
    post_matrix,
    recognition_of_posts,
    redundancies,
    say_consult,
    say_gaps,
    say_panel,
    say_recognition,
    say_school_cover,
    say_school_in_brief,
    say_some,
    school_groups,
    smallest_panel,
    tabulate_consult,
    tabulate_coverage,
    tabulate_heads,
    tabulate_posts,
    tabulate_rules,
    whom_to_consult,
)
from analysis.show.consult import ACADEMY
from tests.questions.test_school import COVERAGE, GROUPS, ROLES, frame, staff
from tests.show.test_tables import texts

LABELS = {
    **{role: role.capitalize() for role in GROUPS},
    **{union: union.upper() for union in ("gen", "gmb", "insp", "lead", "neu")},
    "leadership": "Leadership teachers", "teaching": "Classroom teachers", "ta": "TA",
    "classroom_support": "Teaching assistants", "auxiliary": "Premises staff", "hlta": "HLTA",
    "group:classroom_support": "Teaching assistants", "other_support": "Other support staff",
}  # fmt: skip
RULES = pd.DataFrame(
    {
        "redundancy_trigger": ("20", "redundancies", "it is collective from"),
        "redundancy_period": ("90", "days", "counted within"),
        "redundancy_notice": ("30", "days", "it begins by"),
        "redundancy_large": ("100", "redundancies", "it begins earlier from"),
        "redundancy_notice_large": ("45", "days", "it then begins by"),
        "protective_award": ("180", "days of pay", "the most a tribunal may award"),
        "consult_every_union": ("yes", "", "every union"),
        "representatives_last": ("yes", "", "representatives last"),
        "paid_time_off": ("yes", "", "time off"),
        "facility_time_publication": ("no", "", "publication"),
        "facility_time_size": ("49", "full-time equivalents", "more than"),
    },
    index=["value", "unit", "meaning"],
).T.assign(dated="from 1 May 2020", sources=[("law",)] * 11)


def said(prose) -> list[str]:
    """Return the words of prose, a line a paragraph or point, with its sources in brackets."""
    lines = []
    for block in prose.blocks:
        for runs in block["items"] if block["type"] == "list" else [block["runs"]]:
            parts = (
                f"[{','.join(run['cite'])}]" if "cite" in run else run["text"] for run in runs
            )
            lines.append("".join(parts))
    return lines


def test_posts_stand_by_staff_group_with_their_people_and_sums():
    posts = staff("headteacher=1 ta=6 hlta=2").assign(fte=[1.0, 4.5, 2.0])
    assert texts(tabulate_posts(*hide_small_counts(posts), LABELS)) == [
        [["Leadership teachers"], ["Headteacher 1"], ["1"], ["1"]],
        [["Teaching assistants"], ["Ta 6; hlta 2"], ["8"], ["6.5"]],
        [["All our staff"], ["Three kinds of post"], ["9"], ["7.5"]],
    ]


def test_hidden_and_confidential_counts_are_words_and_never_nought():
    posts = staff("headteacher=1 ta=6 hlta=2 caretaker=c")
    table = tabulate_posts(*hide_small_counts(posts, 5), LABELS)
    assert texts(table) == [
        [["Leadership teachers"], ["Headteacher hidden"], ["hidden"], ["not shown"]],
        [["Teaching assistants"], ["Ta hidden; hlta hidden"], ["8"], ["not shown"]],
        [["Premises staff"], ["Caretaker confidential (c)"], ["confidential (c)"], ["not shown"]],
        [["All our staff"], ["Four kinds of post"], ["not shown"], ["not shown"]],
    ]
    assert table.as_dict()["note"][0]["text"].startswith("A symbol is as published and is not")


def test_posts_with_the_same_answers_share_a_row_and_a_whole_group_has_its_name():
    posts = staff("headteacher=1 ta=6 caretaker=1")
    answers = post_coverage(COVERAGE, posts, ["gmb", "neu"])
    rows = texts(
        tabulate_coverage(answers, post_matrix(answers), LABELS, groups=school_groups(posts))
    )
    assert rows == [
        [["Leadership teachers"], ["not stated"], ["yes[admits-neu]"]],
        [["Teaching assistants"], ["yes[admits-gmb]"], ["yes[admits-neu]"]],
        [["Premises staff"], ["yes[admits-gmb]"], ["not stated"]],
    ]
    same = staff("porter=1 librarian=1")
    answers = post_coverage(frame({}), same, ["gmb"])
    rows = texts(tabulate_coverage(answers, post_matrix(answers), LABELS, groups={}))
    assert rows == [[["Porter; librarian"], ["not stated"]]]


def test_an_answer_some_names_the_roles_that_are_meant():
    posts = staff("group:classroom_support=8")
    assert said(say_some(post_coverage(COVERAGE, posts), LABELS)) == [
        "The school's staff are counted by group. Where the answer is some, these are meant:",
        "Of teaching assistants, GMB and NEU admit: TA[admits-gmb,admits-neu]",
    ]
    assert said(say_some(post_coverage(COVERAGE, staff("ta=6")), LABELS)) == []


def chosen(text: str):
    posts = staff(text)
    answers = post_coverage(COVERAGE, posts)
    return posts, answers, open_unions(answers, posts)


def test_gaps_say_who_refuses_and_whose_sources_differ_and_that_silence_is_no_no():
    posts, _, choice = chosen("teacher=10 ta=6 cook=1 porter=3 librarian=c")
    assert said(say_gaps(gaps(choice), overlaps(choice), school_groups(posts), LABELS)) == [
        "One post is open to two unions or more. The widest choice, of three unions, is for "
        "teaching assistants.[admits-gen,admits-gmb,admits-neu]",
        "For three posts no source names a union that staff may join. Not stated is not a no; "
        "where a source says more, it is told here.",
        "Cook (one person); sources say no for NEU[admits-neu]",
        "Porter (people: 3); sources differ on GMB[admits-gmb]",
        "Librarian (people: confidential (c))",
    ]


def test_where_there_is_no_gap_the_report_says_so():
    posts, _, choice = chosen("teacher=10")
    assert said(say_gaps(gaps(choice), overlaps(choice), school_groups(posts), LABELS)) == [
        "There is no gap: for each post, sources name a union that admits its staff, or some of "
        "them."
    ]


def test_people_are_counted_by_the_unions_open_to_them_and_unknown_ones_are_named():
    _, _, choice = chosen("teacher=10 cook=2 librarian=c porter=c")
    table = tabulate_heads(heads_by_choice(choice))
    assert [column["label"] for column in table.columns] == ["Open to", "no unions", "one union"]
    assert texts(table) == [
        [["Posts"], ["3"], ["1"]],
        [["People"], ["2, and two posts with no number"], ["10"]],
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("teacher=10", "One union by itself admits staff in each post. This is so of:"),
        ("teacher=10 caretaker=1", "Two unions are the fewest that between them admit staff in "
         "each post. This is so of two sets:"),
        ("teacher=10 caretaker=1 cook=1", "Two unions are the fewest that between them admit "
         "staff in each post for which one is named as a whole. This is so of two sets:"),
        ("cook=1", "No source names a union for any of these posts as a whole."),
    ],
)  # fmt: skip
def test_the_smallest_panel_is_told_as_arithmetic(text, first):
    _, _, choice = chosen(text)
    lines = said(say_panel(smallest_panel(choice), choice, LABELS))
    assert lines[0] == first
    if "Two unions" in first:
        assert lines[1:3] == ["GEN and NEU", "GMB and NEU"]
    if "cook" in text and len(lines) > 1:
        assert "Left aside, since no union is named for the whole post: cook." in lines


def test_unions_recognised_for_the_same_posts_stand_together():
    posts = staff("headteacher=1 hlta=2 ta=6")
    consult = whom_to_consult(post_coverage(COVERAGE, posts))
    assert texts(tabulate_consult(consult, school_groups(posts), LABELS)) == [
        [["GEN and GMB"], ["TA"], ["Green Book[recognised-gen,recognised-gmb]"], ["2020"]],
        [["GMB"], ["HLTA"], ["Green Book[recognised-gmb]", "disputed"], ["2020"]],
        [["LEAD and NEU"], ["Leadership teachers"],
         ["Burgundy Book[recognised-lead,recognised-neu]"], ["2020"]],
    ]  # fmt: skip


def test_an_old_answer_is_marked_in_the_consult_table_and_where_some_is_explained():
    aged = COVERAGE.assign(old=COVERAGE["role"] == "ta")
    posts = staff("headteacher=1 ta=6 caretaker=1")
    consult = whom_to_consult(post_coverage(aged, posts, ["gmb", "neu"]))
    assert [cells[3] for cells in texts(tabulate_consult(consult, {}, LABELS))] == [
        ["2020", "in part old"], ["2020"]
    ]  # fmt: skip
    some = say_some(post_coverage(aged, staff("group:classroom_support=8"), ["gmb"]), LABELS)
    assert said(some)[1] == "Of teaching assistants, GMB admits: TA (old)[admits-gmb]"


def test_representatives_are_named_only_where_every_answer_is_no():
    def lines(text):
        posts = staff(text)
        states = recognition_of_posts(post_coverage(COVERAGE, posts))
        return said(say_consult(states, RULES, "2026-11-22", school_groups(posts), LABELS))

    assert lines("porter=1 librarian=1") == [
        "No source for 22 November 2026 was read that says who is recognised for: premises staff; "
        "other support staff. That does not mean that nobody is. Look for an agreement of the "
        "employer's own.",
        "This is not legal advice. Check the law and your own agreements before you act on it.",
    ]
    assert not [line for line in lines("porter=1 librarian=1 ta=6") if "representatives" in line]
    assert lines("cook=2")[0] == (
        "Sources say that no union is recognised for: premises staff.[recognised-gen,"
        "recognised-gmb,recognised-insp,recognised-lead,recognised-neu] There the employer "
        "consults representatives whom the staff elect or have appointed.[law]"
    )
    assert lines("hlta=2")[0].startswith(
        "Sources differ on who is recognised for: teaching assist"
    )
    assert lines("ta=6 cook=2")[0] == (
        "For 1 of 2 posts sources name a recognised union. Where several are recognised, each "
        f"is consulted, even one with no member affected.[law] {ACADEMY}"
    )


@pytest.mark.parametrize(
    ("asked", "sentence", "applies"),
    [
        ([], "From 20 redundancies proposed at one establishment within 90 days, consultation "
         "begins at least 30 days before the first dismissal; from 100, at least 45 days.[law]",
         "depends"),
        (["ta:1"], "One redundancy at once is fewer than the 20 that make consultation collective "
         "by law; an agreement may ask for more.[law]", "no"),
        (["ta:19"], "19 redundancies at once are fewer than the 20 that make consultation "
         "collective by law; an agreement may ask for more.[law]", "no"),
        (["ta:20"], "20 redundancies within 90 days would be consulted on collectively, from at "
         "least 30 days before the first dismissal.[law]", "yes"),
        (["ta:99"], "99 redundancies within 90 days would be consulted on collectively, from at "
         "least 30 days before the first dismissal.[law]", "yes"),
        (["ta:60", "teacher:40"], "100 redundancies within 90 days would be consulted on "
         "collectively, from at least 45 days before the first dismissal.[law]", "yes"),
    ],
)  # fmt: skip
def test_the_number_at_risk_chooses_the_rule(asked, sentence, applies):
    posts = staff("teacher=40 ta=100")
    number = redundancies(choose_at_risk(posts, asked, ROLES))
    rules = consultation_rules(RULES, number)
    answers = post_coverage(COVERAGE, posts)
    choice = open_unions(answers, posts)
    brief = say_school_in_brief(
        *hide_small_counts(posts), (choice, gaps(choice)), smallest_panel(choice),
        (whom_to_consult(answers), recognition_of_posts(answers)), (rules, number), LABELS,
    )  # fmt: skip
    lines = said(brief)
    assert lines[0] == "The school counts 140 people in two kinds of post."
    assert sentence in lines
    assert lines[-1] == "This is not legal advice, and it advises nobody which union to join."
    assert rules.loc["redundancy_trigger", "applies"] == applies
    assert texts(tabulate_rules(rules))[0] == [
        ["It is collective from"], ["20 redundancies[law]"], ["From 1 May 2020"], [applies]
    ]  # fmt: skip


def test_the_brief_never_says_that_nobody_is_recognised_where_nothing_was_read():
    posts = staff("librarian=2")
    answers = post_coverage(COVERAGE, posts)
    choice = open_unions(answers, posts)
    brief = say_school_in_brief(
        *hide_small_counts(posts, 3), (choice, gaps(choice)), smallest_panel(choice),
        (whom_to_consult(answers), recognition_of_posts(answers)),
        (consultation_rules(RULES.head(0)), None), LABELS,
    )  # fmt: skip
    assert said(brief)[:5] == [
        "The school counts staff in one kind of post; their sum is not shown, since small "
        "counts are hidden.",
        "For 0 of 1 posts, sources name two or more unions to join. For librarian they name "
        "none, which is not a no.",
        "No source names a union for any of these posts as a whole.",
        "No source for this day was read that names a union recognised for these posts. That "
        "does not mean that none is.",
        "No source for this day was read that states when consultation on redundancies is "
        "collective.",
    ]


def test_recognition_is_explained_by_the_rules_of_the_day():
    lines = said(say_recognition(RULES))
    assert lines[1] == (
        "Representatives of recognised unions get reasonable paid time off for duties.[law] "
        "Public employers no longer publish how much time it takes (from 1 May 2020), save for "
        "periods that had ended.[law]"
    )
    before = RULES.assign(value=RULES["value"].where(RULES["value"] != "no", "yes"))
    assert said(say_recognition(before))[1].endswith(
        "Public employers with more than 49 full-time equivalents publish each year how much time "
        "it takes.[law]"
    )
    assert len(said(say_recognition(RULES.head(0)))) == 1


def test_the_cover_names_school_file_choices_and_never_a_path():
    sources = pd.DataFrame({"accessed": ["2026-11-22"], "accessed_words": ["22 November 2026"]})
    schools = pd.DataFrame({"school": ["St Ann's", "Elm"]}, index=["900001", "900002"])
    counted, asked = ("posts.csv (1234abcd)", "November 2024"), (["ta:3"], 5)
    cover = say_school_cover(
        "2026-11-22", "abcd1234", sources, schools, counted, asked,
        labels={"ta": "Teaching assistant"},
    )  # fmt: skip
    assert cover.title == "Who can represent whom at St Ann's?"
    facts = {item["term"]: item["runs"][0]["text"] for item in cover.blocks[0]["items"]}
    assert facts["School"] == "St Ann's, URN 900001, the first of 2 schools in the file"
    assert facts["Posts from"] == "posts.csv (1234abcd), November 2024"
    assert facts["Posts at risk"] == "teaching assistant (3)"
    assert facts["Small counts"] == "hidden below 5"


def brief_of(text: str, coverage=COVERAGE) -> list[str]:
    posts = staff(text)
    answers = post_coverage(coverage, posts)
    choice = open_unions(answers, posts)
    consult = (whom_to_consult(answers), recognition_of_posts(answers))
    rules = (consultation_rules(RULES), None)
    counted = hide_small_counts(posts)
    found = (choice, gaps(choice))
    return said(
        say_school_in_brief(*counted, found, smallest_panel(choice), consult, rules, LABELS)
    )


def test_the_brief_names_who_is_recognised_by_agreement_and_for_how_many_posts():
    assert brief_of("headteacher=1 teacher=10 ta=6 librarian=1")[3] == (
        "Recognised are GEN and GMB for one post (Green Book)[recognised-gen,recognised-gmb]; "
        "LEAD for one post (Burgundy Book)[recognised-lead]; NEU for two posts (Burgundy Book)"
        "[recognised-neu]. For one post no source says who is."
    )


def test_the_brief_says_so_where_sources_say_that_no_union_is_recognised_or_differ():
    assert brief_of("cook=2")[3].startswith(
        "Sources say that no union is recognised for these posts.[recognised-gen,"
    )
    assert brief_of("hlta=2")[3] == (
        "Sources differ on who is recognised for some of these posts.[recognised-gmb]"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("teacher=10", "NEU can by itself admit staff in every post."),
        ("ta=6", "Any one of GEN, GMB and NEU can by itself admit staff in every post."),
        ("ta=6 cook=1", "Any one of GEN, GMB and NEU can by itself admit staff in every post that "
         "one is named for as a whole; one post is left aside."),
        ("teacher=10 caretaker=1", "Between them, two unions can admit staff in every post. Two "
         "sets of unions do so."),
    ],
)  # fmt: skip
def test_the_brief_says_what_the_smallest_panel_leaves_aside(text, sentence):
    assert brief_of(text)[2] == sentence


def test_a_counted_group_that_unions_admit_in_part_is_neither_open_nor_without_a_union():
    assert brief_of("group:auxiliary=5 teacher=10")[1] == (
        "For 0 of 2 posts, sources name two or more unions to join. For 1 more, unions admit a "
        "part of the post. There is no gap."
    )
    _, _, choice = chosen("group:auxiliary=5 cook=2")
    table = tabulate_heads(heads_by_choice(choice))
    labels = [column["label"] for column in table.columns]
    assert labels == ["Open to", "no unions", "part of the post only"]
    assert texts(table)[1] == [["People"], ["2"], ["5"]]


def test_where_no_union_is_recognised_no_empty_table_is_shown():
    consult = whom_to_consult(post_coverage(COVERAGE, staff("librarian=1")))
    assert tabulate_consult(consult, {}, LABELS).blocks == []


def test_one_confidential_group_says_nothing_of_the_whole():
    posts = staff("teacher=10 caretaker=c cook=0")
    rows = texts(tabulate_posts(*hide_small_counts(posts), LABELS))
    assert rows[-1] == [["All our staff"], ["Two kinds of post"], ["not shown"], ["not shown"]]
    assert rows[1][2] == ["not shown"]


@pytest.mark.parametrize("day", ["2017-03-31", "2017-04-01", "2018-01-31", "2018-03-13",
                                 "2026-02-17", "2026-02-18", "2026-11-22"])  # fmt: skip
def test_recognition_can_be_explained_on_every_day_around_a_rules_turn(shipped, day):
    lines = said(say_recognition(shipped.as_at(day).rules))
    published = [line for line in lines if "publish" in line]
    assert bool(published) == (day >= "2017-04-01")
