"""What explains itself: one line on the first visit of each area, the keys, and the words that the scripts of the browser say."""

from __future__ import annotations

import json

from dash import html
from dash.development.base_component import Component

from dashboard.locale import Say, mark

#: Beginning of an address -> its one line; the longest that fits is shown, once, until the reader has taken it away.
HINTS: dict[str, str] = {
    "/": mark("Click any bar, cell or symbol: it filters the page or shows the records behind it. Each number leads to its cells."),
    "/countries": mark("The symbols and bars count agreements; the switch “Counting” divides an agreement among its countries."),
    "/fields": mark("Fields follow the OECD classification; an area in the filter chooses all its fields."),
    "/partners": mark("A partner is one organisation, however it is written; its page shows every spelling."),
    "/agreements": mark("The status is worked out from the dates; a question mark says that they allow another one."),
    "/outcomes": mark("An outcome counts once it is achieved; planned ones are listed apart."),
    "/news": mark("What was understood in an item is marked in its text; a proposal waits for a person and never counts."),
    "/quality": mark("Every row that was read is here with what became of it; each finding names its cell and what to do."),
    "/records": mark("Unfold a record to see the file, the cell, the text as written and the rule that read it."),
    "/search": mark("A typing error or another script does no harm. On a keyboard, / searches from any page."),
}
HINT = mark("Hint")
GOT_IT = mark("Got it")
HELP, VIEWS = mark("Keys and help"), mark("Saved views")
KEYS: tuple[tuple[str, str], ...] = (
    ("/", mark("search")),
    ("?", mark("this list")),
    ("v", mark("saved views")),
    ("Tab", mark("go to the next control; “Table” below a chart lists its marks")),
    ("Enter", mark("open the menu of a mark, sort a table by its heading")),
    ("↑ ↓", mark("move within a menu")),
    ("Esc", mark("close a menu, a drawer or this list")),
    ("Alt ←", mark("undo the last step")),
)
WORDS: dict[str, str] = {
    "help": HELP,
    "views": VIEWS,
    "viewsNote": mark("A view is the address of this page with its filters; views are kept in this browser only."),
    "name": mark("Name of the present view"),
    "save": mark("Save"),
    "noViews": mark("No view is saved yet."),
    "open": mark("Open"),
    "copy": mark("Copy link"),
    "copied": mark("Copied"),
    "copyPage": mark("Copy the link of this page"),
    "delete": mark("Delete"),
    "close": mark("Close"),
    "rows": mark("{shown} of {all} rows"),
    "filter": mark("Filter the rows"),
    "csv": mark("CSV"),
    "xlsx": mark("XLSX"),
    "lost": mark("The server does not answer. What you see stays as it was; filters and other pages wait until it is back."),
    "again": mark("Try again"),
    "loading": mark("The table is being loaded …"),
    "notLoaded": mark("The table could not be loaded: the server does not answer."),
    "newer": mark("Newer data has been published since this chart was drawn."),
    "reload": mark("Show the newer data"),
}


def hint(say: Say, path: str) -> Component | None:
    """Return the line of the area, hidden until assets/guidance.js knows that the reader has not taken it away."""
    fits = [start for start in HINTS if path == start or (start != "/" and f"{path}/".startswith(f"{start}/"))]
    if not fits:
        return None
    area = max(fits, key=len)
    button = html.Button(say(GOT_IT), type="button", className="button", **{"data-hint-close": area})
    named = {"data-hint": area, "aria-label": say(HINT)}
    return html.Aside([html.P(say(HINTS[area])), button], className="message hint", hidden=True, **named)


def words(say: Say) -> Component:
    """Return the words of the scripts, in a place where they find them."""
    said = {name: say(text) for name, text in WORDS.items()} | {"keys": [[key, say(text)] for key, text in KEYS]}
    return html.Div(hidden=True, id="words", **{"data-words": json.dumps(said, ensure_ascii=False)})
