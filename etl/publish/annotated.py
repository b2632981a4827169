"""A copy of each source workbook in which every cell with a finding is coloured and commented; the source is only read.

A workbook of Open XML is copied part by part and only styles, marked cells and comments are added to (:mod:`etl.publish.xlsx`), so that
pictures, charts, macros and whatever else it has stay. Text files and other formats get a workbook of their rows as they were read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from etl.publish.given import Given, Row, is_read
from etl.publish.marks import MOST_COMMENTS, Marks, counted, marks
from etl.publish.problem_sheet import problem_sheet
from etl.publish.xlsx.book import Content, Sheet, book, raw, sheet_name, sheet_xml
from etl.publish.xlsx.cells import repainted
from etl.publish.xlsx.comments import comment
from etl.publish.xlsx.markup import LINKS, CannotPatch, grown, prefix_of, value_of
from etl.publish.xlsx.package import Package, parsed
from etl.publish.xlsx.palette import Palette
from etl.tables import SourceFile, SourceRow
from etl.words import outputs
from etl.words.say import Say

_OPEN_XML = (".xlsx", ".xlsm", ".xltx", ".xltm")
#: Bytes of the name of a copy; ".copy.xlsx" still fits.
_LONGEST_NAME = 200
#: The rows of a sheet (Excel specifications and limits).
_MOST_ROWS = 1_048_576
_COLUMNS = re.compile(r" ?\[[A-Z]{1,3}(?::[A-Z]{1,3})?\]$")
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def copied(given: Given) -> dict[str, str]:
    """Return the path of the copy of each file that gets one, by the name of the file; no two are the same."""
    found: dict[str, str] = {}
    for file in sorted(filter(is_read, given.files), key=lambda each: each[SourceFile.name]):
        name = file[SourceFile.name]
        if any(place[0] == name for place in given.rows_of):
            suffix = PurePosixPath(name).suffix.lower()
            path = "/".join(map(_short, (name if suffix in _OPEN_XML else f"{name}.xlsx").split("/")))
            taken = {each.casefold() for each in found.values()}
            found[name] = path if path.casefold() not in taken else f"{name}.copy.xlsx"
    return found


def _short(part: str) -> str:
    """Return a part of a path, shortened to what is left for it when a suffix is added: a name has at most 255 bytes."""
    encoded = part.encode()
    if len(encoded) <= _LONGEST_NAME:
        return part
    suffix = PurePosixPath(part).suffix
    return f"{encoded[: _LONGEST_NAME - 30].decode(errors='ignore')}-{hashlib.sha256(encoded).hexdigest()[:10]}{suffix}"


def annotate(path: Path, given: Given, name: str, say: Say) -> None:
    """Write the annotated copy of the file ``name`` to ``path``."""
    file = next(each for each in given.files if each[SourceFile.name] == name)
    reason = say(outputs.REBUILT_TEXT)
    if PurePosixPath(name).suffix.lower() in _OPEN_XML:
        try:
            _patched(_source(given, file), given, file, say).write(path)
            return
        except _Changed:
            reason = say(outputs.REBUILT_CHANGED)
        except CannotPatch:
            reason = say(outputs.REBUILT_UNUSUAL)
    elif file[SourceFile.sheets] != [""]:
        reason = say(outputs.REBUILT_FORMAT, type=PurePosixPath(name).suffix)
    _rebuilt(given, file, say, reason).write(path)


class _Changed(Exception):
    """The source is not the one that was read any more."""


def _source(given: Given, file: Row) -> bytes:
    try:
        data: bytes = (given.raw / file[SourceFile.name]).read_bytes()
    except OSError as error:
        raise _Changed from error
    if hashlib.sha256(data).hexdigest() != file[SourceFile.sha256]:
        raise _Changed
    return data


def _patched(data: bytes, given: Given, file: Row, say: Say) -> Package:
    """Return the parts of the source with marks, and a last sheet that lists the findings."""
    package = Package.read(data)
    main = next((link.target for link in package.links("") if link.type == "officeDocument"), None)
    if main is None:
        raise CannotPatch("it names no workbook")
    main = package.called(main)
    sheets = _sheets(package, main)
    styles = next((link.target for link in package.links(main) if link.type == "styles"), None)
    if styles is None:
        raise CannotPatch("it has no styles")
    palette = Palette(package, styles)
    name = file[SourceFile.name]
    called = {sheet: _physical(sheet, sheets) for (each, sheet) in sorted({*given.by_place, *given.refused_of}) if each == name and sheet}
    marked = {sheet: marks(given, name, sheet, say) for sheet in called}
    for sheet, found in marked.items():
        if found.severities:
            _mark(package, sheets[called[sheet]], found, palette, say(outputs.AUTHOR))
    listed = sheet_name(say(outputs.PROBLEMS_SHEET), sheets)
    lines = problem_sheet(given, name, listed, called, say, _notes(marked, say, patched=True))
    _append(package, main, lines, palette)
    palette.close()
    return package


def _sheets(package: Package, main: str) -> dict[str, str]:
    """Return the part of each sheet by its name."""
    root = parsed(package.part(main))
    links = {link.id: link for link in package.links(main)}
    found = {}
    for each in root.iter():
        if each.tag.rpartition("}")[2] == "sheet":
            link = next((links.get(value) for key, value in each.attrib.items() if key.endswith("}id")), None)
            if link and link.type == "worksheet":
                found[each.get("name", "")] = package.called(link.target)
    return found


def _physical(sheet: str, sheets: Iterable[str]) -> str:
    """Return the sheet of the workbook that ``sheet`` is; one of several tables beside each other is called after its columns too."""
    whole = _COLUMNS.sub("", sheet)
    found = next((each for each in (sheet, whole) if each in sheets), None)
    if found is None:
        raise CannotPatch("a sheet has another name than the one that was read")
    return found


def _mark(package: Package, part: str, found: Marks, palette: Palette, author: str) -> None:
    def paint(row: int, letter: str, style: int) -> int:
        return palette.marked(style, found.severities[letter, row])

    package.parts[part] = repainted(package.parts[part], found.by_row(), paint)
    comment(package, part, found.comments, author)


def _append(package: Package, main: str, sheet: Sheet, palette: Palette) -> None:
    part = package.free("xl/worksheets/sheet{n}.xml")
    package.add(part, sheet_xml(sheet, palette.own()), _SHEET_TYPE)
    link = package.link(main, "worksheet", part)
    xml = package.parts[main]
    prefix = prefix_of(xml, b"workbook")
    used = [int(each.get("sheetId", "0")) for each in parsed(xml).iter() if each.tag.rpartition("}")[2] == "sheet"]
    entry = b"<" + prefix + b'sheet name="' + value_of(sheet.name)
    entry += f'" sheetId="{max(used, default=0) + 1}" xmlns:ours="{LINKS}" ours:id="{link}"/>'.encode()
    xml, _ = grown(xml, prefix, b"sheets", [entry])
    package.parts[main] = xml.replace(b"<" + prefix + b'sheets count="' + str(len(used) + 1).encode() + b'"', b"<" + prefix + b"sheets")


def _rebuilt(given: Given, file: Row, say: Say, reason: str) -> Package:
    """Return a workbook of the rows as they were read, with the same marks."""
    name = file[SourceFile.name]
    places = sorted(place for place in given.rows_of if place[0] == name)
    taken: list[str] = []
    called = {}
    for _, sheet in places:
        called[sheet] = sheet_name(sheet or PurePosixPath(name).stem, taken)
        taken.append(called[sheet])
    marked = {sheet: marks(given, name, sheet, say) for _, sheet in places}
    listed = sheet_name(say(outputs.PROBLEMS_SHEET), taken)
    sheets = [Sheet(called[sheet], sparse=_texts(given.rows_of[name, sheet]), widths=[20.0] * 12) for _, sheet in places]
    notes = [say(outputs.REBUILT, reason=reason), *_notes({called[s]: m for s, m in marked.items()}, say, patched=False)]
    sheets.append(problem_sheet(given, name, listed, called, say, notes))
    package = book(sheets)
    palette = Palette(package, "xl/styles.xml")
    for number, (_, sheet) in enumerate(places, 1):
        if marked[sheet].severities:
            _mark(package, f"xl/worksheets/sheet{number}.xml", marked[sheet], palette, say(outputs.AUTHOR))
    palette.close()
    return package


def _texts(rows: Iterable[Row]) -> Iterator[tuple[int, Iterable[tuple[str, Content]]]]:
    for row in rows:
        number = row[SourceRow.row]
        if 1 <= number <= _MOST_ROWS:
            yield number, [(c["letter"], raw(c["text"])) for c in row[SourceRow.cells] if c["row"] == number]


def _notes(marked: dict[str, Marks], say: Say, *, patched: bool) -> list[str]:
    notes = [say(outputs.PATCHED)] if patched else []
    for sheet, number in counted(marked).items():
        notes.append(say(outputs.CAPPED, n=say.number(number), sheet=sheet or "-", most=say.number(MOST_COMMENTS)))
    return notes
