"""The range of words that a name is, and what single words can be in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.extract.signature import role_of
from etl.extract.tokens import Token


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as the half-open range of its tokens; ``head`` is the token that says what it is, ``use`` how far it is trusted."""

    first: int
    last: int
    head: int
    use: str


def is_subject(word: Token) -> bool:
    """Tell whether a word says what an organisation is or is about: technical, наук, institute."""
    found = role_of(word)
    return found is not None and found[0] in ("generic", "institution")


def is_topic(word: Token) -> bool:
    """Tell whether a capitalised word says what an organisation is about, and not what it is."""
    found = role_of(word)
    return word.is_capital and found is not None and found[0] == "generic"


def opens_quote(words: Sequence[Token], position: int) -> bool:
    """Tell whether a quotation begins at ``position``: компания «Арчелик»."""
    return words[position].before in (" «", ' "', " “", " „")
