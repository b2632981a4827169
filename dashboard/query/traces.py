"""The records behind a mark that is made of several codes, joined by ``~``; ``none`` stands for a code that is not named."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from collections.abc import Callable

import duckdb

from dashboard.filters import Selection
from dashboard.query.chosen import YEARS, Kind, Params, chosen, linked, only, records
from etl.tables import Outcome

JOIN, NONE = "~", "none"
Traced = Callable[[duckdb.DuckDBPyConnection, Selection, str], list[str]]

_SHOWN: dict[str, str] = {"field": "fields", "country": "countries"}


def _linked_to(name: str, code: str, selection: Selection) -> tuple[str, Params]:
    """Return the test that keeps the records of a code (an area has all its fields), or those that name none."""
    if not code:
        return "true", {}
    if code == NONE:
        return f"id not in (select id from {_SHOWN[name]})", {}
    test, params = only(name, selection)
    own = f"(code = ${name} or split_part(code, '.', 1) = ${name})" if name == "field" else f"code = ${name}"
    return f"id in (select id from {_SHOWN[name]} where {own} and {test})", params | {name: code}


def _ids(db: duckdb.DuckDBPyConnection, kind: Kind, selection: Selection, tests: list[tuple[str, Params]]) -> list[str]:
    base, params = chosen(kind, selection)
    for _, more in tests:
        params |= more
    found = records(db, f"""
        with chosen as ({base}), {linked(kind, "field", "fields")}, {linked(kind, "country", "countries")}
        select id from chosen where {" and ".join(test for test, _ in tests)} order by id
    """, params)  # fmt: skip
    return [str(row["id"]) for row in found]


def of_pair(db: duckdb.DuckDBPyConnection, selection: Selection, mark: str) -> list[str]:
    """Return the agreements in a cell of fields, or areas, and countries: ``2.5~CHN``, ``2~none``."""
    field, _, country = mark.partition(JOIN)
    return _ids(db, "agreement", selection, [_linked_to("field", field, selection), _linked_to("country", country, selection)])


def of_index(db: duckdb.DuckDBPyConnection, selection: Selection, mark: str) -> list[str]:
    """Return the agreements of a pair that an activity index counts: chosen by anything but field and country, and with both."""
    whole = selection.without("country").without("field")
    named: list[tuple[str, Params]] = [("id in (select id from fields) and id in (select id from countries)", {})]
    field, _, country = mark.partition(JOIN)
    return _ids(db, "agreement", whole, [*named, _linked_to("field", field, whole), _linked_to("country", country, whole)])


def of_year(name: str) -> Traced:
    """Return the question for the agreements of a year and a code of ``name`` (``2023~CHN``), or of a code in all years (``CHN``)."""

    def ask(db: duckdb.DuckDBPyConnection, selection: Selection, mark: str) -> list[str]:
        first, joined, last = mark.partition(JOIN)
        year, code = (first, last) if joined else ("", first)
        when: tuple[str, Params] = ("true", {})
        if year == NONE:
            when = f"{YEARS['agreement']} is null", {}
        elif year:
            when = f"cast({YEARS['agreement']} as varchar) = $year", {"year": year}
        return _ids(db, "agreement", selection, [when, _linked_to(name, code, selection)])

    return ask


def of_path(db: duckdb.DuckDBPyConnection, selection: Selection, mark: str) -> list[str]:
    """Return the achieved outcomes from a country over an area to a type: ``CHN~2~joint_lab``.

    A reader's choice of country or field does not hide the other countries and areas of an outcome here, so it hides none of its parts.
    """
    country, area, type_ = [*mark.split(JOIN), "", ""][:3]
    whole = selection.without("country").without("field")
    kind: tuple[str, Params] = (f"{Outcome.type} = $type", {"type": type_}) if type_ else ("true", {})
    return _ids(db, "outcome", selection, [kind, _linked_to("country", country, whole), _linked_to("field", area, whole)])
