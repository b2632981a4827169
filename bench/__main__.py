"""``make bench``: the ETL against what merely reads the workbook, and against the scan of its XML; the result stays in bench/etl.json."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from bench import measure, workbook
from bench.measure import Cost

AS_OF = "2026-01-01"
RESULT = Path(__file__).with_name("etl.json")


def main() -> int:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the large workbook (default 100,000)")
    parser.add_argument("--dry", action="store_true", help="print without writing bench/etl.json")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        costs = measured(Path(folder), chosen.rows)
    result = {
        "rows": chosen.rows,
        "machine": {"processors": os.cpu_count(), "python": platform.python_version()},
        "costs": measure.told(costs),
        "ratios": ratios(costs),
    }
    for name, cost in costs.items():
        print(f"{name:44s} {cost.seconds:8.2f} s {cost.processor:8.2f} s of processor {cost.mib:6d} MiB")
    for name, ratio in result["ratios"].items():
        print(f"{name:60s} {ratio:6.2f}")
    if not chosen.dry:
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def measured(folder: Path, rows: int) -> dict[str, Cost]:
    """Return the costs of each job by its name."""
    costs: dict[str, Cost] = {}
    for name, count in (("half", rows // 2), ("whole", rows)):
        raw = folder / name
        raw.mkdir()
        _say(f"writing {count:,} rows")
        workbook.write(raw / "register.xlsx", count)
        _say(f"measuring {count:,} rows")
        costs[f"scan of the XML, {name}"] = measure.cost(measure.SCAN, raw / "register.xlsx")
        costs[f"pandas + openpyxl read, {name}"] = measure.cost(measure.PANDAS, raw / "register.xlsx")
        costs[f"ETL, {name}"] = measure.cost(measure.ETL, raw, folder / f"out-{name}", AS_OF)
    raw, out = folder / "ten", folder / "out-ten"
    raw.mkdir()
    for number in range(10):
        workbook.write(raw / f"register-{number}.xlsx", rows // 10, seed=number)
    _say("measuring a refresh of ten files")
    costs["ETL of ten files, all new"] = measure.cost(measure.ETL, raw, out, AS_OF)
    workbook.write(raw / "register-3.xlsx", rows // 10, seed=33)
    costs["ETL of ten files, one changed"] = measure.cost(measure.ETL, raw, out, AS_OF)
    return costs


def ratios(costs: dict[str, Cost]) -> dict[str, float]:
    """Return what is to be held: below 1 the ETL ends before the reader; 2 is linear in rows."""
    etl = costs["ETL, whole"]
    found = {
        "ETL / pandas + openpyxl read (goal: below 1)": etl.seconds / costs["pandas + openpyxl read, whole"].seconds,
        "ETL / scan of the XML": etl.seconds / costs["scan of the XML, whole"].seconds,
        "ETL, processor time, whole / half of the rows (2 is linear)": etl.processor / costs["ETL, half"].processor,
        "one of ten files changed / all new": costs["ETL of ten files, one changed"].seconds / costs["ETL of ten files, all new"].seconds,
        "memory of the ETL / 1 GiB (goal: below 1)": etl.mib / 1024,
    }
    return {name: round(ratio, 2) for name, ratio in found.items()}


def _say(what: str) -> None:
    print(f"{what} ...", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
