"""An executed notebook read into a :class:`~analysis.report.blocks.Document`.

Everything that a report cannot show is refused by one sentence that names notebook and cell:
a cell that was not run, an error, printed text, an output of another kind.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode

from analysis import errors
from analysis.report.blocks import (
    Block,
    Box,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Line,
    Paragraph,
    Row,
    Run,
    Runs,
    Sheet,
    Table,
)
from analysis.report.terms import STYLE, Term, explained, read_terms
from analysis.report.text import (
    as_saved,
    clean,
    origin,
    read_markdown,
    safe_link,
    slug,
    stated_day,
    with_sources,
)
from analysis.schema import CHART_MIME, GROUP_ANSWERS, PROSE_MIME, TABLE_MIME, untitled

WIDGET_MIME = "application/vnd.jupyter.widget-view+json"
OURS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.AnalysisError)
}
FORMS = ("plain", "grid", "sources")


def read_document(notebook: NotebookNode, name: str = "the notebook") -> Document:
    """Read an executed notebook as a report.

    Parameters
    ----------
    notebook
        The executed notebook, of nbformat 4.
    name
        What its errors call it, such as ``notebooks/comparison.ipynb``.

    Raises
    ------
    NotebookError
        If a cell was not run, failed, or holds what a report cannot show; if headings skip a
        level or a cited source is not listed. The message names notebook and cell.
    """
    reader = _Reader(name)
    for number, cell in enumerate(notebook.cells, start=1):
        reader.cell = f"{name}, cell {cell.get('id') or number}"
        reader.read(cell)
    return reader.document()


class _Reader:
    """Reads cells in order; numbers each source when it is first cited."""

    def __init__(self, name: str) -> None:
        self.name = self.cell = name
        self.title = self.kicker = ""
        self.cover: list[Block] = []
        self.blocks: list[Block] = []
        self.numbers: dict[str, int] = {}
        self.first_cited: dict[str, str] = {}
        self.sources: dict[str, dict[str, Any]] = {}
        self.anchors: set[str] = set()
        self.level = 0
        self.headed = self.one_page = False
        self.terms: tuple[Term, ...] = ()

    def read(self, cell: NotebookNode) -> None:
        if cell.cell_type == "markdown":
            self._add(read_markdown(cell.source))
        elif cell.cell_type == "code" and cell.source.strip():
            if cell.get("execution_count") is None and not cell.outputs:
                raise errors.NotebookError(f"{self.cell}: was not run; run the notebook first")
            for output in cell.outputs:
                self._output(output)

    def document(self) -> Document:
        if not self.title:
            raise errors.NotebookError(f"{self.name}: has no title; begin it with a heading '#'")
        listed = {row["source"] for table in self.sources.values() for row in table["rows"]}
        for code, where in self.first_cited.items():
            if code not in listed:
                raise errors.NotebookError(
                    f"{where}: cites source '{code}', which no sources table lists"
                )
        blocks = tuple(block for old in self.blocks for block in self._with_sources(old))
        cover = tuple(self.cover)
        made = Document(self.title, self.kicker, cover, blocks, stated_day(cover), self.one_page)
        return explained(made, self.terms)

    def _output(self, output: NotebookNode) -> None:
        if output.output_type == "error":
            raise errors.NotebookError(f"{self.cell}: {_failure(output)}")
        if output.output_type == "stream":
            if output.name == "stderr":
                return
            raise errors.NotebookError(f"{self.cell}: prints text, which a report cannot show")
        readers = {TABLE_MIME: self._table, PROSE_MIME: self._prose, CHART_MIME: self._chart}
        for mime, read in readers.items():
            if mime in output.data:
                self._contract(mime, read, output.data[mime])
                return
        if WIDGET_MIME in output.data:
            raise errors.NotebookError(
                f"{self.cell}: holds choosers, which a report cannot show; write the report with "
                "the button of the notebook's last cell, or run: unions report comparison"
            )
        kinds = " and ".join(sorted(output.data))
        raise errors.NotebookError(
            f"{self.cell}: has an output of kind {kinds}; "
            "a report shows our tables, prose and plotly charts only"
        )

    def _contract(self, mime: str, read: Any, data: Any) -> None:
        try:
            read(json.loads(data) if mime in (TABLE_MIME, PROSE_MIME) else data)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise errors.NotebookError(
                f"{self.cell}: holds a {mime} output that is not in order ({error})"
            ) from error

    def _prose(self, data: dict[str, Any]) -> None:
        role = data.get("role", "")
        if role in ("cover", "front"):
            self.one_page = role == "front"
            self.title = clean(data.get("title") or "") or self.title
            self.kicker = clean(data.get("kicker") or "")
            self.level = max(self.level, 1)
            self.cover.extend(self._prose_blocks(data))
        elif role == "brief":
            heading = [self.blocks.pop()] if _ends_with_heading(self.blocks) else []
            self.blocks.append(Box((*heading, *self._prose_blocks(data))))
        elif role == "sheet":
            self.blocks.append(Sheet(tuple(self._prose_blocks(data))))
        elif role == "glossary":
            self.terms = read_terms(data)
            self.blocks.append(Facts((), STYLE))
        else:
            self.blocks.extend(self._prose_blocks(data))

    def _add(self, blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, Heading) and block.level == 1:
                self._title(block)
            elif isinstance(block, Heading):
                self.blocks.append(self._heading(block.level, block.text))
            else:
                self.blocks.append(block)

    def _title(self, heading: Heading) -> None:
        """Take the first heading as the title, unless a cover has given it."""
        if self.headed:
            raise errors.NotebookError(
                f"{self.cell}: '{heading.text}' is a second heading of level 1"
            )
        self.title = self.title or heading.text
        self.headed = True
        self.level = max(self.level, 1)

    def _heading(self, level: int, text: str) -> Heading:
        if level > self.level + 1:
            raise errors.NotebookError(
                f"{self.cell}: heading '{text}' is of level {level} "
                f"and follows level {self.level}; no level may be skipped"
            )
        self.level = level
        return Heading(level, text, self._anchor(text))

    def _anchor(self, text: str) -> str:
        name = wanted = slug(text)
        count = 1
        while name in self.anchors:
            count += 1
            name = f"{wanted}-{count}"
        self.anchors.add(name)
        return name

    def _prose_blocks(self, data: dict[str, Any]) -> list[Block]:
        return [self._block(block) for block in data["blocks"]]

    def _block(self, data: dict[str, Any]) -> Block:
        match data["type"]:
            case "heading":
                return self._heading(data["level"], clean(data["text"]))
            case "paragraph":
                return Paragraph(self._runs(data["runs"]), data.get("style") or "main")
            case "list":
                return Bullets(tuple(self._runs(runs) for runs in data["items"]))
            case "facts":
                facts = [Fact(clean(i["term"]), self._runs(i["runs"])) for i in data["items"]]
                return Facts(tuple(facts))
            case "table":
                return self._read_table(data)
        raise ValueError(f"block '{data['type']}' is not known")

    def _table(self, data: dict[str, Any]) -> None:
        self.blocks.append(self._read_table(data))

    def _read_table(self, data: dict[str, Any]) -> Table:
        form = data["kind"]
        if form not in FORMS:
            raise ValueError(f"table '{form}' is not known")
        columns = tuple(
            Column(clean(c["label"]), c.get("align") or "left", c.get("width") or 1, origin(c))
            for c in data["columns"]
        )
        if any(len(row["cells"]) != len(columns) for row in data["rows"]):
            raise ValueError("a row has not one cell for each column")
        caption = clean(data["caption"])
        anchor = self._anchor(f"table-{caption}")
        if form == "sources":
            self.sources[anchor] = data
            return Table(caption, form, columns, (), (), anchor)
        rows = tuple(
            Row(tuple(map(self._cell, row["cells"])), of=origin(row)) for row in data["rows"]
        )
        return Table(caption, form, columns, rows, self._runs(data.get("note") or []), anchor)

    def _with_sources(self, block: Block) -> Iterator[Block]:
        """Yield the block; a sources table gets its rows, now that all numbers are known."""
        if isinstance(block, Box | Sheet):
            inner = tuple(new for old in block.blocks for new in self._with_sources(old))
            yield replace(block, blocks=inner)
        elif isinstance(block, Table) and block.form == "sources":
            data = self.sources[block.anchor]
            cited = {
                self.numbers[row["source"]]: row
                for row in reversed(data["rows"])
                if row["source"] in self.numbers
            }
            rows = tuple(self._source(number, cited[number]) for number in sorted(cited))
            if rows:
                yield replace(block, rows=rows, note=self._runs(data.get("note") or []))
        else:
            yield block

    def _source(self, number: int, row: dict[str, Any]) -> Row:
        first = Cell((Line((Run(str(number)),)),))
        return Row((first, *map(self._cell, row["cells"][1:])), number)

    def _cell(self, data: dict[str, Any]) -> Cell:
        lines = tuple(
            Line(self._runs(line["runs"]), line.get("style") or "main") for line in data["lines"]
        )
        mark = data.get("mark") or ""
        if mark and mark not in GROUP_ANSWERS:
            raise ValueError(f"mark '{mark}' is not known")
        return Cell(lines, mark)

    def _runs(self, data: list[dict[str, Any]]) -> Runs:
        return tuple(self._run(run) for run in data)

    def _run(self, run: dict[str, Any]) -> Run:
        if "cite" in run:
            return Run(cites=self._cites(run["cite"]))
        href = safe_link(run.get("href") or "")
        claim, strong = bool(run.get("claim")), bool(run.get("strong"))
        return Run(clean(run["text"]), strong, href=href, claim=claim, of=origin(run))

    def _cites(self, codes: list[str]) -> tuple[int, ...]:
        for code in codes:
            self.numbers.setdefault(code, len(self.numbers) + 1)
            self.first_cited.setdefault(code, self.cell)
        return tuple(dict.fromkeys(self.numbers[code] for code in codes))

    def _chart(self, data: dict[str, Any]) -> None:
        meta = data["layout"].get("meta") or {}
        title, alt, caption = (clean(meta.get(key) or "") for key in ("title", "alt", "caption"))
        if not title or not alt or alt in (title, caption):
            raise errors.NotebookError(
                f"{self.cell}: the chart needs a title, and alt text that says something else"
            )
        cites = self._cites(meta.get("source") or [])
        table = self._read_table(meta["table"]) if meta.get("table") else None
        figure = as_saved({"data": data["data"], "layout": untitled(data["layout"])})
        anchor = self._anchor(f"chart-{title}")
        spoken = with_sources(alt, cites)
        chart = Chart(title, spoken, caption, cites, table, figure, anchor, origin(meta))
        self.blocks.append(chart)


def _ends_with_heading(blocks: list[Block]) -> bool:
    return bool(blocks) and isinstance(blocks[-1], Heading)


def _failure(output: NotebookNode) -> str:
    """Say what went wrong in a cell: in our own words if the error is ours."""
    text = clean(output.get("evalue", ""))
    return text if output.get("ename") in OURS else f"failed with {output.get('ename')}: {text}"
