"""Put right what a spreadsheet did to the data files, and say every change."""

import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from analysis import schema
from analysis.read.dates import readings
from analysis.read.facts import check_folder
from analysis.read.files import Fault, columns_of, decode, parse, separator, write_rows

SORT_KEYS = {
    "unions": (0, 1, 2, 5, 6, 7),
    "sources": (0,),
    "roles": None,
    "benefits": None,
}
DATES = {"as_of", "published", "accessed"}
# A date's place in its row, and the rest of the row, to the dates that have stood there.
Dates = dict[tuple[int | str, ...], list[str]]


@dataclass
class Tidied:
    """What became of one folder: every change made, and every fault that is left."""

    changes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def tidy(folder: str | Path) -> Tidied:
    """Put order, line ends, quotes and ISO dates back into the files of a data folder.

    A date that a spreadsheet rewrote is put back where it can only mean one day: where its row
    otherwise equals a row of the last tidied file, or where its day is over 12. A file is written
    beside itself and renamed, so that none is ever half-written.

    Parameters
    ----------
    folder
        The data folder.

    Returns
    -------
    Tidied
        One sentence a change, and one sentence a fault that is left for a person.
    """
    done = Tidied()
    for kind in schema.FILES:
        path = Path(folder) / f"{kind}.csv"
        if path.is_file():
            tidy_file(path, kind, done)
    done.faults = check_folder(folder)
    return done


def tidy_file(path: Path, kind: str, done: Tidied) -> None:
    """Tidy one file and note what was changed; a file that cannot be read is left as it is."""
    raw, columns = path.read_bytes(), columns_of(kind)
    file = f"{path.parent.name or path.parent}/{path.name}"
    text, faults = decode(raw, file)
    delimiter = separator(text, columns)
    if faults or not text:
        return
    cells, lines = parse(text, delimiter)
    header = [name.strip() for name in cells[0]]
    if sorted(filter(None, header)) != sorted(columns):
        return
    changes = form_changes(raw, delimiter, header, columns)
    places = [header.index(name) for name in columns]
    rows = [
        ([record[place].strip() if place < len(record) else "" for place in places], line)
        for record, line in zip(cells[1:], lines[1:], strict=True)
        if any(cell.strip() for cell in record) and not any(record[len(header) :])
    ]
    changes += [f"{len(cells) - 1 - len(rows)} blank rows left out"] * (len(cells) - 1 > len(rows))
    before = last_tidied(path, kind)
    for row, line in rows:
        changes += [str(Fault("", line, *change)) for change in mend(row, columns, before)]
    ordered = in_order([row for row, _ in rows], kind)
    if ordered != [row for row, _ in rows]:
        changes.append("rows put back in their order")
    written = write_rows(columns, ordered).encode()
    if written != raw:
        changes = changes or ["quotes put back as they were"]
        replace(path, written)
    done.changes += [f"{file}{one if one.startswith(',') else ': ' + one}" for one in changes]
    replace(kept_copy(path), written)


def form_changes(
    raw: bytes, delimiter: str, header: list[str], columns: tuple[str, ...]
) -> list[str]:
    """Say what a spreadsheet did to a file as a whole."""
    return [
        words
        for words, so in {
            "the byte order mark taken out": raw.startswith(b"\xef\xbb\xbf"),
            "line ends put back to LF": b"\r\n" in raw,
            "semicolons between the columns made commas": delimiter == ";",
            "columns put back in their order": tuple(header[: len(columns)]) != columns,
        }.items()
        if so
    ]


def mend(row: list[str], columns: tuple[str, ...], before: Dates) -> Iterable[tuple[str, str]]:
    """Put right the dates and amounts of one row, in place; yield column and sentence."""
    dates, rest = date_places(row, columns), rest_of(row, columns)
    for place, name in enumerate(columns):
        old = row[place]
        if place in dates:
            row[place] = put_back(old, before.get((place, *rest), []))
        elif name == "value" and "fee" in row:
            row[place] = amount(old)
        if row[place] != old:
            yield name, f"'{old}' became '{row[place]}'"


def date_places(row: list[str], columns: tuple[str, ...]) -> list[int]:
    """Return where a row holds dates."""
    dates = DATES | ({"value"} if "founded" in row else set())
    return [place for place, name in enumerate(columns) if name in dates]


def put_back(date: str, before: list[str]) -> str:
    """Return a rewritten date as it was where it can only have been one, else as it is."""
    possible = readings(date)
    was = set(before) & set(possible)
    if len(was) == 1:
        return was.pop()
    certain = len(possible) == 1 and not was and possible[0][8:] > "12"
    return possible[0] if certain else date


def amount(value: str) -> str:
    """Return an amount in pounds with no decimals or two.

    >>> amount("1.3"), amount("14.00"), amount("42.67"), amount("a lot")
    ('1.30', '14', '42.67', 'a lot')
    """
    try:
        pounds = float(value)
    except ValueError:
        return value
    return f"{pounds:.0f}" if pounds == int(pounds) else f"{pounds:.2f}"


def rest_of(row: list[str], columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row's cells but for its dates; amounts in one form, as a spreadsheet cuts them."""
    dates = date_places(row, columns)
    return tuple(amount(cell) for place, cell in enumerate(row) if place not in dates)


def last_tidied(path: Path, kind: str) -> Dates:
    """Return each date of the last tidied file by its place and the rest of its row.

    The last tidied file is the copy that tidying keeps, and what the folder's git history holds.
    """
    found: Dates = defaultdict(list)
    columns = columns_of(kind)
    for text in (kept_text(path), committed_text(path)):
        cells = parse(text, ",")[0] if text else []
        for row in cells[1:] if cells and tuple(cells[0]) == columns else []:
            for place in date_places(row, columns) if len(row) == len(columns) else []:
                found[place, *rest_of(row, columns)].append(row[place])
    return found


def kept_copy(path: Path) -> Path:
    """Return where the copy of the last tidied file is kept."""
    return path.parent / ".tidied" / path.name


def kept_text(path: Path) -> str:
    """Return the copy of the last tidied file, or nothing."""
    copy = kept_copy(path)
    return copy.read_text(encoding="utf-8") if copy.is_file() else ""


def committed_text(path: Path) -> str:
    """Return the file as git last committed it, or nothing where there is no git."""
    command = ["git", "-C", str(path.parent), "show", f"HEAD:./{path.name}"]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", errors="replace")


def in_order(rows: list[list[str]], kind: str) -> list[list[str]]:
    """Return rows in their file's order: roles and benefits in the order of their groups."""
    keys = SORT_KEYS[kind]
    if keys:
        return sorted(rows, key=lambda row: [row[place] for place in keys])
    groups = list(schema.ROLE_GROUPS if kind == "roles" else schema.BENEFIT_GROUPS)
    return sorted(rows, key=lambda row: groups.index(row[2]) if row[2] in groups else len(groups))


def replace(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it."""
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)
