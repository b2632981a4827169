"""News text -> the research fields it speaks of: known terms in any inflection, but not within the name of a university or a unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from etl.extract.mentions import Mention
from etl.extract.tokens import Token, tokens
from etl.reference import rows
from etl.stems import stem
from etl.text import fold

_HAN = re.compile(r"[\u3400-\u9fff]+")
_AND = frozenset(("and", "or", "&", "и", "или", "а", "также", "as", "well"))
_OF = frozenset(("of", "for", "the", "in", "and", "&", "on"))
#: Words of a Russian genitive, as fold leaves them: what an institute is an institute of.
_GENITIVE = re.compile(r"(?:[аяиы]|[ое]го|[ыи]х|[ое]в|[ое]и|ии|ств|тур)$")
#: What may stand alone in a list and wait for its noun; "science" of "science and education" does not wait for one.
_ADJECTIVE = re.compile(
    r"(?:al|ic|ive|ar|il|ary|ine|ent|ed|ble|ian|ese|ish|ous|ыи|ии|ои|ая|яя|ое|ее|ые|ие|ого|его|ых|их|ым|им|ыми|ими|ую|юю|ому|ему)$"
)
_LONGEST_LIST = 8


class FieldTerms:
    """An index of terms that name fields; built once, used for every item.

    ``terms`` leads from a term to the code of its field. A term in capitals (``AI``) is found only in capitals.
    """

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._codes: dict[tuple[str, ...], str] = {}
        self._capitals: set[tuple[str, ...]] = set()
        self._longest: dict[str, int] = {}
        self._heads: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._han = {term: code for term, code in terms.items() if _HAN.fullmatch(term)}
        self._longest_han = max(map(len, self._han), default=0)
        for term, code in terms.items():
            if term not in self._han:
                self._add(term, code)

    def _add(self, term: str, code: str) -> None:
        key = tuple(_stem(word) for word in fold(term).split())
        if not key:
            return
        self._codes.setdefault(key, code)
        if term.isupper() and len(key) == 1:
            self._capitals.add(key)
        self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))
        if len(key) == 2:
            self._heads[key[0]].setdefault(key[1], code)

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the fields that ``text`` names, from left to right; they do not overlap.

        >>> fields = FieldTerms({"power engineering": "2.2", "civil engineering": "2.1", "физика": "1.3", "AI": "1.2", "机器人": "2.2"})
        >>> [(m.value, m.text) for m in fields.find("Civil and power engineering; AI at the Institute of Power Engineering")]
        [('2.1', 'Civil'), ('2.2', 'power engineering'), ('1.2', 'AI')]
        >>> [(m.value, m.text) for m in fields.find("Занятия физикой в институте физики, 机器人")]
        [('1.3', 'физикой'), ('2.2', '机器人')]
        """
        words = tokens(text)
        stems = [_stem(word.folded) for word in words]
        named = _in_names(words, stems)
        found = [mention for mention in self._in_words(text, words, stems) if mention.start not in named]
        yield from sorted((*found, *self._in_han(text)), key=lambda mention: mention.start)

    def _in_words(self, text: str, words: Sequence[Token], stems: Sequence[str]) -> Iterator[Mention]:
        at = 0
        while at < len(words):
            code, length = self._term(words, stems, at)
            if not code:
                code = self._of_list(words, stems, at)
            if code:
                start, end = words[at].start, words[at + length - 1].end
                yield Mention(code, text[start:end], start, end)
            at += length

    def _term(self, words: Sequence[Token], stems: Sequence[str], at: int) -> tuple[str, int]:
        """Return the code of the longest term at ``at`` and its number of words; no code and 1 where there is none."""
        for length in range(min(self._longest.get(stems[at], 0), len(words) - at), 0, -1):
            key = tuple(stems[at : at + length])
            is_term = key in self._codes and (key not in self._capitals or words[at].text.isupper())
            if is_term and all(word.follows for word in words[at + 1 : at + length]):
                return self._codes[key], length
        return "", 1

    def _of_list(self, words: Sequence[Token], stems: Sequence[str], at: int) -> str:
        """Return the code of an adjective whose noun comes at the end of a list: "civil" of "civil and power engineering"."""
        heads = self._heads.get(stems[at], {}) if _ADJECTIVE.search(words[at].folded) else {}
        is_parted = False
        for after in range(at + 1, min(len(words), at + _LONGEST_LIST) if heads else 0):
            word = words[after]
            if word.folded in _AND or word.before.strip() == ",":
                is_parted = True
            elif not word.follows:
                break
            elif is_parted and stems[after] in heads:
                return heads[stems[after]]
            elif words[after - 1].folded not in _AND:
                break
        return ""

    def _in_han(self, text: str) -> Iterator[Mention]:
        for run in _HAN.finditer(text):
            at = run.start()
            while at < run.end():
                end = next((to for to in range(min(run.end(), at + self._longest_han), at, -1) if text[at:to] in self._han), at)
                if end > at and not text.startswith(_han_units(), end):
                    yield Mention(self._han[text[at:end]], text[at:end], at, end)
                at = max(end, at + 1)


def _stem(word: str) -> str:
    """Return the stem of ``word``, but "economics" whole: an economic forum is not about it."""
    return word if word.endswith("ics") else stem(word)


@cache
def _units(kind: str) -> frozenset[str]:
    return frozenset(_stem(fold(row["term"])) for row in rows("field_words") if row["kind"] == kind)


@cache
def _han_units() -> tuple[str, ...]:
    return tuple(row["term"] for row in rows("field_words") if row["kind"] == "unit" and row["language"] == "zh")


def _is_unit(word: Token, stemmed: str) -> bool:
    """Tell whether ``word`` begins or ends the name of an institution; some do only in capitals: a school is mostly an event."""
    return stemmed in _units("unit") or (word.is_capital and not word.opens and stemmed in _units("unit in capitals"))


def _in_names(words: Sequence[Token], stems: Sequence[str]) -> set[int]:
    """Return the places of the words that belong to the name of a university, an institute or an office."""
    found: set[int] = set()
    for at, word in enumerate(words):
        if _is_unit(word, stems[at]):
            before = _before(words, at) if word.folded.isascii() else ()
            after = _after(words, at) if word.folded.isascii() else _after_russian(words, at)
            found.update(words[each].start for each in (*before, *after))
    return found


def _before(words: Sequence[Token], at: int) -> Iterator[int]:
    """Yield the words of "Harbin Engineering" in Harbin Engineering University, or of "energy" in energy institute."""
    is_name = words[at].is_capital
    while at > 0 and words[at].follows:
        at -= 1
        if is_name and not words[at].is_capital and words[at].folded not in _OF:
            return
        yield at
        if not is_name:
            return


def _after(words: Sequence[Token], at: int) -> Iterator[int]:
    """Yield the words that follow "of": all of a name in capitals, else the first."""
    is_name, at = words[at].is_capital, at + 1
    if at >= len(words) or words[at].folded not in _OF or not words[at].follows:
        return
    while at < len(words) and (words[at].follows or (is_name and words[at].before == ", ")):
        if words[at].folded not in _OF:
            yield at
            if not is_name or not words[at].is_capital:
                return
        at += 1


def _after_russian(words: Sequence[Token], at: int) -> Iterator[int]:
    """Yield the genitives that follow "институт"."""
    for after in range(at + 1, len(words)):
        # A noun after an adjective in the plural may have no ending: "компьютерных наук".
        is_part = words[after].folded == "и" or _GENITIVE.search(words[after].folded) or words[after - 1].folded.endswith(("ых", "их"))
        if not words[after].follows or not is_part:
            return
        yield after
