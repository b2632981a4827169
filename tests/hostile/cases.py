"""All cases, by family and name."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile import (
    cases_dates,
    cases_encodings,
    cases_files,
    cases_grid,
    cases_ids,
    cases_layout,
    cases_names,
    cases_numbers,
    cases_text,
    cases_xml,
)
from tests.hostile.case import Case, of_module

_FAMILIES = (
    cases_dates,
    cases_encodings,
    cases_files,
    cases_grid,
    cases_ids,
    cases_layout,
    cases_names,
    cases_numbers,
    cases_text,
    cases_xml,
)
CASES: dict[str, Callable[[], Case]] = {name: make for family in _FAMILIES for name, make in of_module(family)}
