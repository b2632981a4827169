"""Works of OpenAlex as its API gives them: one object a line, a list, or pages with ``results``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from etl.publications.entry import Address, Entry

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
    try:
        return Entry(number, line, {name: text for name, text in _fields(work) if text}, tuple(_addresses(work)))
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        return Entry(number, line, {"id": str(work.get("id", ""))}, fault=f"it is not built like a work of OpenAlex: {error}")


def _fields(work: dict[str, Any]) -> Iterator[tuple[str, str]]:
    place = work.get("primary_location") or {}
    source = place.get("source") or work.get("host_venue") or {}
    topic = work.get("primary_topic") or {}
    people = work.get("authorships") or ()
    yield "id", work.get("id") or ""
    yield "doi", work.get("doi") or ""
    yield "title", work.get("title") or work.get("display_name") or ""
    yield "publication_year", str(work.get("publication_year") or "")
    yield "publication_date", work.get("publication_date") or ""
    yield "type", work.get("type") or ""
    yield "primary_location.source.display_name", source.get("display_name") or ""
    yield "primary_location.landing_page_url", place.get("landing_page_url") or ""
    yield "authorships.author.display_name", "|".join((each.get("author") or {}).get("display_name") or "" for each in people[:20])
    yield "authorships.institutions.display_name", " | ".join(dict.fromkeys(each.text for each in _addresses(work) if each.text))
    yield "authorships.countries", "|".join(dict.fromkeys(code for each in people for code in each.get("countries") or ()))
    yield "primary_topic.subfield.display_name", (topic.get("subfield") or {}).get("display_name") or ""
    yield "primary_topic.field.display_name", (topic.get("field") or {}).get("display_name") or ""
    yield "keywords.display_name", "|".join(each.get("display_name") or "" for each in work.get("keywords") or ())
    yield "biblio.first_page", str((work.get("biblio") or {}).get("first_page") or "")


def _addresses(work: dict[str, Any]) -> Iterator[Address]:
    seen = set()
    for person in work.get("authorships") or ():
        known = person.get("institutions") or ()
        found = [Address(one.get("display_name") or "", one.get("country_code") or "", one.get("ror") or "") for one in known]
        if not known:
            countries = list(person.get("countries") or ())
            only = countries[0] if len(countries) == 1 else ""
            raw = person.get("raw_affiliation_strings") or [person.get("raw_affiliation_string") or ""]
            found = [Address(" ".join(text.split()), only) for text in raw if text] or [Address("", code) for code in countries]
        for each in found:
            if each not in seen and (each.text or each.country):
                seen.add(each)
                yield each
