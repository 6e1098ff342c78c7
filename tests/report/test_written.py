import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.report.written import notebook_text
from tests.report.conftest import sample

VALUES = {"b": [1, -2.5, 1e30, float("nan"), None, True], "a": {"é \u2028 \x07": []}, "c": {}}


def odd():
    outputs = [
        new_output("stream", name="stdout", text="one\ntwo\r\nthree"),
        new_output("display_data", data={"text/html": "<b>\n</b>", "application/json": VALUES}),
        new_output("error", ename="E", evalue="x", traceback=["a\nb"]),
    ]
    markdown = new_markdown_cell("![x](attachment:x.png)", id="picture")
    markdown["attachments"] = {"x.png": {"image/png": "aa\nbb"}}
    code = new_code_cell("1\n\n2", id="code", outputs=outputs, metadata={"trusted": True})
    return new_notebook(cells=[markdown, code], metadata={"signature": "x"})


@pytest.mark.parametrize("make", [odd, sample, new_notebook])
def test_a_notebook_is_written_letter_for_letter_as_nbformat_writes_it(make):
    node = make()
    before = repr(node)
    assert notebook_text(node) == nbformat.writes(node)
    assert repr(node) == before
