"""What was so on one day: typed tables made from the facts that speak of that day or before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis import schema
from analysis.errors import DayError, UnknownNameError, UnknownUnionError, did_you_mean
from analysis.read.answers import Answer, answer_all, is_old
from analysis.read.dates import first_day, say_date

ENDS = ("succeeded_by", "renamed_to")
EVENTS = ("founded", "succeeded_by", "renamed_to", "split_from", "section_of")


@dataclass(frozen=True)
class Snapshot:
    """The tables of one day; every table is tidy, one row per thing that its name says.

    Attributes
    ----------
    day
        The ISO day that is looked from.
    edition
        The data's edition.
    facts
        The facts that count from ``day`` or before, as they stand in ``unions.csv``.
    sources, roles
        The sources and the roles, by code.
    """

    day: str
    edition: str
    facts: pd.DataFrame
    sources: pd.DataFrame
    roles: pd.DataFrame
    benefit_kinds: pd.DataFrame
    lives: pd.DataFrame
    only: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        facts: pd.DataFrame,
        sources: pd.DataFrame,
        roles: pd.DataFrame,
        benefits: pd.DataFrame,
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
        return cls(day, edition, seen, sources, roles, benefits, lives_of(facts), kept)

    @cached_property
    def unions(self) -> pd.DataFrame:
        """One row per union that existed on the day, by code.

        Columns: ``short_name``, ``official_name``, ``status`` (active or section), ``parent``
        (code of the union that a section belongs to), ``founded`` and ``origin`` (ISO, as
        precise as is known), ``founded_year`` and ``origin_year`` (whole numbers).
        """
        lives = self.lives
        here = lives[(lives["begins"] <= self.day) & (self.day < lives["ends"])]
        if self.only:
            here = here[here.index.isin(self.facts["union"])]
        named = {union: names_on(rows, self.day) for union, rows in here["names"].items()}
        columns = ["status", "parent", "founded", "origin"]
        table = here[columns].assign(
            short_name=[named[union]["short"] for union in here.index],
            official_name=[named[union]["official"] for union in here.index],
            founded_year=pd.to_numeric(here["founded"].str[:4]).astype("Int64"),
            origin_year=pd.to_numeric(here["origin"].str[:4]).astype("Int64"),
        )
        order = sorted(table.index, key=lambda union: table.loc[union, "short_name"].casefold())
        front = ["short_name", "official_name"]
        return table.loc[order, front + [name for name in table if name not in front]]

    @cached_property
    def labels(self) -> dict[str, str]:
        """What a reader is shown for each code of a union, role, staff group or benefit."""
        former = {
            union: names_on(rows, "9999")["short"] for union, rows in self.lives["names"].items()
        }
        return {
            **former,
            **self.unions["short_name"],
            **self.roles["label"],
            **self.benefit_kinds["label"],
            **schema.ROLE_GROUPS,
        }

    def choose(self, unions: list[str] | str | None = None) -> list[str]:
        """Return the codes to compare, checked; those that admit somebody if none are named.

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
        yes = self.coverage[
            (self.coverage["level"] == "admits") & (self.coverage["answer"] == "yes")
        ]
        chosen = [union for union in own if union in set(yes["union"])]
        if not chosen:
            text = f"no source says whom any union admitted on {say_date(self.day)}"
            raise UnknownUnionError(f"{text}; ask for a later day, or name the unions")
        return chosen

    def why_not(self, union: str) -> str:
        """Say why a code names no union on the day."""
        if union not in self.lives.index:
            return f"no union '{union}'{did_you_mean(union, self.lives.index)}"
        life = self.lives.loc[union]
        if self.day < life["begins"]:
            return f"no union '{union}' on {self.day}: it was founded on {life['begins']}"
        if life["ends"] <= self.day:
            return (
                f"no union '{union}' on {self.day}: it became {life['became']} on {life['ends']}"
            )
        return f"no fact about '{union}' in {', '.join(self.only)}"

    @cached_property
    def answers(self) -> list[Answer]:
        """What the yes and no facts of the unions that exist add up to."""
        rows = self.facts[self.facts["fact"].isin(schema.YES_NO_FACTS)]
        rows = rows[rows["union"].isin(self.unions.index)]
        parents = dict(self.unions.loc[self.unions["parent"] != "", "parent"])
        return answer_all(rows, self.roles["group"], parents, self.labels, self.day)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """One row per union, level and role, not-stated answers among them.

        Columns: ``union``, ``level``, ``role``, ``role_group``, ``answer`` (yes, no, disputed or
        not stated), ``qualifier`` (limits, in words), ``by_group`` (whether only a whole staff
        group is spoken of), ``dated`` (in words), ``sources`` (codes) and ``old``.
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
        return pd.DataFrame(records, columns=columns)

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
        return pd.DataFrame(records, columns=["union", "fact", "item", *Answer.columns])

    @cached_property
    def member_history(self) -> pd.DataFrame:
        """One row per membership figure of any union up to the day.

        Columns: ``union``, ``scope``, ``basis``, ``members`` (people), ``qualifier``, ``as_of``
        (ISO), ``dated`` (in words), ``source``, ``old`` and ``counts_from``.
        """
        rows = self.facts[self.facts["fact"] == "members"]
        table = rows.rename(columns={"item": "scope", "value": "members"})
        table = table.assign(members=table["members"].astype("int64"), old=self.old(rows))
        return best_basis(table.drop(columns=["fact", "note", "ends"])).reset_index(drop=True)

    @cached_property
    def members(self) -> pd.DataFrame:
        """The newest figures of each union that exists, per scope and basis; all of that date."""
        table = self.member_history
        return newest(table[table["union"].isin(self.unions.index)], ["union", "scope", "basis"])

    @cached_property
    def fees(self) -> pd.DataFrame:
        """The newest fees of each union that exists: ``grade``, ``pounds``, ``basis`` and date."""
        rows = self.facts[
            (self.facts["fact"] == "fee") & self.facts["union"].isin(self.unions.index)
        ]
        table = rows.rename(columns={"item": "grade", "value": "pounds"})
        table = table.assign(pounds=table["pounds"].astype("float64"), old=self.old(rows))
        return newest(table.drop(columns=["fact", "note", "ends"]), ["union", "grade", "basis"])

    @cached_property
    def claims(self) -> pd.DataFrame:
        """One row per claim about a union that exists: ``term``, ``claim``, date and source."""
        return self.plain(("claim",)).rename(columns={"item": "term", "value": "claim"})

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """One row per website and telephone number, with what it is for."""
        table = self.plain(("website", "phone"))
        return newest(table, ["union", "fact", "value"])

    def plain(self, facts: Iterable[str]) -> pd.DataFrame:
        """Return the rows of some facts about unions that exist, without the keepers' note."""
        kept = self.facts["fact"].isin(facts) & self.facts["union"].isin(self.unions.index)
        return self.facts[kept].drop(columns=["note", "ends"]).reset_index(drop=True)

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

    @cached_property
    def sections(self) -> pd.DataFrame:
        """The unions of :attr:`unions` that are a section of another."""
        return self.unions[self.unions["status"] == "section"]

    def old(self, rows: pd.DataFrame) -> list[bool]:
        """Say of each fact whether it is past its age limit on the day."""
        pairs = zip(rows["fact"], rows["ends"], strict=True)
        return [is_old(fact, ends, self.day) for fact, ends in pairs]


def lives_of(facts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per union: from which day, to which, as what, under which names.

    The latest of several founding dates and of several merger dates counts, and a body stands at
    least until what it went into begins.
    """
    lives: dict[str, dict[str, object]] = defaultdict(
        lambda: {"begins": "0001-01-01", "ends": "9999-12-31", "became": "", "status": "active",
                 "parent": "", "founded": "", "origin": "", "names": []}
    )  # fmt: skip
    told = facts[facts["fact"].isin({*EVENTS, "name", "status"})]
    columns = ("union", "fact", "item", "value", "as_of")
    for union, fact, item, value, as_of in zip(*(told[name] for name in columns), strict=True):
        life = lives[union]
        if fact == "name":
            life["names"] = [*life["names"], (first_day(as_of), item, value)]  # type: ignore[misc]  # a list, though typed object
        elif fact == "founded":
            field = "founded" if item == "present_body" else "origin"
            later = max if field == "founded" else min
            life[field] = later(filter(None, (str(life[field]), value)), key=first_day)
        elif fact in ENDS:
            if not life["became"] or first_day(as_of) > str(life["ends"]):
                life |= {"ends": first_day(as_of), "became": value}
        elif fact == "section_of":
            life |= {"parent": value, "status": "section"}
    for life in lives.values():
        if life["founded"]:
            life["begins"] = first_day(str(life["founded"]))
    for life in lives.values():
        if life["became"]:
            life["ends"] = max(str(life["ends"]), str(lives[str(life["became"])]["begins"]))
    return pd.DataFrame.from_dict(dict(lives), orient="index")


def names_on(names: list[tuple[str, str, str]], day: str) -> dict[str, str]:
    """Return the official and the short name of a union on a day: the newest, else the first."""
    chosen: dict[str, str] = {}
    for since, item, value in sorted(names):
        if since <= day or item not in chosen:
            chosen[item] = value
    return chosen


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
