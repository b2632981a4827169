"""Two processes that understand half of the rows each give what one gives, word by word and in the same order."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from etl.beside import by_two
from etl.normalise import countries
from etl.normalise import rows as module
from etl.normalise.completed import completed
from etl.normalise.rows import Understood, understand
from etl.normalise.wire import encode
from etl.read import read
from etl.readings import Readings, Verdict
from etl.records import Cell, Input, Ruling

RAW = Path(__file__).parents[3] / "data" / "raw"
RULINGS = {("field", "physics"): Ruling("2.1", "said"), ("country", "китай"): Ruling("TWN", "said")}


@pytest.fixture(scope="module")
def given() -> Input:
    return completed(read(RAW))


def told(given: Input, monkeypatch: pytest.MonkeyPatch, least: int) -> tuple[Understood, list[tuple[tuple[str, str, str], Verdict]]]:
    monkeypatch.setattr(module, "_WORTH_TWO", least)
    readings = Readings(RULINGS)
    readings.note("country", "Италия", countries.country("Италия"))  # as an earlier stage may have
    broken = frozenset(row.origin for row in given.rows[::50])
    return understand(given.rows, readings, {}, broken, given.columns), list(readings.verdicts.items())


def test_two_understand_what_one_understands(given: Input, monkeypatch: pytest.MonkeyPatch) -> None:
    one, verdicts = told(given, monkeypatch, 10**9)
    two, others = told(given, monkeypatch, 1)
    assert len(one.records) > 300
    assert one.findings
    assert two == one
    assert others == verdicts
    assert {kind for record in two.records for kind in {type(said.cell) for said in record.countries}} == {Cell}


def test_nothing_is_lost_when_somebody_ends_the_other_process(given: Input, monkeypatch: pytest.MonkeyPatch) -> None:
    one, verdicts = told(given, monkeypatch, 10**9)
    here = os.getpid()

    def ended(*found: Any) -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return encode(*found)

    monkeypatch.setattr(module, "encode", ended)
    assert told(given, monkeypatch, 1) == (one, verdicts)


def test_half_of_a_list_is_worked_on_elsewhere(tmp_path: Path) -> None:
    def work(items: Sequence[int]) -> list[tuple[int, int]]:
        return [(item, os.getpid()) for item in items]

    found = by_two(work, range(7), 7)
    assert [item for item, _ in found] == list(range(7))
    assert [pid == os.getpid() for _, pid in found] == [True] * 3 + [False] * 4
    assert {pid for _, pid in by_two(work, range(7), 8)} == {os.getpid()}
    assert by_two(work, [], 0) == []

    here = os.getpid()

    def ended(items: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(items)

    assert by_two(ended, range(9), 2) == list(range(9))

    def wrong(items: Sequence[int]) -> list[int]:
        return [1 // (item - 8) for item in items]

    with pytest.raises(ZeroDivisionError):
        by_two(wrong, range(9), 2)
