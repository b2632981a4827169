"""Cells that say something that cannot be published: the row is refused by name, the others are loaded."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook

from etl.pipeline.run import run
from tests.conftest import AS_OF

AGREEMENT = {"Agreement ID": "X-2", "Title": "Second", "Partner": "TU Graz", "Country": "Austria", "Signed": "2020", "Expires": "2025"}
OUTCOME = {"Outcome ID": "O-2", "Agreement ID": "X-1", "Year": "2021", "Metric": "Joint publications", "Value": "4"}

REFUSED = [
    (AGREEMENT, "Signed", "31.02.2020", "bad_date", "a day that does not exist"),
    (AGREEMENT, "Signed", "2031", "future_signed", "signed after the as-of date"),
    (AGREEMENT, "Expires", "2019", "date_order", "ended before it began"),
    (AGREEMENT, "Expires", "some day", "bad_date", "an end that is neither date nor term"),
    (AGREEMENT, "Country", "Atlantis", "bad_country", "a country that does not exist"),
    (AGREEMENT, "Signed", "#REF!", "error_cell", "an error of the spreadsheet is no value"),
    (AGREEMENT, "Title", "=A1", "formula_no_value", "a formula that was never calculated is no value"),
    (OUTCOME, "Value", "-3", "negative_count", "a negative count"),
    (OUTCOME, "Metric", "Weather", "bad_type", "a kind of outcome that does not exist"),
]
KEPT = [
    (AGREEMENT, "Country", "", "agreement_id", "X-2", "no country is unknown, not wrong"),
    (AGREEMENT, "Country", "NA", "agreement_id", "X-2", "Namibia's code is a country, not 'not available'"),
    (AGREEMENT, "Signed", "", "signed_on", None, "no date is unknown, not wrong"),
    (AGREEMENT, "Expires", "5 years", "expires_on", "2025", "a term in words"),
    (AGREEMENT, "Expires", "бессрочно", "is_open_ended", True, "without end"),
    (OUTCOME, "Value", "over 100", "amount_qualifier", "at_least", "more than"),
    (OUTCOME, "Agreement ID", "X-9", "outcome_id", "O-2", "a number that leads nowhere is reported, the outcome stays"),
]


def publish(folder: Path, row: dict[str, str], column: str, text: str):
    good = row | {"Agreement ID": "X-1", "Title": "First"} if row is AGREEMENT else row | {"Outcome ID": "O-1"}
    book = Workbook()
    sheet = book.active
    sheet.append(list(row))
    sheet.append(list(good.values()))
    sheet.append(list((row | {column: text}).values()))
    if text.startswith("#"):
        sheet.cell(3, list(row).index(column) + 1).data_type = "e"
    (folder / "raw").mkdir()
    book.save(folder / "raw" / "x.xlsx")
    return run(folder / "raw", folder / "out", AS_OF)


@pytest.mark.parametrize(("row", "column", "text", "code", "why"), REFUSED, ids=[why for *_, why in REFUSED])
def test_the_row_is_refused_and_named(tmp_path: Path, row, column, text, code, why) -> None:
    done = publish(tmp_path, row, column, text)
    assert (done.run["rows_loaded"], done.run["rows_quarantined"]) == (1, 1)
    problems = pq.read_table(done.folder / "problem.parquet").to_pylist()
    (found,) = [p for p in problems if p["severity_code"] == "error"]
    assert (found["problem_code"], found["row_number"]) == (code, 3)
    assert found["message"]
    assert found["advice"]
    quarantine = load_workbook(done.folder / "quarantine.xlsx")["x.xlsx Sheet"]
    refused = [c.value for c in quarantine[5]]
    assert refused[0] == 3
    assert refused[2] == found["message"]
    assert (found["letter"] or "") in refused[1]


def test_an_outcome_that_names_only_its_agreement_takes_over_partner_and_country(tmp_path: Path) -> None:
    book = Workbook()
    for line in (list(AGREEMENT), list(AGREEMENT.values())):
        book.active.append(line)
    outcomes = book.create_sheet("Outcomes")
    for line in (list(OUTCOME), list((OUTCOME | {"Agreement ID": "X-2"}).values())):
        outcomes.append(line)
    (tmp_path / "raw").mkdir()
    book.save(tmp_path / "raw" / "x.xlsx")
    done = run(tmp_path / "raw", tmp_path / "out", AS_OF)
    partners, countries = (pq.read_table(done.folder / f"outcome_{name}.parquet").to_pylist() for name in ("partner", "country"))
    assert [(p["partner_id"], p["raw_text"], p["method"]) for p in partners] == [("org-tu-graz", "X-2", "agreement")]
    assert [c["country_code"] for c in countries] == ["AUT"]


@pytest.mark.parametrize(("row", "column", "text", "published", "value", "why"), KEPT, ids=[why for *_, why in KEPT])
def test_the_row_is_kept(tmp_path: Path, row, column, text, published, value, why) -> None:
    done = publish(tmp_path, row, column, text)
    assert (done.run["rows_loaded"], done.run["rows_quarantined"]) == (2, 0)
    kind = "agreement" if row is AGREEMENT else "outcome"
    records = {r[f"{kind}_id"]: r for r in pq.read_table(done.folder / f"{kind}.parquet").to_pylist()}
    assert records["X-2" if kind == "agreement" else "O-2"][published] == value
