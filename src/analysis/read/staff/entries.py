"""What a school's own file counts: checked across its rows, added up, and put in order."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.read.staff.findings import Findings, Numbers
from analysis.read.staff.posts import Post
from analysis.read.staff.schools import Workforce, choose_schools

# In the order in which one of them stands for a sum: a part that is hidden hides the sum.
SYMBOLS = ("", "z", "low", "x", "c")
UNKNOWN = -1


@dataclass(frozen=True)
class Entries:
    """The counts of a file, one a row, and what their columns stand for.

    Attributes
    ----------
    table
        One row per school and written post: ``line``; ``urn``, ``school``, ``employer`` and
        ``post`` (places in the lists below, or -1 where the cell is wrong); ``headcount`` and
        ``fte`` (missing where the file has no number); ``symbol`` (a place in :data:`SYMBOLS`).
    schools
        One row per school and line: ``line``, ``urn``, ``school`` and ``employer``.
    urns, names, employers, posts
        What the places stand for.
    """

    table: pd.DataFrame
    schools: pd.DataFrame
    urns: list[str]
    names: list[str]
    employers: list[tuple[str, ...]]
    posts: list[Post]


def check_entries(entries: Entries, places: dict[str, int], findings: Findings) -> None:
    """Note what is wrong between the cells and the rows of a file with one row a post."""
    table = entries.table
    over = table[table["fte"] > table["headcount"]]
    pairs = over[["fte", "headcount"]].to_numpy()

    def say(n: int) -> str:
        part, people = pairs[n]
        many = f"{people:g} {'person' if people == 1 else 'people'}"
        return f"{part:g} full-time equivalents are more than {many}; expected as many at most"

    findings.add(over["line"], places.get("fte", 0), "fte", say)
    for name, said in (("school", "name"), ("employer", "employer")):
        check_same(entries, name, said, places.get(name, 0), findings)
    check_twice(entries, places["role"], findings)


def check_same(entries: Entries, name: str, what: str, place: int, findings: Findings) -> None:
    """Note where one URN has another name or employer than on an earlier line."""
    table = entries.schools
    said = table[(table["urn"] != UNKNOWN) & (table[name] >= (name == "employer"))]
    said = said.drop_duplicates(["urn", name])
    said = said[said.duplicated("urn", keep=False)]
    first = said.groupby("urn")["line"].transform("first")
    later = said["line"] != first
    lines = first[later].tolist()
    text = f"the URN has another {what} on line {{}}; expected one {what} a URN"
    findings.add(said.loc[later, "line"], place, name, lambda n: text.format(lines[n]))


def check_twice(entries: Entries, place: int, findings: Findings) -> None:
    """Note each post that a school has twice, unless under different census codes of one kind."""
    table = entries.table.assign(own=own_posts(entries)[1][entries.table["post"]])
    table = table[(table["urn"] != UNKNOWN) & (table["own"] != UNKNOWN)]
    table = table[table.duplicated(["urn", "own"], keep=False)]
    if table.empty:
        return
    table = table.assign(kind=np.array([post.kind for post in entries.posts])[table["post"]])
    written = table.groupby(["urn", "post"])["line"].transform("first")
    posts = table.groupby(["urn", "own"])
    line, kind = posts["line"].transform("first"), posts["kind"].transform("first")
    again = table["line"] != written
    wrong = again | ((table["line"] != line) & (table["kind"] != kind))
    lines = written.where(again, line)[wrong].tolist()
    labels = [entries.posts[post].label for post in table.loc[wrong, "post"]]
    rule = "expected once, or under different census codes of one kind"
    findings.add(
        table.loc[wrong, "line"],
        place,
        "role",
        lambda n: f"the school has '{labels[n]}' on line {lines[n]} too; {rule}",
    )


def own_posts(entries: Entries) -> tuple[list[Post], Numbers]:
    """Return each of our posts once, in their order, and which of them each written post is."""
    each = {post.post: post for post in sorted(entries.posts, key=lambda post: post.place)}
    places = {code: place for place, code in enumerate(each)}
    return list(each.values()), np.array([*(places[post.post] for post in entries.posts), UNKNOWN])


def workforce_of(entries: Entries, file: str, named: str, asked: list[str] | None) -> Workforce:
    """Return the posts of the schools asked for, from entries without faults.

    Parameters
    ----------
    entries
        What the file counts.
    file, named
        Its name for the faults, and with its hash for a report.
    asked
        URNs or names of schools; all if not given.

    Raises
    ------
    DataError
        If a school asked for is not in the file.
    """
    first = (
        entries.schools.sort_values("line").drop_duplicates("urn").set_index("urn").sort_index()
    )
    names = {entries.urns[urn]: entries.names[name] for urn, name in first["school"].items()}
    employer = entries.schools.groupby("urn")["employer"].max()
    codes = {entries.urns[urn]: entries.employers[code] for urn, code in employer.items()}
    chosen = set(names if asked is None else choose_schools(asked, names, file))
    kept = [urn for urn in names if urn in chosen]
    schools = pd.DataFrame(
        {
            "school": pd.array([names[urn] for urn in kept], "str"),
            "employers": [tuple(dict.fromkeys((urn, *codes[urn]))) for urn in kept],
        },
        index=pd.Index(kept, name="urn", dtype="str"),
    )
    asked_for = np.array([urn in chosen for urn in entries.urns], bool)
    table = entries.table[asked_for[entries.table["urn"]]]
    return Workforce(tabulated(entries, added_up(entries, table)), schools, named, "own", "")


def added_up(entries: Entries, table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per school and post of ours, in the order of the file and of the posts.

    Where a part of a sum is missing, so is the sum.
    """
    table = table[["urn", "post", "headcount", "fte", "symbol"]]
    table = table.assign(post=own_posts(entries)[1][table["post"]])
    many = table.duplicated(["urn", "post"], keep=False)
    if many.any():
        parts = table[many].groupby(["urn", "post"])
        sums = parts[["headcount", "fte"]].sum(skipna=False).round(6)
        sums["symbol"] = parts["symbol"].max()
        table = pd.concat([table[~many], sums.reset_index()])
    return table.sort_values(["urn", "post"], ignore_index=True)


def tabulated(entries: Entries, table: pd.DataFrame) -> pd.DataFrame:
    """Return the posts in the columns of ``Workforce``."""
    posts = own_posts(entries)[0]
    roles = np.fromiter((post.roles for post in posts), object, len(posts))

    def words(texts: list[str], places: pd.Series) -> pd.Series:
        return pd.Series(pd.array(texts, "str").take(places.to_numpy()))

    return pd.DataFrame(
        {
            "urn": words(entries.urns, table["urn"]),
            "post": words([post.post for post in posts], table["post"]),
            "label": words([post.label for post in posts], table["post"]),
            "role_group": words([post.role_group for post in posts], table["post"]),
            "roles": roles[table["post"]],
            "headcount": table["headcount"].astype("Int64"),
            "fte": table["fte"].astype("Float64"),
            "symbol": words(list(SYMBOLS), table["symbol"]),
        }
    )
