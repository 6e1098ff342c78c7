"""The packaged faces: which characters they have, and what stands for the others on paper."""

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import fontpkg
from fontTools.ttLib import TTFont

from analysis.characters import code_point

FACE = "Atkinson Hyperlegible"
SPARE = "Noto Sans"  # for the letters that the face lacks
BRACKETS = "DejaVu Sans"  # matplotlib carries it; only for the brackets about a code point
STANDS = re.compile(r"⟦U\+[0-9A-F]{4,6}⟧")


@functools.cache
def letters(name: str) -> frozenset[int]:
    """Return the code points that a face has."""
    with TTFont(fontpkg.path(name, nearest=True)) as face:
        return frozenset(face.getBestCmap())


def settable(text: str) -> str:
    """Return a text with the code point of each character that no packaged face has.

    >>> settable("Tŷ Ŵyn 😀")
    'Tŷ Ŵyn ⟦U+1F600⟧'
    """
    if text.isascii():
        return text
    known = letters(FACE) | letters(SPARE) | {ord("⟦"), ord("⟧")}
    # A letter and its accent are set as the one letter that they are, if there is one.
    return "".join(
        char if char.isascii() or ord(char) in known else f"⟦{code_point(char)}⟧"
        for char in unicodedata.normalize("NFC", text)
    )


def say_lacking(text: str) -> str:
    """Say what the code points in a printed text stand for; nothing if it has none.

    >>> say_lacking(settable("Well done 😀"))
    'Characters that the printed faces lack stand as code points: ⟦U+1F600⟧ is grinning face.'
    """
    first = STANDS.search(text)
    if not first:
        return ""
    name = unicodedata.name(chr(int(first[0][3:-1], 16)), "").lower()
    example = f"{first[0]} is {name}" if name else f"such as {first[0]}"
    said = "Characters that the printed faces lack stand as code points"
    return f"{said}: {example}." if name else f"{said}, {example}."


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return what JSON can hold with each text in it changed, but not the keys.

    >>> each_text({"a": ["b", 1]}, str.upper)
    {'a': ['B', 1]}
    """
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [each_text(one, change) for one in value]
    if isinstance(value, dict):
        return {key: each_text(one, change) for key, one in value.items()}
    return value
