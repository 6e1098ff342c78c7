"""Plotly figures drawn as still SVG pictures by matplotlib, for print and for pages at rest.

Only what the reports' charts use is drawn, and anything else is refused by name: a picture that
silently left something out would be wrong. A figure states its own look; its template, which
would add tick marks and zero lines, is laid aside. Lengths are in px, as in the figure: the
drawing has 72 dots an inch, so that one point is one px.
"""

import contextlib
import dataclasses
import functools
import io
import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

import fontpkg
import matplotlib as mpl
from matplotlib import font_manager, transforms
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox, Transform
from PIL import Image

from analysis.errors import ChartError
from analysis.report import marks
from analysis.report.faces import BRACKETS, FACE, SPARE
from analysis.report.marks import COLOUR, FONT, LINE, NUMBER, Part, check, words

STYLE: Any = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.family": [FACE, SPARE, BRACKETS],
    "axes.axisbelow": True,
    "ytick.alignment": "center",
    "path.simplify": False,
    "lines.solid_capstyle": "butt",
}
ROOT = (
    f"<svg font-family=\"'{FACE}', '{SPARE}', '{BRACKETS}', Verdana, sans-serif\""
    ' stroke-linejoin="round" stroke-linecap="butt"'
)
# The marks of a group, if they are many and of one style: then the group states it once.
ALIKE = re.compile(r'<g>\n((<use [^>]*?( style="[^"]*")/>\n)(?:<use [^>]*?\3/>\n){8,}(?=</g>))')
NUMBERS = {"": "{x:.10g}", ",d": "{x:,.0f}"}
DOTS = 144  # an inch of the figure, which is about 200 an inch on A4

LAYOUT = {
    **{"width": NUMBER, "height": NUMBER, "margin": dict.fromkeys("lrtb", NUMBER)},
    **{"font": {"family?": str, "size": NUMBER, "color": COLOUR}, "showlegend?": bool},
    **{"bargap?": NUMBER, "template?": dict, "hovermode?": object, "hoverlabel?": dict},
}
AXIS = {
    **{"range": [NUMBER], "domain?": [NUMBER], "visible?": bool, "type?": ("linear",)},
    **{"tickvals?": [NUMBER], "ticktext?": [str], "tickformat?": tuple(NUMBERS)},
    **{"tickfont?": FONT, "ticklabelstandoff?": NUMBER, "showgrid?": bool, "gridcolor?": COLOUR},
    **{"ticks?": ("",), "tickangle?": (0,), "zeroline?": (False,), "showline?": (False,)},
}
SIDES = {"x": ("bottom", "top"), "y": ("left", "right")}
LEGEND = {
    **{"orientation": ("h",), "x": NUMBER, "xanchor": ("left",), "y": NUMBER},
    **{"yanchor": ("bottom",), "font?": FONT},
}
NOTE = {
    **{"text": str, "x": NUMBER, "y": NUMBER, "showarrow": (False,), "font?": FONT},
    **{"xanchor": ("left", "center", "right"), "yanchor": ("top", "middle", "bottom")},
    **{"xshift?": NUMBER, "yshift?": NUMBER, "align?": ("left", "center", "right")},
}
SHAPE = {
    **{"type": ("line", "rect"), "line": LINE, "fillcolor?": COLOUR, "layer?": ("above", "below")},
    **dict.fromkeys(("x0", "x1", "y0", "y1"), NUMBER),
}


def draw(figure: Part) -> str:
    """Return a plotly figure, in its JSON form, as an SVG picture.

    The same figure gives the same text, character for character.

    Raises
    ------
    ChartError
        If the figure states what is not drawn, or leaves unsaid what is needed; it is named.
    """
    return _draw(json.dumps(figure, sort_keys=True))


def draw_png(figure: Part) -> bytes:
    """Return the same picture in dots, on white, for programs that take no SVG.

    Raises
    ------
    ChartError
        As :func:`draw`.
    """
    with _styled():
        return _png(_drawn(json.dumps(figure, sort_keys=True)))


@functools.lru_cache(maxsize=256)
def _draw(text: str) -> str:
    with _styled():
        return _slim(_svg(_drawn(text)))


@contextlib.contextmanager
def _styled() -> Iterator[None]:
    with mpl.rc_context(STYLE), warnings.catch_warnings():
        # A page's reader may have the letter, and paper is handed its code point.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        yield


def _drawn(text: str) -> Figure:
    _register_faces()
    figure = json.loads(text)
    traces = [{"xaxis": "x", "yaxis": "y"} | trace for trace in figure["data"]]
    _check(figure["layout"], traces)
    return _paper(figure["layout"], traces)


@functools.cache
def _register_faces() -> None:
    for weight in (400, 700):
        font_manager.fontManager.addfont(fontpkg.path(FACE, weight))
    faces = font_manager.fontManager.ttflist
    font_manager.fontManager.addfont(fontpkg.path(SPARE, nearest=True))
    faces.append(dataclasses.replace(faces[-1], weight=700))  # one file holds every weight


def _panels(layout: Part) -> list[str]:
    """Return what the names of each panel's axes end with: nothing, 2, 3 ..."""
    return [key[5:] for key in layout if key.startswith("xaxis")] or [""]


def _check(layout: Part, traces: list[Part]) -> None:
    """Refuse by name what is not drawn; nothing is checked after this."""
    panels, has_legend = _panels(layout), _has_legend(layout, traces)
    axes = {
        f"{way}axis{panel}": AXIS | {"side?": SIDES[way], "anchor?": (f"{other}{panel}",)}
        for panel in panels
        for way, other in ("xy", "yx")
    }
    names = {way: tuple(f"{way}{panel}" for panel in panels) for way in "xy"}
    refs = {"xref": ("paper", *names["x"]), "yref": ("paper", *names["y"])}
    across = {"annotations?": [NOTE | refs], "shapes?": [SHAPE | refs]}
    legend = {"legend" if has_legend else "legend?": LEGEND}
    check(layout, LAYOUT | axes | across | legend, "layout")
    for trace in traces:
        kind = trace.get("mode", trace.get("type"))
        if kind not in marks.TRACES:
            raise ChartError(f"a chart has a trace of kind '{kind}', which is not drawn on paper")
        pair = {"xaxis": names["x"], "yaxis": (f"y{trace['xaxis'][1:]}",)}
        name = {"name": str} if has_legend else {}
        check(trace, marks.TRACES[kind] | pair | name, "trace")
    bars = [trace["xaxis"] for trace in traces if trace["type"] == "bar"]
    if len(bars) > len(set(bars)):
        raise ChartError("a chart has two traces of bars in a panel, which is not drawn on paper")


def _has_legend(layout: Part, traces: list[Part]) -> bool:
    return bool(layout.get("showlegend", len(traces) > 1))


def _paper(layout: Part, traces: list[Part]) -> Figure:
    """Draw the panels first, then what lies across them."""
    width, height, margin = layout["width"], layout["height"], layout["margin"]
    paper = Figure(figsize=(width / 72, height / 72), dpi=72, frameon=False)
    low = margin["l"] / width, margin["b"] / height
    area = Bbox((low, (1 - margin["r"] / width, 1 - margin["t"] / height)))
    whole = transforms.TransformedBbox(area, paper.transFigure)
    scales: dict[str, Any] = {"paper": transforms.BboxTransformTo(whole)}
    for panel in _panels(layout):
        axes = _add_panel(paper, layout, panel, area)
        scales |= {f"x{panel}": axes.transData, f"y{panel}": axes.transData}
        for trace in traces:
            if trace["xaxis"] == f"x{panel}":
                marks.add_trace(axes, trace, layout.get("bargap", 0.2))
    for shape in layout.get("shapes", ()):
        _add_shape(paper, shape, _scale(shape, scales))
    said = [note for trace in traces for note in marks.notes_of(trace)]
    for note in (*layout.get("annotations", ()), *said):
        _write(paper, note, layout["font"], _scale(note, scales))
    if _has_legend(layout, traces):
        _add_legend(paper, layout, scales["paper"], len(traces))
    return paper


def _scale(part: Part, scales: dict[str, Any]) -> Transform:
    return transforms.blended_transform_factory(scales[part["xref"]], scales[part["yref"]])


def _add_panel(paper: Figure, layout: Part, panel: str, area: Bbox) -> Axes:
    x, y = layout[f"xaxis{panel}"], layout[f"yaxis{panel}"]
    (x0, x1), (y0, y1) = x.get("domain", (0, 1)), y.get("domain", (0, 1))
    left, bottom = area.x0 + x0 * area.width, area.y0 + y0 * area.height
    place = (left, bottom, (x1 - x0) * area.width, (y1 - y0) * area.height)
    axes = paper.add_axes(place, frameon=False, autoscale_on=False)
    _finish(axes.xaxis, x, "bottom", layout["font"])
    _finish(axes.yaxis, y, "left", layout["font"])
    axes.set(xlim=x["range"], ylim=y["range"])
    return axes


def _finish(axis: Any, said: Part, near: str, font: Part) -> None:
    """Set the labels and the grid of an axis."""
    if not said.get("visible", True):
        axis.set_visible(False)
        return
    font = font | said.get("tickfont", {})
    values, texts = said.get("tickvals"), [words(text) for text in said.get("ticktext", ())]
    axis.set_ticks_position(said.get("side", near))
    axis.set_tick_params(length=0, pad=said.get("ticklabelstandoff", 5))
    axis.set_tick_params(labelsize=font["size"], labelcolor=font["color"])
    axis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(NUMBERS[said.get("tickformat", "")])
    if values is not None:
        axis.set_ticks(values, [text for text, _ in texts] or None)
        for label, (_, weight) in zip(axis.get_ticklabels(), texts, strict=False):
            label.set_fontweight(weight)
    if said.get("showgrid", True):
        axis.grid(True, color=said.get("gridcolor", "#eeeeee"), lw=1)


def _add_shape(paper: Figure, shape: Part, scale: Transform) -> None:
    line = shape["line"]
    style = {
        "lw": line["width"],
        "ls": marks.DASHES[line.get("dash", "solid")],
        "transform": scale,
    }
    x0, x1, y0, y1 = (shape[key] for key in ("x0", "x1", "y0", "y1"))
    drawn: Any = Line2D([x0, x1], [y0, y1], color=line["color"], **style)
    if shape["type"] == "rect":
        fill = shape.get("fillcolor", "none")
        drawn = Rectangle((x0, y0), x1 - x0, y1 - y0, fc=fill, ec=line["color"], **style)
    drawn.set_zorder(-1 if shape.get("layer") == "below" else 5)
    paper.add_artist(drawn)


def _write(paper: Figure, note: Part, font: Part, scale: Transform) -> None:
    text, weight = words(note["text"])
    font = font | note.get("font", {})
    shift = note.get("xshift", 0) / 72, note.get("yshift", 0) / 72
    up = note["yanchor"].replace("middle", "center")
    written = paper.text(note["x"], note["y"], text, ha=note["xanchor"], va=up, zorder=6)
    written.set(transform=scale + transforms.ScaledTranslation(*shift, paper.dpi_scale_trans))
    written.set(color=font["color"], fontsize=font["size"], fontweight=weight)
    written.set_multialignment(note.get("align", "center"))


def _add_legend(paper: Figure, layout: Part, area: Transform, columns: int) -> None:
    """Write the names of the traces in one row."""
    legend = layout["legend"]
    font = layout["font"] | legend.get("font", {})
    drawn = paper.legend(
        **{"loc": "lower left", "bbox_to_anchor": (legend["x"], legend["y"])},
        **{"bbox_transform": area, "ncols": columns, "frameon": False, "borderaxespad": 0},
        **{"borderpad": 0.2, "columnspacing": 1.6, "handletextpad": 0.5},
        **{"fontsize": font["size"], "labelcolor": font["color"]},
    )
    for name in drawn.get_texts():
        name.set_text(words(name.get_text())[0])


def _svg(paper: Figure) -> str:
    """Return the picture, grown by what would stick out of it."""
    file = io.StringIO()
    whole = Bbox.union([paper.bbox_inches, paper.get_tightbbox()])
    unsaid = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    paper.savefig(file, format="svg", bbox_inches=whole, metadata=unsaid)
    return file.getvalue()


def _png(paper: Figure) -> bytes:
    """Return the picture in few colours: a third of the bytes, and the eye sees no difference."""
    dots, file = io.BytesIO(), io.BytesIO()
    whole = Bbox.union([paper.bbox_inches, paper.get_tightbbox()])
    paper.set_frameon(True)
    look: Any = {"facecolor": "white", "pil_kwargs": {"compress_level": 1}}
    paper.savefig(dots, format="png", dpi=DOTS, bbox_inches=whole, **look)
    with Image.open(dots) as image:
        few = image.convert("RGB").quantize(64, Image.Quantize.FASTOCTREE)
    few.save(file, "png")
    return file.getvalue()


def _slim(svg: str) -> str:
    """Leave out what a page does not need, and style that would leak into it."""
    svg = re.sub(r"<defs>\s*<style.*?</defs>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    linked = dict.fromkeys(re.findall(r'<[^>]*(?:url\(|href=")#([^")]+)', svg))
    short = {name: f"s{number}" for number, name in enumerate(linked)}
    svg = re.sub(r"<[^>]+>", lambda tag: _slim_tag(tag[0], short), svg)
    svg = re.sub(r">\s*\n\s*<", ">\n<", svg).replace("<svg", ROOT, 1)
    return ALIKE.sub(lambda group: f"<g{group[3]}>\n{group[1].replace(group[3], '')}", svg)


def _slim_tag(tag: str, short: dict[str, str]) -> str:
    """Leave out what the root says and ids that nothing links to; round all lengths."""
    tag = re.sub(r"\s+", " ", tag).replace("xlink:href", "href")
    tag = re.sub(r' id="([^"]*)"', lambda m: f' id="{short[m[1]]}"' if m[1] in short else "", tag)
    tag = re.sub(r"((?:url\(|href=\")#)([^\")]+)", lambda m: m[1] + short[m[2]], tag)
    tag = re.sub(rf" ?font-family: '{FACE}', '{SPARE}', '{BRACKETS}';", "", tag)
    tag = re.sub(r' transform="rotate\(-?0 [^"]*"', "", tag)
    return re.sub(r"\d+\.\d+", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), tag)
