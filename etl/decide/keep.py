"""Decisions -> lines at the end of the files that people read and write; a file is replaced whole or not at all."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterable, Mapping
from itertools import chain, count, islice
from pathlib import Path

from etl.decide.lines import KINDS, SIGNED, Line, headers
from etl.text import fold

#: Opened by a double click, a Russian Excel parts cells at semicolons and takes a text without a mark for Windows-1251.
_DELIMITER, _ENCODING = ";", "utf-8-sig"
_MOST_HEADER_ROWS = 10


def header(kind: str) -> list[str]:
    """Return the columns of a file of ``kind``, in the order in which a person fills them."""
    order = {
        "aliases": ("written", "partner", "country"), "same": ("one", "two", "verdict", "country"),
        "corrections": ("file", "sheet", "row", "record", "column", "expect", "new"),
        "agreements": ("agreement", "other", "verdict", "agreement_at", "other_at"),
        "news": ("news", "what", "value", "verdict", "expect"),
    }  # fmt: skip
    needed, optional = KINDS[kind]
    return [*order.get(kind, (*needed, *optional)), *SIGNED]


def template(kind: str) -> bytes:
    """Return an empty file of ``kind``: its header alone."""
    return _encoded(_written([header(kind)], _DELIMITER), _ENCODING)


def add(lines: Iterable[Line], folder: Path) -> dict[str, int]:
    """Append ``lines`` to the files below ``folder``, and return how many each file gained.

    What a file holds stays as it is, in its encoding, with its delimiter and its order of columns. A killed process leaves
    each file old or new, never cut off.
    """
    folder.mkdir(parents=True, exist_ok=True)
    gained: dict[str, int] = {}
    by_kind: dict[str, list[Line]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    for kind, fresh in by_kind.items():
        path = _file(folder, kind)
        text, encoding = _text(path.read_bytes()) if path.exists() else (_written([header(kind)], _DELIMITER), _ENCODING)
        delimiter, columns = _header(text) or (_DELIMITER, header(kind))
        text += "" if text.endswith("\n") else "\r\n"
        _replace(path, _encoded(text + _written([[_cell(line, column) for column in columns] for line in fresh], delimiter), encoding))
        gained[path.name] = len(fresh)
    return gained


def files(lines: Iterable[Line], folder: Path) -> list[Path]:
    """Return the files below ``folder`` that :func:`add` would change or make, each once."""
    return [_file(folder, kind) for kind in dict.fromkeys(line.kind for line in lines)]


def lock(path: Path) -> Path | None:
    """Return the file by which Excel or LibreOffice says that it has ``path`` open, None where neither has."""
    names = (f"~${path.name}", f".~lock.{path.name}#")
    return next((found for name in names if (found := path.with_name(name)).exists()), None)


def _file(folder: Path, kind: str) -> Path:
    """Return the file that lines of ``kind`` go to: the one called so, unless something else stands in it, or it is broken."""
    names = (f"{kind}{part}.csv" for part in chain(("", "-review"), (f"-review-{number}" for number in count(2))))
    return next(folder / name for name in names if not (folder / name).exists() or _takes(folder / name, kind))


def _takes(path: Path, kind: str) -> bool:
    """Tell whether a line at the end of ``path`` will be read as one of ``kind``."""
    text, _ = _text(path.read_bytes())
    found = _header(text)
    return found is not None and {*KINDS[kind][0], *SIGNED} <= set(found[1]) and _is_closed(text, found[0])


def _is_closed(text: str, delimiter: str) -> bool:
    """Tell whether every quote is closed: what is added behind an open one would stand in its cell."""
    try:
        return all(True for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return False


def _cell(line: Line, column: str) -> str:
    signed: Mapping[str, str] = {"by": line.by, "on": line.on, "why": line.why}
    return signed[column] if column in signed else line[column]


def _text(data: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding."""
    first = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    encoding = next(name for name in (first, "cp1251", "latin-1") if _is_encoded(data, name))
    return data.decode(encoding), encoding


def _header(text: str) -> tuple[str, list[str]] | None:
    """Return the delimiter and the columns of the first rows that hold a header of decisions."""
    for delimiter in ";,\t|":
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), _MOST_HEADER_ROWS):
            columns = [headers().get(fold(cell.replace("_", " "))) or fold(cell) for cell in row]
            if set(SIGNED) <= set(columns):
                return delimiter, columns
    return None


def _is_encoded(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _written(rows: Iterable[Iterable[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:  # a Chinese name in a file of Windows-1251
        return text.encode(_ENCODING)


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
