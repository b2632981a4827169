"""Where everything comes from: rows, columns, files, readings, problems and questions as rows of their tables."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, overload

import pyarrow as pa

from etl.cells import Line, letters_in, texts_in
from etl.columnar import Columns
from etl.readings import Readings, Verdict
from etl.records import Finding, HeaderColumn, InputFile, Row, short_hash
from etl.star.linked import Linked
from etl.tables import TEXT, Problem, Reading, RecordSource, SourceColumn, SourceFile, SourceRow, table

#: What a record that names only its agreement takes over from it.
_INHERITED = {
    kind: (f"{kind}_partner.partner_id", f"{kind}_country.country_code", f"{kind}_field.field_code") for kind in ("news", "outcome")
}
#: Which published columns get their value from a source field, by kind of record.
PUBLISHED: dict[str, dict[str, tuple[str, ...]]] = {
    "agreement": {
        "number": ("agreement.agreement_id", "agreement.agreement_number"),
        "title": ("agreement.title", "agreement.title_en", "agreement.title_ru", "agreement.title_zh", "agreement.agreement_type_code"),
        "partners": ("agreement_partner.partner_id", "partner.partner_name", "partner.written_forms", "agreement.title"),
        "countries": ("agreement_country.country_code", "partner.country_code"),
        "city": ("partner.city_name",),
        "type": ("agreement.agreement_type_code",),
        "signed": ("agreement.signed_on", "agreement.signed_precision", "agreement.signed_year", "agreement.expires_on"),
        "effective": ("agreement.effective_on", "agreement.effective_precision"),
        "expires": ("agreement.expires_on", "agreement.expires_precision", "agreement.term_months", "agreement.is_open_ended"),
        "term": ("agreement.term_months", "agreement.expires_on", "agreement.is_open_ended"),
        "fields": ("agreement_field.field_code",),
        "areas": ("agreement.cooperation_forms",),
        "fields_areas": ("agreement_field.field_code", "agreement.cooperation_forms"),
        "home_unit": ("agreement.home_unit_name",),
        "link": ("agreement.document_link", "news_agreement.agreement_id", "outcome_agreement.agreement_id"),
        "remarks": ("agreement.remarks",),
        "status": ("agreement.status_note",),
        "owner": ("agreement.owner_name",),
        "notice": ("agreement.notice_months",),
        "auto_renewal": ("agreement.has_auto_renewal",),
        "terminated": ("agreement.terminated_on",),
        "superseded_by": ("agreement.superseded_by_id",),
    },
    "news": {
        "number": ("news.news_id",),
        "agreement_number": ("news_agreement.agreement_id", *_INHERITED["news"]),
        "published": ("news.published_on", "news.published_precision", "news.published_year"),
        "title": ("news.title", "news_partner.partner_id", "news_country.country_code"),
        "text": ("news.body_text", "news_partner.partner_id", "news_country.country_code"),
        "link": ("news.source_link", "news_agreement.agreement_id", "news_outcome.outcome_id"),
        "language": ("news.language_code",),
        "event": ("news.event_code",),
        "partners": ("news_partner.partner_id",),
        "countries": ("news_country.country_code",),
        "fields": ("news_field.field_code",),
    },
    "outcome": {
        "number": ("outcome.outcome_id",),
        "agreement_number": ("outcome_agreement.agreement_id", *_INHERITED["outcome"]),
        "date": ("outcome.happened_on", "outcome.happened_precision", "outcome.happened_year"),
        "type": ("outcome.outcome_type_code", "outcome.title"),
        "title": ("outcome.title",),
        "partners": ("outcome_partner.partner_id", "partner.partner_name", "partner.written_forms", "outcome.title"),
        "countries": ("outcome_country.country_code", "partner.country_code"),
        "count": ("outcome.amount", "outcome.amount_unit", "outcome.amount_qualifier"),
        "unit": ("outcome.amount_unit",),
        "fields": ("outcome_field.field_code",),
        "status": ("outcome.status_note", "outcome.is_planned"),
        "link": ("outcome.source_link", "news_outcome.outcome_id", "outcome_agreement.agreement_id"),
        "doi": ("outcome.doi",),
        "venue": ("outcome.venue_name",),
    },
}


def source_files(files: Iterable[InputFile]) -> list[dict[str, Any]]:
    """Return one row for each input file."""
    return [
        {
            SourceFile.name: f.name,
            SourceFile.sha256: f.sha256,
            SourceFile.size: f.size,
            SourceFile.kind: f.format,
            SourceFile.encoding: f.encoding,
            SourceFile.sheets: list(f.sheets),
            SourceFile.rows: f.rows,
            SourceFile.verdict: f.verdict,
            SourceFile.reason: f.reason,
            SourceFile.message: f.message,
        }
        for f in files
    ]


#: Rows whose cells are turned into an array at a time: the lists of more would take as much memory as all else.
_CHUNK = 10_000


class SourceRows(Columns):
    """One row for each row of each input; ``fates`` gives fate and record by the id of the source row.

    Their cells stay as the reader made them until a row, or the whole table, is asked for.
    """

    __slots__ = ("rows",)

    def __init__(self, rows: Iterable[Row], fates: Mapping[str, tuple[str, str | None]]) -> None:
        rows = self.rows = sorted(rows, key=lambda row: row.origin.id)  # the order of the table, which need not be found once more
        ids = [row.origin.id for row in rows]
        unused = {"record": ("quarantined", None)}
        ends = [fates.get(key) or unused.get(row.role, ("not_data", None)) for key, row in zip(ids, rows, strict=True)]
        super().__init__({
            SourceRow.id: ids,
            SourceRow.file: [row.origin.file for row in rows],
            SourceRow.sheet: [row.origin.sheet for row in rows],
            SourceRow.row: [row.origin.row for row in rows],
            SourceRow.hidden: [row.hidden for row in rows],
            SourceRow.fate: [fate for fate, _ in ends],
            SourceRow.role: [row.role for row in rows],
            SourceRow.kind: [row.kind if row.role == "record" else None for row in rows],
            SourceRow.record: [record for _, record in ends],
        })  # fmt: skip

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (row | {SourceRow.cells: _cells(source)} for row, source in zip(super().__iter__(), self.rows, strict=True))

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, at: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        return super().__getitem__(at) if isinstance(at, slice) else super().__getitem__(at) | {SourceRow.cells: _cells(self.rows[at])}

    def columns(self) -> Mapping[str, Any]:
        """Return the values of each column; the cells are made as arrays, those of some thousand rows at a time."""
        parts = [_cells_of(self.rows[at : at + _CHUNK]) for at in range(0, len(self.rows), _CHUNK)]
        return {**self.lists, SourceRow.cells: pa.chunked_array(parts, SourceRow.cells.arrow)}

    def refused(self) -> list[dict[str, Any]]:
        """Return the rows that are in quarantine."""
        return [self[at] for at, fate in enumerate(self.lists[SourceRow.fate]) if fate == "quarantined"]

    def fates(self) -> Counter[tuple[str, str, str]]:
        """Return how many rows of each file and sheet have each fate."""
        return Counter(zip(self.lists[SourceRow.file], self.lists[SourceRow.sheet], self.lists[SourceRow.fate], strict=True))


def _cells_of(rows: Sequence[Row]) -> pa.Array:
    letters: list[str] = []
    texts: list[str] = []
    numbers, ends = array("i"), array("i", [0])
    for row in rows:
        cells = row.cells
        letters += letters_in(cells)
        texts += texts_in(cells)
        numbers.extend([cells.row] * len(cells) if isinstance(cells, Line) else [cell.row for cell in cells])
        ends.append(len(texts))
    parts = [pa.array(letters, TEXT), pa.array(texts, TEXT), pa.array(numbers, pa.int32())]
    return pa.ListArray.from_arrays(
        pa.array(ends, pa.int32()), pa.StructArray.from_arrays(parts, fields=list(SourceRow.cells.arrow.value_type))
    )


def _cells(row: Row) -> list[dict[str, Any]]:
    return [{"letter": cell.letter, "text": cell.text, "row": cell.row} for cell in row.cells]


def fates(linked: Iterable[Linked]) -> dict[str, tuple[str, str | None]]:
    """Return what became of the rows that made records: the first of a group was loaded, the others merged into it."""
    return {r.row.origin.id: ("merged" if index else "loaded", each.id) for each in linked for index, r in enumerate(each.rows)}


def source_columns(columns: Iterable[HeaderColumn]) -> list[dict[str, Any]]:
    """Return one row for each column under each header."""
    return [
        {
            SourceColumn.id: f"{c.file}#{c.sheet}#{c.header_row}#{c.letter}",
            SourceColumn.file: c.file,
            SourceColumn.sheet: c.sheet,
            SourceColumn.header_row: c.header_row,
            SourceColumn.letter: c.letter,
            SourceColumn.header: c.header,
            SourceColumn.kind: c.kind,
            SourceColumn.feeds: c.feeds,
            SourceColumn.published: list(PUBLISHED[c.kind].get(c.feeds or "", ())),
            SourceColumn.reason: c.reason or None,
            SourceColumn.filled: c.filled,
        }
        for c in columns
    ]


def record_sources(linked: Iterable[Linked]) -> Columns:
    """Return one row for each record and row that states it."""
    found = [(each.kind, each.id, r.row.origin.id, index == 0) for each in linked for index, r in enumerate(each.rows)]
    names = (RecordSource.kind, RecordSource.record, RecordSource.row, RecordSource.primary)
    return Columns({name: [row[at] for row in found] for at, name in enumerate(names)})


def readings_of(readings: Readings) -> Columns:
    """Return one row for each distinct text of each kind."""
    return Columns.of(table("reading").columns, (_reading(*key, verdict) for key, verdict in readings.verdicts.items()))


def _reading(kind: str, raw: str, context: str, verdict: Verdict) -> dict[str, Any]:
    read = verdict.read
    return {
        Reading.kind: kind,
        Reading.raw: raw,
        Reading.context: context,
        Reading.value: read.value if read else None,
        Reading.status: "read" if read else "review" if verdict.is_unsure else "left_out" if verdict.is_nothing else "refused",
        Reading.rule: read.rule if read else verdict.reason,
        Reading.confidence: read.confidence if read else 0.0,
        Reading.decision: verdict.decision or None,
        Reading.cells: verdict.cells,
    }


def problems(findings: Iterable[Finding]) -> Columns:
    """Return one row for each distinct finding."""
    found: dict[str, Finding] = {}
    for f in findings:
        found[short_hash(f.code, f.file or "", f.sheet or "", str(f.row or ""), f.letter or "", f.raw or "", f.message)] = f
    told = list(found.values())
    return Columns({
        Problem.id: list(found),
        Problem.severity: [f.severity for f in told],
        Problem.code: [f.code for f in told],
        Problem.file: [f.file for f in told],
        Problem.sheet: [f.sheet for f in told],
        Problem.row: [f.row for f in told],
        Problem.letter: [f.letter for f in told],
        Problem.raw: [f.raw for f in told],
        Problem.message: [f.message for f in told],
        Problem.advice: [f.advice for f in told],
    })  # fmt: skip
