"""A plotly figure as the chart that Office programs draw themselves, where they have the kind: columns, bars and lines.

Maps, heat maps, flows, networks, spans of time, small multiples, intersections and charts of two panels have no such kind: they stay
pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal

import orjson

from dashboard.colours import ACCENT
from dashboard.export.clean import clean
from dashboard.figures import Plot
from dashboard.locale import Say
from dashboard.marks import JOIN
from dashboard.written import written

Kind = Literal["column", "bar", "line"]
_TAG = re.compile(r"<[^<>]*>")
_MONTH = re.compile(r"\d{4}-\d{2}")
_MOST_YEARS = 300


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one name, one for each category; ``colours`` and ``labels`` have one for each as well, or are empty."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    colours: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    hatched: tuple[int, ...] = ()
    is_dotted: bool = False


@dataclass(frozen=True, slots=True)
class Native:
    """A chart of an Office program: its kind, what stands along its axis, and the series; bars begin at the top."""

    kind: Kind
    is_stacked: bool
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def has_legend(self) -> bool:
        """Whether the series have names that tell them apart."""
        return len(self.series) > 1

    @property
    def gap(self) -> int:
        """The room between two bars, in hundredths of a bar: a single bar as thick as a brick says no more than a usual one."""
        return max(40, 400 // max(1, len(self.categories)))


def native(plot: Plot, say: Say) -> Native | None:
    """Return ``plot`` as a chart of an Office program, or nothing where there is no such kind of chart."""
    told = orjson.loads(written(plot))
    traces, layout = told.get("data", []), told.get("layout", {})
    if not traces or not _fits(traces, layout):
        return None
    is_bar = traces[0]["type"] == "bar"
    is_flat = traces[0].get("orientation") == "h"
    along, amounts = ("y", "x") if is_flat else ("x", "y")
    named = _named(layout.get(f"{along}axis", {}), traces, along, say)
    if named is None:
        return None
    places, categories = named
    series = tuple(_series(trace, places, along, amounts) for trace in traces)
    if not any(value is not None for each in series for value in each.values):
        return None
    kind: Kind = "bar" if is_flat else "column" if is_bar else "line"
    return Native(kind, layout.get("barmode") == "stack" and len(series) > 1, categories, series)


def _fits(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> bool:
    """Tell whether all traces are bars, or all are lines over whole years, on one pair of axes that goes up."""
    kinds = {(each["type"], each.get("orientation", "v")) for each in traces}
    if len(kinds) != 1 or any(each.get(axis) for each in traces for axis in ("xaxis", "yaxis")) or layout.get("barmode") == "overlay":
        return False
    kind, _ = kinds.pop()
    if kind == "bar":
        return not any("base" in each for each in traces)
    lines = kind == "scatter" and all("lines" in each.get("mode", "") and not each.get("fill") for each in traces)
    first, last = layout.get("yaxis", {}).get("range") or (0, 1)
    plain = not any(each.get("line", {}).get("shape") not in (None, "linear") for each in traces)
    return lines and plain and first < last and all(_whole(each.get("x", [])) for each in traces)


def _whole(values: Sequence[Any]) -> bool:
    return all(isinstance(each, int) for each in values)


def _named(
    axis: Mapping[str, Any], traces: Sequence[Mapping[str, Any]], along: str, say: Say
) -> tuple[dict[Any, int], tuple[str, ...]] | None:
    """Return place -> position of the categories, and their names."""
    places = sorted({each for trace in traces for each in trace.get(along, [])})
    if not places:
        return None
    names = dict(zip(axis.get("tickvals", []), axis.get("ticktext", []), strict=False))
    if names.keys() >= set(places):
        return {place: at for at, place in enumerate(places)}, tuple(_plain(names[place]) for place in places)
    if not _whole(places):
        return None
    months = dict(_months(traces, along))
    if months.keys() >= set(places):
        return {place: at for at, place in enumerate(places)}, tuple(say.date(months[place]) for place in places)
    if names or places[-1] - places[0] >= _MOST_YEARS:
        return None
    whole = range(places[0], places[-1] + 1)  # years in which nothing happened have their place, too
    return {place: at for at, place in enumerate(whole)}, tuple(map(str, whole))


def _months(traces: Sequence[Mapping[str, Any]], along: str) -> Iterator[tuple[Any, str]]:
    for trace in traces:
        for place, told in zip(trace.get(along, []), trace.get("customdata", []), strict=False):
            month = str(told[2]).rpartition(JOIN)[2] if len(told) > 2 else ""
            if _MONTH.fullmatch(month):
                yield place, month


def _series(trace: Mapping[str, Any], places: Mapping[Any, int], along: str, amounts: str) -> Series:
    at = [places[each] for each in trace[along]]
    colour = trace.get("line", {}).get("color") or trace.get("marker", {}).get("color") or ACCENT
    pattern = trace.get("marker", {}).get("pattern", {}).get("shape", "")
    hatches = [pattern] * len(at) if isinstance(pattern, str) else list(pattern)
    texts = trace.get("text") if isinstance(trace.get("text"), list) else []
    return Series(
        name=_plain(trace.get("name", "")),
        values=tuple(_spread(at, trace[amounts], len(places), None)),
        colour=colour if isinstance(colour, str) else ACCENT,
        colours=tuple(_spread(at, colour, len(places), ACCENT)) if isinstance(colour, list) else (),
        labels=tuple(_plain(each) for each in _spread(at, texts, len(places), "")) if texts else (),
        hatched=tuple(sorted(place for place, hatch in zip(at, hatches, strict=False) if hatch)),
        is_dotted=trace.get("line", {}).get("dash", "solid") != "solid",
    )


def _spread(at: Sequence[int], values: Sequence[Any], size: int, absent: Any) -> list[Any]:
    found = [absent] * size
    for place, value in zip(at, values, strict=False):
        found[place] = value
    return found


def _plain(text: object) -> str:
    return clean(unescape(_TAG.sub(" ", "" if text is None else str(text)))).strip()
