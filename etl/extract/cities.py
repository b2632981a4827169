"""When a city stands for the university in it: 'thirty years with Hanover', 'a Nanjing group'."""

from __future__ import annotations

from collections.abc import Sequence

from etl.extract.places import Spot
from etl.extract.text_words import is_listed, listed
from etl.extract.tokens import Token

#: How many words of a list are read back to what leads it.
_FAR = 24


def speaks_of_partner(words: Sequence[Token], spot: Spot, partners: frozenset[int] | set[int]) -> bool:
    """Tell whether the words around the city at ``spot`` speak of an institution rather than of the place.

    ``partners`` are the tokens that name the home institution or a partner: a city in a list with one of them is one, too.
    """
    before = words[spot.first - 1] if spot.first and words[spot.first].follows else None
    after = words[spot.last] if spot.last < len(words) and words[spot.last].follows else None
    if (after and after.folded in listed("event")) or (spot.place.is_adjective and not (after and is_listed(after.folded, "people"))):
        return False
    if after and is_listed(after.folded, "people"):
        return True
    if before and before.folded in ("and", "и") and spot.first - 2 in partners:
        return True
    lead = _lead(words, spot, partners)
    if lead == "in":
        return _studies(words, spot)
    if lead == "with":
        return True
    if before and before.folded[0] >= "\u0400" and is_listed(before.folded, "people"):
        return True
    return bool(words[spot.first].opens and after and after.folded in listed("acts"))


def _lead(words: Sequence[Token], spot: Spot, partners: frozenset[int] | set[int]) -> str:
    """Return what leads the list that the city stands in: ``with`` for every city of 'from Brno, Milan and Delft', ``in`` for a place."""
    position = spot.first
    is_list = _is_item(words, spot)
    for _ in range(_FAR):
        if not position or words[position].opens:
            return ""
        position -= 1
        word = words[position]
        if position in partners and position < spot.first:
            return "with" if is_list else ""
        if word.folded in listed("with") or (word.folded == "to" and position and words[position - 1].folded == "next"):
            return "with"
        if word.folded in listed("locative"):
            return "in"
        if not is_list and not (word.is_capital or word.folded in listed("joining")):
            return ""
    return ""


def _is_item(words: Sequence[Token], spot: Spot) -> bool:
    """Tell whether the city stands alone in a list: between commas, or on one side of an 'and'."""
    opening = words[spot.first].before.startswith(",") or (spot.first and words[spot.first - 1].folded in ("and", "и"))
    after = words[spot.last] if spot.last < len(words) else None
    closing = after is None or not after.follows or after.folded in ("and", "и", "as", "among")
    return bool(opening and closing) or bool(closing and after and after.before.startswith(","))


def _studies(words: Sequence[Token], spot: Spot) -> bool:
    position = spot.first
    while position and not words[position].opens:
        position -= 1
        if words[position].folded in listed("study"):
            return True
    return False
