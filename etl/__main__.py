"""The command line: ``python -m etl run | normalise | same | explain | diff | extract | review | template``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from etl import VERSION
from etl.commands import diff, explain, extract, normalise, refresh, review, same, template
from etl.errors import RefusedFile
from etl.words.say import LANGUAGES

PUBLISHED, PUBLISHED_WITH_REFUSALS, NOTHING_PUBLISHED, WRONG_USAGE = 0, 1, 2, 3


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {message}\n")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-11-22") from error


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = _Parser(prog="python -m etl", description="Spreadsheets of international cooperation -> one traceable snapshot.")
    top.add_argument("--version", action="version", version=VERSION)
    commands = top.add_subparsers(dest="command", required=True, parser_class=_Parser)

    run = commands.add_parser("run", help="read all files, publish a snapshot, say what was understood")
    run.add_argument("--raw", type=Path, default=Path("data/raw"), help="folder of the spreadsheets (default: %(default)s)")
    run.add_argument("--out", type=Path, default=Path("data/processed"), help="folder of the snapshots (default: %(default)s)")
    run.add_argument("--as-of", type=_day, help="date for which status and expiry hold (default: today)")
    run.add_argument("--lang", choices=LANGUAGES, help="language of the summary and of the files it names (default: sources.yaml, else en)")
    run.add_argument("--dry-run", action="store_true", help="do everything but publish")
    run.add_argument("--json", action="store_true", help="print one JSON object instead of words")

    read = commands.add_parser("normalise", help="one value a line on standard input, one JSON object a line on standard output")
    read.add_argument("kind", choices=normalise.KINDS)
    read.add_argument("--data", type=Path, default=Path("data/processed"), help="published snapshot whose partners are known")
    read.add_argument("--reference", type=Path, help="further organisations (ROR as CSV or JSON)")

    pairs = commands.add_parser("same", help="two organisation names a line, a tab between; one JSON object a line")
    pairs.add_argument("--reference", type=Path, help="further organisations (ROR as CSV or JSON)")

    told = commands.add_parser("extract", help="news as JSON lines on standard input, what each tells as JSON lines on standard output")
    told.add_argument(
        "--data", type=Path, default=Path("data/processed"), help="published snapshot whose partners and agreements are known"
    )
    told.add_argument("--reference", type=Path, help="further organisations (ROR as CSV or JSON)")

    asked = commands.add_parser("review", help="open questions as a workbook with lists of answers; keep the answers of the last one")
    asked.add_argument("--raw", type=Path, default=Path("data/raw"), help="folder whose decisions the answers join (default: %(default)s)")
    asked.add_argument("--data", type=Path, default=Path("data/processed"), help="folder of the snapshots (default: %(default)s)")
    asked.add_argument("--to", type=Path, help="the workbook (default: decisions/review.xlsx below --raw, where the next run takes it in)")
    asked.add_argument("--lang", choices=review.LANGUAGES, default="en", help="language of the questions (default: %(default)s)")
    asked.add_argument("--take", type=Path, help="only keep the answers of this workbook; write none")

    chain = commands.add_parser("explain", help="the whole chain of one record, down to the cells")
    chain.add_argument("id", help="id of an agreement, a news item, an outcome or a partner")
    chain.add_argument("--data", type=Path, default=Path("data/processed"), help="folder of the snapshots (default: %(default)s)")

    empty = commands.add_parser("template", help="an empty workbook with the right columns, notes and lists, to be filled in")
    empty.add_argument("file", type=Path, help="the workbook to write, .xlsx")
    empty.add_argument("--lang", choices=template.LANGUAGES, default="en", help="language of the workbook (default: %(default)s)")
    empty.add_argument("--kind", choices=template.KINDS, nargs="+", action="extend", help="kinds of records, a sheet each (default: all)")
    empty.add_argument("--force", action="store_true", help="write over a file that is there")

    changed = commands.add_parser("diff", help="what changed between two snapshots, and why each indicator moved")
    changed.add_argument("old", nargs="?", help="id or folder of a snapshot (default: the last one made beside NEW)")
    changed.add_argument("new", nargs="?", help="id or folder of a snapshot (default: the current one)")
    changed.add_argument("--out", type=Path, default=Path("data/processed"), help="folder of the snapshots (default: %(default)s)")
    changed.add_argument("--json", action="store_true", help="print one JSON object with everything instead of words")
    changed.add_argument("--lang", choices=diff.LANGUAGES, default="en", help="language of the words (default: %(default)s)")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = parser().parse_args(arguments)
    try:
        return _command(given)
    except RefusedFile as error:  # a list of organisations named with --reference
        sys.stderr.write(f"{error}\n")
        return WRONG_USAGE


def _command(given: argparse.Namespace) -> int:
    if given.command == "run":
        return refresh.main(given.raw, given.out, given.as_of, dry=given.dry_run, as_json=given.json, language=given.lang)
    if given.command == "normalise":
        return normalise.main(given.kind, sys.stdin, sys.stdout, data=given.data, reference=given.reference)
    if given.command == "same":
        return same.main(sys.stdin, sys.stdout, reference=given.reference)
    if given.command == "extract":
        return extract.main(sys.stdin.buffer, sys.stdout, data=given.data, reference=given.reference)
    if given.command == "review":
        return review.main(given.data, given.raw, given.to, given.lang, given.take)
    if given.command == "template":
        return template.main(given.file, given.lang, given.kind or template.KINDS, force=given.force)
    if given.command == "diff":
        return diff.main(given.old, given.new, given.out, given.lang, as_json_=given.json)
    return explain.main(given.id, given.data)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader of the pipe has gone, as `head` does
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped; what is published is whole.\n")
        sys.exit(NOTHING_PUBLISHED)
