"""The folder of decisions -> its files and their lines: tables of decisions, and filled review workbooks."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from etl.decide.answers import answers, is_review
from etl.decide.lines import Lines, Sheet, is_header, joined
from etl.decide.lines import read as read_lines
from etl.errors import RefusedFile
from etl.read import container, discover, textfile, wire
from etl.read.grid import Grid, column_of
from etl.read.parse import Form
from etl.read.worker import workers
from etl.records import Finding, InputFile
from etl.text import fold

FOLDER = "decisions"
_TEXTS = {".csv", ".tsv", ".tab", ".txt"}
_BOOKS: dict[str, Form] = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods"}
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>(\d{4}-\d{2}-\d{2})")
_ODS_DATE = re.compile(rb"<dc:date>(\d{4}-\d{2}-\d{2})")
#: Wider than any table of decisions; what stands further right is none of it.
_MOST_COLUMNS = 64


@dataclass(slots=True)
class _File:
    entry: InputFile
    lines: Lines


def load(raw: Path) -> tuple[list[InputFile], Lines]:
    """Return the files of decisions below ``raw``, and every decision that they hold."""
    files = [_read(found) for found in discover.found(raw) if _is_decisions(found)]
    return [file.entry for file in files], joined(file.lines for file in files)


def sheets_of(path: Path) -> list[Sheet]:
    """Return the sheets of one file of decisions, wherever it lies.

    Raises:
        RefusedFile: it cannot be read.
    """
    try:
        return _sheets(discover.Found(path, path.name, path.stat().st_size), discover.content(path))[0]
    except container.DAMAGE as error:
        raise RefusedFile("unreadable", f"{path} is damaged ({type(error).__name__}). Restore it, or remove it.") from error


def _is_decisions(found: discover.Found) -> bool:
    here = found.name.startswith(f"{FOLDER}/") and found.message != "hidden file" and found.reason != "lock_file"
    suffix = found.path.suffix.lower()
    return here and (suffix in _TEXTS or suffix in _BOOKS) and not fold(found.path.name).startswith("readme")


def _read(found: discover.Found) -> _File:
    digest: str | None = None
    try:
        data = discover.content(found.path)
        digest = hashlib.sha256(data).hexdigest()
        sheets, encoding = _sheets(found, data)
    except RefusedFile as error:
        return _refused(found, digest, error.code, str(error))
    except container.DAMAGE as error:
        return _refused(found, digest, "unreadable", f"The file is damaged ({type(error).__name__}). Restore it, or save it anew.")
    lines = answers(sheets) if is_review(sheets) else read_lines(sheets)
    names = tuple(sheet.name for sheet in sheets)
    count = sum(len(sheet.rows) for sheet in sheets)
    return _File(InputFile(found.name, digest, len(data), "decisions", encoding, names, count, "read"), lines)


def _refused(found: discover.Found, digest: str | None, code: str, why: str) -> _File:
    entry = InputFile(found.name, digest, found.size, "decisions", None, (), 0, "refused", code, why)
    advice = "The decisions of the other files were taken. Correct the file and run again."
    return _File(entry, Lines(findings=[Finding("error", code, why, advice, found.name)]))


def _sheets(found: discover.Found, data: bytes) -> tuple[list[Sheet], str | None]:
    suffix = found.path.suffix.lower()
    if suffix in _TEXTS:
        grid, encoding = textfile.grid(data, None, is_header)
        return [_sheet(found, grid)], encoding
    really = container.sniff(data)
    form = _BOOKS[suffix]
    if really != form:
        raise RefusedFile("format_mismatch", f"The file is called {suffix} but is something else. Save it as a true .xlsx.")
    grids = wire.decode(workers(1)[0].parse(data, form, None)).grids
    saved = _saved(data) if really in ("xlsx", "ods") else ""
    return [_sheet(found, grid, saved) for grid in grids], None


def _saved(data: bytes) -> str:
    """Return the day on which the workbook says that it was saved, as ISO 8601, empty where it does not say."""
    package = container.Package(data)
    for part, pattern in (("docProps/core.xml", _MODIFIED), ("meta.xml", _ODS_DATE)):
        if part in package and (match := pattern.search(b"".join(package.blocks(part)))):
            return match[1].decode()
    return ""


def _sheet(found: discover.Found, grid: Grid, saved: str = "") -> Sheet:
    rows = []
    for number, cells in grid.rows.items():
        at = {column_of(cell.letter): cell.text for cell in cells}
        last = min(max(at, default=0), _MOST_COLUMNS)
        rows.append((number, tuple(at.get(column, "") for column in range(1, last + 1))))
    return Sheet(found.name, grid.name, tuple(rows), saved)
