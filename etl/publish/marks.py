"""Findings -> what each cell of a sheet is marked with: a colour, and a comment in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from etl.publish.given import ORDER, Given, Place, Row
from etl.tables import Problem, SourceRow
from etl.words import outputs
from etl.words.problems import advice_said, meaning_said, problem_said
from etl.words.say import Say

#: More comments make a workbook slow to open, and nobody reads them; every finding is in the list beside them.
MOST_COMMENTS = 1000
_MOST_IN_ONE = 5
Cell: TypeAlias = tuple[str, int]


@dataclass(slots=True)
class Marks:
    """What the cells (letter, row) of one sheet are marked with; only :meth:`comments` depend on a language.

    ``severities`` give the colours, the gravest first. ``told`` are the findings of each cell, ``refusals`` the other cells for which
    the row of a cell was refused, where that is the first cell of such a row.
    """

    severities: dict[Cell, str] = field(default_factory=dict)
    told: dict[Cell, list[Row]] = field(default_factory=dict)
    refusals: dict[Cell, list[str]] = field(default_factory=dict)

    def by_row(self) -> dict[int, list[str]]:
        """Return the letters of the marked cells by row."""
        found: dict[int, list[str]] = defaultdict(list)
        for letter, row in self.severities:
            found[row].append(letter)
        return dict(found)

    def commented(self) -> list[Cell]:
        """Return the cells that get a comment beside their colour."""
        return list(islice(self.severities, MOST_COMMENTS))

    def silent(self) -> int:
        """Return how many cells have a colour and no comment."""
        return max(len(self.severities) - MOST_COMMENTS, 0)

    def comments(self, say: Say) -> dict[Cell, str]:
        """Return the comments by cell."""
        return {cell: comment(self.told.get(cell, []), say, self._refusal(cell, say)) for cell in self.commented()}

    def _refusal(self, cell: Cell, say: Say) -> str:
        if cell not in self.refusals:
            return ""
        cells = say.listed(self.refusals[cell])
        return say(outputs.ROW_REFUSED_FOR, cells=cells) if cells else say(outputs.ROW_REFUSED)


def marks(given: Given, place: Place) -> Marks:
    """Return the marks of one sheet; a refused row is marked at its first cell as well."""
    told: dict[Cell, list[Row]] = defaultdict(list)
    for problem in given.by_place.get(place, ()):
        if cell := given.cell(problem):
            told[cell].append(problem)
    gravest = {cell: min(ORDER[each[Problem.severity]] for each in problems) for cell, problems in told.items()}
    wrong: dict[int, list[str]] = defaultdict(list)
    for (letter, row), order in gravest.items():
        if order == 0:
            wrong[row].append(letter)
    refused = {(given.first_letter(place, row[SourceRow.row]), row[SourceRow.row]) for row in given.refused_of.get(place, ())}
    gravest |= dict.fromkeys(refused, 0)
    cells = sorted(gravest, key=lambda cell: (gravest[cell], cell[1], len(cell[0]), cell[0]))
    names = list(ORDER)
    return Marks(
        {cell: names[gravest[cell]] for cell in cells}, dict(told), {cell: _others(cell, wrong.get(cell[1], ())) for cell in refused}
    )


def _others(cell: Cell, letters: Iterable[str]) -> list[str]:
    return [f"{letter}{cell[1]}" for letter in sorted(letters, key=lambda each: (len(each), each)) if letter != cell[0]]


def comment(problems: list[Row], say: Say, refusal: str = "") -> str:
    """Return the text of a comment: the ``refusal`` of its row, then what each finding means, its detail and what to do."""
    parts = [refusal] if refusal else []
    parts += [_one(problem, say) for problem in sorted(problems, key=lambda each: ORDER[each[Problem.severity]])[:_MOST_IN_ONE]]
    if len(problems) > _MOST_IN_ONE:
        parts.append(f"+ {len(problems) - _MOST_IN_ONE}")
    return "\n\n".join(parts)


def _one(problem: Row, say: Say) -> str:
    meaning, detail = meaning_said(say, problem[Problem.code]), problem_said(say, problem)
    lines = [say.about(say(outputs.SEVERITIES[problem[Problem.severity]]), meaning)]
    lines += [_short(detail)] if detail != meaning else []
    return "\n".join([*lines, f"→ {advice_said(say, problem)}"])


def _short(text: str) -> str:
    return text if len(text) <= 600 else f"{text[:600]} …"


def counted(marks_of: Mapping[str, Marks]) -> dict[str, int]:
    """Return how many marked cells have no comment, by sheet, where there are any."""
    return {sheet: silent for sheet, each in marks_of.items() if (silent := each.silent())}
