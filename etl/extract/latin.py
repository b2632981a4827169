"""The extent of a name in Latin letters around its head: capitals before it, 'of' and capitals behind it."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.heads import head_at, is_head
from etl.extract.phrase import Phrase, is_subject, is_topic
from etl.extract.text_words import listed
from etl.extract.tokens import Token

#: How many words a small head may have in front of it: the eco-environmental sciences centre.
_FAR = 6
_AND = frozenset(("and", "y", "e", "et", "und"))
_ELISIONS = ("d'", "d’", "l'", "l’")


def latin_phrase(words: Sequence[Token], head: int, length: int, use: str, least: int) -> Phrase:
    """Return the phrase around ``head``, a head of ``length`` words; nothing before ``least`` belongs to it."""
    first = _left(words, head, use, least)
    last = head + length
    if use != "legal":
        return Phrase(first, _right(words, last, words[head].is_capital, use), head, use)
    while last < len(words) and words[last].before in (". ", " & ", " ") and _is_legal(words, last):
        last += 1
    return Phrase(first, last, head, use)


def _is_legal(words: Sequence[Token], position: int) -> bool:
    head, _ = head_at(words, position)
    return head is not None and head.use == "legal"


def _left(words: Sequence[Token], head: int, use: str, least: int) -> int:
    """Return where the name before ``head`` begins: capitals, small words between them, and for a small head its subject."""
    first = head
    for position in range(head - 1, least - 1, -1):
        word, after = words[position], words[position + 1]
        if after.before == "'s ":
            return position if word.is_capital else first
        if not (after.follows or _is_abbreviated(words, position)):
            break
        if _is_part(word):
            first = position
        elif not (first < head and _joins(words, position, first)) and not (
            not words[head].is_capital and use not in ("legal", "foreign") and _describes(words, position) and head - position < _FAR
        ):
            break
    return first


def _is_part(word: Token) -> bool:
    return word.is_capital and not (word.opens and word.folded in listed("opener")) and word.folded not in listed("title")


def _joins(words: Sequence[Token], position: int, first: int) -> bool:
    """Tell whether a small word stands inside the name: Rio de Janeiro, Science and Technology, but not 'A and B University'."""
    word = words[position].folded
    if word == "and":
        return position > 0 and is_topic(words[position - 1]) and is_topic(words[first])
    return word in listed("inside") and word not in ("of", "for", "the")


def _describes(words: Sequence[Token], position: int) -> bool:
    """Tell whether a small word says what a small head is about: a Rostock implant institute, a new polytechnic."""
    return is_subject(words[position]) or words[position + 1].before == "-" or words[position].folded in listed("plain")


def _is_abbreviated(words: Sequence[Token], position: int) -> bool:
    return words[position + 1].before in (". ", "-", ".") and len(words[position].text) <= 3 and words[position].is_capital


def _right(words: Sequence[Token], start: int, capital: bool, use: str) -> int:
    """Return where the name behind its head ends."""
    last = start
    for position in range(start, len(words)):
        word = words[position]
        if not word.follows and not (word.before == ", " and _goes_on(words, position)):
            break
        if "&" in word.before and not is_subject(word):
            break  # another name begins: University of Madrid & Festo GmbH
        if word.is_capital and not word.opens:
            if (position == start and use in ("state", "company", "plural")) or _begins_other(words, position, start):
                break
            last = position + 1
        elif word.folded in listed("inside") or (word.folded == "in" and use == "known"):
            if (position == start and word.folded in _AND) or (word.folded == "the" and not _leads_in(words, position, start)):
                break
        elif _is_small_part(words, position, start, capital, use):
            last = position + 1
        else:
            break
    return last


def _leads_in(words: Sequence[Token], position: int, start: int) -> bool:
    """Tell whether an article belongs to the name: University of the Aegean, but not 'the University of Graz the guests'."""
    return position > start and words[position - 1].folded in listed("inside")


def _is_small_part(words: Sequence[Token], position: int, start: int, capital: bool, use: str) -> bool:
    """Tell whether a small word belongs to the name: minister of higher education, École nationale d'ingénieurs."""
    if use == "foreign":
        return is_subject(words[position]) or words[position].text.startswith(_ELISIONS)
    is_about = is_subject(words[position]) or (use == "state" and words[position].folded in listed("ministry"))
    return not capital and position > start and words[start].folded in ("of", "for") and is_about


def _goes_on(words: Sequence[Token], position: int) -> bool:
    """Tell whether a comma stands inside a list of subjects: Ministry of Higher Education, Science and Innovation."""
    rest = words[position : position + 3]
    return len(rest) == 3 and is_subject(rest[0]) and rest[0].is_capital and rest[1].folded == "and" and is_subject(rest[2])


def _begins_other(words: Sequence[Token], position: int, start: int) -> bool:
    """Tell whether behind an 'and' another name begins: ... of Sciences and Tsinghua University."""
    joint = words[position - 2] if words[position - 1].folded == "the" and position - 2 > start else words[position - 1]
    if position == start or joint.folded not in ("and", "&"):
        return False
    ahead = position
    while ahead < len(words) and words[ahead].is_capital and (ahead == position or words[ahead].follows):
        if is_head(words, ahead):
            return True
        ahead += 1
    return not is_subject(words[position])
