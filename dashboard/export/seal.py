"""Passports written into files and read back, with the seal that tells whether the file is still the one they were written for."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.export import content as shown
from dashboard.export import office, places
from dashboard.export.passport import Passport
from dashboard.export.places import KEY

_IN_HTML = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")
_DRAWING = re.compile(rf'<svg\b(?:(?!<svg\b|</svg>).)*<metadata id="{KEY}".*?</metadata>', re.DOTALL)


_ENTRY = re.compile(rf"{KEY} (\d+)")


class NoPassport(Exception):
    """The file has none, or is none of the kinds that can have one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passport in a file, and whether what the file shows is what it was written for."""

    passport: Passport
    is_whole: bool


def written(content: bytes, suffix: str, passports: Sequence[Passport]) -> bytes:
    """Return the file ``content`` of the kind ``suffix`` with ``passports`` in its own metadata.

    A picture, a drawing, a table and a page have one passport, presentations, workbooks and documents of many pages have several: in
    them a figure is found by :attr:`Passport.name`, which is the name of its shapes or of its sheet.

    Raises:
        ValueError: a figure is not in the file, or the kind of file has no place for a passport.
    """
    if suffix in _ONE:
        (passport,) = passports
        write, digest = _ONE[suffix]
        return write(content, _spelt(passport, digest(content)))
    if suffix == "pdf":
        digest_ = shown.of_pdf(content)
        return places.into_pdf(content, json.dumps([_told(each, digest_) for each in passports], ensure_ascii=False))
    if suffix in _MANY:
        digests = _MANY[suffix](content)
        told = {f"{KEY} {at}": _spelt(each, _digest(digests, _place(each, suffix))) for at, each in enumerate(passports, 1)}
        return office.with_properties(content, told)
    raise ValueError(f"no passport in a file .{suffix}")


def read(content: bytes, suffix: str) -> list[Found]:
    """Return the passports of a file, in its order; those of the pictures in a document as well.

    Raises:
        NoPassport: there is none, or the file cannot be read as what it is called.
    """
    try:
        found = _read(content, suffix)
    except Exception as error:  # the readers of five formats raise what they like on a broken file
        raise NoPassport(f"{type(error).__name__} {error}"[:200]) from error
    if not found:
        raise NoPassport("")
    return found


def _read(content: bytes, suffix: str) -> list[Found]:
    if suffix in _ONE:
        text = _READ[suffix](content)
        return [_found(json.loads(text), lambda _: _ONE[suffix][1](content))] if text else []
    if suffix == "pdf":
        digest = shown.of_pdf(content)
        return [_found(each, lambda _: digest) for each in json.loads(places.of_pdf(content) or "[]")]
    if suffix in _MANY:
        told = sorted((int(at[1]), text) for name, text in office.properties(content).items() if (at := _ENTRY.fullmatch(name)))
        digests = _MANY[suffix](content) if told else {}
        own = [_found(json.loads(text), lambda each: _digest(digests, _place(each, suffix))) for _, text in told]
        drawn = office.media(content)
        pictures = [
            Found(found.passport, found.is_whole and not each.is_cropped) for each in drawn for found in _of_pictures([each.content])
        ]
        hurt = [each.passport for each in pictures if not each.is_whole]
        known = [each.passport for each in own]
        own = [Found(each.passport, each.is_whole and each.passport not in hurt) for each in own]
        return own + [each for each in pictures if each.passport not in known]
    if suffix in ("html", "htm"):
        return _of_pictures(_of_page(content)) + _of_drawings(content)
    raise ValueError(f"no passport in a file .{suffix}")


def _of_pictures(pictures: Sequence[bytes]) -> list[Found]:
    texts = [(picture, places.of_png(picture)) for picture in pictures]
    return [_found(json.loads(text), lambda _, picture=picture: shown.of_png(picture)) for picture, text in texts if text]  # type: ignore[misc]


def _of_page(content: bytes) -> list[bytes]:
    found = []
    for each in _IN_HTML.findall(content.decode("utf-8", "replace")):
        try:
            found.append(base64.b64decode(each))
        except binascii.Error:
            continue
    return found


def _of_drawings(content: bytes) -> list[Found]:
    text = content.decode("utf-8", "replace")
    starts = [each.start() for each in _DRAWING.finditer(text)]
    drawings = [_whole_drawing(text[at:]) for at in starts]
    return [each for drawing in drawings if drawing for each in _read(drawing.encode(), "svg")]


def _whole_drawing(text: str) -> str:
    """Return the drawing with which ``text`` begins, up to its own end."""
    depth = 0
    for each in re.finditer(r"<svg\b|</svg>", text):
        depth += 1 if each[0] != "</svg>" else -1
        if not depth:
            return text[: each.end()]
    return ""


def _told(passport: Passport, digest: str) -> dict[str, Any]:
    return passport.as_dict() | {"seal": passport.seal(digest)}


def _spelt(passport: Passport, digest: str) -> str:
    return json.dumps(_told(passport, digest), ensure_ascii=False)


def _found(told: dict[str, Any], digest: Callable[[Passport], str]) -> Found:
    passport = Passport.from_dict(told)
    try:
        is_whole = told.get("seal") == passport.seal(digest(passport))
    except ValueError:  # what it was written for is not there any more
        is_whole = False
    return Found(passport, is_whole)


def _of_document(content: bytes) -> dict[str, str]:
    """Return the hash of the picture of each figure: the words of a document are its author's."""
    told = [(each.content, places.of_png(each.content)) for each in office.media(content)]
    return {Passport.from_dict(json.loads(text)).name: shown.of_png(picture) for picture, text in told if text}


def _digest(digests: Mapping[str, str], name: str) -> str:
    if name not in digests:
        raise ValueError(f"no figure {name}")
    return digests[name]


def _place(passport: Passport, suffix: str) -> str:
    return sheet_name(passport) if suffix == "xlsx" else passport.name


_ONE: dict[str, tuple[Callable[[bytes, str], bytes], Callable[[bytes], str]]] = {
    "png": (places.into_png, shown.of_png),
    "svg": (places.into_svg, shown.of_svg),
    "json": (places.into_json, shown.of_json),
    "csv": (places.into_csv, shown.of_csv),
}
_READ: dict[str, Callable[[bytes], str]] = {"png": places.of_png, "svg": places.of_svg, "json": places.of_json, "csv": places.of_csv}
_MANY: dict[str, Callable[[bytes], dict[str, str]]] = {"pptx": shown.of_shapes, "xlsx": shown.of_sheets, "docx": _of_document}


def sheet_name(passport: Passport) -> str:
    """Return the name of the sheet of a figure: at most 31 letters, and another one for the same figure under other filters."""
    return f"{passport.figure[:20]} {passport.figure_sha256[:8]}"
