"""Which statement of one day replaced which of another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.errors import UnknownUnionError
from analysis.questions.standing import Seen, Statement, rows_of

ENDS = {"succeeded_by": "merged", "renamed_to": "renamed"}
Pair = tuple[Statement | None, Statement | None]


@dataclass(frozen=True)
class End:
    """What became of a union that stands on one of two days only, and who says so."""

    kind: str
    into: str
    dated: str
    sources: tuple[str, ...]


def ends_between(before: Seen, after: Seen) -> dict[str, End]:
    """Say of each union that stands on one side only what the other side says it became."""
    found = {}
    for here, there in ((before, after), (after, before)):
        told = there.history[there.history["event"].isin(ENDS)]
        gone = told[told["union"].isin(here.unions.index.difference(there.unions.index))]
        for union, rows in gone.groupby("union"):
            found[str(union)] = end_of(rows)
    return found


def end_of(rows: pd.DataFrame) -> End:
    """Return what the latest of several rows says that a union became, with every date of it."""
    last = rows.loc[rows["day"].idxmax()]
    rows = rows[(rows["event"] == last["event"]) & (rows["other"] == last["other"])]
    dates = dict(rows_of(rows, "date", "dated"))
    finest = [
        words
        for date, words in dates.items()
        if not any(other.startswith(date) and other != date for other in dates)
    ]
    sources = tuple(dict.fromkeys(rows["source"]))
    return End(ENDS[last["event"]], last["other"], " or ".join(finest), sources)


def unions_between(
    before: Seen, after: Seen, unions: list[str] | str | None, ends: Mapping[str, End]
) -> set[str]:
    """Return the codes of the unions to look at, and of what became one of them."""
    asked = [unions] if isinstance(unions, str) else list(unions or [])
    known = {*before.unions.index, *after.unions.index}
    for union in asked:
        if union not in known:
            raise UnknownUnionError(after.why_not(union))
    lives = {**before.lives, **after.lives}
    chosen = set(asked) or {union for union in known if lives[union].serves}
    while more := {union for union, end in ends.items() if end.into in chosen} - chosen:
        chosen |= more
    return chosen


def replaced(old: list[Statement], new: list[Statement]) -> Iterator[Pair]:
    """Set what stood only before beside what stands only after.

    Of one key, one statement replaces one other; where there are several, which replaced which
    cannot be said, and each is gone or added by itself.
    """
    sides: dict[tuple[str, ...], tuple[list[Statement], list[Statement]]]
    sides = defaultdict(lambda: ([], []))
    for place, statements in enumerate((old, new)):
        for one in statements:
            sides[one.key][place].append(one)
    for was, now in sides.values():
        both = {one.told for one in was} & {one.told for one in now}
        was = [one for one in was if one.told not in both]
        now = [one for one in now if one.told not in both]
        if len(was) == len(now) == 1:
            yield was[0], now[0]
        else:
            yield from ((one, None) for one in was)
            yield from ((None, one) for one in now)


def carried_over(pairs: list[Pair], ends: Mapping[str, End]) -> list[Pair]:
    """Set a claim made for a union beside the same claim made for what the union became."""
    alone = {
        (one.union, one.item): (was, now)
        for was, now in pairs
        if (one := was or now) and one.about == "claim" and not (was and now)
    }
    joined = []
    for (union, item), (was, now) in alone.items():
        end = ends.get(union)
        later_was, later_now = alone.get((end.into, item), (None, None)) if end else (None, None)
        if (was and later_now) or (now and later_was):
            joined.append((was or later_was, now or later_now))
    used = {one for pair in joined for one in pair}
    return [pair for pair in pairs if not used & set(pair)] + joined


def listing(pair: Pair, ends: Mapping[str, End], seen: tuple[Seen, Seen]) -> Pair:
    """Add to a union that came or went when it began, or what it became and when."""
    was, now = pair
    one = was or now
    if not one or one.about != "union" or (was and now):
        return pair
    here, there = seen if was else seen[::-1]
    told = founded_since(one, here.history, there.day)
    blank = replace(one, value="", qualifier="", dated="", sources=())
    if end := ends.get(one.union):
        blank = replace(blank, dated=end.dated, sources=end.sources)
    return (told, blank) if was else (blank, told)


def founded_since(one: Statement, history: pd.DataFrame, day: str) -> Statement:
    """Add to a union's statement when it began, if that was after a day."""
    rows = history[(history["union"] == one.union) & (history["event"] == "founded")]
    rows = rows[(rows["item"] == "present_body") & (rows["day"] > day)]
    if rows.empty:
        return one
    sources = tuple(dict.fromkeys(rows["source"]))
    return replace(one, dated=max(rows["dated"], key=len), sources=sources)
