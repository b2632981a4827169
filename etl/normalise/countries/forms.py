"""The forms of country names for finding them in running text; Russian ones in their cases, with adjectives.

The forms are for finding only: an adjective tells of a language or a people as often as of a country.
"""

from __future__ import annotations

from functools import cache

from babel import Locale

from etl.normalise.countries.declension import ADJECTIVE, cases, ended
from etl.normalise.countries.lists import alpha_3
from etl.reference import rows
from etl.text import clean

#: Short forms that are common words, initials or other things in running text.
_NEVER = frozenset(
    (
        "CAR",
        "OPT",
        "IRI",
        "SRV",
        "KOS",
        "Man",
        "Saba",
        "States",
        "America",
        "Mann",
        "Ascension",
        "Columbia",
        "English",
        "Russian",
        "Газа",
        "Мэн",
        "Сальвадор",
        "СДР",
        "ДРА",
        "БСК",
        "УНР",
        "ИРП",
        "ИРМ",
        "НРМ",
        "ЛАР",
        "НКР",
        "ЮЗА",
        "РНР",
        "САСШ",
    )
)
_LEAST = {"en": 3, "ru": 3, "zh": 2}


@cache
def names(language: str) -> dict[str, str]:
    """Return name forms in ``language`` (en, ru or zh) with the alpha-3 codes they mean.

    >>> [names("ru")[form] for form in ("Китаем", "китайского", "США", "Южной Кореи", "Нидерландах")]
    ['CHN', 'CHN', 'USA', 'KOR', 'NLD']
    >>> names("en")["Chinese"], names("en")["PRC"], names("zh")["韩国"]
    ('CHN', 'CHN', 'KOR')
    """
    found: dict[str, str] = {}
    for code, name in Locale.parse(language).territories.items():
        if code in alpha_3():
            found[clean(name)] = alpha_3()[code]
    for row in rows("country_aliases"):
        if row["language"] == language and row["alias"] not in _NEVER:
            found.setdefault(row["alias"], row["alpha_3"])
    if language == "ru":
        found |= {form: code for name, code in list(found.items()) for form in cases(name) if form not in found}
    for row in rows("country_adjectives"):
        if row["language"] == language:
            found |= dict.fromkeys((row["adjective"], *ended(row["adjective"], ADJECTIVE)), row["alpha_3"])
    return {form: code for form, code in found.items() if len(form) >= _LEAST[language] and form not in _NEVER and "(" not in form}
