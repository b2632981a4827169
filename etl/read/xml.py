"""XML parts of a workbook, parsed without ever declaring or fetching anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn
from xml.parsers import expat

from etl.errors import RefusedFile

Attributes = dict[str, str]


_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]


def parser() -> expat.XMLParserType:
    """Return a parser that refuses any DTD: no spreadsheet program writes one, and every XML attack needs one.

    Raises:
        RefusedFile: while it parses, when a DTD or an entity is declared.
    """
    new = expat.ParserCreate()
    new.buffer_text = True
    new.buffer_size = 1 << 16
    new.StartDoctypeDeclHandler = _unsafe
    new.EntityDeclHandler = _unsafe
    new.ExternalEntityRefHandler = _unsafe
    return new


def _unsafe(*_declared: object) -> NoReturn:
    raise RefusedFile("unsafe_xml", "The file declares a DTD or entities, which no spreadsheet program writes. Ask where it comes from.")


def elements(blocks: Iterable[bytes]) -> list[tuple[str, Attributes]]:
    """Return the start tags of a small part in their order, by local name, with their attributes by local name."""
    tags: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        tags.append((local(name), {local(key): value for key, value in attributes.items()}))

    new = parser()
    new.StartElementHandler = start
    feed(new, blocks)
    return tags


def feed(new: expat.XMLParserType, blocks: Iterable[bytes]) -> None:
    """Parse ``blocks`` to the end.

    Raises:
        MemoryError: there is not enough of it, which says nothing against the file.
    """
    try:
        for block in blocks:
            new.Parse(block)
        new.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from error
        raise


def local(name: str) -> str:
    """Return a name without its prefix.

    >>> local("x:row"), local("row")
    ('row', 'row')
    """
    return name.rpartition(":")[2]
