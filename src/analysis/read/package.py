"""Write ``data/datapackage.json`` and ``data/README.md`` from the words in ``schema.py``."""

import json
import sys
from pathlib import Path
from typing import Any

from analysis import schema

KEYS = {"unions": schema.FACT_KEY, "rules": ("rule", "from", "source")}
TITLES = {
    "unions": "One row is one fact that one source states about one union",
    "sources": "One row is one source",
    "roles": "One row is one post, with its codes in the school workforce census",
    "benefits": "One row is one benefit",
    "rules": "One row is one dated rule of law that one source states",
}
ENUMS = {
    ("unions", "fact"): list(schema.FACTS),
    ("sources", "date_inferred"): ["yes"],
    ("sources", "read"): list(schema.READ),
    ("roles", "group"): list(schema.ROLE_GROUPS),
    ("benefits", "group"): list(schema.BENEFIT_GROUPS),
    ("rules", "rule"): list(schema.RULES),
}


def field(file: str, column: schema.Column) -> dict[str, Any]:
    """Return one column as a Table Schema field."""
    limits: dict[str, Any] = {}
    if column.required:
        limits["required"] = True
    if column.unique:
        limits["unique"] = True
    if column.pattern:
        limits["pattern"] = f"^(?:{column.pattern})$"
    if (file, column.name) in ENUMS:
        limits["enum"] = ENUMS[file, column.name]
    made = {"name": column.name, "type": "string", "description": column.meaning}
    return made | ({"constraints": limits} if limits else {})


def datapackage() -> dict[str, Any]:
    """Return the Data Package descriptor of the data folder."""
    resources = []
    for file, columns in schema.FILES.items():
        table: dict[str, Any] = {"fields": [field(file, column) for column in columns]}
        table["primaryKey"] = list(KEYS.get(file, (columns[0].name,)))
        if file in KEYS:
            reference = {"resource": "sources", "fields": "source"}
            table["foreignKeys"] = [{"fields": "source", "reference": reference}]
        resources.append(
            {
                "name": file,
                "title": TITLES[file],
                "path": f"{file}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "schema": table,
            }
        )
    return {
        "name": "school-staff-unions",
        "title": "Trade unions that serve school staff in England",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "resources": resources,
    }


def listing(words: dict[str, str]) -> list[str]:
    """Return a vocabulary as a Markdown list."""
    return [f"- `{code}`: {meaning}" for code, meaning in words.items()]


def readme() -> str:
    """Return the README of the data folder."""
    parts = [opening(), *map(columns_of, schema.FILES), facts()]
    parts += [[f"## {title}", "", *listing(words)] for title, words in VOCABULARIES.items()]
    limits = [
        f"- `{fact}`: {limit.years} years, since {limit.reason}"
        for fact, limit in schema.AGE_LIMITS.items()
    ]
    parts.append(["## Age limits", "", *limits])
    parts.append(whole_populations())
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def opening() -> list[str]:
    """Return what the folder is, and how it is kept."""
    return [
        "# The data",
        "",
        "Written by `python -m analysis.read.package`; edit `src/analysis/schema.py`, not this.",
        "Check the files with `unions check`; after a spreadsheet, run `unions tidy`.",
        "",
        "Facts are free to use under CC BY 4.0. Each names the source that states it.",
        "",
        "An employer's own facts, such as a recognition agreement, stand in `local/unions.csv`,",
        "with the columns of `unions.csv` and a last one, `employer`, and their sources in",
        "`local/sources.csv`. They are laid over the national ones, and git leaves them alone.",
    ]


def columns_of(file: str) -> list[str]:
    """Return the columns of one file as a table."""
    rows = [
        f"| `{column.name}` | {column.meaning} | {'required' if column.required else ''} |"
        for column in schema.FILES[file]
    ]
    head = ["| column | meaning | |", "|---|---|---|"]
    return [f"## {file}.csv", "", f"{TITLES[file]}.", "", *head, *rows]


def facts() -> list[str]:
    """Return the kinds of fact as a table, and the rules for their rows."""
    rows = [
        f"| `{name}` | {fact.meaning}{' (with `as_of`)' if fact.dated else ''} | {fact.item} "
        f"| {fact.value} | {fact.basis} |"
        for name, fact in schema.FACTS.items()
    ]
    key = ", ".join(f"`{name}`" for name in schema.FACT_KEY)
    return [
        "## Facts",
        "",
        f"No two facts share {key}.",
        "",
        "| fact | what it states | item | value | basis |",
        "|---|---|---|---|---|",
        *rows,
        "",
        "An answer is `yes`, `no` or `disputed`, the last only where one source says so itself.",
        "What no source states has no row: not stated is never no.",
        "A role may be `group:` and a staff group; the row then speaks of every role of it.",
        f"A claim is written {schema.CLAIM_GRAMMAR}.",
        "Its measures, populations (of `largest`; elsewhere in free words) and areas are listed",
        "below. The area may be left out: the United Kingdom is meant.",
    ]


def whole_populations() -> list[str]:
    """Return the populations that the data holds whole, and why it does."""
    kept = [
        f"- `{population}` in `{area}`: {', '.join(f'`{union}`' for union in found.unions)}, "
        f"since {found.reason}"
        for (population, area), found in schema.CONTENDERS.items()
    ]
    return [
        "## Where the largest union is known",
        "",
        "The data can bear out a claim to be the largest only where one of these must be:",
        "",
        *kept,
    ]


VOCABULARIES = {
    "Statuses": schema.STATUSES,
    "Scopes of membership": schema.SCOPES,
    "Bases of membership, best first": schema.BASES,
    "Bases of fees": schema.FEE_BASES,
    "Bases of who may join": schema.ADMITS_BASES,
    "Agreements": schema.AGREEMENTS,
    "Staff groups": schema.ROLE_GROUPS,
    "Rules": {code: rule.meaning for code, rule in schema.RULES.items()},
    "Phases": schema.PHASES,
    "Nations": schema.NATIONS,
    "Bodies": schema.BODIES,
    "Measures of claims": schema.CLAIM_MEASURES,
    "Populations of claims to be the largest": schema.POPULATIONS,
    "Areas of claims": schema.AREAS,
    "Groups of benefits": schema.BENEFIT_GROUPS,
    "How much of a source was read": schema.READ,
}


def files() -> dict[str, str]:
    """Return the text of each file that is written from the schema."""
    package = json.dumps(datapackage(), indent=2, ensure_ascii=False) + "\n"
    return {"datapackage.json": package, "README.md": readme()}


if __name__ == "__main__":
    for name, content in files().items():
        Path(sys.argv[1] if len(sys.argv) > 1 else "data", name).write_text(content, "utf-8")
