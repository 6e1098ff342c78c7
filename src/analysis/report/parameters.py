"""A notebook's parameters: what it takes, and whether what was typed fits."""

import ast
import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from nbformat import ValidationError
from nbformat.reader import NotJSONError

from analysis.characters import say_unsafe
from analysis.dates import ISO, hint_of_day, is_date
from analysis.errors import (
    NotebookError,
    ParameterError,
    did_you_mean,
    did_you_mean_code,
    no_file,
    no_folder,
    one_of,
)
from analysis.report.names import label
from analysis.schema import too_low

DAYS = {"as_of", "before", "after"}
FILES = {"workforce"}
FOLDERS = {"data_folder"}
NO_NAME = "no folder is named; leave the parameter out for the project's own data"
DAYS_OR_FOLDERS = {"before", "after"}
TYPES: dict[str, type] = {"list": list, "str": str, "bool": bool, "int": int, "float": float}
SAID = {
    "list": "a list, written a,b",
    "str": "text",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
}
# The codes that a parameter may hold, with what each means, by the parameter's name.
Known = Mapping[str, Mapping[str, str]]
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


def read_parameters(notebook: Path) -> dict[str, dict[str, str]]:
    """Return each parameter of a notebook with its ``type``, ``default`` and ``help``.

    They are read from the cell tagged ``parameters``, which is not run.
    """
    return _read(notebook, notebook.read_bytes())


@functools.lru_cache(maxsize=16)
def _read(notebook: Path, contents: bytes) -> dict[str, dict[str, str]]:
    """Read a notebook once for each of its contents."""
    try:
        found = papermill.inspect_notebook(str(notebook))
    except (NotJSONError, ValidationError, KeyError, AttributeError) as error:
        raise NotebookError(f"{label(notebook)} cannot be read as a notebook") from error
    return {
        name: {"type": _type(said), "default": said["default"], "help": said["help"]}
        for name, said in found.items()
    }


def parse_parameters(typed: list[str], notebook: Path) -> dict[str, Any]:
    """Return the values typed as ``name=value`` with the types that the notebook asks for.

    A list is written ``a,b``; a code stays text, whatever it looks like. A file or a data folder
    is named from where the command is typed, and is handed on as the notebook sees it from its
    own folder.

    Raises
    ------
    ParameterError
        If a name is not the notebook's, a value is not of its type, or a file or folder is not
        there.
    """
    takes = read_parameters(notebook)
    values: dict[str, Any] = {}
    for one in typed:
        name, equals, value = one.partition("=")
        if not equals:
            raise ParameterError(f"'{one}' is not of the form name=value")
        _check_name(name, takes, notebook)
        if name in values:
            raise ParameterError(f"parameter '{name}' is given twice; a list is written a,b")
        values[name] = _parse(name, value, takes[name]["type"])
        if name in FILES and value:
            values[name] = _file(name, value, notebook)
        if name in FOLDERS:
            values[name] = _folder(name, value, notebook)
        if name in DAYS_OR_FOLDERS and value and not ISO.fullmatch(value) and Path(value).is_dir():
            values[name] = _seen_from(notebook.parent, Path(value))
    return values


def check_parameters(parameters: Mapping[str, Any], notebook: Path, known: Known) -> None:
    """Refuse a name, a type or a value that the notebook cannot take.

    Parameters
    ----------
    known
        The codes that a parameter may hold with what they mean, by the parameter's name.

    Raises
    ------
    ParameterError
        One sentence with what was expected and the nearest right answers.
    """
    takes = read_parameters(notebook)
    for name, value in parameters.items():
        _check_name(name, takes, notebook)
        kind = takes[name]["type"]
        right = isinstance(value, TYPES[kind]) and (kind == "bool" or not isinstance(value, bool))
        if not right:
            raise ParameterError(f"parameter '{name}' is {value!r}; it takes {SAID[kind]}")
        for text in value if kind == "list" else [value]:
            _check_characters(name, str(text))
        if name == "suppress_below" and (fault := too_low(value)):
            raise ParameterError(f"parameter '{name}' is {value}; {fault}")
        if name in DAYS and value:
            _check_day(name, value, notebook)
        for code in (value if kind == "list" else [value]) if name in known and value else ():
            if code not in known[name]:
                hint = did_you_mean_code(str(code), known[name]) or one_of(known[name])
                raise ParameterError(f"parameter '{name}': '{code}' is not known{hint}")


def check_defaults(parameters: Mapping[str, Any], notebook: Path, known: Known) -> None:
    """Refuse a parameter that is empty, or left out, where the notebook has to have a code.

    Raises
    ------
    ParameterError
        With the codes that there are.
    """
    for name, said in read_parameters(notebook).items():
        usual = _usual(said) if name in known and said["type"] == "str" else ""
        if not usual:
            continue
        if not parameters.get(name, usual):
            raise ParameterError(f"parameter '{name}' is empty{one_of(known[name])}")
        if name not in parameters and usual not in known[name]:
            left_out = f"parameter '{name}' is not given, and the notebook's own, '{usual}'"
            raise ParameterError(f"{left_out}, is not in this data{one_of(known[name])}")


def with_day(values: Mapping[str, Any], notebook: Path, day: str) -> dict[str, Any]:
    """Return values with a day where the notebook takes one and none was given."""
    takes = {"as_of", "after"} & read_parameters(notebook).keys()
    return {**values, **{name: values.get(name) or day for name in sorted(takes)}}


def data_folders(values: Mapping[str, Any], notebook: Path) -> list[Path]:
    """Return the data folders that some values name, in the order of the parameters' names."""
    named = (notebook.parent / values[name] for name in sorted(FOLDERS | DAYS_OR_FOLDERS)
             if values.get(name))  # fmt: skip
    return [folder for folder in named if folder.is_dir()]


def _type(said: Mapping[str, str]) -> str:
    """Return the type that a parameter is annotated with, else that of its default."""
    name = said["inferred_type_name"].split("[")[0].lower()
    if name in TYPES:
        return name
    usual = _usual(said)
    return "str" if usual is None else type(usual).__name__


def _usual(said: Mapping[str, str]) -> Any:
    """Return the value that a parameter has by itself; None where the notebook works it out."""
    try:
        return ast.literal_eval(said["default"])
    except ValueError:
        return None


def _check_name(name: str, takes: Mapping[str, Any], notebook: Path) -> None:
    if name not in takes:
        raise ParameterError(
            f"{label(notebook)} has no parameter '{name}'; it takes: {', '.join(takes) or 'none'}"
            f"{did_you_mean(name, takes)}"
        )


def _parse(name: str, value: str, kind: str) -> Any:
    _check_characters(name, value)
    if kind == "list":
        return [part.strip() for part in value.split(",") if part.strip()]
    if kind == "str":
        return value
    try:
        return TRUTHS[value.strip().lower()] if kind == "bool" else TYPES[kind](value)
    except (KeyError, ValueError) as error:
        raise ParameterError(f"parameter '{name}' is '{value}'; it takes {SAID[kind]}") from error


def _check_characters(name: str, value: str) -> None:
    if text := say_unsafe(value, f"parameter '{name}'"):
        raise ParameterError(text)


def _file(name: str, value: str, notebook: Path) -> str:
    """Return the path of a file that the reader names, as the notebook sees it."""
    path = Path(value).expanduser().absolute()
    if path.is_file():
        return _seen_from(notebook.parent, path)
    raise ParameterError(f"parameter '{name}': {no_file(Path(value).expanduser())}")


def _folder(name: str, value: str, notebook: Path) -> str:
    """Return the path of a folder that the reader names, as the notebook sees it."""
    named = Path(value).expanduser()
    path = named.absolute()
    if value and path.is_dir():
        return _seen_from(notebook.parent, path)
    raise ParameterError(f"parameter '{name}': {no_folder(named) if value else NO_NAME}")


def _seen_from(folder: Path, path: Path) -> str:
    """Return a path as it is found from another folder, if there is a way."""
    try:
        return os.path.relpath(path.absolute(), folder.absolute())
    except ValueError:  # on Windows, it lies on another drive
        return str(path.absolute())


def _check_day(name: str, value: str, notebook: Path) -> None:
    takes_folder = name in DAYS_OR_FOLDERS and ISO.fullmatch(value) is None
    if takes_folder and (notebook.parent / value).is_dir():
        return
    if not is_date(value):
        said = "a day is written 2026-09-01, 2026-09 or 2026"
        said += "; nor is it a data folder" if takes_folder else ""
        raise ParameterError(f"parameter '{name}' is '{value}'; {said}{hint_of_day(value)}")
