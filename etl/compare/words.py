"""What a comparison says, in each language: its own words, and the names of what the data speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from etl.compare.publication import Publication
from etl.compare.records import PROPOSED
from etl.indicators.counting import UNKNOWN
from etl.indicators.definitions import AND
from etl.reference import rows as reference_rows
from etl.tables import Agreement, Country, Field, News, Outcome, Partner

LANGUAGES = ("en", "ru", "zh")
_LONGEST = 120  # characters of a value; --json has it whole
_TYPES = {"agreement_type": "agreement_types", "outcome_type": "outcome_types", "event": "events"}
#: Attributes whose values are codes, and what these are codes of.
_CODES: dict[str, str] = {
    Agreement.type: "agreement_type", Outcome.type: "outcome_type", News.event: "event",
    Country.code: "country", Field.code: "field", Partner.id: "partner",
}  # fmt: skip


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return the words of a comparison in ``language``."""
    return {row["key"]: row[language] for row in reference_rows("diff_words")}


def number(value: Fraction, *, signed: bool = False) -> str:
    """Return a number for people: whole, or rounded to two digits.

    >>> number(Fraction(3)), number(Fraction(1, 3), signed=True), number(Fraction(0), signed=True)
    ('3', '+0.33', '')
    """
    if signed and not value:
        return ""
    return f"{int(value):{'+' if signed else ''}d}" if value.denominator == 1 else f"{float(value):{'+' if signed else ''}.2f}"


def plain(text: str, start: int = 0) -> str:
    """Return ``text`` on one line, without characters that steer a terminal, cut where it is long, from ``start`` on.

    >>> plain("a\\x1b[31m b\\n c")
    'a[31m b c'
    """
    line = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    line = f"…{line[start:]}" if start and len(line) > _LONGEST else line
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of ``language``, and the ``names`` of countries, fields, partners and types by what they are and their code."""

    language: str
    names: Mapping[tuple[str, str], str]

    @staticmethod
    def of(language: str, old: Publication, new: Publication) -> Words:
        """Return the words to speak of ``old`` and ``new``; a name that changed is the new one."""
        names = {(kind, row["code"]): row[f"name_{language}"] for kind, file in _TYPES.items() for row in reference_rows(file)}
        for snapshot in (old, new):
            for kind, key in (("country", Country.code), ("field", Field.code)):
                names |= {(kind, row[key]): row[f"name_{language}"] for row in snapshot.rows(kind)}
            for row in snapshot.rows("partner"):
                names["partner", row[Partner.id]] = row[f"name_{language}"] or row[Partner.name]
        return Words(language, names)

    def say(self, key: str, **values: object) -> str:
        """Return the text ``key`` with its values."""
        return texts(self.language)[key].format(**values)

    def code(self, by: str, code: str) -> str:
        """Return the name of one number of an indicator that is divided by ``by``."""
        if by == "field_country":
            return AND.join(self.code(*each) for each in zip(("field", "country"), code.split(AND), strict=True))
        if code == UNKNOWN:
            return self.say("not_stated")
        if by == "status":
            return self.say(f"status_{code}")
        return self.say("months", n=code) if by == "months" else plain(self.names.get((by, code), code))

    def attribute(self, name: str) -> str:
        """Return the name of an attribute of a record."""
        said = self.say(f"c_{name.removesuffix(PROPOSED)}")
        return f"{said} ({self.say('proposed')})" if name.endswith(PROPOSED) else said

    def both(self, name: str, before: Any, after: Any) -> tuple[str, str]:
        """Return the two values of the attribute ``name``; of long texts what is around the first difference."""
        old, new = self._value(name, before), self._value(name, after)
        pairs = zip(" ".join(old.split()), " ".join(new.split()), strict=False)
        shared = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
        start = max(0, shared - _LONGEST // 3)
        return plain(old, start), plain(new, start)

    def _value(self, name: str, value: Any) -> str:
        if value is None or value in ("", ()):
            return self.say("empty")
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        kind = _CODES.get(name.removesuffix(PROPOSED), "")
        each = value if isinstance(value, tuple) else (value,)
        return "; ".join(self.names.get((kind, str(one)), str(one)) for one in each)
