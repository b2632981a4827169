"""The order of day and month of each column of dates: stated for its sheet in sources.yaml, else voted by the column, else by its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from etl.cells import written_in
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
    texts: dict[Column, list[str]] = defaultdict(list)
    swapped: dict[Column, list[bool]] = defaultdict(list)
    for (file, sheet), of_sheet in groupby(rows, lambda row: (row.origin.file, row.origin.sheet)):
        for row in of_sheet:
            for name in _FIELDS if row.role == "record" else ():
                for letter, kind, text in written_in(row.values, name):
                    if kind == "date":
                        swapped[Column(file, sheet, letter)].append(len(text) == 10 and int(text[8:]) <= 12)
                    else:
                        texts[Column(file, sheet, letter)].append(text)
    votes = {column: vote(found) for column, found in texts.items()}
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
        if _looks_swapped(found, swapped[column]):
            findings.append(_swapped(column, len(swapped[column])))
    return Orders({column: order for column, order in orders.items() if order}, tuple(findings))


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


def _looks_swapped(found: Vote, low_days: list[bool]) -> bool:
    """Tell the trace of a program that took 03/04 for 4 March: real dates with days up to 12 only, all later days left as text."""
    return found.day_first >= _LEAST and not found.either and len(low_days) >= _LEAST and all(low_days)


def _swapped(column: Column, dates: int) -> Finding:
    message = (
        f"All {dates} true dates of this column have a day up to 12, and all later days are text: "
        "a program may have taken the day for the month"
    )
    advice = "Compare some of the true dates with the documents; import the column again as text"
    return Finding("warning", "swapped_dates", message, advice, column.file, column.sheet, None, column.letter)
