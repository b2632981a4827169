"""A filled review workbook -> decisions: each answered row is one or several lines, as if they stood in the files.

A row keeps its whole question in hidden cells, so that an answer can be understood when the question is no longer asked, and so that
rows may be sorted, filtered and copied. What is half filled is reported and not applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.decide.lines import Line, Lines, Sheet, iso_day
from etl.decide.questions import LANGUAGES, Question, decisions, harmless, is_word, words
from etl.records import Finding
from etl.text import clean

#: Headers of the two hidden columns: the same in every language.
ID, DATA = "question_id", "question_data"
FILLED = ("answer", "free", "who", "why")
_WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Filled:
    """One row of the workbook: its question and what a person wrote beside it."""

    question: Question
    answer: str
    free: str
    who: str
    why: str
    sheet: str
    row: int


def is_review(sheets: Iterable[Sheet]) -> bool:
    """Tell whether the sheets are those of a review workbook."""
    labels = {words(language)["who_answers"] for language in LANGUAGES}
    return any(_head(sheet) or any(texts and clean(texts[0]) in labels for _, texts in sheet.rows) for sheet in sheets)


def filled(sheets: Sequence[Sheet], findings: list[Finding]) -> list[Filled]:
    """Return every row in which something was filled in, if only a remark; a row whose hidden cells do not fit is reported."""
    found: list[Filled] = []
    for sheet in sheets:
        head = _head(sheet)
        for row, texts in sheet.rows if head else ():
            cells = {name: texts[at].strip() if at < len(texts) else "" for name, at in head.items()}
            said = {name: cells.get(name, "") for name in FILLED}
            if not any(said.values()) or cells[ID] == ID:
                continue
            question = _question(cells)
            if question is None:
                message = "Not taken: the hidden columns of this row do not hold the question that was asked"
                advice = "Run 'make review' for a fresh workbook and answer it there"
                findings.append(Finding("warning", "stale_decision", message, advice, sheet.file, sheet.name, row, raw=said["answer"]))
                continue
            found.append(Filled(question, **said, sheet=sheet.name, row=row))
    return found


def _question(cells: Mapping[str, str]) -> Question | None:
    """Return the question that a row keeps; None where it keeps none, or the visible cells were sorted without the hidden ones."""
    try:
        question = Question.unpacked(cells[DATA])
    except ValueError:
        return None
    is_its = question.id == cells[ID] and question.is_whole
    return question if is_its and clean(cells.get(_WRITTEN, question.subject)) == clean(harmless(question.subject)) else None


def answers(sheets: Sequence[Sheet]) -> Lines:
    """Return the decisions of a filled workbook. Who is the name in the row, else that on the first sheet; when, the day it was saved."""
    result = Lines()
    everybody = name(sheets)
    saved = next((day for sheet in sheets if (day := iso_day(sheet.saved))), "")
    for each in filled(sheets, result.findings):
        who = each.who or everybody
        place = (sheets[0].file, each.sheet, each.row)
        if not (each.answer or each.free):
            continue
        try:
            if not who:
                raise ValueError("nobody is named: write your name under 'Who', or once on the first sheet")
            if not saved:
                raise ValueError("the workbook does not say when it was saved: save it with Excel or LibreOffice")
            lines = decisions(each.question, each.answer, each.free)
        except ValueError as error:
            message = f"The answer was not taken: {error}"
            result.findings.append(
                Finding(
                    "warning", "incomplete_answer", message, "Complete the row and save the workbook", *place, raw=each.answer or each.free
                )
            )
            continue
        why = each.why or f"answered in the review workbook: {each.answer or each.free}"
        result.lines += [Line(kind, cells, *place, clean(who), saved, clean(why)) for kind, cells in lines]
    return result


def _head(sheet: Sheet) -> dict[str, int]:
    """Return the position of each column by its name; nothing where the sheet holds no questions."""
    if not sheet.rows:
        return {}
    texts = [clean(text) for text in sheet.rows[0][1]]
    if ID not in texts or DATA not in texts:
        return {}
    at = {name: index for index, text in enumerate(texts) for name in (*FILLED, _WRITTEN) if is_word(name, text)}
    return {**at, ID: texts.index(ID), DATA: texts.index(DATA)}


def name(sheets: Iterable[Sheet]) -> str:
    """Return the name on the first sheet, which stands for the rows that name nobody."""
    labels = {words(language)["who_answers"] for language in LANGUAGES}
    for sheet in sheets:
        for _, texts in sheet.rows if not _head(sheet) else ():
            if texts and clean(texts[0]) in labels and len(texts) > 1 and clean(texts[1]):
                return clean(texts[1])
    return ""
