"""Every agreement in time: its term, its renewals, its notice deadline and its outcomes, by country. A Gantt chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import duckdb
import pandas as pd

from dashboard.colours import ACCENT, CARD, CATEGORIES, INK, LINE, MUTED, OTHERS, WARNING
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.words import AGREEMENTS, SEMICOLON, STATUSES, word
from dashboard.filters import Selection
from dashboard.indicators.attribution import middle, start
from dashboard.locale import Say, mark, mark_plural
from dashboard.plain import plain, short
from dashboard.query import portfolio, registers, standings
from dashboard.query.chosen import AS_OF, COUNT, LINES, TOTAL
from etl.indicators.calendar import plus_months, span
from etl.indicators.status import IN_FORCE, Terms, status
from etl.tables import Agreement

MOST = 60
"""Rows that are drawn; the browser and the reader tire of more."""
ROW, _EDGES = 20, 64
"""Pixels of a line, and of what stands above and below all lines."""
_HIGHEST = _EDGES + ROW * MOST * 3 // 2
"""Pixels of all rows with the names of so many countries that every second row has one."""
SEVERAL, NONE = "~several", "~~none"
UNIT = mark("Agreements with a known beginning, by partner country; the next decision first")
SOLID = mark("solid: agreed term; hatched: renews itself; thin line: end not stated; tick: notice deadline; diamond: outcome")
SHOWN = mark("{shown} of {n} drawn, those with a known decision date first; the workbook (XLSX) has all")
NO_START = mark_plural("{n} without a known beginning not drawn", "{n} without a known beginning not drawn")
NEXT = mark("Next decision: {partner} by {date}; {known} of {n} have a known end")
NO_NEXT = mark("No decision lies ahead as far as is known; {known} of {n} have a known end")
SEVERAL_COUNTRIES, NO_COUNTRY = mark("Several countries"), mark("Country not stated")
ENDED, DECIDE, BEGAN = mark("until {date}"), mark("decide by {date}"), mark("from {date}")
OUTCOME = mark("{date}: {title}")
END_UNKNOWN = mark("end not stated")
HEADS = (mark("Country"), mark("Partner"), mark("Agreement"), mark("From"), mark("Until"), mark("Decide by"), mark("Status"),
         mark("Outcomes"))  # fmt: skip
Row = Mapping[str, Any]


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per agreement with a known beginning, the soonest decision ahead first, then past ends, then the latest signed.

    Columns: ``id`` (and again as ``code``, with ``n`` of 1), ``title``, ``status``, ``begins``, ``sharp_from`` and ``ends``
    (days, absent where unknown), ``renewed_from`` (the written end of one that went on), ``decide_by``, ``notice`` (a deadline
    before the end), ``written`` and ``signed`` as published, ``outcomes`` (days and titles), ``partner`` and ``country`` (rows
    of names), ``group``, and ``total``, ``no_start``, ``known``, ``lines``, ``as_of``.
    """
    return _lines(db, selection, None)


def first(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return the rows of :func:`ask` that are drawn; ``lines`` says how many there are."""
    return _lines(db, selection, MOST)


def _lines(db: duckdb.DuckDBPyConnection, selection: Selection, most: int | None) -> pd.DataFrame:
    total = registers.size(db, selection, "agreement")
    if not total:
        return pd.DataFrame(columns=["id", TOTAL, AS_OF])
    as_of = date.fromisoformat(registers.as_of(db))
    ids, begun, known = standings.by_decision(db, selection, as_of, most)
    rows = {row["id"]: row for row in registers.of_ids(db, "agreement", tuple(ids))}
    lines = [_line(rows[id_], as_of) for id_ in ids]
    links = {row["id"]: row for row in registers.with_links(db, "agreement", [{"id": id_} for id_ in ids[:MOST]])}
    outcomes: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in portfolio.outcomes_of(db, tuple(ids)):
        outcomes[each["id"]].append((each["day"], each["title"]))
    for line in lines:
        found = links.get(line["id"], {"partner": [], "country": []})
        codes = {each["code"] for each in found["country"]}
        line |= {"partner": found["partner"], "country": found["country"][:1], "outcomes": outcomes[line["id"]]}
        line["group"] = NONE if not codes else SEVERAL if len(codes) > 1 else next(iter(codes))
    frame = pd.DataFrame(lines, columns=list(lines[0]) if lines else ["id"], dtype=object)
    more: dict[str, Any] = {TOTAL: total, "no_start": total - begun, "known": known, LINES: begun, AS_OF: as_of.isoformat()}
    return frame.assign(**more)


def _line(row: Row, as_of: date) -> dict[str, Any]:
    found, renews = status(Terms.of(row), as_of), bool(row[Agreement.auto_renewal])
    end = span(row[Agreement.expires])[1] if row[Agreement.expires] else None
    decide = found.decide_by if found.decide_by and found.decide_by >= as_of else None
    return {
        "id": row["id"], "title": row[Agreement.title], **{f"title_{lang}": row[f"title_{lang}"] for lang in ("en", "ru", "zh")},
        "code": row["id"], COUNT: 1, "status": found.code, "is_certain": found.is_certain, "renews": renews,
        "begins": span(str(start(row)))[0], "from": start(row), "ends": found.ends, "written": row[Agreement.expires],
        "renewed_from": end if renews and found.ends and end and found.ends > end else None, "term": row[Agreement.term],
        "decide_by": decide, "notice": found.decide_by if found.decide_by and found.ends and found.decide_by < found.ends else None,
    }  # fmt: skip


def rows_drawn(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the drawn rows from top to bottom: by country, the country with the soonest row first, those of several last."""
    lines: list[dict[str, Any]] = [{str(k): v for k, v in row.items()} for row in frame.head(MOST).to_dict("records")]
    firsts: dict[str, int] = {}
    for i, line in enumerate(lines):
        firsts.setdefault(line["group"], i)
    return sorted(lines, key=lambda line: (line["group"].startswith("~"), firsts[line["group"]]))


def fitting(frame: pd.DataFrame, most: int) -> tuple[int, int]:
    """Return how many rows of ``frame`` a chart of at most ``most`` pixels holds, and how high it is for them.

    Each row has its line, and each country one for its name.
    """
    rows = heads = 0
    seen: set[str] = set()
    for group in frame["group"].head(MOST) if "group" in frame else ():
        if _EDGES + ROW * (rows + heads + 1 + (group not in seen)) > most and rows:
            break
        rows, heads = rows + 1, heads + (group not in seen)
        seen.add(group)
    return rows, _EDGES + ROW * max(4, rows + heads)


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw a bar per agreement below the name of its country, marks over it, and a line for the as-of day."""
    if not len(frame) or "begins" not in frame:
        return layouts.nothing()
    as_of, lines = date.fromisoformat(str(frame[AS_OF].iloc[0])), rows_drawn(frame)
    places, labels, heads = _places(lines, say)
    first, last = _window(lines, as_of)
    shown = list(zip(places, lines, strict=True))
    traces = [
        *_terms(shown, say, as_of, first, last), _open_lines(shown, say, as_of, first), _ticks(shown, say, first, last),
        _diamonds(shown, say, first),
    ]  # fmt: skip
    today = {"type": "line", "xref": "x", "yref": "paper", "x0": as_of.isoformat(), "x1": as_of.isoformat(), "y0": 0, "y1": 1,
             "line": {"color": INK, "width": 1.5}}  # fmt: skip
    side = "right" if (last - as_of) < (as_of - first) / 4 else "center"
    note = {
        "x": as_of.isoformat(), "y": 1, "xref": "x", "yref": "paper", "yanchor": "bottom", "showarrow": False, "font": {"size": 12},
        "text": plain(say.date(as_of.isoformat())), "xanchor": side,
    }  # fmt: skip
    bottom = max(places) + 1
    y = layouts.quiet_axis(
        tickmode="array", tickvals=places, ticktext=labels,
        range=[bottom, -1.2], tickfont={"size": 12},
    )  # fmt: skip
    step = next(each for each in (1, 2, 5, 10, 20) if (last.year - first.year) / each <= 4.5 or each == 20)
    x = layouts.quiet_axis(
        type="date", range=[first.isoformat(), last.isoformat()], showgrid=True, gridcolor=LINE, tickfont={"color": MUTED}, tickangle=0,
        dtick=f"M{12 * step}", tick0=f"{first.year - first.year % step}-01-01", tickformat="%Y",
    )  # fmt: skip
    names = [
        {"x": 0, "y": at, "xref": "paper", "yref": "y", "xanchor": "left", "yanchor": "middle", "showarrow": False, "text": text,
         "font": {"size": 12, "color": INK}, "bgcolor": CARD, "borderpad": 2}
        for at, text in heads.items()
    ]  # fmt: skip
    edge = {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "line": {"color": LINE, "width": 1}}
    rules = [edge | {"y0": at + 0.5, "y1": at + 0.5} for at in heads]
    look = layouts.layout(
        xaxis=x, yaxis=y, shapes=[*rules, today], annotations=[note, *names], barmode="overlay", bargap=0.35,
        margin={"l": 8, "r": 12, "t": 24, "b": 28, "pad": 4},
    )  # fmt: skip
    return {"data": [trace for trace in traces if trace["y"]], "layout": look}


def _places(lines: list[dict[str, Any]], say: Say) -> tuple[list[float], list[str], dict[float, str]]:
    """Return the height of each row, its label, and the headings of the countries by their height."""
    places: list[float] = []
    labels: list[str] = []
    heads: dict[float, str] = {}
    at, before = 0.0, None
    for line in lines:
        if line["group"] != before:
            heads[at], before = _country(say, line), line["group"]
            at += 1
        places.append(at)
        labels.append(short(_partner(say, line) or _title(say, line), 26))
        at += 1
    return places, labels, heads


def _country(say: Say, line: dict[str, Any]) -> str:
    if line["group"] == SEVERAL:
        return say(SEVERAL_COUNTRIES)
    return short(say.name(line["country"][0]), 28) if line["country"] else say(NO_COUNTRY)


def _partner(say: Say, line: dict[str, Any]) -> str:
    names = [say.name(each) or str(each.get("partner_name") or "") for each in line["partner"]]
    return ", ".join(name for name in names if name)


def _title(say: Say, line: dict[str, Any]) -> str:
    return str(line.get(f"title_{say.language}") or line["title"])


def _window(lines: list[dict[str, Any]], as_of: date) -> tuple[date, date]:
    """Return the days between which is drawn: at most thirty years back, at least two ahead, whole years."""
    begins = min(line["begins"] for line in lines)
    ends = max((line["ends"] for line in lines if line["ends"]), default=as_of)
    first = max(begins, date(as_of.year - 30, 1, 1))
    return date(first.year, 1, 1), date(min(max(ends, plus_months(as_of, 24)).year, as_of.year + 12) + 1, 1, 1)


def _colour(line: dict[str, Any]) -> str:
    return WARNING if line["status"] == "expiring" else ACCENT if line["status"] in IN_FORCE or line["status"] == "not_yet" else OTHERS


def _hover(say: Say, line: dict[str, Any]) -> str:
    until = say(ENDED, date=say.date(line["ends"].isoformat())) if line["ends"] else say(END_UNKNOWN)
    decide = [say(DECIDE, date=say.date(line["decide_by"].isoformat()))] if line["notice"] and line["decide_by"] else []
    status_ = word(say, STATUSES, line["status"]) + ("" if line["is_certain"] else " ?")
    return plain(
        say(SEMICOLON).join([_title(say, line), _partner(say, line), status_, say(BEGAN, date=say.date(line["from"])), until, *decide])
    )


def _bar(spans: list[tuple[float, date, date, str, list[str]]], shape: str) -> dict[str, Any]:
    """Return bars over the days of ``spans``: height, first and last day, colour, and what the hover says."""
    return {
        "type": "bar", "orientation": "h", "y": [y for y, *_ in spans], "base": [a.isoformat() for _, a, *_ in spans],
        "x": [((b - a).days + 1) * 86_400_000 for _, a, b, *_ in spans], "customdata": [custom for *_, custom in spans],
        "hovertemplate": "%{customdata[1]}<extra></extra>", "width": 0.56,
        "marker": {"color": [colour for *_, colour, _ in spans],
                   "pattern": {"shape": shape, "size": 6, "solidity": 0.35, "fillmode": "replace"}},
    }  # fmt: skip


def _terms(shown: list[tuple[float, dict[str, Any]]], say: Say, as_of: date, first: date, last: date) -> list[dict[str, Any]]:
    """Return the solid terms and the hatched renewals; one that renews itself goes on, hatched, to the edge or for one more term."""
    solid, hatched = [], []
    for y, line in shown:
        custom, colour, begins = [line["id"], _hover(say, line), ""], _colour(line), max(line["begins"], first)
        end = line["renewed_from"] or (last if line["status"] == "open_ended" else line["ends"])
        if end is None:
            continue
        solid.append((y, begins, min(max(end, begins), last), colour, custom))
        if line["renewed_from"]:
            hatched.append((y, max(line["renewed_from"], first), min(line["ends"], last), colour, custom))
        if line["renews"] and line["ends"] >= as_of and line["ends"] < last:
            until = plus_months(line["ends"], line["term"]) if line["term"] else last
            hatched.append((y, line["ends"] + timedelta(days=1), min(until, last), colour, custom))
    return [_bar(solid, ""), _bar(hatched, "/")]


def _open_lines(shown: list[tuple[float, dict[str, Any]]], say: Say, as_of: date, first: date) -> dict[str, Any]:
    """Return thin lines from the beginning to the as-of day of those whose end is not known: nothing is claimed beyond it."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    custom: list[list[str]] = []
    for y, line in shown:
        if line["ends"] is None and line["status"] != "open_ended":
            xs += [max(line["begins"], first).isoformat(), max(as_of, line["begins"]).isoformat(), None]
            ys += [y, y, None]
            custom += [[line["id"], _hover(say, line), ""]] * 3
    return {
        "type": "scatter", "mode": "lines+markers", "x": xs, "y": ys, "customdata": custom, "line": {"color": OTHERS, "width": 2},
        "marker": {"symbol": "line-ns", "size": 8, "color": OTHERS, "line": {"width": 2, "color": OTHERS}},
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def _ticks(shown: list[tuple[float, dict[str, Any]]], say: Say, first: date, last: date) -> dict[str, Any]:
    due = [(y, line) for y, line in shown if line["notice"] and first <= line["notice"] <= last]
    return {
        "type": "scatter", "mode": "markers", "x": [line["notice"].isoformat() for _, line in due], "y": [y for y, _ in due],
        "marker": {"symbol": "line-ns", "size": 15, "line": {"width": 3, "color": INK}},
        "customdata": [[line["id"], plain(say(DECIDE, date=say.date(line["notice"].isoformat()))), ""] for _, line in due],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def _diamonds(shown: list[tuple[float, dict[str, Any]]], say: Say, first: date) -> dict[str, Any]:
    found = [(y, line, day, title) for y, line in shown for day, title in line["outcomes"] if middle(day) >= first]
    return {
        "type": "scatter", "mode": "markers", "x": [middle(day).isoformat() for *_, day, _ in found], "y": [y for y, *_ in found],
        "marker": {"symbol": "diamond", "size": 9, "color": CATEGORIES[2], "line": {"width": 1, "color": INK}},
        "customdata": [[line["id"], plain(say(OUTCOME, date=say.date(day), title=title)), ""] for _, line, day, title in found],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }  # fmt: skip


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the next decision and say of how many the end is known."""
    if not len(frame):
        return say(sentences.NOTHING)
    n, known = say.count(AGREEMENTS, int(frame[LINES].iloc[0])), say.number(int(frame["known"].iloc[0]))
    line = {str(key): value for key, value in frame.iloc[0].items()}
    if not line["decide_by"]:
        return say(NO_NEXT, known=known, n=n)
    who = _partner(say, line) or _title(say, line)
    return say(NEXT, partner=who, date=say.date(line["decide_by"].isoformat()), known=known, n=n)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what stands for what, how much is drawn and what cannot be."""
    extra = [say(SOLID)]
    if len(frame):
        number = int(frame[LINES].iloc[0])
        extra += [say(SHOWN, shown=shown, n=say.number(number))] if number > (shown := min(MOST, len(frame))) else []
        missing = int(frame["no_start"].iloc[0])
        extra += [say.count(NO_START, missing)] if missing else []
    return sentences.subtitle(say, frame, say(UNIT), "", extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per agreement in the order of the next decision; partner and country only of those that are drawn."""
    lines: list[dict[str, Any]] = [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")] if "begins" in frame else []
    cells = [
        (_country(say, line) if line["country"] else "", _partner(say, line), _title(say, line), line["from"], _iso(line["ends"]),
         _iso(line["decide_by"]), word(say, STATUSES, line["status"]), len(line["outcomes"]))
        for line in lines
    ]  # fmt: skip
    return pd.DataFrame(cells, columns=[say(head) for head in HEADS])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def records(db: duckdb.DuckDBPyConnection, selection: Selection, mark_: str) -> list[str]:
    """Return the agreement of a row, or all that have a known beginning."""
    ids, _, _ = standings.by_decision(db, selection, date.fromisoformat(registers.as_of(db)))
    return [id_ for id_ in sorted(ids) if mark_ in ("", id_)]


FIGURE = Figure(
    "agreements_in_time", mark("Which agreement runs until when?"), first, draw, finding, subtitle, table, height=_HIGHEST,
    counts="agreement", definition="status", records=records, whole=ask, fits=lambda frame, _: fitting(frame, _HIGHEST)[1],
)  # fmt: skip
