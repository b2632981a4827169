"""Workbooks and text files -> rows of text with their origin. See docs/DESIGN.md, section 4."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from etl.collector import resting
from etl.errors import RefusedFile
from etl.read import apart, discover, wire
from etl.read.discover import Found, inputs
from etl.read.grid import Grid
from etl.read.hints import headers_seen, settings_to_add
from etl.read.opened import Opened, open_all
from etl.read.remembered import Remembered
from etl.read.settings import NAME, FileSettings, settings, sources
from etl.read.sheets import SheetRead, read_sheet
from etl.records import SOURCE_FIELDS, Finding, Input, InputFile

__all__ = ["FileSettings", "Remembered", "inputs", "read", "settings"]

_ADVICE = "The other files were read without it. Correct the file and run again."


def read(
    raw: Path, tick: Callable[[str], None] | None = None, elsewhere: Collection[str] = (), remembered: Remembered | None = None
) -> Input:
    """Read every file below ``raw``; ``tick`` is called with the name of each file that is opened.

    The files called as in ``elsewhere`` are read by somebody else and left out. A file that is ``remembered`` is not parsed again.
    A file that cannot be read is named with the reason and does not keep the others from being read.
    Rows stand in the order of file name, sheet and row.

    Raises:
        EtlError: ``raw`` is not a folder.
    """
    said = sources(raw)
    parts = [Input((), (), (), said.findings)]
    jobs = [(found, said.of(found.name)) for found in discover.found(raw) if found.name not in elsewhere]
    with resting():
        for each in open_all(jobs, remembered):
            if each.found.verdict == "read" and tick:
                tick(each.found.name)
            parts.append(_read_file(each))
    if remembered:
        remembered.forget_others()
    whole = _joined(parts)
    names = [*(file.name for file in whole.files), *elsewhere]
    return Input(whole.files, whole.columns, whole.rows, (*whole.findings, *_unused(said.files, names)))


def _read_file(file: Opened) -> Input:
    """Return what one file gives: its one entry in ``files``, its columns, rows and findings."""
    found, said = file.found, file.said
    if found.verdict == "ignored" or (found.verdict == "read" and said.ignore):
        message = found.message or "ignored by sources.yaml"
        # Settings change what is read, so their hash belongs to what a snapshot was made of.
        digest = _digest(found) if found.name == NAME else None
        entry = InputFile(found.name, digest, found.size, _suffix(found), None, (), 0, "ignored", found.reason, message)
        return Input((entry,), (), (), ())
    if found.verdict == "refused":
        return _refused(found, None, RefusedFile(found.reason or "unreadable", found.message or ""))
    if file.refusal:
        return _refused(found, file.digest, file.refusal)
    try:
        return _read(file)
    except RefusedFile as error:
        return _refused(found, file.digest, error)


def _digest(found: Found) -> str | None:
    try:
        return hashlib.sha256(discover.content(found.path)).hexdigest()
    except RefusedFile:
        return None


def _read(file: Opened) -> Input:
    found, said = file.found, file.said
    grids, encoding = wire.decode(file.answer)
    if not any(grid.rows for grid in grids):
        raise RefusedFile("empty", "There is nothing in the file. Fill it or remove it.")
    grids, told = apart.tables(grids, said, found.name)
    sheets = [read_sheet(grid, found.name, said.sheet(grid.name), is_text=file.form == "text") for grid in grids]
    _require_table(found.name, grids, sheets, said, told)
    findings = [*told, *(finding for sheet in sheets for finding in sheet.findings)]
    if not any(row.role == "record" for sheet in sheets for row in sheet.rows) and any(sheet.tables for sheet in sheets):
        findings.append(Finding("warning", "empty", "The file has headers but no record below them.", "Fill it or remove it.", found.name))
    rows = tuple(row for sheet in sheets for row in sheet.rows)
    names = tuple(grid.name for grid in grids)
    entry = InputFile(found.name, file.digest, file.size, _suffix(found), encoding, names, len(rows), "read")
    return Input((entry,), tuple(column for sheet in sheets for column in sheet.columns), rows, tuple(findings))


def _require_table(file: str, grids: list[Grid], sheets: list[SheetRead], said: FileSettings, told: list[Finding]) -> None:
    if any(sheet.tables for sheet in sheets) or all(said.sheet(grid.name).ignore for grid in grids):
        return
    for finding in told:
        if finding.severity == "error":
            raise RefusedFile(finding.code, f"{finding.message} {finding.advice}")
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
