"""Findings in the reader's language: what each reason code of the ETL means and what to do about it.

The ETL says its findings in English, in detail; messages.py says the detail in other languages. Where it does not know the sentence,
the meaning of the code is said, and the cell stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.tables import Problem
from etl.words.messages import detail_said
from etl.words.say import Say, mark

#: Reason code (etl/reference/problem_codes.csv) -> what is wrong.
PROBLEMS: dict[str, str] = {
    "unreadable": mark("The file cannot be opened or is damaged"),
    "format_mismatch": mark("The content is not what the name of the file says"),
    "encrypted": mark("The file is protected by a password"),
    "too_large": mark("The file unpacks to more than the limit"),
    "unsafe_xml": mark("The file declares entities or a DTD"),
    "no_header": mark("No header that is known was found"),
    "missing_column": mark("A column without which no record can be made is missing"),
    "duplicate_column": mark("Two columns under one header feed the same field"),
    "unknown_column": mark("A column is neither known nor listed in sources.yaml"),
    "empty": mark("There is nothing in the file or sheet"),
    "encoding": mark("The encoding of the text could not be told"),
    "unsafe_path": mark("The name or the kind of the file is not safe to read"),
    "unsupported_type": mark("Files of this type are not read"),
    "lock_file": mark("A lock file of an open workbook"),
    "no_data": mark("A sheet of prose without a table"),
    "hidden_row": mark("A hidden row was read as a record"),
    "hidden_column": mark("A hidden column was read"),
    "hidden_sheet": mark("A hidden sheet was read"),
    "merged_cell": mark("A merged cell was used for every row it covers"),
    "ditto_mark": mark("A ditto mark was read as the text above it"),
    "group_label": mark("A label on the first row of a group was used for all rows of it"),
    "heading_row": mark("A heading between the records was read for the rows below it"),
    "hidden_link": mark("An address stands behind the words of a cell"),
    "side_by_side": mark("Tables stand beside each other in one sheet"),
    "year_columns": mark("A table has one column per year"),
    "form_layout": mark("A sheet holds one record as a form and was not read"),
    "several_facts": mark("A cell says several things"),
    "conflicting_columns": mark("Two columns of a row contradict each other"),
    "summary_row": mark("A row of totals was left out"),
    "total_mismatch": mark("The total written differs from the records above it"),
    "bad_date": mark("A date was not understood"),
    "ambiguous_date": mark("Day and month could be the other way round"),
    "voted_date_order": mark("The dates of a column that could be either way round follow the others"),
    "mixed_date_order": mark("A column holds dates with the day first and with the month first"),
    "unknown_date_order": mark("Nothing in a column tells whether its dates are day first or month first"),
    "swapped_dates": mark("Day and month of the true dates may be swapped"),
    "date_order": mark("The end lies before the signature"),
    "future_signed": mark("The signature lies after the as-of date"),
    "bad_country": mark("A country was not understood"),
    "bad_type": mark("A type was not understood"),
    "bad_field": mark("A research field was not understood"),
    "bad_number": mark("A number was not understood"),
    "negative_count": mark("A count is negative"),
    "non_finite": mark("A number is not finite"),
    "bad_value": mark("A value was not understood"),
    "bad_url": mark("A link is not an http or https address"),
    "missing_required": mark("A record lacks what it cannot do without"),
    "missing_country": mark("No country is written and none follows from the partner"),
    "only_home_country": mark("Only the home country is written or known, and it is not counted as abroad"),
    "missing_partner": mark("No partner is written"),
    "missing_type": mark("No type is written"),
    "missing_date": mark("No date is written"),
    "confusable_id": mark("A number looks like another one"),
    "duplicate_id": mark("Two different records carry the same number"),
    "conflicting_duplicate": mark("Two rows of one record disagree"),
    "duplicate_row": mark("The same record stands in several rows and was merged"),
    "dangling_reference": mark("A number refers to a record that does not exist"),
    "error_cell": mark("The cell holds an error value"),
    "formula_no_value": mark("The cell holds a formula that was never calculated"),
    "ragged_row": mark("The row has more cells than the header"),
    "illegal_chars": mark("The text has characters that do not belong in a spreadsheet"),
    "too_long": mark("The text is longer than a cell can hold"),
    "unsure_partner": mark("It is not certain which organisation is meant"),
    "unstable": mark("The file was being written while it was read"),
    "bad_settings": mark("A line of sources.yaml is not understood"),
    "blank_rows": mark("A long run of empty rows was not listed row by row"),
    "agreement_only_in_news": mark("The news tells of an agreement that no register has"),
    "agreement_without_news": mark("No news speaks of the agreement"),
    "news_disagrees": mark("News and register give two dates of signature"),
    "same_event": mark("Several news tell of one event"),
    "bad_record": mark("A record of an export or of a list of organisations was not read"),
    "partial_record": mark("A part of a record of an export was not read"),
    "cut_off": mark("The file is cut off"),
    "publications_not_ours": mark("Works that do not name the own institution were left out"),
    "publications_not_joint": mark("Works without an organisation abroad are no joint publications"),
    "publications_no_address": mark("Works state no affiliation"),
    "publications_no_work": mark("Corrections, retractions and front matter are no publications of their own"),
    "publications_unknown": mark("Addresses in publications name no known organisation"),
    "publications_overlap": mark("A total of papers in a register stands beside the papers themselves"),
    "bad_decision": mark("A decision is not understood"),
    "contradictory_decision": mark("Decisions contradict each other"),
    "stale_decision": mark("What a decision expects is no longer there"),
    "unused_decision": mark("A decision has no effect"),
    "incomplete_answer": mark("An answer in the review workbook is not complete"),
    "corrected_cell": mark("A cell was corrected by a person"),
}
#: Reason code -> what to do about it.
ADVICE: dict[str, str] = {
    "unreadable": mark("Open the file, save it anew as .xlsx and run again"),
    "format_mismatch": mark("Save the file in the format that its name says, or rename it"),
    "encrypted": mark("Save a copy without the password"),
    "too_large": mark("Split the file, or delete what is not data"),
    "unsafe_xml": mark("Save the file anew in Excel or LibreOffice"),
    "no_header": mark("Rename the headers, or name the header_row of the sheet in sources.yaml"),
    "missing_column": mark("Add the column; if it is there under another name, say so in sources.yaml"),
    "duplicate_column": mark("Rename one of them, or list it under ignore_columns in sources.yaml"),
    "unknown_column": mark("Rename the header, or say in sources.yaml what it feeds or that it is to be left out"),
    "empty": mark("Fill it or remove it"),
    "encoding": mark("Save the file in UTF-8, or name its encoding in sources.yaml"),
    "unsafe_path": mark("Put an ordinary file with an ordinary name into the folder"),
    "unsupported_type": mark("Save the file as .xlsx or .csv"),
    "lock_file": mark("Nothing to do; it goes when the workbook is closed"),
    "no_data": mark("Nothing, unless the sheet holds data: then name its header_row and kind in sources.yaml"),
    "hidden_row": mark("Delete the row if it is not to count"),
    "hidden_column": mark("List the column under ignore_columns in sources.yaml if it is not to count"),
    "hidden_sheet": mark("Ignore the sheet in sources.yaml if it is not to count"),
    "merged_cell": mark("Nothing to do; unmerge the cells to be safe when sorting"),
    "ditto_mark": mark("Nothing to do; write the value out to be safe when sorting"),
    "group_label": mark("Nothing, if that is right; else fill the cell"),
    "heading_row": mark("Nothing, if that is right; else fill the cells of the rows below"),
    "hidden_link": mark("Write the address into a column Link to be safe"),
    "side_by_side": mark("Nothing, if each was read as a table of its own; else write them below each other"),
    "year_columns": mark("Say in a column or in the name of the sheet what is counted"),
    "form_layout": mark("Write the labels into one row as headers and the values into the row below"),
    "several_facts": mark("Write each into a column or a row of its own"),
    "conflicting_columns": mark("Correct the cell that is wrong"),
    "summary_row": mark("Nothing to do"),
    "total_mismatch": mark("Correct the total, or look for a missing or a double row"),
    "bad_date": mark("Write it as 14.11.2023, 11.2023 or 2023"),
    "ambiguous_date": mark("Write the month in words, or state date_order in sources.yaml"),
    "voted_date_order": mark("Write the month in words, or state date_order in sources.yaml"),
    "mixed_date_order": mark("Write the month in words, or state date_order in sources.yaml"),
    "unknown_date_order": mark("State date_order in sources.yaml, or write the month in words"),
    "swapped_dates": mark("Compare some of the true dates with the documents; import the column again as text"),
    "date_order": mark("Correct one of the two dates"),
    "future_signed": mark("Correct the date of signature"),
    "bad_country": mark("Write the name of a country, or add the spelling to the aliases"),
    "bad_type": mark("Use one of the types in the list, or add the wording to the aliases"),
    "bad_field": mark("Name the field more exactly, or answer the question in the review list"),
    "bad_number": mark("Write the number alone, in figures"),
    "negative_count": mark("Write the number alone"),
    "non_finite": mark("Write the number alone"),
    "bad_value": mark("Write the value in one of the known ways: '6 months', 'planned', 'done'"),
    "bad_url": mark("Write an address that starts with https://"),
    "missing_required": mark("Write a number, a title or a partner into the row, or delete it"),
    "missing_country": mark("Write the country, unless it is an international network"),
    "only_home_country": mark("Write the country of the partner abroad; nothing, if the partner is at home"),
    "missing_partner": mark("Write who the agreement is with"),
    "missing_type": mark("Fill in the type"),
    "missing_date": mark("Fill in the date, if only the year"),
    "confusable_id": mark("Type the number anew in one alphabet"),
    "duplicate_id": mark("Give each record a number of its own; until then neither can be referred to by it"),
    "conflicting_duplicate": mark("Correct the row that is wrong"),
    "duplicate_row": mark("Nothing, unless they are different records"),
    "dangling_reference": mark("Correct the number, or add the record to a register"),
    "error_cell": mark("Correct the formula, or type the value"),
    "formula_no_value": mark("Open the workbook in Excel or LibreOffice and save it, so that its formulas are calculated"),
    "ragged_row": mark("Put the text with the delimiter into double quotes"),
    "illegal_chars": mark("Delete the characters, or type the text anew"),
    "too_long": mark("Shorten the text"),
    "unsure_partner": mark("Write the full name, or answer the question in the review list"),
    "unstable": mark("Run again when the file is saved"),
    "bad_settings": mark("Correct the line of sources.yaml"),
    "blank_rows": mark("Delete the empty rows, or what stands alone below them"),
    "agreement_only_in_news": mark("Add the agreement to a register, or answer the question in the review list"),
    "agreement_without_news": mark("Nothing, unless a report is missing"),
    "news_disagrees": mark("Correct the one that is wrong"),
    "same_event": mark("Nothing; both are kept, and share their event_id"),
    "bad_record": mark("Correct the record, or export it anew"),
    "partial_record": mark("Correct the record, or export it anew"),
    "cut_off": mark("Copy or export the file anew"),
    "publications_not_ours": mark("Nothing, unless the own institution is written in another way: then list it under home in sources.yaml"),
    "publications_not_joint": mark("Nothing to do"),
    "publications_no_address": mark("Export the works anew with their affiliations"),
    "publications_no_work": mark("Nothing to do"),
    "publications_unknown": mark("Put a list of organisations into data/raw/reference"),
    "publications_overlap": mark("Delete the total from the register, or keep one of the two"),
    "bad_decision": mark("Correct the line; the columns are described beside the decisions"),
    "contradictory_decision": mark("Decide which of the lines holds and remove the other"),
    "stale_decision": mark("Look at the source and decide again, or remove the line"),
    "unused_decision": mark("Keep it if the text may come back, else remove the line"),
    "incomplete_answer": mark("Complete the row and save the workbook"),
    "corrected_cell": mark("Correct it in the source as well, then remove the decision"),
}


def problem_said(say: Say, row: Mapping[str, Any]) -> str:
    """Say what is wrong in detail; where the detail is not known in the language, what the code of the finding means.

    >>> from etl.words.say import speaker
    >>> row = {"problem_code": "bad_date", "message": "Not understood as a date: not a date: 'now'", "advice": "Write 2023"}
    >>> problem_said(speaker("en"), row), problem_said(speaker("ru"), row | {"message": "Strange: 'now'"})
    ("Not understood as a date: not a date: 'now'", 'Дата не понята')
    """
    return _said(say, PROBLEMS, row[Problem.code], row[Problem.message])


def advice_said(say: Say, row: Mapping[str, Any]) -> str:
    """Say what to do: in English the advice of the finding itself, else the advice for its code."""
    return _said(say, ADVICE, row[Problem.code], row[Problem.advice])


def meaning_said(say: Say, code: str) -> str:
    """Say what a reason code means; an unknown one is returned without underscores."""
    return say(PROBLEMS[code]) if code in PROBLEMS else code.replace("_", " ")


def _said(say: Say, texts: Mapping[str, str], code: str, own: str) -> str:
    if detail := detail_said(say.language, own):
        return detail
    return say(texts[code]) if code in texts else own
