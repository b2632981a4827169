"""What became of every row that was read?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, CATEGORIES, OTHERS, WARNING
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import FATES
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain
from dashboard.query import behind, quality
from dashboard.query.chosen import AS_OF, COUNT

UNIT = mark("Rows of all input files; read = made a record + merged + refused + not data")
READ = mark("Rows read")
ROWS = mark_plural("{n} row", "{n} rows")
FINDING = mark("{records} of {rows} became or joined a record; {refused} refused")
RECORDS = mark_plural("{n} row", "{n} rows")
REFUSED = mark_plural("{n} was", "{n} were")
NO_ROWS = mark("No file has been read yet")
HEADS = (mark("File"), mark("Sheet"))
_HUES = {"loaded": ACCENT, "merged": CATEGORIES[2], "quarantined": WARNING, "not_data": OTHERS}


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.quality.ledger`; the selection does not apply."""
    return quality.ledger(db, selection)


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw a waterfall: all rows, then each fate from where the one before ended down to nothing."""
    if not len(frame):
        return layouts.nothing()
    whole = int(frame[COUNT].sum())
    numbers = [whole, *(int(frame[fate].sum()) for fate in quality.FATES)]
    names = [say(READ), *(say(FATES[fate]) for fate in quality.FATES)]
    bases, left = [0], whole
    for number in numbers[1:]:
        left -= number
        bases.append(left)
    colours = [OTHERS, *(_HUES[fate] for fate in quality.FATES)]
    hovers = [say.about(plain(name), say.count(ROWS, number)) for name, number in zip(names, numbers, strict=True)]
    plot = layouts.bars([plain(name) for name in names], [float(n) for n in numbers], [say.number(n) for n in numbers],
                        [["", hover, fate] for hover, fate in zip(hovers, ("", *quality.FATES), strict=True)], colours)  # fmt: skip
    plot["data"][0]["base"] = bases
    return plot


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say how many rows became part of a record, and how many were refused."""
    if not len(frame):
        return say(NO_ROWS)
    kept = int(frame["loaded"].sum() + frame["merged"].sum())
    rows = say.number(int(frame[COUNT].sum()))
    return say(FINDING, records=say.count(RECORDS, kept), rows=rows, refused=say.count(REFUSED, int(frame["quarantined"].sum())))


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what a row is counted as."""
    parts = [say(UNIT), f"n\u00a0=\u00a0{say.number(int(frame[COUNT].sum()))}"]
    return " · ".join(parts + ([say(sentences.AS_OF_TEXT, date=say.date(str(frame[AS_OF].iloc[0])))] if len(frame) else []))


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per file and sheet, with a column per fate and their sum."""
    columns = {say(HEADS[0]): frame["file_name"].to_list(), say(HEADS[1]): frame["sheet_name"].to_list(), say(READ): frame[COUNT].to_list()}
    return pd.DataFrame(columns | {say(FATES[fate]): frame[fate].to_list() for fate in quality.FATES})


FIGURE = Figure("row_ledger", mark("What became of every row?"), ask, draw, finding, subtitle, table, height=260,
                counts=behind.ROW, definition="rows", records=quality.source_rows)  # fmt: skip
