"""The promise of the comparison: whatever people, time and the program do, the parts add up, and one cause is one part."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.compare.comparison import Comparison, compare
from etl.compare.records import records
from etl.indicators.definitions import measured
from etl.indicators.facts import Portfolio
from tests.etl.compare.desk import LAND, UNREADABLE, Desk, snapshot

PLACES = [*LAND, "Nowhere"]
DAYS = ["2019-05-06", "2021", "2024-02", "2026-05-31", "2027-01-01", ""]
VALUES = {
    "title": st.sampled_from(["Alpha", "Beta", "Gamma", "Delta"]),
    "partners": st.lists(st.sampled_from(PLACES), max_size=3).map(";".join),
    "countries": st.lists(st.sampled_from(["AUT", "CHN", "VNM", "RUS"]), max_size=3).map(";".join),
    "field": st.lists(st.sampled_from(["1.3", "2.5", "2.3"]), max_size=2).map(";".join),
    "signed": st.sampled_from(DAYS),
    "expires": st.sampled_from(["2026-05-30", "2026-06-30", "2028", "planned", ""]).map(lambda day: "" if day == "planned" else day),
    "type": st.sampled_from(["other", "event", ""]),
    "amount": st.sampled_from(["", "1", "40"]),
    "about": st.sampled_from(["", "N-1", "N-2"]),
}
ROWS = st.fixed_dictionaries(
    {"kind": st.sampled_from(["agreement", "outcome", "news"]), "number": st.sampled_from(["", "N-1", "N-2", "N-3", "N-4"]), **VALUES}
)


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    """Return a desk with rows that tell themselves apart by a remark in the title."""
    rows = draw(st.lists(ROWS, min_size=1, max_size=9))
    told = [row | {"title": f"{row['title']} {at}"} for at, row in enumerate(rows)]
    split = draw(st.integers(0, len(told)))
    return Desk({"a.csv": tuple(told[:split]), "b.csv": tuple(told[split:])})


def _all(desk: Desk) -> list[tuple[str, int]]:
    return [(name, at) for name, rows in desk.files.items() for at in range(len(rows))]


def add(desk: Desk, data: st.DataObject) -> Desk:
    more = data.draw(st.lists(ROWS, min_size=1, max_size=3))
    fresh = tuple(row | {"title": f"Fresh {at}"} for at, row in enumerate(more))
    name = data.draw(st.sampled_from(sorted(desk.files)))
    return desk.put(name, (*fresh, *desk.files[name]) if data.draw(st.booleans()) else (*desk.files[name], *fresh))


def remove(desk: Desk, data: st.DataObject) -> Desk:
    gone = data.draw(st.sets(st.sampled_from(_all(desk)), min_size=1, max_size=3))
    return replace(desk, files={n: tuple(row for at, row in enumerate(rows) if (n, at) not in gone) for n, rows in desk.files.items()})


def _edit(desk: Desk, data: st.DataObject, column: str, value: str) -> Desk:
    name, at = data.draw(st.sampled_from(_all(desk)))
    rows = list(desk.files[name])
    rows[at] = rows[at] | {column: value}
    return desk.put(name, tuple(rows))


def correct(desk: Desk, data: st.DataObject) -> Desk:
    """Change one cell; never the title, by which the shortest of these rows are known."""
    column = data.draw(st.sampled_from([name for name in VALUES if name != "title"]))
    return _edit(desk, data, column, data.draw(VALUES[column]))


def refuse(desk: Desk, data: st.DataObject) -> Desk:
    return _edit(desk, data, "amount", UNREADABLE)


def decide(desk: Desk, data: st.DataObject) -> Desk:
    text = data.draw(st.sampled_from([*PLACES, "1.3", "2.5", "CHN"]))
    value = data.draw(st.sampled_from({"1": ["1.3", "2.3"], "2": ["1.3", "2.3"], "C": ["AUT", "VNM"]}.get(text[0], PLACES)))
    return replace(desk, decisions={**desk.decisions, text: value})


def program(desk: Desk, _: st.DataObject) -> Desk:
    return replace(desk, version=2)


def later(desk: Desk, data: st.DataObject) -> Desk:
    return replace(desk, as_of=data.draw(st.sampled_from(["2026-06-02", "2026-11-22", "2027-02-01", "2031-01-01"])))


def move(desk: Desk, data: st.DataObject) -> Desk:
    """Shuffle the rows of a file and give it another name that keeps its place among the files."""
    name = data.draw(st.sampled_from(sorted(desk.files)))
    files = {each: rows for each, rows in desk.files.items() if each != name}
    return replace(desk, files={**files, name.replace(".csv", "2.csv"): desk.files[name]})


EDITS = {
    "new": [add], "removed": [remove], "corrected": [correct, refuse, decide], "rule": [program], "as_of": [later],
}  # fmt: skip
EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def compared(old: Desk, new: Desk) -> Comparison:
    with tempfile.TemporaryDirectory() as folder:
        found = compare(snapshot(old, Path(folder) / "a"), snapshot(new, Path(folder) / "b"))
        for side, numbers in ((found.old, lambda each: each.old), (found.new, lambda each: each.new)):
            facts = {key: record.fact for key, record in records(side).items()}
            alone = measured(Portfolio(facts, date.fromisoformat(side.as_of)))
            assert {(m.indicator, m.code): numbers(m) for m in found.movements if numbers(m)} == {k: v for k, v in alone.items() if v}
        return found


def test_the_parts_of_any_mixture_of_edits_add_up_to_the_change() -> None:
    @EXAMPLES
    @given(desks(), st.lists(st.sampled_from([edit for edits in EDITS.values() for edit in (*edits, move)]), max_size=5), st.data())
    def check(desk: Desk, edits: list, data: st.DataObject) -> None:  # type: ignore[type-arg]
        edited = desk
        for edit in edits:
            if _all(edited) and not (edit is move and any("2.csv" in name for name in edited.files)):
                edited = edit(edited, data)
        for each in compared(desk, edited).movements:
            assert sum(each.parts.values()) == each.change, (each, edits)

    check()


def test_edits_of_one_kind_are_one_part_of_every_change() -> None:
    @EXAMPLES
    @given(desks(), st.sampled_from(sorted(EDITS)), st.integers(1, 2), st.data())
    def check(desk: Desk, part: str, times: int, data: st.DataObject) -> None:
        edited = desk
        for _ in range(times):
            if _all(edited):
                edited = data.draw(st.sampled_from(EDITS[part]))(edited, data)
        found = compared(desk, edited)
        for each in found.movements:
            assert each.parts[part] == each.change, (part, each)  # type: ignore[index]
            assert not any(value for name, value in each.parts.items() if name != part), (part, each)
        assert {change.part for change in found.changes} <= {part}

    check()


def test_moving_rows_and_renaming_files_changes_nothing() -> None:
    @EXAMPLES
    @given(desks(), st.data())
    def check(desk: Desk, data: st.DataObject) -> None:
        found = compared(desk, move(desk, data))
        assert not found.changes
        assert not any(each.moved for each in found.movements)

    check()
