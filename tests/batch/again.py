"""Run a batch of tiny reports in a process of its own: its CSV of cases, its folder."""

import sys
from pathlib import Path

from analysis.batch.command import Asked
from tests.batch.conftest import run


def main() -> None:
    rows, out = map(Path, sys.argv[1:])
    asked = Asked(
        notebook=rows.parent / "notebooks" / "tiny.ipynb", data=rows.parent / "data", schools=None,
        rows=rows, typed=["as_of=2026-09-01"], formats=("html",), la="", urns=None,
        known={},
    )  # fmt: skip
    summary = run(asked, out, workers=2)
    sys.stderr.write("\n".join(summary.lines(out)) + "\n")
    sys.exit(bool(summary.failures))
