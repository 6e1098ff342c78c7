"""Names of files, from names of schools."""

import re
import unicodedata

LONGEST = 60


def safe_name(text: str) -> str:
    """Return a name as a part of a file's name that every system takes.

    >>> safe_name("St. Mary's C of E (VA) Primary & Nursery")
    'st-marys-c-of-e-va-primary-nursery'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    return words[:LONGEST].strip("-")
