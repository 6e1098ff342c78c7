"""The pages against axe-core, html-validate and the Nu checker: nothing to report."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import FOLDER, drawn
from tests.conftest import ASKED
from tests.programs import program

MODULES = FOLDER / "node_modules"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """([where, tags, only]) => axe.run(where, {
  runOnly: only.length ? {type: "rule", values: only} : {type: "tag", values: tags},
  resultTypes: ["violations"],
})"""
WITHOUT_CHARTS = """() => {
  const rest = document.body.cloneNode(true);
  for (const one of rest.querySelectorAll("figure > *, script, #js-plotly-tester")) one.remove();
  return rest.innerHTML.trim();
}"""
every_page = pytest.mark.parametrize("name", [*sorted(ASKED), "index"])


@pytest.fixture(scope="session")
def checkers() -> Path:
    """Return the folder of the checkers that npm installs."""
    program("npm")
    if not MODULES.is_dir():
        program("'npm ci' in tests/browser")
    return MODULES


@pytest.fixture(scope="session")
def pages(page_of) -> list[Path]:
    """Return the page of each report, and the index of a folder."""
    return [page_of(name) for name in [*sorted(ASKED), "index"]]


def faults(page, only: tuple[str, ...] = (), where: str = "html") -> list[str]:
    found = page.evaluate(RUN, [where, TAGS, list(only)])["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def faults_however_seen(page, checkers: Path, where: str = "html") -> list[str]:
    """Return the faults on a wide and on a narrow screen, in the light and in the dark."""
    page.evaluate((checkers / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        found += faults(page, where=where)
        page.emulate_media(color_scheme="dark")
        found += faults(page, ("color-contrast", "link-in-text-block"), where)
    return found


def without_scripts(file: Path, folder: Path) -> Path:
    """Return a copy as it is seen where scripts are switched off; the checker itself is one."""
    copy = folder / file.name
    text = file.read_text("utf-8")
    copy.write_text(re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL), "utf-8")
    return copy


@every_page
def test_axe_finds_nothing(name, page_of, visit, checkers):
    page = visit(page_of(name)).page
    drawn(page)
    assert faults_however_seen(page, checkers) == []


@every_page
def test_axe_finds_nothing_where_scripts_are_off(name, page_of, visit, checkers, tmp_path):
    """But for what its charts hold, a report is the same page then: only they are looked at."""
    live = visit(page_of(name)).page
    drawn(live)
    page = visit(without_scripts(page_of(name), tmp_path)).page
    alike = page.evaluate(WITHOUT_CHARTS) == live.evaluate(WITHOUT_CHARTS)
    assert alike == (name != "index")
    if not alike or page.locator("figure").count():
        assert faults_however_seen(page, checkers, "figure" if alike else "html") == []


@pytest.mark.parametrize("where", ["html", "figure"])
def test_axe_would_find_a_fault(where, visit, checkers, tmp_path):
    file, bad = tmp_path / "bad.html", "<img src='data:,'><p style='color:#ccc'>pale"
    file.write_text(f"<!DOCTYPE html><title>x</title><figure></figure><figure>{bad}</figure>")
    found = faults_however_seen(visit(file).page, checkers, where)
    assert {line.split(":")[0] for line in found} >= {"image-alt", "color-contrast"}


def test_html_validate_finds_nothing(pages, checkers, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><html><head></head><body><table><th>x</table></body></html>")
    command = [program("node"), str(checkers / "html-validate" / "bin" / "html-validate.mjs")]
    said = tmp_path / "said.json"
    config = ["--config", str(FOLDER / "htmlvalidate.json"), "--formatter", f"json={said}"]
    files = [str(bad), *map(str, pages)]
    subprocess.run([*command, *config, *files], capture_output=True)
    told = json.loads(said.read_text("utf-8"))
    results = {Path(one["filePath"]): one["messages"] for one in told}
    assert results.pop(bad) != []
    assert {
        file.name: [message["message"] for message in messages]
        for file, messages in results.items()
        if messages
    } == {}


def test_the_nu_checker_finds_nothing(pages, checkers, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text("<!DOCTYPE html><html><body><p id=a><p id=a></body></html>")
    jar = checkers / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [program("java"), "-jar", str(jar), "--errors-only", "--format", "json"]
    done = subprocess.run([*command, str(bad), *map(str, pages)], capture_output=True, text=True)
    found = [(one["url"], one["message"]) for one in json.loads(done.stderr)["messages"]]
    assert {bad.as_uri().replace("file:///", "file:/")} == {
        url for url, _ in found if url.endswith("bad.html")
    }
    assert [one for one in found if not one[0].endswith("bad.html")] == []
