"""A large JSON file -> its values one after another, never all at once; a broken one costs only itself where lines tell them apart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple, TextIO

import orjson

#: More characters than this are no list of organisations; unpacking them would only fill the memory.
LARGEST = 2 << 30
_CHUNK = 4 << 20
_BETWEEN = re.compile(r"[\s,]*")
_OPENING = re.compile(r"\s*\[")
_ARRAY_OF_LINES = re.compile(r"(\s*\[)\r?\n([ \t]*)\{\r?\n")
_ID = re.compile(r'"id"\s*:\s*"([^"]{1,200})"')
_MOST_SEARCHED = 10_000


class TooLarge(ValueError):
    """There is more text than any list of organisations has."""


class Broken(NamedTuple):
    """A piece that is no JSON: the id that stands in it (may be empty) and why; ``is_rest`` when nothing behind it can be read."""

    id: str
    why: str
    is_rest: bool = False


def values(file: TextIO) -> Iterator[Any]:
    """Yield the elements of the array in ``file``, or the values that stand in it one after another; :class:`Broken` for a broken one.

    Raises:
        TooLarge: the file is longer than :data:`LARGEST`.
    """
    text = file.read(_CHUNK)
    if opening := _ARRAY_OF_LINES.match(text):
        yield from _of_array(text[opening.end(1) :], f"\n{opening.group(2)}}}", file)
    elif _is_object(text.lstrip().partition("\n")[0]):
        yield from _of_lines(text, file)
    else:
        yield from _one_by_one(text, file)


def _of_array(text: str, end: str, file: TextIO) -> Iterator[Any]:
    """Yield the objects of an array that is printed as dumps are: each ends with a brace as far in as the first began."""
    for more in chain(("",), _chunks(file)):
        *whole, text = (text + more).split(end)
        for one in whole:
            yield _parsed(one.lstrip(", \r\n\t") + "}")
    if text.strip() != "]":
        yield _rest(text)


def _of_lines(text: str, file: TextIO) -> Iterator[Any]:
    for more in chain(("",), _chunks(file), ("\n",)):
        *whole, text = (text + more).split("\n")
        yield from (_parsed(line) for one in whole if (line := one.strip(" ,\r\t")))


def _one_by_one(text: str, file: TextIO) -> Iterator[Any]:
    decode, chunks, at = json.JSONDecoder().raw_decode, _chunks(file), 0
    if opening := _OPENING.match(text):
        at = opening.end()
    while True:
        if between := _BETWEEN.match(text, at):
            at = between.end()
        try:
            value, at = decode(text, at)
        except (ValueError, RecursionError):
            more = next(chunks, "")
            if not more:
                break
            text, at = text[at:] + more, 0
            continue
        yield value
    if text[at:].strip() not in ("", "]"):
        yield _rest(text[at:])


def _chunks(file: TextIO) -> Iterator[str]:
    total = 0
    while more := file.read(_CHUNK):
        total += len(more)
        if total > LARGEST:
            raise TooLarge(f"larger than {LARGEST >> 30} GiB")
        yield more


def _is_object(line: str) -> bool:
    return isinstance(_parsed(line.strip(" ,\r\t")), dict)


def _parsed(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return Broken(_id(text), f"it is not JSON ({error})")


def _rest(text: str) -> Broken:
    return Broken(_id(text), f"it is broken or cut off near {text.strip()[:40]!r}, and what follows cannot be read", is_rest=True)


def _id(text: str) -> str:
    found = _ID.search(text[:_MOST_SEARCHED])
    return found.group(1) if found else ""
