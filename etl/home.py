"""The institution whose cooperation this is: how it is called, where it is, and who it is among the known organisations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from etl.reference import rows
from etl.text import fold


@dataclass(frozen=True, slots=True)
class Home:
    """Ourselves, whom no chart counts as a partner, and our country, which no chart counts as abroad.

    ``cited`` are further names that only databases of publications use. ``is_stated`` tells that ``sources.yaml`` says who we are.
    """

    country: str
    names: tuple[str, ...] = ()
    organisations: frozenset[str] = frozenset()
    cited: tuple[str, ...] = ()
    is_stated: bool = False

    def is_called(self, text: str) -> bool:
        """Tell whether ``text`` as a whole is one of the names.

        >>> Home("CHN", ("Our University", "OU")).is_called("our  university"), Home("CHN", ("OU",)).is_called("OU Press")
        (True, False)
        """
        return fold(text) in {fold(name) for name in self.names}


@cache
def built_in() -> Home:
    """Return the institution of the reference data, which holds where ``sources.yaml`` names none."""
    said: dict[str, list[str]] = {"country_code": [], "organisation": []}
    for row in rows("home"):
        said[row["key"]].append(row["value"])
    names = tuple(row["alias"] for row in rows("home_units"))
    return Home(said["country_code"][0], names, frozenset(said["organisation"]), tuple(row["name"] for row in rows("publication_home")))
