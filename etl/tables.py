"""The contract: every published table and column, spelled here and nowhere else.

``etl`` writes these tables, ``dashboard`` reads them, ``docs/tables.md`` is printed from them.
A :class:`Column` *is* its name, so it fits wherever a name goes. Dates are ISO 8601 prefixes kept as
text (``2023``, ``2023-11``, ``2023-11-14``): nothing is padded to a false day. The precision stands beside each.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import le
from pathlib import Path
from typing import Any, Self

import pyarrow as pa

from etl.columnar import Columns

TEXT = pa.string()
WHOLE = pa.int64()
YEAR = pa.int16()
NUMBER = pa.float64()
FLAG = pa.bool_()
TEXTS = pa.list_(pa.string())
#: A cell of a source row: its letter, its text, and the row it is written in (another row when it was merged down or a ditto mark).
CELLS = pa.list_(pa.struct([("letter", pa.string()), ("text", pa.string()), ("row", pa.int32())]))

SCHEMA_VERSION = 1
PRECISIONS = ("day", "month", "year", "season")


class Column(str):
    """A column name that knows its type, meaning and unit."""

    arrow: pa.DataType
    meaning: str
    unit: str
    points_to: str
    required: bool

    def __new__(cls, name: str, arrow: pa.DataType, meaning: str, *, unit: str = "", points_to: str = "", required: bool = False) -> Self:
        """Return the name ``name`` with what is known of the column."""
        column = super().__new__(cls, name)
        column.arrow, column.meaning, column.unit = arrow, meaning, unit
        column.points_to, column.required = points_to, required
        return column

    def field(self) -> pa.Field:
        """Return the Arrow field, with meaning and unit as metadata."""
        notes = {"meaning": self.meaning, "unit": self.unit, "points_to": self.points_to}
        return pa.field(str(self), self.arrow, nullable=not self.required, metadata={k: v for k, v in notes.items() if v})


@dataclass(frozen=True, slots=True)
class Table:
    """A published table: one row per ``grain``, unique in ``key``, sorted by ``key``."""

    name: str
    grain: str
    key: tuple[Column, ...]
    columns: tuple[Column, ...]

    def schema(self) -> pa.Schema:
        """Return the Arrow schema with the grain, the key and the version of the contract as metadata."""
        notes = {"grain": self.grain, "key": json.dumps([str(c) for c in self.key]), "schema_version": str(SCHEMA_VERSION)}
        return pa.schema([c.field() for c in self.columns], metadata=notes)

    def arrow(self, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
        """Return ``rows`` as a typed table in the order of the key.

        Raises:
            KeyError: a row has a column that the contract does not know.
        """
        lists = rows.columns() if isinstance(rows, Columns) else self._turned(rows)
        if unknown := sorted(lists.keys() - {str(c) for c in self.columns}):
            raise KeyError(f"{self.name}: no such column: {', '.join(unknown)}")
        order = _order([lists.get(c, [None] * len(rows)) for c in self.key])
        arrays = [_array(lists.get(c), c.arrow, len(rows), order) for c in self.columns]
        return pa.Table.from_arrays(arrays, schema=self.schema())

    def _turned(self, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, list[Any]]:
        """Return the columns of ``rows``; what a row does not have is absent in it."""
        known = dict.fromkeys(map(str, self.columns))
        for row in rows:
            if not row.keys() <= known.keys():
                raise KeyError(f"{self.name}: no such column: {', '.join(sorted(set(row) - known.keys()))}")
        return {name: [row.get(name) for row in rows] for name in known}


def _order(keys: Sequence[Sequence[Any]]) -> list[int] | None:
    """Return the positions of the rows in the order of their keys, absent ones first; None where they stand in it."""
    whole = list(zip(*keys, strict=True)) if len(keys) > 1 else list(keys[0])
    if any(None in values for values in keys):
        whole = [tuple((value is not None, value) for value in (key if len(keys) > 1 else (key,))) for key in whole]
    if all(map(le, whole, islice(whole, 1, None))):
        return None
    return sorted(range(len(whole)), key=whole.__getitem__)


def _array(values: Any, kind: pa.DataType, size: int, order: list[int] | None) -> pa.Array:
    if values is None:
        return pa.nulls(size, kind)
    if isinstance(values, list):
        return pa.array(values if order is None else [values[at] for at in order], kind)
    return values if order is None else values.take(pa.array(order, pa.int64()))


@dataclass(frozen=True, slots=True)
class Stored:
    """A table too large for memory: a Parquet file of its schema in the order of its key."""

    path: Path
    num_rows: int


def _of(namespace: type) -> tuple[Column, ...]:
    return tuple(value for value in vars(namespace).values() if isinstance(value, Column))


class Country:
    """Columns of ``country``."""

    code = Column("country_code", TEXT, "ISO 3166-1 alpha-3 code (XKX for Kosovo)", required=True)
    alpha_2 = Column("alpha_2_code", TEXT, "ISO 3166-1 alpha-2 code", required=True)
    name_en = Column("name_en", TEXT, "Name in English (CLDR)", required=True)
    name_ru = Column("name_ru", TEXT, "Name in Russian (CLDR)", required=True)
    name_zh = Column("name_zh", TEXT, "Name in Chinese (CLDR)", required=True)
    region = Column("region_code", TEXT, "UN M49 code of the region, e.g. 142 for Asia", required=True)
    region_en = Column("region_name_en", TEXT, "Region in English", required=True)
    region_ru = Column("region_name_ru", TEXT, "Region in Russian", required=True)
    region_zh = Column("region_name_zh", TEXT, "Region in Chinese", required=True)
    subregion = Column("subregion_code", TEXT, "UN M49 code of the subregion")
    subregion_en = Column("subregion_name_en", TEXT, "Subregion in English")
    subregion_ru = Column("subregion_name_ru", TEXT, "Subregion in Russian")
    subregion_zh = Column("subregion_name_zh", TEXT, "Subregion in Chinese")
    latitude = Column("latitude", NUMBER, "Latitude of the point where the symbol stands", unit="degree", required=True)
    longitude = Column("longitude", NUMBER, "Longitude of the point where the symbol stands", unit="degree", required=True)


class Field:
    """Columns of ``field``."""

    code = Column("field_code", TEXT, "OECD FORD code of the field, e.g. 2.5", required=True)
    name_en = Column("name_en", TEXT, "Name in English", required=True)
    name_ru = Column("name_ru", TEXT, "Name in Russian", required=True)
    name_zh = Column("name_zh", TEXT, "Name in Chinese", required=True)
    area = Column("area_code", TEXT, "OECD FORD code of the area, 1 to 6", required=True)
    area_en = Column("area_name_en", TEXT, "Area in English", required=True)
    area_ru = Column("area_name_ru", TEXT, "Area in Russian", required=True)
    area_zh = Column("area_name_zh", TEXT, "Area in Chinese", required=True)


class Partner:
    """Columns of ``partner``."""

    id = Column("partner_id", TEXT, "Stable id of the organisation", required=True)
    name = Column("partner_name", TEXT, "Name to show when no language is asked for", required=True)
    name_en = Column("name_en", TEXT, "Name in English, where known")
    name_ru = Column("name_ru", TEXT, "Name in Russian, where known")
    name_zh = Column("name_zh", TEXT, "Name in Chinese, where known")
    kind = Column("partner_kind", TEXT, "university, institute, academy, company, government, network or other", required=True)
    city = Column("city_name", TEXT, "City, where known")
    country = Column("country_code", TEXT, "Country of the organisation; absent for networks", points_to="country")
    parent = Column("parent_id", TEXT, "Academy or group that it belongs to", points_to="partner")
    forms = Column("written_forms", TEXTS, "Every form in which the sources write it, sorted", required=True)


class Agreement:
    """Columns of ``agreement``."""

    id = Column("agreement_id", TEXT, "The office's own number, else a hash of the raw cells that identify it", required=True)
    number = Column("agreement_number", TEXT, "The office's number as written; absent where none is written")
    title = Column("title", TEXT, "Title as written in the first source", required=True)
    title_en = Column("title_en", TEXT, "Title as written in English, where a source has one")
    title_ru = Column("title_ru", TEXT, "Title as written in Russian, where a source has one")
    title_zh = Column("title_zh", TEXT, "Title as written in Chinese, where a source has one")
    type = Column("agreement_type_code", TEXT, "Code of the type of document; absent where none is written")
    home_unit = Column("home_unit_name", TEXT, "Unit at home that signed or is responsible")
    signed = Column("signed_on", TEXT, "Date of signature, ISO 8601 prefix")
    signed_precision = Column("signed_precision", TEXT, "Precision of the date of signature: day, month or year")
    signed_year = Column("signed_year", YEAR, "Calendar year of signature", unit="year")
    effective = Column("effective_on", TEXT, "First day in force where it differs from the signature, ISO 8601 prefix")
    effective_precision = Column("effective_precision", TEXT, "Precision of the first day in force")
    expires = Column("expires_on", TEXT, "Last day in force (inclusive), ISO 8601 prefix; written, or signature plus term")
    expires_precision = Column("expires_precision", TEXT, "Precision of the last day in force")
    expires_method = Column("expires_method", TEXT, "written: the cell states the date; term: worked out from signature and term")
    term = Column("term_months", YEAR, "Agreed term", unit="month")
    open_ended = Column("is_open_ended", FLAG, "True where the source says that it has no end", required=True)
    auto_renewal = Column("has_auto_renewal", FLAG, "True where the source says that it renews itself", required=True)
    notice = Column("notice_months", YEAR, "Period of notice", unit="month")
    terminated = Column("terminated_on", TEXT, "Date of termination, ISO 8601 prefix")
    superseded_by = Column("superseded_by_id", TEXT, "Agreement that replaces it", points_to="agreement")
    document = Column("document_link", TEXT, "Link to the document or the page that reports it")
    owner = Column("owner_name", TEXT, "Person in charge")
    cooperation = Column("cooperation_forms", TEXTS, "Forms of cooperation as written, in the order written", required=True)
    status_note = Column("status_note", TEXT, "Status as written by the office")
    remarks = Column("remarks", TEXT, "Remarks as written")


def _link_columns(left: Column, left_table: str, right: Column, right_table: str) -> tuple[Column, ...]:
    return (
        Column(str(left), TEXT, f"The {left_table}", points_to=left_table, required=True),
        Column(str(right), TEXT, f"The {right_table}", points_to=right_table, required=True),
        Link.raw,
        Link.method,
        Link.confidence,
        Link.accepted,
        Link.span_start,
        Link.span_end,
        Link.span_column,
    )


class Link:
    """Columns that every bridge has beside its two keys."""

    raw = Column("raw_text", TEXT, "The text of the source that says so", required=True)
    method = Column(
        "method", TEXT, "How it was found: cell, merged, ditto, corrected, decision, partner, section, mention, number, ...", required=True
    )
    confidence = Column("confidence", NUMBER, "How sure the rule is", unit="0 to 1", required=True)
    accepted = Column("is_accepted", FLAG, "False for a proposal that waits for a person; proposals never count", required=True)
    span_start = Column("span_start", WHOLE, "First character of the proof in the text, counted from 0", unit="character")
    span_end = Column("span_end", WHOLE, "Character after the proof", unit="character")
    span_column = Column("span_column", TEXT, "Column of the record that holds the proof: title, body_text, ...")


class News:
    """Columns of ``news``."""

    id = Column("news_id", TEXT, "The office's own number, else a hash of the raw cells that identify it", required=True)
    published = Column("published_on", TEXT, "Date of publication, ISO 8601 prefix")
    published_precision = Column("published_precision", TEXT, "Precision of the date of publication")
    published_year = Column("published_year", YEAR, "Calendar year of publication", unit="year")
    title = Column("title", TEXT, "Headline as written", required=True)
    text = Column("body_text", TEXT, "Text or summary as written")
    language = Column("language_code", TEXT, "Language of the item: en, ru, zh", required=True)
    link = Column("source_link", TEXT, "Address of the page")
    event = Column("event_code", TEXT, "What it reports: signing, visit, lab_opening, programme_launch, ...", required=True)
    event_method = Column("event_method", TEXT, "How the event was found: written, title, text (with the words) or default", required=True)
    happening = Column("event_id", TEXT, "Hash of the earliest item on the same event; absent where no other item tells of it")


class Outcome:
    """Columns of ``outcome``."""

    id = Column("outcome_id", TEXT, "The office's own number, else a hash of the raw cells that identify it", required=True)
    type = Column("outcome_type_code", TEXT, "Code of the type of outcome", required=True)
    title = Column("title", TEXT, "Title as written", required=True)
    date = Column("happened_on", TEXT, "Date of the outcome, ISO 8601 prefix")
    date_precision = Column("happened_precision", TEXT, "Precision of the date")
    year = Column("happened_year", YEAR, "Calendar year of the outcome", unit="year")
    count = Column("amount", WHOLE, "How many, in the unit beside; absent where no number is written", unit="see amount_unit")
    unit = Column("amount_unit", TEXT, "What the amount counts, as written: papers, students, ...")
    qualifier = Column("amount_qualifier", TEXT, "exact, at_least, about or at_most")
    planned = Column("is_planned", FLAG, "True while it is only planned, proposed or under discussion", required=True)
    status_note = Column("status_note", TEXT, "Status as written")
    link = Column("source_link", TEXT, "Address of the page that reports it")
    doi = Column("doi", TEXT, "DOI of a publication")
    venue = Column("venue_name", TEXT, "Journal or proceedings of a publication")


class SourceFile:
    """Columns of ``source_file``."""

    name = Column("file_name", TEXT, "Path below the raw folder", required=True)
    sha256 = Column("sha256", TEXT, "SHA-256 of the bytes that were read")
    size = Column("size_bytes", WHOLE, "Size", unit="byte", required=True)
    kind = Column("format_code", TEXT, "xlsx, csv, ..., unknown, or decisions for what people decided", required=True)
    encoding = Column("encoding", TEXT, "Encoding of a text file and how it was found")
    sheets = Column("sheets", TEXTS, "Names of the sheets in their order", required=True)
    rows = Column("rows_read", WHOLE, "Rows read in all sheets", unit="row", required=True)
    verdict = Column("verdict_code", TEXT, "read, refused or ignored", required=True)
    reason = Column("reason_code", TEXT, "Why it was refused or ignored")
    message = Column("message", TEXT, "The same in words, with what to do")


class SourceRow:
    """Columns of ``source_row``."""

    id = Column("source_row_id", TEXT, "file#sheet#row", required=True)
    file = Column("file_name", TEXT, "Input file", points_to="source_file", required=True)
    sheet = Column("sheet_name", TEXT, "Sheet; empty for a text file", required=True)
    row = Column("row_number", WHOLE, "Row, counted from 1", required=True)
    cells = Column("cells", CELLS, "Its filled cells as text, in the order of the columns", required=True)
    hidden = Column("is_hidden", FLAG, "True where the row is hidden in the workbook", required=True)
    fate = Column("fate_code", TEXT, "loaded, merged, quarantined or not_data", required=True)
    role = Column(
        "role_code",
        TEXT,
        "record, title, as_of, header, section, total, blank, note or hidden_by_choice; of a work in an export also not_ours, not_joint, "
        "no_address, no_work",
        required=True,
    )
    kind = Column("record_kind", TEXT, "agreement, news or outcome where it is a record")
    record = Column("record_id", TEXT, "Record that it made or was merged into")


class SourceColumn:
    """Columns of ``source_column``."""

    id = Column("source_column_id", TEXT, "file#sheet#header row#letter", required=True)
    file = Column("file_name", TEXT, "Input file", points_to="source_file", required=True)
    sheet = Column("sheet_name", TEXT, "Sheet; empty for a text file", required=True)
    header_row = Column("header_row_number", WHOLE, "Last row of the header it stands under", required=True)
    letter = Column("letter", TEXT, "Letter of the column, as in Excel", required=True)
    header = Column("header_text", TEXT, "Header as written; the rows of a header of two rows joined by ' / '", required=True)
    kind = Column("record_kind", TEXT, "agreement, news or outcome", required=True)
    feeds = Column("feeds", TEXT, "Source field that it feeds, e.g. signed; absent when it feeds none")
    published = Column("published_columns", TEXTS, "Published columns that get their value from it, as table.column", required=True)
    reason = Column("reason", TEXT, "Why it feeds none: unknown header, ignored by sources.yaml, empty")
    filled = Column("filled_cells", WHOLE, "Cells of records that are not empty", unit="cell", required=True)


class RecordSource:
    """Columns of ``record_source``."""

    kind = Column("record_kind", TEXT, "agreement, news or outcome", required=True)
    record = Column("record_id", TEXT, "The record", required=True)
    row = Column("source_row_id", TEXT, "Row that made it, or that was merged into it", points_to="source_row", required=True)
    primary = Column("is_primary", FLAG, "True for the row that gave the title", required=True)


class Reading:
    """Columns of ``reading``."""

    kind = Column(
        "reading_kind",
        TEXT,
        "date, term, country, field, agreement_type, outcome_type, partner, number, status or correction",
        required=True,
    )
    raw = Column("raw_text", TEXT, "The text as written, distinct", required=True)
    context = Column("context", TEXT, "What else decided: the country of a short name, the sheet of a type; empty for most", required=True)
    value = Column("value", TEXT, "What it was read as; absent when refused")
    status = Column("status_code", TEXT, "read, refused, review, or left_out where a person said that it names none", required=True)
    rule = Column("rule", TEXT, "Rule that read it, or why it was refused", required=True)
    confidence = Column("confidence", NUMBER, "How sure the rule is", unit="0 to 1", required=True)
    decision = Column("decision", TEXT, "By whom, when and why it was decided, where a person settled it")
    cells = Column("cell_count", WHOLE, "Cells with this text", unit="cell", required=True)


class Problem:
    """Columns of ``problem``."""

    id = Column("problem_id", TEXT, "Hash of what and where", required=True)
    severity = Column("severity_code", TEXT, "error (lost or refused), warning (to check) or note (odd but possible)", required=True)
    code = Column("problem_code", TEXT, "Reason code of etl/reference/problem_codes.csv", required=True)
    file = Column("file_name", TEXT, "Input file")
    sheet = Column("sheet_name", TEXT, "Sheet")
    row = Column("row_number", WHOLE, "Row, counted from 1")
    letter = Column("letter", TEXT, "Letter of the column")
    raw = Column("raw_text", TEXT, "The text as written")
    message = Column("message", TEXT, "What is wrong, in English", required=True)
    advice = Column("advice", TEXT, "What to do about it, in English", required=True)


class Review:
    """Columns of ``review``."""

    id = Column("review_id", TEXT, "Hash of the question", required=True)
    kind = Column("review_kind", TEXT, "partner, field, type, country, date or news", required=True)
    subject = Column("subject", TEXT, "What the question is about, as written", required=True)
    question = Column("question", TEXT, "The question, in English", required=True)
    candidates = Column("candidates", TEXTS, "Possible answers, best first, each with its reason", required=True)
    cells = Column("cell_count", WHOLE, "Cells that wait for the answer", unit="cell", required=True)
    answers = Column("answers", TEXTS, "What each candidate stands for in a decision, in their order; empty where there is none")
    country = Column("country_code", TEXT, "Country of the rows that the answer holds for; absent where it holds for all")
    about = Column("about_id", TEXT, "Record that the question is about: a news item, or an agreement with its row")
    proof = Column("proof", TEXT, "The text that a proposal stands on; with another text the answer is stale")
    places = Column("places", TEXTS, "The first cells that wait for the answer")


class Run:
    """Columns of ``run``."""

    id = Column("run_id", TEXT, "Id of the snapshot", required=True)
    as_of = Column("as_of_on", TEXT, "Date for which status and expiry hold, ISO 8601", required=True)
    started = Column("started_at", TEXT, "Start of the refresh, ISO 8601 UTC; the only clock time in a snapshot", required=True)
    inputs = Column("inputs_sha256", TEXT, "Hash over names and hashes of all inputs", required=True)
    code = Column("code_sha256", TEXT, "Hash over the code and the reference data of the ETL", required=True)
    version = Column("version", TEXT, "Version of the program", required=True)
    files = Column("files_read", WHOLE, "Input files read", unit="file", required=True)
    refused = Column("files_refused", WHOLE, "Input files refused", unit="file", required=True)
    rows = Column("rows_read", WHOLE, "Rows read", unit="row", required=True)
    loaded = Column("rows_loaded", WHOLE, "Rows that made a record", unit="row", required=True)
    merged = Column("rows_merged", WHOLE, "Rows merged into a record of another row", unit="row", required=True)
    quarantined = Column("rows_quarantined", WHOLE, "Rows refused", unit="row", required=True)
    not_data = Column("rows_not_data", WHOLE, "Rows without a record: titles, headers, sections, totals, blanks", unit="row", required=True)
    home = Column("home_country_code", TEXT, "Country of the own institution, which is nobody's partner country", required=True)
    home_names = Column("home_names", TEXTS, "Names of the own institution as sources.yaml states them; empty for the built-in one")


def _bridge(name: str, left: Column, left_table: str, right: Column, right_table: str) -> Table:
    columns = _link_columns(left, left_table, right, right_table)
    return Table(name, f"link of a {left_table} and a {right_table}", columns[:2], columns)


TABLES: tuple[Table, ...] = (
    Table("country", "country or territory met in the data", (Country.code,), _of(Country)),
    Table("field", "research field (OECD FORD, 42 fields in six areas)", (Field.code,), _of(Field)),
    Table("partner", "organisation met in the data", (Partner.id,), _of(Partner)),
    Table("agreement", "agreement", (Agreement.id,), _of(Agreement)),
    _bridge("agreement_partner", Agreement.id, "agreement", Partner.id, "partner"),
    _bridge("agreement_country", Agreement.id, "agreement", Country.code, "country"),
    _bridge("agreement_field", Agreement.id, "agreement", Field.code, "field"),
    Table("news", "news item", (News.id,), _of(News)),
    _bridge("news_partner", News.id, "news", Partner.id, "partner"),
    _bridge("news_country", News.id, "news", Country.code, "country"),
    _bridge("news_field", News.id, "news", Field.code, "field"),
    _bridge("news_agreement", News.id, "news", Agreement.id, "agreement"),
    _bridge("news_outcome", News.id, "news", Outcome.id, "outcome"),
    Table("outcome", "outcome of the cooperation", (Outcome.id,), _of(Outcome)),
    _bridge("outcome_partner", Outcome.id, "outcome", Partner.id, "partner"),
    _bridge("outcome_country", Outcome.id, "outcome", Country.code, "country"),
    _bridge("outcome_field", Outcome.id, "outcome", Field.code, "field"),
    _bridge("outcome_agreement", Outcome.id, "outcome", Agreement.id, "agreement"),
    Table("source_file", "input file", (SourceFile.name,), _of(SourceFile)),
    Table("source_row", "row of every input", (SourceRow.id,), _of(SourceRow)),
    Table("source_column", "column of every table of every input sheet", (SourceColumn.id,), _of(SourceColumn)),
    Table(
        "record_source", "record and source row that made it", (RecordSource.kind, RecordSource.record, RecordSource.row), _of(RecordSource)
    ),
    Table("reading", "distinct raw text of a kind", (Reading.kind, Reading.raw, Reading.context), _of(Reading)),
    Table("problem", "finding", (Problem.id,), _of(Problem)),
    Table("review", "question for a person", (Review.id,), _of(Review)),
    Table("run", "this refresh", (Run.id,), _of(Run)),
)


def table(name: str) -> Table:
    """Return the table called ``name``.

    Raises:
        KeyError: there is no such table.
    """
    return _BY_NAME[name]


_BY_NAME = {each.name: each for each in TABLES}


def markdown() -> str:
    """Return ``docs/tables.md``: every table with key, columns, types, units and meanings."""
    return "\n".join(_pages())


def _pages() -> Iterator[str]:
    yield "# Published tables\n\nPrinted from `etl/tables.py` by `make docs`; do not edit."
    yield "The same texts are in the metadata of each Parquet file.\n"
    for each in TABLES:
        yield f"## {each.name}\n\nOne row per {each.grain}. Key: {', '.join(f'`{c}`' for c in each.key)}.\n"
        yield "| column | type | unit | meaning |\n|---|---|---|---|"
        for column in each.columns:
            kind = str(column.arrow).split("<")[0] + ("" if column.required else ", may be absent")
            points = f" (-> `{column.points_to}`)" if column.points_to else ""
            yield f"| `{column}` | {kind} | {column.unit} | {column.meaning}{points} |"
        yield ""
