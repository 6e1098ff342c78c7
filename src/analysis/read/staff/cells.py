"""What one cell of a school's own file means, or the sentence that says what is wrong with it.

A cell is repeated in a sentence only where its form shows that it is a URN or a count.
"""

import re
from typing import NamedTuple

from analysis.schema import SYMBOLS

MOST = 9_999
LISTED = ", ".join(SYMBOLS)
COUNT = f"expected a whole number, or the department's {LISTED}"
PART = f"expected a number, the department's {LISTED}, or an empty cell"
FORM = "expected six digits"
EMPLOYER = re.compile(r"[0-9]{3,6}|TR[0-9]{5}|E[0-9]{8}")
NUMBER = r"[0-9]{1,4}"


class Count(NamedTuple):
    """A number of people, or full-time equivalents; a symbol in its place; what is wrong."""

    number: float | None = None
    symbol: str = ""
    fault: str = ""


def wrong_urn(cell: str) -> str:
    """Say what is wrong with a URN, or return nothing.

    >>> wrong_urn("117500"), wrong_urn("117500.0")[:51]
    ('', "'117500.0' is what a spreadsheet made of 117500; se")
    >>> wrong_urn("11750"), wrong_urn("Jane Smith")
    ('the cell has 5 digits; expected six digits', 'the cell is not a number; expected six digits')
    """
    text = cell.strip()
    if re.fullmatch(r"[0-9]{6}", cell):
        return ""
    if not text:
        return f"the cell is empty; {FORM}"
    if re.fullmatch(r"[0-9]{6}", text):
        return f"the cell begins or ends with a blank; write {text} alone"
    if re.fullmatch(r"[0-9]{3}[, \u00a0][0-9]{3}", text):
        return f"'{text}' has a comma or a blank in it; write {text[:3]}{text[4:]}"
    advice = "set the column to text and write the six digits again"
    if re.fullmatch(r"[0-9]{6}\.0*", text):
        return f"'{text}' is what a spreadsheet made of {text[:6]}; {advice}"
    if re.fullmatch(r"[0-9](?:\.[0-9]{1,5})?[eE]\+?0?5", text):
        made = "is what a spreadsheet made of a long number, whose last digits may be lost"
        return f"'{text}' {made}; {advice}"
    digits = len(text) if re.fullmatch(r"[0-9]+", text) else 0
    what = f"has {digits} digit{'s' * (digits > 1)}" if digits else "is not a number"
    return f"the cell {what}; {FORM}"


def wrong_school(cell: str) -> str:
    """Say that a school's name is missing, or return nothing."""
    return "" if cell.strip() else "the cell is empty; expected the school's name"


def read_headcount(cell: str) -> Count:
    """Read a number of people.

    >>> read_headcount("12"), read_headcount("LOW")
    (Count(number=12, symbol='', fault=''), Count(number=None, symbol='low', fault=''))
    >>> read_headcount("2.0").fault, read_headcount("1,200").fault
    ("'2.0' has decimals; write 2", "'1,200' has a comma in it; write 1200")
    """
    text = cell.strip()
    if text.casefold() in SYMBOLS:
        return Count(symbol=text.casefold())
    if re.fullmatch(NUMBER, text):
        return Count(int(text))
    return Count(fault=wrong_headcount(text))


def wrong_headcount(text: str) -> str:
    """Say why a cell is no number of people."""
    if not text:
        return f"the headcount is missing; {COUNT}"
    if re.fullmatch(r"[0-9]+", text):
        return f"the cell has {len(text)} digits; expected at most {MOST:,} people in one post"
    if re.fullmatch(rf"[-\u2212]{NUMBER}(?:\.[0-9]{{1,2}})?", text):
        return f"'{text}' is less than nought; {COUNT}"
    if re.fullmatch(rf"{NUMBER}\.0*", text):
        return f"'{text}' has decimals; write {text.partition('.')[0]}"
    if re.fullmatch(r"[0-9],[0-9]{3}", text):
        return f"'{text}' has a comma in it; write {text.replace(',', '')}"
    if re.fullmatch(rf"{NUMBER}[.,][0-9]{{1,3}}", text):
        return f"'{text}' is not a whole number of people; part time goes into the column fte"
    return f"the cell is not a number of people; {COUNT}"


def read_fte(cell: str) -> Count:
    """Read full-time equivalents; an empty cell says nothing.

    >>> read_fte("10.4").number, read_fte("").number, read_fte("0,5").fault
    (10.4, None, "'0,5' has a decimal comma; write 0.5")
    """
    text = cell.strip()
    if not text or text.casefold() in SYMBOLS:
        return Count(symbol=text.casefold())
    if re.fullmatch(rf"{NUMBER}(?:\.[0-9]*)?|\.[0-9]+", text):
        return Count(float(text))
    if re.fullmatch(rf"{NUMBER},[0-9]{{1,2}}", text):
        return Count(fault=f"'{text}' has a decimal comma; write {text.replace(',', '.')}")
    if re.fullmatch(rf"[-\u2212]{NUMBER}(?:\.[0-9]{{1,2}})?", text):
        return Count(fault=f"'{text}' is less than nought; {PART}")
    return Count(fault=f"the cell is not a number of full-time equivalents; {PART}")


def read_employers(cell: str) -> tuple[str, ...]:
    """Return the codes of a school's employers, in the order given.

    >>> read_employers("16500; E10000015")
    ('16500', 'E10000015')
    """
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def wrong_employer(cell: str) -> str:
    """Say that a cell does not hold the codes of employers, or return nothing."""
    if all(EMPLOYER.fullmatch(code) for code in read_employers(cell)):
        return ""
    codes = "a trust's UID or an authority's code, such as 919 or E10000015"
    return f"the cell holds something else; expected {codes}, with a semicolon between two"
