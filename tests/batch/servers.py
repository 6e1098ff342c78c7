"""Servers of this machine, each a process of its own: a scheduler and its workers, and S3."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.programs import program

# moto cannot be locked beside this project's own libraries, so .ci/run gives it its own place.
MOTO = ROOT / ".venv-s3" / "bin" / "moto_server"
REGION = "eu-west-2"


@contextlib.contextmanager
def running(*command: object, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen]:
    """Run a program in the background; kill it at the end."""
    process = subprocess.Popen(list(map(str, command)), env=env, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(true: Callable[[], object], seconds: float = 30) -> object:
    """Wait until something is so, and return it."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
    return found


class Cluster:
    """A scheduler, to which workers are added."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.file, self.folder = folder / "scheduler.json", folder
        self.env = {name: value for name, value in os.environ.items()
                    if name != "PYTHONDONTWRITEBYTECODE"} | env  # fmt: skip

    @property
    def address(self) -> str:
        return json.loads(self.file.read_text())["address"]

    @contextlib.contextmanager
    def started(self) -> Iterator["Cluster"]:
        command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1",
                   "--port", 0, "--no-dashboard", "--no-show", "--scheduler-file",
                   self.file]  # fmt: skip
        with running(*command, env=self.env):
            until(self.file.exists)
            yield self

    def worker(self, *more: object) -> contextlib.AbstractContextManager[subprocess.Popen]:
        """Start a worker of one thread; it is not started again when it is killed."""
        command = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file",
                   self.file, "--nthreads", 1, "--no-nanny", "--no-dashboard",
                   "--local-directory", self.folder]  # fmt: skip
        return running(*command, *more, env=self.env)


def s3_variables() -> dict[str, str]:
    """Return the variables that lead to an S3 server on a free port, before it is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"http://127.0.0.1:{free.getsockname()[1]}"
    return {"AWS_ENDPOINT_URL": at, "AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret"}  # fmt: skip


@contextlib.contextmanager
def s3(at: str) -> Iterator[None]:
    """Run an S3 server with an empty bucket ``reports``."""
    with running(program(str(MOTO)), "-H", "127.0.0.1", "-p", at.rpartition(":")[2]):
        until(lambda: answers(f"{at}/moto-api/data.json"))
        place = f"<LocationConstraint>{REGION}</LocationConstraint>"
        body = f"<CreateBucketConfiguration>{place}</CreateBucketConfiguration>"
        bucket = urllib.request.Request(f"{at}/reports", method="PUT", data=body.encode())
        urllib.request.urlopen(bucket).close()
        yield


def answers(url: str) -> bool:
    """Say whether anybody answers at a URL."""
    try:
        urllib.request.urlopen(url).close()
    except OSError as error:
        return isinstance(error, urllib.error.HTTPError)
    return True
