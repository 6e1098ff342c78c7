"""The page that leads to every report of a batch's folder."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from analysis.batch.ledger import Ledger, write_whole
from analysis.batch.work import DONE

TITLE = "Reports"


def write_index(ledger: Ledger) -> Path:
    """Write ``index.html`` beside the reports that a ledger names; return its path."""
    page = "\n".join(index_lines(ledger)) + "\n"
    write_whole(ledger.folder / "index.html", page.encode())
    return ledger.folder / "index.html"


def index_lines(ledger: Ledger) -> Iterator[str]:
    """Yield the lines of the page: a row a report, with its files or why it failed."""
    yield '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield f"<title>{TITLE}</title>\n</head>\n<body>\n<main>\n<h1>{TITLE}</h1>\n<ul>"
    for entry in sorted(ledger.entries.values(), key=lambda entry: entry["title"].casefold()):
        names = entry.get("files", {})
        links = [f'<a href="{escape(name)}">{name.rsplit(".", 1)[1]}</a>' for name in names]
        told = ", ".join(links) if entry["status"] == DONE else escape(entry["sentence"])
        yield f"<li>{escape(entry['title'])} ({escape(entry['id'])}): {told}</li>"
    yield "</ul>\n</main>\n</body>\n</html>"
