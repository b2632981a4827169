"""Which sections a report has, in which order, with which figures and tables: read from YAML, checked name by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from dashboard.figures.registry import FIGURES
from dashboard.locale import Say, mark, speaker

Years = Literal["until", "year", "all"]
YEARS: tuple[Years, ...] = ("until", "year", "all")
COVER, CONTENTS = "cover", "contents"
#: Sections in the order in which the report of the house has them -> their titles.
TITLES: dict[str, str] = {
    COVER: mark("Cover"),
    CONTENTS: mark("Contents"),
    "summary": mark("Summary of findings"),
    "geography": mark("Geography"),
    "fields": mark("Research fields"),
    "partners": mark("Partners"),
    "agreements": mark("Agreements"),
    "outcomes": mark("Outcomes"),
    "expiring": mark("What expires"),
    "data": mark("Data and methods"),
    "definitions": mark("Definitions"),
    "quality": mark("Data quality"),
}
APPENDICES: frozenset[str] = frozenset({"definitions", "quality"})
FORMATS: tuple[str, ...] = ("docx", "pptx", "pdf", "html", "xlsx")
BRIEF_FORMATS: tuple[str, ...] = ("docx", "pdf", "html")
TABLES: tuple[str, ...] = ("countries", "new_partners", "agreements", "outcomes", "due", "files", "definitions")
HOUSE = Path(__file__).with_name("sections.yaml")

UNREADABLE = mark("{file} is no outline of a report: {reason}")
NO_LIST = mark("it must have a list called “sections”")
NO_SUCH: dict[str, str] = {
    "section": mark("there is no section called “{name}”"), "figure": mark("there is no figure called “{name}”"),
    "table": mark("there is no table called “{name}”"), "years": mark("there is no choice of years called “{name}”"),
}  # fmt: skip
NEAREST, KNOWN = mark("{what}; did you mean {nearest}?"), mark("{what}; known are {known}")
TWICE = mark("the section “{name}” stands there twice")
ODD_KEYS = mark("“{name}” cannot be said of a section; known are section, title, figures, tables")
NOT_A_LIST = mark("“{name}” of the section “{section}” must be a list of names")


class OutlineError(ValueError):
    """An outline that cannot be followed: ``reason`` is a marked text with its values, ``hint`` another one that takes it as ``what``."""

    def __init__(self, reason: str, hint: str = "", **values: str) -> None:
        self.reason, self.hint, self.values, self.file = reason, hint, values, ""
        super().__init__(self.said(speaker("en")))

    def said(self, say: Say) -> str:
        """Return the reason in the reader's language."""
        told = say(self.reason, **self.values)
        told = say(self.hint, what=told, **self.values) if self.hint else told
        return say(UNREADABLE, file=self.file, reason=told) if self.file else told


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of a section and the years of which it tells."""

    figure: str
    years: Years = "until"


@dataclass(frozen=True, slots=True)
class Section:
    """A section; ``titles`` by language replace that of the house where they are given."""

    id: str
    figures: tuple[Shown, ...] = ()
    tables: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()

    def title(self, say: Say) -> str:
        """Return the title in the reader's language."""
        return dict(self.titles).get(say.language) or say(TITLES[self.id])


Outline = tuple[Section, ...]


def read(path: Path = HOUSE) -> Outline:
    """Return the outline that the file says.

    Raises:
        OutlineError: it cannot be read, or names something that there is not.
    """
    try:
        try:
            told = yaml.safe_load(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise OutlineError("{error}", error=str(error).replace("\n", " ")[:300]) from error
        return of(told)
    except OutlineError as error:
        error.file = path.name
        raise


def of(told: Any) -> Outline:
    """Return the outline of parsed YAML.

    >>> of({"sections": [{"section": "fields", "figures": ["row_ledgr"]}]})
    Traceback (most recent call last):
    dashboard.report.outline.OutlineError: there is no figure called “row_ledgr”; did you mean row_ledger?
    """
    listed = told.get("sections") if isinstance(told, dict) else None
    if not isinstance(listed, list) or not listed:
        raise OutlineError(NO_LIST)
    sections = tuple(_section(each if isinstance(each, dict) else {"section": each}) for each in listed)
    for at, section in enumerate(sections):
        if section.id in {each.id for each in sections[:at]}:
            raise OutlineError(TWICE, name=section.id)
    return sections


def only(outline: Outline, wanted: Sequence[str]) -> Outline:
    """Return the sections that are wanted, in the order of the outline; cover and contents stay.

    Raises:
        OutlineError: a wanted section is none of the outline.
    """
    known = [section.id for section in outline]
    for name in wanted:
        _known("section", name, known)
    return tuple(each for each in outline if each.id in (COVER, CONTENTS) or each.id in wanted) if wanted else outline


def _section(told: dict[str, Any]) -> Section:
    for key in told:
        if key not in ("section", "title", "figures", "tables"):
            raise OutlineError(ODD_KEYS, name=str(key)[:80])
    name = _known("section", told.get("section"), TITLES)
    figures = tuple(_shown(each) for each in _names(told, "figures", name))
    tables = tuple(_known("table", each, TABLES) for each in _names(told, "tables", name))
    titles = told.get("title") or {}
    titles = titles if isinstance(titles, dict) else dict.fromkeys(("en", "ru", "zh"), titles)
    return Section(name, figures, tables, tuple((str(language), str(text)) for language, text in titles.items()))


def _names(told: dict[str, Any], key: str, section: str) -> list[Any]:
    found = told.get(key) or []
    if not isinstance(found, list):
        raise OutlineError(NOT_A_LIST, name=key, section=section)
    return found


def _shown(told: Any) -> Shown:
    name, years = next(iter(told.items())) if isinstance(told, dict) and len(told) == 1 else (told, "until")
    figure = _known("figure", name, (each.id for each in FIGURES))
    return Shown(figure, cast(Years, _known("years", years, YEARS)))


def _known(kind: str, name: Any, known: Iterable[str]) -> str:
    """Return ``name`` when it is known, else say which known name is nearest."""
    names, told = list(known), str(name)[:80]
    if told in names:
        return told
    if nearest := get_close_matches(told, names, 3, 0.5):
        raise OutlineError(NO_SUCH[kind], NEAREST, name=told, nearest=", ".join(nearest))
    raise OutlineError(NO_SUCH[kind], KNOWN, name=told, known=", ".join(names))
