"""``python -m etl diff [OLD] [NEW]``: what changed between two snapshots, and why each indicator moved."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from etl.compare.as_json import as_json
from etl.compare.comparison import Comparison, compare
from etl.compare.publication import CannotCompare, UnknownSnapshot, two
from etl.compare.told import heading, sections, table_head, table_rows
from etl.compare.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "main"]

TOLD, NOTHING_TO_COMPARE, WRONG_USAGE = 0, 2, 3
_WIDTH = 160  # characters, where the output is no terminal


def main(old: str | None, new: str | None, out: Path, language: str, *, as_json_: bool = False) -> int:
    """Print how the snapshot ``new`` differs from ``old``; both are ids or folders, else the current one and the one before it.

    Returns:
        0 told; 2 there are no two sound snapshots; 3 nothing is published under a name that was given.
    """
    try:
        before, after, told = two(out, old, new)
        sys.stderr.writelines(f"{line}\n" for line in told)
        found = compare(before, after)
    except UnknownSnapshot as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_USAGE
    except CannotCompare as error:
        sys.stderr.write(f"{error}\n")
        return NOTHING_TO_COMPARE
    if as_json_:
        sys.stdout.write(orjson.dumps(as_json(found)).decode() + "\n")
    else:
        _say(found, Words.of(language, before, after))
    return TOLD


def _say(found: Comparison, words: Words) -> None:
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _WIDTH)
    for line in heading(found, words):
        console.print(Text(line))
    console.print()
    if any(each.moved for each in found.movements):
        _table(found, words, console)
    elif not (found.changes or found.files or found.partners or any(found.problems) or any(found.questions)):
        console.print(Text(words.say("nothing")))
        return
    else:
        console.print(Text(words.say("no_indicator")))
    for line in sections(found, words):
        console.print(Text(line))


def _table(found: Comparison, words: Words, console: Console) -> None:
    moved = sum(each.moved for each in found.movements)
    console.print(Text(words.say("indicators", moved=moved, all=len(found.movements)), style="bold"))
    grid = Grid(box=None, pad_edge=False)
    for at, head in enumerate(table_head(words)):
        grid.add_column(Text(head), justify="right" if at else "left", no_wrap=True)
    for row in table_rows(found, words):
        grid.add_row(*(Text(cell) for cell in row), style="" if row[1] or row[0].startswith(" ") else "bold")
    console.print(grid)
    console.print(Text(words.say("exact")))
