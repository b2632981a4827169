"""The house style: colours, fonts, logo, name of the institution and templates, from a folder that an office can replace.

The folder holds what an office wants otherwise, each file by itself: ``style.yaml``, ``logo.png`` (or ``.jpg``), ``template.docx``,
``template.pptx``. What is not there is as the house has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from dashboard.colours import ACCENT, INK, LINE, MUTED
from dashboard.locale import Say, mark

FOLDER = Path("data/raw/house")
NOT_READ = mark("{file} of the house style cannot be used: {reason}")
ODD_KEY = mark("“{name}” is not known; known are {known}")
NO_COLOUR = mark("“{name}” must be a colour such as #2B78D4, not “{text}”")
NO_FONT = mark("“{name}” must be the name of a font, not “{text}”")
_COLOURS = ("accent", "ink", "muted", "line")
_FONTS = ("latin", "cjk", "heading")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FONT = re.compile(r"[\w][\w .\-]{0,60}")
_LARGEST = 4 << 20


class HouseError(ValueError):
    """A file of the house style that cannot be used."""

    def __init__(self, file: str, reason: str, **values: str) -> None:
        super().__init__(NOT_READ.format(file=file, reason=reason.format(**values)))
        self.file, self.reason, self.values = file, reason, values

    def said(self, say: Say) -> str:
        """Return the reason in the reader's language."""
        return say(NOT_READ, file=self.file, reason=say(self.reason, **self.values))


@dataclass(frozen=True, slots=True)
class House:
    """How documents of the house look. Colours are ``#RRGGBB``, fonts are names that the reader's machine may know."""

    accent: str = ACCENT
    ink: str = INK
    muted: str = MUTED
    line: str = LINE
    latin: str = "Calibri"
    heading: str = "Calibri"
    cjk: str = "Microsoft YaHei"
    names: Mapping[str, str] = field(default_factory=dict)
    logo: bytes = b""
    docx: bytes = b""
    pptx: bytes = b""

    def institution(self, say: Say, stated: Sequence[str] = ()) -> str:
        """Return the name of the institution in the language: of the style, else as the data states it, else nothing."""
        return str(self.names.get(say.language) or next(iter(self.names.values()), "") or (stated[0] if stated else ""))


def read(folder: Path | None) -> House:
    """Return the style of ``folder``; of the house where there is no such folder.

    Raises:
        HouseError: a file is there and cannot be used.
    """
    if folder is None or not folder.is_dir():
        return House()
    house = _styled(folder / "style.yaml") if (folder / "style.yaml").is_file() else House()
    logo = next((path for name in ("logo.png", "logo.jpg", "logo.jpeg") if (path := folder / name).is_file()), None)
    word, slides = (_bytes(path) if (path := folder / f"template.{name}").is_file() else b"" for name in ("docx", "pptx"))
    return replace(house, docx=word, pptx=slides, logo=_bytes(logo) if logo else b"")


def _bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise HouseError(path.name, "{error}", error=error.strerror or str(error)) from error
    if len(content) > _LARGEST * 8:
        raise HouseError(path.name, "{error}", error=f"{len(content)} bytes")
    return content


def _styled(path: Path) -> House:
    try:
        told = yaml.safe_load(path.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise HouseError(path.name, "{error}", error=str(error).replace("\n", " ")[:300]) from error
    if not isinstance(told, dict):
        raise HouseError(path.name, ODD_KEY, name=str(told)[:80], known="institution, colours, fonts")
    for key in told:
        if key not in ("institution", "colours", "fonts"):
            raise HouseError(path.name, ODD_KEY, name=str(key)[:80], known="institution, colours, fonts")
    named = told.get("institution") or {}
    names = {str(key): str(text) for key, text in named.items()} if isinstance(named, dict) else {"en": str(named)}
    colours = _checked(path, told.get("colours"), _COLOURS, _COLOUR, NO_COLOUR)
    fonts = _checked(path, told.get("fonts"), _FONTS, _FONT, NO_FONT)
    fonts = {"heading": fonts["latin"]} | fonts if "latin" in fonts else fonts
    styled: Any = colours | fonts
    return House(names=names, **styled)


def _checked(path: Path, told: Any, known: Sequence[str], pattern: re.Pattern[str], wrong: str) -> dict[str, str]:
    found = {str(key): str(text) for key, text in told.items()} if isinstance(told, dict) else {}
    for name, text in found.items():
        if name not in known:
            raise HouseError(path.name, ODD_KEY, name=name[:80], known=", ".join(known))
        if not pattern.fullmatch(text):
            raise HouseError(path.name, wrong, name=name, text=text[:80])
    return found
