"""A comparison as text that a person reads: a table of indicators with their parts, then records, files, partners and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from etl.compare.attribution import Change, Movement
from etl.compare.causes import PARTS
from etl.compare.cells import WrittenCell
from etl.compare.comparison import Comparison
from etl.compare.surroundings import FileChange
from etl.compare.words import Words, number, plain
from etl.indicators.definitions import INDICATORS, WHOLE
from etl.tables import Problem, Review

#: Lines of a list, and codes of an indicator; the rest is in --json.
MOST, MOST_CODES, _MOST_SAME = 200, 12, 6
_BY = {each.id: each.by for each in INDICATORS}
_Row = Sequence[str]


def heading(found: Comparison, words: Words) -> list[str]:
    """Return what is compared, and whether the program is the same."""
    old, new = found.old, found.new
    return [
        words.say("from_to", old=old.id, old_date=old.as_of, new=new.id, new_date=new.as_of),
        words.say("same_code" if found.same_code else "other_code"),
    ]


def table_head(words: Words) -> _Row:
    """Return the heads of the columns of :func:`table_rows`."""
    return [words.say(key) for key in ("indicator", "old", "new", "change", *(f"part_{part}" for part in PARTS))]


def table_rows(found: Comparison, words: Words) -> Iterator[_Row]:
    """Yield one row per number that moved, under the name of its indicator where it has several."""
    moved = [each for each in found.movements if each.moved]
    for indicator, group in groupby(moved, key=lambda each: each.indicator):
        lines = sorted(group, key=lambda each: (-max(map(abs, each.parts.values())), each.code))
        if not _BY[indicator]:
            yield from (_numbers(words.say(f"i_{indicator}"), each) for each in lines if each.code == WHOLE)
            continue
        yield [words.say(f"i_{indicator}"), *[""] * (3 + len(PARTS))]
        yield from (_numbers("  " + words.code(_BY[indicator], each.code), each) for each in lines[:MOST_CODES])
        if len(lines) > MOST_CODES:
            yield ["  " + words.say("more", n=len(lines) - MOST_CODES), *[""] * (3 + len(PARTS))]


def _numbers(name: str, each: Movement) -> _Row:
    whole = [number(each.old), number(each.new), number(each.change, signed=True)]
    return [name, *whole, *(number(each.parts[part], signed=True) for part in PARTS)]


def sections(found: Comparison, words: Words) -> Iterator[str]:
    """Yield the lines below the table of indicators, an empty one before each section."""
    for head, lines in _sections(found, words):
        yield ""
        yield head
        yield from _first(lines, words)


def _sections(found: Comparison, words: Words) -> Iterator[tuple[str, list[str]]]:
    if found.changes:
        counted = {what: sum(each.what == what for each in found.changes) for what in ("new", "removed", "changed")}
        yield words.say("records", **counted), ["\n".join(_record(found, each, words)) for each in found.changes]
    yield words.say("files" if found.files else "no_files"), [_file(each, words) for each in found.files]
    if found.partners:
        counted = {what: sum(each.what == what for each in found.partners) for what in ("new", "removed", "changed")}
        yield (
            words.say("partners", **counted),
            [f"  {plain(each.name)} [{each.id}]: {words.say(f'what_{each.what}')}" for each in found.partners],
        )
    for key, (new, gone) in (("problems", found.problems), ("questions", found.questions)):
        if new or gone:
            say = _problem if key == "problems" else _question
            lines = [f"  {sign} {say(row)}" for sign, rows in (("+", new), ("-", gone)) for row in rows]
            yield words.say(key, new=len(new), gone=len(gone)), lines


def _first(lines: Sequence[str], words: Words) -> Iterable[str]:
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield "  " + words.say("more", n=len(lines) - MOST)


def _record(found: Comparison, change: Change, words: Words) -> Iterator[str]:
    kind, key = change.key
    record, at = (change.is_, 1) if change.is_ else (change.was, 0)
    assert record is not None
    was_called = "" if change.was is None or change.was.id == record.id else ", " + words.say("was_called", id=change.was.id)
    cause = f"{words.say(f'cause_{change.part}')}: {words.say(f'why_{change.why}')}"
    yield f"  {words.say(kind)} {key}, {words.say(f'what_{change.what}')}{was_called} ({cause}): {plain(record.attributes['title'])}"
    yield f"    {found.cells[at].first(record)}"
    if change.what != "changed":
        return
    for name, (before, after) in change.attributes().items():
        yield f"    {words.attribute(name)}: {' -> '.join(words.both(name, before, after))}"
    yield from (f"      {sign} {_cell(cell, words)}" for sign, cell in _cells(found, change))


def _cells(found: Comparison, change: Change) -> list[tuple[str, WrittenCell]]:
    """Return the cells behind what changed, with a sign: ``-`` only before, ``+`` only now, ``=`` where all are the same."""
    sides = zip(found.cells, (change.was, change.is_), strict=True)
    old, new = (dict.fromkeys(cell for name in change.attributes() for cell in each.behind(side, name)) for each, side in sides)
    said = [{(cell.header, cell.text, cell.counts_as) for cell in cells} for cells in (old, new)]
    changed = [("-", cell) for cell in old if (cell.header, cell.text, cell.counts_as) not in said[1]]
    changed += [("+", cell) for cell in new if (cell.header, cell.text, cell.counts_as) not in said[0]]
    return changed or [("=", cell) for cell in new][:_MOST_SAME]


def _cell(cell: WrittenCell, words: Words) -> str:
    place = ", ".join(filter(None, (cell.file, cell.sheet, cell.cell)))
    said = f"{place} [{plain(cell.header)}] “{plain(cell.text)}”"
    if cell.counts_as is None:
        return said
    return f"{said} " + words.say("corrected_to", text=f"“{plain(cell.counts_as)}”", by=plain(cell.decision or ""))


def _file(each: FileChange, words: Words) -> str:
    what = words.say(f"file_{each.what}", before=each.before)
    return f"  {each.name}: {what} ({words.say(f'verdict_{each.verdict}')})"


def _problem(row: dict[str, object]) -> str:
    place = ", ".join(str(row[name]) for name in (Problem.file, Problem.sheet, Problem.row, Problem.letter) if row[name])
    return f"{row[Problem.severity]} {row[Problem.code]}, {place}: {plain(str(row[Problem.message]))}"


def _question(row: dict[str, object]) -> str:
    return f"{row[Review.kind]}: {plain(str(row[Review.subject]))}: {plain(str(row[Review.question]))}"
