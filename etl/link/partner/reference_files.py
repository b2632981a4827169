"""Lists of organisations as ROR publishes them -> one plain record each: the zip of a dump, its JSON or CSV, or an extract.

Both schemas of ROR are read, version 1 (``name``, ``aliases``, ``labels``) and version 2 (``names`` with their types). A dump of
a hundred thousand organisations is read record by record, so that memory holds only what is kept.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import orjson

from etl.errors import RefusedFile
from etl.link.partner.json_values import LARGEST, Broken, TooLarge, values

SUFFIXES = (".json", ".json.gz", ".jsonl", ".jsonl.gz", ".csv", ".csv.gz", ".zip")
#: Delimiters of a CSV, the usual one first; a Russian Excel writes semicolons.
_DELIMITERS = ",;\t"
#: One name in a cell of a published CSV: 'de: Universität Wien', 'no_lang_code: TUHH'.
_IN_LANGUAGE = re.compile(r"(?:no_lang_code|([a-z]{2,3})):\s+(.*)", re.DOTALL)
_CLOSED = {"inactive", "withdrawn"}
_DAMAGE = (OSError, ValueError, EOFError, csv.Error, zipfile.BadZipFile, zlib.error)


class Listed(NamedTuple):
    """One organisation of a list: the id without its address, all names with their language, country as alpha-2."""

    id: str
    name: str
    names: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    city: str
    country: str


_Reader = Callable[[dict[str, Any]], Listed]


class Skipped(NamedTuple):
    """A record of a list that could not be read: its number in the file, counted from 1, its id where it has one, and why.

    ``is_rest`` tells that nothing behind it could be read either.
    """

    position: int
    id: str
    why: str
    is_rest: bool = False

    @property
    def said(self) -> str:
        """Return what to tell a person."""
        return f"Record {self.position}{f' ({self.id})' if self.id else ''} was not read: {self.why}"


def listed(path: Path, skipped: list[Skipped]) -> Iterator[Listed]:
    """Yield the organisations of the file at ``path``; add to ``skipped`` the records that are broken.

    Raises:
        RefusedFile: it is no such list, or no record of it can be read.
    """
    read = position = 0
    fault: Exception | None = None
    try:
        with _opened(path) as (name, file):
            for position, (reader, record) in enumerate(_records(name, file), 1):
                each = _read(reader, record, position)
                if isinstance(each, Skipped):
                    skipped.append(each)
                elif each is not None:
                    yield each
                    read += 1
    except _DAMAGE as error:
        fault = error
        skipped.append(Skipped(position + 1, "", f"the file is damaged there ({error!r}), and what follows cannot be read", is_rest=True))
    if isinstance(fault, TooLarge) or (skipped and not read):
        why = repr(fault) if fault else skipped[0].said
        form = "is no list of organisations in the format of ROR (zip, JSON or CSV)"
        raise RefusedFile("unreadable", f"{path.name} {form}: {why}, after {read} organisations") from fault


def _read(reader: _Reader, record: Any, position: int) -> Listed | Skipped | None:
    """Return what ``record`` says, None where the organisation is closed."""
    if isinstance(record, Broken):
        return Skipped(position, record.id, record.why, record.is_rest)
    if not isinstance(record, dict):
        return Skipped(position, "", f"it is no object but {str(record)[:40]!r}")
    try:
        if record.get("status") in _CLOSED:
            return None
        return _whole(reader(record))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        why = f"it has no {error.args[0]!r}" if isinstance(error, KeyError) else f"it is not built like a record of ROR ({error})"
        return Skipped(position, str(record.get("id") or ""), why)


def _whole(one: Listed) -> Listed:
    """Return ``one``, every part of which is text.

    Raises:
        ValueError: a part is missing that cannot be.
    """
    if not (one.id and one.name):
        raise ValueError("no id or no name")
    if not all(isinstance(each, str) for each in (one.name, one.city, one.country, *(part for name in one.names for part in name))):
        raise ValueError("a name, the city or the country is no text")
    return one


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
    if best.file_size > LARGEST:
        raise ValueError(f"{best.filename} is larger than {LARGEST >> 30} GiB")
    return best


def _records(name: str, file: TextIO) -> Iterator[tuple[_Reader, Any]]:
    """Yield every record of the file, and how to read it."""
    if name.lower().endswith((".json", ".jsonl")):
        for value in values(file):
            yield from ((_of_json, record) for record in _several(value))
    else:
        header = file.readline()
        delimiter = next((each for each in _DELIMITERS if {"id"} & set(next(csv.reader([header], delimiter=each), ()))), ",")
        lines = csv.DictReader(chain((header,), file), delimiter=delimiter)
        read = _reader(lines.fieldnames or ())
        yield from ((read, line) for line in lines)


def _several(value: Any) -> Iterable[Any]:
    """Return the records of one JSON value: a record, a list of them, or the answer of the web service with its ``items``."""
    inside = value.get("items", [value]) if isinstance(value, dict) else value
    return inside if isinstance(inside, list) else [value]


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


def _reader(columns: Iterable[str]) -> _Reader:
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
