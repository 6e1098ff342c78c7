import pandas as pd
import pytest

from analysis.errors import DayError, UnknownNameError, UnknownUnionError
from analysis.schema import FILES
from tests.conftest import ROOT, fact, union

MERGED = [
    *union("nut", "NUT", "former", founded="1870"),
    *union("neu", "NEU", founded="2017-09-01"),
    fact("nut", "succeeded_by", "neu", as_of="2017-09-01"),
]


def members(code, value, as_of, basis="claimed", **more):
    return fact(code, "members", value, "whole", basis=basis, as_of=as_of, **more)


def admits(code, role, answer, as_of="", source="press-2020", **more):
    return fact(code, "admits", answer, role, basis="stated", as_of=as_of, source=source, **more)


def answer(data, code, role, level="admits"):
    rows = data.coverage.query("union == @code and role == @role and level == @level")
    return rows["answer"].item()


def test_a_union_is_listed_until_the_day_before_it_merged(read_facts):
    facts = read_facts(MERGED)
    assert list(facts.as_at("2017-08-31").unions.index) == ["nut"]
    assert list(facts.as_at("2017-09-01").unions.index) == ["neu"]


def test_of_two_days_for_one_merger_the_later_counts_and_both_are_shown(read_facts):
    facts = read_facts(
        [*MERGED, fact("nut", "succeeded_by", "neu", as_of="2018", source="undated")]
    )
    assert "nut" in facts.as_at("2017-12-31").unions.index
    assert "nut" not in facts.as_at("2018-01-01").unions.index
    events = facts.as_at("2020").history.query("event == 'succeeded_by'")
    assert list(events["dated"]) == ["1 September 2017", "2018"]


def test_a_body_stands_until_what_it_went_into_begins(read_facts):
    facts = read_facts(
        [
            *union("ahm", "AHM", "former", founded="1874"),
            *union("sha", "SHA", founded="1978"),
            fact("ahm", "succeeded_by", "sha", as_of="1977"),
        ]
    )
    assert list(facts.as_at("1977-06-01").unions.index) == ["ahm"]
    assert list(facts.as_at("1978-01-01").unions.index) == ["sha"]


def test_a_day_before_the_first_fact_is_refused_with_the_first_year(read_facts):
    with pytest.raises(DayError, match=r"^no facts on 1 May 1800: .* founded in 1870$"):
        read_facts(MERGED).as_at("1800-05-01")


def test_a_day_that_is_none_is_refused(read_facts):
    with pytest.raises(DayError, match=r"^'01/09/2017' is not a day; write it as 2019-01-31"):
        read_facts(MERGED).as_at("01/09/2017")


@pytest.mark.parametrize(
    ("day", "code", "sentence"),
    [
        ("2019-01-01", "nut", "no union 'nut' on 2019-01-01: it became neu on 2017-09-01"),
        ("2016-01-01", "neu", "no union 'neu' on 2016-01-01: it was founded on 2017-09-01"),
        ("2019-01-01", "nutt", "no union 'nutt'; did you mean 'nut'?"),
        ("2019-01-01", "naht", "no union 'naht'"),
    ],
)
def test_a_union_that_is_not_there_on_the_day_gets_a_sentence(read_facts, day, code, sentence):
    with pytest.raises(UnknownUnionError) as refused:
        read_facts(MERGED).as_at(day).choose([code])
    assert str(refused.value) == sentence


def test_the_unions_compared_are_those_that_admit_somebody_in_alphabetical_order(read_facts):
    facts = read_facts(
        [
            *union("zeta", "zeta"),
            *union("alpha", "Alpha"),
            *union("abroad", "Abroad"),
            admits("zeta", "teacher", "yes"),
            admits("alpha", "teacher", "yes"),
            admits("abroad", "teacher", "no"),
        ]
    )
    assert facts.as_at("2026-11-22").choose() == ["alpha", "zeta"]
    assert facts.as_at("2026-11-22").choose(["zeta", "alpha", "zeta"]) == ["zeta", "alpha"]
    assert facts.as_at("2026-11-22").choose("abroad") == ["abroad"]


def test_a_union_is_compared_even_where_only_a_later_source_says_whom_it_admits(read_facts):
    facts = read_facts([*union("naht", "NAHT", founded="1897"), admits("naht", "teacher", "yes")])
    data = facts.as_at("2015")
    assert data.choose() == ["naht"]
    assert answer(data, "naht", "teacher") == "not stated"


def test_a_founding_counts_from_its_own_day_whenever_it_was_printed(read_facts):
    history = read_facts(union("naht", "NAHT", founded="1897")).as_at("1900").history
    assert history[["event", "date", "dated"]].to_numpy().tolist() == [["founded", "1897", "1897"]]


def test_a_day_on_which_no_union_of_school_staff_stood_gets_a_sentence(read_facts):
    with pytest.raises(UnknownUnionError) as refused:
        read_facts(MERGED).as_at("1900").choose()
    assert str(refused.value) == (
        "no union that school staff join stood on 1 January 1900; ask for a later day, or name "
        "the unions"
    )


def test_a_row_without_a_date_counts_from_its_source_printed_or_else_read(read_facts):
    facts = read_facts(
        [
            *union("neu", "NEU", founded="2000"),
            admits("neu", "teacher", "yes", source="press-2020"),
            admits("neu", "caretaker", "yes", source="undated"),
        ]
    )
    assert answer(facts.as_at("2020-06-29"), "neu", "teacher") == "not stated"
    assert answer(facts.as_at("2020-06-30"), "neu", "teacher") == "yes"
    assert answer(facts.as_at("2026-11-21"), "neu", "caretaker") == "not stated"
    assert answer(facts.as_at("2026-11-22"), "neu", "caretaker") == "yes"
    rows = facts.as_at("2026-11-22").coverage.query("role == 'caretaker' and answer == 'yes'")
    assert rows["dated"].item() == "undated, read November 2026"


def test_an_inferred_date_is_said_to_be_inferred(read_facts):
    facts = read_facts([*union("neu", "NEU"), members("neu", "9", "2015", source="county-2015")])
    assert facts.as_at("2026-11-22").members["dated"].item() == "about 2015, date inferred"


def test_no_row_is_not_stated_and_never_no(read_facts):
    data = read_facts([*union("neu", "NEU"), admits("neu", "teacher", "no")]).as_at("2026-11-22")
    assert answer(data, "neu", "teacher") == "no"
    others = data.coverage.query("not (role == 'teacher' and level == 'admits')")
    assert set(others["answer"]) == {"not stated"}


def test_sources_that_differ_make_a_disputed_answer_that_names_both(read_facts):
    data = read_facts(
        [
            *union("neu", "NEU"),
            admits("neu", "teacher", "yes", "2020"),
            admits("neu", "teacher", "no", "2019", source="undated"),
        ]
    ).as_at("2026-11-22")
    rows = data.coverage.query("role == 'teacher' and level == 'admits'")
    assert rows["answer"].item() == "disputed"
    assert rows["sources"].item() == ("press-2020", "undated")


def test_of_one_source_the_newest_row_counts(read_facts):
    data = read_facts(
        [
            *union("neu", "NEU"),
            admits("neu", "teacher", "no", "2010"),
            admits("neu", "teacher", "yes", "2015"),
        ]
    )
    assert answer(data.as_at("2014-12-31"), "neu", "teacher") == "no"
    assert answer(data.as_at("2015-01-01"), "neu", "teacher") == "yes"


def test_a_row_past_its_age_drops_out_once_a_newer_one_exists(read_facts):
    rows = [*union("neu", "NEU"), admits("neu", "teacher", "no", "2005", source="undated")]
    alone = read_facts(rows).as_at("2020")
    assert answer(alone, "neu", "teacher") == "no"
    assert alone.coverage.query("answer == 'no'")["old"].item()
    newer = read_facts([*rows, admits("neu", "teacher", "yes", "2010")])
    assert answer(newer.as_at("2015-12-31"), "neu", "teacher") == "disputed"
    assert answer(newer.as_at("2016-01-01"), "neu", "teacher") == "yes"


def test_a_group_row_speaks_of_every_role_of_its_group_and_says_so(read_facts):
    data = read_facts(
        [
            *union("neu", "NEU"),
            admits("neu", "group:classroom_support", "yes"),
            admits("neu", "hlta", "no"),
        ]
    ).as_at("2026-11-22")
    rows = data.coverage.query("level == 'admits'").set_index("role")
    assert rows.loc["teaching_assistant", ["answer", "by_group"]].tolist() == ["yes", True]
    assert rows.loc["hlta", ["answer", "by_group"]].tolist() == ["no", False]
    assert rows.loc["caretaker", "answer"] == "not stated"


def test_a_sections_yes_is_its_unions_yes_and_its_no_is_not(read_facts):
    data = read_facts(
        [
            *union("prospect", "Prospect"),
            *union("aspect", "Aspect Group", "section"),
            fact("aspect", "section_of", "prospect"),
            admits("aspect", "inspector", "yes", qualifier="advisers too"),
            admits("aspect", "teacher", "no"),
        ]
    ).as_at("2026-11-22")
    rows = data.coverage.query("union == 'prospect' and role == 'inspector' and level == 'admits'")
    assert rows["answer"].item() == "yes"
    assert rows["qualifier"].item() == "through its section, Aspect Group: advisers too"
    assert answer(data, "prospect", "teacher") == "not stated"
    assert data.choose() == ["prospect"]
    assert data.unions.loc["aspect", ["status", "parent"]].tolist() == ["section", "prospect"]


def test_members_are_all_rows_of_the_newest_date_per_basis(read_facts):
    data = read_facts(
        [
            *union("neu", "NEU"),
            members("neu", "100", "2018"),
            members("neu", "120", "2019-12-31"),
            members("neu", "130", "2019-12-31", source="undated"),
            members("neu", "90", "2017", basis="return_all"),
        ]
    ).as_at("2020-01-01")
    assert data.members[["basis", "members"]].to_numpy().tolist() == [
        ["claimed", 120],
        ["claimed", 130],
        ["return_all", 90],
    ]


def test_of_one_figure_on_two_bases_the_better_basis_is_kept(read_facts):
    data = read_facts(
        [
            *union("neu", "NEU"),
            members("neu", "100", "2018", basis="not_stated"),
            members("neu", "100", "2018-12-31", basis="return_all"),
        ]
    ).as_at("2026-11-22")
    assert list(data.member_history["basis"]) == ["return_all"]


def test_a_figure_turns_old_the_day_after_its_limit(read_facts):
    facts = read_facts([*union("neu", "NEU"), members("neu", "100", "2020")])
    assert not facts.as_at("2023-12-31").members["old"].item()
    assert facts.as_at("2024-01-01").members["old"].item()


def test_the_newest_name_on_the_day_is_shown_and_a_printed_one_never(read_facts):
    facts = read_facts(
        [
            fact("pat", "name", "Professional Association", "official"),
            fact("pat", "name", "Voice", "official", as_of="2008"),
            fact("pat", "name", "PAT", "short"),
            fact("pat", "name", "PTA", "as_printed"),
            fact("pat", "status", "active"),
            fact("pat", "founded", "1970", "present_body"),
        ]
    )
    assert facts.as_at("2007").unions.loc["pat", "official_name"] == "Professional Association"
    assert facts.as_at("2008").unions.loc["pat", "official_name"] == "Voice"
    assert facts.as_at("2008").labels["pat"] == "PAT"


def test_looking_through_one_source_shows_only_what_it_states(read_facts):
    facts = read_facts(
        [
            *union("neu", "NEU"),
            *union("naht", "NAHT"),
            members("neu", "100", "2015", source="county-2015"),
            members("neu", "120", "2015", basis="return_all"),
            members("naht", "50", "2015"),
        ]
    )
    page = facts.as_at("2015-06-30", sources="county-2015")
    assert list(page.unions.index) == ["neu"]
    assert list(page.members["members"]) == [100]
    with pytest.raises(
        UnknownNameError, match=r"^no source 'county-2016' in sources.csv; did you"
    ):
        facts.as_at("2015", sources=["county-2016"])


def test_the_order_of_the_rows_in_the_files_changes_nothing(write_folder, shipped):
    from analysis import read_dataset

    folder = write_folder([])
    for kind in FILES:
        lines = (ROOT / "data" / f"{kind}.csv").read_text("utf-8").splitlines()
        turned = lines[:0:-1] if kind in ("unions", "sources") else lines[1:]
        (folder / f"{kind}.csv").write_text("\n".join([lines[0], *turned, ""]), "utf-8")
    read = read_dataset(folder)
    pd.testing.assert_frame_equal(read.facts, shipped.facts)
    pd.testing.assert_frame_equal(read.sources, shipped.sources)
    assert read.edition == shipped.edition


def test_the_edition_changes_with_the_contents_and_not_with_their_form(write_folder, read_facts):
    from analysis import read_dataset

    path = write_folder(MERGED) / "unions.csv"
    before = read_dataset(path.parent).edition
    lines = path.read_text("utf-8").splitlines()
    path.write_bytes(("\ufeff" + "\r\n".join([lines[0], *lines[:0:-1]]) + "\r\n").encode())
    assert read_dataset(path.parent).edition == before
    assert read_facts([*MERGED, members("neu", "1", "2018")]).edition != before
