"""Every number is worked out a second time, in plain Python, from the rows that went into the engine."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

from dashboard.filters import Selection
from dashboard.query import counts, registers
from dashboard.query.chosen import Kind, rows_of
from etl.indicators.counting import fractional, full, two_way
from etl.indicators.status import Terms, status
from etl.tables import table as table_of

Rows = dict[str, list[dict[str, Any]]]
DB = duckdb.DuckDBPyConnection
KINDS: tuple[Kind, ...] = ("agreement", "outcome", "planned", "news")
KEYS = {"agreement": "agreement_id", "outcome": "outcome_id", "news": "news_id"}
YEARS = {"agreement": "signed_year", "outcome": "happened_year", "news": "published_year"}
HOME = "RUS"
agreement_columns = [str(column) for column in table_of("agreement").columns]


def selections(number: int = 40) -> list[Selection]:
    chance = random.Random(7)

    def some(codes: list[str]) -> tuple[str, ...]:
        return tuple(sorted(chance.sample(codes, chance.choice([0, 0, 0, 1, 2]))))

    made = [Selection(), Selection(countries=("CHN",)), Selection(fields=("2",)), Selection(countries=("ZZZ",))]
    for _ in range(number - len(made)):
        out = [
            ("country", "CHN"),
            ("country", "150"),
            ("field", "2.5"),
            ("type", "exchange_agreement"),
            ("status", "expired"),
            ("outcome", "grant"),
        ]
        years = sorted(chance.choices([None, 2014, 2019, 2023], k=2), key=lambda y: y or 0)
        made.append(
            Selection(
                countries=some(["CHN", "DEU", "FRA", "SGP", "142"]),
                fields=some(["1.2", "1.3", "2", "2.5", "5"]),
                types=some(["cooperation_agreement", "exchange_agreement"]),
                outcomes=some(["joint_lab", "grant", "event"]),
                partners=some(["org-tub", "org-tsu", "org-net", "org-cas"]),
                statuses=some(["active", "expired", "end_unknown"]),
                excluded=tuple(sorted(chance.sample(out, chance.choice([0, 0, 0, 1, 2])))),
                since=years[0],
                until=years[1],
                counting=chance.choice(["full", "fractional"]),
            )
        )
    return made


SELECTIONS = selections()


def codes_of(rows: Rows, table: str, id_: str, name: str) -> list[str]:
    key = {"country": "country_code", "field": "field_code", "partner": "partner_id"}[name]
    at_home = {p["partner_id"] for p in rows["partner"] if p["country_code"] == HOME} | {HOME}
    links = rows[f"{table}_{name}"]
    return sorted({r[key] for r in links if r[KEYS[table]] == id_ and r["is_accepted"] and r[key] not in at_home})


def all_codes(rows: Rows, table: str, id_: str, name: str) -> set[str]:
    key = {"country": "country_code", "field": "field_code", "partner": "partner_id"}[name]
    return {r[key] for r in rows[f"{table}_{name}"] if r[KEYS[table]] == id_ and r["is_accepted"]}


def in_fields(code: str, chosen: tuple[str, ...]) -> bool:
    return code in chosen or code.split(".")[0] in chosen


def expected(rows: Rows, kind: Kind, s: Selection) -> list[dict[str, Any]]:
    table = "outcome" if kind == "planned" else kind
    found = [r for r in rows[table] if table != "outcome" or r["is_planned"] == (kind == "planned")]
    return [r for r in found if fits(rows, table, r, s)]


def fits(rows: Rows, table: str, r: dict[str, Any], s: Selection) -> bool:
    year = r[YEARS[table]]
    if (s.since and (year is None or year < s.since)) or (s.until and (year is None or year > s.until)):
        return False
    parts = {"country": s.countries, "field": s.fields, "partner": s.partners, "type": s.types, "status": s.statuses, "outcome": s.outcomes}
    if not all(fits_part(rows, table, r, name, codes) for name, codes in parts.items() if codes):
        return False
    return not any(fits_part(rows, table, r, name, (code,)) for name, code in s.excluded)


def fits_part(rows: Rows, table: str, r: dict[str, Any], name: str, codes: tuple[str, ...]) -> bool:
    id_ = r[KEYS[table]]
    if name == "outcome":
        return fits_outcomes(rows, table, r, codes)
    if name in ("type", "status"):
        return any(of_agreement(a, name) in codes for a in tied_agreements(rows, table, r))
    known = all_codes(rows, table, id_, name)
    if name == "country":
        return bool(known & set(codes)) or bool({c["region_code"] for c in rows["country"] if c["country_code"] in known} & set(codes))
    return any(in_fields(code, codes) for code in known) if name == "field" else bool(known & set(codes))


def of_agreement(a: dict[str, Any], name: str) -> str | None:
    if name == "type":
        return a["agreement_type_code"]
    return status(Terms.of(dict.fromkeys(agreement_columns) | a), date(2026, 11, 22)).code


def tied_agreements(rows: Rows, table: str, r: dict[str, Any]) -> list[dict[str, Any]]:
    if table == "agreement":
        return [r]
    tied = {x["agreement_id"] for x in rows[f"{table}_agreement"] if x[KEYS[table]] == r[KEYS[table]] and x["is_accepted"]}
    return [a for a in rows["agreement"] if a["agreement_id"] in tied]


def fits_outcomes(rows: Rows, table: str, r: dict[str, Any], codes: tuple[str, ...]) -> bool:
    if table == "outcome":
        return r["outcome_type_code"] in codes
    bridge = "outcome_agreement" if table == "agreement" else "news_outcome"
    tied = {x["outcome_id"] for x in rows[bridge] if x[KEYS[table]] == r[KEYS[table]] and x["is_accepted"]}
    made = [o for o in rows["outcome"] if o["outcome_id"] in tied and not (table == "agreement" and o["is_planned"])]
    return any(o["outcome_type_code"] in codes for o in made)


def shown(name: str, rows: Rows, s: Selection) -> Callable[[str], bool]:
    """Which codes of a dimension are shown: all, or those that the reader has chosen of it."""
    regions = {c["country_code"]: c["region_code"] for c in rows["country"]}

    def in_countries(code: str | None) -> bool:
        return not s.countries or code in s.countries or regions.get(code or "") in s.countries

    if name == "country":
        return in_countries
    if name == "field":
        return lambda code: not s.fields or (bool(code) and in_fields(code, s.fields))
    where = {p["partner_id"]: p["country_code"] for p in rows["partner"]}
    if s.partners:
        return lambda code: code in s.partners
    return lambda code: in_countries(where.get(code))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_the_filtered_set_is_that_of_a_second_calculation(rows: Rows, crowded: DB, s: Selection, kind: Kind) -> None:
    table = "outcome" if kind == "planned" else kind
    found = registers.register(crowded, s, kind, 10_000)
    assert {r["id"] for r in found} == {r[KEYS[table]] for r in expected(rows, kind, s)}
    assert registers.size(crowded, s, kind) == len(found)


@pytest.mark.parametrize("name", ["country", "field", "partner"])
@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_both_counts_are_those_of_a_second_calculation(rows: Rows, crowded: DB, s: Selection, name: str) -> None:
    ask = {"country": counts.by_country, "field": counts.by_field, "partner": counts.by_partner}[name]
    for kind in KINDS:
        table = "outcome" if kind == "planned" else kind
        codes = [codes_of(rows, table, r[KEYS[table]], name) for r in expected(rows, kind, s)]
        keep = shown(name, rows, s)
        found = rows_of(ask(crowded, s, kind))
        assert {r["code"] or "": r["n"] for r in found} == {c: int(n) for c, n in full(codes).items() if keep(c)}
        assert {r["code"] or "": r["share"] for r in found} == pytest.approx({c: float(n) for c, n in fractional(codes).items() if keep(c)})
        assert {r["total"] for r in found} <= {len(codes)}


@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_the_matrix_is_that_of_a_second_calculation(rows: Rows, crowded: DB, s: Selection) -> None:
    wanted = [r["agreement_id"] for r in expected(rows, "agreement", s)]
    pairs = [(codes_of(rows, "agreement", i, "field"), codes_of(rows, "agreement", i, "country")) for i in wanted]
    field, country = shown("field", rows, s), shown("country", rows, s)
    weights = {pair: float(n) for pair, n in two_way(pairs).items() if field(pair[0]) and country(pair[1])}
    found = rows_of(counts.field_by_country(crowded, s))
    assert {(r["field"] or "", r["country"] or ""): r["share"] for r in found} == pytest.approx(weights)
    lost = sum(not fields or not countries for fields, countries in pairs)
    assert {r["lost"] for r in found} <= {lost}


@pytest.mark.parametrize("s", SELECTIONS, ids=lambda s: s.to_query() or "everything")
def test_years_and_types_add_up_to_the_records(rows: Rows, crowded: DB, s: Selection) -> None:
    for kind, column in (("agreement", "agreement_type_code"), ("outcome", "outcome_type_code"), ("news", "event_code")):
        wanted = expected(rows, kind, s)  # type: ignore[arg-type]
        found = rows_of(counts.by_year(crowded, s, kind, column))  # type: ignore[arg-type]
        assert sum(r["n"] for r in found) == len(wanted)
        for r in found:
            assert r["n"] == sum(w[YEARS[kind]] == r["year"] and w[column] == r["code"] for w in wanted)


def test_the_fixture_of_the_definitions(small: DB) -> None:
    found = {r["code"]: r for r in rows_of(counts.by_country(small, Selection(since=2020, until=2022)))}
    assert {code: r["n"] for code, r in found.items()} == {"CHN": 3, "DEU": 2, "FRA": 1}
    assert found["CHN"]["share"] == pytest.approx(1 + 1 / 2 + 1 / 3)


def test_a_filter_does_not_make_a_half_a_whole(small: DB) -> None:
    whole = {r["code"]: r["share"] for r in rows_of(counts.by_country(small, Selection()))}
    china = rows_of(counts.by_country(small, Selection(countries=("CHN",))))
    assert [r["code"] for r in china] == ["CHN"]
    assert china[0]["share"] == pytest.approx(whole["CHN"])


def test_the_home_country_is_nobodys_partner(small: DB) -> None:
    assert "RUS" not in set(counts.by_country(small, Selection())["code"])
    assert "org-msu" not in set(counts.by_partner(small, Selection())["code"])


def test_a_proposal_does_not_count(small: DB) -> None:
    assert "SGP" not in set(counts.by_country(small, Selection())["code"])
    assert not len(counts.by_country(small, Selection(countries=("SGP",))))


def test_planned_outcomes_are_counted_apart(small: DB) -> None:
    frame = counts.by_country(small, Selection(), "outcome")
    assert "FRA" not in set(frame["code"])
    assert set(frame["planned"]) == {1}


def test_partners_are_a_set_not_a_sum(small: DB) -> None:
    frame = counts.partners_by(small, Selection(), "partner_kind")
    assert dict(zip(frame["code"], frame["n"], strict=True)) == {"university": 3, "academy": 1, "network": 1}


def test_a_first_year_is_counted_once_per_partner(small: DB) -> None:
    found = {r["year"]: r["n"] for r in registers.first_years(small, Selection(), "partner")}
    assert found == {2020: 1, 2021: 1, 2022: 1, 2023: 1, None: 1}


def test_activity_is_the_latest_accepted_and_achieved(small: DB) -> None:
    assert registers.last_activity(small, Selection()) == {"A1": "2021-09", "A3": "2026-01-10", "AGR-SEED": "2023-11-14"}
