"""The overview of a data set: counted from its own tables, shown in Jupyter and a terminal."""

import json
from dataclasses import replace

import pytest

from analysis.schema import TABLE_MIME
from tests.conftest import fact, union


@pytest.fixture
def said(read_facts):
    facts = [
        *union("neu", "NEU", founded="2017"),
        *union("gmb", "GMB", founded="1924"),
        fact("neu", "members", "500", "whole", basis="claimed", as_of="2018"),
        fact("neu", "admits", "yes", "teacher", basis="stated", source="undated"),
        fact("gmb", "admits", "yes", "caretaker", basis="stated", as_of="2015"),
    ]
    return read_facts(facts).as_at("2026-11-22").describe()


def test_an_overview_counts_facts_unions_sources_and_what_is_missing(said):
    rows = said.frame.set_index("what")
    assert rows["number"].to_dict() == {
        "Facts": 11, "Unions": 2, "Sources": 2, "Posts": 6, "Oldest facts": 1, "Newest facts": 6,
        "Not stated": 8, "Disputed": 0, "Uncounted": 1, "Old": 2,
    }  # fmt: skip
    assert rows.loc["Facts", "detail"] == "1 of them on pages without a date"
    assert rows.loc["Oldest facts", "detail"] == "GMB: 1924"
    assert rows.loc["Uncounted", "detail"] == "unions without a membership figure: GMB"


def test_an_overview_shows_itself_as_a_table_and_as_text(said):
    shown = said._repr_mimebundle_()
    cells = json.loads(shown[TABLE_MIME])["rows"][0]["cells"]
    assert [cell["lines"][0]["runs"][0]["text"] for cell in cells][:2] == ["Facts", "11"]
    assert "<caption>What the data holds as at 22 November 2026" in shown["text/html"]
    assert shown["text/plain"] == repr(said)
    assert repr(said).splitlines()[1].split()[:2] == ["Facts", "11"]


def test_a_folder_s_name_is_text_in_the_caption_too(said):
    named = replace(said, caption="What A<i>x & B holds")
    assert (
        "<caption>What A&lt;i&gt;x &amp; B holds</caption>"
        in named._repr_mimebundle_()["text/html"]
    )
