"""``python -m etl run``: a bar per stage on a terminal, a summary that a person can read, or one JSON line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from duckdb import IOException
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid
from rich.text import Text

from etl.errors import EtlError
from etl.pipeline.run import Refresh, run
from etl.publish.outputs import ANNOTATED, QUARANTINE, REPORT, called
from etl.tables import Run, SourceFile
from etl.words import outputs as words
from etl.words.messages import detail_said
from etl.words.say import Say, speaker

_TITLES = {
    "read": "Reading",
    "normalise": "Understanding",
    "link": "Linking",
    "works": "Publications",
    "check": "Checking",
    "publish": "Publishing",
}


class Bars:
    """One bar for each stage, on standard error, only on a terminal."""

    def __init__(self, console: Console) -> None:
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[what]}"),
            TimeElapsedColumn(),
            console=console,
        )
        self._task: Any = None

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
        self._bars.stop()

    def stage(self, name: str, steps: int) -> None:
        """Close the bar of the stage before and open one of ``steps`` steps."""
        self._close()
        self._task = self._bars.add_task(f"{_TITLES[name]:<14}", total=steps or None, what="")

    def step(self, what: str) -> None:
        """Advance the bar and show what was done."""
        self._bars.update(self._task, advance=1, what=what[-40:])

    def _close(self) -> None:
        if self._task is not None:
            total = self._bars.tasks[-1].total or self._bars.tasks[-1].completed or 1
            self._bars.update(self._task, total=total, completed=total)


def main(raw: Path, out: Path, as_of: str | None, *, dry: bool, as_json: bool, language: str | None = None) -> int:
    """Run the refresh and tell what it did in ``language``, else in that of sources.yaml; what is published does not depend on it.

    Returns:
        0 published and nothing refused; 1 published with refusals; 2 nothing published.
    """
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    day = as_of or datetime.now(UTC).date().isoformat()  # noqa: TID251 - the default of --as-of is today
    try:
        if errors.is_terminal and not as_json:
            with Bars(errors) as bars:
                done = run(raw, out, day, dry=dry, progress=bars)
        else:
            done = run(raw, out, day, dry=dry)
    except EtlError as error:
        _say_failure(str(error), errors, as_json)
        return 2
    except (OSError, IOException) as error:  # of the intermediate files: no space, or the disk has failed
        _say_failure(f"{error}; the published snapshot is untouched", errors, as_json)
        return 2
    if as_json:
        sys.stdout.write(_json(done) + "\n")
    else:
        console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 140)
        _say(done, console, speaker(language or done.language), dry)
    return 1 if done.has_refusals else 0


def _say_failure(reason: str, errors: Console, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(orjson.dumps({"published": False, "reason": reason}).decode() + "\n")
    errors.print(Text(f"Nothing was published: {reason}"))


def _json(done: Refresh) -> str:
    body = {
        "published": done.folder is not None,
        "run_id": done.run_id,
        "as_of": done.as_of,
        "folder": str(done.folder) if done.folder else None,
        "run": dict(done.run),
        "sheets": [asdict(sheet) for sheet in done.sheets],
        "files": [{k: f[k] for k in (SourceFile.name, SourceFile.verdict, SourceFile.reason, SourceFile.message)} for f in done.files],
        "records": dict(done.records),
        "findings": dict(done.findings),
        "questions": done.questions,
        "outputs": _outputs(done, done.language),
    }
    return orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS).decode()


def _say(done: Refresh, console: Console, say: Say, dry: bool) -> None:
    console.print(_ledger(done, say))
    for file in done.files:
        if file[SourceFile.verdict] == "refused":
            why = detail_said(say.language, file[SourceFile.message]) or file[SourceFile.message]
            console.print(Text(say(words.REFUSED_FILE, file=file[SourceFile.name], why=why), style="bold red"))
    for line in _lines(done, say):
        console.print(Text(line))
    if dry:
        console.print(Text(say(words.DRY)))
    elif done.folder:
        console.print(Text(say(words.PUBLISHED, id=done.run_id)))
        for name, path in _outputs(done, say.language).items():
            console.print(Text(f"  {say(words.SUMMARY[name], path=path)}"))


def _outputs(done: Refresh, language: str) -> dict[str, str]:
    """Return where the outputs for the analyst stand in ``language``; nothing after a rehearsal."""
    names = {"report": REPORT, "quarantine": QUARANTINE, "annotated": ANNOTATED}
    paths = {key: done.folder / called(name, language, done.language) for key, name in names.items()} if done.folder else {}
    return {key: str(path) for key, path in paths.items() if path.exists()}


def _ledger(done: Refresh, say: Say) -> Grid:
    grid = Grid(title=say(words.AS_OF_TITLE, date=done.as_of), title_justify="left", box=None, pad_edge=False)
    for text in (words.FILE, words.SHEET):
        grid.add_column(say(text), no_wrap=True)
    for text in (words.ROWS, words.LOADED, words.MERGED, words.QUARANTINED, words.NOT_DATA):
        grid.add_column(say(text), justify="right")
    for s in done.sheets:
        grid.add_row(s.file, s.name or "-", *(str(n) for n in (s.read, s.loaded, s.merged, s.quarantined, s.not_data)))
    totals = (Run.rows, Run.loaded, Run.merged, Run.quarantined, Run.not_data)
    grid.add_row(say(words.ALL), "", *(str(done.run[name]) for name in totals), style="bold")
    return grid


def _lines(done: Refresh, say: Say) -> Iterable[str]:
    yield say(words.RECORDS, **done.records)
    found = [say(text, n=done.findings[kind]) for kind, text in words.FOUND_PARTS.items() if done.findings.get(kind)]
    yield say(words.FOUND_LINE, found=say.listed(found) or say(words.FOUND_NONE), questions=done.questions)
