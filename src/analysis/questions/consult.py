"""Whom an employer has to consult about some posts, and by which rules."""

from typing import Any

import pandas as pd

from analysis.questions.school import distinct, records_of

SAID = ("yes", "some", "disputed")
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
        ``posts`` (codes), ``agreements`` (codes), ``qualifier``, ``dated``, ``old``
        (codes of the posts whose answer is past its age limit) and ``sources``.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> print(*whom_to_consult(answers))
    union answer posts agreements qualifier dated old sources
    """
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    place = {union: at for at, union in enumerate(dict.fromkeys(answers["union"]))}
    for row in records_of(answers[answers["level"] == "recognised"]):
        if row["answer"] in SAID:
            found.setdefault((place[row["union"]], row["answer"]), []).append(row)
    order = sorted(found, key=lambda key: (key[0], SAID.index(key[1])))
    table = [
        (
            rows[0]["union"],
            rows[0]["answer"],
            [row["role"] for row in rows],
            distinct(code for row in rows for code in row["basis"].split("; ")),
            "; ".join(distinct(row["qualifier"] for row in rows)),
            "; ".join(distinct(row["dated"] for row in rows)),
            [row["role"] for row in rows if row["old"]],
            distinct(code for row in rows for code in row["sources"][:1]),
        )
        for rows in (found[key] for key in order)
    ]
    columns = ["union", "answer", "posts", "agreements", "qualifier", "dated", "old", "sources"]
    return pd.DataFrame(table, columns=columns)


def recognition_of_posts(answers: pd.DataFrame) -> pd.DataFrame:
    """Say of each post whether any union is stated to be recognised for it.

    Parameters
    ----------
    answers
        What ``post_coverage`` returns.

    Returns
    -------
    DataFrame
        One row per post: ``post``, ``state``, ``unions`` (codes of those recognised, at least for
        some of the post's roles) and ``sources`` (the newest of each answer). The state is
        ``recognised``; ``disputed`` where sources differ; ``nobody`` only where every answer is
        no; else ``not stated``.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> print(*recognition_of_posts(answers))
    post state unions sources
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for row in records_of(answers[answers["level"] == "recognised"]):
        found.setdefault(row["role"], []).append(row)
    records = []
    for post, rows in found.items():
        said = {row["answer"] for row in rows}
        recognised = [row["union"] for row in rows if row["answer"] in ("yes", "some")]
        if recognised:
            state = "recognised"
        elif "disputed" in said:
            state = "disputed"
        else:
            state = "nobody" if said == {"no"} else "not stated"
        sources = distinct(code for row in rows for code in row["sources"][:1])
        records.append((post, state, recognised, sources))
    return pd.DataFrame(records, columns=["post", "state", "unions", "sources"])


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

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> rules = consultation_rules(data.rules, 25)
    >>> print(*rules)
    value unit meaning dated sources applies
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

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> redundancies(choose_at_risk(school.posts, "cook:1", dataset.roles))
    1
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
