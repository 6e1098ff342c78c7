"""What each file of the data folder may hold; every fault of every file in one go."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from analysis import schema
from analysis.characters import BLANKS, say_unsafe
from analysis.read.files import TIDY, Fault, Rows
from analysis.read.legal import check_rules
from analysis.read.rules import Vocabularies, check_unions, date_fault, not_later, unknown
from analysis.read.spreadsheets import spoilt, unscrambled
from analysis.read.staff.people import person_in

# Columns of free words, where a spreadsheet's date or failed formula would pass for words.
WORDS = {"item", "qualifier", "note", "title", "publisher", "licence", "label"}

NO_PEOPLE = "take it out: facts are about unions, never about people"
# A paper's title may name a person.
OF_SOURCES = {"title", "publisher"}


def check(files: dict[str, Rows], today: dt.date) -> list[Fault]:
    """List every fault in the rows of the files.

    Parameters
    ----------
    files
        The rows of each kind of ``schema.FILES``, and of those of ``schema.LOCAL_FILES`` that
        are there.
    today
        No date may lie after it.
    """
    known = vocabularies(files)
    faults: list[Fault] = []
    for kind, rows in files.items():
        faults += check_cells(rows, kind)
        faults += ROW_CHECKS[kind](rows, known, today.isoformat())
    # What else is wrong with a cell about somebody would repeat it.
    private = {place(fault) for fault in faults if fault.text.endswith(NO_PEOPLE)}
    return [
        fault for fault in faults if fault.text.endswith(NO_PEOPLE) or place(fault) not in private
    ]


def place(fault: Fault) -> tuple[str, int, str]:
    """Return where a fault is."""
    return fault.file, fault.line, fault.column


def vocabularies(files: dict[str, Rows]) -> Vocabularies:
    """Return the words that each vocabulary allows, the data's own codes among them."""
    roles = column(files["roles"], "role")
    facts = [row for kind in files if kind.endswith("unions") for row in files[kind].cells]
    said = {(row[0], row[1], row[2]) for row in facts}
    wanted = (("name", "official"), ("name", "short"), ("status", ""))
    unions = {union for union, _, _ in said}
    whole = {union for union in unions if all((union, *fact) in said for fact in wanted)}
    return {
        "unions": sorted(whole),
        "sources": [
            code
            for kind in files
            if kind.endswith("sources")
            for code in column(files[kind], "source")
        ],
        "national_sources": column(files["sources"], "source"),
        "roles": [*roles, *(f"group:{group}" for group in schema.ROLE_GROUPS)],
        "benefits": column(files["benefits"], "benefit"),
        "phases": schema.PHASES,
        "nations": schema.NATIONS,
        "bodies": schema.BODIES,
        "scopes": schema.SCOPES,
        "names": schema.NAME_ITEMS,
        "founded": schema.FOUNDED_ITEMS,
        "bases": schema.BASES,
        "fee_bases": schema.FEE_BASES,
        "admits_bases": schema.ADMITS_BASES,
        "agreements": schema.AGREEMENTS,
    }


def column(rows: Rows, name: str) -> list[str]:
    """Return one column's cells, top to bottom."""
    place = rows.columns.index(name)
    return [row[place] for row in rows.cells]


def check_cells(rows: Rows, kind: str) -> list[Fault]:
    """List the cells that are empty, doubled, ill-formed, padded or hold a control character."""
    faults = []
    for place, wanted in enumerate((schema.FILES | schema.LOCAL_FILES)[kind]):
        pattern, seen = re.compile(wanted.pattern), dict[str, int]()
        cells = [row[place] for row in rows.cells]
        # Most cells stand many times in their column: each is looked at once.
        wrong = {cell: text for cell in set(cells) if (text := cell_fault(cell, wanted, pattern))}
        for cell, line in zip(cells, rows.lines, strict=True) if wrong or wanted.unique else ():
            text = wrong.get(cell, "")
            if not text and wanted.unique and cell in seen:
                text = f"'{cell}' stands on line {seen[cell]} too; expected once"
            seen.setdefault(cell, line)
            if text:
                faults.append(Fault(rows.file, line, wanted.name, text))
    return faults


def cell_fault(cell: str, wanted: schema.Column, pattern: re.Pattern[str]) -> str:
    """Say what is wrong with one cell by its column's own rules, or return nothing."""
    if not cell:
        return f"the cell is empty; expected {wanted.meaning}" if wanted.required else ""
    if kind := person_in(cell, titled=wanted.name not in OF_SOURCES):
        return f"the cell holds {kind}; {NO_PEOPLE}"
    if cell != unscrambled(cell):
        return f"'{cell}' holds letters that a spreadsheet misread; {TIDY}"
    if text := say_unsafe(cell.strip(BLANKS)):
        return text
    if cell != cell.strip():
        return f"'{cell}' begins or ends with a space; {TIDY}"
    if wanted.pattern == schema.DATE:
        return date_fault(cell)
    if wanted.name in WORDS and (text := spoilt(cell)):
        return text
    if wanted.pattern and not pattern.fullmatch(cell):
        return f"'{cell}' is not of the form expected: {wanted.meaning}"
    return ""


def check_sources(rows: Rows, known: Vocabularies, today: str) -> list[Fault]:
    """List the faults of sources: addresses, dates, and how much was read."""
    faults = []
    for row, line in zip(rows.cells, rows.lines, strict=True):
        cells = dict(zip(rows.columns, row, strict=True))
        texts = {
            "url": "" if re.match(r"https?://\S+$|$", cells["url"]) else
                   f"'{cells['url']}' is not a web address; expected https://…",
            "published": not_later(cells["published"], today),
            "accessed": not_later(cells["accessed"], today),
            "date_inferred": unknown(cells["date_inferred"], "date_inferred", ("yes", ""),
                                     "'yes' or empty"),
            "read": unknown(cells["read"], "read", schema.READ) if cells["read"] else "",
        }  # fmt: skip
        if len(cells["accessed"]) in (4, 7):
            texts["accessed"] = f"'{cells['accessed']}' has no day; expected one like 2026-11-22"
        if cells["date_inferred"] and not cells["published"]:
            texts["published"] = "the cell is empty; expected the date that was inferred"
        faults += [Fault(rows.file, line, name, text) for name, text in texts.items() if text]
    return faults


def check_roles(rows: Rows, known: Vocabularies, today: str) -> list[Fault]:
    """List the faults of roles: groups, and codes that stand on two roles."""
    faults, seen = grouped(rows, schema.ROLE_GROUPS), dict[str, int]()
    for row, line in zip(rows.cells, rows.lines, strict=True):
        for name, codes in (("post_codes", row[3]), ("role_codes", row[4])):
            for code in filter(None, codes.split(";")):
                if code in seen:
                    text = f"code '{code}' stands on line {seen[code]} too; expected one role"
                    faults.append(Fault(rows.file, line, name, text))
                seen.setdefault(code, line)
    return faults


def check_benefits(rows: Rows, known: Vocabularies, today: str) -> list[Fault]:
    """List the benefits of no known group."""
    return grouped(rows, schema.BENEFIT_GROUPS)


def check_legal(rows: Rows, known: Vocabularies, today: str) -> list[Fault]:
    """List the faults of rules."""
    return check_rules(rows, frozenset(known["sources"]))


def check_own_unions(rows: Rows, known: Vocabularies, today: str) -> list[Fault]:
    """List the faults of the employer's own facts, each employer's by themselves."""
    faults = []
    for employer in sorted(set(column(rows, "employer"))):
        at = [place for place, row in enumerate(rows.cells) if row[-1] == employer]
        cells, lines = (
            [rows.cells[place][:-1] for place in at],
            [rows.lines[place] for place in at],
        )
        faults += check_unions(Rows(rows.file, rows.columns[:-1], cells, lines), known, today)
    return faults


def check_own_sources(rows: Rows, known: Vocabularies, today: str) -> list[Fault]:
    """List the faults of the employer's own sources, and the codes that are taken."""
    taken = [
        Fault(rows.file, line, "source", f"'{row[0]}' stands in sources.csv too; expected once")
        for row, line in zip(rows.cells, rows.lines, strict=True)
        if row[0] in frozenset(known["national_sources"])
    ]
    return taken + check_sources(rows, known, today)


def grouped(rows: Rows, groups: Iterable[str]) -> list[Fault]:
    """List the rows whose group is not known."""
    return [
        Fault(rows.file, line, "group", text)
        for row, line in zip(rows.cells, rows.lines, strict=True)
        if row[2] and (text := unknown(row[2], "group", groups))
    ]


ROW_CHECKS: dict[str, Callable[[Rows, Vocabularies, str], list[Fault]]] = {
    "unions": check_unions,
    "sources": check_sources,
    "roles": check_roles,
    "benefits": check_benefits,
    "rules": check_legal,
    "local/unions": check_own_unions,
    "local/sources": check_own_sources,
}
