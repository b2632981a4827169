"""A name that stands once and differs in one letter from the only name of its country that it can be is a slip of the keyboard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from etl.link.partner.forms import Clusters, Form
from etl.link.partner.gazetteer import Gazetteer
from etl.link.partner.names import Name, analyse, is_acronym
from etl.link.partner.sounds import has_figure, is_pinyin
from etl.text import script

#: A word in which one letter is looked for; a shorter one may be another word.
_SHORTEST = 7


class _Slip(NamedTuple):
    """A word of a name in which a letter may be wrong, and what else the name says."""

    word: str
    rest: tuple[tuple[str, ...], tuple[str, ...]]


def join_slips(texts: Mapping[str, range], forms: Sequence[Form], cells: Sequence[int], known: Gazetteer, clusters: Clusters) -> None:
    """Join a name that stands once with the only name of its country that differs in one letter of one rare word."""
    words: Counter[str] = Counter()
    alike: dict[object, set[str]] = defaultdict(set)
    slips: dict[int, list[_Slip]] = {}
    for text, places in texts.items():
        abroad = [at for at in places if forms[at].country]
        if abroad and _may_be_misspelt(text):
            said = analyse(text)
            for word in set(said.rare):
                words[word] += len(abroad)
            for slip in (found := _slips(said)):
                alike[slip.rest].add(slip.word)
            if found:
                slips.update(dict.fromkeys(abroad, found))
    blocks: dict[tuple[object, ...], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for at, found in slips.items():
        for slip in found:
            for block in _edges(forms[at].country, slip) if len(alike[slip.rest]) > 1 else ():
                blocks[block][slip.word].add(at)
    for at, found in slips.items():
        near = {
            other
            for slip in found
            if words[slip.word] <= cells[at] and len(alike[slip.rest]) > 1 and not known.knows_word(slip.word)
            for block in _edges(forms[at].country, slip)
            for other in _near(slip.word, blocks[block])
        }
        if len({clusters.of(other) for other in near}) == 1 and cells[at] <= max(cells[other] for other in near):
            clusters.join(at, min(near))


def _may_be_misspelt(text: str) -> bool:
    return not is_acronym(text) and script(text) in ("latin", "cyrillic")


def _slips(name: Name) -> list[_Slip]:
    if not name.concepts:
        return []
    return [
        _Slip(word, (name.concepts, name.rare[:at] + name.rare[at + 1 :]))
        for at, word in enumerate(name.rare)
        if len(word) >= _SHORTEST and not has_figure(word)
    ]


def _edges(country: str, slip: _Slip) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Return where a misspelling of the word is looked for: one slip spoils its beginning or its end, not both."""
    return (country, slip.rest, slip.word[:2]), (country, slip.rest, slip.word[-2:], "end")


def _near(word: str, block: Mapping[str, set[int]]) -> set[int]:
    found: set[int] = set()
    for other, distance, _ in process.extract(word, list(block), scorer=OSA.distance, score_cutoff=1, limit=5):
        if distance and not (is_pinyin(word) and is_pinyin(other)):
            found |= block[other]
    return found
