"""The raw folder -> what there is to read, what is left alone, and what is not safe to open."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from etl.errors import EtlError, RefusedFile

SUFFIXES = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".tab", ".txt"}
_FOLDERS_OF_PEOPLE = {
    "decisions": "decisions of people, not data",
    "reference": "reference lists, not data",
    "house": "house style, not data",
}
_PROSE = {"", ".md", ".txt", ".rst", ".html", ".pdf", ".docx"}
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini", "icon\r"}
#: Larger files are no spreadsheets of an office; reading one would only end in a full memory.
MAX_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of the raw folder; ``name`` is its path below that folder, in NFC and with forward slashes."""

    path: Path
    name: str
    size: int
    verdict: Literal["read", "refused", "ignored"] = "read"
    reason: str | None = None
    message: str | None = None


def found(raw: Path) -> list[Found]:
    """Return every file below ``raw`` in the order of its name, whether it is to be read or not.

    Symbolic links are named, never followed, so that nothing outside the folder is read and no loop is entered.

    Raises:
        EtlError: ``raw`` is not a folder that can be listed.
    """
    if not raw.is_dir():
        raise EtlError(f"The folder of raw data {raw} does not exist. Create it and put the spreadsheets in, or name another with --raw.")
    entries = sorted(_below(raw), key=lambda entry: (entry.name, os.fsencode(entry.path)))
    return [_refused(e, "unsafe_path", _TWIN) if i and entries[i - 1].name == e.name else e for i, e in enumerate(entries)]


def inputs(raw: Path) -> list[Path]:
    """Return the files that :func:`etl.read.read` will open, in the order in which it opens them."""
    return [entry.path for entry in found(raw) if entry.verdict == "read"]


_TWIN = "Another file has the same name, written with other Unicode characters. Rename one of them."
_NAME = "The name has characters that are not safe to show or store. Rename the file."
_LINK = "A symbolic link is not followed. Put the file itself into the folder."
_DEVICE = "This is not a file but a pipe, socket or device. Remove it from the folder."
_FOLDER = "This is a folder with the name of a spreadsheet. Rename it, or move the files out of it."
_TYPE = "Files of this type are not read. Save the table as .xlsx or .csv."


def _below(raw: Path) -> Iterator[Found]:
    waiting = [raw]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield Found(folder, _name(folder, raw), 0, "refused", "unreadable", f"The folder cannot be listed: {error.strerror}.")
            continue
        for entry in entries:
            path = folder / entry.name
            plain_folder = entry.is_dir(follow_symlinks=False)
            if plain_folder and path.suffix.lower() not in SUFFIXES and not entry.name.startswith(".") and not _unsafe(entry.name):
                waiting.append(path)
            else:
                yield _judged(path, raw)


def _judged(path: Path, raw: Path) -> Found:
    status = path.lstat()
    entry = Found(path, _name(path, raw), status.st_size)
    if why := _left_alone(path, path.relative_to(raw).parts):
        return Found(entry.path, entry.name, entry.size, "ignored", "lock_file" if why == _LOCK else None, why)
    if _unsafe(path.name):
        return _refused(entry, "unsafe_path", _NAME)
    if stat.S_ISLNK(status.st_mode):
        return _refused(entry, "unsafe_path", _LINK)
    if not stat.S_ISREG(status.st_mode):
        return _refused(entry, "unsafe_path", _FOLDER if stat.S_ISDIR(status.st_mode) else _DEVICE)
    if path.suffix.lower() not in SUFFIXES:
        return _refused(entry, "unsupported_type", _TYPE)
    return entry


def _refused(entry: Found, reason: str, message: str) -> Found:
    return Found(entry.path, entry.name, entry.size, "refused", reason, message)


_LOCK = "lock file of an open workbook"


def _left_alone(path: Path, parts: tuple[str, ...]) -> str | None:
    """Return why ``path`` is none of our business, or None."""
    name = path.name.lower()
    if name.startswith(("~$", ".~lock")):
        return _LOCK
    if name.startswith(".") or name in _OF_THE_SYSTEM:
        return "hidden file"
    if len(parts) > 1 and parts[0] in _FOLDERS_OF_PEOPLE:
        return _FOLDERS_OF_PEOPLE[parts[0]]
    if parts == ("sources.yaml",):
        return "settings, read as such"
    # A spreadsheet called readme_agreements.xlsx is data: only prose goes unread without a word.
    if name.startswith(("readme", "license", "licence")) and path.suffix.lower() in _PROSE:
        return "about the folder, not data"
    return None


_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _unsafe(name: str) -> bool:
    """Say whether ``name`` would change the terminal or the text it is shown in, or cannot be written down.

    >>> [_unsafe(name) for name in ("реестр.xlsx", "a\\x1b[31m.csv", "a\\u202excod.xlsx", "\\udcff.csv")]
    [False, True, True, True]
    """
    return any(unicodedata.category(letter) in ("Cc", "Cs") or letter in _TURNING for letter in name)


def _name(path: Path, raw: Path) -> str:
    name = unicodedata.normalize("NFC", path.relative_to(raw).as_posix())
    return name.encode("unicode_escape").decode("ascii") if _unsafe(name) else name


def content(path: Path) -> bytes:
    """Return the bytes of ``path``, read once: what is hashed is what is parsed.

    Raises:
        RefusedFile: it cannot be read, is too large, or somebody is writing it.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            return _steady(file.fileno(), file.read)
    except OSError as error:
        raise RefusedFile("unreadable", f"The file cannot be opened: {error.strerror}. Check its permissions, or copy it anew.") from error


def _steady(descriptor: int, load: object) -> bytes:
    before = os.fstat(descriptor)
    if before.st_size > MAX_BYTES:
        raise RefusedFile("too_large", f"The file has {before.st_size >> 20} MiB; the limit is {MAX_BYTES >> 20} MiB. Split it by year.")
    assert callable(load)
    data: bytes = load()
    same = _still(descriptor, data)
    after = os.fstat(descriptor)
    if not same or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise RefusedFile("unstable", "The file was being written while it was read. Run again when it is saved.")
    return data


def _still(descriptor: int, data: bytes) -> bool:
    """Tell whether the file holds ``data`` when it is read again: a program that sets the times of what it writes is not seen by them."""
    block = 1 << 20
    return all(os.pread(descriptor, block, at) == data[at : at + block] for at in range(0, len(data), block))
