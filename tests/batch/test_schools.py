"""A report a school, from the invented schools, by the command."""

import json

import pytest
from bs4 import BeautifulSoup

from analysis.cli import main
from tests.batch.conftest import ledger_of, reports_of
from tests.conftest import ROOT

EXAMPLE = str(ROOT / "data" / "schools.example.csv")


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    out = tmp_path_factory.mktemp("batch")
    urns = out.parent / "urns.txt"
    urns.write_text("900001\n900011\n")
    command = ["--project", str(ROOT), "batch", EXAMPLE, "--urns", str(urns), "--out", str(out)]
    return [*command, "--quiet", "-p", "as_of=2026-11-22", "--workers", "1"], out


def test_a_batch_is_a_report_a_school_an_index_and_a_ledger(batch, capsys):
    command, out = batch
    assert main(command) == 0
    assert capsys.readouterr().out == f"{out}: 2 made, 0 unchanged, 0 failed\n"
    assert sorted(reports_of(out)) == [
        "900001-Example-Primary-School-invented.html",
        "900001-Example-Primary-School-invented.pdf",
        "900011-Example-Trust-North-Primary-Academy-invented.html",
        "900011-Example-Trust-North-Primary-Academy-invented.pdf",
    ]
    assert {line["id"]: line["parameters"]["urn"] for line in ledger_of(out)} == {
        "900001": "900001",
        "900011": "900011",
    }
    page = BeautifulSoup((out / "index.html").read_text("utf-8"), "html.parser")
    links = [link["href"] for link in page.find_all("a") if link["href"][0] != "#"]
    assert len(links) == 8
    assert all((out / link).is_file() for link in links)


def test_a_school_says_what_its_report_by_itself_says(batch, make_report):
    _, out = batch
    asked = ("-p", "as_of=2026-11-22", "-p", "urn=900001", "-p", f"workforce={EXAMPLE}")
    alone = make_report("school", *asked)
    stem = "900001-Example-Primary-School-invented"
    assert (out / f"{stem}.pdf").read_bytes() == alone[".pdf"].read_bytes()
    ours, own = (
        BeautifulSoup(path.read_text("utf-8"), "html.parser").main
        for path in (out / f"{stem}.html", alone[".html"])
    )
    assert str(ours) == str(own)


def test_a_page_of_a_batch_is_small_and_loads_only_what_stands_beside_it(batch):
    _, out = batch
    for name, page in reports_of(out).items():
        if name.endswith(".html"):
            assert len(page) < 150_000
            soup = BeautifulSoup(page, "html.parser")
            (style,) = soup.find_all("link")
            assert (out / style["href"]).is_file()
            policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
            assert "default-src 'none'" in policy
            assert "style-src 'self' 'unsafe-inline'" in policy


def test_the_same_command_again_makes_nothing(batch, capsys):
    command, out = batch
    before = {
        path.name: path.stat().st_mtime_ns for path in out.iterdir() if path.suffix == ".pdf"
    }
    assert main(command) == 0
    assert capsys.readouterr().out == f"{out}: 0 made, 2 unchanged, 0 failed\n"
    after = {path.name: path.stat().st_mtime_ns for path in out.iterdir() if path.suffix == ".pdf"}
    assert after == before


def test_a_batch_that_did_not_come_to_its_end_keeps_its_day(batch, capsys):
    command, out = batch
    ledger = out / "ledger.jsonl"
    begun = {"begun": "2026-11-22T23:59:59+00:00", "notebook": "school.ipynb", "day": "2026-11-22"}
    with ledger.open("a") as file:
        file.write(json.dumps(begun) + "\n")
    assert main([part for part in command if part not in ("-p", "as_of=2026-11-22")]) == 0
    assert capsys.readouterr().out == f"{out}: 0 made, 2 unchanged, 0 failed\n"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([], "name a file of schools, or --parameters with a CSV: one of the two"),
        ([EXAMPLE, "--notebook", "comparison"],
         "notebooks/comparison.ipynb takes no 'workforce' and 'urn'; give it --parameters"),
        ([EXAMPLE, "--to", "odt"], "no format 'odt'"),
        (["gone.csv"], "parameter 'workforce': there is no file gone.csv"),
        ([EXAMPLE, "--la", "998"], "no school has the employer '998'"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused_in_one_sentence(typed, sentence, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["--project", str(ROOT), "batch", *typed, "--out", str(out)]) == 1
    assert sentence in capsys.readouterr().err
    assert not out.exists() or reports_of(out) == {}
