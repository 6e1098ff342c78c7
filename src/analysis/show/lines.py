"""One line of code whose names stand for a reader's choices: written out, run, and shown."""

import ast
import html
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

import analysis
from analysis.schema import CHART_MIME, untitled

# JupyterLab would take the arrow keys and letters typed in a list or on a button as its own.
KEYS = """<script>
if (!window.unionsKeys) {
  window.unionsKeys = true;
  window.addEventListener("keydown", event => {
    const own = event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab";
    if (!own && event.target.matches?.(".jupyter-widgets :is(select, button, [type=checkbox])")) {
      event.stopPropagation();
    }
  }, true);
}
</script>"""
# No button of a chart sends it anywhere.
CONFIG = {"displaylogo": False, "showSendToCloud": False}


def literal(value: str | list[str]) -> str:
    """Return a code, or a list of codes, as a reader would type it.

    >>> literal("admits"), literal(["naht", "neu"])
    ('"admits"', '["naht", "neu"]')
    """
    return json.dumps(value, ensure_ascii=False)


def write_out(line: str, choices: Mapping[str, str]) -> str:
    """Return a line of code with each chosen name replaced by what was chosen.

    Parameters
    ----------
    choices
        What to write for each name; attributes and keywords of that name stay as they are.

    Examples
    --------
    >>> write_out("who_admits(data.role, role)", {"role": '"cook"'})
    'who_admits(data.role, "cook")'
    """
    found = [node for node in ast.walk(ast.parse(line, mode="eval")) if isinstance(node, ast.Name)]
    for node in sorted(found, key=lambda node: node.col_offset, reverse=True):
        if node.id in choices:
            line = line[: node.col_offset] + choices[node.id] + line[node.end_col_offset :]
    return line


def names_in(line: str) -> set[str]:
    """Return the names that a line of code looks up.

    >>> sorted(names_in("who_admits(data.coverage, role)"))
    ['data', 'role', 'who_admits']
    """
    walk = ast.walk(ast.parse(line, mode="eval"))
    return {node.id for node in walk if isinstance(node, ast.Name)}


def run_line(line: str, data: object) -> Any:
    """Return what a line of code gives for the data of a day; it may use every helper."""
    return eval(
        line, {name: getattr(analysis, name) for name in analysis.__all__} | {"data": data}
    )


def outputs_of(answer: object) -> list[dict[str, Any]]:
    """Return what Jupyter shows for an answer, one bundle below the other.

    A chart stands between its title and its caption; a frame becomes a table to search, sort and
    copy, or save as CSV; all else shows itself.
    """
    if isinstance(answer, go.Figure):
        return chart_outputs(json.loads(answer.to_json()))
    if isinstance(answer, pd.DataFrame):
        return [{"text/html": grid(answer), "text/plain": repr(answer)}]
    if hasattr(answer, "_repr_mimebundle_"):
        made = answer._repr_mimebundle_()
        return [{kind: made[kind] for kind in ("text/html", "text/plain")}]
    return [{"text/plain": str(answer)}]


def chart_outputs(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a chart's title, the chart, and its caption, sources and message in words."""
    meta = figure["layout"]["meta"]
    title, caption, alt = (html.escape(meta[key]) for key in ("title", "caption", "alt"))
    sources = html.escape(", ".join(meta["source"]))
    below = f"<p>{caption}{f' Sources: {sources}.' if sources else ''}</p>"
    told = f"<details><summary>The chart in words</summary><p>{alt}</p></details>"
    chart = {"data": figure["data"], "layout": untitled(figure["layout"]), "config": CONFIG}
    return [
        {"text/html": f"<p><strong>{title}</strong></p>"},
        {CHART_MIME: chart, "text/plain": meta["alt"]},
        {"text/html": below + told},
    ]


def grid(frame: pd.DataFrame) -> str:
    """Return a frame as a table to search, sort, copy and save, that asks no network."""
    from itables import to_html_datatable

    told = frame.map(
        lambda cell: ", ".join(map(str, cell)) if isinstance(cell, list | tuple) else cell
    )
    table = str(
        to_html_datatable(
            told,
            connected=False,
            buttons=["copyHtml5", "csvHtml5"],
            classes="display compact",
            style="width:100%;margin:0",
            columnDefs=[{"className": "dt-left", "targets": "_all"}],
            lengthMenu=[10, 25, 100],
            maxBytes=0,
        )
    )
    # Its own way to scroll sets heads beside their columns when the window changes.
    return f'<div style="overflow-x:auto">{table}</div>'


def grid_script() -> str:
    """Return what tables of :func:`grid` need once on a page: their program, without a network."""
    from IPython.utils.capture import capture_output
    from itables import init_notebook_mode

    with capture_output() as shown:
        init_notebook_mode(all_interactive=False, connected=False)
    return "".join(output.data["text/html"] for output in shown.outputs)
