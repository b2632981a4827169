"""Several dates in one cell: 'signed 12.03.2019, valid until 2024' -> the date of signature and the end, each from its part of the cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from etl.errors import Unreadable
from etl.normalise import dates, terms
from etl.reference import rows
from etl.text import clean

#: The fields of an agreement whose cells are looked at.
FIELDS = ("signed", "effective", "expires", "term")
_APART = re.compile(r"\s*[,;\n()（），；、]+\s*")
_FIGURES = re.compile(r"[\d\s./-]*")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ENDS = frozenset({"expires", "term"})
_LONGEST = 160


@lru_cache(maxsize=65_536)
def clauses(text: str, field: str) -> Mapping[str, str]:
    """Return the parts of ``text`` by the field that each is for; nothing where the cell says one thing or is not understood whole.

    ``field`` is what the column is for: that is what a part without a word of its own says.

    >>> dict(clauses("signed 12.03.2019, valid until 2024", "signed"))
    {'signed': '12.03.2019', 'expires': '2024'}
    >>> dict(clauses("12 марта 2019 г. (на 5 лет)", "signed")), dict(clauses("2019年3月12日签署，有效期至2024年", "signed"))
    ({'signed': '12 марта 2019 г.', 'term': '5 лет'}, {'signed': '2019年3月12日', 'expires': '2024年'})
    >>> dict(clauses("12.03.2019", "signed")), dict(clauses("signed 2019, lost 2020", "signed"))
    ({}, {})
    """
    found = _pieces(text, field) if len(text) <= _LONGEST and not _FIGURES.fullmatch(text) else {}
    is_elsewhere = found.keys() - {field} if field == "signed" else len(found) > 1
    if is_elsewhere and all(_reads(role, rest) for role, rest in found.items()):
        return found
    return _range(text, field) if len(_YEAR.findall(text)) > 1 else {}


def _pieces(text: str, field: str) -> dict[str, str]:
    """Return the parts of ``text`` by field, as they are written; nothing where two are for the same."""
    found: dict[str, str] = {}
    last = ""
    for piece in filter(None, _APART.split(text.strip())):
        role, rest = _role(piece)
        if role in found:
            return {}
        if not role and last:
            found[last] += f", {piece}"
            continue
        last = role or field
        found[last] = rest
    return found


def _role(piece: str) -> tuple[str, str]:
    """Return what a part is for and the part without the word that says so; no role where no word does."""
    for pattern, role in _words():
        if match := pattern.fullmatch(piece):
            return role, match["rest"].strip()
    return ("term", piece) if _reads("term", piece) else ("", piece)


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = sorted(rows("clause_words"), key=lambda row: -len(row["word"]))
    return tuple((_pattern(row["word"], row["where"]), row["role"]) for row in found)


def _pattern(word: str, where: str) -> re.Pattern[str]:
    space = r"[\s:]*" if word >= "\u3400" else r"[\s:]+"
    written = re.escape(word)
    return re.compile(f"{written}{space}(?P<rest>.*\\d.*)" if where == "before" else f"(?P<rest>.*\\d.*?)\\s*{written}", re.IGNORECASE)


def _reads(role: str, text: str) -> bool:
    try:
        return bool(terms.months(text)) if role == "term" else bool(dates.date(clean(text)).value)
    except Unreadable:
        return False


def _range(text: str, field: str) -> Mapping[str, str]:
    """Return the start and the end of a range of years: the column may be for one of them, the cell says both."""
    try:
        start, end = dates.date(clean(text)), dates.date(clean(text), end=True)
    except Unreadable:
        return {}
    if not start.rule.startswith("range") or start.value[:4] == end.value[:4]:
        return {}
    return {"effective" if field in _ENDS else field: text, "expires": text}
