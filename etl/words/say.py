"""Languages: texts are marked where they are declared and said where they are drawn.

A module is imported once but read in several languages, so :func:`mark` only marks, and a :class:`Say` says.
The translations of what the ETL says are ``<language>.po`` beside this file; a program with texts of its own adds its folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date as _format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal as _format_decimal

LANGUAGES: tuple[str, ...] = ("en", "ru")
FOLDER = Path(__file__).parent


def mark(text: str) -> str:
    """Mark ``text`` (English) for translation without translating it yet."""
    return text


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark a text with a number in it; :meth:`Say.count` says it."""
    return (one, many)


class Say:
    """Says marked texts in one language; unknown texts are said in English.

    >>> speaker("ru")("as written"), speaker("en").count(("{n} partner", "{n} partners"), 2)
    ('как в источнике', '2 partners')
    """

    def __init__(self, language: str, texts: Mapping[str, str | tuple[str, ...]]) -> None:
        self.language = language
        self.locale = Locale(language)
        self._texts = texts

    def __call__(self, text: str, /, **values: object) -> str:
        """Say ``text`` with ``{name}`` replaced by ``values``; a translation must use the same names."""
        said = self._texts.get(text) or text
        plain = said if isinstance(said, str) else said[0]
        return plain.format(**values) if values else plain

    def count(self, texts: tuple[str, str], n: int, /, **values: object) -> str:
        """Say the form of ``texts`` that fits ``n``, by the plural rule of the language; ``{n}`` is the number."""
        forms = self._texts.get(texts[0])
        order = {"one": 0, "few": 1, "many": 2, "other": 2 if self.language == "ru" else 1}
        if isinstance(forms, tuple) and all(forms):
            index = min(order[self.locale.plural_form(n)], len(forms) - 1)
            return forms[index].format(n=self.number(n), **values)
        return texts[0 if n == 1 else 1].format(n=self.number(n), **values)

    def number(self, n: float) -> str:
        """Return ``n`` as the language writes it."""
        return str(_format_decimal(n, locale=self.locale))

    def name(self, row: Mapping[str, object], column: str = "name") -> str:
        """Return ``row``'s name in the language, else in English, else the first there is."""
        for language in (self.language, "en", "ru", "zh"):
            if said := row.get(f"{column}_{language}"):
                return str(said)
        return ""

    def date(self, iso: str | None) -> str:
        """Return an ISO prefix in words, never finer than it is: ``2023-11`` stays a month."""
        if not iso:
            return ""
        from datetime import date  # a local name: the method is called date as well

        parts = [int(p) for p in iso.split("-")]
        if len(parts) == 1 or not 1 <= parts[1] <= 12:
            return str(parts[0])
        day = date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
        pattern = "d MMMM y" if len(parts) == 3 else "LLLL y"
        return str(_format_date(day, pattern, locale=self.locale))


@cache
def speaker(language: str) -> Say:
    """Return the speaker of ``language`` for what the ETL says; an unknown language is English."""
    known = language if language in LANGUAGES else "en"
    return Say(known, read_texts(known, (FOLDER,)))


def read_texts(language: str, folders: Sequence[Path]) -> dict[str, str | tuple[str, ...]]:
    """Return the texts of ``language`` below ``folders`` by their English text (the singular for texts with a number)."""
    texts: dict[str, str | tuple[str, ...]] = {}
    for path in (each for folder in folders for each in sorted((*folder.glob(f"{language}.po"), *folder.glob(f"{language}.*.po")))):
        with path.open("rb") as file:
            messages = read_po(file, locale=language)
        for message in messages:
            if not message.id:
                continue
            plural = isinstance(message.id, (tuple, list))
            texts[message.id[0] if plural else message.id] = tuple(message.string) if plural else message.string
    return texts
