"""All names of countries and of what is not one: the tables behind :func:`etl.normalise.countries.country`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from babel import Locale, localedata

from etl.reference import rows
from etl.text import fold

#: The languages whose CLDR names come before all others: where a name means two countries, these decide.
FIRST = ("en", "ru", "zh", "zh_Hant")
#: CLDR's groups among its territories; its other groups have UN M49 numbers for codes.
_GROUPS = ("EU", "EZ", "UN")


@cache
def alpha_3() -> dict[str, str]:
    """Return the alpha-3 code of each alpha-2 code; GB is also written UK, and Greece EL."""
    return {row["alpha_2"]: row["alpha_3"] for row in rows("countries")} | {"UK": "GBR", "EL": "GRC"}


@cache
def state_of() -> dict[str, str]:
    """Return the state of each code: its own code, or that of the state it is a territory of."""
    return {row["alpha_3"]: row["state"] or row["alpha_3"] for row in rows("countries")}


@cache
def exact() -> dict[str, tuple[str, str]]:
    """Return the folded names of aliases, of CLDR in the first languages and of the UN: each with its code and rule."""
    found: dict[str, tuple[str, str]] = {fold(row["alias"]): (row["alpha_3"], "alias") for row in rows("country_aliases")}
    for language in FIRST:
        for code, name in Locale.parse(language).territories.items():
            if code in alpha_3():
                found.setdefault(fold(name), (alpha_3()[code], "CLDR name"))
    for row in rows("country_names"):
        found.setdefault(fold(row["name"]), (row["alpha_3"], "UN name"))
    return found


@cache
def other_languages() -> dict[str, str]:
    """Return the folded CLDR names of all locales that mean one country only; takes a second, so only asked when needed."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, name in _everywhere():
        if code in alpha_3() and len(key := fold(name)) > 2:
            found[key].add(alpha_3()[code])
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1 and key not in not_countries()}


def _everywhere() -> Iterator[tuple[str, str]]:
    for identifier in sorted(localedata.locale_identifiers()):
        language, last = identifier.split("_")[0], identifier.split("_")[-1]
        if last != language and len(last) == 2 and last.isupper() and language not in ("zh", "pt", "es"):
            continue  # a language names territories alike in all its countries, but for these few
        yield from localedata.load(identifier).get("territories", {}).items()


@cache
def regions() -> frozenset[str]:
    """Return the folded CLDR names of continents, regions and groups in all locales."""
    names = {fold(name) for code, name in _everywhere() if code.isdigit() or code in _GROUPS}
    return frozenset(names - set(exact()) - {""})


@cache
def first_regions() -> frozenset[str]:
    """Return the folded names of regions and groups in the first languages only, and those of the reference file."""
    territories = (item for language in FIRST for item in Locale.parse(language).territories.items())
    return frozenset(fold(name) for code, name in territories if code.isdigit() or code in _GROUPS) | not_countries()


@cache
def not_countries() -> frozenset[str]:
    """Return the folded names of regions, groups, totals and organisations that the reference file lists."""
    return frozenset(fold(row["name"]) for row in rows("not_countries"))


@cache
def historic() -> dict[str, tuple[str, ...]]:
    """Return the folded names of states that are no more, with their successors."""
    return {fold(row["name"]): tuple(row["successor"].split("|")) for row in rows("country_historic")}


@cache
def parts() -> dict[str, str]:
    """Return the folded names of subdivisions and large cities with the state ISO 3166-2 puts them in."""
    found = {fold(row["name"]): row["alpha_3"] for row in rows("country_parts")}
    return found | {fold(row["name"]): row["alpha_3"] for row in rows("country_places")}


@cache
def word_forms() -> dict[str, str]:
    """Return the short forms of words in English names of states: 'rep' is republic."""
    return {fold(row["word"]) or row["word"]: row["meaning"] for row in rows("country_words")}


@cache
def formal_words() -> frozenset[str]:
    """Return the folded words of formal names that do not tell the country: republic, kingdom, of."""
    return frozenset(fold(row["word"]) for row in rows("country_formal"))


@cache
def trap(kind: str) -> frozenset[str]:
    """Return the folded words of one kind that are easily misread.

    ``shared``: names of two countries that only their other words, those of ``tells_apart``, tell from each other.
    ``no_adjective``: the first letters of words of formal names that look like the adjective of a country.
    """
    return frozenset(fold(row["word"]) for row in rows("country_traps") if row["trap"] == kind)


@cache
def admin_words() -> frozenset[str]:
    """Return the folded words that say what kind of part a part of a country is: oblast, province."""
    return frozenset(fold(row["word"]) for row in rows("admin_words"))


_CONNECTING = frozenset(("of", "the", "and", "et", "y", "und", "e", "и", "la", "le", "les", "de", "el", "los", "las", "du", "des"))


def bag(text: str) -> tuple[str, ...]:
    """Return the words of a name in one form, without order: 'Iran, Isl. Rep. of' is 'Islamic Republic of Iran'.

    >>> bag("Korea, Dem. People's Rep. of")
    ('democratic', 'korea', 'people', 'republic')
    """
    words = " ".join(word_forms().get(word, word) for word in fold(text).replace("p r ", "pr ").split())
    return tuple(sorted(word for word in words.split() if word not in _CONNECTING))


@cache
def bags() -> dict[tuple[str, ...], str]:
    """Return the words of every exact name that has more than one word and means one country only."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, (code, _) in exact().items():
        if len(words := bag(name)) > 1:
            found[words].add(code)
    return {words: next(iter(codes)) for words, codes in found.items() if len(codes) == 1}


@cache
def historic_bags() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the words of the historic names that have two words that tell something."""
    return {words: successors for name, successors in historic().items() if len(words := bag(name)) > 1}


@cache
def joined() -> dict[str, str]:
    """Return the exact names of eight letters or more without their blanks: 'UnitedStates'."""
    return {key: code for name, (code, _) in exact().items() if " " in name and len(key := name.replace(" ", "")) > 7}
