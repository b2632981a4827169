"""The refreshes whose snapshots are kept: what each read and published, from their lists of contents alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl import manifest

MOST = 12
_TABLES = ("agreement", "outcome", "news", "partner", "problem")


@dataclass(frozen=True, slots=True)
class Refresh:
    """One publication: the date for which it holds, rows of its tables, hashes of its inputs and of the code that read them."""

    id: str
    as_of: str
    rows: dict[str, int]
    inputs: dict[str, str]
    code: str


def refreshes(folder: Path) -> list[Refresh]:
    """Return the kept refreshes, the latest first; a folder without a readable list is left out."""
    found = [(path.stat().st_mtime, path.parent.name, path) for path in (folder / "snapshots").glob(f"*/{manifest.NAME}")]
    made = [_read(path) for _, _, path in sorted(found, reverse=True)[:MOST]]
    return [each for each in made if each]


def _read(path: Path) -> Refresh | None:
    try:
        listed = manifest.opened(path.read_bytes())
        rows = {name: int(listed["rows"][name]) for name in _TABLES}
        return Refresh(str(listed["run_id"]), str(listed["as_of"]), rows, dict(listed["inputs"]), str(listed["code_sha256"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def changed(new: Refresh, old: Refresh) -> list[str]:
    """Return the names of the inputs that came, went or were edited between two refreshes, in their order.

    >>> made = Refresh("b", "2026-01-02", {}, {"a.xlsx": "1", "b.xlsx": "2"}, "")
    >>> changed(made, Refresh("a", "2026-01-01", {}, {"a.xlsx": "0", "c.xlsx": "3"}, ""))
    ['a.xlsx', 'b.xlsx', 'c.xlsx']
    """
    names = new.inputs.keys() | old.inputs.keys()
    return sorted(name for name in names if new.inputs.get(name) != old.inputs.get(name))
