"""A page that leads to every report of a folder, found and sorted without a server."""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import starmap
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from analysis.report.about import AUDIENCE, DAY, EDITION, GENERATOR, SUBJECT
from analysis.report.files import write_all
from analysis.report.html import TEMPLATE, inline_hash, page_style, page_template

NAME = "index.html"
TITLE = "Reports on school staff unions"
FORMATS = ("html", "pdf", "xlsx", "docx", "ipynb")
LABELS = ("Report", "About", "Prepared for", "Facts as at", "Data edition")
HEAD = 65_536  # a report's head ends well before so many bytes, but for its style


@dataclass(frozen=True)
class Entry:
    """One report of an index.

    Attributes
    ----------
    title, about, audience
        What it is called, what it is about (a school and its URN, a union, two days), and for
        whom it was made; nothing where the report does not say.
    day
        The ISO day that it speaks of.
    edition
        The data's edition.
    files
        The path of each of its files, seen from the index, with its size in bytes.
    fault
        Why a file that looks to be a report cannot be read, in a sentence; else nothing.
    """

    title: str
    about: str = ""
    audience: str = ""
    day: str = ""
    edition: str = ""
    files: tuple[tuple[str, int], ...] = ()
    fault: str = ""


def read_entries(folder: Path) -> list[Entry]:
    """Return the reports that stand in a folder, by title and name.

    A report is an HTML page whose head says that this project made it, with the files of the same
    name. Any other file is left out.
    """
    files: dict[str, dict[str, int]] = defaultdict(dict)
    for path in sorted(folder.iterdir()):
        if path.suffix[1:] in FORMATS and path.name != NAME and path.is_file():
            files[path.stem][path.suffix[1:]] = path.stat().st_size
    entries = []
    for stem, sizes in files.items():
        ordered = tuple((f"{stem}.{end}", sizes[end]) for end in FORMATS if end in sizes)
        if "html" in sizes and (entry := _read_entry(folder / f"{stem}.html", ordered)):
            entries.append(entry)
    return sorted(entries, key=lambda entry: (entry.title.casefold(), entry.files))


def index_page(entries: Iterable[Entry], title: str = TITLE) -> str:
    """Return the whole page; the same entries give the same text.

    The rows stand in the order of the entries. All are in the page; where JavaScript runs, they
    can be searched and sorted.
    """
    listed = list(entries)
    whole = [entry for entry in listed if not entry.fault]
    number = f"{len(whole):,} report{'' if len(whole) == 1 else 's'}"
    page: str = page_template("index.html.j2").render(
        title=title,
        counted=f"{number}." if whole else "There is no report here yet.",
        faults=[entry.fault for entry in listed if entry.fault],
        entries=whole,
        labels=LABELS,
        rows=Markup("\n".join(map(_row, whole))),
        policy=_policy(),
        style=Markup(_style()),
        script=Markup(_script()),
    )
    return page


def write_index(folder: Path) -> Path:
    """Write ``index.html`` for the reports of a folder; return its path."""
    (path,) = write_all(folder, {NAME: index_page(read_entries(folder)).encode()})
    return path


def _row(entry: Entry) -> str:
    """Return a row; every text in it is escaped here, since a template takes ten times as long."""
    cells = map(escape, (entry.about, entry.audience, entry.day, entry.edition))
    links = " ".join(starmap(_link, entry.files))
    first = f'<a href="{_address(entry.files[0][0])}">{escape(entry.title)}</a>'
    told = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{first}</th>{told}<td class="files">{links}</td></tr>'


def _link(path: str, size: int) -> str:
    kind = escape(path.rpartition(".")[2].upper())
    return f'<a href="{_address(path)}">{kind}</a>&nbsp;<span>{say_size(size)}</span>'


def _address(path: str) -> str:
    """Return a file's path as an address; a colon or a percent sign in it means nothing."""
    return quote(path, safe="/")


def say_size(size: int) -> str:
    """Return a number of bytes as a reader would say it.

    >>> say_size(812), say_size(101_168), say_size(2_471_565)
    ('1 KB', '101 KB', '2.5 MB')
    """
    return f"{size / 1e6:.1f} MB" if size >= 999_500 else f"{max(1, round(size / 1e3))} KB"


class _Head(HTMLParser):
    """Reads what a page's head says, up to its style."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.title = ""
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.open = tag
        if tag == "meta" and found.get("name"):
            self.said[str(found["name"])] = found.get("content") or ""

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open == "title":
            self.title += data


def _read_entry(path: Path, files: tuple[tuple[str, int], ...]) -> Entry | None:
    """Return what a page's head says, or nothing if it is no report of ours."""
    with path.open("rb") as page:
        start = page.read(HEAD)
    if GENERATOR.encode() not in start:
        return None
    before, _, _ = start.partition(b"<style")
    head = _Head()
    head.feed(before.decode("utf-8", errors="replace"))
    if head.said.get("generator") != GENERATOR:
        return None
    day = head.said.get(DAY, "")
    if not head.title or not _is_day(day):
        fault = f"{path.name}: cannot be read as a report; make it again by 'unions report'."
        return Entry(path.name, files=files, fault=fault)
    about, audience, edition = (head.said.get(name, "") for name in (SUBJECT, AUDIENCE, EDITION))
    return Entry(head.title, about, audience, day, edition, files)


def _is_day(text: str) -> bool:
    """Say whether a text is an ISO day, or nothing."""
    try:
        return not text or bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


@functools.cache
def _style() -> str:
    return f"{page_style()}\n{(TEMPLATE / 'index.css').read_text(encoding='utf-8')}"


@functools.cache
def _script() -> str:
    return (TEMPLATE / "index.js").read_text(encoding="utf-8")


def _policy() -> str:
    style, script = (inline_hash(part().encode()) for part in (_style, _script))
    own = f"font-src data:; style-src {style}; script-src {script}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"
