"""Fields by countries, answered from the arrays of a snapshot as :mod:`counts`, :mod:`matrix` and :mod:`paths` answer them in SQL."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """The areas of the fields: their codes in their order, the number of each field's area, and the names.

    ``texts`` are codes and names as columns, with nothing at the end.
    """

    codes: list[str]
    of: Ints
    names: dict[str, list[Any]]
    texts: dict[str, Any]

    @classmethod
    def of_held(cls, held: Held) -> Areas:
        """Return the areas of a snapshot."""
        fields = held.names["field"]
        areas = [code.partition(".")[0] for code in fields.codes]
        codes = sorted(set(areas))
        first = [areas.index(code) for code in codes]
        names = {lang: [fields.columns[f"area_name_{lang}"][i] for i in first] for lang in LANGUAGES}
        return cls(codes, np.array([codes.index(code) for code in areas], np.int64), names, _columns(codes, names))

    def said(self, at: Ints) -> tuple[Any, dict[str, Any]]:
        """Return codes and names at these numbers, nothing for -1."""
        found = {name: values.take(at) for name, values in self.texts.items()}
        return found.pop(""), found


def _columns(codes: list[str], names: dict[str, list[Any]]) -> dict[str, Any]:
    """Return codes (without a name) and names as columns, with nothing at the end, which -1 takes."""
    texts = {"": codes} | {f"name_{lang}": names[lang] for lang in LANGUAGES}
    return {name: pd.array([*values, None], dtype="str") for name, values in texts.items()}


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
    said, names = areas.said(area)
    return pd.DataFrame(
        {"field": said, "country": countries.text(country), COUNT: n, SHARE: share}
        | {TOTAL: np.full(len(n), view.size("agreement", selection)), AS_OF: text(held.as_of, len(n))}
        | {"lost": np.full(len(n), _lost(view, "agreement", mask))}
        | _by_language(_named("field", names), _named("country", countries.rows(country)))
    )


@dataclass(frozen=True, slots=True)
class Lines:
    """Fields, then areas, as the lines of one table: their codes and names as columns, and their numbers in the order of their codes."""

    codes: list[str]
    texts: dict[str, Any]
    order: Ints

    @classmethod
    def of_held(cls, held: Held, areas: Areas) -> Lines:
        """Return the lines of a snapshot."""
        fields = held.names["field"]
        codes = [*fields.codes, *areas.codes]
        names = {lang: [*fields.columns[f"name_{lang}"].tolist()[:-1], *areas.names[lang]] for lang in LANGUAGES}
        return cls(codes, _columns(codes, names), np.argsort(np.array(codes, dtype=str), kind="stable"))


@dataclass(frozen=True, slots=True)
class Expectations:
    """Records and shares of every line and country among the agreements that have both, and of all that are chosen how many."""

    n: Ints
    share: Floats
    n_line: Ints
    share_line: Floats
    n_country: Ints
    share_country: Floats
    whole: int
    total: int


def expectations(view: View, wide: Selection) -> Expectations:
    """Return what a specialisation is compared with: no chosen country or field changes it."""
    held, mask = view.held, view.mask("agreement", wide)
    counted = held.records["agreement"].counted
    full = mask & (counted["field"].number > 0) & (counted["country"].number > 0)
    areas = held.once("areas", partial(Areas.of_held, held))
    pairs = held.once(("pairs", "agreement"), partial(pairs_of, held, "agreement"))
    grouped = held.once("areas by country", lambda: merged(pairs, held, areas))
    high = len(held.names["field"].codes)
    tables = [_table(view, each, full, rows) for each, rows in ((pairs, high), (grouped, len(areas.codes)))]
    n, share = (np.concatenate([one, other]) for one, other in zip(*tables, strict=True))
    links, theirs = counted["field"], counted["country"]
    n_fields = np.bincount(links.code[full[links.record]], minlength=high)
    of_area = held.once("area links", lambda: np.unique(links.record * len(areas.codes) + areas.of[links.code]))
    n_areas = np.bincount((of_area % max(len(areas.codes), 1))[full[of_area // max(len(areas.codes), 1)]], minlength=len(areas.codes))
    n_country = np.bincount(theirs.code[full[theirs.record]], minlength=len(held.names["country"].codes))
    return Expectations(
        n, share, np.concatenate([n_fields, n_areas]), share.sum(axis=1), n_country, share[:high].sum(axis=0),
        int(np.count_nonzero(full)), int(np.count_nonzero(mask)),
    )  # fmt: skip


def specialisation(view: View, selection: Selection) -> pd.DataFrame:
    """Answer :func:`dashboard.query.matrix.specialisation`."""
    held, names = view.held, view.held.names["country"]
    wide = replace(selection.without("country").without("field"), counting="full", ignored=())
    # Most readers choose countries and fields: they all compare with the same.
    found = held.remember(("expectations", wide), lambda: expectations(view, wide))
    areas = held.once("areas", partial(Areas.of_held, held))
    lines = held.once("lines", lambda: Lines.of_held(held, areas))
    shown_fields, shown = view.shown("field", selection), view.shown("country", selection)
    rows = lines.order[found.n_line[lines.order] > 0]
    cols = np.flatnonzero(found.n_country)
    if shown_fields is not None:
        rows = rows[np.concatenate([shown_fields, np.array([code in selection.fields for code in areas.codes], bool)])[rows]]
    if shown is not None:
        cols = cols[shown[cols]]
    line, country = np.repeat(rows, len(cols)), np.tile(cols, len(rows))
    said = {name: values.take(line) for name, values in lines.texts.items()}
    size = len(line)
    return pd.DataFrame(
        {"field": said[""], "country": names.text(country), COUNT: found.n[line, country], SHARE: found.share[line, country]}
        | {"n_field": found.n_line[line], "share_field": found.share_line[line], "n_country": found.n_country[country]}
        | {"share_country": found.share_country[country]}
        | {"n_whole": np.full(size, found.whole), "share_whole": np.full(size, float(found.whole))}
        | {TOTAL: np.full(size, found.total), AS_OF: text(held.as_of, size)}
        | _by_language(_named("field", said), _named("country", names.rows(country)))
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
    said, names = areas.said(area)
    where = countries.text(country)
    marks = [JOIN.join((one if isinstance(one, str) else NONE, other if isinstance(other, str) else NONE, type_))
             for one, other, type_ in zip(where, said, types, strict=True)]  # fmt: skip
    return pd.DataFrame(
        {"country": where, "area": said, "type": pd.array(types, dtype="str"), COUNT: n, SHARE: share, "code": pd.array(marks, dtype="str")}
        | {TOTAL: np.full(len(n), view.size("outcome", selection)), AS_OF: text(held.as_of, len(n))}
        | _by_language(_named("country", countries.rows(country)), _named("area", names))
    )
