"""``/files/<name>``: the files for the analyst of the snapshot that is shown: the report, the refused rows, the annotated copies.

Only a file that the list of contents of that snapshot names is served, and only with the hash that stands there.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, abort, request

from dashboard import asked
from dashboard.locale import LANGUAGES
from dashboard.store import Store
from etl import manifest

PATH = "/files/"
#: What may leave the folder; the tables have exports of their own.
_NAMES = re.compile(r"quality(?:\.\w\w)?\.html|quarantine(?:\.\w\w)?\.xlsx|annotated(?:\.\w\w)?/.+", re.DOTALL)
_TYPES = {
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}


def register(server: Flask, store: Store) -> None:
    """Serve the files; ``?lang=`` asks for the one in that language where the name does not say it."""

    def output(name: str) -> Response:
        snapshot = asked.shown(store)
        found = _found(store.folder / "snapshots" / snapshot.id, name, request.args.get("lang", ""))
        if found is None:
            abort(404)
        called, content = found
        suffix = Path(called).suffix.lower()
        response = Response(content, mimetype=_TYPES.get(suffix, "application/octet-stream"))
        if suffix != ".html":
            file = f"{Path(called).stem}-{snapshot.as_of}{Path(called).suffix}"
            response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.encode('utf-8', 'replace'))}"
        return response

    server.add_url_rule(f"{PATH}<path:name>", "output", output)


def address(name: str, language: str) -> str:
    """Return the address of an output in ``language``; a copy is called by its source file.

    >>> address("annotated/реестр.xlsx", "ru")
    '/files/annotated/%D1%80%D0%B5%D0%B5%D1%81%D1%82%D1%80.xlsx?lang=ru'
    """
    return f"{PATH}{quote(name.encode('utf-8', 'surrogatepass'))}?lang={language}"


def _found(folder: Path, name: str, language: str) -> tuple[str, bytes] | None:
    """Return the name and the bytes of the first file that is listed, allowed and unaltered."""
    try:
        listed = manifest.opened((folder / manifest.NAME).read_bytes())["files"]
    except (OSError, ValueError, KeyError):
        return None
    for each in _names(name, language):
        if each in listed and _NAMES.fullmatch(each):
            try:
                content = (folder / each).read_bytes()
            except OSError:
                return None
            return (each, content) if hashlib.sha256(content).hexdigest() == listed[each] else None
    return None


def _names(name: str, language: str) -> list[str]:
    """Return the names to look for, those in ``language`` first; the copy of a text file has one more suffix."""
    top, slash, rest = name.partition("/")
    stem, dot, suffix = top.partition(".")
    told = [f"{stem}.{language}{dot}{suffix}{slash}{rest}"] if language in LANGUAGES else []
    return [each + more for each in (*told, name) for more in ("", ".xlsx")]
