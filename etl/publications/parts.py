"""A JSON object of which every part may be missing or of another kind than it should be: what is readable, and what was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any


class Parts:
    """Reads the parts of one object; ``lost`` counts by name what stood there and could not be read, in parts of parts too.

    >>> parts = Parts({"names": ["A", None], "place": {"city": "Graz"}, "year": 2020, "type": {}})
    >>> parts.texts("names"), parts.part("place").text("city"), parts.text("year"), parts.text("type"), dict(parts.lost)
    (['A'], 'Graz', '2020', '', {'names': 1, 'type': 1})
    """

    def __init__(self, said: Mapping[str, Any], lost: Counter[str] | None = None) -> None:
        self._said = said
        self.lost: Counter[str] = Counter() if lost is None else lost

    def __bool__(self) -> bool:
        return bool(self._said)

    def text(self, name: str) -> str:
        """Return the text or number called ``name``, empty where there is none."""
        value = self._said.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            self.lost[name] += 1
        return ""

    def texts(self, name: str) -> list[str]:
        """Return the texts of the list called ``name``."""
        return [each for each in self._list(name) if self._is(str, each, name)]

    def part(self, name: str) -> Parts:
        """Return the object called ``name``, an empty one where there is none."""
        value = self._said.get(name)
        return Parts(value if value is not None and self._is(dict, value, name) else {}, self.lost)

    def objects(self, name: str) -> list[Parts]:
        """Return the objects of the list called ``name``."""
        return [Parts(each, self.lost) for each in self._list(name) if self._is(dict, each, name)]

    def _list(self, name: str) -> list[Any]:
        value = self._said.get(name)
        return value if value is not None and self._is(list, value, name) else []

    def _is(self, kind: type, value: object, name: str) -> bool:
        fits = isinstance(value, kind)
        if not fits:
            self.lost[name] += 1
        return fits
