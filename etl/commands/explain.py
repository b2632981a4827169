"""``python -m etl explain ID``: the whole chain of one record, down to the cells."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from rich.console import Console
from rich.text import Text

from etl.tables import TABLES, Partner, RecordSource, SourceColumn, SourceRow, table

_KINDS = {"agreement": "agreement_id", "news": "news_id", "outcome": "outcome_id"}


class Snapshot:
    """The published tables, read as they are asked for."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "snapshots" / (data / "current").read_text("utf-8").strip()

    def rows(self, name: str, **where: object) -> list[dict[str, Any]]:
        """Return the rows of table ``name`` whose columns equal ``where``."""
        content = pq.read_table(self.folder / f"{name}.parquet")
        for column, value in where.items():
            content = content.filter(pc.equal(content[column], value))
        found: list[dict[str, Any]] = content.to_pylist()
        return found


def main(record_id: str, data: Path) -> int:
    """Print the chain of ``record_id``; return 3 when there is no such record, 2 when there is no snapshot."""
    console = Console(highlight=False, soft_wrap=True)
    try:
        snapshot = Snapshot(data)
    except OSError:
        sys.stderr.write(f"There is no published snapshot in {data}; run `python -m etl run` first.\n")
        return 2
    lines = list(explain(record_id, snapshot))
    if not lines:
        sys.stderr.write(f"No agreement, news item, outcome or partner has the id {record_id!r}.\n")
        return 3
    for line in lines:
        console.print(Text(line))
    return 0


def explain(record_id: str, snapshot: Snapshot) -> Iterator[str]:
    """Yield the chain of one record as lines: its values, links and proofs, and each cell behind it."""
    for partner in snapshot.rows("partner", partner_id=record_id):
        yield from _values("partner", partner)
        yield "  Written as: " + "; ".join(partner[Partner.forms])
        for kind in _KINDS:
            yield from (
                f"  {kind} {link[_KINDS[kind]]}: {link['raw_text']!r} ({link['method']})"
                for link in snapshot.rows(f"{kind}_partner", partner_id=record_id)
            )
    for kind, key in _KINDS.items():
        for record in snapshot.rows(kind, **{key: record_id}):
            yield from _values(kind, record)
            yield from _links(kind, key, record_id, snapshot)
            yield from _cells(kind, record_id, snapshot)


def _values(kind: str, record: dict[str, Any]) -> Iterator[str]:
    yield f"{kind} {record[table(kind).key[0]]}"
    yield from (f"  {name}: {value}" for name, value in record.items() if value not in (None, "", [], False))


def _links(kind: str, key: str, record_id: str, snapshot: Snapshot) -> Iterator[str]:
    decided = {(r["reading_kind"], r["raw_text"]): r["decision"] for r in snapshot.rows("reading") if r["decision"]}
    for each in TABLES:
        if not {str(c) for c in each.key} & {key} or len(each.key) != 2 or each.name == kind:
            continue
        other = next(str(c) for c in each.key if c != key)
        for link in snapshot.rows(each.name, **{key: record_id}):
            state = "" if link["is_accepted"] else ", proposed"
            by = decided.get((each.name.rpartition("_")[2], link["raw_text"]), "")
            state += f", {by}" if by else ""
            yield f"  {other} {link[other]} <- {link['raw_text']!r} ({link['method']}, {link['confidence']:.2f}{state})"


def _cells(kind: str, record_id: str, snapshot: Snapshot) -> Iterator[str]:
    columns = snapshot.rows("source_column")
    known = snapshot.rows("reading")
    readings = {r["raw_text"]: r for r in known if r["reading_kind"] != "correction"}
    corrections = {r["context"]: r for r in known if r["reading_kind"] == "correction"}
    for source in snapshot.rows("record_source", record_kind=kind, record_id=record_id):
        row = snapshot.rows("source_row", source_row_id=source[RecordSource.row])[0]
        yield f"  {row[SourceRow.file]}, sheet {row[SourceRow.sheet] or '-'}, row {row[SourceRow.row]} ({row[SourceRow.fate]})"
        heads = _heads(columns, row)
        for cell in row[SourceRow.cells]:
            column = heads.get(cell["letter"])
            feeds = ", ".join(column[SourceColumn.published]) if column else ""
            corrected = corrections.get(f"{row[SourceRow.id]}#{cell['letter']}")
            read = readings.get(" ".join((corrected["value"] if corrected else cell["text"]).split()))
            rule = f" corrected to {corrected['value']!r} by {corrected['decision']}" if corrected else ""
            rule += f" = {read['value']} ({', '.join(filter(None, (read['rule'], read['decision'])))})" if read and read["value"] else ""
            header = column[SourceColumn.header] if column else "?"
            yield f"    {cell['letter']}{cell['row']} [{header}] {cell['text']!r}{rule} -> {feeds or 'nothing'}"


def _heads(columns: list[dict[str, Any]], row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the columns above ``row`` by letter: of several headers in a sheet the nearest one above counts."""
    place = (row[SourceRow.file], row[SourceRow.sheet])
    here = [c for c in columns if (c[SourceColumn.file], c[SourceColumn.sheet]) == place]
    above = [c for c in here if c[SourceColumn.header_row] < row[SourceRow.row]]
    return {c[SourceColumn.letter]: c for c in sorted(above, key=lambda c: c[SourceColumn.header_row])}
