"""Whatever stands in the files: checking and tidying never fail, and tidying loses no fact."""

import csv
import io
import re
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.read.facts import check_folder
from analysis.read.files import columns_of, separator, write_rows
from analysis.read.tidy import tidy
from tests.conftest import BENEFITS, ROLES, RULES, SOURCES, fact, union

FACTS = [
    *union("neu", "NEU", founded="2017-09-01"),
    fact("neu", "fee", "1.30", "teacher", basis="per_year", as_of="2018-09"),
    fact("neu", "members", "450000", "whole", basis="claimed", as_of="2017-09-25"),
    fact("neu", "phone", "01924 207890", qualifier="office, as printed"),
]
FILES = {
    kind: write_rows(columns_of(kind), rows).encode()
    for kind, rows in zip(
        ("unions", "sources", "roles", "benefits", "rules"),
        (FACTS, SOURCES, ROLES, BENEFITS, RULES),
        strict=True,
    )
}
SCRAPS = [
    b",", b",,,,,,,,", b'"', b'""', b"\n", b"\r\n", b"\r", b";", b"\t", b" ", b"\0", b"\xff",
    b"\xc3", b"\xef\xbb\xbf", b"01/09/2017", b"9/1/17", b"25-Sep-17", b"Sep-17", b"99/99/99",
    b"nan", b"1e3", b"inf", b"1.5", b"9999999999", b"note", b"union", b"founded", b"fee", b"x, y",
]  # fmt: skip
WHOLE = [
    lambda raw: raw.replace(b",", b";"),
    lambda raw: raw.replace(b",", b"\t"),
    lambda raw: raw.replace(b"\n", b"\r\n"),
    lambda raw: raw.replace(b"\n", b",,\n"),
    lambda raw: b"\xef\xbb\xbf" + raw,
    lambda raw: raw.decode("utf-8", "replace").encode("utf-16"),
    lambda raw: raw,
    lambda raw: raw,
]


@st.composite
def spoilt(draw):
    """Return the bytes of the files, one of them cut, doubled or written over in places."""
    kind = draw(st.sampled_from([*FILES, "unions", "unions"]))
    raw = FILES[kind]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.sampled_from([0, 0, 0, 1, 4, 30])))
        scrap = draw(st.sampled_from([*SCRAPS, b"", raw[start:end] * 2]))
        raw = raw[:start] + scrap + raw[end:]
    return FILES | {kind: draw(st.sampled_from(WHOLE))(raw)}


def facts_of(raw: bytes, kind: str) -> Counter[tuple[tuple[str, str], ...]]:
    """Return how often each row stands in a file, without the cells that tidying may rewrite."""
    text = raw.decode("utf-8-sig")
    delimiter = separator(text, columns_of(kind))
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    header = [name.strip() for name in records[0]]
    rows = Counter[tuple[tuple[str, str], ...]]()
    for record in records[1:]:
        cells = {name: cell.strip() for name, cell in zip(header, record, strict=False)}
        over = [cell.strip() for cell in record[len(header) :]]
        if not any([*cells.values(), *over]):
            continue
        may_change = {"as_of", "published", "accessed"}
        if cells.get("fact") == "founded" or re.fullmatch(r"[0-9.]+", cells.get("value", "")):
            may_change.add("value")
        kept = sorted((name, cell) for name, cell in cells.items() if name not in may_change)
        said = [(name, cell) for name, cell in kept if cell]
        rows[(*said, ("", "|".join(filter(None, over))))] += 1
    return rows


@settings(max_examples=60, derandomize=True, database=None)
@given(spoilt())
def test_whatever_is_in_a_file_nothing_fails_and_no_fact_is_lost(files):
    with tempfile.TemporaryDirectory() as folder:
        paths = {kind: Path(folder, f"{kind}.csv") for kind in files}
        for kind, raw in files.items():
            paths[kind].write_bytes(raw)
        check_folder(folder)
        tidy(folder)
        for kind, path in paths.items():
            if path.read_bytes() != files[kind]:
                assert facts_of(path.read_bytes(), kind) == facts_of(files[kind], kind)
        after = {kind: path.read_bytes() for kind, path in paths.items()}
        tidy(folder)
        assert {kind: path.read_bytes() for kind, path in paths.items()} == after
