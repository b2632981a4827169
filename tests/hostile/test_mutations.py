"""No random change of a good file is silent: what it alters is published as it now stands, or told about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.mutants import Mutant, of_bytes, of_cells, of_csv, silent
from tests.hostile.outcome_of import refreshed

PER_KIND = 120


@pytest.mark.parametrize("make", [of_csv, of_cells, of_bytes])
def test_no_change_is_silent(make: Callable[[int], Mutant], tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    mutants = [make(seed) for seed in range(PER_KIND)]
    for mutant in mutants:
        (raw / mutant.name).write_bytes(mutant.data)
    done = refreshed(raw, tmp_path / "out")
    assert [line for mutant in mutants for line in silent(mutant, done)] == []
    assert len(done.tables["agreement"]) > PER_KIND, "the good rows beside a bad one are published"
