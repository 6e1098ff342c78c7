"""The data folder, read and checked: facts in, what was so on a day out."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.dates import day_asked, days_of, say_date
from analysis.errors import DataError, ProjectError, no_folder
from analysis.read.check import check
from analysis.read.files import Fault, Rows, columns_of, read_rows, write_rows
from analysis.read.overview import Overview
from analysis.read.recalled import hash_files, hash_tables, recall
from analysis.read.shared import PROJECT_DATA, lacking, with_rule_sources
from analysis.read.snapshot import Snapshot
from analysis.schema import FACT_KEY, FILES, LOCAL_FILES, made_for

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]


@dataclass(frozen=True, repr=False)
class Dataset:
    """Every fact with its source, as the files state them.

    Attributes
    ----------
    facts
        One row per fact: the columns of ``unions.csv``, and ``counts_from`` and ``ends`` (ISO
        days: the first and the last day that the fact can speak of), ``dated`` (the date in
        words), ``own`` (whether it stands in the employer's own file) and ``employer`` (whose it
        is; empty for all).
    sources, roles, benefits, rules
        One row per source, role, benefit and rule, in the columns of their files; for a source
        also ``lent`` (whether only the project's own rules, standing in, name it).
    edition
        Eight characters that change whenever a file's contents change.
    folder
        The name of a folder of one's own; empty where it is called ``data``.
    shared
        The kinds of files that the folder lacks, and that were read from the project's own.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> dataset.as_at("2015-06-30").unions.loc["nut", "short_name"]
    'NUT'
    """

    facts: pd.DataFrame
    sources: pd.DataFrame
    roles: pd.DataFrame
    benefits: pd.DataFrame
    rules: pd.DataFrame
    edition: str
    folder: str = ""
    shared: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Say in a line what the data set holds."""
        counts = f"{len(self.facts):,} facts, {len(self.sources):,} sources"
        return f"<Dataset {self.folder or 'data'}, edition {self.edition}: {counts}>"

    def describe(self) -> Overview:
        """Say what is there as at today, as :meth:`Snapshot.describe` does of any day.

        >>> from analysis import *
        >>> read_dataset("data").describe().frame["what"].tolist()[:3]
        ['Facts', 'Unions', 'Sources']
        """
        return self.as_at().describe()

    def as_at(
        self,
        day: str | int | dt.date = "",
        sources: list[str] | str | None = None,
        employer: Iterable[str] | str | int = (),
    ) -> Snapshot:
        """Return what was so on a day, by the days that the facts speak of.

        Parameters
        ----------
        day
            ISO day, month or year (its first day counts), or a date; empty means today.
        sources
            Codes of the sources to look through, such as one county page; all if not given.
        employer
            Code or codes of the employer, whose own facts of ``data/local`` are laid over: a
            school's URN, a trust's UID, an authority's code. One without facts of its own changes
            nothing.

        Raises
        ------
        DayError
            If the day cannot be read, or lies before the first fact.
        UnknownNameError
            If a source is not known.

        Examples
        --------
        >>> data = read_dataset("data").as_at("2015-06-30")
        >>> "nut" in data.unions.index, "neu" in data.unions.index
        (True, False)
        """
        asked = [sources] if isinstance(sources, str) else sources
        codes = [employer] if isinstance(employer, str | int) else employer
        heard = ("", *sorted({*map(str, codes)} & {*self.facts["employer"].unique()}))
        day = day_asked(day)
        edition = self.edition + (f" of {self.folder}" if self.folder else "")
        key = (day, tuple(asked or ()), heard, edition, hash_tables(self.tables()))

        def read() -> Snapshot:
            ours = replace(self, facts=self.facts[self.facts["employer"].isin(heard)])
            return Snapshot.of(*ours.tables(), edition, day, asked)

        return recall(lambda: key, read)

    def tables(self) -> Tables:
        """Return all that was read."""
        return self.facts, self.sources, self.roles, self.benefits, self.rules


def read_files(folder: Path) -> tuple[dict[str, Rows], list[Fault]]:
    """Read the files of a data folder, with the faults of their form.

    The employer's own files, in its folder ``local``, are read if they are there. Where there are
    no posts, benefits or rules, the project's own are read.
    """
    files, faults = {}, []
    own = [kind for kind in LOCAL_FILES if (folder / f"{kind}.csv").exists()]
    shared = lacking(folder)
    for kind in [*FILES, *own]:
        place = PROJECT_DATA if kind in shared else folder
        path = place / f"{kind}.csv"
        files[kind], wrong = read_rows(path, kind, f"{place.name or place}/{kind}.csv")
        faults += wrong
    if "rules" in shared:
        files["sources"] = with_rule_sources(files["sources"], files["rules"])
    return files, faults


def check_folder(folder: str | Path, today: dt.date | None = None) -> list[str]:
    """Return one sentence for each fault of a data folder, in file and line order.

    >>> check_folder("data")
    []
    """
    files, faults = read_files(Path(folder))
    return [str(fault) for fault in sorted_faults(files, faults, today or dt.date.today())]


def sorted_faults(files: dict[str, Rows], faults: list[Fault], today: dt.date) -> list[Fault]:
    """Add the faults of the rows to those of the files' form, and put all in file order.

    A fault that rests on a file which has lost rows is left out: the row may be among them.
    """
    order = [rows.file for rows in files.values()]
    columns = ["", *dict.fromkeys(name for rows in files.values() for name in rows.columns)]
    lost = {kind for kind, rows in files.items() if rows.lost}
    found = faults + [fault for fault in check(files, today) if fault.needs not in lost]
    place = {
        fault: (order.index(fault.file), fault.line, columns.index(fault.column))
        for fault in found
    }
    return sorted(place, key=lambda fault: place[fault])


def read_dataset(folder: str | Path = "data") -> Dataset:
    """Read and check a data folder.

    Parameters
    ----------
    folder
        The folder that holds ``unions.csv``, ``sources.csv``, ``roles.csv``, ``benefits.csv`` and
        ``rules.csv``; and ``local/unions.csv`` with ``local/sources.csv``, if the employer keeps
        facts of its own. A folder of one's own needs only ``unions.csv`` and ``sources.csv``: the
        project's own posts, benefits and rules, with the rules' sources, stand in for the rest.

    Raises
    ------
    DataError
        If any file has a fault; the error carries one sentence for each.
    ProjectError
        If there is no such folder; the message names the nearest.

    Examples
    --------
    >>> read_dataset("data").facts.columns[:4].tolist()
    ['union', 'fact', 'item', 'value']
    """
    folder, today = Path(folder), dt.date.today()
    if not folder.is_dir():
        raise ProjectError(no_folder(folder))
    paths = [folder / f"{kind}.csv" for kind in FILES | LOCAL_FILES]
    paths += [PROJECT_DATA / f"{kind}.csv" for kind in FILES]
    key = (named_apart(folder), today)
    return recall(lambda: (*key, hash_files(paths)), lambda: _read(folder, today))


def union_names(folders: Iterable[Path]) -> dict[str, str]:
    """Return the newest official name of every union that some data folders speak of, by code."""
    names: dict[str, str] = {}
    for folder in folders:
        facts = read_dataset(folder).facts
        said = facts[(facts["fact"] == "name") & (facts["item"] == "official")]
        newest = said.sort_values("counts_from", kind="stable").set_index("union")["value"]
        names |= dict.fromkeys(facts["union"], "") | newest.to_dict()
    return names


def _read(folder: Path, today: dt.date) -> Dataset:
    files, faults = read_files(folder)
    faults = sorted_faults(files, faults, today)
    if faults:
        raise DataError([str(fault) for fault in faults])
    text = "".join(write_rows(columns_of(kind), sorted(files[kind].cells)) for kind in files)
    frames = {kind: pd.DataFrame(rows.cells, columns=rows.columns) for kind, rows in files.items()}
    facts, sources = together(frames, "unions"), together(frames, "sources")
    shared = lacking(folder)
    lent = frames["rules"]["source"] if "rules" in shared else facts["source"].head(0)
    sources["lent"] = sources["source"].isin(set(lent) - set(facts["source"]))
    return Dataset(
        facts=made_for(with_days(facts, sources), facts["union"]),
        sources=with_words(sources.drop(columns=["own", "employer"])).set_index("source"),
        roles=frames["roles"].set_index("role"),
        benefits=frames["benefits"].set_index("benefit"),
        rules=frames["rules"],
        edition=hashlib.sha256(text.encode()).hexdigest()[:8],
        folder=named_apart(folder),
        shared=shared,
    )


def named_apart(folder: Path) -> str:
    """Return the name of a data folder where it is not called as the project's own is.

    >>> named_apart(Path("data")), named_apart(Path("data") / ".." / "mydata")
    ('', 'mydata')
    """
    name = folder.resolve().name
    return "" if name == PROJECT_DATA.name else name


def together(frames: dict[str, pd.DataFrame], kind: str) -> pd.DataFrame:
    """Return the national rows of a file and, below them, the employer's own, marked so."""
    national = frames[kind].assign(employer="", own=False)
    own = frames.get(f"local/{kind}")
    if own is None:
        return national
    marked = {"employer": "", "own": True} | (
        {"employer": own["employer"]} if "employer" in own else {}
    )
    return pd.concat([national, own.assign(**marked)], ignore_index=True)


def with_words(sources: pd.DataFrame) -> pd.DataFrame:
    """Put sources in the order of their codes; add the days of printing and reading in words."""
    names = ("published", "accessed")
    sources = sources.sort_values("source", kind="stable")
    return sources.assign(**{f"{name}_words": sources[name].map(say_date) for name in names})


def with_days(facts: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Put facts in the order of their key; add the days that each counts from and to, in words."""
    facts = facts.sort_values(list(FACT_KEY), kind="stable", ignore_index=True)
    days: dict[tuple[str, str], tuple[str, str, str]] = {}
    by_code = sources.set_index("source")[["published", "date_inferred", "accessed"]]
    known = {code: tuple(row) for code, *row in by_code.itertuples()}
    # A founding says its own day, whenever it was printed.
    day = facts["value"].where(facts["fact"] == "founded", facts["as_of"])
    pairs = list(
        zip(facts["as_of"].where(facts["as_of"] != "", day), facts["source"], strict=True)
    )
    for as_of, source in dict.fromkeys(pairs):
        days[as_of, source] = days_of(as_of, *known[source])
    columns = zip(*(days[pair] for pair in pairs), strict=True)
    names = ("counts_from", "ends", "dated")
    return facts.assign(**dict(zip(names, map(list, columns), strict=True))) if pairs else facts
