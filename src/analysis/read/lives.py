"""From when to when each union stood, as what, and under which names."""

from collections import defaultdict
from dataclasses import dataclass, field

import pandas as pd

from analysis.dates import first_day

ENDS = ("succeeded_by", "renamed_to")
EVENTS = ("founded", *ENDS, "split_from", "section_of")


@dataclass
class Life:
    """What all facts, of whatever date, say of one union's life.

    ``begins`` and ``ends`` are ISO days; ``founded``, ``origin`` and ``ended`` are as written.
    """

    begins: str = "0001-01-01"
    ends: str = "9999-12-31"
    became: str = ""
    ended: str = ""
    founded: str = ""
    origin: str = ""
    serves: bool = False
    names: list[tuple[str, str, str]] = field(default_factory=list)
    parents: list[tuple[str, str]] = field(default_factory=list)

    def stands_on(self, day: str) -> bool:
        """Say whether the union was there on a day: until the day before it merged."""
        return self.begins <= day < self.ends

    def parent_on(self, day: str) -> str:
        """Return the union that it is a section of on a day, or nothing.

        A row without a day counts from the beginning, unless others give the day.
        """
        dated = {parent for since, parent in self.parents if since}
        return max(
            (
                (since, parent)
                for since, parent in self.parents
                if since <= day and (since or parent not in dated)
            ),
            default=("", ""),
        )[1]

    def names_on(self, day: str) -> dict[str, str]:
        """Return the official and the short name on a day: the newest, else the first."""
        chosen: dict[str, str] = {}
        for since, item, name in sorted(self.names):
            if since <= day or item not in chosen:
                chosen[item] = name
        return chosen


def lives_of(facts: pd.DataFrame) -> dict[str, Life]:
    """Return the life of each union, by code.

    The latest of several founding dates and of several merger dates counts, and a body stands at
    least until what it went into begins. A union serves school staff if any source, of whatever
    date, says that it or a section of it admits somebody.
    """
    lives: dict[str, Life] = defaultdict(Life)
    told = facts[facts["fact"].isin({*EVENTS, "name", "admits"})]
    columns = ("union", "fact", "item", "value", "as_of")
    for union, *row in zip(*(told[name] for name in columns), strict=True):
        note(lives[union], *row)
    for life in list(lives.values()):
        if life.became:
            after = lives[life.became]
            life.ended = life.ended if life.ends >= after.begins else after.founded
            life.ends = max(life.ends, after.begins)
        for _, parent in life.parents if life.serves else []:
            lives[parent].serves = True
    return dict(lives)


def note(life: Life, fact: str, item: str, value: str, as_of: str) -> None:
    """Write one fact into a union's life."""
    day = first_day(as_of)
    if fact == "name":
        life.names.append((day, item, value))
    elif fact == "founded" and item == "origin":
        life.origin = min(filter(None, (life.origin, value)), key=first_day)
    elif fact == "founded":
        life.founded = max(life.founded, value, key=first_day)
        life.begins = first_day(life.founded)
    elif fact in ENDS and (not life.became or day > life.ends):
        life.ends, life.became, life.ended = day, value, as_of
    elif fact == "section_of":
        life.parents.append((day, value))
    elif fact == "admits" and value == "yes":
        life.serves = True
