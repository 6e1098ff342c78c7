"""Invented schools, as many as are asked for, that try what a county's list tries.

The kinds of school, their sizes and the signs in their names (apostrophes, ampersands, brackets,
commas, dashes, up to 76 letters, names that two schools share) come about as often as in the
list of a county of 518 schools; no name, number or count is any school's. The same seed gives
the same bytes, and fewer schools are the first of more.

From the project folder, ``python -m benchmarks.schools 518 schools.csv`` writes a file that
``read_workforce`` takes.
"""

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

FIRST_URN = 900_001
COLUMNS = ("urn", "school", "role", "headcount", "fte")
# One school in so many has the name of the school that stands this far before it.
TWIN_EVERY, TWIN_OF = 259, 11

WORDS = {
    "starts": """Ald Arrow Bex Birk Brack Cald Cold Dun Eld Fen Fox Gor Hazel Hob Ives Kelm Lark
        Lin Marl Mel Nor Oxen Pend Quarr Rav Sil Stan Thorn Ulv Wex Wind Yarn""",
    "ends": """bury combe cote den dyke fold gate grove hanger ham holt hurst lade low mere minster
        moor ness over pool rick shaw stead stoke thwaite under wade wick wold worth""",
    "saints": "Aldwin Brannoc Cyr Eadgyth Faro Gwenna Hywyn Ita Kew Orrin Petroc Tegla Wulf",
    "trees": "Alder Beech Cedar Elm Hornbeam Juniper Larch Maple Rowan Spindle Walnut Yew",
}
STARTS, ENDS, SAINTS, TREES = (text.split() for text in WORDS.values())

# How a name is made, and how many in 518 are made so.
PRIMARY_NAMES = {
    "{place} Primary School": 150,
    "{place} {tree} Primary and Nursery School": 55,
    "{place} Junior Mixed Infant School": 20,
    "{place} Infants' and Nursery School": 12,
    "St {saint}'s Catholic Primary School": 14,
    "{place} St {saint}'s CofE Primary School": 22,
    "{tree} Lane Primary School, {place}": 10,
    "{place} Church of England (VC) Primary School": 3,
    "{tree} & {other} Primary Academy": 6,
    "{place}-le-{other} First School": 4,
    "The {place} JMI School": 14,
    "{place} St {saint}'s Church of England Voluntary Aided Junior School & Nursery": 2,
}
OTHER_NAMES = {
    "nursery": {"{place} Nursery School": 5, "{tree} Tree Children's Centre & Nursery School": 1},
    "secondary": {
        "{place} School": 30,
        "The {place} Academy": 18,
        "St {saint}'s Catholic School": 8,
        "{place} High School for Girls' Education": 1,
        "{place} Grammar - The {saint} Trust": 1,
    },
    "special": {"{place} {tree} School": 20, "{place} School (Special)": 2},
    "referral": {"{place} Education Support Centre": 6, "The {tree} Centre (KS3-4)": 1},
}
NAMES = {"primary": PRIMARY_NAMES} | OTHER_NAMES


@dataclass(frozen=True)
class Kind:
    """A kind of school: how many in 518 are so, its phase, and its pupils."""

    share: int
    phase: str
    fewest: int
    middle: int
    most: int


KINDS = {
    "Community school": Kind(213, "primary", 31, 225, 1170),
    "Community nursery school": Kind(5, "nursery", 60, 95, 150),
    "Mainstream academy, primary": Kind(63, "primary", 81, 240, 700),
    "Mainstream academy, secondary": Kind(62, "secondary", 420, 930, 1330),
    "Voluntary aided school": Kind(79, "primary", 29, 199, 480),
    "Voluntary aided secondary school": Kind(3, "secondary", 600, 800, 900),
    "Voluntary controlled school": Kind(33, "primary", 35, 166, 434),
    "Community special school": Kind(18, "special", 32, 84, 143),
    "Foundation school": Kind(8, "primary", 200, 300, 450),
    "Foundation secondary school": Kind(8, "secondary", 514, 800, 1190),
    "Free school, primary": Kind(8, "primary", 119, 250, 420),
    "Free school, secondary": Kind(3, "secondary", 287, 400, 564),
    "Pupil referral unit": Kind(6, "referral", 9, 18, 38),
    "Special academy": Kind(7, "special", 37, 75, 162),
    "Alternative provision academy": Kind(2, "referral", 21, 27, 33),
}

# The pupils for each person in a post, and the part of a full week that one works. Where a school
# has fewer pupils than half of that, it has no such post.
PRIMARY_STAFF = {
    "deputy_head": (400, 1.0), "assistant_head": (350, 1.0), "teacher": (21, 0.9),
    "early_career_teacher": (210, 1.0), "senco": (420, 0.6), "trainee_teacher": (600, 1.0),
    "teaching_assistant": (16, 0.65), "hlta": (150, 0.8), "learning_mentor": (420, 0.8),
    "early_years_practitioner": (160, 0.8), "administrator": (180, 0.7), "secretary": (400, 0.9),
    "school_business_leader": (380, 0.9), "caretaker": (260, 0.9), "cleaner": (120, 0.4),
    "cook": (300, 0.8), "catering_assistant": (110, 0.4), "midday_supervisor": (38, 0.2),
}  # fmt: skip
SECONDARY_STAFF = {
    "deputy_head": (520, 1.0), "assistant_head": (260, 1.0), "teacher": (19, 0.9),
    "early_career_teacher": (180, 1.0), "middle_leader": (90, 1.0), "senco": (900, 1.0),
    "trainee_teacher": (420, 1.0), "visiting_teacher": (400, 0.3), "librarian": (900, 0.8),
    "teaching_assistant": (60, 0.7), "hlta": (420, 0.8), "cover_supervisor": (330, 0.9),
    "learning_mentor": (420, 0.9), "technician": (230, 0.8), "it_staff": (500, 1.0),
    "administrator": (120, 0.8), "receptionist": (600, 0.8), "exams_officer": (800, 0.9),
    "school_business_leader": (900, 1.0), "finance_officer": (600, 0.8), "hr_officer": (1000, 0.8),
    "office_manager": (900, 1.0), "caretaker": (350, 1.0), "cleaner": (90, 0.4),
    "cook": (900, 0.9), "catering_assistant": (130, 0.5), "midday_supervisor": (150, 0.2),
}  # fmt: skip
SPECIAL_STAFF = {
    "deputy_head": (90, 1.0), "assistant_head": (70, 1.0), "teacher": (6, 0.9),
    "early_career_teacher": (60, 1.0), "teaching_assistant": (3, 0.75), "hlta": (25, 0.8),
    "learning_mentor": (40, 0.9), "health_staff": (45, 0.7), "administrator": (30, 0.8),
    "school_business_leader": (90, 0.9), "caretaker": (70, 0.9), "cleaner": (40, 0.4),
    "cook": (90, 0.8), "midday_supervisor": (10, 0.2),
}  # fmt: skip
STAFF = {
    "primary": PRIMARY_STAFF,
    "nursery": PRIMARY_STAFF | {"early_years_practitioner": (11, 0.8)},
    "secondary": SECONDARY_STAFF,
    "special": SPECIAL_STAFF,
    "referral": SPECIAL_STAFF,
}


@dataclass(frozen=True)
class School:
    """An invented school: its posts are ``(role, people, full-time equivalent)``."""

    urn: str
    name: str
    kind: str
    pupils: int
    posts: tuple[tuple[str, int, float], ...]


def schools(number: int, seed: int = 1) -> list[School]:
    """Return invented schools; the first of them show every way in which a name is made."""
    return list(islice(_endless(random.Random(seed)), number))


def _endless(chance: random.Random) -> Iterator[School]:
    shares = [kind.share for kind in KINDS.values()]
    first = [(phase, form) for phase, forms in NAMES.items() for form in forms]
    names: list[str] = []
    taken: set[str] = set()
    while True:
        phase, form = first.pop(0) if first else ("", "")
        kind = chance.choices(list(KINDS), shares)[0]
        while phase and KINDS[kind].phase != phase:
            kind = chance.choices(list(KINDS), shares)[0]
        name = _new_name(chance, KINDS[kind].phase, form, taken)
        if len(names) % TWIN_EVERY == 2 * TWIN_OF:
            name = names[-TWIN_OF]
        taken.add(name)
        names.append(name)
        pupils = _pupils(chance, KINDS[kind])
        posts = tuple(_posts(chance, KINDS[kind].phase, pupils))
        yield School(str(FIRST_URN + len(names) - 1), name, kind, pupils, posts)


def _new_name(chance: random.Random, phase: str, form: str, taken: set[str]) -> str:
    """Return a name that no school has yet."""
    forms = NAMES[phase]
    while True:
        made = form or chance.choices(list(forms), list(forms.values()))[0]
        tree, other = chance.sample(TREES, 2)
        place = chance.choice(STARTS) + chance.choice(ENDS)
        if len(taken) > len(STARTS) * len(ENDS):  # far more schools than a county has
            place = f"{chance.choice(('Great', 'Little', 'North', 'Upper'))} {place}"
        saint = chance.choice(SAINTS) + chance.choice(("", "", f" and St {chance.choice(SAINTS)}"))
        name = made.format(place=place, tree=tree, other=other, saint=saint)
        if name not in taken:
            return name
        form = ""


def _pupils(chance: random.Random, kind: Kind) -> int:
    """Return a number of pupils: half the schools of a kind have more than its middle."""
    if chance.random() < 0.5:
        return round(chance.triangular(kind.fewest, kind.middle, kind.middle))
    return round(chance.triangular(kind.middle, kind.most, kind.middle))


def _posts(chance: random.Random, phase: str, pupils: int) -> Iterator[tuple[str, int, float]]:
    yield "headteacher", 1, 1
    for role, (pupils_each, week) in STAFF[phase].items():
        people = round(pupils / pupils_each * chance.uniform(0.8, 1.2))
        if people:
            yield role, people, min(people, round(people * week * chance.uniform(0.9, 1.05), 1))


def write_schools(path: Path, made: Sequence[School]) -> Path:
    """Write schools as ``read_workforce`` takes a school's own file; return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([one.urn, one.name, *post] for one in made for post in one.posts)
    return path


if __name__ == "__main__":
    write_schools(Path(sys.argv[2]), schools(int(sys.argv[1])))
