"""Print precision and recall on gold, with every miss."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.quality.normalisers import measure_normalisers
from tests.quality.registers import measure_registers
from tests.quality.scores import Score

ROOT = Path(__file__).parents[2]


def main() -> int:
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "gold"
    if not gold.is_dir():
        print(f"There is no gold in {gold}: nothing is measured. Name a folder: make quality GOLD=folder")
        return 0
    raw = gold.parent / "raw" if (gold.parent / "raw").is_dir() else ROOT / "data" / "raw"
    scores: list[Score] = []
    if (gold / "gold.jsonl").is_file():
        scores += measure_registers(gold, raw)
    scores += measure_normalisers(gold / "normalise" if (gold / "normalise").is_dir() else gold)
    for score in scores:
        for miss in score.misses:
            print(f"  miss  {score.name}: {miss}")
    print()
    for score in scores:
        print(score.line())
    return 0 if all(score.reached for score in scores) else 1


if __name__ == "__main__":
    sys.exit(main())
