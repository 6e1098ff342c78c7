"""Workers forked from the command itself, which spares each of them a start of its own."""

import os
import socket
import sys
import threading
import traceback
from pathlib import Path
from typing import IO, Any

from analysis.batch.child import Child
from analysis.batch.forker import Forker, answer


class Forked:
    """A worker forked from this process, which must have no threads.

    It is written to, read, killed and waited for as a ``subprocess.Popen`` is.
    """

    def __init__(self, kernel: Any, errors: IO[bytes]) -> None:
        ours, theirs = socket.socketpair()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        kept = theirs.fileno(), errors.fileno()
        self.child = Child(lambda: _serve(kernel, theirs, errors), *kept)
        self.lock = threading.Lock()
        self.stdin, self.stdout = ours.makefile("wb"), ours.makefile("rb")
        ours.close()
        theirs.close()

    def kill(self) -> None:
        """End the process at once."""
        with self.lock:
            if self.child.status is None:
                self.child.end()

    def wait(self) -> None:
        """Do nothing: who kills it has waited."""


def _serve(kernel: Any, channel: socket.socket, errors: IO[bytes]) -> None:
    """Answer tasks until there are no more; nothing else shall be heard of this process."""
    try:
        with Path(os.devnull).open("r+b", buffering=0) as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(nothing.fileno(), 1)
        os.dup2(errors.fileno(), 2)
        errors.close()
        if not sys.flags.safe_path:
            del sys.path[0]  # the command's own folder, which no kernel has
        answer(Forker(kernel), channel.makefile("rb"), channel.fileno())
    except BaseException:
        traceback.print_exc()
