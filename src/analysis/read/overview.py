"""What a data set holds, at a glance."""

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.dates import say_date
from analysis.schema import AGE_LIMITS, OUTSIDE, TABLE_MIME

if TYPE_CHECKING:
    from analysis.read.snapshot import Snapshot

CAPTION = "What the data holds"


@dataclass(frozen=True, repr=False)
class Overview:
    """An overview that shows itself: as a table in Jupyter, as text in a terminal.

    Attributes
    ----------
    caption
        What it is an overview of, with the day.
    frame
        One row per thing counted: ``what``, ``number`` (whole) and ``detail`` (in words).
    """

    caption: str
    frame: pd.DataFrame

    def __repr__(self) -> str:
        """Return the overview as lines of text."""
        wide = {name: int(self.frame[name].map(str).map(len).max()) for name in self.frame}
        rows = [
            f"  {row.what:<{wide['what']}}  {row.number:>{wide['number'] + 1},}  {row.detail}"
            for row in self.frame.itertuples()
        ]
        return "\n".join([self.caption, *rows])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return what Jupyter shows and what the exporters read."""
        heads = (("What", 1.4, "left"), ("How many", 0.7, "right"), ("In words", 3, "left"))
        columns = [{"label": head, "width": width, "align": side} for head, width, side in heads]
        rows = [
            {"cells": [written(word) for word in (row.what, f"{row.number:,}", row.detail)],
             "of": [f"count: {row.what}"]}
            for row in self.frame.itertuples()
        ]  # fmt: skip
        table = {"caption": self.caption, "kind": "plain", "columns": columns, "rows": rows}
        shown = self.frame.assign(number=self.frame["number"].map("{:,}".format))
        shown = shown.set_axis([head for head, *_ in heads], axis=1)
        page = shown.to_html(index=False, border=0, justify="left")
        caption = f"<table class='dataframe'><caption>{html.escape(self.caption)}</caption>"
        return {
            TABLE_MIME: json.dumps(table | {"note": None}, ensure_ascii=False),
            "text/html": re.sub(
                "<(t[hd])>",
                r'<\1 style="text-align:left">',
                page.replace('<table class="dataframe">', caption, 1),
            ),
            "text/plain": repr(self),
        }


def written(words: str) -> dict[str, Any]:
    """Return words as a cell of a table."""
    runs = [{"text": words}] if words else []
    return {"lines": [{"runs": runs, "style": "main"}] if words else [], "mark": None}


def overview(data: "Snapshot") -> Overview:
    """Count what the data of a day holds, and what it lacks."""
    facts, sources, unions = data.facts, data.sources, data.unions
    dated = facts[~facts["dated"].str.startswith("undated")]
    undated = len(facts) - len(dated)
    used = sources[sources.index.isin(facts["source"])]
    whole = int((used["read"] == "whole page").sum())
    joins = data.coverage.query(f"level == 'admits' and role_group != '{OUTSIDE}'")
    counted = data.members["union"].unique()
    uncounted = [data.labels[union] for union in data.choose() if union not in counted]
    aged = facts[facts["fact"].isin(AGE_LIMITS)]
    rows = [
        ("Facts", len(facts), f"{undated:,} of them on pages without a date"),
        ("Unions", len(unions), f"that stand; {facts['union'].nunique()} with forerunners"),
        ("Sources", len(used), f"that these facts rest on; {whole} of them read whole"),
        ("Posts", len(data.roles), "that answers are asked for"),
        ("Oldest facts", *of_day(dated, dated["counts_from"].min(), data.labels)),
        ("Newest facts", *of_day(dated, dated["counts_from"].max(), data.labels)),
        ("Not stated", int((joins["answer"] == "not stated").sum()),
         f"of {len(joins):,} answers on who may join: no source says"),
        ("Disputed", int((joins["answer"] == "disputed").sum()), "of the same: sources differ"),
        ("Uncounted", len(uncounted),
         f"unions without a membership figure: {', '.join(uncounted) or 'none'}"),
        ("Old", sum(data.old(aged)), f"of {len(aged):,} facts whose kind has an age limit"),
    ]  # fmt: skip
    caption = f"{CAPTION} as at {say_date(data.day)} (edition {data.edition})"
    return Overview(caption, pd.DataFrame(rows, columns=["what", "number", "detail"]))


def of_day(facts: pd.DataFrame, day: object, labels: dict[str, str]) -> tuple[int, str]:
    """Return how many facts count from a day, and of what and when they speak."""
    rows = facts[facts["counts_from"] == day]
    if rows.empty:
        return 0, "none is dated"
    unions = ", ".join(labels[union] for union in dict.fromkeys(rows["union"]))
    return len(rows), f"{unions}: {rows['dated'].iloc[0]}"
