"""A small office: sheets of rows that people edit, read by simple rules into true snapshots of every table."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from etl.compare.publication import Publication, opened
from etl.manifest import sealed
from etl.tables import SCHEMA_VERSION, TABLES

COLUMNS = ("kind", "number", "title", "partners", "countries", "field", "signed", "expires", "type", "amount", "about")
LETTERS = dict(zip(COLUMNS, "ABCDEFGHIJK", strict=True))
UNREADABLE = "???"
LAND = {"Graz": "AUT", "Wien": "AUT", "Tsinghua": "CHN", "Hanoi": "VNM"}
PUBLISHED = {
    "title": "title", "signed": "signed_on", "expires": "expires_on", "type": "agreement_type_code", "amount": "amount",
}  # fmt: skip
TYPES = {
    "agreement": ("agreement_type_code", "other"),
    "outcome": ("outcome_type_code", "joint_publication"),
    "news": ("event_code", "visit"),
}


@dataclass(frozen=True)
class Desk:
    """What a refresh is made of: files with rows of cells, what people decided, the day, and the version of the rules."""

    files: dict[str, tuple[dict[str, str], ...]] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    as_of: str = "2026-06-01"
    version: int = 1

    def rows(self) -> list[tuple[str, int, dict[str, str]]]:
        return [(name, at, row) for name, rows in sorted(self.files.items()) for at, row in enumerate(rows, 2)]

    def put(self, name: str, rows: tuple[dict[str, str], ...]) -> Desk:
        return replace(self, files={**self.files, name: rows})


def snapshot(desk: Desk, out: Path) -> Publication:
    """Publish what ``desk`` says below ``out`` and open it."""
    tables = _tables(desk)
    run_id = hashlib.sha256(repr(desk).encode()).hexdigest()[:12]
    tables["run"] = [{
        "run_id": run_id, "as_of_on": desk.as_of, "started_at": "2026-01-01T00:00:00Z", "inputs_sha256": "0",
        "code_sha256": str(desk.version),
        "version": "0", "files_read": 1, "files_refused": 0, "rows_read": 1, "rows_loaded": 1, "rows_merged": 0, "rows_quarantined": 0,
        "rows_not_data": 0, "home_country_code": "RUS",
    }]  # fmt: skip
    folder = out / "snapshots" / run_id
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {}
    for each in TABLES:
        path = folder / f"{each.name}.parquet"
        pq.write_table(each.arrow(tables[each.name]), path)
        hashes[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest = {"run_id": run_id, "schema_version": SCHEMA_VERSION, "as_of": desk.as_of, "files": hashes}
    (folder / "manifest.json").write_bytes(sealed(manifest))
    (out / "current").write_text(run_id, "utf-8")
    return opened(folder)


def _tables(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    groups: dict[tuple[str, str], list[tuple[str, dict[str, str]]]] = defaultdict(list)
    for name in sorted(desk.files):
        found["source_file"].append(_file(name, repr(desk.files[name])))
        for feature, letter in LETTERS.items():
            found["source_column"].append({
                "source_column_id": f"{name}##1#{letter}", "file_name": name, "sheet_name": "", "header_row_number": 1, "letter": letter,
                "header_text": feature, "record_kind": "agreement", "feeds": feature, "filled_cells": 0,
                "published_columns": [f"{kind}.{PUBLISHED[feature]}" for kind in TYPES if feature in PUBLISHED],
            })  # fmt: skip
    if desk.decisions:
        found["source_file"].append(_file("decisions/readings.csv", repr(desk.decisions), "decisions"))
    for name, at, row in desk.rows():
        key = f"{name}##{at}"
        cells = [{"letter": LETTERS[c], "text": row[c], "row": at} for c in COLUMNS if row.get(c)]
        refused = UNREADABLE in row.values() or row["signed"][:4] > desk.as_of[:4]
        if row["signed"][:4] > desk.as_of[:4]:
            found["problem"].append({
                "problem_id": key, "severity_code": "error", "problem_code": "future_signed", "file_name": name, "sheet_name": None,
                "row_number": at, "message": "later", "advice": "wait",
            })  # fmt: skip
        found["source_row"].append({
            "source_row_id": key, "file_name": name, "sheet_name": "", "row_number": at, "cells": cells, "is_hidden": False,
            "fate_code": "quarantined" if refused else "loaded", "role_code": "record", "record_kind": row["kind"],
        })  # fmt: skip
        if not refused:
            groups[
                row["kind"], row["number"] or f"h-{hashlib.sha256(repr([row['title'], row['partners']]).encode()).hexdigest()[:8]}"
            ].append((key, row))
    for (kind, record), members in groups.items():
        _record(desk, kind, record, members, found, groups)
    fates = {row["source_row_id"]: row["record_id"] for row in found["record_source"]}
    for line in found["source_row"]:
        line["record_id"] = fates.get(line["source_row_id"])
    places = sorted({link["partner_id"] for name in TYPES for link in found[f"{name}_partner"]})
    found["partner"] = [{
        "partner_id": p, "partner_name": p, "partner_kind": "university", "country_code": LAND.get(p), "written_forms": [p],
    } for p in places]  # fmt: skip
    return found


def _file(name: str, content: str, kind: str = "csv") -> dict[str, Any]:
    sha = hashlib.sha256(content.encode()).hexdigest()
    return {"file_name": name, "sha256": sha, "size_bytes": 1, "format_code": kind, "sheets": [], "rows_read": 1, "verdict_code": "read"}


def _record(
    desk: Desk, kind: str, record: str, members: list[tuple[str, dict[str, str]]], found: dict[str, list[dict[str, Any]]],
    groups: dict[tuple[str, str], list[tuple[str, dict[str, str]]]],
) -> None:  # fmt: skip
    first = members[0][1]
    for at, (key, _) in enumerate(members):
        found["record_source"].append({"record_kind": kind, "record_id": record, "source_row_id": key, "is_primary": at == 0})
    day = {
        "agreement": ("signed_on", "signed_year"),
        "outcome": ("happened_on", "happened_year"),
        "news": ("published_on", "published_year"),
    }
    row: dict[str, Any] = {f"{kind}_id": record, "title": first["title"], TYPES[kind][0]: first["type"] or TYPES[kind][1]}
    if first["signed"]:
        row |= {day[kind][0]: first["signed"], day[kind][1]: int(first["signed"][:4])}
    if kind == "agreement":
        row |= {"is_open_ended": False, "has_auto_renewal": False, "cooperation_forms": [], "expires_on": first["expires"] or None}
    elif kind == "outcome":
        row |= {"is_planned": first["expires"] == "planned", "amount": int(first["amount"]) * desk.version if first["amount"] else None}
    else:
        row |= {"language_code": "en", "event_method": "title"}
    found[kind].append(row)
    link = {"raw_text": "", "method": "cell", "confidence": 1.0, "is_accepted": True}
    for other, column in (("partner", "partners"), ("country", "countries"), ("field", "field")):
        texts = dict.fromkeys(text for _, each in members for text in each[column].split(";") if text)
        codes: dict[str, str] = {}
        for text in texts:
            value = desk.decisions.get(text, text)
            known = {(each["reading_kind"], each["raw_text"]) for each in found["reading"]}
            if text in desk.decisions and (other, text) not in known:
                found["reading"].append(_reading(other, text, value))
            # Version 2 of the rules no longer knows one field, and reads one partner as another.
            value = {"2.5": "2.3", "Wien": "Graz"}.get(value, value) if desk.version == 2 else value
            codes.setdefault(value, text)
        name = {"partner": "partner_id", "country": "country_code", "field": "field_code"}[other]
        found[f"{kind}_{other}"] += [{f"{kind}_id": record, name: code, **link, "raw_text": text} for code, text in codes.items()]
    if kind != "agreement":
        known = {each for k, each in groups if k == "agreement"}
        found[f"{kind}_agreement"] += [
            {f"{kind}_id": record, "agreement_id": about, **link} for about in {each["about"] for _, each in members} & known
        ]


def _reading(kind: str, raw: str, value: str) -> dict[str, Any]:
    return {
        "reading_kind": kind, "raw_text": raw, "context": "", "value": value, "status_code": "read", "rule": "decision", "confidence": 1.0,
        "decision": "the office", "cell_count": 1,
    }  # fmt: skip
