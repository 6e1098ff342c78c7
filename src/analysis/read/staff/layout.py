"""The headings of a school's own file: which columns are read, and as what."""

from dataclasses import dataclass

from analysis.read.staff.findings import Findings
from analysis.read.staff.grid import EXPECTED, Grid
from analysis.read.staff.posts import WORDS, Post, Posts, is_sum, squeeze
from analysis.read.staff.sayable import HEADINGS, is_sayable

# The columns that are read, by their headings in small letters without blanks.
NAMES = {
    "urn": "urn",
    "school": "school",
    "schoolname": "school",
    "role": "role",
    "headcount": "headcount",
    "fte": "fte",
    "employer": "employer",
}
LONG = ("urn", "school", "role", "headcount")
WIDE = ("urn", "school")
EXPECTED_WIDE = "expected urn, school, optionally employer, and one column a role"


@dataclass(frozen=True)
class Layout:
    """Where the columns stand: those read by name and, in a wide file, those of the posts."""

    wide: bool
    places: dict[str, int]
    posts: dict[int, Post]


def is_wide(header: list[str]) -> bool:
    """Say whether a file has one row a school, with one column a role."""
    return not {"role", "headcount"} & {NAMES.get(squeeze(heading)) for heading in header}


def name_of(heading: str, wide: bool) -> str:
    """Return the name of the column that a heading stands for, or nothing.

    >>> name_of(" Head Count", wide=False), name_of("fte", wide=True)
    ('headcount', '')
    """
    name = NAMES.get(squeeze(heading), "")
    return "" if wide and name not in (*WIDE, "employer") else name


def is_ours(heading: str, posts: Posts, wide: bool) -> bool:
    """Say whether a column is read."""
    return bool(name_of(heading, wide)) or (wide and posts.find(heading) is not None)


def read_layout(grid: Grid, posts: Posts, findings: Findings) -> Layout:
    """Find the columns by their headings.

    Parameters
    ----------
    grid
        The file.
    posts
        The posts by what they may be called.
    findings
        Where faults are noted.

    Raises
    ------
    DataError
        If a column that is needed is missing: no row can be read then.
    """
    wide = is_wide(grid.header)
    layout = Layout(wide, {}, {})
    if not any(is_ours(heading, posts, wide) for heading in grid.header):
        findings.add([1], 0, "", f"the line names no column; {EXPECTED}")
        findings.check()
    for place, heading in enumerate(grid.header):
        if text := take(place, heading, grid, posts, layout):
            findings.add([1], place, f"column {place + 1}", text)
    missing = [name for name in (WIDE if wide else LONG) if name not in layout.places]
    for name in missing:
        findings.add([1], len(grid.header), "", f"the column '{name}' is missing")
    if wide and not layout.posts:
        findings.add([1], len(grid.header), "", f"no column is named for a role; {EXPECTED_WIDE}")
    if missing or (wide and not layout.posts):
        findings.check()
    return layout


def take(place: int, heading: str, grid: Grid, posts: Posts, layout: Layout) -> str:
    """Put one column into the layout, or say what is wrong with its heading."""
    if not heading:
        filled = any(cell.strip() for cell in grid.distinct[place])
        return "the column has no heading; expected one, or a column without cells" * filled
    name = name_of(heading, layout.wide)
    if name:
        first = layout.places.setdefault(name, place)
        return "" if first == place else f"{name} stands in column {first + 1} too"
    post = posts.find(heading) if layout.wide else None
    if post is None:
        return say_heading(heading, posts, layout.wide)
    same = [at for at, other in layout.posts.items() if is_same(post, other)]
    layout.posts[place] = post
    return f"'{post.label}' stands in column {same[0] + 1} too; expected once" if same else ""


def say_heading(heading: str, posts: Posts, wide: bool) -> str:
    """Say that a column is not read, and repeat its heading only if it cannot be a name."""
    if is_sum(heading):
        return "the column adds up others; take it out"
    if wide and not name_of(heading, wide=False):
        return posts.say_unknown(heading, HEADINGS)
    expected = EXPECTED_WIDE if wide else EXPECTED
    if is_sayable(heading, posts.words | HEADINGS):
        return f"'{heading}' is not a column that is read; {expected}"
    return f"not a column that is read, and not repeated since it could be a name; {expected}"


def is_same(post: Post, other: Post) -> bool:
    """Say whether two columns or rows count the same people twice.

    Two census codes of one kind do not, since the census keeps their people apart.
    """
    apart = post.kind == other.kind != WORDS and post.code != other.code
    return post.post == other.post and not apart
