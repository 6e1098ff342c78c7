"""Changes told in words."""

import pytest

from analysis import (
    changes_between,
    read_two,
    say_changes_cover,
    say_changes_in_brief,
    stale_facts,
    stale_since,
    tabulate_changed_benefits,
    tabulate_changed_claims,
    tabulate_changed_details,
    tabulate_changed_fees,
    tabulate_changed_figures,
    tabulate_changed_posts,
    tabulate_changed_unions,
    tabulate_first_read,
    tabulate_stale,
)
from tests.conftest import ROOT, fact, union
from tests.read.test_snapshot import MERGED, admits, members
from tests.show.test_tables import texts

NEU = [*union("neu", "NEU", founded="2000"), admits("neu", "teacher", "yes", "2010")]


def said(prose):
    """Return the words of a computed text, with sources in square brackets."""
    runs = [block["runs"] for block in prose.blocks if block["type"] == "paragraph"]
    runs += [item for block in prose.blocks if block["type"] == "list" for item in block["items"]]
    return ["".join(run.get("text") or f"[{','.join(run['cite'])}]" for run in one)
            for one in runs]  # fmt: skip


@pytest.fixture(scope="module")
def pages():
    return read_two(ROOT / "data", "2015-06-30", "2018-06-30", ["herts-2015", "herts-2018"])


@pytest.fixture
def between(read_facts):
    """Return a function that gives the changes between two lists of facts, and the labels."""

    def changes(before, after, day="2021"):
        older, newer = read_facts(before).as_at(day), read_facts(after).as_at("2026-11-22")
        return changes_between(older, newer), newer.labels, dict(newer.roles["group"])

    return changes


def test_the_two_county_pages_in_brief_and_their_tables(pages):
    changes = changes_between(pages.before, pages.after)
    stale = stale_since(pages.before, pages.after)
    assert said(say_changes_in_brief(changes, stale, pages.labels)) == [
        "NUT merged into NEU (1 September 2017); Aspect Group is no longer listed; ASCL, NAHT, NEU"
        " and UNISON are newly listed.[herts-2018,herts-2015]",
        "One membership figure changed: NASUWT, up from over 250,000[herts-2015] to 300,000"
        "[herts-2018], by 50,000, as rounded by the sources (the union's own round figure).",
        "On posts and benefits, no answer changed. No fee changed.",
        "Three claims are carried over.",
        "No facts passed their age limit.",
    ]
    unions = texts(tabulate_changed_unions(changes, pages.labels))
    assert unions[1] == [
        ["Aspect Group"],
        ["No longer listed, a section of Prospect[herts-2015]"],
        ["Day not stated"],
        ["Six posts, nine benefits and five other details"],
    ]
    assert unions[3][:3] == [
        ["NEU"], ["Newly listed; founded since[herts-2018]"], ["1 September 2017"],
    ]  # fmt: skip
    assert unions[4][1:3] == [["Merged into NEU[herts-2018,herts-2015]"], ["1 September 2017"]]
    assert texts(tabulate_changed_figures(changes, pages.labels)) == [
        [
            ["NASUWT"],
            ["The union's own round figure"],
            ["over 250,000[herts-2015]", "about 2015, date inferred"],
            ["300,000[herts-2018]", "about 2018, date inferred"],
            ["Up by 50,000, as rounded by the sources"],
        ]
    ]
    claims = texts(tabulate_changed_claims(changes, pages.labels))
    assert [row[-1] for row in claims] == [
        ["Carried over"],
        ["Carried over"],
        ["Carried over from NUT"],
    ]


def test_a_section_without_a_change_says_so(pages):
    changes, labels = changes_between(pages.after, pages.after), pages.labels
    for told in (
        tabulate_changed_unions(changes, labels),
        tabulate_changed_figures(changes, labels),
        tabulate_changed_posts(changes, {}, labels),
        tabulate_changed_benefits(changes, labels),
        tabulate_changed_fees(changes, labels),
        tabulate_changed_details(changes, labels),
        tabulate_changed_claims(changes, labels),
    ):
        assert said(told) == ["No change is stated."]
    assert said(tabulate_first_read(changes, labels)) == [
        "No undated page was read for the first time."
    ]
    stale = stale_since(pages.before, pages.after)
    assert said(tabulate_stale(stale, {}, labels)) == ["No fact passed its age limit."]
    assert said(say_changes_in_brief(changes, stale, labels))[:4] == [
        "No union came, went or merged.",
        "No membership figure changed.",
        "On posts and benefits, no answer changed. No fee changed.",
        "No claim changed.",
    ]


def test_the_cover_names_both_days_and_what_is_looked_through(pages):
    made = say_changes_cover(
        pages.before, pages.after, pages.sources, pages.labels, unions=["neu", "nut"]
    )
    items = {item["term"]: item["runs"][0]["text"] for item in made.blocks[0]["items"]}
    assert items["Facts as at"] == "30 June 2018"
    assert items["Compared with"] == "30 June 2015"
    assert items["Unions"] == "NEU and NUT"
    assert items["Seen through"] == "Teach in Herts (2015) and Teach in Herts (2018)"


def test_the_cover_says_if_the_other_side_is_of_another_edition(write_folder):
    old, new = write_folder(NEU, "old"), write_folder([*NEU, members("neu", "9", "2020")])
    two = read_two(new, str(old), str(new))
    made = say_changes_cover(two.before, two.after, two.sources, two.labels, "Ours")
    items = {item["term"]: item["runs"][0]["text"] for item in made.blocks[0]["items"]}
    assert items["Compared with"] == f"22 November 2026, in data edition {two.before.edition}"
    assert made.title == "Ours"


def test_figures_are_told_with_their_scope_their_date_and_whether_they_are_old(between):
    before = [*NEU, members("neu", "1200", "2010", basis="return_all")]
    after = [
        *NEU,
        members("neu", "1100", "2019-12-31", basis="return_all"),
        members("neu", "70", "2024", basis="other", qualifier="in one town"),
    ]
    changes, labels, _ = between(before, after)
    assert texts(tabulate_changed_figures(changes, labels)) == [
        [
            ["NEU"],
            ["Another count", "in one town"],
            ["not stated"],
            ["70[press-2020]", "2024"],
            ["Not stated before"],
        ],
        [
            ["NEU"],
            ["All members, statutory return"],
            ["1,200[press-2020]", "2010", "old figure"],
            ["1,100[press-2020]", "31 December 2019", "old figure"],
            ["Down by 100"],
        ],
    ]


def test_many_fees_that_came_together_stand_in_one_row_as_a_range(between):
    def fee(grade, pounds, as_of="2025"):
        return fact("neu", "fee", pounds, grade, basis="per_month", as_of=as_of)

    before = [*NEU, fee("head", "20", "2019"), fee("ta", "5", "2019")]
    after = [*NEU, fee("head", "21.50"), fee("ta", "5"), fee("a", "1"), fee("b", "2"),
             fee("c", "3.25")]  # fmt: skip
    changes, labels, _ = between(before, after)
    assert texts(tabulate_changed_fees(changes, labels)) == [
        [
            ["NEU"],
            ["Three grades"],
            ["not stated"],
            ["£1 to £3.25 a month[press-2020]", "2025"],
            ["Not stated before"],
        ],
        [
            ["NEU"],
            ["Head", "a month"],
            ["£20[press-2020]", "2019"],
            ["£21.50[press-2020]", "2025"],
            ["Up by £1.50"],
        ],
        [
            ["NEU"],
            ["Ta", "a month"],
            ["£5[press-2020]", "2019"],
            ["£5[press-2020]", "2025"],
            ["The same figure, of another date"],
        ],
    ]


def test_posts_with_one_change_stand_in_one_row_and_whole_groups_by_their_name(between):
    before = [*NEU, admits("neu", "caretaker", "no", "2020")]
    after = [
        *NEU,
        admits("neu", "caretaker", "yes", "2022", qualifier="in England"),
        admits("neu", "group:classroom_support", "yes", "2023"),
        admits("neu", "headteacher", "yes", "2024", source="county-2015"),
    ]
    changes, labels, groups = between(before, after)
    assert texts(tabulate_changed_posts(changes, groups, labels)) == [
        [
            ["NEU"],
            ["May join"],
            ["Caretaker"],
            ["no[press-2020]", "2020"],
            ["yes[press-2020]", "in England", "2022"],
        ],
        [
            ["NEU"],
            ["May join"],
            ["Headteacher; all teaching assistants"],
            ["not stated"],
            ["yes[county-2015,press-2020]", "2024; 2023"],
        ],
    ]


def test_an_address_that_changed_has_no_mark_of_an_answer_and_a_limit_names_every_source(between):
    before = [*NEU, fact("neu", "website", "old.uk", as_of="2019"),
              admits("neu", "caretaker", "yes", "2019", qualifier="in England")]  # fmt: skip
    after = [*NEU, fact("neu", "website", "new.uk", as_of="2022"),
             admits("neu", "caretaker", "yes", "2022", source="county-2015"),
             admits("neu", "caretaker", "yes", "2019", qualifier="in Wales")]  # fmt: skip
    changes, labels, groups = between(before, after)
    (website,) = tabulate_changed_details(changes, labels).rows
    assert [cell["mark"] for cell in website["cells"][2:]] == [None, None]
    (post,) = texts(tabulate_changed_posts(changes, groups, labels))
    assert post[3:] == [["yes[press-2020]", "in England", "2019"],
                        ["yes[county-2015,press-2020]", "in Wales", "2022"]]  # fmt: skip


def test_what_undated_pages_state_is_counted_apart(between):
    after = [
        *NEU,
        admits("neu", "caretaker", "yes", source="undated"),
        fact("neu", "benefit", "yes", "training", source="undated"),
        fact("neu", "website", "neu.org.uk", source="undated"),
        fact("neu", "benefit", "yes", "legal_help", as_of="2022"),
        fact("neu", "nation", "yes", "england", as_of="2022"),
    ]
    changes, labels, groups = between(NEU, after)
    assert said(tabulate_changed_posts(changes, groups, labels)) == ["No change is stated."]
    assert texts(tabulate_changed_benefits(changes, labels)) == [
        [["NEU"], ["Legal help"], ["not stated"], ["yes[press-2020]", "2022"]]
    ]
    assert texts(tabulate_changed_details(changes, labels)) == [
        [["NEU"], ["England"], ["not stated"], ["yes[press-2020]", "2022"]]
    ]
    assert texts(tabulate_first_read(changes, labels)) == [
        [["NEU"], ["One post, one benefit and one other detail[undated]"], ["Read November 2026"]]
    ]
    brief = said(say_changes_in_brief(changes, changes.head(0), labels))
    assert brief[2] == "On posts and benefits, one answer is newly stated. No fee changed."
    assert brief[4] == (
        "Three statements stand on undated pages that were first read since. They may be older, "
        "and are counted apart."
    )


def test_a_union_of_which_it_is_no_longer_stated_that_it_merged_is_listed_again(between):
    serving = [admits("nut", "teacher", "yes", "2010"), admits("neu", "teacher", "yes", "2018")]
    standing = [*union("nut", "NUT"), *union("neu", "NEU", founded="2017-09-01")]
    changes, labels, _ = between([*MERGED, *serving], [*standing, *serving])
    assert texts(tabulate_changed_unions(changes, labels))[0][1] == [
        "Listed again; no longer stated that it merged into NEU[press-2020]"
    ]
    assert said(say_changes_in_brief(changes, changes.head(0), labels))[0] == (
        "NUT is newly listed.[press-2020]"
    )


def test_old_facts_of_one_kind_and_date_stand_in_one_row_with_the_limit_and_its_reason(read_facts):
    rows = [
        *NEU,
        members("neu", "90", "2010", qualifier="over"),
        admits("neu", "group:classroom_support", "yes", "2009"),
        admits("neu", "caretaker", "yes", "2009"),
        fact("neu", "benefit", "yes", "training", as_of="2011"),
        fact("neu", "benefit", "yes", "legal_help", as_of="2011"),
    ]
    data = read_facts(rows).as_at("2020-06-30")
    stale = stale_facts(data.facts, data.day)
    assert texts(tabulate_stale(stale, dict(data.roles["group"]), data.labels)) == [
        [
            ["NEU"],
            ["Members[press-2020]", "Over 90 (the union's own round figure)"],
            ["2010"],
            ["Three years", "returns are made every year and move by several per cent"],
        ],
        [
            ["NEU"],
            ["Posts: may join[press-2020]", "All teaching assistants; caretaker"],
            ["2009"],
            ["10 years", "rules on who may join change at conferences, seldom"],
        ],
        [
            ["NEU"],
            ["Benefits[press-2020]", "Legal help; training"],
            ["2011"],
            ["Eight years", "services are renamed and replaced every few years"],
        ],
    ]
