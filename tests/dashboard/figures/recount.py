"""Every figure worked out a second time, in plain Python, from the rows that went into the engine: no SQL, nothing of ``dashboard.query``.

A :class:`Portfolio` reads the rows once; a selection then costs some milliseconds, so that a thousand can be tried on every figure.
``RECOUNTS`` names for each figure the columns that tell its rows apart, and what its rows must be: key -> count, and fraction where it
has one.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

from dashboard.filters import LISTS, Selection
from etl.indicators.calendar import plus_months, span
from etl.indicators.status import Terms, status
from etl.tables import table

Rows = dict[str, list[dict[str, Any]]]
Counted = dict[tuple[Any, ...], tuple[int, Fraction | None]]
HOME = "RUS"
AS_OF, LAST = date(2026, 11, 22), date(2028, 11, 30)
KEYS = {"agreement": "agreement_id", "outcome": "outcome_id", "news": "news_id"}
YEARS = {"agreement": "signed_year", "outcome": "happened_year", "news": "published_year"}
DAYS = {"agreement": "signed_on", "outcome": "happened_on", "news": "published_on"}
IN_FORCE = {"active", "expiring", "open_ended", "auto_renewed"}
CODES = {
    "country": ["CHN", "DEU", "FRA", "SGP", "142", "150"], "field": ["1", "1.2", "1.3", "2", "2.5", "5.2"],
    "type": ["cooperation_agreement", "exchange_agreement"], "status": ["active", "expiring", "expired", "end_unknown", "unsigned"],
    "outcome": ["joint_lab", "grant", "event"], "partner": ["org-tub", "org-tsu", "org-net", "org-cas"],
}  # fmt: skip
_TERMS = dict.fromkeys(str(column) for column in table("agreement").columns)


def selections(number: int) -> list[Selection]:
    """Return ``number`` selections by chance, always the same, the first three everything, its fractions, and nothing."""
    chance = random.Random(11)
    made = [Selection(), Selection(counting="fractional"), Selection(countries=("ZZZ",))]
    while len(made) < number:
        chosen: dict[str, Any] = {}
        for name in chance.sample(list(CODES), chance.choice([0, 1, 1, 2])):
            chosen[LISTS[name]] = tuple(sorted(chance.sample(CODES[name], chance.choice([1, 2, 3 if len(CODES[name]) > 2 else 2]))))
        out = [(name, chance.choice(CODES[name])) for name in chance.sample(list(CODES), chance.choice([0, 0, 1, 2]))]
        out = sorted(pair for pair in out if pair[1] not in chosen.get(LISTS[pair[0]], ()))
        years = sorted(chance.sample(range(2011, 2027), 2)) if chance.random() < 0.3 else [None, None]
        counting = chance.choice(["full", "fractional"])
        made.append(Selection(**chosen, since=years[0], until=years[1], excluded=tuple(out), counting=counting))
    return made


@dataclass
class Record:
    """A record: its row, its codes abroad, and all codes by which each part of a selection can choose it."""

    row: dict[str, Any]
    id: str
    year: int | None
    abroad: dict[str, list[str]]
    known: dict[str, set[str | None]]
    is_planned: bool = False

    def fits(self, s: Selection) -> bool:
        if (s.since and (self.year or 0) < s.since) or (s.until and (self.year or 9999) > s.until):
            return False
        if any(getattr(s, attribute) and not self.known[name] & set(getattr(s, attribute)) for name, attribute in LISTS.items()):
            return False
        return not any(code in self.known[name] for name, code in s.excluded)

    def area(self) -> list[str]:
        return sorted({code.split(".")[0] for code in self.abroad["field"]})


class Portfolio:
    """All records of the rows."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.regions = {c["country_code"]: c["region_code"] for c in rows["country"]}
        self.partners = {p["partner_id"]: p for p in rows["partner"]}
        self.agreements = {a["agreement_id"]: _TERMS | a for a in rows["agreement"]}
        self.statuses = {id_: status(Terms.of(a), AS_OF).code for id_, a in self.agreements.items()}
        self.ties = {bridge: self._pairs(bridge) for bridge in ("outcome_agreement", "news_agreement", "news_outcome")}
        self.outcomes = {o["outcome_id"]: o for o in rows["outcome"]}
        self.kinds: dict[str, set[str]] = defaultdict(set)
        for outcome, agreements in self.ties["outcome_agreement"].items():
            for each in agreements if not self.outcomes[outcome]["is_planned"] else ():
                self.kinds[each].add(self.outcomes[outcome]["outcome_type_code"])
        self.of = {kind: [self._record(kind, row, *self._links(kind)) for row in rows[kind]] for kind in KEYS}

    def chosen(self, kind: str, s: Selection) -> list[Record]:
        return [each for each in self.of[kind] if not each.is_planned and each.fits(s)]

    def shows(self, name: str, s: Selection) -> Callable[[str], bool]:
        """Which codes are shown: all, or those that the reader has chosen; denominators do not change by it."""
        if name == "country":
            return lambda code: not s.countries or bool({code, self.regions.get(code)} & set(s.countries))
        if name == "field":
            return lambda code: not s.fields or bool({code, code.split(".")[0]} & set(s.fields))
        if s.partners:
            return lambda code: code in s.partners
        country = self.shows("country", s)
        return lambda code: country(self.partners[code]["country_code"] or "" if code else "")

    def _pairs(self, bridge: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for link in self.rows[bridge]:
            left, right = list(link)[:2]
            if link["is_accepted"]:
                found[link[left]].add(link[right])
        return found

    def _links(self, kind: str) -> tuple[dict[str, dict[str, set[str]]]]:
        return ({name: self._pairs(f"{kind}_{name}") for name in ("country", "field", "partner")},)

    def _record(self, kind: str, row: dict[str, Any], links: dict[str, dict[str, set[str]]]) -> Record:
        id_ = row[KEYS[kind]]
        own = {name: links[name].get(id_, set()) for name in links}
        tied = {id_} if kind == "agreement" else self.ties[f"{kind}_agreement"].get(id_, set())
        if kind == "news":
            outcomes = {self.outcomes[o]["outcome_type_code"] for o in self.ties["news_outcome"].get(id_, ())}
        else:
            outcomes = self.kinds[id_] if kind == "agreement" else {row["outcome_type_code"]}
        known: dict[str, set[str | None]] = {
            "country": own["country"] | {self.regions[code] for code in own["country"]}, "partner": set(own["partner"]),
            "field": own["field"] | {code.split(".")[0] for code in own["field"]}, "outcome": set(outcomes),
            "type": {self.agreements[a]["agreement_type_code"] for a in tied}, "status": {self.statuses[a] for a in tied},
        }  # fmt: skip
        home = {HOME} | {code for code, partner in self.partners.items() if partner["country_code"] == HOME}
        abroad = {name: sorted(own[name] - home) for name in own}
        return Record(row, id_, row[YEARS[kind]], abroad, known, bool(row.get("is_planned")))


def counted(keys: Iterable[tuple[tuple[Any, ...], Fraction | None]]) -> Counted:
    """Add up: each key once more, and its fraction."""
    found: dict[tuple[Any, ...], tuple[int, Fraction | None]] = {}
    for key, share in keys:
        n, sum_ = found.get(key, (0, None))
        found[key] = (n + 1, share if sum_ is None else sum_ + (share or 0))
    return found


def ranked(kind: str, name: str, *, by_year: bool = False) -> Callable[[Portfolio, Selection], Counted]:
    def recount(p: Portfolio, s: Selection) -> Counted:
        keep = p.shows(name, s)
        return counted(
            ((code, each.year or "") if by_year else (code,), Fraction(1, len(codes)))
            for each in p.chosen(kind, s)
            for codes in [each.abroad[name] or [""]]
            for code in codes
            if keep(code)
        )

    return recount


def columns(kind: str, *names: str) -> Callable[[Portfolio, Selection], Counted]:
    return lambda p, s: counted((tuple(each.row[name] or "" for name in names), None) for each in p.chosen(kind, s))


def crossed(kind: str, *, areas: bool = False, types: bool = False) -> Callable[[Portfolio, Selection], Counted]:
    """Count pairs of field (or area) and country once for each record; a record is divided among all its pairs of field and country."""

    def pairs(p: Portfolio, s: Selection) -> Iterator[tuple[tuple[Any, ...], Fraction]]:
        field, country = p.shows("field", s), p.shows("country", s)
        for each in p.chosen(kind, s):
            fields, countries = each.abroad["field"] or [""], each.abroad["country"] or [""]
            shares: dict[tuple[Any, ...], Fraction] = defaultdict(Fraction)
            for f in fields:
                for c in countries:
                    if types or (field(f) and country(c)):
                        area = f.split(".")[0] if areas else f
                        key = (c, area, each.row["outcome_type_code"]) if types else (area, c)
                        shares[key] += Fraction(1, len(fields) * len(countries))
            yield from shares.items()

    return lambda p, s: counted(pairs(p, s))


def specialisation(p: Portfolio, s: Selection) -> Counted:
    """Every pair that could occur, with none, too: the chosen countries and fields only decide which pairs are shown."""
    field, country = p.shows("field", s), p.shows("country", s)
    chosen = p.chosen("agreement", s.without("country").without("field"))
    seen = [each for each in chosen if each.abroad["field"] and each.abroad["country"]]
    fields = {code for each in seen for code in [*each.abroad["field"], *each.area()] if field(code)}
    countries = {code for each in seen for code in each.abroad["country"] if country(code)}
    found: Counted = {(f, c): (0, Fraction()) for f in fields for c in countries}
    for f, c in found:
        both = [each for each in seen if c in each.abroad["country"] and f in [*each.abroad["field"], *each.area()]]
        share = Fraction()
        for each in both:
            within = sum(f in (code, code.split(".")[0]) for code in each.abroad["field"])
            share += Fraction(within, len(each.abroad["field"]) * len(each.abroad["country"]))
        found[f, c] = (len(both), share)
    return found


def in_force(p: Portfolio, s: Selection) -> Counted:
    """The status of each agreement on the last day of each year and on the as-of date."""
    signed = [p.agreements[each.id] for each in p.chosen("agreement", s) if each.row["signed_on"]]
    first = min((int((a["effective_on"] or a["signed_on"])[:4]) for a in signed), default=9999)
    found: Counted = {}
    for day in [*(date(year, 12, 31) for year in range(first, AS_OF.year)), *([AS_OF] if signed else [])]:
        codes = Counter(status(Terms.of(a), day).code for a in signed)
        found[day.year, "in_force"] = (sum(codes[code] for code in IN_FORCE), None)
        found[day.year, "end_unknown"] = (codes["end_unknown"], None)
    return found


def expiry(p: Portfolio, s: Selection) -> Counted:
    """Ends and renewals of the next two years; none of the rows states a period of notice."""

    def days() -> Iterator[tuple[tuple[Any, ...], None]]:
        for each in p.chosen("agreement", s):
            row = p.agreements[each.id]
            if not row["signed_on"] or not row["expires_on"] or row["is_open_ended"]:
                continue
            end, renews = span(row["expires_on"])[1], row["has_auto_renewal"]
            while renews and end < AS_OF and row["term_months"]:
                end = plus_months(end, row["term_months"])
            if AS_OF <= end <= LAST:
                yield (end.isoformat()[:7], "renewal" if renews else "end"), None

    return counted(days())


def stages(p: Portfolio, s: Selection) -> Counted:
    signed = [each for each in p.chosen("agreement", s) if each.row["signed_on"]]
    found = Counter(dict.fromkeys(("signed", "in_force", "activity", "outcome"), 0))
    for each in signed:
        begins = span(each.row["signed_on"])[0]
        late = [
            kind
            for kind in ("outcome", "news")
            for record in p.of[kind]
            if each.id in p.ties[f"{kind}_agreement"].get(record.id, ())
            and not record.is_planned and record.row.get("event_code") != "signing"
            and (not record.row[DAYS[kind]] or span(record.row[DAYS[kind]])[1] >= begins)
        ]  # fmt: skip
        in_force = span(each.row["signed_on"])[0] <= AS_OF
        found.update({"signed": 1, "in_force": int(in_force), "activity": int(bool(late)), "outcome": int("outcome" in late)})
    return {(code,): (n, None) for code, n in found.items()} if p.chosen("agreement", s) else {}


def together(p: Portfolio, s: Selection) -> Counted:
    """All pairs of partners that stand in one record; which of them are drawn is a matter of the threshold that is stated."""
    groups = [each.abroad["partner"] for kind in KEYS for each in p.chosen(kind, s)]
    return counted((pair, None) for group in groups for pair in combinations(group, 2))


#: The values whose absence is counted.
ASKED = {
    "agreement": ("signed_on", "expires_on", "agreement_type_code", "home_unit_name", "document_link", "partner", "country", "field"),
    "outcome": ("happened_on", "amount", "source_link", "partner", "country", "field"),
    "news": ("published_on", "body_text", "source_link", "partner", "country", "field"),
}


def missing(p: Portfolio, s: Selection) -> Counted:
    """How many records lack each value; an agreement that is said to be open lacks no end."""

    def lacks(each: Record, kind: str, code: str) -> bool:
        if code in each.abroad:
            return not each.abroad[code]
        return each.row.get(code) is None and not (code == "expires_on" and each.row["is_open_ended"])

    return {(kind, code): (sum(lacks(e, kind, code) for e in p.chosen(kind, s)), None) for kind, codes in ASKED.items() for code in codes}


def story(p: Portfolio, s: Selection) -> Counted:
    return {(kind, each.id): (1, None) for kind in KEYS for each in p.of[kind] if each.fits(s)}


_YEARLY = columns("outcome", "happened_year", "outcome_type_code")
RECOUNTS: dict[str, tuple[tuple[str, ...], Callable[[Portfolio, Selection], Counted]]] = {
    **dict.fromkeys(("agreements_on_map", "countries_by_region", "countries_ranking"), (("code",), ranked("agreement", "country"))),
    **dict.fromkeys(("countries_over_time", "country_ranks"), (("code", "year"), ranked("agreement", "country", by_year=True))),
    "fields_ranking": (("code",), ranked("agreement", "field")),
    "fields_over_time": (("code", "year"), ranked("agreement", "field", by_year=True)),
    "top_partners": (("code",), ranked("agreement", "partner")),
    "outcomes_by_country": (("code",), ranked("outcome", "country")),
    "outcomes_by_field": (("code",), ranked("outcome", "field")),
    "agreements_by_year": (("year", "code"), columns("agreement", "signed_year", "agreement_type_code")),
    "agreements_by_type": (("code",), columns("agreement", "agreement_type_code")),
    **dict.fromkeys(("outcomes_by_year", "outcomes_each_year"), (("year", "code"), _YEARLY)),
    "outcomes_by_type": (("code",), columns("outcome", "outcome_type_code")),
    "news_by_year": (("year", "code"), columns("news", "published_year", "event_code")),
    "news_by_event": (("code",), columns("news", "event_code")),
    "status_of_agreements": (("code",), lambda p, s: counted(((p.statuses[each.id],), None) for each in p.chosen("agreement", s))),
    "agreements_in_force": (("year", "code"), in_force),
    "agreement_expiry": (("code", "kind"), expiry),
    "agreements_in_time": (("id",), lambda p, s: counted(((e.id,), None) for e in p.chosen("agreement", s) if e.row["signed_on"])),
    "field_by_country": (("field", "country"), crossed("agreement")),
    "area_by_country": (("field", "country"), crossed("agreement", areas=True)),
    "specialisation": (("field", "country"), specialisation),
    "country_area_outcome": (("country", "area", "type"), crossed("outcome", areas=True, types=True)),
    "partners_by_kind": (("code",), lambda p, s: counted(
        ((p.partners[code]["partner_kind"] or "",), None)
        for code in {code for each in p.chosen("agreement", s) for code in each.abroad["partner"]} if p.shows("partner", s)(code)
    )),
    **dict.fromkeys(("partner_network", "partner_matrix"), (("code", "other"), together)),
    "story": (("kind", "id"), story),
    "outcome_kinds": (("code",), lambda p, s: counted((("+".join(sorted(p.kinds[e.id])),), None) for e in p.chosen("agreement", s))),
    "stages": (("code",), stages),
    "missing_values": (("kind", "code"), missing),
}  # fmt: skip
#: Figures that no selection changes, and the curve, which test_first_outcome.py counts anew.
ELSEWHERE = {"row_ledger", "problems_by_file", "first_outcome"}
