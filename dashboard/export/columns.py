"""What each column of a figure's table means, and its unit: it stands in every workbook and every JSON file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.locale import mark


@dataclass(frozen=True, slots=True)
class Meaning:
    """What stands in a column, and in which unit; a text has none. Both are English and marked."""

    text: str
    unit: str = ""


_AGREEMENTS, _OUTCOMES, _PARTNERS, _NEWS = mark("agreements"), mark("outcomes"), mark("partners"), mark("news items")
_ROWS, _RECORDS, _PERCENT, _MONTHS, _FINDINGS = mark("rows"), mark("records"), "%", mark("months"), mark("findings")
_YEAR = mark("year")
#: English head of a column -> its meaning.
MEANINGS: Mapping[str, Meaning] = {
    "Activity index": Meaning(mark("Agreements divided by the expected number; 1 is as expected")),
    "Agreement": Meaning(mark("Title of the agreement as its source has it, or its translation")),
    "Agreements": Meaning(
        mark("Number of agreements; under full counting each counts once for every one of its countries and fields"), _AGREEMENTS
    ),
    "All": Meaning(mark("Number of findings of all kinds"), _FINDINGS),
    "And partner": Meaning(mark("The second of the two partners that are counted together")),
    "Association strength": Meaning(mark("Common records divided by those that chance would give; 1 is as often as chance")),
    "Cluster": Meaning(mark("Number of the group of partners that meet most often among themselves")),
    "Common records": Meaning(mark("Number of agreements, outcomes and news items that name both partners"), _RECORDS),
    "Country": Meaning(mark("Partner country or territory (ISO 3166-1)")),
    "Date": Meaning(mark("Date of the record, as precise as its source")),
    "Day": Meaning(mark("Day on which the number is taken")),
    "Decide by": Meaning(mark("Last day for a decision: the notice deadline, else the end of the term")),
    "End not stated, so perhaps in force": Meaning(mark("Number of agreements that have begun and whose end is not stated"), _AGREEMENTS),
    "Error": Meaning(mark("Number of findings for which something was refused"), _FINDINGS),
    "Expected": Meaning(mark("Agreements of the country times those of the field, divided by all"), _AGREEMENTS),
    "Field or area": Meaning(mark("Research field, or area of research with all its fields (OECD FORD)")),
    "File": Meaning(mark("Source file")),
    "First outcomes": Meaning(mark("Number of agreements whose first outcome falls into this month"), _AGREEMENTS),
    "Fractional sum": Meaning(mark("Sum of shares: a record is divided equally among all its countries, fields or partners"), _RECORDS),
    "From": Meaning(mark("Day on which the agreement begins, as precise as its source")),
    "In force by their dates": Meaning(mark("Number of agreements that have begun and whose stated end is later"), _AGREEMENTS),
    "Kind": Meaning(mark("Kind of organisation")),
    "Kinds of outcomes": Meaning(mark("The kinds of outcomes that these agreements have, and no others")),
    "Made a record": Meaning(mark("Number of rows that became a record"), _ROWS),
    "Merged into a record": Meaning(mark("Number of rows that were merged into a record of another row"), _ROWS),
    "Missing": Meaning(mark("Number of records without this value"), _RECORDS),
    "Month": Meaning(mark("Calendar month")),
    "Months": Meaning(mark("Months since the agreement came into force"), _MONTHS),
    "News items": Meaning(mark("Number of news items"), _NEWS),
    "Not data": Meaning(mark("Number of rows that hold no record: headers, titles, sums, blank rows"), _ROWS),
    "Note": Meaning(mark("Number of findings that only tell something"), _FINDINGS),
    "Of": Meaning(mark("Number of records that could have this value"), _RECORDS),
    "Outcomes": Meaning(mark("Number of outcomes that were achieved; planned ones are not counted"), _OUTCOMES),
    "Partner": Meaning(mark("Partner organisation")),
    "Partners": Meaning(mark("Number of partner organisations"), _PARTNERS),
    "Rank": Meaning(mark("1 + the number of countries with more agreements signed in the same three years")),
    "Record": Meaning(mark("Kind of record")),
    "Refused": Meaning(mark("Number of rows that were refused, each with its reason in the quarantine"), _ROWS),
    "Reported event": Meaning(mark("What the news item reports")),
    "Research area": Meaning(mark("Area of research (OECD FORD)")),
    "Research field": Meaning(mark("Research field (OECD FORD)")),
    "Rows read": Meaning(mark("Number of rows that were read"), _ROWS),
    "Share of the cohort, %": Meaning(mark("Share of the agreements signed in these years that have come so far"), _PERCENT),
    "Sheet": Meaning(mark("Sheet of the source file")),
    "Stage": Meaning(mark("How far an agreement has come")),
    "Status": Meaning(mark("Status of the agreement on the as-of date, by rule")),
    "Still waiting": Meaning(mark("Number of agreements without an outcome that are still observed"), _AGREEMENTS),
    "Title": Meaning(mark("Title of the record")),
    "Type": Meaning(mark("Type of the record")),
    "Type of document": Meaning(mark("Type of the agreement")),
    "Type of outcome": Meaning(mark("Type of the outcome")),
    "Until": Meaning(mark("Last day of the agreement, as precise as its source")),
    "Value": Meaning(mark("The value that may be missing")),
    "Warning": Meaning(mark("Number of findings that somebody should look at"), _FINDINGS),
    "What happens": Meaning(mark("What is due in this month: the end, the notice deadline or the renewal")),
    "With an outcome, %": Meaning(mark("Share of the agreements that have had a first outcome by then"), _PERCENT),
    "Year": Meaning(mark("Year of signature, of the outcome or of publication"), _YEAR),
    "Years": Meaning(mark("The three years that are counted together")),
    "of which not certain": Meaning(mark("Number of those whose status or day follows from an incomplete date"), _AGREEMENTS),
    "95 % interval from": Meaning(mark("Lower end of the 95 % interval of the share"), _PERCENT),
    "95 % interval to": Meaning(mark("Upper end of the 95 % interval of the share"), _PERCENT),
}
