"""What the numbers that a reader sees come from: rows of facts, or a computation over them.

A row of facts is named by its key: union, fact, item, basis, date and source, set apart by ``|``.
The beginning of a key stands for all rows whose keys begin so. A computation is said in words.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.show.blocks import Run, text

Row = Mapping[Any, Any]


def traced(words: str, *of: str) -> Run:
    """Return words that say what their numbers come from, if they hold any.

    Parameters
    ----------
    words
        What is said.
    of
        Keys of facts, or a computation and the keys that it is over.

    Examples
    --------
    >>> traced("in 2017", "date: neu|founded"), traced("not stated", "date: neu|founded")
    ({'text': 'in 2017', 'of': ['date: neu|founded']}, {'text': 'not stated'})
    """
    return text(words, of=of) if any(char.isdigit() for char in words) else text(words)


def fact_key(row: Row) -> str:
    """Return the key of a row of facts."""
    return key_of(row, row["fact"], row["item"])


def member_key(figure: Row) -> str:
    """Return the key of the fact behind a membership figure; of the whole union if not said.

    >>> member_key({"union": "neu", "basis": "tuc", "as_of": "2017", "source": "tuc-2017"})
    'neu|members|whole|tuc|2017|tuc-2017'
    """
    return key_of(figure, "members", figure.get("scope", "whole"))


def fee_key(fee: Row) -> str:
    """Return the key of the fact behind a fee."""
    return key_of(fee, "fee", fee["grade"])


def key_of(row: Row, fact: str, item: str) -> str:
    """Return the key of a row that bears the union, basis, date and source of a fact."""
    return "|".join([row["union"], fact, item, row["basis"], row["as_of"], row["source"]])


def answer_keys(union: str, fact: str, items: Iterable[str]) -> list[str]:
    """Return the beginnings of the keys behind a union's answers of one kind."""
    return [f"answer: {union}|{fact}|{item}" for item in dict.fromkeys(items)]


def side_keys(change: Row, *sides: str) -> list[str]:
    """Return the keys behind a changed figure or fee, of each side that is asked for."""
    return [
        fact_key(
            {**change, "fact": change["about"], "as_of": change[f"as_of_{side}"], "source": source}
        )
        for side in sides
        for source in change[f"sources_{side}"]
    ]


def rule_keys(rules: Any, *codes: str) -> list[str]:
    """Return the beginnings of the rows of ``rules.csv`` behind some rules, by their codes."""
    return [f"rule: {code}|{rules.loc[code, 'value']}" for code in codes]


def event_keys(event: Row) -> list[str]:
    """Return the beginnings of the keys behind an event, from the rows of each of its unions."""
    return [f"date: {union}|{event['event']}|{event['item']}" for union in event["unions"]]
