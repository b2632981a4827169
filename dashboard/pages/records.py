"""The records behind a figure or one of its marks, each unfolding to file, sheet, cell, raw text and rule."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.figures.words import AGREEMENT_TYPES, AGREEMENTS, EVENTS, NEWS, OUTCOME_TYPES, OUTCOMES, PARTNERS, word
from dashboard.locale import Say, mark, mark_plural
from dashboard.pages import Context, Page, found
from dashboard.pages.names import Row, day, several, title, to
from dashboard.pages.source_rows import source_rows
from dashboard.pages.unfolded import unfolded
from dashboard.parts import Child, Tone, badge, empty, link, page_title, section
from dashboard.query import behind
from dashboard.query.behind import ANY, ROW
from dashboard.query.registers import MOST
from dashboard.traced import KINDS, PATH, Traced, traced
from etl.tables import Agreement, News, Outcome

TITLE, TITLE_ALL = mark("{name}: {amount}"), mark("{amount}")
RECORDS = mark_plural("{n} record", "{n} records")
ROWS = mark_plural("{n} row of the sources", "{n} rows of the sources")
FINDINGS = mark_plural("{n} finding", "{n} findings")
PLANNED = mark_plural("{n} planned outcome", "{n} planned outcomes")
AMOUNTS: dict[str, tuple[str, str]] = {
    "agreement": AGREEMENTS, "outcome": OUTCOMES, "planned": PLANNED, "news": NEWS, "partner": PARTNERS, ANY: RECORDS, ROW: ROWS,
    "problem": FINDINGS,
}  # fmt: skip
BEHIND = mark("The records behind “{question}” in the present selection")
ALL = mark("All records of this kind in the present selection")
EACH_ONCE = mark("Each is counted once")
FRACTIONS = mark("By fractional counting they give {sum}: each counts as much as stands beside it")
UNKNOWN_FIGURE = mark("There is no figure called “{name}”; these are all agreements of the selection.")
NONE = mark("No record stands behind this in the present selection.")
LIST, LIST_NOTE = mark("Records"), mark("Each unfolds to the file, sheet, cell and text that it was read from, and the rule that read it")
FIRST = mark("The first {shown} of {all}; the download has all.")
CSV, XLSX, DEFINITION = mark("CSV"), mark("XLSX"), mark("Definition")
UNFOLD, FOLD, PAGE_OF = mark("Show where “{title}” comes from"), mark("Fold “{title}”"), mark("Page of the record")
REGISTER = mark_plural("register: {n} row", "register: {n} rows")
NO_DATE = mark("no date")
EVIDENCE: dict[str, tuple[str, tuple[str, str]]] = {
    "register": ("plain", REGISTER),
    "agreement": ("accent", AGREEMENTS),
    "news": ("accent", NEWS),
    "outcome": ("good", OUTCOMES),
}
_DATES = {"agreement": Agreement.signed, "outcome": Outcome.date, "news": News.published}


def draw(context: Context, _id: str = "") -> Component:
    """Return the page."""
    say = context.say
    figure = next((each for each in FIGURES if each.id == context.asked("figure") and each.counts), None)
    known = trace(context, figure)
    amount = say.count(AMOUNTS[known.kind], len(known.ids))
    head = say(TITLE, name=known.name, amount=amount) if known.name else say(TITLE_ALL, amount=amount)
    notes = [say(BEHIND, question=say(figure.question)) if figure else say(ALL), _rule(say, known)]
    wrong = [html.P(say(UNKNOWN_FIGURE, name=context.asked("figure")[:80]), className="message", role="status")]
    return html.Div([
        page_title(head, ". ".join(notes) + ".", _actions(context, figure)),
        *(wrong if context.asked("figure") and not figure else []),
        section(say(LIST), *_lists(context, known), note=say(LIST_NOTE), id="records"),
    ])  # fmt: skip


def trace(context: Context, figure: Figure | None) -> Traced:
    """Return what the address asks for: a mark of a figure, a whole figure, or all records of a kind."""
    if figure:
        return traced(context.db, figure, context.selection, context.asked("mark"), context.say)
    kind = context.asked("kind") if context.asked("kind") in KINDS else "agreement"
    return Traced(kind, behind.behind(context.db, kind, "", context.selection, ""))


def _rule(say: Say, known: Traced) -> str:
    if not known.weights:
        return say(EACH_ONCE)
    return say(FRACTIONS, sum=say.number(round(sum(known.weights.values()), 2)))


def _actions(context: Context, figure: Figure | None) -> list[Child]:
    say = context.say
    query = context.here().partition("?")[2]
    files = [
        html.A(say(text), href=f"/records.{suffix}?{query}{'&' if query else ''}lang={say.language}", className="button", download="")
        for text, suffix in ((CSV, "csv"), (XLSX, "xlsx"))
    ]
    defined = (
        [link(say(DEFINITION), context.link("/definitions") + f"#{figure.definition}", "button")] if figure and figure.definition else []
    )
    return [*defined, *files]


def _lists(context: Context, known: Traced) -> list[Component]:
    say = context.say
    if not known.ids:
        return [empty(say(NONE))]
    if known.kind == ROW:
        return [source_rows(context, behind.rows_listed(context.db, known.ids)), *_cut(say, len(known.ids))]
    if known.kind == "problem":
        rows = behind.problems_listed(context.db, known.ids)
        return [found.problem_table(context, rows, say(LIST)), *_cut(say, len(known.ids))]
    by_kind = behind.kinds_of(known.ids) if known.kind == ANY else {known.kind: known.ids}
    return [part for kind, ids in by_kind.items() for part in (_listed(context, kind, ids, known), *_cut(say, len(ids)))]


def _cut(say: Say, number: int) -> list[Component]:
    return [html.P(say(FIRST, shown=say.number(MOST), all=say.number(number)), className="note")] if number > MOST else []


def _listed(context: Context, kind: str, ids: list[str], known: Traced) -> Component:
    if kind == "partner":
        rows = behind.partners_listed(context.db, ids)
        return html.Ul([_item(context, "partner", row, [], "") for row in rows], className="records")
    rows = behind.listed(context.db, kind, ids)  # type: ignore[arg-type]  # one of the kinds by construction
    ties = behind.evidence_of(context.db, kind, [row["id"] for row in rows])
    table = "outcome" if kind == "planned" else kind
    items = [_item(context, table, row, _badges(context.say, ties[row["id"]]), _weight(context.say, known, row["id"])) for row in rows]
    return html.Ul(items, className="records")


def _badges(say: Say, ties: dict[str, int]) -> list[Component]:
    tones: dict[str, Tone] = {"register": "plain", "agreement": "accent", "news": "accent", "outcome": "good"}
    return [badge(say.count(EVIDENCE[what][1], ties[what]), tones[what]) for what in EVIDENCE if ties.get(what)]


def _weight(say: Say, known: Traced, id_: str) -> str:
    return say.number(round(known.weights[id_], 2)) if id_ in known.weights else ""


def _item(context: Context, kind: str, row: Row, badges: Sequence[Component], weight: str) -> Component:
    """Return one record: its title, which unfolds it, what it is, what speaks for it, and, unfolded, where it comes from."""
    say, id_ = context.say, str(row["id"])
    said = title(say, kind, row)
    key = f"{kind}/{id_}"
    is_open = context.asked("open") == key
    opener = link(
        [html.Span("▾" if is_open else "▸", className="fold", **{"aria-hidden": "true"}), html.Span(said)],
        context.here(open="" if is_open else key),
        "record-title",
    )
    head = [
        html.Div(opener, title=say(FOLD if is_open else UNFOLD, title=said), className="record-head"),
        html.Div([html.Span(_what(context, kind, row)), *_names(context, row)], className="record-what"),
        html.Div([*badges, *([html.Span(f"× {weight}", className="record-weight")] if weight else []),
                  to(context, kind, id_, say(PAGE_OF), "record-page")], className="record-ties"),
    ]  # fmt: skip
    inside = [html.Div(unfolded(context, kind, id_), className="record-inside")] if is_open else []
    return html.Li([html.Div(head, className="record-line"), *inside], className="record is-open" if is_open else "record")


def _what(context: Context, kind: str, row: Row) -> str:
    say = context.say
    if kind == "partner":
        return say.name(row, "country_name")
    vocabulary = {"agreement": (AGREEMENT_TYPES, Agreement.type), "outcome": (OUTCOME_TYPES, Outcome.type), "news": (EVENTS, News.event)}
    words, column = vocabulary[kind]
    what = word(say, words, row[column]) if row[column] else ""
    return " · ".join(part for part in (day(say, row[_DATES[kind]]), what) if part)


def _names(context: Context, row: Row) -> list[Child]:
    partners = row.get("partner") or row.get("country") or []
    names = several(context, "partner" if row.get("partner") else "country", partners[:3]) if isinstance(partners, list) else []
    return [" · ", *names] if names else []


PAGE = Page(PATH, mark("Records"), draw, in_menu=False)
