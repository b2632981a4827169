"""Russian names in their other cases, by the endings of their words."""

from __future__ import annotations

import re

#: Endings of the other cases by the ending of the nominative, longest first; an ending not listed is not declined.
_NOUN = (
    ("ия", ("ии", "ию", "ией")), ("ея", ("еи", "ее", "ею", "еей")), ("ья", ("ьи", "ье", "ью", "ьей")),
    ("ка", ("ки", "ке", "ку", "кой")), ("га", ("ги", "ге", "гу", "гой")), ("ша", ("ши", "ше", "шу", "шей")),
    ("а", ("ы", "е", "у", "ой")), ("ай", ("ая", "аю", "аем", "ае")), ("ей", ("ея", "ею", "еем", "ее")),
    ("ль", ("ля", "лю", "лем", "ле")), ("нь", ("ня", "ню", "нем", "не")),
    ("ды", ("дов", "дам", "дами", "дах")), ("ны", ("н", "нам", "нами", "нах")), ("ты", ("тов", "там", "тами", "тах")),
    ("ова", ("овов", "овам", "овами", "овах")), ("лы", ("л", "лам", "лами", "лах")), ("сть", ("сти", "стью")), ("сь", ("си", "сью")),
    ("во", ("ва", "ву", "вом", "ве")),
)  # fmt: skip
_HARD = re.compile("[бвгджзклмнпрстфхцч]$")
ADJECTIVE = (
    ("ский", ("ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими")),
    ("цкий", ("цкого", "цкому", "цким", "цком", "цкая", "цкой", "цкую", "цкое", "цкие", "цких", "цкими")),
    ("ная", ("ной", "ную")), ("вая", ("вой", "вую")), ("кая", ("кой", "кую")), ("ные", ("ных", "ным", "ными")),
    ("кие", ("ких", "ким", "кими")),
    ("ный", ("ного", "ному", "ным", "ном")), ("ое", ("ого", "ому", "ым", "ом")),
)  # fmt: skip
_CASES = 4


def cases(name: str) -> list[str]:
    """Return the other cases of a Russian name, by the endings of its words; what follows "и" or stands in capitals stays.

    >>> cases("Казахстан"), cases("Беларусь"), cases("Мали")
    (['Казахстана', 'Казахстану', 'Казахстаном', 'Казахстане'], ['Беларуси', 'Беларусью'], [])
    >>> "Южную Корею" in cases("Южная Корея")
    True
    """
    *before, noun = name.split(" ")
    nouns = _noun_forms(noun)
    if not before:
        return nouns
    adjectives = [ended(word, ADJECTIVE) for word in before]
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
    return ended(noun, _NOUN)


def ended(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> list[str]:
    """Return the other forms of a word by the first of ``endings`` that it has; none when it has none of them."""
    for ending, others in endings:
        if word.endswith(ending):
            return [word.removesuffix(ending) + other for other in others]
    return []
