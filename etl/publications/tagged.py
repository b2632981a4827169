"""Exports with a tag before each text: RIS, cut into entries here and read by rispy, and the plain text of Web of Science."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import rispy
from rispy.config import TAG_KEY_MAPPING

from etl.publications.entry import Entry

_RIS_TAG = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: |\s*$)")
_NO_END = "the entry does not end; the file may be cut off"
_MOST = 4 << 20
#: Every tag keeps its own name and all its texts: an address is a line of its own, and which title counts is decided by the parts.
_TAGS = {**{tag: tag for tag in TAG_KEY_MAPPING}, "UK": "unknown"}
_PARSER = rispy.RisParser(mapping=_TAGS, list_tags=[tag for tag in _TAGS if tag not in ("TY", "UK")], delimiter_tags_mapping={})


def ris(lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
    """Yield the entries of a RIS file; what stands between them is no record."""
    number, begins, block, size = 0, 0, list[str](), 0
    for at, line in lines:
        tag = _RIS_TAG.match(line)
        if tag and tag[1] == "TY":
            if block:
                number += 1
                yield _ris_entry(number, begins, block, _NO_END)
            begins, block, size = at, [], 0
        if not begins:
            continue
        size += len(line)
        block.append(line.rstrip("\r\n") if size < _MOST else "")
        if tag and tag[1] == "ER":
            number += 1
            yield _ris_entry(number, begins, block, "" if size < _MOST else "the entry is too long to be one")
            begins, block = 0, []
    if block:
        yield _ris_entry(number + 1, begins, block, _NO_END)


def _ris_entry(number: int, line: int, block: list[str], fault: str) -> Entry:
    # Some exports write one space before the dash; the parser insists on two.
    text = "\n".join(_RIS_TAG.sub(lambda tag: f"{tag[1]}  - ", each) for each in block if each.strip())
    found = _PARSER.parse(text if not fault else f"{text}\nER  - ")
    if not found:
        return Entry(number, line, {}, fault=fault or "nothing in it is written as RIS")
    fields = {tag: "; ".join(value) if isinstance(value, list) else str(value) for tag, value in found[0].items() if tag != "unknown"}
    return Entry(number, line, {tag: text for tag, text in fields.items() if text}, fault=fault)


def wos_text(lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
    """Yield the records of a plain text of Web of Science: a tag of two letters, three spaces before what goes on, ``ER`` at the end."""
    number, begins, tag = 0, 0, ""
    fields: dict[str, list[str]] = {}
    for at, line in lines:
        head, text = line[:2], line[3:].strip()
        if head == "PT" or (head == "ER" and fields):
            if fields:
                number += 1
                yield _wos_entry(number, begins, fields, "" if head == "ER" else _NO_END)
            begins, fields = at, {}
        if head.strip() and head not in ("FN", "VR", "EF", "ER"):
            tag = head
        if begins and text and head not in ("ER", "EF", "FN", "VR"):
            fields.setdefault(tag, []).append(text)
    if fields:
        yield _wos_entry(number + 1, begins, fields, _NO_END)


#: Tags whose lines are several texts; the lines of the others are one text, folded.
_WOS_LISTS = {"AU": "; ", "AF": "; ", "C1": "; ", "CR": "; "}


def _wos_entry(number: int, line: int, fields: dict[str, list[str]], fault: str) -> Entry:
    return Entry(number, line, {tag: _WOS_LISTS.get(tag, " ").join(texts) for tag, texts in fields.items()}, fault=fault)
