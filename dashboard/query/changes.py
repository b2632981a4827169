"""What the last refresh changed: records that came, went or were corrected. No selection applies."""

# ruff: noqa: S608 - names come from the contract and from this package, values are parameters

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from dashboard.query.chosen import records
from dashboard.query.registers import Row
from etl.tables import Agreement, News, Outcome, Partner, Run

KINDS: dict[str, str] = {"agreement": Agreement.id, "outcome": Outcome.id, "news": News.id, "partner": Partner.id}
MOST = 5
"""Records of each kind that are named; the numbers count all."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One kind: how many came, went and were corrected, and the first of each (of the corrected ones with ``columns``)."""

    kind: str
    added: int
    removed: int
    corrected: int
    now: list[Row]
    gone: list[Row]
    other: list[Row]


def before(db: duckdb.DuckDBPyConnection) -> Row | None:
    """Return the run of the snapshot before, and as ``same_code`` whether the program was the same; None where there is none."""
    if not records(db, "select 1 as n from duckdb_tables() where table_name = 'before_run'"):
        return None
    found = records(db, f"select b.*, b.{Run.code} = r.{Run.code} as same_code from before_run b, run r limit 1")
    return found[0] if found else None


def changed(db: duckdb.DuckDBPyConnection) -> list[Changed]:
    """Return what changed in each kind of record; those without a change are left out."""
    found = [_kind(db, kind, str(key)) for kind, key in KINDS.items()]
    return [each for each in found if each.added or each.removed or each.corrected]


def _kind(db: duckdb.DuckDBPyConnection, kind: str, key: str) -> Changed:
    came = f"select n.*, n.{key} as id from {kind} n anti join before_{kind} b using ({key})"
    went = f"select b.*, b.{key} as id from before_{kind} b anti join {kind} n using ({key})"
    both = f"{kind} n join before_{kind} b on n.{key} = b.{key} and n is distinct from b"
    listed = [records(db, f"{each} order by id limit {MOST}") for each in (came, went)]
    other = records(db, f"select n.*, n.{key} as id, b as before from {both} order by id limit {MOST}")
    for row in other:
        row["columns"] = [name for name, value in row["before"].items() if row.get(name) != value]
    (sizes,) = records(db, f"""
        select (select count(*) from ({came})) as added, (select count(*) from ({went})) as removed,
               (select count(*) from {both}) as corrected
    """)  # fmt: skip
    return Changed(kind, sizes["added"], sizes["removed"], sizes["corrected"], listed[0], listed[1], other)
