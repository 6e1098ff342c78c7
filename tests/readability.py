"""How hard a finished report's prose is to read."""

import re
from collections.abc import Iterable

import textstat
from bs4 import BeautifulSoup

PROSE = "p, li, dd, figcaption"
# Others' words, and what is no prose: cells, the list of sources, labels of parts.
NOT_PROSE = "table, script, style, symbol, nav, sup, [data-claim], .skip, .kicker, .figure-title"
# What parts one sentence from the next; the numbers of sources that alt text and captions end in.
STOPS = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9£])")
CITED = re.compile(r"\s*Sources?: [\d, ]+\.$")
AGE_IN_GRADE_NOUGHT = 5


def sentences(page: BeautifulSoup) -> list[str]:
    """Return the sentences of a report, each once: those of its prose, captions and alt text.

    What ends without a full stop is a list or a label. A list within a sentence, its items set
    apart by semicolons after a colon, is read item by item.
    """
    page = BeautifulSoup(str(page), "html.parser")
    spoken = [tag["aria-label"] for tag in page.select("svg[aria-label]")]
    for tag in page.select(NOT_PROSE):
        tag.decompose()
    found = [*spoken, *(tag.get_text("") for tag in page.select(PROSE))]
    return list(dict.fromkeys(one for text in found for one in cut(text)))


def cut(text: str) -> list[str]:
    """Return the sentences of a text.

    >>> cut("It rose. Paying members: NEU 3 (2019); NAHT 4 (2020); ASCL 5 (2021). Sources: 1, 2.")
    ['It rose.', 'Paying members: NEU 3 (2019).', 'NAHT 4 (2020).', 'ASCL 5 (2021).']
    """
    whole = STOPS.split(CITED.sub("", " ".join(text.split())))
    found = []
    for one in (one for one in whole if one.endswith((".", "!", "?"))):
        items = one.rstrip(".").split("; ")
        found += [f"{item}." for item in items] if ":" in one and len(items) > 2 else [one]
    return found


def plain(sentence: str, names: Iterable[str]) -> str:
    """Return a sentence with each official name as one short word: nobody can shorten a name."""
    return re.sub("|".join(rf"\b{re.escape(name)}\b" for name in names), "Name", sentence)


def reading_age(said: Iterable[str]) -> float:
    """Return the age at which sentences can be read: their grade at school plus five.

    The grade is the higher of the Automated Readability Index and the Coleman-Liau index, by the
    letters of a word and the words of a sentence. What counts syllables (Flesch-Kincaid) would
    fetch a dictionary from the network.
    """
    text = " ".join(said)
    grades = (textstat.automated_readability_index(text), textstat.coleman_liau_index(text))
    return max(grades) + AGE_IN_GRADE_NOUGHT
