"""Two parts of the report: the refused rows with their reasons, and all findings by file, sheet and kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from etl.publish.given import ORDER, Given, Place, Row
from etl.publish.page import badge, link, said, section, table
from etl.tables import Problem, SourceRow
from etl.words import outputs as words
from etl.words.problems import advice_said, meaning_said, problem_said
from etl.words.say import Say

_MOST_OF_A_KIND = 100
_MOST_REFUSED = 200
_LONGEST = 1000


def refused_rows(given: Given, say: Say, quarantine: str) -> str:
    """Return a table of the first refused rows: where, which cell, why, what to do."""
    if not given.refused:
        return f'<p class="soft">{said(say(words.NONE_REFUSED))}</p>'
    heads = [(say(words.FILE), ""), (say(words.SHEET), ""), (say(words.WHERE), "place"), (say(words.WRITTEN), "raw"),
             (say(words.WHY), ""), (say(words.TO_DO), "")]  # fmt: skip
    lines: list[Sequence[str]] = []
    for place in sorted(given.refused_of):
        errors: dict[int, list[Row]] = {}
        for problem in given.by_place.get(place, ()):
            if problem[Problem.severity] == "error" and problem[Problem.row]:
                errors.setdefault(problem[Problem.row], []).append(problem)
        for row in given.refused_of[place][: _MOST_REFUSED - len(lines)]:
            reasons = errors.get(row[SourceRow.row], [])
            lines.append([said(place[0]), said(place[1] or "–"), *_refused(row, reasons, say)])
    left = len(given.refused) - len(lines)
    more = f'<p class="soft">{said(say(words.MORE_ROWS, n=say.number(left), file=quarantine))}</p>' if left else ""
    return table(heads, lines) + more


def _refused(row: Row, reasons: Sequence[Row], say: Say) -> list[str]:
    number = row[SourceRow.row]
    if not reasons:
        cells = " | ".join(c["text"] for c in row[SourceRow.cells])
        return [said(say(words.ROW, row=number)), said(_short(cells)), said(say(words.NO_REASON)), ""]
    places = dict.fromkeys(f"{each[Problem.letter]}{number}" if each[Problem.letter] else say(words.ROW, row=number) for each in reasons)
    written = dict.fromkeys(each[Problem.raw] for each in reasons if each[Problem.raw])
    why = dict.fromkeys(problem_said(say, each) for each in reasons)
    advice = dict.fromkeys(advice_said(say, each) for each in reasons)
    return [said("\n".join(places)), said(_short("\n".join(written))), said("\n".join(why)), said("\n".join(advice))]


def findings(given: Given, say: Say, copies: Mapping[str, str]) -> str:
    """Return all findings: by file, the one with the gravest first, by sheet, by kind; the first of each kind with their cells."""
    if not given.problems:
        return section("findings", say(words.FINDINGS), "", f'<p class="soft">{said(say(words.NO_FINDINGS))}</p>')
    places = sorted(given.by_place)
    files = [(file, list(group)) for file, group in groupby(places, key=lambda place: place[0])]
    for _, of_file in files:
        of_file.sort(key=lambda place: _grave(given, place))
    files.sort(key=lambda each: (min(_grave(given, place) for place in each[1]), each[0] == "", each[0]))
    legend = "".join(
        f'<p>{badge(tone, say(text))} <span class="soft">{said(say(words.SEVERITIES_MEAN[tone]))}</span></p>'
        for tone, text in words.SEVERITIES.items()
    )
    parts = [_file(given, file, of_file, say, copies) for file, of_file in files]
    return section("findings", say(words.FINDINGS), say(words.FINDINGS_NOTE), legend, *parts)


def _file(given: Given, file: str, places: Sequence[Place], say: Say, copies: Mapping[str, str]) -> str:
    number = say.count(words.FINDINGS_OF, sum(len(given.by_place[place]) for place in places))
    name = link(copies[file], file) if file in copies else said(file or say(words.NO_FILE))
    parts = [f'<h3>{name} <span class="soft">· {said(number)}</span></h3>']
    for place in places:
        if place[1] or len(places) > 1:
            parts.append(
                f"<h4>{said(say.about(say(words.SHEET), place[1]))}</h4>" if place[1] else f"<h4>{said(say(words.WHOLE_FILE))}</h4>"
            )
        parts += _sheet(given, place, say)
    return "".join(parts)


def _sheet(given: Given, place: Place, say: Say) -> list[str]:
    kinds: dict[tuple[int, str], list[Row]] = {}
    for problem in given.by_place[place]:
        kinds.setdefault((ORDER[problem[Problem.severity]], problem[Problem.code]), []).append(problem)
    return [_kind(given, kinds[key], say) for key in sorted(kinds)]


def _kind(given: Given, problems: Sequence[Row], say: Say) -> str:
    code, severity = problems[0][Problem.code], problems[0][Problem.severity]
    meaning = meaning_said(say, code)
    advices = dict.fromkeys(advice_said(say, each) for each in problems)
    details = [detail if (detail := problem_said(say, each)) != meaning else "" for each in problems[:_MOST_OF_A_KIND]]
    common = f'<p class="todo">{said(next(iter(advices)))}</p>' if len(advices) == 1 else ""
    heads = [(say(words.WHERE), "place"), (say(words.WRITTEN), "raw")]
    heads += [(say(words.DETAIL), "")] if any(details) else []
    heads += [] if common else [(say(words.TO_DO), "")]
    lines = []
    for each, detail in zip(problems, details, strict=False):
        line = [said(_where(given, each, say)), said(_short(each[Problem.raw] or ""))]
        line += [said(_short(detail))] if any(details) else []
        lines.append(line if common else [*line, said(advice_said(say, each))])
    left = len(problems) - len(lines)
    more = f'<p class="soft">{said(say(words.MORE_FINDINGS, n=say.number(left)))}</p>' if left else ""
    tag = badge(severity, say(words.SEVERITIES[severity]))
    top = f"<summary>{tag}<b>{said(meaning)}</b><span>{said(say.number(len(problems)))}</span></summary>"
    is_open = " open" if severity != "note" else ""
    return f'<details class="finding {severity}"{is_open}>{top}<div>{common}{table(heads, lines)}{more}</div></details>'


def _where(given: Given, problem: Row, say: Say) -> str:
    if problem[Problem.row] and not problem[Problem.letter]:
        return say(words.ROW, row=problem[Problem.row])
    if problem[Problem.letter] and not problem[Problem.row]:
        return say(words.COLUMN, letter=problem[Problem.letter])
    cell = given.cell(problem)
    return f"{cell[0]}{cell[1]}" if cell else say(words.WHOLE_SHEET if problem[Problem.sheet] else words.WHOLE_FILE)


def _grave(given: Given, place: Place) -> int:
    return min(ORDER[each[Problem.severity]] for each in given.by_place[place])


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … [+{len(text) - _LONGEST}]"
