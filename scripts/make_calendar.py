"""Write etl/reference/calendar_names.csv from CLDR (Babel); run by hand when a locale is added or Babel is newer, never by the ETL.

    python scripts/make_calendar.py

A run that asked Babel itself would load a hundred locales whole, which takes 70 MiB, for the few names that it needs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from etl.normalise.dates.words import LOCALES, WEEKDAY_WIDTHS

TARGET = Path(__file__).parent.parent / "etl" / "reference" / "calendar_names.csv"


def names() -> Iterator[tuple[str, str, str, str, int, str]]:
    for name in LOCALES:
        locale = Locale.parse(name)
        for what, calendar, widths in (("month", locale.months, ("wide", "abbreviated")), ("weekday", locale.days, WEEKDAY_WIDTHS)):
            for context in ("format", "stand-alone"):
                for width in widths:
                    for number, word in calendar[context].get(width, {}).items():
                        yield name, what, context, width, number, word


if __name__ == "__main__":
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("locale", "what", "context", "width", "number", "name"))
        writer.writerows(names())
