"""Findings -> what each cell of a sheet is marked with: a colour and a comment in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from etl.publish.given import ORDER, Given, Row, first_letters
from etl.tables import Problem, SourceRow
from etl.words import outputs
from etl.words.problems import advice_said, meaning_said, problem_said
from etl.words.say import Say

#: More comments make a workbook slow to open, and nobody reads them; every finding is in the list beside them.
MOST_COMMENTS = 1000
_MOST_IN_ONE = 5


@dataclass(slots=True)
class Marks:
    """Severity and comment by cell (letter, row) of one sheet; ``silent`` cells have a colour and no comment."""

    severities: dict[tuple[str, int], str] = field(default_factory=dict)
    comments: dict[tuple[str, int], str] = field(default_factory=dict)
    silent: int = 0

    def by_row(self) -> dict[int, list[str]]:
        """Return the letters of the marked cells by row."""
        found: dict[int, list[str]] = defaultdict(list)
        for letter, row in self.severities:
            found[row].append(letter)
        return dict(found)


def marks(given: Given, file: str, sheet: str, say: Say) -> Marks:
    """Return the marks of one sheet; a refused row is marked at its first cell as well."""
    first = first_letters(given.rows_of.get((file, sheet), ()))
    told: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for problem in given.by_place.get((file, sheet), ()):
        if cell := given.cell(problem, first):
            told[cell].append(problem)
    refused = {(first.get(row[SourceRow.row], "A"), row[SourceRow.row]) for row in given.refused_of.get((file, sheet), ())}
    wrong: dict[int, list[str]] = defaultdict(list)
    for (letter, row), problems in told.items():
        if _gravest(problems, False) == 0:
            wrong[row].append(letter)
    found = Marks()
    cells = sorted(told.keys() | refused, key=lambda cell: (_gravest(told.get(cell, ()), cell in refused), cell[1], len(cell[0]), cell[0]))
    for cell in cells:
        problems = told.get(cell, [])
        found.severities[cell] = list(ORDER)[_gravest(problems, cell in refused)]
        if len(found.comments) < MOST_COMMENTS:
            found.comments[cell] = comment(problems, say, _refusal(cell, wrong, say) if cell in refused else "")
        else:
            found.silent += 1
    return found


def comment(problems: list[Row], say: Say, refusal: str = "") -> str:
    """Return the text of a comment: the ``refusal`` of its row, then what each finding means, its detail and what to do."""
    parts = [refusal] if refusal else []
    parts += [_one(problem, say) for problem in sorted(problems, key=lambda each: ORDER[each[Problem.severity]])[:_MOST_IN_ONE]]
    if len(problems) > _MOST_IN_ONE:
        parts.append(f"+ {len(problems) - _MOST_IN_ONE}")
    return "\n\n".join(parts)


def _refusal(cell: tuple[str, int], wrong: Mapping[int, list[str]], say: Say) -> str:
    cells = [f"{letter}{cell[1]}" for letter in sorted(wrong.get(cell[1], ()), key=lambda each: (len(each), each)) if letter != cell[0]]
    return say(outputs.ROW_REFUSED_FOR, cells=say.listed(cells)) if cells else say(outputs.ROW_REFUSED)


def _one(problem: Row, say: Say) -> str:
    meaning, detail = meaning_said(say, problem[Problem.code]), problem_said(say, problem)
    lines = [say.about(say(outputs.SEVERITIES[problem[Problem.severity]]), meaning)]
    lines += [_short(detail)] if detail != meaning else []
    return "\n".join([*lines, f"→ {advice_said(say, problem)}"])


def _short(text: str) -> str:
    return text if len(text) <= 600 else f"{text[:600]} …"


def _gravest(problems: Iterable[Row], is_refused: bool) -> int:
    orders = [ORDER[each[Problem.severity]] for each in problems]
    return min([*orders, *([0] if is_refused else [])])


def counted(marks_of: Mapping[str, Marks]) -> dict[str, int]:
    """Return how many marked cells have no comment, by sheet, where there are any."""
    return {sheet: each.silent for sheet, each in marks_of.items() if each.silent}
