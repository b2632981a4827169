"""Partners, and who meets whom, answered from the arrays of a snapshot as :mod:`registers` and :mod:`together` answer in SQL."""

from __future__ import annotations

from statistics import median
from typing import Any

import numpy as np

from dashboard.filters import Selection
from dashboard.query.chosen import Kind
from dashboard.query.held import Held
from dashboard.query.held_parts import NOTHING, Ints
from dashboard.query.view import View
from etl.tables import Partner

Row = dict[str, Any]
KINDS: tuple[tuple[Kind, str], ...] = (("agreement", "agreements"), ("outcome", "outcomes"), ("news", "items"))


def _numbers(view: View, selection: Selection) -> dict[str, Ints]:
    """Return how many records of each kind name each partner."""

    def make() -> dict[str, Ints]:
        size = len(view.held.names["partner"].codes)
        found = {}
        for kind, name in KINDS:
            links = view.held.table(kind).counted["partner"]
            found[name] = np.bincount(links.code[view.mask(kind, selection)[links.record]], minlength=size)
        return found

    return view.once(("partner numbers", selection), make)


def row_of(view: View, at: int) -> Row:
    """Return the row of a partner with its id and the names of its country."""
    row, country = view.held.names["partner"].row(at), int(view.held.partner_country[at])
    names = view.held.names["country"]
    where = names.row(country) if country < len(names.codes) else {}
    return {str(Partner.id): view.held.names["partner"].codes[at], **row} | {
        f"country_name_{language}": where.get(f"name_{language}") for language in ("en", "ru", "zh")
    }


def partners(view: View, selection: Selection, most: int = 200) -> list[Row]:
    """Answer :func:`dashboard.query.registers.partners`."""
    numbers, shown = _numbers(view, selection), view.shown("partner", selection)
    known = sum(numbers.values()) > 0 if shown is None else (sum(numbers.values()) > 0) & shown
    at = np.flatnonzero(known)
    order = np.lexsort((at, *(-numbers[name][at] for _, name in reversed(KINDS))))
    since = _since(view, selection)
    return [
        row_of(view, i) | {name: int(numbers[name][i]) for _, name in KINDS} | {"since": since.get(i)} for i in at[order][:most].tolist()
    ]


def _since(view: View, selection: Selection) -> dict[int, int]:
    """Return the first year of an agreement of each partner that has one with a year."""
    records = view.held.records["agreement"]
    links = records.counted["partner"]
    years = records.years[links.record]
    kept = view.mask("agreement", selection)[links.record] & (years != NOTHING)
    order = np.lexsort((years[kept], links.code[kept]))
    codes, first = np.unique(links.code[kept][order], return_index=True)
    return dict(zip(codes.tolist(), years[kept][order][first].tolist(), strict=True))


def _met(held: Held, kind: Kind) -> tuple[Ints, Ints, Ints]:
    """Return every pair of partners of one record: the record, and both partners in their order."""
    links = held.table(kind).counted["partner"]
    several = np.flatnonzero(links.number > 1)
    starts = np.searchsorted(links.record, several)
    found: list[tuple[int, int, int]] = []
    for record, start, number in zip(several.tolist(), starts.tolist(), links.number[several].tolist(), strict=True):
        codes = links.code[start : start + number].tolist()
        found += [(record, one, other) for i, one in enumerate(codes) for other in codes[i + 1 :]]
    table = np.array(found, np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _pairs(view: View, selection: Selection) -> tuple[Ints, Ints, Ints]:
    """Return the pairs that share a chosen record, in their order, and how many records they share."""

    def make() -> tuple[Ints, Ints, Ints]:
        one, other, met = view.held.once("partner pairs", lambda: _every_pair(view.held))
        n = sum(np.bincount(pair[view.mask(kind, selection)[record]], minlength=len(one)) for kind, (record, pair) in met.items())
        found = np.flatnonzero(n)
        return one[found], other[found], np.asarray(n)[found]

    return view.once(("partner pairs", selection), make)


def _every_pair(held: Held) -> tuple[Ints, Ints, dict[Kind, tuple[Ints, Ints]]]:
    """Return the pairs that share any record, in their order, and for each kind of records each record and the number of its pair."""
    size, met = max(len(held.names["partner"].codes), 1), {kind: _met(held, kind) for kind, _ in KINDS}
    keys = np.unique(np.concatenate([one * size + other for _, one, other in met.values()]))
    places = {kind: (record, np.searchsorted(keys, one * size + other)) for kind, (record, one, other) in met.items()}
    return keys // size, keys % size, places


def ties(view: View, selection: Selection, most: int = 4000) -> list[Row]:
    """Answer :func:`dashboard.query.together.ties`."""
    one, other, n = _pairs(view, selection)
    order = np.argsort(-n, kind="stable")[:most]
    codes = view.held.names["partner"].codes
    return [
        {"one": codes[a], "other": codes[b], "n": number}
        for a, b, number in zip(one[order].tolist(), other[order].tolist(), n[order].tolist(), strict=True)
    ]


def members(view: View, selection: Selection) -> tuple[dict[str, int], int]:
    """Answer :func:`dashboard.query.together.members`."""
    n = sum(_numbers(view, selection).values())
    total = sum(
        int(np.count_nonzero(view.mask(kind, selection) & (view.held.table(kind).counted["partner"].number > 0))) for kind, _ in KINDS
    )
    codes, at = view.held.names["partner"].codes, np.flatnonzero(n)
    return {codes[i]: number for i, number in zip(at.tolist(), np.asarray(n)[at].tolist(), strict=True)}, total


def people(view: View, ids: tuple[str, ...]) -> dict[str, Row]:
    """Answer :func:`dashboard.query.registers.people`."""
    at = view.held.names["partner"].at
    return {id_: row_of(view, at[id_][0]) for id_ in ids if id_ in at}


def typical(view: View, selection: Selection) -> dict[str, float]:
    """Answer :func:`dashboard.query.together.typical`."""
    numbers, (one, other, _) = _numbers(view, selection), _pairs(view, selection)
    shown = view.shown("partner", selection)
    known = numbers["agreements"] > 0 if shown is None else (numbers["agreements"] > 0) & shown
    degrees = np.bincount(np.concatenate([one, other]), minlength=len(known))
    found = {name: _median(numbers[name][known]) for _, name in KINDS} | {"tied": _median(degrees[known])}
    return found | {"partners": int(np.count_nonzero(known))}


def _median(values: Ints) -> float:
    return float(median(values.tolist())) if len(values) else 0.0


def tied_to(view: View, selection: Selection, id_: str) -> int:
    """Answer :func:`dashboard.query.together.tied_to`."""
    (at,) = view.held.names["partner"].at.get(id_, [NOTHING])
    one, other, _ = _pairs(view, selection)
    return int(np.count_nonzero((one == at) | (other == at)))
