"""How long a school's posts take to read, and how much memory, from files of full size.

Run by ``make bench``, or from the project folder by ``python -m benchmarks.read_workforce``. The
files are invented and written to a temporary folder; each reading is done in a process of its
own, whose peak memory is told with all that it imports. A folder given as argument is kept, so
that its files serve again.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing import Process
from pathlib import Path

from tests.read.staff.published_files import (
    FROM_2024,
    Cell,
    as_csv,
    identity,
    sheet,
    size_columns,
    size_row,
    write_workbook,
)

from analysis import read_dataset

ROOT = Path(__file__).parents[1]
SCHOOLS = 22_000
BLANK_ROWS = 3_000
OWN_SCHOOLS, OWN_POSTS = 24_000, 25
SIZE_YEARS = [f"{year}{year % 100 + 1}" for year in range(2013, 2025)]
LAST = str(900_000 + SCHOOLS)

# What each reading runs: the file's name, then the URNs.
READ = """
import json, resource, sys, time
from pathlib import Path
from analysis import read_dataset
from analysis.read.staff import kept
from analysis.read.workforce import read_workforce
kept.folder = lambda: Path("kept").resolve()
roles = read_dataset(sys.argv[1]).roles
start = time.perf_counter()
workforce = read_workforce(sys.argv[2], roles, sys.argv[3:] or None)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([seconds, peak, len(workforce.schools), len(workforce.posts)]))
"""
READINGS = (
    ("workbook, one school, first time", "tables.xlsx", [LAST]),
    ("workbook, one school, after that", "tables.xlsx", [LAST]),
    ("workbook, all schools, after that", "tables.xlsx", []),
    ("its sheet as CSV, one school", "tables.csv", [LAST]),
    ("data set, one school", "size.csv", [LAST]),
    ("data set, all schools", "size.csv", []),
    ("own file, one school", "own.csv", [LAST]),
    ("own file, all schools", "own.csv", []),
)


def count() -> Cell:
    """Return a count as the files have it: few are symbols."""
    return random.choice(("x", "z", "low")) if random.random() < 0.02 else random.randrange(60)


def name(number: int) -> str:
    """Return a school's name; one in twenty has a comma, and so stands in quotes."""
    return f"School {number}, Elm Lane" if number % 20 == 0 else f"School {number}"


def tables() -> list[list[Cell]]:
    """Return a sheet of school tables with all its columns and the blank rows below."""
    schools = (
        identity(900_001 + number, name(number)) | {heading: count() for heading in FROM_2024}
        for number in range(SCHOOLS)
    )
    rows = sheet(FROM_2024, schools)
    filled = [[7 if cell is None else cell for cell in row] for row in rows[9:]]
    return [*rows[:9], *filled, *([[None] * len(rows[8])] * BLANK_ROWS)]


def size_lines() -> Iterator[str]:
    """Yield the lines of the data set, with full-time and part-time columns, all years."""
    columns = size_columns()
    keys = columns[:15]
    more = [f"{start}{part}{column.partition('_')[2]}" for start in ("fte_", "hc_")
            for part in ("ft_", "pt_") for column in columns[15:31]]  # fmt: skip
    yield as_csv([[*columns, *more]], "\n")
    tails = [",".join(str(count()) for _ in [*columns[15:], *more]) for _ in range(500)]
    for period in SIZE_YEARS:
        for number in range(SCHOOLS):
            row = size_row(str(900_001 + number), period, name(number))
            start = as_csv([[row.get(key) for key in keys]], "")
            yield f"{start},{random.choice(tails)}\n"


def write_files(folder: Path) -> None:
    """Write the files that are not there yet."""
    random.seed(1)
    rows = [] if (folder / "tables.csv").exists() else tables()
    if rows:
        write_workbook(folder / "tables.xlsx", Schools_2024=rows)
        (folder / "tables.csv").write_text(as_csv(rows), "utf-8", newline="")
    if not (folder / "size.csv").exists():
        with (folder / "size.csv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(size_lines())
    if not (folder / "own.csv").exists():
        roles = read_dataset(ROOT / "data").roles.index[:OWN_POSTS]
        posts = ([900_001 + at, name(at), role, random.randrange(1, 60), 0.9]
                 for at in range(OWN_SCHOOLS) for role in roles)  # fmt: skip
        text = as_csv([["urn", "school", "role", "headcount", "fte"], *posts], "\n")
        (folder / "own.csv").write_text(text, "utf-8", newline="")


def read(folder: Path, file: str, urns: list[str]) -> list[float]:
    """Return seconds, peak memory (MiB), schools and posts of one reading."""
    command = [sys.executable, "-c", READ, str(ROOT / "data"), file, *urns]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def main(folder: Path) -> None:
    """Print one line a reading."""
    # In a process of its own: a process begins with the peak memory of the one that starts it.
    writing = Process(target=write_files, args=[folder])
    writing.start()
    writing.join()
    for kept in folder.glob("kept/*"):
        kept.unlink()
    print("reading                             file MB   seconds   peak MiB   schools     posts")
    for what, file, urns in READINGS:
        size = (folder / file).stat().st_size / 1e6
        seconds, peak, schools, posts = read(folder, file, urns)
        figures = f"{size:>7.0f}  {seconds:>8.2f}   {peak:>8.0f}  {schools:>8,}  {posts:>8,}"
        print(f"{what:<36}{figures}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
