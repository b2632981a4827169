"""A table of text -> lines of decisions of one kind, each with who, when and why; what is wrong with a line is said with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from etl.records import Finding, Severity
from etl.reference import rows as reference_rows
from etl.text import clean, fold

#: Kind of decision -> the columns that every line fills, and those that a line may leave empty; ``by``, ``on`` and ``why`` always.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "aliases": (("written", "partner"), ("country",)),
    "same": (("one", "two", "verdict"), ("country",)),
    "readings": (("kind", "text", "value"), ()),
    "corrections": (("file", "column"), ("sheet", "row", "record", "expect", "new")),
    "news": (("news", "what", "value", "verdict"), ("expect",)),
    "agreements": (("agreement", "other", "verdict"), ("agreement_at", "other_at")),
    "questions": (("question",), ("text",)),
}
SIGNED = ("by", "on", "why")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MOST_HEADER_ROWS = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read: ``rows`` are the row number, counted from 1, and the texts of the row in column order.

    ``saved`` is the day on which a workbook says that it was saved, as ISO 8601.
    """

    file: str
    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    saved: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One decision. ``cells`` hold its texts by column; ``on`` is an ISO date."""

    kind: str
    cells: Mapping[str, str] = field(hash=False)
    file: str
    sheet: str
    row: int
    by: str
    on: str
    why: str

    def __getitem__(self, column: str) -> str:
        """Return the text of ``column``, empty where the line leaves it empty."""
        return self.cells.get(column, "")

    @property
    def place(self) -> str:
        """Return where the line stands, for a person."""
        return f"{self.file}, {self.sheet + ', ' if self.sheet else ''}line {self.row}"

    @property
    def said(self) -> str:
        """Return who decided, when and why."""
        return f"{self.by}, {self.on}: {self.why}"

    @property
    def content(self) -> tuple[str, ...]:
        """Return what is decided, without who and why: two lines of the same content are one decision."""
        needed, optional = KINDS[self.kind]
        return (self.kind, *(clean(self[column]) for column in (*needed, *optional)))

    def tell(self, severity: Severity, code: str, message: str, advice: str) -> Finding:
        """Return a finding about this line."""
        return Finding(severity, code, message, advice, self.file, self.sheet or None, self.row)


@dataclass(slots=True)
class Lines:
    """Lines in the order of files and rows, and what was wrong with others."""

    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def of(self, kind: str) -> list[Line]:
        """Return the lines of ``kind``."""
        return [line for line in self.lines if line.kind == kind]


@cache
def headers() -> Mapping[str, str]:
    """Return the column by every folded header that leads to it."""
    return {fold(row["alias"]): row["column"] for row in reference_rows("decision_headers")}


def is_header(folded: str) -> bool:
    """Tell whether ``folded`` is spelled like a header of a table of decisions."""
    return folded in headers()


def word(text: str, among: Iterable[str]) -> str:
    """Return the value that ``text`` stands for, of those ``among`` which the column chooses; empty when none.

    >>> word("Не то же", ("same", "not_same")), word("no", ("accept", "reject")), word("perhaps", ("same", "not_same"))
    ('not_same', 'reject', '')
    """
    allowed = set(among)
    sought = (fold(text.replace("_", " ")), clean(text).casefold())
    return next((row["value"] for row in reference_rows("decision_words") if row["value"] in allowed and row["alias"] in sought), "")


def read(sheets: Iterable[Sheet]) -> Lines:
    """Return every decision that ``sheets`` hold."""
    found = Lines()
    for sheet in sheets:
        found.lines += _sheet(sheet, found.findings)
    return found


def joined(parts: Iterable[Lines]) -> Lines:
    """Return the lines of all ``parts`` in their order; the same decision said twice is one."""
    found = Lines()
    seen: set[tuple[str, ...]] = set()
    for part in parts:
        found.findings += part.findings
        fresh = {line.content: line for line in reversed(part.lines) if line.content not in seen}
        found.lines += [line for line in part.lines if fresh.get(line.content) is line]
        seen |= fresh.keys()
    return found


def _sheet(sheet: Sheet, findings: list[Finding]) -> list[Line]:
    head = next((at for at, (_, texts) in enumerate(sheet.rows[:_MOST_HEADER_ROWS]) if _known(texts) >= 3), None)
    if head is None:
        if sheet.rows:
            findings.append(_about(sheet, sheet.rows[0][0], "no header of decisions is known in the file", _headers_advice()))
        return []
    number, texts = sheet.rows[head]
    columns = [headers().get(fold(text.replace("_", " "))) or headers().get(fold(text)) for text in texts]
    if doubled := {column for column in columns if column and columns.count(column) > 1}:
        findings.append(_about(sheet, number, f"two columns are called {' and '.join(sorted(doubled))}", "Remove one of them"))
        return []
    kind = _kind({column for column in columns if column}, sheet.file)
    if missing := [column for column in (*KINDS[kind][0], *SIGNED) if column not in columns] if kind else [*SIGNED]:
        what = (
            f"a table of {kind} lacks the column {', '.join(missing)}"
            if kind
            else f"the columns fit no kind of decision{_strange(texts, columns)}"
        )
        findings.append(_about(sheet, number, what, _headers_advice()))
        return []
    body = [(row, dict(zip(columns, texts, strict=False))) for row, texts in sheet.rows[head + 1 :] if any(map(clean, texts))]
    return [line for row, cells in body if (line := _line(kind, sheet, row, {c: t for c, t in cells.items() if c}, findings))]


def _known(texts: Sequence[str]) -> int:
    return sum(fold(text.replace("_", " ")) in headers() or fold(text) in headers() for text in texts)


def _kind(columns: set[str], file: str) -> str:
    """Return the kind whose needed columns are all there; where none is, the kind that the file is called by."""
    whole = [kind for kind, (needed, _) in KINDS.items() if columns >= set(needed)]
    named = [kind for kind in KINDS if fold(file.rpartition("/")[2]).startswith(kind)]
    return next((kind for kind in named if kind in whole), None) or next(iter([*whole, *named]), "")


def _strange(texts: Sequence[str], columns: Sequence[str | None]) -> str:
    """Return the headers that are not known, to be said behind the message."""
    unknown = [repr(clean(text)) for text, column in zip(texts, columns, strict=True) if not column and clean(text)]
    return f"; not known are {', '.join(unknown[:5])}" if unknown else ""


def _headers_advice() -> str:
    return "Copy the header of the template of that kind; they are described in data/raw/decisions/README.md"


def _about(sheet: Sheet, row: int, message: str, advice: str) -> Finding:
    return Finding("error", "bad_decision", f"Not taken: {message}", advice, sheet.file, sheet.name or None, row)


def _line(kind: str, sheet: Sheet, row: int, cells: dict[str, str], findings: list[Finding]) -> Line | None:
    texts = {column: text.strip() for column, text in cells.items()}
    wrong = [f"'{column}' is empty" for column in (*KINDS[kind][0], *SIGNED) if not texts.get(column)]
    day = iso_day(texts.get("on", ""))
    if texts.get("on") and not day:
        wrong.append(f"{texts['on']!r} is not a day")
    if wrong:
        advice = "Say in each line who decided (by), when (on, as 2026-11-22) and why, and fill the columns of its kind"
        findings.append(_about(sheet, row, f"{'; '.join(wrong)}", advice))
        return None
    return Line(kind, texts, sheet.file, sheet.name, row, clean(texts["by"]), day, clean(texts["why"]))


def iso_day(text: str) -> str:
    """Return the day that ``text`` states, empty when it states none: ISO 8601, or 22.11.2026 as a Russian Excel turns it.

    >>> iso_day("2026-11-22"), iso_day("22.11.2026"), iso_day("11/22/2026"), iso_day("2026-02-30")
    ('2026-11-22', '2026-11-22', '', '')
    """
    plain = clean(text).removesuffix(" 00:00:00")
    if match := _DAY_FIRST.fullmatch(plain):
        plain = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    try:
        return date.fromisoformat(plain).isoformat() if len(plain) == 10 else ""
    except ValueError:
        return ""
