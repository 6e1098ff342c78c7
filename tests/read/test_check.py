import datetime as dt
import random

import pytest
from frictionless import validate

from analysis.errors import DataError
from analysis.read import package
from analysis.read.facts import check_folder, read_dataset
from tests.conftest import BENEFITS, ROLES, SOURCES, fact, union

NEU = union("neu", "NEU", founded="2017-09-01")
MEMBERS = {"basis": "claimed", "as_of": "2018"}

# One row that is wrong in one way, and the sentence that it gets; line 6 is the fifth fact's.
BAD_FACTS = {
    "a fact that is not known": (
        fact("neu", "membres", "1"),
        "line 6, fact: fact 'membres' is not one of: name, status, founded, succeeded_by, "
        "renamed_to, split_from, section_of, members, recounted, admits, recruits, recognised, "
        "benefit, fee, phase, nation, affiliated, political_fund, party_affiliated, claim, "
        "website, phone; did you mean 'members'?",
    ),
    "a role that is not known": (
        fact("neu", "admits", "yes", "teching_assistant", basis="stated"),
        "line 6, item: role 'teching_assistant' is not in roles.csv; did you mean "
        "'teaching_assistant'?",
    ),
    "a benefit that is not known": (
        fact("neu", "benefit", "yes", "legal_halp"),
        "line 6, item: benefit 'legal_halp' is not in benefits.csv; did you mean 'legal_help'?",
    ),
    "a source that is not known": (
        fact("neu", "benefit", "yes", "training", source="pres-2020"),
        "line 6, source: source 'pres-2020' is not in sources.csv; did you mean 'press-2020'?",
    ),
    "a union that is not known": (
        fact("nue", "benefit", "yes", "training"),
        "line 6, union: union 'nue' has no rows for its name (official, short) and status; did "
        "you mean 'neu'?",
    ),
    "an address of somebody": (
        fact("neu", "benefit", "yes", "training", qualifier="ask a.jones@example.org"),
        "line 6, qualifier: the cell holds an e-mail address; take it out: facts are about "
        "unions, never about people",
    ),
    "an address of somebody that is wrong in another way too": (
        fact("neu", "website", "a.jones@example.org"),
        "line 6, value: the cell holds an e-mail address; take it out: facts are about unions, "
        "never about people",
    ),
    "somebody's number": (
        fact("neu", "benefit", "yes", "training", note="QQ123456C told us"),
        "line 6, note: the cell holds a National Insurance number; take it out: facts are about "
        "unions, never about people",
    ),
    "somebody's name": (
        fact("neu", "claim", "said Mrs Ann Jones", "largest:teachers_union"),
        "line 6, value: the cell holds a person's name; take it out: facts are about unions, "
        "never about people",
    ),
    "a figure without a date": (
        fact("neu", "members", "450000", "whole", basis="claimed"),
        "line 6, as_of: the cell is empty; expected the day that this members row speaks of",
    ),
    "a figure without a basis": (
        fact("neu", "members", "450000", "whole", as_of="2018"),
        "line 6, basis: the cell is empty; expected one of: return_all, return_contributing, "
        "tuc, balloted, claimed, other, not_stated",
    ),
    "a figure with commas": (
        fact("neu", "members", "450,000", "whole", **MEMBERS),
        "line 6, value: '450,000' is not a whole number of members, nought or more; write 450000",
    ),
    "a fraction of members": (
        fact("neu", "members", "450000.5", "whole", **MEMBERS),
        "line 6, value: '450000.5' is not a whole number of members, nought or more",
    ),
    "a date that a spreadsheet rewrote": (
        fact("neu", "members", "450000", "whole", basis="claimed", as_of="01/09/2017"),
        "line 6, as_of: '01/09/2017' is a date that a spreadsheet rewrote; expected a date such "
        "as 2017-09-01, 2017-09 or 2017; 'unions tidy' puts this right, if it can mean one only",
    ),
    "a month that a spreadsheet rewrote": (
        fact("neu", "members", "450000", "whole", basis="claimed", as_of="Sep-17"),
        "line 6, as_of: 'Sep-17' is a date that a spreadsheet rewrote; expected a date such "
        "as 2017-09-01, 2017-09 or 2017; 'unions tidy' puts this right, if it can mean one only",
    ),
    "a day that does not exist": (
        fact("neu", "members", "450000", "whole", basis="claimed", as_of="2017-02-30"),
        "line 6, as_of: '2017-02-30' is not a date; expected a date such as 2017-09-01, 2017-09 "
        "or 2017",
    ),
    "a year in the future": (
        fact("neu", "founded", "2999", "origin"),
        "line 6, value: '2999' lies in the future; expected a day up to 2026-11-22",
    ),
    "a figure of the future": (
        fact("neu", "members", "450000", "whole", basis="claimed", as_of="2999-12"),
        "line 6, as_of: '2999-12' lies in the future; expected a day up to 2026-11-22",
    ),
    "a fee below zero": (
        fact("neu", "fee", "-1", "teacher", basis="per_year", as_of="2020"),
        "line 6, value: '-1' is below zero; expected an amount in pounds such as 42.67",
    ),
    "an answer that is never stored": (
        fact("neu", "admits", "not stated", "teacher", basis="stated"),
        "line 6, value: 'not stated' is never stored; leave the row out",
    ),
    "a qualifier that no figure has": (
        fact("neu", "members", "450000", "whole", **MEMBERS, qualifier="roughly"),
        "line 6, qualifier: 'roughly' is not a qualifier of a figure; expected over, about, "
        "nearly, or an empty cell",
    ),
    "a claim that cannot be parsed": (
        fact("neu", "claim", "the largest union in Europe", "largest union Europe"),
        "line 6, item: claim 'largest union Europe' cannot be read; expected "
        "measure:population:area, such as largest:union:europe or members:>=19000",
    ),
    "a claim without what it is about": (
        fact("neu", "claim", "the largest", "largest"),
        "line 6, item: claim 'largest' cannot be read; expected measure:population:area, such as "
        "largest:union:europe or members:>=19000",
    ),
    "a measure that is not known": (
        fact("neu", "claim", "the largest union in Europe", "larges:union:europe"),
        "line 6, item: measure 'larges' is not one of: largest, members, founded, only, first, "
        "independent, leading, most, best; did you mean 'largest'?",
    ),
    "a population that is not known": (
        fact("neu", "claim", "the largest union of teachers", "largest:teacher_union:uk"),
        "line 6, item: population 'teacher_union' is not one of: union, education_union, "
        "teachers_union, heads_union, state_teachers_union, union_in_education, "
        "school_support_union, school_improvement_union; did you mean 'teachers_union' or "
        "'state_teachers_union' or 'heads_union'?",
    ),
    "an area that is not known": (
        fact("neu", "claim", "the largest union in Europe", "largest:union:eurpe"),
        "line 6, item: area 'eurpe' is not one of: uk, england, england_and_wales, europe; did "
        "you mean 'europe'?",
    ),
    "an area of another measure that is not known": (
        fact("neu", "claim", "the only one", "only:argues:leaders"),
        "line 6, item: area 'leaders' is not one of: uk, england, england_and_wales, europe",
    ),
    "a number of members without a bound": (
        fact("neu", "claim", "19,000 members", "members:19000"),
        "line 6, item: claim 'members:19000' cannot be read; expected members:>=19000 or "
        "members:~19000",
    ),
    "a founding that is no date": (
        fact("neu", "claim", "founded long ago", "founded:long_ago"),
        "line 6, item: claim 'founded:long_ago' cannot be read; expected founded:1897 or "
        "founded:2017-09-01",
    ),
    "whom figures newly count, without the basis": (
        fact("neu", "recounted", "retired members", "whole", as_of="2018"),
        "line 6, basis: the cell is empty; expected one of: return_all, return_contributing, tuc, "
        "balloted, claimed, other, not_stated",
    ),
    "an empty cell": (
        fact("neu", "benefit", "", "training"),
        "line 6, value: the cell is empty; expected what is stated",
    ),
    "a space at the end": (
        fact("neu", "benefit", "yes", "training", qualifier="free "),
        "line 6, qualifier: 'free ' begins or ends with a space; 'unions tidy' puts this right",
    ),
    "a character that cannot be printed": (
        fact("neu", "benefit", "yes", "training", qualifier="a\u202eb"),
        "line 6, qualifier: the cell holds the character U+202E, which cannot be printed; take "
        "it out",
    ),
    "a former union without an end": (
        fact("neu", "status", "former", as_of="2019"),
        "line 6, value: union 'neu' is former, and no row says what became of it; expected a row "
        "succeeded_by or renamed_to",
    ),
    "a basis where none belongs": (
        fact("neu", "website", "neu.org.uk", basis="claimed"),
        "line 6, basis: 'claimed' was not expected; this fact has no basis",
    ),
    "an item where none belongs": (
        fact("neu", "website", "neu.org.uk", "home"),
        "line 6, item: 'home' was not expected; this fact has no item",
    ),
    "a website with its scheme": (
        fact("neu", "website", "https://neu.org.uk"),
        "line 6, value: 'https://neu.org.uk' is not a site; expected one like neu.org.uk",
    ),
}  # fmt: skip
TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(("row", "sentence"), BAD_FACTS.values(), ids=BAD_FACTS.keys())
def test_a_bad_fact_gets_its_own_sentence(write_folder, row, sentence):
    folder = write_folder([*NEU, row])
    assert check_folder(folder, TODAY) == [f"data/unions.csv, {sentence}"]
    with pytest.raises(DataError, match=r"line 6"):
        read_dataset(folder)


def test_good_facts_have_no_fault(write_folder):
    assert check_folder(write_folder(NEU), TODAY) == []


def test_every_fault_of_every_file_is_listed_at_once_in_file_and_line_order(write_folder):
    folder = write_folder(
        [*NEU, fact("neu", "fee", "-1", "x", basis="per_year", as_of="2020"),
         fact("neu", "benefit", "yes", "legal_halp")],
        sources=[*SOURCES, ["undated", "a", "b", "no", "", "", "2026-11-22", "whole page", "c"]],
        roles=[*ROLES, ["cook", "Cook", "kitchen", "", "CTKR"]],
        benefits=[*BENEFITS, ["library", "Library", "learning"], ["books", "Library", "learning"]],
    )  # fmt: skip
    assert [fault.split(":")[0] for fault in check_folder(folder, TODAY)] == [
        "data/unions.csv, line 6, value",
        "data/unions.csv, line 7, item",
        "data/sources.csv, line 5, source",
        "data/sources.csv, line 5, url",
        "data/roles.csv, line 8, group",
        "data/roles.csv, line 8, role_codes",
        "data/benefits.csv, line 5, label",
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.org", "https://a b"]
)
def test_a_source_leads_to_a_web_address_or_nowhere(write_folder, url):
    row = ["own", "a", "b", url, "2020", "", "2026-11-22", "whole page", "c"]
    (fault,) = check_folder(write_folder(NEU, sources=[*SOURCES, row]), TODAY)
    assert fault.startswith("data/sources.csv, line 5, url: ")
    assert repr(url) in fault


def test_a_doubled_key_names_both_lines(write_folder):
    row = fact("neu", "benefit", "yes", "training")
    assert check_folder(write_folder([*NEU, row, row]), TODAY) == [
        "data/unions.csv, line 7: the row says again what line 6 says (union, fact, item, basis, "
        "as_of, source)"
    ]


def test_a_merger_that_leads_in_a_circle_is_told_once_with_its_path(write_folder):
    rows = [*union("a", "A", "former"), *union("b", "B", "former"), *union("c", "C", "former")]
    for one, other in ("ab", "bc", "ca"):
        rows.append(fact(one, "succeeded_by", other, as_of="2000"))
    assert check_folder(write_folder(rows), TODAY) == [
        "data/unions.csv, line 14, value: the merger leads in a circle: a to b to c to a"
    ]


def test_a_union_needs_name_and_status_rows(write_folder):
    assert check_folder(write_folder([*NEU[:1], *NEU[2:]]), TODAY) == [
        "data/unions.csv, line 2, union: union 'neu' has no rows for its name (official, short) "
        "and status"
    ]


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_utf_8_is_read_with_or_without_a_mark_and_with_either_line_end(write_folder, before, end):
    path = write_folder(union("a", "Undeb Ŵ")) / "unions.csv"
    path.write_bytes(before + path.read_bytes().replace(b"\n", end))
    assert "Undeb Ŵ" in list(read_dataset(path.parent).facts["value"])


def test_another_encoding_is_refused_with_the_line_and_the_way_out(write_folder):
    path = write_folder([*NEU, fact("neu", "benefit", "yes", "training", qualifier="café")])
    path /= "unions.csv"
    path.write_bytes(path.read_bytes().decode().encode("cp1252"))
    assert check_folder(path.parent, TODAY) == [
        "data/unions.csv, line 6: byte 0xE9 is not UTF-8; expected UTF-8; save the file again as "
        "'CSV UTF-8'"
    ]


def test_a_semicolon_file_is_refused_and_tidy_is_named(write_folder):
    path = write_folder(NEU) / "unions.csv"
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    assert check_folder(path.parent, TODAY) == [
        "data/unions.csv, line 1: semicolons separate the columns; commas were expected; "
        "'unions tidy' puts this right"
    ]


def test_a_misspelt_column_gets_the_nearest_right_name(write_folder):
    path = write_folder(NEU) / "unions.csv"
    path.write_bytes(path.read_bytes().replace(b"qualifier", b"qualifer"))
    assert check_folder(path.parent, TODAY) == [
        "data/unions.csv, line 1: the column 'qualifer' is not known; did you mean 'qualifier'?",
        "data/unions.csv, line 1: the column 'qualifier' is missing",
    ]


def test_blank_and_short_rows_are_told_and_never_skipped(write_folder):
    path = write_folder(NEU) / "unions.csv"
    path.write_bytes(path.read_bytes() + b",,,,,,,,\nneu,status\n")
    assert check_folder(path.parent, TODAY) == [
        "data/unions.csv, line 6: the row is blank; 'unions tidy' puts this right",
        "data/unions.csv, line 7: the row has 2 cells; expected 9, and a cell with a comma in it "
        "stands in quotes",
    ]


def test_an_empty_file_and_a_missing_file_are_told(write_folder):
    folder = write_folder(NEU)
    (folder / "roles.csv").write_bytes(b"")
    (folder / "sources.csv").unlink()
    assert check_folder(folder, TODAY) == [
        "data/sources.csv: there is no such file; begin it with the line source,title,publisher,"
        "url,published,date_inferred,accessed,read,licence",
        "data/roles.csv: the file is empty; expected the columns and a row",
    ]


def test_a_row_over_two_lines_is_told_by_its_first_line(write_folder):
    rows = [fact("neu", "claim", "two\nlines", "only:x"), fact("neu", "fact", "x")]
    faults = check_folder(write_folder([*NEU, *rows]), TODAY)
    assert [fault.split(",")[1] for fault in faults] == [" line 6", " line 8"]


def test_what_the_reader_passes_frictionless_passes_too(tmp_path, shipped):
    """Change shipped rows at random: each time that our reader is content, so is the schema."""
    from tests.conftest import ROOT

    kinds = ("unions", "sources", "roles", "benefits", "rules")
    texts = {kind: (ROOT / "data" / f"{kind}.csv").read_text("utf-8") for kind in kinds}
    for name, text in package.files().items():
        (tmp_path / name).write_text(text, "utf-8")
    chance, passed = random.Random(1), 0
    for turn in range(24):
        for kind, text in texts.items():
            lines = text.splitlines()
            kept = [lines[0], *chance.sample(lines[1:], len(lines) - 1)] if turn % 2 else lines
            end = "\r\n" if turn % 3 else "\n"
            mark = "\ufeff" if turn % 5 == 0 else ""
            if turn % 4 == 3:
                kept.append(spoilt(chance.choice(lines[1:]), chance))
            (tmp_path / f"{kind}.csv").write_bytes((mark + end.join(kept) + end).encode())
        if not check_folder(tmp_path, TODAY):
            passed += 1
            assert validate(str(tmp_path / "datapackage.json")).valid
    assert 12 <= passed < 24


def spoilt(line: str, chance: random.Random) -> str:
    """Return a line with one character changed."""
    place = chance.randrange(len(line))
    return line[:place] + chance.choice("Aé,x0") + line[place + 1 :]
