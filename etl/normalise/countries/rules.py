"""The rules that read one country, from the strict to the lenient; the first that answers decides.

Whole cells only: no rule looks for a country inside a longer text, as Perugia is not Peru.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from babel import Locale
from rapidfuzz.distance import OSA

from etl.normalise.countries import lists
from etl.records import Read
from etl.text import fold

_ELIDED = re.compile(r"\b[dl]'", re.IGNORECASE)
_EDGE = " \t.,;:*†‡#'\"–—-_|•·"
_FOOTNOTE = re.compile(r"(?:\s*[(\[](?:[a-z]|\d{1,2}|\*+)[)\]]|\s*\*+|\s*\d{1,2}/?)+$")
_ARTICLE_AFTER = re.compile(r"\s*\((?:the|la|le|les|l'|el|los|las)\)$", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(r"^(?:the|la|le|les|el|los|las|die|der|das|il|lo|gli|o|os|as|in the|i)\s+|^l'", re.IGNORECASE)
_BRACKETS = re.compile(r"^(?P<head>[^()\[\]（）]+?)\s*[(\[（](?P<inner>[^()\[\]（）]*)[)\]）]?\s*(?P<tail>[^()\[\]（）]*)$")
_SEPARATED = re.compile(r"\s*[:：/]\s*|\s+[-–—]\s+")
#: Words that turn a country into something else when they stand beside it.
_NOT_ALONE = re.compile(
    r"(?i)\b(?:excl|exc|without|except|other|others|rest|total|region|regions|countries|and|und|non|world|income|area|кроме|без|прочие|страны|"
    r"регион)\w*\b"
)
_HAN_FORMAL = re.compile(
    "(?:民主|人民|社会主义|社會主義|伊斯兰|伊斯蘭|阿拉伯|联邦|聯邦|多民族|合作|独立|玻利瓦尔|东岸|大|민주주의|인민|사회주의|이슬람|아랍|연방|민주)*"
    "(?:共和国|共和國|王国|王國|联邦|聯邦|公国|公國|苏丹国|酋长国|联合体|联盟|国|國|공화국|왕국|연방|공국)$"
)
_HISTORIC_MARK = re.compile(
    r"(?i)[\s,]*[(\[]?\s*\b(?:former|formerly|ex|until \d{4}|up to \d{4}|\.{2,3}\s?\d{4}|бывш\w*|pre[- ]\d{4})\b\s*[)\]]?[\s,-]*"
)

Rule = Callable[[str], Read | None]


class NotACountry(Exception):
    """The text is known, and known to be no country."""


@lru_cache(maxsize=65_536)
def resolve(text: str) -> Read | None:
    """Return what the first rule that knows ``text`` reads; None when no rule does.

    Raises:
        NotACountry: a region, a group, a total or an organisation.
    """
    for rule in (*STRICT, _refuse, *LENIENT):
        if found := rule(text):
            return found
    return None


@lru_cache(maxsize=65_536)
def strict(text: str) -> Read | None:
    """Return what the strict rules read: names as lists give them, in any order of their words."""
    return next((found for rule in STRICT if (found := rule(text))), None)


def known_no_country(text: str) -> bool:
    """Tell whether ``text`` is listed as a region, group, total or organisation."""
    return fold(text) in lists.not_countries() or fold(text) in lists.regions()


def _code(text: str) -> Read | None:
    token = text.strip(_EDGE)
    if len(token) == 2 and token.isupper() and token in lists.alpha_3():
        return Read(lists.alpha_3()[token], "ISO code")
    if len(token) == 3 and token.isascii() and (token.isupper() or token.islower()) and token.upper() in lists.state_of():
        return Read(token.upper(), "ISO code")
    return None


def _exact(text: str) -> Read | None:
    found = lists.exact().get(fold(text))
    return Read(*found) if found else None


def _historic(text: str) -> Read | None:
    successors = lists.historic().get(fold(text)) or lists.historic_bags().get(lists.bag(text))
    if successors is None and _HISTORIC_MARK.search(text):
        successors = lists.historic().get(fold(_HISTORIC_MARK.sub(" ", text)))
    if successors is None:
        return None
    if len(successors) > 1:
        raise NotACountry("a state that is no more, with several successors", successors)
    return Read(successors[0], "historic name, successor state", 0.7)


def _words(text: str) -> Read | None:
    words = lists.bag(text)
    code = lists.bags().get(words) if " " in fold(text) and len(words) > 1 and fold(text) not in lists.first_regions() else None
    return Read(code, "words in another order", 0.95) if code else None


def _refuse(text: str) -> Read | None:
    if known_no_country(text):
        raise NotACountry("a region, group, total or organisation, not a country")
    return None


def _other_language(text: str) -> Read | None:
    code = lists.other_languages().get(fold(text))
    return Read(code, "CLDR name in another language", 0.95) if code else None


def _trimmed(text: str) -> Read | None:
    """Read again without footnote marks, articles and stray signs at the edges."""
    bare = _ARTICLE_BEFORE.sub("", _ARTICLE_AFTER.sub("", _FOOTNOTE.sub("", text))).strip(_EDGE)
    return resolve(bare) if bare and bare != text else None


def _brackets(text: str) -> Read | None:
    """Read 'Virgin Islands (British)', 'Hong Kong (China)', 'Iran (Islamic Republic of)'; a body in brackets refuses."""
    match = _BRACKETS.match(text)
    if not match:
        return None
    head, inner = match["head"].strip(), f"{match['inner']} {match['tail']}".strip()
    for whole in (f"{inner} {head}", f"{head} {inner}"):
        if found := strict(whole):
            return found
    if fold(inner) in lists.not_countries() or re.search(r"(?i)\b(?:region|excl\w*|excluding|income|regions|total)\b", inner):
        raise NotACountry("a region or group by its brackets, not a country")
    outer, within = _quiet(head), _quiet(inner)
    if outer and within:
        return _nearer(outer, within, "brackets")
    if outer and fold(head) not in lists.trap("shared") and outer.confidence >= 0.8:
        return Read(outer.value, "name before brackets", min(outer.confidence, 0.9))
    if within and not outer and _is_place(head):
        return Read(within.value, "country in brackets after a place", 0.8)
    return None


def _separated(text: str) -> Read | None:
    """Read 'MKD: North Macedonia', 'Kosovo/Kosova', 'China - Hong Kong SAR' where all parts agree."""
    parts = [part for part in _SEPARATED.split(text) if part]
    if len(parts) < 2 or len(parts) > 3:
        return None
    read = [_quiet(part) for part in parts]
    result = read[0]
    for one in read[1:]:
        if result is None or one is None:
            return None
        result = _nearer(result, one, "parts that agree")
    return result


def _commas(text: str) -> Read | None:
    """Read 'Macao SAR, China', 'France, Martinique' and a place with its country: 'Valletta, Malta'."""
    before, comma, after = text.rpartition(",")
    if not comma or not before.strip() or not after.strip():
        return None
    first, last = _quiet(before.strip()), _quiet(after.strip())
    if first and last:
        return _nearer(first, last, "parts that agree")
    if last and strict(after.strip()) and _is_place(before):
        return Read(last.value, "country after a place", 0.8)
    return None


def _quiet(text: str) -> Read | None:
    try:
        return resolve(text)
    except NotACountry:
        return None


def _is_place(text: str) -> bool:
    """Tell whether ``text`` may name a place: a few words, no figures, nothing that counts or excludes."""
    words = fold(text).split()
    return 0 < len(words) <= 5 and not any(sign.isdigit() for sign in text) and not _NOT_ALONE.search(text) and not known_no_country(text)


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


def _formal(text: str) -> Read | None:
    """Read again without republic, kingdom and the like, unless these words tell two countries apart."""
    if found := _han_formal(text):
        return found
    words = [lists.word_forms().get(word, word) for word in fold(_ELIDED.sub(" ", text)).split()]
    kept = [word for word in words if word not in lists.formal_words()]
    if not kept or len(kept) == len(words):
        return None
    rest = " ".join(kept)
    if rest in lists.trap("shared") and lists.trap("tells_apart") & set(words):
        return None
    listed = lists.exact().get(rest)
    code = listed[0] if listed else lists.bags().get(lists.bag(rest)) or lists.other_languages().get(rest)
    if code:
        return Read(code, "formal name", 0.95)
    return Read(code, "formal name with an adjective", 0.85) if (code := _adjective(kept)) else None


def _han_formal(text: str) -> Read | None:
    bare = _HAN_FORMAL.sub("", fold(text))
    if bare == fold(text) or len(bare) < 2:
        return None
    for form in (bare, f"{bare}国"):
        listed = lists.exact().get(form)
        if form not in lists.trap("shared") and (code := listed[0] if listed else lists.other_languages().get(form)):
            return Read(code, "formal name", 0.95)
    return None


@lru_cache(maxsize=1)
def _adjective_stems() -> dict[str, set[str]]:
    """Return the first four letters of one-word names in the languages whose formal names hold adjectives."""
    stems: dict[str, set[str]] = {}
    for language in ("en", "fr", "es", "it", "pt", "de", "ru", "nl", "sv", "pl"):
        for code, name in Locale.parse(language).territories.items():
            key, alpha_3 = fold(name), lists.alpha_3().get(code, "")
            if alpha_3 and lists.state_of()[alpha_3] == alpha_3 and len(key) > 3 and " " not in key:
                stems.setdefault(key[:4], set()).add(f"{key}={alpha_3}")
    return stems


def _adjective(kept: list[str]) -> str:
    """Return the country that the one word left of a formal name is the adjective of: 'gabonaise', 'Ливанская'."""
    if len(kept) != 1 or len(kept[0]) < 5 or kept[0][:4] in lists.trap("no_adjective") or kept[0] in lists.parts():
        return ""
    word = kept[0]
    found: dict[int, set[str]] = {}
    for name in _adjective_stems().get(word[:4], ()):
        key, _, code = name.partition("=")
        same = next((at for at, (a, b) in enumerate(zip(key, word, strict=False)) if a != b), min(len(key), len(word)))
        if same >= max(4, len(key) - 3):
            found.setdefault(same, set()).add(code)
    best = found[max(found)] if found else set()
    return next(iter(best)) if len(best) == 1 else ""


def _part(text: str) -> Read | None:
    """Read a subdivision as the state that ISO 3166-2 puts it in."""
    key = fold(text)
    code = lists.parts().get(key)
    if not code:
        key = re.sub("(?:壮族|回族|维吾尔)?(?:特别行政区|自治区|省|市)$", "", key)
        key = " ".join(word for word in key.split() if word not in lists.admin_words())
        code = lists.parts().get(key)
    return Read(code, "part of a country", 0.8) if code else None


def _run_together(text: str) -> Read | None:
    code = lists.joined().get(fold(text).replace(" ", ""))
    return Read(code, "name run together", 0.9) if code else None


def _wrong_encoding(text: str) -> Read | None:
    """Read a name whose UTF-8 was taken for Windows-1252: 'CuraÃ§ao'."""
    if text.isascii():
        return None
    try:
        repaired = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    found = resolve(repaired)
    return Read(found.value, "name in a wrong encoding", min(found.confidence, 0.8)) if found else None


@lru_cache(maxsize=1)
def _long_names() -> dict[str, list[tuple[str, str]]]:
    """Return the exact names of six letters or more by their first letter, for comparing."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, (code, _) in lists.exact().items():
        if len(name) > 5:
            found.setdefault(name[0], []).append((name, code))
    return found


def _slip(text: str) -> Read | None:
    """Read a name with one slip of the keyboard; a letter more or less at the end is a demonym (Romanian, German), not a slip."""
    key = fold(text)
    if len(key) < 6 or key in lists.parts():
        return None
    near = {
        code
        for name, code in _long_names().get(key[0], ())
        if abs(len(name) - len(key)) < 2 and name[:-1] != key != name and key[:-1] != name and OSA.distance(name, key, score_cutoff=1) == 1
    }
    return Read(next(iter(near)), "name with a slip", 0.7) if len(near) == 1 else None


STRICT: tuple[Rule, ...] = (_code, _exact, _historic, _words)
LENIENT: tuple[Rule, ...] = (
    _other_language, _trimmed, _brackets, _separated, _formal, _part, _commas, _run_together, _wrong_encoding, _slip,
)  # fmt: skip
