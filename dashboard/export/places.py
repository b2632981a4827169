"""Where each kind of file keeps the text of a passport: in its own metadata, or in its last line where it has none."""

from __future__ import annotations

import csv
import io
import json
import re
from html import escape, unescape

from pypdf import PdfReader, PdfWriter

from dashboard.export import chunks, steady
from dashboard.export.content import LINE

KEY = "cooperation-passport"
"""The name of the entry of a PNG, of the element of a drawing, of the property of a document."""
_FIELD = "/CooperationPassport"
_SPACE = "https://cooperation.invalid/passport"


def into_png(content: bytes, text: str) -> bytes:
    """Return the picture with ``text`` in a piece of its own."""
    return chunks.with_text(content, KEY, text)


def of_png(content: bytes) -> str:
    """Return the text in a picture, or nothing."""
    return chunks.text_of(content, KEY)


def into_svg(content: bytes, text: str) -> bytes:
    """Return the drawing with ``text`` in its first element, the metadata."""
    element = f'<metadata id="{KEY}"><passport xmlns="{_SPACE}">{escape(text)}</passport></metadata>'
    before, bracket, after = content.decode("utf-8").partition(">")
    return f"{before}{bracket}{element}{after}".encode()


def of_svg(content: bytes) -> str:
    """Return the text in a drawing, or nothing."""
    found = re.search(rf'<metadata id="{KEY}"><passport[^>]*>(.*?)</passport>', content.decode("utf-8"), re.DOTALL)
    return unescape(found[1]) if found else ""


def into_pdf(content: bytes, text: str) -> bytes:
    """Return the document with ``text`` among its information; its title and authors stay."""
    reader = PdfReader(io.BytesIO(content))
    kept = {key: str(each) for key, each in (reader.metadata or {}).items() if key in ("/Title", "/Author", "/Subject", "/Keywords")}
    return steady.written(PdfWriter(clone_from=reader), kept | {_FIELD: text})


def of_pdf(content: bytes) -> str:
    """Return the text in a document, or nothing."""
    metadata = PdfReader(io.BytesIO(content)).metadata
    return str(metadata.get(_FIELD, "")) if metadata else ""


def into_json(content: bytes, text: str) -> bytes:
    """Return the JSON text with the passport as its first member."""
    return json.dumps({"passport": json.loads(text)} | json.loads(content), ensure_ascii=False, indent=1).encode()


def of_json(content: bytes) -> str:
    """Return the passport of a JSON text, or nothing."""
    told = json.loads(content).get("passport")
    return json.dumps(told) if told else ""


def into_csv(content: bytes, text: str) -> bytes:
    """Return the table with ``text`` as its last line."""
    line = LINE + text
    return content + f'"{line.replace(chr(34), chr(34) * 2)}"\r\n'.encode()


def of_csv(content: bytes) -> str:
    """Return the passport in the last lines of a table, or nothing."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return next((row[0].removeprefix(LINE) for row in reversed(rows) if row and row[0].startswith(LINE)), "")
