"""Worked examples of the definitions from the data that is shown: each number with the way to its records."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.figures import countries_ranking, field_by_country
from dashboard.figures.sentences import ordered
from dashboard.figures.words import AGREEMENTS, COUNTRIES, NEWS, OUTCOMES, PARTNERS, SEMICOLON, STATUSES, word
from dashboard.filters import Selection
from dashboard.locale import mark, mark_plural
from dashboard.marks import mark_of
from dashboard.pages import Context
from dashboard.query import behind, counts, quality, standings, stream
from dashboard.query.chosen import COUNT, SHARE, TOTAL, rows_of
from dashboard.traced import PATH, address
from etl.indicators.counting import effective_number
from etl.tables import Run

Example = tuple[str, str]
"""A sentence and the address of the records behind it."""
NAMED = mark("{name}: {amount}")
BOTH = mark("{name}: {amount} by full counting, {sum} by fractional counting")
PAIR = mark("{field} with {country}: {amount} by full counting, {sum} by fractional counting")
IN_ROWS = mark_plural("{amount}, made from {n} row of the registers", "{amount}, made from {n} rows of the registers")
WITH_PLANNED = mark("{amount} achieved; {planned} only planned and not counted")
EFFECTIVE = mark("{countries}, as diverse as {n} equally strong ones")
FATES = mark("{rows} rows read = {loaded} made a record + {merged} merged + {refused} refused + {other} not data")
LACKING = mark("{n} of {all} agreements state no end and are not said to be open")
FINDINGS = mark_plural("{n} finding in the latest refresh", "{n} findings in the latest refresh")
TIES = mark("{amount} about a known agreement; {waiting} wait for a person")
PROPOSALS = mark_plural("{n} proposal", "{n} proposals")


def example(context: Context, definition: str) -> Example | None:
    """Return the example of a definition under the present selection; none where nothing is there to show."""
    make = _EXAMPLES.get(definition)
    return make(context) if make else None


def _of_kind(kind: str, texts: tuple[str, str]) -> Callable[[Context], Example | None]:
    def make(context: Context) -> Example | None:
        return context.say.count(texts, len(behind.behind(context.db, kind, "", context.selection, ""))), _records(context, kind)

    return make


def _records(context: Context, kind: str) -> str:
    query = context.selection.to_query()
    return f"{PATH}{query}{'&' if query else '?'}kind={kind}"


def _agreements(context: Context) -> Example | None:
    ids = behind.behind(context.db, "agreement", "", context.selection, "")
    rows = sum(len(places) for places in behind.places(context.db, "agreement", ids).values())
    return context.say.count(IN_ROWS, rows, amount=context.say.count(AGREEMENTS, len(ids))), _records(context, "agreement")


def _country(context: Context) -> Example | None:
    """Return the country whose two sums differ most: there the rule is seen."""
    say, frame = context.say, counts.by_country(context.db, context.selection)
    known = ordered(frame, Selection()) if len(frame) else frame
    if not len(known):
        return None
    differs = (known[COUNT] - known[SHARE].astype(float)).round(6)
    row = known.iloc[int(differs.argmax())]
    named = {"name": say.name(dict(row)), "amount": say.count(AGREEMENTS, int(row[COUNT])), "sum": say.number(round(float(row[SHARE]), 2))}
    return say(BOTH, **named), address(context.selection, countries_ranking.FIGURE.id, mark_of(row))


def _pair(context: Context) -> Example | None:
    say, frame = context.say, counts.field_by_country(context.db, context.selection)
    known = [row for row in rows_of(frame) if row["field"] and row["country"]]
    if not known:
        return None
    row = max(known, key=lambda each: (each[COUNT] - each[SHARE], each[COUNT]))
    named = {"field": say.name(row, "field_name"), "country": say.name(row, "country_name")}
    numbers = {"amount": say.count(AGREEMENTS, int(row[COUNT])), "sum": say.number(round(row[SHARE], 2))}
    return say(PAIR, **named, **numbers), address(context.selection, field_by_country.FIGURE.id, mark_of(row))


def _countries(context: Context) -> Example | None:
    known = counts.by_country(context.db, context.selection)["code"].notna().sum()
    return context.say.count(COUNTRIES, int(known)), context.link("/countries")


def _status(context: Context) -> Example | None:
    say = context.say
    found = standings.by_status(context.db, context.selection)
    said = [say.about(word(say, STATUSES, code), say.number(n)) for code, n, _ in found]
    return (say(SEMICOLON).join(said), address(context.selection, "status_of_agreements")) if said else None


def _attention(context: Context) -> Example | None:
    ids = behind.of_status(context.db, context.selection, "expiring")
    said = context.say(NAMED, name=word(context.say, STATUSES, "expiring"), amount=context.say.count(AGREEMENTS, len(ids)))
    return said, address(context.selection, "status_of_agreements", "expiring")


def _outcomes(context: Context) -> Example | None:
    achieved, planned = (len(behind.behind(context.db, kind, "", context.selection, "")) for kind in ("outcome", "planned"))
    said = context.say(WITH_PLANNED, amount=context.say.count(OUTCOMES, achieved), planned=context.say.number(planned))
    return said, _records(context, "outcome")


def _links(context: Context) -> Example | None:
    items = behind.behind(context.db, "news", "", context.selection, "")
    tied = sum(1 for each in behind.evidence_of(context.db, "news", items).values() if each.get("agreement"))
    number, _ = stream.waiting(context.db, context.selection, 0)
    said = context.say(TIES, amount=context.say.count(NEWS, tied), waiting=context.say.count(PROPOSALS, number))
    return said, context.link("/news") + "#proposals"


def _diversity(context: Context) -> Example | None:
    frame = counts.by_country(context.db, context.selection)
    known = frame[frame["code"].notna()]
    if not len(known):
        return None
    number = effective_number(dict(zip(known["code"], known[SHARE].astype(float), strict=True)))
    said = context.say(EFFECTIVE, countries=context.say.count(COUNTRIES, len(known)), n=context.say.number(round(number, 1)))
    return said, context.link("/countries")


def _rows(context: Context) -> Example | None:
    say, run = context.say, quality.run(context.db)
    if not run:
        return None
    names = {"rows": Run.rows, "loaded": Run.loaded, "merged": Run.merged, "refused": Run.quarantined, "other": Run.not_data}
    return say(FATES, **{name: say.number(run[column]) for name, column in names.items()}), address(context.selection, "row_ledger")


def _missing(context: Context) -> Example | None:
    found = next(row for row in rows_of(quality.missing(context.db, context.selection)) if row["code"] == "expires_on")
    said = context.say(LACKING, n=context.say.number(found[COUNT]), all=context.say.number(found[TOTAL]))
    return said, address(context.selection, "missing_values", mark_of(found))


def _findings(context: Context) -> Example | None:
    number = len(quality.problem_ids(context.db, context.selection, ""))
    return context.say.count(FINDINGS, number), address(context.selection, "problems_by_file")


_EXAMPLES: dict[str, Callable[[Context], Example | None]] = {
    "agreements": _agreements, "full": _country, "fractional": _country, "field-country": _pair, "partners": _of_kind("partner", PARTNERS),
    "countries": _countries, "status": _status, "attention": _attention, "outcomes": _outcomes, "news": _of_kind("news", NEWS),
    "links": _links, "diversity": _diversity, "rows": _rows, "missing": _missing, "findings": _findings,
}  # fmt: skip
