"""A reader that knows nothing of our code: it believes no file whose hash it has not seen."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def whole(out: Path) -> dict[str, Any]:
    """Return the manifest of the published snapshot after every byte of it was checked.

    Raises:
        AssertionError: it is torn.
    """
    name = (out / "current").read_text("ascii")
    assert name.endswith("\n"), name
    folder = out / "snapshots" / name.strip()
    text = (folder / "manifest.json").read_bytes()
    manifest: dict[str, Any] = json.loads(text)
    seal = f' "manifest_sha256": "{manifest["manifest_sha256"]}"\n}}\n'.encode()
    assert text.endswith(seal), "the manifest is cut"
    assert hashlib.sha256(text.removesuffix(seal)).hexdigest() == manifest["manifest_sha256"], "the manifest is altered"
    assert manifest["run_id"] == folder.name
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert found.keys() == manifest["files"].keys() | {"manifest.json"}
    for each, digest in manifest["files"].items():
        assert hashlib.sha256(found[each].read_bytes()).hexdigest() == digest, f"{each} is torn"
    return manifest


def leftovers(out: Path) -> list[str]:
    """Return what lies below ``out`` and is neither published nor the file of the lock, nor what was read before (it is kept)."""
    beside = [path.name for path in out.iterdir() if path.name not in ("current", "snapshots", ".lock", "cache")]
    return sorted(beside + [f"snapshots/{path.name}" for path in (out / "snapshots").iterdir() if path.name.startswith(".")])
