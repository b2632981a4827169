"""All names of countries and of what is not one: the tables behind :func:`etl.normalise.countries.country`.

Each table is built once, at first use, and asked by hash; none is walked through for a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

from etl.normalise.countries.declension import cases
from etl.normalise.countries.keys import key
from etl.records import Read
from etl.reference import rows
from etl.text import clean

#: The languages whose CLDR names come before all others: where a name means two countries, these decide.
FIRST = ("en", "ru", "zh", "zh_Hant")
#: CLDR's groups among its territories; its other groups have UN M49 numbers for codes.
_GROUPS = ("EU", "EZ", "UN")
_CODE = "code"
PART = "part of a country"
_CYRILLIC = re.compile("[\u0400-\u04ff]")
#: Endings of Russian adjectives and nouns, longest first; what is left of a word is the same in all its cases.
_ENDING = re.compile(
    "(?:иями|ями|ами|ими|ыми|ого|его|ому|ему|иях|иям|иеи|ием|ях|ах|ям|ам|ем|ом|еи|ои|ии|ыи|ая|яя|ую|юю|ое|ее|ые|ие|ых|их|ым|им|ов|ия|ию|ью"
    "|[аяоеиыуюь])$"
)
_STEM = 4
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that is known to be no one country: the reason, and the states among which a person has to choose."""

    reason: str
    candidates: tuple[str, ...] = ()


Found = Read | Refusal | None
NO_COUNTRY = Refusal("a region, group, total or organisation, not a country")


@cache
def alpha_3() -> dict[str, str]:
    """Return the alpha-3 code of each alpha-2 code; GB is also written UK, and Greece EL."""
    return {row["alpha_2"]: row["alpha_3"] for row in rows("countries")} | {"UK": "GBR", "EL": "GRC"}


@cache
def state_of() -> dict[str, str]:
    """Return the state of each code: its own code, or that of the state it is a territory of."""
    return {row["alpha_3"]: row["state"] or row["alpha_3"] for row in rows("countries")}


@cache
def codes() -> dict[str, Read | Refusal]:
    """Return what each code means as it is written: alpha-2 in capitals, alpha-3 also in small letters, three digits of ISO.

    Small letters of two are words ('no', 'in', 'de') far more often than codes.
    """
    found: dict[str, Read | Refusal] = {short: Read(code, "ISO code") for short, code in alpha_3().items()}
    for row in rows("countries"):
        found[row["alpha_3"]] = found[row["alpha_3"].lower()] = Read(row["alpha_3"], "ISO code")
        if row["number"]:
            found[row["number"]] = Read(row["alpha_3"], "ISO number", 0.7)
    found |= {row["alias"]: Read(row["alpha_3"], "code of a list") for row in rows("country_aliases") if row["language"] == _CODE}
    return found | {row["name"]: _successor(row["successor"]) for row in rows("country_historic") if row["language"] == _CODE}


@cache
def exact() -> dict[str, Read]:
    """Return the keys of aliases, of CLDR in the first languages and of the UN: each with what it is read as."""
    found = {key(row["alias"]): Read(row["alpha_3"], "alias") for row in rows("country_aliases") if row["language"] != _CODE}
    for code, name in _first():
        if code in alpha_3():
            found.setdefault(key(name), Read(alpha_3()[code], "CLDR name"))
    for row in rows("country_names"):
        found.setdefault(key(row["name"]), Read(row["alpha_3"], "UN name"))
    return found


def _first() -> Iterator[tuple[str, str]]:
    for language in FIRST:
        yield from Locale.parse(language).territories.items()


@cache
def historic() -> dict[str, Read | Refusal]:
    """Return the keys of states that are no more, with the successor they are read as, or the several to choose from."""
    return {key(row["name"]): _successor(row["successor"]) for row in rows("country_historic") if row["language"] != _CODE}


def _successor(codes: str) -> Read | Refusal:
    several = tuple(codes.split("|"))
    if len(several) > 1:
        return Refusal("a state that is no more, with several successors", several)
    return Read(codes, "historic name, successor state", 0.7)


@cache
def refused() -> frozenset[str]:
    """Return the keys of regions, groups, totals and organisations: those of the reference file, of CLDR and of M49."""
    listed = {key(row["name"]) for row in rows("not_countries")}
    listed |= {key(name) for code, name in _first() if code.isdigit() or code in _GROUPS}
    listed |= set(_other_languages()["region"])
    return frozenset(listed - set(exact()) - {""})


@cache
def refused_as_written() -> frozenset[str]:
    """Return what is no country only with its accents: 'América' is the continent, 'America' a state."""
    return frozenset(row["name"] for row in rows("not_countries") if not row["name"].isascii() and key(row["name"]) in exact())


@cache
def adjectives() -> dict[str, Read]:
    """Return the adjectives of countries by key, English ones also as the people's name: 'German', 'Germans'."""
    found = {key(row["adjective"]): Read(row["alpha_3"], "adjective of a country", 0.8) for row in rows("country_adjectives")}
    return {f"{name}s": read for name, read in found.items() if name.endswith(("n", "i", "k", "b"))} | found


@cache
def _other_languages() -> dict[str, list[str]]:
    return {row["code"]: row["names"].split("|") for row in rows("country_cldr")}


@cache
def others() -> dict[str, Read]:
    """Return the keys that lead to a country in another way: other languages, cases of Russian names, parts of a country."""
    found: dict[str, Read] = {}
    for code, names in _other_languages().items():
        if code != "region":
            found |= dict.fromkeys(names, Read(code, "CLDR name in another language", 0.95))
    for name, code in _russian():
        read = Read(code, "case of a Russian name", 0.9)
        for form in cases(name):
            found.setdefault(key(form), read)
    for name, read in parts().items():
        found.setdefault(name, read)
    return found


def _russian() -> Iterator[tuple[str, str]]:
    for code, name in Locale.parse("ru").territories.items():
        if code in alpha_3():
            yield clean(name), alpha_3()[code]
    for row in rows("country_aliases"):
        if row["language"] == "ru":
            yield row["alias"], row["alpha_3"]


@cache
def parts() -> dict[str, Read]:
    """Return the keys of subdivisions and large cities with the state ISO 3166-2 puts them in."""
    found: dict[str, Read] = {}
    for file in ("country_cities", "country_parts", "country_places"):
        for row in rows(file):
            found[key(row["name"])] = Read(row["alpha_3"], PART, 0.8)
    return found


@cache
def part_stems() -> dict[str, Read]:
    """Return the Russian and Ukrainian names of subdivisions without their endings: 'новосибирск' for the region in any case."""
    return {stem(name): read for name, read in parts().items() if " " not in name and _CYRILLIC.match(name)}


def stem(word: str) -> str:
    """Return a Cyrillic word without the ending of its case; any other word as it is.

    >>> stem("новосибирскои") == stem("новосибирская"), stem("texas")
    (True, 'texas')
    """
    return _ENDING.sub("", word) if len(word) > _STEM and _CYRILLIC.match(word) else word


@cache
def in_brackets() -> dict[str, str]:
    """Return the short forms of states that mean something only in the brackets after a place: 'Neth', 'Sp'."""
    return {key(row["word"]): row["alpha_3"] for row in rows("country_in_brackets")}


def look(text: str, name: str) -> Found:
    """Return what the tables say of a text as a whole, given its key; None when they do not know it."""
    if not text.isascii() and text.strip(" *") in refused_as_written():
        return NO_COUNTRY
    if found := listed(text, name):
        return found
    if name in refused():
        return NO_COUNTRY
    found = others().get(name)
    is_short = len(name) == _SHORT and text.isascii() and found is not None and found.rule != PART
    return None if is_short else found  # 'CAD' is a currency, 'Çad' is Chad


def listed(text: str, name: str) -> Found:
    """Return what codes, everyday, published and historic names say of a text, given its key."""
    return codes().get(text) or exact().get(name) or historic().get(name)


@cache
def word_forms() -> dict[str, str]:
    """Return the short forms of words in the names of states: 'rep' is republic."""
    return {key(row["word"]) or row["word"]: row["meaning"] for row in rows("country_words")}


@cache
def formal_words() -> frozenset[str]:
    """Return the words of formal names that do not tell the country, Russian ones in their cases: republic, kingdom, of."""
    words = [row["word"] for row in rows("country_formal")]
    declined = [form for row in rows("country_formal") if row["language"] == "ru" for form in cases(row["word"])]
    return frozenset(key(word) for word in (*words, *declined))


@cache
def trap(kind: str) -> frozenset[str]:
    """Return the words of one kind that are easily misread.

    ``shared``: names of two countries that only their other words, those of ``tells_apart``, tell from each other.
    ``no_adjective``: the first letters of words of formal names that look like the adjective of a country.
    """
    return frozenset(key(row["word"]) for row in rows("country_traps") if row["trap"] == kind)


@cache
def admin_words() -> frozenset[str]:
    """Return the words that say what kind of part a part of a country is, Russian ones in their cases: oblast, province."""
    declined = [form for row in rows("admin_words") if row["language"] == "ru" for form in cases(row["word"])]
    return frozenset(key(word) for word in (*(row["word"] for row in rows("admin_words")), *declined))
