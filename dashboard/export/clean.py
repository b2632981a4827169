"""Texts for files: what XML cannot say is left out, whoever wrote it into a cell."""

from __future__ import annotations

_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xFFFE, 0xFFFF])


def clean(text: object) -> str:
    r"""Return ``text`` without control characters and halves of characters; nothing for what is absent.

    >>> clean("a\x01b\ufffe"), clean(None), clean("x\ud800y")
    ('ab', '', 'x?y')
    """
    return "" if text is None else str(text).encode("utf-8", "replace").decode().translate(_ILLEGAL)
