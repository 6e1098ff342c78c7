"""What ``unions explore`` starts, and what it says where it cannot."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import analysis.lab
from analysis.cli import main
from analysis.lab import lab_command, lab_surroundings
from tests.conftest import ROOT


def test_explore_opens_its_notebook_and_hands_on_options_that_it_does_not_know(monkeypatch):
    asked = []
    monkeypatch.setattr(analysis.lab, "open_lab", lambda *given: asked.append(given) or 0)
    options = ["--no-browser", "--port", "8899", "--ip=0.0.0.0"]
    assert main(["--project", str(ROOT), "explore", *options]) == 0
    notebook = Path("notebooks/explore.ipynb")
    assert asked == [(ROOT, notebook, ["--no-browser", "--port=8899", "--ip=0.0.0.0"])]


def test_an_option_that_another_command_does_not_know_is_wrong_usage(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["check", "--no-browser"])
    assert "unrecognized arguments: --no-browser" in capsys.readouterr().err


def test_jupyterlab_is_started_with_this_pythons_kernel_and_asks_its_makers_nothing():
    command = lab_command(ROOT, Path("notebooks/explore.ipynb"), [])
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--LabApp.news_url=None" in command
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in command
    around = lab_surroundings()
    assert around["JUPYTER_PATH"].startswith(str(Path(sys.prefix) / "share" / "jupyter"))
    page = (
        Path(around["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0]) / "labconfig" / "page_config.json"
    )
    off = json.loads(page.read_text("utf-8"))["disabledExtensions"]
    assert off == {"@jupyterlab/apputils-extension:announcements": True}


def test_without_jupyterlab_one_sentence_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main(["--project", str(ROOT), "explore"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("jupyterlab is not installed here; run: pip install")


def test_ctrl_c_ends_it_without_a_question_or_a_traceback(tmp_path):
    waits = (
        "import signal, time; signal.signal(2, lambda *_: exit()); "
        "print(1, flush=True); time.sleep(60)"
    )
    lines = (
        "import sys; from pathlib import Path; import analysis.lab as lab\n"
        f"lab.lab_command = lambda *_: [sys.executable, '-c', {waits!r}]\n"
        "sys.exit(lab.open_lab(Path('.'), Path('x'), []))"
    )
    running = subprocess.Popen([sys.executable, "-c", lines], cwd=tmp_path, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               start_new_session=True)  # fmt: skip
    assert running.stdout.readline() == "1\n"
    os.killpg(running.pid, signal.SIGINT)
    said = running.communicate(timeout=60)
    assert (running.returncode, said) == (0, ("", ""))
    assert "--ServerApp.answer_yes=True" in lab_command(tmp_path, Path("x"), [])
