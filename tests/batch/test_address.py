"""A batch at an address: a report counts from when its marker is there."""

import json
from contextlib import contextmanager

import pytest

from analysis.batch import lease
from analysis.batch.ledger import finished
from analysis.batch.store import Store
from analysis.batch.stored import put_report, stored
from analysis.batch.work import Result
from analysis.errors import ProjectError
from tests.batch.conftest import refused, run


def test_an_address_needs_no_cluster_and_is_gone_on_with_by_its_markers(tiny, tmp_path):
    store = Store.at(f"file://{tmp_path}/out")
    assert run(tiny("a", "b", "raises"), store.address).made == 2
    before = store.sizes(".done")
    assert len(before) == 2
    (gone,) = (name for name in before if name.startswith("b-"))
    store.delete([f".done/{gone}", "ledger.jsonl"])
    summary = run(tiny("a", "b", "c"), store.address)
    assert (summary.made, summary.kept) == (2, 1)
    assert before.keys() < store.sizes(".done").keys()
    assert {name[0] for name in store.sizes() if name.endswith(".html")} == set("abci")
    ledger = [json.loads(line) for line in store.get("ledger.jsonl").splitlines()]
    assert [line["title"] for line in ledger if "id" in line] == ["a", "b", "c"]
    assert run(tiny("a", "b", "c"), store.address).kept == 3
    assert ".lock" not in store.sizes()


@pytest.fixture
def opened(tmp_path):
    """A function that opens the ledger of an address, as a batch does."""
    store = Store.at(f"file://{tmp_path}/out")
    waiting = tmp_path / "waiting"
    waiting.mkdir()

    @contextmanager
    def opening():
        with stored(store) as ledger:
            ledger.sweep()
            yield ledger

    return opening, store, waiting


def make(ledger, waiting, key, stem="1-school"):
    """Make a report of two files by hand."""
    files = {f"{stem}.{kind}": {"size": len(key)} for kind in ("html", "ipynb")}
    for name in files:
        (waiting / name).write_text(key)
    line = {"id": "1", "title": "School", "key": key, "edition": "", "parameters": {}}
    ledger.keep(finished(line, Result("done", files=files)), waiting)


def test_a_report_whose_inputs_changed_takes_the_place_of_the_former(opened):
    opening, store, waiting = opened
    for key, stem in [("one", "1-school"), ("two", "1-school"), ("three", "1-renamed")]:
        with opening() as ledger:
            assert not ledger.is_done("1", key, ledger.sizes())
            ledger.forget(["1"])
            assert store.sizes(".done") == {}
            make(ledger, waiting, key, stem)
            ledger.publish()
        assert list(store.sizes(".done")) == [f"{stem}.{key}.json"]
        assert store.get(f"{stem}.html") == key.encode()
    assert "1-school.html" not in store.sizes()


@pytest.mark.parametrize("known", [True, False])
def test_files_without_a_whole_marker_count_as_not_made(opened, known):
    opening, store, waiting = opened
    with opening() as ledger:
        make(ledger, waiting, "one")
        if known:
            ledger.publish()
    with opening() as ledger:
        assert ledger.is_done("1", "one", ledger.sizes())
    name = ".done/1-school.one.json"
    store.put(name, store.get(name)[:40]) if not known else store.delete([name])
    with opening() as ledger:
        assert not ledger.is_done("1", "one", ledger.sizes())
        assert store.sizes(".done") == {}


def test_a_page_at_s3_says_that_it_is_a_page(bucket):
    store = Store.at(f"{bucket}/typed")
    store.put("a.html", b"<!doctype html>")
    files, root = store._place
    info = files._construct_store(root.partition("/")[0]).get("typed/a.html").attributes
    assert info == {"Content-Type": "text/html"}


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("s3:/reports", "--out is 's3:/reports'; an address is written s3://bucket/prefix"),
        ("s3:///a", "--out is 's3:///a'; an address is written s3://bucket/prefix"),
        ("s3://a/../b", "--out is 's3://a/../b'; an address holds no '..'"),
        ("s33://a/b", "'s33' is no kind of address; did you mean 's3' or 's3a'?"),
    ],
)
def test_an_address_that_is_none_is_refused_in_one_sentence(tiny, out, sentence):
    assert sentence in refused(tiny("a"), out)


def test_a_bucket_that_is_not_there_is_named(tiny, bucket):
    sentence = "s3://no-such/a: there is no such bucket or folder"
    assert refused(tiny("a"), "s3://no-such/a") == sentence


def test_an_account_that_is_not_named_is_asked_for(tiny, monkeypatch):
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT_NAME", raising=False)
    assert refused(tiny("a"), "abfs://reports/a") == (
        "abfs://reports/a: no permission; keys are taken from the environment: "
        "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY"
    )


def test_want_of_permission_is_said_with_where_keys_are_taken_from(
    tiny, variables, monkeypatch, forbidding
):
    for name, value in (variables | {"AWS_ENDPOINT_URL": forbidding}).items():
        monkeypatch.setenv(name, value)
    assert refused(tiny("a"), "s3://theirs/a") == (
        "s3://theirs/a: no permission; keys are taken from the environment: "
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    )


def test_a_second_batch_at_an_address_is_told_of_the_first(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(lease, "BEAT", 0.1)
    store = Store.at(f"file://{tmp_path}/out")
    with lease.leased(store):
        sentence = f"another batch is writing to {store.address}; wait for it, or choose"
        assert sentence in refused(tiny("a"), store.address)
    assert store.sizes() == {}


def test_a_batch_that_was_killed_does_not_hold_its_address(tmp_path, monkeypatch):
    monkeypatch.setattr(lease, "WATCH", 0.3)
    store = Store.at(f"file://{tmp_path}/out")
    store.put(".lock", b"0123456789abcdef 7")
    with lease.leased(store) as ours:
        assert ours.is_held()
    assert store.sizes() == {}


def test_a_batch_whose_address_was_taken_puts_nothing_more_there(tmp_path):
    store = Store.at(f"file://{tmp_path}/out")
    ours = lease.Lease(store)
    store.put(".lock", b"another 1")
    line = {"key": "k", "files": {"a.ipynb": {}}}
    with pytest.raises(ProjectError, match="another batch is writing to"):
        put_report(ours, line, tmp_path)
    assert store.sizes() == {".lock": 9}
