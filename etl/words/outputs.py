"""The words of what the analyst is given: the report, the refused rows, the annotated copies, the summary of a run."""

from __future__ import annotations

from etl.words.say import mark, mark_plural

SEVERITIES: dict[str, str] = {"error": mark("Error"), "warning": mark("To check"), "note": mark("Note")}
SEVERITIES_MEAN: dict[str, str] = {
    "error": mark("lost or refused until it is corrected"),
    "warning": mark("read, but it may be wrong"),
    "note": mark("odd but possible; for your information"),
}
ROW, COLUMN, CELL = mark("row {row}"), mark("column {letter}"), mark("cell {cell}")
WHOLE_SHEET, WHOLE_FILE, NO_FILE, TEXT_FILE = mark("whole sheet"), mark("whole file"), mark("No file in particular"), mark("Text file")
TO_DO, WRITTEN, WHERE, FOUND, SHEET, FILE, ROWS = (
    mark("What to do"), mark("As written"), mark("Where"), mark("What was found"), mark("Sheet"), mark("File"), mark("Rows"),
)  # fmt: skip

GRAVITY, DETAIL = mark("Severity"), mark("In detail")

# The report
TITLE = mark("What was understood of the spreadsheets")
AS_OF = mark("As of {date}. Refresh {id}.")
LANGUAGE_LINK: dict[str, str] = {"en": "In English", "ru": "По-русски", "zh": "中文版"}
CONTENTS, ANSWER = mark("Contents"), mark("In short")
ALL_LOADED = mark_plural("{n} row was read and none was refused.", "{n} rows were read and none was refused.")
SOME_REFUSED = mark("{percent} % of {rows} rows were understood; {refused} rows were refused and wait for a correction.")
FILES_REFUSED = mark_plural("{n} file was refused as a whole.", "{n} files were refused as a whole.")
SUM = mark("Rows read {read} = loaded {loaded} + merged {merged} + refused {quarantined} + without data {not_data}. No row is lost.")
BESIDE = mark("Beside this report")
QUARANTINE_LINK = mark("workbook of the refused rows with their cells, to correct and copy back")
ANNOTATED_LINK = mark("copies of the files in which each cell with a finding is coloured and commented")
READ, READ_NOTE = mark("What was read"), mark("Each row of each sheet, and what became of it.")
LOADED, MERGED, QUARANTINED, NOT_DATA = mark("Loaded"), mark("Merged"), mark("Refused"), mark("No data")
MERGED_NOTE = mark("Merged: the same record stands in another row too. No data: titles, headers, totals, blank rows.")
ALL = mark("All")
REFUSED_FILES, REFUSED_ROWS = mark("Files that were refused"), mark("Rows that were refused")
WHY = mark("Why")
NONE_REFUSED = mark("No row was refused.")
MORE_ROWS = mark("and {n} more; all stand in {file}")
FINDINGS, FINDINGS_NOTE = mark("Findings"), mark("By file, sheet and kind; what matters most comes first.")
NO_FINDINGS = mark("Nothing was found that calls for a look.")
FINDINGS_OF = mark_plural("{n} finding", "{n} findings")
MORE_FINDINGS = mark("and {n} more of this kind; all stand in the annotated copy and on the page of data quality")
UNUSED, UNUSED_NOTE = mark("Columns that are not used"), mark("Filled columns of which nothing reaches the dashboard.")
HEADER, FILLED, NO_UNUSED = mark("Header"), mark("Filled cells"), mark("Every filled column is used.")
QUESTIONS, QUESTIONS_NOTE = mark("Open questions"), mark("`make review` writes them to a workbook with lists of answers.")
ABOUT, QUESTION, CANDIDATES, CELLS = mark("About"), mark("Question"), mark("Possible answers"), mark("Cells")
NO_QUESTIONS, MORE_QUESTIONS = mark("No question is open."), mark("and {n} more in the workbook of questions")
IGNORED = mark("Files that were left alone")
ASKED: dict[str, str] = {
    "partner": mark("Is this one of these partners?"),
    "agreement": mark("Is this one of these agreements, written a second time?"),
    "field": mark("What does this field mean?"),
    "country": mark("What does this country mean?"),
    "agreement_type": mark("What does this agreement type mean?"),
    "outcome_type": mark("What does this outcome type mean?"),
}
ASKED_OF_NEWS: tuple[str, ...] = (
    mark("Does this news speak of this agreement?"),
    mark("Is this an agreement that no register has?"),
    mark("Is this an outcome that no register has?"),
    mark("Is this an organisation that no list has?"),
)

# The refused rows
REFUSED_SHEET, HOW_TO = mark("Overview"), mark("How to use this workbook")
HOW_TO_LINES: tuple[str, ...] = (
    mark("Each sheet holds the refused rows of one table: the reason first, then the cells as they are written, under their headers."),
    mark("The cells that were not understood are coloured. Correct them here, then copy the cells back into the row that is named."),
    mark("All cells are texts, so that nothing is calculated and no date is turned round. Save the source file and run `make etl` again."),
)
ROW_HEAD, REASON = mark("Row"), mark("Why it was refused")
NO_REFUSED = mark("No row was refused; there is nothing to correct here.")
REFUSED_OF = mark("Refused rows")
NO_REASON = mark("The row could not be read")
CUT_ROWS = mark("Only the first {n} refused rows of this table are listed; {all} were refused.")

# The annotated copies
PROBLEMS_SHEET, AUTHOR = mark("Findings"), mark("Data check")
COPY_OF = mark("Findings in {file}")
COPY_NOTE = mark("This is a copy; the source file was not changed. Correct the source file, not this copy, and run `make etl` again.")
PATCHED = mark("Everything else in the copy is as in the source: styles, formulas, comments, pictures, charts, macros.")
REBUILT = mark("The copy was written from the rows as they were read, as texts: {reason}.")
REBUILT_TEXT, REBUILT_FORMAT = mark("the source is a text file"), mark("workbooks of the type {type} are not copied in place")
REBUILT_CHANGED, REBUILT_UNUSUAL = (
    mark("the source file has changed since it was read"),
    mark("the source is put together in an unusual way"),
)
ONLY_ROWS_WITH = mark("The file has {all} rows; only the {n} rows with a finding are shown, each in its own place.")
CAPPED = mark("{n} cells of the sheet {sheet} have a colour but no comment: a sheet gets {most} comments at most. All are listed here.")
LISTED = mark("The list ends after {n} findings of {all}.")
NOTHING_FOUND = mark("Nothing was found in this file.")
ROW_REFUSED, ROW_REFUSED_FOR = mark("This row was refused"), mark("This row was refused; see {cells}")
MISSING_COPY = mark("{file}: no annotated copy, because the file could not be read")

# The summary of a run
SUMMARY: dict[str, str] = {
    "report": mark("What was understood, and where not: {path}"),
    "quarantine": mark("Refused rows to correct: {path}"),
    "annotated": mark("Copies with coloured cells: {path}"),
}
PUBLISHED, DRY = mark("Published {id}."), mark("Dry run: nothing was published.")
REFUSED_FILE = mark("Refused {file}: {why}")
RECORDS = mark("{agreement} agreements, {partner} partners, {country} countries, {news} news, {outcome} outcomes.")
FOUND_LINE = mark("Findings: {found}. Questions for a person: {questions}.")
FOUND_PARTS: dict[str, str] = {"error": mark("{n} errors"), "warning": mark("{n} to check"), "note": mark("{n} notes")}
FOUND_NONE, AS_OF_TITLE = mark("none"), mark("As of {date}")
