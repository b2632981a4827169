"""What people decided about partners, beside the rules: names that are one organisation, and names that are two.

A decision beats every rule: a decided name is who it was decided to be, and two names that were told apart never end in one
partner, however alike they are. Decisions hold for a written form, in rows of one country where they say so.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from etl.link.partner.names import analyse
from etl.link.partner.records import Mention, Resolved
from etl.records import short_hash
from etl.text import fold

#: Of two names that were told apart the one that is surer of its partner keeps it: decided, shown name, other name, none.
_PINNED, _SHOWN, _OTHER, _NOBODY = range(4)


@dataclass(frozen=True, slots=True)
class Group:
    """Names that are one organisation: written forms with the country of their rows (empty: all rows), and ids of partners."""

    names: tuple[tuple[str, str], ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """Groups of names, and pairs of groups by position that are never one partner."""

    groups: tuple[Group, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()

    @staticmethod
    def aliases(names: Mapping[str, str]) -> Decided:
        """Return the decisions that each written form of ``names`` is the partner, by its id or a name, beside it."""
        return Decided(tuple(Group(((form, ""), (partner, "")), "decided by a person") for form, partner in names.items()))


class Rulings:
    """The decisions as they apply to one run; ``look`` says who a name is by the rules alone.

    ``unknown`` are the ids of partners that decisions speak of and nobody has; ``merged`` leads from a listed partner to the
    one that people called the same.
    """

    def __init__(self, decided: Decided, ids: Container[str], look: Callable[[Mention], object], mentions: Iterable[Mention] = ()) -> None:
        self._known = ids
        self._look = look
        self.groups, self._at, self.apart, self.unknown = _grouped(decided, self._known, mentions)
        self._countries = sorted({country for _, country in self._at})
        self._home = [self._home_of(group) for group in self.groups]
        self.merged = _merged(self.groups, ids)

    def group(self, text: str, country: str = "") -> int | None:
        """Return the group of a written form in rows of ``country``."""
        if not self._at:
            return None
        key = fold(text)
        return self._at.get((key, country), self._at.get((key, "")))

    def group_of(self, mention: Mention) -> int | None:
        """Return the group of ``mention``."""
        if not self._at:
            return None
        return self.group(mention.text, min(mention.country_codes) if len(mention.country_codes) == 1 else "")

    def is_decided(self, text: str) -> bool:
        """Tell whether a decision speaks of ``text`` as one name."""
        return bool(self._at) and any((fold(text), country) in self._at for country in self._countries)

    def rule(self, mention: Mention) -> Resolved | None:
        """Return who ``mention`` was decided to be; None where nobody decided, or only who it is not."""
        at = self.group_of(mention)
        if at is None or not self.is_joined(at) or not self._home[at][1]:
            return None
        return Resolved(self._home[at][1], "decision", 1.0, self.groups[at].said)

    def said(self, mention: Mention) -> str:
        """Return who decided about ``mention``, when and why; empty where nobody did."""
        at = self.group_of(mention)
        return "" if at is None else self.groups[at].said

    def is_joined(self, at: int) -> bool:
        """Tell whether the group says who somebody is, not only who not."""
        return len(self.groups[at].names) > 1

    def id_of(self, at: int) -> str:
        """Return the partner that the group is, empty where no list knows it."""
        return self._home[at][1]

    def names_of(self, identifier: str) -> list[str]:
        """Return the written forms that people joined with the partner ``identifier``, in rows of any country."""
        joined = (at for at, (_, home) in enumerate(self._home) if home == identifier and self.is_joined(at))
        return [text for at in joined for text, country in self.groups[at].names if not country and not _is_id(text)]

    def keeper(self, one: int, two: int) -> tuple[int, int]:
        """Return the group that keeps the partner which both would be, and the one that does not."""
        return (two, one) if self._home[two][0] < self._home[one][0] else (one, two)

    def are_apart(self, one: int | None, two: int | None) -> bool:
        """Tell whether two groups were told apart."""
        return one is not None and two is not None and ((one, two) in self.apart or (two, one) in self.apart)

    def told_apart(self, groups: Iterable[int | None], identifier: str) -> bool:
        """Tell whether one of ``groups`` was told apart from the partner ``identifier``."""
        others = [at for at in range(len(self.groups)) if self._home[at][1] == identifier]
        return any(self.are_apart(one, two) for one in groups for two in others)

    def _home_of(self, group: Group) -> tuple[int, str]:
        for text, _ in group.names:
            if text in self._known:
                return _PINNED, text
        for text, country in group.names:
            answer = self._look(Mention(text, frozenset({country} - {""})))
            if isinstance(answer, Resolved):
                return (_SHOWN if answer.method == "reference" else _OTHER), answer.partner_id
        return _NOBODY, ""


def _grouped(
    decided: Decided, known: Container[str], mentions: Iterable[Mention]
) -> tuple[list[Group], dict[tuple[str, str], int], frozenset[tuple[int, int]], list[str]]:
    """Return the groups with ids of new partners turned into their names, the group of each name, who is apart, and unknown ids."""
    names = _names_of_new(mentions) if any(text.startswith("p-") for group in decided.groups for text, _ in group.names) else {}
    groups: list[Group] = []
    at: dict[tuple[str, str], int] = {}
    moved: dict[int, int] = {}
    unknown: list[str] = []
    for index, group in enumerate(decided.groups):
        written = [(names.get(text, text), country) for text, country in group.names]
        unknown += [text for text, _ in written if _is_id(text) and text not in known]
        keys = [(fold(text), country) for text, country in written if not _is_id(text)]
        into = next((at[key] for key in keys if key in at), len(groups))
        if into == len(groups):
            groups.append(Group(tuple(written), group.said))
        else:  # the name of a new partner is a name that another decision speaks of as well
            said = groups[into].said or group.said
            groups[into] = Group(tuple(dict.fromkeys((*groups[into].names, *written))), said)
        moved[index] = into
        at.update(dict.fromkeys(keys, into))
    apart = frozenset((moved[one], moved[two]) for one, two in decided.apart if moved[one] != moved[two])
    return groups, at, apart, unknown


def _merged(groups: Iterable[Group], known: Container[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups:
        ids = [text for text, _ in group.names if text in known]
        found |= dict.fromkeys(ids[1:], ids[0]) if ids else {}
    return found


def _is_id(text: str) -> bool:
    return text.startswith(("org-", "p-")) and " " not in text


def _names_of_new(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the written form behind each id that a new partner of this run can have."""
    found: dict[str, str] = {}
    for mention in mentions:
        key = analyse(mention.text).key
        for parts in ((key,), *((key, code) for code in sorted(mention.country_codes))):
            found.setdefault(f"p-{short_hash(*parts)}", mention.text)
    return found
