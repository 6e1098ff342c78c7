import pandas as pd

from analysis.show.blocks import runs_of
from analysis.show.profiles import (
    fee_runs,
    figure_runs,
    limit_runs,
    open_to,
    phone_runs,
    recognised_runs,
    stated_first,
    trait_runs,
)
from analysis.show.words import stated
from tests.show.test_charts import LATEST

LABELS = {"neu": "NEU", "aspect": "Aspect Group", "teacher": "Teacher", "cook": "Cook",
          "clerk": "Clerk", "nurse": "Nurse", "teaching": "Classroom teachers",
          "auxiliary": "Premises staff", "support": "Other support staff"}  # fmt: skip
GROUPS = {"teacher": "teaching", "cook": "auxiliary", "clerk": "auxiliary", "nurse": "support"}


def said(runs):
    return "".join(run.get("text") or f"[{','.join(run['cite'])}]" for run in runs)


def test_what_is_not_stated_of_a_union_is_said_in_one_line():
    items = [("In the TUC", runs_of("not stated")), ("Fees", runs_of("£1")),
             ("Sections", runs_of("not stated")), ("Website", runs_of("not stated"))]  # fmt: skip
    assert stated_first(items) == [
        ("Fees", runs_of("£1")),
        ("Not stated", runs_of("In the TUC and website")),
    ]
    assert stated_first(items[1:3]) == [("Fees", runs_of("£1"))]


def test_the_limits_of_an_answer_reach_the_reader_with_their_source():
    rows = pd.DataFrame(
        [
            ["teacher", "yes", "of art only", ("a", "b")],
            ["cook", "yes", "", ("a",)],
            ["clerk", "no", "never", ("a",)],
            *([role, "yes", "on site", ("c",)] for role in ("cook", "clerk", "nurse", "teacher")),
        ],
        columns=["role", "answer", "qualifier", "sources"],
    ).assign(union="neu", role_group=lambda made: made["role"].map(GROUPS),
             old=lambda made: made["role"] == "cook")  # fmt: skip
    assert said(limit_runs(rows, "role", LABELS)) == (
        "Classroom teachers: of art only[a]. Classroom teachers; premises staff; other support "
        "staff: on site (in part old)[c]"
    )
    assert said(limit_runs(rows.head(0), "role", LABELS)) == "not stated"


def test_recognition_says_for_whom_by_which_agreement_and_for_whom_not():
    rows = pd.DataFrame(
        [
            ["recognised", "teacher", "teaching", "yes", "burgundy_book", ("a",)],
            ["recognised", "cook", "auxiliary", "no", "green_book", ("b",)],
            ["recognised", "cleaner", "auxiliary", "not stated", "", ()],
            ["admits", "cook", "auxiliary", "yes", "stated", ("c",)],
        ],
        columns=["level", "role", "role_group", "answer", "basis", "sources"],
    ).assign(old=[True, False, False, False])
    assert said(recognised_runs(rows, LABELS)) == (
        "Classroom teachers (Burgundy Book, old)[a]; not for cook (Green Book)[b]"
    )
    assert said(recognised_runs(rows.tail(1), LABELS)) == "not stated"


def test_an_old_answer_or_figure_of_a_union_is_marked_in_its_profile():
    joining = pd.DataFrame(
        [["teacher", "teaching", "yes", True], ["cook", "auxiliary", "yes", False]],
        columns=["role", "role_group", "answer", "old"],
    )
    assert open_to(joining, LABELS) == "Classroom teachers; premises staff (in part old)"
    trait = pd.DataFrame(
        [["phase", "primary", "yes", "", ("a",), True]],
        columns=["fact", "item", "answer", "qualifier", "sources", "old"],
    ).assign(union="neu")
    assert said(trait_runs(trait, "phase", {"primary": "primary"})) == "Primary (old)[a]"
    assert said(stated(trait)) == "yes, old[a]"
    fees = pd.DataFrame(
        [[50.0, "per_year", "2020", "2020-01-01", "a", True]],
        columns=["pounds", "basis", "dated", "counts_from", "source", "old"],
    ).assign(union="neu", grade="full", as_of="2020")
    assert said(fee_runs(fees)).endswith(" (2020, old figure)[a]")
    assert said(figure_runs(LATEST.head(1))).endswith("2021, old figure)[tes]")


def test_a_sections_telephone_is_given_under_its_union_and_named():
    contacts = pd.DataFrame(
        [["aspect", "phone", "01924 207890", "office", "about 2015", "county"],
         ["naht", "phone", "01444 472472", "", "2020", "naht"]],
        columns=["union", "fact", "value", "qualifier", "dated", "source"],
    ).assign(item="", basis="", as_of="2020")  # fmt: skip
    assert said(phone_runs(contacts, ["neu", "aspect"], LABELS)) == (
        "01924 207890 (Aspect Group, office, about 2015)[county]"
    )
