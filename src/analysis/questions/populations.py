"""Whom a claim measures a union against: who counts in a population, an area and a day."""

from dataclasses import dataclass

import pandas as pd

ENDS = ("succeeded_by", "renamed_to")


@dataclass(frozen=True)
class Counted:
    """All members of ``unions`` count; of any other union, those of ``scope``, if it is set."""

    unions: tuple[str, ...] = ()
    scope: str = ""


TEACHERS = ("atl", "nasuwt", "neu", "nut", "pat", "voice")
HEADS = ("ascl", "naht", "sha")
EDUCATION = ("aep", "aspect", "nsead", "steswu", *HEADS, *TEACHERS)
COUNTED = {
    "union": Counted(scope="whole"),
    "education_union": Counted(EDUCATION),
    "teachers_union": Counted(TEACHERS),
    "heads_union": Counted(HEADS),
    "state_teachers_union": Counted(scope="teachers_state"),
    "union_in_education": Counted(EDUCATION, "education"),
    "school_support_union": Counted(scope="school_support"),
    "school_improvement_union": Counted(),
}
# These stand in the data only because they decide claims that reach beyond the United Kingdom.
ABROAD = ("ig_metall", "steswu")


@dataclass(frozen=True)
class Shared:
    """Facts that a union of a population has if it has what a claim says is one union's own."""

    population: str
    facts: tuple[tuple[str, str], ...]


WIDE_IN_TUC = Shared(
    "teachers_union",
    (
        ("affiliated", "tuc"),
        ("nation", "england"),
        ("nation", "northern_ireland"),
        ("nation", "scotland"),
        ("nation", "wales"),
    ),
)
ALONE = {
    "tuc_teachers_union_in_all_four_nations": WIDE_IN_TUC,
    "uk_wide_teachers_union_in_tuc": WIDE_IN_TUC,
}
EARLIEST = {
    "recognised_leadership_team": Shared("heads_union", (("admits", "deputy_head"),)),
}
FREE_OF = {"party": "party_affiliated"}


def measured(union: str, population: str) -> str:
    """Return the scope of a union's members that count in a population, or nothing.

    >>> measured("neu", "union_in_education"), measured("unison", "union_in_education")
    ('whole', 'education')
    >>> measured("unison", "teachers_union")
    ''
    """
    counted = COUNTED[population]
    return "whole" if union in counted.unions else counted.scope


def in_area(union: str, area: str) -> bool:
    """Say whether a union lies within an area.

    >>> in_area("ig_metall", "europe"), in_area("ig_metall", "uk")
    (True, False)
    """
    return area == "europe" or union not in ABROAD


def stood_on(facts: pd.DataFrame, day: str) -> set[str]:
    """Return the unions that had begun, and had not yet gone into another, on an ISO day.

    Parameters
    ----------
    facts
        One row per fact: ``union``, ``fact``, ``item``, ``value``, ``counts_from`` (ISO day).
    """
    founded = facts[(facts["fact"] == "founded") & (facts["item"] == "present_body")]
    begins = founded.groupby("union")["counts_from"].max()
    ends = facts[facts["fact"].isin(ENDS)].groupby("union")["counts_from"].max()
    unborn, gone = set(begins.index[begins > day]), set(ends.index[ends <= day])
    return set(facts["union"]) - unborn - gone


def bodies(facts: pd.DataFrame) -> dict[str, str]:
    """Return for each union that took another name the code that it bears last."""
    renamed = facts[facts["fact"] == "renamed_to"]
    after = dict(zip(renamed["union"], renamed["value"], strict=True))
    last = {}
    for union in after:
        name = union
        while name in after:
            name = after[name]
        last[union] = name
    return last
