"""Run a notebook with parameters, and write its reports: all of them or none."""

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError
from tqdm import tqdm

from analysis.errors import NotebookError
from analysis.report.document import OURS, read_document
from analysis.report.files import write_all
from analysis.report.formats import FORMATS, check_formats, in_one_sentence
from analysis.report.names import label
from analysis.report.parameters import Known, check_defaults, check_parameters, with_day
from analysis.report.written import notebook_text


def report(
    notebook: Path,
    parameters: Mapping[str, Any],
    formats: tuple[str, ...],
    out: Path,
    known: Known,
    today: dt.date,
) -> list[Path]:
    """Run a notebook and write its reports; the executed notebook is kept beside them.

    Parameters
    ----------
    formats
        ``html``, ``pdf``, ``xlsx``, ``docx``; none for the executed notebook alone.
    out
        The folder to write to; it is made if need be.
    known
        The codes that a parameter may hold with what they mean, by the parameter's name.
    today
        What an empty ``as_of`` or ``after`` becomes.

    Returns
    -------
    list of Path
        The files written: the reports in the order asked, then the notebook.

    Raises
    ------
    ParameterError
        If the notebook cannot take a parameter, or a format is not known.
    NotebookError
        If the notebook fails, or a format is asked for and it holds what a report cannot show.
        Nothing is written.
    """
    check_formats(formats)
    if notebook.stem.casefold() == "index":
        reason = "its report would be index.html, which lists a folder's reports"
        raise NotebookError(f"{label(notebook)}: {reason}; give the notebook another name")
    check_parameters(parameters, notebook, known)
    check_defaults(parameters, notebook, known)
    node = execute(notebook, with_day(parameters, notebook, today.isoformat()))
    files = {}
    if formats:  # without one, what a report cannot show may stand in the notebook
        document = read_document(node, label(notebook))
        progress = tqdm(formats, desc="Laying out", unit="format", disable=not sys.stderr.isatty())
        for name in progress:
            progress.set_postfix_str(name)
            with in_one_sentence(label(notebook), name):
                files[f"{notebook.stem}.{name}"] = FORMATS[name](document)
    files[f"{notebook.stem}.ipynb"] = notebook_text(node).encode()
    return write_all(out, files)


def execute(
    notebook: Path, parameters: Mapping[str, Any], engine: str | None = None
) -> nbformat.NotebookNode:
    """Return the notebook as run with the parameters, in its own folder.

    Parameters
    ----------
    engine
        The papermill engine to run it by; papermill's own if not given.

    Raises
    ------
    NotebookError
        If a cell fails: with the error's own sentence if the error is one of ours.
    """
    place = label(notebook)
    with _own_kernels():
        try:
            node: nbformat.NotebookNode = papermill.execute_notebook(
                str(notebook),
                None,
                parameters=dict(parameters),
                engine_name=engine,
                cwd=str(notebook.parent),
                kernel_name="python3",
                progress_bar=sys.stderr.isatty() and engine is None,
                log_output=False,
                request_save_on_cell_execute=False,
                extra_arguments=["--Application.log_level=50"],  # its own words stay off stderr
            )
        except PapermillExecutionError as error:
            raise NotebookError(_sentence(error, notebook)) from error
        except DeadKernelError as error:
            raise NotebookError(f"{place}: the kernel died while the notebook ran") from error
        except RuntimeError as error:  # what jupyter_client raises of a kernel that never answers
            raise NotebookError(f"{place}: the kernel did not start ({error})") from error
    node.metadata.pop("papermill", None)  # it holds paths of this machine
    return node


@contextlib.contextmanager
def _own_kernels() -> Iterator[None]:
    """Let Jupyter find this Python's own kernel before any other of the same name."""
    before = os.environ.get("JUPYTER_PATH")
    own = str(Path(sys.prefix) / "share" / "jupyter")
    os.environ["JUPYTER_PATH"] = os.pathsep.join([own, before] if before else [own])
    try:
        yield
    finally:
        if before is None:
            del os.environ["JUPYTER_PATH"]
        else:
            os.environ["JUPYTER_PATH"] = before


def _sentence(error: PapermillExecutionError, notebook: Path) -> str:
    """Return the sentence of an error of ours, else the cell and what went wrong in it."""
    if error.ename in OURS:
        return str(error.evalue)
    last = str(error.evalue).strip().splitlines()
    detail = f"{error.ename}: {last[-1]}" if last else error.ename
    return f"{label(notebook)}, cell {_cell_id(error.source, notebook)}: failed with {detail}"


def _cell_id(source: str, notebook: Path) -> str:
    cells = nbformat.read(notebook, 4).cells
    return next((cell.id for cell in cells if cell.source == source), "injected-parameters")
