"""What was found in the registers that the office would want to know, by theme: a part of the page of data quality."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.figures.words import SEVERITIES, word
from dashboard.locale import Say, mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.names import title, to
from dashboard.pages.stacks import bullets
from dashboard.parts import Child, Column, Tone, badge, empty, section, table
from dashboard.query import findings, quality
from etl.tables import Agreement, Partner, Problem
from etl.words.problems import advice_said, problem_said
from etl.words.types import in_words

FOUND, FOUND_NOTE = mark("What was found"), mark("What the office may want to look at; each theme opens to its cases")
NOTHING = mark("Nothing was found that calls for a look.")
HEADS_PROBLEMS = (
    mark("Severity"),
    mark("File"),
    mark("Where"),
    mark("As written"),
    mark("What is wrong"),
    mark("What to do"),
    mark("Record"),
)
HEADS_TWICE, HEADS_NAMES = (mark("Agreement"), mark("Stands in")), (mark("Partner"), mark("Written as"), mark("Forms"))
ROW, CELL, SHEET_COLUMN = mark("{sheet}, row {row}"), mark("{sheet}, cell {cell}"), mark("{sheet}, column {letter}")
OPEN = mark("open")
_TONES: dict[str, Tone] = {"error": "bad", "warning": "warning", "note": "plain"}


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, named by what was found; ``codes`` are the findings that belong to it, else ``draw`` makes its table."""

    name: str
    said: tuple[str, str]
    codes: tuple[str, ...] = ()
    draw: Callable[[Context], tuple[int, Component]] | None = None


def draw(context: Context) -> Component:
    """Return the themes in which something was found, each closed but named with its number."""
    say = context.say
    shown = [drawn for theme in THEMES if (drawn := _theme(context, theme))]
    return section(say(FOUND), *(shown or [empty(say(NOTHING))]), note=say(FOUND_NOTE), id="found")


def _theme(context: Context, theme: Theme) -> Component | None:
    if theme.draw:
        number, body = theme.draw(context)
    else:
        rows = findings.of_codes(context.db, theme.codes)
        number, body = len(rows), problem_table(context, rows, context.say.count(theme.said, len(rows)))
    if not number:
        return None
    return html.Details([html.Summary(context.say.count(theme.said, number)), body], className="twin", id=f"found-{theme.name}")


def problem_table(context: Context, rows: Sequence[dict[str, Any]], caption: str) -> Component:
    """Return findings as a table: how grave, where, as written, what is wrong, what to do, and the record that the row made."""
    say, made = context.say, quality.problem_rows(context.db, list(rows))
    cells = [
        [
            badge(word(say, SEVERITIES, row[Problem.severity]), _TONES.get(row[Problem.severity], "plain")),
            row[Problem.file] or "",
            where(say, row),
            html.Code(row[Problem.raw], className="raw") if row[Problem.raw] else "",
            in_words(say, problem_said(say, row)),
            advice_said(say, row),
            _record(context, made.get((row[Problem.file], row[Problem.sheet] or "", row[Problem.row]))),
        ]
        for row in rows
    ]
    return table([Column(say(head), main=head == HEADS_PROBLEMS[4]) for head in HEADS_PROBLEMS], cells, caption)


def _record(context: Context, found: tuple[str, str] | None) -> Child:
    return to(context, found[0], found[1], context.say(OPEN)) if found else ""


def where(say: Say, row: dict[str, Any]) -> str:
    """Return the sheet with the cell, row or column that a finding is about."""
    sheet = row[Problem.sheet] or ""
    if row[Problem.row] is None:
        return say(SHEET_COLUMN, sheet=sheet, letter=row[Problem.letter]).removeprefix(", ") if row[Problem.letter] else sheet
    if row[Problem.letter]:
        return say(CELL, sheet=sheet, cell=f"{row[Problem.letter]}{row[Problem.row]}").removeprefix(", ")
    return say(ROW, sheet=sheet, row=row[Problem.row]).removeprefix(", ")


def _told_twice(context: Context) -> tuple[int, Component]:
    say, rows = context.say, findings.told_twice(context.db)
    cells = [
        [to(context, "agreement", row[Agreement.id], title(say, "agreement", row)), bullets(_place(say, each) for each in row["places"])]
        for row in rows
    ]
    return len(rows), table([Column(say(HEADS_TWICE[0]), main=True), say(HEADS_TWICE[1])], cells, say(FOUND))


def _place(say: Say, place: dict[str, Any]) -> str:
    spot = say(ROW, sheet=place["sheet"], row=place["line"]).removeprefix(", ")
    return f"{place['file']}, {spot}"


def _many_names(context: Context) -> tuple[int, Component]:
    say, rows = context.say, findings.many_names(context.db)
    cells = [
        [to(context, "partner", row[Partner.id], title(say, "partner", row)), bullets(row[Partner.forms]), len(row[Partner.forms])]
        for row in rows
    ]
    heads: list[Column | str] = [Column(say(HEADS_NAMES[0]), main=True), say(HEADS_NAMES[1]), Column(say(HEADS_NAMES[2]), number=True)]
    return len(rows), table(heads, cells, say(FOUND))


THEMES: tuple[Theme, ...] = (
    Theme(
        "news-disagree",
        mark_plural("{n} news item and the register say different things", "{n} news items and the register say different things"),
        ("news_disagrees",),
    ),
    Theme(
        "only-in-news",
        mark_plural("{n} agreement that only the news knows", "{n} agreements that only the news knows"),
        ("agreement_only_in_news",),
    ),
    Theme(
        "without-news",
        mark_plural("{n} agreement of which no news speaks", "{n} agreements of which no news speaks"),
        ("agreement_without_news",),
    ),
    Theme(
        "told-twice",
        mark_plural("{n} agreement stands in several rows and counts once", "{n} agreements stand in several rows and count once"),
        draw=_told_twice,
    ),
    Theme(
        "many-names", mark_plural("{n} partner is written in several ways", "{n} partners are written in several ways"), draw=_many_names
    ),
    Theme(
        "dates",
        mark_plural("{n} date is impossible, doubtful or missing", "{n} dates are impossible, doubtful or missing"),
        (
            "bad_date",
            "date_order",
            "future_signed",
            "swapped_dates",
            "mixed_date_order",
            "unknown_date_order",
            "ambiguous_date",
            "missing_date",
        ),
    ),
    Theme(
        "disagree",
        mark_plural("{n} case of two rows of one record that disagree", "{n} cases of two rows of one record that disagree"),
        ("conflicting_duplicate", "duplicate_id"),
    ),
    Theme(
        "same-event",
        mark_plural("{n} news item tells of an event that another tells too", "{n} news items tell of an event that another tells too"),
        ("same_event",),
    ),
    Theme(
        "decisions",
        mark_plural("{n} decision of a person needs another look", "{n} decisions of people need another look"),
        ("stale_decision", "contradictory_decision", "bad_decision", "incomplete_answer", "unused_decision"),
    ),
)
