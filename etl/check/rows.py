"""The rows as they were read, before anything is understood: what of them cannot be published."""

from __future__ import annotations

from dataclasses import replace

from etl.check.cells import incomplete, unfit, unnamed_columns
from etl.check.confusable import look_alikes
from etl.records import Input


def examined(given: Input) -> Input:
    """Return ``given`` with the findings about its cells and numbers; a row with an error among them is refused."""
    rows, columns = given.rows, given.columns
    found = (*unfit(rows), *look_alikes(rows), *unnamed_columns(rows, columns), *incomplete(rows, columns))
    return replace(given, findings=(*given.findings, *found))
