"""The same input gives the same bytes of every table, whatever the machine is set to."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.crash.conftest import LONG, REGISTER, ROOT
from tests.crash.reader import whole

ZONES = ("UTC", "Asia/Kamchatka", "America/St_Johns", "Pacific/Kiritimati")
LOCALES = ("C", "C.UTF-8", "ru_RU.UTF-8", "tr_TR.UTF-8")
MASKS = (0o022, 0o077, 0o002)
COMBINATIONS = 100 if LONG else 12


def test_the_tables_do_not_depend_on_the_machine(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda number: _published(tmp_path, number), range(COMBINATIONS)))
    assert len(found[0]) > 20
    for number, digests in enumerate(found):
        assert digests == found[0], f"combination {number} differs"


def _published(folder: Path, number: int) -> dict[str, str]:
    """Publish a copy of the raw data under the settings of ``number``; return the hash of each file but those with a clock time."""
    dice = random.Random(number)
    raw, out = folder / f"raw {number}", folder / f"out {number}"
    raw.mkdir()
    files = sorted((ROOT / "data" / "raw").glob("*.*" if LONG else "*agreements.xlsx"))
    (raw / "реестр.csv").write_text(REGISTER, "utf-8")
    dice.shuffle(files)
    for path in files:
        shutil.copyfile(path, raw / path.name)
        os.utime(raw / path.name, (dice.uniform(1e9, 1.7e9),) * 2)
    settings = {
        "TZ": ZONES[number % 4], "LC_ALL": LOCALES[number // 3 % 4], "LANG": LOCALES[number % 3],
        "PYTHONHASHSEED": str(dice.randrange(2**32)), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "etl", "run", "--raw", str(raw), "--out", str(out), "--as-of", "2026-11-22"]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **settings}, umask=MASKS[number % 3], capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    manifest = whole(out)
    tables = {name: digest for name, digest in manifest["files"].items() if name.endswith(".parquet") and name != "run.parquet"}
    shutil.rmtree(out)
    return {**tables, "id": manifest["run_id"], "rows": hashlib.sha256(str(manifest["rows"]).encode()).hexdigest()}
