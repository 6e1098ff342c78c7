"""The page that leads to every report of a batch's folder."""

from pathlib import Path
from typing import Any

from analysis.batch.ledger import LEDGER, Ledger, write_whole
from analysis.batch.plan import day_of
from analysis.batch.work import DONE
from analysis.report.index import FORMATS, NAME, Entry, index_page


def write_index(ledger: Ledger) -> Path:
    """Write ``index.html`` beside the reports that a ledger names; return its path.

    One that was written after the ledger's last line is right as it is.
    """
    path, written = ledger.folder / NAME, ledger.folder / LEDGER
    times = [file.stat().st_mtime_ns for file in (written, path) if file.exists()]
    if len(times) == 2 and times[0] <= times[1]:
        return path
    listed = sorted(
        ledger.entries.values(), key=lambda line: (line["title"].casefold(), line["id"])
    )
    write_whole(path, index_page(map(entry_of, listed)).encode())
    return path


def entry_of(line: dict[str, Any]) -> Entry:
    """Return a line of the ledger as the index shows it; a failure is told above the table."""
    if line["status"] != DONE:
        return Entry(line["title"], fault=f"{line['title']} ({line['id']}): {line['sentence']}")
    names = sorted(line["files"], key=lambda name: FORMATS.index(name.rpartition(".")[2]))
    given = line["parameters"]
    return Entry(
        title=line["title"],
        about=line["id"],
        audience=given.get("prepared_for") or "",
        day=day_of(given),
        edition=line["edition"],
        files=tuple((name, line["files"][name]["size"]) for name in names),
    )
