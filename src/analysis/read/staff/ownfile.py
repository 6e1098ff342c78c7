"""A school's own file of posts and counts: one row a post, or one row a school."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from analysis.characters import BLANKS, say_unsafe
from analysis.errors import DataError
from analysis.read.staff import cells
from analysis.read.staff.entries import SYMBOLS, UNKNOWN, Entries, check_entries
from analysis.read.staff.findings import Findings, Numbers
from analysis.read.staff.grid import Grid, read_grid
from analysis.read.staff.layout import NAMES, Layout, is_ours, is_wide, read_layout
from analysis.read.staff.people import refuse_people
from analysis.read.staff.posts import Posts, is_sum
from analysis.schema import FILES

T = TypeVar("T")


def read_entries(raw: bytes, file: str, posts: Posts) -> Entries:
    """Read a school's own file, all of it checked.

    Parameters
    ----------
    raw
        What the file holds: a CSV in UTF-8, with commas, semicolons or tabs.
    file
        Its name, for the faults.
    posts
        The posts by what they may be called.

    Raises
    ------
    PrivacyError
        If anything in it looks to be about people; looked for before all else.
    DataError
        If it has faults, in the order of lines.
    """

    def look(header: list[str], columns: list[Iterable[str]]) -> None:
        wide = is_wide(header)
        for kind, of_data in FILES.items():
            if header == [column.name for column in of_data]:
                text = f"the file is a {kind}.csv of a data folder; expected posts, with the"
                raise DataError([f"{file}: {text} columns urn, school, role and headcount"])
        refuse_people(file, header, columns, lambda name: is_ours(name, posts, wide), posts.words)

    grid, findings = read_grid(raw, file, frozenset(NAMES), look), Findings(file)
    layout = read_layout(grid, posts, findings)
    wanted = f"expected {len(grid.header)}, and a cell with a comma in it stands in quotes"
    widths = [f"the row has {count} cells; {wanted}" for _, count in grid.wrong]
    findings.add([line for line, _ in grid.wrong], 0, "", widths.__getitem__)
    grid = without_sums(grid, layout, posts, findings)
    read = wide_entries if layout.wide else long_entries
    entries = read(grid, layout, posts, findings)
    findings.check()
    return entries


def without_sums(grid: Grid, layout: Layout, posts: Posts, findings: Findings) -> Grid:
    """Note the rows that add up others, and leave them out of all further checks."""

    def rows(name: str, holds: Callable[[str], bool]) -> Numbers:
        place = layout.places.get(name)
        if place is None:
            return np.zeros(len(grid.lines), bool)
        return np.array([holds(cell) for cell in grid.distinct[place]], bool)[grid.codes[place]]

    of_school = rows("school", is_sum) & rows("urn", lambda cell: not cell.strip())
    of_school |= rows("urn", is_sum)
    of_role = rows("role", lambda cell: is_sum(cell) and posts.find(cell) is None) & ~of_school
    for name, sums in (("school", of_school), ("role", of_role)):
        place = layout.places.get(name, 0)
        findings.add(grid.lines[sums], place, name, "the row adds up others; take it out")
    return grid.keep(np.flatnonzero(~(of_school | of_role)))


def long_entries(grid: Grid, layout: Layout, posts: Posts, findings: Findings) -> Entries:
    """Read a file with one row a school and post."""
    places, place = layout.places, layout.places["role"]
    schools, names, employers = read_schools(grid, layout, findings)
    found = [posts.find(cell) for cell in grid.distinct[place]]
    written = list(dict.fromkeys(post for post in found if post))
    post_of = {post: number for number, post in enumerate(written)}
    flag(grid, place, "role", say_role(posts), findings, lambda cell: posts.find(cell) is None)
    post = np.array([post_of[post] if post else UNKNOWN for post in found], "int64")
    headcount, symbol = read_counts(grid, places["headcount"], "headcount", findings)
    fte = np.full(len(grid.lines), np.nan)
    if "fte" in places:
        fte, _ = read_counts(grid, places["fte"], "fte", findings)
    table = schools.assign(
        post=post[grid.codes[place]], headcount=headcount, fte=fte, symbol=symbol
    )
    urns = grid.distinct[places["urn"]]
    entries = Entries(table, schools, urns, names, employers, written)
    check_entries(entries, places, findings)
    return entries


def wide_entries(grid: Grid, layout: Layout, posts: Posts, findings: Findings) -> Entries:
    """Read a file with one row a school and one column a post; an empty cell is no post."""
    schools, names, employers = read_schools(grid, layout, findings)
    known = schools[schools["urn"] != UNKNOWN]
    first = known.groupby("urn")["line"].transform("first")
    again = first[first != known["line"]]
    lines = known.loc[again.index, "line"]
    text = "the school stands on line {} too; expected one row a school"
    findings.add(lines, layout.places["urn"], "urn", lambda n: text.format(again.iloc[n]))
    parts = []
    for number, place in enumerate(layout.posts):
        counts = read_counts(grid, place, grid.header[place], findings, may_be_empty=True)
        filled = np.array([bool(cell.strip()) for cell in grid.distinct[place]], bool)
        part = schools.assign(post=number, headcount=counts[0], fte=np.nan, symbol=counts[1])
        parts.append(part[filled[grid.codes[place]]])
    urns = grid.distinct[layout.places["urn"]]
    return Entries(pd.concat(parts), schools, urns, names, employers, list(layout.posts.values()))


def say_role(posts: Posts) -> Callable[[str], str]:
    """Return what says why a cell names no role."""
    empty = "the cell is empty; expected a role"
    return lambda cell: posts.say_unknown(cell) if cell.strip() else empty


def flag(
    grid: Grid,
    place: int,
    column: str,
    say: Callable[[str], str],
    findings: Findings,
    is_wrong: Callable[[str], object] | None = None,
) -> Numbers:
    """Note the wrong cells of a column; return which of its values each row holds, or -1.

    A cell is wrong where ``say`` has something to say, or, where that takes long, by ``is_wrong``.
    """
    values, codes = grid.distinct[place], grid.codes[place]
    unprintable = [say_unsafe(cell.strip(BLANKS)) for cell in values]
    wrong_value = [
        bool(text or (is_wrong or say)(cell))
        for cell, text in zip(values, unprintable, strict=True)
    ]
    wrong = np.array(wrong_value, bool)[codes]
    at = np.flatnonzero(wrong)

    def said(n: int) -> str:
        return unprintable[codes[at[n]]] or say(values[codes[at[n]]])

    findings.add(grid.lines[at], place, column, said)
    return np.where(wrong, UNKNOWN, codes)


def read_schools(
    grid: Grid, layout: Layout, findings: Findings
) -> tuple[pd.DataFrame, list[str], list[tuple[str, ...]]]:
    """Return line, URN, name and employer of each row, as places; the names; the employers."""
    checks = {
        "urn": cells.wrong_urn,
        "school": cells.wrong_school,
        "employer": cells.wrong_employer,
    }
    held = {
        name: flag(grid, layout.places[name], name, say, findings)
        for name, say in checks.items()
        if name in layout.places
    }
    names, school = numbered([cell.strip() for cell in grid.distinct[layout.places["school"]]])
    said = grid.distinct[layout.places["employer"]] if "employer" in held else []
    employers, employer = numbered([(), *map(cells.read_employers, said)])
    # A cell at fault stands at -1, where the last place says so.
    columns = {
        "line": grid.lines,
        "urn": held["urn"],
        "school": np.append(school, UNKNOWN)[held["school"]],
        "employer": np.append(employer[1:], UNKNOWN)[held["employer"]] if said else 0,
    }
    return pd.DataFrame(columns), names, employers


def numbered(values: Sequence[T]) -> tuple[list[T], Numbers]:
    """Return values each once, and the place of each value among them."""
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return list(places), np.array([places[value] for value in values], "int64")


def read_counts(
    grid: Grid, place: int, column: str, findings: Findings, may_be_empty: bool = False
) -> tuple[Numbers, Numbers]:
    """Return the number and the symbol of each row's count."""
    read = cells.read_fte if column == "fte" else cells.read_headcount
    counts = {cell: read(cell) for cell in grid.distinct[place]}
    empty = {cell for cell in counts if may_be_empty and not cell.strip()}

    def say(cell: str) -> str:
        return "" if cell in empty else counts[cell].fault

    flag(grid, place, column, say, findings)
    numbers = [np.nan if count.number is None else count.number for count in counts.values()]
    symbols = [SYMBOLS.index(count.symbol) for count in counts.values()]
    at = grid.codes[place]
    return np.array(numbers, float)[at], np.array(symbols, "int64")[at]
