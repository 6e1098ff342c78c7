"""A report that fails, fails alone; what was stopped goes on."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from analysis.batch.ledger import locked
from analysis.errors import ProjectError
from tests.batch.conftest import ledger_of, reports_of, run, strays_of
from tests.conftest import ROOT

BAD = {
    "raises": "notebooks/tiny.ipynb, cell cell-0: failed with ValueError: no such luck",
    "exits": "notebooks/tiny.ipynb: the process ended before the notebook (exit code 3)",
    "hangs": "notebooks/tiny.ipynb: took longer than --timeout allows",
    "dies": "notebooks/tiny.ipynb: the process was killed (SIGKILL)",
    "swells": "notebooks/tiny.ipynb, cell cell-0: failed with MemoryError",
}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def test_each_report_that_fails_fails_alone_and_says_why(tiny, out):
    asked = tiny("fine", *BAD, "fine too")
    summary = run(asked, out, timeout=4)
    assert (summary.made, summary.kept) == (2, 0)
    said = {name.rsplit("-", 1)[0]: sentence for name, sentence in summary.failures.items()}
    assert said == BAD
    written = {line["title"]: line.get("sentence", "") for line in ledger_of(out)}
    assert written == {"fine": "", "fine too": "", **BAD}
    assert {name.rsplit("-", 1)[0] for name in reports_of(out)} == {"fine", "fine-too"}
    assert strays_of(out) == []


def test_the_same_command_makes_only_what_is_missing(tiny, out):
    run(tiny("a", "b"), out)
    before = {name: (out / name).stat().st_mtime_ns for name in reports_of(out)}
    gone = min(before)
    (out / gone).unlink()
    summary = run(tiny("a", "b", "c"), out)
    assert (summary.made, summary.kept) == (2, 1)
    again = {name: (out / name).stat().st_mtime_ns for name in reports_of(out)}
    assert len(again) == 3
    assert [name for name in before if again[name] != before[name]] == [gone]


def test_without_fork_stock_papermill_makes_the_same_report(tiny, out, tmp_path):
    run(tiny("fine"), out)
    run(tiny("fine"), tmp_path / "stock", fork=False)
    assert reports_of(tmp_path / "stock") == reports_of(out)


def test_a_full_disk_leaves_no_part_of_a_report(tiny, out):
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))"
    slow = f"{code}\nfrom tests.batch import again; again.main()"
    asked = tiny("fine")
    out.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", slow, str(asked.rows), str(out)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "File too large" in done.stderr
    assert reports_of(out) == {}
    assert run(asked, out).made == 1
    assert len(reports_of(out)) == 1
    assert strays_of(out) == []


def test_a_second_batch_in_a_folder_is_told_of_the_first(tiny, out):
    with locked(out), pytest.raises(ProjectError, match="another batch is writing to"):
        run(tiny("fine"), out)
    assert reports_of(out) == {}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_batch_that_is_killed_goes_on_where_it_was(tiny, out, seed):
    chance = random.Random(seed)
    asked = tiny(*(f"slow {n}" for n in range(8)))
    code = "from tests.batch import again; again.main()"
    for _ in range(2):
        command = [sys.executable, "-c", code, str(asked.rows), str(out)]
        batch = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        wait_for_a_report(out, batch)
        time.sleep(chance.uniform(0, 0.6))
        os.kill(batch.pid, signal.SIGKILL)
        batch.wait()
    before = {line["id"] for line in ledger_of(out) if line["status"] == "done"}
    summary = run(asked, out)
    assert summary.made + summary.kept == 8
    assert summary.kept >= len(before) - 1
    assert len(reports_of(out)) == 8
    assert all(b"</html>" in page for page in reports_of(out).values())
    assert strays_of(out) == []


def wait_for_a_report(out, batch):
    """Wait until a batch has added a report to its folder."""
    seen = len(reports_of(out)) if out.exists() else 0
    while batch.poll() is None and (len(reports_of(out)) if out.exists() else 0) <= seen:
        time.sleep(0.02)
