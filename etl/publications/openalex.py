"""Works of OpenAlex as its API gives them: one object a line, a list, or pages with ``results``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from etl.publications.entry import Address, Entry
from etl.publications.parts import Parts

_RESULTS = re.compile(r'"results"\s*:\s*\[')
_MOST = 64 << 20
_BROKEN = "it is not JSON"
_CUT = "the file ends within it; it may be cut off"


def jsonl(lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
    """Yield the works of a file with one object a line; a line that is none costs only itself."""
    number = 0
    for at, line in lines:
        if not line.strip():
            continue
        number += 1
        yield _parsed(number, at, line)


def _parsed(number: int, line: int, text: str) -> Entry:
    try:
        return _entry(number, line, orjson.loads(text))
    except orjson.JSONDecodeError as error:
        fault = f"{_BROKEN}: {error}" if text.endswith(("\n", "}")) else _CUT
        return Entry(number, line, {"line": text[:2000].strip()}, fault=fault)


def document(lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
    """Yield the works of a list or of pages with ``results``, however the document is broken into lines.

    Where an object cannot be read, what follows cannot be told apart any more: the reading ends with a fault.
    """
    text, number, at = "", 0, 0
    decoder = json.JSONDecoder()
    waiting = iter(lines)
    inside = False
    while True:
        start = _next_object(text, inside)
        if start >= 0:
            try:
                _, end = decoder.raw_decode(text, start)
            except (ValueError, RecursionError):
                pass
            else:
                number, inside, work, text = number + 1, True, text[start:end], text[end:]
                yield _parsed(number, at, work)
                continue
        if inside and text.lstrip()[:1] == "]":
            # The end of a page; another may follow.
            inside, text = False, text.lstrip()[1:]
        block = list(_some(waiting))
        if not block or len(text) > _MOST:
            if inside or start >= 0:
                yield Entry(number + 1, at, {"line": text[:2000].strip()}, fault=_CUT if len(text) <= _MOST else _BROKEN)
            return
        at = block[-1][0]
        text += "".join(line for _, line in block)


def _next_object(text: str, inside: bool) -> int:
    """Return where the next work begins; -1 when it is not there yet."""
    if inside:
        found = re.match(r"\s*,?\s*(?=\{)", text)
        return found.end() if found else -1
    if found := _RESULTS.search(text):
        after = re.compile(r"\s*(?=\{)").match(text, found.end())
        return after.end() if after else -1
    bare = re.match(r"\s*(?:\[\s*)?(?=\{)", text)
    return bare.end() if bare and '"results"' not in text[:4096] and '"meta"' not in text[:200] else -1


def _some(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    size = 0
    for line in lines:
        yield line
        size += len(line[1])
        if size > 1 << 20:
            return


def _entry(number: int, line: int, work: Any) -> Entry:
    if not isinstance(work, dict):
        return Entry(number, line, {"line": str(work)[:200]}, fault="it is no object of OpenAlex")
    told = Parts(work)
    people = list(map(_person, told.objects("authorships")))
    addresses = tuple(dict.fromkeys(each for person in people for each in person.addresses if each.text or each.country))
    fields = {name: text for name, text in _fields(told, people, addresses) if text}
    return Entry(number, line, fields, addresses, lost=", ".join(f"{name} ({told.lost[name]})" for name in sorted(told.lost)))


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    countries: tuple[str, ...]
    addresses: tuple[Address, ...]


def _person(said: Parts) -> _Person:
    name = said.part("author").text("display_name")
    countries = tuple(said.texts("countries"))
    known = said.objects("institutions")
    found = [Address(one.text("display_name"), one.text("country_code"), one.text("ror")) for one in known]
    if not known:
        only = countries[0] if len(countries) == 1 else ""
        raw = said.texts("raw_affiliation_strings") or [said.text("raw_affiliation_string")]
        found = [Address(" ".join(text.split()), only) for text in raw if text] or [Address("", code) for code in countries]
    return _Person(name, countries, tuple(found))


def _fields(work: Parts, people: Sequence[_Person], addresses: Sequence[Address]) -> Iterator[tuple[str, str]]:
    place = work.part("primary_location")
    source = place.part("source")
    topic = work.part("primary_topic")
    yield "id", work.text("id")
    yield "doi", work.text("doi")
    yield "title", work.text("title") or work.text("display_name")
    yield "publication_year", work.text("publication_year")
    yield "publication_date", work.text("publication_date")
    yield "type", work.text("type")
    name = (source if source else work.part("host_venue")).text("display_name")
    yield "primary_location.source.display_name", name
    yield "primary_location.landing_page_url", place.text("landing_page_url")
    yield "authorships.author.display_name", "|".join(each.name for each in people[:20])
    yield "authorships.institutions.display_name", " | ".join(dict.fromkeys(each.text for each in addresses if each.text))
    yield "authorships.countries", "|".join(dict.fromkeys(code for each in people for code in each.countries))
    yield "primary_topic.subfield.display_name", topic.part("subfield").text("display_name")
    yield "primary_topic.field.display_name", topic.part("field").text("display_name")
    yield "keywords.display_name", "|".join(each.text("display_name") for each in work.objects("keywords"))
    yield "biblio.first_page", work.part("biblio").text("first_page")
