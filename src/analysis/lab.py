"""Opens JupyterLab on a notebook, with this environment's own kernel."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from analysis.errors import ProjectError

# JupyterLab's own questions to its makers' servers stay unasked; Ctrl-C ends it without another.
QUIET = [
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
    "--ServerApp.answer_yes=True",
]


def lab_command(folder: Path, notebook: Path, options: list[str]) -> list[str]:
    """Return the command that opens JupyterLab in a folder on one of its notebooks.

    >>> lab_command(Path("."), Path("notebooks/explore.ipynb"), ["--port=8899"])[-2:]
    ['--port=8899', 'notebooks/explore.ipynb']
    """
    root = f"--ServerApp.root_dir={folder.absolute()}"
    return [sys.executable, "-m", "jupyterlab", *QUIET, root, *options, notebook.as_posix()]


def lab_surroundings() -> dict[str, str]:
    """Return an environment in which this Python's own kernel is found before any other."""
    first = {
        "JUPYTER_PATH": Path(sys.prefix) / "share" / "jupyter",
        # Here stands that no news are to be offered.
        "JUPYTER_CONFIG_PATH": Path(__file__).parent / "jupyter",
    }
    return dict(os.environ) | {
        name: os.pathsep.join(filter(None, [str(folder), os.environ.get(name)]))
        for name, folder in first.items()
    }


def check_lab() -> None:
    """Refuse to go on where there is no JupyterLab.

    Raises
    ------
    ProjectError
        If it is not installed.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        lock = "pip install --require-hashes -r requirements.lock"
        raise ProjectError(f"jupyterlab is not installed here; run: {lock}")


def open_lab(folder: Path, notebook: Path, options: list[str]) -> int:
    """Run JupyterLab until the reader ends it; return its exit code, 0 after Ctrl-C."""
    command = lab_command(folder, notebook, options)
    # Ctrl-C reaches JupyterLab too, which then ends by itself.
    with subprocess.Popen(command, cwd=folder, env=lab_surroundings()) as lab:
        try:
            return lab.wait()
        except KeyboardInterrupt:
            return ended(lab)


def ended(lab: "subprocess.Popen[bytes]") -> int:
    """Wait until JupyterLab has ended its kernels and itself; end it where it does not."""
    try:
        lab.wait(timeout=10)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        lab.terminate()
    return 0
