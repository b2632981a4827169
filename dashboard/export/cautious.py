"""How workbooks are written here: no text becomes a formula, a link or a number."""

from __future__ import annotations

OPTIONS: dict[str, bool] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
"""Options of ``xlsxwriter.Workbook``."""
