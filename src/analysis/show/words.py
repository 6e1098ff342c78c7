"""How figures, answers and lists are said."""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.schema import BASES, FEE_BASES, NATIONS
from analysis.show.blocks import Runs, cite, runs_of, with_age
from analysis.show.traces import answer_keys, traced

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
UNITED_KINGDOM = {"england", "wales", "scotland", "northern_ireland"}


def count(number: int, one: str, many: str = "") -> str:
    """Say how many there are of something.

    >>> count(1, "union"), count(2, "union"), count(12, "post"), count(0, "union")
    ('one union', 'two unions', '12 posts', 'no unions')
    """
    word = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return f"{word} {one if number == 1 else many or one + 's'}"


def sentence(words: str) -> str:
    """Begin with a capital letter.

    >>> sentence("two unions are open to it")
    'Two unions are open to it'
    """
    return words[:1].upper() + words[1:]


def listed(words: Iterable[str]) -> str:
    """Join words by commas and a last *and*.

    >>> listed(["ASCL", "NAHT", "NEU"])
    'ASCL, NAHT and NEU'
    """
    made = list(words)
    return " and ".join(filter(None, [", ".join(made[:-1]), *made[-1:]]))


def figure(row: Mapping[str, Any]) -> str:
    """Say a membership figure with its qualifier.

    >>> figure({"members": 19000, "qualifier": "over", "basis": "claimed"})
    'over 19,000'
    """
    spoken = row["qualifier"] if row["basis"] not in ("other", "balloted") else ""
    return f"{spoken} {row['members']:,}".strip()


def basis(row: Mapping[str, Any]) -> str:
    """Say how a membership figure was counted, and when.

    >>> basis({"basis": "return_all", "qualifier": "", "dated": "31 December 2020"})
    'all members, statutory return, 31 December 2020'
    """
    said = BASES[row["basis"]]
    if row["basis"] in ("other", "balloted") and row["qualifier"]:
        said = row["qualifier"]
    return f"{said}, {row['dated']}"


def pounds(amount: float) -> str:
    """Say an amount of money.

    >>> pounds(242.0), pounds(42.67), pounds(0.0)
    ('£242', '£42.67', '£0')
    """
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"


def fee_range(rows: Any) -> str:
    """Say the lowest and the highest of several fees of one basis.

    Parameters
    ----------
    rows
        Fees with ``pounds`` and ``basis``, all of one basis.
    """
    low, high = rows["pounds"].min(), rows["pounds"].max()
    span = pounds(low) if low == high else f"{pounds(low)} to {pounds(high)}"
    return f"{span} {FEE_BASES[rows['basis'].iloc[0]]}"


def nations(items: Iterable[str]) -> str:
    """Say which nations are covered, in their stated order.

    >>> nations(["wales", "england"])
    'England and Wales'
    >>> nations(["wales", "england", "scotland", "northern_ireland"])
    'the whole UK'
    """
    covered = set(items)
    rest = [name for code, name in NATIONS.items() if code in covered - UNITED_KINGDOM]
    if covered >= UNITED_KINGDOM:
        return listed(["the whole UK", *rest])
    return listed(name for code, name in NATIONS.items() if code in covered)


def lower(label: str) -> str:
    """Begin a label with a small letter, but for names and abbreviations.

    >>> lower("Classroom teachers"), lower("ICT technician"), lower("A voice")
    ('classroom teachers', 'ICT technician', 'a voice')
    """
    short = label[:2].isupper() and label[:2].isalpha()
    return label if short else label[:1].lower() + label[1:]


def open_to(coverage: Any, labels: Mapping[str, str]) -> str:
    """Say which staff a union is stated to admit: whole staff groups, else some of their posts.

    Parameters
    ----------
    coverage
        One union's answers on who may join, one row a role: ``role``, ``role_group``, ``answer``.
    """
    words = []
    for group, rows in coverage.groupby("role_group", sort=False):
        roles = rows.loc[rows["answer"] == "yes", "role"]
        if len(roles) == len(rows):
            words.append(lower(labels[group]))
        elif len(roles) > 2:
            words.append(f"some {lower(labels[group])}")
        else:
            words += [lower(labels[role]) for role in roles]
    return sentence("; ".join(words)) or "Not stated"


def stated(rows: Any) -> Runs:
    """Say one answer with its limit and its sources, or that none is stated.

    Parameters
    ----------
    rows
        No row, or one of ``traits``: ``union``, ``fact``, ``item`` and the answer's cells.
    """
    if rows.empty:
        return runs_of("not stated")
    first = rows.iloc[0]
    words = ", ".join(filter(None, (first["answer"], first["qualifier"])))
    of = answer_keys(first["union"], first["fact"], [first["item"]])
    said = traced(with_age(words, [first["old"]]), *of)
    return runs_of(said, cite(*first["sources"][:2]))
