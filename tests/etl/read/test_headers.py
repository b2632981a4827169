"""Headers as offices write them."""

from __future__ import annotations

import pytest

from etl.read.headers import COUNTER, WEAK_NUMBER, feeds, feeds_under, key, kind_of, similar
from etl.records import KINDS, SOURCE_FIELDS, Kind
from etl.reference import rows

#: The headers of docs/DESIGN.md, section 4, that must be understood as they stand.
PROMISED: dict[Kind, dict[str, str]] = {
    "agreement": {
        "Agreement ID": "number", "Title": "title", "Partner": "partners", "Country": "countries", "Signed": "signed", "Expires": "expires",
        "Type": "type", "Field": "fields", "Status": "status",
    },
    "news": {"News ID": "number", "Agreement ID": "agreement_number", "Date": "published", "Headline": "title", "URL": "link"},
    "outcome": {"Outcome ID": "number", "Agreement ID": "agreement_number", "Year": "date", "Metric": "type", "Value": "count"},
}  # fmt: skip
UNDERSTOOD: list[tuple[Kind, str, str]] = [
    *[(kind, header, field) for kind, headers in PROMISED.items() for header, field in headers.items()],
    ("agreement", "Партнёр(ы)", "partners"),
    ("agreement", "Наименование\nорганизации-партнёра", "partners"),
    ("agreement", "Страна / Country", "countries"),
    ("agreement", "СТРАНА (регион)", "countries"),
    ("agreement", "4. Date of signing (dd.mm.yyyy)", "signed"),
    ("agreement", "Дата подп.", "signed"),
    ("agreement", "Рег. №", "number"),
    ("agreement", "协议编号", "number"),
    ("agreement", "签署日期（年月日）", "signed"),
    ("agreement", "有效期至", "expires"),
    ("agreement", "Срок действия (до)", "expires"),
    ("agreement", "合作领域", "fields_areas"),
    ("agreement", "Направления сотрудничества", "fields_areas"),
    ("agreement", "Формы сотрудничества", "areas"),
    ("agreement", "Область исследований", "fields"),
    ("agreement", "国家/地区", "countries"),
    ("agreement", "Valid until*", "expires"),
    ("agreement", "Notice period (months)", "notice"),
    ("agreement", "Автопролонгация", "auto_renewal"),
    ("agreement", "Agreement expiry date", "expires"),
    ("agreement", "Date of signing the agreement", "signed"),
    ("agreement", "Наименование иностранной организации", "partners"),
    ("agreement", "协议有效期", "expires"),
    ("news", "Title of the news item", "title"),
    ("news", "新闻来源", "link"),
    ("outcome", "KPI Value", "count"),
    ("outcome", "Дата создания лаборатории", "date"),
    ("outcome", "成果数量", "count"),
    ("news", "标题", "title"),
    ("news", "Дата публикации", "published"),
    ("news", "正文", "text"),
    ("outcome", "Opened (or reported)", "date"),
    ("outcome", "Кол-во", "count"),
    ("outcome", "Ед. изм.", "unit"),
    ("outcome", "成果类型", "type"),
    ("outcome", "DOI", "doi"),
    ("outcome", "Journal / conference", "venue"),
    ("outcome", "In the framework of (Agreement no.)", "agreement_number"),
]  # fmt: skip
UNKNOWN = [
    "",
    "Shoe size",
    "Телефон",
    "Budget, EUR",
    "电话",
    "Inn",
    "x",
    "Project budget",
    "Number of agreements",
    "Partner rating",
    "12",
    "Partners since when and why",
]


@pytest.mark.parametrize(("kind", "header", "field"), UNDERSTOOD)
def test_understands(kind: Kind, header: str, field: str) -> None:
    assert feeds(header).get(kind) == field


@pytest.mark.parametrize("header", UNKNOWN)
def test_leaves_alone_what_it_does_not_know(header: str) -> None:
    assert not feeds(header)


@pytest.mark.parametrize("kind", KINDS)
def test_the_promised_headers_make_a_table_of_their_kind(kind: Kind) -> None:
    assert kind_of([feeds(header) for header in PROMISED[kind]], "", "") == kind


def test_two_rows_are_read_together() -> None:
    assert feeds_under("Документ", "Дата подписания")["agreement"] == "signed"
    assert feeds_under("Срок действия", "с")["agreement"] == "effective"
    assert feeds_under("Срок действия", "по")["agreement"] == "expires"
    assert feeds_under("Контрагент", "Наименование")["agreement"] == "partners"
    assert feeds_under("Документ", "Вид")["agreement"] == "type"
    assert feeds_under("Окончание", "Дата")["agreement"] == "expires"
    assert not feeds_under("Контрагент", "ИНН")
    assert not feeds_under("Partner", "Type")


def test_a_misspelt_header_is_proposed_and_not_used() -> None:
    assert similar("Coutnry") == "country"
    assert not feeds("Coutnry")


def test_no_alias_leads_to_two_fields_and_every_field_has_an_alias_in_each_language() -> None:
    seen: dict[tuple[str, str], str] = {}
    languages: dict[tuple[str, str], set[str]] = {}
    for row in rows("headers"):
        assert row["language"] in ("en", "ru", "zh")
        assert key(row["alias"]), row
        assert seen.setdefault((row["kind"], key(row["alias"])), row["field"]) == row["field"], row
        for kind in KINDS:
            if row["kind"] in (kind, "*"):
                languages.setdefault((kind, row["field"]), set()).add(row["language"])
                assert row["kind"] == "*" or row["field"] in (*SOURCE_FIELDS[kind], WEAK_NUMBER), row
    for kind in KINDS:
        for field in SOURCE_FIELDS[kind]:
            assert languages[kind, field] == {"en", "ru", "zh"}, (kind, field)
    assert {row["field"] for row in rows("headers")} <= {f for each in SOURCE_FIELDS.values() for f in each} | {COUNTER, WEAK_NUMBER}


@pytest.mark.parametrize(
    ("headers", "sheet", "file", "kind"),
    [
        ("Title, Partner, Country, Type, Signed, Expires", "", "", "agreement"),
        ("Date, Headline, Summary, Link", "", "", "news"),
        ("Year, What, Partner, Country, Number, Field, Agreement no., Link", "", "", "outcome"),
        ("Title, Date, Country", "News 2024", "", "news"),
        ("Title, Date, Country", "", "Результаты.xlsx", "outcome"),
        ("Title, Date, Country", "", "mou_list.xlsx", "agreement"),
        ("标题, 日期, 链接, 内容", "", "", "news"),
        ("Наименование, Контрагент, Страна, Дата заключения", "", "x.xlsx", "agreement"),
    ],
)
def test_the_kind_follows_from_the_columns_and_then_from_the_names(headers: str, sheet: str, file: str, kind: Kind) -> None:
    assert kind_of([feeds(header) for header in headers.split(", ")], sheet, file) == kind
