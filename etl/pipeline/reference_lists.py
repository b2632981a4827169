"""The folder ``reference/`` beside the registers -> the organisations of every list in it; a broken list is refused and named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from etl.collector import resting
from etl.errors import RefusedFile, Unreadable
from etl.link.partner.reference_files import SUFFIXES, Skipped
from etl.link.partners import Organisation, load_reference
from etl.normalise import countries
from etl.read import discover
from etl.records import Finding, Input, InputFile
from etl.text import fold

FOLDER = "reference"
_ADVICE = "The run went on without the list. Replace it with a dump of ROR (zip, JSON or CSV), or remove it"
_ADVICE_ANEW = "Copy or download the list anew"
_CORRECT = "Correct the record, or copy the list anew; the others were read without it"
_MOST_FINDINGS = 50


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
    with resting():
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
    skipped: list[Skipped] = []
    try:
        organisations = load_reference(each.path, skipped)
        if not organisations:
            raise RefusedFile("empty", f"{each.name} lists no organisation")
    except RefusedFile as error:
        found.files[each.name] = replace(entry, verdict="refused", reason=error.code, message=str(error))
        found.findings.append(Finding("error", error.code, str(error), _ADVICE, each.name))
        return
    found.files[each.name] = replace(entry, rows=len(organisations))
    found.findings += _left_out(each.name, skipped)
    for organisation in located(organisations):
        found.organisations.setdefault(organisation.id, organisation)
    if unknown := sorted({one.country for one in organisations if one.country and not _code(one.country)}):
        message = f"{len(unknown)} texts stand for no country, and were left out: {', '.join(unknown[:5])}"
        found.findings.append(Finding("warning", "bad_country", message, "Write codes of ISO 3166", each.name))


def _left_out(name: str, skipped: Sequence[Skipped]) -> Iterator[Finding]:
    """Yield a finding for each of the first records that were not read, and one that counts them all."""
    listed = [one for one in skipped if not one.is_rest]
    for one in listed[:_MOST_FINDINGS]:
        yield Finding("warning", "bad_record", one.said, _CORRECT, name, "", one.position, raw=one.id or None)
    if len(listed) > _MOST_FINDINGS:
        message = f"{len(listed)} records of the list were not read; the first {_MOST_FINDINGS} are told one by one"
        yield Finding("warning", "bad_record", message, _ADVICE_ANEW, name)
    for one in skipped:
        if one.is_rest:
            yield Finding("error", "cut_off", one.said, _ADVICE_ANEW, name, "", one.position)


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
