"""``python -m etl extract``: news as JSON lines -> what each tells, as JSON lines, as a stream."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

import orjson
import pyarrow.parquet as pq

from etl.commands.directory import known
from etl.errors import Unreadable
from etl.extract.markup import Plain, plain
from etl.link.news_links import Signed, to_agreements
from etl.normalise.dates import date
from etl.pipeline.home import home
from etl.pipeline.news_reader import NewsReader, Understood, item
from etl.records import RunPartner, Tie
from etl.tables import Agreement, Link, Partner, Run

_TEXTS = ("title", "text")
_LANGUAGES = ("en", "ru", "zh")


def main(source: Iterable[bytes], target: TextIO, *, data: Path, reference: Path | None) -> int:
    """Answer each line of ``source`` with one JSON object; return 1 when a line was no JSON object.

    A line that cannot be read gives ``error`` and ``line``, and the stream goes on. Empty lines are passed over.
    """
    extractor = Extractor(data, reference)
    failed = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            answer = extractor.answer(_news(line))
        except ValueError as error:
            failed += 1
            answer = {"error": str(error), "line": number}
        target.write(orjson.dumps(answer).decode() + "\n")
        target.flush()
    return 1 if failed else 0


def _news(line: bytes) -> Mapping[str, str]:
    """Return the texts of one line.

    Raises:
        ValueError: not a JSON object with texts.
    """
    try:
        given = orjson.loads(line.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(given, dict):
        raise ValueError(f"not a JSON object but a {type(given).__name__}")
    for name in (*_TEXTS, "published", "language"):
        if not isinstance(given.get(name), str | None):
            raise ValueError(f"{name} is not a text but a {type(given[name]).__name__}")
    return {name: given.get(name) or "" for name in (*_TEXTS, "published", "language")}


class Extractor:
    """Reads news against the published snapshot below ``data``, where there is one, and the organisations of ``reference``."""

    def __init__(self, data: Path, reference: Path | None) -> None:
        self._folder = _snapshot(data)
        partners = {each.id: each for each in self._partners()}
        directory = known(data, reference)
        ours = next(iter(self._rows("run")), {})
        said = home(ours.get(Run.home_names) or (), ours.get(Run.home) or "", directory)
        self._reader = NewsReader(directory, partners, said)
        self._agreements = self._signed()

    def answer(self, news: Mapping[str, str]) -> dict[str, Any]:
        """Return what one item tells; ``agreements`` are the certain ones, the others stand under ``evidence`` as proposed."""
        pages = {name: plain(news[name]) for name in _TEXTS if news[name]}
        texts = {name: page.text for name, page in pages.items()}
        published = _published(news["published"])
        read = self._reader.read(texts, published, news["language"] if news["language"] in _LANGUAGES else "")
        named = frozenset(each.value for each in read.partners if each.value)
        ties = to_agreements([item("", read, named, read.event.value, published)], self._agreements, {}).ties
        answer = {
            "countries": [each.value for each in read.countries],
            "partners": [
                {"id": each.value or None, "name": each.name, **_span(each), "confidence": each.confidence} for each in read.partners
            ],
            "fields": list(dict.fromkeys(each.value for each in read.fields)),
            "event": read.event.value,
            "dates": list(dict.fromkeys(each.value for each in read.dates)),
            "outcomes": [
                {"type": each.type, "count": each.count, "planned": each.planned, **_span(each), "confidence": each.confidence}
                for each in read.outcomes
            ],
            "agreements": [{"id": each.right, "confidence": each.confidence, **_span_of(each)} for each in ties if each.accepted],
            "language": read.language,
            "evidence": _evidence(read, ties),
        }
        _place(answer, pages)
        return answer

    def _partners(self) -> Iterator[RunPartner]:
        for row in self._rows("partner"):
            yield RunPartner(
                id=row[Partner.id], name=row[Partner.name], name_en=row[Partner.name_en] or "", name_ru=row[Partner.name_ru] or "",
                name_zh=row[Partner.name_zh] or "", kind=row[Partner.kind], city=row[Partner.city] or "",
                country_code=row[Partner.country] or "", parent_id=row[Partner.parent] or "", forms=tuple(row[Partner.forms]),
            )  # fmt: skip

    def _signed(self) -> list[Signed]:
        partners: dict[str, set[str]] = {}
        for link in self._rows("agreement_partner"):
            if link[Link.accepted]:
                partners.setdefault(link[Agreement.id], set()).add(link[Partner.id])
        return [
            Signed(
                row[Agreement.id], frozenset(partners.get(row[Agreement.id], ())), row[Agreement.type] or "", row[Agreement.signed] or "",
                row[Agreement.terminated] or row[Agreement.expires] or "", row[Agreement.title],
            )
            for row in self._rows("agreement")
        ]  # fmt: skip

    def _rows(self, name: str) -> list[dict[str, Any]]:
        if self._folder is None:
            return []
        found: list[dict[str, Any]] = pq.read_table(self._folder / f"{name}.parquet").to_pylist()
        return found


def _snapshot(data: Path) -> Path | None:
    try:
        return data / "snapshots" / (data / "current").read_text("utf-8").strip()
    except OSError:
        return None


def _published(text: str) -> str:
    """Return the date of publication as an ISO prefix; empty where it is not understood, which costs only the missing years."""
    try:
        return date(text).value if text.strip() else ""
    except Unreadable:
        return ""


def _place(answer: Any, pages: Mapping[str, Plain]) -> None:
    """Let every span of ``answer`` and its words be those of the text as given, markup and all."""
    if isinstance(answer, dict):
        if (page := pages.get(answer.get("column") or "")) and page.text != page.given and answer["span"][0] is not None:
            start, end = page.span(*answer["span"])
            answer |= {"span": [start, end], "text": page.given[start:end]}
        for each in answer.values():
            _place(each, pages)
    elif isinstance(answer, list):
        for each in answer:
            _place(each, pages)


def _span(found: Any) -> dict[str, Any]:
    """Return where a finding stands: its span, the column and the words."""
    return {"span": [found.start, found.end], "column": found.column, "text": found.text}


def _span_of(tie: Tie) -> dict[str, Any]:
    return {"span": [tie.start, tie.end], "column": tie.column, "text": tie.raw, "method": tie.method}


def _evidence(read: Understood, ties: Iterable[Tie]) -> dict[str, Any]:
    """Return what proves the plain codes, and the agreements that are only proposed."""
    return {
        "countries": [{"code": c.value, **_span(c), "method": c.method, "confidence": c.confidence} for c in read.countries],
        "partners": [{"id": p.value or None, "method": p.method} for p in read.partners],
        "fields": [{"code": f.value, **_span(f), "method": f.method, "confidence": f.confidence} for f in read.fields],
        "event": {**_span(read.event), "method": read.event.method, "confidence": read.event.confidence, "told": read.event.stance},
        "dates": [{"date": d.value, "told": d.told, **_span(d), "method": d.method, "confidence": d.confidence} for d in read.dates],
        "event_date": read.event_on.value if read.event_on else None,
        "outcomes": [{"type": each.type, "method": each.method} for each in read.outcomes],
        "agreements_proposed": [{"id": t.right, "confidence": t.confidence, **_span_of(t)} for t in ties if not t.accepted],
    }
