"""Two ways to the answer of a question: as it is written, in SQL, and in a click over the arrays of the snapshot."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar, cast
from weakref import WeakKeyDictionary

import duckdb
import pandas as pd

from dashboard.query.click import Click
from dashboard.query.held import Held
from dashboard.query.view import View

P = ParamSpec("P")
T = TypeVar("T")
# As a text: what typing remembers of a type of the engine, the engine would call a leak when the program ends.
Ask: TypeAlias = "Callable[Concatenate[duckdb.DuckDBPyConnection, P], T]"


def _fixed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _own(answer: Any) -> Any:
    """Return an answer whose change changes no other."""
    if isinstance(answer, list):
        return [dict(row) if isinstance(row, dict) else row for row in answer]
    if isinstance(answer, pd.DataFrame):
        return answer.copy(deep=False)  # pandas 3 copies when something is written
    if isinstance(answer, tuple):
        return tuple(map(_own, answer))
    return answer.copy() if isinstance(answer, dict) else answer


def clicked(db: duckdb.DuckDBPyConnection, held: Held | None = None) -> duckdb.DuckDBPyConnection:
    """Return a click on ``db`` as what it stands in for."""
    return cast(duckdb.DuckDBPyConnection, Click(db, held))


_views: WeakKeyDictionary[duckdb.DuckDBPyConnection, View] = WeakKeyDictionary()


def view_of(db: duckdb.DuckDBPyConnection) -> View:
    """Return the arrays of what ``db`` holds: those of the click, or for a plain connection its own, made when first asked for."""
    if isinstance(db, Click):
        return db.view
    if db not in _views:
        _views[db] = View(Held(db))
    return _views[db]


def quick(way: Callable[Concatenate[View, P], T]) -> Callable[[Ask[P, T]], Ask[P, T]]:
    """Return a decorator for a question: in a click it is answered in this ``way``, on a plain connection as it is written."""

    def with_way(ask: Ask[P, T]) -> Ask[P, T]:
        @wraps(ask)
        def answered(db: duckdb.DuckDBPyConnection, *args: P.args, **named: P.kwargs) -> T:
            if not isinstance(db, Click):
                return ask(db, *args, **named)
            found: T = _own(db.view.once((way, *map(_fixed, args), *named.items()), lambda: way(db.view, *args, **named)))
            return found

        return cast("Ask[P, T]", answered)

    return with_way
