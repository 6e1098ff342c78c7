"""What a spreadsheet makes of a cell, and what the cell was before."""

import re
from collections import Counter
from decimal import Decimal

from analysis.dates import MONTHS

AMOUNT = re.compile(r"£?([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:[.,]([0-9]{1,2}))?")
COUNT = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?")
NUMBER = re.compile(r"£?[+-]?£?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?%?")
CUT_SHORT = re.compile(r"-?[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}")
FAILED = re.compile(r"#(?:NAME|REF|VALUE|DIV/0|N/A|NUM|NULL)[?!]?|#{3,}|Err:[0-9]{3}")
# 1-Feb, 01-Feb-17 and Sep-18 of Excel; 01/02/2017 of both.
MADE_DATE = re.compile(
    rf"(?:[0-9]{{1,2}}-)?(?:{'|'.join(MONTHS[1:])})(?:-[0-9]{{2,4}})?"
    r"|[0-9]{1,2}([/.])[0-9]{1,2}\1[0-9]{2,4}"
)
PARTS = re.compile(rf"[0-9]+|{'|'.join(MONTHS[1:])}", re.IGNORECASE)
CUT_TO = 6  # figures that Excel leaves of a number of twelve or more


def amount(value: str) -> str:
    """Return an amount in pounds with no decimals or two; what is no plain amount, as it is.

    >>> amount("1.3"), amount("14.00"), amount("£1,042.67"), amount("9,7"), amount("1e3")
    ('1.30', '14', '1042.67', '9.70', '1e3')
    """
    match = AMOUNT.fullmatch(value)
    if not match:
        return value
    pounds, pence = match[1].replace(",", ""), match[2] or ""
    return f"{pounds}.{pence:0<2}" if pence.strip("0") else pounds


def count(value: str) -> str:
    """Return a whole number without commas or empty decimals; what is none, as it is.

    >>> count("450,000"), count("1200.00"), count("4,5"), count("about 9")
    ('450000', '1200', '4,5', 'about 9')
    """
    match = COUNT.fullmatch(value)
    return match[1].replace(",", "") if match else value


def unscrambled(cell: str) -> str:
    """Return a cell whose UTF-8 was read as Windows' own letters as it was; any other, as it is.

    Excel does this on opening a file that has no byte order mark by a double click.

    >>> unscrambled("salary over Â£35,000"), unscrambled("café £1")
    ('salary over £35,000', 'café £1')
    """
    if cell.isascii():
        return cell
    raw = bytearray()
    for letter in cell:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return cell
            raw.append(ord(letter))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return cell


def rewrote(cell: str, before: str) -> bool:
    """Say whether a spreadsheet may have made ``cell`` of ``before``: the same, written otherwise.

    >>> rewrote("1924207890", "01924207890"), rewrote("4.41924E+11", "+441924207890")
    (True, True)
    >>> rewrote("02-Jan", "1-2"), rewrote("TRUE", "true"), rewrote("1925", "01924")
    (True, True, False)
    """
    if cell == before or (cell in ("TRUE", "FALSE") and before.upper() == cell):
        return True
    return same_number(cell, before) or same_date(cell, before)


def same_number(cell: str, before: str) -> bool:
    """Say whether two cells hold one number, as far as the first one's figures go."""
    if not (NUMBER.fullmatch(cell) and NUMBER.fullmatch(before)):
        return False
    new, old = (Decimal(re.sub("[£+,%]", "", text.replace("E+", "E"))) for text in (cell, before))
    figures = len(new.as_tuple().digits)
    cut = CUT_SHORT.fullmatch(cell) and figures >= min(CUT_TO, len(old.normalize().as_tuple()[1]))
    return new == old or bool(cut and new == round(old, figures - 1 - old.adjusted()))


def same_date(cell: str, before: str) -> bool:
    """Say whether a date that a spreadsheet made has all the parts of what stood there before."""
    if not MADE_DATE.fullmatch(cell) or re.sub(r"[\s./-]", "", PARTS.sub("", before)).strip(
        "abcdefghijklmnopqrstuvwxyz"
    ):
        return False
    old = parts(before)
    return bool(old) and not old - parts(cell)


def parts(text: str) -> Counter[str]:
    """Return the numbers of a date, months among them, years by their last two figures.

    >>> sorted(parts("March 2018").elements()), sorted(parts("01-Mar-18").elements())
    (['18', '3'], ['1', '18', '3'])
    """
    found = (part[:3].title() for part in PARTS.findall(text))
    whole = (part for part in PARTS.findall(text))
    return Counter(
        str(MONTHS.index(name)) if name in MONTHS else str(int(part[-2:]))
        for name, part in zip(found, whole, strict=True)
    )


def spoilt(cell: str) -> str:
    """Say that a cell of words holds what only a spreadsheet writes, or return nothing.

    >>> spoilt("01-Feb")
    "'01-Feb' is a date that a spreadsheet made; write what the source says"
    >>> spoilt("seventeen officers")
    ''
    """
    if MADE_DATE.fullmatch(cell):
        return f"'{cell}' is a date that a spreadsheet made; write what the source says"
    if CUT_SHORT.fullmatch(cell):
        return f"'{cell}' is a number that a spreadsheet cut short; write all of its figures"
    if FAILED.fullmatch(cell) or cell in ("TRUE", "FALSE"):
        return f"'{cell}' was put there by a spreadsheet; write what the source says"
    return ""
