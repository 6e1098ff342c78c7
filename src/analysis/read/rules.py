"""What one fact may say: its vocabularies, values, dates, bases, and where mergers lead."""

import re
from collections.abc import Callable, Iterable, Iterator

from analysis import schema
from analysis.dates import counted_day, first_day, is_date, readings
from analysis.errors import did_you_mean
from analysis.read.files import TIDY, Fault, Rows

COUNT = re.compile(r"[0-9]{1,9}")
POUNDS = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
WEBSITE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w./-]*)?")
PHONE = re.compile(r"[0+][0-9 ]{6,}")

Vocabularies = dict[str, Iterable[str]]


def date_fault(cell: str) -> str:
    """Say what is wrong with a date, naming a spreadsheet where it rewrote one."""
    if is_date(cell):
        return ""
    expected = "expected a date such as 2017-09-01, 2017-09 or 2017"
    if readings(cell):
        rewrote = f"'{cell}' is a date that a spreadsheet rewrote"
        return f"{rewrote}; {expected}; {TIDY}, if it can mean one only"
    if day := counted_day(cell):
        return f"'{cell}' is how a spreadsheet counts days; write {day}, if that is what it was"
    return f"'{cell}' is not a date; {expected}"


def not_later(cell: str, today: str) -> str:
    """Say that a date lies in the future, or return nothing."""
    if is_date(cell) and first_day(cell) > today:
        return f"'{cell}' lies in the future; expected a day up to {today}"
    return ""


def unknown(cell: str, what: str, known: Iterable[str], where: str = "") -> str:
    """Say that a word is not in its vocabulary, with the nearest that is, or return nothing."""
    if cell in known:
        return ""
    listed = where or f"one of: {', '.join(known)}"
    near = did_you_mean(cell, known)
    return f"{what} '{cell}' is not {listed}{near}"


def check_unions(rows: Rows, known: Vocabularies, today: str) -> list[Fault]:
    """List the faults of facts: vocabularies, values, dates, bases, keys and mergers."""
    faults, seen, told = [], dict[tuple[str, ...], int](), set[str]()
    sets = {name: frozenset(words) for name, words in known.items()}
    own = rows.file.endswith("local/unions.csv")
    listed = "in sources.csv or local/sources.csv" if own else "in sources.csv"
    taken = sets["roles"] | sets["benefits"] | schema.ROLE_GROUPS.keys()
    for row, line in zip(rows.cells, rows.lines, strict=True):
        union, fact, item, _, _, basis, as_of, source, _ = row
        if union and union not in sets["unions"] and union not in told:
            told.add(union)
            near = did_you_mean(union, known["unions"])
            text = f"union '{union}' has no rows for its name (official, short) and status{near}"
            faults.append(Fault(rows.file, line, "union", text, needs="unions"))
        if union in taken and union not in told:
            told.add(union)
            text = f"'{union}' is the code of a role, staff group or benefit; expected another"
            faults.append(Fault(rows.file, line, "union", text))
        for name, text in fact_faults(row, known, sets, today, listed):
            faults.append(Fault(rows.file, line, name, text, needs=looked_up(name, fact, item)))
        key = (union, fact, item, basis, as_of, source)
        if key in seen:
            text = f"the row says again what line {seen[key]} says ({', '.join(schema.FACT_KEY)})"
            faults.append(Fault(rows.file, line, "", text))
        seen.setdefault(key, line)
    return faults + check_mergers(rows) + check_status(rows)


def looked_up(column: str, fact: str, item: str) -> str:
    """Return the kind of file that a cell's codes are looked up in, or nothing."""
    rule = schema.FACTS.get(fact)
    if column == "source":
        return "sources"
    if rule and column == "item" and not item.startswith("group:"):
        return rule.item if rule.item in schema.FILES else ""
    return "unions" if rule and column == "value" and rule.value == "union" else ""


def fact_faults(
    row: list[str], known: Vocabularies, sets: dict[str, frozenset[str]], today: str, listed: str
) -> Iterator[tuple[str, str]]:
    """Yield the column and the sentence of each fault of one fact."""
    _, fact, item, value, qualifier, basis, as_of, source, _ = row
    if fact not in schema.FACTS:
        if fact:
            yield "fact", unknown(fact, "fact", schema.FACTS)
        return
    rule = schema.FACTS[fact]
    if source and source not in sets["sources"]:
        yield "source", unknown(source, "source", known["sources"], listed)
    if text := item_fault(item, rule, known, sets):
        yield "item", text
    if value and (text := VALUE_CHECKS[rule.value](value, known, today)):
        yield "value", text
    if text := basis_fault(fact, rule, basis, known):
        yield "basis", text
    if text := not_later(as_of, today):
        yield "as_of", text
    if not as_of and (rule.dated or (rule.value == "union" and fact != "section_of")):
        yield "as_of", f"the cell is empty; expected the day that this {fact} row speaks of"
    if fact == "members" and (text := qualifier_fault(qualifier, basis)):
        yield "qualifier", text


def item_fault(
    item: str, rule: schema.Fact, known: Vocabularies, sets: dict[str, frozenset[str]]
) -> str:
    """Say what is wrong with a fact's item, or return nothing."""
    if rule.item in sets:
        what = {"roles": "role", "benefits": "benefit"}.get(rule.item, "item")
        place = f"in {rule.item}.csv" if what != "item" else ""
        return "" if item in sets[rule.item] else unknown(item, what, known[rule.item], place)
    if rule.item == "claims":
        return claim_fault(item)
    if rule.item == "text":
        return "" if item else "the cell is empty; expected what the row is about, in words"
    return f"'{item}' was not expected; this fact has no item" if item else ""


def claim_fault(item: str) -> str:
    """Say what is wrong with a claim's term, or return nothing."""
    match = schema.CLAIM_PATTERN.fullmatch(item)
    if not match:
        return f"claim '{item}' cannot be read; expected {schema.CLAIM_GRAMMAR}"
    measure, population, area = match.group("measure", "population", "area")
    if measure not in schema.CLAIM_MEASURES:
        return unknown(measure, "measure", schema.CLAIM_MEASURES)
    if measure == "members" and not schema.CLAIM_NUMBER.fullmatch(population):
        return f"claim '{item}' cannot be read; expected members:>=19000 or members:~19000"
    if measure == "founded" and not is_date(population):
        return f"claim '{item}' cannot be read; expected founded:1897 or founded:2017-09-01"
    if measure == "largest" and population not in schema.POPULATIONS:
        return unknown(population, "population", schema.POPULATIONS)
    return unknown(area, "area", schema.AREAS) if area else ""


def basis_fault(fact: str, rule: schema.Fact, basis: str, known: Vocabularies) -> str:
    """Say what is wrong with a fact's basis, or return nothing."""
    if not basis:
        needed = fact in schema.BASIS_REQUIRED
        words = ", ".join(known[rule.basis]) if needed else ""
        return f"the cell is empty; expected one of: {words}" if needed else ""
    if not rule.basis:
        return f"'{basis}' was not expected; this fact has no basis"
    return unknown(basis, "basis", known[rule.basis])


def qualifier_fault(qualifier: str, basis: str) -> str:
    """Say what is wrong with a membership figure's qualifier, or return nothing."""
    if basis in ("other", "balloted"):
        missing = basis == "other" and not qualifier
        return "the cell is empty; expected which count this is" if missing else ""
    if qualifier in ("", *schema.QUALIFIERS):
        return ""
    words = ", ".join(schema.QUALIFIERS)
    return f"'{qualifier}' is not a qualifier of a figure; expected {words}, or an empty cell"


def check_mergers(rows: Rows) -> list[Fault]:
    """List the unions that lead back to themselves through mergers and renamings."""
    lines: dict[tuple[str, str], int] = {}
    for row, line in zip(rows.cells, rows.lines, strict=True):
        if row[1] in ("succeeded_by", "renamed_to"):
            lines.setdefault((row[0], row[3]), line)
    after: dict[str, list[str]] = {}
    for union, successor in lines:
        after.setdefault(union, []).append(successor)
    faults, told = [], set[frozenset[str]]()
    for start in sorted(after):
        path = circle(start, after)
        if path and frozenset(path) not in told:
            told.add(frozenset(path))
            text = f"the merger leads in a circle: {' to '.join(path)}"
            faults.append(Fault(rows.file, lines[path[0], path[1]], "value", text))
    return faults


def circle(start: str, after: dict[str, list[str]]) -> list[str]:
    """Return the path by which a union leads back to itself, or nothing."""
    stack, seen = [[start]], set[str]()
    while stack:
        path = stack.pop()
        for successor in after.get(path[-1], []):
            if successor == start:
                return [*path, start]
            if successor not in seen:
                seen.add(successor)
                stack.append([*path, successor])
    return []


def check_status(rows: Rows) -> list[Fault]:
    """List the unions whose status rows and whose ends or parents do not go together."""
    said = {(row[0], row[1]) for row in rows.cells}
    stands = {(row[0], row[3]) for row in rows.cells if row[1] == "status"}
    faults, told = [], set[tuple[str, str]]()
    for row, line in zip(rows.cells, rows.lines, strict=True):
        union, fact, _, value = row[:4]
        ended = (union, "succeeded_by") in said or (union, "renamed_to") in said
        text = ""
        if fact == "section_of" and value == union:
            text = f"union '{union}' is a section of itself; expected the union it is a part of"
            faults.append(Fault(rows.file, line, "value", text))
            continue
        if fact == "section_of" and (union, "section") not in stands:
            text = f"union '{union}' is a section of another; expected a status row section"
        elif fact == "status":
            text = status_fault(union, value, ended, said, stands)
        if text and (union, text) not in told:
            told.add((union, text))
            faults.append(Fault(rows.file, line, "value", text, needs="unions"))
    return faults


def status_fault(
    union: str, status: str, ended: bool, said: set[tuple[str, str]], stands: set[tuple[str, str]]
) -> str:
    """Say what a union's status lacks or goes against, or return nothing."""
    what = f"union '{union}' is {status}"
    if status == "former" and not ended:
        missing = "expected a row succeeded_by or renamed_to"
        return f"{what}, and no row says what became of it; {missing}"
    if status == "section" and (union, "section_of") not in said:
        return f"union '{union}' is a section, and no row says of which; expected section_of"
    if status == "active" and ended and (union, "former") not in stands:
        return f"{what}, and a row says what became of it; expected former"
    return ""


def check_count(value: str, known: Vocabularies, today: str) -> str:
    """Say why a figure is no whole number, or return nothing."""
    if COUNT.fullmatch(value):
        return ""
    if re.fullmatch(r"[0-9]{10,}", value):
        return f"'{value}' has more than 9 figures; expected a number of members"
    plain = re.sub(r"[,\s]|\.0+$", "", value)
    hint = f"; write {plain}" if COUNT.fullmatch(plain) else ""
    return f"'{value}' is not a whole number of members, nought or more{hint}"


def check_pounds(value: str, known: Vocabularies, today: str) -> str:
    """Say why a fee is no amount in pounds, or return nothing."""
    if POUNDS.fullmatch(value):
        return ""
    if value.startswith("-"):
        return f"'{value}' is below zero; expected an amount in pounds such as 42.67"
    return f"'{value}' is not an amount in pounds; expected one such as 42.67"


def check_answer(value: str, known: Vocabularies, today: str) -> str:
    """Say why an answer is none, or return nothing."""
    if value == "not stated":
        return "'not stated' is never stored; leave the row out"
    return unknown(value, "answer", schema.STORED_ANSWERS)


def check_founded(value: str, known: Vocabularies, today: str) -> str:
    """Say why a founding date is none, or return nothing."""
    return date_fault(value) or not_later(value, today)


VALUE_CHECKS: dict[str, Callable[[str, Vocabularies, str], str]] = {
    "text": lambda value, known, today: "",
    "status": lambda value, known, today: unknown(value, "status", schema.STATUSES),
    "date": check_founded,
    "union": lambda value, known, today: unknown(
        value, "union", known["unions"], "in the file with a name and a status"
    ),
    "count": check_count,
    "answer": check_answer,
    "pounds": check_pounds,
    "website": lambda value, known, today: (
        ""
        if WEBSITE.fullmatch(value)
        else f"'{value}' is not a site; expected one like neu.org.uk"
    ),
    "phone": lambda value, known, today: (
        ""
        if PHONE.fullmatch(value)
        else f"'{value}' is not a telephone number; expected one that starts with 0 or +"
    ),
}
