"""What the network of partners and its matrix have in common: ties above a threshold, clusters, places. Nothing here knows a figure."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from dashboard.figures import sentences
from dashboard.filters import Selection
from dashboard.indicators.network import clusters, places, strength
from dashboard.locale import Say, mark, mark_plural
from dashboard.query import registers, together
from dashboard.query.chosen import AS_OF, COUNT, TOTAL
from dashboard.query.ways import view_of

MOST_TIES, MOST_NODES = 90, 60
UNIT = mark("Partners that stand in one agreement, outcome or news item")
THRESHOLD = mark_plural("ties of at least {n} common record", "ties of at least {n} common records")
STRENGTH = mark("association strength: 1 is as often as chance would have it")
LEFT = mark_plural("{n} partner without such a tie not shown", "{n} partners without such a tie not shown")
RECORDS = mark_plural("{n} common record", "{n} common records")
BEST = mark("{one} and {other} meet most often, in {amount}; {partners} form {clusters}")
EQUAL = mark_plural("{n} pair of partners meets, in {amount}", "{n} pairs of partners meet equally often, each in {amount}")
NO_TIE = mark("No two partners stand in one record of this selection")
FEW = mark_plural("Only {n} record names partners, too few for a network", "Only {n} records name partners, too few for a network")
TIED = mark_plural("{n} partner", "{n} partners")
GROUPS = mark_plural("{n} cluster", "{n} clusters")
HEADS = (mark("Partner"), mark("And partner"), mark("Common records"), mark("Association strength"), mark("Cluster"))
_COLUMNS = ["code", "other", COUNT, "strength", "cluster", "x", "y", "threshold", "left_out", "name", "country"]


def threshold(numbers: list[int]) -> int:
    """Return the fewest common records of a tie that leave at most :data:`MOST_TIES`: 1 while there are few ties.

    >>> threshold([3, 1]), threshold([3] * 80 + [2] * 20 + [1] * 300)
    (1, 3)
    """
    fewest = 1
    while sum(n >= fewest for n in numbers) > MOST_TIES and fewest < max(numbers):
        fewest += 1
    return fewest


def ask(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    """Return one row per partner that is tied (``other`` absent) and one per tie, the largest first in each.

    Of a partner: ``n`` records that name it, ``cluster``, ``x``, ``y``, ``name`` and ``country`` (rows of names). Of a tie:
    ``n`` common records and ``strength``. ``total`` records name any partner; ``left_out`` partners have no tie above
    ``threshold``. Empty without records.
    """
    # The network and its matrix ask the same, and finding the places of the network takes longest.
    found: pd.DataFrame = view_of(db).once(("together", selection), lambda: _asked(db, selection))
    return found.copy()


def _asked(db: duckdb.DuckDBPyConnection, selection: Selection) -> pd.DataFrame:
    people, total = together.members(db, selection)
    if not people:
        return pd.DataFrame(columns=[*_COLUMNS, TOTAL, AS_OF])
    # So many decide the threshold: no more are kept, and it is reached where more than MOST_TIES have more.
    found = together.ties(db, selection, 2 * MOST_TIES)
    fewest = threshold([int(tie["n"]) for tie in found]) if found else 1
    kept = [tie for tie in found if tie["n"] >= fewest]
    nodes = _nodes(kept, people)
    kept = [tie for tie in kept if tie["one"] in nodes and tie["other"] in nodes]
    weights = {(t["one"], t["other"]): strength(t["n"], people[t["one"]], people[t["other"]], total) for t in kept}
    named = registers.people(db, tuple(sorted(nodes)))
    home = clusters(nodes, weights)
    at = places(nodes, weights, home)
    rows: list[tuple[Any, ...]] = [
        (code, None, people[code], None, home[code], *at[code], fewest, len(people) - len(nodes), named[code], _country(named[code]))
        for code in sorted(nodes, key=lambda code: (-people[code], code))
    ]
    rows += [
        (t["one"], t["other"], t["n"], weights[t["one"], t["other"]], home[t["one"]] if home[t["one"]] == home[t["other"]] else None,
         None, None, fewest, len(people) - len(nodes), named[t["one"]], None)
        for t in kept
    ]  # fmt: skip
    if not rows:
        rows = [(None, None, 0, None, None, None, None, fewest, len(people), None, None)]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype=object).assign(total=total, as_of=registers.as_of(db))


def _nodes(kept: list[dict[str, Any]], people: dict[str, int]) -> set[str]:
    """Return the partners of the ties, the strongest ties first, until there are enough."""
    nodes: set[str] = set()
    for tie in kept:
        more = nodes | {tie["one"], tie["other"]}
        if len(more) > MOST_NODES:
            break
        nodes = more
    return {node for node in nodes if node in people}


def _country(row: dict[str, Any]) -> dict[str, Any]:
    return {language: row[f"country_name_{language}"] for language in ("en", "ru", "zh")}


def nodes_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of the partners."""
    return [{str(k): v for k, v in row.items()} for row in frame[frame["other"].isna() & frame["code"].notna()].to_dict("records")]


def ties_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of the ties."""
    return [{str(k): v for k, v in row.items()} for row in frame[frame["other"].notna()].to_dict("records")]


def name(say: Say, row: dict[str, Any]) -> str:
    """Return the name of a partner in the reader's language."""
    return say.name(row) or str(row["partner_name"])


def finding(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Name the pair that meets most often, and how many clusters there are."""
    if not len(frame):
        return say(sentences.NOTHING)
    total, ties = sentences.total(frame), ties_of(frame)
    if not ties:
        return say(NO_TIE)
    if total < sentences.FEW:
        return say.count(FEW, total)
    most = int(ties[0][COUNT])
    amount = say.count(RECORDS, most)
    equal = [tie for tie in ties if tie[COUNT] == most]
    if len(equal) > 1:
        return say.count(EQUAL, len(equal), amount=amount)
    names = {node["code"]: name(say, node["name"]) for node in nodes_of(frame)}
    groups = len({node["cluster"] for node in nodes_of(frame)})
    one, other = names[ties[0]["code"]], names[ties[0]["other"]]
    return say(BEST, one=one, other=other, amount=amount, partners=say.count(TIED, len(names)), clusters=say.count(GROUPS, groups))


def subtitle(frame: pd.DataFrame, say: Say, _selection: Selection) -> str:
    """Say what a tie is, from how many records on it is shown, and how many partners have none."""
    extra = []
    if len(frame):
        extra = [say.count(THRESHOLD, int(frame["threshold"].iloc[0])), say(STRENGTH)]
        left = int(frame["left_out"].iloc[0])
        extra += [say.count(LEFT, left)] if left else []
    return sentences.subtitle(say, frame, say(UNIT), say(sentences.FULL), extra)


def table(frame: pd.DataFrame, say: Say) -> pd.DataFrame:
    """Return one row per tie, most common records first."""
    names = {node["code"]: name(say, node["name"]) for node in nodes_of(frame)}
    cells = [
        (
            names[t["code"]],
            names[t["other"]],
            int(t[COUNT]),
            round(float(t["strength"]), 2),
            "" if t["cluster"] is None else t["cluster"] + 1,
        )
        for t in ties_of(frame)
    ]
    return pd.DataFrame(cells, columns=[say(head) for head in HEADS])
