"""Notebooks: their form, and that they run alike by hand, by papermill and by the command."""

import ast
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from ipykernel.kernelspec import get_kernel_dict

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


@every_notebook
def test_a_notebook_holds_no_outputs_counts_or_stray_metadata(path):
    node = json.loads(path.read_text("utf-8"))
    assert set(node["metadata"]) == {"kernelspec"}
    # As JupyterLab writes it on every save, so that the hook puts a saved file back.
    assert node["metadata"]["kernelspec"] == {
        "display_name": get_kernel_dict()["display_name"], "language": "python", "name": "python3"
    }  # fmt: skip
    for cell in node["cells"]:
        assert set(cell["metadata"]) <= {"tags"}
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", cell["id"]), cell["id"]
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


def test_the_cleaning_hook_leaves_every_notebook_byte_for_byte(tmp_path):
    import yaml

    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    args = hooks["repos"][0]["hooks"][0]["args"]
    copies = [Path(shutil.copy(path, tmp_path)) for path in NOTEBOOKS]
    subprocess.run([sys.executable, "-m", "jupyter", *args, *map(str, copies)], check=True)
    assert [copy.read_bytes() for copy in copies] == [path.read_bytes() for path in NOTEBOOKS]


@every_notebook
def test_a_notebook_is_short_and_leaves_logic_to_the_package(path):
    for cell in code_cells(path):
        assert len(cell.source.splitlines()) <= 8, cell.id
        for node in ast.walk(ast.parse(cell.source)):
            banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try, ast.Lambda)
            assert not isinstance(node, banned), cell.id
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert getattr(node, "module", "") == "analysis", cell.id


@every_notebook
def test_headings_begin_at_one_and_skip_no_level(path):
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"]
    levels = [
        len(line) - len(line.lstrip("#"))
        for cell in cells
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@every_notebook
def test_each_parameter_has_a_type_a_default_and_a_help_text(path):
    (cell,) = [cell for cell in code_cells(path) if "parameters" in cell.metadata.get("tags", [])]
    assert code_cells(path)[0].id == cell.id
    for line in cell.source.splitlines():
        assert re.fullmatch(r"\w+: (list|str|int|bool) = [^#]+  # .{10,}", line), line


@pytest.mark.parametrize("tool", ["nbconvert", "nbmake"])
def test_other_stock_tools_run_every_notebook_and_write_nothing_here(tool, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    notebooks = shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    names = sorted(str(path) for path in notebooks.glob("*.ipynb"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    (tmp_path / "out").mkdir()
    words = {
        "nbconvert": ["jupyter", "nbconvert", "--execute", "--to=notebook",
                      f"--output-dir={tmp_path / 'out'}", *names],
        "nbmake": ["pytest", "-q", "-c", os.devnull, "-p", "no:cacheprovider", "--nbmake", *names],
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", *words[tool]], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    written = {"nbconvert": {tmp_path / "out" / path.name for path in NOTEBOOKS}}
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert set(after) - set(before) == written.get(tool, set())
    assert {path: after[path] for path in before} == before


def test_a_misspelt_union_is_refused_by_its_own_sentence_even_by_stock_papermill(tmp_path):
    with pytest.raises(papermill.PapermillExecutionError, match=r"no union 'nue'; did you mean"):
        papermill.execute_notebook(
            ROOT / "notebooks" / "comparison.ipynb",
            tmp_path / "out.ipynb",
            parameters={"unions": ["nue"]},
            cwd=ROOT / "notebooks",
            progress_bar=False,
        )
