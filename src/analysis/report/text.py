"""Text that may be shown, and Markdown read into blocks of it.

Markdown is read into plain blocks, never into markup: whatever HTML it holds is shown as text.
"""

import contextlib
import datetime as dt
import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import mistune

from analysis.characters import on_one_line, unsafe
from analysis.report.blocks import Block, Bullets, Facts, Heading, Paragraph, Run, Runs

LINKS = ("https://", "http://", "mailto:", "tel:", "#")

_parse = mistune.create_markdown(renderer=None)


def as_saved(value: Any) -> Any:
    """Return what JSON holds as JupyterLab saves it: there a whole number has no point.

    So a report exported from its menu equals the command's, byte for byte.

    >>> as_saved({"x": [1.0, 2.5]})
    {'x': [1, 2.5]}
    """
    if isinstance(value, dict):
        return {key: as_saved(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_saved(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def clean(text: str) -> str:
    r"""Return ``text`` on one line, without what no text may hold.

    >>> clean("one\ntwo\x07")
    'one two'
    """
    if not isinstance(text, str):
        raise TypeError(f"{text!r} stands where a text is expected")
    return on_one_line(text)


def safe_link(address: str) -> str:
    """Return the address if a report may link to it, else nothing.

    >>> safe_link("javascript:alert(1)")
    ''
    >>> safe_link("https://a.uk/x y"), safe_link(" HTTPS://a.uk/x "), safe_link("http:" + chr(0))
    ('', 'HTTPS://a.uk/x', '')
    """
    bare = address.strip()
    whole = not unsafe(bare) and not re.search(r"[\s\\]", bare)
    return bare if whole and bare.lower().startswith(LINKS) else ""


def origin(part: dict[str, Any]) -> str:
    """Return what a part's numbers come from, in one line; nothing if it does not say.

    >>> origin({"of": ["difference", "neu|members|whole|tuc|2016|tuc-2016"]})
    'difference; neu|members|whole|tuc|2016|tuc-2016'
    """
    return "; ".join(clean(one) for one in part.get("of") or [])


def with_sources(alt: str, numbers: tuple[int, ...]) -> str:
    """Return a chart's alt text with the numbers of its sources.

    >>> with_sources("It rose from 3 to 4.", (1, 5))
    'It rose from 3 to 4. Sources: 1, 5.'
    """
    if not numbers:
        return alt
    word = "Source" if len(numbers) == 1 else "Sources"
    return f"{alt} {word}: {', '.join(map(str, numbers))}."


def slug(text: str) -> str:
    """Return an anchor made from a heading.

    >>> slug("Who may join?")
    'who-may-join'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"


def plain(runs: Runs) -> str:
    """Return the words of ``runs`` without their styles and citations."""
    return "".join(run.text for run in runs)


def stated_day(cover: tuple[Block, ...]) -> dt.date | None:
    """Return the first whole day that the cover's facts state, such as 1 September 2026."""
    facts = [fact for block in cover if isinstance(block, Facts) for fact in block.items]
    for text in (plain(fact.runs) for fact in facts):
        with contextlib.suppress(ValueError):
            return dt.datetime.strptime(text, "%d %B %Y").date()
    return None


def read_markdown(source: str) -> list[Block]:
    """Return the headings, paragraphs and lists of a Markdown cell, headings without anchors."""
    tokens = _parse(source)
    assert isinstance(tokens, list)
    return [block for token in tokens for block in _blocks(token)]


def _blocks(token: dict[str, Any]) -> Iterator[Block]:
    kind = token["type"]
    if kind == "heading":
        text = plain(_runs(token["children"])).strip()
        yield Heading(token["attrs"]["level"], text, "")
    elif kind in ("paragraph", "block_text"):
        yield Paragraph(_runs(token["children"]))
    elif kind == "list":
        yield Bullets(tuple(_items(token)), token["attrs"]["ordered"])
    elif kind in ("block_code", "block_html"):
        yield Paragraph((Run(clean(token["raw"]).strip()),))
    elif kind == "block_quote":
        for child in token["children"]:
            yield from _blocks(child)


def _items(token: dict[str, Any]) -> Iterator[Runs]:
    """Yield a list's items; an inner list's items follow the one that they stand under."""
    for item in token["children"]:
        inner = [child for child in item["children"] if child["type"] == "list"]
        own = [child for child in item["children"] if child not in inner]
        yield tuple(run for child in own for run in _runs(child.get("children", [])))
        for child in inner:
            yield from _items(child)


def _runs(tokens: list[dict[str, Any]], **style: Any) -> Runs:
    return tuple(run for token in tokens for run in _run(token, style))


def _run(token: dict[str, Any], style: dict[str, Any]) -> Iterator[Run]:
    kind = token["type"]
    if kind in ("softbreak", "linebreak"):
        yield Run(" ", **style)
    elif kind in ("strong", "emphasis"):
        yield from _runs(token["children"], **style | {kind: True})
    elif kind == "link":
        href = safe_link(token["attrs"]["url"])
        yield from _runs(token["children"], **style | {"href": href})
    elif "children" in token:
        yield from _runs(token["children"], **style)
    elif token["raw"]:
        raw = token["raw"]
        yield Run(clean(html.unescape(raw) if kind == "text" else raw), **style)
