"""Numbers that look like another one: a letter of another alphabet makes a second record of the first, or lets a reference lead nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from etl.cells import Cell, texts_of
from etl.records import Finding, Row
from etl.reference import rows as reference_rows
from etl.text import clean

_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
#: How many times as many numbers of a pattern must be in one script for those in the other to be slips.
_PREVAILS = 3


class _Number(NamedTuple):
    row: Row
    at: int
    text: str
    shape: str
    script: str


def look_alikes(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield the numbers and references that mix alphabets or look like another number of their kind; their rows are refused."""
    written = [
        (row, name, at, text)
        for row in rows
        if row.role == "record"
        for name in ("number", "agreement_number")
        for at, text in enumerate(texts_of(row.values, name))
    ]
    if all(text.isascii() for *_, text in written):
        return
    numbers: dict[tuple[str, str], list[_Number]] = defaultdict(list)
    for row, name, at, text in written:
        script = "latin" if text.isascii() else script_of(clean(text))
        if script == "mixed":
            yield _told(row, row.values[name][at], "mixes letters of two alphabets that look the same")
        elif script and name == "number":
            numbers[row.kind or "", _DIGITS.sub("0", shape := skeleton(text))].append(_Number(row, at, text, shape, script))
    for group in numbers.values():
        yield from _slips(group)


def _slips(group: list[_Number]) -> Iterator[Finding]:
    """Yield the numbers of one pattern that are in another alphabet than most, or than their twin."""
    scripts = Counter(each.script for each in group)
    if len(scripts) < 2:
        return
    by_shape: dict[str, set[str]] = defaultdict(set)
    for each in group:
        by_shape[each.shape].add(each.script)
    (most, count), (_, next_count) = scripts.most_common(2)
    for each in group:
        is_twin = len(by_shape[each.shape]) > 1 and (each.script != most or count == next_count)
        if is_twin or (each.script != most and count >= _PREVAILS * scripts[each.script]):
            what = f"is in {each.script} letters that look like those of another alphabet, in which other numbers are"
            yield _told(each.row, each.row.values["number"][each.at], what)


def skeleton(text: str) -> str:
    """Return what ``text`` looks like: every letter as the Latin one that looks the same.

    >>> skeleton("АВС-1") == skeleton("ABC-1"), skeleton("ДГ-1") == "дг-1"
    (True, True)
    """
    plain = clean(text) if text.isascii() else unicodedata.normalize("NFKC", clean(text))
    return plain.translate(_table()).casefold()


def script_of(text: str) -> str:
    """Return latin, cyrillic or greek where all letters of ``text`` are look-alikes of one alphabet, mixed where a word mixes them.

    Empty is what has no letters, or letters that look like no others.

    >>> script_of("AB-1"), script_of("АВ-1"), script_of("АB-1"), script_of("ДГ-1"), script_of("12")
    ('latin', 'cyrillic', 'mixed', '', '')
    """
    scripts: set[str] = set()
    for word in _LETTERS.findall(text):
        own = {_alphabet(letter) for letter in word}
        if len(own) > 1 and any(letter in _latin() for letter in word):
            return "mixed"
        scripts |= own
        if own != {"latin"} and not all(letter in _latin() for letter in word):
            return ""
    return scripts.pop() if len(scripts) == 1 else ""


def _alphabet(letter: str) -> str:
    if letter.isascii() or "\u00c0" <= letter <= "\u024f":
        return "latin"
    if "\u0400" <= letter <= "\u052f":
        return "cyrillic"
    return "greek" if "\u0370" <= letter <= "\u03ff" else "other"


@cache
def _table() -> Mapping[int, str]:
    return str.maketrans(dict(_latin()))


@cache
def _latin() -> Mapping[str, str]:
    return {row["letter"]: row["latin"] for row in reference_rows("confusable_letters")}


def _told(row: Row, cell: Cell, what: str) -> Finding:
    origin = row.origin
    message, advice = f"The number {cell.text[:60]!r} {what}", "Type the number anew in one alphabet"
    return Finding("error", "confusable_id", message, advice, origin.file, origin.sheet, origin.row, cell.letter, cell.text[:500])
