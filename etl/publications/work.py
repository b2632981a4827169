"""An entry -> a work: what each part of it says, whatever the export calls the part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from etl.errors import Unreadable
from etl.publications import keys
from etl.publications.addresses import addresses_of
from etl.publications.entry import Address, Entry
from etl.reference import rows
from etl.text import clean

_SEMICOLONS, _BARS = re.compile(r"\s*;\s*"), re.compile(r"\s*\|\s*")
_LISTS = ("categories", "broad", "keywords")
#: Names of the parts in the headers of all formats that are read alike.
FAMILY = {"wos_tab": "wos", "wos_text": "wos", "openalex_csv": "openalex", "openalex_jsonl": "openalex", "openalex_json": "openalex"}


@dataclass(frozen=True, slots=True)
class Work:
    """One work as one export states it; ``year`` is 0 where none is written. ``kind`` is journal, proceedings, ..., or empty."""

    title: str
    key: str
    year: int
    happened: str
    doi: str
    identifier: str
    venue: str
    link: str
    kind: str
    surnames: tuple[str, ...]
    page: str
    addresses: tuple[Address, ...]
    categories: tuple[str, ...]
    broad: tuple[str, ...]
    keywords: tuple[str, ...]


@cache
def headers(format_: str) -> tuple[str, ...]:
    """Return the headers of a format that are known, in the order in which they count."""
    return tuple(row["header"] for row in rows("publication_headers") if row["format"] == FAMILY.get(format_, format_))


@cache
def parts(format_: str) -> Mapping[str, str]:
    """Return the part that each header of a format feeds, by the header in lower case, the header that counts first before the others."""
    family = FAMILY.get(format_, format_)
    return {row["header"].casefold(): row["part"] for row in rows("publication_headers") if row["format"] == family}


def work(entry: Entry, format_: str, latest: int) -> Work:
    """Return what ``entry`` says.

    Raises:
        Unreadable: it has no title, or a year that no publication can have.
    """
    if entry.fault:
        raise Unreadable(entry.fault)
    said = _said(entry, format_)
    title = clean(said.get("title", ""))
    key = keys.title_key(title)
    if not key:
        raise Unreadable("it has no title")
    number = _year(said, latest)
    split = _BARS if FAMILY.get(format_) == "openalex" else _SEMICOLONS
    identified = keys.doi(said.get("doi", "")) or _doi_of_link(said.get("link", ""))
    lists = {each: tuple(dict.fromkeys(text for text in split.split(said.get(each, "")) if text)) for each in _LISTS}
    return Work(
        title=title,
        key=key,
        year=number,
        happened=keys.happened(number, said.get("date") or said.get("year", ""), said.get("month", "")) if number else "",
        doi=identified,
        identifier=clean(said.get("identifier", "")),
        venue=clean(said.get("venue", "")),
        link=_link(said.get("link", "")) or ("" if identified else _link(said.get("identifier", ""))),
        kind=_kind(said.get("type", "")),
        surnames=keys.surnames(said.get("authors", "")),
        page=said.get("page", "").split("-")[0].strip(),
        addresses=entry.addresses or addresses_of(said, format_),
        **lists,
    )


def _said(entry: Entry, format_: str) -> dict[str, str]:
    """Return the text of each part; where several headers feed one, the first that is filled in the order of the reference file."""
    named = {name.casefold(): text for name, text in entry.fields.items()}
    said: dict[str, str] = {}
    for header, part in parts(format_).items():
        if text := named.get(header):
            said.setdefault(part, text)
    return said


def _year(said: Mapping[str, str], latest: int) -> int:
    written = next((said[part] for part in ("year", "early", "date") if said.get(part)), "")
    return keys.year(written, latest) if written else 0


def _doi_of_link(link: str) -> str:
    return keys.doi(link) if "doi.org/" in link else ""


def _link(text: str) -> str:
    plain = text.split("; ")[0].strip()
    return plain if plain.startswith(("https://", "http://")) and " " not in plain else ""


@cache
def _kinds() -> Mapping[str, str]:
    return {row["text"]: row["class"] for row in rows("publication_types")}


def _kind(text: str) -> str:
    """Return the class of a document; of 'Article; Early Access' the first text that is known.

    >>> _kind("Article; Early Access"), _kind("Conference paper"), _kind("Erratum"), _kind("poem")
    ('journal', 'proceedings', 'none', '')
    """
    known = [_kinds()[part] for part in _SEMICOLONS.split(clean(text).casefold()) if part in _kinds()]
    return next((each for each in known if each == "none"), known[0] if known else "")
