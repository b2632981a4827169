"""Texts: to the letter; what cannot be stored or exported is refused or taken out aloud."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import partial

from tests.hostile.case import Case, accepts, keeps_cell, quarantines, refuses_cell
from tests.hostile.files import NEWS, agreement, book, delimited, edited, news, shared

LITERAL = {
    "formula": "=1+1",
    "plus": "+7 812",
    "minus": "-5 degrees",
    "at": "@SUM(A1)",
    "tab": "\t=1+1 x",
    "full_width_equals": "＝1+1",
    "dde": "=cmd|' /C calc'!A0",
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "markdown": "[x](javascript:alert(1)) **b** `c`",
    "plotly": "<b>bold</b><br><a href='x'>y</a>",
    "mathjax": "$\\frac{1}{2}$",
    "template": "{{7*7}} ${7*7} #{7}",
    "printf": "%s%n%x",
    "sql": "'; DROP TABLE agreement; --",
    "prototype": "__proto__",
    "entity": "&lt;b&gt; &amp;amp;",
    "backslash": "C:\\Temp\\new",
    "quotes": "Agreement «О мире» “On peace” „Frieden“",
    "apostrophes": "Xi’an ’24 d'Étoile",
    "double_blank": "two  blanks",
    "nbsp": "a\u00a0b c",
    "rtl": "اتفاقية التعاون",
    "hebrew": "הסכם שיתוף",
    "zwnj": "می\u200cخواهم",
    "zwj_emoji": "family 👩\u200d👩\u200d👧",
    "emoji": "🤝 signed 🇦🇹",
    "astral": "𝒜greement 𠮷",
    "thai": "ข้อตกลง",
    "korean": "협정",
    "na": "NA",
    "null": "NULL",
    "true": "TRUE",
    "percent": "%00%0a",
    "combining": "e\u0301\u0323"[0] + "xample",
    "digits": "42",
    "ligature": "ﬁnal ﬀ",
    "superscript": "CO₂ m²",
    "trademark": "Test™ №5",
    "soft_sign": "Соглашение об обмене ёлками",
}
TABLE: dict[str, Callable[[], Case]] = {
    f"literal_{name}": partial(keeps_cell, "Title", text, {"title": text.strip()}) for name, text in LITERAL.items()
}
TABLE |= {
    f"workbook_{name}": partial(keeps_cell, "Title", LITERAL[name], {"title": LITERAL[name].strip()}, typed=True)
    for name in ("formula", "at", "script", "entity", "quotes", "rtl", "emoji", "na", "zwj_emoji", "dde")
}


def decomposed() -> Case:
    text = unicodedata.normalize("NFD", "École Йошкар")
    return keeps_cell("Title", text, {"title": "École Йошкар"})


def line_break() -> Case:
    return keeps_cell("Title", "first line\nsecond line", {"title": "first line\nsecond line"}, typed=True)


CONTROLS = {
    "start": "\x01",
    "bell": "\x07",
    "escape": "\x1b[31m",
    "delete": "\x7f",
    "c1": "\x85",
    "noncharacter": "\ufffe",
    "replaced": "\ufffd",
    "annotation": "\U000e0001"[:0] + "\ufdd0",
}


def _control(letters: str) -> Case:
    return refuses_cell("Title", f"Agree{letters}ment", "illegal_chars")


TABLE |= {f"control_{name}": partial(_control, letters) for name, letters in CONTROLS.items()}
REMOVED = {
    "bidi_override": "\u202e",
    "isolate": "\u2066",
    "zero_width_space": "\u200b",
    "mark": "\ufeff",
    "soft_hyphen": "\u00ad",
    "joiner": "\u2060",
}


def _removed(letter: str) -> Case:
    return keeps_cell("Title", f"Agree{letter}ment", {"title": "Agreement"}, "illegal_chars")


TABLE |= {f"removed_{name}": partial(_removed, letter) for name, letter in REMOVED.items()}


def escaped_control_in_a_workbook() -> Case:
    data = edited(shared([agreement(Title="Agree-here-ment")]), "xl/sharedStrings.xml", "Agree-here-ment", "Agree_x0001_ment")
    return quarantines("case.xlsx", data, "illegal_chars", {2}, {})


def lone_surrogate_in_a_workbook() -> Case:
    data = edited(shared([agreement(Title="Agree-here-ment")]), "xl/sharedStrings.xml", "Agree-here-ment", "Agree_xD83D_ment")
    return quarantines("case.xlsx", data, "illegal_chars", {2}, {})


def surrogate_pair_in_a_workbook() -> Case:
    data = edited(shared([agreement(Title="Agree-here-ment")]), "xl/sharedStrings.xml", "Agree-here-ment", "_xD83E__xDD1D_ done")
    return accepts("case.xlsx", data, {2: {"title": "🤝 done"}})


def control_in_a_partner() -> Case:
    return refuses_cell("Partner", "TU\x02 Graz", "illegal_chars")


def control_in_a_number() -> Case:
    return refuses_cell("Agreement ID", "E\x08-2", "illegal_chars")


def longest_cell() -> Case:
    text = "x" * 32_767
    return keeps_cell("Title", text, {"title": text})


def too_long_for_a_cell() -> Case:
    return refuses_cell("Title", "x" * 32_768, "too_long")


def a_million_characters() -> Case:
    return refuses_cell("Title", "x" * 1_000_000, "too_long")


def a_million_characters_of_news() -> Case:
    rows = [news(), news(**{"News ID": "N-2", "Headline": "Talks " * 200_000, "URL": ""})]
    return quarantines("case.csv", delimited(rows, NEWS), "too_long", {3}, {2: {"news_id": "N-1"}})


def long_partner() -> Case:
    return refuses_cell("Partner", "University of " + "x" * 40_000, "too_long")


LINKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<b>x</b>",
    "file:///etc/passwd",
    "https://user:pw@example.org/",
    "ftp://example.org/x",
    "//example.org/x",
    "https://",
    "http://exa mple.org",
    "vbscript:x",
    "mailto:a@example.org",
    "https://example.org\\@evil.example/",
    "http://[::1",
)


def _bad_link(text: str) -> Case:
    rows = [news(), news(**{"News ID": "N-2", "URL": text}), news(**{"News ID": "N-3", "URL": "https://example.org/news/3"})]
    kept = {2: "https://example.org/news/1", 3: None, 4: "https://example.org/news/3"}
    return accepts("case.csv", delimited(rows, NEWS), {row: {"source_link": link} for row, link in kept.items()}, "bad_url")


TABLE |= {f"link_{at}": partial(_bad_link, text) for at, text in enumerate(LINKS)}


def link_in_cyrillic() -> Case:
    rows = [news(URL="https://минобрнауки.рф/новости?a=1&b=2#x")]
    return accepts("case.csv", delimited(rows, NEWS), {2: {"source_link": "https://минобрнауки.рф/новости?a=1&b=2#x"}})


def bad_link_behind_a_word() -> Case:
    def change(page: object) -> None:
        page["E3"].hyperlink = "javascript:alert(1)"  # type: ignore[index]

    rows = [news(), news(**{"News ID": "N-2", "URL": "here"})]
    kept = {2: {"news_id": "N-1"}, 3: {"news_id": "N-2", "source_link": None}}
    return accepts("case.xlsx", book(rows, NEWS, change), kept, "bad_url")


def control_in_a_link() -> Case:
    rows = [news(), news(**{"News ID": "N-2", "URL": "https://example.org/\x01"})]
    return quarantines("case.csv", delimited(rows, NEWS), "illegal_chars", {3}, {2: {"news_id": "N-1"}})


STATUSES = ("Active", "Expired", "Terminated", "Действует", "Расторгнут", "В архиве", "有效", "In force", "renewed", "suspended")
TABLE |= {f"status_{text}": partial(keeps_cell, "Status", text, {"status_note": text}) for text in STATUSES}
TABLE |= {f"unknown_status_{text}": partial(refuses_cell, "Status", text, "bad_value") for text in ("Purple", "1", "SHEET", "0.5")}
TABLE |= {f"unknown_country_{text}": partial(refuses_cell, "Country", text, "bad_country") for text in ("Atlantis", "XX", "999")}


def sheet_name_of_markup() -> Case:
    from tests.hostile.files import AGREEMENT, GOOD_ROW, books

    return accepts("case.xlsx", books({"<b>=1+1'#!": [AGREEMENT, agreement()]}), {2: GOOD_ROW})


def markup_in_the_shared_strings() -> Case:
    data = edited(
        shared([agreement(Title="rich-here")]),
        "xl/sharedStrings.xml",
        "<t>rich-here</t>",
        "<r><rPr><b/></rPr><t>rich</t></r><r><t xml:space='preserve'> text</t></r>",
    )
    return accepts("case.xlsx", data, {2: {"title": "rich text"}})
