"""Print precision and recall on gold, who is wrong how, and every miss."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.quality.journals import measure_journals
from tests.quality.normalisers import measure_normalisers, measure_written
from tests.quality.organisations import measure_organisations
from tests.quality.registers import measure_registers
from tests.quality.scores import Score

ROOT = Path(__file__).parents[2]


def main() -> int:
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "gold"
    if not gold.is_dir():
        print(f"There is no gold in {gold}: nothing is measured. Name a folder: make quality GOLD=folder")
        return 0
    scores = list(_measure(gold))
    if not scores:
        print(f"{gold} holds no gold in the format that is known: gold.jsonl, countries.csv, dates.csv, fields.csv, orgs/pairs.csv, ...")
        return 1
    scores += measure_journals()
    for score in scores:
        for miss in score.misses:
            print(f"  miss  {score.name.strip()}: {miss}")
    for score in scores:
        if score.table:
            print(f"\n  {score.name.strip()}")
            print("\n".join(score.table))
    print()
    for score in scores:
        print(score.line())
    return 0 if all(score.reached for score in scores) else 1


def _registers(gold: Path) -> Path:
    """Return the registers that the gold is about: those beside it, or our own where they are the same files, with their decisions."""
    ours, beside = ROOT / "data" / "raw", gold.parent / "raw"
    books = [path for path in beside.glob("*") if path.suffix in (".xlsx", ".csv")]
    same = all((ours / path.name).is_file() and (ours / path.name).read_bytes() == path.read_bytes() for path in books)
    return ours if same else beside


def _measure(gold: Path) -> Iterator[Score]:
    if (gold / "gold.jsonl").is_file():
        yield from measure_registers(gold, _registers(gold))
    yield from measure_written(gold)
    sets = gold / "normalise" if (gold / "normalise").is_dir() else gold
    yield from measure_normalisers(sets)
    yield from measure_organisations(sets / "orgs" if (sets / "orgs").is_dir() else sets)


if __name__ == "__main__":
    sys.exit(main())
