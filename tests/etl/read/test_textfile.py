"""Text files in every encoding and cut of an office."""

from __future__ import annotations

import pytest

from etl.read.encoding import decode
from etl.read.headers import is_alias

from .conftest import Raw

RUSSIAN = "Номер;Дата;Заголовок;Ссылка\n1;05.03.2021;Визит делегации Политеха в Грац — «весна»;https://a.org\n"
ENGLISH_RUSSIAN = (
    "News ID;Date;Headline;URL\n"
    + "N1;2021;Visit of a delegation;https://a.org\n" * 3000
    + "N2;2021;Соглашение с Ташкентским университетом подписано;x\n"
)
CHINESE = "编号,日期,标题,链接\n1,2021年3月5日,圣彼得堡彼得大帝理工大学代表团访问清华大学,https://a.org\n"
ENGLISH_CHINESE = "News ID,Date,Headline,URL\n1,2021,圣彼得堡彼得大帝理工大学代表团访问清华大学并签署合作协议,https://a.org\n"
GERMAN = "News ID;Date;Headline;URL\nN1;2021;Besuch der Universität für Bodenkultur in Zürich – früher;x\nN2;2020;Café Müller;y\n"
UPPER = "НОМЕР;ДАТА;ЗАГОЛОВОК\n1;2021;ПОДПИСАНИЕ СОГЛАШЕНИЯ В МОСКВЕ\n"

PLAIN_RUSSIAN = RUSSIAN.replace(" — «весна»", "")
ALL = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
ENCODED = [
    *[(RUSSIAN, name, "Russian") for name in (*ALL, "cp1251")],
    *[(PLAIN_RUSSIAN, name, "Russian of DOS and Unix") for name in ("cp866", "koi8-r")],
    *[(ENGLISH_RUSSIAN, name, "late Cyrillic") for name in (*ALL, "cp1251", "cp866", "koi8-r")],
    *[(UPPER, name, "capitals") for name in (*ALL, "cp1251", "cp866", "koi8-r")],
    *[(text, name, "Chinese") for text in (CHINESE, ENGLISH_CHINESE) for name in (*ALL, "gb18030")],
    *[(GERMAN, name, "German") for name in (*ALL, "cp1252")],
]


@pytest.mark.parametrize(("text", "encoding", "why"), ENCODED, ids=[f"{why}-{name}-{i}" for i, (_, name, why) in enumerate(ENCODED)])
def test_the_encoding_is_found(text: str, encoding: str, why: str) -> None:
    assert decode(text.encode(encoding), None, is_alias)[0] == text


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_found(raw: Raw, delimiter: str, end: str) -> None:
    lines = [["News ID", "Date", "Headline"], ["N1", "2021", '"Talks, tea; and | more"'], ["N2", "2020", '"two\nlines"']]
    raw.file("a.csv", end.join(delimiter.join(line) for line in lines))
    assert [(row.origin.row, row.text("number"), row.text("title")) for row in raw.records()] == [
        (2, "N1", "Talks, tea; and | more"),
        (3, "N2", "two\nlines"),
    ]


def test_rows_are_counted_by_record_with_blank_lines(raw: Raw) -> None:
    raw.file("a.csv", 'News ID;Date;Headline\n\nN1;2020;"a\nb"\n;;\nN2;2021;c\n\n\n')
    assert [(row.origin.row, row.role) for row in raw.rows()] == [(1, "header"), (2, "blank"), (3, "record"), (4, "blank"), (5, "record")]


def test_a_row_with_more_cells_than_the_header_is_an_error(raw: Raw) -> None:
    raw.file("a.csv", "News ID,Date,Headline\nN1,2020,Talks, tea\nN2,2020,b\n")
    assert [(f.severity, f.row) for f in raw.findings("ragged_row")] == [("error", 2)]


def test_quotes_inside_a_text_are_kept(raw: Raw) -> None:
    raw.file("a.csv", 'News ID;Date;Headline\nN1;2020;Dean "of" Graz\nN2;2020;"He said ""yes"""\nN3;2020;"x" y\n')
    assert [row.text("title") for row in raw.records()] == ['Dean "of" Graz', 'He said "yes"', "x y"]


def test_the_hint_of_excel_for_the_delimiter_is_heeded(raw: Raw) -> None:
    raw.file("a.csv", "sep=|\nNews ID|Date|Headline\nN1|2020|a;b;c\n")
    assert raw.roles() == ["title", "header", "record"]
    assert raw.records()[0].text("title") == "a;b;c"


def test_a_long_text_and_a_mark_of_the_end_are_read(raw: Raw) -> None:
    raw.file("a.csv", "News ID;Date;Headline\nN1;2020;" + "x" * 1_000_000 + "\n\x1a")
    assert len(raw.records()[0].text("title")) == 1_000_000
    assert raw.roles() == ["header", "record"]


@pytest.mark.parametrize("literal", ["NA", "NULL", "nan", "007", "1E5", "12345678901234567890", "=1+1", "+7", "@x", "-5", "TRUE", "{{x}}"])
def test_a_text_stays_as_it_is(raw: Raw, literal: str) -> None:
    raw.file("a.csv", f"News ID;Date;Headline\n{literal};2020;a\n")
    assert raw.records()[0].text("number") == literal


def test_the_file_says_how_it_was_decoded(raw: Raw) -> None:
    raw.file("a.csv", RUSSIAN.encode("cp1251"))
    assert raw.one().encoding == "cp1251, by its headers"
