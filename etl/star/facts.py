"""Groups of rows -> rows of ``agreement``, ``news`` and ``outcome``: the most precise value wins, disagreement is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from etl.columnar import Columns
from etl.records import Finding, Record, Said
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


def agreements(linked: Sequence[Linked], findings: list[Finding]) -> Columns:
    """Return one row of ``agreement`` for each group of rows; which agreement replaces it is filled in elsewhere."""
    whole = [each.rows[0] if len(each.rows) == 1 else _whole(each.rows, findings) for each in linked]
    texts = [record.texts for record in whole]
    signed, effective, expires, terminated = (
        [record.date(name) for record in whole] for name in ("signed", "effective", "expires", "terminated")
    )
    return Columns({
        Agreement.id: [each.id for each in linked],
        Agreement.number: _texts(texts, "number"),
        Agreement.title: [each["title"] for each in texts],
        Agreement.title_en: _titles(whole, "en"),
        Agreement.title_ru: _titles(whole, "ru"),
        Agreement.title_zh: _titles(whole, "zh"),
        Agreement.type: [record.type.value if record.type else None for record in whole],
        Agreement.home_unit: _texts(texts, "home_unit"),
        Agreement.signed: [iso or None for iso in signed],
        Agreement.signed_precision: list(map(precision, signed)),
        Agreement.signed_year: list(map(year, signed)),
        Agreement.effective: [iso or None for iso in effective],
        Agreement.effective_precision: list(map(precision, effective)),
        Agreement.expires: [iso or None for iso in expires],
        Agreement.expires_precision: list(map(precision, expires)),
        Agreement.expires_method: [record.expires_method if iso else None for record, iso in zip(whole, expires, strict=True)],
        Agreement.term: [record.term_months for record in whole],
        Agreement.open_ended: [record.is_open_ended for record in whole],
        Agreement.auto_renewal: [record.has_auto_renewal for record in whole],
        Agreement.notice: [record.notice_months for record in whole],
        Agreement.terminated: [iso or None for iso in terminated],
        Agreement.superseded_by: [None] * len(whole),
        Agreement.document: _texts(texts, "link"),
        Agreement.owner: _texts(texts, "owner"),
        Agreement.cooperation: [list(record.cooperation) for record in whole],
        Agreement.status_note: _texts(texts, "status"),
        Agreement.remarks: _texts(texts, "remarks"),
    })  # fmt: skip


def _whole(rows: Sequence[Record], findings: list[Finding]) -> Record:
    """Return what several rows say of one agreement as one record; the first gives the title, and the first of a language its own."""
    texts = {name: text for row in reversed(rows) for name, text in row.texts.items() if text}
    titles = {f"title_{row.language}": row.texts["title"] for row in reversed(rows)}
    found = {name: said for name in ("signed", "effective", "terminated") if (said := _dated(rows, name, findings))}
    ended = _ending(rows)
    return replace(
        rows[0],
        texts=texts | titles | {"title": rows[0].texts["title"]},
        dates=found | ({"expires": ended.dates["expires"]} if ended else {}),
        expires_method=ended.expires_method if ended else None,
        type=_first(rows, lambda r: r.type),
        term_months=_first(rows, lambda r: r.term_months),
        notice_months=_first(rows, lambda r: r.notice_months),
        is_open_ended=any(r.is_open_ended for r in rows),
        has_auto_renewal=any(r.has_auto_renewal for r in rows),
        cooperation=next((r.cooperation for r in rows if r.cooperation), ()),
    )


def _texts(texts: Iterable[Mapping[str, str]], name: str) -> list[str | None]:
    return [each.get(name) or None for each in texts]


def _titles(records: Iterable[Record], language: str) -> list[str | None]:
    name = f"title_{language}"
    return [each.texts.get(name) or (each.texts["title"] if each.language == language else None) for each in records]


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
    """Return the most precise date that the rows give, empty where none does."""
    if len(rows) == 1:
        return rows[0].date(name)
    said = _dated(rows, name, findings)
    return said.value if said else ""


def _dated(rows: Sequence[Record], name: str, findings: list[Finding]) -> Said | None:
    """Return the most precise date that the rows give; a date that contradicts it is reported."""
    dated = [r for r in rows if r.date(name)]
    if not dated:
        return None
    best = max(dated, key=lambda r: len(r.date(name))).dates[name]
    for record in dated:
        if not best.value.startswith(record.date(name)):
            cell, origin = record.dates[name].cell, record.row.origin
            message = f"This row says {record.date(name)}, another row of the same record says {best.value}, which was taken"
            advice = "Correct the row that is wrong"
            place = (origin.file, origin.sheet, cell.row, cell.letter, cell.text)
            findings.append(Finding("warning", "conflicting_duplicate", message, advice, *place))
    return best
