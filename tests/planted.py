"""A project whose every text holds what some format would take for more than text."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ASKED, ROOT

NASTY = (
    '<script>alert("x")</script></style></title>--><img src=x onerror=alert(1)> '
    "[a](javascript:alert(2)) <b>b</b> &lt; #import $x$ [*x*] \\n `c` {{ 7*7 }} {% x %} "
    "ŵŷ é \u4e2d 😀 =1+1"
)
# The text columns, and of which facts.
COLUMNS = {
    "unions": {"value": ("claim", "name"), "qualifier": ("admits", "benefit", "claim")},
    "sources": {"title": (), "publisher": (), "licence": ()},
    "roles": {"label": ()},
    "benefits": {"label": ()},
}


def plant(project: Path) -> Path:
    """Copy the project's data and notebooks to a folder, with nasty text in every text cell."""
    shutil.copytree(ROOT / "notebooks", project / "notebooks")
    shutil.copytree(ROOT / "data", project / "data")
    # The labels of posts change too: the school's file names posts by their codes.
    with (ROOT / "data" / "roles.csv").open(encoding="utf-8", newline="") as text:
        codes = {row["label"]: row["role"] for row in csv.DictReader(text)}
    for kind, columns in COLUMNS.items():
        rewrite(project / "data" / f"{kind}.csv", lambda row, c=columns: planted(row, c))
    school = project / "data" / "schools.example.csv"
    own = f"Plant-school {NASTY}"
    rewrite(school, lambda row: row | {"school": own, "role": codes.get(row["role"], row["role"])})
    return project


def planted(row: dict[str, str], columns: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return a row whose text columns begin with what tells them apart, and hold nasty text."""
    changed = dict(row)
    for name, facts in columns.items():
        if row[name] and (not facts or row["fact"] in facts):
            changed[name] = f"{row[name]} Plant-{name} {NASTY}"
    return changed


def rewrite(file: Path, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(change, rows))


def asked_of_planted(name: str, project: Path) -> list[str]:
    """Return what the command is asked for a report, as ``ASKED`` says, in the planted project."""
    typed = [
        one.replace(str(ROOT), str(project)).replace("teaching assistant", "teaching_assistant")
        for one in ASKED[name]
    ]
    takes = "title" if name != "role_coverage" else ""
    typed += [f"{takes}=Plant-title {NASTY}"] if takes else []
    return [part for one in typed for part in ("-p", one)]
