"""How long reading and checking takes: the shipped facts, 1,000 and 100,000 facts, as ratios.

Run by ``make bench``. Every size is read from files in a temporary folder, several times in one
process, and the median is told, with its ratio to the plain ``csv`` module reading the same file.
"""

import csv
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from analysis.read.facts import read_dataset

DATA = Path(__file__).parents[1] / "data"
SIZES = (1_000, 100_000)
RUNS = 5


def write_facts(folder: Path, number: int) -> None:
    """Write a data folder with a number of facts: the shipped ones, over and over, re-dated."""
    for file in DATA.glob("*.csv"):
        shutil.copy(file, folder)
    with (DATA / "unions.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    lives = ("name", "status", "succeeded_by", "renamed_to", "section_of")
    named = [row for row in rows if row[1] in lives]
    figures = [row for row in rows if row[1] == "members"]
    for turn in range(number):
        row = list(figures[turn % len(figures)])
        row[2], row[3], row[4] = "whole", str(1000 + turn), ""
        row[5] = ("return_all", "claimed", "tuc")[turn % 3]
        row[6] = f"{1900 + turn % 119}-{turn // 119 % 12 + 1:02}-{turn // 1428 % 28 + 1:02}"
        named.append(row)
    unique = list({(*row[:3], *row[5:8]): row for row in named}.values())[:number]
    with (folder / "unions.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *unique])


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of several runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def plain(path: Path) -> int:
    """Read a file by the csv module alone: the floor."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def main() -> None:
    """Print one line a size."""
    print("facts      read and checked   csv module alone   ratio")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_facts(folder, size)
            ours = seconds(lambda folder=folder: read_dataset(folder))
            floor = seconds(lambda folder=folder: plain(folder / "unions.csv"))
            facts = len(read_dataset(folder).facts)
        print(f"{facts:>7,}    {ours:>12.3f} s    {floor:>12.4f} s    {ours / floor:>6.0f}")


if __name__ == "__main__":
    main()
