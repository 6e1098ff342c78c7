"""Tables and prose that a notebook shows and that every exporter can lay out again.

Text is a list of runs: plain text, strong text, a link, or the sources that it rests on. A run,
a column and a row of a table may say what its numbers come from (``of``, see ``traces``).
"""

import html
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from analysis.schema import PROSE_MIME, TABLE_MIME

Run = dict[str, Any]
Runs = list[Run]
Block = dict[str, Any]
# What every table, chart and sentence calls an answer or a figure past its age limit.
OLD, OLD_FIGURE = "old", "old figure"


def text(words: str, strong: bool = False, of: Iterable[str] = ()) -> Run:
    """Return plain or strong words, and what their numbers come from."""
    run: Run = {"text": words}
    if strong:
        run["strong"] = True
    return run | named(of) if of else run


def link(words: str, href: str, of: Iterable[str] = ()) -> Run:
    """Return words that lead somewhere."""
    return {"text": words, "href": href} | named(of)


def named(of: Iterable[str]) -> dict[str, list[str]]:
    """Return what numbers come from, each once, as a part of a run, a column or a row."""
    names = list(dict.fromkeys(of))
    return {"of": names} if names else {}


def cite(*sources: str) -> Run:
    """Return the sources, by code, that the words before rest on, each once."""
    return {"cite": list(dict.fromkeys(sources))}


def claimed(run: Run | str) -> Run:
    """Return words marked as a claim's own, so that no reader or test takes them for ours."""
    return {**(text(run) if isinstance(run, str) else run), "claim": True}


def line(*runs: Run | str, style: str = "main") -> dict[str, Any]:
    """Return one line of a cell; ``style`` is main, basis (soft and small) or old."""
    return {"runs": runs_of(*runs), "style": style}


def runs_of(*runs: Run | str) -> Runs:
    """Return runs, with strings made plain text and empty citations left out."""
    made = [text(run) if isinstance(run, str) else run for run in runs]
    return [run for run in made if run.get("cite") or run.get("text")]


def cell(*lines: dict[str, Any] | str, mark: str | None = None) -> Block:
    """Return a table's cell: its lines, and the answer whose mark is drawn before them."""
    made = [line(one) if isinstance(one, str) else one for one in lines]
    return {"lines": [one for one in made if one["runs"]], "mark": mark}


def answer_cell(
    answer: str, sources: Iterable[str] = (), below: str = "", old: Iterable[bool] = ()
) -> Block:
    """Return the cell of a yes, no, some, disputed or not-stated answer, and what limits it."""
    limit, age = line(below, style="basis"), how_old(old)
    return cell(line(answer, cite(*sources)), limit, old_line(bool(age), age), mark=answer)


def how_old(old: Iterable[bool], word: str = OLD) -> str:
    """Return the word for things past their age limit, that it holds in part, or nothing.

    >>> how_old([True, True], OLD_FIGURE), how_old([True, False]), how_old([False]), how_old([])
    ('old figure', 'in part old', '', '')
    """
    flags = [bool(one) for one in old]
    return (word if all(flags) else f"in part {word}") if any(flags) else ""


def marked(said: str, old: Iterable[bool]) -> str:
    """Return a list of words, and in brackets that it, or part of it, is past its age limit.

    >>> marked("cook; cleaner", [True, False])
    'cook; cleaner (in part old)'
    """
    age = how_old(old)
    return f"{said} ({age})" if age else said


def with_age(said: str, old: Iterable[bool], word: str = OLD) -> str:
    """Return what is said, and that what it rests on, or part of it, is past its age limit.

    >>> with_age("legal help", [True]), with_age("legal help", [False])
    ('legal help, old', 'legal help')
    """
    return ", ".join(filter(None, (said, how_old(old, word))))


def old_line(old: bool, word: str) -> dict[str, Any]:
    """Return the line that marks what is past its age limit, or one that says nothing."""
    return line(word if old else "", style="old")


def paragraph(*runs: Run | str, style: str = "main") -> Block:
    """Return a paragraph."""
    return {"type": "paragraph", "runs": runs_of(*runs), "style": style}


def heading(words: str, level: int = 3) -> Block:
    """Return a heading inside computed prose."""
    return {"type": "heading", "level": level, "text": words}


def bullets(items: Iterable[Runs]) -> Block:
    """Return a list with one point an item."""
    return {"type": "list", "items": list(items)}


def facts(items: Iterable[tuple[str, Runs]]) -> Block:
    """Return terms, each with what is said of it."""
    return {"type": "facts", "items": [{"term": term, "runs": runs} for term, runs in items]}


@dataclass(frozen=True)
class Table:
    """A table with a caption, named columns, and a header in the first cell of every row.

    In Jupyter it shows itself; ``rows`` are what the exporters and the workbook are made from.
    """

    caption: str
    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    kind: str = "plain"
    note: Runs | None = None

    def as_dict(self) -> Block:
        """Return the table as plain lists and dictionaries."""
        return {
            "caption": self.caption,
            "kind": self.kind,
            "columns": self.columns,
            "rows": self.rows,
            "note": self.note or (None if self.rows else runs_of("None is stated.")),
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Block:
        """Return what Jupyter shows and what the exporters read."""
        return {
            TABLE_MIME: json.dumps(self.as_dict(), ensure_ascii=False),
            "text/html": table_html(self.as_dict()),
            "text/plain": self.caption,
        }


@dataclass(frozen=True)
class Prose:
    """Computed words: paragraphs, lists, terms, headings and small tables, in order.

    ``role`` is empty, ``cover`` for a report's title block or ``brief`` for its summary.
    """

    blocks: list[Block]
    role: str = ""
    title: str | None = None
    kicker: str | None = None

    def as_dict(self) -> Block:
        """Return the prose as plain lists and dictionaries."""
        return {
            "role": self.role,
            "title": self.title,
            "kicker": self.kicker,
            "blocks": self.blocks,
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Block:
        """Return what Jupyter shows and what the exporters read."""
        title = f"<h2>{html.escape(self.title)}</h2>" if self.title else ""
        body = "".join(block_html(block) for block in self.blocks)
        return {
            PROSE_MIME: json.dumps(self.as_dict(), ensure_ascii=False),
            "text/html": title + body,
            "text/plain": self.title or "text",
        }


@dataclass
class Columns:
    """Columns of a table, built one after the other."""

    made: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, label: str, width: float = 1, align: str = "left", of: Iterable[str] = ()
    ) -> "Columns":
        """Add a column and return the columns."""
        self.made.append({"label": label, "align": align, "width": width} | named(of))
        return self


def row(*cells: Block | str, of: Iterable[str] = ()) -> dict[str, Any]:
    """Return a row of a table; its first cell is its header."""
    return {"cells": [cell(one) if isinstance(one, str) else one for one in cells]} | named(of)


def runs_html(runs: Runs) -> str:
    """Return runs as HTML; sources stand as their codes, which are the keys of the data."""
    parts = []
    for run in runs:
        if "cite" in run:
            parts.append(f" <sup>[{html.escape(', '.join(run['cite']))}]</sup>")
        elif run.get("href"):
            href = html.escape(run["href"], quote=True)
            parts.append(f'<a href="{href}">{html.escape(run["text"])}</a>')
        else:
            words = html.escape(run["text"])
            parts.append(f"<strong>{words}</strong>" if run.get("strong") else words)
    return "".join(parts)


def table_html(table: Block) -> str:
    """Return a table as Jupyter shows it."""
    heads = "".join(
        f'<th scope="col" style="text-align:left">{html.escape(column["label"])}</th>'
        for column in table["columns"]
    )
    body = []
    for made in table["rows"]:
        cells = [
            "<br>".join(runs_html(one["runs"]) for one in part["lines"]) for part in made["cells"]
        ]
        rest = "".join(f'<td style="text-align:left">{inner}</td>' for inner in cells[1:])
        body.append(f'<tr><th scope="row" style="text-align:left">{cells[0]}</th>{rest}</tr>')
    note = f"<p>{runs_html(table['note'])}</p>" if table["note"] else ""
    caption = f"<caption>{html.escape(table['caption'])}</caption>"
    rows = "".join(body)
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{note}"


def block_html(block: Block) -> str:
    """Return one block of prose as Jupyter shows it."""
    kind = block["type"]
    if kind == "heading":
        return f"<h{block['level']}>{html.escape(block['text'])}</h{block['level']}>"
    if kind == "paragraph":
        return f"<p>{runs_html(block['runs'])}</p>"
    if kind == "list":
        return f"<ul>{''.join(f'<li>{runs_html(runs)}</li>' for runs in block['items'])}</ul>"
    if kind == "facts":
        pairs = (
            f"<dt>{html.escape(item['term'])}</dt><dd>{runs_html(item['runs'])}</dd>"
            for item in block["items"]
        )
        return f"<dl>{''.join(pairs)}</dl>"
    return table_html(block)
