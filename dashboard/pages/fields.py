"""In what: all research fields by area, and the profile of one field or area."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.card import chart_card
from dashboard.figures import country_area_outcome, fields_over_time, fields_ranking, outcomes_by_field, outcomes_by_type, specialisation
from dashboard.figures.words import AGREEMENTS, FIELDS
from dashboard.locale import mark, mark_plural
from dashboard.pages import Context, Page, crossings, flows, places, profile, standing
from dashboard.pages.absent import absent
from dashboard.pages.names import several, to
from dashboard.pages.stacks import stacked
from dashboard.parts import Column, columns, empty, page_title, section, table
from dashboard.query import counts, single
from dashboard.query.chosen import COUNT, SHARE, rows_of
from etl.tables import Field

TITLE = mark("{agreements} in {fields} of research")
NONE = mark("No research field in this selection")
LIST, LIST_NOTE = mark("All fields"), mark("OECD Fields of Research and Development; full counting beside the fractional sum")
HEADS = (mark("Research field"), mark("Area"), mark("Agreements"), mark("Fractional sum"))
UNKNOWN = mark_plural("{n} agreement names no field", "{n} agreements name no field")
ONE = mark("{field}: {agreements}")
IN_AREA, AREA = mark("Field {code} of the area {area}"), mark("Area {code}; its fields are counted together")
FIELDS_OF_AREA = mark("Fields of this area")


def draw(context: Context, _id: str = "") -> Component:
    """Return the page of all fields."""
    say = context.say
    frame = counts.by_field(context.db, context.selection)
    known = frame[frame["code"].notna()]
    missing = int(frame.loc[frame["code"].isna(), COUNT].sum())
    title = say(NONE)
    if len(known):
        with_field = say.count(AGREEMENTS, int(frame["total"].iloc[0]) - missing)
        title = say(TITLE, agreements=with_field, fields=say.count(FIELDS, len(known)))
    return html.Div([
        page_title(title, say.count(UNKNOWN, missing) if missing else None),
        columns(chart_card(fields_ranking.FIGURE, context, 500), crossings.shown(context)),
        columns(chart_card(fields_over_time.FIGURE, context), chart_card(outcomes_by_field.FIGURE, context, 430)),
        chart_card(country_area_outcome.FIGURE, context),
        _listed(context),
    ])  # fmt: skip


def _listed(context: Context) -> Component:
    say = context.say
    frame = counts.by_field(context.db, context.selection)
    rows = rows_of(frame[frame["code"].notna()])
    cells = [
        [to(context, "field", row["code"], say.name(row)), to(context, "field", row[Field.area], say.name(row, "area_name")),
         int(row[COUNT]), say.number(round(row[SHARE], 2))]
        for row in rows
    ]  # fmt: skip
    numbers = [Column(say(head), number=True) for head in HEADS[2:]]
    heads: list[Column | str] = [Column(say(HEADS[0]), main=True), say(HEADS[1]), *numbers]
    keys: list[list[str | float]] = [["", "", float(row[COUNT]), float(row[SHARE])] for row in rows]
    return section(say(LIST), table(heads, cells, say(LIST), keys) if cells else empty(say(NONE)), note=say(LIST_NOTE))


def draw_one(context: Context, code: str = "") -> Component:
    """Return the profile of a field (``2.5``) or an area (``2``)."""
    row = single.field(context.db, code)
    if row is None:
        return absent(context, "field", code)
    say, narrow = context.say, profile.within(context, "field", code)
    found = standing.Standing.of("field", context, narrow)
    title = say(ONE, field=say.name(row), agreements=say.count(AGREEMENTS, found.size("agreement")))
    line, *rest = standing.latest(found)
    is_area = "." not in code
    note = say(AREA, code=code) if is_area else say(IN_AREA, code=code, area=say.name(row, "area_name"))
    inside = (
        [section(say(FIELDS_OF_AREA), html.P(several(context, "field", single.area_fields(context.db, code), Field.code)))]
        if is_area
        else []
    )
    return html.Div([
        profile.head(context, title, note, context.selection),
        standing.numbers(found),
        *inside,
        columns(standing.glance(found), flows.shown(narrow, 300)),
        columns(
            stacked(places.shown(narrow, 340), chart_card(specialisation.FIGURE, narrow, 220)),
            stacked(chart_card(outcomes_by_type.FIGURE, narrow, 340), chart_card(fields_over_time.FIGURE, narrow, 220))
            if is_area
            else chart_card(outcomes_by_type.FIGURE, narrow, 340),
        ),
        line,
        *rest,
    ])  # fmt: skip


PAGE = Page("/fields", mark("Fields"), draw)
ONE_PAGE = Page("/fields/<id>", mark("Field"), draw_one, in_menu=False)
