"""The texts of the dashboard in each language, beside those of the ETL; how texts are said is in ``etl/words/say.py``.

The translations are ``<language>.po`` (the frame) and ``<language>.<part>.po`` beside this file;
taxonomy labels and country names are data, dates and numbers come from CLDR.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from etl.words.say import COMMA, LANGUAGES, Say, mark, mark_plural, read_texts
from etl.words.say import FOLDER as WORDS

__all__ = ["COMMA", "FOLDER", "LANGUAGES", "Say", "catalogue", "mark", "mark_plural", "speaker"]

FOLDER = Path(__file__).parent


@cache
def speaker(language: str) -> Say:
    """Return the speaker of ``language``; an unknown language is English.

    >>> speaker("en")("Countries"), speaker("ru")("as written")
    ('Countries', 'как в источнике')
    """
    known = language if language in LANGUAGES else "en"
    return Say(known, catalogue(known))


@cache
def catalogue(language: str) -> Mapping[str, str | tuple[str, ...]]:
    """Return the translated texts of ``language`` by their English text (the singular for texts with a number)."""
    return read_texts(language, (WORDS, FOLDER))
