"""Names of things in the reader's language, and links to their pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from dash.development.base_component import Component

from dashboard.locale import COMMA, Say, mark
from dashboard.pages import Context
from dashboard.parts import Child, link
from dashboard.units import amount
from etl.tables import Agreement, Outcome, Partner

Row = Mapping[str, Any]
FOLDERS: dict[str, str] = {
    "agreement": "/agreements", "outcome": "/outcomes", "news": "/news", "partner": "/partners", "country": "/countries",
    "field": "/fields",
}  # fmt: skip
NO_DATE = mark("no date")
QUALIFIED: dict[str, str] = {
    "at_least": mark("at least {amount}"),
    "about": mark("about {amount}"),
    "at_most": mark("at most {amount}"),
}


def address(context: Context, kind: str, id_: str) -> str:
    """Return the address of the record's page under the present selection."""
    return context.link(f"{FOLDERS[kind]}/{quote(id_, safe='')}")


def title(say: Say, kind: str, row: Row) -> str:
    """Return what the record is called in the language, else as written.

    >>> from dashboard.locale import speaker
    >>> title(speaker("ru"), "agreement", {"title": "Agreement", "title_ru": "Договор"})
    'Договор'
    """
    if kind == "agreement":
        own = row.get(f"title_{say.language}") or row[Agreement.title]
        return str(own)
    if kind in ("outcome", "news"):
        return str(row[Outcome.title])
    return say.name(row) or str(row.get(Partner.name) or row.get("code") or "")


def to(context: Context, kind: str, id_: str, text: str, className: str = "") -> Component:  # noqa: N803 - as Dash spells it
    """Return a link to the record's page."""
    return link(text, address(context, kind, id_), className)


def several(context: Context, kind: str, rows: Iterable[Row], key: str = "code") -> list[Child]:
    """Return links to partners, countries or fields, with the comma of the language between them."""
    found: list[Child] = []
    for row in rows:
        if found:
            found.append(context.say(COMMA))
        found.append(to(context, kind, str(row[key]), title(context.say, kind, row)))
    return found


def day(say: Say, iso: str | None) -> str:
    """Return a date in words as sharp as it is known, or that there is none."""
    return say.date(iso) or say(NO_DATE)


def how_many(say: Say, row: Row) -> str:
    """Return the amount of an outcome with its unit and how sure it is: ``at least 40 papers``."""
    if row[Outcome.count] is None:
        return ""
    said = amount(say, row[Outcome.count], row[Outcome.unit])
    qualified = QUALIFIED.get(row[Outcome.qualifier] or "")
    return say(qualified, amount=said) if qualified else said
