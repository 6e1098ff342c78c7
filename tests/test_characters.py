"""Which characters are let in, where a bad one stands, and that no terminal is handed one."""

import pytest

from analysis import read_workforce
from analysis.characters import is_unsafe, unsafe, visible
from analysis.cli import main
from analysis.errors import DataError, ParameterError
from analysis.report.parameters import check_parameters
from tests.conftest import ROOT, SOURCES, fact, union

REFUSED = [
    *range(0x00, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A),
    0x200E, 0x200F, 0x061C, 0x2028, 0x2029, 0xFEFF, 0xD800, 0xDFFF, 0xE000, 0xFDD0, 0xFDEF,
    0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0xFFF9, 0xF0000,
]  # fmt: skip
LETTERS = "ŵŷÂîïéWw\u0302ẁ中文\u0451עعก😀ß∑\u2013\u2019\u0378"
SHAPED = "👩\u200d🏫🏴\U000e0067\U000e007f\ufe0f\u200b\u200c\u2060\u00ad\u00a0"


@pytest.mark.parametrize("point", REFUSED, ids=lambda point: f"U+{point:04X}")
def test_a_control_a_direction_override_or_no_character_at_all_is_refused(point):
    assert unsafe(f"a{chr(point)}b{chr(point)}") == [f"U+{point:04X}"]


def test_letters_signs_emoji_and_what_only_shapes_them_are_kept():
    assert [char for char in LETTERS + SHAPED if is_unsafe(char)] == []


def test_check_names_each_bad_character_once_with_its_line_and_column(write_folder, capsys):
    rows = [*union("neu", "NEU"), fact("neu", "claim", "a\u202eb\x07\u202e", "largest:x:uk")]
    sources = [SOURCES[0], ["b", "A\ufeffB", "\u200fP", "", "2015", "", "2026-11-22", "part", "n"]]
    assert main(["check", str(write_folder(rows, sources=sources))]) == 1
    faults = capsys.readouterr().err.splitlines()
    wanted = [
        "data/sources.csv, line 3, title: the cell holds the character U+FEFF, which cannot be "
        "printed; take it out",
        "data/sources.csv, line 3, publisher: the cell holds the character U+200F, which cannot "
        "be printed; take it out",
        "data/unions.csv, line 6, value: the cell holds the characters U+202E and U+0007, which "
        "cannot be printed; take them out",
    ]
    assert [one for one in wanted if one not in faults] == []


def test_no_fault_prints_the_character_itself(write_folder, capsys):
    rows = [*union("neu", "NEU"), fact("neu", "f\x1b[2Jx\u202e", "1", source="\x9bno")]
    assert main(["check", str(write_folder(rows))]) == 1
    said = capsys.readouterr().err
    assert unsafe(said.replace("\n", "")) == []
    assert "fact 'f⟦U+001B⟧[2Jx⟦U+202E⟧' is not one of" in said


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (
            "900001,Mi\u202ell\x85,cook,2",
            "school: the cell holds the characters U+202E and U+0085",
        ),
        ("900001,Mill\x1c,cook,2", "school: the cell holds the character U+001C"),
        ("900001,Mill,coo\u2066k,2", "role: the cell holds the character U+2066"),
        ("900001,Mill,cook,2\u200e", "headcount: the cell holds the character U+200E"),
        ("90000\u202d1,Mill,cook,2", "urn: the cell holds the character U+202D"),
    ],
)
def test_a_workforce_file_names_the_place_and_the_code_point(row, place, tmp_path, shipped):
    (tmp_path / "own.csv").write_text(f"urn,school,role,headcount\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match="which cannot be printed") as refused:
        read_workforce(tmp_path / "own.csv", shipped.roles)
    assert refused.value.faults[0].startswith(f"own.csv, line 2, {place}")


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"prepared_for": "Us\u202e"}, "'prepared_for' holds the character U+202E"),
        ({"title": "a\nb"}, "'title' holds the character U+000A"),
        ({"unions": ["neu", "n\u2069aht"]}, "'unions' holds the character U+2069"),
    ],
)
def test_a_parameter_names_the_character_that_it_may_not_hold(parameters, named):
    with pytest.raises(ParameterError) as refused:
        check_parameters(parameters, ROOT / "notebooks" / "comparison.ipynb", {})
    assert str(refused.value).startswith(f"parameter {named}, which cannot be printed")


def test_a_parameter_may_hold_any_letter():
    title = "Ysgol Tŷ Ddewi\u00a0\u2013 中文 👩\u200d🏫"
    given = {"title": title, "prepared_for": "O\u2019Brien & <b>"}
    check_parameters(given, ROOT / "notebooks" / "comparison.ipynb", {})
    assert visible(title) == title
