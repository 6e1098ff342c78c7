"""How long a school's answers take once the data and its posts are read, beside a bare read.

Run by ``make bench``, or from the project folder by ``python -m benchmarks.answer_school``. Every
example school is answered several times in one process; the median is told, with its ratio to
reading and checking the shipped data.
"""

from functools import partial

from benchmarks.read_facts import DATA, seconds

from analysis import (
    Snapshot,
    Workforce,
    consultation_rules,
    gaps,
    heads_by_choice,
    hide_small_counts,
    open_unions,
    overlaps,
    post_coverage,
    read_dataset,
    read_workforce,
    recognition_of_posts,
    smallest_panel,
    whom_to_consult,
)


def answer(data: Snapshot, school: Workforce) -> None:
    """Ask every question of a school's report."""
    posts, _ = hide_small_counts(school.posts)
    answers = post_coverage(data.coverage, posts, data.choose())
    choice = open_unions(answers, posts)
    for ask in (gaps, overlaps, heads_by_choice, smallest_panel):
        ask(choice)
    whom_to_consult(answers)
    recognition_of_posts(answers)
    consultation_rules(data.rules)


def main() -> None:
    """Print one line a school."""
    floor = seconds(lambda: read_dataset(DATA))
    dataset = read_dataset(DATA)
    data = dataset.as_at("2026-11-22")
    whole = read_workforce(DATA / "schools.example.csv", dataset.roles)
    print(f"the data read and checked: {floor * 1000:.0f} ms")
    print("posts   answers   ratio to reading the data")
    for urn in whole.schools.index:
        school = read_workforce(DATA / "schools.example.csv", dataset.roles, urn)
        took = seconds(partial(answer, data, school))
        print(f"{len(school.posts):>5}   {took * 1000:>4.0f} ms   {took / floor:>5.2f}")


if __name__ == "__main__":
    main()
