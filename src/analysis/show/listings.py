"""Lists in, tables out: history, claims, what is missing, and sources."""

from collections.abc import Mapping

import pandas as pd

from analysis import schema
from analysis.show import words
from analysis.show.blocks import Block, Columns, Table, cell, cite, line, link, row, runs_of, text
from analysis.show.tables import Labels

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


def tabulate_claims(claims: pd.DataFrame, labels: Labels) -> Table:
    """Set each claim beside the counted figures nearest to its own date.

    Parameters
    ----------
    claims
        What ``claims_beside_figures`` returns.
    """
    columns = Columns().add("Union", 0.9).add("What is claimed, and where", 3)
    columns.add("Counted figures nearest in time", 3)
    rows = []
    for _, claim in claims.iterrows():
        figures = [
            line(f"{words.figure(counted)}, {words.basis(counted)}", cite(counted["source"]))
            for counted in claim["figures"]
        ]
        rows.append(
            row(
                labels[claim["union"]],
                cell(words.sentence(claim["claim"]), *said_lines(claim["said"])),
                cell(*figures) if figures else cell(line(why_none(claim), style="basis")),
            )
        )
    note = "A claim is what its source says. This report does not make it."
    return Table("Claims, each with its source, beside the figures", columns.made, rows,
                 note=runs_of(note))  # fmt: skip


def said_lines(said: list[tuple[str, str]]) -> list[Block]:
    """Return a line for each date on which a claim is made, with the sources that make it."""
    return [
        line(
            words.sentence(date),
            cite(*(source for dated, source in said if dated == date)),
            style="basis",
        )
        for date in dict.fromkeys(dated for dated, _ in said)
    ]


def why_none(claim: pd.Series) -> str:
    """Say why no figure stands beside a claim."""
    return "No counted figure was read" if claim["about_size"] else "Not a claim about numbers"


def tabulate_missing(missing: pd.DataFrame, labels: Labels) -> Table:
    """List what no source states and what is old, a row a union.

    Parameters
    ----------
    missing
        What ``what_is_missing`` returns.
    """
    columns = Columns().add("Union", 1.2)
    for label in ("Posts not stated", "Posts disputed", "Posts on undated pages",
                  "Old membership figures", "Benefits stated"):  # fmt: skip
        columns.add(label, 1, "right")
    rows = [
        row(
            labels[union["union"]],
            f"{union['not_stated']} of {union['roles']}",
            str(union["disputed"]),
            str(union["undated"]),
            f"{union['old_figures']} of {union['figures']}",
            str(union["benefits"]),
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
    """
    columns = Columns().add("No.", 0.4, "right").add("Source", 6.6).add("Publisher", 1.9)
    columns.add("Published", 1.5).add("How much we read", 1.2)
    rows = []
    for code, source in sources.iterrows():
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
        rows.append(made | {"source": code})
    return Table("Sources, numbered as they are first named", columns.made, rows, kind="sources")


def printed(source: pd.Series) -> Block:
    """Say when a source was printed."""
    if not source["published"]:
        return cell("undated")
    inferred = line("date inferred", style="basis") if source["date_inferred"] else line("")
    return cell(line(source["published_words"]), inferred)
