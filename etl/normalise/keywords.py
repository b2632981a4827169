"""Ordered keyword rules, kept as files: the first rule whose words stand in a text decides.

A pattern is written as people speak: ``*`` stands for the rest of a word, ``...`` for any words between. Chinese words
are found anywhere, other words only whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.text import fold

_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a rules file: what it gives when ``words`` occur in a folded text."""

    gives: str
    written: str
    words: re.Pattern[str]


def rule(gives: str, written: str) -> Rule:
    """Return the rule for one written pattern.

    >>> bool(rule("x", "двойн* ... диплом*").words.search(fold("Соглашение о двойных немецких дипломах")))
    True
    >>> bool(rule("x", "lab*").words.search(fold("collaboration"))), bool(rule("x", "not yet ...").words.search("not yet in force"))
    (False, True)
    """
    if _HAN.search(written):
        return Rule(gives, written, re.compile(".*".join(re.escape(part) for part in fold(written).split())))
    pieces = written.split()
    while pieces[-1:] == ["..."]:
        pieces.pop()  # any words behind the last one, or none, say nothing more
    body = "".join(r"(?:\S+ )*?" if piece == "..." else _word(piece) + " " for piece in pieces)
    return Rule(gives, written, re.compile(rf"(?<!\S){body.strip()}(?!\S)"))


def _word(piece: str) -> str:
    word = re.escape(fold(piece.rstrip("*")))
    return word + r"\S*" if piece.endswith("*") else word


def rules(lines: Iterable[Mapping[str, str]], gives: str = "code") -> tuple[Rule, ...]:
    """Return the rules of a file in its order, the result being its column ``gives``."""
    return tuple(rule(line[gives], line["pattern"]) for line in lines)


def first(ordered: Iterable[Rule], text: str) -> Rule | None:
    """Return the first rule whose words occur in ``text``, or None."""
    folded = fold(text)
    return next((one for one in ordered if one.words.search(folded)), None)


def every(ordered: Iterable[Rule], text: str) -> list[str]:
    """Return what all the matching rules give, each once, in the order of the file."""
    folded = fold(text)
    return list(dict.fromkeys(one.gives for one in ordered if one.words.search(folded)))
