"""The selection <-> the page address: one object that pages, figures and exports all use.

``?country=CHN,DEU&field=2.5&since=2018&until=2025&type=exchange_agreement&partner=org-tub&outcome=joint_lab&counting=fractional``
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Self
from urllib.parse import parse_qs, urlencode

Counting = Literal["full", "fractional"]

#: The parts that hold several codes: name in the address -> attribute.
LISTS: dict[str, str] = {
    "country": "countries", "field": "fields", "type": "types", "outcome": "outcomes", "partner": "partners",
}  # fmt: skip
_CODE = re.compile(r"[\w.\-]{1,80}")
_MOST = 100
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Selection:
    """What the reader has chosen; empty parts choose everything.

    ``fields`` may hold areas (``2``) as well as fields (``2.5``). Years are inclusive and are those of signature,
    outcome or publication of whatever is counted. ``ignored`` names the parts of an address that make no sense.
    """

    countries: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    counting: Counting = "full"
    ignored: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, search: str) -> Self:
        """Return the selection that ``search`` (with or without ``?``) spells; nonsense is ignored by name.

        >>> Selection.from_query("?country=CHN&since=2015&since=x&what=1")
        Selection(countries=('CHN',), fields=(), types=(), outcomes=(), partners=(), since=2015, until=None, counting='full', ignored=())
        >>> Selection.from_query("?until=99").ignored
        ('until=99',)
        """
        given = parse_qs(search[:8000].removeprefix("?"), keep_blank_values=False, max_num_fields=None)
        ignored: list[str] = []
        chosen: dict[str, tuple[str, ...]] = {}
        for name, attribute in LISTS.items():
            codes = [code for value in given.get(name, []) for code in value.split(",") if code]
            chosen[attribute] = tuple(sorted({c for c in codes if _CODE.fullmatch(c)}))[:_MOST]
            ignored += [f"{name}={c[:80]}" for c in codes if not _CODE.fullmatch(c)]
        since, until = (_year(name, given, ignored) for name in ("since", "until"))
        if since and until and since > until:
            since, until = until, since
        counting: Counting = "fractional" if given.get("counting", [""])[0] == "fractional" else "full"
        return cls(**chosen, since=since, until=until, counting=counting, ignored=tuple(ignored))

    def to_query(self) -> str:
        """Return the address of the selection, starting with ``?``, or nothing for the whole.

        >>> Selection(countries=("CHN", "DEU"), since=2015).to_query()
        '?country=CHN,DEU&since=2015'
        """
        parts = {name: ",".join(getattr(self, attribute)) for name, attribute in LISTS.items()}
        parts |= {"since": str(self.since or ""), "until": str(self.until or "")}
        parts["counting"] = self.counting if self.counting != "full" else ""
        kept = {name: value for name, value in parts.items() if value}
        return "?" + urlencode(kept, safe=",") if kept else ""

    def plus(self, name: str, code: str) -> Self:
        """Return the selection that also chooses ``code`` in the part called ``name`` in the address."""
        return self._with(name, {*getattr(self, LISTS[name]), code})

    def minus(self, name: str, code: str = "") -> Self:
        """Return the selection without ``code`` in the part ``name``, or without the years for ``since`` and ``until``."""
        if name not in LISTS:
            return replace(self, since=None if name == "since" else self.since, until=None if name == "until" else self.until)
        return self._with(name, set(getattr(self, LISTS[name])) - {code})

    def without(self, name: str) -> Self:
        """Return the selection without anything chosen in the part ``name`` (``years`` stands for both years)."""
        if name == "years":
            return replace(self, since=None, until=None)
        return self._with(name, set())

    def parts(self) -> tuple[str, ...]:
        """Return the parts in which something is chosen, ``years`` last."""
        lists = tuple(name for name, attribute in LISTS.items() if getattr(self, attribute))
        return lists + (("years",) if self.since or self.until else ())

    def _with(self, name: str, codes: set[str]) -> Self:
        changed: dict[str, Any] = {LISTS[name]: tuple(sorted(codes))}
        return replace(self, **changed)

    def is_everything(self) -> bool:
        """Tell whether nothing is filtered out (the counting rule is no filter)."""
        return not any(getattr(self, each.name) for each in fields(self) if each.name not in ("counting", "ignored"))


def _year(name: str, given: dict[str, list[str]], ignored: list[str]) -> int | None:
    text = given.get(name, [""])[0]
    if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in _YEARS:
        return int(text)
    if text:
        ignored.append(f"{name}={text[:80]}")
    return None
