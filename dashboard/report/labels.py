"""The few words that a document adds to what its chapters say, and how a cell is shown."""

from __future__ import annotations

import unicodedata

from dashboard.locale import Say, mark, mark_plural
from dashboard.report.document import Cell

TITLE = mark("International cooperation")
REPORT = mark("Annual report {year}")
FIGURE, TABLE = mark("Figure {n}"), mark("Table {n}")
CAPTION = mark("{label}. {text}")
APPENDIX = mark("Appendix {letter}: {title}")
CONTENTS = mark("Contents")
AS_OF = mark("As of {date}")
SNAPSHOT = mark("Snapshot {id}")
NO_PICTURE = mark("There is no browser that could draw this chart; its numbers stand in the table.")
TWIN = mark("Numbers behind figure {n}")
FIRST_ROWS = mark_plural("The first {shown} of {n} row.", "The first {shown} of {n} rows.")
_LONGEST = 600
_BREAKS = frozenset("\n\r\t\v\f")
_NO_LETTERS = frozenset(("Cc", "Cs", "Cn", "Co"))
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def one_line(text: object, longest: int = _LONGEST) -> str:
    """Return ``text`` as every format can hold it: one line, no controls, nothing that turns the direction of writing.

    >>> one_line("a\\x00b\\n  c\\u202e"), one_line("n\\u00a0=\\u00a03") == "n\\u00a0=\\u00a03"
    ('ab c', True)
    """
    written = "" if text is None else str(text)
    kept = "".join(" " if letter in _BREAKS else letter for letter in written if letter in _BREAKS or _is_shown(letter))
    whole = " ".join(filter(None, kept.split(" ")))  # hard spaces stay
    return whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…"


def _is_shown(letter: str) -> bool:
    return letter not in _TURNING and unicodedata.category(letter) not in _NO_LETTERS


def shown(cell: Cell, say: Say) -> str:
    """Return a cell as a reader sees it; whole numbers below ten thousand are not grouped: most are years."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float):
        return say.number(round(cell, 2))
    if isinstance(cell, int):
        return say.number(cell) if abs(cell) >= 10_000 else str(cell)
    return cell


def caption(say: Say, kind: str, number: str, text: str) -> str:
    """Return ``Figure 3. With which countries?``."""
    return say(CAPTION, label=say(kind, n=number), text=text)
