"""Open questions -> a workbook with one row a question and a list of answers in each; what is read back is in answers.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.decide.answers import DATA, FILLED, ID, Filled
from etl.decide.questions import SHEETS, Question, choices, harmless, labels, words
from etl.heights import height

#: Visible columns with their widths, then the hidden ones.
_COLUMNS = (
    ("question", 44),
    ("written", 34),
    ("candidates", 52),
    ("where", 40),
    ("cells", 8),
    ("answer", 36),
    ("free", 26),
    ("who", 20),
    ("why", 34),
)
_SHOWN_PLACES = 5
_LISTS = "lists"
_FONT = "Calibri"
_GREY = PatternFill("solid", start_color="FFEDEFF2")
_OPEN = Protection(locked=False)


def write(path: Path, questions: Sequence[Question], language: str, about: Mapping[str, str], kept: Iterable[Filled] = ()) -> None:
    """Write the workbook of ``questions``; ``about`` has the ``run``, its ``date`` and perhaps the ``name`` of who answers.

    ``kept`` is what was filled in and not yet taken; it stays where the question is no longer asked, too.
    """
    book = Workbook()
    start = book.active
    assert start is not None
    said = words(language)
    _instructions(start, said, about)
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    written = {(each.question.id): each for each in kept}
    asked = {each.id for each in questions}
    everything = [*questions, *(each.question for each in written.values() if each.question.id not in asked)]
    ordered = sorted(everything, key=lambda each: list(SHEETS).index(each.sheet))
    for name, group in groupby(ordered, key=lambda each: each.sheet):
        _sheet(book.create_sheet(said[name], len(book.sheetnames) - 1), list(group), language, lists, written)
    book.save(path)


def _instructions(sheet: Worksheet, said: Mapping[str, str], about: Mapping[str, str]) -> None:
    sheet.title = said["start"]
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 80
    sheet.append([said["title"]])
    sheet.append([said["as_of"].format(run=about["run"], date=about["date"])])
    for number in range(1, 7):
        sheet.append([None, said[f"intro_{number}"]])
    sheet.append([])
    sheet.append([said["who_answers"]])
    sheet["A1"].font = Font(name=_FONT, bold=True, size=14)
    name = sheet.cell(sheet.max_row, 2)
    name.value = harmless(about.get("name", "")) or None
    name.protection = _OPEN
    sheet.cell(sheet.max_row, 1).font = Font(name=_FONT, bold=True)
    for number in range(3, sheet.max_row + 1):
        sheet.row_dimensions[number].height = height([(str(sheet.cell(number, 2).value or ""), 80)])
    for row in sheet.iter_rows(min_row=1, max_row=sheet.max_row):
        for cell in row:
            cell.alignment = Alignment(wrap_text=cell.column == 2, vertical="top")
            if cell is not name:
                cell.fill = _GREY
    _protect(sheet)


def _sheet(sheet: Worksheet, questions: Sequence[Question], language: str, lists: Worksheet, kept: Mapping[str, Filled]) -> None:
    said = words(language)
    sheet.append([*(said[name] for name, _ in _COLUMNS), ID, DATA])
    for at, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for at in (len(_COLUMNS) + 1, len(_COLUMNS) + 2):
        sheet.column_dimensions[get_column_letter(at)].hidden = True
    for question in questions:
        _row(sheet, question, language, kept.get(question.id))
        _list(sheet, sheet.max_row, lists, choices(question, language), said)
    names = [*(name for name, _ in _COLUMNS), ID, DATA]
    for row in sheet.iter_rows():
        for name, cell in zip(names, row, strict=True):
            _dress(cell, is_open=name in FILLED and cell is not sheet.cell(1, cell.column or 1))
    widths = [width for _, width in _COLUMNS]
    for number in range(2, sheet.max_row + 1):
        texts = [str(sheet.cell(number, at).value or "") for at in range(1, len(widths) + 1)]
        sheet.row_dimensions[number].height = height(zip(texts, widths, strict=True))
    sheet.freeze_panes = "B2"
    # With the hidden columns: were the rows sorted without them, each answer would stand beside another question.
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS) + 2)}{sheet.max_row}"
    sheet.sheet_view.zoomScale = 90
    _protect(sheet)


def _row(sheet: Worksheet, question: Question, language: str, kept: Filled | None) -> None:
    said = words(language)
    asked = said.get(question.question) or said.get(f"ask_{question.kind}", question.question)
    places = list(question.places[:_SHOWN_PLACES])
    if len(question.places) > _SHOWN_PLACES or question.cells > len(question.places) > 0:
        places.append(said["more"].format(n=max(question.cells, len(question.places)) - len(places)))
    filled = [getattr(kept, name) if kept else "" for name in FILLED]
    subject = asked.replace("{subject}", f"«{question.subject}»" if language == "ru" else f"“{question.subject}”")
    texts = [subject, question.subject, "\n".join(_reasons(question, language)), "\n".join(places), question.cells, *filled]
    sheet.append([harmless(text) if isinstance(text, str) else text for text in [*texts, question.id, question.packed()]])


def _reasons(question: Question, language: str) -> Sequence[str]:
    return labels(question, language) if question.sheet == "texts" else question.candidates


def _list(sheet: Worksheet, row: int, lists: Worksheet, answers: Sequence[str], said: Mapping[str, str]) -> None:
    """Give the answer cell of ``row`` its list: a row of the hidden sheet, because a list written into the rule ends at 255 signs."""
    lists.append([harmless(answer) for answer in answers])
    at = lists.max_row
    for cell in lists[at]:
        cell.data_type = "s"
    chosen = get_column_letter([name for name, _ in _COLUMNS].index("answer") + 1)
    rule = DataValidation("list", formula1=f"{_LISTS}!$A${at}:${get_column_letter(len(answers))}${at}", allow_blank=True)
    rule.error, rule.prompt, rule.showErrorMessage, rule.showInputMessage = said["wrong"], said["pick"], True, True
    rule.add(f"{chosen}{row}")
    sheet.add_data_validation(rule)


def _dress(cell: Cell | MergedCell, *, is_open: bool) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if cell.data_type == "f":  # a title that begins with '=' is a text, not a formula
        cell.data_type = "s"
    if cell.row == 1:
        cell.font = Font(name=_FONT, bold=True)
    if is_open:
        cell.protection = _OPEN
    else:
        cell.fill = _GREY


def _protect(sheet: Worksheet) -> None:
    """Lock what is not to be written in, without a password; filtering and widths stay free.

    Sorting does not: a list of answers stays in its row while the questions move.
    """
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.protection.sheet = True
    for name in ("autoFilter", "formatColumns", "formatRows"):
        setattr(sheet.protection, name, False)
