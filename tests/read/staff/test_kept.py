"""What a workbook says is kept by its contents, and never changes an answer."""

import os
from pathlib import Path

import pandas as pd
import platformdirs
import pytest

from analysis.errors import DataError
from analysis.read.staff import kept, schooltables
from analysis.read.staff.published import read_published
from tests.read.staff.published_files import FROM_2024, identity, sheet, write_workbook
from tests.read.staff.test_schooltables import ROLES, SCHOOL


@pytest.fixture
def book(tmp_path):
    """Return a workbook of two schools, with a column that is not read."""
    rows = sheet([*FROM_2024, "Remarks"],
                 [identity(urn) | SCHOOL | {"Remarks": "kitchen of the vicar"}
                  for urn in (900001, 900002)])  # fmt: skip
    (tmp_path / "files").mkdir()
    return write_workbook(tmp_path / "files" / "tables.xlsx", Schools_2024=rows)


def read(path):
    return read_published(path, ROLES, ["900002"])


def never(*_):
    raise AssertionError("the workbook was parsed again")


def test_a_workbook_is_parsed_once_under_whatever_name(book, tmp_path, monkeypatch):
    first = read(book)
    monkeypatch.setattr(schooltables, "workbook_body", never)
    again = read(book.rename(tmp_path / "again.xlsx"))
    pd.testing.assert_frame_equal(first.posts, again.posts)
    pd.testing.assert_frame_equal(first.schools, again.schools)
    assert again.dated == first.dated
    assert (first.file[:12], again.file[:11]) == ("tables.xlsx ", "again.xlsx ")


def test_a_changed_workbook_is_parsed_anew(book, monkeypatch):
    read(book)
    book.write_bytes(book.read_bytes() + b"\0")
    monkeypatch.setattr(schooltables, "workbook_body", never)
    with pytest.raises(AssertionError):
        read(book)


def test_a_new_layout_reads_nothing_that_an_old_program_kept(book, monkeypatch):
    read(book)
    monkeypatch.setattr(schooltables, "LAYOUT", schooltables.LAYOUT + 1)
    monkeypatch.setattr(schooltables, "workbook_body", never)
    with pytest.raises(AssertionError):
        read(book)


@pytest.mark.parametrize("harm", ["cut", "changed", "emptied", "swapped"])
def test_a_damaged_file_changes_no_answer(book, cache, harm):
    first = read(book)
    (path,) = cache.iterdir()
    whole = path.read_bytes()
    harmed = {"cut": whole[:-40], "changed": whole.replace(b'"12"', b'"21"'), "emptied": b"",
              "swapped": b"\xff" * 900}[harm]  # fmt: skip
    assert harmed != whole
    path.write_bytes(harmed)
    pd.testing.assert_frame_equal(read(book).posts, first.posts)
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_to_changes_no_answer(book, cache, monkeypatch):
    first = read(book)
    (cache / "file").write_text("")
    monkeypatch.setattr(kept, "folder", lambda: cache / "file" / "below")
    pd.testing.assert_frame_equal(read(book).posts, first.posts)


def test_nothing_is_kept_under_a_folder_that_is_not_the_users(book, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kept, "folder", lambda: Path("~/.cache/unions"))
    read(book)
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


def test_files_are_kept_in_the_users_cache_folder_alone(book, monkeypatch):
    place = Path(platformdirs.user_cache_dir("unions", appauthor=False)) / "published"
    monkeypatch.undo()
    assert kept.folder() == place
    assert place.is_relative_to(Path.home()) or "XDG_CACHE_HOME" in os.environ


def test_nothing_is_written_beside_the_workbook(book):
    read(book)
    assert [path.name for path in book.parent.iterdir()] == ["tables.xlsx"]


def test_only_the_published_counts_are_kept(book, cache):
    read(book)
    (path,) = cache.iterdir()
    assert b"900001" in path.read_bytes()
    assert b"vicar" not in path.read_bytes()
    assert b"Remarks" not in path.read_bytes()


def test_no_more_than_four_files_are_kept_and_the_newest_stay(cache):
    for at in range(6):
        kept.keep(f"key{at}", b"body")
        os.utime(cache / f"key{at}.kept", (at, at))
    assert sorted(path.name for path in cache.iterdir()) == [
        "key2.kept", "key3.kept", "key4.kept", "key5.kept",
    ]  # fmt: skip
    assert kept.recall("key5") == b"body"
    assert kept.recall("key0") is None


def test_a_refused_workbook_is_not_kept(tmp_path, cache):
    path = write_workbook(tmp_path / "staff.xlsx", Sheet1=[["URN", "Role"]])
    with pytest.raises(DataError):
        read(path)
    assert list(cache.iterdir()) == []
