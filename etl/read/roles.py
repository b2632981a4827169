"""What a row is: a record, or one of the rows that an office puts around its records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.cells import texts_in
from etl.read.headers import COUNTER, key, words
from etl.records import Cell, Kind, Role
from etl.reference import rows

#: A record needs one of these; a row without is no record, whatever else it says.
IDENTIFYING: dict[Kind, frozenset[str]] = {
    "agreement": frozenset({"number", "title", "partners", "link"}),
    "news": frozenset({"number", "title", "text", "link"}),
    "outcome": frozenset({"number", "title", "type", "partners", "count", "agreement_number", "doi", "link"}),
}
#: Fields whose text alone can stand for a record.
_SPEAKING = frozenset({"title", "partners", "text", "link", "doi"})
_ID = re.compile(r"[^\s]*\d[^\s]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AMOUNT = re.compile(r"[\d(≈~<>=+-]")
_SECTION = re.compile(
    r"(?:[IVXLCDM]+|\d{1,2}|[A-ZА-Я])[.)]\s*\D|[一二三四五六七八九十]+[、.]|第.{1,3}[章节部分]|§"
    r"|(?:19|20)\d\d(?:\s*(?:г\.?|год|year|年))?$|.*:$",
    re.DOTALL,
)
_DASHES = str.maketrans("—–−‒―-", "------")
_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "″": '"', "〃": '"'})


def is_ditto(text: str) -> bool:
    """Say whether ``text`` only repeats what stands above it.

    >>> [is_ditto(text) for text in ('—"—', "-//-", "〃", "то же", "Same as above", "-", "// note", "Do")]
    [True, True, True, True, True, False, False, False]
    """
    # Most short texts are numbers and codes: a look at their beginning saves the rest.
    return (not text[:1].isalnum() or text[:2].lower() in _ditto_beginnings()) and _bare(text) in _dittos()


def _bare(text: str) -> str:
    plain = text.casefold().translate(_DASHES).translate(_QUOTES).replace("''", '"')
    return "".join(plain.split()) if not any(letter.isalnum() for letter in plain) else " ".join(plain.split())


@cache
def _ditto_beginnings() -> frozenset[str]:
    return frozenset(word[:2] for word in _dittos())


@cache
def _dittos() -> frozenset[str]:
    return frozenset(_bare(row["word"]) for row in rows("row_words") if row["role"] == "ditto")


def is_total(cells: Sequence[Cell]) -> bool:
    """Say whether a row sums up the records above it: it begins with such a word, and nothing but amounts follow.

    >>> is_total([Cell("A", "Итого", 9), Cell("B", "46 записей", 9)]), is_total([Cell("A", "合计：46", 9)])
    (True, True)
    >>> is_total([Cell("A", "Total quality management", 9), Cell("B", "Graz", 9)]), is_total([Cell("A", "TotalEnergies", 9)])
    (False, False)
    """
    texts = texts_in(cells)
    first = texts[0]
    if len(first) > 60 or first.lstrip()[:2].lower() not in _beginnings() or not (word := _total_word(first)):
        second = texts[1] if len(texts) > 1 else ""
        if second[:1].isdecimal():  # a number, as no word for a sum begins
            return False
        return 0 < len(second) < 20 and _total_word(second) == "exact" and _are_amounts([*cells[:1], *cells[2:]])
    return _are_amounts(cells[1:]) if word == "begins" or len(cells) > 3 else True


def _are_amounts(cells: Sequence[Cell]) -> bool:
    return all(cell.type in ("number", "error", "uncached") or bool(_AMOUNT.match(cell.text.lstrip())) for cell in cells)


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:2] for word in words("total"))


@lru_cache(maxsize=8192)
def _total_word(text: str) -> str:
    folded = key(text).rstrip("0123456789 ")
    if folded in words("total"):
        return "exact"
    han = folded[:1] >= "\u3400"
    return "begins" if any(folded.startswith(word if han else word + " ") for word in words("total")) else ""


def is_as_of(text: str) -> bool:
    """Say whether ``text`` tells the day to which a sheet speaks.

    >>> is_as_of("Составлено по состоянию на 22.11.2026"), is_as_of("As of 22.11.2026."), is_as_of("Register of agreements")
    (True, True, False)
    """
    folded = f" {key(text)} "
    return any(f" {word} " in folded or (word >= "\u3400" and word in folded) for word in words("as_of"))


def is_note(text: str) -> bool:
    """Say whether ``text`` begins like a footnote.

    >>> is_note("* as reported by the faculty"), is_note("Примечание: без учета филиалов"), is_note("Notable agreement")
    (True, True, False)
    """
    folded = key(text)
    return text.lstrip().startswith("*") or any(
        folded == word or folded.startswith(f"{word} ") or (word >= "\u3400" and folded.startswith(word)) for word in words("note")
    )


def looks_like_section(text: str) -> bool:
    """Say whether ``text`` is written like the heading of a part.

    >>> [looks_like_section(text) for text in ("I. Страны СНГ", "Section 2", "2024 год", "一、亚洲", "Europe:", "Joint lab opened")]
    [True, True, True, True, True, False]
    """
    return bool(_SECTION.match(text.strip())) or (len(text) < 80 and key(text).split(" ")[0] in words("section"))


@dataclass(frozen=True, slots=True)
class Lone:
    """The only filled cell of a row, what its column feeds, and how the row lies in its table."""

    cell: Cell
    field: str
    kind: Kind
    is_first: bool
    is_across: bool
    is_last: bool

    @property
    def role(self) -> Role:
        """Return what the row is; ``is_across`` is a merge over the table, ``is_last`` that no full row follows."""
        text = self.cell.text
        if is_as_of(text) and len(text) < 120 and (self.is_across or self.field not in ("title", "text")):
            return "as_of"
        if self.field == COUNTER and not self.is_across and text.strip(" .)").isdecimal() and not _YEAR.fullmatch(text.strip()):
            return "blank"
        if self.field == "number" and not self.is_across and _ID.fullmatch(text.strip()) and not _YEAR.fullmatch(text.strip()):
            return "record"
        if is_note(text) and (self.is_last or text.lstrip().startswith("*")):
            return "note"
        if self.is_across or (looks_like_section(text) and "://" not in text):
            return "note" if self.is_last else "section"
        return self._role_of_plain_text(text)

    def _role_of_plain_text(self, text: str) -> Role:
        if self.field in _SPEAKING and not (self.is_first and not self.is_last and self.kind != "news" and len(text.split()) < 5):
            return "record"
        if self.is_last:
            return "note"
        return "section" if self.is_first or not self.field else "note"
