"""What a cell of the template should hold, as a rule of the spreadsheet that warns and lets a person go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation

from etl.template.columns import Column

#: Serial numbers of 1950-01-01 and 2100-01-01: a year typed into a column of dates becomes a day of 1905.
_FIRST, _LAST = 18264, 73051
_LAST_ROW = 1_048_576


def rule(column: Column, letter: str, source: str, said: Mapping[str, str]) -> DataValidation | None:
    """Return the rule of ``column`` for all rows below the header; ``source`` is where its list stands.

    A free text has no rule.
    """
    cell = f"{letter}2"
    made: DataValidation
    style: Literal["warning", "information"] = "information" if column.form == "many" else "warning"
    match column.form:
        case "one" | "many":
            made = DataValidation("list", formula1=source)
        case "date" | "end":
            made = DataValidation("custom", formula1=_date(cell, free=column.form == "end"))
        case "number":
            made = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
        case "link":
            made = DataValidation("custom", formula1=f'OR(LEFT({cell},7)="http://",LEFT({cell},8)="https://")')
        case "text":
            return None
    made.allow_blank, made.errorStyle = True, style
    made.error, made.errorTitle = said[_WRONG[column.form]], said["check"]
    made.showErrorMessage = True
    made.sqref = f"{letter}2:{letter}{_LAST_ROW}"
    return made


_WRONG = {
    "one": "wrong_one", "many": "wrong_many", "date": "wrong_date", "end": "wrong_date", "number": "wrong_number", "link": "wrong_link",
}  # fmt: skip


def _date(cell: str, *, free: bool) -> str:
    """Return the condition of a date: a day of our time, or a year, month or day as text; ``free`` lets any other text pass.

    The first of a month is doubted, because a spreadsheet makes it of '2023-11'.
    """
    day = f"AND({cell}>={_FIRST},{cell}<{_LAST},DAY({cell})>1)"
    shape = f'OR(LEN({cell})=4,AND(OR(LEN({cell})=7,LEN({cell})=10),MID({cell},5,1)="-"))'
    return f"IF(ISNUMBER({cell}),{day},{'TRUE' if free else f'AND(ISNUMBER(VALUE(LEFT({cell},4))),{shape})'})"
