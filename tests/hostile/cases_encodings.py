"""Text files: the exact text in whatever encoding it was saved, or refused; never mojibake."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.hostile.case import Case, accepts, around, quarantines, refuses
from tests.hostile.files import GOOD_ROW, agreement, delimited, numbered

RUSSIAN = "Соглашение о сотрудничестве в области физики"
_HEADERS_RU = ("Рег. номер", "Наименование договора", "Организация-партнёр", "Страна", "Дата подписания", "Действует до")


def _russian(encoding: str, mark: bytes = b"") -> Case:
    rows = [
        agreement(**{"Agreement ID": f"E-{n}", "Title": f"{RUSSIAN}, часть {n}", "Partner": "Белорусский университет"}) for n in (1, 2, 3)
    ]
    kept = {row: {"title": f"{RUSSIAN}, часть {row - 1}"} for row in (2, 3, 4)}
    return accepts("case.csv", mark + delimited(rows, encoding=encoding), kept)


def _russian_headers(encoding: str) -> Case:
    rows = [["Е-1", RUSSIAN, "Белорусский государственный университет", "Беларусь", "05.03.2021", "05.03.2031"]]
    return accepts("case.csv", delimited(rows, _HEADERS_RU, ";", encoding), {2: {"title": RUSSIAN, "signed_on": "2021-03-05"}})


def _chinese(encoding: str) -> Case:
    rows = [agreement(Title="关于学术交流与合作的协议", Partner="清华大学", Country="中国")]
    return accepts("case.csv", delimited(rows, encoding=encoding), {2: {"title": "关于学术交流与合作的协议"}})


MARKS = {
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
    "utf-8": b"\xef\xbb\xbf",
}
TABLE: dict[str, Callable[[], Case]] = {
    **{
        f"russian_{name}": partial(_russian, name)
        for name in ("utf-8", "cp1251", "koi8-r", "cp866", "gb18030", "utf-16-le", "utf-16-be", "iso8859-5", "mac-cyrillic")
    },
    **{f"russian_marked_{name}": partial(_russian, name, mark) for name, mark in MARKS.items()},
    **{f"russian_headers_{name}": partial(_russian_headers, name) for name in ("cp1251", "koi8-r", "cp866", "utf-16")},
    **{f"chinese_{name}": partial(_chinese, name) for name in ("utf-8", "gb18030", "gbk", "utf-16")},
}


def german_in_cp1252() -> Case:
    rows = [agreement(Title="Abkommen über Zusammenarbeit – Technische Universität", Partner="Universität für Bodenkultur")]
    return accepts("case.csv", delimited(rows, encoding="cp1252"), {2: {"title": "Abkommen über Zusammenarbeit – Technische Universität"}})


def late_cyrillic() -> Case:
    rows = [*numbered(*(f"E-{n}" for n in range(400))), agreement(**{"Agreement ID": "E-400", "Title": RUSSIAN})]
    kept = dict.fromkeys(range(2, 402), GOOD_ROW) | {402: {"title": RUSSIAN}}
    return accepts("case.csv", delimited(rows, encoding="cp1251"), kept)


def two_encodings_in_one_file() -> Case:
    data = delimited([agreement(Title=RUSSIAN)]) + delimited([agreement(Title=RUSSIAN)], encoding="cp1251").split(b"\n", 1)[1]
    return refuses("case.csv", data, "encoding")


def two_encodings_mostly_cp1251() -> Case:
    rows = [agreement(**{"Agreement ID": f"E-{n}", "Title": RUSSIAN}) for n in range(5)]
    data = delimited(rows, encoding="cp1251") + delimited([agreement(**{"Agreement ID": "E-9", "Title": RUSSIAN})]).split(b"\n", 1)[1]
    return refuses("case.csv", data, "encoding")


def surrogates_in_utf_8() -> Case:
    return refuses("case.csv", delimited([agreement(Title="xx")]).replace(b"xx", b"\xed\xa0\xbd\xed\xb8\x80"), "encoding")


def overlong_utf_8() -> Case:
    return refuses("case.csv", delimited([agreement(Title="xx")]).replace(b"xx", b"\xc0\xaf\xc1\x81"), "encoding")


def cut_off_in_a_letter() -> Case:
    return refuses("case.csv", delimited([agreement(Status="Действует")])[:-2], "encoding")


def zero_byte() -> Case:
    return refuses("case.csv", delimited([agreement(Title="a\0b")]), "encoding")


def odd_bytes_in_utf_16() -> Case:
    return refuses("case.csv", b"\xff\xfe" + delimited([agreement()], encoding="utf-16-le") + b"x", "encoding")


def double_encoded() -> Case:
    text = RUSSIAN.encode().decode("cp1251", "replace").replace("\ufffd", "?")
    return quarantines("case.csv", delimited([agreement(Title=text), agreement(**{"Agreement ID": "E-2"})]), "encoding", {2}, {3: GOOD_ROW})


def replacement_characters() -> Case:
    return quarantines(
        "case.csv",
        delimited([agreement(Title="Agreem\ufffdnt"), agreement(**{"Agreement ID": "E-2"})]),
        "illegal_chars",
        {2},
        {3: GOOD_ROW},
    )


def question_marks_for_letters() -> Case:
    data = delimited(
        [agreement(), agreement(**{"Agreement ID": "E-2", "Title": "?????????? ? ??????????????"}), agreement(**{"Agreement ID": "E-3"})]
    )
    return quarantines("case.csv", data, "encoding", {3}, around())


def end_of_file_mark() -> Case:
    return accepts("case.csv", delimited([agreement()]) + b"\x1a", {2: GOOD_ROW})


ENDS = {"unix": "\n", "windows": "\r\n", "mac": "\r"}


def _ends(end: str) -> Case:
    return accepts("case.csv", delimited(numbered("E-1", "E-2"), end=end), {2: GOOD_ROW, 3: GOOD_ROW})


TABLE |= {f"ends_{name}": partial(_ends, end) for name, end in ENDS.items()}


def mixed_ends() -> Case:
    data = delimited(numbered("E-1", "E-2", "E-3")).replace(b"\n", b"\r\n", 2)
    return accepts("case.csv", data, {2: GOOD_ROW, 3: GOOD_ROW, 4: GOOD_ROW})


def no_end_of_the_last_line() -> Case:
    return accepts("case.csv", delimited([agreement()]).rstrip(b"\n"), {2: GOOD_ROW})


def _separated(sep: str) -> Case:
    return accepts("case.csv", delimited([agreement(Title="a, b; c | d")], sep=sep), {2: GOOD_ROW | {"title": "a, b; c | d"}})


TABLE |= {f"separated_{at}": partial(_separated, sep) for at, sep in enumerate(",;\t|")}


def hint_of_excel() -> Case:
    return accepts("case.csv", b"sep=;\n" + delimited([agreement()], sep=";"), {3: GOOD_ROW})


def two_separators() -> Case:
    data = delimited(numbered("E-1", "E-2", "E-3")).split(b"\n")
    data[2] = data[2].replace(b",", b";")
    return quarantines("case.csv", b"\n".join(data), "ragged_row", {3}, around())


def separator_in_a_bare_text() -> Case:
    data = delimited(numbered("E-1", "E-2", "E-3")).split(b"\n")
    data[2] = data[2].replace(b"Agreement on exchange", b"Agreement, on exchange")
    return quarantines("case.csv", b"\n".join(data), "ragged_row", {3}, around())


def row_cut_short() -> Case:
    data = delimited(numbered("E-1", "E-2", "E-3")).split(b"\n")
    data[2] = b",".join(data[2].split(b",")[:4])
    return quarantines("case.csv", b"\n".join(data), "ragged_row", {3}, around())


def empty_cells_at_the_end() -> Case:
    return accepts("case.csv", delimited([[*agreement(), "", "", ""]]), {2: GOOD_ROW})


def line_break_in_quotes() -> Case:
    return accepts(
        "case.csv", delimited([agreement(Title="one\ntwo"), agreement(**{"Agreement ID": "E-2"})]), {2: {"title": "one\ntwo"}, 3: GOOD_ROW}
    )


def quotes_in_quotes() -> Case:
    return accepts("case.csv", delimited([agreement(Title='He said "yes", twice')]), {2: {"title": 'He said "yes", twice'}})


def blank_lines_between() -> Case:
    data = delimited(numbered("E-1", "E-2")).replace(b"\n", b"\n\n")
    return accepts("case.csv", data, {3: GOOD_ROW, 5: GOOD_ROW})
