"""The order of day and month of each column of dates: stated for its sheet in sources.yaml, else voted by the column, else by its file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from etl.cells import CellType, Shape, Values
from etl.normalise.dates.order import Vote, vote
from etl.records import Finding, Row

#: Source fields whose cells hold dates, whatever the kind of the record.
_FIELDS = ("signed", "effective", "expires", "terminated", "term", "published", "date")
_ADVICE = "Write the month in words, or state date_order in sources.yaml"
_UNKNOWN = "State date_order for the file or its sheet in sources.yaml, as in date_order: dmy, or write the month in words"
#: A cell of text that Excel took for a date with day and month the other way round is seen where so many support it.
_LEAST = 5


class Column(NamedTuple):
    """A column of an input sheet."""

    file: str
    sheet: str
    letter: str


@dataclass(frozen=True, slots=True)
class Orders:
    """The order of every column in which it matters, and what there is to tell about it."""

    by_column: Mapping[tuple[str, str, str], str]
    findings: tuple[Finding, ...]

    def of(self, column: tuple[str, str, str]) -> str:
        """Return dmy, mdy, ymd or mixed of a column (file, sheet, letter), or nothing where the order is not known."""
        return self.by_column.get(column, "")


def date_orders(rows: Iterable[Row], stated: Mapping[tuple[str, str], str]) -> Orders:
    """Return the order of each column of dates in ``rows``; ``stated`` holds what the analyst said, by file and sheet."""
    texts: dict[Column, Counter[str]] = defaultdict(Counter)
    low_days: dict[Column, Counter[bool]] = defaultdict(Counter)
    for (column, kind), written in _cells_of_dates(rows).items():
        if kind == "date":
            for text, cells in written.items():
                low_days[column][len(text) == 10 and int(text[8:]) <= 12] += cells
        else:
            texts[column].update(written)
    votes = {column: vote(written) for column, written in texts.items()}
    by_file: dict[str, Vote] = defaultdict(Vote)
    for column, found in votes.items():
        by_file[column.file] += found
    orders: dict[Column, str] = {}
    findings: list[Finding] = []
    for column, found in sorted(votes.items()):
        said = stated.get((column.file, column.sheet), "")
        orders[column] = said or found.order or by_file[column.file].order
        if found.either and not said:
            findings.append(_told(column, found, orders[column]))
        if _looks_swapped(found, low_days[column]):
            findings.append(_swapped(column, low_days[column].total()))
    return Orders({column: order for column, order in orders.items() if order}, tuple(findings))


def _cells_of_dates(rows: Iterable[Row]) -> Mapping[tuple[Column, CellType], Counter[str]]:
    """Return the texts in each column of dates with their number of cells, by column and type of the cell."""
    found: dict[tuple[Column, CellType], Counter[str]] = defaultdict(Counter)
    plain: dict[tuple[str, str, Shape, int], tuple[Mapping[str, tuple[int, ...]], list[Sequence[str]]]] = {}
    for row in rows:
        if row.role != "record":
            continue
        file, sheet, values = row.origin.file, row.origin.sheet, row.values
        if isinstance(values, Values):  # rows of one pattern are looked at together, column by column
            plain.setdefault((file, sheet, values.line.shape, id(values.places)), (values.places, []))[1].append(values.line.texts)
            continue
        for name in _FIELDS:
            for cell in values.get(name, ()):
                found[Column(file, sheet, cell.letter), cell.type][cell.text] += 1
    for (file, sheet, shape, _), (places, lines) in plain.items():
        for at in (at for name in _FIELDS for at in places.get(name, ())):
            found[Column(file, sheet, shape.letters[at]), shape.types[at]].update(map(itemgetter(at), lines))
    return found


def _told(column: Column, found: Vote, order: str) -> Finding:
    place = (column.file, column.sheet, None, column.letter)
    if order in ("", "mixed") and not found.order:
        others = "and the other columns of the file contradict each other" if order else "and neither does another column of the file"
        how = "only the year of each is kept" if order else "each is read day first, as a guess"
        message = f"Nothing in this column tells whether its {found.either} dates in figures are day first or month first, {others}; {how}"
        return Finding("warning", "unknown_date_order", message, _UNKNOWN, *place)
    if order == "mixed":
        message = (
            f"{found.day_first} dates of this column can only be day first and {found.month_first} only month first; "
            f"of the {found.either} that could be either only the year is kept"
        )
        return Finding("warning", "mixed_date_order", message, _ADVICE, *place)
    how = "day first" if order == "dmy" else "month first"
    deciding = found.day_first + found.month_first
    because = f"{deciding} dates of it say, such as {found.example}" if deciding else "the other columns of the file say"
    return Finding(
        "note", "voted_date_order", f"Dates that could be either are read {how} ({found.either} here), as {because}", _ADVICE, *place
    )


def _looks_swapped(found: Vote, low_days: Counter[bool]) -> bool:
    """Tell the trace of a program that took 03/04 for 4 March: real dates with days up to 12 only, all later days left as text."""
    return found.day_first >= _LEAST and not found.either and low_days[True] >= _LEAST and not low_days[False]


def _swapped(column: Column, dates: int) -> Finding:
    message = (
        f"All {dates} true dates of this column have a day up to 12, and all later days are text: "
        "a program may have taken the day for the month"
    )
    advice = "Compare some of the true dates with the documents; import the column again as text"
    return Finding("warning", "swapped_dates", message, advice, column.file, column.sheet, None, column.letter)
