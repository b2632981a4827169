"""The registers of the raw folder against what a perfect ETL gets from them."""

from __future__ import annotations

import csv
import itertools
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from etl.pipeline.run import run
from etl.text import fold
from tests.quality.scores import Score, Sets, Share

_DATES = {
    "agreement": (("signed", "signed_on"), ("expires", "expires_on")),
    "news": (("published", "published_on"),),
    "outcome": (("date", "happened_on"),),
}
_TYPES = {"agreement": "agreement_type_code", "outcome": "outcome_type_code"}


class Published:
    """The tables that a run over ``raw`` published, by name, and the links of a record."""

    def __init__(self, folder: Path) -> None:
        self.tables = {path.stem: pq.read_table(path).to_pylist() for path in folder.glob("*.parquet")}
        self.record_of = {r["source_row_id"]: r["record_id"] for r in self.tables["record_source"]}
        self.records = {kind: {r[f"{kind}_id"]: r for r in self.tables[kind]} for kind in ("agreement", "news", "outcome")}

    def linked(self, bridge: str, record_id: str) -> list[dict[str, Any]]:
        return self._links(bridge).get(record_id, [])

    def _links(self, bridge: str) -> Mapping[str, list[dict[str, Any]]]:
        cache = self.__dict__.setdefault("_cache", {})
        if bridge not in cache:
            found: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for row in self.tables[bridge]:
                if row["is_accepted"]:
                    found[row[f"{bridge.split('_')[0]}_id"]].append(row)
            cache[bridge] = found
        return cache[bridge]


def measure_registers(gold: Path, raw: Path) -> Iterator[Score]:
    """Run the ETL over ``raw`` and compare what it published with ``gold``."""
    facts = [json.loads(line) for line in (gold / "gold.jsonl").open(encoding="utf-8")]
    with tempfile.TemporaryDirectory() as out:
        done = run(raw, Path(out), "2026-11-22")
        assert done.folder is not None
        published = Published(done.folder)
    yield _rows(facts, published, gold)
    yield from _values(facts, published)
    yield _partners(facts, published, gold)
    yield from _twins(facts, published, gold)
    yield from _links(facts, published)
    yield from measure_news([fact for fact in facts if fact["kind"] == "news"], published, gold)


def _where(fact: Mapping[str, Any]) -> str:
    return f"{fact['file']}#{fact['sheet']}#{fact['excel_row']}"


def _record(fact: Mapping[str, Any], published: Published) -> Mapping[str, Any] | None:
    record_id = published.record_of.get(_where(fact))
    return published.records[fact["kind"]].get(record_id) if record_id else None


def _rows(facts: list[dict[str, Any]], published: Published, gold: Path) -> Score:
    share = Share("rows accounted for", 1.0)
    for fact in facts:
        share.add(_record(fact, published) is not None, f"{_where(fact)} is no {fact['kind']}")
    expected = json.loads((gold / "expected_counts.json").read_text("utf-8"))["sheets"]
    for file, sheets in expected.items():
        for sheet, counts in sheets.items():
            rows = [r for r in published.tables["source_row"] if (r["file_name"], r["sheet_name"]) == (file, sheet)]
            share.add(len(rows) == counts["rows"], f"{file}#{sheet}: {len(rows)} rows, expected {counts['rows']}")
            data = sum(r["role_code"] == "record" for r in rows)
            share.add(data == counts["data_rows"], f"{file}#{sheet}: {data} records, expected {counts['data_rows']}")
    return share.score()


def _values(facts: list[dict[str, Any]], published: Published) -> Iterator[Score]:
    dates, types, amounts = Share("dates", 0.98), Share("types", 0.95), Share("amounts", 0.95)
    countries = Share("countries of agreements and outcomes", 0.99)
    for fact in facts:
        record, expected, where = _record(fact, published), fact["expected"], _where(fact)
        if record is None:
            continue
        for name, column in _DATES[fact["kind"]]:
            accepted = expected.get(f"{name}_accept") or [expected.get(name) or ""]
            found = record[column] or ""
            is_finer_twin = len([r for r in published.record_of.values() if r == record[f"{fact['kind']}_id"]]) > 1 and any(
                found.startswith(a) for a in accepted if a
            )
            dates.add(found in accepted or is_finer_twin, f"{where} {name}: {found!r}, expected {accepted}")
        if fact["kind"] in _TYPES and expected["type"]:
            found = record[_TYPES[fact["kind"]]] or ""
            types.add(found == expected["type"].replace(" ", "_"), f"{where}: {found!r}, expected {expected['type']!r}")
        codes = {link["country_code"] for link in published.linked(f"{fact['kind']}_country", record[f"{fact['kind']}_id"])}
        if fact["kind"] != "news":
            countries.add(codes == set(expected["countries"]), f"{where}: {sorted(codes)}, expected {expected['countries']}")
        if fact["kind"] == "outcome":
            amounts.add(record["amount"] == expected["count"], f"{where}: {record['amount']}, expected {expected['count']}")
    yield from (score.score() for score in (countries, dates, types, amounts))


def _partners(facts: list[dict[str, Any]], published: Published, gold: Path) -> Score:
    """Pairwise F1 over all mentions in partner cells: two mentions belong together, or they do not."""
    forms: dict[str, set[str]] = defaultdict(set)
    for row in csv.DictReader((gold / "partners.csv").open(encoding="utf-8")):
        for form in {row["canonical"], *row["written_forms"].split("|")}:
            forms[" ".join(form.split()).casefold()].add(row["canonical"])
    mentions: list[tuple[str, str, str]] = []
    unknown = []
    for fact in facts:
        record = _record(fact, published)
        if record is None or fact["kind"] == "news":
            continue
        own = [r for r in published.tables["record_source"] if r["record_id"] == record[f"{fact['kind']}_id"]]
        links = published.linked(f"{fact['kind']}_partner", record[f"{fact['kind']}_id"])
        named = {name for link in links for name in _meant(link, forms, fact)}
        for link in links:
            mentions += [(canonical, link["partner_id"], _where(fact)) for canonical in sorted(_meant(link, forms, fact))]
        if len(own) == 1:
            unknown += [f"{_where(fact)}: no partner for {c!r}" for c in set(fact["expected"]["partners"]) - named]
    together = both = ours = 0
    for (a, x, _), (b, y, _) in itertools.combinations(mentions, 2):
        together += a == b
        ours += x == y
        both += a == b and x == y
    precision, recall = both / max(1, ours), both / max(1, together)
    score = Score("partners, pairwise F1", 2 * precision * recall / max(1e-9, precision + recall), len(mentions), 0.95)
    score.detail = f"P {precision:.3f} R {recall:.3f}; mentions without a partner: {len(unknown)}"
    score.misses = unknown + _split_or_joined(mentions)
    return score


def _meant(link: Mapping[str, Any], forms: Mapping[str, set[str]], fact: Mapping[str, Any]) -> set[str]:
    """Return the partners of the gold that the written form of ``link`` can mean in this row."""
    return forms.get(" ".join(link["raw_text"].split()).casefold(), set()) & set(fact["expected"]["partners"])


def _split_or_joined(mentions: Iterable[tuple[str, str, str]]) -> list[str]:
    by_name: dict[str, set[str]] = defaultdict(set)
    by_id: dict[str, set[str]] = defaultdict(set)
    for canonical, partner, _ in mentions:
        by_name[canonical].add(partner)
        by_id[partner].add(canonical)
    split = [f"{name!r} is split into {sorted(ids)}" for name, ids in sorted(by_name.items()) if len(ids) > 1]
    return split + [f"{partner} joins {sorted(names)}" for partner, names in sorted(by_id.items()) if len(names) > 1]


def _twins(facts: list[dict[str, Any]], published: Published, gold: Path) -> Iterator[Score]:
    merged, kept = Share("duplicates merged", 1.0), Share("look-alikes kept apart", 1.0)
    ids: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact["kind"] == "agreement":
            ids[fact["fact_id"]].add(published.record_of.get(_where(fact), ""))
    for row in csv.DictReader((gold / "duplicates.csv").open(encoding="utf-8")):
        merged.add(len(ids[row["fact_id"]]) == 1, f"{row['fact_id']} is {sorted(ids[row['fact_id']])}")
    for (a, ours), (b, theirs) in itertools.combinations(sorted(ids.items()), 2):
        kept.add(not ours & theirs, f"{a} and {b} were merged")
    yield merged.score()
    yield kept.score()


def _links(facts: list[dict[str, Any]], published: Published) -> Iterator[Score]:
    known = {f["fact_id"]: published.record_of.get(_where(f)) for f in facts if f["kind"] == "agreement"}
    ties = {kind: Sets(f"{kind} -> agreement", 0.95, "precision") for kind in ("outcome", "news")}
    for fact in facts:
        record = _record(fact, published)
        if record is None or fact["kind"] == "agreement":
            continue
        kind, record_id = fact["kind"], record[f"{fact['kind']}_id"]
        truth = {known[a] for a in fact["expected"]["agreement_ids"] if known.get(a)}
        found = {link["agreement_id"] for link in published.linked(f"{kind}_agreement", record_id)}
        ties[kind].add(found, {t for t in truth if t}, _where(fact))
    yield from (each.score() for each in ties.values())


def measure_news(facts: list[dict[str, Any]], published: Published, gold: Path) -> Iterator[Score]:
    """Yield what was understood of the news: partners, countries, fields, event; all items, then by language."""
    labels = {(r["text"], r["lang"]): r["ford_codes"].split("|") for r in _fields_of(gold) if r["ford_codes"]}
    forms = {r["partner_id"]: {r["partner_name"], *r["written_forms"]} for r in published.tables["partner"]}
    languages = sorted({fact["expected"].get("language", "en") for fact in facts})
    for language in ("", *languages) if len(languages) > 1 else ("",):
        scores = _NewsScores(f" in {language}" if language else "")
        for fact in facts:
            record = _record(fact, published)
            if record is not None and language in ("", fact["expected"].get("language", "en")):
                scores.add(fact, record, published, forms, labels)
        yield from (score.score() for score in (scores.countries, scores.partners, scores.fields, scores.events))


class _NewsScores:
    """The four measures of what news were understood as."""

    def __init__(self, suffix: str) -> None:
        whole = not suffix
        self.countries = Sets(f"countries of news{suffix}", 0.95 if whole else None)
        self.partners = Sets(f"partners of news{suffix}", 0.85 if whole else None)
        self.fields = Sets(f"fields of news{suffix}")
        self.events = Share(f"events of news{suffix}", 0.80 if whole else None)

    def add(
        self, fact: Mapping[str, Any], record: Mapping[str, Any], published: Published,
        forms: Mapping[str, set[str]], labels: Mapping[tuple[str, str], list[str]],
    ) -> None:  # fmt: skip
        """Compare one item; a field label that is no field counts for nothing."""
        expected, where, news_id = fact["expected"], _where(fact), record["news_id"]
        self.countries.add({link["country_code"] for link in published.linked("news_country", news_id)}, expected["countries"], where)
        truth = set(expected["partners"])
        links = published.linked("news_partner", news_id)
        self.partners.add((_called(forms[link["partner_id"]], truth) or link["partner_id"] for link in links), truth, where)
        wanted = [labels[key] for text in expected["fields"] if (key := (text, expected.get("language", "en"))) in labels]
        found = {link["field_code"] for link in published.linked("news_field", news_id)}
        right = {next((code for code in codes if code in found), codes[0]) for codes in wanted}
        allowed = {code for codes in wanted for code in codes}
        self.fields.add({code for code in found if code in right or code not in allowed}, right, where)
        self.events.add(record["event_code"] == expected["event"], f"{where}: {record['event_code']}, expected {expected['event']}")


def _called(names: set[str], truth: set[str]) -> str:
    """Return the partner of the gold that has one of ``names``, also when only written in another case or with other quotes."""
    folded = {fold(name) for name in names}
    return next((each for each in sorted(truth) if fold(each) in folded), "")


def _fields_of(gold: Path) -> list[dict[str, str]]:
    path = gold / "fields_shared.csv"
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []
