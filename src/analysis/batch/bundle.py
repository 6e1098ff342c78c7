"""What a batch is made from, packed to travel: the notebook, the data, the file of posts.

The files keep their places to each other, so that a path which a notebook is given means the same
where they are unpacked, and the notebook as run is the same too.
"""

import hashlib
import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.batch.ledger import hash_of
from analysis.batch.plan import Inputs, Job, data_files
from analysis.read.shared import lacking
from analysis.report.parameters import FILES, data_folders

PATHS = ("data", "workforce")  # what is read ahead of all reports


@dataclass(frozen=True)
class Bundle:
    """A batch's files, and where in them is what.

    Attributes
    ----------
    notebook
        Its path.
    ahead
        What is read before the first report.
    packed
        A zip archive of all files.
    lacking
        Whether a data folder lacks files that the project's own stand in for.
    mark
        What tells the bundle from any other.
    """

    notebook: str
    ahead: dict[str, Any]
    packed: bytes
    lacking: bool
    mark: str

    @classmethod
    def of(cls, inputs: Inputs, jobs: Iterable[Job], ahead: dict[str, Any]) -> "Bundle":
        """Pack what the reports of a batch are made from."""
        folders, files = folders_of(inputs, jobs), [inputs.notebook, *files_of(inputs, jobs)]
        files += [file for folder in folders for file in data_files(folder)]
        from_where = {place_of(file): file for file in files}
        root = os.path.commonpath([place_of(folder) for folder in folders] + [*from_where])
        inside = {name: os.path.relpath(place_of(Path(ahead[name])), root)
                  for name in PATHS if ahead.get(name)}  # fmt: skip
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for place, file in from_where.items():
                # Without its time: a warm process that has the same files may go on with them.
                named = zipfile.ZipInfo(Path(os.path.relpath(place, root)).as_posix())
                archive.writestr(named, file.read_bytes(), zipfile.ZIP_DEFLATED)
        notebook = os.path.relpath(place_of(inputs.notebook), root)
        lacks = any(lacking(folder) for folder in folders)
        mark = hash_of([notebook, ahead, hashlib.sha256(packed.getvalue()).hexdigest()])
        return cls(notebook, ahead | inside, packed.getvalue(), lacks, mark)

    def unpack(self, folder: Path) -> None:
        """Write the files into a folder."""
        with zipfile.ZipFile(io.BytesIO(self.packed)) as archive:
            archive.extractall(folder)

    def ahead_in(self, folder: Path) -> dict[str, Any]:
        """Return what is read before the first report, where the files were unpacked."""
        named = [name for name in PATHS if self.ahead.get(name)]
        return self.ahead | {name: str(folder / self.ahead[name]) for name in named}


def folders_of(inputs: Inputs, jobs: Iterable[Job]) -> list[Path]:
    """Return every data folder that a report reads."""
    found = {inputs.data: None}
    for given in distinct([inputs.parameters, *(job.parameters for job in jobs)]):
        found |= dict.fromkeys(data_folders(given, inputs.notebook))
    return list(found)


def files_of(inputs: Inputs, jobs: Iterable[Job]) -> list[Path]:
    """Return every file that a report is given by its path."""
    given = distinct([inputs.parameters, *(job.parameters for job in jobs)])
    named = (one[name] for one in given for name in sorted(FILES & one.keys()))
    return [inputs.notebook.parent / name for name in dict.fromkeys(named) if name]


def distinct(given: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield sets of parameters that may name other files than those before; a URN names none."""
    seen = set()
    for one in given:
        paths = {name: value for name, value in one.items() if name != "urn"}
        if (mark := repr(sorted(paths.items()))) not in seen:
            seen.add(mark)
            yield one


def place_of(path: Path) -> str:
    """Return a file's place as the notebook's own paths name it."""
    return os.path.normpath(path.absolute())
