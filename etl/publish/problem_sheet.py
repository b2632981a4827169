"""The sheet that lists the findings of one file, each with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.publish.given import ORDER, Given, Row
from etl.publish.xlsx.book import Content, Sheet, Value, raw
from etl.tables import Problem
from etl.words import outputs
from etl.words.problems import advice_said, meaning_said, problem_said
from etl.words.say import Say

MOST_LISTED = 20_000
_WIDTHS = (12, 22, 10, 34, 38, 60, 50)


def problem_sheet(given: Given, file: str, name: str, sheets: Mapping[str, str], say: Say, notes: Sequence[str]) -> Sheet:
    """Return the sheet ``name`` with the findings of ``file``, the gravest first; ``sheets`` are the names that its sheets have here."""
    problems = sorted(given.of_file(file), key=lambda each: ORDER[each[Problem.severity]])
    said = [say(outputs.COPY_NOTE), *notes]
    if len(problems) > MOST_LISTED:
        said.append(say(outputs.LISTED, n=say.number(MOST_LISTED), all=say.number(len(problems))))
    if not problems:
        said.append(say(outputs.NOTHING_FOUND))
    heads = (outputs.GRAVITY, outputs.SHEET, outputs.WHERE, outputs.WRITTEN, outputs.FOUND, outputs.DETAIL, outputs.TO_DO)
    lines: list[Sequence[Content]] = [[Value(say(outputs.COPY_OF, file=file), "title")], *([Value(note, "plain")] for note in said)]
    lines += [[], [Value(say(text), "head") for text in heads]]
    head = len(lines)
    lines += [_line(given, problem, sheets, say) for problem in problems[:MOST_LISTED]]
    return Sheet(name, lines, widths=_WIDTHS, frozen=f"A{head + 1}", filtered=f"A{head}:G{len(lines)}" if problems else "")


def _line(given: Given, problem: Row, sheets: Mapping[str, str], say: Say) -> Sequence[Content]:
    sheet = problem[Problem.sheet] or ""
    cell = given.cell(problem)
    link = f"'{sheets[sheet].replace(chr(39), chr(39) * 2)}'!{cell[0]}{cell[1]}" if cell and sheet in sheets else ""
    where = f"{cell[0]}{cell[1]}" if cell else say(outputs.WHOLE_SHEET if sheet else outputs.WHOLE_FILE)
    return [
        Value(say(outputs.SEVERITIES[problem[Problem.severity]]), problem[Problem.severity]),
        sheets.get(sheet, sheet),
        Value(where, "link", link) if link else where,
        raw(problem[Problem.raw] or ""),
        meaning_said(say, problem[Problem.code]),
        problem_said(say, problem),
        advice_said(say, problem),
    ]
