"""Organisations that are known by all their names: our own list, and lists of others in the format of ROR."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from etl.link.partner.names import is_acronym
from etl.link.partner.reference_files import Listed, Skipped, listed
from etl.link.partner.words import alpha_3
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
    ``reference_id`` is its id in the list that an office added, empty when no such list has it.
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
    reference_id: str = ""

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


def load_reference(path: Path, skipped: list[Skipped] | None = None) -> list[Organisation]:
    """Return the organisations of a list in the format of ROR: the zip, JSON or CSV of a dump, or an extract of it.

    The partner ids become ``org-ror-<id>``, the ids of the list stay in ``reference_id``. Closed organisations are left out.
    Records that are broken are added to ``skipped``.

    Raises:
        RefusedFile: the file is none of these, or no record of it can be read.
    """
    return [_foreign(each) for each in listed(path, [] if skipped is None else skipped)]


def _foreign(one: Listed) -> Organisation:
    known = {"name_en": "", "name_ru": "", "name_zh": ""}
    for value, language in one.names:
        column = _INSTITUTION_WORDS.get(language)
        if column and not known[column] and (" " in value or not is_acronym(value)):
            known[column] = value
    return Organisation(
        id=f"org-ror-{one.id}",
        name=one.name,
        **known,
        kind=next((_ROR_KINDS[each] for each in _ROR_KINDS if each in one.kinds), "other"),
        city=one.city,
        country=alpha_3().get(one.country, one.country),
        aliases=tuple(dict.fromkeys(_clean(value) for value, _ in one.names)),
        reference_id=one.id,
    )


def _clean(name: str) -> str:
    """Clean a name at little cost: almost every one of a hundred thousand is clean as it stands."""
    return name if name.isascii() and name.isprintable() and "  " not in name and "`" not in name and name == name.strip() else clean(name)


def merged(own: Organisation, other: Organisation) -> Organisation:
    """Return ``own`` with what ``other`` says beside it.

    >>> merged(Organisation("org-a", "A University"), Organisation("org-b", "A Uni", city="A", reference_id="b")).aliases
    ('A Uni',)
    """
    return replace(
        own,
        name_ru=own.name_ru or other.name_ru,
        name_zh=own.name_zh or (other.name_zh if script(other.name_zh) == "han" else ""),
        city=own.city or other.city,
        aliases=tuple(dict.fromkeys((*own.aliases, *other.names))),
        reference_id=own.reference_id or other.reference_id,
    )
