"""What a person wrote for a post, and which of our posts it is."""

import difflib
import re
import unicodedata
from dataclasses import dataclass, replace

import pandas as pd

from analysis.read.staff.sayable import WORD, is_sayable, words_of
from analysis.schema import ROLE_GROUPS

GROUP = "group:"
POST_CODE, IDENTIFIER, WORDS = "post code", "role identifier", "words"
CLOSE = 0.5
EXPECTED = "a role's code, a census code in capitals, or a label such as 'Teaching assistant'"
# A staff group is labelled so too, but who writes it of a school means the one post: the group's
# others, such as cover supervisors, are called by their own names.
USUAL = {"teachingassistants": "teaching_assistant"}
SUM_WORDS = {"total", "totals", "subtotal", "subtotals"}
SUMS = {"all", "allposts", "allroles", "allschools", "allstaff", "everybody", "everyone",
        "overall", "sum", "sums", "wholeschool", "wholetrust"}  # fmt: skip


@dataclass(frozen=True)
class Post:
    """One of our posts, in the words of ``Workforce.posts``, and how it was written.

    ``place`` is its place in the order of the staff groups. ``kind`` says whether a census code
    named it (``code``), since two codes of one kind count different people.
    """

    post: str
    label: str
    role_group: str
    roles: tuple[str, ...]
    place: int
    kind: str = WORDS
    code: str = ""


@dataclass(frozen=True)
class Posts:
    """The posts by everything that they may be called.

    Attributes
    ----------
    census
        By census code, in capitals: some are words (MISC, DATA) or names (LANA).
    exact, loose
        By code and label, in small letters without blanks; with the plural as it stands, and
        without it.
    labels
        The label by each name that a misspelt one is held against.
    words
        Every word of the names.
    """

    census: dict[str, Post]
    exact: dict[str, Post]
    loose: dict[str, Post]
    labels: dict[str, str]
    words: frozenset[str]

    @classmethod
    def of(cls, roles: pd.DataFrame) -> "Posts":
        """Gather what roles and staff groups are called; a role goes before a group.

        Parameters
        ----------
        roles
            The roles by code: ``label``, ``group``, ``post_codes`` and ``role_codes``.

        Examples
        --------
        >>> from analysis.read.facts import read_dataset
        >>> posts = Posts.of(read_dataset("data").roles)
        >>> [posts.find(name).post for name in ("TAS", "hltas", "Classroom teachers")]
        ['teaching_assistant', 'hlta', 'group:teaching']
        >>> [posts.find(name).post for name in ("Teaching assistants", "Head-teacher")]
        ['teaching_assistant', 'headteacher']
        """
        own, groups = role_posts(roles), group_posts(roles)
        both = [*groups, *own]
        exact = {squeeze(name): post for post in both for name in names_of(post)}
        loose = {singular(name): post for post in both for name in names_of(post)}
        by_code = {post.post: post for post in own}
        exact |= {name: by_code[code] for name, code in USUAL.items() if code in by_code}
        labels = {
            part.removeprefix(GROUP).replace("_", " ").casefold(): post.label
            for post in both
            for name in names_of(post)
            for part in (*re.split(", | or ", name), name)
            if exact[squeeze(post.label)] == post
        }
        words = words_of(name for post in both for name in names_of(post))
        return cls(census_posts(roles, by_code), exact, loose, labels, words)

    def find(self, text: str) -> Post | None:
        """Return the post that a cell or a heading names, if it names one."""
        census = self.census.get(text.strip())
        return census or self.exact.get(squeeze(text)) or self.loose.get(singular(text))

    def nearest(self, text: str) -> list[str]:
        """Return the labels of up to three posts that may have been meant, nearest first."""
        wanted = " ".join(text.replace("_", " ").casefold().split())
        close = difflib.get_close_matches(wanted, self.labels, n=12, cutoff=CLOSE)
        # A school nurse is a nurse, and unlike every label as a whole.
        last = wanted.rpartition(" ")[2]
        kind = difflib.get_close_matches(last, self.labels, n=1, cutoff=0.9)
        found = list(dict.fromkeys(self.labels[name] for name in close))
        return list(dict.fromkeys([*found[:2], *(self.labels[name] for name in kind), *found]))[:3]

    def say_unknown(self, text: str, also: frozenset[str] = frozenset()) -> str:
        """Say that a cell or heading is no role, and repeat it only if it cannot be a name.

        Parameters
        ----------
        text
            What stands there.
        also
            Words that may be repeated beside those of the posts.
        """
        near = " or ".join(f"'{label}'" for label in self.nearest(text))
        advice = f"did you mean {near}?" if near else f"expected {EXPECTED}"
        if not is_sayable(text, self.words | also):
            return f"not a role, and not repeated since it could be a name; {advice}"
        return f"'{' '.join(text.split())}' is not a role; {advice}"


def role_posts(roles: pd.DataFrame) -> list[Post]:
    """Return each role as a post."""
    groups = list(ROLE_GROUPS)
    table = zip(roles.index, roles["label"], roles["group"], strict=True)
    return [
        Post(code, label, group, (code,), 1000 * groups.index(group) + place + 1)
        for place, (code, label, group) in enumerate(table)
    ]


def group_posts(roles: pd.DataFrame) -> list[Post]:
    """Return each staff group as a post that any of its roles can be."""
    return [
        Post(f"{GROUP}{code}", label, code, tuple(roles.index[roles["group"] == code]), 1000 * n)
        for n, (code, label) in enumerate(ROLE_GROUPS.items())
    ]


def census_posts(roles: pd.DataFrame, by_code: dict[str, Post]) -> dict[str, Post]:
    """Return the post of each code of the census."""
    return {
        code: replace(by_code[role], kind=kind, code=code)
        for column, kind in (("post_codes", POST_CODE), ("role_codes", IDENTIFIER))
        for role, codes in roles[column].items()
        for code in filter(None, codes.split(";"))
    }


def names_of(post: Post) -> list[str]:
    """Return what a post may be called: its code, with and without ``group:``, and its label."""
    return list(dict.fromkeys([post.post, post.post.removeprefix(GROUP), post.label]))


def squeeze(text: str) -> str:
    """Return text in small letters, without blanks, hyphens and the like.

    >>> squeeze(" Head-Teacher "), squeeze("Full-time_equivalent (FTE)")
    ('headteacher', 'fulltimeequivalentfte')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\W_]", "", text.casefold())


def singular(text: str) -> str:
    """Return text squeezed, each of its words without the ending of the plural.

    >>> singular("Heads of school"), singular("SENCOs"), singular("Secretaries")
    ('headofschool', 'senco', 'secretary')
    """
    words = WORD.findall(re.sub(r"['\u2019]", "", text.casefold()))
    return "".join(re.sub(r"(?<=..)(?<!s)s$", "", re.sub("(?<=..)ies$", "y", w)) for w in words)


def is_sum(text: str) -> bool:
    """Say whether a cell or heading stands for the sum of others.

    >>> is_sum("Grand total"), is_sum("All staff"), is_sum("All Saints School")
    (True, True, False)
    """
    words = WORD.findall(text.casefold())
    return bool(SUM_WORDS & set(words)) or "".join(words) in SUMS
