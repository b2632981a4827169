"""Whether the machine can write a text at all: a letter that no font has becomes an empty box, and nothing tells of it."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from functools import cache

from dashboard.locale import Say, mark

MISSING = mark("No installed font has {letters}, which stand in “{text}”. Install {packages}, then export again.")
_SHOWN = 8
#: First and last letter of a script, and the package of Debian that has it; all others are in fonts-noto-core.
_PACKAGES: tuple[tuple[int, int, str], ...] = (
    (0x1100, 0x11FF, "fonts-noto-cjk"),
    (0x2E80, 0xA4CF, "fonts-noto-cjk"),
    (0xAC00, 0xD7AF, "fonts-noto-cjk"),
    (0xF900, 0xFAFF, "fonts-noto-cjk"),
    (0xFE30, 0xFE4F, "fonts-noto-cjk"),
    (0xFF00, 0xFFEF, "fonts-noto-cjk"),
    (0x20000, 0x3FFFF, "fonts-noto-cjk"),
    (0x1F000, 0x1FAFF, "fonts-noto-color-emoji"),
)
#: Letters that show nothing by themselves: controls, formats, spaces, what is not a character.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs", "Mn"})


class MissingGlyphs(Exception):
    """Letters that no installed font has; ``letters`` are they, ``text`` is where they stand, ``packages`` what to install."""

    def __init__(self, letters: str, text: str) -> None:
        self.letters, self.text = letters, text
        self.packages = tuple(sorted({package(letter) for letter in letters}))
        super().__init__(MISSING.format(**self._values()))

    def said(self, say: Say) -> str:
        """Return the message in the reader's language."""
        return say(MISSING, **self._values())

    def _values(self) -> dict[str, str]:
        shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in self.letters[:_SHOWN])
        more = ", …" if len(self.letters) > _SHOWN else ""
        return {"letters": shown + more, "text": self.text[:80], "packages": ", ".join(self.packages)}


def demand(texts: Iterable[str]) -> None:
    """Return when an installed font has every visible letter of ``texts``.

    A machine without fontconfig (Windows, macOS) is believed: it comes with fonts of all three languages.

    Raises:
        MissingGlyphs: the first text with letters that no font has, all of them named.
    """
    has = covered()
    if has is None:
        return
    for text in texts:
        missing = {letter: None for letter in text if letter not in has and unicodedata.category(letter) not in _UNSEEN}
        if missing:
            raise MissingGlyphs("".join(missing), text)


def package(letter: str) -> str:
    """Return the package of Debian and Ubuntu that has a font with ``letter``.

    >>> package("ж"), package("中"), package("😀")
    ('fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji')
    """
    code = ord(letter)
    return next((name for first, last, name in _PACKAGES if first <= code <= last), "fonts-noto-core")


@cache
def covered() -> frozenset[str] | None:
    """Return every letter that some installed font has; None where fontconfig is not there to be asked."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    listed = subprocess.run([program, "--format", "%{charset}\n"], capture_output=True, check=True, timeout=60)  # noqa: S603
    return letters(listed.stdout.decode("ascii", "replace"))


def letters(charsets: str) -> frozenset[str]:
    """Return the letters of ``charsets`` as fontconfig prints them: code points and ranges of them, in base 16.

    >>> sorted(letters("41-43 416"))
    ['A', 'B', 'C', 'Ж']
    """
    found: set[str] = set()
    for piece in set(charsets.split()):
        first, _, last = piece.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)
