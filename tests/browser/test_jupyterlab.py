"""JupyterLab as a reader opens it: each notebook runs, draws, asks nothing, and is put back."""

import json
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Locator

from analysis.cli import main
from analysis.lab import lab_command, lab_surroundings
from tests.conftest import ROOT

NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
KEPT = ("data", "notebooks", "pyproject.toml")
WAIT = 120_000
OURS = sorted(
    one.name for one in entry_points(group="nbconvert.exporters") if one.name.startswith("unions_")
)
SHOWN = "window.jupyterapp.shell.currentWidget"
KERNEL = f"{SHOWN}?.sessionContext?.session?.kernel?.status === 'idle'"
NAMES_DRAWN = "plot => JSON.stringify(plot.data.map(trace => [trace.name, trace.x.length]))"
# How many marks, bars and lines a chart's data ask for, and how many of each are drawn; and
# whether its title is cut off, or does not stand above all the rest.
MARKS = """plot => {
    const points = t => t.type === 'bar' || (t.mode ?? '').includes('markers');
    const count = (kind, of) => plot.data.filter(t => t.type === kind).reduce(
        (sum, t) => sum + of(t), 0);
    const drawn = path => plot.querySelectorAll(path).length;
    const shown = t => points(t) ? t.x.filter(x => x !== null).length : 0;
    const frame = plot.querySelector('.main-svg').getBoundingClientRect();
    const title = plot.querySelector('.gtitle')?.getBoundingClientRect() ?? frame;
    const beside = 'path.point, path.js-line, .legend, .annotation, .xtick, .ytick';
    const below = [...plot.querySelectorAll(beside)].map(one => one.getBoundingClientRect().top);
    return {
        cut: title.top < frame.top || title.right > frame.right,
        covered: title !== frame && title.bottom > Math.min(...below),
        data: {marks: count('scatter', shown), bars: count('bar', shown),
               lines: count('scatter', t => t.mode.includes('lines') ? 1 : 0)},
        drawn: {marks: drawn('.scatterlayer path.point'), bars: drawn('.barlayer .point'),
                lines: drawn('.scatterlayer path.js-line')}};
}"""


@dataclass
class Lab:
    """A running JupyterLab on a copy of the project."""

    folder: Path
    url: str
    token: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def lab(tmp_path_factory, browser):
    """Return JupyterLab as ``unions explore`` starts it, with settings of nobody's own."""
    folder = tmp_path_factory.mktemp("project")
    for name in KEPT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    home = tmp_path_factory.mktemp("home")
    own = {f"JUPYTER_{kind}_DIR": str(home / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    port, token = free_port(), secrets.token_hex(8)
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        "--LabApp.expose_app_in_browser=True",
    ]
    command = lab_command(folder, Path("notebooks/explore.ipynb"), options)
    surroundings = {**lab_surroundings(), **own, "HOME": str(home), "IPYTHONDIR": str(home)}
    with (
        (home / "log").open("w") as log,
        subprocess.Popen(command, cwd=folder, env=surroundings, stdout=log, stderr=log) as server,
    ):
        url = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{url}/api?token={token}", timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, (home / "log").read_text()
                time.sleep(0.1)
        yield Lab(folder, url, token)
        server.terminate()


@pytest.fixture(scope="module")
def page(lab, browser):
    """Return a page with JupyterLab open, and the requests that it made."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT)
    opened = context.new_page()
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.goto(f"{lab.url}/lab?token={lab.token}")
    opened.wait_for_function("window.jupyterapp?.commands.hasCommand('docmanager:open')")
    do(opened, "window.jupyterapp.restored")
    yield opened
    context.close()


def do(page, promise: str) -> None:
    """Wait until what was asked of JupyterLab is done; what it gives is left there."""
    page.evaluate(f"async () => {{ await {promise}; }}")


def download(page, url: str):
    """Return what a link of JupyterLab's own page leads to."""
    return page.request.get(url, headers={"Referer": page.url}, timeout=WAIT)


@pytest.fixture(scope="module")
def run(lab, page):
    """Return a function that opens a notebook, runs all of its cells once, and saves it."""
    done: dict[str, str] = {}

    def open_and_run(name: str) -> Locator:
        path = f"notebooks/{name}.ipynb"
        do(page, f"window.jupyterapp.commands.execute('docmanager:open', {{path: '{path}'}})")
        page.wait_for_function(f"{SHOWN}?.context?.path === '{path}' && {KERNEL}")
        if name not in done:
            do(page, "window.jupyterapp.commands.execute('notebook:run-all-cells')")
            do(page, "window.jupyterapp.commands.execute('docmanager:save')")
            done[name] = page.evaluate(f"{SHOWN}.id")
        return page.locator(f"[id='{done[name]}']")

    return open_and_run


def cells(path: Path) -> list[dict]:
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"]
            if cell["cell_type"] == "code"]  # fmt: skip


def charts(notebook: Locator) -> list[dict]:
    return [plot.evaluate(MARKS) for plot in notebook.locator(".js-plotly-plot").all()]


def eventually(ask, wanted, seconds=30):
    """Ask again until the answer is the wanted one, and return the last answer."""
    ends = time.monotonic() + seconds
    while (answer := ask()) != wanted and time.monotonic() < ends:
        time.sleep(0.1)
    return answer


@pytest.mark.parametrize("name", NAMES)
def test_jupyterlab_runs_a_notebook_and_draws_every_chart(name, run, lab, page):
    notebook = run(name)
    ended = cells(lab.folder / "notebooks" / f"{name}.ipynb")
    assert [cell["id"] for cell in ended if cell["execution_count"] is None] == []
    kinds = [(cell["id"], one["output_type"]) for cell in ended for one in cell["outputs"]]
    assert [cell for cell, kind in kinds if kind in ("error", "stream")] == []
    asked = sum(len(re.findall(r"\bplot_\w+\(", "".join(cell["source"]))) for cell in ended)
    assert eventually(lambda: len(charts(notebook)), asked) == asked
    for plot in notebook.locator(".js-plotly-plot").all():
        told = plot.evaluate(MARKS)
        assert told["drawn"] == told["data"]
        assert sum(told["data"].values()) > 4
        assert not told["cut"]
        assert not told["covered"]
    assert notebook.locator("[role=alert]").count() == 0
    assert [url for url in page.asked if not url.startswith((lab.url, "data:", "blob:"))] == []
    # Nor is the server asked for news or newer versions, which it would fetch elsewhere.
    assert [url for url in page.asked if url.endswith(("/lab/api/news", "/lab/api/update"))] == []


def test_the_cleaning_hook_puts_back_what_jupyterlab_saved(run, lab):
    copies = []
    for name in NAMES:
        run(name)
        saved = lab.folder / "notebooks" / f"{name}.ipynb"
        assert saved.read_bytes() != (ROOT / "notebooks" / saved.name).read_bytes()
        copies.append(Path(shutil.copy(saved, lab.folder)))
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    clean = hooks["repos"][0]["hooks"][0]["args"]
    subprocess.run([sys.executable, "-m", "jupyter", *clean, *map(str, copies)], check=True)
    for copy in copies:
        assert copy.read_bytes() == (ROOT / "notebooks" / copy.name).read_bytes()


def test_a_chooser_changed_by_the_keyboard_changes_its_line_its_chart_and_the_rest(run, page):
    notebook = run("explore")
    chart = notebook.locator(".js-plotly-plot").first
    before = eventually(lambda: chart.evaluate(NAMES_DRAWN), None, 1)
    level = notebook.get_by_label("Level", exact=True)
    level.nth(1).focus()
    page.keyboard.press("ArrowDown")
    line = 'coverage_matrix(data.coverage, "recruits", ["naht", "nasuwt", "neu"]).T'
    assert eventually(notebook.get_by_text(line, exact=True).count, 1) == 1
    assert [one.input_value() for one in level.all()] == ["recruits (is actively recruited)"] * 4
    assert eventually(lambda: chart.evaluate(NAMES_DRAWN) != before, True)
    told = chart.evaluate(MARKS)
    assert told["drawn"] == told["data"]
    page.keyboard.press("ArrowUp")
    line = line.replace("recruits", "admits")
    assert eventually(notebook.get_by_text(line, exact=True).count, 1) == 1


def test_a_union_is_ticked_by_the_space_bar_and_a_day_typed_wrongly_is_told_in_words(run, page):
    notebook = run("explore")
    notebook.get_by_label("AEP", exact=True).focus()
    page.keyboard.press("Space")
    line = 'latest_members(data.members, ["aep", "naht", "nasuwt", "neu"])'
    assert eventually(notebook.get_by_text(line, exact=True).count, 1) == 1
    page.keyboard.press("Space")
    notebook.get_by_label("Day", exact=True).fill("31/1/2019")
    page.keyboard.press("Enter")
    said = notebook.get_by_role("alert")
    assert eventually(said.count, 1) == 1
    assert said.inner_text().startswith("'31/1/2019' is not a day; write it as 2019-01-31")
    notebook.get_by_label("Day", exact=True).fill("")
    page.keyboard.press("Enter")
    assert eventually(said.count, 0) == 0


def test_a_table_is_searched_and_sorted_without_a_network(run):
    notebook = run("explore")
    table = notebook.locator(".dt-container").first
    assert table.get_by_role("button").filter(has_text=re.compile("Copy|CSV")).count() == 2
    table.get_by_label("Search:").fill("recruits")
    levels = table.locator("tbody tr td:nth-child(2)")
    assert eventually(lambda: set(levels.all_inner_texts()), {"recruits"}) == {"recruits"}
    table.get_by_label("Search:").fill("")


@pytest.fixture(scope="module")
def written(lab, tmp_path_factory):
    """Return the files of a report that the command makes of the same project."""
    out = tmp_path_factory.mktemp("reports")
    formats = ",".join(one.removeprefix("unions_") for one in OURS)
    asked = ["report", "role_coverage", "--to", formats, "--out", str(out)]
    assert main(["--project", str(lab.folder), *asked]) == 0
    return out


def test_the_menu_offers_our_formats_and_each_download_equals_the_commands(run, page, written):
    run("role_coverage")
    page.evaluate("window.open = url => { window.opened = url; return null; }")
    for kind in OURS:
        page.locator(".lm-MenuBar-itemLabel", has_text="File").click()
        page.locator(".lm-Menu-itemLabel", has_text="Save and Export Notebook As").click()
        choice = page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{kind}$", re.I))
        choice.click()
        page.wait_for_function(f"window.opened?.includes('/nbconvert/{kind}/')")
        got = download(page, page.evaluate("window.opened"))
        ending = kind.removeprefix("unions_")
        assert got.status == 200
        assert f"role_coverage.{ending}" in got.headers["content-disposition"]
        assert got.body() == (written / f"role_coverage.{ending}").read_bytes()


@pytest.mark.parametrize("kind", OURS)
def test_an_export_of_a_notebook_not_run_or_full_of_choosers_says_what_to_do(kind, run, page, lab):
    run("explore")
    (lab.folder / "notebooks" / "fresh.ipynb").write_bytes(
        (ROOT / "notebooks" / "comparison.ipynb").read_bytes()
    )
    got = download(page, f"{lab.url}/nbconvert/{kind}/notebooks/fresh.ipynb")
    assert "fresh.ipynb, cell parameters: was not run; run the notebook first" in got.text()
    got = download(page, f"{lab.url}/nbconvert/{kind}/notebooks/explore.ipynb")
    assert "explore.ipynb, cell choosers: holds choosers, which a report cannot" in got.text()
    assert "unions report comparison" in got.text()
