"""A report whose cells hold what a careless program would run, drop or choke on."""

from analysis.schema import PROSE_MIME, TABLE_MIME
from tests.report.conftest import cell, code, markdown, notebook, paragraph, prose, table

PLANTED = [
    "=1+1", "+1", "-1", "@x", "\t=2+2", "\r=3+3", "<script>alert(1)</script>", "{=4+4}",
    "javascript:alert(1)", "https://example.org", "[a link](javascript:alert(1))", "internal:x",
    "$$x$$", "{{ 7*7 }}", "#let x = 1", "</style>", "_x0041_", "&amp;", "😀", "ŵ ŷ Ŵ Ŷ", "···",
    "bell\x07", "\u202eright to left", "x" * 10_000,
]  # fmt: skip
# A tab or a return becomes a space; what cannot be seen is left out, as in every format.
SEEN = [
    text.replace("\t", " ").replace("\r", " ").replace("\x07", "").replace("\u202e", "").strip()
    for text in PLANTED
]


def planted():
    rows = [[cell(text), cell(text)] for text in PLANTED]
    words = [paragraph(text) for text in PLANTED]
    return notebook(
        code(PROSE_MIME, prose(paragraph("$$x$$"), role="cover", title="=1+1", kicker="@x")),
        markdown("## Planted"),
        code(PROSE_MIME, prose(*words)),
        code(TABLE_MIME, table("$$x$$ {{ 7*7 }}", ["=1+1", "@x"], rows)),
    )
