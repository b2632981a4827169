"""The rows below a header -> records, with what is merged or repeated resolved to the cell where it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.cells import Cell, Line, Shape, Values, letter_of
from etl.errors import RefusedFile
from etl.read.grid import MAX_CELLS, Grid, Merge, column_of
from etl.read.roles import IDENTIFYING, is_ditto
from etl.records import Finding, Kind, Origin, Row, Severity

_DITTO_LENGTH = 16
#: Fields whose cell may hide the address of the document behind its words.
_LINKED = frozenset({"title", "number", "remarks", "text"})
_WITHOUT_VALUE = frozenset({"error", "uncached"})
_NO_VALUE = {"error": "error_cell", "uncached": "formula_no_value"}
_ADVICE = {
    "error": "Correct the formula, or type the value.",
    "uncached": "Open the workbook in Excel or LibreOffice and save it, so that its formulas are calculated.",
}


@dataclass(slots=True)
class RecordMaker:
    """Turns the rows of one table into records, from top to bottom: a merge or a ditto mark looks back to a record above.

    ``implied`` are source fields that the header says of every record that does not say them itself; ``labels`` are the letters of
    the columns whose cell is written on the first row of a group only, the outer group first.
    """

    grid: Grid
    file: str
    kind: Kind
    fields: Mapping[str, str]
    last: int
    implied: tuple[tuple[str, Cell], ...] = ()
    labels: tuple[str, ...] = ()
    filled: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    _groups: dict[str, Cell] = field(default_factory=dict)
    _above: Sequence[Cell] = ()
    _places: dict[Shape, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    _lines: Counter[Shape] = field(default_factory=Counter)
    _spoken: set[str] = field(default_factory=set)
    _linked: frozenset[int] = frozenset()
    _falling: dict[int, list[Cell]] = field(default_factory=dict)
    _merges: dict[int, list[Merge]] = field(default_factory=dict)
    _looks: int = 0

    def __post_init__(self) -> None:
        self._linked = frozenset(row for row, _ in self.grid.links)
        for merge in self.grid.merges:
            if merge.bottom > merge.top:
                self._merges.setdefault(merge.top, []).append(merge)

    def record(self, row: int, own: Sequence[Cell], section: str) -> Row | None:
        """Return the record in ``row``, or None where no identifying field is filled."""
        if isinstance(own, Line) and self._is_plain(row, own):
            return self._plain(row, own, section)
        cells = list(own)
        if row in self._falling:
            taken = {cell.letter for cell in own}
            cells = sorted([*own, *(c for c in self._falling.pop(row) if c.letter not in taken)], key=lambda cell: column_of(cell.letter))
        resolved, values, unknown = self._resolved(row, self._grouped(row, cells))
        identifying = IDENTIFYING[self.kind]
        if identifying.isdisjoint(values) and identifying.isdisjoint(unknown):
            return None
        for name, cell in self.implied:
            if name not in values:
                values[name] = (cell,)
                resolved.append(cell)
        for cell in cells:
            self.filled[cell.letter] += 1
        if row in self._merges:
            self._let_fall(row, resolved)
        hidden = row in self.grid.hidden_rows
        return Row(Origin(self.file, self.grid.name, row), tuple(resolved), "record", hidden, self.kind, section, values)

    def _is_plain(self, row: int, line: Line) -> bool:
        """Say whether nothing in ``line`` or around it leads to another cell, so that its cells need not be looked at one by one."""
        if self.labels or self.implied or row in self._falling or row in self._merges or row in self._linked:
            return False
        if not _WITHOUT_VALUE.isdisjoint(line.shape.types):
            return False
        new = set(line.texts).difference(self._spoken)
        for text in new:
            if len(text) < _DITTO_LENGTH and is_ditto(text):
                return False
        self._spoken |= new
        return True

    def _plain(self, row: int, line: Line, section: str) -> Row | None:
        places = self._places.get(line.shape)
        if places is None:
            places = self._places[line.shape] = self._places_in(line)
        if IDENTIFYING[self.kind].isdisjoint(places):
            return None
        self._above = line
        self._lines[line.shape] += 1
        hidden = row in self.grid.hidden_rows
        return Row(Origin(self.file, self.grid.name, row), line, "record", hidden, self.kind, section, Values(line, places))

    def _places_in(self, line: Line) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for at, letter in enumerate(line.shape.letters):
            if name := self.fields.get(letter):
                found[name] = (*found.get(name, ()), at)
        return found

    def counted(self) -> Counter[str]:
        """Return how many cells of each column are filled in records."""
        found = Counter(self.filled)
        for shape, rows in self._lines.items():
            for letter in shape.letters:
                found[letter] += rows
        return found

    def end_group(self) -> None:
        """Forget the labels of the group: a total or a heading ends it."""
        self._groups.clear()

    def _grouped(self, row: int, cells: list[Cell]) -> list[Cell]:
        """Return ``cells`` with the labels of the group that stand on its first row."""
        if not self.labels:
            return cells
        own = {cell.letter: cell for cell in cells}
        taken: list[Cell] = []
        for at, letter in enumerate(self.labels):
            if cell := own.get(letter):
                for inner in self.labels[at:]:
                    self._groups.pop(inner, None)
                self._groups[letter] = cell
            elif label := self._groups.get(letter):
                taken.append(Cell(letter, label.text, label.row, "group", label.type))
                message = f"{label.text!r} in {letter}{label.row} was read as the label of its group, to which this row belongs."
                self._find("note", "group_label", message, "Nothing, if that is right; else fill the cell.", row, taken[-1])
        return sorted([*cells, *taken], key=lambda cell: column_of(cell.letter)) if taken else cells

    def _resolved(self, row: int, cells: list[Cell]) -> tuple[list[Cell], dict[str, tuple[Cell, ...]], set[str]]:
        """Return the cells with those that a mark or a link leads to, the values by field, and the fields whose value is not known."""
        values: dict[str, tuple[Cell, ...]] = {}
        unknown: set[str] = set()
        above: dict[str, Cell] = {}
        more: list[tuple[Cell, Cell]] = []
        behind: list[Cell] = []
        fields, links = self.fields, self.grid.links
        for cell in cells:
            letter = cell.letter
            name = fields.get(letter)
            if cell.type == "error" or cell.type == "uncached":
                self._complain(cell, row, name)
                unknown.add(name or "")
                continue
            if len(cell.text) < _DITTO_LENGTH and is_ditto(cell.text):
                meant = self._meant(cell, row)
                if meant is None:
                    continue
                more.append((cell, meant))
                cell = meant
            elif links and name == "link" and (row, letter) in links and "://" not in cell.text:
                meant = Cell(letter, links[row, letter], cell.row)
                more.append((cell, meant))
                cell = meant
            elif links and name != "link" and (row, letter) in links and cell.row == row:
                behind.append(Cell(letter, links[row, letter], row))
            above[letter] = cell
            if name is not None:
                values[name] = (*values[name], cell) if name in values else (cell,)
        self._above = list(above.values())
        return [*self._with(cells, more), *self._behind(row, behind, values)], values, unknown

    def _behind(self, row: int, cells: list[Cell], values: dict[str, tuple[Cell, ...]]) -> list[Cell]:
        """Return the addresses behind words that become the link of a record without one; the others are named."""
        taken = [] if "link" in values else [cell for cell in cells if self.fields.get(cell.letter) in _LINKED][:1]
        if taken:
            values["link"] = (taken[0],)
        for cell in cells:
            how = "was read as the link of the record" if cell in taken else "was left out"
            message = f"The address behind the words in {cell.letter}{row} {how}: {cell.text}"
            self._find("note", "hidden_link", message, "Write the address into a column Link to be safe.", row, cell)
        return taken

    @staticmethod
    def _with(cells: list[Cell], more: list[tuple[Cell, Cell]]) -> list[Cell]:
        if not more:
            return cells
        meant = {id(raw): resolved for raw, resolved in more}
        return [each for cell in cells for each in ((cell, meant[id(cell)]) if id(cell) in meant else (cell,))]

    def _meant(self, cell: Cell, row: int) -> Cell | None:
        """Return what the ditto mark ``cell`` repeats: the cell above it, with the row in which that is written."""
        above = next((each for each in self._above if each.letter == cell.letter), None)
        if above is None:
            message = f"The ditto mark {cell.text!r} has no text above it to repeat."
            self._find("error", "bad_value", message, "Write the value out.", row, cell)
            return None
        message = f"{cell.text!r} was read as {above.text!r} of row {above.row}."
        self._find("note", "ditto_mark", message, "Nothing to do; write the value out to be safe when sorting.", row, cell)
        return Cell(cell.letter, above.text, above.row, "ditto", above.type)

    def _complain(self, cell: Cell, row: int, name: str | None) -> None:
        what = f"the error value {cell.text}" if cell.type == "error" else "a formula that was never calculated"
        severity: Severity = "error" if name else "warning"
        message = f"The cell {cell.letter}{cell.row} holds {what}; its value is not known."
        self._find(severity, _NO_VALUE[cell.type], message, _ADVICE[cell.type], row, cell)

    def _find(self, severity: Severity, code: str, message: str, advice: str, row: int, cell: Cell) -> None:
        self.findings.append(Finding(severity, code, message, advice, *self._place(row), cell.letter, cell.text))

    def _place(self, row: int) -> tuple[str, str, int]:
        return self.file, self.grid.name, row

    def _let_fall(self, row: int, cells: list[Cell]) -> None:
        """Keep the merged cells of this record for the rows that they cover; only rows with cells of their own are ever visited."""
        by_letter = {cell.letter: cell for cell in cells}
        for merge in self._merges[row]:
            cell = by_letter.get(letter_of(min(merge.left, 16_384)))
            if cell is None or cell.type in _NO_VALUE:
                continue
            rows = self._covered(merge)
            for each in rows:
                self._falling.setdefault(each, []).append(Cell(cell.letter, cell.text, cell.row, "merged", cell.type))
            if rows:
                message = f"{cell.text!r} in {cell.letter}{row} is merged down over {len(rows)} more rows and was read for each."
                self._find("note", "merged_cell", message, "Nothing to do; unmerge the cells to be safe when sorting.", row, cell)

    def _covered(self, merge: Merge) -> list[int]:
        """Return the rows that ``merge`` covers below its first.

        Ranges may not overlap, so a sheet that needs more looks than it can have cells is no real one.
        """
        end = min(merge.bottom, self.last)
        self._looks += min(end - merge.top, len(self.grid.rows))
        if self._looks > 4 * MAX_CELLS:
            raise RefusedFile("too_large", f"The sheet {self.grid.name!r} has more merged ranges than any real one. Unmerge its cells.")
        if end - merge.top < len(self.grid.rows):
            return [row for row in range(merge.top + 1, end + 1) if row in self.grid.rows]
        return [row for row in self.grid.rows if merge.top < row <= end]
