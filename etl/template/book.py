"""The empty workbook: a sheet for each kind of record, one of explanations, and a hidden one of lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.archive import same_bytes
from etl.records import Kind
from etl.template.columns import Column, choices, columns, mark, words
from etl.template.rules import rule

#: Number formats. Text keeps the zeros of a number; this form of a date is the same in every country.
_FORMATS = {"date": "yyyy-mm-dd", "end": "yyyy-mm-dd", "number": "0"}
_TEXT = "@"
_NEEDED, _OPTIONAL = PatternFill("solid", start_color="FF1F4E79"), PatternFill("solid", start_color="FFDCE6F1")
_LINE = Border(bottom=Side("thin", color="FF1F4E79"))
_TOP = Alignment(wrap_text=True, vertical="top")
_A4 = 9
_NOTE_WIDTH = 280


def content(kinds: Sequence[Kind], language: str) -> bytes:
    """Return the workbook with the sheets of ``kinds``, in their order; the same arguments give the same bytes."""
    book = Workbook()
    said = words(language)
    explained = book.active
    assert explained is not None
    _explain(explained, kinds, language, said)
    lists = book.create_sheet(said["lists"])
    places = _lists(lists, kinds, language)
    for at, kind in enumerate(kinds):
        _records(book.create_sheet(said[kind], at), columns(kind, language), places, said)
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]
    book.properties.creator, book.properties.language = "", language
    return same_bytes(book)


def _lists(sheet: Worksheet, kinds: Sequence[Kind], language: str) -> Mapping[str, str]:
    """Write the lists one below the other; return where each stands.

    One column only, for a reader that searches for headers: what stands alone in its row is none.
    """
    sheet.sheet_state = "hidden"
    sheet.append([mark(language)])
    places: dict[str, str] = {}
    for name in dict.fromkeys(column.choices for kind in kinds for column in columns(kind, language) if column.choices):
        first = sheet.max_row + 1
        for choice in choices(name, language):
            sheet.append([choice])
        places[name] = f"{quote_sheetname(sheet.title)}!$A${first}:$A${sheet.max_row}"
    _protect(sheet)
    return places


def _records(sheet: Worksheet, wanted: Sequence[Column], places: Mapping[str, str], said: Mapping[str, str]) -> None:
    for at, column in enumerate(wanted, 1):
        letter = get_column_letter(at)
        _head(sheet, at, column, said)
        below = sheet.column_dimensions[letter]
        below.width, below.number_format, below.alignment = column.width, _FORMATS.get(column.form, _TEXT), _TOP
        if checked := rule(column, letter, places.get(column.choices, ""), said):
            sheet.add_data_validation(checked)
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    _printed(sheet, said)


def _head(sheet: Worksheet, at: int, column: Column, said: Mapping[str, str]) -> None:
    cell = sheet.cell(1, at, column.header)
    cell.font = Font(bold=True, color="FFFFFFFF" if column.needed else "FF1F4E79")
    cell.fill, cell.border, cell.number_format = _NEEDED if column.needed else _OPTIONAL, _LINE, _TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    lines = _lines(column, said)
    # Two rows of pixels for each line of about forty letters, of which Chinese ones are twice as wide.
    height = 30 + 18 * sum(1 + sum(1 + (letter >= "\u3000") for letter in line) // 40 for line in lines)
    cell.comment = Comment("\n".join(lines), sheet.title, height=height, width=_NOTE_WIDTH)


def _lines(column: Column, said: Mapping[str, str]) -> list[str]:
    """Return what is said of a column: what to write, whether it is needed, an example."""
    return [column.note, *([said["needed"]] if column.needed else []), said["example"].format(example=column.example)]


def _explain(sheet: Worksheet, kinds: Sequence[Kind], language: str, said: Mapping[str, str]) -> None:
    """Write what the notes of the headers say, to be read and printed as a whole.

    One column only, as in the lists: headers beside their notes would look like a record written as a form.
    """
    sheet.title = said["explanations"]
    sheet.append([mark(language)])
    sheet["A1"].font = Font(italic=True, color="FF595959")
    for number in range(1, 6):
        sheet.append([said[f"intro_{number}"]])
    for kind in kinds:
        sheet.append([])
        sheet.append([said[kind]])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True, size=13)
        for column in columns(kind, language):
            sheet.append([CellRichText(TextBlock(InlineFont(b=True), column.header), f": {' '.join(_lines(column, said))}")])
    for (cell,) in sheet.iter_rows(min_row=2):
        cell.alignment = _TOP
    sheet.column_dimensions["A"].width = 120
    _protect(sheet)
    _printed(sheet, said)


def _protect(sheet: Worksheet) -> None:
    """Lock a sheet on which nothing is to be written, without a password."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False


def _printed(sheet: Worksheet, said: Mapping[str, str]) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    header.center.text, footer.center.text = "&A", said["page"]
