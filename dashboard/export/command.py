"""``python -m dashboard export FIGURE... --to FILE``: figures as files, under the same filters as in the address of a page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import parse_qsl

from dashboard.export.chart import FOR_SEVERAL, SUFFIXES, file_of
from dashboard.export.pictures import PRINT, SCREEN, MissingGlyphs, NoBrowser, NoPicture, Pictures
from dashboard.export.verify import NO_DATA
from dashboard.export.view import View, view
from dashboard.figures import Figure
from dashboard.figures.registry import FIGURES
from dashboard.filters import LISTS, Selection
from dashboard.locale import LANGUAGES, Say, mark, speaker
from dashboard.query import prepared
from dashboard.store import Store

ALL = "all"
PLACE = "{figure}"
"""Stands in the name of a file for the id of the figure."""
NO_SUCH = mark("There is no figure {name}. Did you mean {near}?")
NO_SUCH_ALL = mark("There is no figure {name}. These are there: {names}")
NO_SUFFIX = mark("The name of the file must end in one of {suffixes}.")
SEVERAL = mark("A file .{suffix} holds one figure: put {place} into its name, or choose one of {suffixes}.")
IGNORED = mark("Not understood in the filters and left out: {parts}.")
NOT_WRITTEN = mark("{path} cannot be written: {reason}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files; return 0, 1 when something could not be drawn or written, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    say = speaker(options.lang)
    if wrong := next(filter(None, (_wrong(options.figures, _suffix(to), to, say) for to in options.to)), ""):
        print(wrong, file=sys.stderr)
        return 2
    store = Store(options.data, prepared.prepare)
    snapshot = store.snapshot()
    if snapshot is None:
        print(say(NO_DATA), file=sys.stderr)
        return 2
    selection = Selection.from_query(options.filters)
    if ignored := [*selection.ignored, *_unknown(options.filters)]:
        print(say(IGNORED, parts=", ".join(ignored)), file=sys.stderr)
    figures = _figures(options.figures)
    with snapshot.cursor() as cursor:
        views = [view(figure, selection, say, snapshot, cursor) for figure in figures]
    with Pictures() as pictures:
        return max(_write(views, to, _suffix(to), pictures, SCREEN if options.screen else PRINT, say) for to in options.to)


def _suffix(to: str) -> str:
    return Path(to).suffix.lower().removeprefix(".")


def _write(views: Sequence[View], to: str, suffix: str, pictures: Pictures, dpi: int, say: Say) -> int:
    progress = _Progress(len(views))
    files = [[each] for each in views] if PLACE in to else [list(views)]
    for held in files:
        path = Path(to.replace(PLACE, held[0].figure.id))
        try:
            content = file_of(held, suffix, pictures, dpi=dpi, step=progress)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except (NoBrowser, MissingGlyphs, NoPicture) as error:
            progress.end()
            print(error.said(say), file=sys.stderr)
            return 1
        except OSError as error:
            progress.end()
            print(say(NOT_WRITTEN, path=path, reason=error.strerror or error), file=sys.stderr)
            return 1
        progress.end()
        print(f"{path}: {', '.join(each.figure.id for each in held)}")
    return 0


class _Progress:
    """One line that counts the figures, where somebody looks and there is something to wait for."""

    def __init__(self, whole: int) -> None:
        self._whole, self._done = whole, 0
        self._is_seen = whole > 1 and sys.stderr.isatty()

    def __call__(self, view: View) -> None:
        self._done += 1
        if self._is_seen:
            print(f"\r\033[K{self._done} / {self._whole}  {view.figure.id}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._is_seen:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _unknown(filters: str) -> list[str]:
    """Return the parts that no selection has: a page may have parts of its own, a command has not."""
    known = {*LISTS, "since", "until", "counting"}
    return [f"{name}={text}"[:80] for name, text in parse_qsl(filters.removeprefix("?"), keep_blank_values=True) if name not in known]


def _figures(names: Sequence[str]) -> list[Figure]:
    """Return the figures in the order in which they are named, each once."""
    by_id = {figure.id: figure for figure in FIGURES}
    return list(FIGURES) if ALL in names else [by_id[name] for name in dict.fromkeys(names)]


def _wrong(names: Sequence[str], suffix: str, to: str, say: Say) -> str:
    """Return what is wrong with the call, or nothing."""
    known = [figure.id for figure in FIGURES]
    for name in names:
        if name not in (*known, ALL):
            near = get_close_matches(name, known, 3, 0.5)
            return say(NO_SUCH, name=name, near=", ".join(near)) if near else say(NO_SUCH_ALL, name=name, names=", ".join(known))
    if suffix not in SUFFIXES:
        return say(NO_SUFFIX, suffixes=", ".join(SUFFIXES))
    if (len(set(names)) > 1 or ALL in names) and suffix not in FOR_SEVERAL and PLACE not in to:
        return say(SEVERAL, suffix=suffix, place=PLACE, suffixes=", ".join(FOR_SEVERAL))
    return ""


def _parser() -> argparse.ArgumentParser:
    about = "Write figures as files: pictures, slides, workbooks, data. Each carries its passport (see verify)."
    parser = argparse.ArgumentParser(prog="python -m dashboard export", description=about)
    parser.add_argument("figures", nargs="+", metavar="FIGURE", help=f"id of a figure, several of them, or {ALL}")
    to = f"name of the file; it ends in .{', .'.join(SUFFIXES)}. {PLACE} in it stands for the id: one file for each figure"
    parser.add_argument("--to", required=True, action="append", metavar="FILE", help=f"{to}; may be given more than once")
    parser.add_argument("--filters", default="", metavar="QUERY", help="as in the address of a page: country=CHN&since=2015")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the texts (%(default)s)")
    parser.add_argument("--screen", action="store_true", help=f"PNG of {SCREEN} dots an inch for a screen, instead of {PRINT} for print")
    parser.add_argument("--data", type=Path, default=Path("data/processed"), help="folder with the published snapshots (%(default)s)")
    return parser
