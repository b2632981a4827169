"""Countries in running text: names, peoples and adjectives, cities and regions; but not languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.extract.places import Places, Spot, resolved
from etl.extract.text_words import is_listed, listed
from etl.extract.tokens import Phrases, Token
from etl.reference import rows
from etl.text import fold


@dataclass(frozen=True, slots=True)
class Hit:
    """A country that the tokens from ``first`` to ``last`` speak of."""

    code: str
    first: int
    last: int
    method: str
    confidence: float


class CountryWords:
    """The forms of country names of one language that can be found in a text."""

    def __init__(self, forms: Mapping[str, str], language: str) -> None:
        self._phrases = Phrases[tuple[str, bool]]()
        for form, code in forms.items():
            self._phrases.add(form, (code, form[0].islower()))
        self._stems: dict[str, str] = {}
        for row in rows("demonyms"):
            if row["language"] != language:
                continue
            if row["word"].endswith("*"):
                self._stems[fold(row["word"][:-1])] = row["alpha_3"]
            else:
                self._phrases.add(row["word"], (row["alpha_3"], row["word"][0].islower()))
        if language == "en":
            for row in rows("country_adjectives"):
                if row["language"] == "en":
                    self._phrases.add(row["adjective"] + "s", (row["alpha_3"], False))
        self._adjectives = frozenset(fold(row["adjective"]) for row in rows("country_adjectives") if row["language"] == "en")

    def at(self, words: Sequence[Token], start: int) -> tuple[str, int, bool]:
        """Return the country of the form at ``start``, its length, and whether it is an adjective or a people."""
        found, length = self._phrases.at(words, start)
        word = words[start]
        if found:
            code, small = found[0]
            if small or word.is_capital:
                return code, length, small or word.folded in self._adjectives
        if word.folded[0] >= "\u0400":
            for end in range(len(word.folded), 3, -1):
                if (stem := self._stems.get(word.folded[:end])) and len(word.folded) - end <= 4:
                    return stem, 1, True
        return "", 1, False


def find(words: Sequence[Token], names: CountryWords, places: Places, met: Mapping[str, object]) -> Iterator[Hit]:
    """Yield the countries that ``words`` speak of; ``met`` are those known otherwise, which settle a shared name of cities."""
    forms = list(_by_name(words, names))
    spots = [spot for spot in places.find(words) if not any(_hides(hit, spot) for hit in forms)]
    named = [hit for hit in forms if hit.method and not any(spot.first <= hit.first < spot.last for spot in spots)]
    yield from named
    known = {**dict.fromkeys(hit.code for hit in named), **dict.fromkeys(met)}
    for spot in spots:
        if code := resolved(spot.place, known):
            yield Hit(code, spot.first, spot.last, "city", 0.6 if len(spot.place.countries) > 1 else 0.8)


def _hides(hit: Hit, spot: Spot) -> bool:
    """Tell whether the form of a country says all that the place does: but Inner Mongolia is not Mongolia."""
    return hit.first <= spot.first < hit.last and spot.last - spot.first <= hit.last - hit.first


def _by_name(words: Sequence[Token], names: CountryWords) -> Iterator[Hit]:
    """Yield the forms of names of countries; one that means a language or a part of the world has no method."""
    position = 0
    while position < len(words):
        code, length, is_adjective = names.at(words, position)
        if code:
            method = "demonym" if is_adjective else "mention"
            if is_adjective and (_is_language(words, position, position + length) or _is_of_continent(words, position)):
                method = ""
            yield Hit(code, position, position + length, method, 0.85 if is_adjective else 0.9)
        position += length


def _is_of_continent(words: Sequence[Token], first: int) -> bool:
    """Tell whether an adjective speaks of a part of the world: Latin American, South American."""
    before = words[first - 1].folded if first and words[first].follows else ""
    return words[first].folded in listed("continental") and before in listed("part of continent")


def _is_language(words: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether an adjective speaks of a language: Chinese language, taught in English, русского и китайского языков."""
    ahead = last
    while ahead + 1 < len(words) and words[ahead].folded in ("and", "or", "и", "или") and words[ahead].follows:
        ahead += 2
    after = words[ahead] if ahead < len(words) and words[ahead].follows else None
    if after and after.folded.startswith("язык"):
        return True
    nearest = words[last] if last < len(words) and words[last].before in (" ", "-") else None
    if nearest and is_listed(nearest.folded, "thing"):
        return True
    alone = nearest is None or nearest.folded in ("and", "or", "и", "или") or nearest.folded in ("for", "at", "by", "with", "covered")
    before = words[first - 1].folded if first and words[first].follows else ""
    return alone and before in listed("language") and not words[first].folded.endswith("s")
