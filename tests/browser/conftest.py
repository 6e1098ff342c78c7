"""A real browser, and what it met while a page was open."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.programs import program

FOLDER = Path(__file__).parent
# Without these, Chromium asks its makers' servers at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker("browser")


def drawn(page) -> None:
    """Wait until a page's scripts have drawn all its charts."""
    from playwright.sync_api import expect

    # The page's policy forbids the evaluation by which wait_for_function looks again.
    expect(page.locator(".live:not(:has(.main-svg))")).to_have_count(0, timeout=60_000)


@dataclass
class Visit:
    """An open page, and each request, dialog and console error since it was opened."""

    page: object
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser():
    """Return Chromium, started once."""
    from playwright.sync_api import sync_playwright

    path = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def page_of(finished) -> Callable[[str], Path]:
    """Return a function that gives the page of a report, or the index of a folder with one."""
    return lambda name: (
        finished("summary")[".html"].with_name("index.html")
        if name == "index"
        else finished(name)[".html"]
    )


@pytest.fixture
def visit(browser) -> Iterator[Callable[..., Visit]]:
    """Return a function that opens a file and notes all that the page does from then on."""
    with contextlib.ExitStack() as opened:

        def open_page(
            file: Path, width: int = 1280, scripts: bool = True, dark: bool = False, **more
        ) -> Visit:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                java_script_enabled=scripts,
                color_scheme="dark" if dark else "light",
                **more,
            )
            opened.callback(context.close)
            seen = Visit(context.new_page())
            seen.page.on("request", lambda asked: seen.requests.append(asked.url))
            seen.page.on("dialog", lambda box: (seen.dialogs.append(box.message), box.dismiss()))
            seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
            seen.page.on(
                "console",
                lambda line: seen.errors.append(line.text) if line.type == "error" else None,
            )
            seen.page.goto(file.as_uri())
            return seen

        yield open_page
