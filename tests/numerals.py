"""Numerals of a finished page that do not say what they come from."""

import re

from bs4 import BeautifulSoup, NavigableString, Tag

# The numerals that may stand in no element that names their rows, and why.
ALLOWED = {
    "sup a[href^='#source-']": "they are the numbers of the sources themselves",
    "tr[id^='source-']": "a source's title, address and dates are its own row of sources.csv",
}
UNSEEN = ["script", "style", "symbol"]
SPOKEN = ("aria-label", "alt", "title", "placeholder")


def bare_numerals(page: BeautifulSoup) -> list[str]:
    """Return what a page says with a numeral outside any element that names where it is from."""
    allowed = {id(tag) for place in ALLOWED for tag in page.select(place)}
    found = []
    for tag in page.body.find_all(True):
        around = [tag, *tag.parents]
        if any(one.name in UNSEEN or id(one) in allowed for one in around):
            continue
        if not any(one.get("data-of") for one in around if isinstance(one, Tag)):
            found += [words for words in own_words(tag) if re.search(r"\d", words)]
    return found


def own_words(tag: Tag) -> list[str]:
    """Return what an element says itself, to the eye and to a screen reader."""
    seen = [str(part) for part in tag.children if type(part) is NavigableString]
    return seen + [str(tag[name]) for name in SPOKEN if tag.get(name)]
