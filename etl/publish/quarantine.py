"""The refused rows as a workbook in which a person corrects them: reasons first, then the cells as written, under their headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from etl.cells import letter_of
from etl.publish.given import Given, Place, Row
from etl.publish.xlsx.book import Content, Sheet, Value, book, raw, sheet_name
from etl.publish.xlsx.cells import column
from etl.tables import Problem, SourceColumn, SourceRow
from etl.words import outputs
from etl.words.problems import advice_said, problem_said
from etl.words.say import Say

#: Refused rows of one table that are listed: more are one cause many times, and no person corrects them one by one.
MOST_ROWS = 10_000
_OWN = 4  # columns of ours before the cells of the row
_WIDTHS = (8, 14, 52, 44)


def write_quarantine(path: Path, given: Given, say: Say) -> None:
    """Write an overview and a sheet for each table with refused rows; the same rows give the same bytes."""
    taken = [sheet_name(say(outputs.REFUSED_SHEET), ())]
    places = sorted(given.refused_of)
    called: dict[Place, str] = {}
    for place in places:
        called[place] = sheet_name(_title(place), taken)
        taken.append(called[place])
    sheets = [_overview(given, taken[0], called, say), *(_table(given, place, called[place], say) for place in places)]
    book(sheets).write(path)


def _title(place: Place) -> str:
    file, sheet = place
    bare = file.rpartition("/")[2]
    return f"{bare[:18]} {sheet}"[:31].strip() if sheet else bare[:31]


def _overview(given: Given, name: str, called: Mapping[Place, str], say: Say) -> Sheet:
    lines: list[Sequence[Content]] = [[Value(say(outputs.REFUSED_ROWS), "title")], []]
    if called:
        lines += [[Value(say(text), "plain")] for text in outputs.HOW_TO_LINES]
        lines += [[], [Value(say(text), "head") for text in (outputs.FILE, outputs.SHEET, outputs.REFUSED_OF)]]
    else:
        lines.append([Value(say(outputs.NO_REFUSED), "plain")])
    for (file, sheet), title in called.items():
        link = "'" + title.replace("'", "''") + "'!A1"
        lines.append([Value(file, "link", link), sheet or say(outputs.TEXT_FILE), len(given.refused_of[file, sheet])])
    return Sheet(name, lines, widths=(44, 30, 16))


def _table(given: Given, place: Place, name: str, say: Say) -> Sheet:
    rows = given.refused_of[place]
    shown = rows[:MOST_ROWS]
    letters = sorted({c["letter"] for row in shown for c in row[SourceRow.cells]} | _letters(given, place), key=column)
    headers = _headers(given, place)
    errors = _errors(given, place)
    where = f"{place[0]}, {say(outputs.SHEET).lower()} {place[1]}" if place[1] else place[0]
    lines: list[Sequence[Content]] = [[Value(where, "title")]]
    if len(rows) > len(shown):
        lines.append([Value(say(outputs.CUT_ROWS, n=say.number(len(shown)), all=say.number(len(rows))), "plain")])
    else:
        lines.append([Value(say.about(say(outputs.REFUSED_OF), say.number(len(rows))), "plain")])
    own = (outputs.ROW_HEAD, outputs.WHERE, outputs.REASON, outputs.TO_DO)
    lines.append([*(Value("", "head") for _ in own), *(Value(each, "head") for each in letters)])
    lines.append([*(Value(say(text), "head") for text in own), *(Value(headers.get(each, ""), "head") for each in letters)])
    lines += [_line(row, letters, errors.get(row[SourceRow.row], ()), say) for row in shown]
    widths = [*_WIDTHS, *(_width(each, shown, headers) for each in letters)]
    last = letter_of(_OWN + len(letters))
    return Sheet(name, lines, widths=widths, frozen="B5", filtered=f"A4:{last}{len(lines)}")


def _line(row: Row, letters: Sequence[str], errors: Sequence[Row], say: Say) -> Sequence[Content]:
    number = row[SourceRow.row]
    texts: dict[str, str] = {c["letter"]: c["text"] for c in row[SourceRow.cells]}
    wrong = {problem[Problem.letter]: "error" for problem in errors if problem[Problem.letter]}
    cells = dict.fromkeys(f"{problem[Problem.letter]}{number}" for problem in errors if problem[Problem.letter])
    reasons = dict.fromkeys(problem_said(say, problem) for problem in errors)
    advices = dict.fromkeys(advice_said(say, problem) for problem in errors)
    return [
        number,
        ", ".join(cells),
        "\n".join(reasons) or say(outputs.NO_REASON),
        "\n".join(advices),
        *(raw(texts.get(each, ""), wrong.get(each, "")) for each in letters),
    ]


def _errors(given: Given, place: Place) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for problem in given.by_place.get(place, ()):
        if problem[Problem.severity] == "error" and problem[Problem.row]:
            found.setdefault(problem[Problem.row], []).append(problem)
    return found


def _columns(given: Given, place: Place) -> Iterable[Row]:
    return (each for each in given.columns if (each[SourceColumn.file], each[SourceColumn.sheet] or "") == place)


def _letters(given: Given, place: Place) -> set[str]:
    return {each[SourceColumn.letter] for each in _columns(given, place) if each[SourceColumn.header]}


def _headers(given: Given, place: Place) -> dict[str, str]:
    """Return the header of each column by its letter; of several tables in a sheet that of the first."""
    found: dict[str, str] = {}
    for each in sorted(_columns(given, place), key=lambda each: int(each[SourceColumn.header_row])):
        found.setdefault(each[SourceColumn.letter], each[SourceColumn.header] or "")
    return found


def _width(name: str, rows: Sequence[Row], headers: Mapping[str, str]) -> int:
    texts = [c["text"] for row in rows[:200] for c in row[SourceRow.cells] if c["letter"] == name]
    return min(max([10, *(len(text) + 2 for text in [headers.get(name, ""), *texts])]), 42)
