"""A notebook run by ipykernel's own kernel and nbclient's own client, with memory between them.

What a stock run sends over sockets is packed, unpacked and handed over in place, so that the
notebook comes out as stock papermill writes it. It is meant for a process of its own, which ends
with the notebook.
"""

import logging
import os
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from types import SimpleNamespace
from typing import Any

import papermill.execute
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

IPYKERNEL = "ipykernel_launcher.py"


class MemorySession(Session):  # type: ignore[misc]  # its types are not looked at
    """Keeps what a kernel sends, as its client would unpack it: replies, and all else."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.replies: deque[dict[str, Any]] = deque()
        self.published: deque[dict[str, Any]] = deque()

    def send(
        self,
        stream: object,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Keep a message; ``stream`` says whether it is a reply."""
        msg = msg_or_type
        if not isinstance(msg, dict):
            known = {key: more[key] for key in ("header", "metadata") if key in more}
            msg = self.msg(msg, content=content, parent=parent, **known)
        sent = msg | {key: self.unpack(self.pack(msg[key])) for key in ("content", "metadata")}
        sent["buffers"] = [memoryview(buffer) for buffer in more.get("buffers") or ()]
        (self.replies if stream is self.replies else self.published).append(sent)
        return msg  # type: ignore[no-any-return]  # jupyter_client's own gap


class AtOnce(IOPubThread):  # type: ignore[misc]  # ipykernel has no types
    """Stands where ipykernel has its thread for sending, and does at once what it is given."""

    thread = io_loop = None

    def __init__(self) -> None:
        """Start nothing."""

    def schedule(self, task: Callable[[], None]) -> None:
        """Do it."""
        task()


class MemoryStream(OutStream):  # type: ignore[misc]  # ipykernel's has no types
    """``sys.stdout`` or ``sys.stderr``, with what is written to its file descriptor.

    ipykernel watches the descriptor from a thread; here a file takes its place, which is read
    before anything else is written and before anything is sent.
    """

    def __init__(self, session: MemorySession, thread: IOPubThread, name: str, fd: int) -> None:
        super().__init__(session, thread, name, watchfd=False)
        self._original_stdstream_copy = os.dup(fd)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the process
        self._read = 0
        self._flush_pending = False
        self._due = 0.0
        os.dup2(self._file.fileno(), fd)
        os.set_inheritable(fd, True)

    def _schedule_flush(self) -> None:
        """Send, after a fifth of a second, what waits: at the next write."""
        if not self._flush_pending:
            self._flush_pending = True
            self._due = time.monotonic() + self.flush_interval

    def _take(self) -> None:
        """Take in what came by the file descriptor."""
        size = os.fstat(self._file.fileno()).st_size
        if size > self._read:
            data = os.pread(self._file.fileno(), size - self._read, self._read)
            self._read += len(data)
            super().write(data.decode(errors="replace"))

    def write(self, string: str) -> int:
        """Write after what has come by the file descriptor."""
        if self._flush_pending and time.monotonic() > self._due:
            self._flush()
        self._take()
        return super().write(string)  # type: ignore[no-any-return]  # as above

    def _flush(self) -> None:
        self._take()
        super()._flush()


class MemoryClient:
    """The client that nbclient asks to run cells: each is run before the answer is waited for."""

    allow_stdin = False

    def __init__(self, kernel: IPythonKernel) -> None:
        self.kernel = kernel
        self.session: MemorySession = kernel.session
        self.shell_channel = SimpleNamespace(
            get_msg=lambda timeout=None: self._next(self.session.replies),
            send=self._receive,
        )
        self.iopub_channel = SimpleNamespace(
            get_msg=lambda timeout=None: self._next(self.session.published)
        )

    def client(self) -> "MemoryClient":
        """Return itself: it stands for the kernel's manager too."""
        return self

    has_kernel = True

    def start_channels(self) -> None:
        """Do nothing: there are none."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """Do nothing: the kernel is there."""

    async def is_alive(self) -> bool:
        """Say yes: a kernel that dies takes this client with it."""
        return True

    async def execute(self, code: str, **options: Any) -> str:
        """Run a cell, and return the request's number."""
        content = {"code": code, "silent": False, "user_expressions": {}, "allow_stdin": False}
        request = self.session.msg("execute_request", content | options)
        kernel = self.kernel
        kernel.set_parent([], request, channel="shell")
        kernel._publish_status("busy", "shell")
        await kernel.execute_request(self.session.replies, [], request)
        _flush()
        kernel._publish_status("idle", "shell")
        return str(request["header"]["msg_id"])

    def kernel_info(self) -> str:
        """Ask which language the kernel speaks, and return the request's number."""
        request = self.session.msg("kernel_info_request")
        content = {"status": "ok", **self.kernel.kernel_info}
        self.session.send(self.session.replies, "kernel_info_reply", content, request)
        return str(request["header"]["msg_id"])

    async def _next(self, messages: deque[dict[str, Any]]) -> dict[str, Any]:
        if not messages:
            raise Empty
        return messages.popleft()

    def _receive(self, message: dict[str, Any]) -> None:
        """Hand a widget's message to the kernel."""
        self.kernel.shell_handlers[message["header"]["msg_type"]](None, [], message)


class MemoryEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """The papermill engine of a process that has a pristine kernel, and will end soon."""

    kernel: IPythonKernel

    @classmethod
    def serve_here(cls, kernel: IPythonKernel) -> None:
        """Let papermill find this engine, for the children of this process."""
        cls.kernel = kernel
        papermill.execute.write_ipynb = lambda *_: None  # the worker writes it, once
        papermill_engines.register("unions_memory", cls)

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook in this process."""
        take_over(cls.kernel)
        return PapermillNotebookClient(nb_man, km=MemoryClient(cls.kernel)).execute()


def run_ready(node: Any, folder: str) -> Any:
    """Run, in a folder, a notebook that papermill has begun."""
    os.chdir(folder)
    manager = NotebookExecutionManager(node, progress_bar=False)
    return MemoryEngine.execute_managed_notebook(manager, "")


def take_over(kernel: IPythonKernel) -> None:
    """Give this process's streams, session and arguments to a kernel that has none."""
    session = MemorySession(key=b"")
    session.session = session.username = ""
    thread = AtOnce()
    kernel.session, kernel.iopub_socket, kernel.iopub_thread = session, thread, thread
    kernel.shell_stream = None
    kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
    kernel._execute_sleep = 0  # it waits for a socket, and there is none
    kernel.log = logging.getLogger("ipykernel")
    kernel._abort_queues = lambda subshell_id=None: None
    shell = kernel.shell
    for part in (shell.displayhook, shell.display_pub):
        part.session, part.pub_socket = session, thread
    shell.displayhook.topic = kernel._topic("execute_result")
    for name, fd in (("stdout", 1), ("stderr", 2)):
        stream = MemoryStream(session, thread, name, fd)
        setattr(sys, name, stream)
    sys.argv = [IPYKERNEL]
    if "" not in sys.path:
        sys.path.insert(_before_packages(), "")


def _before_packages() -> int:
    """Return the place in the search path where a kernel puts the working folder."""
    for place, entry in enumerate(sys.path):
        if Path(entry).name in ("site-packages", "dist-packages"):
            return place
    return 0


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
