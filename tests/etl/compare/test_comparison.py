"""Single changes of a small desk, each with the part and the reason that it must have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl.compare.comparison import Comparison, compare
from tests.etl.compare.desk import UNREADABLE, Desk, snapshot

ROW = {
    "kind": "agreement", "number": "N-1", "title": "First", "partners": "Graz", "countries": "AUT", "field": "2.5", "signed": "2020-01-01",
    "expires": "2030-01-01", "type": "other", "amount": "", "about": "",
}  # fmt: skip
OTHER = ROW | {"number": "N-2", "title": "Second", "partners": "Tsinghua", "countries": "CHN", "field": "1.3", "signed": "2021-05-06"}
NEWS = ROW | {"kind": "news", "number": "", "title": "Told", "expires": "", "type": "visit", "about": "N-2"}
DESK = Desk({"a.csv": (ROW, OTHER, NEWS)})


@pytest.fixture(name="between")
def _between(tmp_path: Path):  # type: ignore[no-untyped-def]
    return lambda old, new: compare(snapshot(old, tmp_path / "old"), snapshot(new, tmp_path / "new"))


def said(found: Comparison) -> list[tuple[str, str, str, str]]:
    return [(change.key[1], change.what, change.part, change.why) for change in found.changes]


def with_rows(*rows: dict[str, str], **more: object) -> Desk:
    return replace(DESK, files={"a.csv": rows}, **more)  # type: ignore[arg-type]


REFUSED = ROW | {"amount": UNREADABLE}
CASES = [
    (with_rows(ROW, OTHER | {"signed": "2022"}, NEWS), [("N-2", "changed", "corrected", "cells")], "a cell"),
    (with_rows(ROW, OTHER | {"signed": "2022"}, NEWS, version=3), [("N-2", "changed", "corrected", "cells")], "a cell and the program"),
    (with_rows(ROW | {"amount": UNREADABLE}, OTHER, NEWS), [("N-1", "removed", "corrected", "cells")], "a cell that refuses the row"),
    (with_rows(OTHER, NEWS), [("N-1", "removed", "removed", "rows")], "a row"),
    (with_rows(ROW, NEWS), [("N-2", "removed", "removed", "rows"), ("h-", "changed", "removed", "around")], "a link loses its end"),
    (with_rows(ROW, OTHER, NEWS, version=2), [("N-1", "changed", "rule", "rule"), ("h-", "changed", "rule", "rule")], "the program"),
    (with_rows(ROW, OTHER, NEWS, decisions={"1.3": "1.2"}), [("N-2", "changed", "corrected", "decision")], "a decision"),
    (with_rows(ROW, OTHER, NEWS, decisions={"1.3": "1.2"}, version=3), [("N-2", "changed", "corrected", "decision")], "and the program"),
    (with_rows(ROW | {"number": "N-9"}, OTHER, NEWS), [("N-9", "changed", "corrected", "cells")], "the number: the record is the same"),
    (with_rows(ROW, ROW | {"title": "Twin", "partners": "Wien"}, OTHER, NEWS), [("N-1", "changed", "new", "rows")], "a row joins a record"),
    (replace(DESK, as_of="2019-01-01"), [(k, "removed", "as_of", "as_of") for k in ("N-1", "N-2", "h-")], "before the signatures"),
]  # fmt: skip


@pytest.mark.parametrize(("now", "expected", "why"), CASES, ids=[case[2] for case in CASES])
def test_each_change_has_one_cause(between, now: Desk, expected: list[tuple[str, ...]], why: str) -> None:  # type: ignore[no-untyped-def]
    assert [(key[:2] if key.startswith("h-") else key, *rest) for key, *rest in said(between(DESK, now))] == expected, why


def test_a_refused_row_that_the_new_program_reads_is_no_new_record(between) -> None:  # type: ignore[no-untyped-def]
    late = ROW | {"signed": "2027"}
    found = between(with_rows(late, OTHER), with_rows(late, OTHER, as_of="2027-02-02"))
    assert said(found) == [("N-1", "new", "as_of", "as_of")]


def test_the_day_explains_a_record_also_where_others_came(between) -> None:  # type: ignore[no-untyped-def]
    late = ROW | {"signed": "2027"}
    found = between(with_rows(late), with_rows(late, OTHER, as_of="2027-02-02", version=3))
    assert said(found) == [("N-1", "new", "as_of", "as_of"), ("N-2", "new", "new", "rows")]


def test_the_first_row_of_a_file_that_was_empty_is_new_and_no_decision(between) -> None:  # type: ignore[no-untyped-def]
    empty = Desk({"a.csv": (), "b.csv": (NEWS,)})
    found = between(empty, replace(empty, files={"a.csv": (OTHER,), "b.csv": (NEWS,)}))
    assert [rest for _, *rest in said(found)] == [["new", "new", "rows"], ["changed", "new", "around"]]


def test_a_record_that_belongs_to_a_renamed_one_did_not_change(between) -> None:  # type: ignore[no-untyped-def]
    found = between(DESK, with_rows(ROW, OTHER | {"number": "N-9"}, NEWS | {"about": "N-9"}))
    assert said(found) == [("N-9", "changed", "corrected", "cells")]


def test_a_row_that_is_set_right_is_corrected_and_not_new(between) -> None:  # type: ignore[no-untyped-def]
    assert said(between(with_rows(REFUSED, OTHER), with_rows(ROW, OTHER))) == [("N-1", "new", "corrected", "cells")]


def test_a_number_that_goes_to_another_row_exchanges_nothing(between) -> None:  # type: ignore[no-untyped-def]
    found = between(DESK, with_rows(ROW | {"number": "N-2"}, OTHER | {"number": "N-1"}, NEWS))
    assert [(c.was.id, c.is_.id) for c in found.changes if c.key[0] == "agreement" and c.was and c.is_] == [("N-2", "N-1"), ("N-1", "N-2")]
    assert not [m for m in found.movements if m.moved]


def test_an_attribute_leads_to_its_cells_before_and_after(between) -> None:  # type: ignore[no-untyped-def]
    found = between(DESK, with_rows(ROW, OTHER | {"signed": "2022"}, NEWS))
    (change,) = found.changes
    assert change.attributes() == {"signed_on": ("2021-05-06", "2022"), "signed_year": (2021, 2022)}
    cells = [each.behind(side, "signed_on") for each, side in zip(found.cells, (change.was, change.is_), strict=True)]
    assert [(c.file, c.cell, c.header, c.text) for side in cells for c in side] == [
        ("a.csv", "G3", "signed", "2021-05-06"), ("a.csv", "G3", "signed", "2022"),
    ]  # fmt: skip


def test_a_number_that_becomes_nothing_is_a_change(between) -> None:  # type: ignore[no-untyped-def]
    papers = ROW | {"kind": "outcome", "type": "joint_publication", "amount": "0"}
    (change,) = between(with_rows(papers), with_rows(papers | {"amount": ""})).changes
    assert change.part == "corrected"


def test_a_file_under_another_name_is_renamed(between) -> None:  # type: ignore[no-untyped-def]
    found = between(DESK, Desk({"z.csv": DESK.files["a.csv"]}))
    assert [(each.name, each.what, each.before) for each in found.files] == [("z.csv", "renamed", "a.csv")]
    assert not found.changes
    assert found.problems == ([], [])


def test_a_finding_that_moved_with_its_row_is_the_same(between) -> None:  # type: ignore[no-untyped-def]
    late = ROW | {"signed": "2027"}
    found = between(with_rows(late, OTHER), with_rows(OTHER, late))
    assert found.problems == ([], [])
    found = between(with_rows(late, OTHER), with_rows(OTHER))
    assert [len(each) for each in found.problems] == [0, 1]
