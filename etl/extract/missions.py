"""Bodies of a state under one stable English name, however a text speaks of them: embassies, consulates, ministries, Russian houses.

"The Dutch consul", "послом Эфиопии" and "Turkey's energy minister" name a body through its country or a person through the office;
the name that is given is the usual one: Consulate of the Netherlands, Embassy of Ethiopia, Ministry of Energy of Turkey.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from babel import Locale

from etl.extract.heads import head_at
from etl.extract.phrase import Phrase
from etl.extract.signature import Signature, Signatures
from etl.extract.text_words import listed
from etl.extract.tokens import Phrases, Token
from etl.reference import rows
from etl.text import fold, script

_CONSULAR = ("consul", "консул", "генконсул")
_GENERAL = ("general", "ген")
#: The first letter of a word.
_CAPITAL = re.compile(r"^[a-z]|(?<=-)[a-z]")


#: Words of an office or a form of state that say nothing of a ministry's subject.
_BESIDE = frozenset(("deputy", "first", "vice", "former", "state", "republic", "kingdom", "республики", "королевства", "первый", "первого"))


@dataclass(frozen=True, slots=True)
class Mission:
    """A body of a state at the half-open range of its tokens, under its usual English name."""

    name: str
    first: int
    last: int


class Missions:
    """Names the bodies of states that phrases and lists speak of; built once."""

    def __init__(self, signatures: Signatures, home_country: str) -> None:
        self._signatures = signatures
        self._home = home_country

    def name(self, phrase: Phrase, words: Sequence[Token], said: Signature) -> str:
        """Return the name of the embassy, consulate or ministry of ``phrase``; empty for a ministry that no subject tells."""
        codes = said.countries - {self._home} or {code for place in said.places for code in self._signatures.country_of(place)[:1]}
        if not codes:
            return ""
        is_general = phrase.first and words[phrase.first].follows and words[phrase.first - 1].folded.startswith(_GENERAL)
        part = words[phrase.first - bool(is_general) : phrase.last]
        return mission_name(part, said.heads, min(codes)) or ministry_name(self._subject(part), min(codes))

    def _subject(self, part: Sequence[Token]) -> list[Token]:
        """Return the words of a ministry's name that are neither the office nor the country, without small words at their ends."""
        offices = {at + step for at in range(len(part)) for step in range(_office_length(part, at))}
        elsewhere = {
            at for kind, _, first, last in self._signatures.spans(part) if kind in ("countries", "places") for at in range(first, last)
        }
        kept = [at for at in range(len(part)) if at not in offices | elsewhere and part[at].folded not in _BESIDE]
        while kept and part[kept[0]].folded in listed("inside"):
            kept.pop(0)
        while kept and part[kept[-1]].folded in listed("inside"):
            kept.pop()
        return [part[at] for at in kept]

    def lists(self, words: Sequence[Token]) -> Iterator[Mission]:
        """Yield the embassies of a list: ambassadors of Nigeria, Senegal and Tanzania; послы Нигерии и Сенегала."""
        for start, word in enumerate(words):
            kind = "embassy" if word.folded in listed("envoys") else "consulate" if word.folded in listed("consuls") else ""
            position = start + 1
            while kind and position < len(words) and (words[position].follows or words[position].before == ", "):
                part, values, _, length = next(self._signatures.spans(words[position:]))
                if part == "countries" and values[0] != self._home:
                    yield Mission(mission_name(words[start : start + 1], {kind}, values[0]), position, position + length)
                elif words[position].folded not in ("of", "the", "and", "и"):
                    break
                position += length

    def houses(self, words: Sequence[Token]) -> Iterator[Mission]:
        """Yield the houses of culture abroad: Russian House in Cairo, Русским домом в Каире."""
        for start in range(len(words)):
            found, length = _houses().at(words, start)
            at = start + length
            if not found or at + 1 >= len(words) or words[at].folded not in ("in", "в", "во") or not words[start].is_capital:
                continue
            place, wide = self._signatures.places.at(words, at + 1)
            if place and not place.is_adjective and self._home not in place.countries:
                yield Mission(f"{found[0]} in {_cities()[place.key]}", start, at + 1 + wide)


def _office_length(part: Sequence[Token], at: int) -> int:
    head, length = head_at(part, at)
    return length if head is not None and head.use == "state" else 0


@cache
def _houses() -> Phrases[str]:
    return Phrases((row["words"], row["name"]) for row in rows("news_houses"))


@cache
def _cities() -> dict[str, str]:
    return {fold(row["place"]): row["place"] for row in rows("cities")}


@cache
def country_name(code: str) -> str:
    """Return the English name of a country as it stands behind 'of'.

    >>> country_name("ETH"), country_name("NLD"), country_name("BIH")
    ('Ethiopia', 'the Netherlands', 'Bosnia and Herzegovina')
    """
    said = next((row["name"] for row in rows("country_said") if row["alpha_3"] == code), "")
    short = next(row["alpha_2"] for row in rows("countries") if row["alpha_3"] == code)
    return said or Locale("en").territories[short].replace(" & ", " and ").replace("’", "'")


def mission_name(words: Sequence[Token], heads: Set[str], code: str) -> str:
    """Return the name of the embassy or consulate that ``words`` speak of, empty for another body.

    >>> from etl.extract.tokens import tokens
    >>> mission_name(tokens("генконсулом Индии"), {"consulate"}, "IND"), mission_name(tokens("Dutch consul"), {"consulate"}, "NLD")
    ('Consulate General of India', 'Consulate of the Netherlands')
    """
    if not heads & {"embassy", "consulate"}:
        return ""
    if not any(word.folded.startswith(_CONSULAR) for word in words):
        return f"Embassy of {country_name(code)}"
    general = any(word.folded.startswith(_GENERAL) for word in words)
    return f"Consulate{' General' if general else ''} of {country_name(code)}"


def ministry_name(subject: Sequence[Token], code: str) -> str:
    """Return the name of the ministry for ``subject``, its words without the office and the country; empty where they say none.

    >>> from etl.extract.tokens import tokens
    >>> ministry_name(tokens("energy and natural resources"), "TUR"), ministry_name(tokens("энергетики"), "ZWE")
    ('Ministry of Energy and Natural Resources of Turkey', 'Ministry of Energy of Zimbabwe')
    >>> ministry_name(tokens("первых заместителей"), "ZWE")
    ''
    """
    if not subject:
        return ""
    what = _translated(subject) if script(subject[0].text) == "cyrillic" else _title(subject)
    return f"Ministry of {what} of {country_name(code)}" if what else ""


def _title(subject: Sequence[Token]) -> str:
    found = [subject[0].text, *((", " if word.before.startswith(",") else " ") + word.text for word in subject[1:])]
    return " ".join(
        word if word in listed("inside") else _CAPITAL.sub(lambda m: m.group().upper(), word) for word in "".join(found).split()
    )


def _translated(subject: Sequence[Token]) -> str:
    """Return Russian subjects in English; empty where one of them is not in the list."""
    written = " ".join(("| " if word.before.startswith(",") else "") + word.folded for word in subject)
    found = [_subject(piece) for piece in re.split(r" и | \| ", written)]
    if not all(found):
        return ""
    return " and ".join(filter(None, (", ".join(found[:-1]), found[-1])))


def _subject(written: str) -> str:
    return next((english for pattern, english in _subjects() if pattern.fullmatch(written)), "")


@cache
def _subjects() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(
                " ".join(re.escape(fold(word.rstrip("*"))) + (r"\w*" if word.endswith("*") else "") for word in row["word"].split())
            ),
            row["english"],
        )
        for row in rows("ministry_words")
    )
