"""Links of records with countries, fields and partners, each with its proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from etl import tables as t
from etl.columnar import Columns
from etl.records import KINDS, Record, RunPartner, Tie
from etl.star.linked import Linked, Proof

#: The columns of a bridge that say why, in the order of a proof.
_PROOF = (t.Link.raw, t.Link.method, t.Link.confidence, t.Link.accepted, t.Link.span_start, t.Link.span_end, t.Link.span_column)


def countries_of(
    rows: Iterable[Record], partners: Mapping[str, Proof], organisations: Mapping[str, RunPartner], home_country: str
) -> dict[str, Proof]:
    """Return the countries of a record: those its cells say, else those of its partners. The home country never counts."""
    found: dict[str, Proof] = {}
    for record in rows:
        for said in record.countries:
            if said.value != home_country:
                found.setdefault(said.value, Proof(said.raw, said.cell.how, said.confidence))
    if found:
        return found
    for partner_id, proof in partners.items():
        organisation = organisations[partner_id]
        if organisation.country_code and organisation.country_code != home_country and proof.accepted:
            found.setdefault(organisation.country_code, Proof(proof.raw, "partner", min(0.9, proof.confidence)))
    return found


def without_home(found: Mapping[str, Proof], home_country: str) -> dict[str, Proof]:
    """Return the proofs of all countries but the home country."""
    return {code: proof for code, proof in found.items() if code != home_country}


def fields_of(rows: Iterable[Record]) -> dict[str, Proof]:
    """Return the research fields that the cells of a record say.

    A column of fields alone says it better than one that mixes fields with forms of cooperation, which counts where there is no other.
    """
    found: dict[str, Proof] = {}
    stated = [record for record in rows if record.fields]
    plain = [record for record in stated if "fields" in record.row.values]
    for record in plain or stated:
        for said in record.fields:
            found.setdefault(said.value, Proof(said.raw, said.cell.how, said.confidence))
    return found


def of(linked: Sequence[Linked]) -> dict[str, Columns]:
    """Return the rows of the bridges of all records with partners, countries and fields, by the name of the table."""
    found: dict[str, Columns] = {}
    for kind in KINDS:
        records = [each for each in linked if each.kind == kind]
        for right, proofs in (("partner", "partners"), ("country", "countries"), ("field", "fields")):
            links = [(each.id, code, proof) for each in records for code, proof in getattr(each, proofs).items()]
            keys = t.table(f"{kind}_{right}").key
            lists = {keys[0]: [link[0] for link in links], keys[1]: [link[1] for link in links]}
            found[f"{kind}_{right}"] = Columns(lists | _proofs([link[2] for link in links]))
    return found


def of_ties(name: str, ties: Iterable[Tie]) -> list[dict[str, Any]]:
    """Return the rows of the bridge ``name`` for ties between records."""
    left, right = t.table(name).key
    proofs = ((tie, Proof(tie.raw, tie.method, tie.confidence, tie.accepted, tie.start, tie.end, tie.column)) for tie in ties)
    return [{left: tie.left, right: tie.right, **dict(zip(_PROOF, proof, strict=True))} for tie, proof in proofs]


def _proofs(proofs: Sequence[Proof]) -> dict[str, list[Any]]:
    return {column: [proof[at] for proof in proofs] for at, column in enumerate(_PROOF)}
