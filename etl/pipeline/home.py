"""What ``sources.yaml`` says of the own institution -> who that is among the organisations that are known."""

from __future__ import annotations

from collections.abc import Sequence

from etl.errors import Unreadable
from etl.home import Home, built_in
from etl.link.partners import Directory, Organisation
from etl.records import Finding

#: Below this a name is a question, and we are not asked who we are.
_SURE = 0.8
_ADVICE = "Write it: home: {names: [...], country: CN}"


def home(names: Sequence[str], country: str, directory: Directory) -> Home:
    """Return the institution called ``names`` in ``country`` (alpha-3, may be empty); the built-in one where no name is stated.

    Without a country it is that of the first name which is a known organisation, else the built-in one.
    """
    if not names:
        return built_in()
    found = [each for name in names if (each := _known(name, country, directory))]
    where = country or next((each.country for each in found if each.country), "") or built_in().country
    # A short name may be that of somebody else abroad.
    ours = [each for each in found if each.country == where]
    every = dict.fromkeys((*names, *(name for each in ours for name in each.names)))
    return Home(where, tuple(every), frozenset(each.id for each in ours), is_stated=True)


def unlocated(names: Sequence[str], country: str, directory: Directory) -> list[Finding]:
    """Return the warning that the own country was neither stated nor found."""
    if not names or country or any((each := _known(name, "", directory)) and each.country for name in names):
        return []
    message = f"home names no country, and no known organisation is called {', '.join(names)}; {built_in().country} was taken for it"
    return [Finding("warning", "bad_settings", message, _ADVICE, "sources.yaml")]


def _known(name: str, country: str, directory: Directory) -> Organisation | None:
    try:
        read = directory.find(name, country)
    except Unreadable:
        return None
    return directory.known.by_id.get(read.value) if read.confidence >= _SURE else None
