"""The menu of a mark: only this, without this, the records behind it, its profile; as data, so that a click costs one small answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote

import duckdb

from dashboard.figures import Figure
from dashboard.figures.words import AGREEMENT_TYPES, OUTCOME_TYPES, STATUSES, word
from dashboard.filters import LISTS, Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.marks import JOIN, NONE
from dashboard.query import single
from dashboard.traced import LINKED, address, traced
from etl.tables import Partner

ONLY, WITHOUT, AGAIN = mark("Only {name}"), mark("Without {name}"), mark("No longer only {name}")
SHOW = mark_plural("Show {n} record", "Show {n} records")
PROFILE, PROFILE_OF = mark("Open the profile"), mark("Open the profile of {name}")
_WORDS: dict[str, Mapping[str, str]] = {"type": AGREEMENT_TYPES, "outcome": OUTCOME_TYPES, "status": STATUSES}
_FOLDERS = {"country": "/countries", "field": "/fields", "partner": "/partners"}
_PATH = re.compile(r"/[\w./%\-]{0,200}")


@dataclass(frozen=True, slots=True)
class MarkAsked:
    """What was clicked on: the mark, the code that the figure filters by, the page, and both selections.

    ``within`` is the selection that the figure was drawn for (that of a profile is narrower), ``here`` that of the address.
    """

    mark: str
    code: str
    path: str
    within: Selection
    here: Selection

    @classmethod
    def of(cls, given: Mapping[str, str], query: str) -> Self:
        """Return what the query of a request says; a path that is none is the overview."""
        path = given.get("path", "/")
        here = Selection.from_query(given.get("here", ""))
        is_path = _PATH.fullmatch(path) and not path.startswith("//")
        return cls(given.get("mark", "")[:200], given.get("code", "")[:80], path if is_path else "/", Selection.from_query(query), here)


def menu(db: duckdb.DuckDBPyConnection, figure: Figure, asked: MarkAsked, say: Say) -> dict[str, Any]:
    """Return the name of the mark and its items: ``text`` and ``href``, in the order in which they stand."""
    found = traced(db, figure, asked.within, asked.mark, say)
    items = [*_filters(db, figure.click, asked, say)]
    if figure.counts:
        items.append((say.count(SHOW, len(found.ids)), address(asked.within, figure.id, asked.mark)))
    items += _profiles(db, figure, asked, say)
    return {"name": found.name, "items": [{"text": text, "href": href} for text, href in items]}


def _filters(db: duckdb.DuckDBPyConnection, part: str, asked: MarkAsked, say: Say) -> list[tuple[str, str]]:
    if not asked.code or asked.code == NONE or not (part in LISTS or (part == "since" and asked.code.isdecimal())):
        return []
    name, here = named(db, part, asked.code, say), asked.here
    if part == "since":
        chosen = here.since == here.until == int(asked.code)
        target = here.without("years") if chosen else here.only("since", asked.code)
        return [(say(AGAIN if chosen else ONLY, name=name), asked.path + target.to_query())]
    is_only = getattr(here, LISTS[part]) == (asked.code,)
    only = here.minus(part, asked.code) if is_only else here.only(part, asked.code)
    out = here.leaving_out(part, asked.code)
    return [
        (say(AGAIN if is_only else ONLY, name=name), asked.path + only.to_query()),
        (say(WITHOUT, name=name), asked.path + out.to_query()),
    ]


def _profiles(db: duckdb.DuckDBPyConnection, figure: Figure, asked: MarkAsked, say: Say) -> list[tuple[str, str]]:
    pair = asked.mark.split(JOIN) if JOIN in asked.mark else []
    text = PROFILE_OF if len(pair) == 2 else PROFILE
    things = [("field", pair[0]), ("country", pair[1])] if len(pair) == 2 and figure.click in LINKED else [(figure.click, asked.code)]
    return [
        (say(text, name=named(db, part, code, say)), f"{_FOLDERS[part]}/{quote(code, safe='')}{asked.here.to_query()}")
        for part, code in things
        if part in _FOLDERS and code not in ("", NONE)
    ]


def named(db: duckdb.DuckDBPyConnection, part: str, code: str, say: Say) -> str:
    """Return what a code of a part of the address is called; an unknown one stays as it stands."""
    if part in _WORDS:
        return word(say, _WORDS[part], code)
    find = {"country": single.country, "field": single.field, "partner": single.partner}.get(part)
    row = find(db, code) if find else None
    return say.name(row) or str(row.get(Partner.name) or code) if row else code
