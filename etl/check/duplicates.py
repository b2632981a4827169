"""Records under one number that contradict each other: nobody can tell which is right, so none of them is published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from etl.records import Finding, Record
from etl.text import clean, fold, script

_ADVICE = "Correct the number or the wrong row, or delete the row; until then neither is published"


def contradicting(records: Iterable[Record]) -> dict[str, Finding]:
    """Return why records are refused, by the id of their source row; the result does not depend on the order of the files.

    Rows under one number that agree are one record, merged elsewhere. In different sheets a title or a partner may be worded
    differently; dates, countries and amounts may not differ.
    """
    numbered = [((record.kind, clean(text).casefold()), record) for record in records if (text := record.texts.get("number", ""))]
    carried = Counter([number for number, _ in numbered])
    by_number: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for number, record in numbered:
        if carried[number] > 1 and number[1]:
            by_number[number].append(record)
    found: dict[str, Finding] = {}
    for members in by_number.values():
        found |= _of(members)
    return found


def _of(members: Sequence[Record]) -> dict[str, Finding]:
    for one, other in combinations(members, 2):
        if differences := dict(_differences(one, other)):
            first = min(members, key=lambda record: record.row.origin.id)
            second = min((record for record in members if record is not first), key=lambda record: record.row.origin.id)
            is_another = "title" in differences and len(differences.keys() & {"partners", "countries", "link"}) > 0
            code = "duplicate_id" if is_another else "conflicting_duplicate"
            return {record.row.origin.id: _told(record, second if record is first else first, code, differences) for record in members}
    return {}


def _differences(a: Record, b: Record) -> Iterator[tuple[str, str]]:
    """Yield what two records under one number say differently: the field and both values."""
    together = (a.row.origin.file, a.row.origin.sheet) == (b.row.origin.file, b.row.origin.sheet)
    for name in sorted(a.dates.keys() & b.dates.keys()):
        if not _agree(one := a.date(name), other := b.date(name)):
            yield name, f"{one} and {other}"
    where = [frozenset(said.value for said in record.countries) for record in (a, b)]
    if all(where) and (where[0] != where[1] if together else not (where[0] <= where[1] or where[1] <= where[0])):
        yield "countries", " and ".join(", ".join(sorted(each)) for each in where)
    if a.amount is not None and b.amount is not None and a.amount != b.amount:
        yield "count", f"{a.amount} and {b.amount}"
    names = ("link", "agreement_number") if a.kind == "news" else ("agreement_number",)
    for name in names:
        if (one := a.texts.get(name, "")) and (other := b.texts.get(name, "")) and fold(one) != fold(other):
            yield name, f"{one[:80]} and {other[:80]}"
    yield from _wordings(a, b, together=together)


def _wordings(a: Record, b: Record, *, together: bool) -> Iterator[tuple[str, str]]:
    one, other = a.texts["title"], b.texts["title"]
    if (together or a.kind != "agreement") and _reads_differently(one, other):
        yield "title", f"{one[:80]!r} and {other[:80]!r}"
    if not together:
        return
    if a.type and b.type and a.type.value != b.type.value:
        yield "type", f"{a.type.value} and {b.type.value}"
    ours, theirs = (" ".join(sorted(said.raw for said in record.partners)) for record in (a, b))
    if ours and theirs and _reads_differently(ours, theirs):
        yield "partners", f"{ours[:80]!r} and {theirs[:80]!r}"


def _reads_differently(one: str, other: str) -> bool:
    return script(one) == script(other) and fold(one) != fold(other)


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _told(record: Record, other: Record, code: str, differences: dict[str, str]) -> Finding:
    origin, elsewhere = record.row.origin, other.row.origin
    place = f"{elsewhere.file}, {f'sheet {elsewhere.sheet}, ' if elsewhere.sheet else ''}row {elsewhere.row}"
    what = "; ".join(f"{name}: {values}" for name, values in differences.items())
    message = f"The number {record.texts['number']} also stands in {place}, and the rows contradict each other ({what})"
    cell = next(iter(record.row.values.get("number", ())), None)
    letter = cell.letter if cell else None
    return Finding("error", code, message, _ADVICE, origin.file, origin.sheet, origin.row, letter, record.texts["number"])
