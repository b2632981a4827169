"""In which files was something not understood?"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, CARD, CATEGORIES
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import MORE_OF_IT, SEVERITIES
from dashboard.filters import Selection
from dashboard.locale import Say, mark, mark_plural
from dashboard.marks import JOIN, code_of
from dashboard.plain import plain, short
from dashboard.query import quality
from dashboard.query.chosen import AS_OF, COUNT
from etl.tables import Problem

UNIT = mark("Findings by input file and severity")
NONE = mark("Nothing was found wrong in any file")
FINDING = mark("{file} has the most findings: {n} of {all}")
ONE_FILE = mark("{file}: {findings}")
FINDINGS = mark_plural("{n} finding", "{n} findings")
NO_FILE = mark("no file")
HEADS = (mark("File"), mark("All"))
_HUES = {"error": CATEGORIES[1], "warning": CATEGORIES[4], "note": ACCENT}
#: Marks keep their hues in the dark, and so do the numbers on them: each has 4.5:1.
_NUMBERS = {"error": CARD, "warning": "#000000", "note": "#000000"}


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Ask :func:`dashboard.query.quality.problems_by_file`; the selection does not apply."""
    return quality.problems_by_file(db, selection)


def _files(frame: pd.DataFrame, say: Say) -> list[str]:
    return [file if isinstance(file, str) else say(NO_FILE) for file in frame[Problem.file]]


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw one bar per file, the fullest first, stacked by severity."""
    if not len(frame):
        return layouts.nothing()
    files = _files(frame, say)
    traces = []
    for severity in quality.SEVERITIES:
        numbers = [int(n) for n in frame[severity]]
        label = say(SEVERITIES[severity])
        hovers = [
            plain(say.about(say(MORE_OF_IT, what=file, more=label.lower()), say.count(FINDINGS, n)))
            for file, n in zip(files, numbers, strict=True)
        ]
        marks = [["", hover, f"{code_of(file)}{JOIN}{severity}"] for file, hover in zip(frame[Problem.file], hovers, strict=True)]
        plot = layouts.bars([short(file) for file in files], [float(n) for n in numbers], [say.number(n) if n else "" for n in numbers],
                            marks,
                            [_HUES[severity]] * len(files))  # fmt: skip
        traces.append(
            plot["data"][0]
            | {
                "name": plain(label),
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textfont": {"color": _NUMBERS[severity]},
                "marker": {"color": _HUES[severity], "line": layouts.edge()},
            }
        )
    look = plot["layout"] | {"barmode": "stack", "showlegend": True, "margin": {"l": 8, "r": 12, "t": 28, "b": 4, "pad": 6}}
    look["xaxis"] = look["xaxis"] | {"range": [0, int(frame[COUNT].max()) * 1.05]}
    return {"data": traces, "layout": look}


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the file with most findings."""
    if not len(frame):
        return say(NONE)
    files, most, whole = _files(frame, say), int(frame[COUNT].iloc[0]), int(frame[COUNT].sum())
    if len(frame) == 1:
        return say(ONE_FILE, file=files[0], findings=say.count(FINDINGS, whole))
    if int(frame[COUNT].iloc[1]) == most:
        return say.count(FINDINGS, whole)
    return say(FINDING, file=files[0], n=say.number(most), all=say.number(whole))


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what is counted."""
    parts = [say(UNIT), f"n\u00a0=\u00a0{say.number(int(frame[COUNT].sum()))}"]
    return " · ".join(parts + ([say(sentences.AS_OF_TEXT, date=say.date(str(frame[AS_OF].iloc[0])))] if len(frame) else []))


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per file, most findings first."""
    columns = {say(HEADS[0]): _files(frame, say), say(HEADS[1]): frame[COUNT].to_list()}
    return pd.DataFrame(columns | {say(SEVERITIES[severity]): frame[severity].to_list() for severity in quality.SEVERITIES})


FIGURE = Figure("problems_by_file", mark("In which files?"), ask, draw, finding, subtitle, table, height=280,
                counts="problem", definition="findings", records=quality.problem_ids)  # fmt: skip
