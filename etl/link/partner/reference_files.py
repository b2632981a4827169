"""Lists of organisations as ROR publishes them -> one plain record each: the zip of a dump, its JSON or CSV, or an extract.

Both schemas of ROR are read, version 1 (``name``, ``aliases``, ``labels``) and version 2 (``names`` with their types). A dump of
a hundred thousand organisations is read record by record, so that memory holds only what is kept.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import orjson

from etl.errors import RefusedFile

SUFFIXES = (".json", ".json.gz", ".jsonl", ".jsonl.gz", ".csv", ".csv.gz", ".zip")
#: More characters than this are no list of organisations; unpacking them would only fill the memory.
_LARGEST = 2 << 30
_CHUNK = 4 << 20
_BETWEEN = re.compile(r"[\s,]*")
_OPENING = re.compile(r"\s*\[")
_ARRAY_OF_LINES = re.compile(r"(\s*\[)\r?\n([ \t]*)\{\r?\n")
#: One name in a cell of a published CSV: 'de: Universität Wien', 'no_lang_code: TUHH'.
_IN_LANGUAGE = re.compile(r"(?:no_lang_code|([a-z]{2,3})):\s+(.*)", re.DOTALL)
_CLOSED = {"inactive", "withdrawn"}


class Listed(NamedTuple):
    """One organisation of a list: the id without its address, all names with their language, country as alpha-2."""

    id: str
    name: str
    names: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    city: str
    country: str


def listed(path: Path) -> Iterator[Listed]:
    """Yield the organisations of the file at ``path``.

    Raises:
        RefusedFile: it is no such list, or it is damaged.
    """
    read = 0
    try:
        with _opened(path) as (name, file):
            for each in _records(name, file):
                if not (each.id and each.name):
                    raise ValueError("an organisation has no id or no name")
                yield each
                read += 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, EOFError, csv.Error, zipfile.BadZipFile) as error:
        raise RefusedFile(
            "unreadable",
            f"{path.name} is no list of organisations in the format of ROR (zip, JSON or CSV): {error!r}, after {read} organisations",
        ) from error


@contextmanager
def _opened(path: Path) -> Iterator[tuple[str, TextIO]]:
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            member = _best(archive)
            with archive.open(member) as packed, io.TextIOWrapper(packed, "utf-8-sig", newline="") as file:
                yield member.filename, file
    elif path.suffix.lower() == ".gz":
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
            yield path.stem, file
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield path.name, file


def _best(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the member to read: JSON before CSV, which leaves names out, and the newer schema before the older."""
    members = [each for each in archive.infolist() if each.filename.lower().endswith((".json", ".csv")) and "__MACOSX" not in each.filename]
    if not members:
        raise ValueError("the zip holds neither JSON nor CSV")
    best = min(members, key=lambda each: (not each.filename.endswith(".json"), "schema_v2" not in each.filename, each.filename))
    if best.file_size > _LARGEST:
        raise ValueError(f"{best.filename} is larger than {_LARGEST >> 30} GiB")
    return best


def _records(name: str, file: TextIO) -> Iterator[Listed]:
    if name.lower().endswith((".json", ".jsonl")):
        for record in _values(file):
            yield from map(_of_json, _several(record))
    else:
        lines = csv.DictReader(file)
        read = _reader(lines.fieldnames or ())
        yield from map(read, filter(_is_open, lines))


def _several(value: Any) -> Iterable[dict[str, Any]]:
    """Return the records of one JSON value: a record, a list of them, or the answer of the web service with its ``items``."""
    inside = value.get("items", [value]) if isinstance(value, dict) else value
    return (record for record in inside if _is_open(record))


def _is_open(record: dict[str, Any]) -> bool:
    return record.get("status") not in _CLOSED


def _values(file: TextIO) -> Iterator[Any]:
    """Yield the elements of the array in ``file``, or the values that stand in it one after another, never holding all."""
    text = file.read(_CHUNK)
    if opening := _ARRAY_OF_LINES.match(text):
        yield from _by_lines(text[opening.end(1) :], f"\n{opening.group(2)}}}", file)
    else:
        yield from _one_by_one(text, file)


def _by_lines(text: str, end: str, file: TextIO) -> Iterator[Any]:
    """Yield the objects of an array that is printed as dumps are: each ends with a brace as far in as the first began."""
    for more in chain(_chunks(file), ("",)):
        *whole, text = (text + more).split(end)
        for one in whole:
            yield orjson.loads(one.lstrip(", \r\n\t") + "}")
    if text.strip() != "]":
        raise ValueError(f"broken near {text[:40]!r}")


def _chunks(file: TextIO) -> Iterator[str]:
    total = 0
    while more := file.read(_CHUNK):
        total += len(more)
        if total > _LARGEST:
            raise ValueError(f"larger than {_LARGEST >> 30} GiB")
        yield more


def _one_by_one(text: str, file: TextIO) -> Iterator[Any]:
    decode, chunks, at = json.JSONDecoder().raw_decode, _chunks(file), 0
    if opening := _OPENING.match(text):
        at = opening.end()
    while True:
        if between := _BETWEEN.match(text, at):
            at = between.end()
        try:
            value, at = decode(text, at)
        except ValueError:
            more = next(chunks, "")
            if not more:
                break
            text, at = text[at:] + more, 0
            continue
        yield value
    if text[at:].strip() not in ("", "]"):
        raise ValueError(f"broken near {text[at : at + 40]!r}")


def _of_json(record: dict[str, Any]) -> Listed:
    number = record["id"].rsplit("/", 1)[-1]
    if "names" in record:
        names = [(each["value"], each.get("lang") or "") for each in record["names"]]
        shown = next((each["value"] for each in record["names"] if "ror_display" in each.get("types", ())), names[0][0])
        place = record["locations"][0]["geonames_details"] if record.get("locations") else {}
        city, country = place.get("name") or "", place.get("country_code") or ""
    else:
        shown = record["name"]
        names = [(shown, ""), *((each["label"], each.get("iso639") or "") for each in record.get("labels", ()))]
        names += [(each, "") for each in (*record.get("aliases", ()), *record.get("acronyms", ()))]
        address = (record.get("addresses") or [{}])[0]
        city = (address.get("geonames_city") or {}).get("city") or address.get("city") or ""
        country = (record.get("country") or {}).get("country_code") or ""
    return Listed(number, shown, tuple(names), tuple(map(str.lower, record.get("types", ()))), city, country)


def _reader(columns: Iterable[str]) -> Callable[[dict[str, str]], Listed]:
    """Return how to read a row, told by the names of the columns."""
    here = set(columns)
    for needed, read in (
        ({"id", "display", "names_json"}, _of_extract),
        ({"id", "names.types.ror_display"}, _of_second_csv),
        ({"id", "name"}, _of_first_csv),
    ):
        if needed <= here:
            return read
    if not here:  # an empty file lists nobody
        return _of_extract
    raise ValueError(f"no columns id and name, but {', '.join(sorted(map(str, here)))}")


def _of_extract(line: dict[str, str]) -> Listed:
    names = tuple((value, language or "") for value, language, _ in orjson.loads(line["names_json"]))
    return Listed(line["id"], line["display"], names, tuple(line["types"].split("|")), line["city"], line["country"])


def _of_second_csv(line: dict[str, str]) -> Listed:
    shown = _in_cell(line["names.types.ror_display"])[0]
    others = [name for kind in ("label", "alias", "acronym") for name in _in_cell(line.get(f"names.types.{kind}") or "")]
    names = tuple(dict.fromkeys((*others, *([] if shown[0] in dict(others) else [shown]))))
    where = (line.get("locations.geonames_details.name") or "", line.get("locations.geonames_details.country_code") or "")
    return Listed(line["id"].rsplit("/", 1)[-1], shown[0], names, _kinds(line), *where)


def _of_first_csv(line: dict[str, str]) -> Listed:
    names = [(line["name"], ""), *_in_cell(line.get("labels") or ""), *_in_cell(line.get("aliases") or "")]
    names += _in_cell(line.get("acronyms") or "")
    city = line.get("addresses[0].geonames_city.name") or line.get("addresses[0].city") or line.get("city") or ""
    country = line.get("country.country_code") or line.get("country_code") or line.get("country") or ""
    return Listed(line["id"].rsplit("/", 1)[-1], line["name"], tuple(dict.fromkeys(names)), _kinds(line), city, country)


def _kinds(line: dict[str, str]) -> tuple[str, ...]:
    return tuple(each.strip().lower() for each in (line.get("types") or "").split(";"))


def _in_cell(cell: str) -> list[tuple[str, str]]:
    """Return the names in a cell of a published CSV, each with its language.

    >>> _in_cell("de: Universität Wien; no_lang_code: UW; Alma Mater")
    [('Universität Wien', 'de'), ('UW', ''), ('Alma Mater', '')]
    """
    found = []
    for part in filter(None, map(str.strip, cell.split(";"))):
        match = _IN_LANGUAGE.fullmatch(part)
        found.append((match.group(2).strip(), match.group(1) or "") if match else (part, ""))
    return found
