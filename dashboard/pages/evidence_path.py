"""The chain of one agreement at a glance: cells -> agreement -> news -> outcomes, each step a link to its part of the page."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.words import AGREEMENTS, NEWS, OUTCOMES
from dashboard.locale import mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.names import Row, address
from dashboard.parts import Child, link
from dashboard.query import evidence, registers
from etl.tables import Link, Outcome, SourceRow

LABEL = mark("The chain of evidence")
ROWS = mark_plural("{n} row", "{n} rows")
FILES = mark_plural("in {n} file", "in {n} files")
PROPOSED = mark_plural("{n} more proposed", "{n} more proposed")
PLANNED = mark_plural("{n} planned", "{n} planned")
ACCEPTED = mark("tied by accepted links")
NO_TIE = mark("none tied")
MERGED, THIS = mark("merged from its rows"), mark("read from its row")
PLACE, PLACE_TEXT = mark("{file}, {sheet}, row {row}"), mark("{file}, row {row}")


def links_of(context: Context, row: Row) -> Component:
    """Return the four steps with their numbers; what is only proposed is told apart and never added."""
    say, id_ = context.say, str(row["id"])
    sources = evidence.sources(context.db, "agreement", id_)
    news = registers.related(context.db, "news_agreement", "agreement", [id_])
    outcomes = registers.related(context.db, "outcome_agreement", "agreement", [id_])
    files = len({each[SourceRow.file] for each in sources})
    achieved = [each for each in outcomes if each[Link.accepted] and not each[Outcome.planned]]
    planned = [each for each in outcomes if each[Link.accepted] and each[Outcome.planned]]
    told = [each for each in news if each[Link.accepted]]
    steps = [
        (say.count(ROWS, len(sources)), say.count(FILES, files), "#evidence"),
        (say.count(AGREEMENTS, 1), say(MERGED if len(sources) > 1 else THIS), ""),
        (say.count(NEWS, len(told)), _more(context, len(told), len(news) - len(told), 0), "#news"),
        (say.count(OUTCOMES, len(achieved)), _more(context, len(achieved), len(outcomes) - len(achieved) - len(planned), len(planned)),
         "#outcomes"),
    ]  # fmt: skip
    return html.Nav([_step(*step) for step in steps], className="steps", **{"aria-label": say(LABEL)})


def _more(context: Context, tied: int, proposed: int, planned: int) -> str:
    say = context.say
    parts = [say(ACCEPTED) if tied else say(NO_TIE)]
    parts += [say.count(PLANNED, planned)] if planned else []
    parts += [say.count(PROPOSED, proposed)] if proposed else []
    return ", ".join(parts)


def _step(number: str, note: str, anchor: str) -> Component:
    inside = [html.Span(number, className="step-number"), html.Span(note, className="note")]
    return html.A(inside, href=anchor, className="step") if anchor else html.Div(inside, className="step step-here")


def written_in(context: Context, kind: str, id_: str) -> list[Child]:
    """Return the rows that made a record, as links to its cells."""
    found: list[Child] = []
    for row in evidence.sources(context.db, kind, id_):
        place = {"file": row[SourceRow.file], "sheet": row[SourceRow.sheet], "row": row[SourceRow.row]}
        said = context.say(PLACE if row[SourceRow.sheet] else PLACE_TEXT, **place)
        found += [", "] if found else []
        found.append(link(said, address(context, kind, id_) + "#evidence"))
    return found
