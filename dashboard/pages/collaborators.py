"""With whom a partner stands in one record, and how its numbers compare with those of the portfolio."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.figures.together import MOST_TIES, RECORDS
from dashboard.figures.words import PARTNERS
from dashboard.indicators.network import strength
from dashboard.indicators.series import sparkline
from dashboard.locale import Say, mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.changes import by_year
from dashboard.pages.names import title, to
from dashboard.parts import Child, Column, empty, section, table, tile, tiles
from dashboard.query import counts, registers, together
from dashboard.query.chosen import YEARS, Kind, rows_of

TITLE = mark("Stands in one record with")
NOTE = mark("Agreements, outcomes and news that name both; strength: 1 is as often as chance would have it")
NOBODY = mark("No other partner stands in one record with it.")
HEADS = (mark("Partner"), mark("Country"), mark("Common records"), mark("Strength"))
MORE = mark_plural("{n} more partner", "{n} more partners")
PAIRS, PAIRS_NOTE = (
    mark("Who works with whom"),
    mark("Pairs of partners by the number of records that name both; the wide screen draws them as a network"),
)
AGREEMENTS, OUTCOMES, NEWS, TIED = mark("Agreements"), mark("Outcomes"), mark("News"), mark("Partners in common records")
MEDIAN = mark("median {n}")
OF_ALL = mark("of {partners} with an agreement")
MOST = 15
#: Columns of :func:`registers.partners` with the number of each kind.
_COLUMNS: tuple[tuple[str, Kind, str], ...] = (
    ("agreements", "agreement", AGREEMENTS), ("outcomes", "outcome", OUTCOMES), ("items", "news", NEWS),
)  # fmt: skip


def numbers(context: Context, narrow: Context, id_: str) -> Component:
    """Return how many agreements, outcomes, news and tied partners it has, each beside the median of all partners with an agreement."""
    say = context.say
    everyone = context.selection.without("partner")
    typical = together.typical(context.db, everyone)
    made = []
    for column, kind, label in _COLUMNS:
        years = by_year(rows_of(counts.by_year(context.db, narrow.selection, kind, YEARS[kind])))
        number = registers.size(context.db, narrow.selection, kind)
        made.append(tile(say(label), say.number(number), _median(say, column, typical), "", sparkline(years, context.as_of)))
    own = together.tied_to(context.db, everyone, id_)
    made.append(tile(say(TIED), say.number(own), _median(say, "tied", typical)))
    return tiles(*made)


def _median(say: Say, name: str, typical: Mapping[str, float]) -> str:
    if not typical["partners"]:
        return ""
    number = typical[name]
    said = say.number(int(number) if number.is_integer() else number)
    return f"{say(MEDIAN, n=said)} {say(OF_ALL, partners=say.count(PARTNERS, int(typical['partners'])))}"


def listed(context: Context, narrow: Context, id_: str) -> Component:
    """Return the section with the partners that stand in a record with this one, those in most first."""
    say = context.say
    near = sorted((-n, code) for code, n in together.members(narrow.db, narrow.selection)[0].items() if code != id_)
    wide, total = together.members(context.db, context.selection.without("partner"))
    named = registers.people(context.db, tuple(code for _, code in near[:MOST]))
    cells: list[list[Child]] = [
        [
            to(context, "partner", code, title(say, "partner", named[code])),
            say.name(named[code], "country_name"),
            -n,
            say.number(round(strength(-n, wide[id_], wide[code], total), 1)) if id_ in wide and code in wide else "",
        ]
        for n, code in near[:MOST]
    ]
    heads = [Column(say(head), main=i == 0, number=i > 1) for i, head in enumerate(HEADS)]
    more = [html.P(say.count(MORE, len(near) - MOST), className="note")] if len(near) > MOST else []
    body = table(heads, cells, say(TITLE)) if cells else empty(say(NOBODY))
    return section(say(TITLE), body, *more, note=say(NOTE))


def pairs(context: Context) -> Component:
    """Return the ties as a list, for screens that are too narrow for a network."""
    say = context.say
    found = together.ties(context.db, context.selection, MOST_TIES)[:MOST]
    rows = registers.people(context.db, tuple({code for tie in found for code in (tie["one"], tie["other"])}))
    names = {code: title(say, "partner", row) for code, row in rows.items()}
    items = [
        html.Li([
            to(context, "partner", tie["one"], names[tie["one"]]), " – ", to(context, "partner", tie["other"], names[tie["other"]]), " ",
            html.Span(say.count(RECORDS, tie["n"]), className="muted"),
        ])
        for tie in found
    ]  # fmt: skip
    body = html.Ul(items, className="pairs") if items else empty(say(NOBODY))
    return html.Div(section(say(PAIRS), body, note=say(PAIRS_NOTE)), className="network-narrow")
