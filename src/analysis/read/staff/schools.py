"""The posts of schools as read, and which of the schools were asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from analysis.errors import DataError, did_you_mean

POST_COLUMNS = ("urn", "post", "label", "role_group", "roles", "headcount", "fte", "symbol")


@dataclass(frozen=True)
class Workforce:
    """The posts of one school or of many.

    Attributes
    ----------
    posts
        One row per school and post, schools in the file's order, posts in the order of the staff
        groups: ``urn``; ``post`` (a role's code, or ``group:`` and the staff groups, joined by
        ``+``, where the file counts by group only); ``label``; ``role_group`` (empty where a post
        spans several); ``roles`` (tuple of the codes of the roles that the post can be);
        ``headcount`` (people; missing where the file has a symbol), ``fte`` (full-time
        equivalents; missing where the file has none) and ``symbol`` (``c``, ``z``, ``x``,
        ``low``, or empty).
    schools
        One row per school, by URN: ``school`` (its name) and ``employers`` (tuple of the codes
        that an employer's own agreement may name: the URN, a trust's UID, an authority's codes).
    file
        The file's name and the first eight characters of its hash, as a report prints it.
    kind
        ``own`` (the school's own file), ``school_tables`` or ``size`` (the two files that the
        Department for Education publishes).
    dated
        The day that the counts speak of, in words; empty where the file does not say.
    """

    posts: pd.DataFrame
    schools: pd.DataFrame
    file: str
    kind: str
    dated: str

    def first(self) -> "Workforce":
        """Return the first of the schools alone, with its posts numbered from nought."""
        urn = self.schools.index[0]
        posts = self.posts[self.posts["urn"] == urn].reset_index(drop=True)
        return replace(self, posts=posts, schools=self.schools.head(1))

    def has(self, urns: list[str]) -> bool:
        """Say whether all these URNs are among the schools."""
        return all(urn in self.schools.index for urn in urns)

    def of(self, urns: list[str]) -> "Workforce":
        """Return some of the schools alone, as if no others had been read."""
        schools = self.schools[self.schools.index.isin(urns)]
        rows = [row for urn in schools.index for row in self._rows.get(urn, ())]
        return replace(self, posts=self.posts.iloc[rows].reset_index(drop=True), schools=schools)

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        """The places of each school's posts."""
        return {str(urn): rows.tolist() for urn, rows in self.posts.groupby("urn").indices.items()}

    @property
    def employers(self) -> list[str]:
        """The codes by which the employers' own agreements may name these schools."""
        return list(dict.fromkeys(code for codes in self.schools["employers"] for code in codes))

    @property
    def labels(self) -> dict[str, str]:
        """What a reader is shown for each post, by its code."""
        return dict(zip(self.posts["post"], self.posts["label"], strict=True))


def choose_schools(asked: Iterable[str], names: dict[str, str], file: str) -> list[str]:
    """Return the URNs of the schools asked for, each once.

    Parameters
    ----------
    asked
        URNs, or names of schools in any case.
    names
        The name of each school of the file, by URN.
    file
        The file's name, for the sentence.

    Raises
    ------
    DataError
        If a school is not in the file, or a name is that of several; a sentence for each.

    Examples
    --------
    >>> names = {"900001": "Mill Primary", "900002": "Mill Infants"}
    >>> choose_schools(["mill infants"], names, "ours.csv")
    ['900002']
    >>> choose_schools(["900003"], names, "ours.csv")
    Traceback (most recent call last):
    ...
    analysis.errors.DataError: ours.csv: no school '900003'; the file holds 2 schools; did you ...
    """
    by_name: dict[str, list[str]] = {}
    for urn, name in names.items():
        by_name.setdefault(" ".join(name.casefold().split()), []).append(urn)
    found, faults = list[str](), list[str]()
    for text in map(str.strip, asked):
        urns = [text] if text in names else by_name.get(" ".join(text.casefold().split()), [])
        found += urns
        if len(urns) > 1:
            faults.append(f"{file}: {len(urns)} schools are called '{text}'; ask for one of "
                          f"their URNs: {', '.join(urns)}")  # fmt: skip
        elif not urns:
            faults.append(f"{file}: {absent(text, names)}")
    if faults:
        raise DataError(faults)
    return list(dict.fromkeys(found))


def absent(text: str, names: dict[str, str]) -> str:
    """Say that a file does not hold a school, with the nearest by URN or by name."""
    near = did_you_mean(text, names if text.isdigit() else names.values())
    among = (
        "the file holds 1 school" if len(names) == 1 else f"the file holds {len(names):,} schools"
    )
    return f"no school '{text}'; {among}{near}"
