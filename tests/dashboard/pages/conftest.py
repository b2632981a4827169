"""The same snapshots as the tests of the queries have."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

_SPEC = spec_from_file_location("cooperation_sample", Path(__file__).parents[1] / "query" / "conftest.py")
assert _SPEC and _SPEC.loader
_SAMPLE = module_from_spec(_SPEC)
_SPEC.loader.exec_module(_SAMPLE)

rows, crowded, small, nothing = _SAMPLE.rows, _SAMPLE.crowded, _SAMPLE.small, _SAMPLE.nothing
