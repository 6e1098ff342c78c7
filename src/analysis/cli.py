"""The command ``unions``: parse, call one function, print what it made."""

import argparse
import datetime as dt
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from analysis.errors import AnalysisError, ProjectError, did_you_mean, no_folder
from analysis.schema import LEVELS, NOTEBOOKS_DATA, ROLE_GROUPS

if TYPE_CHECKING:
    import pandas as pd

TOUR = "explore"
MARKER = Path("data", "unions.csv")
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # but a drive of Windows has one letter


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 where it was refused (2 for wrong usage)."""
    top = parser()
    asked, more = top.parse_known_args(arguments)
    asked.more = more
    if more and asked.run is not run_explore:
        top.error(f"unrecognized arguments: {' '.join(more)}")
    try:
        return int(asked.run(asked))
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), file=sys.stderr)
        return 1


class Parser(argparse.ArgumentParser):
    """A grammar that names the nearest of a word that it does not take."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and exit with 2."""
        if wrong := re.search(r"invalid choice: '(.*)' \(choose from (.*)\)", message):
            message += did_you_mean(wrong[1], wrong[2].replace("'", "").split(", "))
        super().error(message)


FORMATS_HELP = "formats, such as html,pdf; ipynb alone for no more than the executed notebook"


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    top = Parser(prog="unions", description="Compare the unions that serve school staff.")
    top.add_argument(
        "--project", type=Path, help="the project's folder; found from here if absent"
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="list every fault of the data folder at once")
    check.add_argument(
        "data", nargs="?", type=Path, help="the folder; the project's own if absent"
    )
    check.set_defaults(run=run_check)

    tidied = commands.add_parser("tidy", help="put right what a spreadsheet did to the files")
    tidied.add_argument(
        "data", nargs="?", type=Path, help="the folder; the project's own if absent"
    )
    tidied.set_defaults(run=run_tidy)

    listing = commands.add_parser("list", help="unions, roles, groups, benefits and notebooks")
    listing.set_defaults(run=run_list)

    add_report(commands)
    add_index(commands)
    add_batch(commands)
    add_who(commands)
    add_explore(commands)
    return top


def add_report(commands: Any) -> None:
    """Add the command that runs a notebook."""
    report = commands.add_parser("report", help="run a notebook and write its report")
    report.add_argument("name", help="the notebook, such as comparison")
    report.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE",
                        help="a parameter; a list is written unions=neu,naht")  # fmt: skip
    report.add_argument("--to", default="html,pdf", help=FORMATS_HELP)
    report.add_argument("--out", type=Path, help="the folder to write to; reports/ if absent")
    report.set_defaults(run=run_report)


def add_index(commands: Any) -> None:
    """Add the command that lists a folder's reports."""
    index = commands.add_parser("index", help="write the page that leads to a folder's reports")
    index.add_argument("folder", nargs="?", type=Path, help="the folder; reports/ if absent")
    index.set_defaults(run=run_index)


def add_batch(commands: Any) -> None:
    """Add the command that makes many reports."""
    batch = commands.add_parser(
        "batch",
        help="make a report for each school of a file, or for each row of parameters",
        description="Make a report for each school of a file, or for each row of parameters. "
        "What is there already and would come out the same is left alone, so the same command "
        "goes on where it was stopped. Exits with 1 if any report failed.",
        epilog="example: unions batch schools.csv --la 919 --out mine --to html,pdf",
    )
    batch.add_argument("schools", nargs="?", type=Path, metavar="SCHOOLS", help="the file of "
                       "posts: your own CSV, or a file that the department publishes")  # fmt: skip
    batch.add_argument("--la", default="", metavar="CODE", help="only schools that this authority "
                       "or trust employs for, such as 919")  # fmt: skip
    batch.add_argument("--urns", type=Path, metavar="FILE", help="only these schools: a file with "
                       "one URN a line")  # fmt: skip
    batch.add_argument("--notebook", default="school", metavar="NAME", help="the notebook to run; "
                       "school if absent")  # fmt: skip
    batch.add_argument("--parameters", type=Path, metavar="CSV", help="instead of SCHOOLS: a CSV "
                       "with a column a parameter and a row a report")  # fmt: skip
    batch.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE",
                       help="a parameter of all reports, such as posts_at_risk=cook")  # fmt: skip
    batch.add_argument("--to", default="html,pdf", help=FORMATS_HELP)
    batch.add_argument("--out", type=place, help="the folder to write to, or an address such as "
                       "s3://bucket/prefix or abfs://container/prefix; reports/batch if "
                       "absent")  # fmt: skip
    makers = batch.add_mutually_exclusive_group()
    makers.add_argument("--workers", type=count, default=0, metavar="N", help="reports made at "
                        "once; as many as there are processors if absent")  # fmt: skip
    makers.add_argument("--scheduler", default="", metavar="ADDRESS", help="make them on a "
                        "dask.distributed cluster, such as tcp://10.0.0.4:8786: notebook and data "
                        "are sent, and --out is an address or a folder that all machines "
                        "share")  # fmt: skip
    batch.add_argument("--timeout", type=count, default=600, metavar="SECONDS", help="after which "
                       "a report is given up, once tried again; 600 if absent")  # fmt: skip
    batch.add_argument("--quiet", action="store_true", help="show no progress")
    batch.set_defaults(run=run_batch)


def place(typed: str) -> Path | str:
    """Return a folder; an address stays text, as a folder would lose one of its slashes."""
    return typed if ADDRESS.match(typed) else Path(typed)


def count(typed: str) -> int:
    """Return a whole number, nought or more."""
    number = int(typed)
    if number < 0:
        raise ValueError
    return number


def add_who(commands: Any) -> None:
    """Add the command that answers for one post."""
    who = commands.add_parser("who", help="which unions a member of staff may join")
    who.add_argument("role", help="the post, by its code or its name")
    who.add_argument("--as-of", default="", metavar="DAY", help="the day to look from; else today")
    who.set_defaults(run=run_who)


def add_explore(commands: Any) -> None:
    """Add the command that opens JupyterLab."""
    explore = commands.add_parser(
        "explore",
        help="open JupyterLab on notebooks/explore.ipynb",
        epilog="Every other option, such as --ip, goes on to JupyterLab.",
    )
    explore.add_argument("--no-browser", action="store_true", help="print the address only")
    explore.add_argument("--port", type=int, help="the port to listen on; a free one if absent")
    explore.set_defaults(run=run_explore)


def project_folder(asked: argparse.Namespace) -> Path:
    """Return the project's folder: the one given, else the nearest above the working folder."""
    if asked.project:
        if not (asked.project / MARKER).is_file():
            raise ProjectError(f"{asked.project} is not the project's folder: it has no {MARKER}")
        return Path(asked.project)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    text = f"no project was found here or above: a project's folder holds {MARKER}"
    raise ProjectError(f"{text}; give it by --project")


def data_folder(asked: argparse.Namespace) -> Path:
    """Return the data folder asked for, else the project's own."""
    if asked.data is None:
        return project_folder(asked) / "data"
    if not asked.data.is_dir():
        raise ProjectError(no_folder(asked.data))
    return Path(asked.data)


def run_check(asked: argparse.Namespace) -> int:
    """Print what the data folder holds; its faults, if any, are the error that is raised."""
    from analysis.read.facts import read_dataset

    folder = data_folder(asked)
    data = read_dataset(folder)
    counts = {
        "fact": len(data.facts),
        "union": data.facts["union"].nunique(),
        "source": len(data.sources),
    }
    facts, *others = (f"{count:,} {name}{'s' * (count != 1)}" for name, count in counts.items())
    print(f"{facts} about {', '.join(others)}: no faults")
    print(f"edition {data.edition}, as a report made from these facts says on its cover")
    if data.shared:
        files = ", ".join(f"{kind}.csv" for kind in data.shared)
        print(f"{folder} has no {files}: the project's own stand in, with the sources they name")
    return 0


def run_tidy(asked: argparse.Namespace) -> int:
    """Print every change made, and every fault left for a person."""
    from analysis.read.tidy import tidy

    done = tidy(data_folder(asked))
    print("\n".join(done.changes) or "nothing to put right")
    for fault in done.faults:
        print(fault, file=sys.stderr)
    return 1 if done.faults else 0


def run_list(asked: argparse.Namespace) -> int:
    """Print the codes that a reader may use, and the notebooks with their parameters."""
    from analysis.read.facts import read_dataset
    from analysis.report.parameters import read_parameters

    folder = project_folder(asked)
    data = read_dataset(folder / "data").as_at()
    print_codes("Unions", data.unions["official_name"])
    print_codes("Staff groups", ROLE_GROUPS)
    for group, label in ROLE_GROUPS.items():
        print_codes(f"Posts: {label}", data.roles.loc[data.roles["group"] == group, "label"])
    print_codes("Benefits", data.benefit_kinds["label"])
    for notebook in sorted((folder / "notebooks").glob("*.ipynb")):
        takes = read_parameters(notebook)
        opened = f" (a tour, opened by: unions {TOUR})" if notebook.stem == TOUR else ""
        helps = {name: takes[name]["help"] for name in takes}
        print_codes(f"Notebook {notebook.stem}{opened}", helps)
    return 0


def print_codes(title: str, words: "Mapping[str, str]") -> None:
    """Print a heading, and a line for each code and its meaning."""
    print(f"\n{title}" if title != "Unions" else title)
    width = max((len(code) for code in words), default=0)
    for code, meaning in words.items():
        print(f"  {code:<{width}}  {meaning}")


def run_report(asked: argparse.Namespace) -> int:
    """Run a notebook and print the path of each file written."""
    from analysis.report.formats import formats_of
    from analysis.report.index import write_index
    from analysis.report.parameters import data_folders, parse_parameters
    from analysis.report.run import report

    folder = project_folder(asked)
    notebook = find_report(folder, asked.name)
    values = parse_parameters(asked.parameter, notebook)
    data = notebook.parent / values.get("data_folder", NOTEBOOKS_DATA)
    known = known_codes(data, *data_folders(values, notebook))
    formats = formats_of(asked.to)
    out = asked.out or folder / "reports"
    paths = report(notebook, values, formats, out, known, dt.date.today())
    write_index(out)
    print(*paths, sep="\n")
    return 0


def run_index(asked: argparse.Namespace) -> int:
    """Write the index of a folder's reports, and print its path."""
    from analysis.report.index import write_index

    folder = asked.folder or project_folder(asked) / "reports"
    if not folder.is_dir():
        raise ProjectError(no_folder(folder))
    print(write_index(folder))
    return 0


def known_codes(*folders: Path) -> dict[str, dict[str, str]]:
    """Return the codes that a parameter may hold in some data folders, by the parameter's name.

    Each stands with what it means.
    """
    from analysis.read.facts import union_names

    unions = union_names(folders)
    return {"unions": unions, "union": unions, "role_group": ROLE_GROUPS, "level": LEVELS}


def run_batch(asked: argparse.Namespace) -> int:
    """Make many reports, and print what came of them."""
    from analysis.batch.warm import shell_first

    folder = project_folder(asked)
    notebook = find_report(folder, asked.notebook)
    out = asked.out or folder / "reports" / "batch"
    # One that was begun before may have nothing left to make; an address brings threads.
    fresh = isinstance(out, Path) and not out.exists() and not asked.scheduler
    with shell_first(fresh) as kernel:
        from analysis.batch.command import Asked, make_batch
        from analysis.read.facts import read_dataset
        from analysis.report.formats import formats_of
        from analysis.report.parameters import data_folders, parse_parameters
    values = parse_parameters(asked.parameter, notebook)
    data = notebook.parent / values.get("data_folder", NOTEBOOKS_DATA)
    wanted = Asked(
        notebook=notebook,
        data=data,
        schools=asked.schools,
        rows=asked.parameters,
        typed=asked.parameter,
        formats=formats_of(asked.to),
        la=asked.la,
        urns=asked.urns,
        known=known_codes(data, *data_folders(values, notebook)),
        edition=read_dataset(data).edition,
    )
    try:
        summary = make_batch(wanted, out, asked.workers, asked.timeout, asked.quiet,
                             scheduler=asked.scheduler, kernel=kernel)  # fmt: skip
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130
    first, *failures = summary.lines(out)
    print(first)
    print(*failures, sep="\n", end="\n" if failures else "", file=sys.stderr)
    return 1 if failures else 0


def find_report(folder: Path, name: str) -> Path:
    """Return the notebook of a report's name."""
    notebook = find_notebook(folder, name)
    if notebook.stem == TOUR:
        text = f"notebooks/{TOUR}.ipynb is no report but a tour for JupyterLab"
        raise ProjectError(f"{text}; open it by 'unions explore'")
    return notebook


def find_notebook(folder: Path, name: str) -> Path:
    """Return the notebook of a name, with or without its ending."""
    names = {path.stem: path for path in sorted((folder / "notebooks").glob("*.ipynb"))}
    stem = Path(name).name.removesuffix(".ipynb")
    if stem not in names:
        near = did_you_mean(stem, names) or f"; there are: {', '.join(names) or 'none'}"
        raise ProjectError(f"no notebook '{stem}' in notebooks/{near}")
    return names[stem]


def run_explore(asked: argparse.Namespace) -> int:
    """Open JupyterLab on the notebook for exploring, until the reader ends it."""
    from analysis.lab import check_lab, open_lab

    folder = project_folder(asked)
    notebook = find_notebook(folder, TOUR).relative_to(folder)
    chosen = ["--no-browser"] if asked.no_browser else []
    chosen += [] if asked.port is None else [f"--port={asked.port}"]
    check_lab()
    print("JupyterLab starts, which takes some seconds; Ctrl-C here ends it", file=sys.stderr)
    return open_lab(folder, notebook, [*chosen, *asked.more])


def run_who(asked: argparse.Namespace) -> int:
    """Print, level by level, what each union's sources say of one post."""
    from analysis.questions.coverage import role_code, who_admits
    from analysis.read.facts import read_dataset

    data = read_dataset(project_folder(asked) / "data").as_at(asked.as_of)
    role = role_code(data.roles, asked.role)
    answers = who_admits(data.coverage, role)
    print(f"{data.labels[role]}, as at {data.day}")
    for level, meaning in LEVELS.items():
        print(f"\n{level} ({meaning})")
        rows = answers[answers["level"] == level]
        for row in rows.itertuples():
            limit = f" ({row.qualifier})" if row.qualifier else ""
            sources = ", ".join(row.sources)
            print(f"  {data.labels[row.union]:<12} {row.answer}{limit}; {row.dated} [{sources}]")
        if rows.empty:
            print("  no source read states an answer")
    print("\nA union that is not listed at a level: not stated, which is not a no.")
    if len(answers):
        print_sources(data.sources, answers)
    return 0


def print_sources(sources: "pd.DataFrame", answers: "pd.DataFrame") -> None:
    """Print each source that an answer names: its code, title, publisher and date."""
    print("\nSources")
    named = sources.loc[sorted({code for codes in answers["sources"] for code in codes})]
    for source in named.itertuples():
        dated = source.published_words or f"undated, read {source.accessed_words}"
        told = f"{source.title}. {source.publisher}, {dated}."
        print(f"  [{source.Index}] {told} {source.url}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
