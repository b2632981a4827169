"""The cells behind an attribute of a record, in one snapshot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from etl.compare.publication import Publication
from etl.compare.records import LINKS, PROPOSED, Stated
from etl.compare.source_rows import Headers
from etl.tables import Reading, SourceColumn, SourceRow


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell as written; ``counts_as`` and ``decision`` where a person corrected it."""

    file: str
    sheet: str
    cell: str
    header: str
    text: str
    counts_as: str | None = None
    decision: str | None = None


class Cells:
    """The rows of ``wanted`` (ids of source rows) of one snapshot, and what their columns feed."""

    def __init__(self, snapshot: Publication, headers: Headers, wanted: Collection[str]) -> None:
        self._headers = headers
        rows = (row for batch in snapshot.batches("source_row") for row in batch if row[SourceRow.id] in wanted) if wanted else ()
        self._rows: dict[str, dict[str, Any]] = {row[SourceRow.id]: row for row in rows}
        readings = snapshot.rows("reading", Reading.kind, Reading.context, Reading.value, Reading.decision)
        self._corrected = {row[Reading.context]: row for row in readings if row[Reading.kind] == "correction"}

    def behind(self, record: Stated | None, attribute: str) -> list[WrittenCell]:
        """Return the cells that feed ``attribute``, in the order of the rows of the record; none where no column feeds it."""
        if record is None:
            return []
        wanted = column_of(record, attribute)
        return [cell for row in record.rows if row in self._rows for cell in self._of(self._rows[row], wanted)]

    def first(self, record: Stated) -> str:
        """Return where the row stands that gave the title: file, sheet and row."""
        row = self._rows[record.rows[0]]
        return ", ".join(filter(None, (row[SourceRow.file], row[SourceRow.sheet], str(row[SourceRow.row]))))

    def _of(self, row: Mapping[str, Any], wanted: str) -> Iterable[WrittenCell]:
        above = self._headers.above(row[SourceRow.file], row[SourceRow.sheet], row[SourceRow.row])
        for cell in row[SourceRow.cells]:
            column = above.get(cell["letter"])
            if column and wanted in column[SourceColumn.published]:  # type: ignore[operator]
                place = row[SourceRow.file], row[SourceRow.sheet], f"{cell['letter']}{cell['row']}"
                said = self._corrected.get(f"{row[SourceRow.id]}#{cell['letter']}", {})
                yield WrittenCell(
                    *place, str(column[SourceColumn.header]), cell["text"], said.get(Reading.value), said.get(Reading.decision)
                )


def column_of(record: Stated, attribute: str) -> str:
    """Return the published column of an attribute, as ``source_column`` names it."""
    plain = attribute.removesuffix(PROPOSED)
    other = LINKS[record.kind].get(plain)
    return f"{record.kind}_{other}.{plain}" if other else f"{record.kind}.{plain}"
