"""What is published of a country: codes, names in three languages, UN M49 region, a point for its symbol."""

from __future__ import annotations

from functools import cache

from babel import Locale

from etl.reference import rows
from etl.tables import Country
from etl.text import clean

_LANGUAGES = ("en", "ru", "zh")


@cache
def _facts() -> dict[str, dict[str, str]]:
    return {row["alpha_3"]: row for row in rows("countries")}


def codes() -> tuple[str, ...]:
    """Return all alpha-3 codes, sorted."""
    return tuple(sorted(_facts()))


def row(code: str) -> dict[str, str | float | None]:
    """Return the row of the table ``country`` for an alpha-3 code; names are those of CLDR.

    >>> row("XKX")["name_en"], row("DEU")["region_name_ru"], row("CHN")["subregion_name_zh"]
    ('Kosovo', 'Европа', '东亚')
    """
    facts = _facts()[code]
    found: dict[str, str | float | None] = {
        Country.code: code,
        Country.alpha_2: facts["alpha_2"],
        Country.region: facts["region"],
        Country.subregion: facts["subregion"] or None,
        Country.latitude: float(facts["latitude"]),
        Country.longitude: float(facts["longitude"]),
    }
    for language in _LANGUAGES:
        found[f"name_{language}"] = name(facts["alpha_2"], language)
        found[f"region_name_{language}"] = name(facts["region"], language)
        found[f"subregion_name_{language}"] = name(facts["subregion"], language) if facts["subregion"] else None
    return found


def name(code: str, language: str) -> str:
    """Return the CLDR name of a territory, by alpha-2 or M49 code, with a capital letter.

    >>> name("KR", "ru"), name("143", "en")
    ('Республика Корея', 'Central Asia')
    """
    said = clean(Locale.parse(language).territories[code])
    return said[:1].upper() + said[1:]
