"""A workbook as its parts (ECMA-376 part 2): read from a zip archive, written to one that is the same for the same parts.

What is not asked for is not unpacked: it goes from one archive into the other as it lies there.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring
from zipfile import BadZipFile, ZipFile

from etl.publish.xlsx.archive import Packed, packed, packed_in, write
from etl.publish.xlsx.markup import HEAD, LINKS, CannotPatch, value_of

_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship of a part: its id, the last word of its type, and the part that it leads to."""

    id: str
    type: str
    target: str


@dataclass(slots=True)
class Package:
    """The parts of a workbook by name, in the order of the archive."""

    parts: dict[str, bytes | Packed] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Return the parts of a zip archive; a damaged one is noticed when it is asked for.

        Raises:
            CannotPatch: it is none, or a part of it is not where it should be.
        """
        try:
            with ZipFile(BytesIO(data)) as archive:
                return cls({info.filename: packed_in(data, archive, info) for info in archive.infolist() if not info.is_dir()})
        except (BadZipFile, OSError, RuntimeError, ValueError, EOFError, zlib.error) as error:
            raise CannotPatch("its archive cannot be unpacked") from error

    def write(self, path: Path) -> None:
        """Write the archive: the same parts give the same bytes."""
        with path.open("wb") as file:
            write(file, self.parts)

    def pack(self) -> None:
        """Pack each part, so that all copies of this package have it packed."""
        for name, content in self.parts.items():
            self.parts[name] = content if isinstance(content, Packed) else packed([content])

    def copy(self) -> Package:
        """Return a package of the same parts."""
        return Package(dict(self.parts))

    def part(self, name: str) -> bytes:
        """Return a part; names do not tell capitals apart.

        Raises:
            CannotPatch: there is no such part, or it is damaged.
        """
        content = self.parts[self.called(name)]
        return b"".join(content.unpacked()) if isinstance(content, Packed) else content

    def called(self, name: str) -> str:
        """Return the name of a part as the archive writes it."""
        if name in self.parts:
            return name
        for each in self.parts:
            if each.lower() == name.lower():
                return each
        raise CannotPatch(f"its part {name} is missing")

    def links(self, part: str) -> list[Link]:
        """Return the relationships of ``part``; of the whole package where it is empty."""
        where = _links_of(part)
        if not any(where.lower() == each.lower() for each in self.parts):
            return []
        found = []
        for each in parsed(self.part(where)):
            if each.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), each.get("Target", ""))).lstrip("/")
            found.append(Link(each.get("Id", ""), each.get("Type", "").rpartition("/")[2], target))
        return found

    def link(self, part: str, kind: str, target: str) -> str:
        """Add a relationship of ``part`` and return its id."""
        where = _links_of(part)
        where = next((each for each in self.parts if each.lower() == where.lower()), where)
        empty = HEAD + f'<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode()
        xml = self.part(where) if where in self.parts else empty
        taken = set(re.findall(rb"\sId\s*=\s*[\"']([^\"']+)", xml))
        name = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}".encode() not in taken)
        relative = posixpath.relpath(target, posixpath.dirname(part) or ".")
        added = f'Relationship Id="{name}" Type="{LINKS}/{kind}" Target="'.encode() + value_of(relative) + b'"/>'
        self.parts[where] = _appended(xml, b"Relationships", added)
        return name

    def add(self, name: str, content: bytes | Packed, kind: str) -> None:
        """Add a part of the content type ``kind``."""
        self.parts[name] = content
        added = b'Override PartName="/' + value_of(name) + b'" ContentType="' + kind.encode() + b'"/>'
        self.parts[_TYPES] = _appended(self.part(_TYPES), b"Types", added)

    def allow(self, suffix: str, kind: str) -> None:
        """Name the content type of parts that end with ``suffix``."""
        if not re.search(rb"Extension\s*=\s*[\"']" + suffix.encode() + rb"[\"']", self.part(_TYPES), re.IGNORECASE):
            added = f'Default Extension="{suffix}" ContentType="{kind}"/>'.encode()
            self.parts[_TYPES] = _appended(self.part(_TYPES), b"Types", added)

    def free(self, pattern: str) -> str:
        """Return the first name that no part has; ``pattern`` has one ``{n}``."""
        taken = {each.lower() for each in self.parts}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n=n)).lower() not in taken)


def parsed(xml: bytes) -> Any:
    """Return the root element of a part.

    Raises:
        CannotPatch: it is not well formed, or declares entities.
    """
    if b"<!" in xml:
        raise CannotPatch("one of its parts declares entities or holds comments")
    try:
        return fromstring(xml)  # noqa: S314 - without a declaration there is nothing to expand
    except ParseError as error:
        raise CannotPatch("one of its parts is not well formed") from error


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _appended(xml: bytes, root: bytes, added: bytes) -> bytes:
    end = re.search(rb"</((?:[\w.-]+:)?)" + root + rb"\s*>\s*$", xml)
    if end:
        return xml[: end.start()] + b"<" + end[1] + added + xml[end.start() :]
    alone = re.search(rb"<((?:[\w.-]+:)?)" + root + rb"([^>]*?)/>\s*$", xml)
    if not alone:
        raise CannotPatch(f"its list of {root.decode()} is written in an unusual way")
    opened = b"<" + alone[1] + root + alone[2] + b">"
    return xml[: alone.start()] + opened + b"<" + alone[1] + added + b"</" + alone[1] + root + b">"
