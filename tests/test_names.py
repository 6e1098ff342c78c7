"""The names that an analyst types: explained by example, completed, and told when wrong."""

import inspect

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import analysis
from tests.conftest import ROOT


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_name_is_explained_with_an_example_that_runs(name):
    assert ">>> " in inspect.getdoc(getattr(analysis, name))


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
