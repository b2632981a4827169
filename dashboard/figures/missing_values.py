"""What do the records not say?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, CATEGORIES
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import COLUMNS, RECORDS, UNITS, word
from dashboard.filters import Selection
from dashboard.locale import Say, mark
from dashboard.marks import mark_of
from dashboard.plain import plain
from dashboard.query import behind, quality
from dashboard.query.chosen import AS_OF, COUNT, TOTAL, rows_of

UNIT = mark("Share of the records in the selection that do not state a value")
NONE = mark("Every record in this selection is complete")
FINDING = mark("Most often missing: {what}, in {n} of {all} records of this kind")
WHAT = mark("{record}: {value}")
HEADS = (mark("Record"), mark("Value"), mark("Missing"), mark("Of"))
HOVER = mark("{what}: missing in {n} of {all}")
_HUES = {"agreement": ACCENT, "outcome": CATEGORIES[2], "news": CATEGORIES[3]}


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.quality.missing`."""
    return quality.missing(db, selection)


def _what(say: Say, row: sentences.Row) -> str:
    return say(WHAT, record=word(say, RECORDS, row["kind"]), value=word(say, COLUMNS, row["code"]).lower())


def _shares(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(_share=frame[COUNT] / frame[TOTAL].where(frame[TOTAL] > 0, 1))


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw one bar per value that is missing anywhere, in the order of the frame; the colour is the kind of record."""
    rows = _shares(frame[frame[COUNT] > 0])
    if not len(rows):
        return layouts.nothing()
    names = [_what(say, row) for row in rows_of(rows)]
    hovers = [
        plain(say(HOVER, what=name, n=say.number(int(row[COUNT])), all=say.count(UNITS[row["kind"]], int(row[TOTAL]))))
        for name, row in zip(names, rows_of(rows), strict=True)
    ]
    numbers = [float(share) * 100 for share in rows["_share"]]
    labels = [f"{say.number(round(n))} % · {say.number(int(row[COUNT]))}" for n, row in zip(numbers, rows_of(rows), strict=True)]
    plot = layouts.bars(
        [plain(n) for n in names],
        numbers,
        labels,
        [["", h, mark_of(row)] for h, row in zip(hovers, rows_of(rows), strict=True)],
        [_HUES[kind] for kind in rows["kind"]],
    )
    plot["layout"]["xaxis"]["range"] = [0, 118]
    return plot


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the value that is missing in the largest share of its records."""
    if not frame[TOTAL].sum():
        return say(sentences.NOTHING)
    rows = _shares(frame[frame[COUNT] > 0])
    if not len(rows):
        return say(NONE)
    worst = rows.iloc[int(rows["_share"].argmax())]
    return say(FINDING, what=_what(say, worst), n=say.number(int(worst[COUNT])), all=say.number(int(worst[TOTAL])))


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted, and how many records of each kind there are."""
    sizes = [say.count(UNITS[str(kind)], int(rows[TOTAL].iloc[0])) for kind, rows in frame.groupby("kind", sort=False)]
    return " · ".join([say(UNIT), say.listed(sizes), say(sentences.AS_OF_TEXT, date=say.date(str(frame[AS_OF].iloc[0])))])


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per kind of record and value."""
    records, columns = [word(say, RECORDS, kind) for kind in frame["kind"]], [word(say, COLUMNS, code) for code in frame["code"]]
    return pd.DataFrame(dict(zip([say(h) for h in HEADS], (records, columns, frame[COUNT].to_list(), frame[TOTAL].to_list()), strict=True)))


FIGURE = Figure("missing_values", mark("What is missing?"), ask, draw, finding, subtitle, table, height=480,
                counts=behind.ANY, definition="missing", records=quality.lacking)  # fmt: skip
