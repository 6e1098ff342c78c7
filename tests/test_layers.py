"""Which part of the package may import which: data flows one way."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "analysis"
BASE = {"characters", "dates", "errors", "lean", "schema"}
MAY_IMPORT = {
    "characters": set(),
    "dates": {"errors"},
    "errors": set(),
    "lean": set(),
    "schema": set(),
    "read": BASE,
    "questions": BASE,
    "show": BASE,
    "report": BASE,
    "batch": {"errors", "read", "report"},
    "lab": {"errors"},
    "cli": {"errors", "schema", "read", "questions", "show", "report", "batch", "lab"},
    "__init__": set(),
}
# They look up a name among all that the package exports: to run a line of code, to warm a worker.
SEES_ALL = {"show/lines.py", "batch/forker.py"}
MODULES = sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    """Return the part of the package that a module belongs to."""
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """Return the parts of the package that a module imports."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides its layer"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        parts = [name.split(".") for name in names]
        rooms |= {part[1] for part in parts if part[0] == "analysis" and len(part) > 1}
        rooms |= {"__init__" for part in parts if part == ["analysis"]}
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_its_layer_may(path):
    room = room_of(path)
    whole = {"__init__"} if path.relative_to(SOURCE).as_posix() in SEES_ALL else set()
    assert imported_rooms(path) <= MAY_IMPORT[room] | {room} | whole


@pytest.mark.parametrize("room", ["questions", "show"])
def test_questions_and_pictures_touch_no_files(room):
    for path in (SOURCE / room).rglob("*.py"):
        text = path.read_text("utf-8")
        assert not any(word in text for word in ("open(", "read_csv", "Path(", "pathlib")), path


def test_the_package_exports_what_it_says_and_each_name_is_explained():
    import analysis

    tree = ast.parse((SOURCE / "__init__.pyi").read_text("utf-8"))
    bound = {alias.name: node.module.split(".")[0] for node in tree.body
             if isinstance(node, ast.ImportFrom) for alias in node.names}  # fmt: skip
    (listed,) = (node for node in tree.body if isinstance(node, ast.Assign))
    assert analysis.__all__ == sorted(bound) == ast.literal_eval(listed.value)
    assert set(bound.values()) <= {"errors", "read", "questions", "show"}
    unexplained = [name for name in analysis.__all__ if not getattr(analysis, name).__doc__]
    assert unexplained == []


@pytest.mark.parametrize(
    "module", ["analysis.report.run", "analysis.show.charts", "analysis.batch.forker"]
)
def test_no_grammar_of_addresses_is_built_before_a_report(module):
    line = f"import sys, {module}, nbformat.v4; print(sys.modules.get('rfc3987_syntax'))"
    done = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout == "None\n"
