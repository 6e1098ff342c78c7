"""What a report's page says of itself in its head, for an index of many reports."""

from analysis.report.blocks import Document, Facts
from analysis.report.text import plain

GENERATOR = "School staff unions"
# Names that are registered for a page's head, and the terms of the cover that they stand for.
AUDIENCE, DAY, EDITION, SUBJECT = (
    f"dcterms.{name}" for name in ("audience", "temporal", "hasVersion", "subject")
)
SUBJECTS = ("School", "Union", "Unions", "Staff group", "Level")
AGAINST = "Compared with"


def head_lines(document: Document) -> dict[str, str]:
    """Return the names and contents of the page's ``meta`` elements, those that say something."""
    said = {
        fact.term: plain(fact.runs)
        for block in document.cover
        if isinstance(block, Facts)
        for fact in block.items
    }
    subjects = [said[term] for term in SUBJECTS if said.get(term, "all") != "all"]
    subjects += [f"compared with {said[AGAINST]}"] if AGAINST in said else []
    lines = {
        "generator": GENERATOR,
        SUBJECT: "; ".join(subjects),
        AUDIENCE: said.get("Prepared for", ""),
        DAY: document.day.isoformat() if document.day else "",
        EDITION: said.get("Data edition", "").partition(" ")[0],
    }
    return {name: content for name, content in lines.items() if content}
