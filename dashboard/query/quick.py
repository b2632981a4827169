"""Questions answered from the arrays of a snapshot, in the very frames that the engine would give.

Beside each stands the question in SQL, which says what is counted (:mod:`counts`, :mod:`matrix`, :mod:`times`); a test holds the two equal.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.filters import Selection
from dashboard.indicators.stock import IN_STOCK, NO_END
from dashboard.marks import NONE
from dashboard.query.chosen import AS_OF, COUNT, SHARE, TOTAL, YEARS, Kind
from dashboard.query.held_parts import NOTHING, Flags, Floats, Ints, Records, sums
from dashboard.query.view import View

PLANNED = "planned"


def text(value: str | None, size: int) -> Any:
    """Return a column that says the same in every row."""
    return _column(value).repeat(size)


@lru_cache(maxsize=64)
def _column(value: str | None) -> Any:
    return pd.array([value], dtype="str")


def whole(view: View, selection: Selection, kind: Kind, size: int) -> dict[str, Any]:
    """Return the columns that say the same in every row: size of the filtered set, as-of date, planned outcomes."""
    same = {TOTAL: np.full(size, view.size(kind, selection)), AS_OF: text(view.held.as_of, size)}
    return same | ({PLANNED: np.full(size, view.size("planned", selection))} if kind == "outcome" else {})


def years(found: Ints) -> Any:
    """Return years as a column, absent where there is none."""
    absent, made = found == NOTHING, found.astype(np.int16)
    return pd.arrays.IntegerArray(made, absent) if absent.any() else made


def by(view: View, selection: Selection, kind: Kind, name: str) -> pd.DataFrame:
    """Answer :func:`dashboard.query.counts._by`."""
    mask, links, names = view.mask(kind, selection), view.held.table(kind).counted[name], view.held.names[name]
    kept = mask[links.record]
    codes = links.code[kept]
    n = np.bincount(codes, minlength=len(names.codes))
    share = sums(codes, links.weight[kept], len(names.codes))
    shown = view.shown(name, selection)
    at = np.flatnonzero(n if shown is None else n * shown)
    without = int(np.count_nonzero(mask & (links.number == 0))) if shown is None else 0
    if without:
        at, n, share = np.append(at, NOTHING), np.append(n, without), np.append(share, float(without))
    order = np.lexsort((_last(at), -share[at].round(9), -n[at]))
    at, n, share = at[order], n[at][order], share[at][order]
    return pd.DataFrame({"code": names.text(at), COUNT: n, SHARE: share} | whole(view, selection, kind, len(at)) | names.rows(at))


def each(view: View, selection: Selection, kind: Kind, name: str) -> list[int]:
    """Answer :func:`dashboard.query.counts.each`."""
    links, shown = view.held.table(kind).counted[name], view.shown(name, selection)
    n = np.bincount(links.code[view.mask(kind, selection)[links.record]], minlength=len(view.held.names[name].codes))
    n = n if shown is None else n * shown
    return sorted(n[n > 0].tolist(), reverse=True)


def by_year(view: View, selection: Selection, kind: Kind, column: str) -> pd.DataFrame:
    """Answer :func:`dashboard.query.counts.by_year`."""
    records, mask = view.held.table(kind), view.mask(kind, selection)
    year = records.years[mask]
    if column == YEARS[kind]:
        found, n = np.unique(_last(year), return_counts=True)
        codes = years(_first(found))
        columns: dict[str, Any] = {"year": codes, "code": codes}
    else:
        kind_ = _last(records.coded(column)[mask])
        both, n = np.unique(_last(year) * _FAR + kind_, return_counts=True)
        found = both // _FAR
        columns = {"year": years(_first(found)), "code": _kinds(records, _first(both % _FAR))}
    return pd.DataFrame(columns | {COUNT: n} | whole(view, selection, kind, len(n)))


def by_code(view: View, selection: Selection, kind: Kind, column: str) -> pd.DataFrame:
    """Answer :func:`dashboard.query.counts.by_code`."""
    records = view.held.table(kind)
    found, n = np.unique(_last(records.coded(column)[view.mask(kind, selection)]), return_counts=True)
    order = np.lexsort((found, -n))
    return pd.DataFrame({"code": _kinds(records, _first(found[order])), COUNT: n[order]} | whole(view, selection, kind, len(n)))


_FAR = 1 << 20
"""Stands for an absent number behind all others, and divides two numbers that are kept in one."""


def _last(found: Ints) -> Ints:
    return np.where(found == NOTHING, _FAR - 1, found)


def _first(found: Ints) -> Ints:
    return np.where(found == _FAR - 1, NOTHING, found)


def _kinds(records: Records, at: Ints) -> Any:
    return pd.array([None if i == NOTHING else records.kinds[i] for i in at.tolist()], dtype="str")


def by_year_and(view: View, selection: Selection, kind: Kind, name: str) -> pd.DataFrame:
    """Answer :func:`dashboard.query.times.by_year_and`."""
    mask, records, names = view.mask(kind, selection), view.held.table(kind), view.held.names[name]
    links, shown = records.counted[name], view.shown(name, selection)
    kept = mask[links.record] if shown is None else mask[links.record] & shown[links.code]
    code, year, weight = links.code[kept], records.years[links.record[kept]], links.weight[kept]
    if shown is None:
        bare = records.years[mask & (links.number == 0)]
        code = np.concatenate([code, np.full(len(bare), NOTHING)])
        year, weight = np.concatenate([year, bare]), np.concatenate([weight, np.ones(len(bare))])
    both, at = np.unique(_last(code) * _FAR + _last(year), return_inverse=True)
    codes, found = _first(both // _FAR), _first(both % _FAR)
    n, share = np.bincount(at, minlength=len(both)), sums(at, weight, len(both))
    undated = int(np.count_nonzero(mask & (records.years == NOTHING)))
    rows = names.rows(codes)
    return pd.DataFrame({
        "code": names.text(codes), "year": years(found), COUNT: n, SHARE: share, **_same(view, selection, kind, len(n)),
        "undated": np.full(len(n), undated), **{f"name_{lang}": rows[f"name_{lang}"] for lang in ("en", "ru", "zh")},
    })  # fmt: skip


def _same(view: View, selection: Selection, kind: Kind, size: int) -> dict[str, Any]:
    return {TOTAL: np.full(size, view.size(kind, selection)), AS_OF: text(view.held.as_of, size)}


def first_years(view: View, selection: Selection, name: str) -> list[dict[str, Any]]:
    """Answer :func:`dashboard.query.registers.first_years`."""
    mask, records = view.mask("agreement", selection), view.held.records["agreement"]
    links, shown = records.counted[name], view.shown(name, selection)
    kept = mask[links.record] if shown is None else mask[links.record] & shown[links.code]
    first = np.full(len(view.held.names[name].codes), _FAR)
    np.minimum.at(first, links.code[kept], _last(records.years[links.record[kept]]))
    found, n = np.unique(first[first < _FAR], return_counts=True)
    return [{"year": None if year == _FAR - 1 else year, COUNT: number} for year, number in zip(found.tolist(), n.tolist(), strict=True)]


def amounts(view: View, selection: Selection, types: tuple[str, ...]) -> list[dict[str, Any]]:
    """Answer :func:`dashboard.query.registers.amounts`."""
    records = view.held.records["outcome"]
    wanted = [records.kinds.index(code) for code in types if code in records.kinds]
    mask = view.mask("outcome", selection) & np.isin(records.kind, wanted)
    amount: Floats = records.amounts[mask] if records.amounts is not None else np.zeros(0)
    found, at, n = np.unique(_last(records.years[mask]), return_inverse=True, return_counts=True)
    known = np.bincount(at, weights=~np.isnan(amount), minlength=len(found)).astype(int)
    whole_ = np.bincount(at, weights=np.nan_to_num(amount), minlength=len(found)).astype(int)
    return [
        {"year": None if year == _FAR - 1 else year, COUNT: number, "amount": total if some else None, "with_amount": some}
        for year, number, total, some in zip(found.tolist(), n.tolist(), whole_.tolist(), known.tolist(), strict=True)
    ]


def met_partners(view: View, selection: Selection) -> Flags:
    """Return which partners the chosen agreements name."""

    def make() -> Flags:
        links, shown = view.held.records["agreement"].counted["partner"], view.shown("partner", selection)
        met = np.zeros(len(view.held.names["partner"].codes), bool)
        met[links.code[view.mask("agreement", selection)[links.record]]] = True
        return met if shown is None else met & shown

    return view.once(("met partners", selection), make)


def _coded(view: View, column: str) -> tuple[list[str], Ints]:
    """Return the codes of a column of the partners in their order, and the number of each partner's."""

    def make() -> tuple[list[str], Ints]:
        names = view.held.names["partner"]
        values = names.columns[column].tolist()[: len(names.codes)]
        codes = sorted({value for value in values if isinstance(value, str)})
        number = {code: at for at, code in enumerate(codes)}
        return codes, np.array([number.get(value, NOTHING) for value in values], np.int64)

    return view.held.once(("coded", column), make)


def partners_behind(view: View, selection: Selection, column: str, mark: str) -> list[str]:
    """Answer :func:`dashboard.query.behind.partners`."""
    names = view.held.names["partner"]
    met = met_partners(view, selection)
    if mark:
        codes, of = _coded(view, column)
        met = met & (of == (NOTHING if mark == NONE else codes.index(mark) if mark in codes else len(codes)))
    return [names.codes[at] for at in np.flatnonzero(met).tolist()]


def partners_by(view: View, selection: Selection, column: str) -> pd.DataFrame:
    """Answer :func:`dashboard.query.counts.partners_by`."""
    met = met_partners(view, selection)
    codes, of = _coded(view, column)
    counted = sorted(Counter(of[met].tolist()).items(), key=lambda pair: (-pair[1], pair[0] == NOTHING, pair[0]))
    size = len(counted)
    return pd.DataFrame({
        "code": pd.array([None if at == NOTHING else codes[at] for at, _ in counted], dtype="str"),
        COUNT: np.array([n for _, n in counted], np.int64),
        TOTAL: np.full(size, int(np.count_nonzero(met))), AS_OF: text(view.held.as_of, size),
    })  # fmt: skip


def stock_by_year(view: View, selection: Selection) -> list[tuple[date, int, int]]:
    """Answer :func:`dashboard.query.times.stock_by_year`."""
    stock = view.held.stock
    term = stock.term[view.mask("agreement", selection)]
    n = np.bincount(term[term != NOTHING], minlength=len(stock.first))
    if not n.any() or (first := int(stock.first[n > 0].min())) > int(view.held.as_of[:4]):
        return []
    sums = [(n @ stock.standing[code]).tolist() for code in (IN_STOCK, NO_END)]
    return [each for each in zip(stock.days, *sums, strict=True) if each[0].year >= first]


def whole_of(view: View, selection: Selection) -> tuple[int, int, str]:
    """Answer :func:`dashboard.query.times.whole`."""
    mask = view.mask("agreement", selection)
    return view.size("agreement", selection), int(np.count_nonzero(mask & (view.held.stock.term == NOTHING))), view.held.as_of
