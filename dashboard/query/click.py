"""One click's view of a snapshot: what several questions of a page need is worked out once.

A page asks twenty questions of the same few filtered sets, some of them twice. A :class:`Click` stands in for the connection: the filtered
set of :func:`dashboard.query.chosen.chosen` becomes a temporary table of the click, the accepted links of
:func:`dashboard.query.chosen.linked` a table of the snapshot, and the same question is answered from memory. The questions stay as they
are, and give the same on a plain connection.
"""

# ruff: noqa: S608 - the texts are queries of this package, values stay parameters

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

Params = Mapping[str, Any]
#: Where a filtered set begins, and where the links that count do.
_SET = re.compile(r"\((?=select r\.\*, r\.\w+ as id from \w+ r where )")
_LINKS = re.compile(r"\((?=select distinct \w+ as id, \w+ as code from \w+ where )")
_NAMED = re.compile(r"\$(\w+)")
_making = threading.Lock()


class Answer:
    """The answer to one question: rows or a frame, as often as they are asked for."""

    def __init__(self, db: duckdb.DuckDBPyConnection, sql: str, params: Params) -> None:
        """Remember the question; it is asked when the answer is needed."""
        self._db, self._sql, self._params = db, sql, params
        self._rows: list[tuple[Any, ...]] | None = None
        self._frame: pd.DataFrame | None = None
        self._description: Any = None

    @property
    def description(self) -> Any:
        """Return what the engine says of the columns."""
        if self._description is None:
            self.fetchall()
        return self._description

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows, each time."""
        if self._rows is None:
            result = self._db.execute(self._sql, self._params)
            self._description, self._rows = result.description, result.fetchall()
        return list(self._rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the first row, each time."""
        return next(iter(self.fetchall()), None)

    def df(self) -> pd.DataFrame:
        """Return the answer as a frame of its own: a change of it changes no other."""
        if self._frame is None:
            self._frame = self._db.execute(self._sql, self._params).df()
        return self._frame.copy()


class Click:
    """A connection for the questions of one click."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        """Stand in for ``db``, a cursor of a snapshot that nobody else uses."""
        self._db = db
        self._answers: dict[tuple[str, str], Answer] = {}
        self._tables: dict[str, str] = {}

    def execute(self, sql: str, params: Params | None = None) -> Answer:
        """Return the answer to ``sql``."""
        given = params or {}
        question = (sql, repr(given))
        if question not in self._answers:
            text = self._exchanged(self._exchanged(sql, _LINKS, given), _SET, given)
            named = set(_NAMED.findall(text))
            self._answers[question] = Answer(self._db, text, {name: value for name, value in given.items() if name in named})
        return self._answers[question]

    def _exchanged(self, sql: str, begins: re.Pattern[str], params: Params) -> str:
        """Return ``sql`` with each part that begins so read from a table, where it pays."""
        made, at = [], 0
        for found in begins.finditer(sql):
            if found.start() < at:
                continue
            end = _closing(sql, found.start())
            part = sql[found.start() + 1 : end]
            made += [sql[at : found.start()], f"({self._from_table(part, begins is _LINKS, params)})"]
            at = end + 1
        return "".join([*made, sql[at:]])

    def _from_table(self, part: str, of_snapshot: bool, params: Params) -> str:
        names = set(_NAMED.findall(part))
        if of_snapshot and not names:
            return f"select * from {self._shared(part)}"
        if not names or of_snapshot:
            return part  # nothing is filtered: the table itself is as good as a copy
        values = {name: params[name] for name in names}
        name = f"set_{_hash(part, repr(sorted(values.items())))}"
        if name not in self._tables:
            self._db.execute(f"create temp table {name} as {part}", values)
            self._tables[name] = part
        return f"select * from {name}"

    def _shared(self, part: str) -> str:
        """Make the table once for the snapshot, whichever click needs it first."""
        name = f"links_{_hash(part)}"
        if name not in self._tables:
            with _making:
                self._db.execute(f"create table if not exists {name} as {part}")
            self._tables[name] = part
        return name


def _closing(sql: str, opening: int) -> int:
    """Return where the parenthesis that opens at ``opening`` closes; none stands in a text of ours."""
    depth = 0
    for at in range(opening, len(sql)):
        depth += (sql[at] == "(") - (sql[at] == ")")
        if not depth:
            return at
    raise ValueError(f"no end of a part: {sql[opening : opening + 80]}")


def _hash(*texts: str) -> str:
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()
