"""Which union answers for which post, at which level."""

from collections.abc import Iterable

import pandas as pd

from analysis.errors import UnknownNameError, check_name, did_you_mean, nearest
from analysis.questions.asked import codes_asked
from analysis.schema import ANSWERS, LEVELS, OUTSIDE, ROLE_GROUPS


def coverage_matrix(
    coverage: pd.DataFrame,
    level: str = "admits",
    unions: list[str] | str | None = None,
    role_group: str = "",
) -> pd.DataFrame:
    """Say what each union's sources answer for each role.

    Parameters
    ----------
    coverage
        One row per union, level and role: ``union``, ``level``, ``role``, ``role_group``,
        ``answer``.
    level
        ``admits``, ``recruits`` or ``recognised``.
    unions
        Codes of the unions to compare, in the order they should be read; all if not given.
    role_group
        Only the roles of this staff group; all that schools employ if not given.

    Returns
    -------
    DataFrame
        One row per union in the order asked, one column per role in the order of the staff
        groups; each cell ``yes``, ``no``, ``disputed`` or ``not stated``.

    Raises
    ------
    UnknownUnionError
        If a code is not in ``coverage``; the message names the nearest code.
    UnknownNameError
        If the level or the group is not known.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import *
    >>> coverage = pd.DataFrame({"union": ["neu", "naht"], "level": "admits", "role": "teacher",
    ...     "role_group": "teaching", "answer": ["yes", "not stated"]})
    >>> coverage_matrix(coverage, unions=["naht", "neu"])["teacher"].to_dict()
    {'naht': 'not stated', 'neu': 'yes'}
    """
    chosen = chosen_unions(coverage, unions)
    rows = rows_at(coverage, level, role_group)
    rows = rows[rows["union"].isin(chosen)]
    order = list(
        dict.fromkeys(rows.sort_values("role_group", key=group_rank, kind="stable")["role"])
    )
    table = rows.pivot_table("answer", "union", "role", aggfunc="first")
    return table.reindex(index=chosen, columns=order).rename_axis(index=None, columns=None)


def group_matrix(
    coverage: pd.DataFrame, level: str = "admits", unions: list[str] | str | None = None
) -> pd.DataFrame:
    """Say what each union's sources answer for each staff group as a whole.

    Returns
    -------
    DataFrame
        One row per union, one column per staff group of schools; each cell ``yes`` (for every
        role), ``some`` (for at least one), ``no``, ``disputed`` or ``not stated``.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> group_matrix(data.coverage, "admits", ["naht", "neu"]).columns.tolist()[:3]
    ['leadership', 'teaching', 'classroom_support']
    """
    chosen = chosen_unions(coverage, unions)
    rows = rows_at(coverage, level)
    answers = rows.pivot_table("answer", "union", "role_group", aggfunc=group_answer)
    groups = [group for group in ROLE_GROUPS if group in answers]
    return answers.reindex(index=chosen, columns=groups).rename_axis(index=None, columns=None)


def group_answer(answers: Iterable[str]) -> str:
    """Say what the answers for the roles of one group add up to.

    >>> group_answer(["yes", "not stated"]), group_answer(["no", "no"])
    ('some', 'no')
    >>> group_answer(["no", "not stated"])
    'not stated'
    """
    said = set(answers)
    if len(said) == 1:
        return said.pop()
    if "yes" in said:
        return "some"
    return "disputed" if "disputed" in said else "not stated"


def who_admits(coverage: pd.DataFrame, role: str) -> pd.DataFrame:
    """Say which unions a member of staff in one role may join, and which bargain for it.

    Parameters
    ----------
    coverage
        One row per union, level and role, with ``answer``, ``qualifier``, ``dated``, ``sources``.
    role
        Code of the role.

    Returns
    -------
    DataFrame
        One row per union and level for which a source says anything, unions in the order of
        ``coverage``: ``union``, ``level``, ``answer``, ``qualifier``, ``dated``, ``sources``.

    Raises
    ------
    UnknownNameError
        If the role is not in ``coverage``; the message names the nearest roles.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> answers = who_admits(data.coverage, "teaching_assistant")
    >>> print(*answers)
    union level answer qualifier dated sources
    """
    roles = coverage["role"].unique()
    if role not in roles:
        raise UnknownNameError(f"no role '{role}' in roles.csv{did_you_mean(role, roles)}")
    rows = coverage[(coverage["role"] == role) & (coverage["answer"] != "not stated")]
    columns = ["union", "level", "answer", "qualifier", "dated", "sources"]
    return rows[columns].reset_index(drop=True)


def role_code(roles: pd.DataFrame, text: str) -> str:
    """Return the code of a role that a reader names by its code or its label, in any case.

    Parameters
    ----------
    roles
        One row per role, by code, with ``label``.

    Raises
    ------
    UnknownNameError
        If no role is called so; the message names the nearest.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import *
    >>> roles = pd.DataFrame({"label": ["Teaching assistant"]}, index=["ta"])
    >>> role_code(roles, "teaching Assistant")
    'ta'
    """
    by_name = {label.casefold(): code for code, label in roles["label"].items()}
    by_name |= {code.casefold(): code for code in roles.index}
    wanted = " ".join(text.casefold().split())
    if wanted in by_name:
        return str(by_name[wanted])
    labels = nearest(text, roles["label"]) or nearest(text, roles.index)
    near = f"; did you mean {' or '.join(repr(label) for label in labels)}?" if labels else ""
    raise UnknownNameError(f"no role '{text}' in roles.csv{near}")


def coverage_sources(
    coverage: pd.DataFrame, matrix: pd.DataFrame, level: str = "admits"
) -> list[str]:
    """Return the codes of the newest source of each answer of a matrix, each once, sorted.

    Parameters
    ----------
    coverage
        One row per union, level and role, with ``sources`` (newest first).
    matrix
        What :func:`coverage_matrix` returns for that level.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = coverage_matrix(data.coverage, "admits", ["naht", "neu"])
    >>> set(coverage_sources(data.coverage, matrix)) <= set(data.sources.index)
    True
    """
    rows = at_level(coverage, level)
    rows = rows[rows["union"].isin(matrix.index) & rows["role"].isin(matrix.columns)]
    return sorted({sources[0] for sources in rows["sources"] if sources})


def old_answers(
    coverage: pd.DataFrame, matrix: pd.DataFrame, level: str = "admits"
) -> pd.DataFrame:
    """Say of each answer of a matrix whether it is past its age limit.

    Parameters
    ----------
    coverage
        One row per union, level and role, with ``old``.
    matrix
        What :func:`coverage_matrix` returns for that level.

    Returns
    -------
    DataFrame
        The rows and columns of ``matrix``; each cell true or false.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> matrix = coverage_matrix(data.coverage, "admits", ["naht", "neu"])
    >>> old_answers(data.coverage, matrix).shape == matrix.shape
    True
    """
    rows = at_level(coverage, level)
    table = rows.pivot_table("old", "union", "role", aggfunc="first")
    return table.reindex(index=matrix.index, columns=matrix.columns).astype(bool)


def roles_by_choice(
    coverage: pd.DataFrame,
    unions: list[str] | str | None = None,
    role_group: str = "",
    level: str = "admits",
) -> pd.DataFrame:
    """Count, for each role in schools, the unions whose answer at a level is yes.

    Returns
    -------
    DataFrame
        One row per role, fewest unions first, then in the order of the staff groups: ``role``,
        ``role_group``, ``unions`` (codes), ``number``, ``disputed`` (codes of the unions whose
        sources differ), ``old`` (codes of those of both whose answer is past its age limit) and
        ``sources`` (the newest of each yes, all of each dispute).

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> print(*roles_by_choice(data.coverage, ["naht", "neu"]))
    role role_group unions number disputed old sources
    """
    chosen = chosen_unions(coverage, unions)
    rows = rows_at(coverage, level, role_group)
    rows = rows[rows["union"].isin(chosen)].sort_values(
        "role_group", key=group_rank, kind="stable"
    )
    records = []
    for (role, group), found in rows.groupby(["role", "role_group"], sort=False):
        by_answer = {
            answer: list(found.loc[found["answer"] == answer, "union"]) for answer in ANSWERS
        }
        sources = [
            code
            for answer, codes in zip(found["answer"], found["sources"], strict=True)
            for code in {"yes": codes[:1], "disputed": codes}.get(answer, ())
        ]
        yes, disputed = by_answer["yes"], by_answer["disputed"]
        old = [union for union in found.loc[found["old"], "union"] if union in (*yes, *disputed)]
        records.append((role, group, yes, len(yes), disputed, old, tuple(dict.fromkeys(sources))))
    columns = ["role", "role_group", "unions", "number", "disputed", "old", "sources"]
    table = pd.DataFrame(records, columns=columns)
    return table.sort_values("number", kind="stable").reset_index(drop=True)


def admitted_not_recognised(
    coverage: pd.DataFrame, unions: list[str] | str | None = None, role_group: str = ""
) -> pd.DataFrame:
    """List the posts that a union admits though a source says that it may not bargain for them.

    Returns
    -------
    DataFrame
        One row per union and role: ``union``, ``role``, ``sources`` (of the refusal).

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> print(*admitted_not_recognised(data.coverage, ["neu"]))
    union role sources
    """
    rows = coverage[coverage["union"].isin(chosen_unions(coverage, unions))]
    admits = rows_at(rows, "admits", role_group).query("answer == 'yes'")
    refused = rows_at(rows, "recognised", role_group).query("answer == 'no'")
    both = admits[["union", "role"]].merge(refused[["union", "role", "sources"]])
    return both.reset_index(drop=True)


def rows_at(coverage: pd.DataFrame, level: str, role_group: str = "") -> pd.DataFrame:
    """Return the rows of one level, of one staff group or of all that schools employ."""
    if role_group:
        check_name("role group", role_group, ROLE_GROUPS)
    rows = at_level(coverage, level)
    group = rows["role_group"]
    return rows[group == role_group] if role_group else rows[group != OUTSIDE]


def at_level(coverage: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return the rows of one level, which must be one."""
    check_name("level", level, LEVELS)
    return coverage[coverage["level"] == level]


def chosen_unions(coverage: pd.DataFrame, unions: list[str] | str | None) -> list[str]:
    """Return the codes asked for, checked against a frame; all of its unions if none."""
    known = coverage["union"].unique().tolist()
    return codes_asked(unions or known, known)


def group_rank(groups: "pd.Series[str]") -> "pd.Series[int]":
    """Return the place of each staff group in the order in which they are read."""
    places = {group: place for place, group in enumerate(ROLE_GROUPS)}
    return groups.map(places)
