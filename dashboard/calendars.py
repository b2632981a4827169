"""``/calendar.ics``: the ends, renewals and notice deadlines of the chosen agreements as a calendar that a mail program subscribes to.

RFC 5545. Whole days (``VALUE=DATE``), no alarm, no participant. An event keeps its UID as long as the agreement keeps its id, so that a
refreshed calendar moves an event instead of adding one; the stamp is that of the snapshot, so that the same data give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from flask import Flask, Response, request

from dashboard import asked
from dashboard.figures.agreement_expiry import KINDS
from dashboard.figures.words import AGREEMENT_TYPES, CALENDAR, CALENDAR_TEXTS, word
from dashboard.filters import Selection
from dashboard.indicators.runway import Decision
from dashboard.locale import Say
from dashboard.query import registers, standings
from dashboard.query.ways import clicked
from dashboard.store import Store
from etl.tables import Agreement

PATH = "/calendar.ics"
FOREVER = date(9999, 12, 31)
_LINE = 75
"""Octets of a line before it must be folded."""
Row = Mapping[str, Any]


def register(server: Flask, store: Store) -> None:
    """Serve the calendar; the filters of the address choose the agreements, ``lang`` the language of its texts."""

    def calendar() -> Response:
        snapshot, say, selection = asked.shown(store), asked.say(), asked.selection()
        with snapshot.cursor() as cursor:
            db = clicked(cursor, snapshot.prepared)
            found = standings.decisions(db, selection, date.fromisoformat(snapshot.as_of), FOREVER)
            named = registers.with_links(db, "agreement", registers.of_ids(db, "agreement", tuple({each.id for each in found})))
        text = written(found, {row["id"]: row for row in named}, snapshot.as_of, say, request.host_url.rstrip("/"))
        response = Response(text.encode("utf-8"), content_type="text/calendar; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="agreements-{snapshot.as_of}.ics"'
        return response

    server.add_url_rule(PATH, "calendar", calendar)


def address(selection: Selection, language: str) -> str:
    """Return the address of the calendar of ``selection``.

    >>> address(Selection(countries=("CHN",)), "ru")
    '/calendar.ics?country=CHN&lang=ru'
    """
    query = selection.to_query().removeprefix("?")
    return f"{PATH}?{query}{'&' if query else ''}lang={language}"


def written(found: Iterable[Decision], agreements: Mapping[str, Row], as_of: str, say: Say, host: str) -> str:
    """Return the calendar as text, its lines folded and ended as RFC 5545 wants."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cooperation-dashboard//agreements//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(say(CALENDAR))}",
    ]  # fmt: skip
    for each in found:
        lines += _event(each, agreements[each.id], as_of, say, host)
    return "".join(f"{folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(each: Decision, row: Row, as_of: str, say: Say, host: str) -> list[str]:
    kind = say(KINDS[each.kind])
    title = row.get(f"title_{say.language}") or row[Agreement.title]
    partners = ", ".join(say.name(link) or str(link.get("partner_name") or "") for link in row["partner"])
    type_ = word(say, AGREEMENT_TYPES, row[Agreement.type]) if row[Agreement.type] else ""
    told = [text for text in (partners, type_, "" if each.is_sharp else say(CALENDAR_TEXTS["unsharp"])) if text]
    return [
        "BEGIN:VEVENT",
        f"UID:{each.kind}-{escaped(each.id)}@cooperation-dashboard",
        f"DTSTAMP:{as_of.replace('-', '')}T000000Z",
        f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}",
        *([f"DTEND;VALUE=DATE:{each.day + timedelta(days=1):%Y%m%d}"] if each.day < FOREVER else []),
        f"SUMMARY:{escaped(say(CALENDAR_TEXTS['summary'], kind=kind, title=title))}",
        f"DESCRIPTION:{escaped(chr(10).join(told))}",
        f"CATEGORIES:{escaped(kind)}",
        f"URL:{host}/agreements/{each.id}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: object) -> str:
    r"""Return ``text`` as a value of type TEXT; control characters, which no reader takes, are left out.

    >>> escaped("A, B; C\\ and\nnext")
    'A\\, B\\; C\\\\ and\\nnext'
    """
    plain = str(text).replace("\r\n", "\n").replace("\r", "\n")
    safe = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(each for each in safe if each >= " " and each != "\x7f").encode("utf-8", "replace").decode()


def folded(line: str) -> str:
    """Return ``line`` in pieces of at most 75 octets, none of which cuts a character in two.

    >>> [len(piece.encode()) for piece in folded("SUMMARY:" + "ж" * 60).split("\\r\\n")]
    [74, 55]
    """
    pieces, piece = [], ""
    for each in line:
        if len((piece + each).encode()) > _LINE:
            pieces.append(piece)
            piece = " "
        piece += each
    return "\r\n".join([*pieces, piece])
