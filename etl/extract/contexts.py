"""Names without a word that says what they are, known by the words around: specialists of PDVSA, a contract with Bayer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from etl.extract.heads import is_head
from etl.extract.phrase import Phrase, opens_quote
from etl.extract.signature import Signatures
from etl.extract.text_words import is_listed, listed
from etl.extract.tokens import Token
from etl.text import script

#: Words of a name, and words between a name and what it is said to be: PDVSA, the Venezuelan oil company.
_LONGEST, _FAR = 4, 6


def companies(words: Sequence[Token], signatures: Signatures, taken: Set[int]) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of tokens that name an organisation only by context; none touches the tokens ``taken``."""
    position, led_on = 0, -1
    while position < len(words):
        last = _end_of_name(words, position, signatures, taken)
        if (
            last > position
            and not _owns(words, last)
            and (position == led_on or _is_led(words, position, last) or _is_explained(words, last))
        ):
            yield position, last
            led_on = _next_of_list(words, last)
        position = max(last, position + 1)


def _owns(words: Sequence[Token], last: int) -> bool:
    """Tell whether a name is a possessive: that of a person is no organisation."""
    return last < len(words) and words[last].before.startswith(("'s", "’s"))


def _next_of_list(words: Sequence[Token], last: int) -> int:
    """Return where the next name of a list begins: specialists of Bayer, Merck and Roche; -1 behind the last one."""
    if last < len(words) and words[last].before == ", ":
        return last
    return last + 1 if last < len(words) and words[last].folded in ("and", "и") and words[last].follows else -1


def _end_of_name(words: Sequence[Token], start: int, signatures: Signatures, taken: Set[int]) -> int:
    """Return where the run of words of its own that begins at ``start`` ends; ``start`` where there is none."""
    last = start
    while last < len(words) and last - start <= _LONGEST and (last == start or words[last].follows):
        word = words[last]
        if last in taken or not word.is_capital or is_head(words, last) or is_listed(word.folded, "no company"):
            break
        part, _, first, end = next(signatures.spans(words[last:]))
        # Baker Hughes Energy: a name may end in what the company deals with.
        if end - first > 1 or (part != "rare" and not (part == "common" and last > start)):
            break
        last += 1
    return last if last - start <= _LONGEST else start


def _is_led(words: Sequence[Token], start: int, last: int) -> bool:
    """Tell whether what stands before a name is said of organisations: specialists from, agreement with, специалисты ..."""
    if not start or not (words[start].follows or opens_quote(words, start)):
        return False
    one, two = words[start - 1], words[max(start - 2, 0)]
    if one.folded in ("of", "from") and is_listed(two.folded, "employed"):
        return True
    if one.folded in ("with", "с", "со") and one.follows and is_listed(two.folded, "bound"):
        return True
    if script(one.text) == "cyrillic" and script(words[start].text) == "latin" and is_listed(one.folded, "employed"):
        return True
    # A person has two names.
    return one.folded == "by" and two.folded in listed("done by") and (last - start == 1 or words[start].is_acronym)


def _is_explained(words: Sequence[Token], last: int) -> bool:
    """Tell whether an apposition says that a name is one of a company: PDVSA, the Venezuelan oil company, ..."""
    if last >= len(words) or words[last].before != ", " or words[last].folded not in ("a", "an", "the"):
        return False
    for word in words[last + 1 : last + 1 + _FAR]:
        if not word.follows:
            return False
        if word.folded in listed("firm"):
            return True
    return False


def without_person(phrase: Phrase, words: Sequence[Token], signatures: Signatures) -> Phrase:
    """Return ``phrase`` without the name of who holds the office before it: ректор Ташкентского университета Алишер Каримов.

    Two words of no meaning at its end are such a name where a title stands before; a name in quotes or of honour stays.
    """
    part = words[phrase.first : phrase.last]
    after_title = phrase.first and any(
        is_listed(word.folded, "office holder") for word in words[max(phrase.first - 4, 0) : phrase.head + 1]
    )
    spans = list(signatures.spans(part))
    rare = 0
    while rare < len(spans) and spans[-1 - rare][0] == "rare" and part[spans[-1 - rare][2]].is_capital:
        rare += 1
    if rare == 3 and spans[-3][2] <= phrase.head - phrase.first + 1:
        rare = 2  # the first of three is what the name is of: University of Patras Georgios Papadopoulos
    at = spans[-rare][2] if rare else len(part)
    is_person = after_title and rare in (2, 3) and at > phrase.head - phrase.first and part[at].follows
    if not is_person or part[at - 1].folded in listed("inside") or part[at - 1].folded in ("имени", "им") or at < 2:
        return phrase
    return replace(phrase, last=phrase.first + at)
