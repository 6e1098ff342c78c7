"""What was read from a published workbook, kept in the user's cache folder by its contents.

It holds the department's published counts and nothing else. Whatever is wrong with the folder or
a file in it, the workbook is read again: keeping is a matter of seconds, never of the answer.
"""

import contextlib
import hashlib
import tempfile
from pathlib import Path

import platformdirs

# A year's workbook takes about five megabytes.
FILES_KEPT = 4


def folder() -> Path:
    """Return where files are kept: the user's cache folder, never the project's."""
    return Path(platformdirs.user_cache_dir("unions", appauthor=False)) / "published"


def recall(key: str) -> bytes | None:
    """Return what was kept under a key; nothing if there is none or it is damaged."""
    try:
        digest, _, body = (folder() / f"{key}.kept").read_bytes().partition(b"\n")
    except OSError:
        return None
    return body if digest.decode("ascii", "replace") == sealed(body) else None


def keep(key: str, body: bytes) -> None:
    """Keep something under a key, written whole and then renamed; the oldest files go."""
    place = folder()
    if not place.is_absolute():  # no home folder is known: the working folder is not ours
        return
    with contextlib.suppress(OSError):  # full, or not ours to write to: then nothing is kept
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place, suffix=".part", delete=False) as file:
            file.write(sealed(body).encode() + b"\n" + body)
        Path(file.name).replace(place / f"{key}.kept")
        files = [*place.glob("*.kept"), *place.glob("*.part")]
        for old in sorted(files, key=lambda path: path.stat().st_mtime)[:-FILES_KEPT]:
            old.unlink()


def sealed(body: bytes) -> str:
    """Return the hash by which damage shows."""
    return hashlib.sha256(body).hexdigest()
