"""What is due, recounted agreement by agreement: what the calendar and the runway are held against."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dashboard.indicators.runway import Decision, due_days
from etl.indicators.status import Terms, status


def decisions(rows: Iterable[dict[str, Any]], as_of: date, until: date) -> list[Decision]:
    """What is due of rows of agreements, by the rule for one."""
    return sorted(
        Decision(day, row["agreement_id"], kind, row["expires_precision"] == "day")
        for row in rows
        for kind, day in due_days(status(Terms.of(row), as_of), row["has_auto_renewal"])
        if as_of <= day <= until
    )
