"""The headings of the department's school tables, in every year's spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.errors import DataError, PrivacyError
from analysis.read.staff.counts import OUTSIDE_CLASS, Column, posts_of, refuse
from analysis.read.staff.institutional import strict_kind
from analysis.read.staff.people import ABOUT, NAMES, heading_words, kind_of_heading
from analysis.read.staff.sayable import HEADINGS, is_sayable

STAFF = {
    "classroomteachers": "teaching",
    "teachersintheleadershipgroup": "leadership",
    "teachingassistants": "classroom_support",
    "otherschoolsupportstaff": "other_support",
    "technicians": "technicians",
    "leadershipnonteachers": "leadership_non_teachers",
    "schoolbusinessprofessionals": "business",
    "administrativestaff": "administrative",
    "auxiliarystaff": "auxiliary",
}
# The one column of the years up to 2023, whose two headings name it at different length.
OUTSIDE = "nonclassroombasedschoolsupportstaff"
# Totals and parts of what is counted above, and people whom the school does not employ.
OTHERS = ("teachers", "schoolsupportstaff", "supportstaff", "thirdparty", "pupils")
COUNT = re.compile(r"totalnumberof(.+)(headcount|fte)")

CODES = ("lanumber", "lacode", "laestab")
WANTED = (
    "URN",
    "School Name",
    "Total Number of Classroom Teachers (Headcount)",
    "Total Number of Teachers in the Leadership Group (Headcount)",
    "Total Number of Teaching Assistants (Headcount)",
)
SAYABLE = HEADINGS | {"name"}
SAID = 6
# Of the headings that elsewhere are about somebody, those that are the department's own: names
# of places, and shares and sums of a school's staff.
PLACES = {"constituency", "country", "district", "office", "region", "ward"}
BORN = {"birth", "birthday", "born", "dob"}
SHARES = {"", ABOUT, "addresses"}
# A heading is no longer, and these words stand in the headings of a list of tables or columns.
LONGEST = 40
LISTS = {"column", "definition", "description", "field", "sheet", "table", "variable", "worksheet"}


@dataclass(frozen=True)
class Header:
    """Where the columns of a sheet are; those of counts in the order of the posts."""

    urn: int
    school: int
    codes: list[int]
    counts: list[tuple[int, Column]]

    @property
    def last(self) -> int:
        """The last place that is read of a row."""
        return max(self.urn, self.school, *self.codes, *(at for at, _ in self.counts))


def plain(heading: str) -> str:
    """Return a heading's letters and digits, in which every year's spellings fall together.

    >>> plain(" Total Number of Teachers (Full-time Equivalent")
    'totalnumberofteachersfte'
    """
    letters = "".join(c for c in heading.casefold() if c.isalnum())
    return letters.replace("fulltimeequivalent", "fte")


def kind_of(heading: str) -> tuple[str, str]:
    """Return the kind of staff that a heading counts and how, or nothing; ``?`` if not known.

    >>> kind_of("Total Number of Technicians (FTE)"), kind_of("School Name")
    (('technicians', 'fte'), ('', ''))
    >>> kind_of("Total Number of Gardeners (Headcount)")
    ('?', 'headcount')
    """
    found = COUNT.fullmatch(plain(heading))
    if not found:
        return "", ""
    staff, measure = found.groups()
    if staff.startswith(OUTSIDE):
        return OUTSIDE_CLASS, measure
    if staff in STAFF:
        return STAFF[staff], measure
    return ("", "") if staff.startswith(OTHERS) else ("?", measure)


def is_header(cells: Iterable[str]) -> bool:
    """Say whether a row holds the headings of school tables, whatever their spelling."""
    names = {plain(cell) for cell in cells}
    return "urn" in names and any(COUNT.fullmatch(name) for name in names)


def read_header(cells: list[str], where: str) -> Header:
    """Find the columns by their headings.

    Raises
    ------
    DataError
        If a column that every year has is missing, one stands twice, or staff are counted under
        a heading that is not known: they would be left out without a word.
    """
    refuse_own(where, cells)
    places = {plain(cell): place for place, cell in reversed(list(enumerate(cells)))}
    if not {plain(name) for name in WANTED} <= set(places):
        raise unknown_shape(where, WANTED, cells)
    kinds = [kind_of(cell) for cell in cells]
    faults = []
    for place, (kind, measure) in enumerate(kinds):
        if kind == "?":
            faults.append(f"{where}: staff counted under '{cells[place]}' are of no known group")
        elif kind and kinds.index((kind, measure)) < place:
            faults.append(f"{where}: the column '{cells[place]}' stands twice; expected once")
    refuse(faults, where)
    counts = [
        (kinds.index((kind, measure)), post, measure)
        for kind, post in posts_of([kind for kind, _ in kinds]).items()
        for measure in ("headcount", "fte")
        if (kind, measure) in kinds
    ]
    return Header(
        urn=places["urn"],
        school=places["schoolname"],
        codes=[places[code] for code in CODES if code in places],
        counts=[(at, Column(post, measure, cells[at])) for at, post, measure in counts],
    )


def refuse_own(where: str, headings: list[str]) -> None:
    """Refuse a file to which somebody added a column about people.

    Raises
    ------
    PrivacyError
        If a heading is about people and none of the department's own.
    """
    refuse_seen(where, {
        place: strict_kind(heading) or kind_of_heading(heading)
        for place, heading in enumerate(headings, 1)
        if strict_kind(heading) or not is_departments(heading)
    })  # fmt: skip


def refuse_cells(where: str, cells: dict[int, str]) -> None:
    """Refuse a row that holds a sign of a person in a column that is not the department's.

    Parameters
    ----------
    where
        The file, with the sheet if it has one.
    cells
        The row's cells of such columns, by their place from nought.

    Raises
    ------
    PrivacyError
        If there is one; nothing of it is repeated.
    """
    if strict_kind("\n".join(cells.values())):
        refuse_seen(
            where, {at + 1: kind for at, cell in cells.items() if (kind := strict_kind(cell))}
        )


def refuse_sheet(where: str, rows: Iterable[list[str]]) -> None:
    """Refuse a further sheet whose first row of several cells is about people.

    A list of what tables or columns are called is the department's.

    Raises
    ------
    PrivacyError
        If it is.
    """
    several = (row for row in rows if sum(map(bool, row)) > 1)
    header = [cell if len(cell) <= LONGEST else "" for cell in next(several, [])]
    listed = LISTS & {word for cell in header for word in heading_words(cell)}
    kept = ["" if listed and kind_of_heading(cell) == NAMES else cell for cell in header]
    refuse_own(where, kept)


def refuse_seen(where: str, kinds: dict[int, str]) -> None:
    """Raise what was seen, by the column's number, if anything was.

    Raises
    ------
    PrivacyError
        If anything was seen.
    """
    seen = [f"column {place} looks like {kind}" for place, kind in kinds.items()]
    if seen:
        advice = f"take {'it' if len(seen) == 1 else 'them'} out of the file"
        text = f"{' and '.join(seen)}; {advice}: posts and counts are read here, never people"
        raise PrivacyError(f"{where}: {text}")


def is_departments(heading: str) -> bool:
    """Say whether a heading can be one of the department's own.

    >>> is_departments("Statutory Low Age"), is_departments("Government Office Region Name")
    (True, True)
    >>> is_departments("Date of birth"), is_departments("Headteacher name")
    (False, False)
    """
    kind, words = kind_of_heading(heading), set(heading_words(heading))
    if kind == NAMES:
        return bool(words & PLACES)
    if plain(heading) == "staffnumbers":  # the band above the counts, not a column of numbers
        return True
    return kind in SHARES or ("age" in words and not words & BORN)


def unknown_shape(where: str, wanted: Iterable[str], found: Iterable[str]) -> DataError:
    """Say which columns were looked for and which were found.

    The file may be anybody's: a heading that may be a person's name is counted, not repeated.

    Raises
    ------
    PrivacyError
        If a heading is about people.
    """
    found, wanted = list(found), list(wanted)
    refuse_own(where, found)
    names = [name for name in found if name]
    sayable = [
        name for name in names if name in wanted or is_sayable(name.replace("_", " "), SAYABLE)
    ]
    said = [f"'{name}'" for name in sayable[:SAID]]
    rest = len(names) - len(said)
    more = [f"{rest} {'more' if said else 'others'}"] if rest else []
    looked = ", ".join(f"'{name}'" for name in wanted)
    text = f"a published file of a shape not known; looked for the columns {looked}"
    return DataError([f"{where}: {text}; found {', '.join(said + more) or 'none'}"])
