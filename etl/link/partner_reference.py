"""Organisations that are known by all their names: our own list, and lists of others in the format of ROR."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from etl.errors import RefusedFile
from etl.link.names import is_acronym
from etl.link.partner_words import alpha_3
from etl.reference import rows
from etl.text import clean, script

#: Kinds of ROR -> our kinds; the first that applies.
_ROR_KINDS = {
    "education": "university",
    "company": "company",
    "government": "government",
    "facility": "institute",
    "healthcare": "other",
    "archive": "other",
    "nonprofit": "other",
    "funder": "other",
}
_INSTITUTION_WORDS = {"en": "name_en", "ru": "name_ru", "zh": "name_zh"}


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation under all names that are known of it.

    ``id`` is the partner id; ``aliases`` are further names and acronyms, ``parent`` the partner id of its academy or group.
    """

    id: str
    name: str
    name_en: str = ""
    name_ru: str = ""
    name_zh: str = ""
    kind: str = "other"
    city: str = ""
    country: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name once, the one to show first."""
        return tuple(dict.fromkeys(name for name in (self.name, self.name_en, self.name_ru, self.name_zh, *self.aliases) if name))


@cache
def organisations() -> tuple[Organisation, ...]:
    """Return our own list, in the order of the file.

    >>> any(each.id == "org-tu-graz" for each in organisations())
    True
    """
    return tuple(map(_own, rows("organisations")))


def _own(row: dict[str, str]) -> Organisation:
    aliases = tuple(alias for alias in (row["name_native"], *row["aliases"].split("|")) if alias)
    return Organisation(
        id=f"org-{row['org_id']}",
        name=row["name_en"] or row["name_native"],
        name_en=row["name_en"],
        name_ru=row["name_ru"],
        name_zh=row["name_zh"],
        kind=row["kind"],
        city=row["city"],
        country=row["country_code"],
        parent=f"org-{row['parent']}" if row["parent"] else "",
        aliases=aliases,
    )


def load_reference(path: Path) -> list[Organisation]:
    """Return the organisations of a list in the format of ROR: CSV (also gzipped) or the JSON of a ROR dump or record.

    The CSV has the columns ``id, display, country, city, types, names_json``; the ids become ``org-ror-<id>``.

    Raises:
        RefusedFile: the file is neither.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            is_json = path.name.removesuffix(".gz").endswith(".json")
            return list(_from_json(json.load(file)) if is_json else _from_csv(csv.DictReader(file)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, csv.Error) as error:
        raise RefusedFile(
            "not_readable", f"{path.name} is no list of organisations in the format of ROR (CSV or JSON): {error!r}"
        ) from error


def _from_csv(lines: Iterable[dict[str, str]]) -> Iterator[Organisation]:
    for line in lines:
        names = [(value, language or "", types) for value, language, types in json.loads(line["names_json"])]
        yield _foreign(line["id"], line["display"], (line["country"], line["city"], line["types"].split("|")), names)


def _from_json(content: Any) -> Iterator[Organisation]:
    for record in content if isinstance(content, list) else [content]:
        names = [(name["value"], name.get("lang") or "", "+".join(name.get("types", ()))) for name in record["names"]]
        display = next((value for value, _, types in names if "ror_display" in types), names[0][0])
        place = record["locations"][0]["geonames_details"] if record.get("locations") else {}
        where = (place.get("country_code", ""), place.get("name", ""), record.get("types", []))
        yield _foreign(record["id"].rsplit("/", 1)[-1], display, where, names)


def _foreign(number: str, display: str, where: tuple[str, str, list[str]], names: list[tuple[str, str, str]]) -> Organisation:
    country, city, types = where
    known = {"name_en": "", "name_ru": "", "name_zh": ""}
    for value, language, _ in names:
        column = _INSTITUTION_WORDS.get(language)
        if column and not known[column] and not is_acronym(value):
            known[column] = value
    return Organisation(
        id=f"org-ror-{number}",
        name=display,
        **known,
        kind=next((_ROR_KINDS[each] for each in _ROR_KINDS if each in types), "other"),
        city=city,
        country=alpha_3().get(country, country),
        aliases=tuple(dict.fromkeys(clean(value) for value, _, _ in names)),
    )


def merged(own: Organisation, other: Organisation) -> Organisation:
    """Return ``own`` with what ``other`` says beside it.

    >>> merged(Organisation("org-a", "A University"), Organisation("org-b", "A Uni", city="A")).aliases
    ('A Uni',)
    """
    return replace(
        own,
        name_ru=own.name_ru or other.name_ru,
        name_zh=own.name_zh or (other.name_zh if script(other.name_zh) == "han" else ""),
        city=own.city or other.city,
        aliases=tuple(dict.fromkeys((*own.aliases, *other.names))),
    )
