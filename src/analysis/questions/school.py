"""A school's own posts: who may join what, gaps, overlaps, and the smallest panel of unions."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis.errors import ParameterError, nearest
from analysis.questions.coverage import at_level, chosen_unions, group_answer
from analysis.schema import LEVELS, OUTSIDE, POST_AT_RISK


def post_coverage(
    coverage: pd.DataFrame, posts: pd.DataFrame, unions: list[str] | str | None = None
) -> pd.DataFrame:
    """Say what each union's sources answer for each post of a school.

    A post that can be one of several roles, as where the school's staff are counted by staff
    group, is answered ``some`` where a union admits some of them.

    Parameters
    ----------
    coverage
        One row per union, level and role.
    posts
        One row per post of one school: ``post``, ``role_group``, ``roles`` (codes), ``headcount``.
        A post that nobody holds is left out.
    unions
        Codes of the unions to ask about; all if not given.

    Returns
    -------
    DataFrame
        The columns of ``coverage``, one row per union, level and post, with the post's code under
        ``role``; and ``behind``: the codes of the roles for which the answer is yes.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import *
    >>> posts = pd.DataFrame({"post": ["caretaker"], "role_group": ["auxiliary"],
    ...     "roles": [("caretaker",)], "headcount": pd.array([2], "Int64")})
    >>> answers = post_coverage(read_dataset("data").as_at("2026-11-22").coverage, posts)
    >>> answers.set_index(["union", "level"]).loc[("unison", "admits"), "answer"]
    'yes'
    """
    held = posts[~(posts["headcount"] == 0).fillna(value=False)]
    wanted = {role for roles in held["roles"] for role in roles}
    rows = coverage[coverage["role"].isin(wanted)]
    found = {(row["union"], row["level"], row["role"]): row for row in records_of(rows)}
    asked = list(zip(held["post"], held["role_group"], held["roles"], strict=True))
    records = [
        post_answer([found[union, level, role] for role in roles], post, group)
        for union in chosen_unions(coverage, unions)
        for level in LEVELS
        for post, group, roles in asked
    ]
    return pd.DataFrame(records, columns=[*coverage.columns, "behind"])


def records_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    names = list(table.columns)
    columns = (table[name].to_numpy(dtype=object) for name in names)  # which pandas iterates fast
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def post_answer(rows: list[dict[str, Any]], post: str, group: str) -> dict[str, Any]:
    """Return what the answers for the roles of one post add up to."""
    if len(rows) == 1:
        behind = (rows[0]["role"],) if rows[0]["answer"] == "yes" else ()
        return rows[0] | {"role": post, "role_group": group, "behind": behind}
    answer = group_answer(row["answer"] for row in rows)
    yes = [row for row in rows if row["answer"] == "yes"]
    telling = yes or [row for row in rows if row["answer"] == answer]
    return rows[0] | {
        "role": post,
        "role_group": group,
        "answer": answer,
        "qualifier": "; ".join(distinct(row["qualifier"] for row in telling)),
        "basis": "; ".join(distinct(row["basis"] for row in telling)),
        "by_group": all(row["by_group"] for row in telling),
        "dated": "; ".join(distinct(row["dated"] for row in telling)),
        "sources": tuple(distinct(source for row in telling for source in row["sources"])),
        "old": all(row["old"] for row in telling),
        "behind": tuple(row["role"] for row in yes),
    }


def distinct(words: Iterable[str]) -> list[str]:
    """Return the words that say something, each once, in their order."""
    return list(dict.fromkeys(filter(None, words)))


def post_matrix(
    answers: pd.DataFrame, level: str = "admits", unions: list[str] | str | None = None
) -> pd.DataFrame:
    """Set the answers for a school's posts in a matrix.

    Parameters
    ----------
    answers
        What :func:`post_coverage` returns.

    Returns
    -------
    DataFrame
        One row per union in the order asked, one column per post in the school's order; each
        cell ``yes``, ``some``, ``no``, ``disputed`` or ``not stated``.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> post_matrix(answers, "admits", ["naht", "neu"]).index.tolist()
    ['naht', 'neu']
    """
    chosen = chosen_unions(answers, unions)
    rows = at_level(answers, level)
    cells = zip(rows["union"], rows["role"], rows["answer"], strict=True)
    found = {(union, post): answer for union, post, answer in cells}
    posts = rows["role"].unique()
    return pd.DataFrame({post: [found.get((u, post)) for u in chosen] for post in posts}, chosen)


def school_groups(posts: pd.DataFrame) -> dict[str, str]:
    """Return the staff group of each post that is of one group, by the post's code.

    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> school_groups(school.posts)["cook"]
    'auxiliary'
    """
    rows = posts[posts["role_group"] != ""]
    return dict(zip(rows["post"], rows["role_group"], strict=True))


def open_unions(
    answers: pd.DataFrame, posts: pd.DataFrame, unions: list[str] | None = None
) -> pd.DataFrame:
    """Name for each post the unions that are stated to admit its staff.

    Parameters
    ----------
    answers
        What :func:`post_coverage` returns.
    posts
        The posts that it was asked about.
    unions
        Codes of the unions to look at; all if not given.

    Returns
    -------
    DataFrame
        One row per post that somebody holds: ``post``, ``role_group``, ``headcount``, ``symbol``,
        ``unions`` (codes of those that admit all of the post's roles), ``number`` (of them),
        ``some`` (codes of those that admit some of its roles), ``disputed``, ``refused`` and
        ``implied`` (those whose refusal follows from what is said, and is not said outright),
        ``sources`` (of every answer named) and ``yes_sources`` (of the unions that admit all).

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> choice = open_unions(answers, school.posts)
    >>> print(*list(choice)[4:])
    unions number some disputed refused implied sources yes_sources
    """
    chosen = chosen_unions(answers, unions)
    rows = answers[(answers["level"] == "admits") & answers["union"].isin(chosen)]
    by_post: dict[str, list[dict[str, Any]]] = {}
    for row in records_of(rows[["role", "role_group", "union", "answer", "basis", "sources"]]):
        by_post.setdefault(row["role"], []).append(row)
    known = zip(posts["headcount"].tolist(), posts["symbol"].tolist(), strict=True)
    heads = dict(zip(posts["post"], known, strict=True))
    table = pd.DataFrame(
        [
            (post, found[0]["role_group"], *heads[post], *open_to(found))
            for post, found in by_post.items()
        ],
        columns=["post", "role_group", "headcount", "symbol", "unions", "number", "some",
                 "disputed", "refused", "implied", "sources", "yes_sources"],
    )  # fmt: skip
    return table.astype({"headcount": "Int64"})


def open_to(found: list[dict[str, Any]]) -> tuple[list[str], int, *tuple[list[str], ...]]:
    """Return which unions admit one post, how many, and which in part, in dispute and not."""
    yes, some, disputed, no = (
        [row["union"] for row in found if row["answer"] == answer]
        for answer in ("yes", "some", "disputed", "no")
    )
    implied = [row["union"] for row in found if (row["answer"], row["basis"]) == ("no", "implied")]
    sources = distinct(code for row in found for code in row["sources"][:1])
    own = distinct(code for row in found if row["answer"] == "yes" for code in row["sources"][:1])
    return yes, len(yes), some, disputed, no, implied, sources, own


def gaps(choice: pd.DataFrame) -> pd.DataFrame:
    """Return the posts in the school that no union is stated to admit, not even in part.

    Parameters
    ----------
    choice
        What :func:`open_unions` returns.

    Returns
    -------
    DataFrame
        The rows of ``choice`` with no union; staff outside schools are never a gap.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> choice = open_unions(answers, school.posts)
    >>> print(*list(gaps(choice))[4:])
    unions number some disputed refused implied sources yes_sources
    """
    none = (choice["number"] == 0) & (choice["some"].map(len) == 0)
    return choice[none & (choice["role_group"] != OUTSIDE)].reset_index(drop=True)


def overlaps(choice: pd.DataFrame) -> pd.DataFrame:
    """Return the posts that two or more unions are stated to admit, most unions first.

    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> choice = open_unions(answers, school.posts)
    >>> print(*list(overlaps(choice))[4:])
    unions number some disputed refused implied sources yes_sources
    """
    rows = choice[choice["number"] >= 2]
    return rows.sort_values("number", ascending=False, kind="stable").reset_index(drop=True)


def heads_by_choice(choice: pd.DataFrame) -> pd.DataFrame:
    """Count posts and heads by the number of unions open to them.

    Parameters
    ----------
    choice
        What :func:`open_unions` returns.

    Returns
    -------
    DataFrame
        One row per number of unions, smallest first: ``number``, ``partly`` (whether, with no
        union for the whole post, some admit a part of it), ``posts``, ``headcount`` (people, in
        the posts whose number is shown) and ``unknown`` (posts whose number is not).

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> answers = post_coverage(data.coverage, school.posts)
    >>> choice = open_unions(answers, school.posts)
    >>> print(*heads_by_choice(choice))
    number partly posts headcount unknown
    """
    counted: dict[tuple[int, bool], list[int]] = {}
    for row in records_of(choice[["number", "some", "headcount"]]):
        key = (row["number"], row["number"] == 0 and len(row["some"]) > 0)
        sums = counted.setdefault(key, [0, 0, 0])
        hidden = pd.isna(row["headcount"])
        sums[0], sums[1] = sums[0] + 1, sums[1] + (0 if hidden else row["headcount"])
        sums[2] += hidden
    records = [(*key, *counted[key]) for key in sorted(counted)]
    return pd.DataFrame(records, columns=["number", "partly", "posts", "headcount", "unknown"])


def smallest_panel(choice: pd.DataFrame) -> pd.DataFrame:
    """Find the fewest unions that between them are stated to admit everyone; all ties.

    Posts that no union is stated to admit as a whole are left aside: :func:`gaps` names them.

    Parameters
    ----------
    choice
        What :func:`open_unions` returns.

    Returns
    -------
    DataFrame
        One row per smallest panel, in alphabetical order of its codes: ``unions`` (codes) and
        ``number``; no row where no union is stated to admit anybody.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis import *
    >>> choice = pd.DataFrame({"unions": [["gmb", "unison"], ["neu"], ["neu", "unison"]]})
    >>> smallest_panel(choice)["unions"].tolist()
    [('gmb', 'neu'), ('neu', 'unison')]
    """
    needs = {frozenset(unions) for unions in choice["unions"] if unions}
    # What admits fewer is the harder need: it settles the needs that contain it.
    hardest = [need for need in needs if not any(other < need for other in needs)]
    panels = {frozenset[str]()} if hardest else set()
    size = 0
    while panels and not (whole := [panel for panel in panels if covers(panel, hardest)]):
        size += 1
        panels = {
            panel | {union}
            for panel in panels
            for union in next(need for need in by_size(hardest) if not panel & need)
        }
    found = sorted(tuple(sorted(panel)) for panel in (whole if panels else []))
    return pd.DataFrame({"unions": found, "number": [size] * len(found)})


def covers(panel: frozenset[str], needs: Iterable[frozenset[str]]) -> bool:
    """Say whether a panel holds a union for every need."""
    return all(panel & need for need in needs)


def by_size(needs: list[frozenset[str]]) -> list[frozenset[str]]:
    """Return the needs, those that fewest unions meet first."""
    return sorted(needs, key=lambda need: (len(need), sorted(need)))


def choose_at_risk(
    posts: pd.DataFrame, asked: list[str] | str, roles: pd.DataFrame
) -> pd.DataFrame:
    """Return the posts that a reader names as at risk, with how many people in each.

    Parameters
    ----------
    posts
        One school's posts: ``post``, ``label``, ``roles``, ``headcount``.
    asked
        Codes or labels of posts, each with a number if fewer than all are at risk:
        ``teaching_assistant:3``. None asks about every post, with no number.
    roles
        One row per role, by code, with ``label``: a role that a counted group holds may be named.

    Returns
    -------
    DataFrame
        The rows of ``posts`` named, with ``at_risk`` (people; missing where not known).

    Raises
    ------
    ParameterError
        If a post is not one of the school's, is named twice, or has fewer people than are at risk.

    Examples
    --------
    >>> from analysis import *
    >>> dataset = read_dataset("data")
    >>> school = read_workforce("data/schools.example.csv", dataset.roles, "900001")
    >>> data = dataset.as_at("2026-11-22")
    >>> at_risk = choose_at_risk(school.posts, "cook", dataset.roles)
    >>> at_risk["post"].tolist()
    ['cook']
    """
    listed = [asked] if isinstance(asked, str) else list(asked)
    if not listed:
        return posts.assign(at_risk=pd.array([None] * len(posts), dtype="Int64"))
    found: dict[str, dict[str, object]] = {}
    for text in listed:
        row = one_at_risk(posts, text, roles)
        if str(row["post"]) in found:
            raise ParameterError(f"parameter 'posts_at_risk': '{text}' is named twice")
        found[str(row["post"])] = row
    return pd.DataFrame(list(found.values())).astype({"headcount": "Int64", "at_risk": "Int64"})


def one_at_risk(posts: pd.DataFrame, text: str, roles: pd.DataFrame) -> dict[str, object]:
    """Return the post that one entry names, and how many of its people are at risk."""
    match = POST_AT_RISK.fullmatch(text.strip())
    if match is None:
        raise ParameterError(f"parameter 'posts_at_risk': '{text}' is not a post")
    name, number = match["post"], int(match["number"]) if match["number"] else None
    row = named_post(posts, name, roles)
    heads = row["headcount"]
    known = not pd.isna(heads)
    if number == 0:
        raise ParameterError(f"parameter 'posts_at_risk': '{text}' puts nobody at risk")
    if known and number is not None and number > int(str(heads)):
        few = f"'{name}' has {heads} people, and {number} were said to be at risk"
        raise ParameterError(f"parameter 'posts_at_risk': {few}")
    return row | {"at_risk": number if number is not None else heads}


def named_post(posts: pd.DataFrame, name: str, roles: pd.DataFrame) -> dict[str, object]:
    """Return the post of a school that is called so, or the part of a counted group that is."""
    wanted = " ".join(name.casefold().replace("_", " ").split())
    by_name = {}
    for row in posts.to_dict("records"):
        for role in row["roles"] if len(row["roles"]) > 1 else ():
            part = {"post": role, "label": roles.loc[role, "label"], "roles": (role,),
                    "headcount": None, "symbol": "", "fte": None}  # fmt: skip
            by_name[role.replace("_", " ")] = by_name[part["label"].casefold()] = row | part
    for row in posts.to_dict("records"):
        spoken = row["post"].removeprefix("group:").replace("_", " ").casefold()
        by_name |= {row["label"].casefold(): row, spoken: row, row["post"].casefold(): row}
    if wanted in by_name:
        return dict(by_name[wanted])
    head = re.split(r"\s*[:=]", wanted)[0]
    if head != wanted and head in by_name:
        end = f"'{name}' does not end in a number of people; write {head} or {head}:2"
        raise ParameterError(f"parameter 'posts_at_risk': {end}")
    near = nearest(wanted, dict.fromkeys(row["label"] for row in by_name.values()))
    hint = f"; did you mean {' or '.join(repr(label) for label in near)}?" if near else ""
    raise ParameterError(f"parameter 'posts_at_risk': this school has no post '{name}'{hint}")
