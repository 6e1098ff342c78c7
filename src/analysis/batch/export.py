"""Lay out an executed notebook in every format that is asked for, file by file."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines

from analysis.batch.work import Task
from analysis.report.document import read_document
from analysis.report.formats import FORMATS, in_one_sentence
from analysis.report.html import linked_page
from analysis.report.names import label


def write_formats(task: Task) -> dict[str, dict[str, Any]]:
    """Write the reports of an executed notebook beside it; return what each file is.

    Raises
    ------
    AnalysisError
        If a format is asked for and the notebook holds what a report cannot show.
    """
    folder, notebook = Path(task.folder), Path(task.notebook)
    executed = (folder / f"{task.stem}.ipynb").read_bytes()
    files = {f"{task.stem}.ipynb": described(executed)}
    if not task.formats:  # what a report cannot show may then stand in the notebook
        return files
    document = read_document(slight_node(executed), label(notebook))
    for name in task.formats:
        # The look of many pages and their scripts stand beside them, once.
        with in_one_sentence(label(notebook), name):
            data = linked_page(document).encode() if name == "html" else FORMATS[name](document)
        files[f"{task.stem}.{name}"] = write_through(folder / f"{task.stem}.{name}", data)
    return files


def write_through(path: Path, data: bytes) -> dict[str, Any]:
    """Write a file and see it onto the disk; return what it is."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return described(data)


def described(data: bytes) -> dict[str, Any]:
    """Return the size and the hash of a file."""
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def slight_node(text: bytes) -> NotebookNode:
    """Return an executed notebook with what :func:`read_document` looks at, and no more.

    nbformat would check it again, and copy every number of every chart.
    """
    node = _node(cells=[_cell(cell) for cell in json.loads(text)["cells"]])
    rejoin_lines(node)
    return node


def _cell(cell: dict[str, Any]) -> NotebookNode:
    return _node(**cell | {"outputs": [_node(**one) for one in cell.get("outputs", ())]})


def _node(**parts: Any) -> NotebookNode:
    return NotebookNode(parts)
