"""The bytes of one file -> its sheets. All that touches bytes nobody vouches for is here, and runs in a process of its own."""

from __future__ import annotations

from typing import Literal, NamedTuple

from etl.errors import RefusedFile
from etl.read import container, headers, legacy, textfile, workbook
from etl.read.grid import Grid

Form = Literal["text", "xlsx", "xls", "xlsb", "ods"]


class Parsed(NamedTuple):
    """The sheets of a file, and how a text file was decoded."""

    grids: list[Grid]
    encoding: str | None = None


def parse(data: bytes, form: Form, encoding: str | None) -> Parsed:
    """Return the sheets in ``data``; ``encoding`` is what the analyst says of a text file.

    Raises:
        RefusedFile: it is protected, unsafe, damaged or too large.
    """
    try:
        if form == "text":
            grid, how = textfile.grid(data, encoding, headers.is_alias)
            return Parsed([grid], how)
        return Parsed(workbook.grids(data) if form == "xlsx" else legacy.grids(data, form))
    except container.DAMAGE as error:
        message = f"The file is damaged ({type(error).__name__}: {str(error)[:200]}). Restore it, or open and save it anew."
        raise RefusedFile("unreadable", message) from error
