"""Several tables in one sheet, and tables with one column per year."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl import Workbook

from .harness import Layout, sheet


def _merged(*ranges: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for each in ranges:
            book.active.merge_cells(each)

    return change


LAYOUTS = [
    Layout("agreements beside results", sheet("""
        Agreements | | | | | | | Results
        Agreement ID | Title | Partner | Country | Signed | Expires | | Year | Metric | Value | Partner
        A-1 | Framework agreement | TU Graz | Austria | 12.03.2019 | 2024 | | 2022 | Joint publications | 5 | TU Graz
        A-2 | Exchange agreement | TU Wien | Austria | 2021 | | | 2023 | Joint project | 2 | TU Wien
        | | | | | | | 2024 | Patent | 1 | TU Wien
        """), """
        agreement S!3: no=A-1; title=Framework agreement; signed=2019-03-12; expires=2024; partner=TU Graz; country=AUT
        agreement S!4: no=A-2; title=Exchange agreement; signed=2021; partner=TU Wien; country=AUT
        outcome S [H:K]!3: title=TU Graz; type=joint_publication; date=2022; amount=5; partner=TU Graz; country=AUT (partner)
        outcome S [H:K]!4: title=TU Wien; type=joint_project; date=2023; amount=2; partner=TU Wien; country=AUT (partner)
        outcome S [H:K]!5: title=TU Wien; type=patent; date=2024; amount=1; partner=TU Wien; country=AUT (partner)
        note side_by_side S!H1
        note missing_type S!3
        note missing_type S!4
        """),
    Layout("two tables beside each other that begin in different rows", sheet("""
        Номер | Название | Партнёр | Страна | Дата подписания
        Д-1 | Соглашение о сотрудничестве | TU Graz | Австрия | 2019 | | Новости
        Д-2 | Договор об обмене | TU Wien | Австрия | 2020 | | Дата | Заголовок
        Д-3 | Договор об обмене | TU Wien | Австрия | 2021 | | 5.04.2021 | Делегация TU Graz посетила университет
        """), """
        agreement S!2: no=Д-1; title=Соглашение о сотрудничестве; signed=2019; partner=TU Graz; country=AUT
        agreement S!3: no=Д-2; title=Договор об обмене; signed=2020; partner=TU Wien; country=AUT
        agreement S!4: no=Д-3; title=Договор об обмене; signed=2021; partner=TU Wien; country=AUT
        news S [G:H]!4: title=Делегация TU Graz посетила университет; date=2021-04-05; partner=TU Graz; country=AUT (city)
        note missing_type S!2
        note side_by_side S!G2
        note missing_type S!3
        note missing_type S!4
        note agreement_without_news S!B4
        """),
    Layout("one register in two halves beside each other", sheet("""
        Partner | Country | Type | Signed | Partner | Country | Type | Signed
        TU Graz | Austria | Memorandum | 2019 | TU Wien | Austria | Memorandum | 2020
        TU Berlin | Germany | Memorandum | 2019
        """), """
        agreement S!2: title=TU Graz; signed=2019; partner=TU Graz; country=AUT
        agreement S!3: title=TU Berlin; signed=2019; partner=TU Berlin; country=DEU
        agreement S [E:H]!2: title=TU Wien; signed=2020; partner=TU Wien; country=AUT
        note missing_column S!1
        note side_by_side S!E1
        note missing_column S [E:H]!1
        """),
    Layout("an empty column inside one table parts nothing", sheet("""
        Agreement ID | Title | | Partner | Country | Signed
        A-1 | Framework agreement | | TU Graz | Austria | 2020
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2020; partner=TU Graz; country=AUT
        note missing_type S!2
        """),
    Layout("news with partners behind an empty column stay one table", sheet("""
        Date | Headline | | Partner | Country
        2020 | Visit of a delegation | | TU Graz | Austria
        """), """
        news S!2: title=Visit of a delegation; date=2020; partner=TU Graz; country=AUT
        """),
    Layout("a wide table above two narrow ones", sheet("""
        Agreement ID | Title | Partner | Country | Signed | Expires | Type
        A-1 | Framework agreement | TU Graz | Austria | 2019 | 2024 | Agreement

        Year | Metric | Value | | Date | Headline
        2020 | Patent | 2 | | 2021 | Visit of TU Graz
        """), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019; expires=2024; partner=TU Graz; country=AUT
        outcome S!5: title=Patent; type=patent; date=2020; amount=2
        news S [E:F]!5: title=Visit of TU Graz; date=2021; partner=TU Graz; country=AUT (city)
        note side_by_side S!E4
        """),
    Layout("three tables with their titles below each other", sheet("""
        Register of agreements
        Agreement ID | Title | Partner | Country | Signed
        A-1 | Framework agreement | TU Graz | Austria | 2019

        News
        Date | Headline
        2020 | Visit of TU Graz

        Results
        Year | Metric | Value | Partner
        2020 | Patent | 2 | TU Wien
        """), """
        agreement S!3: no=A-1; title=Framework agreement; signed=2019; partner=TU Graz; country=AUT
        news S!7: title=Visit of TU Graz; date=2020; partner=TU Graz; country=AUT (city)
        outcome S!11: title=TU Wien; type=patent; date=2020; amount=2; partner=TU Wien; country=AUT (partner)
        note missing_type S!3
        """),
    Layout("in Chinese, agreements beside news", sheet("""
        协议编号 | 协议名称 | 合作院校 | 国别 | 签署日期 | | 日期 | 新闻标题
        X-1 | 合作协议 | 慕尼黑工业大学 | 德国 | 2021年3月 | | 2022年5月1日 | 慕尼黑工业大学代表团来访
        """), """
        agreement S!2: no=X-1; title=合作协议; signed=2021-03; partner=慕尼黑工业大学; country=DEU
        news S [G:H]!2: title=慕尼黑工业大学代表团来访; date=2022-05-01; partner=慕尼黑工业大学; country=DEU (partner's country)
        note side_by_side S!G1
        note missing_type S!2
        """),
    Layout("one column per year and a column of what is counted", sheet("""
        Partner | Country | Metric | 2021 | 2022 | 2023
        TU Graz | Austria | Joint publications | 5 | | 7
        TU Wien | Austria | Patents | 1 | - | 0
        Total | | | 6 | 0 | 7
        """), """
        outcome S!2: title=TU Graz; type=joint_publication; date=2021; amount=5; partner=TU Graz; country=AUT; from D1=2021
        outcome S!3: title=TU Wien; type=patent; date=2021; amount=1; partner=TU Wien; country=AUT; from D1=2021
        outcome S [F]!2: title=TU Graz; type=joint_publication; date=2023; amount=7; partner=TU Graz; country=AUT; from F1=2023
        note year_columns S!D1
        note summary_row S!4
        note summary_row S [E]!4
        note summary_row S [F]!4
        """),
    Layout("one column per year under merged headers that say what is counted", sheet("""
        Партнёр | Страна | Публикации | | Гранты |
        | | 2021 | 2022 | 2021 | 2022
        TU Graz | Австрия | 5 | | 1 | около 20
        """), """
        outcome S!3: title=TU Graz; type=joint_publication; date=2021; amount=5; partner=TU Graz; country=AUT; from C2=2021;
            + from C1=Публикации
        outcome S [E]!3: title=TU Graz; type=grant; date=2021; amount=1; partner=TU Graz; country=AUT; from E2=2021; from E1=Гранты
        outcome S [F]!3: title=TU Graz; type=grant; date=2022; amount=20; how=about; partner=TU Graz; country=AUT; from F2=2022;
            + from E1=Гранты
        note year_columns S!C2
        """, _merged("A1:A2", "B1:B2", "C1:D1", "E1:F1")),
    Layout("one column per year in a sheet called after what is counted", sheet("""
        Партнёр | Страна | 2021 г. | 2022 г. | 2023 г. | 2024 г.
        TU Graz | Австрия | 5 | | 1 | 2
        """, "Совместные публикации"), """
        outcome Совместные публикации!2: title=TU Graz; type=joint_publication; date=2021; amount=5; partner=TU Graz; country=AUT;
            + from C1=2021 г.
        outcome Совместные публикации [E]!2: title=TU Graz; type=joint_publication; date=2023; amount=1; partner=TU Graz; country=AUT;
            + from E1=2023 г.
        outcome Совместные публикации [F]!2: title=TU Graz; type=joint_publication; date=2024; amount=2; partner=TU Graz; country=AUT;
            + from F1=2024 г.
        note year_columns Совместные публикации!C1
        """),
    Layout("in Chinese, one column per year", sheet("""
        合作院校 | 国别 | 指标 | 2021年 | 2022年
        慕尼黑工业大学 | 德国 | 论文 | 3 | 4
        """), """
        outcome S!2: title=慕尼黑工业大学; type=joint_publication; date=2021; amount=3; partner=慕尼黑工业大学; country=DEU;
            + from D1=2021年
        outcome S [E]!2: title=慕尼黑工业大学; type=joint_publication; date=2022; amount=4; partner=慕尼黑工业大学; country=DEU;
            + from E1=2022年
        note year_columns S!D1
        """),
    Layout("columns per year of nobody knows what", sheet("""
        Partner | Country | 2021 | 2022 | 2023
        TU Graz | Austria | 5 | | 7
        """), """
        nothing: The columns C to E of the table in row 1 are one per year, but nothing says what they count, so the table was
        """),
    Layout("columns per year of nobody knows what beside a register", {**sheet("""
        Agreement ID | Title | Partner | Country | Signed
        A-1 | Framework agreement | TU Graz | Austria | 2019
        """), **sheet("""
        Country | Partner | 2021 | 2022 | 2023
        Austria | TU Graz | 5 | | 7
        """, "Figures")}, """
        agreement S!2: no=A-1; title=Framework agreement; signed=2019; partner=TU Graz; country=AUT
        warning no_header Figures!
        error year_columns Figures!C1
        note missing_type S!2
        """),
    Layout("a form of one record", sheet("""
        Agreement form
        Title | Framework agreement
        Partner | TU Graz
        Country | Austria
        Date of signature | 12.03.2019
        Valid until | 2024
        """), """
        nothing: The sheet holds a record as a form, each label with its value beside it, and was not read: Title: Framework ag
        """),
    Layout("a form beside a register, in Russian", {**sheet("""
        Номер | Название | Партнёр | Страна | Дата подписания
        Д-1 | Соглашение о сотрудничестве | TU Graz | Австрия | 2019
        """), **sheet("""
        Номер: | Д-2
        Название: | Договор об обмене
        Партнёр: | TU Wien
        Страна: | Австрия
        Дата подписания: | 2020
        """, "Карточка")}, """
        agreement S!2: no=Д-1; title=Соглашение о сотрудничестве; signed=2019; partner=TU Graz; country=AUT
        note missing_type S!2
        error form_layout Карточка!A1
        """),
]  # fmt: skip
