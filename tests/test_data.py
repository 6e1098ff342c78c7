"""The shipped data: what it must hold, and what it must not."""

import re

import pytest

from analysis import schema
from analysis.dates import first_day

TODAY_UNIONS = ["aep", "ascl", "community", "gmb", "naht", "nasuwt", "neu", "nsead", "prospect",
                "unison", "unite"]  # fmt: skip

# What a union that schools meet today may lack, and why.
UNSTATED = {
    ("nsead", "members"): "no source that was read gives a dated membership figure",
}


def test_there_are_at_least_600_facts_each_from_a_source_that_was_read(shipped):
    assert len(shipped.facts) >= 600
    assert set(shipped.facts["source"]) <= set(shipped.sources.index)
    assert set(shipped.sources["read"]) <= {"whole page", "part", "opening of the page"}


def test_every_source_and_every_benefit_is_used(shipped):
    of_role_codes = {"dfe-post-codes-2018", "sif-role-codes", "swc-changes-2023", "swc-guide-2024"}
    cited = {*shipped.facts["source"], *shipped.rules["source"]}
    assert set(shipped.sources.index) - cited == of_role_codes
    stated = shipped.facts.loc[shipped.facts["fact"] == "benefit", "item"]
    assert set(stated) == set(shipped.benefits.index)


@pytest.mark.parametrize("union", TODAY_UNIONS)
@pytest.mark.parametrize("fact", ["name", "status", "founded", "admits", "benefit", "members"])
def test_each_union_has_what_a_reader_asks_first_or_a_stated_reason(shipped, union, fact):
    data = shipped.as_at("2026-11-22")
    members = data.members
    found = {
        "admits": (data.coverage.query("level == 'admits' and answer == 'yes'")),
        "benefit": data.benefits,
        "members": members,
    }.get(fact, shipped.facts[shipped.facts["fact"] == fact])
    assert (union in set(found["union"])) is ((union, fact) not in UNSTATED)


def test_the_unions_compared_today_are_those_that_school_staff_join(shipped):
    assert shipped.as_at("2026-11-22").choose() == TODAY_UNIONS


def test_figures_lie_in_a_plausible_range(shipped):
    figures = shipped.as_at("2026-11-22").member_history
    assert figures["members"].between(100, 3_000_000).all()
    fees = shipped.as_at("2026-11-22").fees
    assert fees["pounds"].between(0, 1_000).all()
    founded = shipped.facts.loc[shipped.facts["fact"] == "founded", "value"]
    assert founded.map(first_day).between("1840-01-01", "2026-11-22").all()


def test_a_code_stands_for_one_thing_only(shipped):
    codes = [*shipped.facts["union"].unique(), *shipped.roles.index, *shipped.benefits.index]
    assert len(codes) == len(set(codes))


def test_the_codes_of_the_census_each_stand_on_a_role(shipped):
    posts = set(";".join(filter(None, shipped.roles["post_codes"])).split(";"))
    assert posts == {"EXH", "HDT", "DHT", "AHT", "TCH", "TCM", "TCU", "LDP", "APP", "LNT", "OSP",
                     "AVT", "TAS", "SBP"}  # fmt: skip
    roles = ";".join(filter(None, shipped.roles["role_codes"])).split(";")
    assert len(roles) == len(set(roles)) == 65


@pytest.mark.parametrize("text", ["best", "finest", "outstanding", "excellent", "superior"])
def test_no_praise_stands_outside_an_attributed_claim(shipped, text):
    facts = shipped.facts[shipped.facts["fact"] != "claim"]
    shown = facts["value"] + " " + facts["qualifier"]
    assert not shown.str.contains(rf"\b{text}\b", case=False).any()


def test_no_person_is_named_in_what_readers_see(shipped):
    shown = " ".join([*shipped.facts["value"], *shipped.facts["qualifier"],
                      *shipped.sources["title"], *shipped.sources["publisher"]])  # fmt: skip
    titles = re.findall(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Baroness) [A-Z]\w+", shown)
    assert titles == []


COUNTY = {
    "herts-2018": {
        "ascl": {
            ("members", "whole", "19000", "over"),
            *(("admits", role, "yes") for role in (
                "executive_headteacher", "trust_chief_executive", "principal", "headteacher",
                "head_of_school", "deputy_head", "assistant_head", "school_business_leader",
                "finance_director", "strategic_leader", "trust_central_staff",
                "education_body_staff")),
            *(("phase", phase, "yes") for phase in ("primary", "secondary", "sixth_form")),
            *(("nation", nation, "yes") for nation in (
                "england", "wales", "scotland", "northern_ireland")),
            ("claim", "leading:leaders_union"),
        },
        "naht": {
            ("founded", "present_body", "1897"),
            ("members", "whole", "28500", "over"),
            *(("nation", nation, "yes") for nation in ("england", "wales", "northern_ireland")),
            *(("phase", phase, "yes") for phase in (
                "early_years", "primary", "special", "secondary", "independent", "sixth_form",
                "further_education", "outdoor_education", "alternative_provision",
                "childrens_services")),
            ("benefit", "regional_officers", "yes", "seventeen full-time regional officers"),
            ("benefit", "legal_representation", "yes", "a dedicated team of solicitors"),
            *(("benefit", benefit, "yes") for benefit in (
                "pay_negotiation", "training", "publications", "conferences", "branch_network")),
            ("claim", "best:individual_support_for_leaders"),
        },
        "nasuwt": {
            ("members", "whole", "300000", ""),
            ("phase", "early_years", "yes"), ("phase", "further_education", "yes"),
            *(("benefit", benefit, "yes") for benefit in (
                "representation", "legal_representation", "training", "seminars", "conferences")),
            ("party_affiliated", "", "no"),
            ("phone", "", "03330 145550"),
            ("claim", "largest:teachers_union:uk"),
        },
        "neu": {
            ("founded", "present_body", "2017-09-01"),
            ("members", "whole", "450000", ""),
            ("nation", "england", "yes"), ("nation", "wales", "yes"),
            *(("benefit", benefit, "yes") for benefit in (
                "cpd_member_rates", "training", "free_for_trainees", "reduced_first_year",
                "online_resources", "workplace_rep", "campaigning", "democratic_say")),
            ("claim", "largest:union:europe"),
        },
        "nut": {("succeeded_by", "", "neu")},
        "atl": {("succeeded_by", "", "neu")},
        "unison": {
            ("members", "whole", "1300000", "over"),
            *(("admits", role, "yes") for role in (
                "librarian", "registrar", "hr_officer", "it_staff", "finance_officer",
                "teaching_assistant", "technician", "early_years_practitioner", "policy_adviser",
                "administrator", "secretary", "cleaner", "caretaker", "maintenance_worker",
                "porter")),
            ("benefit", "training", "yes"), ("benefit", "discounts", "yes"),
            ("claim", "largest:union:uk"), ("claim", "largest:union_in_education:uk"),
        },
    },
    "herts-2015": {
        "prospect": {
            ("members", "whole", "115000", ""), ("claim", "leading:professionals_union:uk"),
        },
        "aspect_group": {
            ("section_of", "", "prospect"),
            *(("admits", role, "yes") for role in (
                "education_adviser", "early_years_practitioner", "youth_service_manager",
                "inspector", "lecturer")),
            *(("benefit", benefit, "yes") for benefit in (
                "magazine", "career_support", "training", "representation",
                "legal_representation", "networking")),
            ("phone", "", "01924 207890"),
        },
        "nasuwt": {
            ("members", "whole", "250000", "over"),
            ("party_affiliated", "", "no"),
            ("phone", "", "03330 145550"),
            *(("benefit", benefit, "yes") for benefit in (
                "representation", "legal_representation", "training", "seminars", "conferences")),
            ("claim", "largest:teachers_union:uk"),
        },
        "nut": {
            ("admits", "teacher", "yes"), ("admits", "trainee_teacher", "yes"),
            ("admits", "group:classroom_support", "no"),
            *(("benefit", benefit, "yes") for benefit in (
                "cpd_member_rates", "training", "free_for_trainees", "reduced_first_year",
                "campaigning", "democratic_say", "legal_representation")),
            ("claim", "largest:teachers_union"),
            ("claim", "only:recruits_qualified_teachers_only"),
        },
    },
}  # fmt: skip


@pytest.mark.parametrize("page", COUNTY)
def test_every_fact_of_a_county_page_is_there_under_its_own_source(shipped, page):
    facts = shipped.facts[shipped.facts["source"] == page]
    rows = facts[["union", "fact", "item", "value", "qualifier"]].to_numpy().tolist()
    missing = [
        (union, *wanted)
        for union, all_wanted in COUNTY[page].items()
        for wanted in all_wanted
        if not any(row[: 1 + len(wanted)] == [union, *wanted] for row in rows)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("page", "union", "grade", "pounds"),
    [
        ("herts-2018", "neu", "trainee", 0),
        ("herts-2018", "neu", "first year", 1),
        ("herts-2015", "nut", "trainee", 0),
        ("herts-2015", "nut", "first year", 1),
    ],
)
def test_the_fees_of_the_county_pages_are_there(shipped, page, union, grade, pounds):
    day = page[-4:] + "-06-30"
    fees = shipped.as_at(day, sources=page).fees
    found = fees[(fees["union"] == union) & fees["grade"].str.contains(grade)]
    assert found["pounds"].tolist() == [pounds]


@pytest.mark.parametrize(
    ("union", "item", "years"),
    [("sha", "present_body", {"1977", "1978"}), ("nasuwt", "present_body", {"1976", "1975"}),
     ("uwt", "present_body", {"1964", "1909"}), ("gmb", None, {"1889", "1924"})],
)  # fmt: skip
def test_sources_that_differ_on_founding_are_both_kept(shipped, union, item, years):
    rows = shipped.facts[(shipped.facts["union"] == union) & (shipped.facts["fact"] == "founded")]
    rows = rows if item is None else rows[rows["item"] == item]
    assert {value[:4] for value in rows["value"]} == years


def test_both_days_of_voices_transfer_are_kept_and_the_later_counts(shipped):
    rows = shipped.facts[(shipped.facts["union"] == "voice")]
    rows = rows[rows["fact"] == "succeeded_by"]
    assert set(rows["as_of"]) == {"2020-10-01", "2020-10-20"}
    assert "voice" in shipped.as_at("2020-10-19").unions.index
    assert "voice" not in shipped.as_at("2020-10-20").unions.index


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2017-10-31", "not stated"), ("2017-11-30", "no"), ("2023-02-28", "no"),
     ("2023-03-31", "disputed"), ("2025-09-30", "disputed")],
)  # fmt: skip
def test_the_neu_and_teaching_assistants_turn_on_the_agreement_and_the_rulings(
    shipped, day, answer
):
    rows = shipped.as_at(day).coverage.query("union == 'neu' and role == 'teaching_assistant'")
    answers = rows.set_index("level")["answer"]
    assert answers["recruits"] == answer
    assert answers["admits"] == "yes"


def test_every_rule_that_the_report_needs_is_there_and_every_number_has_its_unit(shipped):
    assert set(shipped.rules["rule"]) == set(schema.RULES)
    for rule, value, unit in shipped.rules[["rule", "value", "unit"]].itertuples(index=False):
        assert (unit != "") == value.isdecimal(), rule


@pytest.mark.parametrize(
    ("day", "award", "facility_time"),
    [("2026-02-17", "90", "yes"), ("2026-02-18", "90", "no"), ("2026-04-05", "90", "no"),
     ("2026-04-06", "180", "no")],
)  # fmt: skip
def test_the_day_asked_chooses_the_rule(shipped, day, award, facility_time):
    rules = shipped.as_at(day).rules["value"]
    assert rules["protective_award"] == award
    assert rules["facility_time_publication"] == facility_time
