"""Whether a cell may be repeated in an error: only where every word of it is a word of work.

An error repeats the value that was wrong, so that its reader finds it. A cell of a school's own
file may be anybody's name, though: what cannot be told from a name is not repeated.
"""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+")
# Words, single figures, and what stands between them; nothing like a number of a person.
PLAIN = re.compile(r"(?:[^\W\d_]+|\d)(?:[ /&(),.:_'\u2019-]+(?:[^\W\d_]+|\d))*[).]?")
LONGEST = 60
# Shorter words lie too near to names: Carter and career, Potter and porter, Cooke and cook.
SHORTEST_NEAR = 7

# The words of school posts that the role labels do not hold.
USUAL_TEXT = """
    academic academy admin administrative adviser advisor all analyst and apprentice area
    assessor associate attendance behaviour board bursar business casual catering chair class
    classroom clerical college community computing coordinator counsellor cover crossing
    curriculum department deputy designated development dinner director driver education
    english executive facilitator facilities family finance first food for full games general
    geography governance governor grounds groundskeeper handyman head heads health history home
    housekeeper humanities ict inclusion industry infant information instructor intervention
    key kitchen lab laboratory languages lead leader leadership learning lecturer level
    librarian library lunchtime maintenance management manager managers marketing mathematics
    maths meals member mentor mentoring minibus network non nursery nurture of office officer
    officers one operations operative other outreach part pastoral payroll peripatetic
    personnel phase physical post posts practitioner premises primary professional programme
    progress project pupil pupils qualified reception reprographics resources safeguarding
    school schools science secondary secretarial security sen send senior services site skills
    special specialist sports staff stage student students studies subject supervisor
    supervisory supply support swimming systems teacher teachers teaching team technical
    technology temporary term the therapist time trainee training transport trust tutor
    unqualified vice visiting wellbeing whole with worker workers year years youth
"""
USUAL = frozenset(USUAL_TEXT.split())
# What stands at the head of a column beside the columns that are read.
HEADINGS_TEXT = """
    authority average census code comment comments contract count counts date day days dfe
    employer equivalent estab establishment federation fte full grade group head headcount
    hours id key la laestab local
    month no note notes number of per percent percentage phase post region role roles row school
    sector site size staff status time total totals trust type uid urn week weeks year
"""
HEADINGS = frozenset(HEADINGS_TEXT.split())
# Names of people that lie one slip of the hand from a word of work, of 92,000 looked at.
NAMES_TEXT = """
    caterina caterino childree childres childress childrey cleaver colledge collene crossin
    hardyman houskeeper ketchen kinchen kirchen kitchel kitcher kitchin manaker pastora
    speciale studeny studier teachey teicher thacher trainer trasport
"""
NAMES = frozenset(NAMES_TEXT.split())


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of two letters or more that some texts hold, in small letters.

    >>> sorted(words_of(["School meals or catering assistant", "it_staff"]))
    ['assistant', 'catering', 'it', 'meals', 'or', 'school', 'staff']
    """
    found = (word.casefold() for text in texts for word in WORD.findall(text))
    return frozenset(word for word in found if len(word) > 1)


def is_sayable(text: str, words: frozenset[str]) -> bool:
    """Say whether a cell can be repeated without repeating somebody's name.

    Parameters
    ----------
    text
        What the cell holds.
    words
        The words that may be repeated, in small letters; those of :data:`USUAL` may too.

    Examples
    --------
    >>> words = words_of(["Teaching assistant", "Cook"])
    >>> is_sayable("Teching asistant", words), is_sayable("Teaching assistant level 2", words)
    (True, True)
    >>> is_sayable("Jane Cook", words), is_sayable("Cook, J", words), is_sayable("12/05/80", words)
    (False, False, False)
    """
    found = [word.casefold() for word in WORD.findall(text)]
    if not found or len(text) > LONGEST or not PLAIN.fullmatch(text.strip()):
        return False
    known = words | USUAL
    return all(word in known or singular(word) in known or near(word, known) for word in found)


def singular(word: str) -> str:
    """Return a word without the ending of the plural; a short one as it is."""
    return word.removesuffix("s") if len(word) > 4 else word


def near(word: str, known: frozenset[str]) -> bool:
    """Say whether a word is one slip of the hand away from a known one, or from its plural."""
    if len(word) < SHORTEST_NEAR or word in NAMES:
        return False
    begin_alike = [one for one in known if one[0] == word[0] and len(one) >= SHORTEST_NEAR]
    return any(one_slip(word, other + end) for other in begin_alike for end in ("", "s"))


def one_slip(word: str, other: str) -> bool:
    """Say whether one letter more, less, other or swapped makes one word of the other.

    >>> one_slip("asistant", "assistant"), one_slip("teahcer", "teacher"), one_slip("ta", "tab")
    (True, True, True)
    >>> one_slip("martin", "mentor")
    False
    """
    start = next((place for place, pair in enumerate(zip(word, other, strict=False))
                  if pair[0] != pair[1]), min(len(word), len(other)))  # fmt: skip
    left, right = word[start:], other[start:]
    swapped = left[1:2] + left[:1] + left[2:]
    return right in (left[1:], swapped) or left[1:] in (right, right[1:]) or left == right[1:]
