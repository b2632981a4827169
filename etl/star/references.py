"""Taxonomies met in the data as rows of ``country``, ``field`` and ``partner``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from etl.columnar import Columns
from etl.records import RunPartner
from etl.reference import rows
from etl.star.linked import Linked
from etl.tables import Field, Partner


def partners(organisations: Iterable[RunPartner]) -> Columns:
    """Return one row for each organisation."""
    found = list(organisations)
    return Columns({
        Partner.id: [o.id for o in found],
        Partner.name: [o.name for o in found],
        Partner.name_en: [o.name_en or None for o in found],
        Partner.name_ru: [o.name_ru or None for o in found],
        Partner.name_zh: [o.name_zh or None for o in found],
        Partner.kind: [o.kind for o in found],
        Partner.city: [o.city or None for o in found],
        Partner.country: [o.country_code or None for o in found],
        Partner.parent: [o.parent_id or None for o in found],
        Partner.forms: [sorted(o.forms) for o in found],
    })  # fmt: skip


def countries_met(linked: Iterable[Linked], organisations: Mapping[str, RunPartner]) -> set[str]:
    """Return the codes of all countries that records or organisations point to."""
    met = {code for record in linked for code in record.countries}
    return met | {o.country_code for o in organisations.values() if o.country_code}


def fields_known() -> list[dict[str, Any]]:
    """Return one row for each of the 42 fields, whether it is met or not: a blank is an answer too."""
    return [
        {
            Field.code: row["field_code"],
            Field.name_en: row["name_en"],
            Field.name_ru: row["name_ru"],
            Field.name_zh: row["name_zh"],
            Field.area: row["area_code"],
            Field.area_en: row["area_en"],
            Field.area_ru: row["area_ru"],
            Field.area_zh: row["area_zh"],
        }
        for row in rows("ford")
    ]
