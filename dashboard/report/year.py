"""The year that a report is about, and the selections that it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.filters import Selection
from dashboard.indicators.series import open_year


@dataclass(frozen=True, slots=True)
class Year:
    """The year that a report is about, and the selections that it asks for."""

    year: int
    as_of: str

    @property
    def is_open(self) -> bool:
        """Tell whether the year is not over."""
        return open_year(self.as_of) == self.year

    @property
    def last_day(self) -> str:
        """Return the last day of the year, the as-of date in a year that is not over."""
        return self.as_of if self.is_open else f"{self.year}-12-31"

    def within(self, year: int | None = None) -> Selection:
        """Return the selection of one year, by default this one."""
        return Selection(since=year or self.year, until=year or self.year)

    def up_to(self) -> Selection:
        """Return the selection of all years up to this one."""
        return Selection(until=self.year)
