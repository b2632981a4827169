"""One row of text -> a record of values; a row whose essential cell is not understood is refused aloud.

Refused is a row with a date, country or number that is written but not understood: publishing it without would be
a false "unknown". A type, field or link that is not understood is left out and reported; the row is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from etl.errors import Unreadable
from etl.normalise import countries, fields, languages, links, numbers, statuses, terms, types
from etl.normalise.counted import counted
from etl.normalise.row_dates import DateReader, months
from etl.records import Cell, Read, Record, Said, Severity
from etl.text import clean

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
_MOST_TITLE = 500
#: The method that reads what only records of a kind have.
_EXTRA = {"agreement": "_agreement", "news": "_news", "outcome": "_outcome"}
#: How many texts are remembered with what they say: the cells of a column repeat each other.
_REMEMBERED = 16_384


class RecordReader(DateReader):
    """Reads one row; ``refused`` turns true with the first essential cell that is not understood."""

    def record(self) -> Record | None:
        """Return the record, or None when the row is refused."""
        assert self.kind is not None
        filled, say = self._filled, self._text
        texts = {name: text for name in TEXTS[self.kind] if name in filled and (text := say(name))}
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
        found |= getattr(self, _EXTRA[self.kind])(texts, found["dates"])
        return None if self.refused else Record(self.kind, self.row, texts, **found)

    def _title_of_others(self) -> str:
        """Return what names a record without a title: whom it is with, or what kind of outcome it is; a news item has nothing."""
        names = {"agreement": ("partners",), "outcome": ("partners", "type"), "news": ()}[self.kind or "news"]
        found = next((cells for name in names if (cells := self._cells(name))), ())
        return "; ".join(clean(cell.text) for cell in found)[:_MOST_TITLE]

    def _countries(self) -> tuple[Said, ...]:
        found: dict[str, Said] = {}
        for cell in self._cells("countries"):
            for said in self._hear("countries", cell, self._countries_of)[0]:
                found.setdefault(said.value, said)
        self._compare_cities(found)
        return tuple(found.values())

    def _countries_of(self, cell: Cell) -> tuple[tuple[Said, ...], None]:
        found: list[Said] = []
        for part in self._parts("country", cell, _countries_in):
            said = self._said("country", part, cell, countries.country)
            if isinstance(said, Said):
                found.append(said)
            elif not said.is_nothing:
                advice = "Write the name of a country, or add the spelling to the aliases"
                self._tell("error", "bad_country", f"Not understood as a country: {said.reason}", advice, cell)
        return tuple(found), None

    def _compare_cities(self, found: Mapping[str, Said]) -> None:
        """Tell of a city that lies in none of the countries that the row names."""
        for cell in self._cells("city") if found else ():
            read = _country_of(clean(cell.text))
            if read and read.value not in found:
                said = Said(read.value, cell.text, cell, read.rule)
                self._disagree(next(iter(found.values())), said, "the column of the country counts")

    def _partners(self) -> tuple[Said, ...]:
        return tuple(Said(cell.text, cell.text, cell, "as written") for cell in self._cells("partners"))

    def _fields(self) -> tuple[tuple[Said, ...], tuple[str, ...]]:
        found: dict[str, Said] = {}
        forms: list[str] = [p for cell in self._cells("areas") for p in _phrases(cell.text)]
        for name, read in (("fields", self._fields_of), ("fields_areas", self._fields_or_forms_of)):
            for cell in self._cells(name):
                said, others = self._hear(name, cell, read)
                for each in said:
                    found.setdefault(each.value, each)
                forms += others
        return tuple(found.values()), tuple(dict.fromkeys(forms))

    def _fields_of(self, cell: Cell) -> tuple[tuple[Said, ...], tuple[str, ...]]:
        found: list[Said] = []
        for phrase in self._parts("field", cell, _fields_in):
            said = self._said("field", phrase, cell, fields.field)
            if isinstance(said, Said):
                found.append(said)
            elif not said.is_nothing:
                advice = "Name the field more exactly, or answer the question in the review list"
                self._tell("note", "bad_field", _sentence(said.reason), advice, cell)
        return tuple(found), ()

    def _fields_or_forms_of(self, cell: Cell) -> tuple[tuple[Said, ...], tuple[str, ...]]:
        """Read a cell of a mixed column: what is no field is a form of co-operation; the doubtful ones are asked as well."""
        found: list[Said] = []
        forms: list[str] = []
        for phrase in self._parts("field", cell, _fields_in):
            is_decided = self.readings.has_rulings and self.readings.ruling("field", phrase) is not None
            if not is_decided and fields.is_form_of_cooperation(phrase):
                forms.append(phrase)
                continue
            said = self._said("field", phrase, cell, fields.field)
            if isinstance(said, Said):
                found.append(said)
            else:
                forms.append(phrase)
        return tuple(found), tuple(forms)

    def _link(self) -> str:
        for cell in self._cells("link"):
            try:
                return links.link(cell.text)
            except Unreadable as error:
                self._tell("warning", "bad_url", f"The link is left out: {error}", "Write an address that starts with https://", cell)
        return ""

    def _type(self, kind: str, normaliser: Callable[[str], Read], context: str = "") -> Said | None:
        def read(cell: Cell) -> tuple[tuple[Said, ...], None]:
            said = self._said(kind, clean(cell.text), cell, normaliser, context)
            if isinstance(said, Said):
                return (said,), None
            if not said.is_nothing:
                severity: Severity = "error" if kind == "outcome_type" else "warning"
                advice = "Use one of the types in the list, or add the wording to the aliases"
                self._tell(severity, "bad_type", f"Not understood as a type: {said.reason}", advice, cell)
            return (), None

        return next((said for cell in self._cells("type") for said in self._hear(kind, cell, read)[0]), None)

    def _agreement(self, texts: dict[str, str], found: dict[str, Said]) -> dict[str, Any]:
        title = texts["title"]
        kind = self._type("agreement_type", lambda text: types.agreement_type(text, title))
        if not self._cells("type"):
            kind = self._type_of_title(title)
        if "signed" not in found and not self._cells("signed"):
            self._tell("note", "missing_date", "No date of signature is written", "Fill in the date, if only the year", None)
        more: dict[str, Any] = {"type": kind, "language": _language(title)}
        more |= self._end(found)
        for cell in self._cells("status"):
            if not statuses.is_of_agreement(cell.text):
                self._tell("error", "bad_value", "Not understood as a status of an agreement", "Write active, expired or terminated", cell)
        if cells := self._cells("auto_renewal"):
            more["has_auto_renewal"] = more.get("has_auto_renewal", False) or terms.auto_renewal(cells[0].text)
        if cells := self._cells("notice"):
            verdict = self._said("term", clean(cells[0].text), cells[0], months)
            if isinstance(verdict, Said):
                more["notice_months"] = int(verdict.value)
            elif not verdict.is_nothing:
                self._tell("warning", "bad_value", f"Period of notice left out: {verdict.reason}", "Write '6 months'", cells[0])
        return more

    def _news(self, texts: dict[str, str], _: dict[str, Said]) -> dict[str, Any]:
        more: dict[str, Any] = {"language": _language(f"{texts['title']} {texts.get('text', '')}")}
        with suppress(Unreadable):  # in other words than the name of an event: told by the pipeline with the rest of the text
            more["event"] = types.event(self._text("event"))
        return more

    def _outcome(self, texts: dict[str, str], _: dict[str, Said]) -> dict[str, Any]:
        sheet = self.row.origin.sheet
        if self._lists_several():
            return {}
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

    def _lists_several(self) -> bool:
        """Refuse a row whose title or type lists several outcomes with their numbers: it would count as one of them."""
        names = ("type",) if self._cells("type") else ("title",)
        for cell in (cell for name in names for cell in self._cells(name)):
            if len(found := counted(cell.text)) > 1:
                listed = "; ".join(f"{each.value} {each.unit}" for each in found)
                message = f"The cell lists {len(found)} outcomes, where a row is one: {listed}"
                self._tell("error", "several_facts", message, "Write a row for each, with its number in a column of its own", cell)
        return self.refused

    def _type_of_title(self, title: str) -> Said | None:
        cell = next(iter(self._cells("title")), None)
        said = self._said("agreement_type", title, cell, lambda text: types.agreement_type("", text), "title") if cell else None
        found = f"; the title says {said.value}" if isinstance(said, Said) else ""
        self._tell("note", "missing_type", f"No type of document is written{found}", "Fill in the type", None)
        return said if isinstance(said, Said) else None

    def _type_of_sheet(self, sheet: str) -> Said | None:
        context = sheet or self.row.origin.file
        verdict = self.readings.read("outcome_type", "", lambda _: types.outcome_type("", context), context)
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
        """Read how many: the first column that counts; another one that says another number is told."""
        found: list[tuple[Said, dict[str, Any]]] = []
        for cell in self._cells("count") or self._counting_title():
            said = self._said("number", clean(cell.text), cell, _amount)
            if isinstance(said, Said):
                found.append((said, _amount_of(said, texts.get("unit", ""))))
            elif not said.is_nothing:
                self._tell(
                    "error", numbers.code_of(cell.text), f"Not understood as a number: {said.reason}", "Write the number alone", cell
                )
        for said, _ in found[1:]:
            if said.value != found[0][0].value:
                self._disagree(found[0][0], said, "the first column of a number")
        return found[0][1] if found else {}

    def _counting_title(self) -> tuple[Cell, ...]:
        """Return the title that is nothing but a number of something, as in a column 'Result' that says '12 publ.'."""
        return tuple(cell for cell in self._cells("title") if counted(cell.text)) if not self._cells("type") else ()


def _amount_of(said: Said, unit: str) -> dict[str, Any]:
    if said.rule == "decision":
        return {"amount": int(said.value), "amount_unit": unit, "amount_qualifier": "exact"}
    amount = numbers.amount(said.cell.text)
    return {"amount": amount.value, "amount_unit": amount.unit or unit, "amount_qualifier": amount.qualifier}


@lru_cache(maxsize=_REMEMBERED)
def _country_of(city: str) -> Read | None:
    """Return the country of a city, None for most: only capitals and parts of countries are in the lists."""
    return countries.of_place(city)


@lru_cache(maxsize=_REMEMBERED)
def _countries_in(text: str) -> tuple[str, ...]:
    return tuple(countries.split(text))


@lru_cache(maxsize=_REMEMBERED)
def _fields_in(text: str) -> tuple[str, ...]:
    return tuple(fields.split(text))


def _phrases(text: str) -> list[str]:
    return [part for piece in text.replace("\n", ";").replace("；", ";").split(";") if (part := clean(piece))]


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:]


def _language(text: str) -> str:
    """Return the language of ``text``; a title of figures alone is taken for English."""
    try:
        return languages.language(text)
    except Unreadable:
        return "en"


def _amount(text: str) -> Read:
    amount = numbers.amount(text)
    return Read(str(amount.value), f"number, {amount.qualifier}")
