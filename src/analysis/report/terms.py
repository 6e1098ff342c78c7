"""The words that a report explains: those that it uses, and the links that lead to them.

No sentence has to know of the glossary: the words are found when the report is put together.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.report.blocks import (
    Block,
    Box,
    Bullets,
    Chart,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Run,
    Runs,
    Sheet,
    Table,
    walk,
)
from analysis.report.text import clean, plain, slug

# What a glossary's block is drawn as, and where it stands until the words in use are known.
STYLE = "terms"


@dataclass(frozen=True)
class Term:
    """A word that is explained, the ways in which it is written, and what it means."""

    name: str
    meaning: str
    forms: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The anchor that the word's links lead to."""
        return f"term-{slug(self.name)}"


def read_terms(data: dict[str, Any]) -> tuple[Term, ...]:
    """Read the words that a glossary's output explains."""
    return tuple(
        Term(
            clean(item["term"]),
            "".join(clean(run["text"]) for run in item["runs"]),
            tuple(clean(form) for form in item["forms"]),
        )
        for block in data["blocks"]
        for item in block["items"]
    )


def explained(document: Document, terms: tuple[Term, ...]) -> Document:
    """Return the report with the words that it uses explained, and each linked to there.

    The first use in each section links, in prose only: never in a heading, a table's cells, a
    link or a claim's own words. A section is what stands under a heading of level 2.
    """
    said = "\n".join(_words(document))
    # Most words are not there at all, which is sooner seen than searched for.
    there = (term for term in terms if any(form[1:] in said for form in term.forms))
    used = tuple(term for term in there if _pattern((term,)).search(said))
    if not used:
        return replace(document, blocks=tuple(_without(document.blocks)))
    linker = _Linker(used)
    # What the cover's facts say is the reader's own: a school, a file, a choice.
    cover = tuple(b if isinstance(b, Facts) else linker.block(b) for b in document.cover)
    return replace(document, cover=cover, blocks=tuple(map(linker.block, document.blocks)))


def _without(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the blocks but for the glossary and its heading."""
    for block, after in zip(blocks, (*blocks[1:], None), strict=False):
        if not _is_glossary(block) and not (isinstance(block, Heading) and _is_glossary(after)):
            yield block


def _is_glossary(block: Block | None) -> bool:
    return isinstance(block, Facts) and block.style == STYLE


def _pattern(terms: Iterable[Term]) -> re.Pattern[str]:
    """Return what finds any of the words, the longest first, with a small or a capital letter."""
    forms = sorted({form for term in terms for form in term.forms}, key=len, reverse=True)
    either = (
        f"[{form[0].lower()}{form[0].upper()}]{re.escape(form[1:])}" for form in forms if form
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(either)})(?![\w-])")


def _words(document: Document) -> Iterator[str]:
    """Yield all that the report says, but for its sources and the glossary itself."""
    for block in walk((*document.cover, *document.blocks)):
        yield from _said(block)


def _said(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield plain(block.runs)
        case Bullets():
            yield from map(plain, block.items)
        case Facts():
            for fact in block.items:
                yield from (fact.term, plain(fact.runs))
        case Table() if block.form != "sources":
            yield from (block.caption, plain(block.note), *(one.label for one in block.columns))
            for row in block.rows:
                yield from (plain(line.runs) for cell in row.cells for line in cell.lines)
        case Chart():
            yield from (block.title, block.caption)
            yield from _said(block.table) if block.table else ()


@dataclass
class _Linker:
    """Links words to what explains them, each once until the next section begins."""

    terms: tuple[Term, ...]
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.pattern = _pattern(self.terms)
        self.by_form = {form.casefold(): term for term in self.terms for form in term.forms}

    def block(self, block: Block) -> Block:
        match block:
            case Heading() if block.level <= 2:
                self.seen.clear()
            case Paragraph():
                return replace(block, runs=self.runs(block.runs))
            case Bullets():
                return replace(block, items=tuple(map(self.runs, block.items)))
            case Facts() if block.style == STYLE:
                facts = (Fact(t.name, (Run(t.meaning),), t.anchor) for t in self.terms)
                return replace(block, items=tuple(facts))
            case Facts():
                facts = (replace(fact, runs=self.runs(fact.runs)) for fact in block.items)
                return replace(block, items=tuple(facts))
            case Table():
                return replace(block, note=self.runs(block.note))
            case Box() | Sheet():
                return replace(block, blocks=tuple(map(self.block, block.blocks)))
        return block

    def runs(self, runs: Runs) -> Runs:
        return tuple(part for run in runs for part in self.split(run))

    def split(self, run: Run) -> Iterator[Run]:
        """Yield a run in parts, so that a word in it that is first used here can be a link."""
        if run.href or run.claim or run.cites:
            yield run
            return
        done = 0
        for found in self.pattern.finditer(run.text):
            term = self.by_form[found[0].casefold()]
            if term.name not in self.seen:
                self.seen.add(term.name)
                yield from _part(run, run.text[done : found.start()])
                yield from _part(run, found[0], f"#{term.anchor}")
                done = found.end()
        yield from _part(run, run.text[done:])


def _part(run: Run, words: str, href: str = "") -> Iterator[Run]:
    """Yield a part of a run, if it holds anything; without numbers it comes from no row."""
    if words:
        numbered = any(char.isdigit() for char in words)
        yield replace(run, text=words, href=href, of=run.of if numbered else "")
