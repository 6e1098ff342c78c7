"""Everything that this package raises on purpose.

Each error is one sentence that a reader can act on; :class:`DataError` carries one sentence
a fault, so that all of a folder's faults are met at once.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path


class AnalysisError(Exception):
    """Base of every error raised on purpose; its text is one sentence for the reader.

    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> try:
    ...     data.choose("nue")
    ... except AnalysisError as error:
    ...     print(error)
    no union 'nue'; did you mean 'nupe' or 'nut' or 'neu'?
    """


class DataError(AnalysisError):
    """The data folder has faults; ``faults`` holds one sentence for each, in file order."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class UnknownUnionError(AnalysisError):
    """A union code is not known, or names no union on the day asked for."""


class UnknownNameError(AnalysisError):
    """A role, group, benefit, level, notebook or parameter is not known."""


class DayError(AnalysisError):
    """A day cannot be read, or lies before the first fact."""


class PrivacyError(AnalysisError):
    """A file holds something about people; its sentence never repeats what."""


class BasisError(AnalysisError):
    """Figures counted in different ways were to be ranked, added, or drawn on one axis."""


class ParameterError(AnalysisError):
    """A report's parameter has a value that its notebook cannot take."""


class ProjectError(AnalysisError):
    """The project's folder, or something that must be in it, was not found."""


class NotebookError(AnalysisError):
    """A notebook cannot become a report: not run, failed, or holding what a report cannot show."""


class ChartError(AnalysisError):
    """A chart uses something that the paper pictures cannot draw."""


def check_name(kind: str, name: object, known: Iterable[str]) -> None:
    """Refuse a name that is not known.

    Raises
    ------
    UnknownNameError
        With the nearest names; or, if none is near, with all.

    Examples
    --------
    >>> check_name("level", "admit", ["admits", "recruits"])
    Traceback (most recent call last):
    analysis.errors.UnknownNameError: no level 'admit'; did you mean 'admits'?
    """
    names = list(known)
    if name not in names:
        near = did_you_mean(str(name), names) or one_of(names)
        raise UnknownNameError(f"no {kind} '{name}'{near}")


def no_folder(path: Path) -> str:
    """Say why a path is no folder, and which may be meant.

    >>> no_folder(Path("dta")), no_folder(Path("data/unions.csv"))
    ("there is no folder dta; did you mean 'data'?", 'data/unions.csv is a file; name its folder')
    """
    if path.is_file():
        return f"{path} is a file; name its folder"
    return f"there is no folder {path}{_near(path, Path.is_dir)}"


def no_file(path: Path) -> str:
    """Say why a path is no file, and which may be meant.

    >>> no_file(Path("data/benefit.csv"))
    "there is no file data/benefit.csv; did you mean 'data/benefits.csv'?"
    """
    if path.is_dir():
        return f"{path} is a folder; name a file"
    return f"there is no file {path}{_near(path, Path.is_file)}"


def _near(path: Path, fits: Callable[[Path], bool]) -> str:
    """Return what may be meant: the same from a folder above, or a name that is near."""
    for up in () if path.is_absolute() else (Path(".."), Path("..", "..")):
        if fits(up / path):
            return f"; did you mean '{up / path}'?"
    try:
        beside = sorted(one.name for one in path.parent.iterdir() if fits(one))
    except OSError:
        return ""
    return or_these(str(path.parent / name) for name in nearest(path.name, beside))


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return up to three known words that a reader may have meant by ``word``, nearest first.

    >>> nearest("headteachers", ["headteacher", "teacher", "caretaker"])
    ['headteacher', 'teacher']
    """
    by_fold = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), by_fold, n=3, cutoff=0.6)
    return [by_fold[name] for name in close]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest known words, or nothing.

    >>> did_you_mean("headteachers", ["headteacher", "caretaker"])
    "; did you mean 'headteacher'?"
    >>> did_you_mean("zzz", ["headteacher"])
    ''
    """
    return or_these(nearest(word, known))


def did_you_mean_code(word: str, labels: Mapping[str, str]) -> str:
    """Return ``; did you mean 'x'?`` for the codes that a reader may have meant.

    Parameters
    ----------
    labels
        What each code stands for: a reader may have written that.

    Examples
    --------
    >>> labels = {"neu": "National Education Union", "naht": "NAHT"}
    >>> did_you_mean_code("National Education union", labels), did_you_mean_code("nath", labels)
    ("; did you mean 'neu'?", "; did you mean 'naht'?")
    """
    same = [code for code, label in labels.items() if label.casefold() == word.casefold()]
    called = nearest(word, labels.values())
    meant = [code for label in called for code, known in labels.items() if known == label]
    return or_these(same or nearest(word, labels) or list(dict.fromkeys(meant))[:3])


def one_of(known: Iterable[str]) -> str:
    """Return ``; it is one of: x, y``.

    >>> one_of(["x", "y"])
    '; it is one of: x, y'
    """
    return f"; it is one of: {', '.join(known)}"


def or_these(names: Iterable[str]) -> str:
    """Return ``; did you mean 'x' or 'y'?``, or nothing if there are no names.

    >>> or_these(["x", "y"]), or_these([])
    ("; did you mean 'x' or 'y'?", '')
    """
    quoted = [f"'{name}'" for name in names]
    return f"; did you mean {' or '.join(quoted)}?" if quoted else ""
