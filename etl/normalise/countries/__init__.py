"""Countries as people write them -> ISO 3166-1 alpha-3 (XKX for Kosovo), and what is known of a country.

Only whole cells are read. Regions, groups, totals and organisations are refused; a part of a country gives the state that
ISO 3166-2 puts it in; a state that is no more gives its successor where it has one.
"""

from __future__ import annotations

import re

from etl.errors import Unreadable, Unsure
from etl.normalise.countries.forms import names
from etl.normalise.countries.info import codes, row
from etl.normalise.countries.keys import key
from etl.normalise.countries.lists import Refusal
from etl.normalise.countries.repair import resembled
from etl.normalise.countries.rules import listed, resolve
from etl.normalise.countries.split import split
from etl.records import Read
from etl.text import clean, script

__all__ = ["codes", "country", "names", "of_place", "row", "split"]

_LONGEST = 100
_ONE_WORD = re.compile(r"[\w .'-]*")


def of_place(text: str) -> Read | None:
    """Return the country that the lists give for ``text`` as it is written, a part of a country among them, else None.

    >>> of_place("Вена"), of_place("Lyngby")
    (Read(value='AUT', rule='part of a country', confidence=0.8), None)
    """
    found = listed(clean(text))
    return found if isinstance(found, Read) else None


def country(text: str) -> Read:
    """Return the alpha-3 code of the one country that ``text`` names.

    Raises:
        Unreadable: no country of any list, a region or group, or several countries.
        Unsure: a state that is no more and left several.

    >>> country("Korea, Rep.").value, country("КНР").value, country("the Republic of Gabon").value
    ('KOR', 'CHN', 'GAB')
    >>> country("Lyngby")
    Traceback (most recent call last):
    etl.errors.Unreadable: not a country of any list: 'Lyngby'
    >>> country("Chian")
    Traceback (most recent call last):
    etl.errors.Unreadable: not a country of any list, but like China: 'Chian'
    """
    plain = clean(text)
    if not plain:
        raise Unreadable("no country")
    if len(plain) > _LONGEST:
        raise Unreadable("too long for the name of a country")
    found = resolve(plain)
    if isinstance(found, Refusal):
        if found.candidates:
            raise Unsure(f"{found.reason}: {text!r}", found.candidates)
        raise Unreadable(f"{found.reason}: {text!r}")
    if found is None:
        if not _ONE_WORD.fullmatch(plain) and len(split(plain)) > 1:
            raise Unreadable(f"several countries in one name: {text!r}")
        if code := resembled(key(plain)):
            raise Unreadable(f"not a country of any list, but like {_shown(code, plain)}: {text!r}")
        raise Unreadable(f"not a country of any list: {text!r}")
    return found


def _shown(code: str, beside: str) -> str:
    """Return the name of a country in the script in which ``beside`` is written."""
    return str(row(code)["name_ru" if script(beside) == "cyrillic" else "name_en"])
