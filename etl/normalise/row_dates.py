"""The dates of a row: when it was signed and how long it holds, from the columns that say so, and where these contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from etl.errors import Unreadable
from etl.normalise import dates, terms
from etl.normalise.header_units import complete
from etl.normalise.row_reader import RowReader
from etl.records import Cell, Read, Said, Severity
from etl.text import LETTER, clean

#: A written end may lie a month beside the end of the term: the last day or the anniversary; where only years are known, a year.
_SLACK, _SLACK_OF_YEARS = 1, 12


class DateReader(RowReader):
    """Reads the dates of one row."""

    def _date(self, name: str) -> Said | None:
        """Read the cells of a date; of several the most precise counts, of equals the first, and one that contradicts it is told."""
        found: list[Said] = []
        wrong: list[tuple[Cell, str]] = []
        for cell in self._cells(name):
            said, reason = self._hear("date", cell, self._date_of)
            found += said
            if reason:
                wrong.append((cell, reason))
        severity: Severity = "warning" if found else "error"
        for cell, reason in wrong:
            self._tell(severity, "bad_date", f"Not understood as a date: {reason}", "Write it as 14.11.2023, 11.2023 or 2023", cell)
        return self._settled(found) if found else None

    def _date_of(self, cell: Cell) -> tuple[tuple[Said, ...], str]:
        """Return the date in ``cell``, or why there is none."""
        order, text = self._order(cell), clean(cell.text)
        said = self._said("date", text, cell, partial(dates.date, order=order), order)
        if not isinstance(said, Said):
            return (), "" if said.is_nothing else said.reason
        if said.confidence < 1 and "ambiguous" in said.rule:
            advice = "Write the month in words, or state date_order in sources.yaml"
            self._tell("warning", "ambiguous_date", f"Read as {said.value}: {said.rule}", advice, cell)
        return (said,), ""

    def _settled(self, found: Sequence[Said]) -> Said:
        """Return the most precise of several dates for one thing; the others must be the same, written coarser."""
        if len(found) == 1:
            return found[0]
        best = max(found, key=lambda said: len(said.value))
        for said in found:
            if not _agree(best.value, said.value):
                self._disagree(best, said, "the more precise date" if len(best.value) > len(said.value) else "the first of the two")
        return best

    def _end(self, found: dict[str, Said]) -> dict[str, Any]:
        """Read the columns 'valid until' and 'term': a date, a term in words, or no end at all."""
        more: dict[str, Any] = {}
        term_said: Said | None = None
        for cell in (*self._cells("expires"), *self._cells("term")):
            unit = self.units.of_cell(cell, self.row.origin)
            said, (what, is_renewed, reason) = self._hear(f"end {unit}", cell, partial(self._end_of, unit))
            if is_renewed:
                more["has_auto_renewal"] = True
            if what == "open":
                more["is_open_ended"] = True
            elif what == "term":
                term_said = said[0]
                more["term_months"] = length = int(term_said.value)
                if "signed" in found and "expires" not in found:
                    end = terms.expiry(found.get("effective", found["signed"]).value, length)
                    found["expires"] = Said(end, term_said.raw, cell, "signature plus term", 0.9)
                    more["expires_method"] = "term"
            elif what == "date":
                written = [found["expires"]] if more.get("expires_method") == "written" else []
                found["expires"], more["expires_method"] = self._settled([*written, *said]), "written"
            elif reason and not more.get("has_auto_renewal"):
                severity: Severity = "warning" if "expires" in found else "error"
                self._tell(severity, "bad_date", f"Not understood as an end or a term: {reason}", "Write 31.12.2027 or '5 years'", cell)
        if term_said and more.get("expires_method") == "written":
            self._compare(found, term_said)
        return more

    def _end_of(self, unit: str, cell: Cell) -> tuple[tuple[Said, ...], tuple[str, bool, str]]:
        """Return the term or the date in ``cell`` with what it is (open, term, date or none), whether it renews itself, and why none."""
        text = clean(cell.text)
        is_renewed, is_open = _renewed_or_open(text)
        if is_open and not (self.readings.has_rulings and self.readings.ruling("date", text)):
            return (), ("open", is_renewed, "")
        is_decided = self.readings.has_rulings and self.readings.ruling("term", text) is not None
        whole = complete(text, unit)
        if is_decided or _is_term(whole):
            term = self._said("term", text, cell, partial(_months_of_whole, whole), whole[len(text) :].strip())
            if isinstance(term, Said):
                return (term,), ("term", is_renewed, "")
        order = self._order(cell)
        said = self._said("date", text, cell, partial(dates.date, order=order, end=True), f"end {order}" if order else "end")
        if isinstance(said, Said):
            return (said,), ("date", is_renewed, "")
        return (), ("none", is_renewed, "" if said.is_nothing else said.reason)

    def _compare(self, found: Mapping[str, Said], term: Said) -> None:
        """Tell of a written end that is not where the term would end; the written one counts."""
        start, end = found.get("effective") or found.get("signed"), found["expires"]
        if start is None:
            return
        due = Said(terms.expiry(start.value, int(term.value)), term.raw, term.cell, term.rule)
        coarse = min(len(due.value), len(end.value)) < 7
        if abs(_months_of(due.value) - _months_of(end.value)) > (_SLACK_OF_YEARS if coarse else _SLACK):
            self._disagree(end, due, "a written end counts before one worked out from the term")


@lru_cache(maxsize=65_536)
def _renewed_or_open(text: str) -> tuple[bool, bool]:
    """Tell whether ``text`` says that it renews itself, and that it has no end; both take words."""
    if not LETTER.search(text):
        return False, False
    return terms.auto_renewal(text), terms.open_ended(text)


def _agree(precise: str, coarse: str) -> bool:
    """Tell whether one ISO prefix is the other written coarser; of a season only the year is compared."""
    if any(len(iso) == 7 and int(iso[5:]) > 12 for iso in (precise, coarse)):
        return precise[:4] == coarse[:4]
    return precise.startswith(coarse)


def _months_of(iso: str) -> int:
    """Return the months from the year 0 to an ISO prefix; a year stands for its last month, a season for the last of its year."""
    month = int(iso[5:7]) if len(iso) > 4 else 12
    return int(iso[:4]) * 12 + min(month, 12)


def _months_of_whole(whole: str, _: str) -> Read:
    """Read a term with the unit that its header states."""
    return months(whole)


@lru_cache(maxsize=65_536)
def _is_term(text: str) -> bool:
    """Tell whether ``text`` is a length of time; where it is a date, asking for a term must leave no refusal behind."""
    if not LETTER.search(text):  # every unit of time is a word
        return False
    try:
        return bool(months(text).value)
    except Unreadable:
        return False


def months(text: str) -> Read:
    """Return the number of months of a term in words.

    Raises:
        Unreadable: no length of time.
    """
    return Read(str(terms.months(text)), "term in words")
