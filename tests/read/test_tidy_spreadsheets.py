"""What LibreOffice, run for real, and Excel, byte for byte as documented, do to the files."""

import shutil
import subprocess

import pytest

from analysis.cli import main
from analysis.read.facts import check_folder
from analysis.read.spreadsheets import same_number
from analysis.read.tidy import tidy
from tests.conftest import ROOT, fact, union
from tests.programs import program

KINDS = ("unions", "sources", "roles", "benefits", "rules")
# Column separator, quote, UTF-8, first line, columns, language, quote all, special numbers.
OPENED = {"as offered": "44,34,76,1", "special numbers": "44,34,76,1,,2057,false,true"}
SAVED = {
    "as shown": "44,34,76,1,,0,false,true,false",
    "all quoted": "44,34,76,1,,0,true,true,false",
    "semicolons, not as shown": "59,34,76,1,,0,false,false,false",
}
ROWS = [
    *union("neu", "NEU"),
    fact("neu", "benefit", "yes", "legal_help", qualifier="£1 café"),
    fact("neu", "benefit", "yes", "training", qualifier="March 2018"),
    fact("neu", "members", "450000", "whole", basis="claimed", as_of="1897-03-27"),
    fact("neu", "phone", "01924207890", qualifier="1-2"),
    fact("neu", "phone", "+441924207890", qualifier="true", source="undated"),
]


@pytest.mark.parametrize("saved", SAVED)
@pytest.mark.parametrize("opened", OPENED)
def test_every_shipped_file_comes_back_from_libreoffice_byte_for_byte(opened, saved, tmp_path):
    office = program("soffice", "libreoffice")
    before, after = tmp_path / "data", tmp_path / "saved"
    before.mkdir()
    for kind in KINDS:
        shutil.copy(ROOT / "data" / f"{kind}.csv", before)
    assert tidy(before).changes == []
    files = [str(before / f"{kind}.csv") for kind in KINDS]
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
               f"--infilter=CSV:{OPENED[opened]}", "--convert-to",
               f"csv:Text - txt - csv (StarCalc):{SAVED[saved]}", "--outdir", str(after),
               *files]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    texts = {kind: (before / f"{kind}.csv").read_bytes() for kind in KINDS}
    for kind in KINDS:
        shutil.copy(after / f"{kind}.csv", before)
    assert tidy(before).faults == []
    assert {kind: (before / f"{kind}.csv").read_bytes() for kind in KINDS} == texts


@pytest.fixture
def facts(write_folder):
    """Return the path of a tidied file of facts that a spreadsheet would rewrite."""
    path = write_folder(ROWS) / "unions.csv"
    assert tidy(path.parent).faults == []
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01924207890", "1924207890"),
        ("+441924207890", "4.41924E+11"),
        ("+441924207890", "441924207890"),
        (",1-2,", ",02-Jan,"),
        (",1-2,", ",01/02/2026,"),
        ("March 2018", "Mar-18"),
        (",true,", ",TRUE,"),
        ("450000", '"450,000"'),
        ("450000", "450000.00"),
        ("1897-03-27", "27/03/1897"),
        ("£1 café", " £1 café "),
        ("£1 café", "Â£1 cafÃ©"),
    ],
)
def test_what_a_spreadsheet_wrote_otherwise_is_put_back(facts, old, new):
    before = facts.read_bytes()
    assert old.encode() in before
    facts.write_bytes(before.replace(old.encode(), new.encode()))
    done = tidy(facts.parent)
    assert (done.faults, facts.read_bytes()) == ([], before)
    assert len(done.changes) == 1


@pytest.mark.parametrize("typed", ['"451,000"', "451000.00"])
def test_a_new_figure_with_commas_or_empty_decimals_becomes_a_whole_number(facts, typed):
    before = facts.read_bytes()
    facts.write_bytes(before.replace(b"450000", typed.encode()))
    assert tidy(facts.parent).faults == []
    assert facts.read_bytes() == before.replace(b"450000", b"451000")


def test_another_number_that_a_person_writes_is_kept(facts):
    facts.write_bytes(facts.read_bytes().replace(b"01924207890", b"01924207891"))
    assert tidy(facts.parent).changes == []
    assert b"01924207891" in facts.read_bytes()


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"qualifier": "01-Feb"}, "'01-Feb' is a date that a spreadsheet made"),
        ({"qualifier": "1.23457E+17"}, "'1.23457E+17' is a number that a spreadsheet cut short"),
        ({"qualifier": "#NAME?"}, "'#NAME?' was put there by a spreadsheet"),
        ({"qualifier": "TRUE"}, "'TRUE' was put there by a spreadsheet"),
        ({"qualifier": "two\nlines"}, "the cell holds the character U+000A"),
        ({"value": "Yes"}, "answer 'Yes' is not one of: yes, no, disputed; did you mean 'yes'?"),
        ({"as_of": "Sep-18"}, "'Sep-18' is a date that a spreadsheet rewrote"),
        ({"as_of": "45458"}, "'45458' is how a spreadsheet counts days; write 2024-06-15, if"),
        ({"as_of": "01/09/2017"}, "'01/09/2017' is a date that a spreadsheet rewrote"),
    ],
)
def test_what_nothing_tells_is_a_fault_for_a_person(write_folder, cells, sentence):
    row = fact("neu", "benefit", cells.pop("value", "yes"), "training", **cells)
    folder = write_folder([*union("neu", "NEU"), row])
    (fault,) = tidy(folder).faults
    assert sentence in fault


def test_letters_that_a_spreadsheet_misread_are_found_by_the_check(facts):
    facts.write_bytes(facts.read_bytes().replace("£1 café".encode(), "Â£1 cafÃ©".encode()))
    (fault,) = check_folder(facts.parent)
    assert fault.endswith(
        "holds letters that a spreadsheet misread; 'unions tidy' puts this right"
    )
    assert main(["tidy", str(facts.parent)]) == 0


@pytest.mark.parametrize("cell", ["--0", "1E9999999999999999999", "+-£1"])
def test_what_is_no_number_is_left_to_the_check(cell):
    assert not same_number(cell, "0")
