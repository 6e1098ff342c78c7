"""The dated rules: what ``rules.csv`` may hold, and which rules hold on a day."""

import re
from collections import defaultdict

import pandas as pd

from analysis import schema
from analysis.dates import days_of, first_day, say_date
from analysis.errors import did_you_mean
from analysis.read.files import Fault, Rows

NUMBER = re.compile(r"[0-9]{1,6}")
TRUTHS = ("yes", "no")


def check_rules(rows: Rows, sources: frozenset[str]) -> list[Fault]:
    """List the faults of rules: codes, values, units, days, sources, and rules that collide."""
    faults, said = [], dict[tuple[str, str], tuple[str, int]]()
    for row, line in zip(rows.cells, rows.lines, strict=True):
        rule, value, unit, begins, ends, source = row
        found = {
            "rule": rule_fault(rule),
            "value": value_fault(rule, value),
            "unit": unit_fault(rule, unit),
            "to": "" if not ends or not begins or first_day(begins) < first_day(ends) else
                  f"'{ends}' is not after '{begins}'; expected the first day on which it holds "
                  "no more",
        }  # fmt: skip
        faults += [Fault(rows.file, line, name, text) for name, text in found.items() if text]
        if source and source not in sources:
            text = f"source '{source}' is not in sources.csv{did_you_mean(source, sources)}"
            faults.append(Fault(rows.file, line, "source", text, needs="sources"))
        other, at = said.setdefault((rule, begins), (value, line))
        if other != value:
            text = f"line {at} says '{other}' of the same rule from the same day; expected one"
            faults.append(Fault(rows.file, line, "value", text))
    return faults + overlaps(rows)


def overlaps(rows: Rows) -> list[Fault]:
    """List the rows that begin before another of the same rule, with another value, has ended.

    A row without an end is ended by the next one.
    """
    spans = [
        (rule, value, first_day(begins) if begins else "", first_day(ends) if ends else "", line)
        for (rule, value, _, begins, ends, _), line in zip(rows.cells, rows.lines, strict=True)
    ]
    text = "line {} says '{}' of the same rule until '{}', which is later; expected one at a time"
    return [
        Fault(rows.file, line, "from", text.format(at, other, end))
        for rule, value, start, _, line in spans
        for same, other, begun, end, at in spans
        if rule == same and value != other and begun < start < end
    ]


def rule_fault(rule: str) -> str:
    """Say that a rule is not known, or return nothing."""
    if not rule or rule in schema.RULES:
        return ""
    near = did_you_mean(rule, schema.RULES) or f"; expected one of: {', '.join(schema.RULES)}"
    return f"rule '{rule}' is not known{near}"


def value_fault(rule: str, value: str) -> str:
    """Say what is wrong with what a rule says, or return nothing."""
    if not value or rule not in schema.RULES:
        return ""
    if schema.RULES[rule].unit:
        right, expected = NUMBER.fullmatch(value) is not None, "a whole number"
    else:
        right, expected = value in TRUTHS, "yes or no"
    return "" if right else f"'{value}' was not expected; this rule is {expected}"


def unit_fault(rule: str, unit: str) -> str:
    """Say what is wrong with the unit of a rule, or return nothing."""
    if rule not in schema.RULES or unit == schema.RULES[rule].unit:
        return ""
    expected = f"'{schema.RULES[rule].unit}'" if schema.RULES[rule].unit else "an empty cell"
    return f"'{unit}' is not the unit of this rule; expected {expected}"


def rules_on(rules: pd.DataFrame, sources: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return the rules that hold on a day, newest beginning first where several speak.

    A rule with no beginning counts from its source's own date; if it has ended, as far back as is
    asked, since its source then speaks of the time before.

    Parameters
    ----------
    rules
        One row per rule and source, in the columns of ``rules.csv``.
    sources
        One row per source, by code, with ``published``, ``date_inferred`` and ``accessed``.
    day
        The ISO day that is looked from.

    Returns
    -------
    DataFrame
        One row per rule, in the order of ``schema.RULES``, by code: ``value``, ``unit``,
        ``meaning``, ``dated`` (in words) and ``sources`` (codes).
    """
    by_code = sources[["published", "date_inferred", "accessed"]]
    dates = {code: cells for code, *cells in by_code.itertuples()}
    speaking: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for rule, value, _, begins, ends, source in rules.itertuples(index=False):
        counts_from, _, dated = days_of("", *dates[source])
        start = first_day(begins) if begins else ("" if ends else counts_from)
        if start <= day and not (ends and first_day(ends) <= day):
            speaking[rule].append((start, value, say_span(begins, ends) or dated, source))
    records = {}
    for rule in filter(speaking.__contains__, schema.RULES):
        found = speaking[rule]
        value, dated = max((start, value, dated) for start, value, dated, _ in found)[1:]
        codes = tuple(dict.fromkeys(code for _, said, _, code in found if said == value))
        known = schema.RULES[rule]
        records[rule] = (value, known.unit, known.meaning, dated, codes)
    columns = ["value", "unit", "meaning", "dated", "sources"]
    return pd.DataFrame.from_dict(records, orient="index", columns=columns, dtype=object)


def say_span(begins: str, ends: str) -> str:
    """Say from when to when a rule holds, or nothing where its row has no day.

    >>> say_span("2026-04-06", ""), say_span("", "2026-04-06")
    ('from 6 April 2026', 'before 6 April 2026')
    """
    since = f"from {say_date(begins)}" if begins else ""
    until = f"before {say_date(ends)}" if ends else ""
    return ", ".join(filter(None, (since, until)))
