"""What a text was found to speak of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Home:
    """The institution whose news these are: all its names (and those of its units), and its country."""

    names: tuple[str, ...]
    country: str


@dataclass(frozen=True, slots=True)
class Named:
    """One organisation or country that a text speaks of; ``text`` stands at ``start`` of the column ``column``.

    ``value`` is a partner id or alpha-3 code, empty for an organisation that is not known: then ``name`` is as written.
    """

    value: str
    name: str
    text: str
    start: int
    end: int
    column: str
    method: str
    confidence: float
