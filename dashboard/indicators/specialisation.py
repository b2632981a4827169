"""How much stronger a country is in a field than the whole portfolio: INDICATORS.md 3.4."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEAST_EXPECTED = 5
"""Below so many expected records the index is noise, and is not shown."""


def expected(of_field: float, of_country: float, whole: float) -> float:
    """Return how many records a field and a country would share if the country worked in all fields as the whole does.

    >>> expected(60, 40, 400), expected(0, 0, 0)
    (6.0, 0.0)
    """
    return of_field * of_country / whole if whole else 0.0


def expected_of_all(of_field: Floats, of_country: Floats, whole: Floats) -> Floats:
    """Return :func:`expected` of many pairs at once.

    >>> expected_of_all(np.array([60.0, 0.0]), np.array([40.0, 0.0]), np.array([400.0, 0.0])).tolist()
    [6.0, 0.0]
    """
    return np.divide(of_field * of_country, whole, out=np.zeros(len(whole)), where=whole != 0)


def activity_index(both: float, of_field: float, of_country: float, whole: float) -> float | None:
    """Return (both / of_country) / (of_field / whole), 1 being as expected; None where nothing is expected.

    >>> activity_index(12, 60, 40, 400), activity_index(1, 0, 5, 10)
    (2.0, None)
    """
    norm = expected(of_field, of_country, whole)
    return both / norm if norm else None
