"""Write the country files of etl/reference from public lists; run by hand when a list changes, never by the ETL.

    python scripts/make_countries.py TAXONOMY.csv SUBDIVISIONS.json COUNTRIES-50M.json LOCALENAMES...

TAXONOMY.csv comes with the PyPI package hdx-python-country (MIT): ISO 3166-1 codes, UN M49 regions and names in the six
languages of the UN, UNTERM names, a point for each country.
SUBDIVISIONS.json is `subdivisions/en/en.json` of the npm package
cldr-subdivisions-full (Unicode licence). COUNTRIES-50M.json is of the npm package world-atlas (Natural Earth, public domain).
LOCALENAMES are the folders `main` of the npm package cldr-localenames-full (Unicode licence), the newest release first: older
releases spell many names in another way, and people do so still. The names of the Olson time zones' cities come through Babel.
Names that CLDR has in English, Russian and Chinese (Babel) are not written again.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel import Locale, localedata

from etl.normalise.countries.keys import key
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
#: Groups of countries among the territories of CLDR that have letters for a code, not a number.
GROUPS = ("EU", "EZ", "UN")
#: Languages of the UN and of Europe that decide what a name means when smaller languages call another country so.
LARGE = ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "pt", "ru", "tr", "uk", "zh")
#: The article that Maltese writes before most names of countries.
ARTICLE = re.compile(r"^(?:i?l|i[nstrdxzżċ])-")
#: Languages whose formal names hold an adjective: République gabonaise, Ливанская Республика.
ADJECTIVES = ("en", "fr", "es", "it", "pt", "de", "ru", "nl", "sv", "pl", "uk", "ar", "cs")
CITY_LANGUAGES = ("en", "ru", "zh", "de", "fr", "es", "uk", "ar")
#: UN M49 puts Antarctica in no region.
WORLD = "001"
#: Words too general to be a place of one country when they stand alone.
GENERAL = re.compile(
    r"(?i)\b(north|south|east|west|central|centre|center|capital|coast|highlands|islands?|upper|lower|northern|southern|eastern|western|"
    r"middle|nord|sud|est|ouest|centro|norte|sur|oriental|occidental|metropolitan|littoral|savanes|plateaux|maritime)\b"
)


Ring = list[tuple[float, float]]


def main(taxonomy: str, subdivisions: str, atlas: str, *releases: str) -> None:
    """Write countries.csv, country_names.csv, country_parts.csv, country_cldr.csv, country_roots.csv and country_cities.csv."""
    with Path(taxonomy).open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["ISO 3166-1 Alpha 3-Codes"] or line["x Alpha3 codes"] == "XKX"]
    countries(lines, middles(json.loads(Path(atlas).read_text(encoding="utf-8"))))
    names(lines)
    codes = {alpha(line, 2): alpha(line, 3) for line in lines}
    parts(json.loads(Path(subdivisions).read_text(encoding="utf-8")), codes)
    other_languages([Path(folder) for folder in releases], codes)
    roots(Path(releases[0]), codes)
    cities(codes)


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
        own = "" if code == "XKX" else number  # Kosovo has no number of ISO
        rows.append((code, alpha(line, 2), own, region if code != "ATA" else WORLD, subregion, *point, state.get(code, "")))
    write("countries", ("alpha_3", "alpha_2", "number", "region", "subregion", "latitude", "longitude", "state"), sorted(rows))


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
            name = name.rstrip("¹²³")  # marks of a footnote
            places[fold(name)].setdefault(country, name)
    rows = [
        (next(iter(spellings.values())), next(iter(spellings)), "en")
        for key, spellings in places.items()
        if len(spellings) == 1 and key not in territories and not GENERAL.fullmatch(next(iter(spellings.values())).split()[0])
    ]
    write("country_parts", ("name", "alpha_3", "language"), sorted(rows, key=lambda row: (row[1], row[0])))


def territories(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield language, code and name of each territory that a release of CLDR names; other forms of a name have the same code."""
    for file in sorted(folder.glob("*/territories.json")):
        tree = json.loads(file.read_text(encoding="utf-8"))["main"][file.parent.name]
        for code, name in tree["localeDisplayNames"]["territories"].items():
            yield file.parent.name, code.partition("-alt-")[0], name


def bundled() -> Iterator[tuple[str, str, str]]:
    """Yield language, code and name of each territory as Babel has it, which knows some languages that the package leaves out."""
    for language in sorted(localedata.locale_identifiers()):
        for code, name in localedata.load(language).get("territories", {}).items():
            yield language.replace("_", "-"), code, name


def other_languages(folders: list[Path], codes: dict[str, str]) -> None:
    """Write country_cldr.csv: per country, the names in all languages that mean it alone, in the form that is compared.

    Where two countries share a name, the languages of the UN and of the neighbours decide, or the newest release.
    """
    known = {key(name) for language in ("en", "ru", "zh", "zh_Hant") for name in Locale.parse(language).territories.values()}
    meant: dict[str, dict[str, set[tuple[int, str]]]] = defaultdict(lambda: defaultdict(set))
    for age, said in enumerate((bundled(), *map(territories, folders))):
        for language, code, name in said:
            group = "region" if code.isdigit() or code in GROUPS else codes.get(code, "")
            for form in {name, ARTICLE.sub("", name) if language == "mt" else name}:
                if group and len(key(form)) >= least(form):
                    meant[key(form)][group].add((age, language.split("-")[0]))
    found: dict[str, list[str]] = defaultdict(list)
    for name, groups in meant.items():
        if name not in known and (group := only(groups)):
            found[group].append(name)
    write("country_cldr", ("code", "names"), [(group, "|".join(sorted(names))) for group, names in sorted(found.items())])


def least(name: str) -> int:
    """Return how many letters a name must have so as not to be a word or a code: Latin ones are short, Chinese characters say much."""
    return 4 if name.isascii() else 2 if max(name, default="") > "\u2fff" else 3


def only(groups: dict[str, set[tuple[int, str]]]) -> str:
    """Return the one country that a name means, by all languages, by the large ones or by the newest release; or nothing."""
    newest = {group: {said for said in all_said if not said[0]} for group, all_said in groups.items()}
    large = {group: {said for said in all_said if said[1] in LARGE} for group, all_said in groups.items()}
    for counted in (groups, large, newest):
        left = [group for group, said in counted.items() if group and said]
        if len(left) == 1:
            return left[0]
    return ""


def roots(folder: Path, codes: dict[str, str]) -> None:
    """Write country_roots.csv: the names of states in the languages whose formal names hold adjectives of them."""
    states = {territory for children in PARENTS.values() for territory in children.split()}
    found: dict[str, set[str]] = defaultdict(set)
    for language, code, name in territories(folder):
        plain = key(name).removeprefix("ال")
        if language in ADJECTIVES and len(plain) > 3 and plain.count(" ") < 2 and codes.get(code, "") not in {"", *states}:
            found[codes[code]].add(plain)
    write("country_roots", ("alpha_3", "names"), [(code, "|".join(sorted(names))) for code, names in sorted(found.items())])


def cities(codes: dict[str, str]) -> None:
    """Write country_cities.csv: the cities that name a time zone, in the languages that our sheets use most."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    zones = {zone: code for code, names in country_zones().items() if code in codes for zone in names}
    known = {fold(name) for language in CITY_LANGUAGES for name in Locale.parse(language).territories.values()}
    for language in CITY_LANGUAGES:
        for zone, facts in Locale.parse(language).time_zones.items():
            name = facts.get("city", zone.rpartition("/")[2].replace("_", " ")) if zone in zones else ""
            if len(fold(name)) > 2 and fold(name) not in known and not GENERAL.search(name):
                found[fold(name)].setdefault(codes[zones[zone]], f"{name}\0{language}")
    rows = [(*next(iter(spellings.values())).split("\0"), next(iter(spellings))) for spellings in found.values() if len(spellings) == 1]
    write("country_cities", ("name", "language", "alpha_3"), sorted(rows, key=lambda row: (row[2], row[1], row[0])))


def country_zones() -> dict[str, list[str]]:
    """Return the time zones of each country, by its alpha-2 code."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            found[code].append(zone)
    return found


def write(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write one file of the reference folder."""
    with (REFERENCE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    print(name, len(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
