"""A cell with several countries -> its countries; a name that holds a comma or an "and" stays whole."""

from __future__ import annotations

import re

from etl.normalise.countries.lists import Refusal
from etl.normalise.countries.rules import known_no_country, resolve, strict
from etl.text import clean

_HARD = re.compile(r"[;；\n\r|•]+")
_SOFT = re.compile(r"(\s*(?:[,，、/+&]|\s(?:and|и|und|et|y|e|with|с)\s|[和与及])\s*)")
#: Words by which the UN puts a territory after its state: "China, Hong Kong SAR" is one place, "China, Hong Kong" two.
_ONE_PLACE = re.compile(r"(?i)\bS\.?A\.?R\b|special admin|province of|行政区|行政區|省$")
_MOST_JOINED = 7


def split(text: str) -> list[str]:
    """Return the countries of a cell as written, in their order; what no list knows stays as it stands.

    >>> split("Austria; Spain; Germany"), split("India, UAE"), split("Netherlands and Finland")
    (['Austria', 'Spain', 'Germany'], ['India', 'UAE'], ['Netherlands', 'Finland'])
    >>> split("Korea, Rep., Bosnia and Herzegovina, Trinidad and Tobago")
    ['Korea, Rep.', 'Bosnia and Herzegovina', 'Trinidad and Tobago']
    >>> split("Valletta, Malta")
    ['Valletta, Malta']
    """
    found: list[str] = []
    for part in _HARD.split(text):
        if whole := clean(part).strip(" ,，"):
            found += _listed(whole)
    return found


def _listed(text: str) -> list[str]:
    pieces = _SOFT.split(text)  # names at even places, separators between them
    found: list[tuple[str, bool]] = []
    at = 0
    while at < len(pieces):
        end = _longest(pieces, at)
        name = "".join(pieces[at : end + 1]).strip(" ,，")
        if name:
            found.append((name, _known(name)))
        at = end + 2
    if not any(known for _, known in found):
        return [text]
    return _with_places(found)


def _longest(pieces: list[str], at: int) -> int:
    """Return where the longest known name that starts at ``at`` ends; ``at`` itself when none is longer than one piece."""
    for end in range(min(len(pieces) - 1, at + 2 * _MOST_JOINED), at, -1):
        if (end - at) % 2 == 0 and _is_one("".join(pieces[at : end + 1]), pieces[at : end + 1 : 2]):
            return end
    return at


def _is_one(joined: str, parts: list[str]) -> bool:
    """Tell whether ``joined`` is one known name, and not several whose parts mean different countries."""
    whole = strict(joined)
    read = [strict(part) for part in parts]
    codes = {one.value for one in read if one}
    return whole is not None and (not all(read) or len(codes) < 2 or _ONE_PLACE.search(joined) is not None)


def _known(name: str) -> bool:
    if strict(name) or known_no_country(name):
        return True
    found = resolve(name)
    return isinstance(found, Refusal) or (found is not None and found.confidence >= 0.85)


def _with_places(found: list[tuple[str, bool]]) -> list[str]:
    """Join what no list knows to the country after it: a place and its country."""
    names: list[str] = []
    waiting = ""
    for name, known in found:
        if waiting:
            names.append(f"{waiting}, {name}")
            waiting = ""
        elif known:
            names.append(name)
        else:
            waiting = name
    return [*names, waiting] if waiting else names
