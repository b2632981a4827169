"""Numbers of records: kept to the letter; twice, dangling or look-alike they are refused, whatever the order of the files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.hostile.case import Case, accepts, around, keeps_cell, quarantines, writes
from tests.hostile.files import AGREEMENT as HEADER
from tests.hostile.files import GOOD_ROW, NEWS, OUTCOME, agreement, book, books, delimited, news, numbered, outcome

LITERAL = (
    "007",
    "1E5",
    "12345678901234567890",
    "NA",
    "NULL",
    "nan",
    "TRUE",
    "0x1F",
    "1.10",
    "00",
    "=1+1",
    "+7",
    "@x",
    "-5",
    "１２",
    "договор-5",
    "{{7*7}}",
    "__proto__",
    "constructor",
    "E 2",
    "№ 12/2020-в",
    "1/2",
)
TABLE: dict[str, Callable[[], Case]] = {
    f"literal_{text}": partial(keeps_cell, "Agreement ID", text, {"agreement_number": text}) for text in LITERAL
}
PATHS = ("../../etc/passwd", "/etc/passwd", "C:\\con", "a" * 300, "<script>alert(1)</script>", "'; DROP TABLE agreement;--")


def _path(text: str) -> Case:
    return keeps_cell("Agreement ID", text, {"agreement_number": text})


TABLE |= {f"path_{at}": partial(_path, text) for at, text in enumerate(PATHS)}


def text_of_digits_in_a_workbook() -> Case:
    return keeps_cell("Agreement ID", "007", {"agreement_number": "007"}, typed=True)


def twenty_digits_in_a_workbook() -> Case:
    return keeps_cell("Agreement ID", "12345678901234567890", {"agreement_number": "12345678901234567890"}, typed=True)


def slash_at_another_place() -> Case:
    rows = numbered("12/3", "1/23")
    return accepts("case.csv", delimited(rows), {2: {"agreement_number": "12/3"}, 3: {"agreement_number": "1/23"}})


def exact_copy() -> Case:
    return accepts("case.csv", delimited(numbered("E-1", "E-1", "E-3")), {2: GOOD_ROW, 4: GOOD_ROW}, "duplicate_row", {3})


def exact_copy_in_another_sheet() -> Case:
    data = books({"a": [HEADER, agreement()], "b": [HEADER, agreement()]})
    return accepts("case.xlsx", data, {("a", 2): GOOD_ROW}, "duplicate_row", {("b", 2)})


def _conflict(column: str, text: str) -> Case:
    rows = [agreement(), agreement(**{column: text}), agreement(**{"Agreement ID": "E-3"})]
    return quarantines("case.csv", delimited(rows), "conflicting_duplicate", {2, 3}, {4: GOOD_ROW})


def conflicting_date() -> Case:
    return _conflict("Signed", "2020-01-01")


def conflicting_end() -> Case:
    return _conflict("Expires", "2032-01-01")


def conflicting_title() -> Case:
    return _conflict("Title", "Agreement on something else")


def conflicting_country() -> Case:
    return _conflict("Country", "Germany")


def conflicting_type() -> Case:
    return _conflict("Type", "Double degree agreement")


def another_partner() -> Case:
    rows = [
        agreement(),
        agreement(Partner="Tsinghua University", Country="China", Title="Quite another"),
        agreement(**{"Agreement ID": "E-3"}),
    ]
    return quarantines("case.csv", delimited(rows), "duplicate_id", {2, 3}, {4: GOOD_ROW})


def coarser_date_of_the_same() -> Case:
    data = books({"a": [HEADER, agreement()], "b": [HEADER, agreement(Signed="2021", Expires="2031")]})
    return accepts("case.xlsx", data, {("a", 2): GOOD_ROW}, "duplicate_row", {("b", 2)})


def conflict_between_sheets() -> Case:
    data = books({"a": [HEADER, agreement()], "b": [HEADER, agreement(Signed="2019-01-01")]})
    return quarantines("case.xlsx", data, "conflicting_duplicate", {("a", 2), ("b", 2)}, {})


def _files(first: str, second: str) -> Case:
    one, other = delimited([agreement()]), delimited([agreement(Signed="2019-01-01"), agreement(**{"Agreement ID": "E-3"})])
    return Case("quarantine", writes({first: one, second: other}), "conflicting_duplicate", {3: GOOD_ROW}, frozenset({2}))


def conflict_between_files() -> Case:
    return _files("a.csv", "b.csv")


def conflict_between_files_the_other_way_round() -> Case:
    return _files("b.csv", "a.csv")


def outcome_twice() -> Case:
    rows = [outcome(), outcome(Value="5"), outcome(**{"Outcome ID": "O-3"})]
    return quarantines("case.csv", delimited(rows, OUTCOME), "conflicting_duplicate", {2, 3}, {4: {"outcome_id": "O-3"}})


def news_twice() -> Case:
    rows = [news(), news(Headline="Talks in Vienna", URL="https://example.org/2"), news(**{"News ID": "N-3", "URL": ""})]
    return quarantines("case.csv", delimited(rows, NEWS), "duplicate_id", {2, 3}, {4: {"news_id": "N-3"}})


def news_copied() -> Case:
    return accepts("case.csv", delimited([news(), news()], NEWS), {2: {"news_id": "N-1"}}, "duplicate_row", {3})


def outcome_of_no_agreement() -> Case:
    rows = [outcome(), outcome(**{"Outcome ID": "O-2", "Agreement ID": "X-99"})]
    return quarantines("case.csv", delimited(rows, OUTCOME), "dangling_reference", {3}, {2: {"outcome_id": "O-1"}})


def news_of_no_agreement() -> Case:
    rows = [news(), news(**{"News ID": "N-2", "Agreement ID": "X-99", "URL": ""})]
    return quarantines("case.csv", delimited(rows, NEWS), "dangling_reference", {3}, {2: {"news_id": "N-1"}})


def outcome_of_a_refused_agreement() -> Case:
    sheets = {
        "a": [HEADER, agreement(Signed="31.02.2020"), agreement(**{"Agreement ID": "E-3"})],
        "o": [OUTCOME, outcome(**{"Agreement ID": "E-1"})],
    }
    case = quarantines("case.xlsx", books(sheets), "bad_date", {("a", 2)}, {("a", 3): GOOD_ROW})
    return Case("quarantine", case.put, "", case.kept, frozenset({("a", 2), ("o", 2)}))


def outcome_of_its_own_sheet() -> Case:
    sheets = {"a": [HEADER, agreement()], "o": [OUTCOME, outcome(**{"Agreement ID": "E-1"})]}
    return accepts("case.xlsx", books(sheets), {("a", 2): GOOD_ROW, ("o", 2): {"outcome_id": "O-1", "amount": 4}})


def cyrillic_letter_in_a_latin_number() -> Case:
    rows = numbered("AGR-001", "\u0410GR-002", "AGR-003")
    return quarantines("case.csv", delimited(rows), "confusable_id", {3}, {2: GOOD_ROW, 4: GOOD_ROW})


def cyrillic_twin_of_a_number() -> Case:
    rows = numbered("E-1", "\u0415-1", "E-3")
    return quarantines("case.csv", delimited(rows), "confusable_id", {3}, {2: GOOD_ROW, 4: GOOD_ROW})


def greek_twin_of_a_number() -> Case:
    rows = numbered("E-1", "\u0395-1", "E-3")
    return quarantines("case.csv", delimited(rows), "confusable_id", {3}, {2: GOOD_ROW, 4: GOOD_ROW})


def reference_by_a_look_alike() -> Case:
    rows = [
        outcome(),
        outcome(**{"Outcome ID": "O-2", "Agreement ID": "G-\u0131"}),
        outcome(**{"Outcome ID": "O-3", "Agreement ID": "\u050c-1"}),
    ]
    return quarantines("case.csv", delimited(rows, OUTCOME), "dangling_reference", {3, 4}, {2: {"outcome_id": "O-1"}})


def russian_numbers_beside_latin_ones() -> Case:
    rows = numbered("МОУ-1", "ДГ-2", "E-3")
    return accepts("case.csv", delimited(rows), {2: {"agreement_number": "МОУ-1"}, 3: {"agreement_number": "ДГ-2"}, 4: GOOD_ROW})


def no_number() -> Case:
    return accepts("case.csv", delimited(numbered("E-1", "", "E-3")), around({"agreement_number": None}), "missing_required")


def no_title() -> Case:
    return keeps_cell("Title", "", {"agreement_number": "E-2", "title": "TU Graz"}, "missing_required")


def news_without_a_headline() -> Case:
    rows = [news(), news(**{"News ID": "N-2", "Headline": "", "URL": ""})]
    return quarantines("case.csv", delimited(rows, NEWS), "missing_required", {3}, {2: {"news_id": "N-1"}})


def outcome_without_a_metric() -> Case:
    rows = [outcome(), outcome(**{"Outcome ID": "O-2", "Metric": ""})]
    return quarantines("case.csv", delimited(rows, OUTCOME), "missing_required", {3}, {2: {"outcome_id": "O-1"}})


def zero_width_twin() -> Case:
    data = book(numbered("E-1", "E\u200b-1", "E-3"))
    return accepts("case.xlsx", data, {2: GOOD_ROW, 4: GOOD_ROW}, "illegal_chars", {3})
