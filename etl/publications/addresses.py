"""The affiliations of a work as an export writes them -> one text per organisation, with the country it ends in."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping

from etl.errors import Unreadable, Unsure
from etl.publications.entry import Address
from etl.records import Read

_NAMES = re.compile(r"\[[^\]]*\]\s*")
_SEMICOLON = re.compile(r"\s*;\s*")
_BAR = re.compile(r"\s*\|\s*")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.[\s-]?)+(?:[^\W\d_]{1,2})?|[A-ZА-Я]{1,3}")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\.\s*(?:\n|;\s*|$)")
_NOT_NAME = re.compile(r"\d+\S*|\b[A-Z]{2}\b|\S*@\S*")


def addresses_of(said: Mapping[str, str], format_: str) -> tuple[Address, ...]:
    """Return the organisations that the parts of an entry state, each once, in their order."""
    if format_ == "openalex_csv":
        found = _openalex(said)
    elif format_ in ("wos_tab", "wos_text"):
        found = [*_wos(said.get("addresses", "")), *map(Address, _SEMICOLON.split(said.get("organisations", "")))]
    elif "addresses" in said:
        found = [*_wos(said["addresses"])]
    else:
        found = [*_with_authors(said.get("author_addresses", ""))]
    return tuple(dict.fromkeys(each for each in found if each.text or each.country))


def _wos(text: str) -> Iterator[Address]:
    """Yield the addresses of '[Ivanov, I; Li, W] Univ A, City, Country; [Li, W] Univ B, City, Country.'"""
    for sentence in _SENTENCE.split(_NAMES.sub("", text)) if "\n" in text else [_NAMES.sub("", text)]:
        for part in _SEMICOLON.split(sentence):
            if plain := part.strip().rstrip("."):
                yield Address(plain)


def _with_authors(text: str) -> Iterator[Address]:
    """Yield the addresses of 'Ivanov I., Univ A, City, Country; Li, W., Univ B, City, Country'."""
    for part in _SEMICOLON.split(text):
        segments = part.split(", ")
        start = 2 if len(segments) > 2 and _INITIALS.fullmatch(segments[1].strip()) else 1
        if len(segments) > start:
            yield Address(", ".join(segments[start:]).strip().rstrip("."))


def _openalex(said: Mapping[str, str]) -> list[Address]:
    names, rors, codes = (_flat(said.get(each, "")) for each in ("institutions", "rors", "institution_countries"))
    # Only lists of one length can be told to run in step; a shorter one lost its blanks in the export.
    rors = rors if len(rors) == len(names) else [""] * len(names)
    codes = codes if len(codes) == len(names) else [""] * len(names)
    found = [Address(*each) for each in zip(names, codes, rors, strict=True)] or list(map(Address, _flat(said.get("addresses", ""))))
    stated = {each.country for each in found}
    return found + [Address("", code) for code in dict.fromkeys(_flat(said.get("countries", ""))) if code not in stated]


def _flat(text: str) -> list[str]:
    """Return the values of a cell; a list within the list is written as '["A", "B"]' or 'A;B' by some exports."""
    found: list[str] = []
    for part in _BAR.split(text.strip()):
        try:
            inner = ast.literal_eval(part) if part.startswith("[") and part.endswith("]") and len(part) < 100_000 else part
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            inner = part
        found += [str(each) for each in inner] if isinstance(inner, list) else [part] if part else []
    return found


def country_of(address: str, country: Callable[[str], Read]) -> str:
    """Return the code of the country that ``address`` ends in, an empty text when it ends in none.

    >>> from etl.normalise.countries import country
    >>> [country_of(f"Univ A, {text}", country) for text in ("Graz, Austria", "Wuhan 430074, Peoples R China", "Cambridge, MA 02139 USA")]
    ['AUT', 'CHN', 'USA']
    >>> country_of("Institute of Physics, Department of Optics", country)
    ''
    """
    segments = [each.strip(" .;") for each in re.split(r"[,，]", address) if each.strip(" .;")]
    last = segments[-1] if segments else ""
    bare = _NOT_NAME.sub(" ", last).strip(" .")
    for text in dict.fromkeys((last, bare, last.split(" ")[-1] if len(segments) > 1 else "")):
        if not text or len(text) > 60:
            continue
        try:
            return country(text).value
        except (Unreadable, Unsure):
            continue
    return ""
