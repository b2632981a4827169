"""What stands around every page: header, filter bar, chips, messages, footer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import floor

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.filters import LISTS, Selection
from dashboard.guidance import HELP, VIEWS, hint, words
from dashboard.locale import LANGUAGES, Say, mark
from dashboard.options import Options
from dashboard.pages import Context, Page
from dashboard.parts import Child
from etl.tables import Run

NAME = mark("International cooperation")
SEARCH, SEARCH_KEY = mark("Search"), mark("Search  /")
SKIP = mark("Skip to the content")
PAGES = mark("Pages")
AS_OF = mark("As of {date}")
ALL_ROWS = mark("all rows loaded")
ROWS = mark("{share} % of rows loaded")
ROWS_TITLE = mark("{loaded} of {all} rows with data made a record; the rest is on the page Data quality")
THEME = mark("Light or dark")
LANGUAGE = mark("Language")
FILTERS = mark("Filters")
FILTERS_CHOSEN = mark("Filters ({n})")
CLOSE = mark("Show")
COUNTING, FULL, FRACTIONAL = mark("Counting"), mark("Full"), mark("Fractional")
COUNTING_TITLE = mark("Full: a record counts once in each of its countries and fields. Fractional: it is divided among them.")
RESET = mark("Reset")
OUT = mark("without {name}")
REMOVE = mark("Remove the filter {name}")
NO_MATCH = mark("Nothing found")
CLEAR = mark("Clear")
YEARS, SINCE, UNTIL = mark("Years"), mark("First year"), mark("Last year")
YEARS_BOTH, YEARS_SINCE, YEARS_UNTIL = mark("{since}–{until}"), mark("since {since}"), mark("until {until}")
LABELS: dict[str, str] = {
    "country": mark("Country"),
    "field": mark("Field"),
    "type": mark("Agreement type"),
    "status": mark("Status"),
    "partner": mark("Partner"),
    "outcome": mark("Outcome type"),
}
CHOSEN: tuple[str, ...] = tuple(LABELS)
IGNORED = mark("Not understood in the address and left out: {parts}.")
STALE = mark("The newest data is not shown; this is the last good state.")
SNAPSHOT = mark("Snapshot {id}")
TAB_TITLE = mark("{page} · {name}")
LANGUAGE_NAMES = {"en": ("EN", "English"), "ru": ("РУ", "Русский"), "zh": ("中", "中文")}

# Ids of the frame: the callbacks of app.py and assets/frame.js use them.
ADDRESS, PREFERENCES, ASKED, DRAWN, SHOWN = "address", "preferences", "asked", "drawn", "shown"
HEADER, BAR, CHIPS, MESSAGES, CONTENT, FOOTER = "header", "bar", "chips", "messages", "content", "footer"
PLACES: tuple[str, ...] = (HEADER, BAR, CHIPS, MESSAGES, CONTENT, FOOTER)
YEARS_ID, COUNTING_ID = "filter-years", "filter-counting"


def filter_id(name: str) -> str:
    """Return the id of the select box of a part of the address."""
    return f"filter-{name}"


def header(context: Context, options: Options, pages: Sequence[Page]) -> list[Component]:
    """Return the inside of the header: name, freshness, language, theme, and the pages as tabs."""
    say = context.say
    tabs = [_tab(page, context) for page in pages if page.in_menu]
    top = html.Div(
        [
            html.A(say(SKIP), href="#main", className="skip"),
            dcc.Link(say(NAME), href=context.link("/"), className="brand"),
            _search(context),
            html.Div([_freshness(context, options), *_panels(context), languages(say), _theme(say)], className="top-tools"),
            words(say),
        ],
        className="top-row wrap",
    )
    return [top, html.Nav(tabs, className="tabs wrap", **{"aria-label": say(PAGES)})]


def _search(context: Context) -> Component:
    """Return the box of the header; assets/guidance.js opens the page of results."""
    say = context.say
    field = dmc.TextInput(
        value=context.asked("q"), placeholder=say(SEARCH_KEY), className="search-field header-search", size="sm",
        **{"aria-label": say(SEARCH)},
    )  # fmt: skip
    return html.Div(field, role="search", **{"aria-label": say(SEARCH)})


def _panels(context: Context) -> list[Component]:
    say = context.say
    glass = dcc.Link(html.Span("⌕", title=say(SEARCH)), href=context.link("/search"), className="icon-button phone-only icon-link")
    buttons = [
        html.Button(sign, type="button", className="icon-button", title=say(text), **{"data-panel": name, "aria-label": say(text)})
        for name, sign, text in (("views", "☆", VIEWS), ("help", "?", HELP))
    ]
    return [glass, *buttons]


def _tab(page: Page, context: Context) -> Component:
    here = page.path == "/" if context.path == "/" else page.path != "/" and f"{context.path}/".startswith(f"{page.path}/")
    return dcc.Link(context.say(page.title), href=context.link(page.path), className="page-tab page-tab-here" if here else "page-tab")


def _freshness(context: Context, options: Options) -> Component:
    say, run = context.say, options.run
    rows = int(run.get(Run.rows) or 0) - int(run.get(Run.not_data) or 0)
    loaded = int(run.get(Run.loaded) or 0) + int(run.get(Run.merged) or 0)
    # Rounded down: 99.97 % must not read as 100.
    share = floor(1000 * loaded / rows) / 10 if rows else 0.0
    text = say(ALL_ROWS) if rows and loaded >= rows else say(ROWS, share=say.number(share))
    return dcc.Link(
        [html.Span(say(AS_OF, date=say.date(context.as_of))), html.Span(f" · {text}", className="wide-only")],
        href=context.link("/quality"),
        title=say(ROWS_TITLE, loaded=say.number(loaded), all=say.number(rows)),
        className="freshness",
    )


def languages(say: Say) -> Component:
    """Return the language switch; assets/frame.js listens to ``data-language``."""
    buttons = [
        html.Button(
            LANGUAGE_NAMES[code][0],
            type="button",
            lang=code,
            title=LANGUAGE_NAMES[code][1],
            className="switch",
            **{"data-language": code, "aria-pressed": "true" if code == say.language else "false"},
        )
        for code in LANGUAGES
    ]
    return html.Div(buttons, className="switches", role="group", **{"aria-label": say(LANGUAGE)})


def _theme(say: Say) -> Component:
    return html.Button("◐", type="button", className="icon-button", title=say(THEME), **{"data-theme-switch": "", "aria-label": say(THEME)})


def bar(options: Options, selection: Selection, say: Say) -> list[Component]:
    """Return the filter bar; later changes of the address set only the values (assets/frame.js)."""
    groups = options.groups(say)
    boxes = [_box(name, groups[name], list(getattr(selection, LISTS[name])), say) for name in CHOSEN]
    inside = [*boxes[:2], _years(options, selection, say), *boxes[2:], _counting(selection, say)]
    done = html.Button(say(CLOSE), type="button", className="button primary phone-only", **{"data-drawer": "close"})
    return [html.Div([*inside, done], className="bar-inside wrap", role="group", **{"aria-label": say(FILTERS)})]


def _box(name: str, data: list[dict[str, object]], value: list[str], say: Say) -> Component:
    select = dmc.MultiSelect(
        id=filter_id(name),
        data=data,
        value=value,
        placeholder=say(LABELS[name]),
        searchable=True,
        clearable=True,
        limit=200,
        maxDropdownHeight=360,
        nothingFoundMessage=say(NO_MATCH),
        comboboxProps={"width": 300, "position": "bottom-start", "shadow": "none", "transitionProps": {"duration": 0}},
        clearButtonProps={"aria-label": say(CLEAR)},
        checkIconPosition="right",
        size="sm",
        inputProps={"aria-label": say(LABELS[name])},
    )
    return html.Div(select, className=f"box box-{name}", **{"data-count": len(value) or ""})


def _years(options: Options, selection: Selection, say: Say) -> Component:
    first, last = options.years
    value = [min(max(selection.since or first, first), last), max(min(selection.until or last, last), first)]
    slider = dmc.RangeSlider(
        id=YEARS_ID,
        min=first,
        max=max(last, first + 1),
        step=1,
        minRange=0,
        value=value,
        updatemode="mouseup",
        size="xs",
        thumbSize=16,
        thumbFromLabel=say(SINCE),
        thumbToLabel=say(UNTIL),
        labelTransitionProps={"duration": 0},
    )
    ends = [html.Span(str(year), className="years-end") for year in value]
    return html.Div([ends[0], slider, ends[1]], className="box years", role="group", **{"aria-label": say(YEARS)})


def _counting(selection: Selection, say: Say) -> Component:
    rules = [{"value": "full", "label": say(FULL)}, {"value": "fractional", "label": say(FRACTIONAL)}]
    control = dmc.SegmentedControl(id=COUNTING_ID, data=rules, value=selection.counting, size="xs", transitionDuration=0)
    label = html.Span(say(COUNTING), className="muted")
    return html.Div([label, control], className="box counting", title=say(COUNTING_TITLE), role="group", **{"aria-label": say(COUNTING)})


def chips(context: Context, names: Mapping[str, Mapping[str, str]]) -> list[Component]:
    """Return the button that opens the filters on a phone, what is chosen as links that remove it, and the reset."""
    say, selection = context.say, context.selection
    chosen = [
        _chip(names[name].get(code, code), context.here(selection.minus(name, code)), say)
        for name, attribute in LISTS.items()
        for code in getattr(selection, attribute)
    ]
    chosen += [
        _chip(say(OUT, name=names[name].get(code, code)), context.here(selection.minus(name, code)), say)
        for name, code in selection.excluded
    ]
    if years := years_in_words(selection, say):
        chosen.append(_chip(years, context.here(selection.without("years")), say))
    label = say(FILTERS_CHOSEN, n=len(chosen)) if chosen else say(FILTERS)
    opener = html.Button(label, type="button", className="button phone-only", **{"data-drawer": "open", "aria-controls": BAR})
    reset = dcc.Link(say(RESET), href=context.here(Selection(counting=selection.counting)), className="reset")
    return [html.Div([opener, *chosen, *([reset] if chosen else [])], className="chips-inside wrap")]


def _chip(name: str, href: str, say: Say) -> Component:
    inside: list[Child] = [html.Span(name, className="chip-name"), html.Span("×", className="chip-x", **{"aria-hidden": "true"})]
    return dcc.Link(inside, href=href, className="chip", title=say(REMOVE, name=name))


def years_in_words(selection: Selection, say: Say) -> str:
    """Return the chosen years: ``2018–2025``, ``since 2018``, ``until 2025``, ``2020`` or nothing."""
    since, until = selection.since, selection.until
    if since and until:
        return str(since) if since == until else say(YEARS_BOTH, since=since, until=until)
    return say(YEARS_SINCE, since=since) if since else say(YEARS_UNTIL, until=until) if until else ""


def messages(notes: Iterable[tuple[str, str]], say: Say, path: str) -> list[Component]:
    """Return one line per note (tone ``warning`` or ``plain``, text), and the first-visit line of the area."""
    lines: list[Component] = [html.P(text, className=f"message message-{tone}", role="status") for tone, text in notes]
    lines += [line] if (line := hint(say, path)) else []
    return [html.Div(lines, className="wrap")] if lines else []


def footer(context: Context) -> list[Component]:
    """Return the last line: on paper it says what the page shows and as of when."""
    say = context.say
    source = f"{say(NAME)} · {say(SNAPSHOT, id=context.snapshot_id)}"
    return [html.Div([html.Span(source, className="footer-source"), f" · {say(AS_OF, date=say.date(context.as_of))}"], className="wrap")]
