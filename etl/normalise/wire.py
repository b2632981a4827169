"""What one process understood, as bytes and back: a record names its row and its cells by their number, as both processes have the rows."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Any

from etl.cells import Line, Values
from etl.readings import Readings, Verdict
from etl.records import Cell, Finding, Read, Record, Row, Said

_new = tuple.__new__
#: The fields of a record that are plain values, in its order; the event stands before the last of them.
_plain = attrgetter(
    "cooperation", "term_months", "notice_months", "expires_method", "is_open_ended", "has_auto_renewal", "amount", "amount_unit",
    "amount_qualifier", "is_planned", "language",
)  # fmt: skip
_NOWHERE: Mapping[str, tuple[int, ...]] = {}
_OF_FINDING = ("severity", "code", "message", "advice", "file", "sheet", "row", "letter", "raw")
_OF_VERDICT = ("reason", "candidates", "is_unsure", "cells", "decision")


def encode(records: Iterable[tuple[int, Record]], findings: Iterable[Finding], readings: Readings) -> bytes:
    """Return as bytes what was understood: ``records`` with the number of their row, ``findings`` and the verdicts of ``readings``."""
    verdicts = [
        (key, _of_read(verdict.read), *[getattr(verdict, name) for name in _OF_VERDICT]) for key, verdict in readings.verdicts.items()
    ]
    told = [tuple([getattr(finding, name) for name in _OF_FINDING]) for finding in findings]
    return marshal.dumps(([_told(at, record) for at, record in records], told, verdicts))


def decode(told: bytes, rows: Sequence[Row], readings: Readings) -> tuple[list[Record], list[Finding]]:
    """Return the records, of ``rows``, and the findings that :func:`encode` told, and add its verdicts to ``readings``."""
    records, findings, verdicts = marshal.loads(told)  # noqa: S302 - our own process wrote it
    for key, read, *rest in verdicts:
        readings.add(key, Verdict(None if read is None else Read(*read), *rest))
    return [_record(each, rows) for each in records], [Finding(*each) for each in findings]


def _of_read(read: Read | None) -> tuple[str, str, float] | None:
    return None if read is None else (read.value, read.rule, read.confidence)


def _told(at: int, record: Record) -> tuple[Any, ...]:
    values = record.row.values
    line, places = (values.line, values.places) if isinstance(values, Values) else (None, _NOWHERE)
    texts: list[int | str] = []
    for name, text in record.texts.items():
        where = places.get(name, ())
        texts.append(where[0] if line is not None and len(where) == 1 and line.texts[where[0]] == text else text)
    said: list[Any] = []
    groups = (record.countries, record.fields, record.partners, record.dates.values(), () if record.type is None else (record.type,))
    for group in groups:
        for value, raw, cell, rule, sure in group:
            whence: Any = _at(cell, line)
            said += (value, None if raw == cell.text else raw, tuple(cell) if whence is None else whence, rule, sure)
    sizes = tuple(map(len, groups))
    return at, tuple(record.texts), texts, tuple(record.dates), sizes, said, _of_read(record.event), _plain(record)


def _at(cell: Cell, line: Line | None) -> int | None:
    """Return the place of ``cell`` in ``line``, None where it is another one."""
    if line is None or cell.how != "cell" or cell.row != line.row:
        return None
    letters = line.shape.letters
    at = letters.index(cell.letter) if cell.letter in letters else None
    return at if at is not None and line.texts[at] == cell.text and line.shape.types[at] == cell.type else None


def _record(told: tuple[Any, ...], rows: Sequence[Row]) -> Record:
    at, names, texts, dates, sizes, said, event, plain = told
    row = rows[at]
    assert row.kind is not None
    line = row.cells if isinstance(row.cells, Line) else None
    found = list(_again(said, line))
    ends = tuple(accumulate(sizes))
    countries, fields, partners, days, types = [tuple(found[end - size : end]) for end, size in zip(ends, sizes, strict=True)]
    texts = texts if line is None else [line.texts[text] if type(text) is int else text for text in texts]
    values = (
        row.kind, row, dict(zip(names, texts, strict=True)), dict(zip(dates, days, strict=True)), countries, fields, partners,
        types[0] if types else None, *plain[:-1], None if event is None else Read(*event), plain[-1],
    )  # fmt: skip
    return Record(*values)


def _again(said: list[Any], line: Line | None) -> Iterator[Said]:
    each = iter(said)
    for value, raw, where, rule, sure in zip(each, each, each, each, each, strict=True):
        if type(where) is int and line is not None:
            shape = line.shape
            text = line.texts[where]
            cell = _new(Cell, (shape.letters[where], text, line.row, "cell", shape.types[where]))
        else:
            cell = Cell(*where)
        yield _new(Said, (value, cell.text if raw is None else raw, cell, rule, sure))
