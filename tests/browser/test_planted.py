"""No planted text does anything in a real browser."""

import pytest

from tests.browser.conftest import drawn
from tests.conftest import ASKED


@pytest.mark.parametrize("name", sorted(ASKED))
def test_planted_text_opens_no_dialog_asks_for_nothing_and_raises_no_error(name, planted, visit):
    file = planted(name)[".html"]
    seen = visit(file)
    drawn(seen.page)
    assert seen.dialogs == []
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith("data:")] == [file.as_uri()]
    assert seen.page.title().startswith(("Plant-title <script>", "Which union answers"))
