"""Remnants of web pages in a text: tags, scripts and entities, taken out so that every place can be found again in what was given."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_MARKUP = re.compile(
    r"<(?P<whole>script|style)\b.*?</(?P=whole)\s*>|<!--.*?-->|</?[A-Za-z][^<>]{0,2000}>|&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});",
    re.DOTALL | re.IGNORECASE,
)
#: Tags behind which a new sentence begins.
_BREAK = re.compile(r"</?(?:p|br|div|li|ul|ol|h\d|tr|td|table|section|article|script|style)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without markup; ``pieces`` are the offsets in it, and in what was given, from which on both run alike."""

    text: str
    given: str
    pieces: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from ``start`` to ``end`` of the plain text stand in what was given.

        >>> page = plain("<p>TU&nbsp;Graz</p>")
        >>> page.text.strip(), page.given[slice(*page.span(1, 8))]
        ('TU Graz', 'TU&nbsp;Graz')
        """
        return self._given(start), self._given(end - 1) + 1 if end > start else self._given(start)

    def _given(self, at: int) -> int:
        here, there = max(piece for piece in self.pieces if piece[0] <= at)
        return there + at - here


def plain(given: str) -> Plain:
    """Return ``given`` without its markup.

    >>> plain("A < B & C").text, plain("Tom &amp; Co<script>var x</script>").text
    ('A < B & C', 'Tom & Co\\n')
    """
    found, pieces, at, length = [], [(0, 0)], 0, 0
    for match in _MARKUP.finditer(given) if "<" in given or "&" in given else ():
        instead = _instead(match.group())
        found += [given[at : match.start()], instead]
        length += match.start() - at
        pieces.append((length, match.start()))
        length += len(instead)
        at = match.end()
        pieces.append((length, at))
    return Plain("".join((*found, given[at:])), given, tuple(pieces))


def _instead(written: str) -> str:
    if written.startswith("&"):
        meant = html.unescape(written)
        return " " if meant.isspace() else meant
    return "\n" if _BREAK.match(written) else ""
