"""The styles of a workbook, with more of them: each style of a marked cell once more, in the colour of its finding."""

from __future__ import annotations

import re

from etl.publish.xlsx.book import FILLS, fill_xml, style_xml
from etl.publish.xlsx.markup import CannotPatch, grown, prefix_of, top_level, with_attribute
from etl.publish.xlsx.package import Package

_BOLD, _BLUE = b'<font><b/><sz val="11"/></font>', b'<font><u/><sz val="11"/><color rgb="FF0563C1"/></font>'
_TITLE = b'<font><b/><sz val="14"/></font>'


class Palette:
    """The styles of one workbook; :meth:`close` puts what was added into it."""

    def __init__(self, package: Package, name: str) -> None:
        """Read the part ``name``.

        Raises:
            CannotPatch: it has no list of styles.
        """
        self._package, self._name = package, package.called(name)
        xml = package.part(self._name)
        self._prefix = prefix_of(xml, b"styleSheet")
        fills = [_prefixed(fill_xml(colour), self._prefix) for colour in (*FILLS.values(), "FFE7E9ED")]
        xml, self._fill = grown(xml, self._prefix, b"fills", fills)
        self._xml, self._font = grown(xml, self._prefix, b"fonts", [_prefixed(each, self._prefix) for each in (_BOLD, _BLUE, _TITLE)])
        self._given = self._styles()
        self._added: list[bytes] = []
        self._marked: dict[tuple[int, str], int] = {}

    def marked(self, style: int, severity: str) -> int:
        """Return the style that is ``style`` in the colour of ``severity``."""
        if (style, severity) not in self._marked:
            old = self._given[style] if style < len(self._given) else b"<" + self._prefix + b"xf/>"
            fill = self._fill + list(FILLS).index(severity)
            self._marked[style, severity] = self._add(_filled(old, fill))
        return self._marked[style, severity]

    def own(self) -> dict[str, int]:
        """Return styles for a sheet of ours by the names that :mod:`etl.publish.xlsx.book` has for them."""
        fills = {severity: self._fill + at for at, severity in enumerate(FILLS)}
        said = {
            "plain": (0, 0, 0, False, False), "text": (0, 0, 0, True, False), "title": (0, self._font + 2, 0, False, False),
            "head": (self._fill + len(FILLS), self._font, 0, True, False), "link": (0, self._font + 1, 0, True, False),
            "dim": (0, 0, 0, True, False), "raw": (0, 0, 49, True, False), "quoted": (0, 0, 49, True, True),
        }  # fmt: skip
        for severity, fill in fills.items():
            said[severity], said[f"{severity}_quoted"] = (fill, 0, 49, True, False), (fill, 0, 49, True, True)
        return {name: self._add(_prefixed(style_xml(*each), self._prefix)) for name, each in said.items()}

    def close(self) -> None:
        """Write the styles back."""
        self._package.parts[self._name], _ = grown(self._xml, self._prefix, b"cellXfs", self._added)

    def _add(self, style: bytes) -> int:
        self._added.append(style)
        return len(self._given) + len(self._added) - 1

    def _styles(self) -> list[bytes]:
        tag = re.escape(self._prefix) + b"cellXfs"
        found = re.search(rb"<" + tag + rb"(?:\s[^>]*)?>(.*?)</" + tag + rb"\s*>", self._xml, re.DOTALL)
        if not found:
            raise CannotPatch("it has no list of cellXfs")
        return [found[1][start:end] for _, start, end in top_level(found[1])]


def _filled(style: bytes, fill: int) -> bytes:
    start = re.match(rb"<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(/?>)", style)
    if not start:
        raise CannotPatch("one of its styles is written in an unusual way")
    attributes = with_attribute(with_attribute(start[2], b"fillId", str(fill).encode()), b"applyFill", b"1")
    return b"<" + start[1] + attributes + start[3] + style[start.end() :]


def _prefixed(xml: bytes, prefix: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=\w)", rb"<\g<1>" + prefix, xml) if prefix else xml
