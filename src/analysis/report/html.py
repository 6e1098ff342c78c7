"""An executed notebook as one HTML page that asks nothing of any network.

Every chart stands in the page as a still picture with a name; where JavaScript runs, plotly.js
(carried in the page, packed) draws it again so that its points can be hovered.
"""

import base64
import functools
import gzip
import hashlib
import importlib.util
import io
import json
import re
from pathlib import Path
from typing import Any

import fontpkg
import jinja2
from fontTools.ttLib import TTFont
from markupsafe import Markup

from analysis.report.about import head_lines
from analysis.report.blocks import Chart, Document
from analysis.report.faces import FACE

TEMPLATE = Path(__file__).parent / "template"
SHARED = "shared"  # the folder, beside the pages, of what they share
IDLE = {"coloraxis", "colorscale", "geo", "map", "mapbox", "polar", "scene", "ternary"}
# Base 85 takes a sixteenth less room than base 64; two of its signs mean something in HTML.
HARMLESS = str.maketrans("<&", ".,")
CLOSERS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def html_page(document: Document) -> str:
    """Return the whole page; the same document gives the same text."""
    return _page(document, None)


def linked_page(document: Document) -> str:
    """Return a page that finds its look and plotly.js beside it, as :func:`shared_files` are."""
    names = [f"{SHARED}/{name}" for name in shared_files()]
    return _page(document, dict(zip(("style", "script"), names, strict=True)))


@functools.cache
def shared_files() -> dict[str, bytes]:
    """Return what many pages share, by the names of the files in the folder :data:`SHARED`.

    A name holds its contents' hash, so that pages of two versions can stand in one folder.
    """
    files = {"report.css": page_style().encode(), "plotly.js": _plotly()}
    return {
        f"{Path(name).stem}-{hashlib.sha256(data).hexdigest()[:12]}{Path(name).suffix}": data
        for name, data in files.items()
    }


def _page(document: Document, linked: dict[str, str] | None) -> str:
    charts = document.charts
    if charts:
        from analysis.report.paper import draw  # it brings matplotlib, and many pages have none
    pictures = {c.anchor: _inline(draw(c.figure), f"p{n}", c) for n, c in enumerate(charts, 1)}
    page: str = page_template("page.html.j2").render(
        document=document,
        about=head_lines(document),
        style=Markup("" if linked else page_style()),
        linked=linked,
        policy=_policy(bool(charts), bool(linked)),
        loader=Markup(_loader()),
        library=Markup(_library()[0]) if charts and not linked else "",
        library_bytes=_library()[2] if charts and not linked else 0,
        pictures=pictures,
        figures={chart.anchor: Markup(_json(chart.figure)) for chart in charts},
    )
    return page


@functools.cache
def page_template(name: str) -> jinja2.Template:
    """Return a template that escapes all that it is given, and fails where it is given nothing."""
    loader = jinja2.FileSystemLoader(TEMPLATE)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    return environment.get_template(name)


@functools.cache
def page_style() -> str:
    """Return the style of a report's page, with its faces."""
    faces = [_face(weight) for weight in (400, 700)]
    return "\n".join([*faces, (TEMPLATE / "page.css").read_text(encoding="utf-8")])


def _face(weight: int) -> str:
    file = io.BytesIO()
    with TTFont(fontpkg.path(FACE, weight), recalcTimestamp=False) as face:
        face.flavor = "woff"
        face.save(file)
    data = base64.b64encode(file.getvalue()).decode()
    return (
        f'@font-face{{font-family:"{FACE}";font-weight:{weight};font-display:block;'
        f'src:url("data:font/woff;base64,{data}")}}'
    )


@functools.cache
def _loader() -> str:
    return (TEMPLATE / "loader.js").read_text(encoding="utf-8")


def _plotly() -> bytes:
    spec = importlib.util.find_spec("plotly")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "package_data" / "plotly.min.js").read_bytes()


@functools.cache
def _library() -> tuple[str, str, int]:
    """Return plotly.js, packed and written in signs, the hash of its text, its packed bytes."""
    script = _plotly()
    packed = gzip.compress(script, compresslevel=9, mtime=0)
    signs = base64.b85encode(packed, pad=True).decode().translate(HARMLESS)
    return signs, inline_hash(script), len(packed)


def inline_hash(script: bytes) -> str:
    """Return how a page's policy names one script or style that stands in the page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _policy(scripts: bool, linked: bool) -> str:
    """Return what a page may load: what it carries, and its own folder's shared files."""
    own = "'self' " if linked else ""
    parts = ["default-src 'none'", "img-src data:", "font-src data:"]
    parts += [f"style-src {own}'unsafe-inline'"]
    if scripts:
        library = "'self'" if linked else _library()[1]
        parts += [f"script-src {inline_hash(_loader().encode())} {library}"]
    return "; ".join(parts)


def _json(figure: dict[str, Any]) -> str:
    return json.dumps(_lean(figure), sort_keys=True, separators=(",", ":")).translate(CLOSERS)


def _lean(figure: dict[str, Any]) -> dict[str, Any]:
    """Leave out of the figure's template what its kinds of trace never use."""
    layout = figure["layout"]
    template = layout.get("template") or {}
    kinds = {trace.get("type") or "scatter" for trace in figure["data"]}
    data = {kind: look for kind, look in (template.get("data") or {}).items() if kind in kinds}
    look = {key: value for key, value in (template.get("layout") or {}).items() if key not in IDLE}
    return {**figure, "layout": {**layout, "template": {"data": data, "layout": look}}}


def _inline(svg: str, prefix: str, chart: Chart) -> Markup:
    """Return a picture that can stand in a page beside others: named, its ids its own."""
    svg = re.sub(r"<[^>]+>", lambda tag: _own(tag[0], prefix), svg)
    size = re.compile(r' (?:width|height)="[^"]*"')
    svg = re.sub(r"<svg[^>]*>", lambda tag: size.sub("", tag[0]), svg, count=1)
    name = Markup(' role="img" aria-label="{}"').format(chart.alt)
    return Markup(svg.replace("<svg", f"<svg{name}", 1))


def _own(tag: str, prefix: str) -> str:
    """Put a prefix before a tag's id and before the ids that it refers to."""
    return re.sub(r'( id="|url\(#|href="#)', rf"\1{prefix}-", tag)
