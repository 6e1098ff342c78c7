"""Whether a claim holds, by the figures and the facts nearest to its own date."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.questions.membership import PARTIAL
from analysis.questions.populations import (
    ALONE,
    COUNTED,
    EARLIEST,
    FREE_OF,
    bodies,
    in_area,
    measured,
    stood_on,
)
from analysis.schema import AGE_LIMITS, BASES, CLAIM_NUMBER, CLAIM_PATTERN, CONTENDERS

Row = dict[str, Any]
# How many years a figure may lie from the claim that it decides. In no series of returns in the
# data has a union moved by a third within five years; within one, by several per cent.
ORDER_YEARS, NUMBER_YEARS = 5, 1
# A figure is about a round number if it lies no further off than this.
ABOUT_PER_CENT = 5


@dataclass(frozen=True)
class Claim:
    """A claim, its term taken apart.

    ``day`` is the first ISO day that it can speak of; ``makers`` are all sources that make it.
    """

    union: str
    measure: str
    population: str
    area: str
    day: str
    makers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, row: Row, makers: frozenset[str] = frozenset()) -> "Claim":
        """Read the term of a row of claims."""
        match = CLAIM_PATTERN.fullmatch(row["term"])
        assert match, row["term"]  # the reader has refused any other
        measure, population, area = match.group("measure", "population", "area")
        return cls(row["union"], measure, population, area or "uk", row["counts_from"], makers)

    def years_from(self, dates: "pd.Series[str]") -> "pd.Series[int]":
        """Return how many years each ISO date lies from the claim's own."""
        return (dates.str[:4].astype(int) - int(self.day[:4])).abs()


@dataclass(frozen=True)
class Test:
    """What figures on one basis say of a claim; ``years`` is how far off the furthest lies."""

    basis: str
    verdict: str
    years: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a claim: the word, why, the word by each basis, and what decides it."""

    verdict: str
    why: str
    by: dict[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()


def judge(claim: Claim, figures: pd.DataFrame, facts: pd.DataFrame) -> Verdict:
    """Return what figures and facts make of a claim."""
    return JUDGES.get(claim.measure, no_measure)(claim, figures, facts)


def no_measure(claim: Claim, figures: pd.DataFrame, facts: pd.DataFrame) -> Verdict:
    """Say that nothing measures what is claimed."""
    return Verdict("cannot be tested", "nothing measures it")


def largest(claim: Claim, figures: pd.DataFrame, facts: pd.DataFrame) -> Verdict:
    """Set a union's figure, basis by basis, against the largest of its population."""
    stood = stood_on(facts, claim.day)
    contenders = CONTENDERS.get((claim.population, claim.area))
    needed = stood.intersection(contenders.unions) if contenders else set()
    rows = rivals(claim, figures, stood)
    rows = rows[rows["years"] <= ORDER_YEARS]
    found = (order_test(claim, same, needed) for _, same in rows.groupby("count", sort=False))
    tests = [test for test in found if test]
    if tests:
        return settle(tests)
    own = rows[rows["union"] == claim.union]
    known = "no figure of it" if own.empty else "others are not known"
    return Verdict("cannot be tested", known, rows=records(own.drop_duplicates("count").head(2)))


def rivals(claim: Claim, figures: pd.DataFrame, stood: set[str]) -> pd.DataFrame:
    """Return the figures that count in a claim's population, area and time, nearest first."""
    counted = {union: measured(union, claim.population) for union in stood}
    there = [
        in_area(union, claim.area) and counted.get(union, "") == scope
        for union, scope in zip(figures["union"], figures["scope"], strict=True)
    ]
    return nearest_first(claim, figures[there])


def nearest_first(claim: Claim, rows: pd.DataFrame) -> pd.DataFrame:
    """Add how many years each figure lies from a claim, and what was counted; nearest first."""
    # Each ballot or other count takes in other people: two are alike only if both say the same.
    partial = rows["basis"].isin(PARTIAL)
    days = pd.to_datetime(rows["counts_from"]) - pd.Timestamp(claim.day)
    keys = rows.assign(
        years=claim.years_from(rows["as_of"]),
        count=rows["basis"] + rows["qualifier"].where(partial, ""),
        apart=days.abs(),
    )
    return keys.sort_values(["apart", "counts_from", "source", "members"], kind="stable")


def order_test(claim: Claim, rows: pd.DataFrame, needed: set[str]) -> Test | None:
    """Compare a union's figure with others on one basis: the nearest larger, else the largest.

    Parameters
    ----------
    needed
        The unions of which one must be the largest, empty where that is not known: the claim
        holds only if all of them have a figure here.
    """
    near = rows.drop_duplicates("union")
    own, others = near[near["union"] == claim.union], near[near["union"] != claim.union]
    if own.empty or others.empty:
        return None
    count = int(own["members"].iloc[0])
    larger = others[others["members"] > count]
    top = others.sort_values("members", ascending=False, kind="stable")
    known = bool(needed) and needed <= set(near["union"])
    if larger.empty and (not known or count == int(top["members"].iloc[0])):
        return None
    pair = pd.concat([own, (top if larger.empty else larger).head(1)])
    verdict = "holds" if larger.empty else "contradicted"
    return Test(own["basis"].iloc[0], verdict, int(pair["years"].max()), records(pair))


def members(claim: Claim, figures: pd.DataFrame, facts: pd.DataFrame) -> Verdict:
    """Set a round number against what was counted in the year before, the same and the next."""
    own = figures[(figures["union"] == claim.union) & (figures["scope"] == "whole")]
    rows = nearest_first(claim, own[~own["basis"].isin(["claimed", *PARTIAL])])
    near = rows[rows["years"] <= NUMBER_YEARS]
    tests = []
    for basis, same in near.groupby("basis", sort=False):
        fit = same[[fits(claim.population, int(number)) for number in same["members"]]]
        verdict = "holds" if len(fit) else "contradicted"
        # Two sources that do not say how they counted may differ for that: both are shown.
        shown = same if basis == "not_stated" else (fit if len(fit) else same).head(1)
        tests.append(Test(str(basis), verdict, 0, records(shown)))
    if tests:
        return settle(tests)
    beside = records(rows.drop_duplicates("basis").head(2))
    return Verdict("cannot be tested", "no count of that time", rows=beside)


def fits(number: str, counted: int) -> bool:
    """Say whether a count bears out a round number.

    >>> fits(">=19000", 18970), fits("~450000", 461950), fits("~300000", 279015)
    (False, True, False)
    """
    match = CLAIM_NUMBER.fullmatch(number)
    assert match, number
    claimed = int(match["number"])
    if match["bound"] == ">=":
        return counted >= claimed
    return abs(counted - claimed) * 100 <= claimed * ABOUT_PER_CENT


def settle(tests: list[Test]) -> Verdict:
    """Return what tests on several bases add up to; of two that differ the better basis counts.

    Figures that lie over a year further off than others are not heard.
    """
    nearest = min(test.years for test in tests)
    places = {basis: place for place, basis in enumerate(BASES)}
    heard = sorted(
        (test for test in tests if test.years <= nearest + 1), key=lambda test: places[test.basis]
    )
    by = {test.basis: test.verdict for test in heard}
    rows = tuple(row for test in heard for row in test.rows)
    return Verdict(heard[0].verdict, "figures", by, rows)


def founded(claim: Claim, figures: pd.DataFrame, facts: pd.DataFrame) -> Verdict:
    """Compare a date of founding with what other sources say, as precisely as both do."""
    rows = facts[(facts["fact"] == "founded") & (facts["item"] == "present_body")]
    rows = rows[(rows["union"] == claim.union) & ~rows["source"].isin(claim.makers)]
    rows = rows.sort_values(["counts_from", "source"], kind="stable")
    said = claim.population
    agree = [said.startswith(date) or date.startswith(said) for date in rows["value"]]
    return by_facts(rows[agree] if any(agree) else rows, any(agree))


def independent(claim: Claim, figures: pd.DataFrame, facts: pd.DataFrame) -> Verdict:
    """Compare a claim to be free of something with what other sources say."""
    fact = FREE_OF.get(claim.population)
    if not fact:
        return no_measure(claim, figures, facts)
    rows = near_facts(claim, facts, fact)
    rows = rows[(rows["union"] == claim.union) & ~rows["source"].isin(claim.makers)]
    rows = rows[rows["value"] != "disputed"]  # it decides nothing either way
    return by_facts(rows, bool((rows["value"] == "no").all()))


def only(claim: Claim, figures: pd.DataFrame, facts: pd.DataFrame) -> Verdict:
    """Look for another union that is stated to have what is claimed to be one union's own."""
    shared = ALONE.get(claim.population)
    if not shared:
        return no_measure(claim, figures, facts)
    stood = stood_on(facts, claim.day).intersection(COUNTED[shared.population].unions)
    for union in sorted(stood - {claim.union}):
        rows = [
            found[(found["union"] == union) & (found["value"] == "yes")].head(1)
            for found in (near_facts(claim, facts, *fact) for fact in shared.facts)
        ]
        if all(len(row) for row in rows):
            return by_facts(pd.concat(rows), bears_out=False)
    return Verdict("cannot be tested", "others are not known")


def first(claim: Claim, figures: pd.DataFrame, facts: pd.DataFrame) -> Verdict:
    """Compare the dates from which each union of a population did something."""
    shared = EARLIEST.get(claim.population)
    if not shared:
        return no_measure(claim, figures, facts)
    fact, item = shared.facts[0]
    rows = facts[(facts["fact"] == fact) & (facts["item"] == item) & (facts["value"] == "yes")]
    rows = rows[rows["as_of"] != ""].sort_values(["counts_from", "union"], kind="stable")
    last = bodies(facts)
    rows = rows.assign(body=[last.get(union, union) for union in rows["union"]])
    asked = stood_on(facts, claim.day).intersection(COUNTED[shared.population].unions)
    rows = rows[rows["body"].isin(asked)].drop_duplicates("body")
    if rows.empty or not asked <= set(rows["body"]):
        return Verdict("cannot be tested", "others are not known")
    return by_facts(rows, rows["body"].iloc[0] == claim.union)


def near_facts(claim: Claim, facts: pd.DataFrame, fact: str, item: str = "") -> pd.DataFrame:
    """Return the rows of one fact and item that lie within its age limit of a claim."""
    rows = facts[(facts["fact"] == fact) & (facts["item"] == item)]
    near = rows[claim.years_from(rows["counts_from"]) <= AGE_LIMITS[fact].years]
    return near.sort_values(["counts_from", "source"], kind="stable")


def by_facts(rows: pd.DataFrame, bears_out: bool) -> Verdict:
    """Return the verdict of rows that are not figures, or that there are none."""
    if rows.empty:
        return Verdict("cannot be tested", "no fact on it")
    return Verdict("holds" if bears_out else "contradicted", "facts", rows=records(rows))


def records(rows: pd.DataFrame) -> tuple[Row, ...]:
    """Return rows as dictionaries, without what was added to compare them."""
    kept = rows.drop(columns=["years", "count", "apart", "body"], errors="ignore")
    return tuple(
        {str(key): value for key, value in row.items()} for row in kept.to_dict("records")
    )


JUDGES: dict[str, Callable[[Claim, pd.DataFrame, pd.DataFrame], Verdict]] = {
    "largest": largest,
    "members": members,
    "founded": founded,
    "independent": independent,
    "only": only,
    "first": first,
}
