"""What the arrays of a snapshot are made of: names of codes, links of records to them, and the records of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
NOTHING = -1
"""Stands for an absent year or code."""


@dataclass(frozen=True, slots=True)
class Names:
    """The codes of a part of the address in their order; ``columns`` of their rows, with a row of nothing at the end for no code.

    ``texts`` are the codes as a column, with nothing at the end.
    """

    codes: list[str]
    texts: Any
    at: dict[str, list[int]]
    columns: dict[str, Any]
    known: dict[int, dict[str, Any]]

    def find(self, codes: Iterable[str]) -> Flags:
        """Return which codes are among ``codes``, or belong to a group (a region, an area) that is."""
        found = np.zeros(len(self.codes), bool)
        for code in codes:
            found[self.at.get(code, [])] = True
        return found

    def rows(self, at: Ints) -> dict[str, Any]:
        """Return the columns for the codes ``at`` these numbers."""
        return {name: values.take(at % (len(self.codes) + 1)) for name, values in self.columns.items()}

    def row(self, at: int) -> dict[str, Any]:
        """Return the row of one code; what is absent is None."""
        if at not in self.known:
            self.known[at] = {name: None if value != value else value for name, value in ((n, v[at]) for n, v in self.columns.items())}
        return self.known[at]

    def text(self, at: Ints) -> Any:
        """Return the codes at these numbers as a column of texts, absent for :data:`NOTHING`."""
        return self.texts.take(at)


def rows_of_table(table: pa.Table) -> list[dict[str, Any]]:
    """Return the rows of an Arrow table; it makes its names anew each time it is asked for them."""
    names = table.column_names
    return [dict(zip(names, values, strict=True)) for values in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def sums(at: Ints, weights: Floats, size: int) -> Floats:
    """Return the sum of the weights ``at`` each number below ``size``."""
    return np.bincount(at, weights=weights, minlength=size).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Links:
    """Distinct pairs of record and code, in their order; ``number`` of pairs of each record, and what each pair weighs: 1/number."""

    record: Ints
    code: Ints
    number: Ints
    weight: Floats

    @classmethod
    def of(cls, record: Ints, code: Ints, records: int) -> Links:
        """Return the links of ``records`` records."""
        number = np.bincount(record, minlength=records)
        return cls(record, code, number, 1.0 / number[record])


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one table: ids, years, the code of type or event, and the numbers of the records, the latest first."""

    ids: list[str]
    years: Ints
    kinds: list[str]
    kind: Ints
    latest: Ints
    planned: Flags | None
    amounts: Floats | None
    accepted: dict[str, Links]
    counted: dict[str, Links]
    column: str

    def coded(self, column: str) -> Ints:
        """Return the codes of ``column``, which is the type of agreements and outcomes, the event of news.

        Raises:
            KeyError: no other column is held.
        """
        if column != self.column:
            raise KeyError(column)
        return self.kind
