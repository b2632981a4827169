"""What the outputs for the analyst are made from: the rows of the published tables that tell of sources and findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from etl.tables import Problem, SourceColumn, SourceFile, SourceRow

Row: TypeAlias = Mapping[str, Any]
Place: TypeAlias = tuple[str, str]
ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True)
class Given:
    """Rows of ``run``, ``source_file``, ``source_column``, ``source_row``, ``problem`` and ``review``, and lines of the ledger.

    ``sheets`` are file, sheet, rows read, loaded, merged, refused and without data. ``refused`` are the refused rows of all inputs, those
    of the exports included, whose other rows are in no memory. ``raw`` is the folder of the inputs.
    """

    raw: Path
    run: Row
    files: Sequence[Row]
    columns: Sequence[Row]
    rows: Sequence[Row]
    refused: Sequence[Row]
    problems: Sequence[Row]
    reviews: Sequence[Row]
    sheets: Sequence[tuple[str, str, int, int, int, int, int]] = field(default_factory=tuple)

    @cached_property
    def by_place(self) -> dict[Place, list[Row]]:
        """Return the findings by file and sheet, those of a sheet from top to bottom."""
        found: dict[Place, list[Row]] = defaultdict(list)
        for problem in sorted(self.problems, key=_where):
            found[problem[Problem.file] or "", problem[Problem.sheet] or ""].append(problem)
        return dict(found)

    @cached_property
    def headers(self) -> dict[tuple[str, str, str], int]:
        """Return the row of the first header of each column, by file, sheet and letter."""
        found: dict[tuple[str, str, str], int] = {}
        for column in self.columns:
            key = (column[SourceColumn.file], column[SourceColumn.sheet], column[SourceColumn.letter])
            found[key] = min(found.get(key, column[SourceColumn.header_row]), column[SourceColumn.header_row])
        return found

    @cached_property
    def rows_of(self) -> dict[Place, list[Row]]:
        """Return the source rows by file and sheet, from top to bottom."""
        return _grouped(self.rows)

    @cached_property
    def refused_of(self) -> dict[Place, list[Row]]:
        """Return the refused rows by file and sheet, from top to bottom."""
        return _grouped(self.refused)

    @cached_property
    def first(self) -> dict[Place, dict[int, str]]:
        """Return the letter of the first filled cell of each row that was refused or has a finding, by file and sheet.

        Of a hundred thousand rows these are few: they are looked for once, and nothing is kept of the others.
        """
        found: dict[Place, dict[int, str]] = defaultdict(dict)
        for row in self.refused:
            _note(found, row)
        wanted: dict[Place, set[int]] = {}
        for place, problems in self.by_place.items():
            numbers = {problem[Problem.row] for problem in problems if problem[Problem.row] and not problem[Problem.letter]}
            if left := numbers - found[place].keys():
                wanted[place] = left
        for row in self.rows if wanted else ():
            if row[SourceRow.row] in wanted.get((row[SourceRow.file], row[SourceRow.sheet] or ""), ()):
                _note(found, row)
        return found

    def of_file(self, name: str) -> list[Row]:
        """Return the findings of one file, by sheet and from top to bottom."""
        return [problem for place in sorted(each for each in self.by_place if each[0] == name) for problem in self.by_place[place]]

    def first_letter(self, place: Place, row: int) -> str:
        """Return the letter of the first filled cell of a row that was refused or has a finding."""
        return self.first.get(place, {}).get(row, "A")

    def cell(self, problem: Row) -> tuple[str, int] | None:
        """Return the letter and the row of the cell that ``problem`` is about, None where it is about no cell.

        A finding about a row stands at its first filled cell; one about a column at its header.
        """
        row, letter = problem[Problem.row], problem[Problem.letter]
        place = (problem[Problem.file] or "", problem[Problem.sheet] or "")
        if row:
            return (letter or self.first_letter(place, row), row)
        if letter:
            return (letter, max(self.headers.get((*place, letter), 1), 1))
        return None


def _note(found: dict[Place, dict[int, str]], row: Row) -> None:
    if cells := row[SourceRow.cells]:
        found[row[SourceRow.file], row[SourceRow.sheet] or ""][row[SourceRow.row]] = cells[0]["letter"]


def is_read(file: Row) -> bool:
    """Tell whether a file is a source that was read, not a decision or a list of organisations."""
    return file[SourceFile.verdict] == "read" and file[SourceFile.kind] not in ("decisions", "organisations")


def _grouped(rows: Iterable[Row]) -> dict[Place, list[Row]]:
    found: dict[Place, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[SourceRow.file], row[SourceRow.sheet] or ""].append(row)
    for group in found.values():
        group.sort(key=lambda row: row[SourceRow.row])
    return dict(found)


def _where(problem: Row) -> tuple[Any, ...]:
    letter = problem[Problem.letter] or ""
    return (
        problem[Problem.row] or 0,
        len(letter),
        letter,
        ORDER[problem[Problem.severity]],
        problem[Problem.code],
        problem[Problem.message],
    )
