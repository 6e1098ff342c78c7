"""The warm process that reports are forked from: the command's own, or started by this path.

What pandas and plotly show in a notebook is settled when they are imported: they look for the
shell. So this file, which imports nothing of the package before there is one, builds the shell.
"""

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

INLINE = "module://matplotlib_inline.backend_inline"


def pristine_kernel() -> Any:
    """Return the kernel that ``ipykernel`` starts, with its shell, without sockets or threads."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # so that no debugger is made
    from ipykernel.ipkernel import IPythonKernel
    from traitlets.config import Config

    os.environ.setdefault("MPLBACKEND", INLINE)
    # What the history keeps on disk it writes in a thread, and a process with threads cannot fork.
    kernel = IPythonKernel.instance(config=Config({"HistoryManager": {"enabled": False}}))
    kernel.shell.extension_manager.load_extension("storemagic")
    del sys.modules["debugpy"]
    return kernel


@contextlib.contextmanager
def shell_first(wanted: bool) -> Iterator[Any]:
    """Have a pristine kernel in a command that has just begun, while it imports the rest.

    Reports are then forked from the command's own process. None if that is not wanted, or cannot
    be: there is no fork, there are threads, or a shell is looked for no more.
    """
    late = {"IPython", "matplotlib", "pandas", "plotly"} & sys.modules.keys()
    if not wanted or late or threading.active_count() > 1 or not hasattr(os, "fork"):
        yield None
        return
    kernel = pristine_kernel()
    with kernel.shell.builtin_trap:
        yield kernel


def main() -> None:
    """Build the shell, import the package beside it, and serve."""
    kernel = pristine_kernel()
    with kernel.shell.builtin_trap:
        from analysis.batch.forker import serve
    serve(kernel)


if __name__ == "__main__":
    main()
