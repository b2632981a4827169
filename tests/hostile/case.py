"""A case: files that somebody may put into the raw folder, and what must become of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from tests.hostile.files import GOOD_ROW, agreement, book, delimited

Verdict = Literal["accept", "quarantine", "refuse", "ignore"]
#: A source row of a case: its number, or its sheet and number where there are several sheets.
At = int | tuple[str, int]


@dataclass(frozen=True)
class Case:
    """``put`` fills the raw folder. ``kept`` gives the exact published values by source row; no other row may be published.

    ``refused`` are the rows that must be quarantined, each named with ``code``. In an accepted file ``code`` is what must be reported.
    """

    verdict: Verdict
    put: Callable[[Path], None]
    code: str = ""
    kept: Mapping[At, Mapping[str, Any]] = field(default_factory=dict)
    refused: frozenset[At] = frozenset()
    merged: frozenset[At] = frozenset()


def writes(files: Mapping[str, bytes]) -> Callable[[Path], None]:
    """Return what writes ``files`` below the raw folder."""

    def put(raw: Path) -> None:
        for name, data in files.items():
            (raw / name).parent.mkdir(parents=True, exist_ok=True)
            (raw / name).write_bytes(data)

    return put


def accepts(name: str, data: bytes, kept: Mapping[At, Mapping[str, Any]], code: str = "", merged: Iterable[At] = ()) -> Case:
    """Return a case of a file whose rows are published as they are; ``code`` must be reported."""
    return Case("accept", writes({name: data}), code, kept, merged=frozenset(merged))


def quarantines(name: str, data: bytes, code: str, refused: Iterable[At], kept: Mapping[At, Mapping[str, Any]]) -> Case:
    """Return a case of a file of which some rows are refused."""
    return Case("quarantine", writes({name: data}), code, kept, frozenset(refused))


def refuses(name: str, data: bytes, code: str) -> Case:
    """Return a case of a file that is refused as a whole."""
    return Case("refuse", writes({name: data}), code)


def around(kept: Mapping[str, Any] | None = None) -> dict[At, Mapping[str, Any]]:
    """Return what is published of E-1, of E-2 where ``kept`` says so, and of E-3."""
    found: dict[At, Mapping[str, Any]] = {2: GOOD_ROW | {"agreement_number": "E-1"}, 4: GOOD_ROW | {"agreement_number": "E-3"}}
    return found | ({3: kept} if kept is not None else {})


def keeps_cell(column: str, text: object, published: Mapping[str, Any], code: str = "", *, typed: bool = False) -> Case:
    """Return a case of three agreements, the second of which has ``text`` in ``column`` and is published as ``published``."""
    return accepts(*_three(column, text, typed), around(published), code)


def refuses_cell(column: str, text: object, code: str, *, typed: bool = False) -> Case:
    """Return the same, but the second agreement is refused."""
    return quarantines(*_three(column, text, typed), code, {3}, around())


def _three(column: str, text: object, typed: bool) -> tuple[str, bytes]:
    rows = [
        agreement(**{"Agreement ID": "E-1"}),
        agreement(**{"Agreement ID": "E-2"} | {column: text}),
        agreement(**{"Agreement ID": "E-3"}),
    ]
    return ("case.xlsx", book(rows)) if typed else ("case.csv", delimited(rows))


def of_module(module: ModuleType) -> Iterator[tuple[str, Callable[[], Case]]]:
    """Yield the name and the maker of every case of a module: its functions that return a case, and what ``tables`` lists."""
    family = module.__name__.rpartition("cases_")[2]
    for name, make in inspect.getmembers(module, inspect.isfunction):
        if make.__module__ == module.__name__ and not name.startswith("_") and inspect.signature(make).return_annotation == "Case":
            yield f"{family}-{name}", make
    for name, make in getattr(module, "TABLE", {}).items():
        yield f"{family}-{name}", make
