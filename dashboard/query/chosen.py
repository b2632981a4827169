"""What a selection means for each kind of record: ONE filtered set, from which every question of a page is answered.

| part | agreements | outcomes | news |
|---|---|---|---|
| country, field, partner | linked to any of them | linked to any of them | linked to any of them |
| years | signed | happened | published |
| agreement type | of any of them | of an agreement of any of them | about an agreement of any of them |
| outcome type | led to an achieved outcome of any of them | of any of them | about an outcome of any of them |
| status | of any of them on the as-of date | of an agreement of any of them | about an agreement of any of them |

Only accepted links count. A record without a year is outside every range of years. An area (``2``) chooses all its fields, a region
(``142``) all its countries. What is left out (``-CHN``) takes exactly the records away that choosing it would leave, so that the two make
the whole; the fractions of the records that stay do not change.
Outcomes that are only planned are no outcomes yet: ``outcome`` leaves them out, ``planned`` has only them.
"""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from typing import Any, Literal, cast

import duckdb
import pandas as pd

from dashboard.filters import LISTS, Selection
from etl.indicators.status import SUCCESSOR
from etl.tables import Agreement, Country, Field, Link, News, Outcome, Partner, Run

Kind = Literal["agreement", "outcome", "planned", "news"]
Params = dict[str, Any]

COUNT, SHARE, TOTAL, AS_OF = "n", "share", "total", "as_of"
"""Records (full counting), their fractional sum, size of the filtered set, and the as-of date: columns that queries add."""
LINES = "lines"
"""Rows that the whole answer has, where a frame holds only the first of them."""
AS_OF_SQL = f"(select max({Run.as_of}) from run)"
HOME_SQL = f"coalesce((select max({Run.home}) from run), '')"
"""The country of the own institution, which is nobody's partner country."""

SUCCESSOR_SQL = (
    f"(select coalesce(s.{Agreement.effective}, s.{Agreement.signed}) from agreement s"
    f" where s.{Agreement.id} = r.{Agreement.superseded_by}) as {SUCCESSOR}"
)
"""From when the agreement that replaces ``r`` is in force: until then the old one is not superseded."""

YEARS: dict[Kind, str] = {"agreement": Agreement.signed_year, "outcome": Outcome.year, "planned": Outcome.year, "news": News.published_year}
KEYS: dict[Kind, str] = {"agreement": Agreement.id, "outcome": Outcome.id, "planned": Outcome.id, "news": News.id}
DATES: dict[Kind, str] = {"agreement": Agreement.signed, "outcome": Outcome.date, "planned": Outcome.date, "news": News.published}
STATUS_TABLE, STATUS = "agreement_status", "status_code"
"""How each agreement stands on the as-of date: made from the published tables by :mod:`dashboard.query.prepared`."""
CODES = {"country": str(Country.code), "field": str(Field.code), "partner": str(Partner.id)}


SET, LINKS = "/* set of {kind} */", "/* links */"
"""Before a filtered set and before links that count, in the text of a question: a click takes them from a table of its own."""


def frame(db: duckdb.DuckDBPyConnection, sql: str, params: Params | None = None) -> pd.DataFrame:
    """Return the answer as a frame; numbers stay numbers, an absent text is None."""
    return cast(pd.DataFrame, db.execute(sql, params or {}).df())


def records(db: duckdb.DuckDBPyConnection, sql: str, params: Params | None = None) -> list[dict[str, Any]]:
    """Return the answer as rows; what is absent is None, never NaN."""
    answer = db.execute(sql, params or {})
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def rows_of(frame_: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame; what is absent is None, never NaN."""
    names = [str(name) for name in frame_.columns]
    columns = [_plain(column) for _, column in frame_.items()]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(column: pd.Series) -> list[Any]:
    """Return the values as plain ones, None for what is absent: a frame of objects, made for that alone, costs ten times as much."""
    values = column.tolist()
    if column.dtype.kind in "iub" and not isinstance(column.dtype, pd.api.extensions.ExtensionDtype):
        return values
    return [None if value is None or value is pd.NA or value is pd.NaT or value != value else value for value in values]


def chosen(kind: Kind, selection: Selection) -> tuple[str, Params]:
    """Return the query of the filtered set (all columns, and the key again as ``id``) and its parameters."""
    table = "outcome" if kind == "planned" else kind
    params: Params = {}
    tests = _years(kind, selection, params)
    for name, attribute in LISTS.items():
        if codes := getattr(selection, attribute):
            tests.append(_test(table, name, attribute))
            params[attribute] = list(codes)
        if codes := selection.left_out(name):
            tests.append(f"not coalesce({_test(table, name, f'no_{attribute}')}, false)")
            params[f"no_{attribute}"] = list(codes)
    if table == "outcome":
        tests.append(f"{'' if kind == 'planned' else 'not '}r.{Outcome.planned}")
    if selection.record and selection.record[0] == table:
        tests.append(f"r.{KEYS[kind]} = $record")
        params["record"] = selection.record[1]
    more_columns = f", {SUCCESSOR_SQL}" if table == "agreement" else ""
    return (
        f"{SET.format(kind=kind)} select r.*, r.{KEYS[kind]} as id{more_columns} from {table} r where {' and '.join(tests) or 'true'}",
        params,
    )


def linked(kind: Kind, name: str, part: str = "linked") -> str:
    """Return the CTE ``part``: one row per record and distinct ``code`` of ``name`` that counts (accepted, not at home)."""
    table = "outcome" if kind == "planned" else kind
    code = CODES[name]
    abroad = f" and {code} <> {HOME_SQL}" if name == "country" else ""
    foreign = f" and {code} not in (select {Partner.id} from partner where {Partner.country} = {HOME_SQL})" if name == "partner" else ""
    return (
        f"{part} as ({LINKS} select distinct {KEYS[kind]} as id, {code} as code from {table}_{name} where {Link.accepted}{abroad}{foreign})"
    )


def only(name: str, selection: Selection, column: str = "code") -> tuple[str, Params]:
    """Return the test that keeps, of the codes shown, those that the reader has chosen; denominators do not change by it."""
    if name == "country" and selection.countries:
        return _country_test(column), {"countries": list(selection.countries)}
    if name == "field" and selection.fields:
        return _field_test(column), {"fields": list(selection.fields)}
    if name == "partner" and selection.partners:
        return f"{column} = any($partners)", {"partners": list(selection.partners)}
    if name == "partner" and selection.countries:
        test = f"{column} in (select {Partner.id} from partner where {_country_test(Partner.country)})"
        return test, {"countries": list(selection.countries)}
    return "true", {}


def _field_test(column: str, codes: str = "fields") -> str:
    return f"({column} = any(${codes}) or split_part({column}, '.', 1) = any(${codes}))"


def _country_test(column: str, codes: str = "countries") -> str:
    return f"({column} = any(${codes}) or {column} in (select {Country.code} from country where {Country.region} = any(${codes})))"


def _test(table: str, name: str, codes: str) -> str:
    """Return the test that a record of ``table`` has any of the codes of the parameter ``codes`` in the part ``name``."""
    if name in ("type", "status"):
        return _of_agreements(table, name, codes)
    if name == "outcome":
        return _of_outcomes(table, codes)
    column, key = f"l.{CODES[name]}", KEYS[cast(Kind, table)]
    tests = {"country": _country_test(column, codes), "field": _field_test(column, codes), "partner": f"{column} = any(${codes})"}
    return f"r.{key} in (select l.{key} from {table}_{name} l where l.{Link.accepted} and {tests[name]})"


def _years(kind: Kind, selection: Selection, params: Params) -> list[str]:
    tests = []
    for name, sign, year in (("since", ">=", selection.since), ("until", "<=", selection.until)):
        if year is not None:
            tests.append(f"r.{YEARS[kind]} {sign} ${name}")
            params[name] = year
    return tests


def _of_agreements(table: str, name: str, codes: str) -> str:
    """Return the test of the type or the status of an agreement: of the record itself, or of one that an accepted link ties it to."""
    known = f"(select {Agreement.id} from {STATUS_TABLE} where {STATUS} = any(${codes}))"
    if table == "agreement":
        return f"r.{Agreement.type} = any(${codes})" if name == "type" else f"r.{Agreement.id} in {known}"
    test = f"a.{Agreement.type} = any(${codes})" if name == "type" else f"a.{Agreement.id} in {known}"
    key = KEYS[cast(Kind, table)]
    return (
        f"r.{key} in (select l.{key} from {table}_agreement l join agreement a using ({Agreement.id}) where l.{Link.accepted} and {test})"
    )


def _of_outcomes(table: str, codes: str) -> str:
    if table == "outcome":
        return f"r.{Outcome.type} = any(${codes})"
    bridge, key = ("outcome_agreement" if table == "agreement" else "news_outcome"), KEYS[cast(Kind, table)]
    achieved = f" and not o.{Outcome.planned}" if table == "agreement" else ""
    return (
        f"r.{key} in (select l.{key} from {bridge} l join outcome o using ({Outcome.id})"
        f" where l.{Link.accepted}{achieved} and o.{Outcome.type} = any(${codes}))"
    )
