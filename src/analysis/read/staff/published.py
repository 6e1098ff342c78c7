"""The two files that the Department for Education publishes with every school's staff numbers.

They are the school tables (a workbook a year, or its sheet saved as CSV) and the data set on the
size of the workforce (one CSV of many years), both as downloaded.
"""

import csv
import hashlib
from pathlib import Path

import pandas as pd

from analysis.errors import DataError
from analysis.read.staff.counts import Table, counts_of, decode, faults_of, missing_of, refuse
from analysis.read.staff.headings import is_header
from analysis.read.staff.schools import Workforce
from analysis.read.staff.schooltables import HEADER_WITHIN, OLD, WORKBOOK, read_tables
from analysis.read.staff.sizefile import read_size

# The headings of either file stand within so many bytes.
HEAD = 1 << 16
TITLE = "school workforce census"


def published_kind(path: str | Path) -> str:
    """Say which published file this is, by its contents; nothing if it is neither.

    A school's own file is a CSV, so every workbook is taken for school tables: what is wrong with
    it is said when it is read.

    Returns
    -------
    str
        ``school_tables``, ``size`` or ``""``.

    Examples
    --------
    >>> published_kind("data/roles.csv")
    ''
    """
    try:
        with Path(path).open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return ""
    if head.startswith((WORKBOOK, OLD)):
        return "school_tables"
    rows = list(csv.reader(decode(head).splitlines()[:HEADER_WITHIN]))
    first = {cell.strip().casefold() for cell in (rows[0] if rows else [])}
    if {"time_period", "geographic_level"} <= first:
        return "size"
    titled = any(TITLE in cell.casefold() for row in rows for cell in row)
    return "school_tables" if titled or any(map(is_header, rows)) else ""


def read_published(
    path: str | Path, roles: pd.DataFrame, urns: list[str] | None = None
) -> Workforce:
    """Read the posts of one, several or all schools out of a published file.

    Counts are by staff group; the data set has heads, deputies and assistant heads apart.
    Executive heads are among the heads. Supply teachers and staff of other firms are left out:
    the school does not employ them. Where one column counts several groups, the post spans them:
    up to 2023 the school tables have one for all support staff outside the classroom, and in a
    file without school business professionals and leaders who are not teachers, those are among
    the administrative and the other support staff. A post that is blank in both headcount and
    full-time equivalents is left out; where headcount alone is blank, it is missing.

    Parameters
    ----------
    path
        The workbook or CSV as downloaded, under any name.
    roles
        The roles by code, with ``label`` and ``group``.
    urns
        The schools to read; all if not given. Of the data set, the newest census is read.

    Raises
    ------
    DataError
        If the file cannot be read or is of a shape not known; if it does not have a school asked
        for; if a cell of such a school is neither a number nor a symbol of the department.
    """
    path, kind = Path(path), published_kind(path)
    table, digest = read_table(path, kind, roles, urns)
    refuse([*faults_of(table), *missing_of(table, urns)], path.name)
    posts, schools = counts_of(table, roles)
    return Workforce(
        posts=posts,
        schools=schools,
        file=f"{path.name} ({digest[:8]})",
        kind=kind,
        dated=table.dated,
    )


def read_table(
    path: Path, kind: str, roles: pd.DataFrame, urns: list[str] | None
) -> tuple[Table, str]:
    """Return what a file of a kind says of the schools asked for, and the file's hash."""
    try:
        if kind == "size":
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            return read_size(path, roles.index, urns), digest
        raw = path.read_bytes()
    except OSError as error:
        raise DataError([f"{path.name}: the file cannot be read: {error.strerror}"]) from error
    if not kind:
        raise DataError([f"{path.name}: neither of the two published files of staff numbers"])
    return read_tables(path, raw, urns), hashlib.sha256(raw).hexdigest()
