"""What has been made in a folder: one line a report, only ever added to.

The last whole line about a report counts. A line that was cut off, by a full disk or a power cut,
is as if it had not been written.
"""

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from analysis.batch.work import DONE, FAILED, Result
from analysis.errors import ProjectError

LEDGER, LOCK, WRITING, PART = "ledger.jsonl", ".lock", ".writing", ".part-"


@dataclass
class Ledger:
    """A folder's reports, by their ids, and the batches that were begun in it.

    Attributes
    ----------
    folder
        Where the reports are.
    entries
        The newest line of each report.
    owned
        The names of all files that were ever written for each report.
    unfinished
        The line of the last batch, if it did not come to its end.
    """

    folder: Path
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    owned: dict[str, set[str]] = field(default_factory=dict)
    unfinished: dict[str, Any] | None = None

    @classmethod
    def read(cls, folder: Path) -> "Ledger":
        """Read what is known of a folder's reports; nothing if it has no ledger."""
        ledger = cls(folder)
        with contextlib.suppress(FileNotFoundError):
            for line in lines_of((folder / LEDGER).read_bytes()):
                ledger._take(line)
        return ledger

    def _take(self, line: Any) -> None:
        if not isinstance(line, dict):
            return
        if "begun" in line:
            self.unfinished = line
        elif "ended" in line:
            self.unfinished = None
        elif "id" in line:
            self.entries[line["id"]] = line
            self.owned.setdefault(line["id"], set()).update(line.get("files", ()))

    def add(self, line: dict[str, Any]) -> None:
        """Write one line, whole, and see it onto the disk."""
        data = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        # Without a buffer, so that closing the file does not write again what found no room.
        with (self.folder / LEDGER).open("ab", buffering=0) as file:
            end = file.tell()
            if end and not _ends_whole(self.folder / LEDGER):
                data = b"\n" + data
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[file.write(rest) :]
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    os.truncate(file.fileno(), end)
                raise
        self._take(line)

    def is_done(self, report: str, key: str, sizes: dict[str, int]) -> bool:
        """Say whether a report stands in the folder, whole and made from the same inputs.

        Parameters
        ----------
        sizes
            The size of each file of the folder.
        """
        entry = self.entries.get(report)
        if entry is None or entry["status"] != DONE or entry["key"] != key:
            return False
        return all(sizes.get(name) == file["size"] for name, file in entry["files"].items())

    def sizes(self) -> dict[str, int]:
        """Return the size of each file of the folder."""
        with os.scandir(self.folder) as found:
            return {entry.name: entry.stat().st_size for entry in found if entry.is_file()}

    def sweep(self) -> None:
        """Delete what was being written when a batch ended, and reports of former names."""
        shutil.rmtree(self.folder / WRITING, ignore_errors=True)
        for part in self.folder.rglob(f"{PART}*"):
            part.unlink()
        for report in self.entries:
            self.drop_former(report)

    def drop_former(self, report: str) -> None:
        """Delete the files of a report that its newest line does not name."""
        entry = self.entries[report]
        if entry["status"] != DONE:
            return
        former = self.owned[report] - entry["files"].keys()
        self.delete(
            name for name in former
            if Path(name).name == name and not self._is_named(name, report)
        )  # fmt: skip
        self.owned[report] = set(entry["files"])

    def delete(self, names: Iterable[str]) -> None:
        """Delete files of the folder."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def forget(self, reports: Iterable[str]) -> None:
        """Count reports as not made, which are about to be made: in a folder, they do already."""

    def keep(self, line: dict[str, Any], place: Path | None) -> None:
        """Put a report in its place, and write its line.

        Parameters
        ----------
        place
            The folder, beside the reports, where its files wait; none if they are in their place.
        """
        for name in line["files"] if place else ():
            assert place is not None
            (place / name).replace(self.folder / name)
        self.add(line)
        self.drop_former(line["id"])

    def publish(self) -> None:
        """Let all who see the reports see what goes with them: in a folder, they do already."""

    def _is_named(self, name: str, report: str) -> bool:
        others = (entry for other, entry in self.entries.items() if other != report)
        return any(name in entry.get("files", ()) for entry in others)


def finished(line: dict[str, Any], result: Result) -> dict[str, Any]:
    """Return a report's line with what became of it."""
    said = {"status": result.status, "seconds": result.seconds}
    if result.status == DONE:
        return line | said | {"files": result.files, "made": now()}
    return line | said | {"status": FAILED, "sentence": result.sentence, "made": now()}


def now() -> str:
    """Return this moment, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for one batch; the hold ends with the process, however it ends.

    Raises
    ------
    ProjectError
        If another batch holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+b") as file:
        try:
            _hold(file)
        except OSError as error:
            raise ProjectError(busy(str(folder))) from error
        yield


def busy(out: str) -> str:
    """Say that a place is another batch's for now."""
    return f"another batch is writing to {out}; wait for it, or choose another --out"


def _hold(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # there
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, then put it there."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=PART, delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def lines_of(data: bytes) -> list[Any]:
    r"""Return the lines of a ledger, but for those that were cut off as they were written.

    >>> lines_of(b'{"id": "a"}\n{"id": "b\n{"id": "c"}\n')
    [{'id': 'a'}, {'id': 'c'}]
    """
    lines = data.split(b"\n")
    with contextlib.suppress(ValueError):  # all at once is sooner, if none was cut off
        whole: list[Any] = json.loads(b"[" + b",".join(filter(None, lines)) + b"]")
        return whole
    found = []
    for line in lines:
        with contextlib.suppress(ValueError):
            found.append(json.loads(line))
    return found


def hash_of(inputs: Any) -> str:
    """Return the hash of anything that JSON can hold."""
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
