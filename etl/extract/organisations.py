"""Phrases that name an organisation, known or not: a word such as university or посольство, and the words that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.extract.declension import nominative
from etl.extract.heads import Head, head_at
from etl.extract.latin import latin_phrase
from etl.extract.phrase import Phrase, opens_quote
from etl.extract.russian import russian_phrase
from etl.extract.signature import Signature, role_of
from etl.extract.text_words import is_listed, listed
from etl.extract.tokens import Token
from etl.text import script

#: Bodies that have members; their names may have no word of their own.
_OF_MEMBERS = frozenset(("association", "alliance", "consortium", "network", "union", "league", "society"))


def phrases(words: Sequence[Token], home: frozenset[int] = frozenset()) -> Iterator[Phrase]:
    """Yield every phrase around a head word, from left to right; they may overlap. The tokens ``home`` are no part of any.

    >>> from etl.extract.tokens import tokens
    >>> found = tokens("At Hanoi University of Science the Cuban embassy met Festo GmbH")
    >>> [" ".join(word.text for word in found[each.first : each.last]) for each in phrases(found)]
    ['Hanoi University of Science', 'Cuban embassy', 'Festo GmbH']
    """
    position = 0
    while position < len(words):
        head, length = head_at(words, position)
        if head is None or position in home or _is_subject_only(words, position, length):
            position += 1
            continue
        least = max((each + 1 for each in home if each < position), default=0)
        here = words[: min((each for each in home if each > position), default=len(words))]
        named = list(_behind(here, position, length, head.use)) if head.use in ("company", "plural") else []
        if named:
            yield from named
            position = named[-1].last
        elif script(words[position].text) == "cyrillic":
            yield russian_phrase(here, position, length, head.use, least)
            position += length
        else:
            phrase = latin_phrase(here, position, length, head.use, least)
            yield phrase
            # What names nobody may hold a name: the council of the Asian Universities Alliance.
            position = position + length if head.use in ("known", "plural", "unit") else max(position + length, phrase.last)


def _is_subject_only(words: Sequence[Token], head: int, length: int) -> bool:
    """Tell whether a word that can be a head is the subject of another: Polytechnic Week, Polytechnic University."""
    after = words[head + length] if head + length < len(words) else None
    return words[head].folded == "polytechnic" and after is not None and after.follows and after.is_capital


def _behind(words: Sequence[Token], head: int, length: int, use: str) -> Iterator[Phrase]:
    """Yield the names that follow a small word such as company: company Eskom, companies Festo, Bosch and Siemens."""
    if (words[head].is_capital and not words[head].opens) or (use == "plural" and words[head].folded not in listed("companies")):
        return
    first = position = head + length
    while position < len(words) and words[position].is_capital:
        if position == first and not (words[position].follows or opens_quote(words, position)):
            return
        last = position + 1
        while last < len(words) and words[last].is_capital and words[last].follows:
            last += 1
        yield Phrase(position, last, position, "called")
        if last + 1 < len(words) and words[last].folded in ("and", "и") and words[last].follows:
            position = last + 1
        elif last < len(words) and words[last].before in (", ", "», «", '", "'):
            position = last
        else:
            return


def is_name(phrase: Phrase, words: Sequence[Token], said: Signature, home_country: str) -> bool:
    """Tell whether a phrase that means nobody known is still the name of an organisation."""
    head = words[phrase.head]
    rare = bool(said.rare) and any(_is_own(word, head) for word in words[phrase.first : phrase.last])
    abroad = bool(said.countries - {home_country})
    where = abroad or bool(said.places)
    if phrase.use in ("known", "plural") or any(word.folded in listed("no name") for word in words[phrase.first : phrase.last]):
        return False
    if phrase.use == "called":
        return rare
    if phrase.use == "state":
        return where and not _is_venue(words, phrase)
    if (home_country in said.countries and not abroad and not rare) or (head.folded == "polytechnic" and not where):
        return False
    if phrase.use == "body" and head.is_capital and _is_of_many(said):
        return True
    national = abroad and bool(said.common or said.rare or "university" in said.heads or len(said.countries) > 1)
    return _is_capital_name(phrase, words, rare, bool(said.places), national)


def _is_of_many(said: Signature) -> bool:
    """Tell whether a name is that of a body of members with a subject: Association of African Universities."""
    return bool(said.heads & _OF_MEMBERS) and len(said.heads | said.common | said.countries) > 2


def _is_capital_name(phrase: Phrase, words: Sequence[Token], rare: bool, place: bool, national: bool) -> bool:
    """Tell whether a phrase with a word, a place or a country of its own is written as a name is."""
    capital = is_title(phrase, words)
    length = phrase.last - phrase.first
    if phrase.use in ("legal", "company"):
        return words[phrase.head].is_capital and (rare or place) and phrase.first < phrase.head
    if phrase.use == "unit":
        # A centre that nothing before it names is any: Center for Advanced Technologies.
        return capital and ((rare and phrase.first < phrase.head) or place or national) and length > 2
    if phrase.use == "foreign":
        return length > 1
    return rare or (capital and (place or national))


def _is_own(word: Token, head: Token) -> bool:
    """Tell whether a word is of the name alone: a capital that no beginning of a sentence and no common meaning explains."""
    if not word.is_capital or role_of(word) is not None:
        return False
    return not word.opens or (head.is_capital and word.folded not in listed("opener"))


def _is_venue(words: Sequence[Token], phrase: Phrase) -> bool:
    """Tell whether an embassy is only where something took place: at the embassy, в посольстве."""
    before = [word.folded for word in words[max(phrase.first - 2, 0) : phrase.first] if word.folded != "the"]
    return words[phrase.first].follows and before[-1:] in (["at"], ["в"])


def is_title(phrase: Phrase, words: Sequence[Token]) -> bool:
    """Tell whether a phrase is written as a name is: with a capital head, or in Russian a capital first word."""
    head = words[phrase.head]
    return words[phrase.first].is_capital if head.folded[0] >= "\u0400" else head.is_capital


def is_institute(head: Token) -> bool:
    """Tell whether a head is that of a part of an academy: institute, институтом, laboratory, центр.

    >>> from etl.extract.tokens import tokens
    >>> [is_institute(word) for word in tokens("Institute институтом delegation")]
    [True, True, False]
    """
    return is_listed(head.folded, "part of academy")


def only_opens(phrase: Phrase, words: Sequence[Token]) -> bool:
    """Tell whether the only capital of a phrase is that of a beginning sentence: 'Summer school closes'."""
    return not any(word.is_capital and not word.opens for word in words[phrase.first : phrase.last])


def is_definite(phrase: Phrase, words: Sequence[Token]) -> bool:
    """Tell whether a phrase with a small head means a certain one: 'a Taiwanese university' is any."""
    before = words[phrase.first - 1].folded if phrase.first and words[phrase.first].follows else ""
    return words[phrase.head].is_capital or before not in ("a", "an", "another")


def name_of(phrase: Phrase, words: Sequence[Token]) -> str:
    """Return the name as written; a Russian one in the nominative, the office instead of the person who holds it.

    >>> from etl.extract.tokens import tokens
    >>> def name(text):
    ...     found = tokens(text)
    ...     return name_of(next(phrases(found)), found)
    >>> name("the Ethiopian ambassador"), name("с послом Перу"), name("в Краковской академии"), name("Peru's Nord University")
    ('Ethiopian embassy', 'посольство Перу', 'Краковская академия', 'Nord University')
    """
    owned = phrase.first < phrase.head and words[phrase.first + 1].before == "'s " and words[phrase.head].is_capital
    part = list(words[phrase.first + owned : phrase.last])
    found, length = head_at(words, phrase.head) if phrase.use != "called" else (None, 1)
    head, at = found or Head(phrase.use), phrase.head - phrase.first - owned
    if script(words[phrase.head].text) == "cyrillic":
        return nominative([word.text for word in part], at, head.nominative, head.gender)
    if head.office:
        written = head.office.title() if part[at].is_capital else head.office
        return " ".join([word.text for word in part[:at]] + [written] + [word.text for word in part[at + length :]])
    return "".join((part[0].text, *(word.before + word.text for word in part[1:])))
