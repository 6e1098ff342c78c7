"""The same batch on a cluster: nothing is lost with a worker, and nothing is there twice."""

import asyncio
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import socket
import sys
import threading
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from distributed import CancelledError, Client, KilledWorker

from analysis.batch import cluster as clusters
from analysis.batch import crew
from analysis.batch.store import Store
from analysis.batch.work import Result
from analysis.cli import main
from analysis.errors import ProjectError
from analysis.report.html import shared_files
from tests.batch.conftest import ledger_of, refused, reports_of, run, strays_of
from tests.batch.servers import Cluster, until
from tests.conftest import ROOT

OLD = """import analysis.batch.plan as plan
plan.versions = lambda now=plan.versions: now() | {"typst": "0.1"}"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory, variables):
    folder = tmp_path_factory.mktemp("cluster")
    with (
        Cluster(folder, variables).started() as cluster,
        cluster.worker(),
        cluster.worker(),
        Client(cluster.address) as client,
    ):
        client.wait_for_workers(2, timeout=30)
        cluster.client = client
        yield cluster


@pytest.fixture
def third(cluster):
    """One more worker, for a test to kill."""
    with cluster.worker() as worker:
        cluster.client.wait_for_workers(3, timeout=30)
        yield worker
    until(lambda: len(cluster.client.nthreads()) == 2)


def said(out: Path) -> dict:
    """Return what a ledger says, but for times, and the hashes of notebooks, which hold times."""
    lines = {line["id"]: line for line in ledger_of(out)}
    for line in lines.values():
        line["files"] = {name: file["sha256"] for name, file in line.get("files", {}).items()
                         if not name.endswith(".ipynb")}  # fmt: skip
        del line["made"], line["seconds"]
    return lines


def test_what_a_notebook_reads_travels_to_the_workers(tmp_path, cluster, capsys):
    project = tmp_path / "project"
    for part in ("data", "notebooks"):
        shutil.copytree(ROOT / part, project / part)
    posts = shutil.copy(ROOT / "data" / "schools.example.csv", tmp_path / "posts.csv")
    urns = tmp_path / "urns.txt"
    urns.write_text("900001\n")
    command = ["--project", str(project), "batch", str(posts), "--urns", str(urns), "--quiet",
               "-p", "as_of=2026-11-22", "--to", "html"]  # fmt: skip
    assert main([*command, "--out", str(tmp_path / "here")]) == 0
    there = f"file://{tmp_path}/there"
    assert main([*command, "--out", there, "--scheduler", cluster.address]) == 0
    assert capsys.readouterr().out.endswith(f"{there}: 1 made, 0 unchanged, 0 failed\n")
    pages = reports_of(tmp_path / "there")
    assert len(pages) == 1
    assert pages == reports_of(tmp_path / "here")


def test_a_cluster_makes_what_one_machine_makes_though_a_worker_is_killed(
    tiny, tmp_path, cluster, third
):
    here, there = tmp_path / "here", tmp_path / "there"
    cases = ["raises", *(f"slow {n}" for n in range(9))]
    alone = run(tiny(*cases), here, workers=2)
    made = partial(run, tiny(*cases), there, scheduler=cluster.address)
    many = killing(third, lambda: list(there.glob(".writing/*/*.json")), made)
    assert (many.made, many.failures) == (alone.made, alone.failures)
    assert Counter(line["title"] for line in ledger_of(there)) == Counter(cases)
    assert reports_of(there) == reports_of(here)
    assert said(there) == said(here)
    assert strays_of(there) == []


def killing(worker, begun, make):
    """Make a batch, and kill a worker as soon as the batch has begun to make reports."""
    killer = threading.Thread(target=lambda: (until(begun), worker.kill()))
    killer.start()
    summary = make()
    killer.join()
    return summary


def test_at_s3_a_killed_worker_loses_nothing_and_what_has_no_marker_is_made_again(
    tiny, tmp_path, cluster, third, bucket
):
    store = Store.at(f"{bucket}/killed")
    cases = [f"slow {n}" for n in range(9)]
    made = partial(run, tiny(*cases), store.address, scheduler=cluster.address)
    summary = killing(third, lambda: store.sizes(".done"), made)
    assert (summary.made, summary.failures) == (9, {})
    first, *_ = names = check_whole(store, tmp_path / "one", cases)
    store.delete([f".done/{first}"])
    summary = run(tiny(*cases), store.address, scheduler=cluster.address)
    assert (summary.made, summary.kept) == (1, 8)
    assert check_whole(store, tmp_path / "two", cases) == names
    former = Counter(dict.fromkeys(cases, 1) | {first[:6].replace("-", " "): 2})
    assert Counter(line["title"] for line in ledger_of(tmp_path / "two")) == former


def check_whole(store: Store, folder: Path, cases: list[str]) -> list[str]:
    """Check that an address holds each report once, as its marker says; return the markers."""
    markers = sorted(store.sizes(".done"))
    said = [json.loads(store.get(f".done/{name}")) for name in markers]
    assert sorted(line["title"] for line in said) == cases
    folder.mkdir()
    for name in store.sizes():
        (folder / name).write_bytes(store.get(name))
    for line in said:
        for name, file in line["files"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == file["sha256"]
            assert f"{line['title']} on 2026-09-01".encode() in (folder / name).read_bytes()
    assert strays_of(folder) == []
    assert (folder / "index.html").read_text("utf-8").count("<tr>") == len(cases) + 1
    assert store.sizes("shared").keys() == shared_files().keys()
    return markers


def test_a_notebook_which_has_a_loop_of_its_own_reaches_a_cluster(cluster):
    async def status():
        with clusters.connected(cluster.address) as client:
            return client.status

    assert asyncio.run(status()) == "running"


@pytest.mark.parametrize("address", ["10.0.0.4:8786", "tcp://10.0.0.4", "tcp:/a:1"])
def test_a_scheduler_is_written_in_one_way(tiny, tmp_path, address):
    sentence = f"--scheduler is '{address}'; it is written tcp://HOST:PORT"
    assert refused(tiny("a"), tmp_path, scheduler=address) == sentence


def test_a_scheduler_that_does_not_answer_is_named_within_seconds(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(clusters, "ANSWER", 1.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    sentence = f"no scheduler answers at {address} (1 s)"
    assert refused(tiny("a"), tmp_path, scheduler=address) == sentence


def test_what_answers_but_is_no_scheduler_is_refused_alike(
    tiny, tmp_path, forbidding, monkeypatch
):
    monkeypatch.setattr(clusters, "ANSWER", 1.0)
    address = forbidding.replace("http", "tcp")
    sentence = f"no scheduler answers at {address} (1 s)"
    assert refused(tiny("a"), tmp_path, scheduler=address) == sentence


def test_a_worker_of_other_versions_is_refused_with_both(tiny, tmp_path, cluster):
    preload = tmp_path / "old.py"
    preload.write_text(OLD)
    with cluster.worker("--preload", preload):
        cluster.client.wait_for_workers(3, timeout=30)
        sentence = refused(tiny("a"), tmp_path / "out", scheduler=cluster.address)
    until(lambda: len(cluster.client.nthreads()) == 2)
    ours = importlib.metadata.version("typst")
    assert re.fullmatch(
        r"worker tcp://127.0.0.1:\d+ differs from this command: typst 0.1 there and "
        rf"{re.escape(ours)} here; install the same on all machines",
        sentence,
    )


def test_a_folder_that_a_worker_does_not_see_is_refused(tiny, tmp_path, cluster, monkeypatch):
    # Stands for a folder of this machine alone: the workers of the test see all folders.
    monkeypatch.setattr(crew, "sees", unseen)
    sentence = refused(tiny("a"), tmp_path / "out", scheduler=cluster.address)
    assert re.match(rf"worker tcp://\S+ cannot write to {tmp_path}/out; give --out a folder that "
                    "all machines share, or an address", sentence)  # fmt: skip
    assert strays_of(tmp_path / "out") == []


def unseen(place: str) -> bool:
    return os.access("/proc/version/" + place, os.W_OK)


def test_a_cluster_without_workers_is_refused(tiny, tmp_path):
    with Cluster(tmp_path, {}).started() as cluster:
        sentence = refused(tiny("a"), tmp_path / "out", scheduler=cluster.address)
    assert sentence.startswith(f"the scheduler at {cluster.address} has no workers; start some by")


def test_a_report_that_ends_every_worker_is_named_and_those_with_markers_are_kept(tmp_path):
    class Killed:
        def result(self, timeout):
            raise KilledWorker("task", None, 3)

    shelf = crew.SharedShelf(str(tmp_path))
    orders = tuple(crew.Order(stem, {}) for stem in ("a", "b"))
    (tmp_path / "a.html").write_text("x")
    shelf.keep(orders[0], Result("done", files={"a.html": {"size": 1}}), tmp_path)
    chunk = crew.Chunk(("html",), 0, shelf, {}, orders)
    a, b = clusters._made(Killed(), chunk)
    assert (a.result.status, (tmp_path / a.place / "a.html").read_text()) == ("done", "x")
    assert b.result == Result("lost", "{notebook}: every worker that was to make it ended")


def test_a_scheduler_that_ends_in_mid_run_is_named(monkeypatch):
    class Client:
        def submit(self, *what, key):
            return key

        def cancel(self, futures, force):
            raise OSError("no one there")

    def cancelled(futures, **more):
        raise CancelledError

    monkeypatch.setattr(clusters, "wait", cancelled)
    cluster = clusters.Cluster(Client(), "tcp://a:1", {})
    with pytest.raises(ProjectError) as caught:
        list(cluster._results(None, [None]))
    assert str(caught.value) == (
        "the scheduler at tcp://a:1 ended; the same command goes on from here"
    )


def test_without_the_libraries_of_a_cluster_one_sentence_says_what_to_get(
    tiny, tmp_path, monkeypatch
):
    for name in [name for name in sys.modules if name.split(".")[0] in ("fsspec", "distributed")]:
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("store", "stored", "cluster", "lease", "objects", "crew"):
        monkeypatch.delitem(sys.modules, f"analysis.batch.{name}")
    sentence = (
        "--scheduler, and an address as --out, need libraries that are not installed; "
        "get them by 'pip install distributed fsspec obstore'"
    )
    assert refused(tiny("a"), "s3://reports/a") == sentence
    assert refused(tiny("a"), tmp_path, scheduler="tcp://127.0.0.1:1") == sentence
