"""The annotated copy of a file that cannot be copied in place: a workbook of its rows as they were read, with the same marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from etl.publish.given import Given, Row
from etl.publish.marks import marks
from etl.publish.patched import capped, mark
from etl.publish.problem_sheet import problem_sheet
from etl.publish.xlsx import comments
from etl.publish.xlsx.archive import packed
from etl.publish.xlsx.book import CONTENTS, Content, Sheet, book, contents, raw, sheet_name, sheet_part, sheet_xml
from etl.publish.xlsx.package import Package
from etl.publish.xlsx.palette import Palette
from etl.tables import SourceRow
from etl.words import outputs
from etl.words.say import Say

#: The rows of a sheet (Excel specifications and limits).
_MOST_ROWS = 1_048_576


class Rebuilt:
    """What the copies of a file have in common in all languages: the sheets of its rows, marked and packed."""

    def __init__(self, given: Given, name: str) -> None:
        self._given, self._name = given, name
        places = sorted(place for place in given.rows_of if place[0] == name)
        self._called: dict[str, str] = {}
        for _, sheet in places:
            self._called[sheet] = sheet_name(sheet or PurePosixPath(name).stem, self._called.values())
        self._sheets = [Sheet(self._called[sheet], sparse=_texts(given.rows_of[name, sheet]), widths=[20.0] * 12) for _, sheet in places]
        self._package = book([*self._sheets, Sheet("?")])
        palette = Palette(self._package, "xl/styles.xml")
        self._marks = {sheet: marks(given, place) for place in places for sheet in place[1:]}
        self._commented = {
            sheet: mark(self._package, sheet_part(number), found, palette)
            for number, (sheet, found) in enumerate(self._marks.items(), 1)
            if found.severities
        }
        palette.close()
        self._package.pack()

    def said(self, say: Say, reason: str) -> Package:
        """Return the copy in the language of ``say``; its last sheet gives the ``reason`` why it is none of the source itself."""
        package = self._package.copy()
        for sheet, place in self._commented.items():
            comments.say(package, place, self._marks[sheet].comments(say), say(outputs.AUTHOR))
        title = sheet_name(say(outputs.PROBLEMS_SHEET), self._called.values())
        marked = {self._called[sheet]: found for sheet, found in self._marks.items()}
        notes = [say(outputs.REBUILT, reason=reason), *capped(marked, say)]
        listed = problem_sheet(self._given, self._name, title, self._called, say, notes)
        package.parts[sheet_part(len(self._sheets) + 1)] = packed(sheet_xml(listed))
        package.parts[CONTENTS] = contents([*self._sheets, listed])
        return package


def _texts(rows: Iterable[Row]) -> Iterator[tuple[int, Iterable[tuple[str, Content]]]]:
    for row in rows:
        number = row[SourceRow.row]
        if 1 <= number <= _MOST_ROWS:
            yield number, [(c["letter"], raw(c["text"])) for c in row[SourceRow.cells] if c["row"] == number]
