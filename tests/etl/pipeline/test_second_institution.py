"""Registers of other, invented institutions in five layouts are read without any configuration."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from etl.pipeline.run import run

Rows = Iterable[Sequence[object]]


def american(raw: Path) -> None:
    """A sheet a region, a title above the header, month first, 'effective' instead of 'signed'."""
    header = [
        "Partner Institution", "Country", "Agreement Type", "Effective Date", "Expiration Date", "College/Dept",
        "Area(s) of Collaboration", "Document URL",
    ]  # fmt: skip
    europe = [
        ["Global Affairs - International Agreements"],
        ["Updated 06/30/2024"],
        [],
        header,
        ["University of Bologna", "Italy", "MOU", "03/25/2019", "03/24/2024", "College of Engineering", "Robotics", "https://x.edu/1"],
    ]
    asia = [
        header,
        ["KAIST", "South Korea", "Student Exchange Agreement", "07/04/2020", "07/03/2025", "Global Affairs", "Computer science", ""],
        ["Kyoto University", "Japan", "Letter of Intent", "02/03/2022", "02/02/2023", "School of Medicine", "Immunology", ""],
    ]
    book(raw / "MOU tracker FY24.xlsx", {"Europe & Americas": europe, "Asia": asia})


def chinese(raw: Path) -> None:
    """A header of two rows with merged groups, running numbers, dates with signs of year and month."""
    rows = [
        ["某大学国际合作协议台账（截至2024年6月）"],
        ["序号", "外方合作院校", "", "协议信息", "", "", "", "合作领域", "备注"],
        ["", "中文名称", "国别", "协议名称", "协议类型", "签署日期", "有效期至", "", ""],
        [1, "慕尼黑工业大学", "德国", "学生交换协议", "交流协议", "2021.03.15", "2026.03.15", "机械工程", "自动续签"],
        [2, "新加坡国立大学", "新加坡", "联合实验室协议", "合作备忘录", "2022/9/1", "长期", "人工智能；材料科学", ""],
        [3, "东京大学", "日本", "谅解备忘录", "谅解备忘录", "2023年11月", "五年", "能源", ""],
    ]
    book(raw / "国际合作协议台账.xlsx", {"台账": rows})


def russian(raw: Path) -> None:
    """A text file of Windows-1251 with semicolons, months in words, terms instead of ends."""
    rows = [
        "№ п/п;Рег. №;Зарубежный партнёр;Страна;Предмет;Вид документа;Дата заключения;Срок действия;Направление;Ответственный исполнитель",
        "1;Д-12/2018;Варшавский политехнический институт;Польша;О сотрудничестве;Договор;5 апреля 2018 г.;5 лет;энергетика;Иванова",
        "2;М-3/2022;Университет Белграда;Сербия;О намерениях;Меморандум;янв. 2022;бессрочно;информационные технологии;",
    ]
    (raw / "журнал_договоров.csv").write_bytes("\r\n".join(rows).encode("cp1251"))


def bilingual(raw: Path) -> None:
    """Agreements, news and results in one book, every header and many cells in two languages."""
    agreements = [
        ["Partner / Партнёр", "Country / Страна", "Title of agreement / Название соглашения", "Type / Тип", "Date signed / Дата подписания",
         "Valid until / Действует до", "Research area / Область исследований"],
        ["Aalto University / Университет Аалто", "Finland / Финляндия", "Cooperation agreement", "Agreement / Соглашение",
         dt.date(2017, 6, 1), dt.date(2022, 6, 1), "Materials science / Материаловедение"],
    ]  # fmt: skip
    news = [
        ["Date / Дата", "Headline / Заголовок", "Summary / Краткое содержание", "Source / Источник"],
        ["12.03.2023", "Delegation of Politecnico di Milano visits", "Rectors discussed a joint laboratory.", "https://x.edu/n1"],
    ]
    results = [
        ["Year / Год", "Result / Результат", "Partner / Партнёр", "Country / Страна", "Number / Количество"],
        [2023, "Joint publications / Совместные публикации", "Politecnico di Milano", "Italy / Италия", 12],
    ]
    book(raw / "Partnerships.xlsx", {"Соглашения-Agreements": agreements, "Новости-News": news, "Результаты-Results": results})


def exported(raw: Path) -> None:
    """Text of UTF-16 with tabs as a database exports it: partners in several columns, codes of countries."""
    rows = [
        ["Contract ref", "Institution 1", "Institution 2", "Country (ISO)", "Subject of the contract", "Start", "End", "Discipline"],
        ["C-001", "University of Cape Town", "", "ZA", "Framework agreement on research", "2015", "2020", "Astronomy"],
        ["C-002", "University of Nairobi", "Makerere University", "KE; UG", "Network for public health", "2019-10", "2024-10", ""],
    ]
    with (raw / "agreements_export.txt").open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(rows)


def book(path: Path, sheets: dict[str, Rows]) -> None:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)


LAYOUTS = [
    # layout     table        column                   what it must hold
    (american, "agreement", "expires_on", ["2023-02-02", "2024-03-24", "2025-07-03"]),
    (american, "agreement", "agreement_type_code", ["exchange_agreement", "memorandum_of_understanding", "memorandum_of_understanding"]),
    (american, "partner", "country_code", ["ITA", "JPN", "KOR"]),
    (chinese, "agreement", "signed_on", ["2021-03-15", "2022-09-01", "2023-11"]),
    (chinese, "agreement", "expires_on", [None, "2026-03-15", "2028-11"]),
    (chinese, "partner", "partner_name", ["National University of Singapore", "Technical University of Munich", "University of Tokyo"]),
    (chinese, "agreement_field", "field_code", ["1.2", "2.3", "2.5", "2.7"]),
    (russian, "agreement", "signed_on", ["2018-04-05", "2022-01"]),
    (russian, "agreement", "expires_on", [None, "2023-04-04"]),
    (russian, "agreement_country", "country_code", ["POL", "SRB"]),
    (bilingual, "agreement", "signed_on", ["2017-06-01"]),
    (bilingual, "partner", "partner_name", ["Aalto University", "Politecnico di Milano"]),
    (bilingual, "news", "published_on", ["2023-03-12"]),
    (bilingual, "outcome", "outcome_type_code", ["joint_publication"]),
    (bilingual, "outcome", "amount", [12]),
    (exported, "agreement", "agreement_id", ["C-001", "C-002"]),
    (exported, "agreement_country", "country_code", ["KEN", "UGA", "ZAF"]),
    (exported, "partner", "partner_name", ["Makerere University", "University of Cape Town", "University of Nairobi"]),
]


@pytest.mark.parametrize(("layout", "table", "column", "expected"), LAYOUTS, ids=[f"{each[0].__name__} {each[2]}" for each in LAYOUTS])
def test_a_layout_is_read(layout: Any, table: str, column: str, expected: list[object], tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    layout(raw)
    done = run(raw, tmp_path / "out", "2024-06-30")
    assert done.folder is not None
    found = pq.read_table(done.folder / f"{table}.parquet")[column].to_pylist()
    assert sorted(found, key=lambda value: (value is not None, value)) == expected
    assert (done.findings.get("error", 0), done.run["rows_quarantined"]) == (0, 0)


def test_a_layout_that_nobody_knows_gives_the_lines_to_add_to_the_settings(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    american(raw)
    book(raw / "sopimukset.xlsx", {"S": [["Kumppani", "Maa", "Allekirjoitettu"], ["Aalto University", "Finland", "1.6.2017"]]})
    refused = run(raw, tmp_path / "out", "2024-06-30")
    told = next(str(file["message"]) for file in refused.files if file["file_name"] == "sopimukset.xlsx")
    lines = told[told.index('"sopimukset.xlsx"') : told.index("\nColumns can be")]
    for field in ("agreement", "partners", "countries", "signed"):
        lines = lines.replace("?", field, 1)
    (raw / "sources.yaml").write_text(lines, "utf-8")
    done = run(raw, tmp_path / "out", "2024-06-30")
    assert done.folder is not None
    assert "2017-06-01" in pq.read_table(done.folder / "agreement.parquet")["signed_on"].to_pylist()
    assert "refused" not in [file["verdict_code"] for file in done.files]
