"""Tables that stand beside each other in one sheet -> a grid for each, so that every row of every table has one fate of its own.

The leftmost table keeps the name of the sheet; the others are called after their columns, as in ``Register [H:K]``: a sheet cannot
have such a name itself. Every cell stays in exactly one grid, under its own letter and row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from etl.cells import Line, letter_of, letters_in
from etl.read.grid import Grid, column_of
from etl.read.headers import COUNTER, WEAK_NUMBER, Feeds, key, kind_of
from etl.read.layout import Header, filled, headers_of
from etl.read.settings import SheetSettings
from etl.records import Cell, Finding

#: What a record may have in several columns: such fields twice are no sign of a second table.
_MANY = frozenset({"partners", "countries", "city", "fields", "areas", "fields_areas", "link", "remarks", COUNTER, WEAK_NUMBER})
_ADVICE = "Nothing, if that is right; else write the tables below each other, or name the header_row of the sheet in sources.yaml."
Span = tuple[int, int]


def beside(grid: Grid, said: SheetSettings, file: str) -> tuple[list[Grid], list[Finding]]:
    """Return the tables of ``grid`` that stand beside each other as grids, from left to right, and what is to be said about it.

    Where the analyst names the row of the header, the sheet is one table.
    """
    if said.header_row or said.ignore or len(grid.rows) < 2:
        return [grid], []
    headers = headers_of(grid, said)
    grids: list[Grid] = [grid]
    for top, bottom in _bands(grid, headers):
        spans = _spans(grid, said, file, top, bottom)
        for span in spans[1:]:
            _move(grid, _called(grids, grid, span), span, top, bottom)
    return grids, [_told(part, grid, file) for part in grids[1:]]


def _bands(grid: Grid, headers: Sequence[Header]) -> list[Span]:
    """Return the runs of rows to look at: the whole sheet where its columns fall apart all the way, else each header with its rows."""
    last = max(grid.rows)
    if len(headers) < 2 or len(_islands(grid, 1, last)) > 1:
        return [(1, last)]
    starts = [_start(grid, header.first) for header in headers[1:]]
    return list(zip([1, *starts], [*(start - 1 for start in starts), last], strict=True))


def _start(grid: Grid, first: int) -> int:
    """Return the first of the title rows directly above the header that begins in row ``first``."""
    row = first
    while row - 1 in grid.rows and len(filled(grid.rows[row - 1])) < 3:
        row -= 1
    return row if row - 1 not in grid.rows else first


def _islands(grid: Grid, top: int, bottom: int) -> list[Span]:
    """Return the runs of columns that have a cell in any row of several cells; a column without one parts them."""
    patterns = {letters_in(filled(cells)) for row, cells in grid.rows.items() if top <= row <= bottom and len(cells) > 1}
    columns = sorted({column_of(letter) for letters in patterns for letter in letters})
    runs = [[column for _, column in run] for _, run in groupby(enumerate(columns), lambda pair: pair[1] - pair[0])]
    return [(run[0], run[-1]) for run in runs]


def _spans(grid: Grid, said: SheetSettings, file: str, top: int, bottom: int) -> list[Span]:
    """Return the columns of each table in these rows; what has no header of its own belongs to its neighbour on the left."""
    tables: list[tuple[Span, Header]] = []
    for span in _islands(grid, top, bottom):
        for piece, header in _repeats(span, _header(grid, said, span, top, bottom)):
            if header and tables and _are_apart(tables[-1][1], header, grid.name, file):
                tables.append((piece, header))
            elif tables:
                (left, _), old = tables[-1]
                whole = _header(grid, said, (left, piece[1]), top, bottom) if header else old
                tables[-1] = ((left, piece[1]), whole or old)
            elif header:
                tables.append((piece, header))
    return [span for span, _ in tables]


def _header(grid: Grid, said: SheetSettings, span: Span, top: int, bottom: int) -> Header | None:
    found = headers_of(_cut(grid, span, top, bottom), said)
    return found[0] if found and kind_of((heading.feeds for heading in found[0].headings), "", "") else None


def _cut(grid: Grid, span: Span, top: int, bottom: int) -> Grid:
    part = Grid(grid.name, merges=[merge for merge in grid.merges if merge.left <= span[1] and merge.right >= span[0]])
    for row, cells in grid.rows.items():
        if top <= row <= bottom and (inside := cells if _is_whole(cells, span) else [cell for cell in cells if _is_in(cell, span)]):
            part.rows[row] = inside
    return part


def _is_whole(cells: Sequence[Cell], span: Span) -> bool:
    """Tell of a plain row whether all of it stands in ``span``; its cells stand in the order of the columns."""
    return isinstance(cells, Line) and span[0] <= column_of(cells.shape.letters[0]) and column_of(cells.shape.letters[-1]) <= span[1]


def _repeats(span: Span, header: Header | None) -> list[tuple[Span, Header | None]]:
    """Cut a header that begins anew, word for word: Partner, Signed, Partner, Signed."""
    if header is None:
        return [(span, None)]
    texts = [key(heading.text) for heading in header.headings]
    size = next((at for at in range(2, len(texts) // 2 + 1) if texts[:at] * (len(texts) // at) == texts), len(texts))
    pieces = [header.headings[at : at + size] for at in range(0, len(texts), size)]
    starts = [span[0], *(column_of(piece[0].letter) for piece in pieces[1:])]
    ends = [*(start - 1 for start in starts[1:]), span[1]]
    return [((a, b), Header(header.first, header.last, piece)) for a, b, piece in zip(starts, ends, pieces, strict=True)]


def _are_apart(left: Header, right: Header, sheet: str, file: str) -> bool:
    """Tell whether two headers are of two tables: in other rows, with a field twice, or together losing what each alone feeds."""
    if left.last < right.first or right.last < left.first:
        return True
    ours, theirs = _feeds(left), _feeds(right)
    whole = kind_of([*ours, *theirs], sheet, file)
    if whole is None or {key(h.text) for h in left.headings} == {key(h.text) for h in right.headings}:
        return True
    twice = {each[whole] for each in ours if whole in each} & {each[whole] for each in theirs if whole in each}
    return bool(twice - _MANY) or _loses(ours, whole) or _loses(theirs, whole)


def _feeds(header: Header) -> list[Feeds]:
    return [heading.feeds for heading in header.headings if heading.feeds]


def _loses(feeds: Iterable[Feeds], whole: str) -> bool:
    return any(whole not in each for each in feeds)


def _called(grids: list[Grid], grid: Grid, span: Span) -> Grid:
    name = f"{grid.name} [{letter_of(span[0])}:{letter_of(span[1])}]".strip()
    for each in grids:
        if each.name == name:
            return each
    grids.append(Grid(name, hidden=grid.hidden, hidden_rows=grid.hidden_rows, hidden_columns=grid.hidden_columns))
    return grids[-1]


def _move(grid: Grid, part: Grid, span: Span, top: int, bottom: int) -> None:
    """Move the cells of ``span`` in these rows from ``grid`` to ``part``, with their merges and links."""
    for row in [row for row in grid.rows if top <= row <= bottom]:
        inside = [cell for cell in grid.rows[row] if _is_in(cell, span)]
        if not inside:
            continue
        part.rows[row] = inside
        if rest := [cell for cell in grid.rows[row] if not _is_in(cell, span)]:
            grid.rows[row] = rest
        else:
            del grid.rows[row]
    taken = [merge for merge in grid.merges if span[0] <= merge.left <= span[1] and top <= merge.top <= bottom]
    part.merges += taken
    grid.merges = [merge for merge in grid.merges if merge not in taken]
    part.links |= {place: link for place, link in grid.links.items() if span[0] <= column_of(place[1]) <= span[1] and place[0] in part.rows}


def _is_in(cell: Cell, span: Span) -> bool:
    return span[0] <= column_of(cell.letter) <= span[1]


def _told(part: Grid, grid: Grid, file: str) -> Finding:
    first = min(part.rows)
    columns = part.name.rpartition("[")[2].rstrip("]")
    message = f"The columns {columns} hold a table of their own beside another one; its rows are listed under {part.name!r}."
    return Finding("note", "side_by_side", message, _ADVICE, file, grid.name, first, part.rows[first][0].letter)
