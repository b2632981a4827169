"""A file of any size -> its lines, with the encoding told, unpacked where it is gzipped, and no line without end."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from etl.errors import RefusedFile

#: Longest line that is read; the largest work of OpenAlex, with all its authors, has some ten million characters.
MAX_LINE = 32 << 20
#: Unpacked characters of one file: a million works of the most talkative format are far below.
MAX_TEXT = 32 << 30
#: Enough to tell the encoding of a bibliography whose first accent comes late.
SAMPLE = 1 << 20
#: What a damaged packed file makes the standard library raise.
DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, OSError)


def sample(path: Path) -> bytes:
    """Return the first bytes of the content of ``path``; of a damaged file what can be unpacked."""
    found = b""
    try:
        with _opened(path) as file:
            # In small blocks: a damaged archive gives what stands before the damage only so.
            while len(found) < SAMPLE and (block := file.read(8192)):
                found += block
    except DAMAGE:
        return found
    return found


def lines(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line, with its end; bytes that are not of ``encoding`` become U+FFFD.

    Raises:
        RefusedFile: a line or the file is too long to be an export.
        EOFError, zlib.error, OSError: a packed file is cut off or damaged.
    """
    left = MAX_TEXT
    with _opened(path) as packed, io.TextIOWrapper(packed, encoding, errors="replace", newline="") as file:
        for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), ""), 1):
            left -= len(line)
            if left < 0 or len(line) >= MAX_LINE:
                raise RefusedFile("too_large", f"Line {number} is longer than any record. Export the works anew, or split the file.")
            yield number, line.lstrip("\ufeff") if number == 1 else line


def _opened(path: Path) -> BinaryIO:
    if path.name.lower().endswith(".gz"):
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")
