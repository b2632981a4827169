"""The files of a run -> what a process of its own parsed of each, two at a time, and what is remembered of the last run."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple

from etl.errors import RefusedFile
from etl.read import container, discover
from etl.read.discover import Found
from etl.read.parse import Form
from etl.read.remembered import Remembered
from etl.read.settings import FileSettings
from etl.read.worker import Worker, workers

_WORKBOOKS: dict[str, Form] = {
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xltm": "xlsx", ".xls": "xls", ".xlsb": "xlsb", ".ods": "ods",
}  # fmt: skip
_CALLED = {
    "html": "a web page or XML", "text": "a plain text (csv?)", "zip": "a zip archive", "docx": "a Word document",
    "odt": "an OpenDocument text", "ole": "an old Office file, but no workbook", "binary": "no spreadsheet at all",
}  # fmt: skip
_MOST_AT_ONCE = 2


class Opened(NamedTuple):
    """A file whose bytes were parsed, or the ``refusal``. ``answer`` is read by :func:`etl.read.wire.decode`."""

    found: Found
    said: FileSettings
    digest: str | None = None
    size: int = 0
    form: Form = "text"
    answer: bytes = b""
    refusal: RefusedFile | None = None


def open_all(jobs: Iterable[tuple[Found, FileSettings]], remembered: Remembered | None = None) -> Iterator[Opened]:
    """Yield each file of ``jobs`` in their order; while one is looked at, the next ones are parsed."""
    helpers = workers(min(_MOST_AT_ONCE, os.cpu_count() or 1))
    waiting: deque[Future[Opened]] = deque()
    rest = enumerate(jobs)
    with ThreadPoolExecutor(len(helpers)) as pool:

        def begin(count: int) -> None:
            for at, (found, said) in islice(rest, count):
                waiting.append(pool.submit(_opened, found, said, helpers[at % len(helpers)], remembered))

        begin(len(helpers))
        while waiting:
            done = waiting.popleft().result()
            begin(1)
            yield done


def _opened(found: Found, said: FileSettings, helper: Worker, remembered: Remembered | None) -> Opened:
    if found.verdict != "read" or said.ignore:
        return Opened(found, said)
    digest = None
    try:
        data = discover.content(found.path)
        digest = hashlib.sha256(data).hexdigest()
        form = form_of(found, data)
        key = (digest, form, said.encoding or "")
        answer = remembered.get(*key) if remembered else None
        if answer is None:
            answer = helper.parse(data, form, said.encoding)
            if remembered:
                remembered.put(answer, *key)
        return Opened(found, said, digest, len(data), form, answer)
    except RefusedFile as error:
        return Opened(found, said, digest, refusal=error)


def form_of(found: Found, data: bytes) -> Form:
    """Return how to read ``data``.

    Raises:
        RefusedFile: the content is not what the name promises.
    """
    really = container.sniff(data)
    promised: Form = _WORKBOOKS.get(found.path.suffix.lower(), "text")
    if really == promised:
        return promised
    if really == "empty":
        raise RefusedFile("empty", "The file is empty. Fill it or remove it.")
    if really == "encrypted":
        raise RefusedFile("encrypted", "The file is protected by a password. Save a copy without one.")
    if really == "broken zip" and promised != "text":
        raise RefusedFile("unreadable", "The file is cut off or damaged. Copy it anew from where it comes from.")
    if really == "binary" and promised in ("text", "xls"):
        raise RefusedFile("unreadable", "The file is damaged or of another type. Copy it anew from where it comes from.")
    promised_by = found.path.suffix.lower()
    what = _CALLED.get(really, f"a file of type .{really}" if really in _WORKBOOKS.values() else "something else")
    raise RefusedFile("format_mismatch", f"The file is called {promised_by} but is {what}. Save it as a true .xlsx, or rename it.")
