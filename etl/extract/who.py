"""Who and where in a news text: the partners and the countries it speaks of, each with the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from etl.extract import chinese
from etl.extract.countries import CountryWords, Hit, find
from etl.extract.known import Directory, Known
from etl.extract.named import Home, Named
from etl.extract.parties import Parties
from etl.extract.places import Places
from etl.extract.signature import Signatures
from etl.extract.tokens import Phrases, Token, tokens

__all__ = ["Home", "Known", "Named", "Reader"]


class Reader:
    """Reads texts against known organisations and the names of countries; built once, used for every item.

    ``countries`` are the forms of country names with their alpha-3 codes, by language.
    """

    def __init__(self, known: Iterable[Known], countries: Mapping[str, Mapping[str, str]], home: Home) -> None:
        self._home = home
        self._known = {each.id: each for each in known}
        self._places = Places((each.city, each.country) for each in self._known.values())
        self._words = {language: CountryWords(forms, language) for language, forms in countries.items()}
        names = Phrases((form, code) for forms in countries.values() for form, code in forms.items())
        self._han = chinese.organisations(((name, each.id) for each in self._known.values() for name in each.names), home.names)
        self._han_countries = chinese.countries(countries.get("zh", {}))
        signatures = Signatures(self._places, names)
        self._parties = Parties(Directory(self._known, signatures, home.country), signatures, home)

    def partners(self, texts: Mapping[str, str], language: str) -> list[Named]:
        """Return each organisation once, at its first mention, in the order of the text."""
        read = {column: tokens(text) for column, text in texts.items()}
        near = frozenset(hit.code for words in read.values() for hit in self._hits(words, language, {}))
        found = self._parties.find(texts, read, near)
        met = {each.value for each in found}
        return [*found, *(each for each in self._in_han(texts) if each.value not in met)]

    def _in_han(self, texts: Mapping[str, str]) -> list[Named]:
        """Return the known organisations that a text in Chinese characters names, each once."""
        found: dict[str, Named] = {}
        for column, text in texts.items():
            for spot in self._han.find(text) if chinese.has_han(text) else ():
                if spot.value and self._known[spot.value].country != self._home.country:
                    proof = (text[spot.start : spot.end], spot.start, spot.end, column)
                    found.setdefault(spot.value, Named(spot.value, self._known[spot.value].name, *proof, "mention", 0.85))
        return list(found.values())

    def countries(self, texts: Mapping[str, str], language: str, partners: Sequence[Named]) -> list[Named]:
        """Return each country but the home one once, with the mention that proves it, or the partner that stands for it."""
        met = {code: None for each in partners if (code := self._country_of(each))}
        best: dict[str, Named] = {}
        for column, text in texts.items():
            words = tokens(text)
            for hit in self._hits(words, language, met):
                start, end = words[hit.first].start, words[hit.last - 1].end
                named = Named(hit.code, hit.code, text[start:end], start, end, column, hit.method, hit.confidence)
                if hit.code not in best or best[hit.code].confidence < hit.confidence:
                    best[hit.code] = named
            if chinese.has_han(text):
                for spot in (*self._han_countries.find(text), *chinese.china(text)):
                    proof = (text[spot.start : spot.end], spot.start, spot.end, column)
                    best.setdefault(spot.value, Named(spot.value, spot.value, *proof, "mention", 0.85))
        for partner in partners:
            if (code := self._country_of(partner)) and code not in best:
                proof = (partner.text, partner.start, partner.end, partner.column)
                best[code] = Named(code, code, *proof, "partner's country", partner.confidence)
        return [each for each in best.values() if each.value != self._home.country]

    def _country_of(self, partner: Named) -> str:
        return self._known[partner.value].country if partner.value in self._known else ""

    def _hits(self, words: Sequence[Token], language: str, met: Mapping[str, object]) -> list[Hit]:
        return list(find(words, self._words.get(language) or self._words["en"], self._places, met))
