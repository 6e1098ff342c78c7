"""File names made from words, for a file share and a web address alike; and a notebook's name."""

import re
import unicodedata
from pathlib import Path

PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")
RESERVED = {"con", "prn", "aux", "nul", *PORTS}  # Windows opens a device of that name instead
# An apostrophe or an ampersand is legal in a file's name, but breaks a shell's or an address's.
DROPPED = re.compile(r"['\u2018\u2019\u02bc\u02bb`]")
OTHER = re.compile(r"[^A-Za-z0-9_]")  # in a text of plain letters, as most are
MOST_BYTES = 120  # leaves room for a number before it, an ending after it, and a deep folder


def label(notebook: Path) -> str:
    """Return how a notebook is named to a reader: with its folder."""
    return f"{notebook.parent.name}/{notebook.name}"


def safe_name(text: str) -> str:
    """Return a file's name, without an ending, that any file share and web address can hold.

    Letters and figures of any language stay, in the composed form; an apostrophe is left out, and
    anything else becomes one hyphen. Two texts may have one name: put what tells them apart, such
    as a URN, before it.

    >>> safe_name("St Mary's C of E Primary School, Ware"), safe_name("Ysgol Tŷ Ddewi")
    ('St-Marys-C-of-E-Primary-School-Ware', 'Ysgol-Tŷ-Ddewi')
    >>> safe_name("../../etc/passwd"), safe_name("=1+1"), safe_name("CON"), safe_name("😀")
    ('etc-passwd', '1-1', 'CON-', 'unnamed')
    >>> len(safe_name("Ŵ" * 10_000).encode())
    120
    """
    plain = DROPPED.sub("", unicodedata.normalize("NFC", text))
    kept = OTHER.sub(" ", plain) if plain.isascii() else "".join(map(_kept, plain))
    name = "-".join(kept.split())
    name = name.encode()[:MOST_BYTES].decode(errors="ignore").strip("-_")
    if not any(char.isalnum() for char in name):
        return "unnamed"
    return f"{name}-" if name.casefold() in RESERVED else name


def _kept(char: str) -> str:
    """Return a letter, an accent or a figure as it is, and anything else as a space."""
    return char if char == "_" or unicodedata.category(char)[0] in "LMN" else " "
