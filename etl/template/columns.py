"""The columns, lists and texts of the empty workbook in one language; the facts stand in etl/reference/template_*.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from etl.normalise.countries import info
from etl.records import Kind
from etl.reference import rows
from etl.words.collation import sort_key

LANGUAGES = ("en", "ru", "zh")
#: What a column takes: any text, a date, the end of a term, one of a list, several of a list, a whole number, a web address.
Form = Literal["text", "date", "end", "one", "many", "number", "link"]
_CODES = {"agreement_types": "agreement_types", "outcome_types": "outcome_types", "events": "events", "fields": "ford"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet of one kind; ``width`` is in characters, ``choices`` names a list or is empty."""

    field: str
    form: Form
    choices: str
    width: int
    needed: bool
    header: str
    note: str
    example: str


def columns(kind: Kind, language: str) -> tuple[Column, ...]:
    """Return the columns of a kind, in the order of the sheet."""
    return tuple(
        Column(
            row["field"], cast(Form, row["form"]), row["list"], int(row["width"]), row["needed"] == "y",
            row[f"header_{language}"], row[f"note_{language}"], row[f"example_{language}"],
        )
        for row in rows("template_columns")
        if row["kind"] == kind
    )  # fmt: skip


def words(language: str) -> Mapping[str, str]:
    """Return every other text by its key."""
    return {row["key"]: row[language] for row in rows("template_words")}


def mark(language: str) -> str:
    """Return the text by which the reader knows a sheet of the template that holds no data."""
    return next(row["word"] for row in rows("row_words") if (row["role"], row["language"]) == ("template", language))


def choices(name: str, language: str) -> tuple[str, ...]:
    """Return the list called ``name`` in the order in which it is offered: countries by name, every other as in its file.

    >>> choices("events", "zh")[:2], choices("outcome_statuses", "en"), choices("countries", "ru")[:2]
    (('签约', '访问'), ('achieved', 'planned'), ('Австралия', 'Австрия'))
    """
    if name == "countries":
        found = (str(info.row(code)[f"name_{language}"]) for code in info.codes())
        return tuple(sorted(found, key=lambda said: sort_key(language, said)))
    if name in _CODES:
        return tuple(row[f"name_{language}"] for row in rows(_CODES[name]))
    return tuple(row[f"name_{language}"] for row in rows("template_lists") if row["list"] == name)
