"""What every run looks things up in, loaded while other processes parse the files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from etl.errors import Unreadable
from etl.link.partner.gazetteer import gazetteer
from etl.normalise import countries, dates, fields, terms, types


@contextmanager
def warmed() -> Iterator[None]:
    """Load the lists of organisations, fields, countries and words in a thread of its own; they are there when the block ends."""
    loading = Thread(target=_load, name="lists")
    loading.start()
    try:
        yield
    finally:
        loading.join()


def _load() -> None:
    import pandas  # noqa: F401 - Arrow looks for it with its first array

    gazetteer()
    for read in (fields.field, countries.country, dates.date, terms.months, types.agreement_type, types.outcome_type):
        with suppress(Unreadable):  # what matters is what it looks into
            read("42 nothing known")
