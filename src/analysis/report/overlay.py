"""What lies across a chart's panels: shapes, notes and the legend, drawn by matplotlib."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, HPacker, TextArea, VPacker
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import ScaledTranslation, Transform, blended_transform_factory

from analysis.errors import ChartError
from analysis.report.axes import Panels, renderer_of
from analysis.report.figures import INK, colour, label, words
from analysis.report.marks import dash, mode_of, point, styled

ACROSS = {"left": 0.0, "center": 0.5, "right": 1.0}
UP = {"bottom": 0.0, "middle": 0.5, "top": 1.0}
PLACES = {"bottom": "lower", "middle": "center", "top": "upper"}


def _transform(ref: str, panels: Panels, area: Transform) -> Transform:
    """Return the positions that a reference such as ``x2``, ``y domain`` or ``paper`` means."""
    if ref == "paper":
        return area
    name, _, domain = ref.partition(" ")
    for pair, panel in panels.items():
        if name in pair:
            return panel.axes.transAxes if domain else panel.axes.transData
    raise ChartError(f"a chart refers to '{ref}', which no trace uses")


def _where(part: dict[str, Any], panels: Panels, area: Transform) -> Transform:
    x = _transform(part.get("xref") or "x", panels, area)
    y = _transform(part.get("yref") or "y", panels, area)
    return blended_transform_factory(x, y)


def add_shapes(paper: Figure, panels: Panels, layout: dict[str, Any], area: Transform) -> None:
    """Draw lines and rectangles, below the traces or above them."""
    for shape in layout.get("shapes") or ():
        if shape.get("visible") is False:
            continue
        kind = shape.get("type") or "rect"
        line = shape.get("line") or {}
        where = _where(shape, panels, area)
        low = shape.get("layer") == "below"
        style = {"lw": line.get("width", 2), "ls": dash(line), "transform": where}
        shade = colour(line.get("color") or "#444")
        x0, x1, y0, y1 = (float(shape[key]) for key in ("x0", "x1", "y0", "y1"))
        if kind == "line":
            drawn: Any = Line2D([x0, x1], [y0, y1], color=shade, **style)
        elif kind == "rect":
            fill = colour(shape.get("fillcolor") or "transparent")
            size = (x1 - x0, y1 - y0)
            drawn = Rectangle((x0, y0), *size, facecolor=fill, edgecolor=shade, **style)
        else:
            raise ChartError(f"a chart has the shape '{kind}', which is not drawn on paper")
        drawn.set(alpha=shape.get("opacity"), zorder=-1 if low else 5)
        paper.add_artist(drawn)


def add_notes(paper: Figure, panels: Panels, layout: dict[str, Any], area: Transform) -> None:
    """Write the annotations, none of which may have an arrow."""
    for note in layout.get("annotations") or ():
        if note.get("visible") is False or not note.get("text"):
            continue
        if note.get("showarrow", True):
            raise ChartError("a chart has a note with an arrow, which is not drawn on paper")
        shift = (note.get("xshift") or 0) / 72, (note.get("yshift") or 0) / 72
        where = _where(note, panels, area) + ScaledTranslation(*shift, paper.dpi_scale_trans)
        across = _anchor(note, "x", ("left", "center", "right"))
        up = _anchor(note, "y", ("bottom", "middle", "top"))
        _note(
            paper, note, (layout.get("font") or {}) | (note.get("font") or {}), where, across, up
        )


def _anchor(note: dict[str, Any], axis: str, names: tuple[str, str, str]) -> str:
    """Return the side that a note hangs by; plotly takes the nearest edge of the paper."""
    given = note.get(f"{axis}anchor") or "auto"
    if given != "auto":
        return str(given)
    if note.get(f"{axis}ref") != "paper":
        return names[1]
    return names[min(2, max(0, int(float(note[axis]) * 3)))]


def _note(
    paper: Figure,
    note: dict[str, Any],
    font: dict[str, Any],
    where: Transform,
    across: str,
    up: str,
) -> None:
    text, bold = words(note["text"])
    style: Any = {"color": colour(font.get("color") or INK), "fontsize": font.get("size") or 12}
    at = float(note["x"]), float(note["y"])
    pieces = label(note["text"])
    if not bold and any(heavy for line in pieces for _, heavy in line):
        packed = _packed(pieces, style, note.get("align") or "center")
        sides = (ACROSS[across], UP[up])
        box = AnnotationBbox(packed, at, xycoords=where, box_alignment=sides, frameon=False, pad=0)
        box.set(annotation_clip=False, zorder=6)
        paper.add_artist(box)
        return
    written = paper.text(*at, text, transform=where, zorder=6, **style)
    written.set(ha=across, va="center" if up == "middle" else up, alpha=note.get("opacity"))
    written.set_fontweight("bold" if bold else font.get("weight") or "normal")
    written.set_rotation(-(note.get("textangle") or 0))
    written.set_multialignment(note.get("align") or "center")


def _packed(pieces: list[list[tuple[str, bool]]], style: Any, align: Any) -> VPacker:
    """Return lines of text of which some pieces are bold."""
    rows: list[Any] = []
    for line in pieces:
        weights = [style | {"weight": "bold" if heavy else "normal"} for _, heavy in line]
        parts: list[Any] = [
            TextArea(piece, textprops=weight)
            for (piece, _), weight in zip(line, weights, strict=True)
        ]
        rows.append(HPacker(children=parts, align="baseline", pad=0, sep=0))
    return VPacker(children=rows, align=align, pad=0, sep=2)


def add_legend(
    paper: Figure, layout: dict[str, Any], traces: list[dict[str, Any]], area: Transform
) -> Legend | None:
    """Write the legend, in one row if it is horizontal and fits."""
    named = [styled(layout, trace, number) for number, trace in enumerate(traces)]
    named = [t for t in named if t.get("showlegend", True) and t.get("visible", True) is True]
    wanted = layout.get("showlegend")
    asked = any(trace.get("showlegend") for trace in named)
    if not named or not (len(named) > 1 or asked if wanted is None else wanted):
        return None
    legend = layout.get("legend") or {}
    flat = legend.get("orientation") == "h"
    x, y = legend.get("x"), legend.get("y")
    up = {"auto": "top" if y is None or y > 2 / 3 else "bottom"} if flat else {"auto": "top"}
    yanchor = legend.get("yanchor") or "auto"
    across = (legend.get("xanchor") or "left").replace("auto", "left")
    loc = f"{PLACES[up.get(yanchor, yanchor)]} {across}".replace("center center", "center")
    at = (0 if flat else 1.02) if x is None else x, (-0.1 if flat else 1) if y is None else y
    font = (layout.get("font") or {}) | (legend.get("font") or {})
    return _legend(paper, named, (loc, at, area), font, len(named) if flat else 1)


def _legend(
    paper: Figure,
    named: list[dict[str, Any]],
    place: tuple[str, tuple[float, float], Transform],
    font: dict[str, Any],
    columns: int,
) -> Legend:
    loc, at, area = place
    style: Any = {
        **{"loc": loc, "bbox_to_anchor": at, "bbox_transform": area, "frameon": False},
        **{"borderaxespad": 0, "borderpad": 0.2, "columnspacing": 1.6},
        **{"handletextpad": 0.5, "handlelength": 2.0},
        **{"fontsize": font.get("size") or 12, "labelcolor": colour(font.get("color") or INK)},
    }
    handles = [_handle(trace) for trace in named]
    names = [words(trace.get("name") or "")[0] for trace in named]
    drawn = paper.legend(handles, names, ncols=columns, **style)
    while (
        columns > 1 and drawn.get_window_extent(renderer_of(paper)).width > 0.9 * paper.bbox.width
    ):
        drawn.remove()
        columns -= 1
        drawn = paper.legend(handles, names, ncols=columns, **style)
    return drawn


def _handle(trace: dict[str, Any]) -> Line2D | Patch:
    """Return the sample that stands before a trace's name."""
    marker, line = trace["marker"], trace["line"]
    shade = marker["color"][0] if isinstance(marker["color"], list) else marker["color"]
    if trace["type"] == "bar":
        hatch = (marker.get("pattern") or {}).get("shape") or None
        return Patch(facecolor=colour(shade), edgecolor="#fff", lw=0, hatch=hatch)
    mode = mode_of(trace)
    first = [
        v[0] if isinstance(v, list) else v for v in (marker.get("symbol"), marker.get("size"))
    ]
    look = (first[0], min(16, first[1] or 6), shade, shade)
    style = point(look, (marker.get("line") or {}).get("width")) if "markers" in mode else {}
    return Line2D(
        *([], []),
        color=colour(line["color"]),
        ls=dash(line) if "lines" in mode else "none",
        lw=line.get("width", 2),
        **style,
    )
