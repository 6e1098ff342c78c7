"""Small counts hidden so that nobody can work them out, whatever they subtract."""

from collections import defaultdict
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import hide_small_counts, staff_totals
from analysis.errors import ParameterError

BELOW = 4


def posts(counts: dict[str, list[int | None]]) -> pd.DataFrame:
    """Return one school's posts, a list of counts a staff group."""
    rows = [(group, count) for group, listed in counts.items() for count in listed]
    frame = pd.DataFrame(rows, columns=["role_group", "headcount"]).astype({"headcount": "Int64"})
    symbols = frame["headcount"].map(lambda count: "c" if pd.isna(count) else "")
    return frame.assign(fte=frame["headcount"].astype("Float64"), symbol=symbols)


def published(counts: dict[str, list[int | None]], below: int = BELOW):
    """Return what is printed: the counts that are shown, and the totals."""
    shown, totals = hide_small_counts(posts(counts), below)
    return (
        tuple(None if pd.isna(count) else count for count in shown["headcount"]),
        tuple(None if pd.isna(count) else count for count in totals["headcount"]),
        tuple(shown["symbol"]),
    )


def test_totals_are_of_each_group_and_of_all():
    totals = staff_totals(posts({"leadership": [1, 2], "teaching": [10], "auxiliary": [None, 3]}))
    assert totals["role_group"].to_list() == ["leadership", "teaching", "auxiliary", ""]
    assert totals["headcount"].to_list() == [3, 10, pd.NA, pd.NA]


def test_nothing_is_hidden_unless_it_is_asked():
    assert published({"teaching": [1, 2]}, below=0) == ((1, 2), (3, 3), ("", ""))


@pytest.mark.parametrize(
    ("counts", "shown", "totals"),
    [
        # One small count takes the smallest other one with it; totals stay.
        ({"teaching": [2, 9, 30]}, (None, None, 30), (41, 41)),
        # Equal seconds go together: the place of the one hidden would tell it is not small.
        ({"teaching": [9, 2, 9]}, (None, None, None), (20, 20)),
        # Two small ones and their second.
        ({"teaching": [2, 1, 9, 30]}, (None, None, None, 30), (42, 42)),
        # With nothing to hide beside it, the group's total goes, and the school's.
        ({"leadership": [1], "teaching": [9, 30]}, (None, 9, 30), (None, 39, None)),
        ({"leadership": [1, 2], "teaching": [9]}, (None, None, 9), (None, 9, None)),
        # Nought is no small count, and hides nothing.
        ({"leadership": [0, 5], "teaching": [9]}, (0, 5, 9), (5, 9, 14)),
        ({"leadership": [0, 2], "teaching": [9]}, (0, None, 9), (None, 9, None)),
        # A count over several groups stands alone.
        ({"": [2], "teaching": [9]}, (None, 9), (9, None)),
        # What is confidential stays so.
        ({"teaching": [None, 2, 9]}, (None, None, None), (None, None)),
    ],
)
def test_small_counts_and_what_would_give_them_away_are_hidden(counts, shown, totals):
    assert published(counts)[:2] == (shown, totals)


def test_full_time_equivalents_go_with_the_counts():
    hidden, _ = hide_small_counts(posts({"teaching": [2, 9, 30]}), BELOW)
    assert hidden["fte"].isna().to_list() == [True, True, False]
    assert hidden["symbol"].to_list() == ["hidden", "hidden", ""]


@pytest.mark.parametrize("below", [1, 2, -1])
def test_a_threshold_that_would_tell_what_it_hides_is_refused(below):
    with pytest.raises(ParameterError) as refused:
        hide_small_counts(posts({"teaching": [1]}), below)
    assert str(refused.value) == (
        f"parameter 'suppress_below' is {below}; it takes 0, which hides nothing, or 3 or more, "
        "since hiding only ones would tell them"
    )


SHAPES = [(1, 1), (2, 1), (3, 0)]


@pytest.mark.parametrize("shape", SHAPES)
def test_an_attacker_who_knows_the_method_finds_two_values_for_every_hidden_count(shape):
    """Print every small school: no hidden count may be the same in all that look alike."""
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product((1, 2, 4, 5, 6), repeat=sum(shape)):
        school = {"leadership": list(counts[: shape[0]]), "teaching": list(counts[shape[0] :])}
        alike[published(school)].append(counts)
    hidden = 0
    for (shown, _, symbols), schools in alike.items():
        for place, symbol in enumerate(symbols):
            if symbol == "hidden":
                hidden += 1
                assert shown[place] is None
                assert len({counts[place] for counts in schools}) >= 2, (shown, schools[:3])
    assert hidden >= 6


COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=5)


@settings(max_examples=40)
@given(COUNTS, COUNTS)
def test_no_hidden_count_is_left_over_when_the_shown_ones_are_taken_from_a_total(first, second):
    counts = {"leadership": first, "teaching": second}
    _, totals, symbols = published(counts)
    parts = [slice(0, len(first)), slice(len(first), None), slice(None)]
    for total, part in zip(totals, parts, strict=True):
        assert total is None or symbols[part].count("hidden") != 1
