"""Headings between the records: '2023', 'Китай' or 'Faculty of Physics' say the year, the country or the unit of the rows below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from etl.errors import Unreadable
from etl.normalise import countries, dates
from etl.records import SOURCE_FIELDS, Cell, Finding, Row
from etl.reference import rows as reference_rows
from etl.text import clean, fold

_YEAR = {"agreement": ("signed", "effective"), "news": ("published",), "outcome": ("date",)}
_NUMBERING = re.compile(r"(?:[IVXLC]+|\d{1,2}|[A-ZА-Я])[.)]\s+|[一二三四五六七八九十]+、|§\s*\d*\s*")
_LABEL = re.compile(r"[^\W\d]+\s*[:：]\s*")
_MOST_WORDS = 12
_CALLED = {"year": "date", "country": "country", "unit": "unit", "other": "part"}
_ADVICE = "Nothing, if that is right; else fill the cells of the rows below."


@dataclass(slots=True)
class _Heading:
    """A heading in force: what it says (year, country, unit or other), its cell, and how many rows took it over."""

    says: str
    cell: Cell
    text: str
    row: Row
    used: int = 0


def with_headings(rows: Iterable[Row]) -> tuple[tuple[Row, ...], list[Finding]]:
    """Return ``rows``, each record with the cells of the headings above it that say what it lacks, and what there is to tell.

    A heading holds until the next of its kind, which also ends those below it. Below records one of another kind ends the last one,
    unless that is a year; one that says nothing known, and a total, end the last one whatever it is. The title of another table, and
    another sheet, end all.
    """
    reader = _Reader()
    found = tuple(reader.read(row) for row in rows)
    reader.leave(0)
    return found, reader.findings


class _Reader:
    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.levels: list[_Heading] = []
        self.sheet = ("", "")
        self.is_below_record = False

    def read(self, row: Row) -> Row:
        """Return ``row`` with what the headings in force say for it."""
        if self.sheet != (row.origin.file, row.origin.sheet):
            self.sheet = (row.origin.file, row.origin.sheet)
            self.is_below_record = False
            self.leave(0)
        match row.role:
            case "title":
                self.title(row)
            case "section":
                self.heading(row)
            case "total":
                self.leave(len(self.levels) - 1)
            case "record":
                self.is_below_record = True
                return self.inherited(row) if self.levels else row
        return row

    def title(self, row: Row) -> None:
        if self.is_below_record:
            self.leave(0)
            self.is_below_record = False
        if (cell := _only(row)) and meaning(cell.text):
            self.heading(row)

    def heading(self, row: Row) -> None:
        cell = _only(row)
        if cell is None:
            return
        says, text = meaning(cell.text) or ("other", cell.text)
        same = next((at for at, level in enumerate(self.levels) if level.says == says), None)
        if same is not None:
            self.leave(same)
        elif self.is_below_record and self.levels and (says == "other" or self.levels[-1].says != "year"):
            self.leave(len(self.levels) - 1)
        self.is_below_record = False
        self.levels.append(_Heading(says, cell, text, row))
        if says == "other":
            message = f"Row {row.origin.row} is a heading, and says neither year, country nor unit of the rows below: {cell.text[:200]}"
            self.findings.append(_finding(message, "Nothing, unless it is a record or should say one of these.", row, cell))

    def leave(self, depth: int) -> None:
        """Forget the headings from ``depth`` on and say what they gave."""
        for level in self.levels[max(depth, 0) :]:
            rows = "row" if level.used == 1 else "rows"
            what = f"{level.text!r} was read as the {_CALLED[level.says]} of {level.used} {rows} below that say none."
            if not level.used:
                what = f"{level.text!r} is a heading; the rows below say their {_CALLED[level.says]} themselves or have no place for one."
            if level.says != "other" and (level.used or level.row.role == "section"):
                self.findings.append(_finding(what, _ADVICE, level.row, level.cell))
        del self.levels[max(depth, 0) :]

    def inherited(self, row: Row) -> Row:
        values = dict(row.values)
        cells = list(row.cells)
        for level in self.levels:
            if field := _lacking(row, level.says):
                level.used += 1
                values[field] = (level.cell._replace(text=level.text, how="section"),)
                cells.append(level.cell._replace(how="section"))
        return replace(row, values=values, cells=tuple(cells)) if len(cells) > len(row.cells) else row


def meaning(text: str) -> tuple[str, str] | None:
    """Return what a heading says (year, country or unit) and the text that says it, None where it says none of these.

    >>> meaning("2023 год"), meaning("II. Китай"), meaning("Country: China"), meaning("Faculty of Physics")
    (('year', '2023 год'), ('country', 'Китай'), ('country', 'China'), ('unit', 'Faculty of Physics'))
    >>> meaning("Europe"), meaning("Agreements signed in 2023"), meaning("2021-2023")
    (None, None, None)
    """
    plain = _NUMBERING.sub("", text.strip(), count=1) if _NUMBERING.match(text.strip()) else text.strip()
    plain = (plain[match.end() :] if (match := _LABEL.match(plain)) else plain).rstrip(" :：")
    if len(plain.split()) > _MOST_WORDS or not plain:
        return None
    if _is_year(plain):
        return "year", plain
    if _is_country(plain):
        return "country", plain
    return ("unit", plain) if _unit().search(f" {fold(plain)} ") else None


def _is_year(text: str) -> bool:
    try:
        read = dates.date(clean(text))
    except Unreadable:
        return False
    return read.confidence == 1 and len(read.value) <= 7 and not read.rule.startswith(("range", "until"))


def _is_country(text: str) -> bool:
    try:
        return countries.country(clean(text)).rule != "part of a country"
    except Unreadable:
        return False


@cache
def _unit() -> re.Pattern[str]:
    words = [fold(row["word"]) for row in reference_rows("unit_words")]
    return re.compile("|".join(word if word >= "\u3400" else f" {re.escape(word)} " for word in words))


def _only(row: Row) -> Cell | None:
    cells = [cell for cell in row.cells if cell.text.strip()]
    return cells[0] if len(cells) == 1 else None


def _lacking(row: Row, says: str) -> str:
    """Return the field that ``row`` lacks and a heading can fill, empty where there is none."""
    kind = row.kind or "news"
    fields: Sequence[str] = {"year": _YEAR[kind], "country": ("countries",), "unit": ("home_unit",)}.get(says, ())
    if not fields or fields[0] not in SOURCE_FIELDS[kind]:
        return ""
    return "" if any(letter.isalnum() for field in fields for letter in row.text(field)) else fields[0]


def _finding(message: str, advice: str, row: Row, cell: Cell) -> Finding:
    return Finding("note", "heading_row", message, advice, row.origin.file, row.origin.sheet, row.origin.row, cell.letter, cell.text)
