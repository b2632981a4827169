"""Which language a text is written in, and how a language is named."""

from __future__ import annotations

from functools import cache

from babel import Locale

from etl.errors import Unreadable
from etl.reference import rows
from etl.text import fold, script

#: The languages of the dashboard: (code, script). Other languages in Latin letters are read as English on purpose:
#: a wrong guess between, say, Spanish and English helps nobody here.
_BY_SCRIPT = {"latin": "en", "cyrillic": "ru", "han": "zh"}
LANGUAGES = ("en", "ru", "zh")


def language(text: str) -> str:
    """Return en, ru or zh by the script that most letters of ``text`` are in.

    >>> language("СПбПУ и TU Graz подписали соглашение"), language("Visit to Xi'an"), language("谅解备忘录")
    ('ru', 'en', 'zh')
    >>> language("2023")
    Traceback (most recent call last):
    etl.errors.Unreadable: no letters of a known script
    """
    found = script(text)
    if found not in _BY_SCRIPT:
        raise Unreadable("no letters of a known script")
    return _BY_SCRIPT[found]


def named(text: str) -> str:
    """Return en, ru or zh for the name or code of a language as a column gives it.

    >>> named("Английский"), named("RU"), named("中文"), named("eng.")
    ('en', 'ru', 'zh', 'en')
    >>> named("French")
    Traceback (most recent call last):
    etl.errors.Unreadable: not a language of the dashboard: 'French'
    """
    code = _names().get(fold(text))
    if code is None:
        raise Unreadable(f"not a language of the dashboard: {text!r}")
    return code


@cache
def _names() -> dict[str, str]:
    names = {fold(row["alias"]): row["code"] for row in rows("language_aliases")}
    for code in LANGUAGES:
        names[code] = code
        for speaker in LANGUAGES:
            for form in (code, f"{code}_Hans", f"{code}_Hant"):
                if name := Locale(speaker).languages.get(form):
                    names[fold(name)] = code
    return names
