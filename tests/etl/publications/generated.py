"""Exports that are generated: no work, author or address in them is real.

``python -m tests.etl.publications.generated FOLDER N`` writes N works.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

HOME = "Peter the Great St. Petersburg Polytechnic University"
PLACES = [
    ("Graz University of Technology", "Graz", "Austria", "AT"), ("Tsinghua University", "Beijing", "China", "CN"),
    ("Technical University of Munich", "Munich", "Germany", "DE"), ("Aalto University", "Espoo", "Finland", "FI"),
    ("Xi'an Jiaotong University", "Xi'an", "China", "CN"), ("Leibniz University Hannover", "Hannover", "Germany", "DE"),
    ("Zhejiang University", "Hangzhou", "China", "CN"), ("University of Nowhere", "Lima", "Peru", "PE"),
]  # fmt: skip
WORDS = [
    "fatigue", "steel", "turbine", "network", "laser", "glass", "polymer", "plasma", "neural", "optimal", "control", "flow",
    "bridge", "power", "quantum", "sensor", "alloy", "wave", "model", "heat", "transfer", "numerical", "analysis", "adaptive",
    "method", "robust", "design", "concrete", "membrane", "catalyst",
]  # fmt: skip
SUBFIELDS = ["Mechanics of Materials", "Electrical and Electronic Engineering", "Condensed Matter Physics", "Artificial Intelligence"]


def works(number: int, departments: int = 20_000) -> Iterator[dict[str, object]]:
    """Yield works as the API of OpenAlex gives them; every fourth is written at home only, every tenth has no DOI."""
    chance = random.Random(7)
    for at in range(number):
        place = chance.choice(PLACES)
        title = " ".join(chance.choice(WORDS) for _ in range(9)).capitalize() + f" {at}"
        people = [_person("Ivan Ivanov", HOME, "RU", chance.randrange(departments))]
        if at % 4:
            people += [_person("Anna Muster", place[0], place[3], chance.randrange(departments), place[1], place[2])]
        yield {
            "id": f"https://openalex.org/W{at}", "doi": f"https://doi.org/10.5555/g.{at}" if at % 10 else None, "title": title,
            "publication_year": 2000 + at % 26, "publication_date": f"{2000 + at % 26}-05-{1 + at % 28:02}", "type": "article",
            "primary_location": {"source": {"display_name": f"Journal of Generated Research {at % 500}"}}, "authorships": people,
            "primary_topic": {"display_name": "generated", "subfield": {"display_name": chance.choice(SUBFIELDS)},
                              "field": {"display_name": "Engineering"}},
            "keywords": [{"display_name": word} for word in chance.sample(WORDS, 3)], "biblio": {"first_page": str(at)},
        }  # fmt: skip


def _person(name: str, university: str, code: str, department: int, city: str = "Saint Petersburg", country: str = "Russian Federation"):
    raw = f"Department {department} of Generated Studies, {university}, {city}, {country}"
    return {"author": {"display_name": name}, "countries": [code], "raw_affiliation_strings": [raw],
            "institutions": [{"display_name": university, "ror": "", "country_code": code}]}  # fmt: skip


def jsonl(path: Path, number: int) -> None:
    """Write ``number`` works, one object a line."""
    with path.open("w", encoding="utf-8") as file:
        for work in works(number):
            file.write(json.dumps(work, ensure_ascii=False) + "\n")


SCOPUS = ["Authors", "Author full names", "Title", "Year", "Source title", "Page start", "DOI", "Link", "Affiliations", "Abstract",
          "Author Keywords", "Document Type", "EID"]  # fmt: skip


def scopus(path: Path, number: int) -> None:
    """Write the same works as Scopus exports them."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerow(SCOPUS)
        for at, work in enumerate(works(number)):
            people = list(work["authorships"])  # type: ignore[call-overload]
            where = "; ".join(each["raw_affiliation_strings"][0] for each in people)
            doi = str(work["doi"] or "").removeprefix("https://doi.org/")
            out.writerow([
                "Ivanov I.; Muster A.", "", work["title"], work["publication_year"], f"Journal of Generated Research {at % 500}", at, doi,
                "", where, "This abstract is generated. " * 30, "steel; laser", "Article", f"2-s2.0-{at}",
            ])  # fmt: skip


if __name__ == "__main__":
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    jsonl(folder / "works.jsonl", count)
    scopus(folder / "scopus.csv", count // 4)
