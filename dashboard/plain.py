"""Data as plain text, wherever a library would read it as markup."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import east_asian_width

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain(text: object) -> str:
    """Return ``text`` so that plotly shows it letter by letter.

    Plotly reads ``<b>``, ``<br>`` and ``<a href>`` in labels, hovers and titles; ``$...$`` is safe as long as MathJax is not loaded.

    >>> plain("<b>A & B</b>"), plain(None)
    ('&lt;b&gt;A &amp; B&lt;/b&gt;', '')
    """
    return "" if text is None else str(text).translate(_ESCAPES)


def short(text: object, most: int = 40) -> str:
    """Return :func:`plain` of ``text``, cut at a word with an ellipsis when it is wider than ``most`` letters; a Chinese one is two wide.

    >>> short("Peter the Great St. Petersburg Polytechnic University", 24), short("波斯尼亚和黑塞哥维那", 16)
    ('Peter the Great St.…', '波斯尼亚和黑塞…')
    """
    return _short("" if text is None else str(text), most)


@lru_cache(maxsize=16384)
def _short(said: str, most: int) -> str:
    if _width(said) > most:
        while _width(said) > most - 1:
            said = said[:-1]
        said = (said.rsplit(" ", 1)[0] or said).rstrip(" ,;:，、；：") + "…"
    return plain(said)


def two_lines(text: object, most: int) -> str:
    """Return :func:`plain` of ``text`` in up to two lines of ``most`` letters, parted at a word where there is one; more is cut.

    >>> two_lines("Mechanical engineering", 15), two_lines("Mathematics", 15)
    ('Mechanical<br>engineering', 'Mathematics')
    >>> two_lines("Electrical engineering, electronic engineering", 15), two_lines("电气工程、电子工程、信息工程", 15)
    ('Electrical<br>engineering…', '电气工程、电子<br>工程、信息工程')
    """
    said = "" if text is None else str(text)
    end = len(said)
    while _width(said[:end].rstrip()) > most:
        end -= 1
    if end == len(said):
        return plain(said)
    end = said.rfind(" ", 0, end + 1) + 1 or end
    return f"{plain(said[:end].rstrip())}<br>{short(said[end:].lstrip(), most)}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
