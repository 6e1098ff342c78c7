"""What has been made at an address: a marker a report, put when all of its files are there.

A report counts if its marker is there. The ledger at the address, written at the end of a batch,
saves reading the markers that it knows of, and holds what failed.
"""

import contextlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.batch.lease import Lease, leased
from analysis.batch.ledger import LEDGER, Ledger
from analysis.batch.store import Store
from analysis.batch.work import DONE
from analysis.report.html import SHARED

MARKERS = ".done"
SAID = {"id", "title", "key", "edition", "parameters", "status", "files", "made"}
UNREADABLE = ""


@dataclass
class StoreLedger(Ledger):
    """The reports at an address; ``folder`` is one of this machine, for what is written at last.

    Attributes
    ----------
    lease
        This batch's hold on the address.
    markers
        The names of each report's markers.
    """

    lease: Lease = field(kw_only=True)
    markers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set), kw_only=True)

    @property
    def store(self) -> Store:
        """The address."""
        return self.lease.store

    @classmethod
    def fetch(cls, lease: Lease, folder: Path) -> "StoreLedger":
        """Read what is known of the reports at an address."""
        said = lease.store.get(LEDGER) or b""
        (folder / LEDGER).write_bytes(said[: said.rfind(b"\n") + 1])
        known = Ledger.read(folder)
        ledger = cls(folder, known.entries, known.owned, known.unfinished, lease=lease)
        ledger._heed({f"{MARKERS}/{name}" for name in lease.store.sizes(MARKERS)})
        return ledger

    def _heed(self, there: set[str]) -> None:
        """Count what has a marker, and nothing else."""
        for report, entry in list(self.entries.items()):
            if entry["status"] == DONE and marker_of(entry) in there:
                self.markers[report].add(marker_of(entry))
            elif entry["status"] == DONE:
                del self.entries[report]
        unread = sorted(there.difference(*self.markers.values()))
        for name, line in zip(unread, map(_line, self.store.get_all(unread)), strict=True):
            report = line["id"] if line else UNREADABLE
            self.markers[report].add(name)
            if line and line["made"] >= self.entries.get(report, line)["made"]:
                self._learn(line)

    def _learn(self, line: dict[str, Any]) -> None:
        """Add a line that only a marker held; it need not be seen onto this machine's disk."""
        with (self.folder / LEDGER).open("ab") as file:
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._take(line)

    def sweep(self) -> None:
        """Delete markers that newer ones took the place of, and reports of former names."""
        super().sweep()
        self.store.delete(self.markers.pop(UNREADABLE, ()))
        for report, names in self.markers.items():
            entry = self.entries[report]
            if entry["status"] == DONE:
                self.store.delete(names - {marker_of(entry)})
                self.markers[report] = {marker_of(entry)}

    def forget(self, reports: Iterable[str]) -> None:
        """Delete the markers of reports whose files are about to be written over."""
        self.store.delete(
            name for report in reports for name in self.markers.pop(report, ())
        )  # fmt: skip

    def sizes(self) -> dict[str, int]:
        """Return the size of each file at the address."""
        return self.store.sizes()

    def delete(self, names: Iterable[str]) -> None:
        """Delete files of the address."""
        self.store.delete(names)

    def keep(self, line: dict[str, Any], place: Path | None) -> None:
        """Put a report's files, and its marker; and write its line."""
        if place:
            put_report(self.lease, line, place)
        super().keep(line, None)

    def publish(self) -> None:
        """Put the index, the ledger and what the pages share, if it is not there."""
        self.lease.check()
        there = {f"{SHARED}/{name}": size for name, size in self.store.sizes(SHARED).items()}
        for path in sorted(self.folder.rglob("*"), reverse=True):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and there.get(name) != path.stat().st_size:
                self.store.put(name, path.read_bytes())


@contextlib.contextmanager
def stored(store: Store) -> Iterator[StoreLedger]:
    """Hold an address for one batch.

    Raises
    ------
    ProjectError
        If another batch holds it, or it cannot be read or written to.
    """
    with leased(store) as lease, tempfile.TemporaryDirectory() as folder:
        yield StoreLedger.fetch(lease, Path(folder))


def put_report(lease: Lease, line: dict[str, Any], place: Path) -> None:
    """Put the files of a report from a folder, and then its marker.

    Raises
    ------
    ProjectError
        If the address cannot be written to, or another batch has taken it.
    """
    lease.check()
    for name in line["files"]:
        lease.store.put(name, (place / name).read_bytes())
    lease.store.put(marker_of(line), json.dumps(line, ensure_ascii=False).encode())


def marker_of(line: dict[str, Any]) -> str:
    """Return the name of a report's marker.

    >>> marker_of({"key": "ab", "files": {"900001-School.html": {}, "900001-School.ipynb": {}}})
    '.done/900001-School.ab.json'
    """
    (notebook,) = (name for name in line["files"] if name.endswith(".ipynb"))
    return marker(notebook.removesuffix(".ipynb"), line["key"])


def marker(stem: str, key: str) -> str:
    """Return the name of the marker of a report that is to be made."""
    return f"{MARKERS}/{stem}.{key}.json"


def _line(data: bytes) -> dict[str, Any]:
    """Return what a marker says; nothing if it was cut off."""
    with contextlib.suppress(ValueError):
        line = json.loads(data)
        if isinstance(line, dict) and line.keys() >= SAID:
            return line
    return {}
