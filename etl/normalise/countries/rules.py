"""The rules that read one country, from the strict to the lenient; the first that answers decides.

Whole cells only: no rule looks for a country inside a longer text, as Perugia is not Peru.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.normalise.countries import lists, places, repair, words
from etl.normalise.countries.keys import key
from etl.normalise.countries.lists import NO_COUNTRY, Found, Refusal
from etl.records import Read

_EDGE = " \t.,;:*†‡#'\"–—-_|•·=+~^°"
_FOOTNOTE = re.compile(
    r"(?:\s*[(\[](?:[a-z]{1,2}|\d{1,2}|\*+)[)\]]|\s*\*+|\s*\d{1,2}(?:\s*[/)]|(?<![\d-]\d))?|[¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈ]+|\s+[a-z]/)+$"
)
_FOOTNOTE_BEFORE = re.compile(r"^(?:\d{1,2}[.)/]\s*|[(\[](?:\d{1,2}|[a-z])[)\]]\s*|[-–—*•]\s*)(?=\D)")
_ARTICLE_AFTER = re.compile(r"\s*\((?:the|la|le|les|l'|el|los|las|die|der)\)$|,\s*(?:the|la|le|les|el|los|las)\.?$", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"^(?:the|la|le|les|el|los|las|die|der|das|il|lo|gli|o|os|as|in the|i)\s+|^l'", re.IGNORECASE)
_BRACKETS = re.compile(r"^(?P<head>[^()\[\]（）]+?)\s*[(\[（](?P<inner>[^()\[\]（）]*)[)\]）]?\s*(?P<tail>[^()\[\]（）]*)$")
_HAS_BRACKET = re.compile(r"[(\[（]")
_SEPARATED = re.compile(r"\s*[:：/|=]\s*|\s+[-–—]+\s+|\s*[–—]\s*")
_HAS_SEPARATOR = re.compile(r"[:：/|=–—]|\s-\s")
#: Words that turn a country into something else when they stand beside it.
_NOT_ALONE = re.compile(
    r"(?i)\b(?:excl|exc|without|except|other|others|rest|total|region|regions|countries|and|und|non|world|income|area|areas|group|кроме|без|"
    r"прочие|страны|регион|autres|otros|sonstige)\w*\b"
)
_GROUP_BRACKETS = re.compile(r"(?i)\b(?:region|excl\w*|excluding|income|regions|total|countries|group|stratum|members?)\b")
_EXCLUDING = re.compile(
    r"(?i)^(?P<whole>.+?)[\s,]*[(\[]?\b(?:excluding|excl\.?|exc\.|except|without|not including|без|кроме|за исключением|не включая|"
    r"sans|hors|sin|excepto|ohne)\s+(?P<part>[^()\[\]]+?)[)\]]?$"
)
_HISTORIC_MARK = re.compile(
    r"(?i)[\s,]*[(\[]?\s*\b(?:former|formerly|fmr|ex|until \d{4}|up to \d{4}|to \d{4}|before \d{4}|\.{2,3}\s?\d{4}|бывш\w*|"
    r"до \d{4}(?: года)?|pre[- ]\d{4}|historical|dissolved)\b\.?\s*[)\]]?[\s,-]*"
)
_YEARS = re.compile(
    r"[\s,]*[(\[]?\s*(?:1[89]|20)\d\d\s*[-–—]\s*(?:(?:1[89]|20)?\d\d)?\s*[)\]]?\s*$|[\s,]*[(\[]\s*(?:-\s*)?(?:1[89]|20)\d\d\s*[)\]]\s*$"
)
_LISTED = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|и)\s+")
_JOINED = re.compile(r"\s+(?:and|&|und|et|y|e|и)\s+")
_PLACE_WORDS = 5


@lru_cache(maxsize=65_536)
def resolve(text: str) -> Found:
    """Return what the first rule that knows ``text`` reads, or why it is no one country; None when no rule knows it."""
    name = key(text)
    if not name:
        return None
    if found := lists.look(text, name):
        return found
    parts = name.split()
    return (
        words.reordered(parts) or _trimmed(text) or _outlines(text) or words.formal(text, name, parts) or places.part(name, parts)
        or lists.adjectives().get(name)
        or _commas(text) or _of_one_state(text) or words.abbreviated(parts) or words.cut_off(name) or _spoilt(text, name)
    )  # fmt: skip


def listed(text: str) -> Found:
    """Return what the lists say of ``text`` as it is written: of a country or a part of one."""
    name = key(text)
    return lists.look(text, name) or places.part(name, name.split())


@lru_cache(maxsize=65_536)
def strict(text: str) -> Read | None:
    """Return what the strict rules read: names as lists give them, in any order of their words."""
    name = key(text)
    found = lists.listed(text.strip(_EDGE), name) or (None if name in lists.refused() else words.reordered(name.split()))
    return found if isinstance(found, Read) else None


def known_no_country(text: str) -> bool:
    """Tell whether ``text`` is listed as a region, group, total or organisation."""
    return key(text) in lists.refused()


def _quiet(text: str) -> Read | None:
    found = resolve(text.strip()) if text.strip() else None
    return found if isinstance(found, Read) else None


def _trimmed(text: str) -> Found:
    """Read again without footnote marks, articles, years and stray signs at the edges."""
    bare = _FOOTNOTE_BEFORE.sub("", _FOOTNOTE.sub("", _YEARS.sub("", text)))
    bare = _ARTICLE_BEFORE.sub("", _ARTICLE_AFTER.sub("", bare)).strip(_EDGE)
    return resolve(bare) if bare and bare != text else None


def _outlines(text: str) -> Found:
    """Read by what brackets, dashes and words such as "former" and "excluding" say; None when there are none."""
    if found := _former(text) or _excluding(text):
        return found
    if _HAS_BRACKET.search(text) and (found := _brackets(text)):
        return found
    return _separated(text) if _HAS_SEPARATOR.search(text) else None


def _former(text: str) -> Found:
    bare = _HISTORIC_MARK.sub(" ", text).strip(_EDGE)
    if bare == text or not bare:
        return None
    name = key(bare)
    return lists.historic().get(name) or words.reordered(name.split()) or (resolve(bare) if bare != text.strip(_EDGE) else None)


def _excluding(text: str) -> Found:
    """Read a state without a territory or part of its own as the state; anything else that excludes is a group."""
    match = _EXCLUDING.match(text)
    if not match:
        return None
    whole, left_out = _quiet(match["whole"]), [_quiet(part) for part in _LISTED.split(match["part"])]
    if (
        whole
        and all(part and lists.state_of()[part.value] == whole.value for part in left_out)
        and key(match["part"]) != key(match["whole"])
    ):
        return Read(whole.value, "state without a part of it", 0.8)
    return NO_COUNTRY


def _brackets(text: str) -> Found:
    """Read 'Virgin Islands (British)', 'Hong Kong (China)', 'Iran (Islamic Republic of)'; a body in brackets refuses."""
    match = _BRACKETS.match(text)
    if not match:
        return None
    head, inner = match["head"].strip(), f"{match['inner']} {match['tail']}".strip()
    for whole in (f"{inner} {head}", f"{head} {inner}"):
        if found := strict(whole):
            return found
    if known_no_country(inner) or _GROUP_BRACKETS.search(inner):
        return NO_COUNTRY
    outer = resolve(head)
    if isinstance(outer, Refusal):
        return outer
    if outer and key(inner) in lists.trap("shared"):  # "Zaire (Congo)": the name of two countries cannot gainsay
        return Read(outer.value, "name before brackets", min(outer.confidence, 0.9))
    return _beside(head, outer, _quiet(inner) or _short_state(inner))


def _beside(head: str, outer: Read | None, within: Read | None) -> Found:
    if outer and within:
        return _nearer(outer, within, "brackets")
    if outer and key(head) not in lists.trap("shared") and outer.confidence >= 0.8:
        return Read(outer.value, "name before brackets", min(outer.confidence, 0.9))
    if within and not outer and _is_place(head) and key(head) not in lists.trap("shared"):
        return Read(within.value, "country in brackets after a place", 0.8)
    return None


def _short_state(inner: str) -> Read | None:
    """Return the state that a short form in brackets means, which means nothing by itself: '(Sp.)', '(Neth.)'."""
    code = lists.in_brackets().get(key(inner))
    return Read(code, "state in brackets", 0.8) if code else None


def _separated(text: str) -> Found:
    """Read 'MKD: North Macedonia', 'Kosovo/Kosova', 'China - Hong Kong SAR' where all parts agree."""
    parts = [part for part in _SEPARATED.split(text) if part]
    if len(parts) < 2 or len(parts) > 3:
        return None
    if found := strict(" ".join(parts)):
        return found
    result = _quiet(parts[0])
    for part in parts[1:]:
        one = _quiet(part)
        if result is None or one is None:
            return None
        result = _nearer(result, one, "parts that agree")
    return result


def _commas(text: str) -> Found:
    """Read 'Macao SAR, China', 'France, Martinique', a place with its country 'Valletta, Malta', a country's goods 'Chile, crude'."""
    before, comma, after = text.rpartition(",")
    before, after = before.strip(), after.strip()
    if not comma or not before or not after:
        return None
    first, last = _quiet(before), _quiet(after)
    if first and last:
        return _nearer(first, last, "parts that agree")
    if last and strict(after) and _is_place(before) and key(before) not in lists.trap("shared"):
        return Read(last.value, "country after a place", 0.8)
    if first and strict(before) and after.islower() and after.isascii() and _is_place(after):
        return Read(first.value, "country before what is said of it", 0.7)
    return None


def _of_one_state(text: str) -> Found:
    """Read two names joined by "and" that mean one country: 'Malta and Gozo', 'Catalonia & Madrid'."""
    sides = _JOINED.split(text)
    if len(sides) != 2:
        return None
    one, other = _quiet(sides[0]), _quiet(sides[1])
    return Read(one.value, "parts that agree", 0.8) if one and other and one.value == other.value else None


def _is_place(text: str) -> bool:
    """Tell whether ``text`` may name a place: a few words, no figures, nothing that counts or excludes."""
    if not 0 < len(key(text).split()) <= _PLACE_WORDS or any(sign.isdigit() for sign in text):
        return False
    return not _NOT_ALONE.search(text) and not known_no_country(text)


def _nearer(first: Read, last: Read, rule: str) -> Read | None:
    """Return the one country of two readings: the same, or the territory where the other is its state."""
    sure = min(first.confidence, last.confidence, 0.95)
    if first.value == last.value:
        return Read(first.value, rule, sure)
    states = lists.state_of()
    if states[first.value] == last.value:
        return Read(first.value, rule, sure)
    if states[last.value] == first.value:
        return Read(last.value, rule, sure)
    return None


def _spoilt(text: str, name: str) -> Found:
    return repair.run_together(name) or repair.wrong_encoding(text) or repair.lost_letters(text) or repair.slip(name)
