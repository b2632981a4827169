"""Write the country files of etl/reference from public lists; run by hand when a list changes, never by the ETL.

    python scripts/make_countries.py TAXONOMY.csv SUBDIVISIONS.json COUNTRIES-50M.json

TAXONOMY.csv comes with the PyPI package hdx-python-country (MIT): ISO 3166-1 codes, UN M49 regions and names in the six
languages of the UN, UNTERM names, a point for each country.
SUBDIVISIONS.json is `subdivisions/en/en.json` of the npm package
cldr-subdivisions-full (Unicode licence). COUNTRIES-50M.json is of the npm package world-atlas (Natural Earth, public domain).
Names that CLDR has anyway (Babel) are not written again.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel import Locale

from etl.text import fold

REFERENCE = Path(__file__).parent.parent / "etl" / "reference"
LANGUAGES = {"English": "en", "French": "fr", "Spanish": "es", "Russian": "ru", "Chinese": "zh", "Arabic": "ar"}
ENGLISH = ("English Formal", "Preferred Term", "ISO Alt Term", "RW Short Name", "RW API Alt Term")
#: Territories of a state: (territory, state), ISO 3166-1 remarks. They tell which of two names in a cell is the nearer one.
PARENTS = {
    "AUS": "CCK CXR HMD NFK", "CHN": "HKG MAC TWN", "DNK": "FRO GRL", "FIN": "ALA",
    "FRA": "ATF BLM GLP GUF MAF MTQ MYT NCL PYF REU SPM WLF", "GBR": "AIA BMU CYM FLK GGY GIB IMN IOT JEY MSR PCN SGS SHN TCA VGB",
    "NLD": "ABW BES CUW SXM", "NOR": "BVT SJM", "NZL": "COK NIU TKL", "USA": "ASM GUM MNP PRI UMI VIR",
}  # fmt: skip
#: Points of islands that neither source places well.
POINTS = {"UMI": (19.28, 166.65), "TUV": (-8.52, 179.20), "KIR": (1.42, 173.00), "FJI": (-17.80, 178.00)}
#: UN M49 puts Antarctica in no region.
WORLD = "001"
#: Words too general to be a place of one country when they stand alone.
GENERAL = re.compile(
    r"(?i)\b(north|south|east|west|central|centre|center|capital|coast|highlands|islands?|upper|lower|northern|southern|eastern|western|"
    r"middle|nord|sud|est|ouest|centro|norte|sur|oriental|occidental|metropolitan|littoral|savanes|plateaux|maritime)\b"
)


Ring = list[tuple[float, float]]


def main(taxonomy: str, subdivisions: str, atlas: str) -> None:
    """Write countries.csv, country_names.csv and country_parts.csv."""
    with Path(taxonomy).open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["ISO 3166-1 Alpha 3-Codes"] or line["x Alpha3 codes"] == "XKX"]
    countries(lines, middles(json.loads(Path(atlas).read_text(encoding="utf-8"))))
    names(lines)
    parts(json.loads(Path(subdivisions).read_text(encoding="utf-8")), {alpha(line, 2): alpha(line, 3) for line in lines})


def alpha(line: dict[str, str], size: int) -> str:
    """Return the alpha-2 or alpha-3 code of a line, that of Kosovo included."""
    return line[f"ISO 3166-1 Alpha {size}-Codes"] or line[f"x Alpha{size} codes"]


def middles(topology: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Return a point (latitude, longitude) inside the largest piece of land of each country, by its numeric code."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        arcs.append([])
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            arcs[-1].append((x * scale_x + move_x, y * scale_y + move_y))
    found: dict[str, tuple[float, float]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        pieces = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [[point for at in piece[0] for point in (arcs[at] if at >= 0 else arcs[~at][::-1])] for piece in pieces]
        name = shape["properties"]["name"]
        found[shape.get("id") or name] = inside(max(rings, key=lambda ring: abs(centre(ring)[0])))
    return found


def centre(ring: Ring) -> tuple[float, float, float]:
    """Return the signed area of a ring and its centre (longitude, latitude)."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (area / 2, x / (3 * area), y / (3 * area)) if area else (0.0, *ring[0])


def inside(ring: Ring) -> tuple[float, float]:
    """Return the centre of a ring as (latitude, longitude), moved to the middle of its widest stretch where it lies outside."""
    _, x, y = centre(ring)
    cuts = sorted(x1 + (y - y1) * (x2 - x1) / (y2 - y1) for (x1, y1), (x2, y2) in pairwise(ring) if (y1 > y) != (y2 > y))
    if not cuts or sum(cut < x for cut in cuts) % 2:
        return y, x
    left, right = max(zip(cuts[::2], cuts[1::2], strict=False), key=lambda pair: pair[1] - pair[0])
    return y, (left + right) / 2


def countries(lines: list[dict[str, str]], middle: dict[str, tuple[float, float]]) -> None:
    """Write countries.csv: codes, regions, point, state."""
    state = {territory: parent for parent, children in PARENTS.items() for territory in children.split()}
    rows = []
    for line in lines:
        subregion = line["Intermediate Region Code"] if line["Intermediate Region Code"] not in ("", "830") else line["Sub-region Code"]
        code = alpha(line, 3)
        region, subregion = (line["Region Code"] or "10").zfill(3), (subregion or "").zfill(3) if subregion else ""
        number = line["m49 numerical code"].zfill(3)
        at = POINTS.get(code) or middle.get("Kosovo" if code == "XKX" else number) or (float(line["Latitude"]), float(line["Longitude"]))
        point = (f"{at[0]:.2f}", f"{at[1]:.2f}")
        rows.append((code, alpha(line, 2), region if code != "ATA" else WORLD, subregion, *point, state.get(code, "")))
    write("countries", ("alpha_3", "alpha_2", "region", "subregion", "latitude", "longitude", "state"), sorted(rows))


def names(lines: list[dict[str, str]]) -> None:
    """Write country_names.csv: the names of the UN that CLDR does not have."""
    known: dict[str, set[str]] = defaultdict(set)
    for language in (*LANGUAGES.values(), "zh_Hant"):
        for code, name in Locale.parse(language).territories.items():
            known[fold(name)].add(code)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in lines:
        forms = [(line[f"{name} Short"], language) for name, language in LANGUAGES.items()]
        forms += [(line[f"M49 {name}"], language) for name, language in LANGUAGES.items()]
        forms += [(line[column], "en") for column in ENGLISH]
        for form, language in forms:
            form = " ".join(form.split())
            if form and fold(form) and alpha(line, 2) not in known[fold(form)]:
                found[fold(form)].setdefault(alpha(line, 3), f"{form}\0{language}")
    rows = []
    for spellings in found.values():
        if len(spellings) == 1:
            code, written = next(iter(spellings.items()))
            rows.append((*written.split("\0")[:1], code, written.split("\0")[1]))
    write("country_names", ("name", "alpha_3", "language"), sorted(rows, key=lambda row: (row[1], row[2], row[0])))


def parts(tree: dict[str, Any], codes: dict[str, str]) -> None:
    """Write country_parts.csv: subdivisions whose name is one of one country only."""
    listed = tree["subdivisions"]["localeDisplayNames"]["subdivisions"]
    territories = {fold(name) for language in ("en", "fr", "es") for code, name in Locale.parse(language).territories.items()}
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for code, name in listed.items():
        if (country := codes.get(code[:2].upper())) and len(fold(name)) > 3:
            places[fold(name)].setdefault(country, name)
    rows = [
        (next(iter(spellings.values())), next(iter(spellings)), "en")
        for key, spellings in places.items()
        if len(spellings) == 1 and key not in territories and not GENERAL.fullmatch(next(iter(spellings.values())).split()[0])
    ]
    write("country_parts", ("name", "alpha_3", "language"), sorted(rows, key=lambda row: (row[1], row[0])))


def write(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write one file of the reference folder."""
    with (REFERENCE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    print(name, len(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
