"""Sentences that know their numbers: whatever is put into a text is remembered with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.locale import Say, mark, mark_plural
from dashboard.report.document import Number, Paragraph, Style, Tile
from dashboard.report.facts import Fact, Origin

AND_MORE = mark_plural("{names} and {n} more", "{names} and {n} more")
ITEM = mark("{name} ({n})")
ITEM_SHARE = mark("{name} ({n}, {share} %)")
YEAR = "year"
"""Question of the numbers that are years: they come of what was asked for."""


class Telling:
    """One sentence in the making. Every piece is said by a method, so that nothing is printed that is not accounted for."""

    def __init__(self, say: Say) -> None:
        """Begin a sentence in the language of ``say``."""
        self.say = say
        self._numbers: list[Number] = []
        self._names: list[str] = []

    def number(self, fact: Fact) -> str:
        """Return the number as it is printed."""
        shown = self.say.number(int(fact.value) if float(fact.value).is_integer() else round(fact.value, 1))
        self._numbers.append(Number(shown, fact.value, fact.origin))
        return shown

    def count(self, texts: tuple[str, str], fact: Fact, **values: object) -> str:
        """Return the form of ``texts`` that fits the number."""
        self.number(fact)
        return self.say.count(texts, int(fact.value), **values)

    def year(self, year: int) -> str:
        """Return a year; it is not grouped like a number."""
        self._numbers.append(Number(str(year), year, Origin(YEAR)))
        return str(year)

    def name(self, text: str) -> str:
        """Return the name of something; its digits are no numbers."""
        self._names.append(text)
        return text

    def date(self, iso: str) -> str:
        """Return a day in words."""
        return self.name(self.say.date(iso))

    def names(self, texts: Iterable[str], all_of_them: Fact, most: int = 6) -> str:
        """Return the first names, and how many more there are; ``all_of_them`` is how many there are in all."""
        known = [self.name(text) for text in texts][:most]
        more = int(all_of_them.value) - len(known)
        if more <= 0:
            return self.say.listed(known)
        rest = Fact(more, Origin("rest", code=str(len(known)), of=(all_of_them.origin,)))
        return self.count(AND_MORE, rest, names=self.say.listed(known))

    def items(self, facts: Iterable[tuple[str, Fact]], whole: Fact | None = None) -> str:
        """Return names with their numbers, and with their shares of ``whole`` where it is given."""
        return self.say.listed(self._item(name, fact, whole) for name, fact in facts)

    def _item(self, name: str, fact: Fact, whole: Fact | None) -> str:
        said, n = self.name(name), self.number(fact)
        share = fact.percent_of(whole) if whole else None
        if share is None or share.value < 1:
            return self.say(ITEM, name=said, n=n)
        return self.say(ITEM_SHARE, name=said, n=n, share=self.number(share))

    def told(self, text: str, style: Style = "body") -> Paragraph:
        """Return the finished sentence."""
        return Paragraph(text, style, tuple(self._numbers), tuple(self._names))

    def tile(self, label: str, fact: Fact, note: str = "") -> Tile:
        """Return a number that stands by itself."""
        shown = self.say.number(int(fact.value))
        return Tile(label, Number(shown, fact.value, fact.origin), note)
