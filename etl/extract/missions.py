"""Bodies of a state under one stable English name, however a text speaks of them: embassies, consulates, ministries, Russian houses.

"The Dutch consul", "послом Эфиопии" and "Turkey's energy minister" name a body through its country or a person through the office;
the name that is given is the usual one: Consulate of the Netherlands, Embassy of Ethiopia, Ministry of Energy of Turkey.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from babel import Locale

from etl.extract.text_words import listed
from etl.extract.tokens import Token
from etl.reference import rows
from etl.text import fold, script

_GENERAL = ("general", "ген")
_CAPITAL = re.compile(r"(?:^|(?<=[\s-]))[a-z]")


@cache
def country_name(code: str) -> str:
    """Return the English name of a country as it stands behind 'of'.

    >>> country_name("ETH"), country_name("NLD"), country_name("BIH")
    ('Ethiopia', 'the Netherlands', 'Bosnia and Herzegovina')
    """
    said = next((row["name"] for row in rows("country_said") if row["alpha_3"] == code), "")
    short = next(row["alpha_2"] for row in rows("countries") if row["alpha_3"] == code)
    return said or Locale("en").territories[short].replace(" & ", " and ").replace("’", "'")


def mission_name(words: Sequence[Token], heads: Collection[str], code: str) -> str:
    """Return the name of the embassy or consulate that ``words`` speak of, empty for another body.

    >>> from etl.extract.tokens import tokens
    >>> mission_name(tokens("генконсулом Индии"), {"consulate"}, "IND"), mission_name(tokens("Dutch consul"), {"consulate"}, "NLD")
    ('Consulate General of India', 'Consulate of the Netherlands')
    """
    if "embassy" in heads:
        return f"Embassy of {country_name(code)}"
    if "consulate" not in heads:
        return ""
    general = any(word.folded.startswith(_GENERAL) for word in words)
    return f"Consulate{' General' if general else ''} of {country_name(code)}"


def ministry_name(subject: Sequence[Token], code: str) -> str:
    """Return the name of the ministry for ``subject``, its words without the office and the country; empty where they say none.

    >>> from etl.extract.tokens import tokens
    >>> ministry_name(tokens("energy and natural resources"), "TUR"), ministry_name(tokens("энергетики"), "ZWE")
    ('Ministry of Energy and Natural Resources of Turkey', 'Ministry of Energy of Zimbabwe')
    >>> ministry_name(tokens("первых заместителей"), "ZWE")
    ''
    """
    if not subject:
        return ""
    what = _translated(subject) if script(subject[0].text) == "cyrillic" else _title(subject)
    return f"Ministry of {what} of {country_name(code)}" if what else ""


def _title(subject: Sequence[Token]) -> str:
    kept = list(subject)
    while kept and kept[-1].folded in listed("inside"):
        kept.pop()
    while kept and kept[0].folded in listed("inside"):
        kept.pop(0)
    written = "".join((kept[0].text, *((", " if word.before.startswith(",") else " ") + word.text for word in kept[1:]))) if kept else ""
    return " ".join(word if word in listed("inside") else _CAPITAL.sub(lambda m: m.group().upper(), word) for word in written.split(" "))


def _translated(subject: Sequence[Token]) -> str:
    """Return Russian subjects in English; empty where one of them is not in the list."""
    written = " ".join(("| " if word.before.startswith(",") else "") + word.folded for word in subject)
    found = [_subject(piece) for piece in re.split(r" и | \| ", written)]
    if not all(found):
        return ""
    return " and ".join(filter(None, (", ".join(found[:-1]), found[-1])))


def _subject(written: str) -> str:
    return next((english for pattern, english in _subjects() if pattern.fullmatch(written)), "")


@cache
def _subjects() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(
                " ".join(re.escape(fold(word.rstrip("*"))) + (r"\w*" if word.endswith("*") else "") for word in row["word"].split())
            ),
            row["english"],
        )
        for row in rows("ministry_words")
    )
