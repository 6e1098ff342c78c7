"""The refusal of people: a file about anybody's person, or their union, is not read.

A union's members are special category data under Article 9 of the UK GDPR. Headings and cells are
looked at before a row is made of them, and what was seen is never repeated: a sentence says in
which column it stands, of what kind it is, and that the column has to go.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import zip_longest

from analysis.errors import PrivacyError
from analysis.read.staff.institutional import drop_institutional, is_institutional
from analysis.read.staff.sayable import USUAL

NAMES, DATES, PHONES = "people's names", "dates, as of birth", "telephone numbers"
INSURANCE, REFERENCES = "National Insurance numbers", "teacher reference numbers (seven figures)"
PAYROLL, MAIL, ABOUT = "payroll or staff numbers", "e-mail addresses", "something about people"
UNION = "somebody's union membership"

# Read in this order. A phrase stands in a heading as whole words, or, from six letters on, within
# a longer word; one with a full stop must be the whole heading, since posts are named so too.
HEADINGS = {
    UNION: """union|unions|trade union|union name|union rep|tu|membership|member
        |members|member of|unionised|unionized|rep.|reps.
        |subs|subscription|subscriptions|check off|dues""",
    INSURANCE: "ni|nino|ni number|ni no|national insurance|nat ins|insurance number|insurance no",
    REFERENCES: """trn|teacher ref|teacher reference|teacher number|teacher no|teachers number
        |teacher id|dfe number|dfe no|dfe ref|dfes number|dcsf number|gtc|qts number""",
    PAYROLL: """payroll.|payroll number|payroll no|payroll id|payroll ref
        |pay number|pay no|pay ref|staff number|staff no|staff id|staff ref|staff code
        |employee number|employee no|employee id|employee ref|employee code|emp no|emp id
        |emp number|personnel number|personnel no|works number|assignment number|person id
        |personal id|contract number|user id|user name|username|login|bank account
        |sort code""",
    MAIL: "email|e mail|mail.|mailbox",
    PHONES: "phone|telephone|tel|mobile number|mobile no|mobile.|mob|landline|fax|contact number",
    "addresses": "address|postcode|home post code|street|home town",
    "dates of birth or ages": "dob|date of birth|birth|birthday|born|age|ages",
    ABOUT: """gender|sex|ethnicity|ethnic.|ethnic group|ethnic origin|race.|religion|nationality
        |disability|disabilities|disabled|sexual orientation|orientation|marital|married
        |pregnancy|pregnant|maternity.|absence.|absences.|sickness|sick|medical.|passport
        |visa|dbs|right to work|disciplinary|grievance|salary|salaries
        |protected characteristic|characteristic""",
    NAMES: """name|names|forename|surname|family name|given name|known as|initials
        |initial.|employee.|employees.|staff member|member of staff|teacher.|teachers.
        |headteacher.|head teacher.|person.|persons.|individual.|postholder|post holder
        |incumbent|colleague.|alias|signature|contact.|line manager""",
}
PHRASES = {kind: [phrase.strip() for phrase in text.split("|")] for kind, text in HEADINGS.items()}
# A heading that holds 'name' is not a person's where it says whose name it is.
ORGANISATIONS = """
    academy authority department employer establishment federation group job la local mat
    multi organisation phase post role school site team trust
"""
OF_NO_PERSON = frozenset(ORGANISATIONS.split())
OF_PERSON = {"contact", "employee", "first", "full", "head", "headteacher", "last", "staff"}
# Unions by names that mean nothing else, and by names that are usual words too.
UNIONS = {"ascl", "gmb", "naht", "nasuwt", "neu", "nsead", "ucac", "ucu", "unison"}
USUAL_UNIONS = {"aep", "atl", "community", "edapt", "eis", "nut", "prospect", "unite", "voice"}

MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
# A count or a URN, as most cells are.
SHORT = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]+)?")
NUMBER = re.compile(r"[+-]?(0|[1-9]\d*)(?:\.\d*)?(?:e[+-]?\d{1,3})?")
DECIMAL = re.compile(r"(?<![\d.])(?:0|[1-9]\d{0,5})\.\d+(?![\d.])")
DIGITS = re.compile(r"\d(?:[ ()/.+_-]{0,3}\d){6,}")
THREE_PARTS = re.compile(r"(?<!\d)(\d{1,4}) ?[./\\-] ?(\d{1,2}) ?[./\\-] ?(\d{1,4})(?!\d)")
MAIL_PATTERN = re.compile(
    r"[^\s@]@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|[\w-]\.[\w-]+@\w"
    r"|[^\s@] ?@ ?[\w.-]+\.(?:uk|com|org|net|edu|info|eu)(?!\w)"
)
INSURANCE_PATTERN = re.compile(r"(?<![^\W_])[a-z]{2}[\W_]{0,3}(?:\d[\W_]{0,3}){6}[a-z]?(?![^\W_])")
INSURANCE_IN_TEXT = re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.I)
TITLE_IN_TEXT = re.compile(r"\b(?:Mrs?|Miss|Ms|Mx)\.? [A-Z]")
DATE_PATTERN = re.compile(
    rf"(?<![^\W_]){DAY}[\W_]*(?:of )?{MONTH}[\W_]*(?:\d{{4}}|\d{{2}})(?!\d)"
    rf"|(?<![^\W_]){MONTH}[\W_]*{DAY}[\W_]+\d{{4}}(?!\d)"
    rf"|^(?:{DAY}[\W_]*{MONTH}|{MONTH}[\W_]*(?:\d{{4}}|\d{{1,2}}))$"
)
WORD = r"[^\W\d_][\w.-]*(?:['\u2019]\w\w[\w-]*)?"
TITLED = re.compile(
    rf"(?:mrs?|miss|ms|mx|dr|prof|revd?)(?:\.|(?= )|$)(?: ?{WORD})?(?: {WORD}){{0,3}}"
)
INITIALLED = re.compile(
    rf"{WORD}(?: {WORD}){{0,2}} ?, ?(?:[a-z](?:\. ?| |$)){{1,3}}|(?:[a-z]\. ?){{1,3}}{WORD}"
)
OF_SCHOOLS = {"centre", "cofe", "rc", "junior", "middle", "unit", "catholic", "church"}


def refuse_people(
    file: str,
    header: list[str],
    columns: list[Iterable[str]],
    is_ours: Callable[[str], bool],
    words: frozenset[str] = frozenset(),
) -> None:
    """Refuse a file that holds something about people.

    Parameters
    ----------
    file
        The file's name, for the sentence.
    header
        The headings, in the order of the columns.
    columns
        The cells of each column; each distinct cell need stand only once.
    is_ours
        Whether a heading names a column that is read, or a post.
    words
        The words of the posts, in small letters: no name is looked for in a cell of these.

    Raises
    ------
    PrivacyError
        If a heading or a cell is of such a kind; nothing of the file is repeated.

    Examples
    --------
    >>> refuse_people("staff.csv", ["urn", "role"], [["117500"], ["Cook"]], lambda name: True)
    >>> refuse_people("staff.csv", ["urn", "N.I. no"], [["117500"], []], {"urn"}.__contains__)
    Traceback (most recent call last):
    ...
    analysis.errors.PrivacyError: staff.csv: column 2 looks like National Insurance numbers; ...
    """
    seen: list[str] = []
    for place, (heading, cells) in enumerate(zip_longest(header, columns), start=1):
        of_school = "".join(heading_words(heading or "")) in ("school", "schoolname")
        plain_one = is_institutional(heading or "") or is_ours(heading or "")
        kind = "" if heading is None or plain_one else kind_of_heading(heading)
        cells = drop_institutional(cells or ()) if is_institutional(heading or "") else cells
        kind = kind or kind_of_cells(cells or (), words, of_school)
        if kind or (kind := kind_of_cell(heading or "", words)) not in ("", DATES):
            seen.append(f"column {place} looks like {kind}")
    if seen:
        advice = f"take {'it' if len(seen) == 1 else 'them'} out of the file"
        text = " and ".join(filter(None, [", ".join(seen[:-1]), seen[-1]]))
        text = f"{text}; {advice}: posts and counts are read here, never people"
        raise PrivacyError(f"{file}: {text}") from None


def person_in(text: str, titled: bool = True) -> str:
    """Say what of somebody's own stands in a text about other things, or return nothing.

    Only what nothing else looks like is told: an e-mail address, a National Insurance number and,
    if ``titled``, a name after Mr, Mrs, Miss, Ms or Mx.

    >>> person_in("ask a.jones@example.org"), person_in("about 300,000 members")
    ('an e-mail address', '')
    >>> person_in("speak to Mrs Jones"), person_in("QQ 12 34 56 C is hers")
    ("a person's name", 'a National Insurance number')
    """
    if "@" in text and MAIL_PATTERN.search(plain(text)):
        return "an e-mail address"
    if INSURANCE_IN_TEXT.search(text):
        return "a National Insurance number"
    return "a person's name" if titled and TITLE_IN_TEXT.search(text) else ""


def plain(text: str) -> str:
    """Return text in small letters and usual characters, without what cannot be seen."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(text.casefold().split())


def heading_words(heading: str) -> list[str]:
    """Cut a heading into its words, whichever way it is written.

    >>> heading_words(" Staff_Name"), heading_words("dateOfBirth"), heading_words("NINumber")
    (['staff', 'name'], ['date', 'of', 'birth'], ['ni', 'number'])
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading)
    return re.findall(r"[^\W\d_]+", re.sub(r"['\u2019]", "", plain(apart)))


def kind_of_heading(heading: str) -> str:
    """Say what a heading seems to be about, of what is not read, or return nothing.

    >>> kind_of_heading("Employee e-mail"), kind_of_heading("NEU members"), kind_of_heading("FTE")
    ('e-mail addresses', "somebody's union membership", '')
    >>> kind_of_heading("Member of staff"), kind_of_heading("Name of school")
    ("people's names", '')
    """
    words = heading_words(heading)
    whole = "".join(words)
    # The census has codes of posts, and a letter has a postcode.
    if words in (["post", "code"], ["post", "codes"]):
        return ""
    if "staff" in words and {"member", "members"} & set(words) and "union" not in words:
        return NAMES
    if names_union(words):
        return UNION
    for kind, phrases in PHRASES.items():
        of_others = OF_NO_PERSON & set(words) and not OF_PERSON & set(words)
        for phrase in phrases:
            if stands_in(phrase, words, whole) and not (of_others and "name" in phrase):
                return kind
    return ""


def stands_in(phrase: str, words: list[str], whole: str) -> bool:
    """Say whether a phrase of :data:`HEADINGS` stands in a heading."""
    letters = phrase.replace(" ", "").removesuffix(".")
    if phrase.endswith(".") or letters == whole:
        return letters == whole
    within = len(letters) >= 6 and letters in whole
    return within or f" {phrase} " in f" {' '.join(words)} "


def names_union(words: list[str]) -> bool:
    """Say whether some words name a union of today or of late."""
    others = [word for word in words if word not in ("the", "union", "member", "members")]
    return bool(UNIONS & set(words)) or "".join(others) in UNIONS | USUAL_UNIONS


def kind_of_cells(cells: Iterable[str], words: frozenset[str], of_school: bool) -> str:
    """Return the first kind of thing about people that a column's cells look like."""
    return next((kind for cell in cells if (kind := kind_of_cell(cell, words, of_school))), "")


def kind_of_cell(cell: str, words: frozenset[str] = frozenset(), of_school: bool = False) -> str:
    """Say what a cell looks like, of what is not read, or return nothing.

    >>> kind_of_cell("qq 12 34 56 c"), kind_of_cell("3 May 1980")
    ('National Insurance numbers', 'dates, as of birth')
    >>> kind_of_cell("RP12/34567"), kind_of_cell("07700 900123")
    ('teacher reference numbers (seven figures)', 'telephone numbers')
    >>> kind_of_cell("117500"), kind_of_cell("0.8666666667"), kind_of_cell("low")
    ('', '', '')
    """
    if SHORT.fullmatch(cell):
        return ""
    text = plain(cell)
    if NUMBER.fullmatch(text):
        return kind_of_number(text)
    if kind := kind_by_pattern(text):
        return kind
    letters = re.findall(r"[^\W\d_]+", text)
    if UNIONS & set(letters) or (names_union(letters) and not of_school):
        return UNION
    return NAMES if is_person(text, letters, words, of_school) else ""


def kind_by_pattern(text: str) -> str:
    """Say what a cell in small letters holds by its signs and figures."""
    if "@" in text and MAIL_PATTERN.search(text):
        return MAIL
    if not re.search(r"\d", text):
        return ""
    if INSURANCE_PATTERN.search(text):
        return INSURANCE
    if DATE_PATTERN.search(text) or any(is_date(*f) for f in THREE_PARTS.findall(text)):
        return DATES
    runs = [re.sub(r"\D", "", run) for run in DIGITS.findall(DECIMAL.sub(" ", text))]
    return next((kind for run in runs if (kind := kind_of_digits(run))), "")


def kind_of_number(text: str) -> str:
    """Say what a number looks like by the figures before its point.

    >>> kind_of_number("1234567.0"), kind_of_number("7.7009E+09"), kind_of_number("1.175e+05")
    ('teacher reference numbers (seven figures)', 'telephone numbers', '')
    """
    number = Decimal(text)
    figures = number.adjusted() + 1
    return kind_of_digits(str(abs(int(number)))) if 7 <= figures <= 20 else ""


def kind_of_digits(digits: str) -> str:
    """Say what seven figures or more look like; a count has fewer, and so has a URN."""
    if len(digits) == 7:
        return REFERENCES
    if len(digits) == 8:
        ends = ((digits[:2], digits[2:4], digits[4:]), (digits[:4], digits[4:6], digits[6:]))
        return DATES if any(is_date(*parts) for parts in ends) else ""
    return PHONES if len(digits) <= 15 else PAYROLL


def is_date(first: str, second: str, third: str) -> bool:
    """Say whether three numbers can be a day, a month and a year, in any usual order.

    >>> is_date("31", "12", "1980"), is_date("1980", "1", "2"), is_date("1", "2", "3")
    (True, True, False)
    """
    if len(first) == 4:
        first, third = third, first
    days = sorted((int(first), int(second)))
    year = len(third) == 2 or (len(third) == 4 and third[:2] in ("19", "20"))
    return year and len(first) <= 2 and 1 <= days[0] <= 12 and days[1] <= 31


def is_person(text: str, letters: list[str], words: frozenset[str], of_school: bool) -> bool:
    """Say whether a cell is a name with a title or with initials.

    >>> is_person("mrs a jones", ["mrs", "a", "jones"], frozenset(), True)
    True
    >>> is_person("school b", ["school", "b"], frozenset(), True)
    False
    """
    at_work = any(
        form in vocabulary
        for word in letters
        if len(word) > 1
        for form in (word, word.removesuffix("s"))
        for vocabulary in (USUAL, OF_SCHOOLS, words)
    )
    if TITLED.fullmatch(text):
        return not (of_school and at_work)
    return not at_work and bool(INITIALLED.fullmatch(text))
