"""The project's own files agree with each other."""

import ensurepip
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from analysis.cli import parser
from analysis.report.parameters import read_parameters
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~ ;]", line)[0].lower() for line in requirements}


def locked(file: str) -> set[str]:
    text = (ROOT / file).read_text("utf-8")
    return set(re.findall(r"^([a-z0-9._-]+)==", text, flags=re.MULTILINE))


def test_every_dependency_is_locked_with_hashes_and_no_address():
    assert names(PROJECT["dependencies"]) <= locked("requirements.lock")
    for extra in PROJECT["optional-dependencies"].values():
        assert names(extra) <= locked("requirements-dev.lock")
    for file in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / file).read_text("utf-8")
        pins = re.findall(r"^[a-z0-9._-]+==", text, flags=re.MULTILINE)
        assert len(re.findall(r"\\\n    --hash=", text)) >= len(pins)
        assert "://" not in text
        assert "--index" not in text


def test_the_test_lock_holds_the_report_lock_and_more():
    pins = {file: set(re.findall(r"^[a-z0-9._-]+==[^ ]+", (ROOT / file).read_text("utf-8"), re.M))
            for file in ("requirements.lock", "requirements-dev.lock")}  # fmt: skip
    assert pins["requirements.lock"] < pins["requirements-dev.lock"]


def test_conda_users_get_python_pip_and_the_same_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    python, pip, packages = environment["dependencies"]
    assert python == "python=3.11"
    assert pip == "pip"
    assert packages == {"pip": ["-r requirements.lock"]}


def test_pip_resolves_what_conda_hands_it_and_that_is_the_lock(tmp_path):
    """Run pip as ``conda env create`` does: on a file of the pip part, beside environment.yml.

    All of the lock stands in this Python, so that pip needs no network, and a pin that it
    cannot find, or finds at another version, fails.
    """
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    for file in ("environment.yml", "requirements.lock"):
        shutil.copy(ROOT / file, tmp_path)
    handed = tmp_path / "condaenv.x.requirements.txt"
    handed.write_text("\n".join(environment["dependencies"][-1]["pip"]), "utf-8")
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--no-index",
               "--require-hashes", "--disable-pip-version-check", "-r", str(handed)]  # fmt: skip
    # The pip that comes with Python, for environments that were made without one.
    bundled = Path(ensurepip.__file__).parent.glob("_bundled/pip-*.whl")
    paths = os.pathsep.join(map(str, bundled))
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", timeout=120,
                          env=os.environ | {"PYTHONPATH": paths})  # fmt: skip
    assert done.returncode == 0, done.stderr
    met = set(re.findall(r"^Requirement already satisfied: ([^=]+==\S+)", done.stdout, re.M))
    left_out = set(re.findall(r"^Ignoring ([^:]+): markers", done.stdout, re.M))
    pins = set(
        re.findall(r"^[a-z0-9._-]+==[^ ;]+", (ROOT / "requirements.lock").read_text(), re.M)
    )
    assert met <= pins
    assert {pin.partition("==")[0] for pin in pins} == {
        *(pin.partition("==")[0] for pin in met), *left_out}  # fmt: skip
    assert "Would install" not in done.stdout


def test_the_readmes_three_commands_are_what_make_runs():
    recipe = re.search(r"^\.venv/ready:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)[1]
    made = [
        line.strip()
        .replace("$(PYTHON)", "python")
        .replace("$(BIN)/", r".venv\Scripts" + "\\")
        .replace(" --quiet --disable-pip-version-check", "")
        for line in recipe.splitlines()
    ]
    assert made[-1] == "touch $@"
    assert "\n".join(made[:-1]) in README


def test_every_dependency_has_its_reason_in_the_changelog():
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    wanted = names(PROJECT["dependencies"]).union(
        *map(names, PROJECT["optional-dependencies"].values())
    )
    assert [name for name in sorted(wanted) if name not in text] == []


def test_the_version_is_the_same_everywhere():
    version = PROJECT["version"]
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"## {version} - " in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_command_and_parameter_is_in_the_readme():
    actions = parser()._subparsers._group_actions
    commands = [name for action in actions for name in action.choices]
    assert [name for name in commands if f"unions {name}" not in README] == []
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        takes = read_parameters(notebook)
        assert [name for name in takes if f"`{name}`" not in README] == []


def test_ci_runs_the_readmes_own_test_command():
    assert re.search(r"^make test$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    assert "\nmake test " in README


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", "data/README.md"])
def test_every_link_of_a_document_leads_to_a_file(file):
    text = (ROOT / file).read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not (ROOT / file).parent.joinpath(link).exists()] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no git here to ask what is kept")
def test_no_sample_or_report_is_kept_in_the_repository():
    kept = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [name for name in kept.stdout.split() if name.endswith((".html", ".pdf"))] == []


def test_every_part_of_the_package_is_in_the_contributors_table():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rooms = {path.name for path in (ROOT / "src" / "analysis").iterdir() if path.is_dir()}
    assert [room for room in rooms - {"__pycache__"} if f"analysis/{room}/" not in text] == []
