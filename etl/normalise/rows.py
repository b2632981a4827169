"""Rows of text -> records of values and what there is to tell, in the order of the rows; many rows are understood by two processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from etl.beside import both, has_two
from etl.normalise.date_orders import Orders, date_orders
from etl.normalise.header_units import HeaderUnits
from etl.normalise.record_reader import RecordReader
from etl.normalise.row_reader import SheetMemory
from etl.normalise.wire import decode, encode
from etl.readings import Readings
from etl.records import Finding, HeaderColumn, Origin, Record, Row

#: So many rows are worth a second process.
_WORTH_TWO = 4_000


@dataclass(slots=True)
class Understood:
    """What normalising gave: records and findings in the order of the rows. A row without a record is refused."""

    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def understand(
    rows: Sequence[Row], readings: Readings, stated_orders: Mapping[tuple[str, str], str] | None = None,
    broken: frozenset[Origin] = frozenset(), headers: Iterable[HeaderColumn] = (),
) -> Understood:  # fmt: skip
    """Return the records that ``rows`` state.

    ``stated_orders`` gives the order of numeric dates by file and sheet where the analyst says it; elsewhere the column votes.
    ``broken`` are rows in which the reader met a cell without a value (an error, a formula never calculated): they are
    refused like unreadable ones. ``headers`` may state the unit of a bare number below them.
    """
    orders = date_orders(rows, stated_orders or {})
    work = _Work(rows, orders, HeaderUnits.of(headers), broken)
    result = Understood(findings=list(orders.findings))
    middle = len(rows) * 11 // 20  # the other process must also tell what it found
    if len(rows) < _WORTH_TWO or not has_two():
        work.into(result, readings, 0, len(rows))
        return result
    told, _ = both(partial(work.told, readings.alike(), middle), partial(work.into, result, readings, 0, middle))
    records, findings = decode(told, rows, readings)
    result.records += records
    result.findings += findings
    return result


@dataclass(frozen=True, slots=True)
class _Work:
    """What understanding any part of the rows needs."""

    rows: Sequence[Row]
    orders: Orders
    units: HeaderUnits
    broken: frozenset[Origin]

    def into(self, result: Understood, readings: Readings, start: int, end: int) -> None:
        """Add to ``result`` what the rows from ``start`` to ``end`` say."""
        for _, record, findings in self._each(readings, start, end):
            result.findings += findings
            if record is not None:
                result.records.append(record)

    def told(self, readings: Readings, start: int) -> bytes:
        """Return what the rows from ``start`` on say, as bytes for another process."""
        records: list[tuple[int, Record]] = []
        findings: list[Finding] = []
        for at, record, found in self._each(readings, start, len(self.rows)):
            findings += found
            if record is not None:
                records.append((at, record))
        return encode(records, findings, readings)

    def _each(self, readings: Readings, start: int, end: int) -> Iterator[tuple[int, Record | None, list[Finding]]]:
        sheet: tuple[str, str] | None = None
        memory = SheetMemory(readings, self.orders, self.units)
        for at in range(start, end):
            row = self.rows[at]
            if row.role != "record" or row.kind is None or row.origin in self.broken:
                continue
            if sheet != row.origin[:2]:
                sheet, memory = row.origin[:2], SheetMemory(readings, self.orders, self.units)
            reader = RecordReader(row, memory)
            record = reader.record()
            yield at, record, reader.findings
