import duckdb

from dashboard.filters import Selection
from dashboard.query import evidence, quality

DB = duckdb.DuckDBPyConnection
SEED = "AGR-SEED"


def test_a_merged_duplicate_has_the_cells_of_both_registers(small: DB) -> None:
    assert [row["file_name"] for row in evidence.sources(small, "agreement", SEED)] == ["agreements.xlsx", "реестр.xlsx"]
    signed = [cell for cell in evidence.cells(small, "agreement", SEED) if cell["feeds"] == "signed"]
    assert [(cell["letter"], cell["text"], cell["header_text"]) for cell in signed] == [
        ("F", "14.11.2023", "Signed"),
        ("E", "14 ноября 2023 г.", "Дата"),
    ]


def test_a_merged_cell_is_shown_where_it_is_written(small: DB) -> None:
    cell = next(c for c in evidence.cells(small, "agreement", SEED) if c["letter"] == "D")
    assert (cell["written_row"], cell["row_number"] != 7) == (7, True)


def test_a_cell_under_no_header_is_still_there(small: DB) -> None:
    cells = {cell["letter"]: cell for cell in evidence.cells(small, "outcome", "O1")}
    assert cells["A"]["header_text"] is None


def test_every_row_has_one_fate(small: DB) -> None:
    ledger = quality.ledger(small, Selection())
    assert (ledger[list(quality.FATES)].sum(axis=1) == ledger["n"]).all()
    assert ledger["n"].sum() == quality.run(small)["rows_read"]


def test_errors_come_first_and_findings_without_a_file_last(small: DB) -> None:
    assert [row["problem_id"] for row in quality.problems(small)] == ["p1", "p3", "p2"]


def test_an_open_end_is_not_missing(small: DB) -> None:
    missing = quality.missing(small, Selection()).set_index(["kind", "code"])["n"]
    assert missing["agreement", "expires_on"] == 3
    assert missing["agreement", "country"] == 1


def test_a_country_in_thousands_of_records_lists_the_first_of_them(small: DB) -> None:
    whole = {(row["kind"], row["record_id"]) for row in evidence.mentions(small, "country", "DEU")}
    assert len(whole) == evidence.mentioned(small, "country", "DEU") > 0
    cursor = small.cursor()
    cursor.execute("BEGIN")
    cursor.execute("INSERT INTO outcome SELECT o.* REPLACE ('many-' || i AS outcome_id) FROM range(400) r(i), (FROM outcome LIMIT 1) o")
    cursor.execute("""
        INSERT INTO outcome_country
        SELECT c.* REPLACE ('many-' || i AS outcome_id, 'DEU' AS country_code) FROM range(400) r(i), (FROM outcome_country LIMIT 1) c""")
    assert evidence.mentioned(cursor, "country", "DEU") == len(whole) + 400
    shown = {(row["kind"], row["record_id"]) for row in evidence.mentions(cursor, "country", "DEU")}
    assert sum(kind == "outcome" for kind, _ in shown) == evidence.MOST_NAMED
    assert {each for each in whole if each[0] != "outcome"} <= shown, "no kind crowds out another"
    cursor.execute("ROLLBACK")
