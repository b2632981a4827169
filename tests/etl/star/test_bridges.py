from __future__ import annotations

from dataclasses import replace

from etl.records import Cell, RunPartner
from etl.star.bridges import countries_of, fields_of
from etl.star.linked import Proof
from tests.etl.builders import record, said


def with_fields(column: str, *codes: str):
    made = record()
    values = {**made.row.values, column: (Cell("H", ", ".join(codes), 5),)}
    return replace(made, row=replace(made.row, values=values), fields=tuple(said(code) for code in codes))


def test_a_column_of_fields_wins_over_a_mixed_one() -> None:
    assert set(fields_of([with_fields("fields_areas", "5.2", "1.3"), with_fields("fields", "1.3")])) == {"1.3"}


def test_a_mixed_column_counts_where_there_is_no_other() -> None:
    assert set(fields_of([with_fields("fields_areas", "5.2"), record()])) == {"5.2"}


def graz(country: str) -> dict[str, RunPartner]:
    return {"org-graz": RunPartner("org-graz", "TU Graz", "", "", "", "university", "", country, "", ())}


def test_a_blank_country_follows_from_the_partner_and_says_so() -> None:
    found = countries_of([record()], {"org-graz": Proof("TU Graz", "alias")}, graz("AUT"), "RUS")
    assert [(code, proof.method) for code, proof in found.items()] == [("AUT", "partner")]


def test_a_written_country_wins_over_the_partner() -> None:
    written = replace(record(), countries=(said("DEU", "ФРГ"),))
    assert set(countries_of([written], {"org-graz": Proof("TU Graz", "alias")}, graz("AUT"), "RUS")) == {"DEU"}


def test_the_home_country_never_counts() -> None:
    written = replace(record(), countries=(said("RUS", "Россия"),))
    assert countries_of([written], {}, {}, "RUS") == {}
    assert countries_of([record()], {"org-graz": Proof("MGIMO", "alias")}, graz("RUS"), "RUS") == {}
