"""What a report asks of the network, and whether its page complains."""

import pytest

from tests.conftest import ASKED


@pytest.mark.parametrize("name", sorted(ASKED))
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_report_asks_for_nothing_and_complains_of_nothing(name, scripts, finished, visit):
    file = finished(name)[".html"]
    seen = visit(file, scripts=scripts)
    seen.page.wait_for_load_state("networkidle")
    assert [url for url in seen.requests if not url.startswith("data:")] == [file.as_uri()]
    assert seen.errors == []
    assert seen.dialogs == []
