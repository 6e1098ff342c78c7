"""Run a batch of tiny reports in a process of its own: its CSV of cases, its folder."""

import sys
from pathlib import Path

from analysis.batch.warm import shell_first


def main() -> None:
    rows, out = map(Path, sys.argv[1:])
    with shell_first(wanted=True) as kernel:
        from analysis.batch.command import Asked, make_batch
    assert kernel, "the workers are not forked from this process"
    asked = Asked(
        notebook=rows.parent / "notebooks" / "tiny.ipynb", data=rows.parent / "data", schools=None,
        rows=rows, typed=["as_of=2026-09-01"], formats=("html",), la="", urns=None,
        known={},
    )  # fmt: skip
    summary = make_batch(asked, out, 2, timeout=0, quiet=True, kernel=kernel)
    sys.stderr.write("\n".join(summary.lines(out)) + "\n")
    sys.exit(bool(summary.failures))
