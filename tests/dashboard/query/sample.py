"""A small snapshot of its own, so that no test of queries, figures and pages depends on a run of the ETL.

The fixed part holds the counting fixture of INDICATORS.md 3.2 (A1 to A4) and one record of every trouble: no country, no field, no date,
a month, a planned outcome, a proposal, a merged duplicate, markup in a name. ``crowd`` adds random records for the recomputations.
"""

# ruff: noqa: E501 - rows of a table read best on one line

from __future__ import annotations

import random
from typing import Any

import duckdb

from dashboard.query.prepared import prepare
from dashboard.query.ways import clicked, view_of
from etl.tables import TABLES

Rows = dict[str, list[dict[str, Any]]]

AS_OF = "2026-11-22"
SEED = "AGR-SEED"
_COUNTRIES = {
    "CHN": ("CN", "China", "Китай", "中国", "142", 35.0, 105.0),
    "DEU": ("DE", "Germany", "Германия", "德国", "150", 51.0, 9.0),
    "FRA": ("FR", "France", "Франция", "法国", "150", 46.0, 2.0),
    "SGP": ("SG", "Singapore", "Сингапур", "新加坡", "142", 1.36, 103.8),
    "RUS": ("RU", "Russia", "Россия", "俄罗斯", "150", 60.0, 100.0),
}
_REGIONS = {"142": ("Asia", "Азия", "亚洲"), "150": ("Europe", "Европа", "欧洲")}
_FIELDS = {
    "1.2": ("Computer and information sciences", "Компьютерные и информационные науки", "1"),
    "1.3": ("Physical sciences", "Физические науки", "1"),
    "2.5": ("Materials engineering", "Технологии материалов", "2"),
    "2.7": ("Environmental engineering", "Экологическая инженерия", "2"),
    "5.2": ("Economics and business", "Экономика и бизнес", "5"),
}
_AREAS = {
    "1": ("Natural sciences", "Естественные науки"),
    "2": ("Engineering and technology", "Техника и технологии"),
    "5": ("Social sciences", "Социальные науки"),
}
_PARTNERS = {
    "org-tub": ("TU Berlin", "Берлинский технический университет", "university", "DEU", None),
    "org-tsu": ("Tsinghua University", "Университет Цинхуа", "university", "CHN", None),
    "org-cas": ("Chinese Academy of Sciences", "Китайская академия наук", "academy", "CHN", None),
    "org-cas-sh": ("Shanghai Branch of the CAS", "Шанхайское отделение КАН", "academy", "CHN", "org-cas"),
    "org-ens": ("<b>ENS</b> & Co", None, "university", "FRA", None),
    "org-net": ("World Network", None, "network", None, None),
    "org-msu": ("A university at home", None, "university", "RUS", None),
    "org-sg": ("A company that nobody has an agreement with", None, "company", "SGP", None),
}
_TYPES = ("cooperation_agreement", "exchange_agreement", "memorandum_of_understanding", "joint_laboratory_agreement")
_OUTCOMES = ("joint_lab", "joint_center", "joint_publication", "joint_project", "grant", "mobility", "event", "school", "patent", "other")
_EVENTS = ("signing", "visit", "conference", "lab_opening", "other")


def _dated(prefix: str, iso: str | None) -> dict[str, Any]:
    precision = None if not iso else {4: "year", 7: "month", 10: "day"}[len(iso)]
    return {f"{prefix}_on": iso, f"{prefix}_precision": precision, f"{prefix}_year": int(iso[:4]) if iso else None}


def agreement(id_: str, signed: str | None = None, expires: str | None = None, **more: Any) -> dict[str, Any]:
    ends = {"expires_on": expires, "expires_precision": _dated("x", expires)["x_precision"]}
    row = {
        "agreement_id": id_,
        "title": f"Agreement {id_}",
        "agreement_type_code": _TYPES[0],
        "is_open_ended": False,
        "has_auto_renewal": False,
        "cooperation_forms": [],
    }
    return row | _dated("signed", signed) | ends | more


def _outcome(id_: str, type_: str, happened: str | None, **more: Any) -> dict[str, Any]:
    return (
        {"outcome_id": id_, "outcome_type_code": type_, "title": f"Outcome {id_}", "is_planned": False}
        | _dated("happened", happened)
        | more
    )


def _item(id_: str, published: str | None, **more: Any) -> dict[str, Any]:
    row = {
        "news_id": id_,
        "title": f"News {id_}",
        "body_text": f"What happened in {id_}.",
        "language_code": "en",
        "source_link": f"https://example.org/{id_}",
        "event_code": "visit",
        "event_method": "keyword",
    }
    return row | _dated("published", published) | more


class Builder:
    """Collects rows; every record gets a source row, so that nothing is without evidence."""

    def __init__(self) -> None:
        self.rows: Rows = {table.name: [] for table in TABLES}
        self._line = 4
        for code, (alpha_2, en, ru, zh, region, latitude, longitude) in _COUNTRIES.items():
            names = dict(zip(("region_name_en", "region_name_ru", "region_name_zh"), _REGIONS[region], strict=True))
            self.rows["country"].append(
                {
                    "country_code": code,
                    "alpha_2_code": alpha_2,
                    "name_en": en,
                    "name_ru": ru,
                    "name_zh": zh,
                    "region_code": region,
                    "latitude": latitude,
                    "longitude": longitude,
                }
                | names
            )
        for code, (en, ru, area) in _FIELDS.items():
            self.rows["field"].append(
                {
                    "field_code": code,
                    "name_en": en,
                    "name_ru": ru,
                    "name_zh": en,
                    "area_code": area,
                    "area_name_en": _AREAS[area][0],
                    "area_name_ru": _AREAS[area][1],
                    "area_name_zh": _AREAS[area][0],
                }
            )
        for id_, (en, name_ru, kind, country, parent) in _PARTNERS.items():
            self.rows["partner"].append(
                {
                    "partner_id": id_,
                    "partner_name": en,
                    "name_en": en,
                    "name_ru": name_ru,
                    "partner_kind": kind,
                    "country_code": country,
                    "parent_id": parent,
                    "written_forms": sorted({en, name_ru or en}),
                }
            )

    def link(self, table: str, left: str, right: str, *, accepted: bool = True, raw: str = "") -> None:
        """Add a row of the bridge ``table``."""
        first, second = table.split("_")
        key = {"country": "country_code", "field": "field_code"}.get(second, f"{second}_id")
        self.rows[table].append(
            {
                f"{first}_id": left,
                key: right,
                "raw_text": raw or right,
                "method": "cell",
                "confidence": 1.0 if accepted else 0.6,
                "is_accepted": accepted,
            }
        )

    def add(
        self, kind: str, row: dict[str, Any], countries: str = "", fields: str = "", partners: str = "", *, sourced: bool = True
    ) -> None:
        """Add a record with its links (codes separated by spaces) and its source row."""
        self.rows[kind].append(row)
        for name, codes in (("country", countries), ("field", fields), ("partner", partners)):
            for code in codes.split():
                self.link(f"{kind}_{name}", row[f"{kind}_id"], code)
        if sourced:
            self.source(kind, row[f"{kind}_id"], {"A": row[f"{kind}_id"], "B": row["title"]})

    def source(
        self, kind: str, record: str, cells: dict[str, str], *, file: str = "", fate: str = "loaded", rows: dict[str, int] | None = None
    ) -> None:
        """Add the source row of a record; ``rows`` names the cells that are written in another row."""
        self._line += 1
        name = file or f"{kind}s.xlsx"
        origin = f"{name}#Sheet#{self._line}"
        written = [{"letter": letter, "text": text, "row": (rows or {}).get(letter, self._line)} for letter, text in cells.items()]
        self.rows["source_row"].append(
            {
                "source_row_id": origin,
                "file_name": name,
                "sheet_name": "Sheet",
                "row_number": self._line,
                "cells": written,
                "is_hidden": False,
                "fate_code": fate,
                "role_code": "record",
                "record_kind": kind,
                "record_id": record,
            }
        )
        self.rows["record_source"].append(
            {"record_kind": kind, "record_id": record, "source_row_id": origin, "is_primary": fate == "loaded"}
        )

    def columns(self, file: str, headers: dict[str, tuple[str, str]]) -> None:
        """Add the columns of the agreements in ``file``: letter -> header, source field."""
        for letter, (header, feeds) in headers.items():
            self.rows["source_column"].append(
                {
                    "source_column_id": f"{file}#Sheet#4#{letter}",
                    "file_name": file,
                    "sheet_name": "Sheet",
                    "header_row_number": 4,
                    "letter": letter,
                    "header_text": header,
                    "record_kind": "agreement",
                    "feeds": feeds or None,
                    "published_columns": [],
                    "reason": None if feeds else "unknown header",
                    "filled_cells": 3,
                }
            )

    def reading(self, kind: str, raw: str, value: str, rule: str) -> None:
        """Add what ``raw`` was read as."""
        self.rows["reading"].append(
            {
                "reading_kind": kind,
                "raw_text": raw,
                "context": "",
                "value": value,
                "status_code": "read",
                "rule": rule,
                "confidence": 1.0,
                "cell_count": 1,
            }
        )


def sample() -> Builder:
    """Return the fixed part of the snapshot."""
    made = Builder()
    _agreements(made)
    _outcomes_and_news(made)
    _evidence(made)
    _quality(made)
    return made


def _agreements(made: Builder) -> None:
    made.add("agreement", agreement("A1", "2020-05-03"), "CHN", "1.3", "org-tsu")
    made.add("agreement", agreement("A2", "2021-06", "2026-12"), "CHN DEU", "1.3 2.5", "org-tsu org-tub")
    made.add(
        "agreement", agreement("A3", "2022", "2024-12-31", agreement_type_code=_TYPES[1]), "CHN DEU FRA", "2.5", "org-tsu org-tub org-ens"
    )
    made.add(
        "agreement", agreement("A4", "2026-02-01", "2027-03-15", agreement_type_code=_TYPES[1]), "DEU RUS", "2.5 2.7", "org-tub org-msu"
    )
    made.add("agreement", agreement("A5", agreement_type_code=None, title="An agreement <i>without</i> anything"), "", "", "org-net")
    made.add("agreement", agreement("A6", "2024-11-30", is_open_ended=True, agreement_type_code=_TYPES[2]), "FRA", "", "org-ens")
    made.link("agreement_country", "A6", "SGP", accepted=False)
    made.add(
        "agreement",
        agreement(
            SEED,
            "2023-11-14",
            title="RAS St. Petersburg Branch and the CAS Shanghai Branch agree",
            title_ru="СПбО РАН и Шанхайское отделение КАН",
            home_unit_name="RAS St. Petersburg Branch",
            document_link="https://example.org/seed",
            cooperation_forms=["exchange of publications", "researcher exchange"],
        ),
        "CHN",
        "1.3 2.7",
        "org-cas-sh",
        sourced=False,
    )


def _outcomes_and_news(made: Builder) -> None:
    made.add("outcome", _outcome("O1", "joint_lab", "2021-09"), "CHN", "1.3", "org-tsu")
    made.add(
        "outcome",
        _outcome("O2", "joint_publication", "2022", amount=40, amount_unit="papers", amount_qualifier="at_least"),
        "CHN DEU",
        "2.5",
    )
    made.add("outcome", _outcome("O3", "joint_center", "2026-01-10"), "DEU", "", "org-tub")
    made.add("outcome", _outcome("O4", "joint_lab", "2027", is_planned=True, status_note="under discussion"), "FRA", "2.5", "org-ens")
    made.add("outcome", _outcome("O5", "mobility", None))
    made.link("outcome_agreement", "O1", "A1")
    made.link("outcome_agreement", "O3", "A3")
    made.link("outcome_agreement", "O2", "A2", accepted=False)
    made.add("news", _item("N1", "2023-11-14", event_code="signing", title="Academies agree"), "CHN", "1.3", "org-cas-sh")
    made.add("news", _item("N2", "2021-09-01", event_code="lab_opening"), "CHN", "1.3", "org-tsu")
    made.add("news", _item("N3", "2025", title="A visit <script>alert(1)</script>"), "DEU", "", "org-tub")
    made.add("news", _item("N4", None, event_code="other", body_text=None, source_link="javascript:alert(1)"))
    made.link("news_agreement", "N1", SEED, raw="https://example.org/N1")
    made.link("news_agreement", "N3", "A4", accepted=False)
    made.link("news_outcome", "N2", "O1")


def _evidence(made: Builder) -> None:
    made.columns(
        "agreements.xlsx",
        {
            "A": ("No.", "number"),
            "B": ("Title", "title"),
            "C": ("Partner", "partners"),
            "D": ("Country", "countries"),
            "F": ("Signed", "signed"),
            "G": ("Valid until", "expires"),
            "H": ("Fields", "fields"),
            "Z": ("Colour", ""),
        },
    )
    made.columns("реестр.xlsx", {"B": ("Наименование", "title"), "E": ("Дата", "signed"), "G": ("Направления", "fields")})
    made.source(
        "agreement",
        SEED,
        {"B": "RAS and CAS", "C": "CAS Shanghai", "D": "PRC", "F": "14.11.2023", "G": "5 years", "H": "optics; ecology", "Z": "red"},
        file="agreements.xlsx",
        rows={"D": 7},
    )
    made.source("agreement", SEED, {"B": "СПбО РАН и ШО КАН", "E": "14 ноября 2023 г.", "G": "оптика"}, file="реестр.xlsx", fate="merged")
    for kind, raw, value, rule in (("date", "14.11.2023", "2023-11-14", "day.month.year"), ("date", "14 ноября 2023 г.", "2023-11-14", "month in words"),
                                   ("term", "5 years", "60", "term in words"),
                                   ("country", "PRC", "CHN", "alias"), ("field", "optics", "1.3", "term"), ("field", "ecology", "2.7", "term")):  # fmt: skip
        made.reading(kind, raw, value, rule)
    raws = {("agreement_country", "CHN"): "PRC", ("agreement_field", "1.3"): "optics", ("agreement_field", "2.7"): "ecology"}
    for (table, code), raw in raws.items():
        for link in made.rows[table]:
            if link["agreement_id"] == SEED and code in link.values():
                link["raw_text"] = raw


def _quality(made: Builder) -> None:
    for number, role, fate in (
        (1, "title", "not_data"),
        (4, "header", "not_data"),
        (900, "total", "not_data"),
        (901, "record", "quarantined"),
    ):
        made.rows["source_row"].append(
            {
                "source_row_id": f"agreements.xlsx#Sheet#{number}",
                "file_name": "agreements.xlsx",
                "sheet_name": "Sheet",
                "row_number": number,
                "cells": [{"letter": "F", "text": "31.02.2020", "row": number}],
                "is_hidden": fate == "quarantined",
                "fate_code": fate,
                "role_code": role,
                "record_kind": "agreement" if role == "record" else None,
            }
        )
    made.rows["problem"] += [
        {
            "problem_id": "p1",
            "severity_code": "error",
            "problem_code": "bad_date",
            "file_name": "agreements.xlsx",
            "sheet_name": "Sheet",
            "row_number": 901,
            "letter": "F",
            "raw_text": "31.02.2020",
            "message": "No such day",
            "advice": "Correct the date",
        },
        {
            "problem_id": "p2",
            "severity_code": "note",
            "problem_code": "unknown_column",
            "file_name": "agreements.xlsx",
            "sheet_name": "Sheet",
            "letter": "Z",
            "message": "Unknown",
            "advice": "Name it",
        },
        {"problem_id": "p3", "severity_code": "warning", "problem_code": "unsafe_path", "message": "No file", "advice": "Nothing"},
    ]
    made.rows["review"].append(
        {
            "review_id": "r1",
            "review_kind": "partner",
            "subject": "СТУ",
            "question": "Which organisation is meant?",
            "candidates": ["org-tsu: same country"],
            "cell_count": 2,
        }
    )
    made.rows["review"].append(
        {
            "review_id": "r2",
            "review_kind": "news",
            "subject": "Academies agree: a pact",
            "question": "Does this news speak of this agreement?",
            "candidates": ["AGR-0005: Pact, signed 1987 (only_one, 0.60)"],
            "about_id": "N1",
            "proof": "a pact",
            "cell_count": 1,
        }
    )
    for name, verdict, message in (
        ("agreements.xlsx", "read", None),
        ("реестр.xlsx", "read", None),
        ("broken.xlsx", "refused", "The file is damaged"),
    ):
        made.rows["source_file"].append(
            {
                "file_name": name,
                "size_bytes": 1000,
                "format_code": "xlsx",
                "sheets": ["Sheet"],
                "rows_read": 10,
                "verdict_code": verdict,
                "message": message,
            }
        )
    fates = [row["fate_code"] for row in made.rows["source_row"]]
    counts = {f"rows_{fate}": fates.count(fate) for fate in ("loaded", "merged", "quarantined", "not_data")}
    made.rows["run"] = [
        {
            "run_id": "test",
            "as_of_on": AS_OF,
            "started_at": "2026-11-22T10:00:00Z",
            "inputs_sha256": "0",
            "code_sha256": "0",
            "version": "test",
            "files_read": 2,
            "files_refused": 1,
            "rows_read": len(fates),
            "home_country_code": "RUS",
        }
        | counts
    ]


def crowd(seed: int = 1, size: int = 60) -> Rows:
    """Return the fixed part and ``size`` random agreements, outcomes and news: every shape that a filter can meet."""
    made, chance = sample(), random.Random(seed)

    def some(codes: dict[str, Any], most: int) -> str:
        return " ".join(chance.sample(list(codes), chance.randint(0, most)))

    def day() -> str | None:
        year, month = chance.randint(2011, 2026), chance.randint(1, 10)
        return chance.choice([None, f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{chance.randint(1, 28):02}"])

    for i in range(size):
        ended = chance.choice([None, None, f"{chance.randint(2020, 2029)}", f"{chance.randint(2025, 2028)}-0{chance.randint(1, 9)}"])
        more = {
            "agreement_type_code": chance.choice([None, *_TYPES]),
            "has_auto_renewal": chance.random() < 0.2,
            "term_months": chance.choice([None, 12, 36]),
        }
        made.add("agreement", agreement(f"X{i:04}", day(), ended, **more), some(_COUNTRIES, 3), some(_FIELDS, 3), some(_PARTNERS, 3))
        made.add(
            "outcome",
            _outcome(f"Y{i:04}", chance.choice(_OUTCOMES), day(), is_planned=chance.random() < 0.2),
            some(_COUNTRIES, 3),
            some(_FIELDS, 2),
            some(_PARTNERS, 2),
        )
        made.add(
            "news", _item(f"Z{i:04}", day(), event_code=chance.choice(_EVENTS)), some(_COUNTRIES, 2), some(_FIELDS, 2), some(_PARTNERS, 2)
        )
        for bridge, left, right in (("outcome_agreement", "Y", "X"), ("news_agreement", "Z", "X"), ("news_outcome", "Z", "Y")):
            made.link(bridge, f"{left}{i:04}", f"{right}{chance.randrange(i + 1):04}", accepted=chance.random() < 0.7)
    return made.rows


def empty() -> Rows:
    """Return a snapshot with reference tables and a run, but without a single record."""
    made = Builder()
    _quality(made)
    made.rows |= {name: [] for name in ("source_row", "source_file", "problem", "review")}
    made.rows["run"][0] |= {name: 0 for name in made.rows["run"][0] if name.startswith(("rows_", "files_"))}
    return made.rows


def opened(rows: Rows) -> duckdb.DuckDBPyConnection:
    """Return an engine that holds ``rows`` in tables named as the contract names them."""
    db = duckdb.connect()
    db.execute("set threads = 1")
    for table in TABLES:
        db.register("made", table.arrow(rows[table.name]))
        db.execute(f'create table "{table.name}" as select * from made')
        db.unregister("made")
    prepare(db)
    return db


def served(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return what the server asks for one page: a click, which works out once what several questions need."""
    return clicked(db.cursor(), view_of(db).held)
