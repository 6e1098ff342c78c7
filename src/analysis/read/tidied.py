"""The files of a data folder as they last were tidy."""

import subprocess
from pathlib import Path

from analysis.read.files import columns_of, decode, parse, read_raw


def last_rows(path: Path, kind: str) -> list[list[str]]:
    """Return the rows of the copy that tidying keeps, and of what git last committed."""
    columns = columns_of(kind)
    found = []
    for text in (kept_text(path), committed_text(path)):
        cells = parse(text, ",", "")[0]
        if cells and tuple(cells[0]) == columns:
            found += [row for row in cells[1:] if len(row) == len(columns)]
    return found


def kept_copy(path: Path) -> Path:
    """Return where the copy of the last tidied file is kept."""
    return path.parent / ".tidied" / path.name


def kept_text(path: Path) -> str:
    """Return the copy of the last tidied file, or nothing."""
    return decode(read_raw(kept_copy(path), "")[0], "")[0]


def committed_text(path: Path) -> str:
    """Return the file as git last committed it, or nothing where there is no git."""
    command = ["git", "-C", str(path.parent), "show", f"HEAD:./{path.name}"]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", errors="replace")
