"""A command that has just begun forks its workers from itself; they make the same reports."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.batch.warm import shell_first
from tests.batch.conftest import SHOW, reports_of, strays_of, write_notebook
from tests.batch.torture import settled
from tests.conftest import union

UNIONS = Path(sys.executable).parent / "unions"
# Whose child it is stands beside the reports, for it is not to be seen in them.
WHOSE = """import os, sys, threading
from pathlib import Path
words = Path(f"/proc/{os.getppid()}/cmdline").read_bytes()
_ = Path("whose.txt").write_bytes(words)"""
LOOK = """import matplotlib, pandas as pd, plotly.io
case = repr([
    sys.path, sys.argv, os.getcwd(), os.environ.get("MPLBACKEND"), matplotlib.get_backend(),
    plotly.io.renderers.default, pd.get_option("display.max_rows"), type(get_ipython()).__name__,
    threading.active_count(), sys.stdin.read(), len(os.listdir("/dev/fd")), __name__,
])"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="asks /proc whose child it is")
def test_workers_forked_from_the_command_make_what_workers_of_their_own_make(
    tmp_path, write_folder
):
    project = write_folder(union("neu", "NEU", founded="2017")).parent
    notebook = write_notebook(project / "notebooks" / "look.ipynb", WHOSE, LOOK, SHOW)
    rows = project / "cases.csv"
    rows.write_text("case\none\n")
    command = [UNIONS, "--project", project, "batch", "--parameters", rows, "--notebook", "look",
               "--to", "html", "-p", "as_of=2026-09-01", "--quiet", "--out"]  # fmt: skip
    new, begun = project / "new", project / "begun"
    begun.mkdir()
    whose = []
    for out in (new, begun):
        subprocess.run([*command, out], check=True)
        whose.append((notebook.parent / "whose.txt").read_text().split("\0"))
    assert [str(UNIONS) in words for words in whose] == [True, False]
    assert [words[-2].endswith("warm.py") for words in whose] == [False, True]
    assert reports_of(new) == reports_of(begun)
    first, second = (settled(next(out.glob("*.ipynb"))) for out in (new, begun))
    assert first == second
    assert strays_of(new) == strays_of(begun) == []


def test_a_process_that_has_imported_pandas_forks_no_workers_from_itself():
    with shell_first(wanted=True) as kernel:
        assert kernel is None
