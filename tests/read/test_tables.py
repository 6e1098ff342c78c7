"""What each table of a day holds: which row is the newest, which basis the best, what is shown."""

import pytest

from analysis.errors import UnknownUnionError
from tests.conftest import fact, union
from tests.read.test_snapshot import members

TODAY = "2026-11-22"
NEU = union("neu", "NEU", founded="2000")


def fee(pounds, as_of, basis="per_year", grade="teacher", source="press-2020"):
    return fact("neu", "fee", pounds, grade, basis=basis, as_of=as_of, source=source)


@pytest.mark.parametrize(
    ("day", "code", "end"),
    [
        ("1890", "naht", "it was founded in 1897"),
        ("2017", "neu", "it was founded in September 2017"),
        ("1994", "cohse", "it became unison in 1993"),
        ("2020", "atl", "it became neu in September 2017"),
        ("2020", "nut", "it became neu on 2018-01-01"),
    ],
)
def test_a_day_is_said_as_it_is_written(read_facts, day, code, end):
    facts = read_facts(
        [
            *union("naht", "NAHT", founded="1897"),
            *union("neu", "NEU", founded="2017-09"),
            *union("unison", "UNISON", founded="1993"),
            *union("cohse", "COHSE", "former", founded="1880"),
            *union("atl", "ATL", "former", founded="1978"),
            *union("nut", "NUT", "former", founded="1870"),
            fact("cohse", "succeeded_by", "unison", as_of="1993"),
            fact("atl", "succeeded_by", "neu", as_of="2017"),
            fact("nut", "succeeded_by", "neu", as_of="2018-01-01"),
        ]
    )
    with pytest.raises(UnknownUnionError) as refused:
        facts.as_at(day).choose(code)
    first = day if len(day) > 4 else f"{day}-01-01"
    assert str(refused.value) == f"no union '{code}' on {first}: {end}"


def test_of_two_founding_days_the_later_counts(read_facts):
    facts = read_facts([*union("sha", "SHA", founded="1977"),
                        fact("sha", "founded", "1978", "present_body", source="undated"),
                        fact("sha", "founded", "1960", "origin"),
                        fact("sha", "founded", "1950", "origin", source="undated")])  # fmt: skip
    assert list(facts.as_at("1977-12-31").unions.index) == []
    row = facts.as_at("1978").unions.loc["sha"]
    assert row[["founded", "founded_year", "origin", "origin_year"]].tolist() == [
        "1978", 1978, "1950", 1950
    ]  # fmt: skip


def test_one_figure_of_two_scopes_or_two_years_is_kept_on_each_basis(read_facts):
    def figure(scope, basis, as_of):
        return fact("neu", "members", "100", scope, basis=basis, as_of=as_of)

    history = (
        read_facts(
            [
                *NEU,
                figure("whole", "return_all", "2018"),
                figure("education", "claimed", "2018"),
                figure("whole", "not_stated", "2019"),
            ]
        )
        .as_at(TODAY)
        .member_history
    )
    assert sorted(history[["scope", "basis", "as_of"]].to_numpy().tolist()) == [
        ["education", "claimed", "2018"],
        ["whole", "not_stated", "2019"],
        ["whole", "return_all", "2018"],
    ]


def test_the_newest_members_are_found_for_each_scope(read_facts):
    education = fact("neu", "members", "50", "education", basis="claimed", as_of="2015")
    data = read_facts([*NEU, members("neu", "90", "2018"), education]).as_at(TODAY)
    assert data.members[["scope", "members"]].to_numpy().tolist() == [
        ["education", 50],
        ["whole", 90],
    ]


def test_the_newest_fees_are_found_for_each_grade_and_basis(read_facts):
    rows = [
        *NEU,
        fee("100", "2018"),
        fee("120", "2019"),
        fee("121", "2019", source="undated"),
        fee("9", "2015", basis="per_month"),
        fee("0", "2014", grade="trainee"),
    ]
    fees = read_facts(rows).as_at(TODAY).fees
    assert sorted(fees["pounds"]) == [0, 9, 120, 121]
    assert fees.set_index("pounds")["old"].tolist() == [True] * 4


def test_an_old_number_drops_out_once_a_newer_one_serves_the_same_purpose(read_facts):
    rows = [
        *NEU,
        fact("neu", "phone", "01111 111111", qualifier="advice", as_of="2015"),
        fact("neu", "phone", "02222 222222", qualifier="advice", as_of="2020"),
        fact("neu", "phone", "03333 333333", qualifier="office", as_of="2010"),
        fact("neu", "website", "old.org.uk", as_of="2015"),
        fact("neu", "website", "new.org.uk", as_of="2016"),
    ]
    assert sorted(read_facts(rows).as_at(TODAY).contacts["value"]) == [
        "02222 222222",
        "03333 333333",
        "new.org.uk",
    ]


def test_unions_stand_in_the_order_of_their_short_names_not_codes(read_facts):
    rows = [*union("zz", "Alpha"), *union("mm", "beta"), *union("aa", "Gamma")]
    data = read_facts(rows).as_at(TODAY)
    assert list(data.unions.index) == ["zz", "mm", "aa"]
    assert list(dict.fromkeys(data.coverage["union"])) == ["zz", "mm", "aa"]


def test_history_shows_nothing_that_is_still_to_come(read_facts):
    rows = [
        *NEU,
        *union("nut", "NUT", "former", founded="1990"),
        # Printed in 2020 of a day that was then to come: counts from that day.
        fact("nut", "succeeded_by", "neu", as_of="2021-03-01"),
        fact("neu", "founded", "2010", "origin"),
    ]
    facts = read_facts(rows)
    assert set(facts.as_at("2021-02-28").history["event"]) == {"founded"}
    assert "succeeded_by" in set(facts.as_at("2021-03-01").history["event"])
    assert list(facts.as_at("2005").history["date"]) == ["1990", "2000"]


def test_a_founding_that_a_row_dates_to_an_earlier_day_is_not_shown_before_it(read_facts):
    late = fact("neu", "founded", "2015", "origin", as_of="2001")
    assert list(read_facts([*NEU, late]).as_at("2010").history["date"]) == ["2000"]


def test_only_the_rows_that_rest_on_an_inferred_date_say_so(read_facts):
    rows = [
        *NEU,
        members("neu", "9", "2012", source="county-2015"),
        fact("neu", "benefit", "yes", "training", source="county-2015"),
        fact("neu", "benefit", "yes", "legal_help"),
    ]
    data = read_facts(rows).as_at(TODAY)
    assert data.members["dated"].item() == "2012"
    assert data.benefits.set_index("benefit")["dated"].to_dict() == {
        "legal_help": "printed 30 June 2020",
        "training": "about 2015, date inferred",
    }
