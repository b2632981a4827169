"""What an agreement without a country or a partner is told is true of it."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from etl.pipeline.run import run

CASES = [
    # partner                                    country             code                   said                           why
    ("Quokka Island University", "Russia", "only_home_country", "Only the home country is written (Russia)", "ours alone"),
    ("Quokka Island University", "Россия; Russia", "only_home_country", "Only the home country", "ours, twice"),
    ("Novosibirsk State University", "", "only_home_country", "the partner is in the home country", "a partner at home"),
    ("Quokka Island University", "", "missing_country", "No country is written", "nothing at all"),
    ("Quokka Island University", "Russia, Austria", None, "", "ours and another"),
    ("Technical University of Munich", "", None, "", "the partner says the country"),
    ("", "Austria", "missing_partner", "No partner is written", "no partner"),
]


@pytest.mark.parametrize(("partner", "country", "code", "said", "why"), CASES, ids=[why for *_, why in CASES])
def test_what_is_missing_is_said_as_it_is(partner: str, country: str, code: str | None, said: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.csv").write_text(f'Title;Partner;Country;Date\n"Exchange";"{partner}";"{country}";2020\n', "utf-8")
    done = run(tmp_path / "raw", tmp_path / "out", "2026-11-22")
    assert done.folder is not None
    problems = pq.read_table(done.folder / "problem.parquet").to_pylist()
    found = [row for row in problems if row["problem_code"] in ("only_home_country", "missing_country", "missing_partner")]
    assert [row["problem_code"] for row in found] == ([code] if code else [])
    assert all(said in row["message"] and row["row_number"] == 2 for row in found)


def test_the_order_stated_for_a_sheet_is_the_order_its_dates_are_read_in(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Title;Partner;Country;Date\nExchange;TU Graz;Austria;03/04/2020\n", "utf-8")
    for order, day in (("mdy", "2020-03-04"), ("dmy", "2020-04-03")):
        (tmp_path / "sources.yaml").write_text(f"a.csv: {{date_order: ymd, sheets: {{'*': {{date_order: {order}}}}}}}\n", "utf-8")
        done = run(tmp_path, tmp_path / "out", "2026-11-22")
        assert done.folder is not None
        assert [row["signed_on"] for row in pq.read_table(done.folder / "agreement.parquet").to_pylist()] == [day]
