"""What changed between the refreshes: a part of the page of data quality."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.locale import Say, mark
from dashboard.pages import Context
from dashboard.parts import Child, Column, badge, empty, section, table
from dashboard.refreshes import Refresh, changed, refreshes

TITLE, NOTE = mark("What changed between refreshes"), mark("The kept refreshes, the latest first, each against the one before")
ONE_ONLY = mark("Only one refresh is kept so far; the next one is compared with it here.")
WHY = mark("Which records changed, and why each indicator moved, says the command: python -m etl diff")
HEADS = (
    mark("Refresh"), mark("As of"), mark("Agreements"), mark("Outcomes"), mark("News"), mark("Partners"), mark("Findings"),
    mark("Files that changed"),
)  # fmt: skip
NO_FILES, CODE, SHOWN = mark("none"), mark("the rules too"), mark("shown now")
_TABLES = ("agreement", "outcome", "news", "partner", "problem")


def draw(context: Context) -> Component:
    """Return the section; without a folder of snapshots there is nothing to compare."""
    say = context.say
    known = refreshes(context.folder) if context.folder else []
    if len(known) < 2:
        return section(say(TITLE), empty(say(ONE_ONLY)), id="refreshes")
    pairs = list(zip(known, [*known[1:], None], strict=True))
    heads = [Column(say(head), main=at == 0, number=2 <= at <= 6) for at, head in enumerate(HEADS)]
    lines = [_line(context, new, old) for new, old in pairs]
    return section(say(TITLE), table(heads, lines, say(TITLE)), html.P(say(WHY), className="note"), note=say(NOTE), id="refreshes")


def _line(context: Context, new: Refresh, old: Refresh | None) -> list[Child | list[Child]]:
    say = context.say
    name: list[Child] = [new.id, *([" ", badge(say(SHOWN), "accent")] if new.id == context.snapshot_id else [])]
    return [name, say.date(new.as_of), *(_number(say, table_, new, old) for table_ in _TABLES), _files(say, new, old)]


def _number(say: Say, name: str, new: Refresh, old: Refresh | None) -> str:
    difference = new.rows[name] - old.rows[name] if old else 0
    sign = "+" if difference > 0 else "−"
    return f"{say.number(new.rows[name])} ({sign}{say.number(abs(difference))})" if difference else say.number(new.rows[name])


def _files(say: Say, new: Refresh, old: Refresh | None) -> str:
    if old is None:
        return ""
    names = [*changed(new, old), *([say(CODE)] if new.code != old.code else [])]
    return ", ".join(names) or say(NO_FILES)
