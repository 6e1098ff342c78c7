"""A papermill engine that runs notebooks in forks of a warm process: ``--engine unions_fork``.

The warm process is a process of its own, so that any program may use the engine, one with threads
too. It is started with the first notebook and ends with the program that uses it.
"""

import functools
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import DeadKernelError
from papermill.engines import NBClientEngine

from analysis.batch.farm import CAN_FORK, Farm, Worker
from analysis.batch.work import DONE, Task


class ForkEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """Runs a notebook in a fork of a warm process, as papermill's own engine would."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook; ``execution_timeout`` is for all of it.

        Raises
        ------
        DeadKernelError
            If the process that runs it is killed, ends or takes too long.
        """
        if not CAN_FORK:
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        with tempfile.TemporaryDirectory() as folder:
            limit = float(options.get("execution_timeout") or 0)
            task = Task("", {"cwd": str(Path.cwd())}, (), folder, "notebook", limit)
            path = Path(folder) / "notebook.ipynb"
            path.write_text(json.dumps(nb_man.nb), "utf-8")
            result = _worker(os.getpid())._ask(task)
            if result.status != DONE:
                raise DeadKernelError(result.sentence.removeprefix("{notebook}: "))
            nb_man.nb = nbformat.from_dict(json.loads(path.read_text("utf-8")))
        return nb_man.nb


@functools.cache
def _worker(pid: int) -> Worker:
    """Return this process's warm process."""
    return Worker(Farm(1, {}))
