"""Workbooks and text files -> rows of text with their origin. See docs/DESIGN.md, section 4."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

from etl.errors import RefusedFile
from etl.read import container, discover, headers, legacy, textfile, workbook
from etl.read.discover import Found, inputs
from etl.read.grid import Grid
from etl.read.settings import NAME, FileSettings, settings, sources
from etl.read.sheets import SheetRead, headers_seen, read_sheet, settings_to_add
from etl.records import SOURCE_FIELDS, Finding, Input, InputFile

__all__ = ["FileSettings", "inputs", "read", "read_file", "settings"]

_WORKBOOKS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xltm": "xlsx", ".xls": "xls", ".xlsb": "xlsb", ".ods": "ods"}
_ADVICE = "The other files were read without it. Correct the file and run again."
_CALLED = {
    "html": "a web page or XML", "text": "a plain text (csv?)", "zip": "a zip archive", "docx": "a Word document",
    "odt": "an OpenDocument text", "ole": "an old Office file, but no workbook", "binary": "no spreadsheet at all",
}  # fmt: skip


def read(raw: Path, tick: Callable[[str], None] | None = None, elsewhere: Collection[str] = ()) -> Input:
    """Read every file below ``raw``; ``tick`` is called with the name of each file that is opened.

    The files called as in ``elsewhere`` are read by somebody else and left out.
    A file that cannot be read is named with the reason and does not keep the others from being read.
    Rows stand in the order of file name, sheet and row.

    Raises:
        EtlError: ``raw`` is not a folder.
    """
    said = sources(raw)
    parts = [Input((), (), (), said.findings)]
    with _without_collector():
        for found in discover.found(raw):
            if found.name in elsewhere:
                continue
            if found.verdict == "read" and tick:
                tick(found.name)
            parts.append(read_file(found, said.of(found.name)))
    whole = _joined(parts)
    names = [*(file.name for file in whole.files), *elsewhere]
    return Input(whole.files, whole.columns, whole.rows, (*whole.findings, *_unused(said.files, names)))


def read_file(found: Found, said: FileSettings) -> Input:
    """Read one file of :func:`etl.read.discover.found`: its one entry in ``files``, its columns, rows and findings."""
    if found.verdict == "ignored" or (found.verdict == "read" and said.ignore):
        message = found.message or "ignored by sources.yaml"
        # Settings change what is read, so their hash belongs to what a snapshot was made of.
        digest = _digest(found) if found.name == NAME else None
        file = InputFile(found.name, digest, found.size, _suffix(found), None, (), 0, "ignored", found.reason, message)
        return Input((file,), (), (), ())
    if found.verdict == "refused":
        return _refused(found, None, RefusedFile(found.reason or "unreadable", found.message or ""))
    digest = None
    try:
        data = discover.content(found.path)
        digest = hashlib.sha256(data).hexdigest()
        return _read(found, said, data, digest)
    except RefusedFile as error:
        return _refused(found, digest, error)
    except container.DAMAGE as error:
        message = f"The file is damaged ({type(error).__name__}: {str(error)[:200]}). Restore it, or open and save it anew."
        return _refused(found, digest, RefusedFile("unreadable", message))


def _digest(found: Found) -> str | None:
    try:
        return hashlib.sha256(discover.content(found.path)).hexdigest()
    except RefusedFile:
        return None


def _read(found: Found, said: FileSettings, data: bytes, digest: str) -> Input:
    form = _format(found, data)
    encoding = None
    if form == "text":
        grid, encoding = textfile.grid(data, said.encoding, headers.is_alias)
        grids = [grid]
    else:
        grids = workbook.grids(data) if form == "xlsx" else legacy.grids(data, form)
    if not any(grid.rows for grid in grids):
        raise RefusedFile("empty", "There is nothing in the file. Fill it or remove it.")
    sheets = [read_sheet(grid, found.name, said.sheet(grid.name), is_text=form == "text") for grid in grids]
    _require_table(found.name, grids, sheets, said)
    findings = [finding for sheet in sheets for finding in sheet.findings]
    if not any(row.role == "record" for sheet in sheets for row in sheet.rows) and any(sheet.tables for sheet in sheets):
        findings.append(Finding("warning", "empty", "The file has headers but no record below them.", "Fill it or remove it.", found.name))
    rows = tuple(row for sheet in sheets for row in sheet.rows)
    names = tuple(grid.name for grid in grids)
    file = InputFile(found.name, digest, len(data), _suffix(found), encoding, names, len(rows), "read")
    return Input((file,), tuple(column for sheet in sheets for column in sheet.columns), rows, tuple(findings))


def _format(found: Found, data: bytes) -> str:
    """Return how to read ``data``: text, xlsx, xls, xlsb or ods.

    Raises:
        RefusedFile: the content is not what the name promises.
    """
    really = container.sniff(data)
    promised = _WORKBOOKS.get(found.path.suffix.lower(), "text")
    if really == promised:
        return promised
    if really == "empty":
        raise RefusedFile("empty", "The file is empty. Fill it or remove it.")
    if really == "encrypted":
        raise RefusedFile("encrypted", "The file is protected by a password. Save a copy without one.")
    if really == "broken zip" and promised != "text":
        raise RefusedFile("unreadable", "The file is cut off or damaged. Copy it anew from where it comes from.")
    if really == "binary" and promised in ("text", "xls"):
        raise RefusedFile("unreadable", "The file is damaged or of another type. Copy it anew from where it comes from.")
    promised_by = found.path.suffix.lower()
    what = _CALLED.get(really, f"a file of type .{really}" if really in _WORKBOOKS.values() else "something else")
    raise RefusedFile("format_mismatch", f"The file is called {promised_by} but is {what}. Save it as a true .xlsx, or rename it.")


def _require_table(file: str, grids: list[Grid], sheets: list[SheetRead], said: FileSettings) -> None:
    if any(sheet.tables for sheet in sheets) or all(said.sheet(grid.name).ignore for grid in grids):
        return
    seen = "; ".join(headers_seen(grids))[:1500]
    fields = ", ".join(dict.fromkeys(name for names in SOURCE_FIELDS.values() for name in names))
    message = (
        f"No header that is known was found. Fullest rows seen: {seen}. Rename the headers, or add these lines to sources.yaml, with "
        f"what each column is for each question mark (or without the column):\n{settings_to_add(file, grids)}\nColumns can be: {fields}."
    )
    raise RefusedFile("no_header", message)


def _refused(found: Found, digest: str | None, error: RefusedFile) -> Input:
    file = InputFile(found.name, digest, found.size, _suffix(found), None, (), 0, "refused", error.code, str(error))
    return Input((file,), (), (), (Finding("error", error.code, str(error), _ADVICE, found.name),))


def _suffix(found: Found) -> str:
    suffix = found.path.suffix.lower().lstrip(".")
    return suffix if f".{suffix}" in discover.SUFFIXES else "unknown"


def _joined(parts: list[Input]) -> Input:
    return Input(
        tuple(each for part in parts for each in part.files),
        tuple(each for part in parts for each in part.columns),
        tuple(each for part in parts for each in part.rows),
        tuple(each for part in parts for each in part.findings),
    )


def _unused(patterns: tuple[tuple[str, FileSettings], ...], names: Collection[str]) -> Iterator[Finding]:
    for pattern, _ in patterns:
        if not any(name == pattern or fnmatchcase(name, pattern) for name in names):
            yield Finding("warning", "bad_settings", f"No file is called {pattern!r}.", "Correct the name in sources.yaml.", NAME)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the cyclic collector quiet: millions of new rows make it search again and again, and none of them is in a cycle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
