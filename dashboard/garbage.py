"""What is kept as long as a snapshot is shown, out of the sight of the collector of garbage.

A collection looks at every object that could be part of a cycle. Those of a snapshot of 100,000 agreements and of its search are two
million, none of them is garbage, and to look at them took 0.2 s, in which nobody was answered (measured: every twelfth click).
"""

from __future__ import annotations

import gc

OFTEN = 20_000
"""New objects after which the young ones are looked at: a page is 10,000 that all live until it is sent; Python's 700 looked 12 times."""


def set_aside() -> None:
    """Set aside all that is there, after a look at what was set aside before: a snapshot that is no longer shown goes then."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
