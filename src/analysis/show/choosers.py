"""Choosers for JupyterLab: a view of the data, and panels that answer it by one line of code.

What draws widgets is imported when a view is made, so that reports do not wait for it.
"""

import html
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from analysis.errors import AnalysisError, check_name
from analysis.schema import LEVELS, NOTEBOOKS_DATA
from analysis.show.lines import (
    KEYS,
    grid_script,
    literal,
    names_in,
    outputs_of,
    run_line,
    write_out,
)

# The reports that a view can become, with those of its choices that each takes.
REPORTS = {
    "comparison": ("unions", "as_of"),
    "role_coverage": ("level", "unions", "as_of"),
    "summary": ("level", "unions", "as_of"),
}
LABEL = {"description_width": "5.5em"}
CODE = "white-space:pre-wrap;margin:2px 0;padding:4px 8px;border-left:3px solid #206095"


def explore(
    dataset: Any,
    unions: list[str] | str | None = None,
    role: str = "teaching_assistant",
    level: str = "admits",
    as_of: str = "",
) -> "View":
    """Return a view of a data set; in JupyterLab it shows itself as choosers.

    Parameters
    ----------
    dataset
        What ``read_dataset`` returns.
    unions, role, level, as_of
        What is chosen at first: codes of unions (all if not given), the code of a post,
        ``admits``, ``recruits`` or ``recognised``, and an ISO day, month or year (empty means
        today).

    Raises
    ------
    UnknownUnionError, UnknownNameError, DayError
        If a union, the post, the level or the day is not known; the sentence names the nearest.

    Examples
    --------
    >>> from analysis import read_dataset
    >>> view = explore(read_dataset("data"), ["naht", "neu"], as_of="2026-11-22")
    >>> view.line("coverage_matrix(data.coverage, level, unions)")
    'coverage_matrix(data.coverage, "admits", ["naht", "neu"])'
    >>> view.level.value = "recruits"
    >>> view.line("roles_by_choice(data.coverage, unions, level=level)")
    'roles_by_choice(data.coverage, ["naht", "neu"], level="recruits")'
    """
    return View(dataset, [unions] if isinstance(unions, str) else list(unions or []),
                role, level, as_of)  # fmt: skip


class Shown:
    """What Jupyter shows by the box of widgets that it holds."""

    box: Any

    def _repr_mimebundle_(self, **asked: Any) -> Any:
        return self.box._repr_mimebundle_(**asked)


class View(Shown):
    """What a reader has chosen, by choosers that take only what is right.

    Attributes
    ----------
    data
        The data of the chosen day: a ``Snapshot``.
    level, role, day
        The choosers; each has its choice as ``value``.
    """

    def __init__(self, dataset: Any, unions: list[str], role: str, level: str, as_of: str) -> None:
        import ipywidgets as kit

        self.dataset, self.as_of = dataset, as_of
        self.data = dataset.as_at(as_of)
        self.listeners: list[Callable[[], None]] = []
        labels = {code: f"{code} ({meaning})" for code, meaning in LEVELS.items()}
        self.level = dropdown("Level", labels, level)
        self.role = dropdown("Post", self.data.roles["label"], role)
        self.day = kit.Text(
            as_of, description="Day", placeholder="2019-01-31, or 2019; empty means today",
            continuous_update=False, style=LABEL, layout={"width": "26em"},
        )  # fmt: skip
        self.message, self.code = kit.HTML(), kit.HTML()
        self.ticks = kit.Box(layout={"flex_flow": "row wrap", "margin": "0 0 4px"})
        chosen = self.data.choose(unions)
        self.offer(chosen if unions else [])
        self.day.observe(self.move, "value")
        self.level.observe(self.tell, "value")
        self.role.observe(self.tell, "value")
        self.box = self.lay_out()
        self.tell()

    def lay_out(self) -> Any:
        """Return the choosers, one under the other, and the program of the tables."""
        import ipywidgets as kit

        heading = kit.HTML("<b>Unions to compare</b> (none ticked: all of them)")
        script = kit.Output(outputs=(shown({"text/html": grid_script() + KEYS}),))
        parts = [heading, self.ticks, self.role, self.level, self.day, self.message, self.code]
        return kit.VBox([*parts, script])

    def offer(self, ticked: list[str]) -> None:
        """Put a box to tick for each union of the day, those chosen before ticked."""
        import ipywidgets as kit

        names = self.data.unions["official_name"]
        self.boxes = {
            union: kit.Checkbox(
                union in ticked, description=self.data.labels[union], indent=False,
                tooltip=names[union], layout={"width": "auto", "margin": "0 18px 0 0"},
            )
            for union in dict.fromkeys([*self.data.choose(), *ticked])
        }  # fmt: skip
        for box in self.boxes.values():
            box.observe(self.tell, "value")
        self.ticks.children = tuple(self.boxes.values())

    @property
    def unions(self) -> list[str]:
        """Codes of the unions that are ticked; empty where none is, which means all."""
        return [union for union, box in self.boxes.items() if box.value]

    def move(self, _: object) -> None:
        """Look from the day that was typed; say in words what is wrong with it."""
        asked = self.day.value.strip()
        try:
            data = self.dataset.as_at(asked)
            data.choose()
        except AnalysisError as error:
            self.message.value = alert(f"{error}. What you see is still as at {self.data.day}.")
            return
        kept = [union for union in self.unions if union in data.unions.index]
        gone = [data.why_not(union) for union in self.unions if union not in kept]
        self.message.value = alert("; ".join(gone)) if gone else ""
        self.data, self.as_of = data, asked
        self.offer(kept)
        self.tell()

    def tell(self, _: object = None) -> None:
        """Bring the line of code, and every panel, in step with what is chosen."""
        asked = literal(self.as_of) if self.as_of else ""
        self.code.value = code_html(f"data = dataset.as_at({asked})")
        for listener in self.listeners:
            listener()

    def line(self, line: str) -> str:
        """Return a line of code with what is chosen in place of unions, role and level."""
        unions = literal(self.unions) if self.unions else "data.choose()"
        named = {"role": literal(self.role.value), "level": literal(self.level.value)}
        return write_out(line, {"unions": unions} | named)

    def show(self, line: str) -> "Panel":
        """Return a panel of a line of code and what it gives, kept in step with the choosers."""
        return Panel(self, line)

    def report(self, write: bool = False, data_folder: str = NOTEBOOKS_DATA) -> "ReportPanel":
        """Return a panel that writes the view as a report when its button is pressed.

        Parameters
        ----------
        write
            Whether to write it at once, without the button.
        data_folder
            The folder of facts that the report reads, as seen from the notebook.
        """
        return ReportPanel(self, write, data_folder)


class Panel(Shown):
    """The choosers that a line of code takes, the line, and what it gives."""

    def __init__(self, view: View, line: str) -> None:
        import ipywidgets as kit

        self.view, self.template, self.drawn = view, line, ("", "")
        self.code, self.answer = kit.HTML(), kit.Output()
        taken = {"role": view.role, "level": view.level}
        choosers = [chooser for name, chooser in taken.items() if name in names_in(line)]
        self.box = kit.VBox([*choosers, self.code, self.answer])
        view.listeners.append(self.draw)
        self.draw()

    def draw(self) -> None:
        """Run the line again if the choices have changed it, or its day."""
        line, day = self.view.line(self.template), self.view.data.day
        if self.drawn == (line, day):
            return
        try:
            bundles = outputs_of(run_line(line, self.view.data))
        except AnalysisError as error:
            bundles = [{"text/html": alert(str(error)), "text/plain": str(error)}]
        self.code.value = code_html(line)
        self.answer.outputs = tuple(map(shown, bundles))
        self.drawn = (line, day)


class ReportPanel(Shown):
    """The command that makes the view a report, and a button that runs it."""

    def __init__(self, view: View, write: bool, data_folder: str) -> None:
        import ipywidgets as kit

        self.view, self.data_folder = view, data_folder
        self.name = dropdown("Report", {name: name for name in REPORTS}, "comparison")
        self.code, self.message = kit.HTML(), kit.HTML()
        self.button = kit.Button(description="Write the report", layout={"width": "12em"})
        self.box = kit.VBox([self.name, self.code, self.button, self.message])
        self.name.observe(self.draw, "value")
        self.button.on_click(self.write)
        view.listeners.append(self.draw)
        self.draw()
        if write:
            self.write()

    @property
    def command(self) -> list[str]:
        """The words after ``unions`` that make this view's report."""
        view = self.view
        chosen = {"unions": ",".join(view.unions), "level": view.level.value, "as_of": view.as_of}
        given = [f"{name}={chosen[name]}" for name in REPORTS[self.name.value] if chosen[name]]
        if self.data_folder != NOTEBOOKS_DATA:
            # In full: the command may be typed elsewhere than in the notebook's folder.
            folder = os.path.abspath(self.data_folder)  # noqa: PTH100  # no file is looked at
            given.append(f"data_folder={folder}")
        return ["report", self.name.value, *(part for one in given for part in ("-p", one))]

    def draw(self, _: object = None) -> None:
        """Bring the command in step with the choosers."""
        self.code.value = code_html(shlex.join(["unions", *self.command]))

    def write(self, _: object = None) -> None:
        """Run the command, and say which files it wrote, or why none."""
        self.button.disabled = True
        self.message.value = status("Writing the report; this takes some seconds.")
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "analysis.cli", *self.command],
            capture_output=True,
            encoding="utf-8",
        )
        if done.returncode:
            self.message.value = alert(done.stderr.strip())
        else:
            files = "<br>".join(html.escape(path) for path in done.stdout.splitlines())
            self.message.value = status(f"Written:<br>{files}", escape=False)
        self.button.disabled = False


def dropdown(name: str, labels: Any, code: str) -> Any:
    """Return a chooser of one code by its label."""
    import ipywidgets as kit

    check_name(name.lower(), code, labels.keys())
    options = [(label, one) for one, label in labels.items()]
    return kit.Dropdown(options=options, value=code, description=name, style=LABEL,
                        layout={"width": "26em"})  # fmt: skip


def shown(bundle: dict[str, Any]) -> dict[str, Any]:
    """Return a bundle as a notebook's output."""
    return {"output_type": "display_data", "data": bundle, "metadata": {}}


def code_html(line: str) -> str:
    """Return a line of code to read and to copy."""
    return f'<pre style="{CODE}"><code>{html.escape(line)}</code></pre>'


def alert(words: str) -> str:
    """Return words that say what is wrong, and that a screen reader speaks at once."""
    return f'<p role="alert" style="color:#a8180b;margin:4px 0">{html.escape(words)}</p>'


def status(words: str, escape: bool = True) -> str:
    """Return words that say what is going on."""
    return f'<p role="status" style="margin:4px 0">{html.escape(words) if escape else words}</p>'
