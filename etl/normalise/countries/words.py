"""Names told by their words: in another order, without formal words, as an adjective, abbreviated or cut off."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache

from etl.normalise.countries import lists
from etl.normalise.countries.keys import key
from etl.normalise.countries.lists import Found, Refusal
from etl.records import Read
from etl.reference import rows

_CONNECTING = frozenset(("of", "the", "and", "et", "y", "und", "e", "и", "la", "le", "les", "de", "el", "los", "las", "du", "des", "&"))
_HAN = re.compile("[\u3040-\u9fff\uac00-\ud7af\u1100-\u11ff]")
_ELIDED = re.compile(r"\b(?:dell|nell|sull|all|d|l)'", re.IGNORECASE)
_LEAST_CUT, _LEAST_CUT_AT_A_WORD = 8, 10
_MOST_WORDS = 8
#: Latin names of so few letters in other languages are other words as well: "Turk Island" is not in Turkey.
_SHORT = 4
_EAST_ASIAN = ("zh", "ja", "ko")


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    return {word: tuple(meaning.split()) for word, meaning in lists.word_forms().items()}


def telling(words: list[str]) -> list[str]:
    """Return the words of a key in full and without those that only connect, in their order.

    >>> telling(["korea", "dem", "peoples", "rep", "of"])
    ['korea', 'democratic', 'people', 'republic']
    """
    forms = _forms()
    found: list[str] = []
    for word in words:
        if word in forms:
            found += [each for each in forms[word] if each not in _CONNECTING]
        elif word not in _CONNECTING:
            found.append(word)
    return found


def _together(words: list[str]) -> list[str]:
    """Return the words with single letters that stand for one short form put together: 'p r' is 'pr'."""
    text = f" {' '.join(words)} "
    for apart, short in ((" p d r ", " pdr "), (" p r ", " pr "), (" d p r ", " dpr "), (" r b ", " rb "), (" v i ", " virgin islands ")):
        text = text.replace(apart, short)
    return text.split()


def bag(words: list[str]) -> tuple[str, ...]:
    """Return the telling words without order; Russian ones without their endings."""
    told = telling(_together(words) if any(len(word) == 1 for word in words) else words)
    return tuple(sorted(lists.stem(word) for word in told))


@cache
def bags() -> dict[tuple[str, ...], Read]:
    """Return the words of every listed name that has more than one word and means one country only."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, read in lists.exact().items():
        if len(words := bag(name.split())) > 1:
            found[words].add(read.value)
    return {words: Read(next(iter(codes)), "words in another order", 0.95) for words, codes in found.items() if len(codes) == 1}


@cache
def historic_bags() -> dict[tuple[str, ...], Read | Refusal]:
    """Return the words of the historic names that have two words that tell something."""
    return {words: found for name, found in lists.historic().items() if len(words := bag(name.split())) > 1}


def reordered(words: list[str]) -> Found:
    """Read 'Iran, Isl. Rep. of' as Islamic Republic of Iran, 'Российской Федерации' as Российская Федерация."""
    if not 1 < len(words) <= _MOST_WORDS:
        return None
    told = bag(words)
    if len(told) < 2:
        return None
    return historic_bags().get(told) or bags().get(told)


def formal(text: str, name: str, words: list[str]) -> Found:
    """Read again without republic, kingdom and the like, unless these words tell two countries apart."""
    if _HAN.search(name):
        return _han_formal(name)
    if "'" in text:
        words = [word for part in _ELIDED.sub(" ", text.lower()).split() for word in key(part).split()]
    dropped = lists.formal_words()
    if found := _without_first(words, dropped):
        return found
    words = telling(words)
    kept = [word for word in words if word not in dropped]
    if not kept or len(kept) == len(words):
        return None
    rest = " ".join(kept)
    if rest in lists.trap("shared") and not lists.trap("tells_apart").isdisjoint(words):
        return None
    return _bare(rest, kept)


def _without_first(words: list[str], dropped: frozenset[str]) -> Found:
    """Drop formal words from the front only, as some belong to the name: 'République du Soudan du Sud', 'Сейшельские Острова'."""
    for at in range(1, len(words)):
        if words[at - 1] not in dropped:
            return None
        rest = " ".join(words[at:])
        if rest not in lists.trap("shared") and (found := _country(rest)):
            return Read(found.value, "formal name", min(0.95, found.confidence))
    return None


def _country(name: str) -> Read | None:
    """Return the country that a key names as a whole, parts of countries left aside."""
    if found := lists.exact().get(name):
        return found
    found = lists.others().get(name) if len(name) > _SHORT or not name.isascii() else None
    return found if found and found.rule != lists.PART else None


def _bare(rest: str, kept: list[str]) -> Found:
    if rest in lists.refused():
        return None
    if found := _country(rest) or bags().get(bag(kept)):
        return Read(found.value, "formal name", min(0.95, found.confidence))
    code = adjective(rest)
    return Read(code, "formal name with an adjective", 0.85) if code else None


@cache
def _east_asian() -> re.Pattern[str]:
    """Return the formal words that stand behind a Chinese, Japanese or Korean name, written together with it or apart."""
    words = sorted(
        {key(row["word"]) for row in rows("country_formal") if row["language"] in ("zh", "ja", "ko")}, key=lambda w: (-len(w), w)
    )
    return re.compile(f" ?(?:{'|'.join(words)})$")


def _han_formal(name: str) -> Found:
    """Take formal words off the end one by one until a name is left: '冰岛共和国' is 冰岛, although 岛 is such a word too."""
    bare = name
    while (shorter := _east_asian().sub("", bare).strip()) != bare and len(shorter) > 1:
        bare = shorter
        for form in (bare, f"{bare}国", bare.replace(" ", "")):
            if form in lists.refused() or form in lists.trap("shared"):
                continue
            if found := _country(form):
                return Read(found.value, "formal name", min(0.95, found.confidence))
    return None


@cache
def _adjective_stems() -> dict[str, list[tuple[str, str]]]:
    """Return the names of states in the languages whose formal names hold adjectives, by their first four letters."""
    stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows("country_roots"):
        for name in row["names"].split("|"):
            stems[name[:4]].append((name, row["alpha_3"]))
    return stems


def _no_article(name: str) -> str:
    """Return an Arabic name without its article, which its adjective may have or not."""
    return name.removeprefix("ال")


def adjective(words: str) -> str:
    """Return the country that what is left of a formal name is the adjective of: 'gabonaise', 'Ливанская', 'south sudanese'."""
    if len(words) < 5 or words.count(" ") > 1 or words in lists.parts():
        return ""
    if " " not in words and words[:4] in lists.trap("no_adjective"):
        return ""
    words = _no_article(words)
    found: dict[int, set[str]] = {}
    for name, code in _adjective_stems().get(words[:4], ()):
        if name.count(" ") != words.count(" ") or name.startswith(words):
            continue
        same = next((at for at, (a, b) in enumerate(zip(name, words, strict=False)) if a != b), min(len(name), len(words)))
        if same >= max(4, len(name) - 3) and same > words.find(" ") + 3:
            found.setdefault(same, set()).add(code)
    best = found[max(found)] if found else set()
    return next(iter(best)) if len(best) == 1 else ""


@cache
def _initials() -> dict[str, list[tuple[list[str], str]]]:
    """Return the names of two telling words or more by the first letters of these; what is no country has an empty code."""
    found: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for name, code in _all_names():
        if len(told := telling(name.split())) > 1 and not _HAN.search(name):
            found["".join(word[0] for word in told)].append((told, code))
    return found


def _all_names() -> list[tuple[str, str]]:
    names = [(name, read.value) for name, read in lists.exact().items()]
    names += [(name, read.value if isinstance(read, Read) else "") for name, read in lists.historic().items()]
    return names + [(name, "") for name in lists.refused()]


def abbreviated(words: list[str]) -> Found:
    """Read 'Sao Tome & Pr.', 'Cent. African Rep.', 'Н. Зеландия': each word begins one of a name, and one tells enough."""
    told = telling(words)
    if not 1 < len(told) <= _MOST_WORDS:
        return None
    codes: set[str] = set()
    for name, code in _initials().get("".join(word[0] for word in told), ()):
        if all(full.startswith(word) for full, word in zip(name, told, strict=True)) and _enough(told, name):
            codes.add(code)
    if len(codes) != 1 or "" in codes:
        return None
    return Read(next(iter(codes)), "abbreviated name", 0.8)


def _enough(told: list[str], name: list[str]) -> bool:
    dropped = lists.formal_words()
    whole = any(word == full and len(word) > 3 and word not in dropped for word, full in zip(told, name, strict=True))
    return whole or (min(map(len, told)) > 2 and sum(map(len, told)) >= sum(map(len, name)) / 2)


@cache
def _sorted() -> tuple[list[str], list[str]]:
    """Return all names and places in order, each with its code: that of a place is only there to make a cut name doubtful."""
    names = sorted([*_all_names(), *((name, "") for name in lists.parts())])
    return [name for name, _ in names], [code for _, code in names]


def cut_off(name: str) -> Found:
    """Read a name that old software cut after some letters: 'Sao Tome and Princi', where only one name goes on so."""
    if len(name) < _LEAST_CUT or _HAN.search(name):
        return None
    names, codes = _sorted()
    first = at = bisect_left(names, name)
    found: set[str] = set()
    while at < len(names) and names[at].startswith(name) and len(found) < 2:
        found.add(codes[at])
        at += 1
    if len(found) != 1 or "" in found:
        return None
    going_on = names[first:at]
    at_a_word = any(full[len(name)] == " " for full in going_on)
    if at_a_word and not _may_be_cut_at_a_word(name, going_on):
        return None
    return Read(next(iter(found)), "name cut off", 0.7)


def _may_be_cut_at_a_word(name: str, going_on: list[str]) -> bool:
    """Tell a name that lost its last words from a text of its own: 'French territory', 'Christmas'."""
    return " " in name and len(name) >= _LEAST_CUT_AT_A_WORD and len(name) * 2 >= min(map(len, going_on))
