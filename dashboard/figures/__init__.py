"""A figure is a question, the query that answers it, and how the answer is drawn and said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from dashboard.filters import Selection
from dashboard.locale import Say

Plot = dict[str, Any]
"""A plotly figure as a plain dictionary: a response built from ``go.Figure`` costs about three times as much."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One question. ``ask`` gives one frame; everything shown of the figure follows from that frame.

    ``draw(frame, say, selection)`` -> plotly dictionary; ``finding(frame, say, selection)`` -> one true sentence with its number
    (or what to do when the frame is empty); ``subtitle(frame, say, selection)`` -> unit, population, counting rule and n;
    ``table(frame, say)`` -> the frame with the reader's column names: the table twin and the CSV;
    ``click``: which part of the address a click on a mark adds (``country``, ``field``, ``type``, ``partner``, ``outcome``,
    ``since``), the code standing first in the mark's ``customdata``;
    ``counts``: the kind of record that is counted (``agreement``, ``outcome``, ``planned``, ``news``, ``partner``, ``source_row``);
    ``definition``: the anchor on the page of definitions;
    ``records(db, selection, mark)`` -> ids of the records behind the mark with that code (all of the figure where it is empty), given
    where adding ``click`` to the selection does not choose exactly them;
    ``by_row``: the table has one row for each of the frame, in its order, so that a part of it is a table of a part;
    ``whole`` asks for all rows where ``ask`` gives only those that are drawn: what a file holds;
    ``fits(frame, plot)`` -> pixels that what is drawn needs, where that follows its rows; ``height`` is the most.
    """

    id: str
    question: str
    ask: Callable[[duckdb.DuckDBPyConnection, Selection], pd.DataFrame]
    draw: Callable[[pd.DataFrame, Say, Selection], Plot]
    finding: Callable[[pd.DataFrame, Say, Selection], str]
    subtitle: Callable[[pd.DataFrame, Say, Selection], str]
    table: Callable[[pd.DataFrame, Say], pd.DataFrame]
    click: str = ""
    height: int = 340
    counts: str = ""
    definition: str = ""
    records: Callable[[duckdb.DuckDBPyConnection, Selection, str], list[str]] | None = None
    by_row: bool = False
    whole: Callable[[duckdb.DuckDBPyConnection, Selection], pd.DataFrame] | None = None
    fits: Callable[[pd.DataFrame, Plot], int] | None = None

    def tall(self, frame: pd.DataFrame, plot: Plot, room: int | None = None) -> int:
        """Return how high ``plot``, drawn from ``frame``, stands in pixels: at most ``room``, else ``height``."""
        most = room or self.height
        return min(most, self.fits(frame, plot)) if self.fits else most
