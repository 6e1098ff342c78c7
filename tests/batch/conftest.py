"""Tiny notebooks, and batches of them."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.batch.command import Asked, make_batch
from analysis.errors import ProjectError
from tests.batch.servers import s3, s3_variables

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
PARAMETERS = 'case: str = "fine"  # what the notebook does\nas_of: str = ""  # the day of it'
SHOW = """import json
from IPython.display import display
runs = [{"text": f"{case} on {as_of}"}]
block = {"type": "paragraph", "runs": runs}
said = json.dumps({"role": "", "blocks": [block]})
display({"application/vnd.unions.prose": said}, raw=True)"""
CASES = """import os, resource, signal, time
if case.startswith("slow"): time.sleep(0.2)
if case == "raises": raise ValueError("no such luck")
if case == "exits": os._exit(3)
if case == "hangs": time.sleep(600)
if case == "dies": os.kill(os.getpid(), signal.SIGKILL)
if case == "swells":
    resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31)); bytes(1 << 32)"""


def write_notebook(path: Path, *sources: str) -> Path:
    """Write a notebook with a title, the parameters cell, and a cell a source."""
    parameters = new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]})
    cells = [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
    title = new_markdown_cell("# Title", id="title")
    path.parent.mkdir(parents=True, exist_ok=True)
    node = new_notebook(cells=[title, parameters, *cells], metadata={"kernelspec": KERNEL})
    nbformat.write(node, path)
    return path


@pytest.fixture
def tiny(tmp_path: Path, write_folder: Callable[..., Path]) -> Callable[..., Asked]:
    """Return a function that asks for a batch of tiny reports, one a case."""
    data = write_folder([])
    notebook = write_notebook(tmp_path / "notebooks" / "tiny.ipynb", CASES, SHOW)

    def ask(*cases: str, **changes: object) -> Asked:
        rows = tmp_path / "cases.csv"
        rows.write_text("\n".join(["case", *cases, ""]))
        basis = {
            "notebook": notebook,
            "data": data,
            "schools": None,
            "rows": rows,
            "typed": ["as_of=2026-09-01"],
            "formats": ("html",),
            "la": "",
            "urns": None,
            "known": {},
        }
        return Asked(**basis | changes)  # type: ignore[arg-type]

    return ask


@pytest.fixture(scope="session")
def variables() -> dict[str, str]:
    """Return the variables that lead to S3, whether it is there or not."""
    return s3_variables()


@pytest.fixture(scope="session")
def bucket(variables: dict[str, str]) -> Iterator[str]:
    """Run an S3 server, for this process and for a cluster's; return its bucket."""
    with s3(variables["AWS_ENDPOINT_URL"]), pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        yield "s3://reports"


@pytest.fixture
def forbidding() -> Iterator[str]:
    """A server that forbids whatever it is asked."""

    class Forbid(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(403)
            self.end_headers()

        do_PUT = do_GET  # noqa: N815  # the server asks for it by this name

        def log_message(self, *said):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Forbid) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run(
    asked: Asked, out: Path | str, workers: int = 1, timeout: float = 0, fork: bool = True,
    scheduler: str = "",
):  # fmt: skip
    return make_batch(asked, out, workers, timeout, quiet=True, fork=fork, scheduler=scheduler)


def ledger_of(out: Path) -> list[dict]:
    lines = (out / "ledger.jsonl").read_text("utf-8").splitlines()
    return [line for line in map(json.loads, lines) if "id" in line]


def reports_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()
            if path.suffix in (".html", ".pdf") and path.name != "index.html"}  # fmt: skip


def strays_of(out: Path) -> list[str]:
    """Return the names of files in a batch's folder that are no report and nothing of its own."""
    named = {name for line in ledger_of(out) for name in line.get("files", ())}
    own = {"index.html", "ledger.jsonl", ".lock", "shared"}
    return sorted({path.name for path in out.iterdir()} - named - own)


def refused(asked, out, **more) -> str:
    """Return the sentence by which a batch is refused."""
    with pytest.raises(ProjectError) as caught:
        run(asked, out, **more)
    return str(caught.value)
