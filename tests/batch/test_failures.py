"""A report that fails, fails alone; what was stopped goes on."""

import contextlib
import os
import random
import re
import subprocess
import sys
import time

import psutil
import pytest
from bs4 import BeautifulSoup

from analysis.batch.ledger import locked
from analysis.errors import ProjectError
from analysis.report.html import shared_files
from tests.batch.conftest import ledger_of, reports_of, run, strays_of, write_notebook
from tests.conftest import ROOT
from tests.programs import program

BAD = {
    "raises": "notebooks/tiny.ipynb, cell cell-0: failed with ValueError: no such luck",
    "exits": "notebooks/tiny.ipynb: the process ended before the notebook (exit code 3)",
    "hangs": "notebooks/tiny.ipynb: took longer than --timeout allows",
    "dies": "notebooks/tiny.ipynb: the process was killed (SIGKILL)",
    "swells": "notebooks/tiny.ipynb, cell cell-0: failed with MemoryError",
}

AGAIN = "from tests.batch import again; again.main()"
FULL = """
mount -t tmpfs -o size=$SIZE tmpfs "$OUT" || exit 90
"$PYTHON" -c "$CODE" "$ROWS" "$OUT"; echo "exit $?"
ls -A "$OUT"
mount -o remount,size=60m "$OUT"
"$PYTHON" -c "$CODE" "$ROWS" "$OUT"; echo "exit $?"
cp -r "$OUT/." "$KEPT"
"""


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


def test_the_index_is_written_again_only_after_the_ledger(tiny, out):
    run(tiny("a"), out)
    path = out / "index.html"
    path.write_text("kept")
    run(tiny("a"), out)
    assert path.read_text() == "kept"
    os.utime(path, ns=(0, 0))
    run(tiny("a"), out)
    assert "</html>" in path.read_text("utf-8")


def test_without_fork_stock_papermill_makes_the_same_report(tiny, out, tmp_path):
    run(tiny("fine"), out)
    run(tiny("fine"), tmp_path / "stock", fork=False)
    assert reports_of(tmp_path / "stock") == reports_of(out)


def test_a_full_disk_leaves_no_part_of_a_report(tiny, out):
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))"
    slow = f"{code}\n{AGAIN}"
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


@pytest.mark.parametrize("room", [-1, 100_000], ids=["at the start", "in the midst"])
def test_a_disk_that_runs_full_holds_whole_reports_and_the_rest_follows(tiny, tmp_path, out, room):
    asked = tiny(*(f"slow {n}" for n in range(12)))
    out.mkdir()
    kept = tmp_path / "kept"
    kept.mkdir()
    size = sum(map(len, shared_files().values())) + room
    values = {"SIZE": size, "OUT": out, "KEPT": kept, "PYTHON": sys.executable,
              "ROWS": asked.rows, "CODE": AGAIN}  # fmt: skip
    done = subprocess.run(
        [program("unshare"), "--map-root-user", "--mount", "sh", "-c", FULL],
        cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {name: str(value) for name, value in values.items()},
    )  # fmt: skip
    if done.returncode == 90:
        pytest.skip("no disk of a chosen size can be mounted here")
    assert "No space left on device" in done.stderr
    first, again = re.findall(r"exit (\d)", done.stdout)
    assert (first, again) == ("1", "0")
    before = re.findall(r"slow-\d+-\w+\.html", done.stdout)
    assert (0 < len(before) < 12) if room > 0 else before == []
    assert f"{12 - len(before)} made, {len(before)} unchanged, 0 failed" in done.stderr
    assert len(reports_of(kept)) == 12
    assert all(page.rstrip().endswith(b"</html>") for page in reports_of(kept).values())
    assert strays_of(kept) == []


def test_a_second_batch_in_a_folder_is_told_of_the_first(tiny, out):
    with locked(out), pytest.raises(ProjectError, match="another batch is writing to"):
        run(tiny("fine"), out)
    assert reports_of(out) == {}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_batch_that_is_killed_goes_on_where_it_was(tiny, out, seed):
    """Twenty kills of what the command began, and five of itself, at random moments."""
    chance = random.Random(seed)
    asked = tiny(*(f"slow {n}" for n in range(30)))
    kept, hits = 0, 0
    for round_ in range(5):
        batch = begin(asked, out, at_work=round_ > 0)
        for _ in range(4):
            time.sleep(chance.uniform(0, 0.3))
            hits += kill_one_below(batch.pid, chance)
        batch.kill()
        batch.wait()
        assert kept <= len(done_in(out))
        kept = len(done_in(out))
    assert hits > 10
    summary = run(asked, out, workers=2)
    assert (summary.made, summary.kept, summary.failures) == (30 - kept, kept, {})
    assert len(reports_of(out)) == len(done_in(out)) == 30
    for name, page in reports_of(out).items():
        (case,) = re.findall(r"slow \d+", BeautifulSoup(page, "html.parser").get_text(" "))
        assert name.startswith(case.replace(" ", "-"))
        assert page.rstrip().endswith(b"</html>")
    assert strays_of(out) == []


def begin(asked, out, at_work):
    """Start a batch in a process of its own; return it once it has begun, or made a report."""
    ledger = out / "ledger.jsonl"
    lines = ledger.read_bytes().count(b"\n") if ledger.exists() else 0
    batch = subprocess.Popen([sys.executable, "-c", AGAIN, str(asked.rows), str(out)], cwd=ROOT,
                             stderr=subprocess.DEVNULL)  # fmt: skip
    wanted = lines + 1 + at_work
    while batch.poll() is None:
        if ledger.exists() and ledger.read_bytes().count(b"\n") >= wanted:
            break
        time.sleep(0.02)
    return batch


def kill_one_below(pid, chance):
    """Kill a process that another began, if there is any; say whether one was."""
    with contextlib.suppress(psutil.NoSuchProcess):
        if below := psutil.Process(pid).children(recursive=True):
            chance.choice(below).kill()
            return True
    return False


def done_in(out):
    """Return the ids of the reports that a folder's ledger calls done."""
    if not (out / "ledger.jsonl").exists():
        return set()
    return {line["id"] for line in ledger_of(out) if line["status"] == "done"}


def test_a_batch_may_keep_executed_notebooks_alone_whatever_they_show(tiny, out):
    notebook = write_notebook(out.parent / "notebooks" / "prints.ipynb", "print(case)")
    assert run(tiny("fine", formats=(), notebook=notebook), out).made == 1
    (kept,) = out.glob("fine*")
    assert kept.suffix == ".ipynb"
    assert f'href="{kept.name}"' in (out / "index.html").read_text("utf-8")
