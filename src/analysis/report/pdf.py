"""An executed notebook as a PDF/UA-1 report, laid out by Typst."""

import dataclasses
import functools
import io
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fontpkg
import matplotlib as mpl
import pikepdf
import typst

from analysis.report.blocks import Cell, Chart, Document, Paragraph, Row, Run, Table
from analysis.report.faces import FACE, SPARE, each_text, letters, say_lacking, settable
from analysis.report.html import TEMPLATE

UNBROKEN = re.compile(r"[^\s\u200b/-]+")
KEPT_FOR = 10  # compilations, after which Typst drops what they did not use
HOLD_NO_TABLE = ("/P", "/L", "/Link", "/Figure", "/Span", "/Strong")
MOST_COLUMNS = 12  # beside a row's header, for which a page of A4 has room


def pdf_report(document: Document) -> bytes:
    """Return the report as PDF/UA-1; the same document gives the same bytes."""
    return _compiled(json.dumps(_plain(document), sort_keys=True))


def forget_pages() -> None:
    """Let go of what Typst keeps of the reports before this: about 20 MB each.

    What ten compilations in a row did not use, it drops.
    """
    for _ in range(KEPT_FOR + 1):
        _of_nothing().compile(input=b" ", format="svg")


@functools.cache
def _of_nothing() -> typst.Compiler:
    return typst.Compiler(b" ", font_paths=typst.Fonts(False, False))


@functools.lru_cache(maxsize=8)
def _compiled(report: str) -> bytes:
    data = _compiler().compile(format="pdf", sys_inputs={"report": report}, pdf_standards="ua-1")
    assert isinstance(data, bytes)
    return _with_scopes(data)


@functools.cache
def _compiler() -> typst.Compiler:
    folders = {fontpkg.path(name, nearest=True).parent for name in (FACE, SPARE)}
    folders.add(Path(mpl.get_data_path(), "fonts", "ttf"))  # for BRACKETS
    fonts = typst.Fonts(False, False, font_paths=sorted(folders))
    return typst.Compiler(TEMPLATE / "report.typ", font_paths=fonts)


def _plain(document: Document) -> dict[str, Any]:
    """Return the document as JSON can hold it, with its pictures, in letters that can be set."""
    day = document.day
    report: dict[str, Any] = {
        "title": settable(document.title),
        "short": _short(settable(document.title)),
        "kicker": settable(document.kicker),
        "footer": f"Facts as at {day.day} {day:%B %Y}" if day else "",
        "day": {"year": day.year, "month": day.month, "day": day.day} if day else None,
        "contents": len(document.contents),
        "one_page": document.one_page,
        "cover": _part(document.cover),
        "blocks": _part(document.blocks),
    }
    text = json.dumps(report, ensure_ascii=False)
    report["longest"] = max(map(_longest, _texts(report)))
    if said := say_lacking(text):
        report["blocks"].append(_part(Paragraph((Run(said),), "small")))
    written = set(text)
    lacking = sorted(
        char for char in written if ord(char) > 127 and ord(char) not in letters(FACE)
    )
    return {**report, "lacking": "".join(["\u0174", *lacking])}


def _short(title: str) -> str:
    """Return what of a title has room at the head of each page; the first has all of it."""
    return title if len(title) <= 80 else f"{title[:80].rstrip()} …"


def _part(value: Any) -> Any:
    """Return a part of a document as JSON can hold it."""
    if isinstance(value, str):
        return settable(value)
    if isinstance(value, tuple):
        return [_part(part) for inner in value for part in _narrow(inner)]
    if isinstance(value, Chart):
        from analysis.report.paper import draw  # as for a page

        shown = {"title": value.title, "alt": value.alt, "caption": value.caption}
        picture = draw(each_text(value.figure, settable))
        cites = list(value.cites)
        layout = value.figure["layout"]
        tall = (layout.get("height") or 0) > 0.8 * (layout.get("width") or 720)
        return {**_part(shown), "kind": "chart", "cites": cites, "picture": picture, "tall": tall}
    if isinstance(value, Cell):
        said = (run.text for line in value.lines for run in line.runs)
        return _fields(value) | {"longest": _longest(" ".join(said))}
    if dataclasses.is_dataclass(value):
        return _fields(value)
    if isinstance(value, dict):
        return {key: _part(inner) for key, inner in value.items()}
    return value


def _fields(value: Any) -> dict[str, Any]:
    return {f.name: _part(getattr(value, f.name)) for f in dataclasses.fields(value)}


def _texts(report: dict[str, Any]) -> Iterator[str]:
    """Yield all that is set as text, with the addresses that are printed."""
    left: list[Any] = [report]
    while left:
        part = left.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, list):
            left += part
        elif isinstance(part, dict):
            left += [inner for key, inner in part.items() if key != "picture"]


def _longest(text: str) -> int:
    """Return how many letters there are in the longest run that no line would be broken in."""
    return max(map(len, UNBROKEN.findall(text)), default=0)


def _narrow(value: Any) -> Iterator[Any]:
    """Yield a table of many columns as tables that a page has room for, each with its rows' names.

    Anything else is yielded as it is.
    """
    others = len(value.columns) - 1 if isinstance(value, Table) else 0
    if others <= MOST_COLUMNS:
        yield value
        return
    parts = math.ceil(others / MOST_COLUMNS)
    size = math.ceil(others / parts)
    for part in range(parts):
        kept = [0, *range(1 + part * size, min(others, (part + 1) * size) + 1)]
        yield Table(
            caption=f"{value.caption} (part {part + 1} of {parts})",
            form=value.form,
            columns=tuple(value.columns[place] for place in kept),
            rows=tuple(
                Row(tuple(row.cells[place] for place in kept), row.number, row.of)
                for row in value.rows
            ),
            note=value.note if part + 1 == parts else (),
            anchor=f"{value.anchor}-part-{part + 1}",
        )


def _with_scopes(data: bytes) -> bytes:
    """Make each row's first cell a header of its row, and each header name its scope."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _scope(pdf.Root.StructTreeRoot)
        file = io.BytesIO()
        streams = pikepdf.ObjectStreamMode.generate
        pdf.save(file, deterministic_id=True, object_stream_mode=streams)
    return file.getvalue()


def _scope(node: pikepdf.Object) -> None:
    for element in _elements(node):
        if element.S == "/TBody":
            for row in _elements(element):
                _make_header(next(_elements(row)), "/Row")
        elif element.S == "/THead":
            for row in _elements(element):
                for cell in _elements(row):
                    _make_header(cell, "/Column")
        elif element.S not in HOLD_NO_TABLE:
            _scope(element)


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield what stands in an element of a PDF's structure, one after the other."""
    inner = node.get("/K")
    for kid in inner if isinstance(inner, pikepdf.Array) else [inner]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _make_header(cell: pikepdf.Object, scope: str) -> None:
    cell.S = pikepdf.Name.TH
    old = cell.get("/A")
    kept = [] if old is None else list(old) if isinstance(old, pikepdf.Array) else [old]
    others = [a for a in kept if not (isinstance(a, pikepdf.Dictionary) and "/Scope" in a)]
    table = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name(scope))
    cell.A = pikepdf.Array([*others, table]) if others else table
