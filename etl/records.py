"""What travels between the stages: rows with their origin, findings, and what a text was read as.

Every value keeps the cell it came from. A :class:`Cell` is as a person sees it: a true date is its ISO text, no finer
than its number format shows; a number is its shortest text; an error cell is its error text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from etl.cells import Cell as Cell
from etl.cells import texts_of
from etl.text import clean

Kind = Literal["agreement", "news", "outcome"]
KINDS: tuple[Kind, ...] = ("agreement", "news", "outcome")
Role = Literal["record", "title", "as_of", "header", "section", "total", "blank", "note", "hidden_by_choice"]
Severity = Literal["error", "warning", "note"]

#: Source fields, by kind: what a column of a sheet may feed. The header aliases under etl/reference/headers.csv lead to these.
SOURCE_FIELDS: dict[Kind, tuple[str, ...]] = {
    "agreement": (
        "number", "title", "partners", "countries", "city", "type", "signed", "effective", "expires", "term",
        "fields", "areas", "fields_areas", "home_unit", "link", "remarks", "status", "owner",
        "notice", "auto_renewal", "terminated", "superseded_by",
    ),
    "news": (
        "number", "agreement_number", "published", "title", "text", "link", "language", "event",
        "partners", "countries", "fields", "remarks",
    ),
    "outcome": (
        "number", "agreement_number", "date", "type", "title", "partners", "countries", "count", "unit", "fields",
        "status", "link", "remarks", "doi", "venue",
    ),
}  # fmt: skip


class Origin(NamedTuple):
    """Where a row stands: file, sheet (empty for a text file) and row, counted from 1."""

    file: str
    sheet: str
    row: int

    @property
    def id(self) -> str:
        """Return the id of the source row.

        >>> Origin("a.xlsx", "2024", 7).id
        'a.xlsx#2024#7'
        """
        return f"{self.file}#{self.sheet}#{self.row}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an input and what it was recognised as.

    ``cells`` holds the filled cells in column order; ``values`` the same cells of a record by source field
    (:data:`SOURCE_FIELDS`), joined in column order where several columns feed one field. Where a person corrected a cell, ``values``
    have the correction and ``uncorrected`` the values as they are written.
    """

    origin: Origin
    cells: Sequence[Cell]
    role: Role
    hidden: bool = False
    kind: Kind | None = None
    section: str = ""
    values: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    uncorrected: Mapping[str, tuple[Cell, ...]] | None = None

    def text(self, name: str) -> str:
        """Return what the row says for the source field ``name``, empty when it says nothing."""
        return _joined(texts_of(self.values, name))

    def written(self, name: str) -> str:
        """Return the same as it is written, before any correction."""
        return _joined(texts_of(self.values if self.uncorrected is None else self.uncorrected, name))


def _joined(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0] if not texts[0].isspace() else ""
    return "\n".join([text for text in texts if text.strip()])


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column under one header. ``feeds`` is a source field, or None with a ``reason``."""

    file: str
    sheet: str
    header_row: int
    letter: str
    header: str
    kind: Kind
    feeds: str | None
    reason: str
    filled: int


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of the raw folder and what became of it."""

    name: str
    sha256: str | None
    size: int
    format: str
    encoding: str | None
    sheets: tuple[str, ...]
    rows: int
    verdict: Literal["read", "refused", "ignored"]
    reason: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the analyst, as precisely placed as is known; becomes a row of ``problem``."""

    severity: Severity
    code: str
    message: str
    advice: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    letter: str | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """All that reading gave: every row of every sheet exactly once, in the order of file name, sheet and row."""

    files: tuple[InputFile, ...]
    columns: tuple[HeaderColumn, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What one text was read as: the value, the rule that read it, and how sure it is (0 to 1)."""

    value: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided that a text means; an empty value says that it names none. ``said`` is who, when and why."""

    value: str
    said: str


def ruling_key(kind: str, text: str) -> tuple[str, str]:
    """Return what a decision about ``text`` and the cells that it holds for share: case and spaces do not matter.

    >>> ruling_key("field", "Road  MAP ") == ruling_key("field", "road map")
    True
    """
    return kind, clean(text).casefold()


def short_hash(*parts: str) -> str:
    """Return ten hexadecimal digits that identify ``parts``.

    >>> short_hash("a", "b") == short_hash("a", "b"), short_hash("a", "b") == short_hash("ab")
    (True, False)
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:10]


class Said(NamedTuple):
    """A value that a cell says: what it was read as, from which text of which cell, by which rule.

    ``raw`` is the part of the cell that was read: one of several countries in a cell, say.
    """

    value: str
    raw: str
    cell: Cell
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Record:
    """One understood row. What is absent was not written; what was written and not understood is a finding.

    ``texts`` are free texts by source field; ``dates`` hold ISO prefixes by source field; ``partners`` are written names,
    not yet organisations.
    """

    kind: Kind
    row: Row
    texts: Mapping[str, str]
    dates: Mapping[str, Said] = field(default_factory=dict)
    countries: tuple[Said, ...] = ()
    fields: tuple[Said, ...] = ()
    partners: tuple[Said, ...] = ()
    type: Said | None = None
    cooperation: tuple[str, ...] = ()
    term_months: int | None = None
    notice_months: int | None = None
    expires_method: str | None = None
    is_open_ended: bool = False
    has_auto_renewal: bool = False
    amount: int | None = None
    amount_unit: str = ""
    amount_qualifier: str = ""
    is_planned: bool = False
    event: Read | None = None
    language: str = "en"

    def date(self, name: str) -> str:
        """Return the ISO prefix of the date ``name``, empty when there is none."""
        return self.dates[name].value if name in self.dates else ""


@dataclass(frozen=True, slots=True)
class RunPartner:
    """An organisation that a run names: linking makes it, the table ``partner`` shows it. ``forms`` are all its written forms, sorted."""

    id: str
    name: str
    name_en: str
    name_ru: str
    name_zh: str
    kind: str
    city: str
    country_code: str
    parent_id: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    """An outcome that a news item tells of; ``count`` is absent where no number is written. ``text`` stands at ``start`` of ``column``."""

    type: str
    count: int | None
    planned: bool
    text: str
    start: int
    end: int
    column: str
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Tie:
    """One link between two records: how it was found, the text that says so, and whether it counts.

    Where the proof stands in running text, it stands at ``start`` of the column ``column``.
    """

    left: str
    right: str
    raw: str
    method: str
    confidence: float
    accepted: bool
    start: int | None = None
    end: int | None = None
    column: str | None = None
