"""Numbers with their origin: what was asked, of which selection, and which row of the answer.

An origin can be asked again, of the same snapshot or of another: that is how a number of the prose is traced and tested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from dashboard.figures import agreements_in_force
from dashboard.filters import Selection
from dashboard.marks import JOIN, NONE
from dashboard.query import counts, quality, registers
from dashboard.query.chosen import COUNT, YEARS, Kind, rows_of
from dashboard.report.asking import due
from etl.indicators.attention import DORMANT
from etl.indicators.status import HORIZON
from etl.tables import Agreement, Outcome, Problem, Run

Answers = Mapping[str, float]
"""Code -> number; the number that has no code stands under ``""``."""
DIFFERENCE, PERCENT, REST = "difference", "percent", "rest"
RULES: Answers = {"days": HORIZON, "months": DORMANT}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number comes from: a question of :data:`QUESTIONS`, the address of the selection, and the code of the row.

    A number that is worked out from others (``difference``, ``percent``, ``rest``) names them in ``of``.
    """

    question: str
    address: str = ""
    code: str = ""
    of: tuple[Origin, ...] = ()

    def __str__(self) -> str:
        """Return the origin as one text without spaces, as the HTML carries it."""
        if self.of:
            return f"{self.question}({','.join(map(str, self.of))})"
        return f"{self.question}{self.address}" + (f"#{self.code}" if self.code else "")


@dataclass(frozen=True, slots=True)
class Fact:
    """A number and where it comes from."""

    value: float
    origin: Origin

    def minus(self, other: Fact) -> Fact:
        """Return the distance of the two, never negative: the words say which is more."""
        return Fact(abs(self.value - other.value), Origin(DIFFERENCE, of=(self.origin, other.origin)))

    def percent_of(self, whole: Fact) -> Fact:
        """Return the share of ``whole`` in whole per cent."""
        return Fact(round(100 * self.value / whole.value), Origin(PERCENT, of=(self.origin, whole.origin)))


class Facts:
    """All that a document asks of one snapshot; the same question is asked once."""

    def __init__(self, db: duckdb.DuckDBPyConnection, as_of: str) -> None:
        """Ask ``db`` when something is needed; ``as_of`` is the day for which statuses hold."""
        self.db, self.as_of = db, as_of
        self._answers: dict[tuple[str, Selection], Answers] = {}

    def all(self, question: str, selection: Selection | None = None) -> Answers:
        """Return every number that the question has for an answer, in the order of the answer."""
        asked = selection or Selection()
        key = (question, asked)
        if key not in self._answers:
            self._answers[key] = QUESTIONS[question](self.db, asked, self.as_of)
        return self._answers[key]

    def one(self, question: str, selection: Selection | None = None, code: str = "") -> Fact:
        """Return one number; what the answer does not have is 0."""
        asked = selection or Selection()
        return Fact(self.all(question, asked).get(code, 0), Origin(question, asked.to_query(), code))

    def resolve(self, origin: Origin) -> float:
        """Return the number of ``origin``, asked again."""
        if origin.question == DIFFERENCE:
            return abs(self.resolve(origin.of[0]) - self.resolve(origin.of[1]))
        if origin.question == PERCENT:
            return round(100 * self.resolve(origin.of[0]) / self.resolve(origin.of[1]))
        if origin.question == REST:
            return self.all(origin.of[0].question, Selection.from_query(origin.of[0].address))[""] - float(origin.code)
        return self.one(origin.question, Selection.from_query(origin.address), origin.code).value


Question = Callable[[duckdb.DuckDBPyConnection, Selection, str], Answers]


def _size(kind: Kind) -> Question:
    return lambda db, selection, _: {"": registers.size(db, selection, kind)}


def _met(name: str) -> Question:
    """Ask how many partners, countries or fields there are, and in the year given as code how many of them were met first."""

    def ask(db: duckdb.DuckDBPyConnection, selection: Selection, _: str) -> Answers:
        rows = registers.first_years(db, selection, name)
        found: dict[str, float] = {str(row["year"]): int(row[COUNT]) for row in rows if row["year"] is not None}
        return {"": sum(int(row[COUNT]) for row in rows)} | found

    return ask


def _linked(ask: Callable[..., Any], kind: Kind) -> Question:
    def answer(db: duckdb.DuckDBPyConnection, selection: Selection, _: str) -> Answers:
        return {row["code"] or NONE: int(row[COUNT]) for row in rows_of(ask(db, selection, kind))}

    return answer


def _coded(kind: Kind, column: str) -> Question:
    def answer(db: duckdb.DuckDBPyConnection, selection: Selection, _: str) -> Answers:
        return {row["code"] or NONE: int(row[COUNT]) for row in rows_of(counts.by_code(db, selection, kind, column))}

    return answer


def _of_years(kind: Kind) -> Question:
    def answer(db: duckdb.DuckDBPyConnection, selection: Selection, _: str) -> Answers:
        rows = rows_of(counts.by_year(db, selection, kind, YEARS[kind]))
        found: Counter[str] = Counter()
        for row in rows:
            found[NONE if row["year"] is None else str(int(row["year"]))] += int(row[COUNT])
        return found

    return answer


def _stock(db: duckdb.DuckDBPyConnection, selection: Selection, _: str) -> Answers:
    """Count what was in force, and what had no stated end, at the end of each year: ``2024~in_force``, ``2024~end_unknown``."""
    rows = rows_of(agreements_in_force.FIGURE.ask(db, selection))
    return {f"{int(row['year'])}{JOIN}{row['code']}": int(row[COUNT]) for row in rows if row["year"] is not None}


def _due(db: duckdb.DuckDBPyConnection, selection: Selection, as_of: str) -> Answers:
    found, unknown = due(db, as_of, selection)
    return {"": len(found), "unknown": unknown} | Counter(each.reason for each in found)


def _rows(db: duckdb.DuckDBPyConnection, _selection: Selection, _as_of: str) -> Answers:
    row = quality.run(db)
    columns = (Run.rows, Run.loaded, Run.merged, Run.quarantined, Run.not_data, Run.files, Run.refused)
    return {str(column): int(row.get(column) or 0) for column in columns}


def _findings(db: duckdb.DuckDBPyConnection, _selection: Selection, _as_of: str) -> Answers:
    rows = quality.problem_codes(db)
    found: Counter[str] = Counter()
    for row in rows:
        found[str(row[Problem.severity])] += int(row[COUNT])
    return found | {"": sum(found.values()), "questions": len(quality.reviews(db, 1_000_000))}


QUESTIONS: dict[str, Question] = {
    "agreements": _size("agreement"),
    "outcomes": _size("outcome"),
    "planned": _size("planned"),
    "news": _size("news"),
    "partners": _met("partner"),
    "countries": _met("country"),
    "agreement_years": _of_years("agreement"),
    "agreement_countries": _linked(counts.by_country, "agreement"),
    "agreement_fields": _linked(counts.by_field, "agreement"),
    "agreement_partners": _linked(counts.by_partner, "agreement"),
    "agreement_types": _coded("agreement", Agreement.type),
    "outcome_types": _coded("outcome", Outcome.type),
    "outcome_countries": _linked(counts.by_country, "outcome"),
    "in_force": _stock,
    "due": _due,
    "rows": _rows,
    "findings": _findings,
    "rules": lambda *_: RULES,
}
