"""Turn Natural Earth (npm ``world-atlas``) into the file that plotly's maps load, so that no map asks another host.

    mkdir -p build/map && npm install --prefix build/map world-atlas@2.0.2
    .venv/bin/python scripts/make_map.py build/map/node_modules/world-atlas/countries-110m.json

Another border view is another TopoJSON with the same two objects (``countries`` with numeric ids, ``land``).
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

TARGET = Path(__file__).parent.parent / "dashboard" / "assets" / "map" / "world_110m.json"
#: Territories that the source draws without a number, by the name it gives them.
UNNUMBERED = {"Kosovo": "XKX"}
#: Codes of states that are no more, which CLDR keeps as aliases of their successors.
WITHDRAWN = {"BUR", "DDR", "FXX", "NTZ", "QUU", "ROM", "SUN", "TMP", "YMD", "YUG", "ZAR"}
NOTICE = "Made with Natural Earth 4.1 (public domain) through world-atlas 2.0.2 (ISC, Michael Bostock); borders de facto."

Point = tuple[float, float]


def alpha_3() -> dict[str, str]:
    """Return ISO 3166-1 numeric -> alpha-3, both being aliases of the same territory in CLDR."""
    aliases = {code: territories[0] for code, territories in get_global("territory_aliases").items() if len(territories) == 1}
    letters = {two: code for code, two in aliases.items() if len(code) == 3 and code.isalpha() and code not in WITHDRAWN}
    return {code: letters[two] for code, two in aliases.items() if code.isdigit() and two in letters}


def decoded(world: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs of ``world`` in degrees; the file holds differences of whole numbers."""
    (dx, dy), (x0, y0) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * dx + x0, y * dy + y0))
        arcs.append(points)
    return arcs


def ring(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return the points of a closed line; ``~i`` is arc ``i`` backwards."""
    points = [point for i in indexes for point in (arcs[i] if i >= 0 else arcs[~i][::-1])]
    crosses = max(x for x, _ in points) - min(x for x, _ in points) > 300  # the antimeridian, as Russia and Fiji do
    return [(x % 360, y) for x, y in points] if crosses else points


def centre(points: list[Point]) -> tuple[float, float, float]:
    """Return the signed area of a ring and its centre of gravity (on the plane of the degrees, which is enough for a label)."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise([*points, points[0]]):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross / 2, x + (x1 + x2) * cross / 6, y + (y1 + y2) * cross / 6
    return (area, x / area, y / area) if area else (0.0, *points[0])


def polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    """Return the polygons of a shape as lists of rings of arc numbers."""
    return [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]


def country(shape: dict[str, Any], codes: dict[str, str], arcs: list[list[Point]]) -> dict[str, Any]:
    """Return the shape with its ISO alpha-3 code as id and the centre of its largest part as ``ct``."""
    name = shape["properties"]["name"]
    parts = [centre(ring(part[0], arcs)) for part in polygons(shape)]
    _, x, y = max(parts, key=lambda part: abs(part[0]))
    code = codes.get(str(shape.get("id", ""))) or UNNUMBERED.get(name) or name
    return {"type": shape["type"], "id": code, "properties": {"ct": [round((x + 180) % 360 - 180, 2), round(y, 2)]}, "arcs": shape["arcs"]}


def collection(*shapes: dict[str, Any]) -> dict[str, Any]:
    """Return a layer of plotly's file."""
    return {"type": "GeometryCollection", "geometries": list(shapes)}


def main(source: Path) -> None:
    """Write the layers that plotly asks for; those without content must be there all the same."""
    world = json.loads(source.read_text("utf-8"))
    arcs, codes = decoded(world), alpha_3()
    land = world["objects"]["land"]["geometries"]
    coast = {"type": "MultiLineString", "arcs": [each for shape in land for part in polygons(shape) for each in part]}
    layers = {
        "countries": collection(*(country(shape, codes, arcs) for shape in world["objects"]["countries"]["geometries"])),
        "land": collection(*land),
        "coastlines": collection(coast),
        **{empty: collection() for empty in ("ocean", "lakes", "rivers", "subunits")},
    }
    made = {"type": "Topology", "notice": NOTICE, "transform": world["transform"], "objects": layers, "arcs": world["arcs"]}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n", "utf-8")
    (TARGET.parent / "NOTICE.txt").write_text(NOTICE + "\n", "utf-8")
    print(f"{TARGET}: {len(layers['countries']['geometries'])} countries, {TARGET.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
