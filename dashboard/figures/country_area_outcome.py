"""What came of it, in what, with whom: how do outcomes divide among countries, areas and types?"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.colours import ACCENT, CATEGORIES, INK, OTHERS
from dashboard.figures import Figure, Plot, layouts, sentences
from dashboard.figures.sentences import short_number
from dashboard.figures.words import OUTCOME_TYPES, OUTCOMES, word
from dashboard.filters import Selection
from dashboard.locale import LANGUAGES, Say, mark
from dashboard.plain import plain, short
from dashboard.query import paths
from dashboard.query.chosen import SHARE, rows_of
from dashboard.query.traces import of_path

UNIT = mark("Achieved outcomes from partner country over research area to type; the width is the fractional sum")
ALWAYS = mark("fractional counting, whatever is chosen above: only so each stage adds up to {n}")
MOST = mark("Of {amount}, most come from {country}: {n} by fractional counting, of which {part} in its largest area, {area}")
MOST_ALONE = mark("Of {amount}, most come from {country}: {n} by fractional counting")
FEW = mark("{amount} in this selection, too few to follow")
NO_COUNTRY, NO_AREA = mark("Country not stated"), mark("Area not stated")
OTHER_COUNTRIES, OTHER_AREAS, OTHER_TYPES = mark("other countries ({n})"), mark("other areas ({n})"), mark("other types ({n})")
LINK = mark("{source} → {target}: {n} of {all} outcomes by fractional counting")
NODE = mark("{name}: {n} of {all} outcomes by fractional counting")
HEADS = (mark("Country"), mark("Research area"), mark("Type of outcome"), mark("Fractional sum"))
ACROSS = 4
"""Nodes of a stage, so twelve in all: the largest, the others as one, and what is not stated."""
_REST, _NONE = "\0rest", "\0none"


@dataclass(frozen=True, slots=True)
class Stage:
    """The nodes of a stage: code -> name in their order, and which node each code of the frame belongs to."""

    names: dict[str, str]
    of: dict[str, str]


def _codes(frame: pd.DataFrame, column: str) -> list[str]:
    return [code if isinstance(code, str) else _NONE for code in frame[column].tolist()]


def _stage(frame: pd.DataFrame, say: Say, column: str, others: str, none: str) -> Stage:
    codes = _codes(frame, column)
    sums = sentences.ranked(sentences.totals(codes, frame[SHARE].tolist()))
    known, has_none = [code for code, _ in sums if code != _NONE], any(code == _NONE for code, _ in sums)
    room = ACROSS - has_none
    # One more than fits is shown rather than called "others (1)".
    shown = known if len(known) <= room else known[: room - 1]
    rest = known[len(shown) :]
    names = _names(frame, say, column, shown)
    names |= {_REST: say(others, n=say.number(len(rest)))} if rest else {}
    names |= {_NONE: say(none)} if has_none else {}
    return Stage(names, {code: code for code in shown} | dict.fromkeys(rest, _REST) | {_NONE: _NONE})


def _names(frame: pd.DataFrame, say: Say, column: str, codes: list[str]) -> dict[str, str]:
    """Return code -> name, which stands in the rows of the code."""
    if column == "type":
        return {code: word(say, OUTCOME_TYPES, code) for code in codes}
    every = frame[column].tolist()
    rows = rows_of(frame[[f"{column}_name_{language}" for language in LANGUAGES]].take([every.index(code) for code in codes]))
    return {code: sentences.name(say, row, f"{column}_name") or code for code, row in zip(codes, rows, strict=True)}


def _stages(frame: pd.DataFrame, say: Say) -> tuple[Stage, Stage, Stage]:
    return (
        _stage(frame, say, "country", OTHER_COUNTRIES, NO_COUNTRY),
        _stage(frame, say, "area", OTHER_AREAS, NO_AREA),
        _stage(frame, say, "type", OTHER_TYPES, sentences.UNSTATED),
    )


def draw(frame: pd.DataFrame, say: Say, _selection: Selection) -> Plot:
    """Draw three stages from left to right; the links of the largest countries have their hue, all others are grey."""
    if sentences.total(frame) < sentences.FEW:
        return layouts.nothing()
    stages = _stages(frame, say)
    nodes = [(at, code) for at, stage in enumerate(stages) for code in stage.names]
    place, whole = {node: i for i, node in enumerate(nodes)}, float(frame[SHARE].sum())
    names = [stages[at].names[code] for at, code in nodes]
    placed = [[stage.of[code] for code in _codes(frame, column)] for column, stage in zip(("country", "area", "type"), stages, strict=True)]
    shares = frame[SHARE].to_numpy()
    sizes = [float(shares[[each == code for each in placed[at]]].sum()) for at, code in nodes]
    links = [each for at in (0, 1) for each in _links(shares.tolist(), at, placed)]
    hues = {code: CATEGORIES[i] for i, code in enumerate(code for code in stages[0].names if code not in (_REST, _NONE))}
    link = {
        "source": [place[at, left] for at, left, _, _, _ in links], "target": [place[at + 1, right] for at, _, right, _, _ in links],
        "value": [number for *_, number in links],
        "color": [_tint(hues.get(country, OTHERS)) for _, _, _, country, _ in links],
        "customdata": [plain(say(LINK, source=stages[at].names[left], target=stages[at + 1].names[right], n=short_number(say, number),
                                 all=short_number(say, whole))) for at, left, right, _, number in links],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    node = {
        "label": [f"{short(said, 26)} · {short_number(say, n)}" for said, n in zip(names, sizes, strict=True)], "pad": 18, "thickness": 12,
        "color": [hues.get(code, ACCENT if code not in (_REST, _NONE) and at else OTHERS) for at, code in nodes], "line": {"width": 0},
        "customdata": [plain(say(NODE, name=said, n=short_number(say, n), all=short_number(say, whole)))
                       for said, n in zip(names, sizes, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    trace = {"type": "sankey", "arrangement": "fixed", "node": node, "link": link, "textfont": {"size": 12, "color": INK}}
    return {"data": [trace], "layout": layouts.layout(margin={"l": 8, "r": 8, "t": 8, "b": 16})}


def _links(shares: list[float], at: int, placed: list[list[str]]) -> list[tuple[int, str, str, str, float]]:
    """Return stage, left node, right node, country and amount of the links from stage ``at`` to the next, one for each country."""
    sums = sentences.totals(zip(placed[at], placed[at + 1], placed[0], strict=True), shares)
    return [(at, *key, number) for key, number in sums.items() if number > 0]


def _tint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.28)"


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say from which country most comes, and in which area."""
    records = sentences.total(frame)
    if not records:
        return say(sentences.NOTHING)
    amount, shares = say.count(OUTCOMES, records), frame[SHARE].tolist()
    countries, areas = _codes(frame, "country"), _codes(frame, "area")
    known = [(code, n) for code, n in zip(countries, shares, strict=True) if code != _NONE]
    if not known:
        return say(sentences.NONE_NAMED, amount=amount)
    if records < sentences.FEW:
        return say(FEW, amount=amount)
    first, most = sentences.ranked(sentences.totals(*zip(*known, strict=True)))[0]
    own = [(area, n) for code, area, n in zip(countries, areas, shares, strict=True) if code == first and area != _NONE]
    said = {"amount": amount, "country": _names(frame, say, "country", [first])[first], "n": short_number(say, most)}
    if not own:
        return say(MOST_ALONE, **said)
    area, part = sentences.ranked(sentences.totals(*zip(*own, strict=True)))[0]
    return say(MOST, area=_names(frame, say, "area", [area])[area], part=short_number(say, part), **said)


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what the width is, and that every stage adds up to the same."""
    rule = say(ALWAYS, n=short_number(say, float(frame[SHARE].sum()) if len(frame) else 0.0))
    return sentences.subtitle(say, frame, say(UNIT), rule)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per country, area and type, the largest first."""
    rows = rows_of(frame)
    columns = (
        [sentences.name(say, row, "country_name") or say(NO_COUNTRY) for row in rows],
        [sentences.name(say, row, "area_name") or say(NO_AREA) for row in rows],
        [word(say, OUTCOME_TYPES, code) for code in frame["type"]],
        frame[SHARE].astype(float).round(3).to_list(),
    )
    return pd.DataFrame({say(head): values for head, values in zip(HEADS, columns, strict=True)})


FIGURE = Figure(
    "country_area_outcome", mark("What came of it, in what, with whom?"), paths.country_area_outcome, draw, finding, subtitle, table,
    height=420, counts="outcome", definition="fractional", records=of_path, by_row=True,
)  # fmt: skip
