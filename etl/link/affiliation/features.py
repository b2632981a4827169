"""What speaks for and against a candidate, as numbers between about 0 and 3; the weights are in ``affiliation_weights.csv``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from etl.link.affiliation.candidates import Candidate, Text
from etl.link.affiliation.index import Index
from etl.link.partner.gazetteer import compatible
from etl.reference import rows

_KINDS = ("university", "institute", "company", "government")
#: A word of more than this many organisations in a thousand tells nothing.
_RARE = 5.5


@cache
def _words(role: str) -> frozenset[str]:
    """Return the words of ``affiliation_words.csv`` with a role.

    A *type* says what an organisation is (a hospital is not the university that it is of); a *part* begins the name of a part or
    follows the name of the whole ('Yale University School of Medicine'), a *unit* only begins one; *other* follows the name of
    another body ('Yale University Press').
    """
    return frozenset(row["word"] for row in rows("affiliation_words") if row["role"] == role)


class Features:
    """The features of the candidates of one text."""

    def __init__(self, text: Text, index: Index, found: Sequence[Candidate]) -> None:
        self._text, self._index = text, index
        self._whole = sorted({(each.start, each.end) for each in found if each.how != "partial"})
        self._units = _words("part") | _words("unit")
        self._times: dict[int, int] = {}
        for each in found:
            self._times[index.owner[each.name]] = self._times.get(index.owner[each.name], 0) + 1

    def of(self, one: Candidate) -> dict[str, float]:
        """Return the features of ``one`` that are not zero."""
        found = {**self._of_name(one), **self._around(one), **self._of_place(one), **self._of_owner(one)}
        found["exact_conflict"] = found.get("exact", 0.0) * found.get("country_conflict", 0.0)
        found["short_unplaced"] = found.get("short", 0.0) * (1.0 - max(found.get("country_match", 0.0), found.get("city_match", 0.0)))
        return {name: value for name, value in found.items() if value}

    def _of_name(self, one: Candidate) -> dict[str, float]:
        """Tell how much of the name stands there, and how it stands."""
        index, text, said = self._index, self._text, self._index.said[one.name]
        need = frozenset(said)
        inside = text.words[one.start : one.end]
        here = frozenset(inside)
        total = index.weigh(need) or 0.01
        got = total if one.how != "partial" else index.weigh(need & here)
        extra = [word for word in inside if word not in need]
        order = [inside.index(word) for word in dict.fromkeys(said) if word in here] if one.how != "exact" else []
        return {
            "exact": float(one.how == "exact"),
            "same_words": float(one.how == "bag"),
            "coverage": got / total,
            "missing": min(10.0, total - got) / 5,
            "weight": min(got, 25.0) / 10,
            "short": float(index.is_short[one.name]),
            "one_word": float(len(said) == 1 and not index.is_short[one.name]),
            "no_rare": float(max(index.weights[word] for word in said) < _RARE),
            "scattered": min(3.0, sum(min(index.weights[word], 6.0) for word in extra) / 6),
            "disordered": float(order != sorted(order)),
            "misspelt": float(any(one.start <= at < one.end and text.words[at] in need for at in text.misspelt)),
            "type_missing": float(bool((need - here) & _words("type"))),
            "type_besides": float(bool((here - need) & _words("type"))),
            "unit_like": float(said[0] in self._units),
            "hospital": float(not need.isdisjoint(_words("other"))),
            "in_place": self._share_in_place(one, need),
        }

    def _share_in_place(self, one: Candidate, need: frozenset[str]) -> float:
        text, index = self._text, self._index
        at = [at for at in range(one.start, one.end) if text.words[at] in need]
        total = index.weigh(text.words[each] for each in at) or 1.0
        return index.weigh(text.words[each] for each in at if text.in_place[each]) / total

    def _around(self, one: Candidate) -> Mapping[str, float]:
        """Tell what else stands in the segments of the candidate, and where they stand."""
        text = self._text
        first, last = text.segment_of[one.start], text.segment_of[one.end - 1]
        low, high = one.start, one.end
        while low and text.segment_of[low - 1] == first:
            low -= 1
        while high < len(text.words) and text.segment_of[high] == last:
            high += 1
        city = self._index.city[self._index.owner[one.name]]
        before = _without_digits(text.words[low : one.start])
        after = [word for word in _without_digits(text.words[one.end : high]) if word not in city and word.upper() not in text.countries]
        return {
            "crosses": float(first != last),
            "before": self._left(before),
            "after": self._left(after),
            "just_before": min(8.0, self._index.weights[before[-1]]) / 8 if before else 0.0,
            "just_after": min(8.0, self._index.weights[after[0]]) / 8 if after else 0.0,
            "fills_segment": float(not before and not after),
            "is_all": float(one.start == 0 and one.end == len(text.words)),
            "hospital_after": float(bool(after) and after[0] in _words("other")),
            "unit_after": float(bool(after) and after[0] in _words("part")),
            "later": first / (len(text.segments) - 1) if len(text.segments) > 1 else 0.0,
            "contained": float(any(a <= one.start and one.end <= b and b - a > one.end - one.start for a, b in self._whole)),
        }

    def _left(self, said: Iterable[str]) -> float:
        return min(3.0, sum(min(self._index.weights[word], 8.0) for word in said) / 8)

    def _of_place(self, one: Candidate) -> dict[str, float]:
        """Tell whether country and city agree."""
        text, index = self._text, self._index
        at = index.owner[one.name]
        country, city = index.organisations[at].country, index.city[at]
        found: dict[str, float] = {}
        if text.countries:
            agrees = bool(country) and compatible(country, text.countries)
            found["country_match" if agrees else "country_conflict"] = 1.0
        wanted = f" {' '.join(city)} "
        if city and wanted in text.joined:
            outside = f" {' '.join(text.words[: one.start])} | {' '.join(text.words[one.end :])} "
            found["city_match"] = 1.0 if wanted in outside else 0.6
        elif text.cities:
            found["city_elsewhere"] = float(not any(country in index.cities[each] for each in text.cities))
            found["city_other"] = 1.0 - found["city_elsewhere"]
        return found

    def _of_owner(self, one: Candidate) -> dict[str, float]:
        index = self._index
        at = index.owner[one.name]
        kind = index.organisations[at].kind
        return {
            "alias": float(not index.is_shown[one.name]),
            "known_widely": math.log(1 + index.names[at]) / 2,
            "supported": float(self._times[at] > 1),
            f"kind_{kind if kind in _KINDS else 'other'}": 1.0,
        }


def _without_digits(said: Iterable[str]) -> list[str]:
    return [word for word in said if not word[0].isdigit()]
