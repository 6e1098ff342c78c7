"""Everything that this package raises on purpose.

Each error is one sentence that a reader can act on; :class:`DataError` carries one sentence
a fault, so that all of a folder's faults are met at once.
"""

import difflib
from collections.abc import Iterable


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
    names = [f"'{name}'" for name in nearest(word, known)]
    return f"; did you mean {' or '.join(names)}?" if names else ""
