import re
import subprocess
import sys

import pytest

from analysis import cli
from analysis.cli import main
from tests.conftest import ROOT, fact, union


@pytest.fixture(autouse=True)
def stand_in_the_project(monkeypatch):
    monkeypatch.chdir(ROOT / "tests")


def test_check_counts_what_is_there_and_finds_no_fault_in_the_shipped_data(capsys, shipped):
    assert main(["check"]) == 0
    counts, edition = capsys.readouterr().out.splitlines()
    assert counts.endswith(" sources: no faults")
    assert edition.startswith(f"edition {shipped.edition}, ")


def test_check_prints_every_fault_and_exits_1(write_folder, capsys):
    rows = [*union("neu", "NEU"), fact("neu", "fee", "-1", "x"), fact("neu", "fax", "1")]
    assert main(["check", str(write_folder(rows))]) == 1
    faults = capsys.readouterr().err.splitlines()
    assert [fault.split(":")[0] for fault in faults] == [
        "data/unions.csv, line 6, value",
        "data/unions.csv, line 6, basis",
        "data/unions.csv, line 6, as_of",
        "data/unions.csv, line 7, fact",
    ]


def test_list_names_every_code_and_every_parameter(capsys, shipped):
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    codes = [
        *shipped.as_at("2026-11-22").unions.index,
        *shipped.roles.index,
        *shipped.benefits.index,
    ]
    assert [code for code in codes if f"  {code} " not in out] == []
    assert "Notebook comparison" in out
    assert "prepared_for  for whom the report is made" in out


def test_who_says_each_level_with_its_sources(capsys):
    assert main(["who", "Teaching Assistant", "--as-of", "2026-11-22"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Teaching assistant, as at 2026-11-22\n")
    admits, recruits, recognised = out.split("\n\n")[1:4]
    assert "  GMB          yes; 15 September 2017 [gmb-ta-day-2017]" in admits
    assert "  NEU          disputed" in recruits
    assert "disputed (in publicly funded schools" in recruits
    assert "tuc-agr17" in recruits
    assert "  NEU          no" in recognised
    assert "not stated, which is not a no" in out
    sources = out.partition("\nSources\n")[2].splitlines()
    assert [line for line in sources if line.startswith("  [gmb-ta-day-2017] GMB celebrates")]
    named = {code for code in re.findall(r"\[(.+?)\]", out) for code in code.split(", ")}
    assert [line.split("]")[0].strip(" [") for line in sources] == sorted(named)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["who", "teching assistant"], "no role 'teching assistant' in roles.csv; did you mean "
         "'Teaching assistant' or 'Higher level teaching assistant'?"),
        (["who", "teacher", "--as-of", "1700"], "no facts on 1 January 1700: the first union was "
         "founded in 1870"),
        (["report", "comparisn"], "no notebook 'comparisn' in notebooks/; did you mean "
         "'comparison'?"),
        (["report", "comparison", "-p", "union=neu"], "notebooks/comparison.ipynb has no "
         "parameter 'union'; it takes: unions, role_group, as_of, title, prepared_for, "
         "data_folder; did you mean 'unions'?"),
        (["report", "comparison", "-p", "unions=nue"], "parameter 'unions': 'nue' is not known; "
         "did you mean 'nupe' or 'nut' or 'neu'?"),
        (["report", "comparison", "-p", "as_of=01/09/2017"], "parameter 'as_of' is '01/09/2017'; "
         "a day is written 2026-09-01, 2026-09 or 2026; did you mean 2017-09-01 or 2017-01-09?"),
        (["report", "comparison", "-p", "unions=National Education Union"], "parameter 'unions': "
         "'National Education Union' is not known; did you mean 'neu'?"),
        (["report", "role_coverage", "-p", "level="], "parameter 'level' is empty; it is one of: "
         "admits, recruits, recognised"),
        (["report", "comparison", "-p", "unions=nut", "-p", "as_of=2019-01-01"],
         "no union 'nut' on 2019-01-01: it became neu on 2017-09-01"),
        (["report", "comparison", "--to", "docs"], "no format 'docs'; "
         "choose from html, pdf, xlsx, docx, ipynb; did you mean 'docx'?"),
        (["report", "comparison", "--to", ""], "no format was named; "
         "choose from html, pdf, xlsx, docx, ipynb"),
        (["report", "comparison", "-p", "title=a\udcffb"], "parameter 'title' holds the character "
         "U+DCFF, which cannot be printed; take it out"),
        (["report", "comparison", "-p", "title=a", "-p", "title=b"], "parameter 'title' is given "
         "twice; a list is written a,b"),
        (["check", "nowhere"], "there is no folder nowhere"),
        (["check", "../dta"], "there is no folder ../dta; did you mean '../data'?"),
        (["report", "explore"], "notebooks/explore.ipynb is no report but a tour for JupyterLab; "
         "open it by 'unions explore'"),
        (["report", "school", "-p", "suppress_below=2"], "parameter 'suppress_below' is 2; it "
         "takes 0, which hides nothing, or 3 or more, since hiding only ones would tell them"),
        (["report", "comparison", "-p", "as_of=2019-02-30"], "parameter 'as_of' is '2019-02-30'; "
         "a day is written 2026-09-01, 2026-09 or 2026; February 2019 has 28 days; did you mean "
         "2019-02-28?"),
        (["batch", "../data/schools.example.csv", "-p", "urn=900002"], "parameter 'urn' is each "
         "school's own; choose schools by --urns FILE"),
        (["batch", "../data/schools.example.csv", "-p", "suppress_below=2"], "parameter "
         "'suppress_below' is 2; it takes 0, which hides nothing, or 3 or more, since hiding only "
         "ones would tell them"),
        (["--project", "/", "list"], "/ is not the project's folder: it has no data/unions.csv"),
    ],
)  # fmt: skip
def test_a_refusal_is_one_sentence_and_nothing_is_written(arguments, sentence, capsys, tmp_path):
    makes = arguments[0] in ("report", "batch")
    more = ["--out", str(tmp_path / "out")] if makes else []
    assert main([*arguments, *more]) == 1
    assert capsys.readouterr().err == sentence + "\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_sentence(capsys, tmp_path):
    (tmp_path / "out").write_text("a file")
    asked = ["report", "comparison", "--to", "html", "-p", "unions=neu"]
    assert main([*asked, "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == f"File exists: {tmp_path / 'out'}\n"


def test_a_file_that_is_no_notebook_is_a_sentence(capsys, tmp_path):
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "broken.ipynb").write_text("{")
    assert main(["--project", str(tmp_path), "report", "broken"]) == 1
    sentence = "notebooks/broken.ipynb cannot be read as a notebook\n"
    assert capsys.readouterr().err == sentence


def test_outside_a_project_the_sentence_says_what_was_looked_for(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert main(["list"]) == 1
    assert capsys.readouterr().err == (
        "no project was found here or above: a project's folder holds data/unions.csv; give it by "
        "--project\n"
    )


def test_wrong_usage_exits_2():
    done = subprocess.run([sys.executable, "-m", "analysis.cli", "chek"], capture_output=True)
    assert done.returncode == 2
    assert b"invalid choice: 'chek'" in done.stderr
    assert done.stderr.endswith(b"; did you mean 'check'?\n")


def test_who_names_no_sources_where_none_says_anything(capsys):
    assert main(["who", "teacher", "--as-of", "1890"]) == 0
    out = capsys.readouterr().out
    assert out.count("no source read states an answer") == 3
    assert "Sources" not in out


@pytest.fixture
def own_folder(write_folder):
    """Return a folder of one's own that holds facts and sources alone."""
    rows = [*union("xsu", "Example Staff Union"),
            fact("xsu", "admits", "yes", "caretaker", basis="stated")]  # fmt: skip
    folder = write_folder(rows, "mydata")
    for kind in ("roles", "benefits", "rules"):
        (folder / f"{kind}.csv").unlink()
    return folder


def test_a_report_is_made_from_a_folder_of_ones_own_and_says_so(
    own_folder, monkeypatch, capsys, tmp_path
):
    monkeypatch.chdir(tmp_path)
    path = own_folder / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b"2026-11-22", b"2024-03-02"))
    asked = ["--project", str(ROOT), "report", "union_profile", "--to", "html", "--out", "out"]
    assert main([*asked, "-p", "union=xsu", "-p", "data_folder=mydata"]) == 0
    page = (tmp_path / "out" / "union_profile.html").read_text("utf-8")
    assert "Example Staff Union" in page
    assert re.search(r"Facts last checked</dt><dd>(<[^>]+>)?2 March 2024<", page)
    capsys.readouterr()
    assert main(["check", "mydata"]) == 0
    (said,) = re.findall(r"edition (\w+),", capsys.readouterr().out)
    assert f"{said} of mydata (program version" in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["union=xsu", "data_folder=mydat"], "there is no folder mydat; did you mean 'mydata'?"),
        (["union=xsu", "data_folder="],
         "no folder is named; leave the parameter out for the project's own data"),
        (["union=xsu", "data_folder=mydata/unions.csv"],
         "mydata/unions.csv is a file; name its folder"),
        (["union=naht", "data_folder=mydata"], "'naht' is not known; it is one of: xsu"),
    ],
)  # fmt: skip
def test_a_folder_or_a_union_that_is_not_there_is_a_sentence(
    asked, sentence, own_folder, monkeypatch, capsys, tmp_path
):
    monkeypatch.chdir(tmp_path)
    given = [part for one in asked for part in ("-p", one)]
    assert main(["--project", str(ROOT), "report", "union_profile", "--out", "out", *given]) == 1
    assert capsys.readouterr().err.partition(": ")[2] == f"{sentence}\n"
    assert not (tmp_path / "out").exists()


def test_a_folder_of_the_home_is_looked_for_there(own_folder, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("HOME", str(own_folder.parent))
    asked = ["-p", "data_folder=~/mydat", "--out", str(tmp_path / "out")]
    assert main(["--project", str(ROOT), "report", "comparison", *asked]) == 1
    assert capsys.readouterr().err.endswith(f"; did you mean '{own_folder}'?\n")


def test_a_union_that_must_be_named_is_asked_for(own_folder, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    asked = ["report", "union_profile", "--out", "out", "-p", "data_folder=mydata"]
    assert main(["--project", str(ROOT), *asked]) == 1
    assert capsys.readouterr().err == (
        "parameter 'union' is not given, and the notebook's own, 'naht', is not in this data; "
        "it is one of: xsu\n"
    )
    assert not (tmp_path / "out").exists()


def test_an_interrupt_is_one_word_and_no_traceback(monkeypatch, capsys):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run_list", interrupted)
    assert main(["list"]) == 130
    assert capsys.readouterr().err == "stopped\n"


def test_a_union_of_either_folder_may_be_asked_of_the_changes(own_folder, capsys, tmp_path):
    asked = ["report", "changes", "--to", "html", "--out", str(tmp_path / "out")]
    assert main([*asked, "-p", f"after={own_folder}", "-p", "unions=xsu"]) == 0
    assert "Example Staff Union" in (tmp_path / "out" / "changes.html").read_text("utf-8")


def test_a_union_of_either_folder_may_be_asked_of_many_changes(own_folder, tmp_path):
    rows, out = tmp_path / "rows.csv", tmp_path / "out"
    rows.write_text("title\nFirst\nSecond\n", "utf-8")
    asked = ["batch", "--notebook", "changes", "--parameters", str(rows), "--to", "html"]
    given = ["-p", f"after={own_folder}", "-p", "unions=xsu"]
    assert main([*asked, *given, "--workers", "1", "--quiet", "--out", str(out)]) == 0
    made = [page.read_text("utf-8") for page in out.glob("*-*.html")]
    assert ["Example Staff Union" in page for page in made] == [True, True]
