"""The selection <-> the page address: one object that pages, figures and exports all use.

``?country=CHN,DEU&field=2.5&since=2018&until=2025&type=exchange_agreement&partner=org-tub&outcome=joint_lab&counting=fractional``

A code with a minus before it is left out: ``?country=142,-CHN`` is Asia without China.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Literal, Self
from urllib.parse import parse_qs, parse_qsl, urlencode

Counting = Literal["full", "fractional"]

#: The parts that hold several codes: name in the address -> attribute.
LISTS: dict[str, str] = {
    "country": "countries", "field": "fields", "type": "types", "status": "statuses", "outcome": "outcomes", "partner": "partners",
}  # fmt: skip
#: Parts that belong to a page: what it shows the records of, which of them is unfolded, what is searched.
OWN: tuple[str, ...] = ("figure", "mark", "kind", "open", "q", "event", "start")
_LONGEST = 200
NOT = "-"
"""Stands before a code that is left out."""
_CODE = re.compile(r"-?[\w.][\w.\-]{0,79}")
_MOST = 100
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader has chosen; empty parts choose everything.

    ``fields`` may hold areas (``2``) as well as fields (``2.5``), ``countries`` regions (``142``) as well as countries. Years are
    inclusive and are those of signature, outcome or publication of whatever is counted. ``excluded`` holds what is left out, as pairs of
    part and code. ``ignored`` names the parts of an address that make no sense. ``record`` (kind and id) leaves one record of its kind; it
    is no part of an address.
    """

    countries: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    counting: Counting = "full"
    excluded: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()
    record: tuple[str, str] | None = None

    @classmethod
    def from_query(cls, search: str) -> Self:
        """Return the selection that ``search`` (with or without ``?``) spells; nonsense is ignored by name.

        >>> asia = Selection.from_query("?country=142,-CHN&since=2015&since=x&what=1")
        >>> asia.countries, asia.excluded, asia.since
        (('142',), (('country', 'CHN'),), 2015)
        >>> Selection.from_query("?until=99").ignored
        ('until=99',)
        """
        given = parse_qs(search[:8000].removeprefix("?"), keep_blank_values=False, max_num_fields=None)
        ignored: list[str] = []
        excluded: list[tuple[str, str]] = []
        chosen: dict[str, Any] = {}
        for name, attribute in LISTS.items():
            codes = [code for value in given.get(name, []) for code in value.split(",") if code]
            good = sorted({c for c in codes if _CODE.fullmatch(c)})[:_MOST]
            chosen[attribute] = tuple(c for c in good if not c.startswith(NOT))
            excluded += [(name, c.removeprefix(NOT)) for c in good if c.startswith(NOT) and c.removeprefix(NOT) not in good]
            ignored += [f"{name}={c[:80]}" for c in codes if not _CODE.fullmatch(c)]
        since, until = (_year(name, given, ignored) for name in ("since", "until"))
        if since and until and since > until:
            since, until = until, since
        counting: Counting = "fractional" if given.get("counting", [""])[0] == "fractional" else "full"
        chosen |= {"since": since, "until": until}
        return cls(**chosen, counting=counting, excluded=tuple(sorted(excluded)), ignored=tuple(ignored))

    def to_query(self) -> str:
        """Return the address of the selection, starting with ``?``, or nothing for the whole.

        >>> Selection(countries=("CHN", "DEU"), since=2015).to_query()
        '?country=CHN,DEU&since=2015'
        """
        return _address(self)

    def left_out(self, name: str) -> tuple[str, ...]:
        """Return the codes that are left out in the part called ``name`` in the address."""
        return tuple(code for part, code in self.excluded if part == name) if self.excluded else ()

    def plus(self, name: str, code: str) -> Self:
        """Return the selection that also chooses ``code`` in the part called ``name`` in the address."""
        return self._with(name, {*getattr(self, LISTS[name]), code}, set(self.left_out(name)) - {code})

    def only(self, name: str, code: str) -> Self:
        """Return the selection that chooses ``code`` and nothing else in the part ``name``; ``since`` stands for one year."""
        if name == "since":
            return replace(self, since=int(code), until=int(code))
        return self._with(name, {code}, set())

    def leaving_out(self, name: str, code: str) -> Self:
        """Return the selection without the records that have ``code`` in the part ``name``.

        >>> Selection(countries=("142",)).leaving_out("country", "CHN").to_query()
        '?country=142,-CHN'
        """
        return self._with(name, set(getattr(self, LISTS[name])) - {code}, {*self.left_out(name), code})

    def minus(self, name: str, code: str = "") -> Self:
        """Return the selection that says nothing of ``code`` in the part ``name``, or nothing of the years for ``since`` and ``until``."""
        if name not in LISTS:
            return replace(self, since=None if name == "since" else self.since, until=None if name == "until" else self.until)
        return self._with(name, set(getattr(self, LISTS[name])) - {code}, set(self.left_out(name)) - {code})

    def without(self, name: str) -> Self:
        """Return the selection without anything chosen in the part ``name`` (``years`` stands for both years)."""
        if name == "years":
            return replace(self, since=None, until=None)
        return self._with(name, set(), set())

    def parts(self) -> tuple[str, ...]:
        """Return the parts in which something is chosen or left out, ``years`` last."""
        lists = tuple(name for name, attribute in LISTS.items() if getattr(self, attribute) or self.left_out(name))
        return lists + (("years",) if self.since or self.until else ())

    def _with(self, name: str, codes: set[str], out: set[str]) -> Self:
        others = [pair for pair in self.excluded if pair[0] != name]
        changed: dict[str, Any] = {LISTS[name]: tuple(sorted(codes))}
        return replace(self, **changed, excluded=tuple(sorted([*others, *((name, code) for code in out)])))

    def is_everything(self) -> bool:
        """Tell whether nothing is filtered out (the counting rule is no filter)."""
        return not any(getattr(self, each.name) for each in fields(self) if each.name not in ("counting", "ignored"))


@lru_cache(maxsize=4096)
def _address(selection: Selection) -> str:
    """Return the address of a selection: a page writes it into each of its links, four hundred times."""
    parts = {
        name: ",".join([*getattr(selection, attribute), *(NOT + code for code in selection.left_out(name))])
        for name, attribute in LISTS.items()
    }
    parts |= {"since": str(selection.since or ""), "until": str(selection.until or "")}
    parts["counting"] = selection.counting if selection.counting != "full" else ""
    kept = {name: value for name, value in parts.items() if value}
    return "?" + urlencode(kept, safe=",") if kept else ""


def own_parts(search: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of an address that belong to the page and not to the selection, each once, in their order.

    >>> own_parts("?figure=top_partners&country=CHN&mark=org-tub")
    (('figure', 'top_partners'), ('mark', 'org-tub'))
    """
    given = parse_qsl(search[:8000].removeprefix("?"), max_num_fields=None)
    return tuple({name: text[:_LONGEST] for name, text in given if name in OWN}.items())


def _year(name: str, given: dict[str, list[str]], ignored: list[str]) -> int | None:
    text = given.get(name, [""])[0]
    if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in _YEARS:
        return int(text)
    if text:
        ignored.append(f"{name}={text[:80]}")
    return None
