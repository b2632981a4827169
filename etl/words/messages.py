"""Findings in detail in the reader's language: the published sentence is English; its template says it in the others.

A table keeps one sentence (``problem.message``), so that a snapshot of any age can be said. The sentence is taken apart by the
template that fits it, its parts are said in turn (a reason, a sentence within the sentence, a quoted text), and it is put together
again in the other language. A sentence that no template fits is not said in detail: the caller says the meaning of its code.
"""

from __future__ import annotations

import ast
import re
import string
from functools import lru_cache

from etl.words.message_texts import MESSAGES
from etl.words.rules import rule_said
from etl.words.say import Say, mark, speaker
from etl.words.types import in_words, type_said

#: Parts that are whole numbers, and parts that are texts in quotes.
_NUMBERS = frozenset(("n", "row", "line", "all", "first", "last", "days", "months", "deciding", "listed", "size", "limit", "packed"))
_QUOTED = frozenset(("text", "old", "new", "now", "expected", "above"))
#: Parts that are words of their own.
_WORDS: dict[str, dict[str, str]] = {
    "kind": {"agreement": mark("agreement"), "news": mark("news item"), "outcome": mark("outcome")},
    "says": {"date": mark("date"), "country": mark("country"), "unit": mark("unit"), "part": mark("part")},
    "part": {"number": mark("number"), "title": mark("title")},
    "level": {"date": mark("date"), "country": mark("country"), "unit": mark("unit")},
    "event": {"signing": mark("signing"), "renewal": mark("renewal")},
}
#: Parts that are dates. They are written in words where that needs no case; in Russian the sentence would have to decline them.
_DATED, _WITHOUT_CASES = frozenset(("signed", "date", "end")), ("zh",)
_ISO = re.compile(r"\d{4}(-\d\d){0,2}")
QUOTES = mark("'{text}'")
_DEEPEST = 4


def detail_said(language: str, message: str) -> str | None:
    """Return ``message`` in ``language``, or None where no template fits it.

    >>> detail_said("ru", "Not understood as a date: no such month: 13")
    'Не удалось прочитать дату: такого месяца нет: 13'
    >>> detail_said("ru", "'Mon 5' was read as 'TU Wien' of row 7."), detail_said("ru", "Something nobody says")
    ('«Mon 5» прочитано как «TU Wien» из строки 7.', None)
    """
    return in_words(speaker("en"), message) if language == "en" else _said(language, message, _DEEPEST)


@lru_cache(maxsize=65_536)
def _said(language: str, message: str, depth: int) -> str | None:
    if depth == 0:
        return None
    say = speaker(language)
    for template, start, pattern in _TEMPLATES:
        if message.startswith(start) and (match := pattern.fullmatch(message)):
            parts = {name: _part(say, name, text, depth) for name, text in match.groupdict().items()}
            return say(template).format(**parts)
    small = message[:1].lower() + message[1:]
    if (rule := rule_said(say, small)) != small:
        return rule[:1].upper() + rule[1:] if small != message else rule
    pieces = [_said(language, each, depth - 1) for each in message.split("; ")] if "; " in message else [None]
    return "; ".join(each for each in pieces if each) if all(pieces) else None


def _part(say: Say, name: str, text: str, depth: int) -> str:
    if name in ("detail", "reason", "what"):
        rule = rule_said(say, text)
        return rule if rule != text else _said(say.language, text, depth - 1) or text
    if name == "value":
        return type_said(say, text)
    if name in _WORDS and text in _WORDS[name]:
        return say(_WORDS[name][text])
    if name in _DATED and say.language in _WITHOUT_CASES and _ISO.fullmatch(text):
        return say.date(text)
    if text[:1] in "'\"" and text[-1:] == text[:1] and len(text) > 1:
        try:
            return say(QUOTES, text=ast.literal_eval(text))
        except (ValueError, SyntaxError):
            return text
    return text


def _pattern(template: str) -> tuple[str, re.Pattern[str], int]:
    """Return how ``template`` begins, the pattern of its sentences, and how many signs of it are its own."""
    start, pattern, own = "", "", 0
    for literal, name, _, _ in string.Formatter().parse(template):
        start += "" if pattern else literal
        own += len(literal)
        pattern += re.escape(literal)
        if name is not None:
            inside = r"\d+" if name in _NUMBERS else r"(?:'.*'|\".*\")" if name in _QUOTED else "[^']+" if name == "column" else ".+?"
            pattern += f"(?P<{name}>{inside})"
    return start, re.compile(pattern, re.DOTALL), own


def _ordered() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return the templates: first those around another sentence, then those with most text of their own, which fit less by chance."""
    made = [(template, *_pattern(template)) for template in MESSAGES]
    return tuple(
        (template, start, pattern)
        for template, start, pattern, _ in sorted(made, key=lambda each: (not each[0].startswith("{detail}"), -each[3]))
    )


_TEMPLATES = _ordered()
