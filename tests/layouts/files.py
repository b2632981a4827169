"""The same tables in other files: text with any sign between the cells, in UTF-16, with lines above the header; OpenDocument."""

from __future__ import annotations

from .harness import Layout, ods, rows

EN = """
Agreement ID | Title | Partner | Country | Signed
A-1 | Framework agreement | TU Graz | Austria | 2019
A-2 | Exchange agreement | TU Wien | Austria | 2020
"""


def _text(sign: str, *above: str) -> str:
    lines = [sign.join(str(cell) for cell in row) for row in rows(EN)]
    return "\r\n".join([*above, *lines]) + "\r\n"


LAYOUTS = [
    Layout("pipes and lines above the header", _text("|", "Register of agreements", "As of 01.02.2024", ""), """
        agreement !5: no=A-1; title=Framework agreement; signed=2019; partner=TU Graz; country=AUT
        agreement !6: no=A-2; title=Exchange agreement; signed=2020; partner=TU Wien; country=AUT
        note missing_type !5
        note missing_type !6
        """, name="a.txt"),
    Layout("semicolons, with commas in the lines above", _text(";", "Office of cooperation, Register, 2024", "As of 01.02.2024, draft"), """
        agreement !4: no=A-1; title=Framework agreement; signed=2019; partner=TU Graz; country=AUT
        agreement !5: no=A-2; title=Exchange agreement; signed=2020; partner=TU Wien; country=AUT
        note missing_type !4
        note missing_type !5
        """),
    Layout("tabs in UTF-16", _text("\t").encode("utf-16"), """
        agreement !2: no=A-1; title=Framework agreement; signed=2019; partner=TU Graz; country=AUT
        agreement !3: no=A-2; title=Exchange agreement; signed=2020; partner=TU Wien; country=AUT
        note missing_type !2
        note missing_type !3
        """, name="a.tsv"),
    Layout("UTF-16 without a mark of its order", _text(";").encode("utf-16-le"), """
        agreement !2: no=A-1; title=Framework agreement; signed=2019; partner=TU Graz; country=AUT
        agreement !3: no=A-2; title=Exchange agreement; signed=2020; partner=TU Wien; country=AUT
        note missing_type !2
        note missing_type !3
        """),
    Layout("line breaks inside quotes", 'Agreement ID;Title;Partner;Country;Signed\nA-1;"Framework\nagreement";TU Graz;Austria;2019\n', """
        agreement !2: no=A-1; title=Framework⏎agreement; signed=2019; partner=TU Graz; country=AUT
        note missing_type !2
        """),
    Layout("two tables below each other in a text", _text(";") + "\r\nNews\r\nDate;Headline\r\n2020;Visit of TU Graz\r\n", """
        agreement !2: no=A-1; title=Framework agreement; signed=2019; partner=TU Graz; country=AUT
        agreement !3: no=A-2; title=Exchange agreement; signed=2020; partner=TU Wien; country=AUT
        news !7: title=Visit of TU Graz; date=2020; partner=TU Graz; country=AUT (city)
        note missing_type !2
        note missing_type !3
        note agreement_without_news !B3
        """),
    Layout("tables beside each other in a text",
           "Partner;Country;Type;Signed;;Date;Headline\nTU Graz;Austria;MoU;2019;;2020;Visit of TU Graz\n", """
        agreement !2: title=TU Graz; signed=2019; partner=TU Graz; country=AUT
        news [F:G]!2: title=Visit of TU Graz; date=2020; partner=TU Graz; country=AUT (city)
        note missing_column !1
        note side_by_side !F1
        """),
    Layout("an OpenDocument with a heading and a group", ods({"S": rows("""
        Title | Partner | Signed
        Chile
        Framework agreement | Sand Institute | 2019
        Exchange agreement | Dune Institute | 2020
        """)}), """
        agreement S!3: title=Framework agreement; signed=2019; partner=Sand Institute; country=CHL (section); from A2=Chile
        agreement S!4: title=Exchange agreement; signed=2020; partner=Dune Institute; country=CHL (section); from A2=Chile
        note missing_column S!1
        note heading_row S!A2
        note missing_type S!3
        note missing_type S!4
        """, name="a.ods"),
    Layout("an OpenDocument with one column per year", ods({"S": rows("""
        Partner | Country | Metric | 2021 | 2022
        TU Graz | Austria | Patents | 5 |
        """)}), """
        outcome S!2: title=TU Graz; type=patent; date=2021; amount=5; partner=TU Graz; country=AUT; from D1=2021
        note year_columns S!D1
        """, name="a.ods"),
]  # fmt: skip
