"""A copy of each source workbook in which every cell with a finding is coloured and commented; the source is only read.

A workbook of Open XML is copied part by part and only styles, marked cells and comments are added to (:mod:`etl.publish.patched`), so that
pictures, charts, macros and whatever else it has stay. Text files and other formats get a workbook of their rows as they were read
(:mod:`etl.publish.rebuilt`). What the languages have in common is made once.
"""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from etl.publish.given import Given, Row, is_read
from etl.publish.patched import Patched
from etl.publish.rebuilt import Rebuilt
from etl.publish.xlsx.markup import CannotPatch
from etl.publish.xlsx.package import Package
from etl.tables import SourceFile, SourceRow
from etl.words import outputs
from etl.words.say import Say

_OPEN_XML = (".xlsx", ".xlsm", ".xltx", ".xltm")
#: Bytes of the name of a copy; ".copy.xlsx" still fits.
_LONGEST_NAME = 200


def copied(given: Given) -> dict[str, str]:
    """Return the path of the copy of each file that gets one, by the name of the file; no two are the same."""
    found: dict[str, str] = {}
    filled = {row[SourceRow.file] for row in given.rows}
    for file in sorted(filter(is_read, given.files), key=lambda each: each[SourceFile.name]):
        name = file[SourceFile.name]
        if name in filled:
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
    Copies(given).write(path, name, say)


class Copies:
    """The annotated copies; ask for all languages of a file before the next one, for what they have in common is kept so long."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._name: str | None = None
        self._patched: Patched | None = None
        self._rebuilt: Rebuilt | None = None
        self._reason, self._type = "", ""

    def write(self, path: Path, name: str, say: Say) -> None:
        """Write the copy of the file ``name`` in the language of ``say`` to ``path``."""
        if name != self._name:
            self._begin(name)
        if self._patched:
            try:
                self._patched.said(say).write(path)
                return
            except CannotPatch:
                self._patched, self._reason = None, outputs.REBUILT_UNUSUAL
        self._rebuilt = self._rebuilt or Rebuilt(self._given, name)
        self._rebuilt.said(say, say(self._reason, type=self._type)).write(path)

    def _begin(self, name: str) -> None:
        self._name, self._patched, self._rebuilt = name, None, None
        file = next(each for each in self._given.files if each[SourceFile.name] == name)
        self._reason, self._type = outputs.REBUILT_TEXT, PurePosixPath(name).suffix
        if self._type.lower() in _OPEN_XML:
            try:
                self._patched = Patched(Package.read(_source(self._given, file)), self._given, name)
            except _Changed:
                self._reason = outputs.REBUILT_CHANGED
            except CannotPatch:
                self._reason = outputs.REBUILT_UNUSUAL
        elif file[SourceFile.sheets] != [""]:
            self._reason = outputs.REBUILT_FORMAT


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
