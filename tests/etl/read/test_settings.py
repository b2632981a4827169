"""sources.yaml has the last word, and every slip in it is named with its line."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from etl.read import read, settings
from etl.read.settings import date_orders, sources

from .conftest import Raw

FOREIGN = "Our code;Subject line;Who;Whence;Shoe size\nA-1;Exchange;TU Graz;Austria;44\n"
KINDS = {"kind: outcome": "outcome", "kind: news": "news"}


def test_a_foreign_file_is_read_by_the_columns_named(raw: Raw) -> None:
    raw.file("a.csv", FOREIGN)
    named = "{Our code: number, Who: partners, Whence: countries, Subject line: title}"
    raw.file("sources.yaml", f'"*.csv":\n  kind: agreement\n  columns: {named}\n  ignore_columns: [E]\n')
    result = raw.read()
    (record,) = raw.records()
    assert {name: record.text(name) for name in record.values} == {
        "number": "A-1",
        "title": "Exchange",
        "partners": "TU Graz",
        "countries": "Austria",
    }
    assert [(column.feeds, column.reason) for column in result.columns][-1] == (None, "ignored by sources.yaml")
    assert [f.code for f in result.findings] == ["missing_column"]


@pytest.mark.parametrize(("line", "kind"), KINDS.items())
def test_the_kind_can_be_set(raw: Raw, line: str, kind: str) -> None:
    raw.file("a.csv", "Title;Partner;Country;Date\na;TU Graz;Austria;2020\n")
    raw.file("sources.yaml", f"a.csv:\n  {line}\n")
    assert raw.records()[0].kind == kind


def test_a_sheet_can_be_left_out_and_a_header_row_named(raw: Raw) -> None:
    raw.xlsx(["Title", "Partner"], ["x", "y"], ["Title", "Whoever"], ["a", "TU Graz"], name="a.xlsx", sheet="2024")
    raw.xlsx(["Title", "Partner", "Signed"], ["old", "z", "1990"], name="b.xlsx", sheet="Archive 1")
    raw.file("sources.yaml", "a.xlsx:\n  sheets:\n    '2024': {header_row: 3}\nb.xlsx:\n  sheets:\n    'Archive*': {ignore: true}\n")
    rows = [(row.origin.file, row.role, row.text("title")) for row in raw.rows()]
    assert rows == [
        ("a.xlsx", "title", ""), ("a.xlsx", "title", ""), ("a.xlsx", "header", ""), ("a.xlsx", "record", "a"),
        ("b.xlsx", "hidden_by_choice", ""), ("b.xlsx", "hidden_by_choice", ""),
    ]  # fmt: skip


def test_an_encoding_that_is_named_is_not_guessed(raw: Raw) -> None:
    raw.file("a.csv", "News ID;Date;Headline\nN1;2020;Επίσκεψη στη Μόσχα\n".encode("cp1253"))
    raw.file("sources.yaml", "a.csv: {encoding: cp1253}\n")
    assert raw.records()[0].text("title") == "Επίσκεψη στη Μόσχα"


def test_a_file_can_be_ignored(raw: Raw) -> None:
    raw.file("a.csv", FOREIGN)
    raw.file("sources.yaml", "a.csv: {ignore: true}\n")
    assert [(file.name, file.verdict) for file in raw.read().files] == [("a.csv", "ignored"), ("sources.yaml", "ignored")]


def test_the_settings_of_each_file_can_be_asked_for(raw: Raw) -> None:
    raw.file("a.csv", FOREIGN)
    raw.file("sub/b.csv", FOREIGN)
    raw.file("sources.yaml", "'*': {date_order: mdy, language: en}\nsub/*: {date_order: dmy}\n")
    assert {name: (said.sheet("").date_order, said.language) for name, said in settings(raw.path).items()} == {
        "a.csv": ("mdy", "en"),
        "sub/b.csv": ("dmy", "en"),
    }


def test_the_order_of_dates_of_a_sheet_wins_over_that_of_the_file_and_a_file_without_a_word_has_none(raw: Raw) -> None:
    book = Workbook()
    for name in ("2019", "2020", "old"):
        sheet = book.create_sheet(name)
        sheet.append(["Title", "Partner", "Signed"])
        sheet.append([name, "TU Graz", "03/04/2021"])
    book.save(raw.path / "a.xlsx")
    raw.file("b.csv", "Title;Partner;Signed\nb;TU Graz;03/04/2021\n")
    raw.file("sources.yaml", "a.xlsx:\n  date_order: dmy\n  sheets:\n    '20*': {date_order: ymd}\n    '2020': {date_order: mdy}\n")
    stated = date_orders(raw.path, raw.read().files)
    assert {key: stated[key] for key in stated if key[1] != "Sheet"} == {
        ("a.xlsx", "2019"): "ymd", ("a.xlsx", "2020"): "mdy", ("a.xlsx", "old"): "dmy",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a.csv:\n  kind: [", 2, "not YAML"),
        ("a.csv:\n\tkind: news", 2, "not YAML"),
        ("a.csv:\n  colour: red", 2, "Unknown key 'colour'"),
        ("a.csv:\n  kind: treaty", 2, "agreement, news, outcome"),
        ("a.csv:\n  sheets:\n    S: {header_row: first}", 3, "row number"),
        ("a.csv:\n  encoding: klingon", 2, "no encoding"),
        ("a.csv:\n  columns: {Who: whom}", 2, "partners"),
        ("a.csv:\n  ignore_columns: Phone", 2, "list"),
        ("a.csv:\n  ignore: perhaps", 2, "true, false"),
        ("a.csv:\n  date_order: dym", 2, "dmy"),
        ("a.csv:\n  sheets:\n    S: {date_order: dym}", 3, "dmy"),
        ("- a.csv", 1, "mapping"),
        ("a.csv: news", 1, "mapping"),
    ],
)
def test_a_slip_is_named_with_its_line_and_the_files_are_read(raw: Raw, text: str, line: int, words: str) -> None:
    raw.file("a.csv", "News ID;Date;Headline\nN1;2020;a\n")
    raw.file("sources.yaml", text)
    findings = raw.findings("bad_settings")
    assert [(f.severity, f.file) for f in findings] == [("error", "sources.yaml")]
    assert findings[0].row == line
    assert words in findings[0].message
    assert len(raw.records()) == 1


def test_a_pattern_that_fits_no_file_is_a_warning(raw: Raw) -> None:
    raw.file("sources.yaml", "gone.xlsx: {kind: news}\n")
    assert [(f.severity, "gone.xlsx" in f.message) for f in raw.findings("bad_settings")] == [("warning", True)]


def test_an_empty_file_says_nothing(raw: Raw) -> None:
    raw.file("sources.yaml", "# nothing yet\n")
    assert raw.read().findings == ()


def test_the_names_of_the_own_institution_are_no_file(raw: Raw) -> None:
    raw.file("a.csv", "Title;Partner;Country;Date\na;TU Graz;Austria;2020\n")
    raw.file("sources.yaml", "home: [Our University, OU]\na.csv: {language: en}\n")
    said = sources(raw.path)
    assert (said.home, [name for name, _ in said.files], said.findings) == (("Our University", "OU"), ["a.csv"], ())
    raw.file("sources.yaml", "home: Our University\n")
    assert (sources(raw.path).home, sources(raw.path).findings) == (("Our University",), ())


@pytest.mark.parametrize("country", ["CN", "chn", "'CHN'"])
def test_the_own_institution_has_a_country(raw: Raw, country: str) -> None:
    raw.file("sources.yaml", f"home: {{names: [Our University, OU], country: {country}}}\n")
    said = sources(raw.path)
    assert (said.home, said.home_country, said.findings) == (("Our University", "OU"), "CHN", ())


def test_no_is_the_code_of_norway(raw: Raw) -> None:
    raw.file("sources.yaml", "home: {names: NTNU, country: NO}\n")
    assert (sources(raw.path).home, sources(raw.path).home_country) == (("NTNU",), "NOR")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("home: {a: b}", [1]),
        ("home:\n  country: CN", [2]),
        ("home: []", [1]),
        ("home: [[a]]", [1]),
        ("home:\n  names: [A]\n  country: Cathay", [3]),
        ("home:\n  names: [A]\n  country: [CN]", [3]),
        ("home:\n  names: [A]\n  land: CN", [3]),
    ],
)
def test_a_slip_in_the_own_institution_is_named_with_its_line(raw: Raw, text: str, lines: list[int]) -> None:
    raw.file("sources.yaml", text)
    said = sources(raw.path)
    assert [finding.row for finding in said.findings] == lines
    assert said.home_country == ""


def test_what_somebody_else_reads_is_left_out_and_its_settings_are_used(raw: Raw) -> None:
    raw.file("a.csv", "Title;Partner;Country;Date\na;TU Graz;Austria;2020\n")
    raw.file("works.csv", "nothing that a register knows\n")
    raw.file("sources.yaml", "works.csv: {encoding: cp1251}\n")
    given = read(raw.path, elsewhere={"works.csv"})
    assert [file.name for file in given.files if file.verdict != "ignored"] == ["a.csv"]
    assert not given.findings
