"""The forms of country names for finding them in running text; Russian ones in their cases, with adjectives.

The forms are for finding only: an adjective tells of a language or a people as often as of a country.
"""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from etl.normalise.countries.lists import alpha_3
from etl.reference import rows
from etl.text import clean

#: Endings of the other cases by the ending of the nominative, longest first; an ending not listed is not declined.
_NOUN = (
    ("ия", ("ии", "ию", "ией")), ("ея", ("еи", "ее", "ею", "еей")), ("ья", ("ьи", "ье", "ью", "ьей")),
    ("ка", ("ки", "ке", "ку", "кой")), ("га", ("ги", "ге", "гу", "гой")), ("ша", ("ши", "ше", "шу", "шей")),
    ("а", ("ы", "е", "у", "ой")), ("ай", ("ая", "аю", "аем", "ае")), ("ей", ("ея", "ею", "еем", "ее")),
    ("ль", ("ля", "лю", "лем", "ле")), ("нь", ("ня", "ню", "нем", "не")),
    ("ды", ("дов", "дам", "дами", "дах")), ("ны", ("н", "нам", "нами", "нах")), ("ты", ("тов", "там", "тами", "тах")),
    ("ова", ("овов", "овам", "овами", "овах")), ("лы", ("л", "лам", "лами", "лах")),
)  # fmt: skip
_HARD = re.compile("[бвгджзклмнпрстфхцч]$")
_ADJECTIVE = (
    ("ский", ("ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими")),
    ("цкий", ("цкого", "цкому", "цким", "цком", "цкая", "цкой", "цкую", "цкое", "цкие", "цких", "цкими")),
    ("ная", ("ной", "ную")), ("вая", ("вой", "вую")), ("кая", ("кой", "кую")), ("ные", ("ных", "ным", "ными")),
    ("кие", ("ких", "ким", "кими")),
    ("ный", ("ного", "ному", "ным", "ном")), ("ое", ("ого", "ому", "ым", "ом")),
)  # fmt: skip
#: Short forms that are common words, initials or other things in running text.
_NEVER = frozenset(
    ("CAR", "OPT", "IRI", "SRV", "KOS", "Man", "Saba", "States", "America", "Mann", "Ascension", "Columbia", "English", "Russian")
)
_LEAST = {"en": 3, "ru": 3, "zh": 2}
_CASES = 4


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
        if row["language"] == language:
            found.setdefault(row["alias"], row["alpha_3"])
    if language == "ru":
        found |= {form: code for name, code in list(found.items()) for form in cases(name) if form not in found}
    for row in rows("country_adjectives"):
        if row["language"] == language:
            found |= dict.fromkeys((row["adjective"], *_ended(row["adjective"], _ADJECTIVE)), row["alpha_3"])
    return {form: code for form, code in found.items() if len(form) >= _LEAST[language] and form not in _NEVER and "(" not in form}


def cases(name: str) -> list[str]:
    """Return the other cases of a Russian name, by the endings of its words; what follows "и" or stands in capitals stays.

    >>> cases("Казахстан"), cases("Мали")
    (['Казахстана', 'Казахстану', 'Казахстаном', 'Казахстане'], [])
    >>> "Южную Корею" in cases("Южная Корея")
    True
    """
    *before, noun = name.split(" ")
    nouns = _noun_forms(noun)
    if not before:
        return nouns
    adjectives = [_ended(word, _ADJECTIVE) for word in before]
    if not nouns or not all(adjectives):
        return []
    found = [" ".join((*(forms[0] for forms in adjectives), form)) for form in nouns]
    if all(len(forms) == 2 for forms in adjectives):
        found += [" ".join((*(forms[1] for forms in adjectives), form)) for form in nouns if form.endswith(("ю", "у"))]
    return found


def _noun_forms(noun: str) -> list[str]:
    if noun.isupper() or len(noun) < _CASES:
        return []
    if _HARD.search(noun):
        return [noun + ending for ending in ("а", "у", "ом", "е")]
    return _ended(noun, _NOUN)


def _ended(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    for ending, others in endings:
        if word.endswith(ending):
            return [word.removesuffix(ending) + other for other in others]
    return []
