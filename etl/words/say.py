"""Languages: texts are marked where they are declared and said where they are drawn.

A module is imported once but read in several languages, so :func:`mark` only marks, and a :class:`Say` says.
The translations of what the ETL says are ``<language>.po`` beside this file; a program with texts of its own adds its folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date as _format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal as _format_decimal

from etl.words.collation import Key, sort_key

LANGUAGES: tuple[str, ...] = ("en", "ru", "zh")
FOLDER = Path(__file__).parent
#: The plural categories of CLDR in the order in which gettext numbers the forms of a text.
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
#: Dates known to the year, the month and the day.
_DATES: dict[str, tuple[str, str, str]] = {"zh": ("y年", "y年M月", "y年M月d日")}
_USUAL_DATES = ("y", "LLLL y", "d MMMM y")


def mark(text: str) -> str:
    """Mark ``text`` (English) for translation without translating it yet."""
    return text


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark a text with a number in it; :meth:`Say.count` says it."""
    return (one, many)


COMMA = mark(", ")
"""What stands between the names of a list."""
ABOUT = mark("{name}: {what}")
"""What is said of something, after its name."""


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
        if isinstance(forms, tuple) and all(forms):
            index = min(_form(n, self.language), len(forms) - 1)
            return forms[index].format(n=self.number(n), **values)
        return texts[0 if n == 1 else 1].format(n=self.number(n), **values)

    def number(self, n: float) -> str:
        """Return ``n`` as the language writes it."""
        return _number(n + 0, self.language)

    def name(self, row: Mapping[str, object], column: str = "name") -> str:
        """Return ``row``'s name in the language, else in English, else the first there is."""
        for language in (self.language, "en", "ru", "zh"):
            if said := row.get(f"{column}_{language}"):
                return str(said)
        return ""

    def date(self, iso: str | None) -> str:
        """Return an ISO prefix in words, never finer than it is: ``2023-11`` stays a month."""
        return _date(iso, self.language) if iso else ""

    def listed(self, names: Iterable[str]) -> str:
        """Return ``names`` one after the other with the comma of the language, without an "and"."""
        return self(COMMA).join(names)

    def about(self, name: str, what: object) -> str:
        """Return ``what`` is said of ``name``, with the colon of the language between them."""
        return self(ABOUT, name=name, what=what)

    def order(self, name: str) -> Key:
        """Return what ``name`` is sorted by among names in the language."""
        return sort_key(self.language, name)


@lru_cache(maxsize=65536)
def _form(n: int, language: str) -> int:
    """Return the number of the form that a translation has for ``n``."""
    return categories(language).index(Locale(language).plural_form(n))


@lru_cache(maxsize=65536)
def _number(n: float, language: str) -> str:
    """Return ``n`` in ``language``: a page writes a thousand numbers, most of them again and again.

    Babel takes fifty times as long for a number; what it would do with one that has at most three decimals is only to put the signs of
    the language between its digits.
    """
    if not _PLAIN.fullmatch(repr(n)):
        return str(_format_decimal(n, locale=Locale(language)))
    whole, _, decimals = repr(n).partition(".")
    group, point, minus = _signs(language)
    return f"{int(whole):,}".replace(",", group).replace("-", minus) + (f"{point}{decimals}" if decimals not in ("", "0") else "")


_PLAIN = re.compile(r"(?!-0\.)-?\d+(?:\.\d{1,3})?")


@cache
def _signs(language: str) -> tuple[str, str, str]:
    """Return what stands between thousands, before decimals and before a negative number."""
    signs = Locale(language).number_symbols["latn"]
    return signs["group"], signs["decimal"], signs["minusSign"]


@lru_cache(maxsize=65536)
def _date(iso: str, language: str) -> str:
    parts = [int(p) for p in iso.split("-")]
    known = parts if len(parts) > 1 and 1 <= parts[1] <= 12 else parts[:1]  # a season is no month
    pattern = _DATES.get(language, _USUAL_DATES)[len(known) - 1]
    return str(_format_date(date(*known, *(1,) * (3 - len(known))), pattern, locale=Locale(language)))


@cache
def categories(language: str) -> tuple[str, ...]:
    """Return the plural categories that whole numbers have in ``language``, in the order of the forms of a translation.

    >>> categories("en"), categories("ru"), categories("zh")
    (('one', 'other'), ('one', 'few', 'many'), ('other',))
    """
    found = {Locale(language).plural_form(n) for n in range(1000)}
    return tuple(each for each in _CATEGORIES if each in found)


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
