"""An address that reports are put at, such as ``s3://bucket/prefix``: any that fsspec knows.

Nothing is renamed there. Whatever is put under a name is there whole, or counts for nothing until
a marker, which is put last, names it.
"""

import contextlib
import functools
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeVar

import fsspec
from fsspec.registry import known_implementations

from analysis.batch.objects import PROTOCOLS, ObjectStore
from analysis.errors import ProjectError, did_you_mean

WHOLE = re.compile(r"([a-z][a-z0-9+.-]+)://([^/\s?#]*)(/[^?#]*)?")
AT_ONCE = 32  # requests
PLACELESS = {"file", "local", "memory"}
# The last is where a machine of a cloud asks for keys, where the environment has none.
FORBIDDEN = re.compile(r"PermissionDenied|Unauthenticated|MissingAccount|169\.254\.169\.254")
GOOGLE = "GOOGLE_SERVICE_ACCOUNT"
S3 = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
AZURE = "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY"
KEYS = dict.fromkeys(PROTOCOLS, AZURE) | {"s3": S3, "s3a": S3, "gs": GOOGLE, "gcs": GOOGLE}

Done = TypeVar("Done")


@dataclass(frozen=True)
class Store:
    """The files under an address, by their names seen from there.

    Attributes
    ----------
    address
        As it was typed, without a slash at its end.
    """

    address: str

    @classmethod
    def at(cls, typed: str) -> "Store":
        """Return the store at an address.

        Raises
        ------
        ProjectError
            If it is no address, or of a kind that no library here serves.
        """
        found = WHOLE.fullmatch(typed)
        if found is None or not (found[2] or found[1] in PLACELESS):
            text = f"--out is '{typed}'; an address is written s3://bucket/prefix"
            raise ProjectError(text)
        if ".." in PurePosixPath(found[3] or "/").parts:
            raise ProjectError(f"--out is '{typed}'; an address holds no '..'")
        known = {*PROTOCOLS, *known_implementations}
        if found[1] not in known:
            near = did_you_mean(found[1], known)
            raise ProjectError(f"--out is '{typed}': '{found[1]}' is no kind of address{near}")
        return cls(typed.rstrip("/"))

    @functools.cached_property
    def _place(self) -> tuple[Any, str]:
        """Return the file system, and the address as it names it."""
        protocol, _, rest = self.address.partition("://")
        if protocol not in PROTOCOLS:
            with self._speaking():
                files, root = fsspec.core.url_to_fs(self.address)
                return files, root
        return ObjectStore.of(protocol), rest

    def path(self, name: str) -> str:
        """Return a file's name as the file system knows it."""
        return f"{self._place[1]}/{name}"

    def put(self, name: str, data: bytes) -> None:
        """Put a file, in place of any of its name."""
        with self._speaking():
            files = self._place[0]
            files.makedirs(str(PurePosixPath(self.path(name)).parent), exist_ok=True)
            files.pipe_file(self.path(name), data)

    def get(self, name: str) -> bytes | None:
        """Return what a file holds; nothing if there is none."""
        with self._speaking():
            try:
                return bytes(self._place[0].cat_file(self.path(name)))
            except FileNotFoundError:
                return None

    def get_all(self, names: Iterable[str]) -> Iterator[bytes]:
        """Return what each of many files holds; nothing for one that is not there."""
        return (data or b"" for data in self._each(self.get, names))

    def sizes(self, folder: str = "") -> dict[str, int]:
        """Return the size of each file of the address, or of one folder there, by name."""
        with self._speaking():
            try:
                listed = self._place[0].ls(self.path(folder).rstrip("/"), detail=True)
            except FileNotFoundError:
                return {}
        names = ((PurePosixPath(found["name"]).name, found) for found in listed)
        return {name: found["size"] for name, found in names if found["type"] == "file"}

    def delete(self, names: Iterable[str]) -> None:
        """Delete files, those of them that are there."""
        list(self._each(self._delete, names))

    def _delete(self, name: str) -> None:
        with self._speaking(), contextlib.suppress(FileNotFoundError):
            self._place[0].rm_file(self.path(name))

    def _each(self, work: Callable[[str], Done], names: Iterable[str]) -> Iterator[Done]:
        """Do something with each of many files, many at once: a store answers late."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(work, names)

    @contextlib.contextmanager
    def _speaking(self) -> Iterator[None]:
        """Turn whatever a library raises into one sentence."""
        try:
            yield
        except ProjectError:
            raise
        except Exception as error:  # each library has its own
            raise ProjectError(f"{self.address}: {self._why(error)}") from error

    def _why(self, error: Exception) -> str:
        said = str(error).strip().split("\n")[0]
        if isinstance(error, FileNotFoundError):
            return "there is no such bucket or folder"
        kind = f"{type(error).__name__} {error}"
        if isinstance(error, PermissionError) or FORBIDDEN.search(kind):
            keys = KEYS.get(self.address.partition("://")[0])
            hint = f"; keys are taken from the environment: {keys}" if keys else ""
            return f"no permission{hint}"
        return f"cannot be reached or written to ({said or type(error).__name__})"
