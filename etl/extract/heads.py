"""Words that say what kind of organisation a phrase names: university, посольство, GmbH; ``etl/reference/text_heads.csv``.

``use`` tells how far a head is trusted where the phrase means nobody known: *body* and *foreign* make a name with any word of its own,
*unit* only with capitals, *state* with a country, *company* and *legal* behind a name; *known* and *plural* never do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from etl.extract.tokens import Phrases, Token
from etl.reference import rows
from etl.text import fold

#: The longest case ending of a head noun.
_ENDING = 4


@dataclass(frozen=True, slots=True)
class Head:
    """A head word: its use, the office of the person it may name, and for Russian its nominative and gender (m, f, n)."""

    use: str
    office: str = ""
    nominative: str = ""
    gender: str = ""


@cache
def _whole() -> Phrases[Head]:
    return Phrases((row["word"], _head(row)) for row in rows("text_heads") if not row["word"].endswith("*"))


@cache
def _stems() -> dict[str, Head]:
    return {fold(row["word"][:-1]): _head(row) for row in rows("text_heads") if row["word"].endswith("*")}


def _head(row: Mapping[str, str]) -> Head:
    return Head(row["use"], row["office"], row["nominative"], row["gender"])


def head_at(words: Sequence[Token], start: int) -> tuple[Head | None, int]:
    """Return the head that begins at ``start`` and its number of words.

    >>> from etl.extract.tokens import tokens
    >>> head_at(tokens("Consul General of India"), 0)[1], head_at(tokens("университетами"), 0)[0].gender, head_at(tokens("ltd"), 0)[0]
    (2, 'm', None)
    """
    found, length = _whole().at(words, start)
    if found:
        return (None, 1) if found[0].use == "legal" and not words[start].is_capital else (found[0], length)
    return _by_stem(words[start].folded), 1


def _by_stem(folded: str) -> Head | None:
    if folded[0] < "\u0400":
        return None
    known = _stems()
    ends = range(len(folded), max(len(folded) - _ENDING - 1, 2), -1)
    return next((known[folded[:end]] for end in ends if folded[:end] in known), None)


def is_head(words: Sequence[Token], start: int) -> bool:
    """Tell whether a head begins at ``start``."""
    return head_at(words, start)[0] is not None
