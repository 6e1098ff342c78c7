"""Lists in, tables out: history, what is missing, and sources."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import Block, Columns, Table, cell, cite, line, link, row, text
from analysis.show.tables import Labels
from analysis.show.traces import event_keys

EVENTS = {
    ("founded", "present_body"): "began",
    ("founded", "origin"): "traces its origin to this date",
    ("succeeded_by", ""): "merged into {}",
    ("renamed_to", ""): "took the name {}",
    ("split_from", ""): "broke away from {}",
    ("section_of", ""): "became a section of {}",
}


def tabulate_history(events: pd.DataFrame, labels: Labels, full_names: Mapping[str, str]) -> Table:
    """List the events that led to each union, oldest first.

    Parameters
    ----------
    events
        What ``merger_events`` returns.
    full_names
        Official name of each union, shown where the union begins.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> history = merger_history(data.history, ["neu"])
    >>> tabulate_history(merger_events(history), data.labels, data.full_names).caption
    'How each union came about, oldest event first'
    """
    columns = Columns().add("Union", 1).add("When", 1).add("What happened", 3)
    rows = [
        row(
            labels[event["line"]],
            words.sentence(event["dated"]) or "Day not stated",
            cell(
                line(happened(event, labels), cite(*event["sources"])),
                line(spelt_out(event, labels, full_names), style="basis"),
            ),
            of=event_keys(event),
        )
        for _, event in events.iterrows()
    ]
    return Table("How each union came about, oldest event first", columns.made, rows)


def spelt_out(event: pd.Series, labels: Labels, full_names: Mapping[str, str]) -> str:
    """Return the full name of a body that begins, where it says more than the short one."""
    union = event["unions"][0]
    same = full_names[union].casefold() == labels[union].casefold()
    return "" if event["event"] != "founded" or same else full_names[union]


def happened(event: pd.Series, labels: Labels) -> str:
    """Say one event of a union's history."""
    names = words.listed(labels[union] for union in event["unions"])
    return f"{names} {EVENTS[event['event'], event['item']].format(labels.get(event['other']))}"


def tabulate_missing(missing: pd.DataFrame, labels: Labels) -> Table:
    """List what no source states and what is old, a row a union.

    Parameters
    ----------
    missing
        What ``what_is_missing`` returns.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = coverage_matrix(data.coverage, "admits", ["naht", "neu"])
    >>> latest = latest_members(data.members, ["naht", "neu"])
    >>> missing = what_is_missing(matrix, data.coverage, latest, data.benefits)
    >>> tabulate_missing(missing, data.labels).caption
    'What no source states, and what is old'
    """
    columns = Columns().add("Union", 1.2)
    for label in ("Posts not stated", "Posts disputed", "Posts on undated pages",
                  "Benefits stated", "Old answers", "Old membership figures"):  # fmt: skip
        columns.add(label, 1, "right")
    rows = [
        row(
            labels[union["union"]],
            f"{union['not_stated']} of {union['roles']}",
            str(union["disputed"]),
            str(union["undated"]),
            f"{union['benefits']} of {union['all_benefits']}",
            str(union["old_answers"]),
            f"{union['old_figures']} of {union['figures']}",
            of=["count: answers, benefits and membership figures of this union"],
        )
        for _, union in missing.iterrows()
    ]
    return Table("What no source states, and what is old", columns.made, rows)


def tabulate_sources(sources: pd.DataFrame) -> Table:
    """List sources with publisher, date and how much of each was read.

    The exporters keep those that the report cites and number them in the order of citation.

    Parameters
    ----------
    sources
        One row per source, by code, in the columns of ``sources.csv``.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> tabulate_sources(data.sources).caption
    'Sources, numbered as they are first named'
    """
    columns = Columns().add("No.", 0.4, "right").add("Source", 6.6).add("Publisher", 1.9)
    columns.add("Published", 1.5).add("How much we read", 1.2)
    rows = []
    for source in sources.reset_index(names="source").astype(object).to_dict("records"):
        title = link(source["title"], source["url"]) if source["url"] else text(source["title"])
        unstated = source["licence"].startswith("not stated")
        licence = "" if unstated else f"Licence: {source['licence']}"
        made = row(
            cell(),
            cell(line(title), line(licence, style="basis")),
            source["publisher"],
            printed(source),
            words.sentence(schema.READ[source["read"]]),
        )
        rows.append(made | {"source": source["source"]})
    return Table("Sources, numbered as they are first named", columns.made, rows, kind="sources")


def printed(source: Mapping[Hashable, Any]) -> Block:
    """Say when a source was printed."""
    if not source["published"]:
        return cell("undated")
    inferred = line("date inferred", style="basis") if source["date_inferred"] else line("")
    return cell(line(source["published_words"]), inferred)
