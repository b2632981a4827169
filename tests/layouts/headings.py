"""Rows between the records: headings, repeated headers, totals, notes; labels on the first row of a group; ditto marks."""

from __future__ import annotations

from .beside import _merged
from .harness import Layout, sheet

LAYOUTS = [
    Layout("years and countries as headings, in the column of running numbers", sheet("""
        № п/п | Партнёр | Название | Дата подписания
        2023
        Китай
        1 | Сидяньский университет | Соглашение о сотрудничестве | март 2023
        2 | Институт песков | Соглашение о сотрудничестве |
        Индия
        3 | Школа ветров | Меморандум |
        Прочее
        4 | Школа волн | Меморандум |
        Итого | 4
        """), """
        agreement S!4: title=Соглашение о сотрудничестве; signed=2023-03; partner=Сидяньский университет; country=CHN (section);
            + from A3=Китай
        agreement S!5: title=Соглашение о сотрудничестве; signed=2023; partner=Институт песков; country=CHN (section); from A2=2023;
            + from A3=Китай
        agreement S!7: title=Меморандум; signed=2023; partner=Школа ветров; country=IND (section); from A2=2023; from A6=Индия
        agreement S!9: title=Меморандум; signed=2023; partner=Школа волн; from A2=2023
        note missing_column S!1
        note heading_row S!A2
        note heading_row S!A3
        note missing_type S!4
        note missing_type S!5
        note heading_row S!A6
        note missing_type S!7
        note heading_row S!A8
        note missing_country S!9
        note missing_type S!9
        note summary_row S!10
        """),
    Layout("years of outcomes, and a country that is a short text in the column of titles", sheet("""
        Title | Type | Partner | Value
        2023
        Paper on fog | Publication | TU Graz | 3
        China
        Paper on dew | Publication | Institute of Dew | 2
        2022
        Paper on hail | Publication | TU Wien | 1
        """), """
        outcome S!3: title=Paper on fog; type=joint_publication; date=2023; amount=3; partner=TU Graz; country=AUT (partner); from A2=2023
        outcome S!5: title=Paper on dew; type=joint_publication; date=2023; amount=2; partner=Institute of Dew; country=CHN (section);
            + from A2=2023; from A4=China
        outcome S!7: title=Paper on hail; type=joint_publication; date=2022; amount=1; partner=TU Wien; country=AUT (partner);
            + from A6=2022
        warning missing_column S!1
        note heading_row S!A2
        note heading_row S!A4
        note heading_row S!A6
        """),
    Layout("faculties as headings", sheet("""
        Title | Partner | Signed
        Faculty of Physics
        Framework agreement | TU Graz | 2019
        Exchange agreement | TU Wien | 2020
        Department of Chemistry
        Framework agreement | TU Berlin | 2021
        """), """
        agreement S!3: title=Framework agreement; signed=2019; unit=Faculty of Physics; partner=TU Graz; country=AUT (partner);
            + from A2=Faculty of Physics
        agreement S!4: title=Exchange agreement; signed=2020; unit=Faculty of Physics; partner=TU Wien; country=AUT (partner);
            + from A2=Faculty of Physics
        agreement S!6: title=Framework agreement; signed=2021; unit=Department of Chemistry; partner=TU Berlin; country=DEU (partner);
            + from A5=Department of Chemistry
        note missing_column S!1
        note heading_row S!A2
        note missing_type S!3
        note missing_type S!4
        note heading_row S!A5
        note missing_type S!6
        """),
    Layout("a faculty merged over the table, in Russian", sheet("""
        Название | Партнёр | Страна | Дата подписания
        Факультет физики
        Соглашение о сотрудничестве | TU Graz | Австрия | 2019
        """), """
        agreement S!3: title=Соглашение о сотрудничестве; signed=2019; unit=Факультет физики; partner=TU Graz; country=AUT;
            + from A2=Факультет физики
        note missing_column S!1
        note heading_row S!A2
        note missing_type S!3
        """, _merged("A2:D2")),
    Layout("years as headings in Chinese", sheet("""
        序号 | 协议名称 | 合作院校 | 国别
        2022年
        1 | 合作协议 | 慕尼黑工业大学 | 德国
        2021年
        2 | 交流协议 | 东京大学 | 日本
        """), """
        agreement S!3: title=合作协议; signed=2022; partner=慕尼黑工业大学; country=DEU; from A2=2022年
        agreement S!5: title=交流协议; signed=2021; partner=东京大学; country=JPN; from A4=2021年
        note missing_column S!1
        warning missing_column S!1
        note heading_row S!A2
        note missing_type S!3
        note heading_row S!A4
        note missing_type S!5
        """),
    Layout("a heading gives nothing to a row that says it itself", sheet("""
        Title | Partner | Country | Signed
        Austria
        Framework agreement | TU Graz | Austria | 2019
        Exchange agreement | Sand Institute | Chile | 2020
        Exchange agreement | Dune Institute | | 2020
        """), """
        agreement S!3: title=Framework agreement; signed=2019; partner=TU Graz; country=AUT
        agreement S!4: title=Exchange agreement; signed=2020; partner=Sand Institute; country=CHL
        agreement S!5: title=Exchange agreement; signed=2020; partner=Dune Institute; country=AUT (section); from A2=Austria
        note missing_column S!1
        note heading_row S!A2
        note missing_type S!3
        note missing_type S!4
        note missing_type S!5
        """),
    Layout("a label with a colon and a numeral before the country", sheet("""
        Title | Partner | Signed
        Country: Chile
        Framework agreement | Sand Institute | 2019
        II. Peru
        Exchange agreement | Dune Institute | 2020
        """), """
        agreement S!3: title=Framework agreement; signed=2019; partner=Sand Institute; country=CHL (section); from A2=Country: Chile
        agreement S!5: title=Exchange agreement; signed=2020; partner=Dune Institute; country=PER (section); from A4=II. Peru
        note missing_column S!1
        note heading_row S!A2
        note missing_type S!3
        note heading_row S!A4
        note missing_type S!5
        """),
    Layout("the year as the title of each table", sheet("""
        2023
        No. | Partner | Title | Country
        1 | TU Graz | Framework agreement | Austria

        2022
        No. | Partner | Title | Country
        1 | TU Wien | Exchange agreement | Austria
        """), """
        agreement S!3: title=Framework agreement; signed=2023; partner=TU Graz; country=AUT; from A1=2023
        agreement S!7: title=Exchange agreement; signed=2022; partner=TU Wien; country=AUT; from A5=2022
        note heading_row S!A1
        note missing_column S!2
        warning missing_column S!2
        note missing_type S!3
        note heading_row S!A5
        warning missing_column S!6
        note missing_type S!7
        """),
    Layout("a total ends the heading before it", sheet("""
        Title | Partner | Signed
        Chile
        Framework agreement | Sand Institute | 2019
        Total Chile | 1
        Exchange agreement | Dune Institute | 2020
        """), """
        agreement S!3: title=Framework agreement; signed=2019; partner=Sand Institute; country=CHL (section); from A2=Chile
        agreement S!5: title=Exchange agreement; signed=2020; partner=Dune Institute
        note missing_column S!1
        note heading_row S!A2
        note missing_type S!3
        note summary_row S!4
        note missing_country S!5
        note missing_type S!5
        """),
    Layout("the country on the first row of each group", sheet("""
        Country | Partner | Title | Signed
        Chile | Sand Institute | Framework agreement | 2019
        | Dune Institute | Exchange agreement | 2020
        | Salt Institute | Exchange agreement | 2021
        Peru | Wind School | Memorandum | 2021
        | Wave School | Memorandum | 2022
        """), """
        agreement S!2: title=Framework agreement; signed=2019; partner=Sand Institute; country=CHL
        agreement S!3: title=Exchange agreement; signed=2020; partner=Dune Institute; country=CHL (group); from A2=Chile
        agreement S!4: title=Exchange agreement; signed=2021; partner=Salt Institute; country=CHL (group); from A2=Chile
        agreement S!5: title=Memorandum; signed=2021; partner=Wind School; country=PER
        agreement S!6: title=Memorandum; signed=2022; partner=Wave School; country=PER (group); from A5=Peru
        note missing_column S!1
        note missing_type S!2
        note missing_type S!3
        note group_label S!A3
        note missing_type S!4
        note group_label S!A4
        note missing_type S!5
        note missing_type S!6
        note group_label S!A6
        """),
    Layout("groups in groups: an outer label ends the inner one", sheet("""
        № п/п | Год | Страна | Партнёр | Название
        1 | 2023 | Чили | Институт песков | Соглашение о сотрудничестве
        2 | | | Институт дюн | Соглашение о сотрудничестве
        3 | | Перу | Школа ветров | Договор об обмене
        4 | 2022 | | Школа волн | Меморандум
        5 | | | Школа гроз | Меморандум
        """), """
        agreement S!2: title=Соглашение о сотрудничестве; signed=2023; partner=Институт песков; country=CHL
        agreement S!3: title=Соглашение о сотрудничестве; signed=2023; partner=Институт дюн; country=CHL (group); from B2=2023;
            + from C2=Чили
        agreement S!4: title=Договор об обмене; signed=2023; partner=Школа ветров; country=PER; from B2=2023
        agreement S!5: title=Меморандум; signed=2022; partner=Школа волн
        agreement S!6: title=Меморандум; signed=2022; partner=Школа гроз; from B5=2022
        note missing_column S!1
        note missing_type S!2
        note missing_type S!3
        note group_label S!B3
        note group_label S!C3
        note missing_type S!4
        note group_label S!B4
        note missing_country S!5
        note missing_type S!5
        note missing_country S!6
        note missing_type S!6
        note group_label S!B6
        """),
    Layout("one empty cell among countries is an unknown country, no group", sheet("""
        Country | Partner | Title | Signed
        Chile | Sand Institute | Framework agreement | 2019
        Peru | Dune Institute | Exchange agreement | 2020
        | Salt Institute | Exchange agreement | 2021
        Cuba | Wind School | Memorandum | 2021
        """), """
        agreement S!2: title=Framework agreement; signed=2019; partner=Sand Institute; country=CHL
        agreement S!3: title=Exchange agreement; signed=2020; partner=Dune Institute; country=PER
        agreement S!4: title=Exchange agreement; signed=2021; partner=Salt Institute
        agreement S!5: title=Memorandum; signed=2021; partner=Wind School; country=CUB
        note missing_column S!1
        note missing_type S!2
        note missing_type S!3
        note missing_country S!4
        note missing_type S!4
        note missing_type S!5
        """),
    Layout("ditto marks of every kind", sheet("""
        Agreement ID | Title | Partner | Country | Signed
        A-1 | Framework agreement | TU Graz | Austria | 2020
        A-2 | Exchange agreement | TU Wien | -//- | to
        A-3 | Exchange agreement | TU Wien | то же | 2021
        A-4 | Exchange agreement | TU Wien | 同上 | as above
        A-5 | Exchange agreement | TU Wien | '' | 2022
        """.replace("| to", "| \"")), """
        agreement S!2: no=A-1; title=Framework agreement; signed=2020; partner=TU Graz; country=AUT
        agreement S!3: no=A-2; title=Exchange agreement; signed=2020; partner=TU Wien; country=AUT (ditto); from D2=Austria; from E2=2020
        agreement S!4: no=A-3; title=Exchange agreement; signed=2021; partner=TU Wien; country=AUT (ditto); from D2=Austria
        agreement S!5: no=A-4; title=Exchange agreement; signed=2021; partner=TU Wien; country=AUT (ditto); from D2=Austria; from E4=2021
        agreement S!6: no=A-5; title=Exchange agreement; signed=2022; partner=TU Wien; country=AUT (ditto); from D2=Austria
        note missing_type S!2
        note missing_type S!3
        note ditto_mark S!D3
        note ditto_mark S!E3
        note missing_type S!4
        note ditto_mark S!D4
        note missing_type S!5
        note ditto_mark S!D5
        note ditto_mark S!E5
        note missing_type S!6
        note ditto_mark S!D6
        """),
    Layout("the header again on each page, totals by group, notes below", sheet("""
        Register of agreements
        Agreement ID | Title | Partner | Country | Signed
        A-1 | Framework agreement | TU Graz | Austria | 2019
        Total Austria | 1
        Agreement ID | Title | Partner | Country | Signed
        B-1 | Exchange agreement | TU Berlin | Germany | 2020
        Subtotal | 1
        Grand total | 2

        * without branches
        Prepared by: Office of cooperation
        """), """
        agreement S!3: no=A-1; title=Framework agreement; signed=2019; partner=TU Graz; country=AUT
        agreement S!6: no=B-1; title=Exchange agreement; signed=2020; partner=TU Berlin; country=DEU
        note missing_type S!3
        note summary_row S!4
        note missing_type S!6
        note summary_row S!7
        note summary_row S!8
        """),
    Layout("a header of two rows with merged groups", sheet("""
        № п/п | Контрагент | | Документ | |
        | Организация | Страна | Название | Дата подписания | Срок действия
        1 | TU Graz | Австрия | Соглашение о сотрудничестве | 01.09.2020 | 5 лет
        """), """
        agreement S!3: title=Соглашение о сотрудничестве; signed=2020-09-01; expires=2025-08-31; term=60; partner=TU Graz; country=AUT
        note missing_column S!2
        note missing_type S!3
        """, _merged("A1:A2", "B1:C1", "D1:F1")),
]  # fmt: skip
