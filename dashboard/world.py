"""The base map: where its geometry lies, which borders it shows and how it is coloured.

Which borders are shown is a decision of the office, not of the code: ``assets/map/borders.json`` names the views and the one that is
shown (docs/maps.md).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.colours import BORDER, LAND
from dashboard.locale import Say, mark

BORDERS = mark("Borders: {name}")
MAPS = Path(__file__).parent / "assets" / "map"
GEOMETRY = "world_110m.json"
"""The name under which plotly asks for the geometry of a world map."""


@dataclass(frozen=True, slots=True)
class View:
    """A view of the borders: its folder below ``assets/map`` (with its ``/``, or nothing) and its names by language."""

    folder: str
    names: Mapping[str, str]


def shown(maps: Path = MAPS) -> View:
    """Return the view that ``borders.json`` in ``maps`` says is shown.

    Raises:
        ValueError: the file does not name one, or its geometry is not there. A map with other borders than the office believes is
            worse than a server that does not start.
    """
    path = maps / "borders.json"
    try:
        told = json.loads(path.read_text("utf-8"))
        view = told["views"][told["shown"]]
        folder, names = str(view["folder"]), {key: str(name) for key, name in view.items() if key.startswith("name_")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: it must name the views and the one that is shown (docs/maps.md): {error}") from error
    geometry = (maps / folder / GEOMETRY).resolve()
    if not names.get("name_en") or not geometry.is_file() or not geometry.is_relative_to(maps.resolve()):
        raise ValueError(f"{path}: the view {told['shown']!r} needs name_en, and {GEOMETRY} in its folder (docs/maps.md)")
    return View(folder.strip("/") + "/" if folder.strip("/") else "", names)


VIEW = shown()
#: Folder of the geometry; without it plotly asks cdn.plot.ly, whatever the trace (plotly.js 4.1, issue 6767).
TOPOJSON_URL = f"/assets/map/{VIEW.folder}"


def borders(say: Say) -> str:
    """Name the borders that are shown: a reader may question them, so every map says it."""
    return say(BORDERS, name=say.name(VIEW.names))


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
