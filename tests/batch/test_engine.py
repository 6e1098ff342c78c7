"""The engine's notebooks are stock papermill's, and no run leaves a trace in the next."""

import json
import os
import subprocess
import sys
import tomllib

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from papermill.engines import papermill_engines

from analysis.batch import engine
from analysis.report.parameters import read_parameters
from tests.batch.torture import KERNEL, settled, torture
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", autouse=True)
def registered():
    papermill_engines.register("unions_fork", engine.ForkEngine)
    yield
    engine._worker(os.getpid()).end()


def run_ours(path, out, **parameters):
    papermill.execute_notebook(path, out, parameters, "unions_fork", cwd=path.parent,
                               progress_bar=False)  # fmt: skip


def run_stock(path, out, *options):
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "--cwd", str(path.parent)]
    # A kernel that sees pytest's mark does not watch its file descriptors.
    env = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return subprocess.run([*command, str(path), str(out), *options], capture_output=True, env=env)


def outputs(path):
    cells = nbformat.read(path, 4).cells
    return ["".join(o.get("text", "") or o.data["text/plain"] for o in c.outputs) for c in cells]


def test_the_engine_is_one_that_papermill_finds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    place = project["entry-points"]["papermill.engine"]["unions_fork"]
    assert place == f"{engine.ForkEngine.__module__}:{engine.ForkEngine.__name__}"


def test_a_notebook_of_everything_comes_out_as_stock_papermill_writes_it(tmp_path):
    path, stock, ours = (tmp_path / f"{name}.ipynb" for name in ("torture", "stock", "ours"))
    nbformat.write(torture(), path)
    done = run_stock(path, stock, "-p", "case", "given")
    assert b"RuntimeError: the end" in done.stderr
    with pytest.raises(papermill.PapermillExecutionError, match="the end"):
        run_ours(path, ours, case="given")
    assert settled(ours).splitlines() == settled(stock).splitlines()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_our_notebooks_come_out_as_stock_papermill_writes_them(path, tmp_path):
    stock, ours = tmp_path / "stock.ipynb", tmp_path / "ours.ipynb"
    day = "after" if path.stem == "changes" else "as_of"
    unions = {"unions": ["naht", "neu"]} if "unions" in read_parameters(path) else {}
    options = ["-y", json.dumps(unions)] if unions else []
    done = run_stock(path, stock, "-r", day, "2026-11-22", *options)
    assert done.returncode == 0, done.stderr
    run_ours(path, ours, **unions, **{day: "2026-11-22"})
    assert settled(ours) == settled(stock)


LOOK = """import os, random, sys, threading, warnings
import numpy as np, pandas as pd
seen = [os.environ.get("MARK"), os.getcwd(), "mark" in globals(), pd.options.display.max_rows,
        len(warnings.filters), threading.active_count(), hasattr(pd, "mark"), os.umask(0o022),
        sys.getrecursionlimit(), np.geterr()["divide"]]
seen"""
SPOIL = """from analysis import *
facts = read_dataset(folder).facts
facts.loc[:, "value"] = ""
mark = os.environ["MARK"] = pd.mark = "left"
os.chdir("/"); pd.options.display.max_rows = 3; warnings.simplefilter("ignore")
os.umask(0o077); sys.setrecursionlimit(2000); np.seterr(divide="raise")
threading.Thread(target=threading.Event().wait, daemon=True).start()
(random.random(), np.random.rand())"""
SHARE = """from analysis import *
facts = read_dataset(folder).facts
len(facts) > 1000 and "" not in set(facts["value"])"""


def test_no_run_leaves_a_trace_in_the_next_but_each_draws_its_own_chances(tmp_path):
    path = tmp_path / "look.ipynb"
    folder = f"folder = {str(ROOT / 'data')!r}"
    cells = [new_code_cell(source) for source in (folder, SHARE, LOOK, SPOIL)]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    for name in ("one", "two"):
        run_ours(path, tmp_path / f"{name}.ipynb")
    one, two = outputs(tmp_path / "one.ipynb"), outputs(tmp_path / "two.ipynb")
    assert one[:3] == two[:3]
    assert one[1] == "True"
    assert "left" not in one[2]
    drawn = [json.loads(texts[3].replace("(", "[").replace(")", "]")) for texts in (one, two)]
    assert drawn[0][0] != drawn[1][0]
    assert drawn[0][1] != drawn[1][1]


def test_a_run_that_ends_its_process_is_a_dead_kernel(tmp_path):
    path = tmp_path / "ends.ipynb"
    cells = [new_code_cell("import os; os._exit(4)")]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    with pytest.raises(engine.DeadKernelError, match="ended before the notebook"):
        run_ours(path, tmp_path / "out.ipynb")
