"""The files that a folder of one's own may lack: the project's own stand in for them."""

from dataclasses import replace
from pathlib import Path

from analysis.read.files import Rows, read_rows

# The data that came with this program, if it runs from the project's folder.
PROJECT_DATA = Path(__file__).parents[3] / "data"
# Posts, benefits and rules of law are the same for everybody; facts and their sources are not.
SHARED = ("roles", "benefits", "rules")


def lacking(folder: Path) -> tuple[str, ...]:
    """Return the kinds of files that a folder lacks and that the project's own stand in for."""
    return tuple(
        kind
        for kind in SHARED
        if folder.is_dir()
        and not (folder / f"{kind}.csv").exists()
        and (PROJECT_DATA / f"{kind}.csv").is_file()
    )


def with_rule_sources(own: Rows, rules: Rows) -> Rows:
    """Add to a folder's own sources those of the project that the project's rules name."""
    missing = {row[-1] for row in rules.cells} - {row[0] for row in own.cells}
    shipped, _ = read_rows(PROJECT_DATA / "sources.csv", "sources", own.file)
    added = [
        (row, line)
        for row, line in zip(shipped.cells, shipped.lines, strict=True)
        if row[0] in missing
    ]
    cells, lines = [row for row, _ in added], [line for _, line in added]
    return replace(own, cells=own.cells + cells, lines=own.lines + lines)
