"""The partners that the cells of a run name -> organisations, and which of them stand in each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from etl.decide.questions import Asked
from etl.home import Home
from etl.link.partner.names import forget, is_acronym
from etl.link.partners import Directory, Mention, Resolution, Resolved, Translation
from etl.pipeline.partner_columns import PartnerColumns
from etl.pipeline.places import MOST, place
from etl.pipeline.work import Work
from etl.records import Cell, Finding, Read, Record, RunPartner
from etl.star.linked import Proof, shared

_ADVICE = "Correct the cell that is wrong"


class Written(NamedTuple):
    """A record with the names in its cells, and the pairs of names that are one partner in two languages."""

    record: Record
    names: Sequence[tuple[Mention, Cell]]
    pairs: Sequence[Translation]


def partners(
    records: Iterable[Record], columns: PartnerColumns, work: Work, directory: Directory
) -> tuple[dict[str, RunPartner], dict[str, Mapping[str, Proof]]]:
    """Resolve every written name; return the organisations by id and the partners of each source row.

    ``directory`` knows afterwards who every name is.
    """
    written = list(_written(records, columns, work, directory))
    mentions = (mention for each in written for mention, _ in each.names)
    resolution = directory.resolve(mentions, Counter(pair for each in written for pair in each.pairs))
    by_row = {each.record.row.origin.id: proofs for each, proofs in _proved(written, resolution.of, work, directory)}
    _ask(written, resolution, work)
    work.findings += _told_apart(written, resolution.of)
    forget()
    return {each.id: each for each in resolution.partners}, by_row


def _written(records: Iterable[Record], columns: PartnerColumns, work: Work, directory: Directory) -> Iterator[Written]:
    parts = cache(directory.split)
    ours = cache(lambda mention: _is_us(mention, work.home, directory))
    countries = cache(frozenset[str])  # a register has few countries and many rows
    for record in records:
        codes = countries(tuple([said.value for said in record.countries]))
        named = [
            (Mention(part, codes, record.texts["title"] if is_acronym(part) else ""), said.cell)
            for said in record.partners
            for part in parts(said.raw)
        ]
        pairs: list[Translation] = []
        if columns.are_any:
            mentions = {mention.text: mention for mention, _ in named}
            for one, two in columns.pairs(record, parts):
                pair = Translation(mentions[one.name], mentions[two.name], (one.language, two.language))
                if not work.home.is_stated or not (ours(pair.one) or ours(pair.two)):
                    pairs.append(pair)
        yield Written(record, [each for each in named if not ours(each[0])] if work.home.is_stated else named, pairs)


def _is_us(mention: Mention, home: Home, directory: Directory) -> bool:
    """Tell whether a cell names us in the words of sources.yaml; the built-in names are known organisations and resolved as such."""
    return home.is_stated and home.is_called(mention.text) and not directory.rulings.said(mention)


def _proved(
    written: Iterable[Written], who: Mapping[Mention, Resolved], work: Work, directory: Directory
) -> Iterator[tuple[Written, Mapping[str, Proof]]]:
    """Yield the partners of each row with their proofs, and note how each name was read."""

    proof_of = cache(_proof)
    for each in written:
        proofs: dict[str, Proof] = {}
        for mention, cell in each.names:
            answer = who[mention]
            if answer.partner_id in work.home.organisations:
                continue
            if answer.partner_id not in proofs:
                proofs[answer.partner_id] = proof_of(mention.text, cell.how, answer.method, answer.confidence)
            context = ",".join(sorted(mention.country_codes)) if "country" in answer.method or "title" in answer.method else ""
            said = directory.rulings.said(mention)
            work.readings.note("partner", mention.text, Read(answer.partner_id, answer.method, answer.confidence), context, said)
        yield each, shared(proofs)


def _proof(text: str, how: str, method: str, confidence: float) -> Proof:
    return Proof(text, method if how == "cell" else f"{how}, {method}", confidence)


def _ask(written: Iterable[Written], resolution: Resolution, work: Work) -> None:
    """Ask what is open about partners, each with the first cells that wait for the answer."""
    where: dict[str, list[str]] = {question.partner_id: [] for question in resolution.questions}
    for each in written if where else ():
        for mention, cell in each.names:
            here = where.get(resolution.of[mention].partner_id)
            if here is not None and len(here) < MOST and (said := place(each.record.row.origin, cell)) not in here:
                here.append(said)
    for question in resolution.questions:
        extra = Asked(question.answers, question.country, places=tuple(where[question.partner_id]))
        work.ask("partner", question.subject, question.question, question.candidates, question.cells, extra)


def _told_apart(written: Iterable[Written], who: Mapping[Mention, Resolved]) -> Iterator[Finding]:
    """Tell of rows that name two organisations where the columns are for one in two languages."""
    for each in written:
        for one, two, _ in each.pairs:
            if who[one].partner_id != who[two].partner_id:
                cells = dict(each.names)
                here, there = cells[one], cells[two]
                message = (
                    f"{there.letter}{there.row} says {two.text}, {here.letter}{here.row} says {one.text}; "
                    "the columns are for one partner in two languages, and both count"
                )
                origin = each.record.row.origin
                where = (origin.file, origin.sheet, there.row, there.letter, there.text)
                yield Finding("warning", "conflicting_columns", message, _ADVICE, *where)
