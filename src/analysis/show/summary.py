"""One page for the front of a governors' pack: five sentences, the staff groups, whom to ask."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.errors import check_name
from analysis.schema import AGREEMENTS, LEVELS, OUTSIDE
from analysis.show import words
from analysis.show.blocks import (
    Block,
    Columns,
    Prose,
    Runs,
    Table,
    answer_cell,
    bullets,
    cell,
    cite,
    heading,
    line,
    marked,
    paragraph,
    row,
    runs_of,
    text,
)
from analysis.show.choice import fold_roles
from analysis.show.consult import NOT_LEGAL_ADVICE, stated_by
from analysis.show.profiles import figure_runs, of
from analysis.show.prose import (
    age_sentence,
    basis_sentences,
    narrow_sentence,
    refused_sentences,
    say_cover,
)
from analysis.show.tables import NOT_STATED, how_implied, newest_sources
from analysis.show.traces import traced

Labels = Mapping[str, str]
NONE_REFUSED = "No source says that any of these may not bargain for staff whom it admits."
NO_PAIR = "No union here has a count of all members and one of paying members, made close in time."
SOME = (
    "Some means yes for some posts of the group; for the others it is no, disputed or not "
    "stated. A row names one source; the full comparison names one for each post."
)
SILENT = "Not stated for any group"
COUNTED = "Unions count in different ways, so do not set these figures side by side."
CONSULT = "An employer consults each union that it recognises for the staff affected."
LOOK = (
    "Where nothing is stated, a union may still be recognised. Look for an agreement of your own "
    "school, trust or council. If you find none, ask the employer's human resources team."
)
QUESTIONS = {
    "admits": "May all staff of this group join?",
    "recruits": "Does the union recruit all staff of this group?",
    "recognised": "Does the union bargain for all staff of this group?",
}


def say_front(
    day: str,
    edition: str,
    sources: pd.DataFrame,
    title: str,
    prepared_for: str,
    unions: list[str],
    level: str = "admits",
) -> Prose:
    """Say what a report of a single page is; as ``say_cover``, in less room.

    Parameters
    ----------
    day, edition, sources, title, prepared_for
        As for ``say_cover``.
    unions
        The unions that the reader chose, in words; none if all.
    level
        ``admits``, ``recruits`` or ``recognised``.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> say_front(data.day, data.edition, data.sources, "Our unions", "", ["NEU"]).title
    'Our unions'
    """
    made = say_cover(day, edition, sources, title, prepared_for, unions=unions, level=level)
    # What to do about a mistake goes on in the line of what the report is not.
    first, advice, mistakes = made.blocks
    told = paragraph(*advice["runs"], " ", *mistakes["runs"], style="small")
    return replace(made, blocks=[first, told], role="front")


def say_five(
    coverage: pd.DataFrame,
    matrix: pd.DataFrame,
    choice: pd.DataFrame,
    refused: pd.DataFrame,
    widest: pd.DataFrame,
    headlines: pd.DataFrame,
    labels: Labels,
) -> Prose:
    """Say in five sentences what a governor should know first.

    Parameters
    ----------
    coverage
        One row per union, level and role, with ``answer`` and ``sources``.
    matrix, choice
        What ``coverage_matrix`` and ``roles_by_choice`` return for who may join.
    refused
        What ``admitted_not_recognised`` returns.
    widest, headlines
        What ``widest_by_basis`` and ``headline_members`` return.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> chosen, latest = ["naht", "neu"], latest_members(data.members, ["naht", "neu"])
    >>> matrix = coverage_matrix(data.coverage, "admits", chosen)
    >>> choice = roles_by_choice(data.coverage, chosen)
    >>> refused = admitted_not_recognised(data.coverage, chosen)
    >>> widest, headlines = widest_by_basis(latest), headline_members(latest)
    >>> (block,) = say_five(
    ...     data.coverage, matrix, choice, refused, widest, headlines, data.labels
    ... ).blocks
    >>> len(block["items"])
    5
    """
    few = choice.loc[choice["number"] <= 1, "sources"]
    old = headlines.loc[headlines["old"], "source"]
    points = [
        choice_runs(coverage, matrix),
        [*narrow_sentence(matrix, labels), cite(*few.sum() or ())],
        *(refused_sentences(refused, labels) or [runs_of(NONE_REFUSED)]),
        *(basis_sentences(widest, labels) or [runs_of(NO_PAIR)]),
        [*age_sentence(headlines), cite(*old)],
    ]
    return Prose([bullets(runs_of(*runs) for runs in points)], role="brief")


def choice_runs(coverage: pd.DataFrame, matrix: pd.DataFrame) -> Runs:
    """Say for how many posts there is a choice among the unions, by the sources of the table."""
    yes, posts = (matrix == "yes").sum(), len(matrix.columns)
    unions = len(matrix.index)
    if unions == 1:
        said = f"Sources say that this union admits staff in {int((yes >= 1).sum())} of {posts} "
    else:
        said = f"For {int((yes >= 2).sum())} of {posts} posts, sources name two or more of these "
    said += "posts." if unions == 1 else f"{words.count(unions, 'union')} to join."
    rows = coverage[coverage["role"].isin(matrix.columns)]
    sources = [code for union in matrix.index for code in main_source(rows, union, "admits")]
    return [traced(said, "count: posts by how many unions are stated to admit them"),
            cite(*sources)]  # fmt: skip


def main_source(coverage: pd.DataFrame, union: str, level: str) -> list[str]:
    """Return the source that is the newest of more of a union's answers than any other, if any."""
    rows = coverage[(coverage["union"] == union) & (coverage["level"] == level)]
    behind = Counter(codes[0] for codes in rows["sources"] if codes)
    return [code for code, _ in behind.most_common(1)]


def tabulate_groups(
    coverage: pd.DataFrame, matrix: pd.DataFrame, labels: Labels, level: str = "admits"
) -> Table:
    """Set the unions' answers for whole staff groups in a table, a row a union.

    Parameters
    ----------
    coverage
        One row per union, level and role, with ``basis``, ``sources`` and ``old``.
    matrix
        What ``group_matrix`` returns for that level.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = group_matrix(data.coverage, "admits", ["naht"])
    >>> len(tabulate_groups(data.coverage, matrix, data.labels).rows)
    1
    """
    check_name("level", level, LEVELS)
    columns = Columns().add("Union", 1.6)
    for group in matrix.columns:
        columns.add(labels[group], 1, "centre")
    asked = coverage[coverage["role_group"].isin(matrix.columns)]
    at_level = asked[(asked["level"] == level) & (asked["answer"] != "not stated")]
    bases = dict(iter(at_level.groupby(["union", "role_group", "answer"])["basis"]))

    def implied(union: str, group: str, answer: str) -> str:
        # Some is yes for some posts of a group.
        return how_implied(bases.get((union, group, "yes" if answer == "some" else answer), ()))

    silent = [union for union in matrix.index if set(matrix.loc[union]) == {"not stated"}]
    silent = [] if len(silent) == len(matrix) else silent
    rows = [
        row(
            cell(
                line(
                    marked(labels[union], at_level.loc[at_level["union"] == union, "old"]),
                    cite(*main_source(asked, union, level)),
                )
            ),
            *(
                answer_cell(answer, below=implied(union, group, answer))
                for group, answer in matrix.loc[union].items()
            ),
        )
        for union in matrix.index
        if union not in silent
    ]
    note = [NOT_STATED, " ", SOME, *([f" {SILENT}: {named(silent, labels)}."] if silent else [])]
    return Table(QUESTIONS[level], columns.made, rows, kind="grid", note=runs_of("".join(note)))


def named(unions: list[str], labels: Labels) -> str:
    """Name unions in the order given."""
    return words.listed(labels[union] for union in unions)


def say_members_and_ask(
    chosen: list[str],
    headlines: pd.DataFrame,
    coverage: pd.DataFrame,
    rules: pd.DataFrame,
    labels: Labels,
) -> Prose:
    """Say how many members each union has, counted how, and whom a school should ask.

    Parameters
    ----------
    chosen
        Codes of the unions whose members are told, in the order they should be read.
    headlines
        What ``headline_members`` returns.
    coverage, rules, labels
        As in the data of a day; whom to ask is told of all unions.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> headlines = headline_members(latest_members(data.members, ["neu"]))
    >>> said = say_members_and_ask(["neu"], headlines, data.coverage, data.rules, data.labels)
    >>> [block["text"] for block in said.blocks if block["type"] == "heading"]
    ['How many members', 'Whom to ask']
    """
    shown = [union for union in chosen if union in set(headlines["union"])]
    silent = [union for union in chosen if union not in shown]
    figures = [
        paragraph(text(f"{labels[union]}: ", strong=True), *figure_runs(of(headlines, union)))
        for union in shown
    ]
    unstated = [paragraph(text("Not stated: ", strong=True), named(silent, labels))]
    blocks: list[Block] = [
        heading("How many members"),
        paragraph(COUNTED),
        *figures,
        *(unstated if silent else []),
        heading("Whom to ask"),
        *ask_blocks(coverage, rules, labels),
    ]
    return Prose(blocks, role="sheet")


def ask_blocks(coverage: pd.DataFrame, rules: pd.DataFrame, labels: Labels) -> list[Block]:
    """Say which unions are recognised by which agreement, for whom none is, and where to look.

    An employer must ask a union whether or not the reader chose to compare it: all are named.
    """
    rows = coverage[(coverage["level"] == "recognised") & (coverage["role_group"] != OUTSIDE)]
    groups = dict(zip(rows["role"], rows["role_group"], strict=True))
    blocks = [paragraph(CONSULT, stated_by(rules, "consult_every_union"))]
    for (basis, limit), found in rows[rows["answer"] == "yes"].groupby(["basis", "qualifier"]):
        agreement = words.sentence(words.listed(AGREEMENTS[one] for one in basis.split("; ")))
        title = marked(", ".join(filter(None, (agreement, limit))), found["old"])
        whom = fold_roles(found["role"], groups, labels)
        unions = sorted(set(found["union"]), key=lambda union: labels[union].casefold())
        sources = newest_sources(found)[:3]
        said = f"{named(unions, labels)}, for {whom}"
        blocks.append(paragraph(text(f"{title}: ", strong=True), said, cite(*sources)))
    answered = set(rows.loc[rows["answer"] != "not stated", "role"])
    unsaid = [role for role in groups if role not in answered]
    if unsaid:
        label = text("No source says who is recognised for: ", strong=True)
        blocks.append(paragraph(label, fold_roles(unsaid, groups, labels)))
    return [*blocks, paragraph(LOOK), paragraph(NOT_LEGAL_ADVICE)]
