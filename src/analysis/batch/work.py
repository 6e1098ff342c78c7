"""One report's work, as it is handed to a worker and handed back: one line of JSON each way."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

DONE, FAILED, LOST = "done", "failed", "lost"


@dataclass(frozen=True)
class Task:
    """A notebook to run and to lay out.

    Attributes
    ----------
    notebook
        Its path.
    parameters
        Its parameters, checked.
    formats
        What to write beside the executed notebook.
    folder, stem
        Where to write, and the names of the files without their endings.
    timeout
        Seconds after which it is given up; 0 for never.
    """

    notebook: str
    parameters: dict[str, Any]
    formats: tuple[str, ...]
    folder: str
    stem: str
    timeout: float = 0


@dataclass(frozen=True)
class Result:
    """What became of a task.

    Attributes
    ----------
    status
        ``done``; ``failed``, and would fail again; or ``lost``: killed, hung or died.
    sentence
        What went wrong.
    files
        The size and the SHA-256 hash of each file written, by its name.
    seconds
        How long it took.
    """

    status: str
    sentence: str = ""
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: float = 0


def line_of(message: Any) -> bytes:
    """Return a message as one line."""
    return (
        json.dumps(asdict(message) if not isinstance(message, dict) else message).encode() + b"\n"
    )
