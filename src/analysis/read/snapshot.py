"""What was so on one day: typed tables made from the facts that speak of that day or before."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis import schema
from analysis.dates import first_day, say_date, say_when
from analysis.errors import (
    DayError,
    UnknownNameError,
    UnknownUnionError,
    check_name,
    did_you_mean,
    did_you_mean_code,
)
from analysis.read.answers import Answer, answer_all, is_old
from analysis.read.legal import rules_on
from analysis.read.lives import EVENTS, Life, lives_of
from analysis.read.overview import Overview, overview
from analysis.read.turns import turns_of

# What keepers of the data need, and readers do not.
KEPT = ["note", "ends", "own", "employer"]
# The columns of answers that hold no text.
KINDS = {"by_group": "bool", "old": "bool", "sources": "object"}


@dataclass(frozen=True, repr=False)
class Snapshot:
    """The tables of one day; every table is tidy, one row per thing that its name says.

    Tables, each with its columns and their kinds, whatever the day and however few the rows:

    - ``unions``: short_name str, official_name str, status str, parent str, founded str,
      origin str, founded_year Int64, origin_year Int64
    - ``coverage``: union str, level str, role str, role_group str, answer str, qualifier str,
      basis str, by_group bool, dated str, sources object, old bool
    - ``members``: union str, scope str, members int64, qualifier str, basis str, as_of str,
      source str, counts_from str, dated str, old bool
    - ``member_history``: union str, scope str, members int64, qualifier str, basis str, as_of
      str, source str, counts_from str, dated str, old bool
    - ``benefits``: union str, fact str, benefit str, answer str, qualifier str, basis str,
      by_group bool, dated str, sources object, old bool, group str
    - ``fees``: union str, grade str, pounds float64, qualifier str, basis str, as_of str,
      source str, counts_from str, dated str, old bool
    - ``claims``: union str, fact str, term str, claim str, qualifier str, basis str, as_of
      str, source str, counts_from str, dated str
    - ``traits``: union str, fact str, item str, answer str, qualifier str, basis str,
      by_group bool, dated str, sources object, old bool
    - ``contacts``: union str, fact str, item str, value str, qualifier str, basis str, as_of
      str, source str, counts_from str, dated str
    - ``history``: union str, event str, item str, source str, other str, date str, day str,
      dated str
    - ``rules``: value object, unit object, meaning object, dated object, sources object
    - ``sources``: title str, publisher str, url str, published str, date_inferred str,
      accessed str, read str, licence str, lent bool, published_words str,
      accessed_words str
    - ``roles``: label str, group str, post_codes str, role_codes str

    Attributes
    ----------
    day
        The ISO day that is looked from.
    edition
        The data's edition, with the name of a folder that is not called ``data``.
    facts
        The facts that count from ``day`` or before, as they stand in ``unions.csv``.
    sources, roles
        The sources and the roles, by code.

    Examples
    --------
    >>> from analysis import *
    >>> data = read_dataset("data").as_at("2026-11-22")
    >>> data.labels["naht"], data.labels["teaching_assistant"]
    ('NAHT', 'Teaching assistant')
    >>> print(*data.members)
    union scope members qualifier basis as_of source counts_from dated old
    """

    day: str
    edition: str
    facts: pd.DataFrame
    sources: pd.DataFrame
    roles: pd.DataFrame
    benefit_kinds: pd.DataFrame
    lives: dict[str, Life]
    all_rules: pd.DataFrame
    only: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        facts: pd.DataFrame,
        sources: pd.DataFrame,
        roles: pd.DataFrame,
        benefits: pd.DataFrame,
        rules: pd.DataFrame,
        edition: str,
        day: str,
        only: list[str] | None,
    ) -> "Snapshot":
        """Keep the facts of a day and of the sources asked for."""
        for source in only or []:
            if source not in sources.index:
                near = did_you_mean(source, sources.index)
                raise UnknownNameError(f"no source '{source}' in sources.csv{near}")
        begins = facts.loc[facts["fact"] == "founded", "value"].map(first_day).min()
        if not pd.isna(begins) and day < begins:
            text = f"no facts on {say_date(day)}: the first union was founded in {begins[:4]}"
            raise DayError(text)
        seen = facts[facts["counts_from"] <= day]
        if only:
            seen = seen[seen["source"].isin(only)]
        kept = tuple(only or ())
        return cls(day, edition, seen, sources, roles, benefits, lives_of(facts), rules, kept)

    def __repr__(self) -> str:
        """Say in a line what was so."""
        counts = f"{len(self.facts):,} facts, {len(self.unions):,} unions"
        return f"<Snapshot of {self.day}, edition {self.edition}: {counts}>"

    def describe(self) -> Overview:
        """Say how many facts, unions and sources there are, the newest, the oldest, and the gaps.

        >>> from analysis import read_dataset
        >>> data = read_dataset("data").as_at("2026-11-22")
        >>> data.describe().frame["what"].tolist()[:5]
        ['Facts', 'Unions', 'Sources', 'Posts', 'Oldest facts']
        """
        return overview(self)

    @cached_property
    def unions(self) -> pd.DataFrame:
        """One row per union that existed on the day, by code.

        Columns: ``short_name``, ``official_name``, ``status`` (active or section), ``parent``
        (code of the union that a section belongs to), ``founded`` and ``origin`` (ISO, as
        precise as is known), ``founded_year`` and ``origin_year`` (whole numbers).
        """
        told = set(self.facts["union"]) if self.only else set(self.lives)
        records = {
            union: (
                life.names_on(self.day)["short"],
                life.names_on(self.day)["official"],
                "section" if life.parent_on(self.day) else "active",
                life.parent_on(self.day),
                life.founded,
                life.origin,
            )
            for union, life in self.lives.items()
            if life.stands_on(self.day) and union in told
        }
        columns = ["short_name", "official_name", "status", "parent", "founded", "origin"]
        table = pd.DataFrame.from_dict(records, orient="index", columns=columns, dtype="str")
        for name in ("founded", "origin"):
            table[f"{name}_year"] = pd.to_numeric(table[name].str[:4]).astype("Int64")
        return table.sort_values("short_name", key=lambda names: names.str.casefold())

    @cached_property
    def labels(self) -> dict[str, str]:
        """What a reader is shown for each code of a union, role, staff group or benefit."""
        return {
            **{union: life.names_on(self.day)["short"] for union, life in self.lives.items()},
            **self.roles["label"],
            **self.benefit_kinds["label"],
            **schema.ROLE_GROUPS,
        }

    @cached_property
    def full_names(self) -> dict[str, str]:
        """The official name of each union, today's and former ones, by code."""
        return {union: life.names_on(self.day)["official"] for union, life in self.lives.items()}

    def choose(self, unions: list[str] | str | None = None) -> list[str]:
        """Return the codes to compare, checked; all that school staff join if none are named.

        Those are the unions of the day that any source, of whatever date, says admit somebody.
        Sections are left out unless named: what they offer is shown under their union.

        Raises
        ------
        UnknownUnionError
            If a code names no union on the day; the sentence says what became of it.
        """
        asked = [unions] if isinstance(unions, str) else list(unions or [])
        for union in asked:
            if union not in self.unions.index:
                raise UnknownUnionError(self.why_not(union))
        if asked:
            return list(dict.fromkeys(asked))
        own = self.unions.index[self.unions["status"] == "active"]
        chosen = [union for union in own if self.lives[union].serves]
        if not chosen:
            text = f"no union that school staff join stood on {say_date(self.day)}"
            raise UnknownUnionError(f"{text}; ask for a later day, or name the unions")
        return chosen

    def why_not(self, union: str) -> str:
        """Say why a code names no union on the day."""
        if union not in self.lives:
            return f"no union '{union}'{did_you_mean_code(str(union), self.full_names)}"
        life = self.lives[union]
        if self.day < life.begins:
            return f"no union '{union}' on {self.day}: it was founded {say_when(life.founded)}"
        if life.ends <= self.day:
            end = f"it became {life.became} {say_when(life.ended)}"
            return f"no union '{union}' on {self.day}: {end}"
        return f"no fact about '{union}' in {', '.join(self.only)}"

    @cached_property
    def answers(self) -> list[Answer]:
        """What the yes and no facts of the unions that exist add up to."""
        rows = self.facts[self.facts["fact"].isin(schema.YES_NO_FACTS)]
        rows = rows[rows["union"].isin(self.unions.index)]
        return answer_all(rows, self.roles["group"], self.parents, self.labels, self.day)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """One row per union, level and role, not-stated answers among them.

        Columns: ``union``, ``level``, ``role``, ``role_group``, ``answer`` (yes, no, disputed or
        not stated), ``qualifier`` (limits, in words), ``basis`` (how it is said, or by which
        agreement), ``by_group`` (whether only a whole staff group is spoken of), ``dated`` (in
        words), ``sources`` (codes, newest first) and ``old``.
        """
        found = {
            (answer.union, answer.fact, answer.item): answer
            for answer in self.answers
            if answer.fact in schema.LEVELS
        }
        none = Answer("", "", "", "not stated")
        records = [
            (union, level, role, group, *found.get((union, level, role), none).cells)
            for union in self.unions.index
            for level in schema.LEVELS
            for role, group in self.roles["group"].items()
        ]
        columns = ["union", "level", "role", "role_group", *Answer.columns]
        return pd.DataFrame(records, columns=columns).astype(dict.fromkeys(columns, "str") | KINDS)

    def turns(self, level: str = "admits") -> pd.DataFrame:
        """One row per union, role and day up to this one on which an answer changed.

        Parameters
        ----------
        level
            ``admits``, ``recruits`` or ``recognised``.

        Returns
        -------
        DataFrame
            Columns ``union``, ``role``, ``role_group``, ``day`` (ISO), ``before``, ``answer``,
            ``qualifier``, ``basis``, ``dated`` (in words) and ``sources`` (codes, newest first).

        Raises
        ------
        UnknownNameError
            If the level is not known.
        """
        check_name("level", level, schema.LEVELS)
        rows = self.facts[self.facts["fact"] == level]
        rows = rows[rows["union"].isin(self.unions.index)]
        return turns_of(rows, self.roles["group"], self.parents, self.labels, self.day)

    @property
    def parents(self) -> dict[str, str]:
        """The union that each section of the day belongs to, by code."""
        return dict(self.unions.loc[self.unions["parent"].isin(self.unions.index), "parent"])

    @cached_property
    def traits(self) -> pd.DataFrame:
        """One row per union, ``fact`` (phase, nation, affiliated, funds) and item stated."""
        facts = {"phase", "nation", "affiliated", "political_fund", "party_affiliated"}
        return self.answered(facts)

    @cached_property
    def benefits(self) -> pd.DataFrame:
        """One row per union and benefit stated, with the ``group`` of the benefit."""
        table = self.answered({"benefit"}).rename(columns={"item": "benefit"})
        return table.assign(group=table["benefit"].map(self.benefit_kinds["group"]))

    def answered(self, facts: set[str]) -> pd.DataFrame:
        """Return one row per answer of some facts: union, fact, item and the answer's cells."""
        records = [
            (answer.union, answer.fact, answer.item, *answer.cells)
            for answer in self.answers
            if answer.fact in facts
        ]
        table = pd.DataFrame(records, columns=["union", "fact", "item", *Answer.columns])
        return self.named(table.astype(dict.fromkeys(table, "str") | KINDS))

    @cached_property
    def member_history(self) -> pd.DataFrame:
        """One row per membership figure of any union up to the day.

        Columns: ``union``, ``scope``, ``basis``, ``members`` (people), ``qualifier``, ``as_of``
        (ISO), ``dated`` (in words), ``source``, ``old`` and ``counts_from``.
        """
        rows = self.facts[self.facts["fact"] == "members"]
        table = rows.rename(columns={"item": "scope", "value": "members"})
        table = table.assign(
            members=table["members"].astype("int64"), old=pd.array(self.old(rows), dtype="bool")
        )
        return best_basis(table.drop(columns=["fact", *KEPT])).reset_index(drop=True)

    @cached_property
    def members(self) -> pd.DataFrame:
        """The newest figures of each union that exists, per scope and basis; all of that date."""
        table = self.member_history
        table = newest(table[table["union"].isin(self.unions.index)], ["union", "scope", "basis"])
        return self.named(table)

    @cached_property
    def fees(self) -> pd.DataFrame:
        """The newest fees of each union that exists: ``grade``, ``pounds``, ``basis`` and date."""
        rows = self.facts[
            (self.facts["fact"] == "fee") & self.facts["union"].isin(self.unions.index)
        ]
        table = rows.rename(columns={"item": "grade", "value": "pounds"})
        table = table.assign(
            pounds=table["pounds"].astype("float64"), old=pd.array(self.old(rows), dtype="bool")
        )
        return newest(table.drop(columns=["fact", *KEPT]), ["union", "grade", "basis"])

    @cached_property
    def claims(self) -> pd.DataFrame:
        """One row per claim about a union that exists: ``term``, ``claim``, date and source."""
        table = self.plain(("claim",)).rename(columns={"item": "term", "value": "claim"})
        return self.named(table)

    @cached_property
    def rules(self) -> pd.DataFrame:
        """One row per rule of law that holds on the day, by code.

        Columns: ``value``, ``unit``, ``meaning``, ``dated`` (in words) and ``sources`` (codes).
        """
        return rules_on(self.all_rules, self.sources, self.day)

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """One row per website and telephone number, with what it is for."""
        table = self.plain(("website", "phone"))
        return newest(table, ["union", "fact", "qualifier"])

    def plain(self, facts: Iterable[str]) -> pd.DataFrame:
        """Return the rows of some facts about unions that exist, without the keepers' note."""
        kept = self.facts["fact"].isin(facts) & self.facts["union"].isin(self.unions.index)
        return self.facts[kept].drop(columns=KEPT).reset_index(drop=True)

    @cached_property
    def history(self) -> pd.DataFrame:
        """One row per beginning, merger, renaming and split of any union up to the day.

        Columns: ``union``, ``event`` (a fact of the data), ``item``, ``other`` (code), ``date``
        (ISO, as precise as is known), ``day`` (its first day), ``dated`` and ``source``.
        """
        rows = self.facts[self.facts["fact"].isin(EVENTS)]
        founded = rows["fact"] == "founded"
        date = rows["value"].where(founded, rows["as_of"])
        table = rows.rename(columns={"fact": "event"})[
            ["union", "event", "item", "source"]
        ].assign(
            other=rows["value"].where(~founded, ""),
            date=date,
            day=date.map(first_day),
            dated=date.map(say_date),
        )
        return table[table["day"] <= self.day].sort_values(["day", "union"]).reset_index(drop=True)

    def named(self, table: pd.DataFrame) -> pd.DataFrame:
        """Let a table say that it speaks of the unions of the day."""
        return schema.made_for(table, self.unions.index)

    def old(self, rows: pd.DataFrame) -> list[bool]:
        """Say of each fact whether it is past its age limit on the day."""
        pairs = zip(rows["fact"], rows["ends"], strict=True)
        return [is_old(fact, ends, self.day) for fact, ends in pairs]


def newest(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Keep of each group all rows of the newest date."""
    last = table.groupby(by)["counts_from"].transform("max")
    return table[table["counts_from"] == last].reset_index(drop=True)


def best_basis(table: pd.DataFrame) -> pd.DataFrame:
    """Of rows with one figure for one union, scope and year, keep the one with the best basis."""
    rank = table["basis"].map({basis: place for place, basis in enumerate(schema.BASES)})
    ranked = table.assign(rank=rank, year=table["as_of"].str[:4])
    first = ranked.groupby(["union", "scope", "members", "year"])["rank"].transform("min")
    return table[(rank == first).to_numpy()]
