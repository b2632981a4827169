"""A cell that says what an earlier one of its column said is not read again; what was told of it, and every count, is as if it were."""

from __future__ import annotations

from collections.abc import Mapping

from etl.cells import Line, Shape, Values
from etl.normalise.rows import Understood, understand
from etl.readings import Readings
from etl.records import Cell, HeaderColumn, Origin, Row

FIELDS = ("title", "partners", "countries", "signed", "term", "type", "fields")
LETTERS = tuple("ABCDEFG")
FILLED = {"title": "Agreement", "partners": "TU Graz", "countries": "Austria", "signed": "2020-01-01", "term": "5 years", "type": "MoU"}


def row(number: int, **texts: str) -> Row:
    """Return a plain row, as a workbook gives nearly all of them."""
    said = {**FILLED, "fields": "physics", **texts}
    shape = Shape(LETTERS, ("text",) * len(LETTERS))
    line = Line(shape, [said[name] for name in FIELDS], number)
    return Row(
        Origin("a.xlsx", "S", number), line, "record", kind="agreement", values=Values(line, {n: (at,) for at, n in enumerate(FIELDS)})
    )


def slowly(each: Row) -> Row:
    """Return the same row in the form in which every cell is an object."""
    return Row(each.origin, list(each.cells), "record", kind="agreement", values=dict(each.values))


def read(rows: list[Row], headers: list[HeaderColumn] | None = None) -> tuple[Understood, Mapping[tuple[str, str, str], int]]:
    readings = Readings()
    done = understand(rows, readings, headers=headers or [])
    return done, {key: verdict.cells for key, verdict in readings.verdicts.items()}


def test_every_cell_is_counted_and_named_by_its_own_place() -> None:
    done, cells = read([row(number) for number in (2, 3, 4)])
    assert cells["country", "Austria", ""] == cells["date", "2020-01-01", ""] == cells["term", "5 years", ""] == 3
    assert [record.countries[0].cell for record in done.records] == [Cell("C", "Austria", number) for number in (2, 3, 4)]
    assert [record.date("expires") for record in done.records] == ["2024-12-31"] * 3


def test_what_is_wrong_in_two_rows_is_told_of_both() -> None:
    wrong = {"countries": "Nowhere", "signed": "31.02.2019", "fields": "xqzzt"}
    done, _ = read([row(2, **wrong), row(3), row(4, **wrong)])
    assert [record.row.origin.row for record in done.records] == [3]
    told = {(each.code, each.row) for each in done.findings}
    assert {(code, number) for code in ("bad_country", "bad_date", "bad_field") for number in (2, 4)} <= told


def test_a_number_below_two_headers_has_the_unit_of_the_nearer() -> None:
    headers = [
        HeaderColumn("a.xlsx", "S", 1, "E", "Term, years", "agreement", "term", "", 1),
        HeaderColumn("a.xlsx", "S", 3, "E", "Term, months", "agreement", "term", "", 1),
    ]
    done, _ = read([row(2, term="5"), row(4, term="5"), row(5, term="5")], headers)
    assert [record.term_months for record in done.records] == [60, 5, 5]


def test_both_forms_of_a_row_say_the_same() -> None:
    texts = [
        {},
        {"countries": "Austria; Italy"},
        {"term": "open-ended"},
        {"type": "nonsense"},
        {"signed": "05/03/2021"},
        {"fields": "-"},
        {},
    ]
    rows = [row(number, **each) for number, each in enumerate(texts, 2)]
    (plain, cells), (slow, others) = read(rows), read([slowly(each) for each in rows])
    assert cells == others
    assert plain.findings == slow.findings
    assert [(r.texts, r.dates, r.countries, r.fields, r.type) for r in plain.records] == [
        (r.texts, r.dates, r.countries, r.fields, r.type) for r in slow.records
    ]
