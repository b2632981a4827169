"""Fields by countries, answered from the arrays of a snapshot as :mod:`counts`, :mod:`matrix` and :mod:`paths` answer them in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from dashboard.filters import Selection
from dashboard.query.chosen import AS_OF, COUNT, SHARE, TOTAL, Kind
from dashboard.query.held import Held
from dashboard.query.held_parts import NOTHING, Flags, Floats, Ints, Links, sums
from dashboard.query.quick import text, whole
from dashboard.query.traces import JOIN, NONE
from dashboard.query.view import View

LANGUAGES = ("en", "ru", "zh")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every record with each pair of its fields (or areas) and countries, -1 where it has none, and what the pair weighs."""

    record: Ints
    field: Ints
    country: Ints
    weight: Floats


def pairs_of(held: Held, kind: Kind) -> Pairs:
    """Return the pairs of all records of the table of ``kind``."""
    records = held.table(kind)
    size = len(records.ids)
    fields, countries = (_padded(records.counted[name], size) for name in ("field", "country"))
    joined = pd.DataFrame({"record": fields[0], "field": fields[1]}).merge(
        pd.DataFrame({"record": countries[0], "country": countries[1]}), on="record"
    )
    record = joined["record"].to_numpy()
    return Pairs(record, joined["field"].to_numpy(), joined["country"].to_numpy(), 1.0 / np.bincount(record, minlength=size)[record])


def _padded(links: Links, size: int) -> tuple[Ints, Ints]:
    """Return record and code, with a row without a code for each record that has none."""
    bare = np.flatnonzero(links.number == 0) if size else np.zeros(0, np.int64)
    return np.concatenate([links.record, bare]), np.concatenate([links.code, np.full(len(bare), NOTHING)])


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of the fields: their codes in their order, the number of each field's area, and the names."""

    codes: list[str]
    of: Ints
    names: dict[str, list[Any]]

    @classmethod
    def of_held(cls, held: Held) -> Areas:
        """Return the areas of a snapshot."""
        fields = held.names["field"]
        areas = [code.partition(".")[0] for code in fields.codes]
        codes = sorted(set(areas))
        first = [areas.index(code) for code in codes]
        names = {lang: [fields.columns[f"area_name_{lang}"][i] for i in first] for lang in LANGUAGES}
        return cls(codes, np.array([codes.index(code) for code in areas], np.int64), names)


def merged(pairs: Pairs, held: Held, areas: Areas) -> Pairs:
    """Return ``pairs`` with areas in the place of fields, each pair once, its weights added."""
    area = np.append(areas.of, NOTHING)[pairs.field]
    wide, high = len(held.names["country"].codes) + 1, len(areas.codes) + 1
    key = (pairs.record * high + area + 1) * wide + pairs.country + 1
    found, at = np.unique(key, return_inverse=True)
    weight = sums(at, pairs.weight, len(found))
    return Pairs(found // (wide * high), found // wide % high - 1, found % wide - 1, weight)


def _cells(view: View, pairs: Pairs, mask: Flags, shown: tuple[Flags | None, Flags | None], rows: int) -> tuple[Ints, Ints, Ints, Floats]:
    """Return the cells that occur, most records first: row, column, records, their shares."""
    kept = mask[pairs.record]
    for codes, flags in zip((pairs.field, pairs.country), shown, strict=True):
        if flags is not None:
            kept &= np.append(flags, False)[codes]
    wide = len(view.held.names["country"].codes) + 1
    key = (pairs.field[kept] + 1) * wide + pairs.country[kept] + 1
    n = np.bincount(key, minlength=wide * (rows + 1))
    share = sums(key, pairs.weight[kept], wide * (rows + 1))
    at = np.flatnonzero(n)
    field, country = at // wide - 1, at % wide - 1
    order = np.lexsort((_nulls_last(country), _nulls_last(field), -n[at]))
    return field[order], country[order], n[at][order], share[at][order]


def _nulls_last(codes: Ints) -> Ints:
    return np.where(codes == NOTHING, 1 << 20, codes)


def _lost(view: View, kind: Kind, mask: Flags) -> int:
    """Return how many chosen records name no field or no country."""
    counted = view.held.table(kind).counted
    return int(np.count_nonzero(mask & ((counted["field"].number == 0) | (counted["country"].number == 0))))


def _named(prefix: str, names: dict[str, Any]) -> dict[str, Any]:
    return {f"{prefix}_name_{lang}": names[f"name_{lang}"] for lang in LANGUAGES}


def _by_language(*names: dict[str, Any]) -> dict[str, Any]:
    return {name: values for lang in LANGUAGES for each in names for name, values in each.items() if name.endswith(f"_{lang}")}


def _coded(codes: list[str], names: dict[str, list[Any]], at: Ints) -> tuple[Any, dict[str, Any]]:
    """Return codes and names at these numbers."""
    texts = {"": codes} | {f"name_{lang}": names[lang] for lang in LANGUAGES}
    # The last is that of no code, which -1 takes.
    found = {name: pd.array([*values, None], dtype="str").take(at) for name, values in texts.items()}
    return found.pop(""), found


def field_by_country(view: View, selection: Selection, kind: Kind = "agreement") -> pd.DataFrame:
    """Answer :func:`dashboard.query.counts.field_by_country`."""
    held, mask = view.held, view.mask(kind, selection)
    pairs = held.once(("pairs", kind), partial(pairs_of, held, kind))
    shown = view.shown("field", selection), view.shown("country", selection)
    field, country, n, share = _cells(view, pairs, mask, shown, len(held.names["field"].codes))
    fields, countries = held.names["field"], held.names["country"]
    return pd.DataFrame(
        {"field": fields.text(field), "country": countries.text(country), COUNT: n, SHARE: share}
        | whole(view, selection, kind, len(n))
        | {"lost": np.full(len(n), _lost(view, kind, mask))}
        | _named("field", fields.rows(field))
        | _named("country", countries.rows(country))
    )


def area_by_country(view: View, selection: Selection) -> pd.DataFrame:
    """Answer :func:`dashboard.query.matrix.area_by_country`."""
    held, mask = view.held, view.mask("agreement", selection)
    areas = held.once("areas", partial(Areas.of_held, held))
    every = held.once(("pairs", "agreement"), partial(pairs_of, held, "agreement"))
    pairs = held.once("areas by country", lambda: merged(every, held, areas))
    shown_fields = view.shown("field", selection)
    if shown_fields is not None:  # a field that is not shown adds nothing to its area
        kept = np.append(shown_fields, False)[every.field]
        pairs = merged(Pairs(every.record[kept], every.field[kept], every.country[kept], every.weight[kept]), held, areas)
    area, country, n, share = _cells(view, pairs, mask, (None, view.shown("country", selection)), len(areas.codes))
    countries = held.names["country"]
    said, names = _coded(areas.codes, areas.names, area)
    return pd.DataFrame(
        {"field": said, "country": countries.text(country), COUNT: n, SHARE: share}
        | {TOTAL: np.full(len(n), view.size("agreement", selection)), AS_OF: text(held.as_of, len(n))}
        | {"lost": np.full(len(n), _lost(view, "agreement", mask))}
        | _by_language(_named("field", names), _named("country", countries.rows(country)))
    )


def specialisation(view: View, selection: Selection) -> pd.DataFrame:
    """Answer :func:`dashboard.query.matrix.specialisation`."""
    held = view.held
    wide = selection.without("country").without("field")
    counted, mask = held.records["agreement"].counted, view.mask("agreement", wide)
    full = mask & (counted["field"].number > 0) & (counted["country"].number > 0)
    areas = held.once("areas", partial(Areas.of_held, held))
    pairs = held.once(("pairs", "agreement"), partial(pairs_of, held, "agreement"))
    grouped = held.once("areas by country", lambda: merged(pairs, held, areas))
    names = held.names["country"]
    shown_fields, shown = view.shown("field", selection), view.shown("country", selection)
    tables = [_table(view, each, full, len(codes)) for each, codes in ((pairs, held.names["field"].codes), (grouped, areas.codes))]
    cells_n, cells_share = (np.concatenate([one, other]) for one, other in zip(*tables, strict=True))
    links = counted["field"]
    n_fields = np.bincount(links.code[full[links.record]], minlength=len(held.names["field"].codes))
    of_area = held.once("area links", lambda: np.unique(links.record * len(areas.codes) + areas.of[links.code]))
    n_areas = np.bincount((of_area % max(len(areas.codes), 1))[full[of_area // max(len(areas.codes), 1)]], minlength=len(areas.codes))
    n_field = np.concatenate([n_fields, n_areas])
    theirs = counted["country"]
    n_country = np.bincount(theirs.code[full[theirs.record]], minlength=len(names.codes))
    codes = [*held.names["field"].codes, *areas.codes]
    order = np.argsort(np.array(codes, dtype=str), kind="stable")
    rows = order[n_field[order] > 0]
    cols = np.flatnonzero(n_country)
    if shown_fields is not None:
        rows = rows[np.concatenate([shown_fields, np.array([code in selection.fields for code in areas.codes], bool)])[rows]]
    if shown is not None:
        cols = cols[shown[cols]]
    field, country = np.repeat(rows, len(cols)), np.tile(cols, len(rows))
    share_field, share_country = cells_share.sum(axis=1), cells_share[: len(held.names["field"].codes)].sum(axis=0)
    fields = held.names["field"].columns
    texts = {lang: [*list(fields[f"name_{lang}"])[:-1], *areas.names[lang]] for lang in LANGUAGES}
    said, named = _coded(codes, texts, field)
    whole_n = int(np.count_nonzero(full))
    size = len(field)
    return pd.DataFrame(
        {"field": said, "country": names.text(country), COUNT: cells_n[field, country], SHARE: cells_share[field, country]}
        | {"n_field": n_field[field], "share_field": share_field[field], "n_country": n_country[country]}
        | {"share_country": share_country[country], "n_whole": np.full(size, whole_n), "share_whole": np.full(size, float(whole_n))}
        | {TOTAL: np.full(size, int(np.count_nonzero(mask))), AS_OF: text(held.as_of, size)}
        | _by_language(_named("field", named), _named("country", names.rows(country)))
    )


def _table(view: View, pairs: Pairs, full: Flags, rows: int) -> tuple[Ints, Floats]:
    """Return records and shares of every row by country, of the records that have both."""
    wide = len(view.held.names["country"].codes)
    kept = full[pairs.record]
    key = pairs.field[kept] * wide + pairs.country[kept]
    n = np.bincount(key, minlength=rows * wide).reshape(rows, wide)
    return n, sums(key, pairs.weight[kept], rows * wide).reshape(rows, wide)


def country_area_outcome(view: View, selection: Selection) -> pd.DataFrame:
    """Answer :func:`dashboard.query.paths.country_area_outcome`."""
    held, mask = view.held, view.mask("outcome", selection)
    records, countries = held.records["outcome"], held.names["country"]
    areas = held.once("areas", partial(Areas.of_held, held))
    pairs = held.once("outcome areas", lambda: merged(pairs_of(held, "outcome"), held, areas))
    kept = mask[pairs.record]
    wide, high = len(countries.codes) + 1, len(areas.codes) + 1
    # In the order in which equal shares stand: country, area, type; none last.
    code = np.where(pairs.country[kept] == NOTHING, wide - 1, pairs.country[kept])
    area = np.where(pairs.field[kept] == NOTHING, high - 1, pairs.field[kept])
    kinds = max(len(records.kinds), 1)
    found, at, n = np.unique((code * high + area) * kinds + records.kind[pairs.record[kept]], return_inverse=True, return_counts=True)
    share = sums(at, pairs.weight[kept], len(found))
    order = np.lexsort((np.arange(len(found)), -share.round(9)))
    found, n, share = found[order], n[order], share[order]
    country = np.where(found // (kinds * high) == wide - 1, NOTHING, found // (kinds * high))
    area = np.where(found // kinds % high == high - 1, NOTHING, found // kinds % high)
    types = [records.kinds[i] for i in (found % kinds).tolist()]
    said, names = _coded(areas.codes, areas.names, area)
    where = countries.text(country)
    marks = [JOIN.join((one if isinstance(one, str) else NONE, other if isinstance(other, str) else NONE, type_))
             for one, other, type_ in zip(where, said, types, strict=True)]  # fmt: skip
    return pd.DataFrame(
        {"country": where, "area": said, "type": pd.array(types, dtype="str"), COUNT: n, SHARE: share, "code": pd.array(marks, dtype="str")}
        | {TOTAL: np.full(len(n), view.size("outcome", selection)), AS_OF: text(held.as_of, len(n))}
        | _by_language(_named("country", countries.rows(country)), _named("area", names))
    )
