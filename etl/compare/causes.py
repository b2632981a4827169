"""Why a record is not what it was: which part of every change it belongs to, and what that was concluded from.

The nearest cause wins. What a person changed in the cells of a record is certain and can be checked, so it stands before the rest,
also where the program changed as well; a decision about the record is nearer to it than a rule for all; a rule that changed can explain
anything that is left, and what happened around a record is looked at only when the program is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from etl.compare.publication import Publication
from etl.compare.records import Stated
from etl.compare.source_rows import Line, Pairs
from etl.tables import Problem, Reading, SourceFile
from etl.text import clean

Part = Literal["as_of", "removed", "rule", "corrected", "new"]
#: In the order in which the parts are taken out of a change: the convention that makes them add up.
PARTS: tuple[Part, ...] = get_args(Part)
#: What a part was concluded from.
Why = Literal["cells", "rows", "as_of", "decision", "rule", "around"]
#: The finding of the one check that asks for the as-of date.
_FUTURE = "future_signed"
_PIECES = re.compile(r"[;,\n/]")
#: Kind, raw text and context of a reading -> its value, and by whom it was decided.
_Decided = dict[tuple[str, str, str], tuple[str | None, str]]


@dataclass(frozen=True)
class Causes:
    """Two snapshots as far as they tell why records differ: their rows (``before``, ``after``) and how these are paired."""

    old: Publication
    new: Publication
    before: Mapping[str, Line]
    after: Mapping[str, Line]
    pairs: Pairs

    def of(self, was: Stated | None, is_: Stated | None) -> tuple[Part, Why]:
        """Return the part that the difference of a record belongs to, and why; one of the two is absent when it came or went."""
        own_old, own_new = was.rows if was else (), is_.rows if is_ else ()
        gone = any(self.pairs.of(row) is None for row in own_old)
        fresh = any(row not in self._became for row in own_new)
        if (gone and fresh) or any(row in self.pairs.changed for row in own_old) or any(row in self._edited for row in own_new):
            return "corrected", "cells"
        if fresh or gone:
            return ("new" if fresh else "removed"), "rows"
        if self._in_future(self.old, own_old, own_new) != self._in_future(self.new, own_old, own_new):
            return "as_of", "as_of"
        if self._is_decided(was, is_):
            return "corrected", "decision"
        if self.old.code != self.new.code or not self._around:
            return "rule", "rule"
        return (next(iter(self._around)) if len(self._around) == 1 else "corrected"), "around"

    @cached_property
    def _became(self) -> frozenset[str]:
        return frozenset(self.pairs.same.values()) | self._edited

    @cached_property
    def _edited(self) -> frozenset[str]:
        return frozenset(self.pairs.changed.values())

    @cached_property
    def _back(self) -> dict[str, str]:
        return {after: before for pairs in (self.pairs.same, self.pairs.changed) for before, after in pairs.items()}

    @cached_property
    def _around(self) -> frozenset[Part]:
        """Return every part of which something happened in the inputs: what a record whose cells are the same can be a consequence of."""
        found: set[Part] = set()
        if self.old.as_of != self.new.as_of:
            found.add("as_of")
        if any(line.speaks and self.pairs.of(key) is None for key, line in self.before.items()):
            found.add("removed")
        if any(line.speaks and key not in self._became for key, line in self.after.items()):
            found.add("new")
        if any(self.before[key].speaks for key in self.pairs.changed) or self._said(self.old) != self._said(self.new):
            found.add("corrected")
        return frozenset(found)

    def _said(self, snapshot: Publication) -> frozenset[tuple[str, str]]:
        """Return name and hash of the inputs that are no spreadsheets of records: decisions, settings, lists."""
        rows = snapshot.rows("source_file", SourceFile.name, SourceFile.sha256)
        return frozenset(
            (row[SourceFile.name], row[SourceFile.sha256] or "") for row in rows if row[SourceFile.name] not in self._with_rows
        )

    @cached_property
    def _with_rows(self) -> frozenset[str]:
        """Return the files that have rows in one of the snapshots: a table that was empty before is one of records all the same."""
        found = (each.batches("source_row", SourceFile.name) for each in (self.old, self.new))
        return frozenset(line["file_name"] for batches in found for batch in batches for line in batch)

    def _in_future(self, snapshot: Publication, own_old: Iterable[str], own_new: Iterable[str]) -> bool:
        """Tell whether ``snapshot`` refused a row of the record because it was signed after the as-of date."""
        if self.old.as_of == self.new.as_of:
            return False
        if snapshot is self.old:
            rows = [self.before[self._back[row]] for row in own_new] + [self.before[row] for row in own_old]
        else:
            rows = [self.after[self.pairs.same[row]] for row in own_old] + [self.after[row] for row in own_new]
        places = self._future_old if snapshot is self.old else self._future_new
        return any(line.place in places for line in rows)

    @cached_property
    def _future_old(self) -> frozenset[tuple[str, str, int]]:
        return _future(self.old)

    @cached_property
    def _future_new(self) -> frozenset[tuple[str, str, int]]:
        return _future(self.new)

    def _is_decided(self, was: Stated | None, is_: Stated | None) -> bool:
        """Tell whether a person decided something else about the record than before.

        A decision is seen by its trace: a decided reading of a text of the record, a corrected cell of it, a link by decision.
        """
        if (was.decided if was else frozenset()) != (is_.decided if is_ else frozenset()) and was and is_:
            return True
        if not self._decisions:
            return False
        rows = set(is_.rows) if is_ else {self.pairs.same[row] for row in was.rows} if was else set()
        texts = {clean(text) for each in (was, is_) if each for text in each.proofs}
        texts |= {text for row in rows for text in self._texts[row]}
        return any(context.rpartition("#")[0] in rows if kind == "correction" else raw in texts for kind, raw, context in self._decisions)

    @cached_property
    def _decisions(self) -> frozenset[tuple[str, str, str]]:
        """Return kind, text and context of the decisions that one of the snapshots does not have or has otherwise."""
        old, new = _decided(self.old, self.pairs.same), _decided(self.new, {})
        return frozenset(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))

    @cached_property
    def _texts(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for batch in self.new.batches("source_row", "source_row_id", "cells"):
            for row in batch:
                texts = [cell["text"] for cell in row["cells"]]
                found[row["source_row_id"]] = frozenset(clean(piece) for text in texts for piece in (text, *_PIECES.split(text)))
        return found


def _future(snapshot: Publication) -> frozenset[tuple[str, str, int]]:
    rows = snapshot.rows("problem", Problem.code, Problem.file, Problem.sheet, Problem.row)
    return frozenset((row[Problem.file], row[Problem.sheet] or "", row[Problem.row]) for row in rows if row[Problem.code] == _FUTURE)


def _decided(snapshot: Publication, moved: Mapping[str, str]) -> _Decided:
    """Return the decided readings; the row of a corrected cell as ``moved`` says."""
    found: _Decided = {}
    for row in snapshot.rows("reading", Reading.kind, Reading.raw, Reading.context, Reading.value, Reading.decision):
        if row[Reading.decision]:
            context = row[Reading.context]
            if row[Reading.kind] == "correction":
                place, _, letter = context.rpartition("#")
                context = f"{moved.get(place, place)}#{letter}"
            found[row[Reading.kind], row[Reading.raw], context] = row[Reading.value], row[Reading.decision]
    return found
