"""Pages: what each address shows. The registry of all pages is in ``dashboard/pages/registry.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
from dash.development.base_component import Component

from dashboard.filters import Selection
from dashboard.locale import Say


@dataclass(frozen=True, slots=True)
class Context:
    """All that a page needs to draw itself: the snapshot, the selection and the language."""

    db: duckdb.DuckDBPyConnection
    snapshot_id: str
    as_of: str
    selection: Selection
    say: Say
    path: str

    def link(self, path: str, selection: Selection | None = None) -> str:
        """Return the address of ``path`` under ``selection`` (by default the present one)."""
        return path + (self.selection if selection is None else selection).to_query()


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``path`` may end in ``/<id>``; ``draw(context, id)`` returns the content below the filter bar."""

    path: str
    title: str
    draw: Callable[[Context, str], Component]
    in_menu: bool = True
