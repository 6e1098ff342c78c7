"""What a published file counts: kinds of staff as posts, cells as people, rows as schools."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from analysis.errors import DataError
from analysis.read.staff.cells import COUNT, PART, wrong_urn
from analysis.read.staff.findings import LISTED
from analysis.schema import ROLE_GROUPS, SYMBOLS

HEADS = ("headteacher", "deputy_head", "assistant_head")
# Staff who are neither teachers, nor assistants in class, nor auxiliary. The last two have been
# counted apart since November 2023; "these new posts have displaced reporting from other posts,
# particularly administrative staff", says the department of that census.
OUTSIDE_CLASS = "outside_class"
NAMED = ("other_support", "technicians", "administrative")
NEWER = ("business", "leadership_non_teachers")

NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
# What may be repeated to the reader of what is no count: more could be somebody's name.
SHORT = re.compile(r"-?\d{1,4}(?:\.\d{1,2})?|.{1,3}")


class Column(NamedTuple):
    """One column of counts: whose, whether ``headcount`` or ``fte``, and its heading."""

    post: str
    measure: str
    heading: str


class Row(NamedTuple):
    """One school's row: the line it stands on, its name and codes, and its counts as text."""

    urn: str
    line: int
    school: str
    codes: list[str]
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """What a published file says of the schools asked for.

    Attributes
    ----------
    file
        The file's name.
    place
        What a line's number follows, such as ``tables.xlsx, sheet 'Schools 2024', row``.
    dated
        The day of the census, in words; empty where the file does not say.
    schools
        How many schools the file has for that day.
    columns, rows
        The columns of counts, and the rows asked for with a cell for each of them.
    older
        The last day, in words, that the file has for a school asked for but not found.
    absent
        Why else a school may not be in the file, in words.
    """

    file: str
    place: str
    dated: str
    schools: int
    columns: list[Column]
    rows: list[Row]
    older: dict[str, str] = field(default_factory=dict)
    absent: str = ""


def refuse(faults: list[str], file: str) -> None:
    """Raise the faults of a file, if there are any: the first fifty, and how many more.

    Raises
    ------
    DataError
        If there are faults.
    """
    more = len(faults) - LISTED
    if more > 0:
        said = f"{more:,} more faults are" if more > 1 else "1 more fault is"
        faults = [*faults[:LISTED], f"{file}: {said} not listed"]
    if faults:
        raise DataError(faults)


def posts_of(kinds: Collection[str]) -> dict[str, str]:
    """Return the post of each kind of staff that a file counts, in the order of the groups.

    A total of others that are counted apart is no post: leaders, where heads, deputies and
    assistant heads have columns; support staff outside the classroom, where its groups have.
    Where school business professionals or leaders who are not teachers have no column, they are
    among the administrative or other support staff, whose post then spans their groups as well.

    Parameters
    ----------
    kinds
        Staff groups, roles of :data:`HEADS`, and :data:`OUTSIDE_CLASS`.

    Examples
    --------
    >>> posts_of(["teaching", "outside_class"])["teaching"]
    'group:teaching'
    >>> posts_of(["other_support", "technicians", "administrative", "business"])
    ... # doctest: +NORMALIZE_WHITESPACE
    {'other_support': 'group:other_support+leadership_non_teachers',
     'technicians': 'group:technicians',
     'administrative': 'group:administrative+leadership_non_teachers',
     'business': 'group:business'}
    """
    uncounted = [group for group in NEWER if group not in kinds]
    spans = {group: [group] for group in ROLE_GROUPS}
    spans["administrative"] += uncounted
    spans["other_support"] += uncounted
    left_out = set(HEADS) if not set(HEADS) <= set(kinds) else {"leadership"}
    if OUTSIDE_CLASS in kinds and not set(NAMED) <= set(kinds):
        spans[OUTSIDE_CLASS] = [*NAMED, *NEWER]
        left_out |= {*NAMED, *NEWER}
    posts = {role: role for role in HEADS}
    posts |= {kind: f"group:{'+'.join(groups)}" for kind, groups in spans.items()}
    order = sorted(posts, key=lambda kind: place_of(posts[kind]))
    return {kind: posts[kind] for kind in order if kind in kinds and kind not in left_out}


def place_of(post: str) -> int:
    """Return the place of a post among the staff groups."""
    groups = groups_of(post)
    return list(ROLE_GROUPS).index(groups[0]) if groups else -1


def groups_of(post: str) -> list[str]:
    """Return the staff groups of a post that is counted by group.

    >>> groups_of("group:technicians"), groups_of("headteacher")
    (['technicians'], [])
    """
    return post.removeprefix("group:").split("+") if post.startswith("group:") else []


def say_post(post: str) -> str:
    """Return the label of a post that is counted by group.

    >>> say_post("group:technicians"), say_post("group:administrative+business")
    ('Technicians', 'Administrative staff, and others not counted apart')
    """
    groups = groups_of(post)
    if set(NAMED) <= set(groups):
        return "Support staff outside the classroom, counted together"
    label = ROLE_GROUPS[groups[0]]
    return label if len(groups) == 1 else f"{label}, and others not counted apart"


@lru_cache(maxsize=10_000)
def read_count(cell: str, measure: str) -> tuple[float | None, str, str]:
    """Return a cell's number, the department's symbol in its place, and what is wrong with it.

    A blank cell says nothing: it is neither nought nor a symbol.

    >>> read_count("12", "headcount"), read_count("LOW", "fte"), read_count("", "fte")
    ((12.0, '', ''), (None, 'low', ''), (None, '', ''))
    """
    symbol = cell.casefold()
    if not cell or symbol in SYMBOLS:
        return None, symbol, ""
    if NUMBER.fullmatch(cell) and (measure == "fte" or float(cell).is_integer()):
        return float(cell), "", ""
    what = f"'{cell}'" if SHORT.fullmatch(cell) else "what the cell holds"
    if measure == "headcount":
        return None, "", f"{what} is not a number of people; {COUNT}"
    return None, "", f"{what} is not a number of full-time equivalents; {PART}"


def counts_of(table: Table, roles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the posts and the schools of a table, in the columns of ``Workforce``.

    A post of which a school's row says nothing, neither number nor symbol, is left out. The
    table has no faults.
    """
    known = {post: describe(post, roles) for post, *_ in table.columns}
    records = [
        (row.urn, post, *known[post], *counts)
        for row in table.rows
        for post, *counts in counted(row, table.columns)
    ]
    names = ["urn", "post", "label", "role_group", "roles", "headcount", "fte", "symbol"]
    posts = pd.DataFrame(records, columns=names)
    types = dict.fromkeys(("urn", "post", "label", "role_group", "symbol"), "str")
    posts = posts.astype({**types, "headcount": "Int64", "fte": "Float64"})
    schools = pd.DataFrame(
        [(row.school, (row.urn, *row.codes)) for row in table.rows],
        index=pd.Index([row.urn for row in table.rows], name="urn", dtype="str"),
        columns=["school", "employers"],
    )
    return posts, schools.astype({"school": "str"})


def describe(post: str, roles: pd.DataFrame) -> tuple[str, str, tuple[str, ...]]:
    """Return the label, the staff group and the roles of a post."""
    groups = groups_of(post)
    if not groups:
        role = roles.loc[post]
        return role["label"], role["group"], (post,)
    codes = tuple(roles.index[roles["group"].isin(groups)])
    return say_post(post), groups[0] if len(groups) == 1 else "", codes


def counted(
    row: Row, columns: list[Column]
) -> Iterator[tuple[str, float | None, float | None, str]]:
    """Yield post, headcount, full-time equivalents and symbol of what a row counts."""
    cells = {(post, kind): cell for (post, kind, _), cell in zip(columns, row.cells, strict=True)}
    for post in dict.fromkeys(column.post for column in columns):
        people, part = cells.get((post, "headcount"), ""), cells.get((post, "fte"), "")
        if people or part:
            headcount, symbol, _ = read_count(people, "headcount")
            yield post, headcount, read_count(part, "fte")[0], symbol


def faults_of(table: Table) -> Iterator[str]:
    """Yield a sentence for each cell that is no count and each row that is no school's."""
    seen: dict[str, int] = {}
    for row in table.rows:
        where = f"{table.place} {row.line}"
        if wrong := wrong_urn(row.urn):
            yield f"{where}, URN: {wrong}"
        elif row.urn in seen:
            other = f"{table.place.split()[-1]} {seen[row.urn]}"
            yield f"{where}: URN {row.urn} stands on {other} too; expected once"
        seen.setdefault(row.urn, row.line)
        for (_, measure, heading), cell in zip(table.columns, row.cells, strict=True):
            if wrong := read_count(cell, measure)[2]:
                yield f"{where}, '{heading}': {wrong}"


def decode(raw: bytes) -> str:
    """Return the text of a published CSV: UTF-8, or as a spreadsheet in Windows saves it.

    >>> decode("Écôle".encode()) == decode("Écôle".encode("cp1252"))
    True
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def printable(name: str) -> str:
    """Return a school's name in one line, without characters that cannot be printed.

    >>> printable(" St Mary's" + chr(0x200B) + "  School")
    "St Mary's School"
    """
    kept = "".join(c if c.isspace() or unicodedata.category(c)[0] != "C" else "" for c in name)
    return " ".join(kept.split())


def missing_of(table: Table, urns: list[str] | None) -> list[str]:
    """Say which of the schools asked for the file does not have."""
    found = {row.urn.partition(".")[0] for row in table.rows}
    day = f" for {table.dated}" if table.dated else ""
    texts = []
    for urn in dict.fromkeys(urns or []):
        if not re.fullmatch(r"\d{6}", urn):
            texts.append(f"{table.file}: '{urn}' is not a URN; expected six digits")
        elif urn in table.older:
            last = f"the last that the file has are of {table.older[urn]}"
            texts.append(f"{table.file}: no counts of the school with URN {urn}{day}; {last}")
        elif urn not in found:
            among = f"that the file has{day}, {table.schools:,} in all{table.absent}"
            texts.append(f"{table.file}: URN {urn} is none of the schools {among}")
    return texts
