"""``python -m dashboard verify FILE...``: whether the figures in files still say what the published data say.

Exit codes: 0 every figure is current; 1 one is stale: its data have changed since; 2 one is altered, or a file has no passport.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from dashboard.export.passport import Passport, data_hash
from dashboard.export.seal import Found, NoPassport, read
from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.filters import Selection
from dashboard.locale import LANGUAGES, Say, mark, speaker
from dashboard.query import prepared
from dashboard.snapshot import Refused, Snapshot, load
from dashboard.store import Store

State = Literal["current", "stale", "altered"]
ORDER: tuple[State, ...] = ("current", "stale", "altered")
"""A state's place is its exit code."""
STATES: dict[State, str] = {"current": mark("current"), "stale": mark("stale"), "altered": mark("altered")}
SAME = mark("the present data give the same numbers (snapshot {id})")
ALTERED = mark("it is not what its passport was written for: a number, a word or the picture was changed or cropped, or the passport was")
AGAIN = mark("{reason}; as it is now: {address}")
CHANGED = mark("its data have changed since snapshot {then}: {what}")
ROWS = mark("{then} rows then, {now} now")
NO_SUCH = mark("this program has no such figure any more")
NO_PASSPORT = mark("no passport that can be read: it never had one, or the program that saved it took it away; export the figure again")
NO_FILE = mark("cannot be read: {reason}")
NO_DATA = mark("There is no published data: run `make etl` first.")
_MOST = 5


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found out of one figure of a file."""

    passport: Passport
    state: State
    reason: str


def checked(found: Found, snapshot: Snapshot, folder: Path, say: Say) -> Checked:
    """Return the state of one figure against ``snapshot``; ``folder`` has the snapshots that are still kept."""
    passport = found.passport
    if not found.is_whole:
        return Checked(passport, "altered", say(AGAIN, reason=say(ALTERED), address=passport.address))
    figure = next((each for each in FIGURES if each.id == passport.figure), None)
    if figure is None:
        return Checked(passport, "stale", say(NO_SUCH))
    selection = Selection.from_query(passport.filters)
    now = _asked(figure, selection, snapshot)
    if data_hash(now) == passport.data_sha256:
        return Checked(passport, "current", say(SAME, id=snapshot.id))
    what = say(ROWS, then=passport.rows, now=len(now))
    if told := _changes(figure, selection, passport, now, folder, say):
        what = "; ".join(told)
    return Checked(passport, "stale", say(AGAIN, reason=say(CHANGED, then=passport.snapshot, what=what), address=passport.address))


def _asked(figure: Figure, selection: Selection, snapshot: Snapshot) -> pd.DataFrame:
    with snapshot.cursor() as cursor:
        return (figure.whole or figure.ask)(cursor, selection)


def _changes(figure: Figure, selection: Selection, passport: Passport, now: pd.DataFrame, folder: Path, say: Say) -> list[str]:
    """Return the rows of the figure's table that differ, as long as the snapshot of the passport is kept."""
    try:
        then = _asked(figure, selection, load(folder / "snapshots" / passport.snapshot, prepared.prepare))
    except Refused:
        return []
    before, after = (list(map(tuple, figure.table(frame, say).astype(object).itertuples(index=False))) for frame in (then, now))
    lines = [f"- {_row(row)}" for row in before if row not in after] + [f"+ {_row(row)}" for row in after if row not in before]
    return lines[:_MOST] + (["…"] if len(lines) > _MOST else [])


def _row(cells: tuple[Any, ...]) -> str:
    return ", ".join("" if cell != cell or cell is None else str(cell) for cell in cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Say of every figure in the files whether it is current, stale or altered."""
    options = _parser().parse_args(arguments)
    say = speaker(options.lang)
    snapshot = Store(options.data, prepared.prepare).snapshot()
    if snapshot is None:
        print(say(NO_DATA), file=sys.stderr)
        return 2
    worst = 0
    for path in options.files:
        for line, state, told in _of_file(path, snapshot, options.data, say):
            worst = max(worst, ORDER.index(state))
            print(json.dumps({"file": str(path), **told}, ensure_ascii=False) if options.json else f"{path}: {line}")
    return worst


def _of_file(path: Path, snapshot: Snapshot, folder: Path, say: Say) -> Iterator[tuple[str, State, dict[str, Any]]]:
    try:
        found = read(path.read_bytes(), path.suffix.lower().removeprefix("."))
    except (OSError, NoPassport) as error:
        reason = say(NO_FILE, reason=error.strerror or error) if isinstance(error, OSError) else say(NO_PASSPORT)
        yield reason, "altered", {"state": "unknown", "reason": reason}
        return
    for each in found:
        made = checked(each, snapshot, folder, say)
        filters = f" [{made.passport.filters}]" if made.passport.filters else ""
        line = f"{say(STATES[made.state])}: {made.passport.figure}{filters}: {made.reason}"
        yield line, made.state, {"state": made.state, "reason": made.reason, "passport": made.passport.as_dict()}


def _parser() -> argparse.ArgumentParser:
    about = "Say whether the figures in files are current, stale or altered (exit code 0, 1 or 2)."
    parser = argparse.ArgumentParser(prog="python -m dashboard verify", description=about)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="png, svg, pdf, pptx, xlsx, docx, html, csv or json")
    parser.add_argument("--data", type=Path, default=Path("data/processed"), help="folder with the published snapshots (%(default)s)")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the answer (%(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser
