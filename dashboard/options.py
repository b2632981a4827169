"""What the filters offer: only what occurs in the snapshot, and the names of what is chosen."""

# ruff: noqa: S608 - names come from the contract, there are no values

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from dashboard.figures.words import AGREEMENT_TYPES, OUTCOME_TYPES, STATUSES, word
from dashboard.locale import Say, mark
from dashboard.query.chosen import STATUS, STATUS_TABLE
from etl.indicators.status import STATUSES as ORDER
from etl.tables import Agreement, Country, Field, Link, News, Outcome, Partner, Run

Row = dict[str, Any]
ALL_OF = mark("All of: {name}")


@dataclass(frozen=True, slots=True)
class Options:
    """The rows behind the filters of one snapshot, in no language yet."""

    countries: tuple[Row, ...]
    fields: tuple[Row, ...]
    partners: tuple[Row, ...]
    types: tuple[str, ...]
    outcomes: tuple[str, ...]
    statuses: tuple[str, ...]
    years: tuple[int, int]
    run: Row

    def names(self, say: Say) -> Mapping[str, Mapping[str, str]]:
        """Return code -> name for each part of the address, areas among the fields, regions among the countries."""
        areas = {row[Field.area]: say.name(row, "area_name") for row in self.fields}
        regions = {row[Country.region]: say.name(row, "region_name") for row in self.countries}
        return {
            "country": regions | {row[Country.code]: say.name(row) for row in self.countries},
            "field": areas | {row[Field.code]: say.name(row) for row in self.fields},
            "partner": {row[Partner.id]: say.name(row) or row[Partner.name] for row in self.partners},
            "type": {code: word(say, AGREEMENT_TYPES, code) for code in self.types},
            "status": {code: word(say, STATUSES, code) for code in self.statuses},
            "outcome": {code: word(say, OUTCOME_TYPES, code) for code in self.outcomes},
        }

    def groups(self, say: Say) -> dict[str, list[dict[str, Any]]]:
        """Return what the select boxes list, each in the order of the language: countries by region, fields by area."""
        names = self.names(say)
        regions: dict[str, list[dict[str, str]]] = {}
        for row in self.countries:
            regions.setdefault(row[Country.region], []).append(_item(row[Country.code], names["country"]))
        areas: dict[str, list[dict[str, str]]] = {}
        for row in self.fields:
            areas.setdefault(row[Field.area], []).append(_item(row[Field.code], names["field"]))
        by_name = sorted(regions.items(), key=lambda pair: say.order(names["country"][pair[0]]))
        return {
            "country": [_group(say, names["country"], code, _by_label(items, say)) for code, items in by_name],
            "field": [_group(say, names["field"], code, items) for code, items in sorted(areas.items())],
            "partner": _by_label([_item(code, names["partner"]) for code in names["partner"]], say),
            "type": _by_label([_item(code, names["type"]) for code in self.types], say),
            "status": [_item(code, names["status"]) for code in self.statuses],
            "outcome": _by_label([_item(code, names["outcome"]) for code in self.outcomes], say),
        }


def _item(code: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"value": code, "label": names[code]}


def _group(say: Say, names: Mapping[str, str], code: str, items: list[dict[str, str]]) -> dict[str, Any]:
    """Return a region or an area as a group whose first item chooses all of it."""
    return {"group": names[code], "items": [{"value": code, "label": say(ALL_OF, name=names[code])}, *items]}


def _by_label(items: list[dict[str, str]], say: Say) -> list[dict[str, str]]:
    return sorted(items, key=lambda item: (say.order(item["label"]), item["value"]))


def options(db: duckdb.DuckDBPyConnection) -> Options:
    """Return what occurs in the snapshot: linked by an accepted link, or carried by a record."""
    years = db.execute(_YEARS).fetchone() or (None, None)
    return Options(
        countries=_rows(db, _LINKED.format(table="country", key=Country.code)),
        fields=_rows(db, _LINKED.format(table="field", key=Field.code)),
        partners=_rows(db, _LINKED.format(table="partner", key=Partner.id)),
        types=_codes(db, "agreement", Agreement.type),
        outcomes=_codes(db, "outcome", Outcome.type),
        statuses=tuple(code for code in ORDER if code in _codes(db, STATUS_TABLE, STATUS)),
        years=(int(years[0] or 2000), int(years[1] or 2001)),
        run=next(iter(_rows(db, "SELECT * FROM run LIMIT 1")), {str(Run.id): ""}),
    )


_ACCEPTED = " UNION ".join(f"SELECT {{key}} FROM {kind}_{{table}} WHERE {Link.accepted}" for kind in ("agreement", "outcome", "news"))
_LINKED = f"SELECT * FROM {{table}} WHERE {{key}} IN ({_ACCEPTED}) ORDER BY {{key}}"
_YEARS = " UNION ALL ".join(
    f"SELECT {year} AS year FROM {table}"
    for table, year in (("agreement", Agreement.signed_year), ("outcome", Outcome.year), ("news", News.published_year))
)
_YEARS = f"SELECT min(year), max(year) FROM ({_YEARS})"


def _rows(db: duckdb.DuckDBPyConnection, sql: str) -> tuple[Row, ...]:
    answer = db.execute(sql)
    names = [column[0] for column in answer.description]
    return tuple(dict(zip(names, row, strict=True)) for row in answer.fetchall())


def _codes(db: duckdb.DuckDBPyConnection, table: str, column: str) -> tuple[str, ...]:
    found = db.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1").fetchall()
    return tuple(code for (code,) in found)
