"""What one cell says: several facts, numbers in words, links behind words, dates shown as months; and cells that contradict each other."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook

from .harness import Layout, sheet

EN = "Agreement ID | Title | Partner | Country | "
RU = "Номер | Название | Партнёр | Страна | "
A = "A-1 | Framework agreement | TU Graz | Austria | "
D = "Д-1 | Соглашение о сотрудничестве | TU Graz | Австрия | "
COUNT = "Outcome ID | Partner | Year | Metric | Value"


def _linked(book: Workbook) -> None:
    book.active["B2"].hyperlink = "https://example.org/a1.pdf"
    book.active["C2"].hyperlink = "https://tugraz.example.org/"


def _word(book: Workbook) -> None:
    book.active["F2"].hyperlink = "https://example.org/scan.pdf"


def _months(book: Workbook) -> None:
    for place, shown in (("E2", "mm.yyyy"), ("F2", "yyyy")):
        book.active[place] = dt.date(2019, 3, 12)
        book.active[place].number_format = shown


LAYOUTS = [
    Layout("signed and valid until in one cell", sheet(f"""
        {EN} Signed
        {A} signed 12.03.2019, valid until 2024
        A-2 | Exchange agreement | TU Wien | Austria | March 12, 2019; expires on May 1, 2024
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019-03-12; expires=2024; partner=TU Graz; country=AUT
        agreement S!3: no=A-2; title=Exchange agreement; signed=2019-03-12; expires=2024-05-01; partner=TU Wien; country=AUT
        note missing_type S!2
        note several_facts S!E2
        note missing_type S!3
        note several_facts S!E3
        """),
    Layout("signed, and the end in brackets, in Russian", sheet(f"""
        {RU} Дата подписания
        {D} подписано 12.03.2019, действует до 2024 г.
        Д-2 | Договор об обмене | TU Wien | Австрия | 12 марта 2019 г. (на 5 лет)
        """), """
        agreement S!2: no=Д-1; title=Соглашение о сотрудничестве; signed=2019-03-12; expires=2024; partner=TU Graz; country=AUT
        agreement S!3: no=Д-2; title=Договор об обмене; signed=2019-03-12; expires=2024-03-11; term=60; partner=TU Wien; country=AUT
        note missing_type S!2
        note several_facts S!E2
        note missing_type S!3
        note several_facts S!E3
        """),
    Layout("signed and the end in one cell in Chinese", sheet("""
        协议编号 | 协议名称 | 合作院校 | 国别 | 签署日期
        X-1 | 合作协议 | 慕尼黑工业大学 | 德国 | 2019年3月12日签署，有效期至2024年
        """), """
        agreement S!2: no=X-1; title=合作协议; signed=2019-03-12; expires=2024; partner=慕尼黑工业大学; country=DEU
        note missing_type S!2
        note several_facts S!E2
        """),
    Layout("a period from year to year under one header", sheet(f"""
        {EN} Validity period | Signed
        {A} 01.09.2019 – 31.08.2024 | 2019
        A-2 | Exchange agreement | TU Wien | Austria | 5 years, automatic renewal | 2020
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019; effective=2019-09-01; expires=2024-08-31; partner=TU Graz;
            + country=AUT
        agreement S!3: no=A-2; title=Exchange agreement; signed=2020; expires=2025; term=60; partner=TU Wien; country=AUT
        note missing_type S!2
        note several_facts S!E2
        note missing_type S!3
        """),
    Layout("two dates of which one is no date refuse the row", sheet(f"""
        {EN} Signed
        {A} signed 12.03.2019, lost 2020
        B-1 | Exchange agreement | TU Wien | Austria | 2020
        """), """
        agreement S!3: no=B-1; title=Exchange agreement; signed=2020; partner=TU Wien; country=AUT
        note missing_type S!2
        error bad_date S!E2
        note missing_type S!3
        """),
    Layout("a country with a city", sheet("""
        Agreement ID | Title | Partner | Country | Signed
        A-1 | Framework agreement | Institute of Dunes | China (Xi'an) | 2019
        A-2 | Framework agreement | Institute of Salt | Германия, г. Берлин | 2019
        A-3 | Framework agreement | Institute of Sand | 中国（西安） | 2020
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019; partner=Institute of Dunes; country=CHN
        agreement S!3: no=A-2; title=Framework agreement; signed=2019; partner=Institute of Salt; country=DEU
        agreement S!4: no=A-3; title=Framework agreement; signed=2020; partner=Institute of Sand; country=CHN
        note missing_type S!2
        note missing_type S!3
        note missing_type S!4
        """),
    Layout("several outcomes in one cell are refused, one with its number is read", sheet("""
        Код | Партнёр | Год | Результат
        Р-1 | TU Graz | 2020 | 5 публикаций, 2 гранта
        Р-2 | TU Graz | 2020 | 12 публ.
        Р-3 | TU Graz | 2020 | более двадцати публикаций
        Р-4 | TU Graz | 2020 | Workshop on optics, 2 days
        """), """
        outcome S!3: title=12 публ.; type=joint_publication; date=2020; amount=12; of=публ; partner=TU Graz; country=AUT (partner)
        outcome S!4: title=более двадцати публикаций; type=joint_publication; date=2020; amount=20; of=публикаций; how=at_least;
            + partner=TU Graz; country=AUT (partner)
        outcome S!5: title=Workshop on optics, 2 days; type=event; date=2020; partner=TU Graz; country=AUT (partner)
        error several_facts S!D2
        note missing_type S!3
        note missing_type S!4
        note missing_type S!5
        """),
    Layout("numbers with units and qualifiers in words", sheet(f"""
        {COUNT}
        O-1 | TU Graz | 2020 | Joint publications | 12 публ.
        O-2 | TU Graz | 2020 | Student exchange | около 30 чел.
        O-3 | TU Graz | 2020 | Student exchange | более двадцати
        O-4 | TU Graz | 2020 | Student exchange | over 1.5 thousand
        O-5 | TU Graz | 2020 | Student exchange | порядка полутора тысяч студентов
        O-6 | TU Graz | 2020 | Student exchange | 二十余人
        O-7 | TU Graz | 2020 | Student exchange | up to twenty-five
        O-8 | TU Graz | 2020 | Student exchange | 5-7
        """), """
        outcome S!2: title=TU Graz; type=joint_publication; date=2020; amount=12; of=публ; partner=TU Graz; country=AUT (partner)
        outcome S!3: title=TU Graz; type=mobility; date=2020; amount=30; of=чел; how=about; partner=TU Graz; country=AUT (partner)
        outcome S!4: title=TU Graz; type=mobility; date=2020; amount=20; how=at_least; partner=TU Graz; country=AUT (partner)
        outcome S!5: title=TU Graz; type=mobility; date=2020; amount=1500; how=at_least; partner=TU Graz; country=AUT (partner)
        outcome S!6: title=TU Graz; type=mobility; date=2020; amount=1500; of=студентов; how=about; partner=TU Graz; country=AUT (partner)
        outcome S!7: title=TU Graz; type=mobility; date=2020; amount=20; of=人; how=at_least; partner=TU Graz; country=AUT (partner)
        outcome S!8: title=TU Graz; type=mobility; date=2020; amount=25; how=at_most; partner=TU Graz; country=AUT (partner)
        error bad_number S!E9
        """),
    Layout("the unit in the header of a number", sheet("""
        Год | Показатель | Партнёр | Количество, чел. | Сумма, тыс. руб.
        2020 | Мобильность | TU Graz | 15 | 1500
        """), """
        outcome S!2: title=TU Graz; type=mobility; date=2020; amount=15; partner=TU Graz; country=AUT (partner)
        warning unknown_column S!E1
        """),
    Layout("an address behind the title", sheet(f"""
        {EN} Signed
        {A} 2019
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019; link=https://example.org/a1.pdf; partner=TU Graz; country=AUT
        note missing_type S!2
        note hidden_link S!B2
        note hidden_link S!C2
        """, _linked),
    Layout("an address behind a word in the column of links", sheet(f"""
        {EN} Signed | Link
        {A} 2019 | scan
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019; link=https://example.org/scan.pdf; partner=TU Graz; country=AUT
        note missing_type S!2
        """, _word),
    Layout("true dates that show only a month or a year", sheet(f"""
        {EN} Signed | Expires
        {A} x | x
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019-03; expires=2019; partner=TU Graz; country=AUT
        note missing_type S!2
        """, _months),
    Layout("the column of the year against that of the date", sheet(f"""
        {EN} Year | Signed
        {A} 2018 | 12.03.2019
        A-2 | Exchange agreement | TU Wien | Austria | 2019 | 12.03.2019
        A-3 | Exchange agreement | TU Berlin | Germany | 2019 | someday
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019-03-12; partner=TU Graz; country=AUT
        agreement S!3: no=A-2; title=Exchange agreement; signed=2019-03-12; partner=TU Wien; country=AUT
        agreement S!4: no=A-3; title=Exchange agreement; signed=2019; partner=TU Berlin; country=DEU
        note duplicate_column S!F1
        note missing_type S!2
        warning conflicting_columns S!E2
        note missing_type S!3
        note missing_type S!4
        warning bad_date S!F4
        """),
    Layout("the term against the end", sheet(f"""
        {RU} Дата подписания | Срок действия | Действует до
        {D} 12.03.2019 | 3 года | 12.03.2024
        Д-2 | Договор об обмене | TU Wien | Австрия | 12.03.2019 | 5 лет | 12.03.2024
        """), """
        agreement S!2: no=Д-1; title=Соглашение о сотрудничестве; signed=2019-03-12; expires=2024-03-12; term=36; partner=TU Graz;
            + country=AUT
        agreement S!3: no=Д-2; title=Договор об обмене; signed=2019-03-12; expires=2024-03-12; term=60; partner=TU Wien; country=AUT
        note duplicate_column S!G1
        note missing_type S!2
        warning conflicting_columns S!F2
        note missing_type S!3
        """),
    Layout("the country against the city and against the partner", sheet("""
        Agreement ID | Title | Partner | City | Country | Signed
        A-1 | Framework agreement | Institute of Dunes | Berlin | Austria | 2019
        A-2 | Framework agreement | Technical University of Munich | | Austria | 2019
        A-3 | Framework agreement | Institute of Salt | Berlin | Germany | 2019
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019; partner=Institute of Dunes; country=AUT
        agreement S!3: no=A-2; title=Framework agreement; signed=2019; partner=Technical University of Munich; country=AUT
        agreement S!4: no=A-3; title=Framework agreement; signed=2019; partner=Institute of Salt; country=DEU
        note missing_type S!2
        warning conflicting_columns S!D2
        note missing_type S!3
        note missing_type S!4
        """),
    Layout("two columns of numbers that differ", sheet("""
        Outcome ID | Partner | Year | Metric | Value | Количество
        O-1 | TU Graz | 2020 | Publications | 5 | 6
        O-2 | TU Graz | 2021 | Publications | 7 | 7
        """), """
        outcome S!2: title=TU Graz; type=joint_publication; date=2020; amount=5; partner=TU Graz; country=AUT (partner)
        outcome S!3: title=TU Graz; type=joint_publication; date=2021; amount=7; partner=TU Graz; country=AUT (partner)
        note duplicate_column S!F1
        warning conflicting_columns S!F2
        """),
]  # fmt: skip
