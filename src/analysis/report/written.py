"""A notebook as the text of a file: what nbformat writes, letter for letter, and sooner.

nbformat copies every number of every output first, and Python indents JSON without its C code;
together that took a third of a small report's time.
"""

import json
from json.encoder import encode_basestring
from typing import Any

from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines, strip_transient


def notebook_text(node: Any) -> str:
    r"""Return a notebook as the text of a file.

    >>> import nbformat
    >>> from nbformat.v4 import new_notebook, new_code_cell
    >>> node = new_notebook(cells=[new_code_cell("1 + 1\n2", id="sum")])
    >>> notebook_text(node) == nbformat.writes(node)
    True
    """
    twin = _copy(node)
    twin["metadata"] = _copy(node.metadata)
    twin["cells"] = [_copy_of_cell(cell) for cell in node.cells]
    twin = strip_transient(split_lines(twin))
    return _text(twin, "\n")


def _copy_of_cell(cell: NotebookNode) -> NotebookNode:
    """Return a copy, to the depth that nbformat changes."""
    twin = _copy(cell)
    twin["metadata"] = _copy(cell.metadata)
    if "outputs" in cell:
        twin["outputs"] = [_copy(output) for output in cell.outputs]
        for output in twin["outputs"]:
            if "data" in output:
                output["data"] = _copy(output["data"])
    if "attachments" in cell:
        pairs = cell.attachments.items()
        twin["attachments"] = _copy({name: _copy(bundle) for name, bundle in pairs})
    return twin


def _copy(part: Any) -> NotebookNode:
    twin = NotebookNode()
    dict.update(twin, part)
    return twin


def _text(value: Any, newline: str) -> str:
    """Return a value as JSON; ``newline`` ends in the spaces that its own lines begin with."""
    if isinstance(value, str):
        return encode_basestring(value)
    inner = newline + " "
    if isinstance(value, dict) and value:
        pairs = sorted(value.items())
        lines = [f"{encode_basestring(key)}: {_text(part, inner)}" for key, part in pairs]
        return f"{{{inner}{f',{inner}'.join(lines)}{newline}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{inner}{f',{inner}'.join([_text(part, inner) for part in value])}{newline}]"
    return json.dumps(value, ensure_ascii=False)
