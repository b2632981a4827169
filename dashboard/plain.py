"""Data as plain text, wherever a library would read it as markup."""

from __future__ import annotations

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain(text: object) -> str:
    """Return ``text`` so that plotly shows it letter by letter.

    Plotly reads ``<b>``, ``<br>`` and ``<a href>`` in labels, hovers and titles; ``$...$`` is safe as long as MathJax is not loaded.

    >>> plain("<b>A & B</b>"), plain(None)
    ('&lt;b&gt;A &amp; B&lt;/b&gt;', '')
    """
    return "" if text is None else str(text).translate(_ESCAPES)


def short(text: object, most: int = 40) -> str:
    """Return :func:`plain` of ``text``, cut at a word with an ellipsis when it has more than ``most`` characters.

    >>> short("Peter the Great St. Petersburg Polytechnic University", 24)
    'Peter the Great St.…'
    """
    said = "" if text is None else str(text)
    if len(said) > most:
        said = (said[: most - 1].rsplit(" ", 1)[0] or said[: most - 1]).rstrip(" ,;:") + "…"
    return plain(said)
