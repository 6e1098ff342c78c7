"""What a file says of a school itself, and the few signs that are a person's wherever they stand.

A school's number has seven figures, as a teacher's has, and a census has a date, as a birth has:
under a heading that says whose they are, neither is taken for a person's.
"""

import re
from collections.abc import Iterable

# Headings without blanks, signs and figures.
HEADINGS_TEXT = """
    laestab estab laestabno laestabnumber laestabcode schoollaestab establishmentnumber
    establishmentno estabnumber schooldfenumber dfenumberofschool dfenumberoftheschool
    census censusdate dateofcensus la lacode phase type
"""
HEADINGS = frozenset(HEADINGS_TEXT.split())
SCHOOL_NUMBER = re.compile(r"\d{3}[ /-]?\d{4}(?:\.0*)?")
MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
CENSUS_DAY = re.compile(
    rf"(?:census )?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTHS} (?:19|20)\d\d"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d"
)
# A person's number or address, in forms so strict that no heading or note of the department's
# has them: "in 2023/24" is no National Insurance number.
STRICT = {
    "National Insurance numbers": re.compile(
        r"(?<![^\W_])[a-z]{2}[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[a-d](?![^\W_])", re.IGNORECASE
    ),
    "e-mail addresses": re.compile(r"[^\s@]@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE),
    "teacher reference numbers (seven figures)": re.compile(
        r"(?<![^\W_])rp ?\d\d ?[/-]? ?\d{5}(?!\d)", re.IGNORECASE
    ),
}


def is_institutional(heading: str) -> bool:
    """Say whether a heading is about the school or the census.

    >>> is_institutional("LA Estab"), is_institutional("Census date"), is_institutional("TRN")
    (True, True, False)
    """
    return "".join(c for c in heading.casefold() if c.isalpha()) in HEADINGS


def drop_institutional(cells: Iterable[str]) -> list[str]:
    """Return the cells that are neither a school's number nor the day of a census.

    >>> drop_institutional(["9192001", "919/2001", "November 2024", "QQ123456C"])
    ['QQ123456C']
    """
    plain = ((cell, " ".join(cell.casefold().split())) for cell in cells)
    forms = (SCHOOL_NUMBER, CENSUS_DAY)
    return [cell for cell, text in plain if not any(form.fullmatch(text) for form in forms)]


def strict_kind(text: str) -> str:
    """Say which sign of a person a text holds, or return nothing.

    >>> strict_kind("QQ 12 34 56 C"), strict_kind("RP12/34567")
    ('National Insurance numbers', 'teacher reference numbers (seven figures)')
    >>> strict_kind("Teachers in 2023/24")
    ''
    """
    return next((kind for kind, form in STRICT.items() if form.search(text)), "")
