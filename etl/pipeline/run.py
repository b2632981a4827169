"""The whole refresh as one straight line: read -> normalise -> link -> check -> publish."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from etl import VERSION, collector
from etl.beside import both
from etl.check.keys import broken_keys
from etl.check.ledger import Sheet, ledger
from etl.check.records import contradictions
from etl.check.rows import examined
from etl.columnar import values_of
from etl.errors import NothingToPublish
from etl.link.partners import Directory
from etl.normalise.completed import completed
from etl.normalise.rows import understand
from etl.pipeline import publications, reference_lists
from etl.pipeline.build import Rows, build
from etl.pipeline.home import home, unlocated
from etl.pipeline.people import People
from etl.pipeline.warm import warmed
from etl.publish.given import Given
from etl.publish.outputs import writers
from etl.publish.snapshot import Claim, claimed, publish, write_parquet
from etl.read import Remembered, inputs, read
from etl.read.settings import date_orders, sources
from etl.readings import Readings
from etl.records import Finding, Input, Origin
from etl.tables import TABLES, Problem, Run, SourceFile, Stored, table
from etl.text import fold

#: The table with the most in it, and so many rows of it are worth a second process.
_LARGEST, _WORTH_TWO = "source_row", 4_000
STAGES = ("read", "normalise", "link", "check", "publish")


class Progress(Protocol):
    """Told what the run is doing: a stage begins with so many steps, a step is done."""

    def stage(self, name: str, steps: int) -> None:
        """Begin the stage ``name`` of ``steps`` steps."""

    def step(self, what: str) -> None:
        """Note that one step of the stage is done."""


class Silence:
    """Progress that nobody watches."""

    def stage(self, name: str, steps: int) -> None:
        """Say nothing."""

    def step(self, what: str) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a run did: the summary that a person reads and the answer of ``--json``."""

    run_id: str
    as_of: str
    folder: Path | None
    run: Mapping[str, Any]
    sheets: tuple[Sheet, ...]
    files: tuple[Mapping[str, Any], ...]
    findings: Mapping[str, int]
    records: Mapping[str, int]
    questions: int
    language: str

    @property
    def has_refusals(self) -> bool:
        """Tell whether a file or a row was refused."""
        return bool(self.run[Run.refused] or self.run[Run.quarantined])


def run(raw: Path, out: Path, as_of: str, *, dry: bool = False, progress: Progress | None = None) -> Refresh:
    """Rebuild the snapshot below ``out`` from the files below ``raw``; on any error ``out`` is left as it was.

    Raises:
        NothingToPublish: there is no input, or nothing in it became a record.
        etl.publish.snapshot.CannotPublish: ``out`` cannot be written, or another run is publishing.
    """
    inputs(raw)  # a folder that is not there is told before another one is made
    pa.set_memory_pool(pa.system_memory_pool())  # the other pools keep a tenth of all memory for tables that are long written
    with claimed(None if dry else out) as claim, collector.resting():
        return _run(raw, claim, as_of, progress or Silence())


def _run(raw: Path, claim: Claim, as_of: str, watch: Progress) -> Refresh:
    started = datetime.now(UTC).isoformat(timespec="seconds")  # noqa: TID251 - the only clock time of a snapshot
    exports = publications.exports(raw)
    names = frozenset(each.name for each in exports)
    watch.stage("read", len(inputs(raw)))
    remembered = Remembered(claim.out / "cache", code_hash()) if claim.out else None
    with warmed():  # the files are parsed by other processes meanwhile
        given = read(raw, watch.step, names, remembered)
    if not exports and not any(f.verdict != "ignored" for f in given.files):
        raise NothingToPublish(f"there is no file to read in {raw}; put spreadsheets there (.xlsx, .csv) and run again")
    watch.stage("normalise", 1)
    people = People.of(raw)
    readings = Readings(people.rulings.rulings)
    given = examined(completed(people.corrected(people.among(given), readings)))
    understood = understand(given.rows, readings, date_orders(raw, given.files), _without_value(given), given.columns)
    watch.step(f"{len(understood.records)} records")
    watch.stage("link", 1)
    kept, wrong = contradictions(understood.records, as_of, given.rows)
    lists = reference_lists.load(raw)
    given = lists.among(given)
    directory = Directory(lists.organisations.values(), people.directory())
    said = sources(raw)
    ours = home(said.home, said.home_country, directory)
    found = [*given.findings, *lists.findings, *understood.findings, *wrong, *unlocated(said.home, said.home_country, directory)]
    built = build(given, kept, found, readings, directory, people, ours)
    del understood, kept  # the largest part of all that a run holds, and of no use to what follows
    watch.step(f"{len(built['partner'])} partners")
    sheets = tuple(ledger(built["source_row"].fates(), Counter((r.origin.file, r.origin.sheet) for r in given.rows)))
    with collector.awake():
        added = publications.add(exports, built, directory, claim.work, as_of, ours, watch) if exports else publications.Added()
    sheets = tuple(sorted((*sheets, *added.sheets), key=lambda sheet: (sheet.file, sheet.name)))
    if not added.outcomes and not any(built[kind] for kind in ("agreement", "news", "outcome")):
        raise NothingToPublish(_why_nothing(given, added.findings))
    del given, found, readings, directory  # the rows of all inputs are let go with the table of them
    facts = _facts(built["source_file"], sheets, as_of, started) | {Run.home: ours.country, Run.home_names: list(said.home)}
    records = {name: len(built[name]) for name in ("agreement", "news", "outcome", "partner", "country")}
    records["outcome"] += added.outcomes
    built["run"] = [facts]
    findings = Counter(values_of(built["problem"], Problem.severity))
    files, questions = tuple(built["source_file"]), len(built["review"])
    outputs = partial(_outputs, raw, built, facts, sheets, added.refused, said.language)
    # Made when the process that writes the outputs is on its way.
    tables = cache(partial(_tables, built, added.stored, claim, watch))
    published = _publish(tables, facts, files, outputs, claim, watch) if claim.out else None
    if published is None:
        tables()
    return Refresh(facts[Run.id], as_of, published, facts, sheets, files, findings, records, questions, said.language)


def _tables(built: Rows, stored: Mapping[str, Stored], claim: Claim, watch: Progress) -> Mapping[str, pa.Table | Stored]:
    """Return every table, checked; their rows are let go.

    Raises:
        AssertionError: a key leads nowhere or stands twice.
    """
    watch.stage("check", 1)
    tables = _made(built, stored, claim)
    if broken := broken_keys(tables):
        raise AssertionError("the tables break their contract: " + "; ".join(broken[:5]))
    watch.step("keys and rows")
    if claim.out:
        watch.stage("publish", 1)
    return tables


def _made(built: Rows, stored: Mapping[str, Stored], claim: Claim) -> Mapping[str, pa.Table | Stored]:
    """Return every table; the largest, that of the source rows, is made and stored by another process where it is worth one."""
    names = [each.name for each in TABLES]
    if claim.out is None or _LARGEST in stored or len(built[_LARGEST]) < _WORTH_TWO:
        return _arrows(built, stored, names)
    others = partial(_arrows, built, stored, [name for name in names if name != _LARGEST])
    largest, made = both(partial(_stored, built, _LARGEST, claim.work), others)
    built.pop(_LARGEST, None)
    return {name: made.get(name, largest) for name in names}


def _arrows(built: Rows, stored: Mapping[str, Stored], names: Iterable[str]) -> dict[str, pa.Table | Stored]:
    return {name: stored.get(name) or table(name).arrow(built.pop(name)) for name in names}


def _stored(built: Rows, name: str, folder: Path) -> Stored:
    path = folder / f"{name}.parquet"
    path.unlink(missing_ok=True)  # of a process that was ended
    content = table(name).arrow(built.pop(name))
    write_parquet(content, path)
    return Stored(path, content.num_rows)


def _outputs(
    raw: Path, built: Rows, facts: Mapping[str, Any], sheets: Iterable[Sheet], also_refused: Iterable[Mapping[str, Any]], language: str
) -> Mapping[str, Callable[[Path], None]]:
    """Return what writes each file for the analyst in the ``language`` of the office; called in the process that writes them."""
    lines = [(s.file, s.name, s.read, s.loaded, s.merged, s.quarantined, s.not_data) for s in sheets]
    refused = [*built["source_row"].refused(), *also_refused]
    files, columns, rows = built["source_file"], built["source_column"], built["source_row"]
    return writers(Given(raw, facts, files, columns, rows, refused, built["problem"], built["review"], lines), language)


def _publish(
    tables: Callable[[], Mapping[str, pa.Table | Stored]], facts: Mapping[str, Any], files: Sequence[Mapping[str, Any]],
    outputs: Callable[[], Mapping[str, Callable[[Path], None]]], claim: Claim, watch: Progress,
) -> Path:  # fmt: skip
    notes = {
        "inputs": {f[SourceFile.name]: f[SourceFile.sha256] for f in files if f[SourceFile.verdict] != "ignored"},
        "code_sha256": code_hash(),
        "version": facts[Run.version],
    }
    contents = {each.name: partial(_one, tables, each.name) for each in TABLES}
    folder = publish(contents, claim, facts[Run.id], facts[Run.as_of], outputs, notes)
    watch.step(facts[Run.id])
    return folder


def _one(tables: Callable[[], Mapping[str, pa.Table | Stored]], name: str) -> pa.Table | Stored:
    return tables()[name]


def _facts(files: Sequence[Mapping[str, Any]], sheets: Iterable[Sheet], as_of: str, started: str) -> dict[str, Any]:
    inputs = hashlib.sha256()
    for file in files:
        name, verdict = file[SourceFile.name], file[SourceFile.verdict]
        if verdict != "ignored" or fold(name) == "sources yaml":
            inputs.update(f"{name}\x1f{file[SourceFile.sha256]}\x1f{verdict}\x1e".encode("utf-8", "surrogatepass"))
    lines = list(sheets)
    digest = hashlib.sha256((inputs.hexdigest() + code_hash() + as_of).encode()).hexdigest()
    return {
        Run.id: f"{as_of.replace('-', '')}-{digest[:12]}",
        Run.as_of: as_of,
        Run.started: started,
        Run.inputs: inputs.hexdigest(),
        Run.code: code_hash(),
        Run.version: VERSION,
        Run.files: sum(f[SourceFile.verdict] == "read" and f[SourceFile.kind] not in ("decisions", "organisations") for f in files),
        Run.refused: sum(f[SourceFile.verdict] == "refused" for f in files),
        Run.rows: sum(s.read for s in lines),
        Run.loaded: sum(s.loaded for s in lines),
        Run.merged: sum(s.merged for s in lines),
        Run.quarantined: sum(s.quarantined for s in lines),
        Run.not_data: sum(s.not_data for s in lines),
    }


def _without_value(given: Input) -> frozenset[Origin]:
    """Return the rows in which reading met an error."""
    return frozenset(Origin(f.file or "", f.sheet or "", f.row) for f in given.findings if f.severity == "error" and f.row)


def _why_nothing(given: Input, others: Iterable[Finding] = ()) -> str:
    said = [f"{f.name}: {f.message}" for f in given.files if f.verdict == "refused"]
    told = [finding for finding in given.findings if finding.severity == "error" or finding.code == "empty"]
    said += map(_one_line, (*told, *others))
    return "no row of the input became a record" + ("".join(f"\n  {line}" for line in said[:20]))


def _one_line(finding: Finding) -> str:
    place = [finding.file, finding.sheet, f"row {finding.row}" if finding.row else None]
    return f"{' '.join(filter(None, place))}: {finding.message}"


@cache
def code_hash() -> str:
    """Return a hash over the code and the reference data of the ETL."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent.parent
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".csv", ".yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\x1f" + path.read_bytes() + b"\x1e")
    return digest.hexdigest()
