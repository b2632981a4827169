"""Where the tables of a sheet are: their headers, of one row or two, and the columns below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from etl.cells import Cell, Line, letter_of, texts_in, types_in
from etl.read.grid import Grid, Merge, column_of
from etl.read.headers import Feeds, aliases, feeds, feeds_under, is_named, is_year, key, kind_of
from etl.read.settings import SheetSettings
from etl.records import Kind
from etl.reference import rows

_LONGEST = 120
#: What may stand before the first word of a header.
_BEFORE = ' \n\t0123456789.)(*"«'
Texts = dict[int, str]
_COUNT: Feeds = MappingProxyType({"outcome": "count"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a header: the text as written (two rows joined by ' / ') and what it may feed, by kind."""

    letter: str
    text: str
    feeds: Feeds


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the rows ``first`` to ``header`` are its header, those after it up to ``last`` its area.

    ``per_year`` is the letter of the column that holds the counts of a year, empty in any other table; ``implied`` are the cells of
    the header that say something of every record: the year, and what is counted.
    """

    first: int
    header: int
    last: int
    kind: Kind
    headings: tuple[Heading, ...]
    per_year: str = ""
    implied: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """The rows ``first`` to ``last`` of a header and its columns."""

    first: int
    last: int
    headings: tuple[Heading, ...]


def tables(grid: Grid, said: SheetSettings, file: str) -> list[Table]:
    """Return the tables of ``grid`` from top to bottom; none where no header is recognised."""
    headers = headers_of(grid, said)
    found = []
    end = max(grid.rows, default=0)
    for at, header in enumerate(headers):
        last = headers[at + 1].first - 1 if at + 1 < len(headers) else end
        if years_of(header):
            if grid.per_year:
                found.append(_of_year(grid, header, last))
            continue
        kind = said.kind or kind_of([heading.feeds for heading in header.headings], grid.name, file, _title(grid, header))
        if kind:
            found.append(Table(header.first, header.last, last, kind, header.headings))
    return found


def _title(grid: Grid, header: Header) -> str:
    """Return the only text of the row directly above a header, empty where there is none."""
    cells = filled(grid.rows.get(header.first - 1, []))
    return cells[0].text if len(cells) == 1 and cells[0].type == "text" and len(cells[0].text) <= _LONGEST else ""


def years_of(header: Header) -> tuple[str, ...]:
    """Return the letters of the columns under a year, where there are several."""
    letters = tuple(heading.letter for heading in header.headings if is_year(_leaf(heading.text)))
    return letters if len(letters) > 1 else ()


def _leaf(text: str) -> str:
    return text.rpartition(" / ")[2]


def _group(text: str) -> str:
    return text.rpartition(" / ")[0]


def is_of_counts(header: Header, grid: Grid, said: SheetSettings, file: str) -> bool:
    """Say whether it is told what the columns of years count: by a column, by a header over the years, or by the name of sheet or file."""
    if said.kind not in (None, "outcome"):
        return False
    fields = {heading.feeds.get("outcome") for heading in header.headings}
    whom = not fields.isdisjoint({"partners", "countries", "title", "agreement_number"})
    grouped = all(_group(heading.text) for heading in header.headings if is_year(_leaf(heading.text)))
    return whom and ("type" in fields or "title" in fields or grouped or is_named("outcome", grid.name) or is_named("outcome", file))


def _of_year(grid: Grid, header: Header, last: int) -> Table:
    """Return the table of the one column of a year that is read of ``header``."""
    letter = grid.per_year
    years = years_of(header)
    kept = [heading for heading in header.headings if heading.letter == letter or heading.letter not in years]
    headings = tuple(Heading(h.letter, h.text, _COUNT) if h.letter == letter else h for h in kept)
    text = next((heading.text for heading in kept if heading.letter == letter), "")
    implied = [("date", _cell(grid, header, letter, _leaf(text)))]
    if _group(text) and not any(heading.feeds.get("outcome") == "type" for heading in kept):
        implied.append(("type", _cell(grid, header, letter, _group(text))))
    return Table(header.first, header.last, last, "outcome", headings, letter, tuple(implied))


def _cell(grid: Grid, header: Header, letter: str, text: str) -> Cell:
    """Return the cell of the header that says ``text`` of the column ``letter``: in it, or over it to the left."""
    rows_ = (grid.rows.get(row, []) for row in range(header.first, header.last + 1))
    found = [cell for cells in rows_ for cell in cells if cell.text.strip() == text and column_of(cell.letter) <= column_of(letter)]
    cell = max(found, key=lambda each: column_of(each.letter))
    return Cell(cell.letter, cell.text, cell.row, "header")


def headers_of(grid: Grid, said: SheetSettings) -> list[Header]:
    """Return the headers of ``grid`` from top to bottom, whatever they are headers of."""
    return _Finder(grid, said).headers()


def filled(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Return the cells that show something."""
    return cells if isinstance(cells, Line) else [cell for cell in cells if not cell.text.isspace()]


def is_numbering(cells: Sequence[Cell]) -> bool:
    """Say whether a row only numbers the columns: 1, 2, 3 ... below the header, as Russian forms do.

    >>> is_numbering([Cell(letter, text, 4) for letter, text in zip("ABC", "123")])
    True
    """
    return len(cells) > 2 and [cell.text.strip(" ().") for cell in cells] == [str(n) for n in range(1, len(cells) + 1)]


@cache
def _beginnings() -> frozenset[str]:
    written = (row["alias"].lower() for row in rows("headers"))
    return frozenset(alias[:3] for alias in (*written, *aliases()))


def _may_be_header(cells: Sequence[Cell]) -> bool:
    """Say quickly whether two thirds of a row may be headers; asked of every row, so nothing is folded here."""
    misses = 0
    for kind, text in zip(types_in(cells), texts_in(cells), strict=True):
        if kind != "text":
            if not is_year(text):
                return False
            continue
        if len(text) > _LONGEST or text.lstrip(_BEFORE).lower()[:3] not in _beginnings():
            misses += 1
            if misses * 3 > len(cells):
                return False
    return True


def _without_years(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Return the cells of a header without its years, where it has several."""
    others = [cell for cell in cells if not is_year(cell.text)]
    return others if len(cells) - len(others) > 1 else cells


class _Finder:
    def __init__(self, grid: Grid, said: SheetSettings) -> None:
        self.grid, self.said = grid, said
        self.own_names = {key(name) for name in said.columns}
        self.wide: dict[int, list[Merge]] = {}
        for merge in grid.merges:
            if merge.right > merge.left and merge.top in grid.rows:
                self.wide.setdefault(merge.top, []).append(merge)

    def headers(self) -> list[Header]:
        if self.said.header_row:
            forced = self._forced(self.said.header_row)
            return [forced] if forced.headings else []
        return list(self._search())

    def _search(self) -> Iterator[Header]:
        done = 0
        inside = False
        for row, cells in self.grid.rows.items():
            if row <= done or len(cells) < 2 or (inside and not _may_be_header(cells)) or not self._is_header(row, strict=inside):
                continue
            header = self._grown(row, done)
            done, inside = header.last, True
            yield header

    def _forced(self, row: int) -> Header:
        above = self._grown(row - 1, 0) if row - 1 in self.grid.rows and self._is_header(row - 1, strict=False) else None
        return above if above and above.last == row else self._with_groups(Header(row, row, self._single(row)), 0)

    def _is_header(self, row: int, *, strict: bool) -> bool:
        """Say whether ``row`` reads like a header; below another header more of it must be known, for data use such words too."""
        cells = _without_years(filled(self.grid.rows[row]))
        known = sum(self._known(cell) for cell in cells)
        if strict:
            return known > 1 and known * 3 >= len(cells) * 2 and all(cell.type == "text" for cell in cells)
        return known > 1 and (known * 2 >= len(cells) or (known > 3 and known * 3 >= len(cells)))

    def _known(self, cell: Cell) -> bool:
        return cell.type == "text" and len(cell.text) <= _LONGEST and (bool(feeds(cell.text)) or key(cell.text) in self.own_names)

    def _texts(self, row: int) -> Texts:
        return {column_of(cell.letter): cell.text.strip() for cell in filled(self.grid.rows.get(row, []))}

    def _single(self, row: int) -> tuple[Heading, ...]:
        return tuple(Heading(letter_of(column), text, feeds(text)) for column, text in self._texts(row).items())

    def _grown(self, row: int, done: int) -> Header:
        """Return the header at ``row`` with its second row, or the groups above it, and a row that numbers its columns."""
        own, below = self._texts(row), self._texts(row + 1)
        groups = self._groups(row, own, below)
        if below and self._is_second(row + 1, own, below, groups):
            header = Header(row, row + 1, _joined(own, below, groups))
        else:
            header = self._with_groups(Header(row, row, self._single(row)), done)
        if is_numbering(filled(self.grid.rows.get(header.last + 1, []))):
            header = Header(header.first, header.last + 1, header.headings)
        return header

    def _with_groups(self, header: Header, done: int) -> Header:
        row = header.last
        above, own = self._texts(row - 1), self._texts(row)
        if row - 1 <= done or not above:
            return header
        groups = self._groups(row - 1, above, own)
        narrow = all(merge.right - merge.left + 1 < max(len(own) * 0.8, 2) for merge in self.wide.get(row - 1, []))
        all_text = all(cell.type == "text" and len(cell.text) <= _LONGEST for cell in self.grid.rows[row - 1])
        if not (groups and narrow and all_text and (len(above) > 1 or self.wide.get(row - 1))):
            return header
        return Header(row - 1, row, _joined(above, own, groups))

    def _groups(self, row: int, own: Texts, below: Texts) -> dict[int, int]:
        """Return column -> column of the group header over it: merged, or with nothing beside it where the next row goes on."""
        over = {column: merge.left for merge in self.wide.get(row, []) for column in own_range(merge, below, own)}
        if self.wide.get(row):
            return over
        anchor = 0
        for column in sorted({*own, *below}):
            if column in own:
                anchor = column
            elif anchor and column - 1 in {*over, anchor} and (column - 1 in below):
                over[column] = over[anchor] = anchor
            else:
                anchor = 0
        return over

    def _is_second(self, row: int, own: Texts, below: Texts, groups: dict[int, int]) -> bool:
        if any(cell.type != "text" or len(cell.text) > _LONGEST for cell in _without_years(filled(self.grid.rows[row]))):
            return False
        if len(below) > 1 and all(is_year(text) and column in groups for column, text in below.items()):
            return True
        known = [column for column, text in below.items() if feeds_under(own.get(groups.get(column, column), ""), text)]
        if len(known) * 2 < len(below):
            return False
        beside = [column for column in below if column not in groups and column in own]
        same = sum(bool(feeds(below[column])) and feeds(below[column]).items() <= feeds(own[column]).items() for column in beside)
        if groups:
            return all(feeds_under(own[column], below[column]) for column in beside)
        if any(column not in own for column in below):
            return same == len(beside) and bool(known)
        return same > 1 and same * 2 >= len(below)


def own_range(merge: Merge, *texts: Texts) -> list[int]:
    """Return the columns of ``merge`` in which any of ``texts`` has something; a merge may claim more columns than exist."""
    return sorted({column for each in texts for column in each if merge.left <= column <= merge.right})


def _joined(upper: Texts, lower: Texts, groups: dict[int, int]) -> tuple[Heading, ...]:
    headings = []
    for column in sorted({*upper, *lower}):
        group, leaf = upper.get(groups.get(column, column), ""), lower.get(column, "")
        text = " / ".join(part for part in (group, leaf) if part)
        headings.append(Heading(letter_of(column), text, feeds_under(group, leaf)))
    return tuple(headings)
