"""A school's report without a notebook: its cells as plain Python, and minimal HTML around them.

What ``make_reports`` measures the batch against: the same answers, tables and sentences, in one
warm process, with nothing kept apart, nothing recorded and nothing laid out.
"""

import ast
import html
import json
import os
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

Show = Callable[[Any], None]


def script_of(notebook: Path) -> list[str | CodeType]:
    """Return a notebook's cells: Markdown as text, code that shows what it ends with."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return [
        "".join(cell["source"]) if cell["cell_type"] == "markdown" else code_of(cell)
        for cell in cells
    ]


def code_of(cell: dict[str, Any]) -> CodeType:
    """Return a cell's code, with its last expression handed to ``show``."""
    tree = ast.parse("".join(cell["source"]))
    if tree.body and isinstance(last := tree.body[-1], ast.Expr):
        shown = ast.Call(ast.Name("show", ast.Load()), [last.value], [])
        tree.body[-1] = ast.Expr(shown)
    return compile(ast.fix_missing_locations(tree), cell["id"], "exec")


def page_of(script: list[str | CodeType], given: dict[str, Any]) -> str:
    """Return a page of what a script shows with some parameters."""
    parts: list[str] = []

    def show(value: Any) -> None:
        parts.append(value._repr_mimebundle_()["text/html"])

    names: dict[str, Any] = {"show": show}
    for cell in script:
        if isinstance(cell, str):
            parts.append(f"<p>{html.escape(cell)}</p>")
            continue
        exec(cell, names)
        if cell.co_filename == "parameters":
            names |= given
    return f"<!doctype html><meta charset=utf-8><title>Report</title>{''.join(parts)}"


def write_pages(notebook: Path, reports: list[dict[str, Any]], out: Path) -> None:
    """Write a page for each set of parameters."""
    script = script_of(notebook)
    os.chdir(notebook.parent)
    for given in reports:
        page = page_of(script, given)
        (out / f"{given['urn']}.html").write_text(page, "utf-8")
