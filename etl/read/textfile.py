"""A csv, tsv or txt file -> one sheet whose rows are its records."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from itertools import islice

from etl.cells import letter_of
from etl.errors import RefusedFile
from etl.read.encoding import decode
from etl.read.grid import MAX_CELLS, MAX_COLUMN, Grid
from etl.records import Cell
from etl.text import fold

DELIMITERS = (";", ",", "\t", "|")
_EMPTY = " \n\t,;|\"'"
_HEAD_RECORDS = 30
_MAX_FIELD = 4 << 20
_TOO_MANY = "The file has more cells than fit into memory. Split it by year."


def grid(data: bytes, encoding: str | None, is_header: Callable[[str], bool]) -> tuple[Grid, str]:
    """Return the only sheet of a text file, without a name, and how it was decoded.

    ``is_header`` says of a folded text whether any header alias is spelled so.

    Raises:
        RefusedFile: it cannot be decoded or cut into records.
    """
    text, how = decode(data, encoding, is_header)
    text = text.rstrip("\x1a").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise RefusedFile("encoding", "The text has zero bytes in it. Save the file anew as UTF-8.")
    sheet = Grid("")
    if not text.strip(_EMPTY):
        return sheet, how
    delimiter = delimiter_of(text, is_header)
    if text.count(delimiter) + text.count("\n") >= MAX_CELLS:  # counted before any is kept: they would take all memory
        _refuse_more(text, delimiter)
    for number, record in enumerate(_records(text, delimiter), 1):
        line = [Cell(letter_of(column), value, number) for column, value in enumerate(record, 1) if value]
        if line:
            sheet.rows[number] = line
            sheet.widths[number] = len(record)
        if len(record) > MAX_COLUMN:
            raise RefusedFile("too_large", _TOO_MANY)
    return sheet, how


def _refuse_more(text: str, delimiter: str) -> None:
    left = MAX_CELLS
    for record in _records(text, delimiter):
        left -= sum(map(bool, record))
        if left < 0:
            raise RefusedFile("too_large", _TOO_MANY)


def delimiter_of(text: str, is_header: Callable[[str], bool]) -> str:
    """Return the sign between the cells: the one that yields the most headers, and among equals the most even rows.

    >>> delimiter_of("Title, short;Country\\na;b", {"country"}.__contains__)
    ';'
    """
    if text[:5].lower() == "sep=;" or text[:4].lower() == "sep=":
        return text[4]
    return max(DELIMITERS, key=lambda sign: (_score(text, sign, is_header), -DELIMITERS.index(sign)))


def _score(text: str, delimiter: str, is_header: Callable[[str], bool]) -> tuple[int, int, int]:
    try:
        head = [record for record in islice(csv.reader(_lines(text), delimiter=delimiter), _HEAD_RECORDS) if any(record)]
    except csv.Error:  # what keeps the file from being cut is told when it is cut
        return 0, 0, 0
    known = max((sum(is_header(fold(cell)) for cell in record[:100] if len(cell) < 100) for record in head), default=0)
    widths = Counter(len(record) for record in head if len(record) > 1)
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return known, times, width


def _lines(text: str) -> io.StringIO:
    # A field of a million characters is a finding, not a crash: the default limit of the module is 128 KiB.
    csv.field_size_limit(_MAX_FIELD)
    return io.StringIO(text, newline="")


def _records(text: str, delimiter: str) -> list[list[str]]:
    try:
        # Strict first, because a quote that is never closed would otherwise swallow all rows below it without a word.
        return list(csv.reader(_lines(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "expected after" not in str(error):
            raise RefusedFile("unreadable", f"The text cannot be cut into cells ({error}). Look for a quote that is not closed.") from error
    # Text after a closing quote is a habit of some programs, not damage, as long as no row vanishes into a cell.
    records = list(csv.reader(_lines(text), delimiter=delimiter))
    width = max(map(len, records[:_HEAD_RECORDS]), default=0)
    for number, record in enumerate(records, 1):
        if any("\n" in cell and any(line.count(delimiter) >= max(width - 1, 2) for line in cell.split("\n")) for cell in record):
            message = f"Record {number} has a quote that is not closed: whole rows stand in one of its cells. Correct it."
            raise RefusedFile("unreadable", message)
    return records
