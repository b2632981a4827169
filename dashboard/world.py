"""The base map: where its geometry lies, which borders it shows and how it is coloured."""

from __future__ import annotations

from typing import Any

from dashboard.colours import BORDER, LAND
from dashboard.locale import mark

#: Said below every map: which borders are shown is a decision that a reader may question. Made by scripts/make_map.py.
BORDERS = mark("Borders: Natural Earth 4.1, de facto")

#: Folder of ``world_110m.json``; without it plotly asks cdn.plot.ly, whatever the trace (plotly.js 4.1, issue 6767).
TOPOJSON_URL = "/assets/map/"


def geo(**more: Any) -> dict[str, Any]:
    """Return ``layout.geo`` of a world without Antarctica; ``more`` overrides."""
    base: dict[str, Any] = {
        "projection": {"type": "natural earth"},
        "lataxis": {"range": [-56, 84]},
        "lonaxis": {"range": [-168, 190]},
        "fitbounds": False,  # plotly.js 4 zooms into the data otherwise
        "resolution": 110,
        "showframe": False,
        "showcoastlines": False,
        "showland": True,
        "landcolor": LAND,
        "showcountries": True,
        "countrycolor": BORDER,
        "countrywidth": 0.6,
        "bgcolor": "rgba(0,0,0,0)",
    }
    return base | more
