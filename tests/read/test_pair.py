"""Two days, two folders, or a day and a folder."""

import pytest

from analysis import read_two
from analysis.errors import AnalysisError, DayError
from tests.conftest import ROOT, SOURCES, fact, union
from tests.read.test_snapshot import admits, members

NEU = [*union("neu", "NEU", founded="2000"), admits("neu", "teacher", "yes")]
PAGES = [
    ["page-2015", "Page", "County", "", "2015", "yes", "2026-11-22", "whole page", "none"],
    ["page-2018", "Page", "County", "", "2018", "yes", "2026-11-22", "whole page", "none"],
    ["other-2016", "Page", "Other", "", "2016-05", "", "2026-11-22", "whole page", "none"],
]


def refusal(folder, *asked, kind=DayError):
    with pytest.raises(kind) as refused:
        read_two(folder, *asked)
    return str(refused.value)


def test_a_day_is_looked_up_in_the_projects_own_data_and_an_empty_one_a_year_before(write_folder):
    two = read_two(write_folder(NEU), after="2020-02-29")
    assert (two.before.day, two.after.day) == ("2019-02-28", "2020-02-29")
    two = read_two(write_folder(NEU), "2015", "2018-06")
    assert (two.before.day, two.after.day) == ("2015-01-01", "2018-06-01")


def test_a_folder_is_seen_from_the_day_on_which_its_newest_source_was_read(write_folder):
    older = [[*row[:6], "2024-03-01", *row[7:]] for row in SOURCES]
    old = write_folder([*NEU, members("neu", "90", "2020")], "old", sources=older)
    new = write_folder([*NEU, members("neu", "95", "2025")], "new")
    two = read_two(new, str(old), str(new))
    assert (two.before.day, two.after.day) == ("2024-03-01", "2026-11-22")
    assert [list(seen.members["members"]) for seen in (two.before, two.after)] == [[90], [95]]
    mixed = read_two(new, "2021", str(new))
    assert (mixed.before.day, mixed.after.day) == ("2021-01-01", "2026-11-22")
    assert list(mixed.before.members["members"]) == []


def test_of_one_publishers_pages_each_day_sees_the_newest_that_was_printed(write_folder):
    folder = write_folder(
        [
            *NEU,
            members("neu", "90", "2015", source="page-2015"),
            members("neu", "95", "2018", source="page-2018"),
            members("neu", "92", "2016", source="other-2016"),
        ],
        sources=[*SOURCES, *PAGES],
    )
    pages = [row[0] for row in PAGES]
    two = read_two(folder, "2015-06-30", "2018-06-30", pages)
    assert (two.before.only, two.after.only) == (("page-2015",), ("other-2016", "page-2018"))
    one = read_two(folder, "2018", "2019", "page-2018")
    assert (one.before.only, one.after.only) == (("page-2018",), ("page-2018",))
    assert refusal(folder, "2017-12-31", "2019", ["page-2018"]) == (
        "by 31 December 2017, none of these sources stood: page-2018"
    )
    assert refusal(folder, "2017", "2019", ["page-2017"], kind=AnalysisError).startswith(
        "no source 'page-2017' in sources.csv; did you mean 'page-20"
    )


def test_labels_and_sources_are_those_of_both_sides(write_folder):
    data = write_folder(
        [
            *union("nut", "NUT", "former", founded="1870"),
            *union("neu", "NEU", founded="2017-09-01"),
            fact("nut", "succeeded_by", "neu", as_of="2017-09-01"),
            fact("neu", "name", "NEU 2", "short", as_of="2019"),
        ]
    )
    two = read_two(data, "2017", "2020")
    assert (two.labels["nut"], two.labels["neu"]) == ("NUT", "NEU 2")
    assert list(two.sources.index) == ["county-2015", "press-2020", "undated"]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            "2019",
            "2018-06-30",
            "'before' is 2019-01-01, later than 'after', which is 2018-06-30; swap the two",
        ),
        (
            "nowhere",
            "2018",
            "'nowhere' is neither a day, such as 2019-01-31, nor a data folder",
        ),
        ("1200", "2018", "no facts on 1 January 1200: the first union was founded in 2000"),
    ],
)
def test_what_cannot_be_set_side_by_side_has_its_sentence(write_folder, before, after, sentence):
    assert refusal(write_folder(NEU), before, after) == sentence


def test_the_first_day_of_all_is_refused_as_any_day_before_the_facts():
    with pytest.raises(DayError, match="no facts on 1 January 0001"):
        read_two(ROOT / "data", after="0001-01-01")
