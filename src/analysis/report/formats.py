"""The formats that a report can be laid out in; what only some need is imported when asked for."""

import contextlib
import importlib
from collections.abc import Callable, Iterator

import nbformat

from analysis.errors import AnalysisError, NotebookError, ParameterError, did_you_mean
from analysis.report.blocks import Document
from analysis.report.html import html_page


def _pdf(document: Document) -> bytes:
    from analysis.report.pdf import pdf_report

    return pdf_report(document)


def _workbook(document: Document) -> bytes:
    from analysis.report.xlsx import xlsx_workbook

    return xlsx_workbook(document)


def _word(document: Document) -> bytes:
    from analysis.report.docx import docx_document

    return docx_document(document)


FORMATS: dict[str, Callable[[Document], bytes]] = {
    "html": lambda document: html_page(document).encode(),
    "pdf": _pdf,
    "xlsx": _workbook,
    "docx": _word,
}
NOTEBOOK = "ipynb"
NAMES = (*FORMATS, NOTEBOOK)


@contextlib.contextmanager
def in_one_sentence(place: str, name: str) -> Iterator[None]:
    """Say in one sentence what a library could not lay out.

    Parameters
    ----------
    place
        What the notebook is called in an error.
    name
        The format.

    Raises
    ------
    NotebookError
        For any error but one of ours, of a file or of want of memory.
    """
    try:
        yield
    except (AnalysisError, OSError, MemoryError):
        raise
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise NotebookError(
            f"{place}: its {name} could not be made, which is a fault of this program ({said}); "
            "ask for the other formats without it"
        ) from error


def warm_formats() -> None:
    """Make ready what every report needs: the check of notebooks, the template, the faces."""
    nbformat.validate(nbformat.v4.new_notebook(cells=[]))
    html_page(Document("", "", (), ()))


def formats_of(typed: str) -> tuple[str, ...]:
    """Return the formats of a list but the notebook's: that is written in any case.

    >>> formats_of("html,ipynb"), formats_of("ipynb")
    (('html',), ())
    """
    names = tuple(filter(None, typed.split(",")))
    if not names:
        raise ParameterError(f"no format was named; choose from {', '.join(NAMES)}")
    return tuple(name for name in names if name != NOTEBOOK)


def check_formats(formats: tuple[str, ...]) -> None:
    """Refuse a format that is not known."""
    for name in formats:
        if name not in FORMATS:
            hint = did_you_mean(name, NAMES)
            raise ParameterError(f"no format '{name}'; choose from {', '.join(NAMES)}{hint}")
    if "docx" in formats:  # better to say now than after the run that its library is missing
        importlib.import_module("analysis.report.docx")
