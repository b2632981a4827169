"""One streaming pass over the XML of a worksheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from etl.cells import Cell, CellType, Line, letter_of
from etl.errors import RefusedFile
from etl.read import xml
from etl.read.formats import GENERAL, Format, shown
from etl.read.grid import MAX_COLUMN, MAX_ROW, Grid, Merge, column_of

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_DIGITS = "0123456789"
#: Characters of one cell (Excel allows 32,767), looked at only where a text comes in many pieces or in large ones.
_LONGEST, _MANY, _LARGE = 4 << 20, 8, 1 << 16
_NO_ROW = "The sheet names a row {row} that no spreadsheet has. Save the file anew in Excel."
#: Said of a workbook with more than :data:`etl.read.grid.MAX_CELLS`.
TOO_MANY = "The workbook has more filled cells than fit into memory. Split it by year."


def unescape(text: str) -> str:
    """Return ``text`` with the characters that XML cannot hold put back, and one kind of line end.

    >>> unescape("a_x000D_\\nb_x005F_x0041_")
    'a\\nb_x0041_'
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        # Half of a pair is no character of its own and cannot be stored anywhere; what stands for it says that it is lost.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def span(reference: str) -> Merge | None:
    """Return the range that ``reference`` writes, or None where it is none.

    >>> span("A13:C14"), span("B2"), span("#REF!")
    (Merge(top=13, left=1, bottom=14, right=3), Merge(top=2, left=2, bottom=2, right=2), None)
    """
    match = _RANGE.fullmatch(reference)
    if not match:
        return None
    left, top = column_of(match[1]), int(match[2])
    right, bottom = column_of(match[3] or match[1]), int(match[4] or match[2])
    return Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


class SheetPass:
    """One sheet while it is parsed; :meth:`grid` gives it when ``parser`` has seen the end."""

    def __init__(self, strings: list[str], formats: list[Format], is_1904: bool, budget: int) -> None:
        self._strings, self._formats, self._is_1904, self._budget = strings, formats, is_1904, budget
        self._grid = Grid("")
        self._row = 0
        self._is_hidden = self._is_messy = False
        self._prefix = ""
        self.hyperlinks: dict[tuple[int, str], str] = {}
        self.parser = xml.parser()
        self.parser.StartElementHandler = self._root

    def grid(self) -> Grid:
        """Return the sheet without a name, its rows ascending and its cells in column order, whatever the order in the file."""
        if self._is_messy:
            self._grid.rows = {row: _ordered(line) for row, line in sorted(self._grid.rows.items())}
        return self._grid

    def _root(self, name: str, _attributes: xml.Attributes) -> None:
        prefix = name[: -len(xml.local(name))]
        start, end = self._handlers()
        if prefix:
            bare_start, bare_end = start, end

            def start(name: str, attributes: xml.Attributes) -> None:
                bare_start(name.removeprefix(prefix), attributes)

            def end(name: str) -> None:
                bare_end(name.removeprefix(prefix))

        self.parser.StartElementHandler, self.parser.EndElementHandler = start, end

    def _handlers(self) -> tuple[Callable[[str, xml.Attributes], None], Callable[[str], None]]:
        """Return the handlers of a start and an end tag.

        They run five times for each cell of a row that is not plain, hence local names instead of attributes, and one long function
        instead of several: a third of the time of the pass.
        """
        parser = self.parser
        attributes: xml.Attributes = {}
        pieces: list[str] = []
        formula: list[str] = []
        line: list[Cell] = []
        has_formula = False
        aside = 0
        letter = number = ""
        checked: set[str] = set()

        def piece(text: str) -> None:
            pieces.append(text)
            if (len(pieces) > _MANY or len(text) > _LARGE) and sum(map(len, pieces)) > _LONGEST:
                raise RefusedFile("too_large", f"A cell in row {self._row} holds millions of characters. Shorten it.")

        def start(name: str, given: xml.Attributes) -> None:
            nonlocal attributes, has_formula, line, letter, number, aside
            if name == "c":
                attributes = given
            elif name == "v" or name == "t":
                if not aside:
                    parser.CharacterDataHandler = piece
            elif name == "row":
                self._start_row(given)
                line, letter, number = [], "", str(self._row)
            elif name == "f":
                has_formula = True
                parser.CharacterDataHandler = formula.append
            elif name == "rPh":
                # A phonetic guide repeats the text in another script; its <t> must not be read as part of it.
                aside += 1
            else:
                self._start_other(name, given)

        def end(name: str) -> None:
            nonlocal has_formula, letter, aside
            if name == "v" or name == "t" or name == "f":
                parser.CharacterDataHandler = None
            elif name == "c":
                before = letter
                letter = attributes["r"].rstrip(_DIGITS) if "r" in attributes else _letter_after(before)
                if not pieces and not has_formula:
                    return
                if "r" in attributes and attributes["r"][len(letter) :] != number:
                    raise RefusedFile(
                        "unreadable", f"The cell {attributes['r'][:20]} stands in row {self._row}. The file is damaged: restore it."
                    )
                if letter not in checked:
                    column_of(letter)
                    checked.add(letter)
                if letter <= before and len(letter) <= len(before):
                    self._is_messy = True
                text = pieces[0] if len(pieces) == 1 else "".join(pieces)
                pieces.clear()
                kind = attributes.get("t", "n")
                if has_formula:
                    has_formula = False
                    if not text and kind != "str":
                        line.append(Cell(letter, "=" + "".join(formula), self._row, "cell", "uncached"))
                    formula.clear()
                if not text:
                    return
                text, type_ = self.value(attributes.get("s", ""), kind, text)
                if text:
                    line.append(Cell(letter, text, self._row, "cell", type_))
            elif name == "row":
                if line:
                    self._end_row(line)
            elif name == "rPh":
                aside -= 1

        return start, end

    def _start_row(self, attributes: xml.Attributes) -> None:
        number = attributes.get("r")
        before = self._row
        self._row = int(number) if number and number.isdigit() else self._row + 1
        if not 1 <= self._row <= MAX_ROW:
            raise RefusedFile("unreadable", _NO_ROW.format(row=self._row))
        self._is_messy = self._is_messy or self._row <= before
        self._is_hidden = attributes.get("hidden") in ("1", "true")

    def _end_row(self, line: list[Cell]) -> None:
        self._budget -= len(line)
        if self._budget < 0:
            raise RefusedFile("too_large", TOO_MANY)
        self._keep(line)
        if self._is_hidden:
            self._grid.hidden_rows.add(self._row)

    def _keep(self, line: Sequence[Cell]) -> None:
        rows = self._grid.rows
        rows[self._row] = [*rows[self._row], *line] if self._row in rows else line

    def take(self, number: int, line: Line, is_hidden: bool) -> None:
        """Add a row that was read without the parser, after all that the parser has seen."""
        self._is_messy = self._is_messy or number <= self._row
        self._row = number
        if number > MAX_ROW:
            raise RefusedFile("unreadable", _NO_ROW.format(row=number))
        self._is_hidden = is_hidden
        self._budget -= len(line)
        if self._budget < 0:
            raise RefusedFile("too_large", TOO_MANY)
        self._keep(line)
        if is_hidden:
            self._grid.hidden_rows.add(number)

    def value(self, style: str, kind: str, raw: str) -> tuple[str, CellType]:
        """Return the text of a cell of the type ``kind`` that holds ``raw``, and what it is."""
        if kind == "s":
            return self._shared(raw), "text"
        if kind == "n":
            form = self._formats[int(style)] if style.isdigit() and int(style) < len(self._formats) else GENERAL
            return shown(raw, form, self._is_1904)
        return _typed(raw, kind)

    def _shared(self, index: str) -> str:
        try:
            return self._strings[int(index)]
        except (ValueError, IndexError):
            message = f"A cell in row {self._row} points to a text that is missing. The file is damaged: restore it."
            raise RefusedFile("unreadable", message) from None

    def _start_other(self, name: str, attributes: xml.Attributes) -> None:
        if name == "mergeCell":
            if merge := span(attributes.get("ref", "")):
                self._grid.merges.append(merge)
        elif name == "col":
            self._start_column(attributes)
        elif name == "hyperlink":
            self._start_hyperlink(attributes)

    def _start_column(self, attributes: xml.Attributes) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                self._grid.hidden_columns.append((int(first), int(last)))

    def _start_hyperlink(self, attributes: xml.Attributes) -> None:
        where = span(attributes.get("ref", ""))
        target = next((value for key, value in attributes.items() if xml.local(key) == "id"), None)
        if where and target:
            self.hyperlinks[where.top, letter_of(where.left)] = target


def _ordered(line: Sequence[Cell]) -> Sequence[Cell]:
    if isinstance(line, Line):
        return line
    columns = [column_of(cell.letter) for cell in line]
    if len(set(columns)) < len(columns):
        raise RefusedFile(
            "unreadable", f"A cell of row {line[0].row} stands twice in the sheet, with two values. Open and save the file anew."
        )
    return [cell for _, cell in sorted(dict(zip(columns, line, strict=True)).items())]


def _letter_after(letter: str) -> str:
    """Return the column of a cell that does not say where it stands."""
    return letter_of(min(column_of(letter) + 1, MAX_COLUMN)) if letter else "A"


def _typed(text: str, kind: str) -> tuple[str, CellType]:
    match kind:
        case "e":
            return text, "error"
        case "b":
            return ("TRUE" if text.strip() in ("1", "true") else "FALSE"), "bool"
        case "d":
            return text.removesuffix("Z").removesuffix(".000").removesuffix("T00:00:00"), "date"
        case _:
            return unescape(text), "text"
