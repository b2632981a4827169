"""The extent of a Russian name around its head: adjectives before it, genitives and names behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.extract.declension import ends_as_adjective
from etl.extract.heads import is_head
from etl.extract.phrase import Phrase, is_subject, opens_quote
from etl.extract.signature import role_of
from etl.extract.text_words import listed
from etl.extract.tokens import Token
from etl.text import script

_JOINING = ("и", "по")
_HONOUR = ("имени", "им")
#: Endings of a genitive, and those of verbs and adverbs that look like one; folded.
_GENITIVE = ("и", "ы", "а", "я", "ии", "ов", "еи")
_NO_GENITIVE = ("ли", "ла", "ло", "л", "ет", "ит", "ют", "ят", "ут", "ат", "ся", "сь", "ть", "но", "ая", "яя")
#: Endings of a verb that tells: продлили, познакомился, откроют.
_VERB = re.compile("(?:.л[аои]?|.[аеиюуя]т)(?:с[яь])?$|.(?:ют|ут|ит|ет)ся$|.ть(?:ся)?$")


def russian_phrase(words: Sequence[Token], head: int, length: int, use: str, least: int) -> Phrase:
    """Return the phrase around ``head``, a head of ``length`` words; nothing before ``least`` belongs to it."""
    first = head
    while first > least and words[first].follows and (_is_adjective(words[first - 1]) or words[first].before == "-"):
        first -= 1
    while first < head and not words[first].is_capital and role_of(words[first]) is None and "ск" not in words[first].folded:
        first += 1
    return Phrase(first, _right(words, head + length, use), head, use)


def _is_adjective(word: Token) -> bool:
    is_long = script(word.text) == "cyrillic" and len(word.folded) > 4
    return is_long and ends_as_adjective(word.folded) and word.folded not in listed("small")


def _right(words: Sequence[Token], start: int, use: str) -> int:
    """Return where the complement of a head ends: genitives of its subject, capitalised words, what is in quotes."""
    last = start
    named = proper = capital = False
    for position in range(start, len(words)):
        word = words[position]
        if not (word.follows or opens_quote(words, position)):
            break
        if word.folded in _HONOUR:
            named = True
        elif word.folded in _JOINING:
            if position == start or use == "known" or (capital and not named and not _joins_subjects(words, position)):
                break
        elif word.is_capital:
            if word.opens and not opens_quote(words, position):
                break
            proper, capital = proper or not _is_adjective(word), True
            last = position + 1
        elif named and len(word.text) < 4 and word.folded not in listed("small"):
            continue
        elif is_head(words, position):
            if not _agrees(words, position):
                break
            last, proper = position + 1, False
        elif _is_complement(words, position, start, proper):
            last = position + 1
        else:
            break
    return last


def _joins_subjects(words: Sequence[Token], position: int) -> bool:
    """Tell whether an 'и' stands between two small subjects: Вьетнамской академии наук и технологий."""
    pair = words[position - 1 : position + 2 : 2]
    return len(pair) == 2 and all(not word.is_capital and is_subject(word) and not is_head([word], 0) for word in pair)


def _agrees(words: Sequence[Token], position: int) -> bool:
    """Tell whether a capitalised adjective stands before: института керамики Китайской академии."""
    return words[position - 1].is_capital and _is_adjective(words[position - 1])


def _is_complement(words: Sequence[Token], position: int, start: int, proper: bool) -> bool:
    word = words[position]
    if is_verb(word):
        return False
    if proper:
        return _agrees(words, position) and _is_genitive(word)
    return is_subject(word) or (position == start and _is_genitive(word)) or _leads_on(words, position) or _agrees(words, position)


def _is_genitive(word: Token) -> bool:
    """Tell whether a small word can be the genitive of a subject, as керамики is."""
    if word.folded in listed("small") or len(word.folded) < 5:
        return False
    return word.folded.endswith(_GENITIVE) and not word.folded.endswith(_NO_GENITIVE)


def is_verb(word: Token) -> bool:
    """Tell whether a small word is a verb in the past, the present or the infinitive, or its short participle, and no noun like one.

    >>> from etl.extract.tokens import tokens
    >>> [is_verb(word) for word in tokens("продлили познакомился откроют открыта торговли университет")]
    [True, True, True, True, False, False]
    """
    if word.is_capital:
        return False
    return word.folded.rstrip("аоы") in listed("participle") or (_VERB.search(word.folded) is not None and role_of(word) is None)


def _leads_on(words: Sequence[Token], position: int) -> bool:
    """Tell whether an adjective of a complement has its noun behind it."""
    after = words[position + 1] if position + 1 < len(words) else None
    return _is_adjective(words[position]) and after is not None and after.follows and (is_subject(after) or after.is_capital)
