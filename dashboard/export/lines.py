"""A text in lines of a width, where nothing else breaks it: in a drawing each line stands for itself."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_WIDE = "\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\uff00-\uffef"
#: A Chinese character may begin a line unless it is a sign that ends something; a sign that opens something ends none.
_PIECE = re.compile(rf"[（“《「]*[{_WIDE}][，。；：、）”》」！？]*|[^\s{_WIDE}]+|\s+")
_NARROW = frozenset("iljtfrI.,:;'|!()[] \u202f\u00a0")
_BROAD = frozenset("mwMWШЩЖЮФМшщжюфмы—…%@·")


def width(text: str, size: float) -> float:
    """Return about how wide ``text`` is, in the unit of ``size``; rather more than less.

    >>> width("中文", 10), width("ill", 10) < width("www", 10)
    (20.0, True)
    """
    return size * sum(_share(letter) for letter in text)


def _share(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.32
    return 0.9 if letter in _BROAD else 0.68 if letter.isupper() else 0.56


def lines(text: str, most: float, size: float) -> list[str]:
    """Return ``text`` in lines at most ``most`` wide; a word that is wider than a line is cut.

    >>> lines("one two three", 40, 10)
    ['one two', 'three']
    """
    made = [""]
    for piece in _pieces(text, most, size):
        if made[-1] and width(made[-1] + piece.rstrip(), size) > most:
            made.append("")
        made[-1] += piece if made[-1] else piece.lstrip()
    return [line.rstrip() for line in made if line.strip()]


def _pieces(text: str, most: float, size: float) -> list[str]:
    found: list[str] = []
    for piece in _PIECE.findall(text):
        part = piece
        while width(part, size) > most and len(part) > 1:
            cut = next((at for at in range(len(part), 1, -1) if width(part[:at], size) <= most), 1)
            found.append(part[:cut])
            part = part[cut:]
        found.append(part)
    return found
