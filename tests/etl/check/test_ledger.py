from __future__ import annotations

from collections import Counter

import pytest

from etl.check.ledger import ledger


def rows(*fates: str) -> Counter[tuple[str, str, str]]:
    return Counter(("a.xlsx", "S", fate) for fate in fates)


def test_every_row_has_one_fate() -> None:
    (sheet,) = ledger(rows("loaded", "loaded", "merged", "quarantined", "not_data"), {("a.xlsx", "S"): 5})
    assert (sheet.read, sheet.loaded, sheet.merged, sheet.quarantined, sheet.not_data) == (5, 2, 1, 1, 1)


@pytest.mark.parametrize(("fates", "read"), [(("loaded",), 2), (("loaded", "loaded"), 1), (("forgotten",), 1)])
def test_a_lost_or_doubled_row_stops_the_run(fates: tuple[str, ...], read: int) -> None:
    with pytest.raises(AssertionError, match=r"rows lost in a\.xlsx"):
        ledger(rows(*fates), {("a.xlsx", "S"): read})


def test_a_sheet_of_which_no_row_arrived_is_noticed() -> None:
    with pytest.raises(AssertionError, match="sheet 'T'"):
        ledger(rows("loaded"), {("a.xlsx", "S"): 1, ("a.xlsx", "T"): 3})
