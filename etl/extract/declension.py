"""Russian names in their cases: the forms a nominative takes, and the nominative a form comes from."""

from __future__ import annotations

import re

from etl.text import fold

#: Case endings of a noun by the ending of its nominative, longest first; one that is not listed is not declined.
_NOUN = (
    ("ия", ("ии", "ию", "ией")), ("ея", ("еи", "ее", "ею", "еей")), ("ья", ("ьи", "ье", "ью", "ьей")), ("я", ("и", "е", "ю", "ей", "ёй")),
    ("ка", ("ки", "ке", "ку", "кой")), ("га", ("ги", "ге", "гу", "гой")), ("ха", ("хи", "хе", "ху", "хой")),
    ("ша", ("ши", "ше", "шу", "шей")), ("ча", ("чи", "че", "чу", "чей")), ("ца", ("цы", "це", "цу", "цей")),
    ("а", ("ы", "е", "у", "ой")), ("ий", ("ия", "ию", "ием", "ии")), ("й", ("я", "ю", "ем", "е")),
    ("ь", ("я", "ю", "ем", "ём", "е", "и", "ью")), ("ны", ("н", "нам", "нами", "нах")), ("фы", ("ф", "фам", "фами", "фах")),
    ("ины", ("ин", "инам", "инами", "инах")), ("сы", ("с", "сам", "сами", "сах")), ("пы", ("пов", "пам", "пами", "пах")),
    ("вцы", ("вцов", "вцам", "вцами", "вцах")), ("жье", ("жья", "жью", "жьем")), ("ово", ("ова", "ову", "овом", "ове")),
)  # fmt: skip
_HARD = re.compile("[бвгджзклмнпрстфхцчш]$")
_FLEETING = re.compile("(?<=[бвгджзклмнпрстфх])[её]ц$")
_ADJECTIVE = re.compile("(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$")
_HARD_ADJECTIVE = ("ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми")
_SOFT_ADJECTIVE = ("ий", "его", "ему", "им", "ем", "яя", "ей", "юю", "ее", "ие", "их", "ими")
_K_ADJECTIVE = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")
#: Folded, so without the breve of й.
OF_PLACE = re.compile("ск(?:ии|ого|ому|им|ом|ая|ои|ую|ое|ие|их|ими)$")
#: The ending of a folded noun or adjective in any case.
ANY_CASE = re.compile(
    "(?<=....)(?:ами|ями|ого|его|ому|ему|ыми|ими|иях|ях|ах|ов|ев|еи|ои|ыи|ии|ая|яя|ое|ее|ые|ие|ую|юю|ом|ем|ым|им|ых|их|ам|ям|а|я|о|е|у|ю|ы|и|ь)$"
)
_FOLDED_ADJECTIVE = tuple(fold(ending) for ending in (*_HARD_ADJECTIVE, *_SOFT_ADJECTIVE))
_ANY_ADJECTIVE = re.compile("(?P<base>.{2,})(?P<end>ого|его|ому|ему|ыми|ими|ый|ий|ой|ая|яя|ое|ее|ые|ие|ую|юю|ым|им|ом|ем|ых|их|ей)$")


def noun_forms(name: str) -> list[str]:
    """Return the nominative and the other cases of a name; adjectives in it are declined with the noun they stand before.

    >>> noun_forms("Грац"), noun_forms("Прага"), noun_forms("Токио")
    (['Грац', 'Граца', 'Грацу', 'Грацом', 'Граце', 'Грацем'], ['Прага', 'Праги', 'Праге', 'Прагу', 'Прагой'], ['Токио'])
    >>> "Нижней Саксонии" in noun_forms("Нижняя Саксония"), "Нью-Йорке" in noun_forms("Нью-Йорк")
    (True, True)
    """
    *before, last = re.split("([ -])", name)
    nouns = [last, *_cases(last)]
    heads = before[::2]
    if heads and all(_ADJECTIVE.search(head) for head in heads):
        adjectives = [adjective_forms(head) for head in heads]
        return [" ".join((*(forms[i] for forms in adjectives), noun)) for i in range(len(adjectives[0])) for noun in nouns]
    return ["".join((*before, noun)) for noun in nouns]


def _cases(noun: str) -> list[str]:
    if len(noun) < 3:
        return []
    if _FLEETING.search(noun):
        return [noun, *(noun[:-2] + "ц" + ending for ending in ("а", "у", "ом", "ем", "е"))]
    if _HARD.search(noun):
        return [noun + ending for ending in ("а", "у", "ом", "е", *(("ем",) if noun[-1] in "цчш" else ()))]
    return next(([noun.removesuffix(ending) + other for other in others] for ending, others in _NOUN if noun.endswith(ending)), [])


def adjective_forms(adjective: str) -> list[str]:
    """Return an adjective in all cases and genders, always in the same order.

    >>> adjective_forms("венский")[:3], adjective_forms("Нижняя")[0]
    (['венский', 'венского', 'венскому'], 'Нижний')
    """
    base = _ADJECTIVE.sub("", adjective)
    if base.endswith(("к", "г", "х")):
        endings = _K_ADJECTIVE
    else:
        endings = _SOFT_ADJECTIVE if adjective.endswith(("ий", "яя", "ее", "ие")) else _HARD_ADJECTIVE
    return [base + ending for ending in endings]


def places_of(adjective: str) -> list[str]:
    """Return what the name may be that an adjective in -ский is made from; folded words in and out.

    >>> "дели" in places_of("делииского"), "фергана" in places_of("ферганскии")
    (True, True)
    >>> places_of("самаркандского")[0], places_of("научного")
    ('самарканд', [])
    """
    base = OF_PLACE.sub("", adjective)
    if base == adjective or len(base) < 3:
        return []
    bases = [base, base + "ь"] if not base.endswith("ь") else [base, base[:-1]]
    found = [base + end for base in bases for end in ("", "а", "я", "о", "и", "ы", "ия", "е", "у")]
    if base.endswith("и"):
        found += [base[:-1] + end for end in ("", "и", "о", "ия", "ио", "ь", "ья", "я")]
    return found


def ends_as_adjective(folded: str) -> bool:
    """Tell whether a folded word ends as an adjective in some case.

    >>> ends_as_adjective("пекинского"), ends_as_adjective("наук")
    (True, False)
    """
    return folded.endswith(_FOLDED_ADJECTIVE)


def nominative(words: list[str], head: int, noun: str, gender: str) -> str:
    """Return a Russian name in the nominative: ``noun`` for its head, and the adjectives before it in its ``gender`` (m, f, n).

    >>> nominative(["Ханойским", "университетом", "науки", "и", "технологий"], 1, "университет", "m")
    'Ханойский университет науки и технологий'
    >>> nominative(["Краковской", "академии"], 1, "академия", "f"), nominative(["Посла", "Вьетнама"], 0, "посольство", "n")
    ('Краковская академия', 'Посольство Вьетнама')
    """
    if not noun:
        return " ".join(words)
    before = [_adjective_nominative(word, gender) for word in words[:head]]
    return " ".join((*before, noun if words[head][0].islower() else noun.capitalize(), *words[head + 1 :]))


def _adjective_nominative(word: str, gender: str) -> str:
    match = _ANY_ADJECTIVE.fullmatch(word)
    if not match:
        return word
    base = match["base"]
    if gender == "m":
        return base + ("ий" if base[-1] in "кгх" or match["end"] in ("его", "ему", "ем", "им", "ий") else "ый")
    return base + ("ая" if gender == "f" else "ое")
