"""Whatever an office puts around its records, each row is read once and each record says what was written."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.read import read
from etl.records import Kind

FIELDS: dict[Kind, dict[str, list[str]]] = {
    "agreement": {
        "number": ["Agreement ID", "Рег. №", "协议编号"], "title": ["Agreement title", "Наименование договора", "协议名称"],
        "partners": ["Partner(s)", "Организация-партнёр", "合作单位"], "countries": ["Country", "СТРАНА", "国家/地区"],
        "signed": ["Date signed", "Дата подписания", "签署日期"], "expires": ["Valid until", "Действует до", "有效期至"],
    },
    "news": {
        "number": ["News ID", "ID новости", "新闻编号"], "published": ["Publication date", "Дата публикации", "发布日期"],
        "title": ["Headline", "Заголовок", "新闻标题"], "text": ["Summary", "Краткое содержание", "正文"],
    },
    "outcome": {
        "number": ["Outcome ID", "ID результата", "成果编号"], "agreement_number": ["Agreement ID", "№ договора", "所属协议"],
        "date": ["Year", "Год", "年份"], "type": ["Metric", "Показатель", "成果类型"], "count": ["Value", "Количество", "数量"],
    },
}  # fmt: skip
WORDS = st.text(st.sampled_from("abcdefgh жзик 中文 ,.-'"), min_size=1, max_size=12).map(lambda text: f"v{text}".strip())
AROUND = ("blank", "section", "total")
AROUND_TEXT = {"section": "II. Страны Азии", "total": "Итого"}


@dataclass(frozen=True)
class Sheet:
    kind: Kind
    columns: list[tuple[str | None, str]]
    titles: list[str]
    body: list[tuple[str, list[str]]]
    hidden: set[int]
    left: int
    merge: bool


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    kind: Kind = draw(st.sampled_from(list(FIELDS)))
    language = draw(st.integers(0, 2))
    columns: list[tuple[str | None, str]] = [(field, names[language]) for field, names in FIELDS[kind].items()]
    columns += [(None, f"Shoe size {i}") for i in range(draw(st.integers(0, 1)))]
    columns = draw(st.permutations(columns))
    titles = draw(st.lists(st.sampled_from(["", "Register of everything", "As of 22.11.2026"]), max_size=3))
    body = []
    for role in draw(st.lists(st.sampled_from(["record"] * 4 + list(AROUND)), min_size=1, max_size=12)):
        values = [draw(WORDS) if draw(st.integers(0, 3)) else "" for _ in columns]
        body.append((role, _with_number(values, columns, len(body))))
    body = [*body, ("record", _with_number(["v"] * len(columns), columns, len(body)))]
    return Sheet(kind, columns, titles, body, draw(st.sets(st.integers(1, 20), max_size=3)), draw(st.integers(0, 2)), draw(st.booleans()))


def _with_number(values: list[str], columns: list[tuple[str | None, str]], at: int) -> list[str]:
    """Give the row a number, and a second cell, so that it is a record and no section."""
    numbered = [f"N-{at}" if field == "number" else value for value, (field, _) in zip(values, columns, strict=True)]
    named = [field for field, _ in columns]
    second = next(i for i, field in enumerate(named) if field not in ("number", None))
    numbered[second] = numbered[second] or "v"
    return numbered


def _written(sheet: Sheet, path: Path) -> list[tuple[str, dict[str, str]]]:
    """Write the sheet and return role and values of each of its rows."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    expected: list[tuple[str, dict[str, str]]] = []

    def add(role: str, cells: list[str], values: dict[str, str]) -> None:
        expected.append((role, values))
        for column, text in enumerate(cells, sheet.left + 1):
            if text:
                page.cell(len(expected), column, text).data_type = "s"

    for title in sheet.titles:
        add({"": "blank", "A": "as_of"}.get(title[:1], "title"), [title], {})
    add("header", [header for _, header in sheet.columns], {})
    above: dict[str, str] = {}
    merged: tuple[int, int] | None = None
    for role, values in sheet.body:
        if role == "record":
            own = {field: text for (field, _), text in zip(sheet.columns, values, strict=True) if field and text}
            row = len(expected) + 1
            field = sheet.columns[0][0]
            if (
                sheet.merge
                and merged is None
                and above
                and field
                and not own.get(field)
                and above.get(field)
                and expected[-1][0] == "record"
            ):
                merged = (row - 1, row)
                own[field] = above[field]
            add(role, values, own)
            above = own
        else:
            add(role, [AROUND_TEXT.get(role, "")], {})
    for row in sheet.hidden:
        page.row_dimensions[row].hidden = True
    if merged:
        page.merge_cells(start_row=merged[0], end_row=merged[1], start_column=sheet.left + 1, end_column=sheet.left + 1)
    book.save(path)
    return expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets())
def test_each_row_is_read_once_and_each_record_says_what_was_written(sheet: Sheet) -> None:
    with tempfile.TemporaryDirectory() as folder:
        expected = _written(sheet, Path(folder) / "book.xlsx")
        result = read(Path(folder))
    assert [row.origin.row for row in result.rows] == list(range(1, len(expected) + 1))
    assert [row.role for row in result.rows] == [role for role, _ in expected]
    for row, (role, values) in zip(result.rows, expected, strict=True):
        if role == "record":
            assert row.kind == sheet.kind
            assert {field: row.text(field) for field in row.values} == values
            assert row.hidden == (row.origin.row in sheet.hidden)
    assert result.files[0].rows == len(expected)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods", "a.txt"]))
def test_any_bytes_are_read_or_refused_and_never_crash(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        (file,) = read(Path(folder)).files
    assert file.verdict == "read" or (file.reason and file.message)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_real_workbook_is_read_or_refused_and_never_crashes(data: st.DataObject) -> None:
    good = (Path(__file__).parents[3] / "data/raw/agreements.xlsx").read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    change = data.draw(st.binary(min_size=1, max_size=8))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.xlsx").write_bytes(good[:at] + change + good[at + len(change) :])
        (file,) = read(Path(folder)).files
    assert file.verdict == "read" or (file.reason and file.message)
