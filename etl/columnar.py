"""Rows of a table kept as columns: a row is made when somebody asks for it, and a table of Arrow is made without any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, overload


class Columns(Sequence[dict[str, Any]]):
    """Rows that all have the same columns, held as one list for each."""

    __slots__ = ("lists",)

    def __init__(self, lists: dict[str, list[Any]]) -> None:
        self.lists = lists

    @classmethod
    def of(cls, names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Columns:
        """Return ``rows`` as columns called ``names``; what a row does not have is absent in it."""
        values = [tuple(map(row.get, names)) for row in rows]
        lists = zip(*values, strict=True) if values else ((),) * len(names)
        return cls(dict(zip(names, map(list, lists), strict=True)))

    def columns(self) -> Mapping[str, Any]:
        """Return the values of each column, a list or an array of Arrow, in the order of the rows."""
        return self.lists

    def __len__(self) -> int:
        return len(next(iter(self.lists.values()), ()))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = list(self.lists)
        return (dict(zip(names, values, strict=True)) for values in zip(*self.lists.values(), strict=True))

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, at: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        return {name: values[at] for name, values in self.lists.items()}


def values_of(rows: Sequence[Mapping[str, Any]], name: str) -> Iterable[Any]:
    """Return the values of one column, without making the rows where they are kept as columns."""
    return rows.lists[name] if isinstance(rows, Columns) else [row[name] for row in rows]
