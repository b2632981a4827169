"""The rows as they were read, before anything is understood: what of them cannot be published."""

from __future__ import annotations

from dataclasses import replace

from etl.beside import both
from etl.check.cells import incomplete, unfit, unnamed_columns
from etl.check.confusable import look_alikes
from etl.records import Finding, Input

#: So many rows are worth a second process.
_WORTH_TWO = 4_000


def examined(given: Input) -> Input:
    """Return ``given`` with the findings about its cells and numbers; a row with an error among them is refused."""
    rows, columns = given.rows, given.columns

    def of_texts() -> list[Finding]:
        return list(unfit(rows))

    def of_rows() -> list[Finding]:
        return [*look_alikes(rows), *unnamed_columns(rows, columns), *incomplete(rows, columns)]

    first, others = both(of_texts, of_rows) if len(rows) >= _WORTH_TWO else (of_texts(), of_rows())
    return replace(given, findings=(*given.findings, *first, *others))
