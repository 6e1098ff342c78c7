"""Plotly figures drawn as still SVG pictures by matplotlib, for print and for pages at rest.

Only what the reports' charts use is drawn, and anything else is refused by name: a picture that
silently left something out would be wrong. Lengths are in px, as in the figure: the drawing has
72 dots an inch, so that one point is one px.
"""

import dataclasses
import functools
import io
import json
import re
from typing import Any

import fontpkg
import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox, BboxTransformTo, TransformedBbox

from analysis.errors import ChartError
from analysis.report import axes, marks, overlay
from analysis.report.figures import merged, plain_json

FACE = "Atkinson Hyperlegible"
SPARE = "Noto Sans"  # for the letters that the face lacks
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "unions",
    "text.parse_math": False,
    "font.family": [FACE, SPARE],
    "axes.unicode_minus": False,
    "path.simplify": False,
    "hatch.linewidth": 1.0,
}
WASTE = (
    r"<!--.*?-->\s*",
    r"<metadata>.*?</metadata>\s*",
    r"<defs>\s*<style.*?</style>\s*</defs>\s*",
)
ROOT = (
    f"<svg font-family=\"'{FACE}', '{SPARE}', Verdana, sans-serif\""
    ' stroke-linejoin="round" stroke-linecap="butt"'
)


def draw(figure: dict[str, Any]) -> str:
    """Return a plotly figure, in its JSON form, as an SVG picture.

    The same figure gives the same text, character for character.

    Raises
    ------
    ChartError
        If the figure has a trace, mode, symbol or other part that is not drawn; it is named.
    """
    return _draw(json.dumps(figure, sort_keys=True))


@functools.lru_cache(maxsize=256)
def _draw(text: str) -> str:
    _register_faces()
    figure = plain_json(json.loads(text))
    with mpl.rc_context(STYLE):
        return _slim(_svg(_paper(figure)))


@functools.cache
def _register_faces() -> None:
    for weight in (400, 700):
        font_manager.fontManager.addfont(fontpkg.path(FACE, weight))
    faces = font_manager.fontManager.ttflist
    font_manager.fontManager.addfont(fontpkg.path(SPARE, nearest=True))
    faces.append(dataclasses.replace(faces[-1], weight=700))  # one file holds every weight


def _paper(figure: dict[str, Any]) -> Figure:
    """Draw panels first, then what lies across them."""
    _check_refused(figure["layout"])
    layout = merged(figure["layout"])
    size = layout.get("width") or 720, layout.get("height") or 420
    paper = Figure(figsize=(size[0] / 72, size[1] / 72), dpi=72, facecolor="none")
    panels = axes.add_panels(paper, layout, figure["data"])
    marks.add_traces(panels, layout, figure["data"])
    for panel in panels.values():
        axes.finish(panel)
    frame = Bbox.unit()
    area = BboxTransformTo(TransformedBbox(frame, paper.transFigure))
    legend = overlay.add_legend(paper, layout, figure["data"], area)
    axes.place(paper, panels, layout, frame, legend)
    overlay.add_shapes(paper, panels, layout, area)
    overlay.add_notes(paper, panels, layout, area)
    return paper


def _check_refused(layout: dict[str, Any]) -> None:
    for part in ("images", "sliders", "updatemenus", "polar", "geo", "scene", "coloraxis"):
        if layout.get(part):
            raise ChartError(f"a chart's layout has '{part}', which is not drawn on paper")


def _svg(paper: Figure) -> str:
    file = io.StringIO()
    canvas: Any = FigureCanvasSVG(paper)
    canvas.print_svg(file, metadata={"Date": None, "Creator": None})
    return file.getvalue()


def _slim(svg: str) -> str:
    """Leave out what a page does not need, and style that would leak into it."""
    svg = svg[svg.index("<svg") :]
    for waste in WASTE:
        svg = re.sub(waste, "", svg, flags=re.DOTALL)
    linked = dict.fromkeys(re.findall(r'<[^>]*(?:url\(|href=")#([^")]+)', svg))
    short = {name: f"s{number}" for number, name in enumerate(linked)}
    svg = re.sub(r"<[^>]+>", lambda tag: _slim_tag(tag[0], short), svg)
    svg = re.sub(r"\n\s*(?=<(?!tspan))", "\n", svg)
    svg = re.sub(r"\n<g>(\n<text [^>]*>[^<]*</text>)\n</g>", r"\1", re.sub(r"\n<g/>", "", svg))
    svg = re.sub(r"\n(?=[LMCQz]\b|\")", " ", svg)
    return svg.replace("<svg", ROOT, 1)


def _slim_tag(tag: str, short: dict[str, str]) -> str:
    """Leave out what the root says and ids that nothing links to; round all lengths."""
    named = re.compile(r' id="([^"]*)"')
    tag = named.sub(lambda m: f' id="{short[m[1]]}"' if m[1] in short else "", tag)
    tag = re.sub(r"((?:url\(|href=\")#)([^\")]+)", lambda m: m[1] + short[m[2]], tag)
    tag = tag.replace("xlink:href", "href")
    tag = re.sub(rf" ?font-family: '{FACE}', '{SPARE}';", "", tag)
    tag = re.sub(r' transform="rotate\(-?0 [^"]*"', "", tag)
    return re.sub(r' (?:d|x|y|transform)="[^"]*"', _rounded, tag)


def _rounded(match: re.Match[str]) -> str:
    return re.sub(r"\d+\.\d+", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), match[0])
