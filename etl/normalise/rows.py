"""Rows of text -> records of values; a row whose essential cell is not understood is refused aloud.

Refused is a row with a date, country or number that is written but not understood: publishing it without would be
a false "unknown". A type, field or link that is not understood is left out and reported; the row is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from etl.errors import Unreadable
from etl.normalise import countries, dates, fields, languages, links, numbers, statuses, terms, types
from etl.normalise.date_orders import Column, Orders, date_orders
from etl.readings import Readings, Verdict
from etl.records import Cell, Finding, Origin, Read, Record, Row, Said, Severity
from etl.text import clean, fold

#: Date columns: the source fields of each kind that hold a date.
DATES: dict[str, tuple[str, ...]] = {
    "agreement": ("signed", "effective", "terminated"),
    "news": ("published",),
    "outcome": ("date",),
}
TEXTS: dict[str, tuple[str, ...]] = {
    "agreement": ("number", "title", "home_unit", "remarks", "status", "owner", "superseded_by", "city"),
    "news": ("number", "agreement_number", "title", "text", "remarks"),
    "outcome": ("number", "agreement_number", "title", "status", "remarks", "doi", "venue", "unit"),
}
_NOTHING = {"", "-", "–", "—", "n/a", "нет", "нет данных", "не указано", "н/д", "none", "无", "/"}
_MOST_TITLE = 500


@dataclass(slots=True)
class Understood:
    """What normalising gave: records and findings in the order of the rows. A row without a record is refused."""

    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def understand(
    rows: Sequence[Row], readings: Readings, stated_orders: Mapping[str, str] | None = None, broken: frozenset[Origin] = frozenset()
) -> Understood:
    """Return the records that ``rows`` state.

    ``stated_orders`` gives the order of numeric dates by file name where the analyst says it; elsewhere the column votes.
    ``broken`` are rows in which the reader met a cell without a value (an error, a formula never calculated): they are
    refused like unreadable ones.
    """
    orders = date_orders(rows, stated_orders or {})
    result = Understood(findings=list(orders.findings))
    for row in rows:
        if row.role != "record" or row.kind is None or row.origin in broken:
            continue
        reader = _RowReader(row, readings, orders)
        record = reader.record()
        result.findings += reader.findings
        if record is not None:
            result.records.append(record)
    return result


class _RowReader:
    """Reads one row; ``refused`` turns true with the first essential cell that is not understood."""

    def __init__(self, row: Row, readings: Readings, orders: Orders) -> None:
        self.row = row
        self.kind = row.kind
        self.readings = readings
        self.orders = orders
        self.findings: list[Finding] = []
        self.refused = False

    def record(self) -> Record | None:
        """Return the record, or None when the row is refused."""
        assert self.kind is not None
        texts = {name: text for name in TEXTS[self.kind] if (text := self._text(name))}
        title = texts.get("title", "")
        if not title:
            title = self._title_of_others()
            if not title:
                self._tell("error", "missing_required", "The row has no title", "Write the title", None)
                return None
            texts["title"] = title
        if link := self._link():
            texts["link"] = link
        found: dict[str, Any] = {"countries": self._countries(), "partners": self._partners()}
        found["fields"], found["cooperation"] = self._fields()
        found["dates"] = {name: said for name in DATES[self.kind] if (said := self._date(name))}
        extra = {"agreement": self._agreement, "news": self._news, "outcome": self._outcome}[self.kind]
        found |= extra(texts, found["dates"])
        return None if self.refused else Record(self.kind, self.row, texts, **found)

    def _title_of_others(self) -> str:
        """Return what names a record without a title: whom it is with, or what kind of outcome it is; a news item has nothing."""
        names = {"agreement": ("partners",), "outcome": ("partners", "type"), "news": ()}[self.kind or "news"]
        found = next((cells for name in names if (cells := self._cells(name))), ())
        return "; ".join(clean(cell.text) for cell in found)[:_MOST_TITLE]

    def _cells(self, name: str) -> tuple[Cell, ...]:
        return tuple(c for c in self.row.values.get(name, ()) if fold(c.text) not in _NOTHING and clean(c.text) not in _NOTHING)

    def _text(self, name: str) -> str:
        return clean("\n".join(cell.text for cell in self._cells(name)))

    def _tell(self, severity: Severity, code: str, message: str, advice: str, cell: Cell | None) -> None:
        origin = self.row.origin
        if cell and cell.row != origin.row:  # a merged cell or a ditto mark: the row that is refused must be named, and where to correct
            message += f" (written in row {cell.row})"
        place = (origin.file, origin.sheet, origin.row, cell.letter if cell else None)
        self.findings.append(Finding(severity, code, message, advice, *place, cell.text if cell else None))
        self.refused = self.refused or severity == "error"

    def _said(self, kind: str, raw: str, cell: Cell, normaliser: Callable[[str], Read], context: str = "") -> Said | Verdict:
        verdict = self.readings.read(kind, raw, lambda: normaliser(raw), context)
        if verdict.read is None:
            return verdict
        return Said(verdict.read.value, raw, cell, verdict.read.rule, verdict.read.confidence)

    def _parts(self, kind: str, cell: Cell, split: Callable[[str], Iterable[str]]) -> Iterable[str]:
        """Return the texts of a cell that names several; what a person decided about as a whole is one."""
        return (clean(cell.text),) if self.readings.ruling(kind, cell.text) else split(cell.text)

    def _order(self, cell: Cell) -> str:
        """Return the order of day and month in the column of ``cell``; it matters only to dates in figures."""
        return self.orders.of(Column(self.row.origin.file, self.row.origin.sheet, cell.letter))

    def _date(self, name: str) -> Said | None:
        for cell in self._cells(name):
            order = self._order(cell)
            said = self._said("date", clean(cell.text), cell, partial(dates.date, order=order), order)
            if isinstance(said, Said):
                if said.confidence < 1 and "ambiguous" in said.rule:
                    advice = "Write the month in words, or state date_order in sources.yaml"
                    self._tell("warning", "ambiguous_date", f"Read as {said.value}: {said.rule}", advice, cell)
                return said
            if said.is_nothing:
                continue
            self._tell("error", "bad_date", f"Not understood as a date: {said.reason}", "Write it as 14.11.2023, 11.2023 or 2023", cell)
        return None

    def _countries(self) -> tuple[Said, ...]:
        found: dict[str, Said] = {}
        for cell in self._cells("countries"):
            for part in self._parts("country", cell, countries.split):
                said = self._said("country", part, cell, countries.country)
                if isinstance(said, Said):
                    found.setdefault(said.value, said)
                elif not said.is_nothing:
                    advice = "Write the name of a country, or add the spelling to the aliases"
                    self._tell("error", "bad_country", f"Not understood as a country: {said.reason}", advice, cell)
        return tuple(found.values())

    def _partners(self) -> tuple[Said, ...]:
        return tuple(Said(cell.text, cell.text, cell, "as written") for cell in self._cells("partners"))

    def _fields(self) -> tuple[tuple[Said, ...], tuple[str, ...]]:
        found: dict[str, Said] = {}
        forms: list[str] = [p for cell in self._cells("areas") for p in _phrases(cell.text)]
        for name in ("fields", "fields_areas"):
            for cell in self._cells(name):
                for phrase in self._parts("field", cell, fields.split):
                    is_decided = self.readings.ruling("field", phrase) is not None
                    if name == "fields_areas" and not is_decided and fields.is_form_of_cooperation(phrase):
                        forms.append(phrase)
                        continue
                    said = self._said("field", phrase, cell, fields.field)
                    if isinstance(said, Said):
                        found.setdefault(said.value, said)
                    elif name == "fields_areas":  # a mixed column: what is no field is a form; the doubtful ones are asked as well
                        forms.append(phrase)
                    elif not said.is_nothing:
                        advice = "Name the field more exactly, or answer the question in the review list"
                        self._tell("note", "bad_field", _sentence(said.reason), advice, cell)
        return tuple(found.values()), tuple(dict.fromkeys(forms))

    def _link(self) -> str:
        for cell in self._cells("link"):
            try:
                return links.link(cell.text)
            except Unreadable as error:
                self._tell("warning", "bad_url", f"The link is left out: {error}", "Write an address that starts with https://", cell)
        return ""

    def _type(self, kind: str, normaliser: Callable[[str], Read], context: str = "") -> Said | None:
        for cell in self._cells("type"):
            said = self._said(kind, clean(cell.text), cell, normaliser, context)
            if isinstance(said, Said):
                return said
            if said.is_nothing:
                continue
            severity: Severity = "error" if kind == "outcome_type" else "warning"
            advice = "Use one of the types in the list, or add the wording to the aliases"
            self._tell(severity, "bad_type", f"Not understood as a type: {said.reason}", advice, cell)
        return None

    def _agreement(self, texts: dict[str, str], found: dict[str, Said]) -> dict[str, Any]:
        title = texts["title"]
        kind = self._type("agreement_type", lambda text: types.agreement_type(text, title))
        if not self._cells("type"):
            kind = self._type_of_title(title)
        if "signed" not in found and not self._cells("signed"):
            self._tell("note", "missing_date", "No date of signature is written", "Fill in the date, if only the year", None)
        more: dict[str, Any] = {"type": kind, "language": _language(title)}
        more |= self._end(found)
        if cells := self._cells("auto_renewal"):
            more["has_auto_renewal"] = more.get("has_auto_renewal", False) or terms.auto_renewal(cells[0].text)
        if cells := self._cells("notice"):
            verdict = self._said("term", clean(cells[0].text), cells[0], _months)
            if isinstance(verdict, Said):
                more["notice_months"] = int(verdict.value)
            elif not verdict.is_nothing:
                self._tell("warning", "bad_value", f"Period of notice left out: {verdict.reason}", "Write '6 months'", cells[0])
        return more

    def _end(self, found: dict[str, Said]) -> dict[str, Any]:
        """Read the columns 'valid until' and 'term': a date, a term in words, or no end at all."""
        more: dict[str, Any] = {}
        for cell in (*self._cells("expires"), *self._cells("term")):
            text = clean(cell.text)
            if terms.auto_renewal(text):
                more["has_auto_renewal"] = True
            if terms.open_ended(text) and not self.readings.ruling("date", text):
                more["is_open_ended"] = True
                continue
            is_decided = self.readings.ruling("term", text) is not None
            term = self._said("term", text, cell, _months) if is_decided or _is_term(text) else None
            if isinstance(term, Said):
                more["term_months"] = int(term.value)
                if "signed" in found and "expires" not in found:
                    end = terms.expiry(found.get("effective", found["signed"]).value, int(term.value))
                    found["expires"] = Said(end, text, cell, "signature plus term", 0.9)
                    more["expires_method"] = "term"
                continue
            order = self._order(cell)
            said = self._said("date", text, cell, partial(dates.date, order=order, end=True), f"end {order}".strip())
            if isinstance(said, Said):
                found["expires"], more["expires_method"] = said, "written"
            elif not more.get("has_auto_renewal") and not said.is_nothing:
                self._tell("error", "bad_date", f"Not understood as an end or a term: {said.reason}", "Write 31.12.2027 or '5 years'", cell)
        return more

    def _news(self, texts: dict[str, str], _: dict[str, Said]) -> dict[str, Any]:
        more: dict[str, Any] = {"language": _language(f"{texts['title']} {texts.get('text', '')}")}
        with suppress(Unreadable):  # in other words than the name of an event: told by the pipeline with the rest of the text
            more["event"] = types.event(self._text("event"))
        return more

    def _outcome(self, texts: dict[str, str], _: dict[str, Said]) -> dict[str, Any]:
        sheet = self.row.origin.sheet
        kind = self._type("outcome_type", lambda text: types.outcome_type(text, sheet))
        if kind is None and not self._cells("type"):
            kind = self._type_of_sheet(sheet)
        more: dict[str, Any] = {"type": kind, "language": _language(texts["title"])}
        more |= self._amount(texts)
        if status := texts.get("status"):
            try:
                more["is_planned"] = statuses.planned(status)
            except Unreadable as error:
                self._tell("warning", "bad_value", f"Status not understood, taken as achieved: {error}", "Use 'planned' or 'done'", None)
        return more

    def _type_of_title(self, title: str) -> Said | None:
        cell = next(iter(self._cells("title")), None)
        said = self._said("agreement_type", title, cell, lambda text: types.agreement_type("", text), "title") if cell else None
        found = f"; the title says {said.value}" if isinstance(said, Said) else ""
        self._tell("note", "missing_type", f"No type of document is written{found}", "Fill in the type", None)
        return said if isinstance(said, Said) else None

    def _type_of_sheet(self, sheet: str) -> Said | None:
        context = sheet or self.row.origin.file
        verdict = self.readings.read("outcome_type", "", lambda: types.outcome_type("", context), context)
        if verdict.read is None:
            for cell in self._cells("title"):  # a column 'Result' holds now a title, now the type
                said = self._said("outcome_type", clean(cell.text), cell, types.outcome_type, "title")
                if isinstance(said, Said):
                    self._tell("note", "missing_type", f"No type is written; the title says {said.value}", "Fill in the type", None)
                    return said
            self._tell("error", "missing_type", "Neither the row nor the sheet says the type", "Add a column 'Type'", None)
            return None
        return Said(verdict.read.value, context, Cell("", context, self.row.origin.row), verdict.read.rule, verdict.read.confidence)

    def _amount(self, texts: dict[str, str]) -> dict[str, Any]:
        for cell in self._cells("count"):
            said = self._said("number", clean(cell.text), cell, _amount)
            if not isinstance(said, Said):
                if not said.is_nothing:
                    self._tell("error", "bad_number", f"Not understood as a number: {said.reason}", "Write the number alone", cell)
                continue
            if said.rule == "decision":
                return {"amount": int(said.value), "amount_unit": texts.get("unit", ""), "amount_qualifier": "exact"}
            amount = numbers.amount(cell.text)
            unit = amount.unit or texts.get("unit", "")
            return {"amount": amount.value, "amount_unit": unit, "amount_qualifier": amount.qualifier}
        return {}


def _phrases(text: str) -> list[str]:
    return [part for piece in text.replace("\n", ";").split(";") if (part := clean(piece))]


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:]


def _language(text: str) -> str:
    """Return the language of ``text``; a title of figures alone is taken for English."""
    try:
        return languages.language(text)
    except Unreadable:
        return "en"


def _is_term(text: str) -> bool:
    """Tell whether ``text`` is a length of time; where it is a date, asking for a term must leave no refusal behind."""
    try:
        return bool(_months(text).value)
    except Unreadable:
        return False


def _months(text: str) -> Read:
    return Read(str(terms.months(text)), "term in words")


def _amount(text: str) -> Read:
    amount = numbers.amount(text)
    return Read(str(amount.value), f"number, {amount.qualifier}")
