"""A zip archive (APPNOTE 6.3.10, 4.3 and 4.4) of parts that are packed already: each is written as it lies there.

``zipfile`` cannot take a packed part over, and packing a sheet of 100,000 rows again costs half a second for each copy of it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from etl.publish.xlsx.markup import CannotPatch

#: Enough for a sheet of text, and half the time of the usual level.
_LEVEL = 3
#: What is unpacked at a time; deflate makes at most a thousand times as much of it.
_STEP = 1 << 16
#: Sizes and places have four bytes, the number of parts two; no program that calculates opens a larger workbook.
_MOST, _MOST_PARTS = (1 << 32) - 2, (1 << 16) - 2
#: Version, time and date (1980-01-01 00:00), rights: the same for all, so that the same parts give the same bytes.
_VERSION, _TIME, _DATE, _RIGHTS, _UNIX = 20, 0, 0x21, 0o600 << 16, 3
_UTF_8, _ENCRYPTED = 0x800, 0x1
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sBBHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")


@dataclass(frozen=True, slots=True)
class Packed:
    """A part as it lies in an archive, with the check sum and the size of what it unpacks to."""

    content: bytes | memoryview
    crc: int
    size: int
    method: int = ZIP_DEFLATED

    def unpacked(self) -> Iterator[bytes]:
        """Yield the part piece by piece.

        Raises:
            CannotPatch: it is damaged.
        """
        crc = size = 0
        for piece in self._pieces():
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            if size > self.size:
                break
            yield piece
        if (crc, size) != (self.crc, self.size):
            raise CannotPatch("one of its parts is damaged")

    def _pieces(self) -> Iterator[bytes]:
        whole = memoryview(self.content)
        if self.method == ZIP_STORED:
            yield bytes(whole)
            return
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for at in range(0, len(whole), _STEP):
                yield stream.decompress(whole[at : at + _STEP])
            yield stream.flush()
        except zlib.error as error:
            raise CannotPatch("one of its parts is damaged") from error


def packed(pieces: Iterable[bytes]) -> Packed:
    """Return the part that ``pieces`` are when they are put together."""
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc = size = 0
    found = []
    for piece in pieces:
        crc, size = zlib.crc32(piece, crc), size + len(piece)
        found.append(stream.compress(piece))
    found.append(stream.flush())
    return Packed(b"".join(found), crc, size)


def packed_in(data: bytes, archive: ZipFile, info: ZipInfo) -> Packed | bytes:
    """Return the part ``info`` of ``archive``, which is ``data``; unpacked where it is packed in a way that workbooks are not.

    Raises:
        CannotPatch: it is not where the archive says.
    """
    if info.compress_type not in (ZIP_DEFLATED, ZIP_STORED):
        return archive.read(info)
    head = data[info.header_offset : info.header_offset + _LOCAL.size]
    if info.flag_bits & _ENCRYPTED or len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise CannotPatch("its archive cannot be unpacked")
    start = info.header_offset + _LOCAL.size + sum(_LOCAL.unpack(head)[-2:])
    content = memoryview(data)[start : start + info.compress_size]
    if len(content) < info.compress_size:
        raise CannotPatch("its archive is cut")
    return Packed(content, info.CRC, info.file_size, info.compress_type)


def write(file: IO[bytes], parts: Mapping[str, bytes | Packed]) -> None:
    """Write an archive of ``parts``, from the first byte to the last without turning back.

    Raises:
        CannotPatch: it would be too large; nothing was written.
    """
    ready = {name.encode(): content if isinstance(content, Packed) else packed([content]) for name, content in parts.items()}
    whole = sum(len(name) * 2 + len(each.content) + _LOCAL.size + _CENTRAL.size for name, each in ready.items())
    if len(ready) > _MOST_PARTS or whole > _MOST or any(each.size > _MOST for each in ready.values()):
        raise CannotPatch("it is too large")
    listed: list[bytes] = []
    at = 0
    for name, each in ready.items():
        flags = 0 if name.isascii() else _UTF_8
        told = (each.method, _TIME, _DATE, each.crc, len(each.content), each.size, len(name), 0)
        head = _LOCAL.pack(b"PK\x03\x04", _VERSION, flags, *told) + name
        listed.append(_CENTRAL.pack(b"PK\x01\x02", _VERSION, _UNIX, _VERSION, flags, *told, 0, 0, 0, _RIGHTS, at) + name)
        file.write(head)
        file.write(each.content)
        at += len(head) + len(each.content)
    contents = b"".join(listed)
    file.write(contents + _END.pack(b"PK\x05\x06", 0, 0, len(ready), len(ready), len(contents), at, 0))
