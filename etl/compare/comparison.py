"""The whole comparison of two snapshots as one straight line: rows -> records -> causes -> indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.compare.attribution import Change, Movement, movements
from etl.compare.causes import Causes
from etl.compare.cells import Cells
from etl.compare.edited_rows import pair_edited
from etl.compare.matches import matched, names
from etl.compare.publication import Publication
from etl.compare.records import Stated, records
from etl.compare.source_rows import Headers, Line, Pairs, lines, same_cells, tokens
from etl.compare.surroundings import FileChange, PartnerChange, files, partners, problems, questions
from etl.indicators.facts import Key

_Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from ``old`` to ``new``. Findings and questions are pairs: the new ones, then those that are gone."""

    old: Publication
    new: Publication
    movements: list[Movement]
    changes: list[Change]
    cells: tuple[Cells, Cells]
    files: list[FileChange]
    partners: list[PartnerChange]
    problems: tuple[_Rows, _Rows]
    questions: tuple[_Rows, _Rows]

    @property
    def same_code(self) -> bool:
        """Tell whether both were made by the same program and the same reference data."""
        return self.old.code == self.new.code


def compare(old: Publication, new: Publication) -> Comparison:
    """Return what changed from ``old`` to ``new``, and why each indicator moved.

    Raises:
        etl.compare.publication.CannotCompare: a table cannot be read.
    """
    heads = Headers(old), Headers(new)
    before, after = lines(old, heads[0]), lines(new, heads[1])
    pairs = _paired(old, new, heads, before, after)
    was, is_ = records(old), records(new)
    found = matched(was, is_, pairs)
    called = names(was, is_, found)
    renamed = {key: record.renamed(called) for key, record in was.items()}
    changes = _changes(renamed, is_, found, called, Causes(old, new, before, after, pairs))
    facts = {(key[0], called[key]): record.fact for key, record in renamed.items()}
    moved = movements(facts, (date.fromisoformat(old.as_of), date.fromisoformat(new.as_of)), changes)
    behind = (
        Cells(old, heads[0], {row for change in changes if change.was for row in change.was.rows}),
        Cells(new, heads[1], {row for change in changes if change.is_ for row in change.is_.rows}),
    )
    told = problems(old, new, before, after, pairs)
    return Comparison(old, new, moved, changes, behind, files(old, new), partners(old, new), told, questions(old, new))


def _paired(
    old: Publication, new: Publication, heads: tuple[Headers, Headers], before: Mapping[str, Line], after: Mapping[str, Line]
) -> Pairs:
    pairs = same_cells(before, after)
    taken = set(pairs.same.values())
    left = {key for key, line in before.items() if key not in pairs.same and line.is_record}
    fresh = {key for key, line in after.items() if key not in taken and line.is_record}
    if left and fresh:
        pair_edited(pairs, before, after, tokens(old, heads[0], left), tokens(new, heads[1], fresh))
    return pairs


def _changes(
    was: Mapping[Key, Stated], is_: Mapping[Key, Stated], found: Mapping[Key, Key], called: Mapping[Key, str], causes: Causes
) -> list[Change]:
    """Return the records that differ, by kind and id."""
    changes = []
    for before, record in was.items():
        now = is_[found[before]] if before in found else None
        if now is None or _differs(record, now):
            changes.append(Change((before[0], called[before]), record, now, *causes.of(record, now)))
    stayed = set(found.values())
    changes += [Change(key, None, record, *causes.of(None, record)) for key, record in is_.items() if key not in stayed]
    return sorted(changes, key=lambda change: change.key)


def _differs(was: Stated, is_: Stated) -> bool:
    return (was.id, was.attributes, was.fact) != (is_.id, is_.attributes, is_.fact)
