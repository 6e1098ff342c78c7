"""Answers in, tables out."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from analysis import schema
from analysis.errors import check_name
from analysis.show import words
from analysis.show.blocks import (
    OLD_FIGURE,
    Block,
    Columns,
    Table,
    answer_cell,
    cell,
    cite,
    how_old,
    line,
    old_line,
    row,
    runs_of,
)
from analysis.show.choice import fold_roles
from analysis.show.traces import member_key, traced

Labels = Mapping[str, str]
NOT_STATED = "Not stated means that no source we read says so. It does not mean no."


def member_cell(rows: pd.DataFrame) -> Block:
    """Return one union's figures, each with its basis and date right under it."""
    lines = []
    for _, figure in rows.iterrows():
        key = member_key(figure)
        lines.append(line(traced(words.figure(figure), key), cite(figure["source"])))
        lines.append(line(traced(words.basis(figure), key), style="basis"))
        lines.append(old_line(figure["old"], OLD_FIGURE))
    return cell(*lines) if lines else cell("not stated")


def founded_cell(union: pd.Series, history: pd.DataFrame) -> Block:
    """Return when a union began, and when its first forerunner did."""
    rows = history[(history["union"] == union.name) & (history["event"] == "founded")]
    lines = []
    for item, style, before in (("present_body", "main", ""), ("origin", "basis", "origin ")):
        found = rows[rows["item"] == item]
        years = sorted(set(found["date"].str[:4]))
        if years:
            sources = found["source"].unique()[:2]
            said = traced(before + " or ".join(years), f"date: {union.name}|founded|{item}")
            lines.append(line(said, cite(*sources), style=style))
    return cell(*lines) if lines else cell("not stated")


def tabulate_glance(
    chosen: list[str],
    unions: pd.DataFrame,
    history: pd.DataFrame,
    headlines: pd.DataFrame,
    coverage: pd.DataFrame,
    traits: pd.DataFrame,
    labels: Labels,
) -> Table:
    """Set each union on one row: founded, members, whom it is for, nations, TUC.

    Parameters
    ----------
    chosen
        Codes of the unions, in the order they should be read.
    unions, history, coverage, traits, labels
        As in the data of a day.
    headlines
        What ``headline_members`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> headlines = headline_members(latest_members(data.members, ["naht"]))
    >>> told = (data.unions, data.history, headlines, data.coverage, data.traits)
    >>> tabulate_glance(["naht"], *told, data.labels).caption
    'The unions at a glance, in alphabetical order'
    """
    columns = Columns().add("Union", 1.4).add("Founded", 0.9).add("Members", 2.1)
    columns.add("Who may join", 2.6).add("Nations", 1.2).add("In the TUC", 0.9)
    rows = []
    for code in chosen:
        union, joining = unions.loc[code], admitted(coverage, code)
        rows.append(
            row(
                cell(union["short_name"], line(full_name(union), style="basis")),
                founded_cell(union, history),
                member_cell(headlines[headlines["union"] == code]),
                cell(words.open_to(joining, labels), old_part(joining)),
                *trait_cells(traits[traits["union"] == code]),
            )
        )
    note = (
        "Do not compare down the column of members: unions are counted in different ways. Each "
        "shows its newest statutory return, and a newer figure if there is one."
    )
    return Table("The unions at a glance, in alphabetical order", columns.made, rows,
                 note=runs_of(note))  # fmt: skip


def trait_cells(own: pd.DataFrame) -> tuple[Block, Block]:
    """Return the nations that a union covers, and whether it is in the TUC."""
    nation = own[(own["fact"] == "nation") & (own["answer"] == "yes")]
    tuc = own[(own["fact"] == "affiliated") & (own["item"] == "tuc")]
    said = words.sentence(words.nations(nation["item"])) or "Not stated"
    return (
        cell(line(said, cite(*newest_sources(nation)[:2])), old_part(nation)),
        # Its age stands in a line of its own, so it is not told twice.
        cell(line(*words.stated(tuc.assign(qualifier="", old=False))), age_line(tuc["old"])),
    )


def old_part(answers: pd.DataFrame) -> dict[str, Any]:
    """Return the line that says that the yes answers of a cell, or some of them, are old."""
    return age_line(answers.loc[answers["answer"] == "yes", "old"])


def age_line(old: "pd.Series[bool]") -> dict[str, Any]:
    """Return the line that says whether all, some or none of a cell is old."""
    return old_line(bool(old.any()), how_old(old))


def admitted(coverage: pd.DataFrame, union: str) -> pd.DataFrame:
    """Return the answers on who may join one union."""
    return coverage[(coverage["union"] == union) & (coverage["level"] == "admits")]


def full_name(union: pd.Series) -> str:
    """Return the official name where it says more than the short one."""
    same = union["official_name"].casefold() == union["short_name"].casefold()
    return "" if same else str(union["official_name"])


def newest_sources(rows: pd.DataFrame) -> list[str]:
    """Return the newest source of each answer, each once."""
    return list(dict.fromkeys(sources[0] for sources in rows["sources"] if sources))


def tabulate_members(latest: pd.DataFrame, labels: Labels) -> Table:
    """List the newest figures, basis by basis, so that like stands beside like.

    Parameters
    ----------
    latest
        What ``latest_members`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> latest = latest_members(data.members, ["naht", "nasuwt"])
    >>> tabulate_members(latest, data.labels).caption
    'Members of the whole union, by how they were counted'
    """
    columns = Columns().add("Union", 1.2).add("How they were counted", 2.7)
    columns.add("Members", 1.5, "right").add("Date", 2.6).add("Age", 0.9)
    rows = [
        row(
            labels[figure["union"]],
            cell(
                words.sentence(schema.BASES[figure["basis"]]), line(spoken(figure), style="basis")
            ),
            cell(line(words.figure(figure), cite(figure["source"]))),
            words.sentence(figure["dated"]),
            cell(old_line(True, OLD_FIGURE)) if figure["old"] else "current",
            of=[member_key(figure)],
        )
        for _, figure in latest.iterrows()
    ]
    note = "Figures on different bases cannot be compared, ranked or added up."
    return Table("Members of the whole union, by how they were counted", columns.made, rows,
                 note=runs_of(note))  # fmt: skip


def spoken(figure: pd.Series) -> str:
    """Say which count a figure on another basis is."""
    return str(figure["qualifier"]) if figure["basis"] in ("other", "balloted") else ""


def tabulate_coverage(
    coverage: pd.DataFrame,
    matrix: pd.DataFrame,
    labels: Labels,
    level: str = "admits",
    groups: Mapping[str, str] | None = None,
) -> Table:
    """Set the answers of a matrix in a table, a row a role, each with its newest source.

    Parameters
    ----------
    coverage
        One row per union, level and role, with ``answer``, ``basis``, ``sources`` and ``old``.
    matrix
        What ``coverage_matrix`` or ``post_matrix`` returns: its unions and roles, in its order.
    groups
        Staff group of each role: if given, roles with the same answers share a row, under their
        group's name where all of it does.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = coverage_matrix(data.coverage, "admits", ["naht", "neu"])
    >>> tabulate_coverage(data.coverage, matrix, data.labels).caption
    'May staff in this post join?'
    """
    check_name("level", level, schema.LEVELS)
    rows_at = coverage[coverage["level"] == level]
    names = ["union", "role", "basis", "sources", "old"]
    found: dict[tuple[str, str], dict[Hashable, Any]] = {
        (union, role): {"basis": basis, "sources": sources, "old": old}
        for union, role, basis, sources, old in rows_at[names].itertuples(index=False)
    }
    answers = {role: matrix[role].tolist() for role in matrix.columns}
    alike: dict[object, list[str]] = {}
    for role in matrix.columns:
        alike.setdefault(tuple(answers[role]) if groups is not None else role, []).append(role)
    columns = Columns().add(*(("Posts", 2.6) if groups is not None else ("Post", 1.9)))
    for union in matrix.index:
        columns.add(labels[union], 1, "centre")
    rows = [
        row(
            words.sentence(fold_roles(roles, groups or {}, labels)),
            *(
                alike_cell(answer, [found[union, role] for role in roles])
                for union, answer in zip(matrix.index, answers[roles[0]], strict=True)
            ),
        )
        for roles in alike.values()
    ]
    asked = {"admits": "May staff in this post join?",
             "recruits": "Does the union recruit staff in this post?",
             "recognised": "Does the union bargain for this post?"}[level]  # fmt: skip
    return Table(asked, columns.made, rows, kind="grid", note=runs_of(NOT_STATED))


def alike_cell(answer: str, found: list[dict[Hashable, Any]]) -> Block:
    """Return the cell of one answer of a union for several roles, with the sources of each."""
    sources = [code for one in found for code in shown_sources(answer, one["sources"])]
    below = how_implied(one["basis"] for one in found)
    return answer_cell(answer, sources, below, old=[one["old"] for one in found])


def how_implied(bases: Iterable[Hashable]) -> str:
    """Say whether answers follow from what sources say, rather than being said outright.

    >>> how_implied(["implied", "stated"]), how_implied(["implied"]), how_implied(["stated"])
    ('partly implied', 'implied', '')
    """
    implied = [basis == "implied" for basis in bases]
    return ("implied" if all(implied) else "partly implied") if any(implied) else ""


def shown_sources(answer: str, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Return the newest source of an answer, or every source of a disputed one."""
    return sources if answer == "disputed" else sources[:1]


def tabulate_benefits(benefits: pd.DataFrame, matrix: pd.DataFrame, labels: Labels) -> Table:
    """Set benefits side by side, a row a benefit, each answer with its newest source.

    Parameters
    ----------
    benefits
        One row per union and benefit stated, with ``answer``, ``sources`` and ``old``.
    matrix
        What ``benefit_matrix`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = benefit_matrix(data.benefits, ["naht", "neu"])
    >>> tabulate_benefits(data.benefits, matrix, data.labels).caption
    'What members are stated to get'
    """
    found = benefits.set_index(["union", "benefit"])[["sources", "old"]].to_dict("index")
    nothing: dict[str, Any] = {"sources": (), "old": False}
    columns = Columns().add("Benefit", 1.9)
    for union in matrix.columns:
        columns.add(labels[union], 1, "centre")
    rows = [
        row(
            labels[benefit],
            *(
                answer_cell(answer, shown_sources(answer, told["sources"]), old=[told["old"]])
                for union, answer in answers.items()
                for told in [found.get((union, benefit), nothing)]
            ),
        )
        for benefit, answers in matrix.iterrows()
    ]
    return Table("What members are stated to get", columns.made, rows, kind="grid",
                 note=runs_of(NOT_STATED))  # fmt: skip
