"""What the office should know of its registers comes out whole, in a fixed order, and never from a record told once."""

from __future__ import annotations

import duckdb

from dashboard.query import findings


def test_an_agreement_of_several_rows_is_named_with_all_its_places(small: duckdb.DuckDBPyConnection) -> None:
    found = findings.told_twice(small)
    counted = small.execute(
        "select record_id, count(*) from record_source where record_kind = 'agreement' group by 1 having count(*) > 1"
    ).fetchall()
    assert {row["agreement_id"]: len(row["places"]) for row in found} == dict(counted)
    assert found
    assert all({"file", "sheet", "line"} == set(place) for row in found for place in row["places"])


def test_partners_of_one_form_are_left_out_and_the_others_stand_by_number_of_forms(small: duckdb.DuckDBPyConnection) -> None:
    sizes = [len(row["written_forms"]) for row in findings.many_names(small)]
    assert sizes
    assert min(sizes) > 1
    assert sizes == sorted(sizes, reverse=True)


def test_findings_of_some_codes_are_those_and_no_others_errors_first(small: duckdb.DuckDBPyConnection) -> None:
    codes = [row[0] for row in small.execute("select distinct problem_code from problem order by 1").fetchall()]
    assert len(codes) > 1
    found = findings.of_codes(small, codes[:1])
    assert {row["problem_code"] for row in found} == {codes[0]}
    everything = [row["severity_code"] for row in findings.of_codes(small, codes)]
    assert everything == sorted(everything, key=("error", "warning", "note").index)
    assert findings.of_codes(small, []) == []
