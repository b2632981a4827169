"""Names that a machine or a hand has spoilt: a lost blank, a wrong encoding, a slip of the keyboard."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from rapidfuzz.distance import OSA

from etl.normalise.countries import lists
from etl.normalise.countries.keys import key
from etl.normalise.countries.lists import Found
from etl.records import Read

_DOUBLE = re.compile(r"(.)\1+")
_LOST = re.compile("[?\ufffd]+")
_ANY = "0"
_LETTERS = re.compile("[a-z ]+|[\u0400-\u052f ]+")
#: Endings of demonyms that differ from the name in the last letter: Germans, Swedes, Thais.
_DEMONYM = "snie"
_LEAST, _MOST = 6, 40
_SHORTEST_HINT = 4
#: The encoding a text was taken for, and the one it is in; the second step of each pair must give a listed name.
_ENCODINGS = (
    ("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp1251", "utf-8"), ("mac_roman", "utf-8"), ("cp1252", "mac_roman"), ("cp1252", "cp850"),
    ("mac_roman", "cp1252"), ("cp1252", "cp1251"), ("cp1251", "koi8-r"), ("cp1251", "cp866"), ("latin-1", "gb18030"), ("latin-1", "big5"),
)  # fmt: skip


@cache
def _joined() -> dict[str, str]:
    """Return the listed names of eight letters or more without their blanks: 'UnitedStates'."""
    return {joined: read.value for name, read in lists.exact().items() if " " in name and len(joined := name.replace(" ", "")) > 7}


def run_together(name: str) -> Found:
    """Read 'UnitedStates', and a name with a blank too much: 'Guate mala'."""
    joined = name.replace(" ", "")
    code = _joined().get(joined)
    if not code and len(joined) > _LEAST and name.count(" ") == 1:
        read = lists.exact().get(joined)
        code = read.value if read else None
    return Read(code, "name run together", 0.9) if code else None


def wrong_encoding(text: str) -> Found:
    """Read a name whose bytes were taken for another encoding: 'CuraÃ§ao', 'RŽunion', 'Êèòàé'."""
    if text.isascii():
        return None
    for taken, meant in _ENCODINGS:
        try:
            repaired = text.encode(taken).decode(meant)
        except UnicodeError:
            continue
        name = key(repaired)
        found = lists.exact().get(name) or lists.others().get(name)
        if found and repaired != text:
            return Read(found.value, "name in a wrong encoding", min(found.confidence, 0.8))
    return None


@cache
def _by_length() -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for name, read in lists.exact().items():
        found[len(name)].append((name, read.value))
    return found


def lost_letters(text: str) -> Found:
    """Read 'C?te d'Ivoire', 'S?o Tom? and Pr?ncipe': each question mark stands for a letter that was lost."""
    if not _LOST.search(text):
        return None
    name = key(_LOST.sub(_ANY, text))
    if len(name) < _LEAST or name.count(_ANY) * 3 > len(name):
        return None
    codes = {code for other, code in _by_length()[len(name)] if all(a in (b, _ANY) for a, b in zip(name, other, strict=True))}
    return Read(next(iter(codes)), "name with lost letters", 0.8) if len(codes) == 1 else None


def squeeze(name: str) -> str:
    """Return a name with each double letter once: who doubts where to double doubles wrongly.

    >>> squeeze("phillipines") == squeeze("philippines")
    True
    """
    return _DOUBLE.sub(r"\1", name)


@cache
def _squeezed() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, read in lists.exact().items():
        if len(name) >= _LEAST:
            found[squeeze(name)].add(read.value)
    return found


@cache
def _near() -> dict[tuple[str, int], list[str]]:
    """Return the squeezed names by their first and by their last three letters, each with the length.

    A slip of one letter leaves one of the two ends of a name of six letters as it was.
    """
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name in _squeezed():
        if len(name) >= _LEAST - 1:
            found[(name[:3], len(name))].append(name)
            found[("…" + name[-3:], len(name))].append(name)
    return found


def slip(name: str) -> Found:
    """Read a name with one slip of the keyboard where one country only is so near.

    A letter added or left out at the very end, or changed to that of a demonym, is no slip: Romanian, Bulgari, Germans.
    """
    if not _LEAST <= len(name) <= _MOST or not _LETTERS.fullmatch(name):
        return None
    short = squeeze(name)
    codes = set(_squeezed().get(short, ()))
    if not codes and len(short) >= _LEAST:
        for end in (short[:3], "…" + short[-3:]):
            for length in (len(short) - 1, len(short), len(short) + 1):
                for other in _near().get((end, length), ()):
                    if (other[0] == short[0] and _is_slip(other, short)) or other == short[1:]:
                        codes |= _squeezed()[other]
    return Read(next(iter(codes)), "name with a slip", 0.7) if len(codes) == 1 else None


def _is_slip(name: str, typed: str) -> bool:
    if name[:-1] == typed or name == typed[:-1] or (name[:-1] == typed[:-1] and typed[-1] in _DEMONYM):
        return False
    return OSA.distance(name, typed, score_cutoff=1) == 1


def resembled(name: str) -> str:
    """Return the country of the one listed name that ``name`` is nearest to, empty where none or several are so near: a hint, no reading.

    >>> resembled("chian"), resembled("germnay"), resembled("graz")
    ('CHN', 'DEU', '')
    """
    if not _SHORTEST_HINT <= len(name) <= _MOST or not _LETTERS.fullmatch(name):
        return ""
    most = 1 if len(name) <= _LEAST else 2
    near: dict[int, set[str]] = defaultdict(set)
    for length in range(len(name) - most, len(name) + most + 1):
        for other, code in _by_first_letter().get((name[0], length), ()):
            near[OSA.distance(other, name, score_cutoff=most)].add(code)
    codes = next((near[distance] for distance in range(most + 1) if distance in near), set())
    return next(iter(codes)) if len(codes) == 1 else ""


@cache
def _by_first_letter() -> dict[tuple[str, int], list[tuple[str, str]]]:
    """Return the listed names with their countries by first letter and length: a hint is looked for among a few dozen of them."""
    found: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for name, read in lists.exact().items():
        if len(name) >= _SHORTEST_HINT and _LETTERS.fullmatch(name):
            found[name[0], len(name)].append((name, read.value))
    return dict(found)
