"""One export -> its works in the spool, its rows and columns, and what was wrong with it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from etl.cells import letter_of
from etl.errors import RefusedFile, Unreadable
from etl.publications import openalex, tabular, tagged
from etl.publications.bibtex import bibtex
from etl.publications.entry import Entry
from etl.publications.formats import Export
from etl.publications.keys import title_key
from etl.publications.lines import DAMAGE, lines
from etl.publications.spool import Spool
from etl.publications.work import headers, parts, work
from etl.records import Finding, HeaderColumn

#: The database that describes a work best goes first; see etl/publications/join.py.
RANKS = ("scopus_csv", "wos_tab", "wos_text", "openalex_jsonl", "openalex_json", "openalex_csv", "ris", "bibtex")
_TABLES = ("scopus_csv", "wos_tab", "openalex_csv")
#: The longest list of authors has five thousand names; the first ones tell which work it is.
_MOST_AUTHORS = 1000
#: Bad records that are told one by one; the others are counted, and each stands in the quarantine.
_MOST_FINDINGS = 200
_ADVICE = "Correct the record, or export it anew; the others were read without it"
_ADVICE_PARTS = "Correct the record, or export it anew; what else it says was read"


@dataclass(slots=True)
class Told:
    """What reading one export gave beside its works."""

    rows: int = 0
    works: int = 0
    digest: str = ""
    columns: list[HeaderColumn] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faults: int = 0
    partial: int = 0


class Reader:
    """Reads exports one after the other; works are numbered through all of them."""

    def __init__(self, spool: Spool, latest_year: int) -> None:
        self._spool, self._latest = spool, latest_year
        self._rid = 0
        self._file = 0

    def read(self, export: Export) -> Told:
        """Stream ``export`` into the spool.

        Raises:
            RefusedFile: it is no export, or somebody is writing it; nothing of it stays in the spool.
        """
        self._file += 1
        before = export.path.stat()
        told = Told()
        self._spool.add("export", self._file, export.name, RANKS.index(export.format))
        broken: list[int] = []
        table, filled, letters = tabular.Table(), Counter[str](), _Letters(() if export.format in _TABLES else headers(export.format))
        try:
            for entry in _entries(export, _watched(lines(export.path, export.encoding), broken), table):
                letters = letters or _Letters(table.header)
                self._add(export, entry, told, filled, letters)
        except DAMAGE as error:
            message = f"The file is cut off or damaged after record {told.works}: {str(error)[:100]}. What stands before was read"
            told.findings.append(Finding("error", "cut_off", message, "Copy or export the file anew", export.name))
        after = export.path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            self.forget()
            raise RefusedFile("unstable", "The file was being written while it was read. Run again when it is saved.")
        self._header(export, table, told)
        told.columns = list(_columns(export, table, filled, letters))
        told.digest = _sha256(export.path)
        told.findings += _about(export, told, broken)
        return told

    def forget(self) -> None:
        """Take what was read of the last export out of the spool."""
        self._spool.flush()
        owned = f"SELECT rid FROM work WHERE file = {self._file}"  # noqa: S608 - a number of this class
        self._spool.db.execute(f"DELETE FROM said WHERE rid IN ({owned})")  # noqa: S608
        for name in ("line", "work", "export"):
            self._spool.db.execute(f"DELETE FROM {name} WHERE file = {self._file}")  # noqa: S608

    def _header(self, export: Export, table: tabular.Table, told: Told) -> None:
        if export.format in _TABLES and table.header:
            cells = [(letter_of(at + 1), text, 1) for at, text in enumerate(table.header) if text]
            self._spool.add("line", self._file, 1, None, "header", _cells(cells))
            told.rows += 1

    def _add(self, export: Export, entry: Entry, told: Told, filled: Counter[str], letters: _Letters) -> None:
        told.rows += 1
        told.works += 1
        cells = []
        for name, text in entry.fields.items():
            letter = letters[name]
            filled[name] += 1
            part = parts(export.format).get(name.casefold())
            if part or entry.fault:
                long = part == "authors" and len(text) > _MOST_AUTHORS
                cells.append((letter, text[:_MOST_AUTHORS] + " …" if long else text, entry.number))
        try:
            found = work(entry, export.format, self._latest)
        except Unreadable as error:
            self._refuse(export, entry, told, str(error))
            self._spool.add("line", self._file, entry.number, None, "fault", _cells(cells))
            return
        if entry.lost:
            self._tell_lost(export, entry, found.title, told)
        self._rid += 1
        self._spool.add("line", self._file, entry.number, self._rid, "record", _cells(cells))
        self._spool.add_work(self._rid, self._file, found, _venue_key(found.venue))

    def _tell_lost(self, export: Export, entry: Entry, title: str, told: Told) -> None:
        told.partial += 1
        if told.partial <= _MOST_FINDINGS:
            message = f"Record {entry.number}, which begins in line {entry.line}, was read without some of its parts: {entry.lost}"
            told.findings.append(
                Finding("warning", "partial_record", message, _ADVICE_PARTS, export.name, "", entry.number, raw=title[:200])
            )

    def _refuse(self, export: Export, entry: Entry, told: Told, reason: str) -> None:
        told.faults += 1
        if told.faults <= _MOST_FINDINGS:
            said = next(iter(entry.fields.values()), "")[:200]
            message = f"Record {entry.number}, which begins in line {entry.line}, was not read: {reason}"
            told.findings.append(Finding("error", "bad_record", message, _ADVICE, export.name, "", entry.number, raw=said or None))


def _entries(export: Export, text: Iterable[tuple[int, str]], table: tabular.Table) -> Iterator[Entry]:
    used = set(parts(export.format))
    match export.format:
        case "wos_tab":
            return table.entries(tabular.tabbed(text), used)
        case "scopus_csv" | "openalex_csv":
            return table.entries(tabular.quoted(text, export.delimiter), used)
        case "wos_text":
            return tagged.wos_text(text)
        case "ris":
            return tagged.ris(text)
        case "bibtex":
            return bibtex(text)
        case "openalex_jsonl":
            return openalex.jsonl(text)
        case _:
            return openalex.document(text)


@lru_cache(maxsize=20_000)
def _venue_key(venue: str) -> str:
    return title_key(venue)


def _watched(text: Iterable[tuple[int, str]], broken: list[int]) -> Iterator[tuple[int, str]]:
    for number, line in text:
        if "\ufffd" in line and len(broken) < 1000:
            broken.append(number)
        yield number, line


class _Letters(dict[str, str]):
    """The letter of each column: that of the table, or the order in which the headers of the format are known; a new one comes last."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__({name: letter_of(at + 1) for at, name in reversed(list(enumerate(names)))})

    def __missing__(self, name: str) -> str:
        self[name] = letter_of(len(self) + 1)
        return self[name]


def _cells(cells: Iterable[tuple[str, str, int]]) -> list[dict[str, object]]:
    return [{"letter": letter, "text": text, "row": row} for letter, text, row in cells]


def _columns(export: Export, table: tabular.Table, filled: Counter[str], letters: _Letters) -> Iterator[HeaderColumn]:
    known = parts(export.format)
    if export.format in _TABLES:
        for at, name in enumerate(table.header):
            part = known.get(name.casefold())
            reason = "" if part else "no part of a publication that is used"
            letter = letter_of(at + 1)
            yield HeaderColumn(export.name, "", 1, letter, name, "outcome", part, reason, table.filled[at])
        return
    for name in sorted(filled, key=lambda each: (len(letters[each]), letters[each])):
        part = known.get(name.casefold())
        reason = "" if part else "no part of a publication that is used"
        yield HeaderColumn(export.name, "", 0, letters[name], name, "outcome", part, reason, filled[name])


def _about(export: Export, told: Told, broken: list[int]) -> Iterator[Finding]:
    if not told.works:
        yield Finding("warning", "empty", "The export holds no work.", "Export it anew, or remove it.", export.name)
    if told.faults > _MOST_FINDINGS:
        message = f"{told.faults} records were not read; the first {_MOST_FINDINGS} are listed, all stand in the quarantine"
        yield Finding("error", "bad_record", message, "Export the file anew", export.name)
    if told.partial > _MOST_FINDINGS:
        message = f"{told.partial} records were read without some of their parts; the first {_MOST_FINDINGS} are listed"
        yield Finding("warning", "partial_record", message, "Export the file anew", export.name)
    if broken:
        message = f"{len(broken)} lines have bytes that are not {export.encoding}, first line {broken[0]}; they show as a question mark"
        yield Finding("warning", "encoding", message, "Name the encoding of the file in sources.yaml, or export it as UTF-8", export.name)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
