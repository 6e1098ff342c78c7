"""The words of the data and of the reports, each defined once.

``data/datapackage.json`` and ``data/README.md`` are written from this module
(``python -m analysis.read.package``), the reader checks against it, and the charts and tables
take their words from it.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# Both hold text: nbformat copies, checks and indents JSON part by part, and text not at all.
TABLE_MIME = "application/vnd.unions.table"
PROSE_MIME = "application/vnd.unions.prose"
CHART_MIME = "application/vnd.plotly.v1+json"
# In a chart's ``layout.meta``: how many pixels of its height and top margin its title takes.
TITLE_ROOM = "title_room"
# The project's own data, as a notebook finds it.
NOTEBOOKS_DATA = "../data"

ANSWERS = ("yes", "no", "disputed", "not stated")
STORED_ANSWERS = ("yes", "no", "disputed")
GROUP_ANSWERS = ("yes", "some", "no", "disputed", "not stated")

LEVELS = {
    "admits": "may join",
    "recruits": "is actively recruited",
    "recognised": "is bargained for",
}

STATUSES = {
    "active": "a union of its own",
    "section": "a section of another union",
    "former": "no longer a union of its own",
}

# Best first: of two rows with one figure, the row with the better basis is kept.
BASES = {
    "return_all": "all members, statutory return",
    "return_contributing": "paying members, statutory return",
    "tuc": "members affiliated to the TUC",
    "balloted": "members sent a ballot paper",
    "claimed": "the union's own round figure",
    "other": "another count",
    "not_stated": "source does not say how",
}

QUALIFIERS = ("over", "about", "nearly")

FEE_BASES = {
    "per_month": "a month",
    "per_year": "a year",
    "per_six_months": "for the first six months",
    "one_off": "once",
}

ADMITS_BASES = {"stated": "said outright", "implied": "follows from what is said"}

AGREEMENTS = {
    "burgundy_book": "Burgundy Book",
    "green_book": "Green Book",
    "soulbury": "Soulbury",
    "local": "the employer's own agreement",
}

ROLE_GROUPS = {
    "leadership": "Leadership teachers",
    "teaching": "Classroom teachers",
    "classroom_support": "Teaching assistants",
    "other_support": "Other support staff",
    "technicians": "Technicians",
    "administrative": "Administrative staff",
    "business": "School business professionals",
    "leadership_non_teachers": "Leaders who are not teachers",
    "auxiliary": "Premises, catering and midday staff",
    "outside_school": "Staff outside schools",
}
OUTSIDE = "outside_school"

# What the Department for Education prints in place of a count; none of them is nought.
SYMBOLS = {
    "c": "confidential",
    "z": "not applicable",
    "x": "not available",
    "low": "rounds to nought",
}
# What this program prints in place of a small count that it was asked to hide.
HIDDEN = "hidden"

PHASES = {
    "early_years": "early years",
    "primary": "primary",
    "secondary": "secondary",
    "special": "special",
    "alternative_provision": "alternative provision",
    "sixth_form": "sixth form",
    "further_education": "further education",
    "higher_education": "universities",
    "independent": "independent schools",
    "maintained": "maintained schools",
    "academies": "academies",
    "outdoor_education": "outdoor education centres",
    "youth_service": "youth service",
    "childrens_services": "children's services",
    "school_improvement": "school improvement services",
}

NATIONS = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
    "channel_islands": "Channel Islands",
    "isle_of_man": "Isle of Man",
    "gibraltar": "Gibraltar",
}

READ = {
    "whole page": "the whole page",
    "part": "a part",
    "opening of the page": "its opening",
}


# A claim is written measure:population:area. Where the area is left out, the United Kingdom is
# meant.
CLAIM_MEASURES = {
    "largest": "has the most members of its population in its area",
    "members": "has at least (>=) or about (~) so many members, as members:>=19000",
    "founded": "was founded then, as founded:1897",
    "only": "is alone in something",
    "first": "did something before others",
    "independent": "is free of something",
    "leading": "is foremost, in an undefined sense",
    "most": "has the most of something other than members",
    "best": "is better than others at something",
}
CLAIM_PATTERN = re.compile(
    r"(?P<measure>[a-z]+):(?P<population>(?:>=|~)?[a-z0-9_-]+)(?::(?P<area>[a-z_]+))?"
)
CLAIM_NUMBER = re.compile(r"(?P<bound>>=|~)(?P<number>[1-9][0-9]{0,8})")
CLAIM_GRAMMAR = "measure:population:area, such as largest:union:europe or members:>=19000"
# Whom a union is the largest of; elsewhere a population is free words.
POPULATIONS = {
    "union": "all unions",
    "education_union": "unions for people who work in education",
    "teachers_union": "teachers' unions, without those for heads alone",
    "heads_union": "unions for heads and other leaders",
    "state_teachers_union": "unions by their serving teachers in state schools",
    "union_in_education": "unions by their members in education",
    "school_support_union": "unions by their school support staff",
    "school_improvement_union": "unions by their staff in school improvement",
}
AREAS = {
    "uk": "the United Kingdom",
    "england": "England",
    "england_and_wales": "England and Wales",
    "europe": "Europe",
}


@dataclass(frozen=True)
class Contenders:
    """The unions of which one must be the largest of a population in an area, and why."""

    unions: tuple[str, ...]
    reason: str


# The data holds these populations whole, as far as the largest goes: only of them can it bear out
# a claim to be the largest. Elsewhere it may lack a larger union.
CONTENDERS = {
    ("union", "uk"): Contenders(
        ("unison", "unite"), "no other union has had a million members since 2008"
    ),
    ("education_union", "uk"): Contenders(
        ("atl", "nasuwt", "neu", "nut"),
        "of the TUC's ten largest unions of 2015 three are in education, and two of them made "
        "the NEU",
    ),
    ("teachers_union", "uk"): Contenders(
        ("atl", "nasuwt", "neu", "nut"),
        "of the TUC's ten largest unions of 2015 three are of teachers, and two of them made "
        "the NEU",
    ),
}
VERDICTS = {
    "holds": "what was read bears it out",
    "contradicted": "what was read goes against it",
    "cannot be tested": "nothing that was read decides it",
}


def untitled(layout: dict[str, Any]) -> dict[str, Any]:
    """Return a chart's layout without its title, the room that this takes, and ``meta``.

    >>> meta = {"title_room": 30}
    >>> untitled({"title": "A", "height": 130, "margin": {"t": 40}, "meta": meta})
    {'height': 100, 'margin': {'t': 10}}
    """
    kept = {key: part for key, part in layout.items() if key not in ("meta", "title")}
    if room := (layout.get("meta") or {}).get(TITLE_ROOM):
        kept["height"] -= room
        kept["margin"] = kept["margin"] | {"t": kept["margin"]["t"] - room}
    return kept


def years_after(day: str, years: int) -> str:
    """Return the ISO day so many years after ``day``, or before it if ``years`` is negative.

    29 February becomes 28 February in a year that has none; no day lies before the year 1.

    >>> years_after("2020-02-29", 3), years_after("2020-02-29", 8), years_after("2018-06-30", -1)
    ('2023-02-28', '2028-02-29', '2017-06-30')
    """
    date = dt.date.fromisoformat(day)
    year = max(date.year + years, dt.MINYEAR)
    try:
        return date.replace(year=year).isoformat()
    except ValueError:
        return date.replace(year=year, day=28).isoformat()


@dataclass(frozen=True)
class AgeLimit:
    """How many years a kind of fact is taken as current, and why."""

    years: int
    reason: str

    def last_fresh(self, ends: str) -> str:
        """Return the last ISO day on which a fact that can speak of ``ends`` is current.

        >>> AgeLimit(3, "returns are made every year").last_fresh("2020-12-31")
        '2023-12-31'
        """
        return years_after(ends, self.years)


AGE_LIMITS = {
    "members": AgeLimit(3, "returns are made every year and move by several per cent"),
    "fee": AgeLimit(2, "subscriptions are set every year"),
    "admits": AgeLimit(10, "rules on who may join change at conferences, seldom"),
    "recruits": AgeLimit(10, "agreements between unions stand until they are replaced"),
    "recognised": AgeLimit(10, "national agreements stand until they are replaced"),
    "benefit": AgeLimit(8, "services are renamed and replaced every few years"),
    "phase": AgeLimit(15, "the phases that a union covers change with mergers"),
    "nation": AgeLimit(15, "the nations that a union covers change with mergers"),
    "affiliated": AgeLimit(30, "affiliations last for decades"),
    "political_fund": AgeLimit(11, "a political fund must be balloted on every ten years"),
    "party_affiliated": AgeLimit(11, "follows the political fund"),
}

YES_NO_FACTS = (
    "admits",
    "recruits",
    "recognised",
    "benefit",
    "phase",
    "nation",
    "affiliated",
    "political_fund",
    "party_affiliated",
)


@dataclass(frozen=True)
class Fact:
    """What the rows of one ``fact`` may hold.

    ``item`` and ``basis`` name a vocabulary (a key of :data:`VOCABULARIES`), ``""`` where the
    column stays empty, or ``text``; ``value`` is a kind of value.
    """

    meaning: str
    item: str
    value: str
    basis: str = ""
    dated: bool = False


FACTS = {
    "name": Fact("what the union is called", "names", "text"),
    "status": Fact("whether it is a union of its own", "", "status"),
    "founded": Fact("when it began", "founded", "date"),
    "succeeded_by": Fact("the union that it merged into; as_of is the day", "", "union"),
    "renamed_to": Fact("the union that it went on as; as_of is the day", "", "union"),
    "split_from": Fact("the union that it broke away from; as_of is the day", "", "union"),
    "section_of": Fact("the union that it is a part of", "", "union"),
    "members": Fact("how many members, of which scope", "scopes", "count", "bases", dated=True),
    "recounted": Fact(
        "whom figures count from a day on, and not before", "scopes", "text", "bases", dated=True
    ),
    "admits": Fact("who may join", "roles", "answer", "admits_bases"),
    "recruits": Fact("whom it actively recruits in publicly funded schools", "roles", "answer"),
    "recognised": Fact("whom it bargains for", "roles", "answer", "agreements"),
    "benefit": Fact("what members get", "benefits", "answer"),
    "fee": Fact("what membership costs, in pounds", "text", "pounds", "fee_bases", dated=True),
    "phase": Fact("the phases and settings that it covers", "phases", "answer"),
    "nation": Fact("the nations that it covers", "nations", "answer"),
    "affiliated": Fact("the bodies that it is affiliated to", "bodies", "answer"),
    "political_fund": Fact("whether it keeps a political fund", "", "answer"),
    "party_affiliated": Fact("whether it is affiliated to a political party", "", "answer"),
    "claim": Fact("what is said in the union's favour, as a claim only", "claims", "text"),
    "website": Fact("its website", "", "website"),
    "phone": Fact("a telephone number; the qualifier says what for", "", "phone"),
}

NAME_ITEMS = ("official", "as_printed", "short")
FOUNDED_ITEMS = ("present_body", "origin")
BODIES = {"tuc": "TUC", "stuc": "STUC", "ictu": "ICTU", "gftu": "GFTU"}
SCOPES = {
    "whole": "the whole union",
    "education": "members in education",
    "school_support": "school support staff",
    "leaders": "members in leadership posts",
    "teachers": "serving teachers",
    "teachers_state": "serving teachers in state schools",
    "public_services": "public services section",
}

# Facts whose row needs a basis from the table; elsewhere the basis may stay empty.
BASIS_REQUIRED = ("members", "recounted", "fee", "admits", "recognised")


@dataclass(frozen=True)
class Column:
    """One column of one file."""

    name: str
    meaning: str
    required: bool = False
    unique: bool = False
    pattern: str = ""


CODE = r"[a-z0-9]+(?:_[a-z0-9]+)*"
SOURCE_CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
DATE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
CODES = r"[A-Z]{3,4}(?:;[A-Z]{3,4})*"

EMPLOYER = r"[A-Z0-9]{3,9}"

FILES: dict[str, tuple[Column, ...]] = {
    "unions": (
        Column("union", "lower-case code of the union", required=True, pattern=CODE),
        Column("fact", "what kind of fact the row states", required=True),
        Column("item", "what the fact is about: a role, a benefit, a scope"),
        Column("value", "what is stated", required=True),
        Column("qualifier", "a limit or a detail, shown to readers"),
        Column("basis", "how a figure was counted, or what an answer rests on"),
        Column("as_of", "the day that the fact speaks of, as precisely as is known", pattern=DATE),
        Column("source", "code of the source that states it", required=True),
        Column("note", "for those who keep the data; never shown to readers"),
    ),
    "sources": (
        Column("source", "code", required=True, unique=True, pattern=SOURCE_CODE),
        Column("title", "what it is called", required=True),
        Column("publisher", "who published it", required=True),
        Column("url", "where it was found"),
        Column("published", "when it was printed, as precisely as is known", pattern=DATE),
        Column("date_inferred", "yes where the date was worked out from the text"),
        Column("accessed", "when we read it", required=True, pattern=DATE),
        Column("read", "how much of it we read", required=True),
        Column("licence", "its licence, as far as it says", required=True),
    ),
    "roles": (
        Column("role", "code of the post", required=True, unique=True, pattern=CODE),
        Column("label", "the post in words", required=True, unique=True),
        Column("group", "staff group of the school workforce census", required=True),
        Column("post_codes", "School Workforce Census post codes", pattern=CODES),
        Column("role_codes", "role identifiers of the census", pattern=CODES),
    ),
    "benefits": (
        Column("benefit", "code of the benefit", required=True, unique=True, pattern=CODE),
        Column("label", "the benefit in words", required=True, unique=True),
        Column("group", "kind of benefit", required=True),
    ),
    "rules": (
        Column("rule", "code of the rule", required=True, pattern=CODE),
        Column("value", "what holds: a whole number, yes or no", required=True),
        Column("unit", "what the number counts; empty for yes and no"),
        Column("from", "the day from which it holds, empty where no source says", pattern=DATE),
        Column("to", "the first day on which it holds no more, if there is one", pattern=DATE),
        Column("source", "code of the source that states it", required=True, pattern=SOURCE_CODE),
    ),
}

# The employer's own facts, laid over the national ones; the files need not be there.
LOCAL_FILES: dict[str, tuple[Column, ...]] = {
    "local/unions": (
        *FILES["unions"],
        Column(
            "employer",
            "a school's URN, a trust's UID or an authority's code; empty for all",
            pattern=EMPLOYER,
        ),
    ),
    "local/sources": FILES["sources"],
}


def too_low(below: int) -> str:
    """Say why counts below a number cannot be hidden, or return nothing.

    >>> too_low(0), too_low(3), too_low(2)[:31]
    ('', '', 'it takes 0, which hides nothing')
    """
    said = "it takes 0, which hides nothing, or 3 or more, since hiding only ones would tell them"
    return said if below != 0 and below < 3 else ""


# A post that a reader names as at risk, and how many of its people if not all: cook:2.
POST_AT_RISK = re.compile(r"(?P<post>.+?)\s*(?:[:=]\s*(?P<number>[0-9]{1,5}))?")


# Where a table says, in its ``attrs``, for which unions it was made.
UNIONS = "unions"


def made_for(table: "pd.DataFrame", unions: Iterable[str]) -> "pd.DataFrame":
    """Let a table say of which unions it may speak, and return it.

    One of which nothing is stated has no row; by this it is told from a code that nobody has.
    """
    table.attrs[UNIONS] = " ".join(sorted(set(unions)))
    return table


@dataclass(frozen=True)
class Rule:
    """What a legal rule is about, and the unit of its number (empty for yes and no)."""

    meaning: str
    unit: str = ""


RULES = {
    "redundancy_trigger": Rule("consultation is collective from", "redundancies"),
    "redundancy_period": Rule("time in which they count together", "days"),
    "redundancy_notice": Rule("minimum time from consultation to the first dismissal", "days"),
    "redundancy_large": Rule("that time is longer from", "redundancies"),
    "redundancy_notice_large": Rule("the longer time to the first dismissal", "days"),
    "protective_award": Rule("a tribunal may award each person up to", "days of pay"),
    "consult_every_union": Rule("every union recognised for staff affected is consulted"),
    "representatives_last": Rule("elected representatives only where no union is recognised"),
    "paid_time_off": Rule("representatives of recognised unions get paid time off for duties"),
    "facility_time_publication": Rule("public employers publish union facility time each year"),
    "facility_time_size": Rule("they do if they employ more than", "full-time equivalents"),
}

FACT_KEY = ("union", "fact", "item", "basis", "as_of", "source")

BENEFIT_GROUPS = {
    "advice": "Advice and representation",
    "legal": "Legal help and cover",
    "learning": "Training and publications",
    "community": "Networks and a voice",
    "money": "Money, insurance and savings",
    "joining": "Help with the cost of joining",
}
