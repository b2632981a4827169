"""The calendar is read back by a parser of its own: unfold, split, unescape, as RFC 5545 says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create
from dashboard.calendars import address, escaped, folded, written
from dashboard.filters import Selection
from dashboard.locale import speaker
from tests.dashboard.due import decisions

EN = speaker("en")
AS_OF = "2026-11-22"


def agreement(id_: str, **more: Any) -> dict[str, Any]:
    row = dict.fromkeys(
        ("effective_on", "expires_on", "expires_precision", "terminated_on", "superseded_by_id", "term_months", "notice_months", "title_en",
         "agreement_type_code")
    ) | {"agreement_id": id_, "id": id_, "title": f"Title {id_}", "signed_on": "2020-01-01", "is_open_ended": False,
         "has_auto_renewal": False, "partner": []}  # fmt: skip
    return row | more


ENDS = agreement("A-1", expires_on="2027-03-15", expires_precision="day", title="Mo, Tu; We\\Th\nand a long line " + "длинная строка " * 9)
RENEWS = agreement("A-2", expires_on="2027-12-31", expires_precision="day", has_auto_renewal=True, term_months=12, notice_months=3)
YEAR = agreement("A-3", expires_on="2028", expires_precision="year")
OVER = agreement("A-4", expires_on="2020-01-01", expires_precision="day")


def parsed(text: str) -> list[dict[str, str]]:
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events: list[dict[str, str]] = []
    inside = False
    for line in text.replace("\r\n ", "").split("\r\n"):
        if line == "BEGIN:VEVENT":
            events.append({})
            inside = True
        elif line == "END:VEVENT":
            inside = False
        elif inside:
            name, value = line.split(":", 1)
            assert name not in events[-1], "no property twice"
            events[-1][name] = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
    return events


def calendar(*rows: dict[str, Any], language: str = "en") -> list[dict[str, str]]:
    found = decisions(rows, date.fromisoformat(AS_OF), date(9999, 12, 31))
    return parsed(written(found, {row["id"]: row for row in rows}, AS_OF, speaker(language), "https://example.org"))


def test_every_end_renewal_and_notice_is_one_whole_day() -> None:
    found = {event["UID"]: event for event in calendar(ENDS, RENEWS, YEAR, OVER)}
    days = {uid.split("@")[0]: event["DTSTART;VALUE=DATE"] for uid, event in found.items()}
    assert days == {"end-A-1": "20270315", "notice-A-2": "20270930", "renewal-A-2": "20271231", "end-A-3": "20281231"}
    assert found["end-A-1@cooperation-dashboard"]["DTEND;VALUE=DATE"] == "20270316", "the end of a whole day is the next one"
    assert found["notice-A-2@cooperation-dashboard"]["CATEGORIES"] == "Notice deadline"


def test_a_title_comes_back_as_it_was() -> None:
    (event,) = calendar(ENDS)
    assert event["SUMMARY"] == f"Ends: {ENDS['title']}"


def test_an_unsharp_end_says_so_and_the_stamp_is_that_of_the_snapshot() -> None:
    (event,) = calendar(YEAR)
    assert "Only the month or the year is known" in event["DESCRIPTION"]
    assert event["DTSTAMP"] == "20261122T000000Z"


def test_the_same_agreement_keeps_its_event_when_its_end_moves() -> None:
    moved = ENDS | {"expires_on": "2029-01-01"}
    assert calendar(ENDS)[0]["UID"] == calendar(moved)[0]["UID"]
    assert calendar(ENDS)[0]["DTSTART;VALUE=DATE"] != calendar(moved)[0]["DTSTART;VALUE=DATE"]


def test_nothing_due_is_a_calendar_without_events() -> None:
    assert calendar(OVER) == calendar() == []


@pytest.mark.parametrize("text", ["", "a" * 75, "ж" * 200, "漢" * 100, "🎓" * 60])
def test_folding_cuts_no_character_and_unfolds_to_the_same(text: str) -> None:
    whole = folded("X:" + text)
    assert whole.replace("\r\n ", "") == "X:" + text
    assert all(len(line.encode()) <= 75 for line in whole.split("\r\n"))


def test_no_data_can_add_a_line() -> None:
    assert "\n" not in escaped("a\r\nBEGIN:VEVENT\rx\x00\x1b")
    assert escaped("a\x00b") == "ab"


def test_the_feed_is_served_under_the_filters_and_bad_input_is_no_error(published: Path) -> None:
    client = create(published).server.test_client()
    for query in ("", "?country=DEU&lang=ru", "?country=%00&since=x&lang=xx", "?" + "a" * 9000):
        with client.get("/calendar.ics" + query, base_url="http://127.0.0.1") as answer:
            assert answer.status_code == 200
            assert answer.content_type == "text/calendar; charset=utf-8"
            assert parsed(answer.get_data(as_text=True)) == []
    assert address(Selection(countries=("DEU",), since=2015), "zh") == "/calendar.ics?country=DEU&since=2015&lang=zh"
