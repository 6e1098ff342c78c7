"""Which characters a text may hold, and how the others are named."""

import re
import unicodedata

# Controls, surrogates, characters of private use, line and paragraph separators.
UNSAFE = {"Cc", "Cs", "Co", "Zl", "Zp"}
# Of the characters that only shape a text, those that leave the order of reading alone: soft
# hyphen, zero-width space, joiners, and the tags that the flag of Wales is spelt with.
SHAPING = {0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, *range(0xE0020, 0xE0080)}
BLANKS = " \t\r\n"


def is_unsafe(char: str) -> bool:
    """Say whether a character is a control, turns the direction of reading, or is none at all.

    A character that is merely new to this Python's tables is safe: it is somebody's letter.

    >>> [is_unsafe(char) for char in "aŵ中é👍"], is_unsafe(chr(0x202E)), is_unsafe(chr(0xFFFE))
    ([False, False, False, False, False], True, True)
    """
    point, kind = ord(char), unicodedata.category(char)
    if kind == "Cf":
        return point not in SHAPING
    return kind in UNSAFE or 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE


def code_point(char: str) -> str:
    """Return how a character is named.

    >>> code_point("ŵ"), code_point("😀")
    ('U+0175', 'U+1F600')
    """
    return f"U+{ord(char):04X}"


def unsafe(text: str) -> list[str]:
    """Return the code points that no text may hold, each once, in the order met.

    >>> unsafe("plain"), unsafe("bell" + chr(7) + chr(0x202E) + chr(7))
    ([], ['U+0007', 'U+202E'])
    """
    if text.isascii() and text.isprintable():
        return []
    return [code_point(char) for char in dict.fromkeys(text) if is_unsafe(char)]


def say_unsafe(text: str, what: str = "the cell") -> str:
    """Say which characters have to be taken out of a text, or return nothing.

    >>> say_unsafe("bell" + chr(7))
    'the cell holds the character U+0007, which cannot be printed; take it out'
    """
    points = unsafe(text)
    if len(points) < 2:
        alone = f"{what} holds the character {''.join(points)}, which cannot be printed"
        return f"{alone}; take it out" if points else ""
    named = f"{', '.join(points[:-1])} and {points[-1]}"
    return f"{what} holds the characters {named}, which cannot be printed; take them out"


def visible(text: str) -> str:
    """Return a text that a terminal shows as it is: what may not stand in a text is named.

    >>> visible("bell" + chr(7))
    'bell⟦U+0007⟧'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"⟦{code_point(char)}⟧" if is_unsafe(char) else char for char in text)


def on_one_line(text: str) -> str:
    """Return a text with its tabs and line ends as spaces, and nothing unsafe in it.

    >>> on_one_line("one" + chr(10) + "two" + chr(7))
    'one two'
    """
    if text.isascii() and text.isprintable():
        return text
    spaced = re.sub(r"[\t\r\n]", " ", text)
    return "".join(char for char in spaced if not is_unsafe(char))
