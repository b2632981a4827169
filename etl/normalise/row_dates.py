"""The dates of a row: when it was signed and how long it holds, from the columns that say so, and where these contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from etl.errors import Unreadable
from etl.normalise import dates, terms
from etl.normalise.row_reader import RowReader
from etl.records import Cell, Read, Said, Severity
from etl.text import clean

#: A written end may lie a month beside the end of the term: the last day or the anniversary; where only years are known, a year.
_SLACK, _SLACK_OF_YEARS = 1, 12


class DateReader(RowReader):
    """Reads the dates of one row."""

    def _date(self, name: str) -> Said | None:
        """Read the cells of a date; of several the most precise counts, of equals the first, and one that contradicts it is told."""
        found: list[Said] = []
        wrong: list[tuple[Cell, str]] = []
        for cell in self._cells(name):
            order, text = self._order(cell), clean(cell.text)
            said = self._known("date", text, cell, order) or self._said("date", text, cell, partial(dates.date, order=order), order)
            if isinstance(said, Said):
                if said.confidence < 1 and "ambiguous" in said.rule:
                    advice = "Write the month in words, or state date_order in sources.yaml"
                    self._tell("warning", "ambiguous_date", f"Read as {said.value}: {said.rule}", advice, cell)
                found.append(said)
            elif not said.is_nothing:
                wrong.append((cell, said.reason))
        severity: Severity = "warning" if found else "error"
        for cell, reason in wrong:
            self._tell(severity, "bad_date", f"Not understood as a date: {reason}", "Write it as 14.11.2023, 11.2023 or 2023", cell)
        return self._settled(found) if found else None

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
            text = clean(cell.text)
            is_renewed, is_open = _renewed_or_open(text)
            if is_renewed:
                more["has_auto_renewal"] = True
            if is_open and not (self.readings.has_rulings and self.readings.ruling("date", text)):
                more["is_open_ended"] = True
                continue
            is_decided = self.readings.has_rulings and self.readings.ruling("term", text) is not None
            whole = self.units.complete(text, cell, self.row.origin)
            unit = whole[len(text) :].strip()
            term = None
            if is_decided or _is_term(whole):
                term = self._known("term", text, cell, unit) or self._said("term", text, cell, partial(_months_of_whole, whole), unit)
            if isinstance(term, Said):
                more["term_months"], term_said = int(term.value), term
                if "signed" in found and "expires" not in found:
                    end = terms.expiry(found.get("effective", found["signed"]).value, int(term.value))
                    found["expires"] = Said(end, text, cell, "signature plus term", 0.9)
                    more["expires_method"] = "term"
                continue
            order = self._order(cell)
            context = f"end {order}" if order else "end"
            read_end = partial(dates.date, order=order, end=True)
            said = self._known("date", text, cell, context) or self._said("date", text, cell, read_end, context)
            if isinstance(said, Said):
                written = [found["expires"]] if more.get("expires_method") == "written" else []
                found["expires"], more["expires_method"] = self._settled([*written, said]), "written"
            elif not more.get("has_auto_renewal") and not said.is_nothing:
                severity: Severity = "warning" if "expires" in found else "error"
                self._tell(
                    severity, "bad_date", f"Not understood as an end or a term: {said.reason}", "Write 31.12.2027 or '5 years'", cell
                )
        if term_said and more.get("expires_method") == "written":
            self._compare(found, term_said)
        return more

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
