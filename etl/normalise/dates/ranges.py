"""Two dates in one cell -> the start or the end of the range; what one side leaves out it takes from the other."""

from __future__ import annotations

from dataclasses import replace

from etl.errors import Unreadable
from etl.normalise.dates.compose import compose
from etl.normalise.dates.scan import Part, Scan
from etl.records import Read

_DASHES = "-–—―‒−"


def one_or_range(found: Scan, order: str, end: bool) -> Read:
    """Return the one date of ``found``, or the start (or end) of the range it states."""
    parts = found.parts
    if end and "now" in found.notes:
        raise Unreadable("a start without an end")
    try:
        return _not_a_start(compose(parts, order), found, end)
    except Unreadable as refusal:
        for at, part in enumerate(parts):
            if part.kind == "range" and 0 < at < len(parts) - 1 and (read := _range(parts[:at], parts[at + 1 :], part, order, end)):
                return read
        raise refusal from None


def _not_a_start(read: Read, found: Scan, end: bool) -> Read:
    if end and ("from" in found.notes or (found.parts[-1].kind == "range" and found.parts[-1].gap in _DASHES)):
        raise Unreadable("a start without an end")
    return read


def _range(left: list[Part], right: list[Part], sign: Part, order: str, end: bool) -> Read | None:
    if sign.gap not in _DASHES and sign.gap not in ("to", "until", "or", "/", ","):
        return None
    if academic := _academic(left, right, sign, end):
        return academic
    try:
        last = compose(_from_start(left, right) if sign.gap in ("to", "until") else right, order)
        first = _completed(left, right, order)
    except Unreadable:
        return None
    if first.value[:4] > last.value[:4] or (len(first.value) == len(last.value) and first.value > last.value):
        return None
    chosen = last if end else first
    return Read(chosen.value, f"range, its {'end' if end else 'start'}", min(chosen.confidence, 0.9))


def _from_start(left: list[Part], right: list[Part]) -> list[Part]:
    """Return the parts of an end that leaves out the year, or year and month, of its start: 2020年3月12日至15日."""
    if any(part.kind == "number" and part.digits == 4 for part in right):
        return right
    years = [part for part in left if part.kind == "number" and part.digits == 4]
    months = [] if any(part.kind == "month" for part in right) else [part for part in left if part.kind == "month"]
    return [*years, *months, *right]


def _academic(left: list[Part], right: list[Part], sign: Part, end: bool) -> Read | None:
    """Read 2021/22 as the academic year that starts in 2021."""
    if [part.kind for part in (*left, *right)] != ["number", "number"]:
        return None
    start, stop = left[0], right[0]
    if start.digits == 4 and stop.digits == 2 and stop.value == (start.value + 1) % 100 and (stop.value > 12 or sign.gap == "/"):
        year = int(compose(left, "dmy").value)
        return Read(str(year + 1), "academic year, its end", 0.9) if end else Read(str(year), "academic year, its start", 0.9)
    return None


def _completed(left: list[Part], right: list[Part], order: str) -> Read:
    """Read the start, taking its year, or its month and year, from the end where they are left out."""
    try:
        return compose(left, order)
    except Unreadable:
        pass
    year = next((part for part in right if part.kind == "number" and part.digits == 4), None)
    if year is None:
        raise Unreadable("a range without a year")
    if any(part.kind == "month" for part in left) or sum(part.kind == "number" for part in left) == 2:
        return compose([*left, replace(year, gap=" ")], order)
    return compose([*left, *_after_day(right)], order)


def _after_day(right: list[Part]) -> list[Part]:
    """Return the parts of the end but its day, so that '12' of '12-15.03.2020' becomes a date."""
    if any(part.kind == "month" for part in right):
        return [part for part in right if part.kind == "month" or part.digits == 4]
    numbers = [part for part in right if part.kind == "number"]
    if len(numbers) < 3 or numbers[2].digits != 4:
        raise Unreadable("a range without a month")
    return [part for part in right if part.kind != "number" or part is not numbers[0]]
