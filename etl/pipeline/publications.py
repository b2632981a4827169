"""Exports of publication databases: found in the raw folder, joined on disk, and added to what the registers made.

What the works are is settled in :mod:`etl.publications`; here stands only who knows partners, countries, fields and encodings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from etl import reference, tables
from etl.check.ledger import Sheet
from etl.errors import RefusedFile, Unreadable
from etl.home import Home
from etl.link.partners import Directory
from etl.normalise import countries, fields, venues
from etl.publications import join, outcomes
from etl.publications.assembly import store
from etl.publications.formats import Export, may_be_export, recognise
from etl.publications.keys import doi, title_key
from etl.publications.places import Known, Places
from etl.publications.reader import Reader, Told
from etl.publications.spool import CATEGORY, KEYWORD, VENUE, Spool
from etl.read import discover, encoding, headers
from etl.read.settings import Sources, sources
from etl.records import Finding, InputFile, Read, RunPartner
from etl.star import references
from etl.star import sources as rows_of
from etl.star.facts import precision
from etl.tables import Outcome, Partner, SourceColumn, SourceRow, Stored

#: The journal's name says less of a field than a subject category, so it must be clear; a keyword must be found as a whole.
_SURE = {CATEGORY: 0.5, VENUE: 0.6, KEYWORD: 0.6}
_ROLES = {
    "not_ours": ("publications_not_ours", "name organisations, but not the own institution",
                 "Nothing, unless the own institution is written in another way: then list it under home in sources.yaml"),
    "not_joint": ("publications_not_joint", "name no organisation abroad and are no joint publications of the cooperation", "Nothing"),
    "no_address": ("publications_no_address", "state no affiliation, though others of the file do, and were left out",
                   "Complete them in the database, or leave it at that"),
    "no_work": ("publications_no_work", "are corrections, retractions or front matter and no publications of their own", "Nothing"),
}  # fmt: skip


class Watch(Protocol):
    """Told which export is being read."""

    def stage(self, name: str, steps: int) -> None:
        """Begin the stage ``name`` of ``steps`` steps."""

    def step(self, what: str) -> None:
        """Note that one step of the stage is done."""


@dataclass(slots=True)
class Added:
    """What the exports add to a snapshot: whole tables on disk, lines of the ledger, refused rows, numbers."""

    stored: dict[str, Stored] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    outcomes: int = 0


def exports(raw: Path, said: Sources | None = None) -> tuple[Export, ...]:
    """Return the exports of publication databases below ``raw``, told by their content, in the order of their names."""
    told = said or sources(raw)
    found = []
    for entry in discover.found(raw):
        if entry.verdict == "ignored" or entry.reason not in (None, "unsupported_type") or told.of(entry.name).ignore:
            continue
        if may_be_export(entry.path) and (export := recognise(entry.path, entry.name, entry.size, _decoder(told.of(entry.name).encoding))):
            found.append(export)
    return tuple(found)


def _decoder(forced: str | None) -> Callable[[bytes], tuple[str, str]]:
    def decode(head: bytes) -> tuple[str, str]:
        for cut in range(4):  # a sample may end within a character
            try:
                _, how = encoding.decode(head[: len(head) - cut], forced, headers.is_alias)
            except RefusedFile:
                continue
            name = how.split(",")[0]
            return ("utf-8" if name == "utf-8" else name), how
        raise RefusedFile("encoding", "The encoding of the text cannot be told.")

    return decode


def add(found: Collection[Export], built: dict[str, list[dict[str, Any]]], directory: Directory, folder: Path, as_of: str,
        home: Home, watch: Watch) -> Added:  # fmt: skip
    """Read the exports, join them with the rows of ``built`` and add to it what is small; the large tables are left in ``folder``."""
    added = Added()
    watch.stage("works", len(found))
    known = _known(directory, built, home)
    with Spool(folder) as spool:
        reader = Reader(spool, int(as_of[:4]) + 1)
        told = {export: read for export in found if (read := _read(reader, export, built, watch.step))}
        _register_outcomes(spool, built)
        join.group(spool)
        places = Places(known)
        for address in spool.distinct_addresses():
            place = places.place(address)
            spool.add("placed", address.text, address.country, address.ror, place.partner, place.piece, place.method, place.confidence,
                      place.country, place.is_abroad, place.is_home)  # fmt: skip
        join.judge(spool)
        _fields(spool)
        join.tie_fields(spool)
        _complete(spool, built)
        _partners(spool, built, directory)
        findings = [finding for each in told.values() for finding in each.findings]
        findings += [*_left_out(spool, told, known), *_unknown(spool), *_overlap(spool, built)]
        added.findings = [each for each in findings if each.severity != "note"]
        rows = {row[tables.Problem.id]: row for row in (*built["problem"], *rows_of.problems(findings))}
        built["problem"] = list(rows.values())
        built["source_file"] += rows_of.source_files(_file(export, read) for export, read in told.items())
        built["source_column"] += [row for read in told.values() for row in _columns(read)]
        added.outcomes = _one(spool, "SELECT count(*) FROM grp WHERE role = 'record' AND register = ''")
        added.sheets = [Sheet(row[0], "", *row[1:]) for row in spool.rows(outcomes.LEDGER)]
        _conserved(added.sheets, told)
        for name in outcomes.ADDED:
            each = tables.table(name)
            added.stored[name] = store(spool, each, each.arrow(built[name]))
        added.refused = _refused(spool)
    return added


def _read(reader: Reader, export: Export, built: dict[str, Any], tick: Callable[[str], None]) -> Told | None:
    tick(export.name)
    try:
        return reader.read(export)
    except RefusedFile as error:
        reader.forget()
        file = InputFile(export.name, None, export.size, export.format, export.how, (), 0, "refused", error.code, str(error))
        built["source_file"].extend(rows_of.source_files([file]))
        advice = "The other files were read without it. Correct the file and run again."
        built["problem"] = [*built["problem"], *rows_of.problems([Finding("error", error.code, str(error), advice, export.name)])]
        return None


def _known(directory: Directory, built: Mapping[str, list[dict[str, Any]]], home: Home) -> Known:
    by_id = directory.known.by_id
    where = {row[Partner.id]: row[Partner.country] or "" for row in built["partner"]}
    by_ror = {each.reference_id.rpartition("/")[2]: each.id for each in by_id.values() if each.reference_id}
    listed = (name for each in sorted(home.organisations) if each in by_id for name in by_id[each].names)
    names = tuple(dict.fromkeys((*home.names, *home.cited, *listed)))

    def country_of_partner(identifier: str) -> str:
        return where.get(identifier) or (by_id[identifier].country if identifier in by_id else "")

    return Known(directory.find, countries.country, by_ror, country_of_partner, names, home.organisations, home.country)


def _register_outcomes(spool: Spool, built: Mapping[str, list[dict[str, Any]]]) -> None:
    """Lay the publications of the registers beside those of the exports: one that stands in both is one."""
    for at, row in enumerate(each for each in built["outcome"] if each[Outcome.type] == "joint_publication"):
        title, venue = row[Outcome.title] or "", row[Outcome.venue] or ""
        identifier = doi(row[Outcome.doi] or "") or doi(row[Outcome.link] or "")
        spool.add("work", -1 - at, -1, row[Outcome.id], title, title_key(title), row[Outcome.year] or 0, row[Outcome.date] or "",
                  identifier, "", venue, title_key(venue), "", "", (), "", False)  # fmt: skip


def _fields(spool: Spool) -> None:
    for level in join.LEVELS:
        spool.flush()
        for (text,) in spool.rows(join.WANTED.format(level=level)):
            try:
                read = (venues if level == VENUE else fields).field(text)
            except Unreadable:
                read = Read("", "", 0.0)
            sure = read.confidence >= _SURE.get(level, _SURE[CATEGORY])
            spool.add("meant", level, text, read.value if sure else "", read.rule, read.confidence)
        spool.flush()


def _complete(spool: Spool, built: Mapping[str, list[dict[str, Any]]]) -> None:
    """Fill in what a register leaves open of its own outcome; what it says stays."""
    by_id = {row[Outcome.id]: row for row in built["outcome"]}
    for identifier, number, venue, link, happened, year in spool.rows(outcomes.COMPLETED):
        row = by_id[identifier]
        for column, value in ((Outcome.doi, number), (Outcome.venue, venue), (Outcome.link, link)):
            row[column] = row[column] or value or None
        if not row[Outcome.date] and happened:
            row[Outcome.date], row[Outcome.date_precision], row[Outcome.year] = happened, precision(happened), year or None


def _partners(spool: Spool, built: dict[str, list[dict[str, Any]]], directory: Directory) -> None:
    """Add the partners and countries that only publications name; the forms in which these write the others join theirs."""
    here = {row[Partner.id]: row for row in built["partner"]}
    for identifier, forms in spool.rows(outcomes.PARTNERS):
        if identifier in here:
            here[identifier][Partner.forms] = sorted({*here[identifier][Partner.forms], *forms})
        else:
            _add_partner(identifier, tuple(forms), here, directory)
    built["partner"] = list(here.values())
    codes = {row[Partner.country] for row in here.values()} | {code for (code,) in spool.rows(outcomes.COUNTRIES)}
    met = {row["country_code"] for row in built["country"]}
    built["country"] += [countries.row(code) for code in sorted(codes - met - {None, ""})]


def _add_partner(identifier: str, forms: tuple[str, ...], here: dict[str, dict[str, Any]], directory: Directory) -> None:
    known = directory.known.by_id[identifier]
    where = (known.kind, known.city, known.country, known.parent)
    organisation = RunPartner(known.id, known.name, known.name_en, known.name_ru, known.name_zh, *where, forms=forms)
    here[identifier] = references.partners([organisation])[0]
    if known.parent and known.parent not in here:
        _add_partner(known.parent, (), here, directory)


def _file(export: Export, told: Told) -> InputFile:
    return InputFile(export.name, told.digest, export.size, export.format, export.how, ("",), told.rows, "read")


def _columns(told: Told) -> list[dict[str, Any]]:
    """Return the rows of ``source_column``; what a part of a publication feeds stands in a file of its own."""
    published = {row["part"]: [each for each in row["published"].split("|") if each] for row in reference.rows("publication_parts")}
    rows = rows_of.source_columns(told.columns)
    return [row | {SourceColumn.published: published.get(row[SourceColumn.feeds] or "", [])} for row in rows]


def _left_out(spool: Spool, told: Mapping[Export, Told], known: Known) -> Iterator[Finding]:
    counts: dict[str, Counter[str]] = {export.name: Counter() for export in told}
    for name, role, number in spool.rows(outcomes.ROLES):
        counts[name][role] = number
    for name, roles in counts.items():
        works = sum(roles.values())
        for role, (code, what, advice) in _ROLES.items():
            if number := roles[role]:
                none = role == "not_ours" and number == works
                tried = f". Names tried: {', '.join(known.home_names[:12])}" if none else ""
                message = f"{number} of {works} works {what}{tried}"
                yield Finding("warning" if none or role == "no_address" else "note", code, message, advice, name)
    for (name,) in spool.rows(
        "SELECT x.name FROM work w JOIN export x USING (file) GROUP BY x.name HAVING NOT bool_or(has_address) ORDER BY 1"
    ):
        message = "No work of the file states an affiliation: all were taken for joint publications, without partner and country"
        yield Finding("warning", "publications_no_address", message, "Export the works anew with their affiliations", name)


def _unknown(spool: Spool) -> Iterator[Finding]:
    texts, works = next(iter(spool.rows(outcomes.UNKNOWN)))
    if texts:
        message = f"{texts} foreign addresses in {works} publications name no known organisation; they count for their country only"
        yield Finding("note", "publications_unknown", message, "Put a list of organisations into data/raw/reference to know more of them")
    texts, works = next(iter(spool.rows(outcomes.NOWHERE)))
    if texts:
        message = f"{texts} addresses in {works} works name neither a country nor a known organisation; none was counted as a partner"
        yield Finding("note", "publications_unknown", message, "Nothing, unless it is much: then tell where they are in the database")


def _overlap(spool: Spool, built: Mapping[str, list[dict[str, Any]]]) -> Iterator[Finding]:
    """Tell where a register states a number of papers with a partner whose papers the exports list one by one."""
    listed: dict[str, Counter[int]] = {}
    for partner, year, number in spool.rows(outcomes.BY_PARTNER):
        listed.setdefault(partner, Counter())[year] = number
    partners: dict[str, list[str]] = {}
    for row in built["outcome_partner"]:
        partners.setdefault(row[Outcome.id], []).append(row[Partner.id])
    for row in built["outcome"]:
        if row[Outcome.type] != "joint_publication" or (row[Outcome.count] or 0) < 2:
            continue
        for partner in partners.get(row[Outcome.id], ()):
            years = listed.get(partner, Counter())
            number = years[row[Outcome.year]] if row[Outcome.year] else sum(years.values())
            if number:
                said = f"The register states {row[Outcome.count]} publications ({row[Outcome.title][:120]})"
                message = f"{said}, the exports list {number} with the same partner; in sums of papers they count twice"
                advice = "Delete the total from the register, or keep one of the two"
                file, sheet, line = _place(row[Outcome.id], built)
                yield Finding("warning", "publications_overlap", message, advice, file, sheet, line, raw=row[Outcome.title][:200])


def _place(identifier: str, built: Mapping[str, list[dict[str, Any]]]) -> tuple[str | None, str | None, int | None]:
    rows = (row for row in built["source_row"] if row[SourceRow.record] == identifier)
    return next(((row[SourceRow.file], row[SourceRow.sheet], row[SourceRow.row]) for row in rows), (None, None, None))


def _conserved(sheets: Iterable[Sheet], told: Mapping[Export, Told]) -> None:
    read = {export.name: each.rows for export, each in told.items() if each.rows}
    found = {sheet.file: sheet.loaded + sheet.merged + sheet.quarantined + sheet.not_data for sheet in sheets}
    if read != found:
        raise AssertionError(f"works lost: {read} read, {found} accounted for")


def _refused(spool: Spool) -> list[dict[str, Any]]:
    """Return the refused records as rows of ``source_row``; thousands of them are one damaged export, and the first tell which."""
    names = (SourceRow.file, SourceRow.row, SourceRow.cells)
    asked = "SELECT x.name, l.n, l.cells FROM line l JOIN export x USING (file) WHERE l.role = 'fault' ORDER BY 1, 2 LIMIT 10000"
    return [dict(zip(names, row, strict=True)) | {SourceRow.sheet: ""} for row in spool.rows(asked)]


def _one(spool: Spool, sql: str) -> int:
    return int(next(iter(spool.rows(sql)))[0])
