"""Every hostile or odd file alone beside a good one: its verdict, its reason, its values to the letter, and the good file untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.cases import CASES
from tests.hostile.files import GOOD
from tests.hostile.outcome_of import Done, refreshed, wrong


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Done:
    raw = tmp_path_factory.mktemp("raw")
    return refreshed(raw, tmp_path_factory.mktemp("out"))


def test_the_good_file_is_good(alone: Done) -> None:
    assert [r["agreement_id"] for r in alone.good()["agreement"]] == ["G-1", "G-2"]
    assert len(GOOD.splitlines()) == len(alone.good()["source_row"])


@pytest.mark.parametrize("name", CASES)
def test_a_case_gets_its_verdict_and_the_good_file_is_untouched(name: str, alone: Done, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    case = CASES[name]()
    case.put(raw)
    done = refreshed(raw, tmp_path / "out")
    assert list(wrong(case, done)) == []
    assert done.good() == alone.good()
