"""Small executed notebooks, built by hand, and what the exporters make of them."""

import io
import json
from typing import Any

import pikepdf
import plotly.graph_objects as go
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.report.exporters import UnionsHTMLExporter, UnionsPDFExporter
from analysis.schema import PROSE_MIME, TABLE_MIME

RESOURCES = {"metadata": {"name": "comparison", "path": "/home/someone/notebooks"}}
CHART_MIME = "application/vnd.plotly.v1+json"
INK = "#1f2a33"
POINT = {"symbol": "circle", "size": 7, "color": INK}
LAYOUT = {
    "width": 600,
    "height": 300,
    "margin": dict.fromkeys("lrtb", 40),
    "font": {"size": 12, "color": INK},
    "showlegend": False,
}


def cell(text, mark=None, cite=()):
    runs = [{"text": text}] + ([{"cite": list(cite)}] if cite else [])
    return {"lines": [{"runs": runs, "style": "main"}], "mark": mark}


def table(caption, labels, rows, kind="plain"):
    columns = [{"label": label, "align": "left"} for label in labels]
    return {
        "caption": caption,
        "kind": kind,
        "columns": columns,
        "rows": [{"cells": row} for row in rows],
        "note": None,
    }


def sources(*codes):
    rows = [
        {"source": code, "cells": [{"lines": [], "mark": None}, cell(f"The paper {code}")]}
        for code in codes
    ]
    listed = table("Sources", ["No.", "Source"], [], "sources")
    return listed | {"rows": rows}


def prose(*blocks, role="", title=None, kicker=None):
    return {"role": role, "title": title, "kicker": kicker, "blocks": list(blocks)}


def paragraph(text, cite=(), **run):
    runs = [{"text": text, **run}] + ([{"cite": list(cite)}] if cite else [])
    return {"type": "paragraph", "runs": runs, "style": "main"}


def facts(**items):
    pairs = [{"term": term, "runs": [{"text": text}]} for term, text in items.items()]
    return {"type": "facts", "items": pairs}


def figure(title="More members each year", cite=(), values=None, **trace):
    line = {"color": INK, "width": 2}
    mode = {"mode": "lines+markers", "line": line, "marker": POINT}
    fig = go.Figure(go.Scatter(x=[2020, 2021], y=[1, 2], **mode, **trace), LAYOUT)
    fig.update_layout(
        xaxis_range=[2019, 2022],
        yaxis_range=[0, 3],
        meta={
            "title": title,
            "alt": f"Line chart for '{title}': members rise from 1 to 2.",
            "caption": "Members, in thousands, 2020 to 2021.",
            "source": list(cite),
            "table": values,
        },
    )
    return fig.to_plotly_json()


def markdown(source, name="text"):
    made = new_markdown_cell(source)
    made.id = name
    return made


def code(mime=None, data=None, name="output", outputs=None):
    said = json.dumps(data) if mime in (PROSE_MIME, TABLE_MIME) else data
    shown = [new_output("display_data", data={mime: said, "text/plain": "x"})] if mime else []
    made = new_code_cell("secret_code()", execution_count=7, outputs=outputs or shown)
    made.id = name
    return made


def notebook(*cells):
    seen = set()
    for number, each in enumerate(cells):
        each.id = f"{each.id}-{number}" if each.id in seen else each.id
        seen.add(each.id)
    return new_notebook(cells=list(cells))


def sample():
    grid = table(
        "May they join?",
        ["Post", "NAHT", "NEU"],
        [
            [cell("Headteacher", cite=["c"]), cell("yes", "yes"), cell("no", "no")],
            [cell("Caretaker"), cell("not stated", "not stated"), cell("disputed", "disputed")],
            [cell("Teacher"), cell("some", "some"), cell("yes", "yes")],
        ],
        "grid",
    )
    behind = table("The numbers", ["Year", "Members"], [[cell("2020"), cell("1")]])
    inner = {"type": "table", **table("Fees", ["Grade", "Pounds"], [[cell("All"), cell("12")]])}
    cover = prose(
        facts(**{"Facts as at": "1 September 2026"}),
        role="cover",
        title="Which unions serve us?",
        kicker="Staff unions",
    )
    return notebook(
        markdown("# A title that the cover replaces", "title"),
        code(PROSE_MIME, cover, "cover"),
        markdown("## In brief", "brief-heading"),
        code(PROSE_MIME, prose(paragraph("One may join.", cite=["b"]), role="brief"), "brief"),
        markdown("## Who may join\n\nSee *this* and **that**, [here](https://example.org/a)."),
        code(TABLE_MIME, grid, "grid"),
        markdown("## How large\n\n### By year"),
        code(CHART_MIME, figure(cite=["a", "b"], values=behind), "chart"),
        code(CHART_MIME, figure("A second chart"), "chart-two"),
        code(PROSE_MIME, prose(inner), "fees"),
        markdown("## Sources"),
        code(TABLE_MIME, sources("a", "b", "c", "never-cited"), "sources"),
    )


def to_html(node) -> str:
    return UnionsHTMLExporter().from_notebook_node(node, dict(RESOURCES))[0]


def to_pdf(node) -> bytes:
    return UnionsPDFExporter().from_notebook_node(node, dict(RESOURCES))[0]


def soup_of(node) -> BeautifulSoup:
    return BeautifulSoup(to_html(node), "html.parser")


def elements(data: bytes, kind: str) -> list[Any]:
    """Return the tagged elements of a kind, such as ``/TH``, with their attributes."""
    found: list[dict[str, Any]] = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _collect(pdf.Root.StructTreeRoot, kind, found)
    return found


def _collect(node, kind, found):
    if node.get("/S") == kind:
        attributes = node.get("/A")
        scope = attributes.get("/Scope") if isinstance(attributes, pikepdf.Dictionary) else None
        if isinstance(attributes, pikepdf.Array):
            scope = next((a["/Scope"] for a in attributes if "/Scope" in a), None)
        found.append({"scope": str(scope), "alt": str(node.get("/Alt", ""))})
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            _collect(kid, kind, found)


@pytest.fixture(scope="session")
def page_text():
    return to_html(sample())


@pytest.fixture(scope="session")
def page(page_text):
    return BeautifulSoup(page_text, "html.parser")


@pytest.fixture(scope="session")
def paper():
    return to_pdf(sample())
