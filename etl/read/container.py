"""The bytes of a file -> what they really are, and the parts of a zip within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from etl.errors import RefusedFile

#: Unpacked bytes of a whole workbook: about 400,000 rows of a register.
MAX_UNPACKED = 512 << 20
#: Spreadsheets pack ten to forty times; only a bomb packs better, and only a large one is a danger.
MAX_RATIO, RATIO_COUNTS_FROM = 150, 32 << 20
_BLOCK = 1 << 18
#: What a damaged file makes the standard library raise; one list, so that nothing else is caught by mistake.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError, NotImplementedError, OSError, UnicodeError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<table")


def sniff(data: bytes) -> str:
    """Return what ``data`` is by its content: xlsx, xlsb, ods, xls, encrypted, docx, zip, ole, html, text, binary or empty.

    >>> sniff(b""), sniff(b"a;b"), sniff(b"<html><body>"), sniff(b"\\x00\\x01\\x02\\x03"), sniff(b"PK\\x03\\x04")
    ('empty', 'text', 'html', 'binary', 'broken zip')
    """
    if not data.strip(b"\x00 \t\r\n\x1a"):
        return "empty" if not data.strip() or len(data) < 4 else "binary"
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower().startswith(_MARKUP):
        return "html"
    return "text" if _is_text(data) else "binary"


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    head = data[:65_536]
    control = sum(head.count(bytes([code])) for code in (*range(1, 9), 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31))
    if _is_utf_16(head):
        return True
    zeros = head.count(0)
    # UTF-16 without a mark has a zero in about every second byte of Latin text, or none; other zeros are no text.
    one_sided = max(head[::2].count(0), head[1::2].count(0)) >= zeros * 0.9 and zeros >= len(head) * 0.1
    return control <= len(head) * 0.02 and (zeros <= 3 or one_sided)


def _is_utf_16(head: bytes) -> bool:
    """Say whether every second byte is as in Latin, Cyrillic and Chinese text of two bytes a letter."""
    for high in (head[::2], head[1::2]):
        plausible = sum(high.count(bytes([code])) for code in (0x00, 0x04, 0x20, 0x30, *range(0x4E, 0xA0)))
        if high.count(0) > len(head) // 20 and plausible >= len(high) * 0.98 and head.count(0) <= high.count(0) + 3:
            return True
    return False


def _ole(data: bytes) -> str:
    wide = {name: name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book", "WordDocument")}
    if wide["EncryptedPackage"] in data:
        return "encrypted"
    return "xls" if wide["Workbook"] in data or wide["Book"] in data else "ole"


def _zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (*DAMAGE, ValueError):  # the latter where the directory lies before the beginning
        return "broken zip"
    if "content.xml" in names:
        return "ods" if "mimetype" not in names or b"opendocument.spreadsheet" in data[:200] else "odt"
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        return "docx"
    return "xlsx" if "[Content_Types].xml" in names or any(name.lower().startswith("xl/") for name in names) else "zip"


class Package:
    """The parts of a workbook's zip; every read counts against the limits, whatever the directory claims."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._left = MAX_UNPACKED
        members = self._archive.infolist()
        self._parts = {member.filename.lstrip("/"): member for member in members}
        self._fold = {name.lower(): name for name in self._parts}
        if len(self._fold) != len(members):
            raise RefusedFile("unreadable", "The workbook holds two parts under one name. Save it anew in Excel.")
        if any(member.flag_bits & 1 for member in members):
            raise RefusedFile("encrypted", "The file is protected by a password. Save a copy without one.")
        self._check_size(sum(member.file_size for member in members), len(data))

    @staticmethod
    def _check_size(unpacked: int, packed: int) -> None:
        if unpacked > MAX_UNPACKED or (unpacked > RATIO_COUNTS_FROM and unpacked > MAX_RATIO * packed):
            message = f"The file unpacks from {packed >> 10} KiB to {unpacked >> 20} MiB. Split it, or delete what is not data."
            raise RefusedFile("too_large", message)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._fold

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._parts)

    def blocks(self, name: str) -> Iterator[bytes]:
        """Unpack the part ``name`` block by block.

        Raises:
            RefusedFile: the part is missing or the limit is reached.
        """
        if name not in self:
            message = f"The workbook lacks its part {name[:100]!r}. It is damaged: restore it, or save it anew in Excel."
            raise RefusedFile("unreadable", message)
        member = self._parts[self._fold[name.lower()]]
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusedFile("unreadable", "The workbook is packed in a way that Excel does not use. Save it anew in Excel.")
        with self._archive.open(member) as stream:
            while block := stream.read(_BLOCK):
                self._left -= len(block)
                if self._left < 0:
                    raise RefusedFile("too_large", f"The file unpacks to more than {MAX_UNPACKED >> 20} MiB. Split it by year.")
                yield block

    def count(self, name: str, signs: tuple[bytes, ...], most: int) -> int:
        """Return how often one of ``signs`` stands in the part ``name``, about ``most`` at the most; this unpacks it once more."""
        found, unpacked, before = 0, 0, b""
        longest = max(map(len, signs)) - 1
        with self._archive.open(self._parts[self._fold[name.lower()]]) as stream:
            while (block := stream.read(_BLOCK)) and found <= most and unpacked <= MAX_UNPACKED:
                unpacked += len(block)
                whole = before + block
                found += sum(whole.count(sign) for sign in signs)
                before = whole[-longest:]
                found -= sum(before.count(sign) for sign in signs)
        return found + sum(before.count(sign) for sign in signs)

    def size(self, name: str) -> int:
        """Return how large the part ``name`` says it is, unpacked."""
        return self._parts[self._fold[name.lower()]].file_size if name in self else 0
