"""One click's view of a snapshot: what several questions of a page need is worked out once.

A page asks twenty questions of the same few filtered sets, some of them twice. A :class:`Click` stands in for the connection. A question
that has a :func:`quick` way is answered from the arrays of the snapshot (:mod:`dashboard.query.held`). For all others the filtered set of
:func:`dashboard.query.chosen.chosen` is a temporary table of the click, the accepted links of :func:`dashboard.query.chosen.linked` are
a table of the snapshot, and the same question is answered from memory. The questions stay as they are, and give the same on a plain
connection.
"""

# ruff: noqa: S608 - the texts are queries of this package, values stay parameters

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import duckdb
import pandas as pd
import pyarrow as pa

from dashboard.filters import LISTS, Selection
from dashboard.query.chosen import KEYS, LINKS, SET, SUCCESSOR_SQL, Kind
from dashboard.query.held import Held
from dashboard.query.view import View

Params = Mapping[str, Any]
#: Where a filtered set begins, and of what kind it is; where the links that count do.
_SET = re.compile(rf"\((?={re.escape(SET).replace(re.escape('{kind}'), '(?P<kind>[a-z]+)')})")
_LINKS = re.compile(rf"\((?={re.escape(LINKS)})")
_NAMED = re.compile(r"\$(\w+)")
_making = threading.Lock()


#: Rows of an answer that is kept for other clicks, and how many such answers.
_SHORT, _MANY = 400, 400


@dataclass(slots=True)
class Known:
    """What is known of the answer to a question."""

    description: Any = None
    rows: list[tuple[Any, ...]] | None = None
    frame: pd.DataFrame | None = None

    def is_short(self) -> bool:
        """Tell whether it is worth its memory."""
        return all(each is None or len(each) <= _SHORT for each in (self.rows, self.frame))


class Answer:
    """The answer to one question: rows or a frame, as often as they are asked for."""

    def __init__(self, ask: Callable[[], duckdb.DuckDBPyConnection], known: Known) -> None:
        """Remember how to ask; it is asked when the answer is needed."""
        self._ask, self._known = ask, known

    @property
    def description(self) -> Any:
        """Return what the engine says of the columns."""
        if self._known.description is None:
            self.fetchall()
        return self._known.description

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows, each time."""
        if self._known.rows is None:
            result = self._ask()
            self._known.description, self._known.rows = result.description, result.fetchall()
        return list(self._known.rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the first row, each time."""
        return next(iter(self.fetchall()), None)

    def df(self) -> pd.DataFrame:
        """Return the answer as a frame of its own: a change of it changes no other."""
        if self._known.frame is None:
            self._known.frame = self._ask().df()
        return self._known.frame.copy()


class Click:
    """A connection for the questions of one click."""

    def __init__(self, db: duckdb.DuckDBPyConnection, held: Held | None = None, shared: dict[str, Known] | None = None) -> None:
        """Stand in for ``db``, a cursor of a snapshot that nobody else uses.

        ``held`` are the arrays of the snapshot; ``shared`` is what other clicks on it know: short answers to questions that depend on no
        choice of the reader.
        """
        self._db = db
        self.view = View(held or Held(db))
        self._shared_answers = {} if shared is None else shared
        self._answers: dict[tuple[str, str], Known] = {}
        self._tables: set[str] = set()

    def execute(self, sql: str, params: Params | None = None) -> Answer:
        """Return the answer to ``sql``."""
        given = params or {}
        known = self._answers.setdefault((sql, repr(given)), (None if given else self._shared_answers.get(sql)) or Known())

        def ask() -> duckdb.DuckDBPyConnection:
            text = self._exchanged(self._exchanged(sql, _LINKS, given), _SET, given)
            named = set(_NAMED.findall(text))
            return self._db.execute(text, {name: value for name, value in given.items() if name in named})

        return Answer(ask, known)

    def share(self) -> None:
        """Leave to the next click what it may need too."""
        for (sql, params), known in self._answers.items():
            if params == "{}" and known.is_short() and len(self._shared_answers) < _MANY:
                self._shared_answers[sql] = known

    def _exchanged(self, sql: str, begins: re.Pattern[str], params: Params) -> str:
        """Return ``sql`` with each part that begins so read from a table, where it pays."""
        made, at = [], 0
        for found in begins.finditer(sql):
            if found.start() < at:
                continue
            end = _closing(sql, found.start())
            part = sql[found.start() + 1 : end]
            read = self._links(part) if begins is _LINKS else self._set(part, cast(Kind, found["kind"]), params)
            made += [sql[at : found.start()], f"({read})"]
            at = end + 1
        return "".join([*made, sql[at:]])

    def _links(self, part: str) -> str:
        """Read links that depend on no choice of the reader from a table of the snapshot."""
        return part if _NAMED.search(part) else f"select * from {self._shared(part)}"

    def _set(self, part: str, kind: Kind, params: Params) -> str:
        names = set(_NAMED.findall(part))
        if not names:
            return part  # nothing is filtered: the table itself is as good as a copy
        values = {name: params[name] for name in names}
        name = f"set_{_hash(part, repr(sorted(values.items())))}"
        table: Kind = "outcome" if kind == "planned" else kind
        if name not in self._tables:
            self._pick(name, kind, table, values)
        # The records themselves are read where a question needs them: a copy of all their columns would cost more than the question.
        more = f", {SUCCESSOR_SQL}" if table == "agreement" else ""
        return f"select r.*, r.{KEYS[kind]} as id{more} from {table} r where r.{KEYS[kind]} in (select id from {name})"

    def _pick(self, name: str, kind: Kind, table: Kind, values: Params) -> None:
        """Make the table of the ids that are chosen."""
        ids = self.view.held.table(kind).ids
        selection = replace(selection_of(values), record=(table, str(values["record"])) if "record" in values else None)
        picked = pa.table({"id": pa.array([ids[at] for at in self.view.chosen(kind, selection).tolist()], pa.string())})
        self._db.register("picked", picked)
        self._db.execute(f"create temp table {name} as select * from picked")
        self._db.unregister("picked")
        self._tables.add(name)

    def _shared(self, part: str) -> str:
        """Make the table once for the snapshot, whichever click needs it first."""
        name = f"links_{_hash(part)}"
        if name not in self._tables:
            with _making:
                self._db.execute(f"create table if not exists {name} as {part}")
            self._tables.add(name)
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


def selection_of(params: Params) -> Selection:
    """Return the selection whose filtered set has these parameters: :func:`dashboard.query.chosen.chosen` read backwards.

    >>> selection_of({"countries": ["CHN"], "no_types": ["grant"], "since": 2015}).to_query()
    '?country=CHN&type=-grant&since=2015'
    """
    lists: dict[str, Any] = {each: tuple(params[each]) for each in LISTS.values() if each in params}
    out = tuple(sorted((name, code) for name, each in LISTS.items() for code in params.get(f"no_{each}", ())))
    return Selection(**lists, excluded=out, since=params.get("since"), until=params.get("until"))
