"""A generated register of agreements: invented organisations, real countries and fields. Never mixed with the real data."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl

#: 18 columns as a register has them, two of which the ETL does not publish.
HEADER = (
    "№", "Номер договора", "Наименование", "Партнёр", "Страна", "Город", "Направление", "Вид", "Статус", "Дата подписания",
    "Дата начала", "Действует до", "Срок, лет", "Ответственный", "Сумма", "Валюта", "Ссылка", "Примечание",
)  # fmt: skip
_COUNTRIES = (
    ("Китай", "КНР", "China"), ("Германия", "ФРГ", "Germany"), ("Франция", "France"), ("Казахстан", "Kazakhstan"), ("Италия", "Italy"),
    ("Индия", "India"), ("Вьетнам", "Viet Nam"), ("Сербия", "Serbia"), ("Турция", "Türkiye"), ("Иран", "Iran"), ("Египет", "Egypt"),
    ("Узбекистан", "Uzbekistan"), ("Армения", "Armenia"), ("Бразилия", "Brazil"), ("Япония", "Japan"),
)  # fmt: skip
_FIELDS = ("физика", "Materials science", "математика; информатика", "энергетика", "экономика", "биотехнологии", "лингвистика")
_TYPES = ("Соглашение", "Меморандум", "Договор", "MoU", "Agreement on student exchange")
_WORDS = (
    "о научном сотрудничестве", "об обмене студентами", "о совместных исследованиях", "о двойных дипломах", "о взаимопонимании",
    "о летней школе", "о стажировках преподавателей", "о совместной лаборатории",
)  # fmt: skip
_SYLLABLES = ("ва", "ле", "мо", "ри", "су", "та", "но", "ка", "ги", "ду", "пе", "зо", "фи", "ба", "лу", "ше")


def write(path: Path, rows: int, seed: int = 1) -> None:
    """Write a register of ``rows`` agreements; the same arguments give the same cells.

    There are a tenth as many partners, in up to three spellings.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Соглашения (generated)")
    sheet.append(HEADER)
    for line in lines(rows, seed):
        sheet.append(line)
    book.save(path)


def lines(rows: int, seed: int) -> Iterator[tuple[object, ...]]:
    """Yield the cells of each agreement."""
    draw = random.Random(seed)
    partners = [_partner(draw) for _ in range(max(rows // 10, 1))]
    for number in range(1, rows + 1):
        name, country, city = draw.choice(partners)
        signed = date(1995, 1, 1) + timedelta(days=draw.randrange(11_000))
        years = draw.randrange(1, 11)
        yield (
            number, f"{seed}-{number}", f"{draw.choice(_TYPES)} {draw.choice(_WORDS)} с {name}", _spelled(name, draw), draw.choice(country),
            city, draw.choice(_FIELDS), draw.choice(_TYPES), "действует", signed if draw.random() < 0.8 else signed.strftime("%d.%m.%Y"),
            signed, signed.replace(year=signed.year + years, day=min(signed.day, 28)), years, f"Отдел {draw.randrange(20)}",
            round(draw.lognormvariate(9, 1.2), 2), draw.choice(("RUB", "USD", "EUR")),
            f"https://example.org/agreements/{seed}/{number}" if draw.random() < 0.4 else None,
            f"Протокол {draw.randrange(500)}" if draw.random() < 0.2 else None,
        )  # fmt: skip


def _partner(draw: random.Random) -> tuple[str, tuple[str, ...], str]:
    place = "".join(draw.choices(_SYLLABLES, k=draw.randrange(3, 6))).capitalize()
    kind = draw.choice(("{}нский университет", "Университет {}", "{} Institute of Technology", "Академия наук {}", "{} University"))
    return kind.format(place), draw.choice(_COUNTRIES), place


def _spelled(name: str, draw: random.Random) -> str:
    chance = draw.random()
    return name if chance < 0.8 else f"«{name}»" if chance < 0.9 else name.upper()
