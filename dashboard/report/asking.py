"""Which agreements ask for a decision: the list of the page, for documents."""

from __future__ import annotations

import duckdb

from dashboard.filters import Selection
from dashboard.locale import speaker
from dashboard.pages import Context, attention


def context(db: duckdb.DuckDBPyConnection, as_of: str, selection: Selection, language: str = "en") -> Context:
    """Return the context in which the lists of the pages are asked."""
    return Context(db, "", as_of, selection, speaker(language), "/report")


def due(db: duckdb.DuckDBPyConnection, as_of: str, selection: Selection, language: str = "en") -> tuple[list[attention.Due], int]:
    """Return what asks for a decision, the first to ask first within each reason, and of how many agreements the end is not stated."""
    asked = context(db, as_of, selection, language)
    found = attention.Asking.of(asked)
    return found.first(asked, found.number()), found.unknown
