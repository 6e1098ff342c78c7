"""Whom an employer has to consult about some posts, and by which rules."""

import pandas as pd

from analysis.questions.school import distinct

REDUNDANCY = (
    "redundancy_trigger",
    "redundancy_period",
    "redundancy_notice",
    "redundancy_large",
    "redundancy_notice_large",
    "protective_award",
)


def whom_to_consult(answers: pd.DataFrame) -> pd.DataFrame:
    """Name the unions that are recognised for some posts, each with its agreement and reason.

    Parameters
    ----------
    answers
        What ``post_coverage`` returns for the posts asked about.

    Returns
    -------
    DataFrame
        One row per union recognised for any of the posts, or whose recognition is disputed, in
        the order of ``answers``: ``union``, ``answer`` (``yes``, ``some`` or ``disputed``),
        ``posts`` (codes), ``agreements`` (codes), ``qualifier``, ``dated`` and ``sources``.
    """
    rows = answers[answers["level"] == "recognised"]
    records = []
    for answer in ("yes", "some", "disputed"):
        for union, found in rows[rows["answer"] == answer].groupby("union", sort=False):
            agreements = distinct(code for row in found["basis"] for code in row.split("; "))
            sources = distinct(code for codes in found["sources"] for code in codes[:1])
            qualifier = "; ".join(distinct(found["qualifier"]))
            dated = "; ".join(distinct(found["dated"]))
            records.append((union, answer, list(found["role"]), agreements, qualifier, dated,
                            sources))  # fmt: skip
    columns = ["union", "answer", "posts", "agreements", "qualifier", "dated", "sources"]
    table = pd.DataFrame(records, columns=columns)
    order = {union: place for place, union in enumerate(dict.fromkeys(answers["union"]))}
    keys = table.assign(at=table["union"].map(order)).sort_values("at", kind="stable")
    return keys.drop(columns="at").reset_index(drop=True)


def recognition_of_posts(answers: pd.DataFrame) -> pd.DataFrame:
    """Say of each post whether any union is stated to be recognised for it.

    Parameters
    ----------
    answers
        What ``post_coverage`` returns.

    Returns
    -------
    DataFrame
        One row per post: ``post``, ``state`` and ``unions`` (codes of those recognised, at least
        for some of the post's roles). The state is ``recognised``; ``disputed`` where sources
        differ; ``nobody`` only where every answer is no; else ``not stated``.
    """
    rows = answers[answers["level"] == "recognised"]
    records = []
    for post, found in rows.groupby("role", sort=False):
        said = set(found["answer"])
        recognised = list(found.loc[found["answer"].isin(["yes", "some"]), "union"])
        if recognised:
            state = "recognised"
        elif "disputed" in said:
            state = "disputed"
        else:
            state = "nobody" if said == {"no"} else "not stated"
        records.append((post, state, recognised))
    return pd.DataFrame(records, columns=["post", "state", "unions"])


def consultation_rules(rules: pd.DataFrame, number: int | None = None) -> pd.DataFrame:
    """Choose the rules on collective redundancy that speak of so many proposed redundancies.

    Parameters
    ----------
    rules
        One row per rule that holds on the day, by code.
    number
        How many redundancies are proposed at one establishment; ``None`` if not known.

    Returns
    -------
    DataFrame
        The rows of ``rules`` on redundancy, with ``applies``: ``yes``, ``no``, or ``depends``
        where the number is not known.
    """
    asked = rules[rules.index.isin(REDUNDANCY)]
    least = {rule: limit(rules, rule) for rule in ("redundancy_trigger", "redundancy_large")}
    applies = [applies_to(rule, number, **least) for rule in asked.index]
    return asked.assign(applies=applies)


def redundancies(at_risk: pd.DataFrame) -> int | None:
    """Add up how many people are at risk, or return nothing where that is not known.

    Parameters
    ----------
    at_risk
        What ``choose_at_risk`` returns.
    """
    heads = at_risk["at_risk"]
    return None if heads.isna().any() else int(heads.sum())


def limit(rules: pd.DataFrame, rule: str) -> int | None:
    """Return the number that a rule states, or nothing where no source states it."""
    return int(rules.loc[rule, "value"]) if rule in rules.index else None


def applies_to(
    rule: str, number: int | None, redundancy_trigger: int | None, redundancy_large: int | None
) -> str:
    """Say whether a rule on redundancy applies to so many redundancies.

    >>> [applies_to("redundancy_notice", number, 20, 100) for number in (19, 20, 99, 100, None)]
    ['no', 'yes', 'yes', 'no', 'depends']
    """
    if number is None or redundancy_trigger is None:
        return "depends"
    collective = number >= redundancy_trigger
    if rule in ("redundancy_notice", "redundancy_notice_large", "redundancy_large"):
        if redundancy_large is None:
            return "depends" if collective else "no"
        large = number >= redundancy_large
        return "yes" if collective and large == (rule != "redundancy_notice") else "no"
    return "yes" if collective else "no"
