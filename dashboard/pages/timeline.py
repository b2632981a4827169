"""Agreements, outcomes and news of a profile on one time line."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard.figures.words import AGREEMENT_TYPES, EVENTS, MORE_OF_IT, OUTCOME_TYPES, word
from dashboard.locale import mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.names import Row, day, title, to
from dashboard.parts import Child, Tone, badge, empty, section, timeline
from etl.tables import Agreement, News, Outcome

TITLE = mark("Time line")
NOTE = mark("Agreements by signature, outcomes by date, news by publication; the latest first")
NOTHING = mark("Nothing is known to have happened in this selection.")
SIGNED, PLANNED = mark("Agreement"), mark("planned")
MORE = mark_plural("{n} older entry: the lists below lead to it.", "{n} older entries: the lists below lead to them.")
_MOST = 40

Entry = tuple[str, str, list[Child], Tone]


def told(
    context: Context, agreements: Sequence[Row], outcomes: Sequence[Row], news: Sequence[Row], most: int = _MOST, known: int = 0
) -> Component:
    """Return the section with everything that has a date, then what has none; ``known`` is how many there are where not all are given."""
    say = context.say
    entries = [*_agreements(context, agreements), *_outcomes(context, outcomes), *_news(context, news)]
    entries.sort(key=lambda entry: entry[0] or "0", reverse=True)
    if not entries:
        return section(say(TITLE), empty(say(NOTHING)))
    line = timeline([(when, what, tone) for _, when, what, tone in entries[:most]])
    hidden = max(known, len(entries)) - min(most, len(entries))
    rest = [say.count(MORE, hidden)] if hidden else []
    return section(say(TITLE), line, *rest, note=say(NOTE))


def _agreements(context: Context, rows: Sequence[Row]) -> list[Entry]:
    say = context.say
    return [
        _entry(context, "agreement", row, row[Agreement.signed],
               word(say, AGREEMENT_TYPES, row[Agreement.type]) if row[Agreement.type] else say(SIGNED), "accent")
        for row in rows
    ]  # fmt: skip


def _outcomes(context: Context, rows: Sequence[Row]) -> list[Entry]:
    say = context.say
    found = []
    for row in rows:
        label = word(say, OUTCOME_TYPES, row[Outcome.type])
        planned = bool(row[Outcome.planned])
        found.append(
            _entry(
                context,
                "outcome",
                row,
                row[Outcome.date],
                say(MORE_OF_IT, what=label, more=say(PLANNED)) if planned else label,
                "warning" if planned else "good",
            )
        )
    return found


def _news(context: Context, rows: Sequence[Row]) -> list[Entry]:
    return [_entry(context, "news", row, row[News.published], word(context.say, EVENTS, row[News.event]), "plain") for row in rows]


def _entry(context: Context, kind: str, row: Row, iso: str | None, label: str, tone: Tone) -> Entry:
    text = title(context.say, kind, row)
    return iso or "", day(context.say, iso), [to(context, kind, row["id"], text), " ", badge(label, tone)], tone
