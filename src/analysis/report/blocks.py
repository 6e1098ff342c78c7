"""The parts that a report is made of, the same for every file format.

A :class:`Document` is what an exporter is given: citations are numbered, anchors are set and
every text is clean. It holds no markup of any format.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style, or the numbers of the sources cited there.

    ``claim`` says that the words are what a source claims. ``of`` names the fact rows that the
    text's numbers come from, or the computation over them.
    """

    text: str = ""
    strong: bool = False
    emphasis: bool = False
    href: str = ""
    cites: tuple[int, ...] = ()
    claim: bool = False
    of: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading and the anchor that links to it."""

    level: int
    text: str
    anchor: str
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``style`` is ``main`` or ``small``."""

    runs: Runs
    style: str = "main"
    kind: str = "paragraph"


@dataclass(frozen=True)
class Bullets:
    """A list, numbered if ``ordered``."""

    items: tuple[Runs, ...]
    ordered: bool = False
    kind: str = "list"


@dataclass(frozen=True)
class Fact:
    """A term and what is said of it, under an anchor if words lead to it."""

    term: str
    runs: Runs
    anchor: str = ""


@dataclass(frozen=True)
class Facts:
    """Terms with their values; ``style`` is ``main``, or ``terms`` for words explained."""

    items: tuple[Fact, ...]
    style: str = "main"
    kind: str = "facts"


@dataclass(frozen=True)
class Line:
    """One line of a cell; ``style`` is ``main``, ``basis`` (soft) or ``old`` (warning)."""

    runs: Runs
    style: str = "main"


@dataclass(frozen=True)
class Cell:
    """Lines of text, after the drawn mark of an answer if ``mark`` names one."""

    lines: tuple[Line, ...]
    mark: str = ""


@dataclass(frozen=True)
class Column:
    """A column's header, its alignment and its relative width; ``of`` as for a run."""

    label: str
    align: str = "left"
    width: float = 1
    of: str = ""


@dataclass(frozen=True)
class Row:
    """Cells, the first of which is the row's header; ``number`` is set for a source's row.

    ``of`` says where the numbers come from in all cells whose runs do not say it themselves.
    """

    cells: tuple[Cell, ...]
    number: int = 0
    of: str = ""


@dataclass(frozen=True)
class Table:
    """A table; ``form`` is ``plain``, ``grid`` (a matrix of answers) or ``sources``."""

    caption: str
    form: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Runs
    anchor: str
    kind: str = "table"


@dataclass(frozen=True)
class Chart:
    """A chart: its words, the numbers of its sources, its data and its plotly figure.

    ``of`` names the fact rows that are drawn, or the computation over them.
    """

    title: str
    alt: str
    caption: str
    cites: tuple[int, ...]
    table: Table | None
    figure: dict[str, Any] = field(repr=False)
    anchor: str = ""
    of: str = ""
    kind: str = "chart"


@dataclass(frozen=True)
class Box:
    """The report in brief: blocks that stand in a box, under their heading if they have one."""

    blocks: tuple["Block", ...]
    kind: str = "box"


@dataclass(frozen=True)
class Sheet:
    """Short sections, each under its heading, that stand in two columns of small text."""

    blocks: tuple["Block", ...]
    kind: str = "sheet"


Block = Heading | Paragraph | Bullets | Facts | Table | Chart | Box | Sheet


@dataclass(frozen=True)
class Document:
    """A whole report; ``day`` is the day that it speaks of, if its cover states one.

    ``one_page`` says that it is to stand on one page of paper.
    """

    title: str
    kicker: str
    cover: tuple[Block, ...]
    blocks: tuple[Block, ...]
    day: dt.date | None = None
    one_page: bool = False

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The headings of level 2, in order."""
        return tuple(h for h in walk(self.blocks) if isinstance(h, Heading) and h.level == 2)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts, in order."""
        return tuple(b for b in walk(self.cover + self.blocks) if isinstance(b, Chart))


def walk(blocks: Iterable[Block]) -> Iterable[Block]:
    """Yield every block in reading order, those in a box or a sheet after it."""
    for block in blocks:
        yield block
        if isinstance(block, Box | Sheet):
            yield from walk(block.blocks)
