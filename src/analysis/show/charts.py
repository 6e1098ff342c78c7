"""Answers in, figures out, in the style of the Government Analysis Function.

Each figure's ``layout.meta`` carries its title, the message in words (``alt``), the caption, the
sources and the data as a small table; the exporters lay these out around the picture.
"""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import afcharts.pio_template  # noqa: F401  # registers the template named "afcharts"
import pandas as pd
import plotly.graph_objects as go
from afcharts.af_colours import get_af_colours

import analysis.lean  # noqa: F401  # before a figure shows itself
from analysis.errors import check_name
from analysis.schema import GROUP_ANSWERS, TITLE_ROOM
from analysis.show import words
from analysis.show.blocks import OLD, Columns, Table, row
from analysis.show.choice import CHOICE

BLUE, _, PLUM, _ = get_af_colours("categorical", number_of_colours=4)
INK, SOFT, RULE = "#1f2a33", "#5b6670", "#d5dbe0"
WIDTH = 760
ROW = 15.2
TITLE_WIDTH, TITLE_LINE = 85, 21  # letters and pixels
FONT = "Atkinson Hyperlegible, Verdana, sans-serif"

# Shape and colour both tell the answer; the table beside the chart says it in words.
MARKS: dict[str, dict[str, Any]] = {
    "yes": {"symbol": "circle", "size": 12, "color": BLUE},
    "some": {"symbol": "diamond", "size": 9, "color": BLUE},
    "no": {"symbol": "circle-open", "size": 11, "color": PLUM, "line": {"width": 2}},
    "disputed": {"symbol": "x", "size": 10, "color": "#b5490f"},
    "not stated": {"symbol": "line-ew", "size": 8, "color": SOFT,
                   "line": {"width": 1.5, "color": SOFT}},
    OLD: {"symbol": "triangle-up", "size": 6, "color": "#8a4100"},
}  # fmt: skip

# What a chart of each level says: the end of its title, the caption, and what is asked.
LEVEL_WORDS = {
    "admits": (
        "sources name two or more of these unions",
        "Whether staff in each post may join",
        "may staff in each post join?",
    ),
    "recruits": (
        "two or more of these unions are stated to recruit",
        "Whether each union is stated to recruit staff in each post",
        "does the union recruit staff in each post?",
    ),
    "recognised": (
        "two or more of these unions are stated to bargain",
        "Whether each union is stated to bargain for staff in each post",
        "does the union bargain for each post?",
    ),
}

Labels = Mapping[str, str]


def say_level(level: str) -> str:
    """Say what is asked at a level of coverage.

    >>> say_level("admits")
    'may staff in each post join?'
    """
    check_name("level", level, LEVEL_WORDS)
    return LEVEL_WORDS[level][2]


def figure(
    traces: list[dict[str, Any]], layout: dict[str, Any], meta: dict[str, Any]
) -> go.Figure:
    """Return a figure in the house style, with its words and its data in ``layout.meta``.

    Its title stands above all else, in room of its own. A report prints the title itself, and
    takes both away (see :func:`~analysis.schema.untitled`).
    """
    lines = textwrap.wrap(meta["title"], TITLE_WIDTH)
    room = TITLE_LINE * len(lines) + 14
    base = {
        "template": "afcharts",
        "width": WIDTH,
        "font": {"family": FONT, "size": 13, "color": INK},
        "title": {"text": "<br>".join(map(plain, lines)), "font": {"size": 16},
                  "x": 0, "xref": "container", "xanchor": "left",
                  "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 10, "l": 8}},
        "hovermode": "closest",
        "hoverlabel": {"font": {"size": 13}},
        "meta": meta | {TITLE_ROOM: room},
    }  # fmt: skip
    margin = layout["margin"] | {"t": layout["margin"]["t"] + room}
    more = {"height": layout["height"] + room, "margin": margin}
    return go.Figure(data=traces, layout=base | layout | more)


def empty_figure(words_said: str) -> go.Figure:
    """Return a figure that says in words that there is nothing to draw."""
    note = {"text": words_said, "x": 0, "y": 0.5, "xref": "paper", "yref": "paper",
            "xanchor": "left", "yanchor": "middle", "showarrow": False}  # fmt: skip
    blank = {"visible": False, "range": [0, 1]}
    layout = {"height": 60, "margin": dict.fromkeys("lrtb", 9), "annotations": [note],
              "xaxis": blank, "yaxis": blank}  # fmt: skip
    table = Table("The chart's data", Columns().add("Nothing to draw").made, [])
    meta = {"title": "Nothing to draw", "alt": f"An empty chart: {words_said}",
            "caption": "No source that was read states what this chart would show.", "source": [],
            "table": table.as_dict()}  # fmt: skip
    return figure([], layout, meta)


def plain(label: str) -> str:
    """Return a label with the characters that plotly would read as markup made harmless.

    >>> plain("Smith <b> & Sons")
    'Smith &lt;b&gt; &amp; Sons'
    """
    return label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def axis(places: Sequence[float], names: list[str], size: int = 13, **more: Any) -> dict[str, Any]:
    """Return an axis with a name at each place and no lines."""
    return {
        "tickvals": places,
        "ticktext": [plain(name) for name in names],
        "tickfont": {"size": size},
        "tickangle": 0,
        "ticklabelstandoff": 5,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        **more,
    }


def source_codes(sources: "pd.Series[Any]") -> list[str]:
    """Return the codes in a column of codes or of tuples of codes, each once, sorted."""
    codes: set[str] = set()
    for found in sources:
        codes |= {found} if isinstance(found, str) else set(found)
    return sorted(codes)


def plot_coverage(
    matrix: pd.DataFrame,
    labels: Labels | None = None,
    groups: Mapping[str, str] | None = None,
    sources: list[str] | None = None,
    level: str = "admits",
    old: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw one mark per union and role.

    Parameters
    ----------
    matrix
        One row per union, one column per role, each cell an answer, as from ``coverage_matrix``.
    labels
        What to show for each code; the code itself if not given.
    groups
        Staff group of each role: a heading is set above the roles of each group.
    sources
        Codes of the sources that the answers rest on, for the caption.
    level
        ``admits``, ``recruits`` or ``recognised``: what the answers say.
    old
        Whether each answer is past its age limit, as from ``old_answers``; none if not given.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import *
    >>> matrix = pd.DataFrame({"teacher": ["yes", "no"]}, index=["neu", "gmb"])
    >>> [(trace.name, len(trace.x)) for trace in plot_coverage(matrix).data]
    [('yes', 1), ('no', 1)]
    """
    check_name("level", level, LEVEL_WORDS)
    names, heads = labels or {}, groups or {}
    rows = lanes(list(matrix.columns), heads)
    bottom = max(rows.values(), default=0)
    across = [plain(names.get(union, union)) for union in matrix.index]
    down = [names.get(role, role) for role in rows]
    inner, crowded = ROW * (bottom + 1), len(across) > 8
    said = matrix if old is None else matrix.where(~old, matrix + f", {OLD}")
    layout = {
        "height": int(inner) + 84,
        "margin": {"l": 246, "r": 14, "t": 78, "b": 6},
        "xaxis": axis(list(range(len(across))), [], 12, side="top")
        | {"ticktext": staggered(across) if crowded else across}
        | {"range": [-0.6, len(across) - 0.4]},
        "yaxis": axis(list(rows.values()), down, 12, range=[bottom + 0.6, -0.6]),
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1 + 46 / inner,
            "yanchor": "bottom",
            "font": {"size": 13},
        },
        "annotations": group_headings(rows, heads, names),
        "shapes": group_rules(rows, heads),
    }
    traces = answer_traces(matrix, said, rows, names)
    return figure(traces, layout, coverage_meta(matrix, said, names, sources or [], level))


def staggered(names: list[str]) -> list[str]:
    """Raise every second name by a line, so that long names do not meet.

    >>> staggered(["ASCL", "Community"])
    ['ASCL', 'Community<br> ']
    """
    return [f"{name}<br> " if place % 2 else name for place, name in enumerate(names)]


def answer_traces(
    matrix: pd.DataFrame, said: pd.DataFrame, rows: Mapping[str, float], names: Labels
) -> list[dict[str, Any]]:
    """Return the marks of each answer, and small ones beside those past their age limit."""
    traces = [
        marks(answer, cells)
        for answer in GROUP_ANSWERS
        if (cells := cells_of(matrix, said, answer, rows, names))
    ]
    if aged := cells_of(said != matrix, said, True, rows, names):
        traces.append(marks(OLD, [(across + 0.3, down, spoken) for across, down, spoken in aged]))
    return traces


def cells_of(
    matrix: pd.DataFrame,
    said: pd.DataFrame,
    answer: object,
    rows: Mapping[str, float],
    names: Labels,
) -> list[tuple[float, float, str]]:
    """Return the place of each cell of a matrix with one answer, and what is said there."""
    return [
        (
            float(across),
            rows[role],
            f"{names.get(union, union)}, {names.get(role, role)}: {said.loc[union, role]}",
        )
        for role in matrix.columns
        for across, (union, found) in enumerate(matrix[role].items())
        if found == answer
    ]


def marks(answer: str, cells: list[tuple[float, float, str]]) -> dict[str, Any]:
    """Return the trace of one answer: a mark a cell, told apart by shape as well as colour."""
    across, down, spoken = zip(*cells, strict=True)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": answer,
        "x": list(across),
        "y": list(down),
        "marker": MARKS[answer],
        "hovertext": [plain(one) for one in spoken],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def lanes(roles: list[str], groups: Mapping[str, str]) -> dict[str, float]:
    """Return the height of each role, with room above each staff group for its heading."""
    places: dict[str, float] = {}
    at, before = 0.0, None
    for role in roles:
        group = groups.get(role)
        if group is not None and group != before:
            at += 1.0 if before is None else 1.35
        places[role], before = round(at, 2), group
        at += 1
    return places


def group_headings(
    rows: Mapping[str, float], groups: Mapping[str, str], names: Labels
) -> list[dict[str, Any]]:
    """Return the name of each staff group, above its first role."""
    return [
        {
            "text": f"<b>{plain(names.get(group, group))}</b>",
            "x": 0,
            "xref": "paper",
            "xshift": -238,
            "y": rows[first] - 1,
            "yref": "y",
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": 12, "color": BLUE},
        }
        for group, first in firsts(rows, groups).items()
    ]


def group_rules(rows: Mapping[str, float], groups: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a thin line under each staff group's heading."""
    return [
        {
            "type": "line",
            "xref": "paper",
            "yref": "y",
            "x0": 0,
            "x1": 1,
            "y0": rows[first] - 0.55,
            "y1": rows[first] - 0.55,
            "line": {"color": RULE, "width": 1},
            "layer": "below",
        }
        for first in firsts(rows, groups).values()
    ]


def firsts(rows: Mapping[str, float], groups: Mapping[str, str]) -> dict[str, str]:
    """Return the first role of each staff group."""
    found: dict[str, str] = {}
    for role in rows:
        if role in groups:
            found.setdefault(groups[role], role)
    return found


def say_old(number: int) -> str:
    """Say how many answers are past their age limit, if any.

    >>> say_old(1), say_old(0)
    (' One answer is old.', '')
    """
    said = f" {words.sentence(words.count(number, 'answer'))} {'is' if number == 1 else 'are'}"
    return f"{said} {OLD}." if number else ""


def coverage_meta(
    matrix: pd.DataFrame, said: pd.DataFrame, names: Labels, sources: list[str], level: str
) -> dict[str, Any]:
    """Return the words of a coverage chart, and its data as a table."""
    title, caption, _ = LEVEL_WORDS[level]
    yes = (matrix == "yes").sum()
    open_to_two = int((yes >= 2).sum())
    unions, roles = len(matrix.index), len(matrix.columns)
    stated = int((matrix != "not stated").to_numpy().sum())
    title = f"For {open_to_two} of {roles} posts, {title}"
    if unions == 1:
        (alone,) = matrix.index
        stated_for = f"staff in {int((yes == 1).sum())} of {roles} posts"
        title = f"{names.get(alone, alone)} is stated to {CHOICE[level]} {stated_for}"
    parts = [
        f"{names.get(union, union)}: {f'yes for {number}' if number else 'no post stated'}"
        for union, number in (matrix == "yes").sum(axis=1).items()
    ]
    alt = f"Dot matrix of {words.count(roles, 'post')} and {words.count(unions, 'union')}. "
    alt += f"{'; '.join(parts)}.{say_old(int((said != matrix).to_numpy().sum()))}"
    unstated = unions * roles - stated
    caption = (
        f"{caption}, by the sources read. Schools in England. "
        f"No source states {unstated:,} of the {unions * roles:,} answers: those are not a no."
    )
    columns = Columns().add("Post", 2)
    for union in matrix.index:
        columns.add(names.get(union, union), 1, "centre")
    rows = [row(names.get(role, role), *said[role]) for role in matrix.columns]
    table = Table(f"The chart's data: {say_level(level)}", columns.made, rows, kind="grid")
    return {"title": title, "alt": alt, "caption": caption, "source": sources,
            "of": ["count: answers of each union on each post"],
            "table": table.as_dict()}  # fmt: skip
