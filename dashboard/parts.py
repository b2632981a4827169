"""The pieces that pages are built of: sections, number tiles, lists, badges, empty states. Tables are in :mod:`dashboard.tables`.

Every text given to a piece is already said in the reader's language; Dash shows strings letter by letter, so data needs no escaping here.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.colours import ACCENT, OTHERS
from dashboard.elements import element
from dashboard.tables import Cell, Column, Evidence, evidence, table

__all__ = [
    "Cell", "Child", "Column", "Evidence", "Tone", "badge", "columns", "empty", "evidence", "external_link", "fact_list",
    "link", "page_title", "section", "table", "tile", "tiles", "timeline",
]  # fmt: skip

Child: TypeAlias = Component | str | int | float | None
Tone = Literal["plain", "good", "warning", "bad", "accent"]


def page_title(finding: str, note: Child = None, actions: Sequence[Child] = ()) -> Component:
    """Return the head of a page: its one finding as ``h1``, a line below it, and buttons or links at the right."""
    head: list[Child] = [html.Div([html.H1(finding), _note(note)], className="page-head-text")]
    return html.Div([*head, html.Div(list(actions), className="page-head-actions")] if actions else head, className="page-head")


def section(title: str, *children: Child, note: Child = None, id: str = "") -> Component:  # noqa: A002 - the attribute is called so
    """Return a card with ``title`` as ``h2``; ``id`` makes it a target of links."""
    named = {"id": id} if id else {}
    return html.Section([html.H2(title), _note(note), *children], className="card section", **named)


def columns(*children: Child, wide_first: bool = False) -> Component:
    """Return ``children`` side by side, two in a row on a desk and one on a phone; ``wide_first`` gives the first two thirds."""
    return html.Div(list(children), className="columns columns-wide-first" if wide_first else "columns")


def tiles(*children: Component) -> Component:
    """Return number tiles in one row on a desk, two by two on a phone."""
    return html.Div(list(children), className="tiles")


def tile(label: str, value: str, note: str = "", href: str = "", spark: Sequence[float | None] = (), of: str = "") -> Component:
    """Return a number with its label, the difference in words and a sparkline; with ``href`` the whole tile is a link.

    ``of`` says what the number is made of, or of how many records something is known.
    """
    inside: list[Child] = [
        html.Span(label, className="tile-label"),
        html.Span(value, className="tile-value"),
        *([html.Span(of, className="tile-of")] if of else []),
        html.Span([html.Span(note, className="tile-note"), _spark(spark)], className="tile-foot"),
    ]
    return dcc.Link(inside, href=href, className="tile") if href else html.Div(inside, className="tile")


def badge(text: str, tone: Tone = "plain", title: str = "") -> Component:
    """Return a short label; ``title`` explains it when pointed at."""
    return element(html.Span, text, className=f"badge badge-{tone}", **({"title": title} if title else {}))


def fact_list(facts: Iterable[tuple[str, Child | Sequence[Child]]]) -> Component:
    """Return names and values as a description list; a fact without a value is left out."""
    rows = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts if value not in (None, "", [], ())]
    return html.Dl(rows, className="facts")


def timeline(events: Iterable[tuple[str, Child | Sequence[Child], Tone]]) -> Component:
    """Return dated events (date in words, content, tone of the dot) as an ordered list, in the order given."""
    items = [
        html.Li([html.Span(date, className="timeline-date"), html.Div(content, className="timeline-what")], className=f"tone-{tone}")
        for date, content, tone in events
    ]
    return html.Ol(items, className="timeline")


def empty(message: str, *actions: Component) -> Component:
    """Return what stands where nothing can be shown: why, and the links that change that."""
    return html.Div([html.P(message), html.Div(list(actions), className="empty-actions")], className="empty")


def link(text: Child, href: str, className: str = "") -> Component:  # noqa: N803 - as Dash spells it
    """Return a link inside the dashboard (no reload of the page)."""
    return element(dcc.Link, text, href=href, className=className or "link")


def external_link(text: str, href: str | None) -> Child:
    """Return a link out of the dashboard, or only ``text`` when ``href`` is no plain http(s) address."""
    try:
        parts = urlsplit(_printable(href))
        is_plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:  # http://[
        is_plain = False
    if not is_plain:
        return text
    return html.A([text, html.Span("↗", className="out", **{"aria-hidden": "true"})], href=href, target="_blank", rel="noopener noreferrer")


def _printable(href: str | None) -> str:
    return href if href and href.isprintable() and not any(c in href for c in ' "<>\\^`{|}') else ""


def _note(note: Child) -> Child:
    return html.P(note, className="note") if isinstance(note, (str, int, float)) and note != "" else note or None


def _spark(values: Sequence[float | None]) -> Component | None:
    """Return a line of ``values`` as an image (a chart would cost 20 ms each), its last point marked; nothing below two points."""
    known = [(i, float(v)) for i, v in enumerate(values) if v is not None and v == v]  # the last: NaN differs from itself
    if len(known) < 2:
        return None
    low, high = min(0.0, *(v for _, v in known)), max(v for _, v in known)
    points = [(2 + 72 * i / (len(values) - 1), 21 - 17 * (v - low) / ((high - low) or 1)) for i, v in known]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    last_x, last_y = points[-1]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="78" height="24" viewBox="0 0 78 24">'
        f'<polyline points="{line}" fill="none" stroke="{OTHERS}" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{last_x:.1f}" cy="{last_y:.1f}" r="2.6" fill="{ACCENT}"/></svg>'
    )
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return html.Img(src=source, alt="", className="tile-spark", width=78, height=24)
