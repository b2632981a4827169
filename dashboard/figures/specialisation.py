"""In which fields is a country stronger, or weaker, than the whole portfolio?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.colours import DIVERGING
from dashboard.figures import Figure, Plot, layouts, matrix, sentences
from dashboard.figures.matrix import Cell, Matrix
from dashboard.figures.sentences import short_number
from dashboard.figures.words import AGREEMENTS
from dashboard.filters import Selection
from dashboard.indicators.specialisation import LEAST_EXPECTED, Floats, activity_index, expected_of_all
from dashboard.locale import Say, mark
from dashboard.query import matrix as pairs
from dashboard.query.chosen import COUNT, SHARE, rows_of
from dashboard.query.traces import of_index

UNIT = mark("Activity index of areas and fields by country: 1 is as expected from the whole, 2 twice as much")
HIDDEN = mark("blank where fewer than {n} agreements are expected")
PAIR = mark("{field} with {country}")
MOST = mark("{pair}: {n}, {times} times the {expected} expected")
NONE = mark("No pair has enough agreements for an index: at least {n} must be expected, the most is {most}")
NO_PAIRS = mark("{amount} in this selection, none with a field and a country")
HOVER = mark("{pair}: {n} agreements, {expected} expected; index {index}")
HEADS = (mark("Field or area"), mark("Country"), mark("Agreements"), mark("Expected"), mark("Activity index"))
_COUNTRIES, _ROWS = 12, 16
#: Twice as much is as dark as none at all: the scale is centred at 1 and equally far on both sides.
_LOOK = {"colorscale": DIVERGING, "zmin": 0, "zmax": 2, "zmid": 1}


def _rule(selection: Selection) -> str:
    return SHARE if selection.counting == "fractional" else COUNT


def _indexed(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the pairs with ``_norm`` (expected), ``_index`` and what both are worked out from, under the rule of the selection."""
    rule = _rule(selection)
    columns = {"_both": frame[rule].astype(float)} | {f"_{name}": frame[f"{rule}_{name}"] for name in ("field", "country", "whole")}
    margins = zip(*(column.tolist() for column in columns.values()), strict=True)
    index = pd.Series([activity_index(*map(float, each)) for each in margins], frame.index, dtype=float)
    return frame.assign(**columns, _norm=_expected(frame, selection), _index=index)


def _expected(frame: pd.DataFrame, selection: Selection) -> Floats:
    """Return how much is expected of each pair; there are thousands, and few are large enough for an index."""
    rule = _rule(selection)
    field, country, whole = (frame[f"{rule}_{name}"].to_numpy(float) for name in ("field", "country", "whole"))
    return expected_of_all(field, country, whole)


def _shown(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the pairs of which enough are expected; a whole number that floats miss by a hair counts as reached."""
    return _indexed(frame.take(np.flatnonzero(_expected(frame, selection).round(9) >= LEAST_EXPECTED)), selection)


def draw(frame: pd.DataFrame, say: Say, selection: Selection) -> Plot:
    """Draw each area above its fields and the countries by their size, the index in the cell."""
    shown = _shown(frame, selection)
    if not len(shown):
        return layouts.nothing()
    rows = shown.groupby("field")["_field"].max().sort_values(ascending=False, kind="stable").head(_ROWS).index
    columns = shown.groupby("country")["_country"].max().sort_values(ascending=False, kind="stable").head(_COUNTRIES).index
    drawn = rows_of(shown[shown["field"].isin(rows) & shown["country"].isin(columns)])
    names, places = (
        {row[name]: sentences.name(say, row, f"{name}_name") for row in rows_of(shown.drop_duplicates(name))}
        for name in ("field", "country")
    )
    cells = {
        (row["field"], row["country"]): Cell(float(row["_index"]), short_number(say, row["_index"]), _hover(say, row)) for row in drawn
    }
    ordered = sorted(rows, key=lambda code: (code.split(".")[0], "." in code, [int(part) for part in code.split(".")]))
    return matrix.draw(
        Matrix(
            {code: ("· " if "." in code else "") + names[code] for code in ordered},
            {code: places[code] for code in columns},
            cells,
            look=_LOOK,
        )
    )


def _pair(say: Say, row: sentences.Row) -> str:
    return say(PAIR, field=sentences.name(say, row, "field_name"), country=sentences.name(say, row, "country_name"))


def _hover(say: Say, row: sentences.Row) -> str:
    numbers = {"n": short_number(say, row["_both"]), "expected": short_number(say, row["_norm"])}
    return say(HOVER, pair=_pair(say, row), index=say.number(round(row["_index"], 2)), **numbers)


def finding(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Name the pair that is farthest from what is expected, or say that there are too few."""
    records = sentences.total(frame)
    if not len(frame):
        return say(sentences.NOTHING)
    shown = _shown(frame, selection)
    if not len(shown):
        most = float(_expected(frame, selection).max())
        return say(NONE, n=LEAST_EXPECTED, most=short_number(say, most)) if most else say(NO_PAIRS, amount=say.count(AGREEMENTS, records))
    # As far below 1 as above it: 1/2 is as far as 2.
    far = ((shown["_index"] - 1) / (shown["_index"] + 1)).abs().round(9)
    best = shown[far == far.max()].sort_values(["field", "country"]).iloc[0]
    numbers = {"times": short_number(say, best["_index"]), "expected": short_number(say, best["_norm"])}
    return say(MOST, pair=_pair(say, best), n=sentences.amount(say, best["_both"], selection, AGREEMENTS), **numbers)


def subtitle(frame: pd.DataFrame, say: Say, selection: Selection) -> str:
    """Say what the index is and which cells are blank."""
    return sentences.subtitle(say, frame, say(UNIT), sentences.rule(say, selection), [say(HIDDEN, n=LEAST_EXPECTED)])


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return the pairs that occur or are expected at least once, by full counting."""
    found = _indexed(frame, Selection())
    found = found[(found["_both"] > 0) | (found["_norm"] >= 1)].sort_values(["_norm", "field", "country"], ascending=[False, True, True])
    rows = rows_of(found)
    columns = (
        [sentences.name(say, row, "field_name") for row in rows],
        [sentences.name(say, row, "country_name") for row in rows],
        found["_both"].astype(int).to_list(),
        found["_norm"].round(2).to_list(),
        found["_index"].round(2).where(found["_norm"].round(9) >= LEAST_EXPECTED).to_list(),
    )
    return pd.DataFrame({say(head): values for head, values in zip(HEADS, columns, strict=True)})


FIGURE = Figure(
    "specialisation", mark("In what is a country strong?"), pairs.specialisation, draw, finding, subtitle, table, click="country",
    height=440, counts="agreement", definition="activity-index", records=of_index, fits=matrix.fitting(440, _ROWS),
)  # fmt: skip
