"""The data-quality report that a non-programmer reads: one HTML file that opens from disk, without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from etl.tables import Problem, Review, Run, SourceFile

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, "Noto Sans", sans-serif }
body { max-width: 1100px; margin: 0 auto; padding: 24px }
h1 { font-size: 28px } h2 { font-size: 20px; margin-top: 40px }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums }
th, td { text-align: left; vertical-align: top; padding: 6px 10px }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent) }
td.n, th.n { text-align: right } .error { font-weight: 600 }
"""
_ORDER = {"error": 0, "warning": 1, "note": 2}
_SAID = {"error": "Error", "warning": "To check", "note": "Note"}


def write_report(
    path: Path,
    run: Mapping[str, Any],
    files: Sequence[Mapping[str, Any]],
    sheets: Sequence[Sequence[object]],
    problems: Sequence[Mapping[str, Any]],
    reviews: Sequence[Mapping[str, Any]],
) -> None:
    """Write the report; ``sheets`` are lines of the ledger: file, sheet, read, loaded, merged, quarantined, not data."""
    refused = [f for f in files if f[SourceFile.verdict] == "refused"]
    ordered = sorted(
        problems, key=lambda p: (_ORDER[p[Problem.severity]], p[Problem.file] or "", p[Problem.sheet] or "", p[Problem.row] or 0)
    )
    why_refused = [[f[SourceFile.name], f[SourceFile.reason], f[SourceFile.message]] for f in refused]
    asked = [[r[Review.subject], r[Review.question], "\n".join(r[Review.candidates])] for r in reviews]
    kept = f"{run[Run.loaded]} rows were loaded, {run[Run.merged]} merged into another row, {run[Run.quarantined]} refused"
    kept += f", {run[Run.not_data]} hold no data"
    parts = [
        f"<p>As of {escape(run[Run.as_of])}. Of {run[Run.rows]} rows in {run[Run.files]} files {kept}.</p>",
        _section("Files that were refused", ["File", "Why", "What to do"], why_refused),
        _section("Rows by sheet", ["File", "Sheet", "Read", "Loaded", "Merged", "Refused", "No data"], sheets, numbers=5),
        _section("Findings", ["", "Where", "Written", "What was found", "What to do"], [_finding(p) for p in ordered]),
        _section("Questions", ["About", "Question", "Possible answers"], asked),
    ]  # fmt: skip
    body = f"<h1>What was understood of the spreadsheets</h1>{''.join(parts)}"
    path.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Data quality</title><style>{_STYLE}</style><body>{body}', "utf-8"
    )


def _finding(problem: Mapping[str, Any]) -> list[object]:
    cell = f"{problem[Problem.letter] or 'row '}{problem[Problem.row]}" if problem[Problem.row] else ""
    where = ", ".join(part for part in (problem[Problem.file], problem[Problem.sheet], cell) if part)
    return [_SAID[problem[Problem.severity]], where, problem[Problem.raw] or "", problem[Problem.message], problem[Problem.advice]]


def _section(title: str, head: Sequence[str], rows: Iterable[Sequence[object]], numbers: int = 0) -> str:
    lines = [list(row) for row in rows]
    if not lines:
        return f"<h2>{title}</h2><p>None.</p>"
    first_number = len(head) - numbers
    tags = ["n" if numbers and i >= first_number else "" for i in range(len(head))]
    top = "".join(f'<th class="{tag}">{escape(text)}' for tag, text in zip(tags, head, strict=True))
    body = "".join("<tr>" + "".join(f'<td class="{tag}">{_text(cell)}' for tag, cell in zip(tags, line, strict=True)) for line in lines)
    return f"<h2>{title} ({len(lines)})</h2><table><thead><tr>{top}<tbody>{body}</table>"


def _text(cell: object) -> str:
    return escape(str(cell if cell is not None else "")).replace("\n", "<br>")
