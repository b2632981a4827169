"""Records that contradict themselves: refused before anything is linked to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.check.duplicates import contradicting
from etl.check.references import dangling
from etl.records import Finding, Record, Row, Said

#: A bare number that would be an earlier day is rather a slip in a year of four digits.
_FIRST_SERIAL = "1990"


def contradictions(records: Iterable[Record], as_of: str, rows: Sequence[Row] = ()) -> tuple[list[Record], list[Finding]]:
    """Return the records that can be, and why the others cannot; their rows are refused.

    An end before the signature and a signature after the as-of date cannot be; nor can two records under one number that
    contradict each other, or a reference to an agreement that is not among the records though ``rows`` have a register.
    """
    kept, findings = _possible(records, as_of)
    twice = contradicting(kept)
    kept = [record for record in kept if record.row.origin.id not in twice]
    loose = dict(dangling(kept, rows))
    kept = [record for record in kept if record.row.origin.id not in loose]
    return kept, [*findings, *twice.values(), *loose.values()]


def _possible(records: Iterable[Record], as_of: str) -> tuple[list[Record], list[Finding]]:
    """Leave out what is signed after the as-of date or ends before it begins.

    Dates are compared at the coarser precision: a month does not lie before a day of that month.
    """
    kept: list[Record] = []
    findings: list[Finding] = []
    for record in records:
        wrong = _wrong(record, as_of)
        if wrong is None:
            kept.append(record)
        else:
            findings.append(wrong)
    return kept, findings


def is_before(a: str, b: str) -> bool:
    """Tell whether the ISO prefix ``a`` certainly lies before ``b``.

    >>> is_before("2022", "2022-05"), is_before("2021-12", "2022")
    (False, True)
    """
    shared = min(len(a), len(b))
    return a[:shared] < b[:shared]


def _wrong(record: Record, as_of: str) -> Finding | None:
    for said in record.dates.values():
        if "serial" in said.rule and said.value < _FIRST_SERIAL:
            message = f"The bare number would be the day {said.value} in the calendar of Excel, which is no likely one"
            return _place(record, said, "bad_date", message, "Write the date, or the year with four digits")
    if record.kind != "agreement" or "signed" not in record.dates:
        return None
    signed = record.dates["signed"]
    if is_before(as_of, signed.value):
        message = f"Signed on {signed.value}, after the as-of date {as_of}"
        return _place(record, signed, "future_signed", message, "Correct the date of signature")
    end = record.dates.get("expires") or record.dates.get("terminated")
    if end and is_before(end.value, signed.value):
        message = f"The end {end.value} lies before the signature {signed.value}"
        return _place(record, end, "date_order", message, "Correct one of the two dates")
    return None


def _place(record: Record, said: Said, code: str, message: str, advice: str) -> Finding:
    origin = record.row.origin
    return Finding("error", code, message, advice, origin.file, origin.sheet, said.cell.row, said.cell.letter, said.cell.text)
