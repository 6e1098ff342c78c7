"""A school's posts, read and checked: posts and counts, never people."""

import hashlib
from pathlib import Path

import pandas as pd

from analysis.errors import DataError, no_file
from analysis.read.recalled import hash_files, hash_tables, kept_under, recall
from analysis.read.staff.entries import workforce_of
from analysis.read.staff.ownfile import read_entries
from analysis.read.staff.posts import Posts
from analysis.read.staff.published import published_kind, read_published
from analysis.read.staff.schools import POST_COLUMNS, Workforce

__all__ = ["POST_COLUMNS", "Workforce", "read_workforce"]


def read_workforce(
    path: str | Path, roles: pd.DataFrame, urn: str | int | list[str] | None = None
) -> Workforce:
    """Read the posts of one or many schools from a CSV file or a published workbook.

    A school's own file is a CSV with ``urn``, ``school``, ``role`` and ``headcount``, and
    optionally ``fte`` and ``employer`` (a trust's UID or an authority's code); or with ``urn``,
    ``school``, optionally ``employer``, and one column a role, where an empty cell means that the
    school has no such post. A role is named by its code, its label in any case, a code of the
    School Workforce Census in capitals, or as a staff group (``group:teaching``). A name that is
    a group's and the plural of a role's is the group's ("Classroom teachers", "Technicians"), but
    "Teaching assistants" are the one post. Two census codes of one kind that fall into one post
    are added up; any other post that a school has twice is a fault, such as a code and a label of
    the same post, or a post code and a role identifier, which count the same people. Blank rows,
    and blank columns without a heading, hold nothing and are no fault.

    Parameters
    ----------
    path
        The school's own file, or a file that the Department for Education publishes.
    roles
        The roles by code: ``label``, ``group``, ``post_codes`` and ``role_codes``.
    urn
        The URN of the school to read, or several; all if not given. Of its own file, a school may
        be named in any case instead.

    Raises
    ------
    PrivacyError
        If anything in a school's own file looks to be about people; the one sentence says which
        column has to go, and repeats nothing of it.
    DataError
        If the file has faults, the first fifty of which are listed in the order of lines, or if a
        school asked for is not in it.

    Examples
    --------
    >>> from analysis.read.facts import read_dataset
    >>> roles = read_dataset("data").roles
    >>> ours = read_workforce("data/schools.example.csv", roles, "900003")
    >>> ours.schools["school"].tolist()
    ['Example Special School (invented)']
    >>> ours.posts.loc[ours.posts["post"] == "headteacher", "headcount"].tolist()
    [1]
    """
    path = Path(path)
    named = [urn] if isinstance(urn, str | int) else urn or []
    asked = [text for text in map(str, named) if text.strip()] or None

    contents = ("workforce", hash_files([path]), hash_tables([roles]))
    for known in kept_under(contents):
        if asked and isinstance(known, Workforce) and known.has(asked):
            return known.of(asked)
    if asked and len(asked) == 1:
        return _read(path, roles, asked)
    key = (*contents, *(asked or ()))
    return recall(lambda: key, lambda: _read(path, roles, asked))


def _read(path: Path, roles: pd.DataFrame, asked: list[str] | None) -> Workforce:
    if published_kind(path):
        return read_published(path, roles, asked)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError([no_file(path)]) from None
    except OSError as error:
        raise DataError([f"{path.name}: the file cannot be read: {error.strerror}"]) from None
    entries = read_entries(raw, path.name, Posts.of(roles))
    named = f"{path.name} ({hashlib.sha256(raw).hexdigest()[:8]})"
    return workforce_of(entries, path.name, named, asked)
