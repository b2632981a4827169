"""The order of day and month is voted by the column, and what the vote does is told."""

from __future__ import annotations

import pytest

from etl.normalise.date_orders import Column, date_orders
from etl.normalise.rows import understand
from etl.readings import Readings
from etl.records import Cell, Origin, Row

SIGNED, EXPIRES = "C", "D"


def rows(signed: list[str], expires: list[str] | None = None, kind: str = "text", file: str = "a.csv") -> list[Row]:
    """Return one agreement a date, with the dates as text or as true dates where they look like ISO."""
    found = []
    for number, text in enumerate(signed, 2):
        cell = Cell(SIGNED, text, number, type="date" if text[:3].isdigit() else "text")
        values = {"title": (Cell("A", f"Agreement {number}", number),), "partners": (Cell("B", "TU Graz", number),), "signed": (cell,)}
        if expires:
            values["expires"] = (Cell(EXPIRES, expires[number - 2], number),)
        cells = tuple(cell for many in values.values() for cell in many)
        found.append(Row(Origin(file, "", number), cells, "record", kind="agreement", values=values))
    return found


CASES = [
    # dates                                     order    first date   findings              why
    (["03/04/2021", "25/03/2021"], "dmy", "2021-04-03", ["voted_date_order"], "one date can only be day first"),
    (["03/04/2021", "03/25/2021"], "mdy", "2021-03-04", ["voted_date_order"], "one date can only be month first"),
    (["03/04/2021", "25/03/2021", "03/25/2021"], "mixed", "2021", ["mixed_date_order", "ambiguous_date"], "both orders in one column"),
    (["03/04/2021", "04/05/2021"], "", "2021-04-03", ["unknown_date_order", "ambiguous_date", "ambiguous_date"], "no date decides"),
    (["03/04/2021"] + ["25/03/2021"] * 20 + ["03/25/2021"], "dmy", "2021-04-03", ["voted_date_order"], "one slip among twenty"),
    (["03.04.2021", "03/25/2021"], "mdy", "2021-03-04", [], "dots follow the column that is month first throughout"),
]


@pytest.mark.parametrize(("texts", "order", "first", "codes", "why"), CASES, ids=[why for *_, why in CASES])
def test_the_column_votes(texts: list[str], order: str, first: str, codes: list[str], why: str) -> None:
    given = rows(texts)
    assert date_orders(given, {}).of(Column("a.csv", "", SIGNED)) == order
    done = understand(given, Readings())
    assert done.records[0].date("signed") == first
    assert [each.code for each in done.findings if "date" in each.code] == codes


def test_what_the_analyst_states_wins_over_the_vote_and_is_not_reported() -> None:
    done = understand(rows(["03/04/2021", "25/03/2021"]), Readings(), {("a.csv", ""): "mdy"})
    assert [record.date("signed") for record in done.records] == ["2021-03-04", "2021-03-25"]
    assert not [each for each in done.findings if "date" in each.code]


def test_a_column_that_cannot_decide_follows_the_other_column_of_its_file_but_not_of_another_file() -> None:
    here = rows(["03/04/2021"], ["12/31/2025"])
    elsewhere = rows(["25/12/2020"], file="b.csv")
    orders = date_orders([*here, *elsewhere], {})
    assert (orders.of(Column("a.csv", "", SIGNED)), orders.of(Column("b.csv", "", SIGNED))) == ("mdy", "dmy")
    assert "the other columns of the file" in orders.findings[0].message


def test_a_column_without_any_clue_is_told_so_with_what_to_do() -> None:
    (told,) = date_orders(rows(["03/04/2021", "04/05/2021"]), {}).findings
    assert (told.code, told.file, told.letter) == ("unknown_date_order", "a.csv", SIGNED)
    assert "its 2 dates in figures are day first or month first, and neither does another column" in told.message
    assert "date_order" in (told.advice or "") and "sources.yaml" in (told.advice or "")


def test_a_column_without_a_clue_beside_columns_that_contradict_says_so_without_counting_to_nought() -> None:
    given = rows(["03/04/2021"] * 2, ["25/03/2021", "03/25/2021"])
    orders = date_orders(given, {})
    told = {each.letter: each for each in orders.findings}
    assert told[SIGNED].code == "unknown_date_order" and "contradict each other; only the year of each is kept" in told[SIGNED].message
    assert not [each for each in orders.findings if "0 " in each.message.replace("20", "")]
    assert orders.of(Column("a.csv", "", SIGNED)) == "mixed"


def test_what_is_stated_for_one_sheet_says_nothing_of_another() -> None:
    given = rows(["03/04/2021"], file="a.xlsx")
    assert date_orders(given, {("a.xlsx", "2020"): "mdy"}).of(Column("a.xlsx", "", SIGNED)) == ""
    assert date_orders(given, {("a.xlsx", ""): "mdy"}).of(Column("a.xlsx", "", SIGNED)) == "mdy"


def test_each_column_of_a_file_has_its_own_order() -> None:
    orders = date_orders(rows(["25/03/2021"], ["12/31/2025"]), {})
    assert (orders.of(Column("a.csv", "", SIGNED)), orders.of(Column("a.csv", "", EXPIRES))) == ("dmy", "mdy")


def test_true_dates_that_a_program_swapped_are_suspected() -> None:
    swapped = [f"2021-{month:02d}-03" for month in range(1, 7)] + [f"{day}/03/2021" for day in range(20, 26)]
    assert "swapped_dates" in [each.code for each in date_orders(rows(swapped), {}).findings]
    sound = [f"2021-03-{day:02d}" for day in range(10, 16)] + [f"{day}/03/2021" for day in range(20, 26)]
    assert "swapped_dates" not in [each.code for each in date_orders(rows(sound), {}).findings]
