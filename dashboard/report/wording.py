"""The sentences of the report, in English: what is put into them is worked out in :mod:`dashboard.report.prose`."""

from __future__ import annotations

from dashboard.locale import mark, mark_plural

SIGNED = mark_plural("{n} agreement was signed in {year}", "{n} agreements were signed in {year}")
SIGNED_SO_FAR = mark_plural("{n} agreement has been signed so far in {year}", "{n} agreements have been signed so far in {year}")
CAME = mark_plural("{n} outcome is dated {year}", "{n} outcomes are dated {year}")
CAME_SO_FAR = mark_plural("{n} outcome is dated {year} so far", "{n} outcomes are dated {year} so far")
REPORTED = mark_plural("{n} news item was published in {year}", "{n} news items were published in {year}")
REPORTED_SO_FAR = mark_plural("{n} news item has been published so far in {year}", "{n} news items have been published so far in {year}")
NONE_SIGNED, NONE_CAME = mark("No agreement is dated {year}"), mark("No outcome is dated {year}")
NONE_REPORTED = mark("No news item is dated {year}")
MORE, FEWER = mark("{what}, {by} more than in {before} ({n})."), mark("{what}, {by} fewer than in {before} ({n}).")
SAME, ONLY = mark("{what}, as many as in {before}."), mark("{what}.")
NOTHING_THEN = mark("{what}; in {before} it was {n}.")
NEITHER = mark("{what}, nor is any dated {before}.")
HOLD = mark("By the end of {year} the registers hold {agreements}, with {partners} in {countries}.")
HOLD_NOW = mark("As of {date} the registers hold {agreements} with a date, with {partners} in {countries}.")
HOLD_NOTHING = mark("The registers hold no agreement dated {year} or earlier.")
NOT_DATED = mark_plural(
    "{n} more agreement has no date of signature: it belongs to no year and is not among them.",
    "{n} more agreements have no date of signature: they belong to no year and are not among them.",
)
NEW_PARTNERS = mark_plural(
    "{n} partner has its first agreement in {year}: {names}.", "{n} partners have their first agreement in {year}: {names}."
)
NEW_COUNTRIES = mark_plural(
    "{n} country has its first agreement in {year}: {names}.", "{n} countries have their first agreement in {year}: {names}."
)
NO_NEW_COUNTRY = mark("No country has its first agreement in {year}.")
TOO_FEW = mark("{what} by the end of {year}: too few to rank.")
LEAD_COUNTRIES = mark("Partner countries with most agreements by the end of {year}, of {what}: {items}.")
LEAD_FIELDS = mark("Research fields with most agreements by the end of {year}, of {what}: {items}.")
LEAD_PARTNERS = mark("Partners with most agreements by the end of {year}, of {what}: {items}.")
LEAD_OUTCOMES = mark("Partner countries with most outcomes in {year}, of {what}: {items}.")
OVERLAP = mark("A record counts for each of its countries, fields or partners, so shares do not add up to the whole.")
NO_COUNTRY = mark_plural("{n} of the agreements names no partner country.", "{n} of the agreements name no partner country.")
NO_FIELD = mark_plural("{n} of the agreements names no research field.", "{n} of the agreements name no research field.")
BY_TYPE = mark("Signed in {year}, by type of document: {items}.")
OUTCOMES_BY_TYPE = mark("Outcomes of {year} by type: {items}.")
PLANNED = mark_plural("{n} more of {year} is only planned and not counted.", "{n} more of {year} are only planned and not counted.")
IN_FORCE = mark_plural(
    "On {date}, {n} agreement was in force by its stated dates; of {unknown} more the end is not stated.",
    "On {date}, {n} agreements were in force by their stated dates; of {unknown} more the end is not stated.",
)
END_UNKNOWN = mark_plural(
    "The end of {n} agreement is not stated: whether it is in force is not known.",
    "The end of {n} agreements is not stated: whether they are in force is not known.",
)
DUE = mark_plural("As of {date}, {n} agreement needs a decision.", "As of {date}, {n} agreements need a decision.")
NOTHING_DUE = mark("As of {date}, no agreement is known to need a decision.")
REASON = mark("{reason} – {n}. {rule}.")
ROWS_READ = mark(
    "Files read: {files}; rows: {rows}. Of the rows, {loaded} made a record, {merged} joined one, {refused} were refused and "
    "{other} are not data (titles, totals, blank rows)."
)
FOUND = mark_plural(
    "The check has {n} finding: errors {errors}, to be checked {warnings}, notes {notes}.",
    "The check has {n} findings: errors {errors}, to be checked {warnings}, notes {notes}.",
)
ASKED = mark_plural("{n} question waits for a person.", "{n} questions wait for a person.")
SO_FAR = mark("{year} is not over: numbers of {year} hold up to {date}, and are not compared with {before}.")
