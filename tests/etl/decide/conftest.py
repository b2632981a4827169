from __future__ import annotations

import csv
import io

from etl.decide.lines import Lines, Sheet, read


def sheet(text: str, file: str = "decisions/a.csv") -> Sheet:
    """A table of decisions as it is written, cells parted by '|'."""
    rows = csv.reader(io.StringIO(text.strip()), delimiter="|")
    return Sheet(file, "", tuple((number, tuple(cell.strip() for cell in row)) for number, row in enumerate(rows, 1)))


def lines(text: str, file: str = "decisions/a.csv") -> Lines:
    return read([sheet(text, file)])
