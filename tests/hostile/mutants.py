"""Good files with one random change each, what then stands in them, and what of it a refresh shows."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.hostile.files import AGREEMENT, agreement, book, delimited
from tests.hostile.outcome_of import Done

ROWS = 4
_PLACES = (("TU Graz", "Austria"), ("TU Wien", "Austria"), ("Tsinghua University", "China"), ("TU Berlin", "Germany"))
_VALUES = (
    None,
    0,
    -5,
    12.5,
    60,
    44260,
    2958466,
    True,
    "",
    " ",
    "x",
    "NA",
    "NULL",
    "nan",
    "=1+1",
    "#REF!",
    "31.02.2020",
    "2031-13-01",
    "soon",
    "Atlantis",
    "Purple",
    "\u202ex",
    "a\u200bb",
    "\ufffd",
    "2020",
    "March 2020",
    "1/2/2020",
    "javascript:alert(1)",
    "E\u0415-1",
    "x" * 30_000,
    "Соглашение",
    "协议",
    "1e400",
    "TRUE",
    "???????",
)


@dataclass(frozen=True)
class Mutant:
    """A changed file; ``lines`` are its cells by row as somebody else reads them, None where nobody could."""

    name: str
    data: bytes
    lines: list[list[str]] | None


def _rows(prefix: str) -> list[list[object]]:
    found = []
    for at in range(ROWS):
        partner, country = _PLACES[at]
        changed = {"Agreement ID": f"{prefix}-{at}", "Title": f"Соглашение об обмене {prefix}-{at}", "Partner": partner, "Country": country}
        found.append(agreement(**changed, Signed=f"201{at}-0{at + 1}-11"))
    return found


def of_csv(seed: int) -> Mutant:
    """Return a csv file with one byte changed, put in or taken out."""
    chance = random.Random(seed)
    data = bytearray(delimited(_rows(f"C{seed:03}")))
    at = chance.randrange(len(data))
    match chance.randrange(3):
        case 0:
            data[at] = chance.randrange(256)
        case 1:
            data.insert(at, chance.choice(b'",;\n\t 0159-AZaz\x00\xff\xd0'))
        case _:
            del data[at]
    return Mutant(f"c{seed:03}.csv", bytes(data), _lines(bytes(data)))


def _lines(data: bytes) -> list[list[str]] | None:
    try:
        return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return None


def of_cells(seed: int) -> Mutant:
    """Return a workbook with another value in one of its cells."""
    chance = random.Random(seed)
    rows = _rows(f"X{seed:03}")
    at, column, value = chance.randrange(ROWS), chance.randrange(len(AGREEMENT)), chance.choice(_VALUES)
    rows[at][column] = value
    lines = [list(AGREEMENT), *(["" if cell is None else "TRUE" if cell is True else str(cell) for cell in row] for row in rows)]
    return Mutant(f"x{seed:03}.xlsx", book(rows), lines)


def of_bytes(seed: int) -> Mutant:
    """Return a workbook with some of its bytes changed."""
    chance = random.Random(seed)
    rows = _rows(f"B{seed:03}")
    data = bytearray(book(rows))
    for _ in range(chance.choice((1, 1, 4))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return Mutant(f"b{seed:03}.xlsx", bytes(data), [list(AGREEMENT), *(list(map(str, row)) for row in rows)])


def silent(mutant: Mutant, done: Done) -> Iterator[str]:
    """Yield the cells of ``mutant`` that are neither published as they stand nor told about."""
    file = done.tables["source_file"]
    (verdict,) = [each["verdict_code"] for each in file if each["file_name"] == mutant.name]
    told = [each for each in done.tables["problem"] if each["file_name"] == mutant.name]
    heads = {each["header_row_number"] for each in done.tables["source_column"] if each["file_name"] == mutant.name}
    if verdict == "refused" or any(each["row_number"] in {None, 1, *heads} for each in told):
        return
    if mutant.lines is None:
        yield f"{mutant.name} is read though nobody could tell its text"
        return
    named = {each["row_number"] for each in told}
    by_row = {each["row_number"]: each for each in done.tables["source_row"] if each["file_name"] == mutant.name}
    for number, line in enumerate(mutant.lines[1:], 2):
        if number not in named and any(cell.strip() for cell in line):
            yield from (
                f"{mutant.name} row {number}: {cell!r} is neither shown nor told" for cell in _hidden(line, by_row.get(number), done)
            )


def _hidden(line: list[str], row: dict[str, Any] | None, done: Done) -> list[str]:
    """Return the cells of a line that its published record does not show."""
    if row is None or row["record_id"] is None:
        return line
    shown = {str(value) for value in done.record(row).values() if value is not None}
    for table in ("agreement_partner", "agreement_country"):
        shown |= {each["raw_text"] for each in done.tables[table] if each["agreement_id"] == row["record_id"]}
    read = {each["raw_text"] for each in done.tables["reading"]}
    return [cell for cell in line if cell.strip() and cell.strip() not in shown and " ".join(cell.split()) not in shown | read]
