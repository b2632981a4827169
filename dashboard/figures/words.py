"""Codes of the contract -> marked words. The order of each vocabulary is the order in which its hues are given."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.locale import Say, mark, mark_plural
from etl.words.types import AGREEMENT_TYPES as AGREEMENT_TYPES
from etl.words.types import OUTCOME_TYPES as OUTCOME_TYPES

AGREEMENTS = mark_plural("{n} agreement", "{n} agreements")
OUTCOMES = mark_plural("{n} outcome", "{n} outcomes")
NEWS = mark_plural("{n} news item", "{n} news items")
PARTNERS = mark_plural("{n} partner", "{n} partners")
COUNTRIES = mark_plural("{n} country", "{n} countries")
FIELDS = mark_plural("{n} field", "{n} fields")
UNITS: dict[str, tuple[str, str]] = {"agreement": AGREEMENTS, "outcome": OUTCOMES, "news": NEWS}

EVENTS: dict[str, str] = {
    "signing": mark("Signing"),
    "visit": mark("Visit or talks"),
    "conference": mark("Conference"),
    "lab_opening": mark("Opening of a laboratory"),
    "programme_launch": mark("Launch of a programme"),
    "project": mark("Project"),
    "publication": mark("Publication"),
    "award": mark("Award"),
    "renewal": mark("Renewal"),
    "other": mark("Other news"),
}
KINDS: dict[str, str] = {
    "university": mark("University"),
    "institute": mark("Research institute"),
    "academy": mark("Academy of sciences"),
    "company": mark("Company"),
    "government": mark("Authority"),
    "network": mark("Network"),
    "other": mark("Other organisation"),
}
STATUSES: dict[str, str] = {
    "active": mark("In force"),
    "expiring": mark("Ends soon"),
    "auto_renewed": mark("Renewed by itself"),
    "open_ended": mark("In force without an end"),
    "end_unknown": mark("End not stated"),
    "not_yet": mark("Signed, not yet in force"),
    "unsigned": mark("Date of signature not stated"),
    "expired": mark("Expired"),
    "terminated": mark("Terminated"),
    "superseded": mark("Superseded"),
}
FATES: dict[str, str] = {
    "loaded": mark("Made a record"),
    "merged": mark("Merged into a record"),
    "quarantined": mark("Refused"),
    "not_data": mark("Not data"),
}
SEVERITIES: dict[str, str] = {"error": mark("Error"), "warning": mark("Warning"), "note": mark("Note")}
RECORDS: dict[str, str] = {"agreement": mark("Agreement"), "outcome": mark("Outcome"), "news": mark("News item")}
COLUMNS: dict[str, str] = {
    "signed_on": mark("Date of signature"),
    "expires_on": mark("End of term"),
    "agreement_type_code": mark("Type of document"),
    "home_unit_name": mark("Unit at home"),
    "document_link": mark("Link to the document"),
    "happened_on": mark("Date of the outcome"),
    "amount": mark("How many"),
    "source_link": mark("Link to the source"),
    "published_on": mark("Date of publication"),
    "body_text": mark("Text"),
    "partner": mark("Partner"),
    "country": mark("Country"),
    "field": mark("Research field"),
}
CALENDAR = mark("Agreements: ends and notice deadlines")
CALENDAR_TEXTS: dict[str, str] = {
    "summary": mark("{kind}: {title}"),
    "unsharp": mark("Only the month or the year is known: this is its last day."),
}


MORE_OF_IT = mark("{what}, {more}")
"""A thing and what is added to it; a list of several things has the comma of lists."""

SEMICOLON = mark("; ")
"""Between parts that have commas of their own."""


def word(say: Say, vocabulary: Mapping[str, str], code: object) -> str:
    """Say ``code`` in words; a code that the vocabulary does not know is shown as it stands, without underscores.

    >>> from dashboard.locale import speaker
    >>> word(speaker("en"), OUTCOME_TYPES, "joint_lab"), word(speaker("en"), OUTCOME_TYPES, "spin_off")
    ('Joint laboratory', 'Spin off')
    """
    text = str(code)
    return say(vocabulary[text]) if text in vocabulary else text.replace("_", " ").capitalize()
