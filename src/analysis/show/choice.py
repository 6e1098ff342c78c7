"""For which posts few unions answer yes, and for which many; posts with one answer folded."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from analysis.errors import check_name
from analysis.show import words
from analysis.show.blocks import OLD, Block, Columns, Table, cell, cite, line, old_line, row

Labels = Mapping[str, str]
CHOICE = {"admits": "admit", "recruits": "recruit", "recognised": "bargain for"}


def tabulate_choice(
    choice: pd.DataFrame, labels: Labels, level: str = "admits", least: int = 0
) -> Table:
    """List the posts for which one union, or none, answers yes; or those with many that do.

    Posts with the same unions stand together, under their staff group if all of it does.

    Parameters
    ----------
    choice
        What ``roles_by_choice`` returns for that level.
    least
        List the posts with so many unions or more, most first, in place of those with few.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> choice = roles_by_choice(data.coverage, ["naht", "neu"])
    >>> tabulate_choice(choice, data.labels).caption
    'Posts that one union, or none, is stated to admit, fewest unions first'
    """
    check_name("level", level, CHOICE)
    verb = CHOICE[level]
    if least:
        kept = choice[choice["number"] >= least]
        kept = kept.sort_values("number", ascending=False, kind="stable")
        caption = (
            f"Posts that {words.count(least, 'union')} or more are stated to {verb}, most first"
        )
    else:
        kept = choice[choice["number"] <= 1]
        caption = f"Posts that one union, or none, is stated to {verb}, fewest unions first"
    columns = Columns().add("Posts", 3).add("How many posts", 0.8, "right")
    columns.add(f"Unions stated to {verb} them", 2.6)
    groups = dict(zip(choice["role"], choice["role_group"], strict=True))
    same = [kept[name].map(tuple) for name in ("unions", "disputed", "old")]
    rows = []
    for (unions, disputed, old), posts in kept.groupby(same, sort=False):
        sources = dict.fromkeys(code for codes in posts["sources"] for code in codes)
        named = words.listed(labels[union] for union in unions) or "None stated"
        rows.append(
            row(
                words.sentence(fold_roles(posts["role"], groups, labels)),
                str(len(posts)),
                cell(line(named, cite(*sources)), *limit_lines(disputed, old, labels)),
                of=["count: posts with these answers"],
            )
        )
    return Table(caption, columns.made, rows)


def limit_lines(disputed: Sequence[str], old: Sequence[str], labels: Labels) -> list[Block]:
    """Return the lines that say whose sources differ, and whose answers are old, if any."""
    differ = named_after("disputed", disputed, labels) if disputed else ""
    return [line(differ, style="basis"), old_line(bool(old), named_after(OLD, old, labels))]


def named_after(word: str, unions: Iterable[str], labels: Labels) -> str:
    """Name the unions of which something is said.

    >>> named_after("old", ["neu", "naht"], {"neu": "NEU", "naht": "NAHT"})
    'old: NEU and NAHT'
    """
    return f"{word}: {words.listed(labels[union] for union in unions)}"


def fold_roles(roles: Iterable[str], groups: Mapping[str, str], labels: Labels) -> str:
    """Name whole staff groups where all of their posts are meant, else the posts.

    >>> fold_roles(["ta", "cook"], {"ta": "support", "cook": "auxiliary", "cleaner": "auxiliary"},
    ...            {"support": "Assistants", "cook": "Cook"})
    'assistants; cook'
    """
    asked = list(dict.fromkeys(roles))
    parts = []
    for group in dict.fromkeys(groups.values()):
        of_group = [role for role, its in groups.items() if its == group]
        meant = [role for role in of_group if role in asked]
        whole = [group] if meant == of_group else meant
        parts += [words.lower(labels[code]) for code in whole]
    parts += [words.lower(labels[role]) for role in asked if role not in groups]
    return "; ".join(parts)
