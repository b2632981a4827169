"""An affiliation or the name of an organisation -> the words that can be compared, and the segments they stand in.

The words are those of :mod:`etl.link.partner.words` (so that 'Universität' and 'University' are one), after the abbreviations
that bibliographic databases print ('Univ', 'Natl', 'Technol') are written out. ``etl/reference/affiliation_abbreviations.csv``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.link.partner.sounds import canonical
from etl.link.partner.words import vocabulary
from etl.reference import rows

#: 'HospitalVienna' is two words that a lost line break joined; 'McGill' is one.
_GLUED = re.compile(r"(?<=[a-zà-ÿ]{4})(?=[A-ZÀ-Ý][a-zà-ÿ]{2})")
_ELIDED = re.compile(r"\b(?:[dlDL]|[Dd]ell|[Aa]ll|[Nn]ell|[Ss]ull|[Dd]all|[Qq]u|[Uu]n|[Ss]ant)['’‘`´]\s?(?=\w{2})")
_MAIL = re.compile(r"\S+@\S+|https?://\S+|#TAB#")
_TAG = re.compile(r"</?[a-zA-Z]{1,8}>")
_POSSESSIVE = re.compile(r"['’`´ʼ]\s?(?=s\b)")
_APOSTROPHES = frozenset("'’‘`´ʼ")
_FOLDED = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}
_BOUNDARY = re.compile(r"[,;:|\n\r\t()\[\]{}（），；、/•·*]+|\s[-–—−]\s|—|\.\s+(?=(?:Depart|Facult|Divisi|Present|Current)[a-z]+\s)")
_MARK = re.compile(r"^\d{1,2}(?=[A-Z][A-Za-z])")
#: 'M.D. Anderson' and 'MD Anderson', 'U. S. Army' and 'US Army'.
_INITIALS = re.compile(r"\b(?:[A-Z]\.[ ]?){1,4}[A-Z]\.")


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two boundaries: its words as written (folded) and what they mean, word by word."""

    text: str
    written: tuple[str, ...]
    words: tuple[str, ...]


@cache
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Return the words that an abbreviated or inflected one stands for.

    >>> abbreviations()["natl"], abbreviations()["universitatsklinikum"]
    (('national',), ('university', 'hospital'))
    """
    return {row["word"]: tuple(row["meaning"].split()) for row in rows("affiliation_abbreviations")}


@lru_cache(maxsize=262_144)
def meanings(token: str) -> tuple[str, ...]:
    """Return what one folded token means; nothing for an article or a legal form.

    >>> meanings("univ"), meanings("universitat"), meanings("der"), meanings("kazan")
    (('university',), ('university',), (), ('kazan',))
    """
    found: list[str] = []
    for part in abbreviations().get(token, (token,)):
        entry, _ = vocabulary().at((part,), 0)
        if entry is None:
            found.append(part if part.isascii() else canonical(part))
        elif entry.role in ("institution", "generic", "place"):
            found += (each for meaning in entry.meanings for each in abbreviations().get(meaning, (meaning,)))
        elif entry.role == "country":
            found += (each.lower() for each in entry.meanings)
    return tuple(found)


class _Letters(dict[int, str]):
    """What each character becomes, worked out when it is first met: the rule of :func:`etl.text.fold`, at a tenth of its cost."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in _APOSTROPHES:
            kept = ""
        elif letter.isalnum() or letter == "+":
            kept = _FOLDED.get(letter) or "".join(each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each))
        else:
            kept = "" if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf" else " "
        self[code] = kept
        return kept


_LETTERS = _Letters()


def tokens(text: str) -> list[str]:
    """Return the folded tokens of ``text``, those of Chinese cut at the words that are known.

    >>> tokens("Université de Liège, R+D"), tokens("湖南大学")
    (['universite', 'de', 'liege', 'r+d'], ['湖南', '大学'])
    """
    folded = text.casefold().translate(_LETTERS)
    if not text.isascii() and any(letter >= "\u3040" for letter in folded):
        return list(vocabulary().tokens(folded))
    return folded.split()


def words(text: str) -> tuple[str, ...]:
    """Return the words that ``text`` consists of, in its order.

    >>> words("Graz Univ. Technol."), words("Technische Universität Graz")
    (('graz', 'university', 'technology'), ('technical', 'university', 'graz'))
    """
    found: list[str] = []
    for token in tokens(plain(text)):
        found += meanings(token)
    return tuple(found)


def plain(text: str) -> str:
    """Return ``text`` without elided articles and possessives, its initials and glued words as one writes them.

    >>> plain("l'Université"), plain("M.D. Anderson"), plain("HospitalVienna")
    (' Université', 'MD Anderson', 'Hospital Vienna')
    """
    if "'" in text or (not text.isascii() and not _APOSTROPHES.isdisjoint(text)):
        text = _POSSESSIVE.sub("", _ELIDED.sub(" ", text))
    if "." in text:
        text = _INITIALS.sub(_joined, text)
    return _GLUED.sub(" ", text)


def _joined(match: re.Match[str]) -> str:
    return "".join(letter for letter in match.group() if letter.isalpha())


def segments(text: str) -> list[Segment]:
    """Return the segments of an affiliation in its order.

    >>> [each.words for each in segments("Dept. of Physics, Univ. of Graz (Austria)")]
    [('department', 'physics'), ('university', 'graz'), ('aut',)]
    """
    bare = _TAG.sub(" ", _MAIL.sub(" ", html.unescape(text)))
    found = []
    for part in _BOUNDARY.split(plain(_MARK.sub("", bare.strip()))):
        written = tokens(part)
        if written:
            kept = [(token, word) for token in written for word in meanings(token)]
            found.append(Segment(part.strip(), tuple(token for token, _ in kept), tuple(word for _, word in kept)))
    return found
