"""A cell of topics -> its phrases, and a phrase -> the stems under which its inflected forms are one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from etl.reference import rows
from etl.stems import stem
from etl.text import clean, fold

#: English words after which no head noun can stand: in "history of medicine" the head is history.
PREPOSITIONS = frozenset(fold(row["phrase"]) for row in rows("not_fields") if row["kind"] == "preposition")
#: Words that join others and carry no meaning of their own.
JOINING = PREPOSITIONS | {fold(row["phrase"]) for row in rows("not_fields") if row["kind"] == "joining"}

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_RU_ADJECTIVE = re.compile(
    "(?:ск|нн|[бвгджзклмпрстфхцчшщь]н|ов|ев|ивн|щ)(?:ыи|ии|ои|ая|яя|ое|ее|ые|ие|ого|его|ых|их|ым|им|ыми|ими|ую|юю|ому|ему)$"
)
_ALWAYS = re.compile(r"\s*(?:[;；\n\r•|▪●]|\s/\s|(?:^|\s)[-–—]\s(?=\S+$)|(?:^|(?<=\s))\d{1,2}[.)]\s)\s*")
_COMMA = re.compile(r"[,，、]")
_AND = re.compile(r"\s+(?:and|&|и|а также|och|und)\s+|\s*[和与及]\s*", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:(?:сотрудничеств\w+|взаимодействи\w+|исследовани\w+|разработк\w+|работ\w+)\s+)?"
    r"(?:(?:и\s+)?в\s+(?:области|областях|сфере|сферах|рамках|том числе)|по\s+(?:направлени\w+|тематике|темам)|а также|включая)[:\s]+"
    r"|^(?:(?:joint\s+)?(?:research|cooperation|collaboration|studies|work)\s+)?(?:in|on|within)\s+(?:the\s+)?"
    r"(?:(?:fields?|areas?|spheres?|domains?)\s+of\s+)?"
    r"|^(?:the\s+)?(?:fields?|areas?)\s+of\s+|^(?:including|incl\.|such as|and|и)\s+",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text``, each run of Chinese a word of its own.

    >>> words("IT-технологии и 人工智能AI")
    ('it', 'технологии', 'и', '人工智能', 'ai')
    """
    folded = fold(text)
    return tuple((folded if folded.isascii() else _HAN.sub(r" \g<0> ", folded)).split())


def key(text: str) -> tuple[str, ...]:
    """Return the stems of ``text`` in their order, joining words left out.

    >>> key("Materials Science and Technology") == key("material sciences, technology")
    True
    """
    return tuple(stem(word) for word in words(text) if word not in JOINING)


def is_adjective(word: str) -> bool:
    """Tell whether a folded Russian word looks like an adjective, so that a noun has to follow.

    >>> is_adjective("аддитивных"), is_adjective("образование")
    (True, False)
    """
    return _RU_ADJECTIVE.search(word) is not None


def split(text: str, known: Callable[[str], bool]) -> list[str]:
    """Return the phrases of a cell in their order, each once.

    ``known`` says of a text whether it is one term as it stands; such a text stays whole whatever commas or "and" it holds.
    A noun that several adjectives share is given to each of them.

    >>> split("в области умных материалов, интеллектуальных и аддитивных технологий", lambda text: False)
    ['умных материалов', 'интеллектуальных технологий', 'аддитивных технологий']
    """
    found: dict[str, str] = {}
    for part in _ALWAYS.split(text):
        for phrase in _listed(lead(part), known):
            bare = lead(phrase)
            if fold(bare):
                found.setdefault(fold(bare), bare)
    return list(found.values())


def lead(phrase: str) -> str:
    """Return ``phrase`` without "в области", "in the field of" and the like before it, and without marks around it.

    >>> lead("в сфере цифровой экономики."), lead("in the field of robotics")
    ('цифровой экономики', 'robotics')
    """
    bare = clean(phrase).strip(" .,;:-–—*·").strip()
    return _LEADING.sub("", bare, count=1).strip() or bare


def _listed(part: str, known: Callable[[str], bool]) -> list[str]:
    if not part or known(part):
        return [part]
    pieces = _rejoin(_commas(part), known)
    phrases: list[str] = []
    for piece in pieces:
        phrases += _conjuncts(piece, known)
    return _share_noun(phrases, known)


def _commas(part: str) -> list[str]:
    if not _COMMA.search(part):
        return [part.strip()] if part.strip() else []
    depth, start, pieces = 0, 0, []
    for at, letter in enumerate(part):
        depth = max(0, depth + (letter in "([{（") - (letter in ")]}）"))
        if not depth and _COMMA.match(letter):
            pieces.append(part[start:at].strip())
            start = at + 1
    return [piece for piece in (*pieces, part[start:].strip()) if piece]


def _rejoin(pieces: list[str], known: Callable[[str], bool]) -> list[str]:
    """Put together again the pieces of a name that has commas of its own, the longest name first."""
    joined, at = [], 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + 5), at + 1, -1):
            if known(", ".join(pieces[at:end])):
                break
        else:
            end = at + 1
        joined.append(", ".join(pieces[at:end]))
        at = end
    return joined


def _conjuncts(piece: str, known: Callable[[str], bool]) -> list[str]:
    """Split at "and" only where each side is a term, or an adjective that waits for the noun of the last side."""
    if known(piece) or "(" in piece:
        return [piece]
    sides = [side for side in _AND.split(piece) if side]
    if len(sides) < 2:
        return [piece]
    shared = _share_noun(sides, known)
    return sides if all(known(side) for side in shared) or shared != sides else [piece]


def _share_noun(phrases: list[str], known: Callable[[str], bool]) -> list[str]:
    """Give the last word of a phrase to the lone adjectives right before it."""
    shared = list(phrases)
    for at in range(len(phrases) - 2, -1, -1):
        tail = shared[at + 1].rpartition(" ")[2]
        own = shared[at]
        if tail == shared[at + 1] or " " in own or known(own):
            continue
        if is_adjective(fold(own)) or known(f"{own} {tail}"):
            shared[at] = f"{own} {tail}"
    return shared
