"""Cells whose text cannot be published as it stands: the row is refused, or what is taken out of it is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from etl.cells import Cell, texts_among, texts_of
from etl.records import Finding, HeaderColumn, Row, Severity
from etl.text import INVISIBLE

#: What a cell of a spreadsheet can hold; a longer text of a csv could not be exported.
LONGEST = 32_767
_PLAIN = frozenset("\t\n\r\u200c\u200d\u200e\u200f")
_ERRORS = frozenset(("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!"))
_LOST = re.compile(r"(?=.*\?{4})[\s?.,;:()-]+", re.DOTALL)
#: What a letter of two bytes begins like when its bytes were taken for letters of their own: the second is none that begins a letter.
_SECOND = re.escape("".join(bytes(range(0x80, 0xC0)).decode(encoding, "ignore") for encoding in ("cp1251", "cp1252")))
_MAY_BE_UTF_8 = re.compile(f"[\x00-\x7f]*[^\x00-\x7f][{_SECOND}]")
_RETYPE = "Delete the characters, or type the text anew"
_RESAVE = "Take the text from where it is still readable, and save the file as UTF-8"
_USUAL = ("number", "title", "partners", "countries")
#: A record of a kind lacks something when these columns exist and are empty.
_WANTED = {"agreement": ("number", "title"), "news": ("number",), "outcome": ("number",)}


def unfit(rows: Sequence[Row]) -> Iterator[Finding]:
    """Yield what is wrong with the texts of records: an error refuses the row, a warning says what was left out of it."""
    records = [row for row in rows if row.role == "record"]
    wrong = {text: said for text in texts_among(row.values for row in records) if (said := _said_of(text))}
    for row in records if wrong else ():
        for name in row.values:
            for at, text in enumerate(texts_of(row.values, name)):
                if said := wrong.get(text):
                    yield _told(row, row.values[name][at], *said)


def _said_of(text: str) -> tuple[Severity, str, str, str] | None:
    """Return severity, code, message and advice where ``text`` cannot be published as it stands."""
    if len(text) <= LONGEST and text.isprintable() and not _is_odd(text):
        return None
    if len(text) > LONGEST:
        return "error", "too_long", f"The text has {len(text)} characters; a cell holds {LONGEST}", "Shorten the text"
    if bad := _illegal(text):
        message = f"The text has characters that cannot be stored in a spreadsheet: {', '.join(bad)}"
        return "error", "illegal_chars", message, _RETYPE
    if text.strip() in _ERRORS:
        message = f"The error value {text.strip()} of a spreadsheet stands for a value"
        return "error", "error_cell", message, "Correct the formula, or type the value"
    if is_garbled(text):
        return "error", "encoding", "The text was saved in a wrong encoding once and is not readable", _RESAVE
    if hidden := sorted({f"U+{ord(letter):04X}" for letter in INVISIBLE.findall(text)}):
        return "warning", "illegal_chars", f"Invisible characters were taken out: {', '.join(hidden)}", _RETYPE
    return None


def _is_odd(text: str) -> bool:
    """Tell whether a text of printable characters, of which none is invisible, may be an error value, lost or garbled."""
    return text[:1] in ("#", "?") if text.isascii() else "\ufffd" in text or bool(_MAY_BE_UTF_8.match(text))


def _illegal(text: str) -> list[str]:
    if text.isprintable() and "\ufffd" not in text:
        return []
    odd = {
        letter for letter in text if not (letter.isprintable() or letter in _PLAIN) and unicodedata.category(letter) in ("Cc", "Cs", "Cn")
    }
    return sorted(f"U+{ord(letter):04X}" for letter in (odd | {"\ufffd"} if "\ufffd" in text else odd))


def is_garbled(text: str) -> bool:
    """Tell whether ``text`` is UTF-8 that was once read as a single-byte encoding, or has question marks for all its letters.

    >>> is_garbled("РЎРѕРіР»Р°С€РµРЅРёРµ"), is_garbled("UniversitÃ¤t"), is_garbled("???????? ? ????")
    (True, True, True)
    >>> is_garbled("Соглашение"), is_garbled("Universität"), is_garbled("Why?"), is_garbled("?")
    (False, False, False, False)
    """
    if text.isascii():
        return bool(_LOST.fullmatch(text))
    if not _MAY_BE_UTF_8.match(text):
        return False
    for encoding in ("cp1251", "cp1252"):
        try:
            really = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if any(letter.isalpha() and letter > "\x7f" for letter in really):
            return True
    return False


def unnamed_columns(rows: Iterable[Row], columns: Sequence[HeaderColumn]) -> Iterator[Finding]:
    """Yield the columns that a register of agreements usually has and a sheet neither has nor says in another way."""
    tables: dict[tuple[str, str], tuple[int, set[str]]] = {}
    for column in columns:
        if column.kind == "agreement":
            tables.setdefault((column.file, column.sheet), (column.header_row, set()))[1].add(column.feeds or "")
    for row in rows:
        if row.kind == "agreement" and (table := tables.get(row.origin[:2])):
            table[1].update(row.values)
    for (file, sheet), (header, fed) in tables.items():
        if missing := [name for name in _USUAL if name not in fed]:
            message = f"This table of agreements has no column for {', '.join(missing)}."
            advice = "If it is there under another name, say so in sources.yaml: columns: {its header: the field}."
            yield Finding("note", "missing_column", message, advice, file, sheet, header)


def incomplete(rows: Iterable[Row], columns: Sequence[HeaderColumn]) -> Iterator[Finding]:
    """Yield the records that lack a number or title though their table has a column for it; they are kept."""
    tables: dict[tuple[str, str, str], set[str]] = {}
    for column in columns:
        if column.feeds:
            tables.setdefault((column.file, column.sheet, column.kind), set()).add(column.feeds)
    wanted = {place: [name for name in _WANTED[place[2]] if name in fed] for place, fed in tables.items()}
    for row in rows:
        if row.role != "record" or row.kind is None:
            continue
        for name in wanted.get((*row.origin[:2], row.kind), ()):
            if not (text := row.text(name))[:1].isalnum() and not any(letter.isalnum() for letter in text):
                message = f"The record has no {name}; it was read without"
                yield Finding(
                    "warning", "missing_required", message, f"Fill in the {name}", row.origin.file, row.origin.sheet, row.origin.row
                )


def _told(row: Row, cell: Cell, severity: Severity, code: str, message: str, advice: str) -> Finding:
    origin = row.origin
    return Finding(severity, code, message, advice, origin.file, origin.sheet, origin.row, cell.letter, cell.text[:500])
