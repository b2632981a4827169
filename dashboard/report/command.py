"""``python -m dashboard report``, and what it has in common with ``python -m dashboard brief``."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from dashboard.indicators.series import last_whole_year
from dashboard.locale import LANGUAGES, mark, speaker
from dashboard.query import prepared
from dashboard.report import brief, content, house, making, outline
from dashboard.report.content import Order
from dashboard.report.making import Visit
from dashboard.report.outline import FORMATS
from dashboard.snapshot import Snapshot
from dashboard.store import Store

WROTE, NOT_WROTE = mark("Written: {file} ({size} kB)"), mark("Not written: {file}. {reason}")
ODD_SUFFIX = mark("{file}: a file ends in {known}")
NOT_PLACED = mark("{file} cannot be written: {reason}")
DONE, SOME, NOTHING, USAGE = 0, 1, 2, 3
"""Exit codes: all written; some not; nothing; wrong usage."""
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_.@:].*)?")
_OF_MACHINES = frozenset({"c", "posix", ""})
Refused = (content.NoSuchYear, brief.NoSuchGuest, outline.OutlineError, house.HouseError)
Write = Callable[[str], None]


def language_of(text: str) -> str:
    """Return the language of ``ru``, ``ru_RU.UTF-8``, ``zh-CN`` or ``en_US:en``; locales of other languages and of machines are English.

    >>> [language_of(each) for each in ("ru", "zh_CN.UTF-8", "C.UTF-8", "de_DE.UTF-8", "")]
    ['ru', 'zh', 'en', 'en', 'en']
    >>> language_of("fr")
    Traceback (most recent call last):
    argparse.ArgumentTypeError: fr: known are en, ru, zh
    """
    first = text.strip().partition(":")[0]
    found = _LOCALE.fullmatch(first)
    if first.partition(".")[0].lower() in _OF_MACHINES:
        return "en"
    if found and found[1].lower() in LANGUAGES:
        return found[1].lower()
    if found and found[0] != found[1]:
        return "en"
    raise argparse.ArgumentTypeError(f"{text}: known are {', '.join(LANGUAGES)}")


def report(arguments: Sequence[str], out: Write, err: Write) -> int:
    """Write the annual report; return the exit code."""
    parser = parser_of("report", "Write the annual report from the published data.", FORMATS)
    parser.add_argument("--year", type=int, help="the year of the report (the last one that is over)")
    parser.add_argument("--outline", type=Path, default=outline.HOUSE, help="sections, figures and tables as YAML")
    parser.add_argument("--sections", default="", help="only these sections, by name, with commas between")
    options = parser.parse_args(arguments)

    def order(snapshot: Snapshot) -> Order:
        wanted = [name for name in options.sections.split(",") if name]
        return Order(options.year or last_whole_year(snapshot.as_of), options.lang, outline.only(outline.read(options.outline), wanted))

    return run(options, order, FORMATS, out, err)


def parser_of(name: str, description: str, formats: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser of the arguments that both commands have."""
    parser = argparse.ArgumentParser(prog=f"python -m dashboard {name}", description=description, exit_on_error=True)
    parser.add_argument(
        "--to", type=Path, action="append", required=True, metavar="FILE", help=f"FILE.({'|'.join(formats)}); several times for several"
    )
    parser.add_argument("--lang", type=language_of, default="en", help="en, ru, zh, or a locale such as ru_RU.UTF-8 (%(default)s)")
    parser.add_argument("--data", type=Path, default=Path("data/processed"), help="folder with the published snapshots (%(default)s)")
    parser.add_argument("--house", type=Path, default=house.FOLDER, help="folder with the house style (%(default)s)")
    parser.add_argument("--speak", type=language_of, help="language of what is said on the terminal (that of the document)")
    parser.add_argument("--json", action="store_true", help="tell the progress as one JSON object a line")
    return parser


def run(options: argparse.Namespace, order: Callable[[Snapshot], Order | Visit], formats: Sequence[str], out: Write, err: Write) -> int:
    """Write the files of the order that is made of a snapshot; return the exit code."""
    say = speaker(options.speak or options.lang)
    for path in options.to:
        if path.suffix.lower().lstrip(".") not in formats:
            err(say(ODD_SUFFIX, file=path.name, known=", ".join(f".{each}" for each in formats)))
            return USAGE
    store = Store(options.data, prepared.prepare)
    snapshot = store.snapshot()
    if snapshot is None:
        err(say(store.trouble.reason, **store.trouble.values) if store.trouble else "")
        return NOTHING
    try:
        found = making.made(snapshot, order(snapshot), house.read(options.house), options.to, say, _telling(options.json, out, err))
    except Refused as error:
        err(error.said(say))
        return NOTHING
    except OSError as error:
        err(say(NOT_PLACED, file=str(error.filename or ""), reason=error.strerror or str(error)))
        return NOTHING
    for each in found:
        told = (
            say(NOT_WROTE, file=each.path, reason=each.trouble) if each.trouble else say(WROTE, file=each.path, size=-(-each.size // 1000))
        )
        (err if each.trouble else out)(told)
    written = sum(not each.trouble for each in found)
    return DONE if written == len(found) else SOME if written else NOTHING


def _telling(as_json: bool, out: Write, err: Write) -> making.Tell:
    """Return how progress is told: for a person on one line of the terminal, for a program one object a line."""

    def program(done: int, of: int, part: str) -> None:
        out(json.dumps({"done": done, "of": of, "part": part}, ensure_ascii=False))

    def person(done: int, of: int, part: str) -> None:
        if part:
            err(f"{done}/{of}  {part}")

    return program if as_json else person


def main(arguments: Sequence[str]) -> int:
    """Write the annual report as the command line says."""
    return report(arguments, to_stdout, to_stderr)


def to_stdout(text: str) -> None:
    """Say a line that the command was called for."""
    _say_to(sys.stdout, text)


def to_stderr(text: str) -> None:
    """Say a line about how it goes."""
    _say_to(sys.stderr, text)


def _say_to(stream: TextIO, text: str) -> None:
    stream.write(f"{text}\n")
    stream.flush()
