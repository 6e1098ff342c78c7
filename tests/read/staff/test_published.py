"""Which published file a file is, and what the two have in common."""

import hashlib
import itertools

import pytest

from analysis import Dataset
from analysis.errors import DataError
from analysis.read.staff.counts import HEADS, NAMED, NEWER, OUTSIDE_CLASS, groups_of, posts_of
from analysis.read.staff.published import published_kind, read_published
from analysis.schema import OUTSIDE, ROLE_GROUPS
from tests.read.staff.published_files import (
    FROM_2024,
    UP_TO_2023,
    as_csv,
    identity,
    sheet,
    size_columns,
    size_row,
    size_text,
    write_workbook,
)

TABLES = as_csv(sheet(FROM_2024, [identity("900001")]))


@pytest.mark.parametrize(
    ("text", "kind"),
    [(TABLES, "school_tables"),
     ("\ufeff" + TABLES, "school_tables"),
     (as_csv(sheet(UP_TO_2023, [], 2022, 6)), "school_tables"),
     (as_csv(sheet(FROM_2024, [])[8:]), "school_tables"),
     ("School Workforce Census 2030\r\n\r\nURN,Staff\r\n", "school_tables"),
     (size_text([size_row("900001")]), "size"),
     ("time_period,geographic_level,fte_all\n", "size"),
     ("urn,school,role,headcount\n900001,Elm School,Cook,2\n", ""),
     ("urn,school,Teaching assistants,Technicians\n900001,Elm School,2,1\n", ""),
     ('urn,"role\n', ""),
     ("\0\0\0", ""),
     ("", "")],
)  # fmt: skip
def test_a_csv_is_known_by_its_headings(tmp_path, text, kind):
    path = tmp_path / "any name"
    path.write_text(text, "utf-8", newline="")
    assert published_kind(path) == kind


def test_every_workbook_is_taken_for_school_tables_whatever_its_name(tmp_path):
    for name, start in (("a", b"PK\x03\x04"), ("b.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        (tmp_path / name).write_bytes(start + b"rest")
        assert published_kind(tmp_path / name) == "school_tables"


def test_what_is_not_there_or_neither_file_is_of_no_kind_and_refused_in_a_sentence(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("urn,school,role,headcount\n")
    for path in (tmp_path / "none.xlsx", tmp_path, own):
        assert published_kind(path) == ""
    with pytest.raises(DataError, match=r"^none\.xlsx: the file cannot be read: No such file"):
        read_published(tmp_path / "none.xlsx", None)
    with pytest.raises(DataError, match=r"^own\.csv: neither of the two published files"):
        read_published(own, None)


def test_the_shipped_roles_stand_behind_every_post(tmp_path, shipped: Dataset):
    counts = {name: 2 for name in (*FROM_2024, *size_columns()[15:])}
    book = write_workbook(
        tmp_path / "a.xlsx", Schools_2024=sheet(FROM_2024, [identity(900001) | counts])
    )
    data = tmp_path / "a.csv"
    data.write_text(size_text([size_row("900001") | counts]))
    for path, heads in ((book, ["group:leadership"]), (data, list(HEADS))):
        workforce = read_published(path, shipped.roles, ["900001"])
        groups = [
            f"group:{group}" for group in ROLE_GROUPS if group not in (OUTSIDE, "leadership")
        ]
        assert workforce.posts["post"].tolist() == heads + groups
        assert all(workforce.posts["roles"])
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert workforce.file == f"{path.name} ({digest[:8]})"
        for row in workforce.posts.itertuples():
            assert set(shipped.roles.loc[list(row.roles), "group"]) == {row.role_group}


def test_no_kind_of_staff_is_lost_or_counted_twice():
    kinds = [*HEADS, "leadership", "teaching", *NAMED, *NEWER, OUTSIDE_CLASS]
    for size in range(len(kinds) + 1):
        for chosen in itertools.combinations(kinds, size):
            posts = posts_of(chosen)
            spanned = {group for post in posts.values() for group in groups_of(post)}
            heads = set(HEADS) <= set(chosen)
            assert not (heads and "leadership" in posts)
            assert heads or not set(HEADS) & set(posts)
            lost = set(chosen) - set(posts) - spanned - {OUTSIDE_CLASS, "leadership", *HEADS}
            assert lost == set()
            assert not (OUTSIDE_CLASS in posts and {*NAMED, *NEWER} & set(posts))
            assert (
                OUTSIDE_CLASS in posts or OUTSIDE_CLASS not in chosen or set(NAMED) <= set(posts)
            )
