"""Groups of rows -> rows of ``agreement``, ``news`` and ``outcome``: the most precise value wins, disagreement is reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from etl.records import Finding, Record
from etl.star.linked import Linked
from etl.tables import Agreement, News, Outcome

_PRECISION = {4: "year", 7: "month", 10: "day"}


def precision(iso: str) -> str | None:
    """Return how precise an ISO prefix is; absent for no date.

    >>> precision("2023-11"), precision("2023-22"), precision("")
    ('month', 'season', None)
    """
    if len(iso) == 7 and int(iso[5:]) > 12:
        return "season"
    return _PRECISION.get(len(iso))


def year(iso: str) -> int | None:
    """Return the calendar year of an ISO prefix."""
    return int(iso[:4]) if iso else None


def agreement(linked: Linked, findings: list[Finding]) -> dict[str, Any]:
    """Return the row of ``agreement`` for one group of rows."""
    rows = linked.rows
    signed, effective = _date(rows, "signed", findings), _date(rows, "effective", findings)
    ended = _ending(rows)
    expires = ended.date("expires") if ended else ""
    titles = {f"title_{r.language}": r.texts["title"] for r in reversed(rows)}
    return {
        Agreement.id: linked.id,
        Agreement.number: _text(rows, "number"),
        Agreement.title: rows[0].texts["title"],
        Agreement.title_en: titles.get("title_en"),
        Agreement.title_ru: titles.get("title_ru"),
        Agreement.title_zh: titles.get("title_zh"),
        Agreement.type: _first(rows, lambda r: r.type.value if r.type else None),
        Agreement.home_unit: _text(rows, "home_unit"),
        Agreement.signed: signed or None,
        Agreement.signed_precision: precision(signed),
        Agreement.signed_year: year(signed),
        Agreement.effective: effective or None,
        Agreement.effective_precision: precision(effective),
        Agreement.expires: expires or None,
        Agreement.expires_precision: precision(expires),
        Agreement.expires_method: ended.expires_method if ended else None,
        Agreement.term: _first(rows, lambda r: r.term_months),
        Agreement.open_ended: any(r.is_open_ended for r in rows),
        Agreement.auto_renewal: any(r.has_auto_renewal for r in rows),
        Agreement.notice: _first(rows, lambda r: r.notice_months),
        Agreement.terminated: _date(rows, "terminated", findings) or None,
        Agreement.document: _text(rows, "link"),
        Agreement.owner: _text(rows, "owner"),
        Agreement.cooperation: list(next((r.cooperation for r in rows if r.cooperation), ())),
        Agreement.status_note: _text(rows, "status"),
        Agreement.remarks: _text(rows, "remarks"),
    }


def news(linked: Linked, findings: list[Finding], happening: str | None = None) -> dict[str, Any]:
    """Return the row of ``news`` for one group of rows; ``happening`` is the id of the event that it shares with other items."""
    rows = linked.rows
    published = _date(rows, "published", findings)
    event = next((r.event for r in rows if r.event), None)
    assert event is not None
    return {
        News.id: linked.id,
        News.published: published or None,
        News.published_precision: precision(published),
        News.published_year: year(published),
        News.title: rows[0].texts["title"],
        News.text: _text(rows, "text"),
        News.language: rows[0].language,
        News.link: _text(rows, "link"),
        News.event: event.value,
        News.event_method: event.rule,
        News.happening: happening,
    }


def outcome(linked: Linked, findings: list[Finding]) -> dict[str, Any]:
    """Return the row of ``outcome`` for one group of rows."""
    rows = linked.rows
    happened = _date(rows, "date", findings)
    counted = next((r for r in rows if r.amount is not None), rows[0])
    return {
        Outcome.id: linked.id,
        Outcome.type: _first(rows, lambda r: r.type.value if r.type else None),
        Outcome.title: rows[0].texts["title"],
        Outcome.date: happened or None,
        Outcome.date_precision: precision(happened),
        Outcome.year: year(happened),
        Outcome.count: counted.amount,
        Outcome.unit: counted.amount_unit or None,
        Outcome.qualifier: counted.amount_qualifier or None,
        Outcome.planned: all(r.is_planned for r in rows),
        Outcome.status_note: _text(rows, "status"),
        Outcome.link: _text(rows, "link"),
        Outcome.doi: _text(rows, "doi"),
        Outcome.venue: _text(rows, "venue"),
    }


def _first(rows: Sequence[Record], ask: Callable[[Record], Any]) -> Any:
    return ask(rows[0]) if len(rows) == 1 else next((value for r in rows if (value := ask(r)) is not None), None)


def _text(rows: Sequence[Record], name: str) -> str | None:
    if len(rows) == 1:
        return rows[0].texts.get(name) or None
    return next((r.texts[name] for r in rows if r.texts.get(name)), None)


def _ending(rows: Sequence[Record]) -> Record | None:
    """Return the row whose end counts: a written end before one worked out from a term, then the most precise."""
    ends = [r for r in rows if "expires" in r.dates and r.date("expires")]
    return max(ends, key=lambda r: (r.expires_method == "written", len(r.date("expires"))), default=None)


def _date(rows: Sequence[Record], name: str, findings: list[Finding]) -> str:
    """Return the most precise date that the rows give; a date that contradicts it is reported."""
    if len(rows) == 1:
        return rows[0].date(name)
    dated = [r for r in rows if r.date(name)]
    if not dated:
        return ""
    best = max(dated, key=lambda r: len(r.date(name))).date(name)
    for record in dated:
        if not best.startswith(record.date(name)):
            cell, origin = record.dates[name].cell, record.row.origin
            message = f"This row says {record.date(name)}, another row of the same record says {best}, which was taken"
            advice = "Correct the row that is wrong"
            place = (origin.file, origin.sheet, cell.row, cell.letter, cell.text)
            findings.append(Finding("warning", "conflicting_duplicate", message, advice, *place))
    return best
