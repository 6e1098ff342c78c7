"""A school's answers: scenarios worked by hand, the smallest panel by brute force, properties."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    choose_at_risk,
    gaps,
    heads_by_choice,
    open_unions,
    overlaps,
    post_coverage,
    post_matrix,
    recognition_of_posts,
    smallest_panel,
    whom_to_consult,
)
from analysis.errors import ParameterError

UNIONS = ["gen", "gmb", "insp", "lead", "neu"]
GROUPS = {
    "headteacher": "leadership", "teacher": "teaching", "ta": "classroom_support",
    "hlta": "classroom_support", "caretaker": "auxiliary", "cook": "auxiliary",
    "porter": "auxiliary", "librarian": "other_support", "inspector": "outside_school",
}  # fmt: skip
ADMITS = {
    "headteacher": {"lead": "yes", "neu": "yes"},
    "teacher": {"neu": "yes", "gen": "no"},
    "ta": {"neu": "yes", "gmb": "yes", "gen": "yes"},
    "hlta": {"gmb": "disputed", "gen": "yes"},
    "caretaker": {"gmb": "yes", "gen": "yes"},
    "cook": {"neu": "no"},
    "porter": {"gmb": "disputed"},
    "inspector": {"insp": "yes"},
}
RECOGNISED = {
    "headteacher": {"lead": "yes", "neu": "yes"},
    "teacher": {"neu": "yes"},
    "ta": {"gmb": "yes", "gen": "yes", "neu": "no"},
    "hlta": {"gmb": "disputed"},
    "caretaker": {"gmb": "yes"},
    "cook": dict.fromkeys(UNIONS, "no"),
    "porter": {"gmb": "no"},
    "inspector": {"insp": "yes"},
}
BASIS = {"headteacher": "burgundy_book", "teacher": "burgundy_book", "inspector": "soulbury"}


def frame(admits=ADMITS, recognised=RECOGNISED) -> pd.DataFrame:
    """Return the coverage of five unions and nine roles."""
    rows = []
    for union in UNIONS:
        for level, said in (("admits", admits), ("recruits", {}), ("recognised", recognised)):
            for role, group in GROUPS.items():
                answer = said.get(role, {}).get(union, "not stated")
                stated = answer != "not stated"
                basis = BASIS.get(role, "green_book") if level == "recognised" and stated else ""
                sources = (f"{level}-{union}",) if stated else ()
                dated = "2020" if stated else ""
                rows.append(
                    (union, level, role, group, answer, "", basis, False, dated, sources, False)
                )
    return pd.DataFrame(
        rows,
        columns=["union", "level", "role", "role_group", "answer", "qualifier", "basis",
                 "by_group", "dated", "sources", "old"],
    )  # fmt: skip


COVERAGE = frame()


def staff(text: str) -> pd.DataFrame:
    """Return the posts written ``ta=3 group:auxiliary=5``; ``c`` is a confidential count."""
    rows = []
    for one in text.split():
        post, _, heads = one.partition("=")
        groups = post.removeprefix("group:").split("+") if post.startswith("group:") else []
        roles = tuple(role for role, group in GROUPS.items() if group in groups) or (post,)
        group = (groups[0] if len(groups) == 1 else "") if groups else GROUPS[post]
        count, symbol = (None, heads) if heads == "c" else (int(heads or 1), "")
        rows.append(("900001", post, post.capitalize(), group, roles, count, None, symbol))
    return pd.DataFrame(
        rows,
        columns=["urn", "post", "label", "role_group", "roles", "headcount", "fte", "symbol"],
    ).astype({"headcount": "Int64", "fte": "Float64"})


# Posts in; then: gaps, overlaps (post and how many unions), people by number of unions,
# smallest panels, whom to consult for which posts, and what is known of each post's recognition.
SCENARIOS = {
    "one headteacher": (
        "headteacher=1", "", "headteacher:2", "2:1", "lead|neu",
        "lead:headteacher neu:headteacher", "headteacher:recognised"),
    "teachers only": (
        "teacher=10", "", "", "1:10", "neu", "neu:teacher", "teacher:recognised"),
    "head and teachers": (
        "headteacher=1 teacher=10", "", "headteacher:2", "1:10 2:1", "neu",
        "lead:headteacher neu:headteacher,teacher",
        "headteacher:recognised teacher:recognised"),
    "assistants whom three admit and two bargain for": (
        "ta=6", "", "ta:3", "3:6", "gen|gmb|neu", "gen:ta gmb:ta", "ta:recognised"),
    "an answer disputed at both levels": (
        "hlta=2", "", "", "1:2", "gen", "gmb:hlta", "hlta:disputed"),
    "a caretaker": (
        "caretaker=1", "", "caretaker:2", "2:1", "gen|gmb", "gmb:caretaker",
        "caretaker:recognised"),
    "a post refused by one and not stated by the rest": (
        "cook=2", "cook", "", "0:2", "", "", "cook:nobody"),
    "a post only disputed is a gap": (
        "porter=1", "porter", "", "0:1", "", "", "porter:not stated"),
    "a post of which nothing is stated": (
        "librarian=1", "librarian", "", "0:1", "", "", "librarian:not stated"),
    "staff outside schools are no gap": (
        "inspector=1", "", "", "1:1", "insp", "insp:inspector", "inspector:recognised"),
    "one panel for all": (
        "ta=6 caretaker=1", "", "ta:3 caretaker:2", "2:1 3:6", "gen|gmb",
        "gen:ta gmb:ta,caretaker", "ta:recognised caretaker:recognised"),
    "two unions needed": (
        "teacher=10 caretaker=1", "", "caretaker:2", "1:10 2:1", "gen,neu|gmb,neu",
        "gmb:caretaker neu:teacher", "teacher:recognised caretaker:recognised"),
    "two needed, one of them for certain": (
        "teacher=10 hlta=2", "", "", "1:12", "gen,neu", "gmb:hlta neu:teacher",
        "teacher:recognised hlta:disputed"),
    "a whole primary school": (
        "headteacher=1 teacher=10 ta=6 hlta=2 caretaker=1", "",
        "ta:3 headteacher:2 caretaker:2", "1:12 2:2 3:6", "gen,neu",
        "gen:ta gmb:ta,caretaker gmb:hlta lead:headteacher neu:headteacher,teacher",
        "headteacher:recognised teacher:recognised ta:recognised hlta:disputed "
        "caretaker:recognised"),
    "a gap beside posts that are covered": (
        "teacher=10 cook=2 librarian=1", "cook librarian", "", "0:3 1:10", "neu",
        "neu:teacher", "teacher:recognised cook:nobody librarian:not stated"),
    "a post that nobody holds asks nothing": (
        "teacher=10 cook=0", "", "", "1:10", "neu", "neu:teacher", "teacher:recognised"),
    "a confidential count still asks": (
        "teacher=10 librarian=c", "librarian", "", "0:0? 1:10", "neu", "neu:teacher",
        "teacher:recognised librarian:not stated"),
    "a group of which one union admits all and two some": (
        "group:classroom_support=8", "", "", "1:8", "gen",
        "gen:group:classroom_support~ gmb:group:classroom_support~",
        "group:classroom_support:recognised"),
    "a group of which unions admit some only is no gap and no panel": (
        "group:auxiliary=5", "", "", "0~:5", "", "gmb:group:auxiliary~",
        "group:auxiliary:recognised"),
    "a count over two groups": (
        "group:teaching+leadership=11", "", "", "1:11", "neu",
        "lead:group:teaching+leadership~ neu:group:teaching+leadership",
        "group:teaching+leadership:recognised"),
    "no posts at all": ("teacher=0", "", "", "", "", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_worked_by_hand(name):
    text, gap, overlap, people, panel, consult, states = SCENARIOS[name]
    posts = staff(text)
    answers = post_coverage(COVERAGE, posts)
    choice = open_unions(answers, posts)
    assert " ".join(gaps(choice)["post"]) == gap
    found = overlaps(choice)
    assert " ".join(f"{row.post}:{row.number}" for row in found.itertuples()) == overlap
    counted = heads_by_choice(choice)
    said = [
        f"{row.number}{'~' if row.partly else ''}:{row.headcount}{'?' if row.unknown else ''}"
        for row in counted.itertuples()
    ]
    assert " ".join(said) == people
    assert "|".join(",".join(union) for union in smallest_panel(choice)["unions"]) == panel
    named = [
        f"{row.union}:{','.join(row.posts)}{'~' if row.answer == 'some' else ''}"
        for row in whom_to_consult(answers).itertuples()
    ]
    assert " ".join(named) == consult
    known = recognition_of_posts(answers)
    assert " ".join(f"{row.post}:{row.state}" for row in known.itertuples()) == states


def test_there_are_twenty_scenarios_and_more():
    assert len(SCENARIOS) >= 20


def test_a_group_is_answered_some_with_the_roles_behind_it():
    posts = staff("group:classroom_support=8")
    answers = post_coverage(COVERAGE, posts).set_index(["union", "level"])
    assert post_matrix(post_coverage(COVERAGE, posts))["group:classroom_support"].to_dict() == {
        "gen": "yes", "gmb": "some", "insp": "not stated", "lead": "not stated", "neu": "some"
    }  # fmt: skip
    assert answers.loc[("gmb", "admits"), "behind"] == ("ta",)
    assert answers.loc[("gen", "admits"), "behind"] == ("ta", "hlta")
    assert answers.loc[("neu", "recognised"), "answer"] == "not stated"


def test_a_union_to_consult_has_its_agreement_its_date_and_its_source():
    posts = staff("headteacher=1 teacher=10")
    row = whom_to_consult(post_coverage(COVERAGE, posts)).set_index("union").loc["neu"]
    assert row["agreements"] == ["burgundy_book"]
    assert row["dated"] == "2020"
    assert row["sources"] == ["recognised-neu"]


def brute_force(needs: list[list[str]]) -> list[tuple[str, ...]]:
    """Try every set of unions, the smaller first."""
    wanted = [set(need) for need in needs if need]
    unions = sorted(set().union(*wanted)) if wanted else []
    for size in range(1, len(unions) + 1):
        found = [one for one in combinations(unions, size) if all(set(one) & n for n in wanted)]
        if found:
            return sorted(found)
    return []


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=4, unique=True), max_size=7))
def test_the_smallest_panels_are_those_of_brute_force(needs):
    panels = smallest_panel(pd.DataFrame({"unions": needs}))
    assert panels["unions"].to_list() == brute_force(needs)
    assert set(panels["number"]) <= {len(panel) for panel in panels["unions"]}


ANSWER = st.sampled_from(["yes", "no", "disputed", "not stated"])
TABLE = st.dictionaries(
    st.sampled_from(list(GROUPS)), st.dictionaries(st.sampled_from(UNIONS), ANSWER), max_size=9
)
POSTS = st.lists(
    st.sampled_from([*GROUPS, "group:classroom_support", "group:auxiliary"]),
    min_size=1, max_size=6, unique=True,
)  # fmt: skip


@settings(max_examples=25)
@given(TABLE, TABLE, POSTS)
def test_not_stated_never_becomes_no_and_no_answer_is_made_of_nothing(admits, recognised, posts):
    answers = post_coverage(frame(admits, recognised), staff(" ".join(posts)))
    for row in answers.itertuples():
        said = {"admits": admits, "recognised": recognised, "recruits": {}}[row.level]
        roles = staff(row.role)["roles"].iloc[0]
        stored = [said.get(role, {}).get(row.union, "not stated") for role in roles]
        assert (row.answer == "no") == (set(stored) == {"no"})
        assert (row.answer == "yes") == (set(stored) == {"yes"})
        assert row.answer == "not stated" or any(one != "not stated" for one in stored)
    states = recognition_of_posts(answers)
    for row in states[states["state"] == "nobody"].itertuples():
        own = answers[(answers["role"] == row.post) & (answers["level"] == "recognised")]
        assert set(own["answer"]) == {"no"}


@settings(max_examples=25)
@given(TABLE, POSTS, st.sampled_from(list(GROUPS)))
def test_adding_a_post_never_takes_a_union_off_the_list_to_consult(recognised, posts, more):
    coverage = frame(recognised=recognised)

    def listed(names):
        rows = whom_to_consult(post_coverage(coverage, staff(" ".join(names))))
        return {(row.union, post) for row in rows.itertuples() for post in row.posts}

    assert listed(posts) <= listed(dict.fromkeys([*posts, more]))


@settings(max_examples=25)
@given(TABLE, POSTS)
def test_the_posts_with_no_union_are_the_posts_that_no_answer_opens(admits, posts):
    asked = staff(" ".join(posts))
    matrix = post_matrix(post_coverage(frame(admits), asked))
    choice = open_unions(post_coverage(frame(admits), asked), asked)
    shut = [
        post for post in matrix
        if not {"yes", "some"} & set(matrix[post]) and post != "inspector"
    ]  # fmt: skip
    assert gaps(choice)["post"].to_list() == shut


ROLES = pd.DataFrame({"label": {role: role.capitalize() for role in GROUPS}})


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], [("ta", None), ("cook", None), ("group:auxiliary", None)]),
        (["ta=3"], [("ta", 3)]),
        (["TA", "cook : 1"], [("ta", 6), ("cook", 1)]),
        ("ta", [("ta", 6)]),
        (["Group:auxiliary=2"], [("group:auxiliary", 2)]),
        (["porter=2"], [("porter", 2)]),
        (["caretaker"], [("caretaker", None)]),
    ],
)
def test_posts_at_risk_are_named_by_code_or_label_with_or_without_a_number(asked, found):
    rows = choose_at_risk(staff("ta=6 cook=2 group:auxiliary=5"), asked, ROLES)
    said = [(row.post, None if pd.isna(row.at_risk) else row.at_risk) for row in rows.itertuples()]
    assert said == found


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["tas"], "this school has no post 'tas'; did you mean 'Ta'?"),
        (["zzzz"], "this school has no post 'zzzz'"),
        (["ta=7"], "'ta' has 6 people, and 7 were said to be at risk"),
        (["ta=1", "Ta=2"], "'Ta=2' is named twice"),
        (["ta=0"], "'ta=0' puts nobody at risk"),
        ([" "], "' ' is not a post"),
        (["ta:-1"], "'ta:-1' does not end in a number of people; write ta or ta:2"),
        (["TA = x"], "'TA = x' does not end in a number of people; write ta or ta:2"),
    ],
)
def test_a_post_at_risk_that_the_school_cannot_have_gets_its_sentence(asked, words):
    with pytest.raises(ParameterError) as refused:
        choose_at_risk(staff("ta=6"), asked, ROLES)
    assert str(refused.value) == f"parameter 'posts_at_risk': {words}"
