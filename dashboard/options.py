"""What the filters offer: only what occurs in the snapshot, and the names of what is chosen."""

# ruff: noqa: S608 - names come from the contract, there are no values

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from dashboard.figures.words import AGREEMENT_TYPES, OUTCOME_TYPES, word
from dashboard.locale import Say
from etl.tables import Agreement, Country, Field, Link, News, Outcome, Partner, Run

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Options:
    """The rows behind the filters of one snapshot, in no language yet."""

    countries: tuple[Row, ...]
    fields: tuple[Row, ...]
    partners: tuple[Row, ...]
    types: tuple[str, ...]
    outcomes: tuple[str, ...]
    years: tuple[int, int]
    run: Row

    def names(self, say: Say) -> Mapping[str, Mapping[str, str]]:
        """Return code -> name for each part of the address, areas among the fields."""
        areas = {row[Field.area]: say.name(row, "area_name") for row in self.fields}
        return {
            "country": {row[Country.code]: say.name(row) for row in self.countries},
            "field": areas | {row[Field.code]: say.name(row) for row in self.fields},
            "partner": {row[Partner.id]: say.name(row) or row[Partner.name] for row in self.partners},
            "type": {code: word(say, AGREEMENT_TYPES, code) for code in self.types},
            "outcome": {code: word(say, OUTCOME_TYPES, code) for code in self.outcomes},
        }

    def groups(self, say: Say) -> dict[str, list[dict[str, Any]]]:
        """Return what the select boxes list, each in the order of the language: countries by region, fields by area."""
        names = self.names(say)
        regions: dict[str, list[dict[str, str]]] = {}
        for row in self.countries:
            regions.setdefault(say.name(row, "region_name"), []).append(_item(row[Country.code], names["country"]))
        areas: dict[str, list[dict[str, str]]] = {}
        for row in self.fields:
            group = areas.setdefault(row[Field.area], [_item(row[Field.area], names["field"])])
            group.append(_item(row[Field.code], names["field"]))
        return {
            "country": [{"group": name, "items": _by_label(regions[name], say)} for name in sorted(regions, key=say.order)],
            "field": [{"group": names["field"][code], "items": items} for code, items in sorted(areas.items())],
            "partner": _by_label([_item(code, names["partner"]) for code in names["partner"]], say),
            "type": _by_label([_item(code, names["type"]) for code in self.types], say),
            "outcome": _by_label([_item(code, names["outcome"]) for code in self.outcomes], say),
        }


def _item(code: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"value": code, "label": names[code]}


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
