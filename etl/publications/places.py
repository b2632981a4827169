"""An address -> the known partner and the country that it names, and whether it is our own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.errors import Unreadable
from etl.publications.addresses import country_of
from etl.publications.entry import Address
from etl.publications.keys import folded
from etl.records import Read
from etl.text import fold

#: Below this a name is a question; publications ask none, they would ask a thousand.
_SURE = 0.8
_SEGMENT = re.compile(r"[,;()，]")
#: Units below an organisation, and what posts need.
_UNIT = re.compile(
    r"(?:dept|department|departamento|departement|division|faculty|fac|fak|fakultat|chair|section|кафедра|факультет|отдел)\b"
)
_CODE = re.compile(r"(?<!\S)[A-Z]{0,2}-?\d[\d-]{3,}(?!\S)|\S+@\S+")


@dataclass(frozen=True, slots=True)
class Known:
    """What the pipeline knows: who is called so, what country is called so, who has this ROR id, where a partner is, and who we are."""

    find: Callable[[str, str], Read]
    country: Callable[[str], Read]
    by_ror: Mapping[str, str]
    country_of_partner: Callable[[str], str]
    home_names: tuple[str, ...]
    home_ids: frozenset[str]
    home_country: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads: ``partner`` and ``country`` may be empty; ``piece`` is what of the address was asked for."""

    partner: str = ""
    piece: str = ""
    method: str = ""
    confidence: float = 0.0
    country: str = ""
    is_abroad: bool = False
    is_home: bool = False


class Places:
    """Reads addresses; the same part of an address is looked up once as long as it is remembered."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._short = frozenset(fold(name) for name in known.home_names if " " not in fold(name))
        self._long = tuple(f" {fold(name)} " for name in known.home_names if " " in fold(name))
        # Departments repeat their university, so without them a small memory answers most questions.
        self._find = lru_cache(maxsize=50_000)(self._look_up)
        self._country = lru_cache(maxsize=20_000)(self._read_country)

    def place(self, address: Address) -> Place:
        """Return where ``address`` leads."""
        if self.is_home(address.text):
            return Place(country=self._known.home_country, is_home=True)
        code = self._country(address.country) if address.country else self._country_at_end(address.text)
        partner, piece, method, confidence = self._partner(address, code)
        if partner in self._known.home_ids:
            return Place(country=self._known.home_country, is_home=True)
        where = code or (self._known.country_of_partner(partner) if partner else "")
        is_abroad = where != self._known.home_country if where else bool(partner)
        return Place(partner, piece, method, confidence, code or where, is_abroad)

    def is_home(self, text: str) -> bool:
        """Tell whether ``text`` names the own institution: a name of several words anywhere, one of a single word as a whole part."""
        plain = f" {folded(text)} "
        if any(name in plain for name in self._long):
            return True
        return any(fold(part) in self._short for part in _SEGMENT.split(text) if len(part) < 40)

    def _country_at_end(self, text: str) -> str:
        return country_of(text, self._read_cached) if text else ""

    def _read_cached(self, text: str) -> Read:
        if code := self._country(text):
            return Read(code, "address")
        raise Unreadable("no country")

    def _read_country(self, text: str) -> str:
        try:
            return self._known.country(text).value
        except Unreadable:
            return ""

    def _partner(self, address: Address, code: str) -> tuple[str, str, str, float]:
        identifier = address.ror.rpartition("/")[2]
        if identifier and identifier in self._known.by_ror:
            return self._known.by_ror[identifier], address.text, "address, ror", 1.0
        text = without_units(address.text)
        if text and (found := self._find(text, code)):
            # How a name was found within an address is told by the address; how a whole name was found is worth telling.
            return found.value, text, "address" if found.rule.startswith("affiliation") else f"address, {found.rule}", found.confidence
        return "", "", "", 0.0

    def _look_up(self, text: str, code: str) -> Read | None:
        try:
            found = self._known.find(text, code)
        except Unreadable:
            return None
        return found if found.confidence >= _SURE else None


def without_units(address: str) -> str:
    """Return ``address`` without its departments and postal codes: what is left names the organisation, and comes again and again.

    >>> without_units("Dept. of Steel, Graz University of Technology, 8010 Graz, Austria")
    'Graz University of Technology, Graz, Austria'
    >>> without_units("Department of Health, London"), without_units("Faculty of Arts")
    ('London', 'Faculty of Arts')
    """
    segments = [" ".join(_CODE.sub(" ", each).split()).strip(" .") for each in _SEGMENT.split(address)]
    kept = [each for each in segments if each and not _UNIT.match(fold(each))]
    return ", ".join(kept or [each for each in segments if each])
