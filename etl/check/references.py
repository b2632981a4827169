"""News and outcomes that name an agreement nobody has: their row is refused, because without the link it would be false."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from etl.records import Finding, Record, Row
from etl.text import fold

_APART = re.compile(r"[;,\n]+|\s{2,}")
#: How the id of an agreement without a number looks; people may copy it from the dashboard.
_OWN_ID = re.compile(r"a [0-9a-f]{10}")


def dangling(records: Sequence[Record], rows: Iterable[Row]) -> Iterator[tuple[str, Finding]]:
    """Yield the id of the source row and the reason of each record whose agreement number leads to no agreement of ``records``.

    ``rows`` are all that were read: where none of them gives an agreement a number, no register is there to be asked.
    A cell that names several agreements is judged only when none of them is known.
    """
    referring = [(record, text) for record in records if record.kind != "agreement" and (text := record.texts.get("agreement_number", ""))]
    if not referring:
        return
    written = {fold(row.text("number")) for row in rows if row.role == "record" and row.kind == "agreement"} - {""}
    if not written:
        return
    known = {fold(record.texts["number"]) for record in records if record.kind == "agreement" and "number" in record.texts}
    for record, text in referring:
        numbers = {fold(text), *map(fold, _APART.split(text))} - {""}
        if numbers and known.isdisjoint(numbers) and not any(map(_OWN_ID.fullmatch, numbers)):
            yield record.row.origin.id, _told(record, text, is_refused=not written.isdisjoint(numbers))


def _told(record: Record, text: str, *, is_refused: bool) -> Finding:
    origin = record.row.origin
    what = "belongs to an agreement whose row was refused" if is_refused else "belongs to no agreement that was read"
    cell = next(iter(record.row.values["agreement_number"]))
    advice = "Correct the number, or add the agreement to a register"
    message = f"The agreement number {text} {what}"
    return Finding("error", "dangling_reference", message, advice, origin.file, origin.sheet, origin.row, cell.letter, cell.text)
