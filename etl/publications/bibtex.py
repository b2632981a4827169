"""BibTeX, cut into entries here and read by bibtexparser one by one, so that one bad entry costs only itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import DuplicateFieldKeyBlock
from bibtexparser.model import Entry as BibEntry

from etl.publications.entry import Entry

_BEGINS = re.compile(r"^\s*@\s*([A-Za-z]+)\s*[{(]")
_NO_ENTRY = ("comment", "preamble")
_MOST = 2 << 20
_NO_END = "the entry has no closing brace; the file may be cut off there"
_LATEX = LatexDecodingMiddleware()
#: Every bad block becomes a finding of ours; the library would print it as well.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
_JOINED = re.compile(r'\s*#\s*|"')


def bibtex(lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
    """Yield the entries of a BibTeX file; ``@string`` abbreviations are written out, comments and preambles are no records."""
    strings: dict[str, str] = {}
    number = 0
    for line, kind, block, fault in _blocks(lines):
        if kind == "string":
            strings |= _abbreviations(block)
        elif kind not in _NO_ENTRY:
            number += 1
            yield _entry(number, line, block, fault, strings)


def _blocks(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str, str]]:
    """Yield line, kind, text and fault of each block; one that never closes ends where the next begins a line."""
    begins, kind, block, depth, size = 0, "", list[str](), 0, 0
    for at, line in lines:
        start = _BEGINS.match(line)
        # An @ at the beginning of a line within an open block can only be the next entry: fields are not written so.
        if start and block and depth > 0:
            yield begins, kind, "".join(block), _NO_END
            block = []
        if not block:
            if not start:
                continue
            begins, kind, depth, size = at, start[1].lower(), 0, 0
        block.append(line)
        size += len(line)
        depth += _depth(line)
        if depth <= 0 or size > _MOST:
            yield begins, kind, "".join(block), "" if depth <= 0 else "the entry is too long to be one"
            block = []
    if block:
        yield begins, kind, "".join(block), _NO_END


def _depth(line: str) -> int:
    plain = line.replace("\\{", "").replace("\\}", "")
    opened = 1 if (start := _BEGINS.match(plain)) and start[0].endswith("(") else 0
    closed = 1 if plain.rstrip().endswith(")") and plain.strip() == ")" else 0
    return plain.count("{") - plain.count("}") + opened - closed


def _abbreviations(block: str) -> dict[str, str]:
    return {each.key.casefold(): str(each.value) for each in parse_string(block).strings}


def _entry(number: int, line: int, block: str, fault: str, strings: dict[str, str]) -> Entry:
    if fault:
        return Entry(number, line, {"entry": block[:2000]}, fault=fault)
    # Reading LaTeX costs thirty times the rest, and most entries have none.
    library = parse_string(block, append_middleware=[_LATEX] if "\\" in block else [])
    parsed = library.entries[0] if library.entries else None
    for failed in library.failed_blocks:
        if isinstance(failed, DuplicateFieldKeyBlock) and isinstance(failed.ignore_error_block, BibEntry):
            # The library leaves the signs around the texts of such an entry.
            parsed = failed.ignore_error_block
            for field in parsed.fields:
                field.value = str(field.value).strip().removeprefix('"').removesuffix('"')
    if parsed is None:
        return Entry(number, line, {"entry": block[:2000]}, fault="it is not written as BibTeX")
    fields = {"entry type": parsed.entry_type}
    for field in parsed.fields:
        fields.setdefault(field.key.casefold(), _text(str(field.value), strings))
    return Entry(number, line, {name: text for name, text in fields.items() if text})


def _text(value: str, strings: dict[str, str]) -> str:
    if (short := value.strip().casefold()) in strings:
        value = strings[short]
    elif " # " in value:
        value = "".join(strings.get(part.strip().casefold(), part) for part in _JOINED.split(value))
    return " ".join(value.replace("{", "").replace("}", "").replace("\\_", "_").split())
