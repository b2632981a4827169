"""Chinese texts: names of countries, cities and known organisations, found anywhere since no blank parts the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from etl.reference import rows

_HAN = re.compile(r"[\u3400-\u9fff]")
#: Fewer characters name too many things.
_LEAST_NAME, _LEAST_COUNTRY = 3, 2
#: What makes one character stand for a country: 中俄, 俄中, 中方, 赴俄.
_BESIDE = re.compile(r"中(?=俄|方|国)|(?<=俄)中")


@dataclass(frozen=True, slots=True)
class Spot:
    """A name at a range of characters."""

    value: str
    start: int
    end: int


class Han:
    """An index of names in Chinese characters, each with what it stands for; a name of two organisations stands for none."""

    def __init__(self, names: Iterable[tuple[str, str]], least: int) -> None:
        values: dict[str, set[str]] = {}
        for name, value in names:
            if len(name) >= least and all(_HAN.match(letter) or not letter.isspace() for letter in name) and _HAN.match(name):
                values.setdefault(name, set()).add(value)
        self._values = {name: min(each) for name, each in values.items() if len(each) == 1}
        self._lengths: dict[str, list[int]] = {}
        for name in self._values:
            self._lengths.setdefault(name[:least], []).append(len(name))
        self._lengths = {first: sorted(set(each), reverse=True) for first, each in self._lengths.items()}
        self._least = least

    def find(self, text: str) -> Iterator[Spot]:
        """Yield the names in ``text`` from left to right, the longest at each place.

        >>> [(each.value, each.start) for each in Han([("清华大学", "thu"), ("北京", "bj")], 2).find("访问清华大学")]
        [('thu', 2)]
        """
        at = 0
        while at < len(text):
            lengths = self._lengths.get(text[at : at + self._least], ())
            length = next((each for each in lengths if text[at : at + each] in self._values), 0)
            if length:
                yield Spot(self._values[text[at : at + length]], at, at + length)
            at += length or 1


def has_han(text: str) -> bool:
    """Tell whether a text has Chinese characters."""
    return _HAN.search(text) is not None


def organisations(names: Iterable[tuple[str, str]], home: Iterable[str]) -> Han:
    """Return the index of names of organisations; those of the home institution stand for nobody, but hide what is within them."""
    return Han((*names, *((name, "") for name in home)), _LEAST_NAME)


def countries(forms: Mapping[str, str]) -> Han:
    """Return the index of names of countries and of cities that name one."""
    cities = ((row["name"], row["alpha_3"]) for row in rows("country_cities") if row["language"] == "zh")
    return Han((*forms.items(), *cities), _LEAST_COUNTRY)


def china(text: str) -> Iterator[Spot]:
    """Yield where 中 alone stands for China."""
    for match in _BESIDE.finditer(text):
        yield Spot("CHN", match.start(), match.end())
