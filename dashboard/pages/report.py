"""The page that makes the annual report and the briefs: assets/report.js builds the form and follows the job."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import orjson
from dash import html
from dash.development.base_component import Component

from dashboard.export.browser import ready
from dashboard.filters import Selection
from dashboard.frame import LANGUAGE_NAMES
from dashboard.indicators.series import last_whole_year
from dashboard.locale import LANGUAGES, Say, mark
from dashboard.pages import Context, Page
from dashboard.pages.names import title
from dashboard.parts import link, page_title, section
from dashboard.query import counts, single
from dashboard.query.chosen import YEARS, Kind
from dashboard.report.outline import CONTENTS, COVER, read

PATH = "/report"
TITLE = mark("Annual report of {year}: choose and make it")
NOTE = mark("Worked out from the data as of {date}: text, figures and tables in the language you choose; the filters above do not apply")
BRIEF_TITLE, BRIEF_NOTE = mark("Brief for a visit: {name}"), mark("Two pages on {name} as of {date}, in the language of the guest")
BRIEF = mark("Brief for a visit")
SETTINGS, PREVIEW = mark("What it should be"), mark("Preview")
NO_GUEST = mark("The data does not know whom this brief is about.")
TO_REPORT = mark("To the annual report")
NO_BROWSER = mark("There is no Chrome or Chromium on the server: no PDF, and tables in the place of charts.")
TEXTS: dict[str, str] = {
    "year": mark("Year"),
    "language": mark("Language"),
    "format": mark("Format"),
    "sections": mark("Sections"),
    "look": mark("Show a preview"),
    "make": mark("Make the file"),
    "working": mark("Being made: {part}"),
    "begins": mark("Being made …"),
    "ready": mark("Ready: {file}"),
    "fetch": mark("Download {file}"),
    "failed": mark("It was not made: {message}"),
    "away": mark("The server does not answer. Try again."),
    "empty": mark("The preview appears here."),
    "none": mark("Choose one section at least."),
}
FORMATS: dict[str, str] = {
    "docx": mark("Word (DOCX), to edit"), "pdf": mark("PDF, to print"), "pptx": mark("Slides (PPTX)"), "html": mark("One page (HTML)"),
    "xlsx": mark("Workbook (XLSX), all numbers"),
}  # fmt: skip
OF_BRIEFS: tuple[str, ...] = ("docx", "pdf", "html")
_KINDS = ("partner", "country")


def address(selection: Selection, kind: str, code: str) -> str:
    """Return the address of the page for the brief on a partner or a country; the selection stays for whoever goes back.

    >>> address(Selection(since=2020), "country", "CHN")
    '/report?since=2020&kind=country&open=CHN'
    """
    query = selection.to_query()
    return f"{PATH}{query}{'&' if query else '?'}{urlencode({'kind': kind, 'open': code})}"


def draw(context: Context, _id: str = "") -> Component:
    """Return the page: for the report, or for the brief on whom the address names."""
    kind, code = context.asked("kind"), context.asked("open")
    return _brief(context, kind, code) if kind in _KINDS and code else _report(context)


def _report(context: Context) -> Component:
    say = context.say
    years, year = _years(context), last_whole_year(context.as_of)
    sections = [[each.id, each.title(say)] for each in read() if each.id not in (COVER, CONTENTS)]
    told = {"kind": "report", "years": years, "year": year if year in years else years[0], "sections": sections}
    head = page_title(say(TITLE, year=str(told["year"])), say(NOTE, date=say.date(context.as_of)))
    return _page(head, say, told, tuple(FORMATS))


def _years(context: Context) -> list[int]:
    """Return the years of which there is a dated agreement, outcome or news item, the latest first, none after that of the data."""
    found: set[int] = set()
    kinds: tuple[Kind, ...] = ("agreement", "outcome", "news")
    for kind in kinds:
        frame = counts.by_year(context.db, Selection(), kind, YEARS[kind])
        found |= {int(year) for year in frame["year"].dropna()}
    last = int(context.as_of[:4])
    return sorted((year for year in found if year <= last), reverse=True) or [last]


def _brief(context: Context, kind: str, code: str) -> Component:
    say = context.say
    row = single.partner(context.db, code) if kind == "partner" else single.country(context.db, code)
    if row is None:
        return html.Div([page_title(say(NO_GUEST)), link(say(TO_REPORT), context.link(PATH))])
    name = title(say, kind, row)
    head = page_title(say(BRIEF_TITLE, name=name), say(BRIEF_NOTE, name=name, date=say.date(context.as_of)))
    return _page(head, say, {"kind": kind, "code": code}, OF_BRIEFS)


def _page(head: Component, say: Say, told: dict[str, Any], formats: tuple[str, ...]) -> Component:
    has_browser = ready()
    data = told | {
        "texts": {name: say(text) for name, text in TEXTS.items()},
        "languages": [[code, LANGUAGE_NAMES[code][1]] for code in LANGUAGES],
        "language": say.language,
        "formats": [[code, say(FORMATS[code]), has_browser or code != "pdf"] for code in formats],
    }
    form = html.Div(className="report-form", **{"data-report": orjson.dumps(data).decode()})
    preview = html.Div(html.P(say(TEXTS["empty"]), className="muted"), className="report-preview")
    notes = [] if has_browser else [html.P(say(NO_BROWSER), className="note")]
    shown = [section(say(SETTINGS), *notes, form), section(say(PREVIEW), preview)]
    return html.Div([head, html.Div(shown, className="report-page")])


PAGE = Page(PATH, mark("Report"), draw)
