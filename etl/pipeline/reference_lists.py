"""The folder ``reference/`` beside the registers -> the organisations of every list in it; a broken list is refused and named."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from etl.errors import RefusedFile, Unreadable
from etl.link.partner.reference_files import SUFFIXES
from etl.link.partners import Organisation, load_reference
from etl.normalise import countries
from etl.read import discover
from etl.records import Finding, Input, InputFile
from etl.text import fold

FOLDER = "reference"
_ADVICE = "The run went on without the list. Replace it with a dump of ROR (zip, JSON or CSV), or remove it"


@dataclass(slots=True)
class Lists:
    """The organisations of all lists, of two with one id the first; ``files`` is what became of each list."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    files: dict[str, InputFile] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def among(self, given: Input) -> Input:
        """Return ``given`` with the lists, which reading left alone, as read or refused."""
        return replace(given, files=tuple(self.files.get(file.name, file) for file in given.files))


def load(raw: Path) -> Lists:
    """Return the lists of organisations below ``raw``, in the order of the names of their files."""
    found = Lists()
    with nothing_to_collect():
        for each in discover.found(raw):
            if _is_list(each):
                _add(each, found)
    return found


def _is_list(found: discover.Found) -> bool:
    name = found.path.name
    here = found.name.startswith(f"{FOLDER}/") and found.message != "hidden file" and found.reason != "lock_file"
    return here and name.lower().endswith(SUFFIXES) and not fold(name).startswith("readme") and not found.path.is_symlink()


def _add(each: discover.Found, found: Lists) -> None:
    digest = _digest(each.path)
    entry = InputFile(each.name, digest, each.size, "organisations", None, (), 0, "read")
    try:
        organisations = load_reference(each.path)
        if not organisations:
            raise RefusedFile("empty", f"{each.name} lists no organisation")
    except RefusedFile as error:
        found.files[each.name] = replace(entry, verdict="refused", reason=error.code, message=str(error))
        found.findings.append(Finding("error", error.code, str(error), _ADVICE, each.name))
        return
    found.files[each.name] = replace(entry, rows=len(organisations))
    for organisation in located(organisations):
        found.organisations.setdefault(organisation.id, organisation)
    if unknown := sorted({one.country for one in organisations if one.country and not _code(one.country)}):
        message = f"{len(unknown)} texts stand for no country, and were left out: {', '.join(unknown[:5])}"
        found.findings.append(Finding("warning", "bad_country", message, "Write codes of ISO 3166", each.name))


def located(organisations: Iterable[Organisation]) -> Iterator[Organisation]:
    """Yield ``organisations`` with alpha-3 codes for the countries that a list of one's own writes as names."""
    for each in organisations:
        code = _code(each.country)
        yield each if code == each.country else replace(each, country=code)


@cache
def _code(text: str) -> str:
    try:
        return countries.country(text).value if text else ""
    except Unreadable:
        return ""


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """Let the collector of garbage rest while a list is loaded: it finds none, and takes a third of the time to look."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
