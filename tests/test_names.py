"""The names that an analyst types: explained by example, completed, and told when wrong."""

import datetime as dt
import doctest
import inspect
import re

import pandas as pd
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import analysis
from analysis.errors import DayError, UnknownNameError, UnknownUnionError
from tests.conftest import ROOT, union


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_name_is_explained_with_an_example_that_runs(name):
    assert ">>> " in inspect.getdoc(getattr(analysis, name))


@pytest.mark.parametrize("name", analysis.__all__)
def test_an_example_runs_where_no_more_than_the_package_was_imported(name, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec("from analysis import *", names)
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    runner = doctest.DocTestRunner(optionflags=options)
    for example in doctest.DocTestFinder(recurse=False).find(names[name], name, globs=names):
        runner.run(example)
    assert (runner.summarize().failed, capsys.readouterr().out) == (0, "")


@pytest.fixture(scope="module")
def completed():
    """Return a function that gives what completion offers in a notebook's cell."""
    shell = InteractiveShell.instance()
    shell.user_ns["data"] = analysis.read_dataset(ROOT / "data").as_at("2026-11-22")
    shell.user_ns.update({name: getattr(analysis, name) for name in analysis.__all__})
    shell.Completer.use_jedi = False

    def offered(text: str) -> set[str]:
        with provisionalcompleter():
            return {
                one.text.removeprefix(".") for one in shell.Completer.completions(text, len(text))
            }

    yield offered
    InteractiveShell.clear_instance()


def test_completion_offers_the_tables_and_the_overview_of_the_data(completed):
    tables = {"unions", "members", "coverage", "benefits", "fees", "claims", "sources", "roles"}
    assert tables | {"describe", "choose", "labels", "turns"} <= {
        one.rpartition(".")[2] for one in completed("data.")
    }


@pytest.mark.parametrize("name", analysis.__all__)
def test_completion_offers_every_helper(name, completed):
    assert name in completed(name[:-1])


def test_a_star_import_gives_the_stated_names_and_no_others():
    names: dict[str, object] = {}
    exec("from analysis import *", names)
    assert sorted(set(names) - {"__builtins__"}) == analysis.__all__


@pytest.fixture(scope="module")
def day():
    return analysis.read_dataset(ROOT / "data").as_at("2026-11-22")


ASKS_FOR_UNIONS = {
    "latest_members": lambda d, union: analysis.latest_members(d.members, union),
    "benefit_matrix": lambda d, union: analysis.benefit_matrix(d.benefits, union),
    "merger_history": lambda d, union: analysis.merger_history(d.history, union),
    "member_trend": lambda d, union: analysis.member_trend(d.member_history, d.facts, union),
    "claimed_against_counted": lambda d, union: analysis.claimed_against_counted(
        d.member_history, union
    ),
    "check_claims": lambda d, union: analysis.check_claims(
        d.claims, d.member_history, d.facts, union
    ),
    "clashing_claims": lambda d, union: analysis.clashing_claims(
        d.claims, d.member_history, union
    ),
    "coverage_matrix": lambda d, union: analysis.coverage_matrix(d.coverage, unions=union),
    "stale_facts": lambda d, union: analysis.stale_facts(d.facts, d.day, union),
}


@pytest.mark.parametrize("ask", ASKS_FOR_UNIONS.values(), ids=ASKS_FOR_UNIONS)
def test_a_union_may_be_named_alone_and_a_wrong_one_gets_the_nearest(ask, day):
    pd.testing.assert_frame_equal(ask(day, "naht"), ask(day, ["naht"]))
    with pytest.raises(UnknownUnionError, match=r"^no union 'nath'; did you mean .*'naht'"):
        ask(day, "nath")


@pytest.mark.parametrize("ask", ASKS_FOR_UNIONS.values(), ids=ASKS_FOR_UNIONS)
def test_a_union_of_which_nothing_is_stated_is_no_wrong_name(ask, read_facts):
    plain = read_facts([*union("neu", "NEU"), *union("xsu", "XSU")]).as_at("2026-11-22")
    ask(plain, "xsu")


ASKS_FOR_A_LEVEL = {
    "coverage_matrix": lambda d, m, level: analysis.coverage_matrix(d.coverage, level),
    "coverage_sources": lambda d, m, level: analysis.coverage_sources(d.coverage, m, level),
    "old_answers": lambda d, m, level: analysis.old_answers(d.coverage, m, level),
    "post_matrix": lambda d, m, level: analysis.post_matrix(d.coverage, level),
    "turns": lambda d, m, level: d.turns(level),
    "plot_coverage": lambda d, m, level: analysis.plot_coverage(m, level=level),
    "tabulate_coverage": lambda d, m, level: analysis.tabulate_coverage(
        d.coverage, m, d.labels, level
    ),
    "tabulate_choice": lambda d, m, level: analysis.tabulate_choice(
        analysis.roles_by_choice(d.coverage), d.labels, level
    ),
    "tabulate_groups": lambda d, m, level: analysis.tabulate_groups(
        d.coverage, analysis.group_matrix(d.coverage), d.labels, level
    ),
    "tabulate_turns": lambda d, m, level: analysis.tabulate_turns(
        d.turns(), m, {}, d.labels, level
    ),
}


@pytest.mark.parametrize("ask", ASKS_FOR_A_LEVEL.values(), ids=ASKS_FOR_A_LEVEL)
def test_a_wrong_level_gets_the_nearest(ask, day):
    matrix = analysis.coverage_matrix(day.coverage)
    with pytest.raises(UnknownNameError, match=r"^no level 'admit'; did you mean 'admits'\?$"):
        ask(day, matrix, "admit")


def test_a_wrong_scope_gets_the_nearest(day):
    with pytest.raises(UnknownNameError, match=r"^no scope 'hole'; did you mean 'whole'\?$"):
        analysis.latest_members(day.members, "naht", "hole")


@pytest.mark.parametrize(
    "asked", [2019, "2019", "2019-01", dt.date(2019, 1, 1), pd.Timestamp(2019, 1, 1)]
)
def test_a_day_may_be_asked_for_as_python_has_it(asked):
    assert analysis.read_dataset(ROOT / "data").as_at(asked).day == "2019-01-01"


def test_a_day_that_cannot_be_read_is_a_sentence_everywhere(day):
    said = "^'22/11/2026' is not a day; .*; did you mean 2026-11-22\\?$"
    history = analysis.merger_history(day.history, "neu")
    for ask in (lambda text: analysis.stale_facts(day.facts, text),
                lambda text: analysis.stale_facts(day.facts, day.day, since=text),
                lambda text: analysis.spans(history, text),
                analysis.read_dataset(ROOT / "data").as_at):  # fmt: skip
        with pytest.raises(DayError, match=said):
            ask("22/11/2026")


def test_data_shows_itself_in_a_line(day):
    dataset = analysis.read_dataset(ROOT / "data")
    assert re.fullmatch(r"<Dataset data, edition \w{8}: 1,[0-9]{3} facts, [0-9]{3} sources>",
                        repr(dataset))  # fmt: skip
    assert re.fullmatch(r"<Snapshot of 2026-11-22, edition \w{8}: 1,[0-9]{3} facts, "
                        r"[0-9]{2} unions>", repr(day))  # fmt: skip
