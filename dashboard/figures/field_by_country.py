"""In what, with whom: which research fields are worked on with which countries?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.colours import SEQUENTIAL
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.sentences import UNSTATED, amount, short_number
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.marks import mark_of
from dashboard.plain import plain, short
from dashboard.query import behind, counts
from dashboard.query.chosen import COUNT, SHARE

UNIT = mark("Agreements by research field and partner country; a blank cell means none")
PAIR = mark("{field} with {country}")
NO_FIELD = mark("Field not stated")
NO_COUNTRY = mark("Country not stated")
FULL = mark("full counting: an agreement counts once in each of its cells")
FRACTIONAL = mark("fractional counting: an agreement is divided among its cells")
SHOWN = mark("the {fields} largest fields of {all_fields}, the {countries} largest countries of {all_countries}")
NO_PAIR = mark_plural("{n} agreement without a field or a country not shown", "{n} agreements without a field or a country not shown")
HEADS = (mark("Research field"), mark("Country"), mark("Agreements"), mark("Fractional sum"))
CONTEST = sentences.Contest(
    AGREEMENTS,
    mark_plural(
        "{n} pair of field and country has {amount}",
        "{n} pairs of field and country share the lead, each with {amount}",
    ),
    sentences.COMMON,
)
MOST_FIELDS, MOST_COUNTRIES = 14, 12


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.counts.field_by_country`."""
    return counts.field_by_country(db, selection, "agreement")


def _known(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    known = frame[frame["field"].notna() & frame["country"].notna()]
    return known.assign(_value=sentences.values(known, selection).round(9))


def _largest(known: pd.DataFrame, column: str) -> list[str]:
    """Return the codes of ``column`` by their sum, the largest first; under full counting the sum only orders."""
    sums = known.groupby(column)["_value"].sum().reset_index().sort_values(["_value", column], ascending=[False, True])
    return [str(code) for code in sums[column]]


def draw(frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
    """Draw the fields from top to bottom and the countries from left to right, the largest first; the number stands in each cell."""
    known = _known(frame, selection)
    if not len(known):
        return layouts.nothing()
    fields, countries = _largest(known, "field")[:MOST_FIELDS], _largest(known, "country")[:MOST_COUNTRIES]
    cells = {(row["field"], row["country"]): row for _, row in known.iterrows()}
    names = {code: _name(say, row, "field") for (code, _), row in cells.items()} | {
        code: _name(say, row, "country") for (_, code), row in cells.items()
    }
    numbers = [[_number(cells, field, country) for country in countries] for field in fields]
    trace = {
        "type": "heatmap", "z": numbers, "x": list(range(len(countries))), "y": list(range(len(fields))), "xgap": 2, "ygap": 2,
        "colorscale": SEQUENTIAL, "showscale": False, "zmin": 0, "hoverongaps": False, "hovertemplate": "%{customdata[1]}<extra></extra>",
        "text": [["" if n is None else short_number(say, n) if n >= 0.05 else "&lt;0.1" for n in line] for line in numbers],
        "texttemplate": "%{text}",
        "customdata": [[[country, _hover(say, selection, names, (field, country), n), mark_of({"field": field, "country": country})]
                        for country, n in zip(countries, line, strict=True)]
                       for field, line in zip(fields, numbers, strict=True)],
    }  # fmt: skip
    return {"data": [trace], "layout": _layout([names[c] for c in fields], [names[c] for c in countries])}


def _layout(fields: list[str], countries: list[str]) -> layouts.Layout:
    x = layouts.quiet_axis(
        tickmode="array", tickvals=list(range(len(countries))), ticktext=[short(c, 16) for c in countries], side="top", tickangle=-40
    )
    y = layouts.quiet_axis(
        tickmode="array", tickvals=list(range(len(fields))), ticktext=[short(f, 30) for f in fields], autorange="reversed"
    )
    return layouts.layout(xaxis=x, yaxis=y, margin={"l": 8, "r": 8, "t": 8, "b": 4, "pad": 4})


def _number(cells: dict[tuple[str, str], pd.Series], field: str, country: str) -> float | None:
    row = cells.get((field, country))
    return None if row is None else float(row["_value"])


def _hover(say: Say, selection: Selection, names: dict[str, str], pair: tuple[str, str], number: float | None) -> str:
    if number is None:
        return ""
    return plain(f"{say(PAIR, field=names[pair[0]], country=names[pair[1]])}: {amount(say, number, selection, AGREEMENTS)}")


def _name(say: Say, row: pd.Series, column: str) -> str:
    return sentences.name(say, row, f"{column}_name") or say(NO_FIELD if column == "field" else NO_COUNTRY)


def finding(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Name the pair with most agreements."""
    known = _known(frame, selection).sort_values(["_value", "field", "country"], ascending=[False, True, True])
    ranked = [
        (say(PAIR, field=_name(say, row, "field"), country=_name(say, row, "country")), float(row["_value"])) for _, row in known.iterrows()
    ]
    return sentences.leader(say, selection, ranked, CONTEST, sentences.total(frame))


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what a cell counts, how much of the matrix is shown and what has no place in it."""
    known = _known(frame, selection)
    fields, countries = known["field"].nunique(), known["country"].nunique()
    extra = []
    if fields > MOST_FIELDS or countries > MOST_COUNTRIES:
        shown = {
            "fields": min(fields, MOST_FIELDS),
            "all_fields": fields,
            "countries": min(countries, MOST_COUNTRIES),
            "all_countries": countries,
        }
        extra.append(say(SHOWN, **shown))
    if missing := int(frame["lost"].iloc[0]) if len(frame) else 0:
        extra.append(say.count(NO_PAIR, missing))
    return sentences.subtitle(say, frame, say(UNIT), say(FRACTIONAL if selection.counting == "fractional" else FULL), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per pair, most agreements first."""
    fields = [_name(say, row, "field") if isinstance(row["field"], str) else say(UNSTATED) for _, row in frame.iterrows()]
    countries = [_name(say, row, "country") if isinstance(row["country"], str) else say(UNSTATED) for _, row in frame.iterrows()]
    columns = (fields, countries, frame[COUNT].to_list(), frame[SHARE].round(3).to_list())
    return pd.DataFrame({say(head): values for head, values in zip(HEADS, columns, strict=True)})


FIGURE = Figure("field_by_country", mark("In what, with whom?"), ask, draw, finding, subtitle, table, click="country", height=460,
                counts="agreement", definition="field-country", records=behind.of_pair("agreement"))  # fmt: skip
