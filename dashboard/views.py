"""Several views of one question in one place: a switch and the cards, of which one is shown.

All are drawn, so switching asks nobody; ``assets/where.js`` shows the one that the address names (``?view=where.tiles``), else the one
that the reader chose last, else the first. Printing shows what the screen shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component


@dataclass(frozen=True, slots=True)
class View:
    """One view: its code in the address, its name on the switch, its card. ``for_phones`` makes it the first choice on a phone."""

    code: str
    label: str
    card: Component
    for_phones: bool = False


def views(name: str, label: str, *choices: View) -> Component:
    """Return the switch called ``label`` and the cards; ``name`` is theirs in the address."""
    buttons = [
        html.Button(
            choice.label,
            type="button",
            className="switch",
            **{"data-view": choice.code, "aria-pressed": "false" if at else "true", **({"data-phone": "1"} if choice.for_phones else {})},
        )
        for at, choice in enumerate(choices)
    ]
    switch = html.Div(buttons, className="switches view-switch", role="group", **{"aria-label": label})
    cards = [html.Div(choice.card, className="view", hidden=bool(at), **{"data-view-of": choice.code}) for at, choice in enumerate(choices)]
    return html.Div([switch, *cards], className="views", **{"data-views": name})
