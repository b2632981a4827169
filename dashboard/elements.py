"""Components made quickly: Dash checks the arguments of each of them anew, which takes ten times as long as to make it (4.4.1)."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, TypeVar, cast

from dash.development.base_component import Component

C = TypeVar("C", bound=Component)


def element(kind: type[C], children: Any = None, **properties: Any) -> C:
    """Return ``kind(children, **properties)``; whether it has such properties is asked once for each set of names.

    Raises:
        TypeError: it has not.

    >>> from dash import html
    >>> element(html.Td, "x", className="number", **{"data-label": "y"})
    Td(children='x', className='number', data-label='y')
    """
    made: C = object.__new__(kind)
    vars(made).update(_bare(cast(Hashable, kind), tuple(properties)), children=children, **properties)
    return made


@lru_cache(maxsize=1024)
def _bare(kind: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what Dash keeps in a component beside its own properties."""
    checked = vars(kind(**dict.fromkeys(names, "")))
    return {name: value for name, value in checked.items() if name not in names}
