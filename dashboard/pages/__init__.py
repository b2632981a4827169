"""Pages: what each address shows. The registry of all pages is in ``dashboard/pages/registry.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from dash.development.base_component import Component

from dashboard.filters import Selection
from dashboard.locale import Say
from dashboard.marks import JOIN


@dataclass(frozen=True, slots=True)
class Context:
    """All that a page needs to draw itself: the snapshot, the selection and the language."""

    db: duckdb.DuckDBPyConnection
    snapshot_id: str
    as_of: str
    selection: Selection
    say: Say
    path: str
    given: tuple[tuple[str, str], ...] = ()
    """What else the address says: parts that belong to the page, not to the selection."""
    folder: Path | None = None
    """Where the snapshots are kept."""

    def asked(self, name: str) -> str:
        """Return the part ``name`` of the address that belongs to the page, or nothing."""
        return dict(self.given).get(name, "")

    def here(self, selection: Selection | None = None, **changed: str) -> str:
        """Return the address of this very view under ``selection``, with parts of the page's own ``changed`` (empty: taken away)."""
        own = {name: text for name, text in (dict(self.given) | changed).items() if text}
        query = (self.selection if selection is None else selection).to_query()
        more = urlencode(own, safe=f",{JOIN}")
        return self.path + query + (("&" if query else "?") + more if more else "")

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
