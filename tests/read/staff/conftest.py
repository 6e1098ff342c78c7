"""No test reads or writes the user's own cache folder."""

from pathlib import Path

import pytest

from analysis.read.staff import kept


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that files are kept in during a test."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setattr(kept, "folder", lambda: folder)
    return folder
