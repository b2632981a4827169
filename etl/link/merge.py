"""Rows of several registers that state one agreement -> one group, merged once, keeping every origin.

Certain is: the same number and a common partner or document; or, in different sheets, the same partners, the same type, dates of which
one is the other written coarser, and nothing that contradicts (numbers, home units). Two possible twins are no twin:
they become a question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.records import Finding, Record
from etl.reference import rows as reference_rows
from etl.text import fold, number_key

PartnerIds = frozenset[str]
#: The ids of two source rows.
Pair = frozenset[str]


@dataclass(slots=True)
class Groups:
    """The records of one kind, grouped: the first of a group gives the title, the others were merged into it."""

    groups: list[list[Record]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: list[tuple[Record, list[Record]]] = field(default_factory=list)


def merge(records: Sequence[Record], partners: Mapping[str, PartnerIds], same: Iterable[Pair] = (), apart: Iterable[Pair] = ()) -> Groups:
    """Group ``records`` of one kind; ``partners`` gives the partner ids by the id of the source row.

    ``same`` and ``apart`` are pairs of source rows that people decided about; they beat every rule. The result does not depend on
    the order in which files are read: groups and their members are sorted by origin.
    """
    result = Groups()
    at = {record.row.origin.id: index for index, record in enumerate(records)}
    union = _Union(len(records), (tuple(at[row] for row in sorted(pair)) for pair in apart if pair <= at.keys()))
    for pair in same:
        if pair <= at.keys():
            union.join(*(at[row] for row in sorted(pair)))
    by_number = _by_number(records)
    for number, members in sorted(by_number.items()):
        _join_numbered(number, members, records, partners, union, result)
    _join_identical(records, union)
    if records and records[0].kind == "agreement":
        _join_twins(records, partners, union, result)
    result.groups = [[records[i] for i in group] for group in union.groups()]
    return result


def number_of(record: Record) -> str:
    """Return the record's number in the form under which two spellings of it are the same."""
    return number_key(record.texts.get("number", ""))


def home_of(record: Record) -> str | None:
    """Return the institution at home that signed, or None when the unit is not known by name.

    >>> from etl.records import Origin, Record, Row
    >>> row = Row(Origin("a", "b", 1), (), "record")
    >>> home_of(Record("agreement", row, {"home_unit": "SPbPU / Institute of Physics"}))
    'spbpu'
    """
    parts = [fold(part) for part in record.texts.get("home_unit", "").replace("(", "/").split("/")]
    return next((_HOME[part] for part in parts if part in _HOME), None)


_HOME = {fold(row["alias"]): row["unit"] for row in reference_rows("home_units")}


def _by_number(records: Sequence[Record]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        if number := number_of(record):
            found[number].append(index)
    return found


def _join_numbered(
    number: str, members: list[int], records: Sequence[Record], partners: Mapping[str, PartnerIds], union: _Union, result: Groups
) -> None:
    first = members[0]
    for other in members[1:]:
        if _same_body(records[first], records[other], partners):
            union.join(first, other)
            continue
        record = records[other]
        origin, earlier = record.row.origin, records[first].row.origin
        message = (
            f"The number {record.texts['number']} also stands in {earlier.file}, {earlier.sheet}, row {earlier.row}, for another record"
        )
        advice = "Give each record its own number; until then neither can be referred to by it"
        result.findings.append(Finding("warning", "duplicate_id", message, advice, origin.file, origin.sheet, origin.row, raw=number))


def _same_body(a: Record, b: Record, partners: Mapping[str, PartnerIds]) -> bool:
    ours, theirs = partners.get(a.row.origin.id, frozenset()), partners.get(b.row.origin.id, frozenset())
    if ours & theirs or (_same_link(a, b) and _dates_agree(a, b) is not False):
        return True
    if ours and theirs:
        return False
    return fold(a.texts["title"]) == fold(b.texts["title"])


def _join_identical(records: Sequence[Record], union: _Union) -> None:
    numbers = [record.row.written("number") for record in records]
    carried = Counter(numbers)
    seen: dict[tuple[str, ...], int] = {}
    for index, record in enumerate(records):
        if carried[numbers[index]] == 1:  # the number is one of the cells that identify a record
            continue
        key = identity(record)
        if key in seen:
            union.join(seen[key], index)
        else:
            seen[key] = index


def identity(record: Record) -> tuple[str, ...]:
    """Return the raw cells that identify a record: neither cleaning nor correcting nor moving it to another file renames it."""
    names = {
        "agreement": ("number", "title", "partners", "signed", "type", "home_unit"),
        "news": ("number", "title", "published", "link"),
        "outcome": ("number", "title", "partners", "date", "type", "count"),
    }[record.kind]
    return tuple(record.row.written(name) for name in names)


def _join_twins(records: Sequence[Record], partners: Mapping[str, PartnerIds], union: _Union, result: Groups) -> None:
    blocks: dict[PartnerIds, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        if ids := partners.get(record.row.origin.id):
            blocks[ids].append(index)
    sheets = [(record.row.origin.file, record.row.origin.sheet) for record in records]
    for members in blocks.values():
        if len({sheets[i] for i in members}) < 2:  # twins stand in different sheets
            continue
        twins = {i: [j for j in members if j != i and not union.knows(i, j) and are_twins(records[i], records[j])] for i in members}
        for i, candidates in twins.items():
            if len(candidates) == 1 and len(twins[candidates[0]]) == 1:
                union.join(i, candidates[0])
            elif len(candidates) > 1:
                result.questions.append((records[i], [records[j] for j in candidates]))


def are_twins(a: Record, b: Record) -> bool:
    """Tell whether two records of the same partners in different sheets state one agreement."""
    if (a.row.origin.file, a.row.origin.sheet) == (b.row.origin.file, b.row.origin.sheet):
        return False
    numbers = (number_of(a), number_of(b))
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    homes = (home_of(a), home_of(b))
    if all(homes) and homes[0] != homes[1]:
        return False
    if a.type and b.type and a.type.value != b.type.value:
        return False
    agree = _dates_agree(a, b)
    if agree is None:
        return _same_link(a, b) and not a.date("signed") and not b.date("signed")
    return agree


def _same_link(a: Record, b: Record) -> bool:
    return bool(a.texts.get("link")) and a.texts.get("link") == b.texts.get("link")


def _dates_agree(a: Record, b: Record) -> bool | None:
    """Tell whether one date of signature is the other written coarser; None where one is missing."""
    ours, theirs = a.date("signed"), b.date("signed")
    return (ours.startswith(theirs) or theirs.startswith(ours)) if ours and theirs else None


class _Union:
    """Disjoint sets of indexes; the smallest index stands for its set. Two that are ``apart`` never come into one set."""

    def __init__(self, size: int, apart: Iterable[tuple[int, ...]] = ()) -> None:
        self.parent = list(range(size))
        self.apart = [(pair[0], pair[1]) for pair in apart]

    def find(self, index: int) -> int:
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.find(a), self.find(b)))
        if not self.are_apart(a, b):
            self.parent[b] = a

    def are_apart(self, a: int, b: int) -> bool:
        sets = {self.find(a), self.find(b)}
        return any({self.find(one), self.find(two)} == sets for one, two in self.apart)

    def knows(self, a: int, b: int) -> bool:
        """Tell whether it is settled that two indexes are in one set, or that they are not."""
        return self.find(a) == self.find(b) or self.are_apart(a, b)

    def groups(self) -> Iterable[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self.parent)):
            found[self.find(index)].append(index)
        return found.values()
