"""Every line of code and every command of the README runs as pasted."""

import re
import shlex
import shutil
import subprocess

import pytest

import analysis.lab
from analysis.cli import main, parser
from tests.conftest import ROOT
from tests.programs import program
from tests.read.staff.published_files import FROM_2024, sheet, write_workbook
from tests.read.staff.test_schooltables import school

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, flags=re.DOTALL)
LINES = [
    line.partition("#")[0].strip()
    for kind, block in BLOCKS
    if not kind
    for line in block.replace("\\\n", " ").splitlines()
]
OURS, CONDAS = ".venv/bin/unions ", "conda run -n unions unions "
# The three plain commands and the environment have tests of their own, where the locks are tested.
OTHERS = ("make ", "python -m venv ", ".venv\\Scripts\\pip install ", "conda env create ", CONDAS)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project, with the files that the README's lines name."""
    folder = tmp_path_factory.mktemp("project")
    for part in ("data", "notebooks"):
        shutil.copytree(ROOT / part, folder / part)
    (workbook,) = set(re.findall(r"\S+\.xlsx", README.replace("workforce=", "")))
    schools = [school(117500, "Elm School"), school(117501, "Oak School")]
    write_workbook(folder / workbook, Schools_2024=sheet(FROM_2024, schools))
    (folder / "unions.csv").write_text("union\nnaht\nneu\n")
    return folder


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith(OURS)])
def test_a_command_of_the_readme_runs_and_leaves_what_it_says(line, project, monkeypatch, capsys):
    monkeypatch.chdir(project)
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "cache"))
    opened = []
    monkeypatch.setattr(analysis.lab, "open_lab", lambda *asked: opened.append(asked) or 0)
    _, command, *more = words = shlex.split(line)
    assert main(words[1:]) == 0
    said = capsys.readouterr().out
    if command == "batch":
        out, made = re.fullmatch(r"(\S+): (\d+) made, 0 unchanged, 0 failed\n", said).groups()
        assert more[-1] == out
        assert (project / out / "index.html").is_file()
        assert len(list((project / out).glob("*.pdf"))) >= int(made) > 0
    elif command == "report":
        files = [project / name for name in said.split()]
        assert {file.suffix for file in files} == {".html", ".pdf", ".ipynb"}
        assert all(file.stat().st_size > 10_000 for file in files)
    else:
        assert said or opened


def test_every_line_is_of_a_kind_that_is_tested():
    assert [line for line in LINES if line and not line.startswith((OURS, *OTHERS))] == []


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_make_knows_its_lines(line):
    dry = [program("make"), "--dry-run", *shlex.split(line)[1:]]
    assert subprocess.run(dry, cwd=ROOT, capture_output=True).returncode == 0


def test_what_conda_and_windows_are_told_to_run_is_a_command():
    (told,) = [line.removeprefix(CONDAS) for line in LINES if line.startswith(CONDAS)]
    assert f".venv\\Scripts\\unions {told}`" in README
    asked = parser().parse_args(shlex.split(told))
    assert (ROOT / "notebooks" / f"{asked.name}.ipynb").is_file()


def test_the_lines_of_python_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    (code,) = [block for kind, block in BLOCKS if kind == "python"]
    names_made: dict[str, object] = {}
    exec(code, names_made)
    assert "data" in names_made
