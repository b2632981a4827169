"""How far the data can be trusted: every row accounted for, every finding with its cell."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import missing_values, problems_by_file, row_ledger
from dashboard.figures.words import AGREEMENT_TYPES, word
from dashboard.locale import Say, mark
from dashboard.outputs import address
from dashboard.pages import Context, Page, found, refreshed
from dashboard.pages.names import title
from dashboard.pages.stacks import stacked
from dashboard.parts import Child, Column, badge, columns, empty, fact_list, page_title, section, table
from dashboard.query import quality, single
from etl.tables import Review, Run, SourceColumn, SourceFile
from etl.words.messages import detail_said
from etl.words.types import candidate_said, in_words

TITLE = mark("{percent} % of {rows} rows were understood, {refused} refused")
NO_RUN = mark("No refresh has been run yet")
NOTE = mark("Refresh {id}, as of {date}; the filters apply only to the missing values")
PROBLEMS, PROBLEMS_NOTE = mark("Findings"), mark("Errors first; each with its cell, the text as written and what to do")
NO_PROBLEMS, NO_REVIEWS, NO_COLUMNS = mark("Nothing to report."), mark("No question is open."), mark("Every filled column is used.")
REVIEWS, REVIEWS_NOTE = mark("Questions for a person"), mark("What the rules could not decide; the answers are kept beside the raw data")
COLUMNS, FILES, RUN = mark("Columns that are not used"), mark("Input files"), mark("This refresh")
HEADS_REVIEWS = (mark("As written"), mark("Question"), mark("Possible answers"), mark("Cells"))
HEADS_COLUMNS = (mark("Header"), mark("File"), mark("Where"), mark("Reason"), mark("Filled cells"))
HEADS_FILES = (mark("File"), mark("Kind"), mark("Sheets"), mark("Rows"), mark("Verdict"), mark("Reason"))
SHEET_COLUMN = mark("{sheet}, column {letter}")
OUTPUTS: dict[str, str] = {"quality.html": mark("Report to print or send"), "quarantine.xlsx": mark("Refused rows to correct")}
#: Formats of which a copy with coloured cells is made.
_TABLES = frozenset(("xlsx", "xlsm", "xltx", "xltm", "xls", "xlsb", "ods", "csv", "tsv", "tab", "txt"))
COPY_TITLE = mark("Copy in which the cells with a finding are coloured")
FILE_KINDS: dict[str, str] = {
    "unknown": mark("other"), "decisions": mark("decisions of people"), "organisations": mark("list of organisations"),
}  # fmt: skip
VERDICTS: dict[str, str] = {"read": mark("read"), "refused": mark("refused"), "ignored": mark("ignored")}
STARTED, VERSION, FILES_READ, FILES_REFUSED = mark("Started (UTC)"), mark("Version"), mark("Files read"), mark("Files refused")
#: Kind of a review -> the one question that is asked of it.
QUESTIONS: dict[str, str] = {
    "partner": mark("Is this one of these partners?"),
    "agreement": mark("Is this one of these agreements, written a second time?"),
    "field": mark("What does this field mean?"),
    "country": mark("What does this country mean?"),
    "agreement_type": mark("What does this agreement type mean?"),
    "outcome_type": mark("What does this outcome type mean?"),
}


def draw(context: Context, _id: str = "") -> Component:
    """Return the page."""
    return html.Div([
        _head(context),
        columns(chart_card(row_ledger.FIGURE, context), chart_card(problems_by_file.FIGURE, context)),
        found.draw(context),
        _problems(context),
        columns(_reviews(context), stacked(_files(context), _unused(context))),
        columns(chart_card(missing_values.FIGURE, context), _run(context)),
        refreshed.draw(context),
    ])  # fmt: skip


def _head(context: Context) -> Component:
    say, run = context.say, quality.run(context.db)
    if not run or not run[Run.rows]:
        return page_title(say(NO_RUN))
    whole = run[Run.rows]
    understood = 100 * (whole - run[Run.quarantined]) / whole
    percent = say.number(100 if understood == 100 else min(99.9, round(understood, 1)))
    title = say(TITLE, percent=percent, rows=say.number(whole), refused=say.number(run[Run.quarantined]))
    actions = [html.A(say(text), href=address(name, say.language), className="link", target="_blank") for name, text in OUTPUTS.items()]
    return page_title(title, say(NOTE, id=run[Run.id], date=say.date(run[Run.as_of])), actions)


def _problems(context: Context) -> Component:
    say, rows = context.say, quality.problems(context.db)
    body = found.problem_table(context, rows, say(PROBLEMS)) if rows else empty(say(NO_PROBLEMS))
    return section(say(PROBLEMS), body, note=say(PROBLEMS_NOTE), id="problems")


def _reviews(context: Context) -> Component:
    say = context.say
    rows = quality.reviews(context.db)
    names = {pair: _candidate(context, *pair) for pair in {pair for row in rows for pair in _candidates(row)}}
    cells = [
        [html.Code(row[Review.subject], className="raw"), say(QUESTIONS.get(row[Review.kind]) or row[Review.question]),
         html.Ol([html.Li(names[pair]) for pair in _candidates(row)]),
         row[Review.cells]]
        for row in rows
    ]  # fmt: skip
    heads: list[Column | str] = [
        Column(say(HEADS_REVIEWS[0]), main=True),
        say(HEADS_REVIEWS[1]),
        say(HEADS_REVIEWS[2]),
        Column(say(HEADS_REVIEWS[3]), number=True),
    ]
    return section(
        say(REVIEWS), table(heads, cells, say(REVIEWS)) if cells else empty(say(NO_REVIEWS)), note=say(REVIEWS_NOTE), id="review"
    )


def _candidates(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(row[Review.kind], each) for each in row[Review.candidates][:5]]


def _candidate(context: Context, kind: str, said: str) -> str:
    """Return a possible answer in the reader's language: the name of a field, a country or a type; others as the ETL says them."""
    if kind == "agreement_type":
        return word(context.say, AGREEMENT_TYPES, said)
    find = {"field": single.field, "country": single.country}.get(kind)
    named = find(context.db, said) if find else None
    return f"{title(context.say, kind, named)} ({said})" if named else candidate_said(context.say, said)


def _unused(context: Context) -> Component:
    say = context.say
    cells = [
        [row[SourceColumn.header], row[SourceColumn.file],
         say(SHEET_COLUMN, sheet=row[SourceColumn.sheet], letter=row[SourceColumn.letter]).lstrip(",， "),
         _in_words(say, row[SourceColumn.reason]), row[SourceColumn.filled]]
        for row in quality.unknown_columns(context.db)
    ]  # fmt: skip
    heads: list[Column | str] = [
        Column(say(HEADS_COLUMNS[0]), main=True),
        *(say(head) for head in HEADS_COLUMNS[1:4]),
        Column(say(HEADS_COLUMNS[4]), number=True),
    ]
    return section(say(COLUMNS), table(heads, cells, say(COLUMNS)) if cells else empty(say(NO_COLUMNS)))


def _files(context: Context) -> Component:
    say = context.say
    cells = [
        [
            _copy(context, row),
            say(FILE_KINDS.get(str(row[SourceFile.kind]), str(row[SourceFile.kind]))),
            say.listed(row[SourceFile.sheets]),
            row[SourceFile.rows],
            badge(word(say, VERDICTS, row[SourceFile.verdict]), "bad" if row[SourceFile.verdict] == "refused" else "plain"),
            _in_words(say, row[SourceFile.message]),
        ]
        for row in quality.files(context.db)
    ]
    heads = [Column(say(head), main=head == HEADS_FILES[0], number=head == HEADS_FILES[3]) for head in HEADS_FILES]
    return section(say(FILES), table(heads, cells, say(FILES)) if cells else empty(say(NO_PROBLEMS)))


def _copy(context: Context, row: dict[str, Any]) -> Child:
    name = row[SourceFile.name]
    if row[SourceFile.verdict] != "read" or row[SourceFile.kind] not in _TABLES:
        return name
    say = context.say
    return html.A(name, href=address(f"annotated/{name}", say.language), className="link", title=say(COPY_TITLE))


def _in_words(say: Say, message: str | None) -> str:
    return in_words(say, detail_said(say.language, message) or message) if message else ""


def _run(context: Context) -> Component:
    say, run = context.say, quality.run(context.db)
    if not run:
        return section(say(RUN), empty(say(NO_RUN)))
    facts: list[tuple[str, Child]] = [
        (say(STARTED), str(run[Run.started])), (say(VERSION), run[Run.version]), (say(FILES_READ), say.number(run[Run.files])),
        (say(FILES_REFUSED), say.number(run[Run.refused])),
    ]  # fmt: skip
    return section(say(RUN), fact_list(facts))


PAGE = Page("/quality", mark("Data quality"), draw)
