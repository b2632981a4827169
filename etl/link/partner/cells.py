"""One cell -> the partners in it. A comma or an 'and' inside a name is no boundary."""

from __future__ import annotations

import re

from etl.link.partner.gazetteer import Gazetteer, gazetteer
from etl.text import LETTER, clean, fold, script

_HARD = re.compile(r"[;；\n\r\v\f|•·▪]+|\s\+\s")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–—*])\s+")
_SLASH = re.compile(r"\s+/\s*|\s*/\s+")
#: What may part two names; most cells have none of it.
_MAY_PART = re.compile(r"[;；\n\r\v\f\u2028|•·▪+/,，、&]|\s(?:and|и|und|y|et)\s")
_SOFT = re.compile(r"\s*[,，、]\s*|\s+(?:and|и|und|y|et)\s+|\s*&\s+")
#: More pieces than this are not one list of names, and trying all groupings of them would take for ever.
_MOST_PIECES = 40


def split(text: str, known: Gazetteer | None = None) -> list[str]:
    """Return the partners that a cell names, in its order, cleaned; none for an empty cell.

    >>> split("TU Graz; City, University of London\\nInstitute of Physics, CAS")
    ['TU Graz', 'City, University of London', 'Institute of Physics, CAS']
    >>> split("Университет Цинхуа / Tsinghua University")
    ['Университет Цинхуа / Tsinghua University']
    """
    if not _MAY_PART.search(text):
        name = clean(_NUMBERED.sub("", text)).strip(" ,")
        return [name] if fold(name) else []
    here = known or gazetteer()
    found = []
    for line in _outside_brackets(_HARD, text.replace("\u2028", "\n")):
        for part in _slashed(_NUMBERED.sub("", line)):
            found += _listed(clean(part).strip(" ,"), here)
    return list(dict.fromkeys(name for name in found if fold(name)))


def _outside_brackets(pattern: re.Pattern[str], text: str) -> list[str]:
    if not pattern.search(text):
        return [text]
    pieces, start, depth, at = [], 0, 0, 0
    while at < len(text):
        depth = max(0, depth + (text[at] in "([（") - (text[at] in ")]）"))
        match = pattern.match(text, at) if not depth or text[at] == "\n" else None
        if match and match.end() > at:
            pieces.append(text[start:at])
            start = at = match.end()
            depth = 0
        else:
            at += 1
    return [*pieces, text[start:]]


def _slashed(text: str) -> list[str]:
    """Cut at ' / ' unless it stands between two spellings of one name, one in each script, or beside a mere number."""
    parts = _outside_brackets(_SLASH, text)
    if any(part.strip() and not LETTER.search(part) for part in parts):
        return [text]
    if len(parts) == 2 and script(parts[0]) != script(parts[1]) and all(len(part.split()) > 1 for part in parts):
        return [text]
    return parts


def _listed(text: str, known: Gazetteer) -> list[str]:
    """Cut at commas and 'and' only when every piece is then an organisation that is known."""
    pieces = _outside_brackets(_SOFT, text)
    if not 1 < len(pieces) <= _MOST_PIECES or _is_known(text, known) or known.parent(text)[0]:
        return [text]
    marks = _positions(text, pieces)
    names, start = [], 0
    while start < len(pieces):
        end = next((end for end in range(len(pieces), start, -1) if _is_known(text[marks[start][0] : marks[end - 1][1]], known)), None)
        if end is None:
            return [text]
        names.append(text[marks[start][0] : marks[end - 1][1]])
        start = end
    return names


def _positions(text: str, pieces: list[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for piece in pieces:
        at = text.index(piece, at)
        found.append((at, at + len(piece)))
        at += len(piece)
    return found


def _is_known(text: str, known: Gazetteer) -> bool:
    return bool(text) and bool(known.exact(text) or [match for match in known.named(text) if match.confidence > 0.9])
