"""Understood records -> the rows of every table: partners resolved, twins merged, references followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from etl.columnar import Columns
from etl.decide.questions import Asked, named
from etl.decide.twins import Twins
from etl.home import Home, built_in
from etl.link.ids import ids
from etl.link.merge import Groups, merge, number_of
from etl.link.partners import Directory
from etl.normalise import countries
from etl.pipeline import judged, missing, news
from etl.pipeline.partner_columns import PartnerColumns
from etl.pipeline.partners import partners
from etl.pipeline.people import People
from etl.pipeline.places import place, places
from etl.pipeline.work import Work
from etl.readings import Readings
from etl.records import KINDS, Finding, Input, Kind, Record, RunPartner, Tie
from etl.star import bridges, facts, references, sources
from etl.star.linked import Linked, Proof, shared
from etl.tables import TABLES, Agreement

Rows = dict[str, Any]
"""The rows of each table by its name: a list of dictionaries, or for the large ones the same as columns."""


def build(
    given: Input, records: Sequence[Record], findings: list[Finding], readings: Readings, directory: Directory | None = None,
    people: People | None = None, home: Home | None = None,
) -> Rows:  # fmt: skip
    """Return the rows of every table but ``run``; ``directory`` knows afterwards who every written partner is.

    What ``people`` decided beats the rules. ``home`` is nobody's partner.
    """
    work = Work(findings, readings, people or People(), home or built_in())
    directory = directory or Directory(decided=work.people.directory())
    organisations, by_row = partners(records, PartnerColumns(given.columns), work, directory)
    grouped = {kind: _groups([r for r in records if r.kind == kind], by_row, work) for kind in KINDS}
    at_home = work.home.country
    linked = {kind: [_link(kind, each, rows, by_row, organisations, at_home) for each, rows in grouped[kind]] for kind in KINDS}
    told = news.read_news(linked["news"], organisations, directory, work.home)
    told.items = judged.items(told.items, work.people.proposals)
    news.settle_unlisted(told, organisations)
    news.tie(told, linked["agreement"], linked["outcome"], judged.judge(work.people.proposals))
    linked["news"], ties = told.items, told.ties
    work.findings += told.findings
    where = {each.id: _headline(each) for each in told.items}
    for question in told.questions:
        work.ask(*question[:5], replace(question[5], places=(where[question[5].about],)))
    for kind in ("news", "outcome"):
        linked[kind] = _inherit(linked[kind], linked["agreement"], ties[f"{kind}_agreement"])
    met = {identifier for kind in KINDS for each in linked[kind] for identifier in each.partners}
    organisations = {identifier: organisation for identifier, organisation in organisations.items() if identifier in met}
    organisations |= _parents(organisations, directory)
    everything = [each for kind in KINDS for each in linked[kind]]
    rows: Rows = {
        **{each.name: [] for each in TABLES},
        "partner": references.partners(organisations.values()),
        "country": [countries.row(code) for code in sorted(references.countries_met(everything, organisations))],
        "field": references.fields_known(),
        **bridges.of(everything),
        **{name: bridges.of_ties(name, found) for name, found in ties.items()},
        "agreement": facts.agreements(linked["agreement"], work.findings),
        "news": [facts.news(each, work.findings, told.events.get(each.id)) for each in linked["news"]],
        "outcome": [facts.outcome(each, work.findings) for each in linked["outcome"]],
        "source_file": sources.source_files(given.files),
        "source_row": sources.SourceRows(given.rows, sources.fates(everything)),
        "source_column": sources.source_columns(given.columns),
        "record_source": sources.record_sources(everything),
    }
    _supersede(rows["agreement"], linked["agreement"])
    work.findings += missing.told(linked["agreement"], organisations, at_home)
    _ask_texts(given, work)
    read = (raw for kind, raw, _ in readings.verdicts if kind == "partner")
    written = chain(read, _told(told.items), _refused(given, records, directory))
    work.findings += work.people.finish(written, directory, readings)
    rows["reading"] = sources.readings_of(readings)
    rows["problem"] = sources.problems(work.findings)
    rows["review"] = list(work.reviews.values())
    return rows


def _headline(news_item: Linked) -> str:
    """Return where a news item stands and what it is called: its id alone says nothing to a person."""
    first = news_item.rows[0]
    return f"{place(first.row.origin, next(iter(first.row.values.get('title', ())), None))}: {first.texts['title']}"


def _parents(organisations: Mapping[str, RunPartner], directory: Directory) -> dict[str, RunPartner]:
    """Return the parents of ``organisations`` that no record names itself."""
    found: dict[str, RunPartner] = {}
    for organisation in organisations.values():
        parent = organisation.parent_id
        while parent and parent not in organisations and parent not in found:
            found[parent] = news.from_list(parent, directory)
            parent = found[parent].parent_id
    return found


def _groups(records: Sequence[Record], by_row: Mapping[str, Mapping[str, Proof]], work: Work) -> list[tuple[str, list[Record]]]:
    decided = work.people.twins(records) if records and records[0].kind == "agreement" else Twins()
    merged: Groups = merge(records, {row: frozenset(proofs) for row, proofs in by_row.items()}, decided.same, decided.apart)
    work.findings += merged.findings
    for record, candidates in merged.questions:
        where = [f"{c.row.origin.file}, {c.row.origin.sheet}, row {c.row.origin.row}: {c.texts['title']}" for c in candidates]
        extra = Asked(tuple(map(_in_register, candidates)), about=_in_register(record), places=(place(record.row.origin),))
        work.ask("agreement", record.texts["title"], "Is this one of these agreements, written a second time?", where, 1, extra)
    for group in merged.groups:
        first = group[0].row.origin
        for record in group[1:]:
            origin = record.row.origin
            message = f"The same record stands in {first.file}, {first.sheet}, row {first.row}; the two were merged and count once"
            work.findings.append(
                Finding("note", "duplicate_row", message, "Nothing, unless they are different", origin.file, origin.sheet, origin.row)
            )
    return list(zip(ids(merged.groups), merged.groups, strict=True))


def _link(
    kind: Kind, record_id: str, rows: list[Record], by_row: Mapping[str, Mapping[str, Proof]], organisations: Mapping[str, RunPartner],
    home_country: str,
) -> Linked:  # fmt: skip
    partners = by_row[rows[0].row.origin.id]
    for record in rows[1:]:
        partners = shared({**partners, **{who: how for who, how in by_row[record.row.origin.id].items() if who not in partners}})
    where = bridges.countries_of(rows, partners, organisations, home_country)
    return Linked(kind, record_id, rows, partners, shared(where), shared(bridges.fields_of(rows)))


def _inherit(records: Sequence[Linked], agreements: Sequence[Linked], ties: Iterable[Tie]) -> list[Linked]:
    """Give a record that names neither partner nor country, but the number of its agreement, those of the agreement."""
    by_id = {each.id: each for each in agreements}
    numbered = {tie.left: tie for tie in ties if tie.method == "number"}
    found = []
    for each in records:
        tie = numbered.get(each.id)
        if tie is None or each.partners or each.countries:
            found.append(each)
            continue
        whole = by_id[tie.right]
        proof = Proof(tie.raw, "agreement", 0.9)
        taken = [dict.fromkeys(codes, proof) for codes in (whole.partners, whole.countries, each.fields or whole.fields)]
        found.append(Linked(each.kind, each.id, each.rows, taken[0], taken[1], dict(each.fields) or taken[2]))
    return found


def _supersede(rows: Columns, linked: Sequence[Linked]) -> None:
    """Fill in which agreement replaces which, where the number that is written leads to one."""
    written = [next((r.texts["superseded_by"] for r in each.rows if "superseded_by" in r.texts), "") for each in linked]
    if not any(written):
        return
    by_number = {number: each.id for each in linked for record in each.rows if (number := number_of(record))}
    found = [by_number.get(text.casefold().replace("-", "").replace(" ", "")) for text in written]
    rows.lists[Agreement.superseded_by] = [other if other != each.id else None for other, each in zip(found, linked, strict=True)]


def _in_register(record: Record) -> str:
    """Return how an answer names an agreement: its number or title, and its row."""
    return named(record.row.written("number") or record.row.written("title") or record.texts["title"], record.row.origin.id)


def _ask_texts(given: Input, work: Work) -> None:
    asked = {
        (kind, raw): verdict
        for (kind, raw, _), verdict in work.readings.verdicts.items()
        if verdict.is_unsure and kind in ("field", "country", "agreement_type", "outcome_type")
    }
    where = places(given.rows, asked)
    for (kind, raw), verdict in asked.items():
        extra = Asked(verdict.candidates, places=tuple(where[kind, raw]))
        work.ask(kind, raw, f"What does this {kind.replace('_', ' ')} mean?", verdict.candidates, verdict.cells, extra)


def _refused(given: Input, records: Sequence[Record], directory: Directory) -> Iterable[str]:
    """Return the forms of partners in rows that were refused: who decided about them did not do so for nothing."""
    kept = {record.row.origin for record in records}
    lost = (row for row in given.rows if row.role == "record" and row.origin not in kept)
    return (name for row in lost for cell in row.values.get("partners", ()) for name in directory.split(cell.text))


def _told(items: Iterable[Linked]) -> Iterable[str]:
    """Return the forms in which the news name partners."""
    return (proof.raw for each in items for proof in each.partners.values())
