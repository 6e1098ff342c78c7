"""How long a report a school takes: the stock tools, ours, and plain Python, in one run.

Run by ``make bench`` (``make bench N=518`` for a county), or from the project folder by
``python -m benchmarks.make_reports 24``. Every side makes the report of the same notebook for the
first of the same invented schools, one side after the other, on one core; ours on two as well.
The stock tools are timed on a few schools only, and told how many; their HTML lacks every plotly
chart, which the notebook for schools has none of. Options: ``--stock 3`` (how many),
``--long 2000`` (memory over so many reports), ``--tiny 10000`` (so many tiny notebooks),
``--only ours,done,...`` (some sides).
"""

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.processes import Run, timed, used_by_children
from benchmarks.schools import schools, write_schools

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
NOTEBOOK = ROOT / "notebooks" / "school.ipynb"
DAY = "2026-11-22"
DONE_SCHOOLS = 24_000
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
SIDES = ("commands", "apis", "floor", "ours", "done")
HEAD = (
    "side                             reports  ms each  cpu ms   MB each   MB all"
    "    bytes each: html      pdf    ipynb"
)
TINY = {"parameters": "number: int = 0  # any", "sum": "number + 1"}


def cores(number: int) -> set[int]:
    """Return some of the processors that this process may use."""
    return set(sorted(os.sched_getaffinity(0))[:number])


def given(folder: Path, number: int) -> list[dict[str, str]]:
    """Return the parameters of each report."""
    workforce = str(folder / "schools.csv")
    urns = [school.urn for school in schools(number)]
    return [{"workforce": workforce, "urn": urn, "as_of": DAY} for urn in urns]


def by_commands(folder: Path, number: int) -> Iterator[tuple[str, Run]]:
    """Time the commands papermill and nbconvert, each started anew for each report."""
    out = folder / "commands"
    out.mkdir()
    whole = Run()
    for one in given(folder, number):
        made = out / f"{one['urn']}.ipynb"
        values = [part for name, value in one.items() for part in ("-r", name, value)]
        papermill = [f"{BIN}/papermill", str(NOTEBOOK), str(made), "--cwd", str(NOTEBOOK.parent)]
        nbconvert = [f"{BIN}/jupyter", "nbconvert", "--to", "html", str(made)]
        for command in ([*papermill, *values], nbconvert):
            add(whole, timed(command, cores(1), env=environment()))
        progress(f"commands: {one['urn']}")
    yield line("papermill, jupyter nbconvert", whole, number, out), whole


def environment() -> dict[str, str]:
    """Return an environment in which the stock tools find this Python's kernel first.

    No side shall compile its modules anew, as all do where Python may not keep them compiled.
    """
    kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    own = {"JUPYTER_PATH": f"{sys.prefix}/share/jupyter"}
    return kept | own | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def warm(folder: Path) -> None:
    """Run each side once untimed, so that modules are compiled and files are read."""
    before = folder / "before"
    before.mkdir()
    write_schools(before / "schools.csv", schools(1))
    for side in (by_commands, ours):
        list(side(before, 1))


def in_process(side: str, label: str) -> Callable[[Path, int], Iterator[tuple[str, Run]]]:
    """Time a side that makes all reports in one process, from its first report on."""

    def side_by_itself(folder: Path, number: int) -> Iterator[tuple[str, Run]]:
        (folder / side).mkdir()
        command = [sys.executable, "-m", "benchmarks.make_reports", side, str(folder), str(number)]
        run = timed(command, cores(1), cwd=ROOT, env=environment())
        run.wall, run.cpu = json.loads(run.said.splitlines()[-1])
        yield line(label, run, number, folder / side), run

    return side_by_itself


def apis(folder: Path, number: int) -> None:
    """Make reports by the stock tools' own functions."""
    import papermill
    from nbconvert import HTMLExporter

    with clock():
        exporter = HTMLExporter()
        for one in given(folder, number):
            made = str(folder / "apis" / f"{one['urn']}.ipynb")
            papermill.execute_notebook(
                str(NOTEBOOK), made, one, cwd=str(NOTEBOOK.parent), progress_bar=False
            )
            page, _ = exporter.from_filename(made)
            Path(made).with_suffix(".html").write_text(page, "utf-8")


def floor(folder: Path, number: int) -> None:
    """Make pages by plain Python, which has read ahead as the batch does."""
    from benchmarks.floor import write_pages

    from analysis.read.ahead import read_ahead

    reports = given(folder, number)
    read_ahead(ROOT / "data", DAY, reports[0]["workforce"])
    write_pages(NOTEBOOK, reports[:1], folder / "floor")  # what is made once, and imports
    with clock():
        write_pages(NOTEBOOK, reports, folder / "floor")


@contextlib.contextmanager
def clock() -> Iterator[None]:
    """Print the seconds and the processor seconds of a block, its children's among them."""
    wall, cpu = time.perf_counter(), time.process_time() + used_by_children()
    yield
    cpu = time.process_time() + used_by_children() - cpu
    print(json.dumps([time.perf_counter() - wall, cpu]))


def batch(
    folder: Path, name: str, workers: int, formats: str, *more: str, project: Path = ROOT
) -> Run:
    """Run a batch on as many cores as workers."""
    command = [f"{BIN}/unions", "--project", str(project), "batch", *more]
    command += ["--out", str(folder / name), "--quiet"]
    command += ["--workers", str(workers), "--to", formats]
    return timed(command, cores(workers), cwd=ROOT, env=environment())


def ours(folder: Path, number: int) -> Iterator[tuple[str, Run]]:
    """Time batches: the whole command, from its start to its end."""
    posts = [str(folder / "schools.csv"), "-p", f"as_of={DAY}"]
    for formats in ("html", "html,pdf"):
        for workers in (1, 2):
            name = f"unions batch, {formats}, {'one core' if workers == 1 else 'two cores'}"
            run = batch(folder, f"{formats}-{workers}", workers, formats, *posts)
            yield line(name, run, number, folder / f"{formats}-{workers}"), run


def done(folder: Path, number: int) -> Iterator[tuple[str, Run]]:
    """Time a batch of a country's schools that is done already, on one core."""
    write_schools(folder / "country.csv", schools(DONE_SCHOOLS))
    stand_in(folder / "country.csv", folder / "country")
    posts = [str(folder / "country.csv"), "-p", f"as_of={DAY}"]
    run = batch(folder, "country", 1, "html,pdf", *posts)
    assert f"0 made, {DONE_SCHOOLS:,} unchanged" in run.said, run.said
    text = f"{DONE_SCHOOLS:,} schools already done: {run.wall:.1f} s (cpu {run.cpu:.1f} s)"
    yield text, run


def stand_in(posts: Path, out: Path) -> None:
    """Write empty files, and the ledger and index that a batch would have written of them."""
    from analysis.batch.command import Asked, inputs_of, plan, values_of
    from analysis.batch.ledger import LEDGER, Ledger
    from analysis.batch.pages import write_index

    known: dict[str, dict[str, str]] = {}
    formats, typed = ("html", "pdf"), [f"as_of={DAY}"]
    asked = Asked(NOTEBOOK, ROOT / "data", posts, None, typed, formats, "", None, known)
    out.mkdir()
    jobs, _ = plan(asked, inputs_of(asked, values_of(asked), Ledger(out)))
    with (out / LEDGER).open("w", encoding="utf-8") as file:
        for job in jobs:
            names = [f"{job.stem}.{kind}" for kind in (*formats, "ipynb")]
            for name in names:
                (out / name).touch()
            files = {name: {"size": 0, "sha256": "0" * 64} for name in names}
            said = {"id": job.id, "title": job.title, "key": job.key, "status": "done"}
            said["edition"] = "none"
            more = {"parameters": job.parameters, "seconds": 0.25, "files": files, "made": DAY}
            file.write(json.dumps(said | more) + "\n")
    write_index(Ledger.read(out))


def over_many(folder: Path, number: int) -> Iterator[tuple[str, Run]]:
    """Make many reports on two cores, and tell the memory of a worker at each tenth."""
    posts = write_schools(folder / "many.csv", schools(number))
    run = batch(folder, "many", 2, "html,pdf", str(posts), "-p", f"as_of={DAY}")
    tenths = [run.part[at * len(run.part) // 10 : (at + 1) * len(run.part) // 10]
              for at in range(10)]  # fmt: skip
    peaks = " ".join(f"{max(part, default=0):.0f}" for part in tenths)
    yield line(f"{number:,} reports on two cores", run, number, folder / "many"), run
    yield f"MB of the larger worker, the most in each tenth of the run: {peaks}", run


def tiny(folder: Path, number: int) -> Iterator[tuple[str, Run]]:
    """Run a tiny notebook many times on two cores, in a project of its own."""
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "id": name, "source": code, "outputs": [], "execution_count": None,
         "metadata": {"tags": ["parameters"]} if name == "parameters" else {}}
        for name, code in TINY.items()
    ]  # fmt: skip
    cells.insert(0, {"cell_type": "markdown", "id": "title", "source": "# T", "metadata": {}})
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
    project, rows = folder / "project", folder / "tiny.csv"
    shutil.copytree(ROOT / "data", project / "data")
    (project / "notebooks").mkdir()
    (project / "notebooks" / "tiny.ipynb").write_text(json.dumps(whole), "utf-8")
    rows.write_text("number\n" + "".join(f"{at}\n" for at in range(number)), "utf-8")
    asked = ("--notebook", "tiny", "--parameters", str(rows))
    run = batch(folder, "tiny", 2, "ipynb", *asked, project=project)
    yield line(f"{number:,} tiny notebooks, two cores", run, number, folder / "tiny"), run


def add(whole: Run, more: Run) -> None:
    """Add a run to another that it is a part of."""
    whole.wall, whole.cpu = whole.wall + more.wall, whole.cpu + more.cpu
    whole.part += more.part
    whole.whole += more.whole


def line(side: str, run: Run, reports: int, out: Path) -> str:
    """Say one side's figures."""
    size = {
        kind: sum(path.stat().st_size for path in out.glob(f"[0-9]*.{kind}")) // reports
        for kind in ("html", "pdf", "ipynb")
    }
    each = f"{run.wall / reports * 1000:>8,.0f} {run.cpu / reports * 1000:>7,.0f}"
    memory = f"{max(run.part, default=0):>8,.0f} {max(run.whole, default=0):>8,.0f}"
    sizes = f"{size['html']:>20,} {size['pdf']:>8,} {size['ipynb']:>8,}"
    return f"{side:<33} {reports:>6,} {each}  {memory} {sizes}"


def progress(words: str) -> None:
    """Say on stderr what is being done."""
    print(f"[{time.strftime('%H:%M:%S')}] {words}", file=sys.stderr)


def ratios(took: dict[str, tuple[Run, int]]) -> Iterator[str]:
    """Yield how ours compares, by the clock and by processor time."""
    html, pdf = "ours html-1", "ours html,pdf-1"
    asked = (("commands", html), ("apis", html), (html, "floor"), ("commands", pdf), ("apis", pdf))
    for slower, faster in asked:
        if slower in took and faster in took:
            (one, many), (other, reports) = took[slower], took[faster]
            wall = one.wall / many / (other.wall / reports)
            cpu = one.cpu / many / (other.cpu / reports)
            yield f"{slower} / {faster}: {wall:.1f} times (by processor time {cpu:.1f})"


def measure(asked: Any, folder: Path) -> Iterator[str]:
    """Yield a line a side, then the ratios."""
    write_schools(folder / "schools.csv", schools(asked.number))
    few = min(asked.stock, asked.number)
    sides: dict[str, tuple[Callable[[Path, int], Iterator[tuple[str, Run]]], int]] = {
        "commands": (by_commands, few),
        "apis": (in_process("apis", "their APIs, one process"), few),
        "floor": (in_process("floor", "plain Python, minimal HTML"), asked.number),
        "ours": (ours, asked.number),
        "done": (done, DONE_SCHOOLS),
        "long": (over_many, asked.long),
        "tiny": (tiny, asked.tiny),
    }
    progress("warming up")
    warm(folder)
    took: dict[str, tuple[Run, int]] = {}
    names = iter(("html-1", "html-2", "html,pdf-1", "html,pdf-2"))
    for side, (time_it, number) in sides.items():
        if number and (side in asked.only or side in ("long", "tiny")):
            progress(side)
            for text, run in time_it(folder, number):
                took[f"ours {next(names)}" if side == "ours" else side] = run, number
                yield text
    yield from ratios(took)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time a report a school, by several means.")
    parser.add_argument("number", nargs="?", type=int, default=24, help="schools")
    parser.add_argument("--stock", type=int, default=3, help="schools for the stock tools")
    parser.add_argument("--long", type=int, default=0, help="reports to tell memory over")
    parser.add_argument("--tiny", type=int, default=0, help="tiny notebooks to run")
    parser.add_argument("--only", default=",".join(SIDES), help="sides to time")
    asked = SimpleNamespace(**vars(parser.parse_args()))
    asked.only = asked.only.split(",")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory() as made:
        for text in measure(asked, Path(made)):
            print(text, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] in (["apis"], ["floor"]):
        {"apis": apis, "floor": floor}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
