"""What people decided, as each stage takes it; and at the end what became of every line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from etl.decide.corrections import Corrected, correct, undone
from etl.decide.lines import Line, Lines
from etl.decide.partners import Partners, partners
from etl.decide.proposals import Proposals, proposals, silenced
from etl.decide.readings import Rulings, rulings
from etl.decide.twins import Twins, twins
from etl.errors import Unreadable
from etl.link import partners as link
from etl.normalise import countries, dates, terms, types
from etl.pipeline.decisions import load
from etl.readings import Readings, Verdict
from etl.records import Finding, Input, InputFile, Read, Record, ruling_key
from etl.reference import rows as reference_rows
from etl.text import clean, fold

_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_FIELDS = {row["field_code"]: row for row in reference_rows("ford")}


@dataclass(slots=True)
class People:
    """The decisions of one run. ``findings`` grow as the stages meet decisions that do not fit the sources any more."""

    lines: Lines = field(default_factory=Lines)
    files: list[InputFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    partners: Partners = field(default_factory=Partners)
    rulings: Rulings = field(default_factory=Rulings)
    proposals: Proposals = field(default_factory=Proposals)
    _silenced: dict[str, Line] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    @staticmethod
    def of(raw: Path) -> People:
        """Return the decisions below ``raw``."""
        files, lines = load(raw)
        people = People(lines, files, list(lines.findings))
        people.partners = partners(lines, _country)
        people.rulings = rulings(lines, VALUES)
        people.proposals = proposals(lines)
        people._silenced = silenced(lines.of("questions"))
        people.findings += [*people.partners.findings, *people.rulings.findings]
        return people

    def among(self, given: Input) -> Input:
        """Return ``given`` with the files of decisions, which reading left alone, as read."""
        read = {file.name: file for file in self.files}
        return replace(given, files=tuple(read.get(file.name, file) for file in given.files))

    def corrected(self, given: Input, readings: Readings) -> Input:
        """Return ``given`` with corrected cells where records take them from; a correction becomes a reading of its own."""
        done: Corrected = correct(given.rows, given.columns, self.lines.of("corrections"))
        self.findings += done.findings
        for change in done.changes:
            where = f"{change.origin.id}#{change.letter}"
            verdict = Verdict(Read(change.new, "correction"), "", (), False, 1, change.line.said)
            readings.verdicts["correction", change.old, where] = verdict
        return replace(given, rows=tuple(done.rows), findings=tuple(undone(given.findings, done))) if done.changes else given

    def directory(self) -> link.Decided:
        """Return what was decided about partners."""
        said = {at: line.said for one, two, line in self.partners.apart for at in (two, one)}
        groups = [
            link.Group(tuple((name.text, name.country) for name in group.names), group.said or said.get(at, ""))
            for at, group in enumerate(self.partners.groups)
        ]
        return link.Decided(tuple(groups), tuple((one, two) for one, two, _ in self.partners.apart))

    def twins(self, records: Sequence[Record]) -> Twins:
        """Return which rows of agreements are one agreement, and which are two."""
        found = twins(records, self.lines.of("agreements"))
        self.findings += found.findings
        return found

    def is_silenced(self, question: str) -> bool:
        """Tell whether a person asked not to be asked ``question`` (its id) again."""
        self._asked.add(question)
        return question in self._silenced

    def finish(self, written: Iterable[str], directory: link.Directory, readings: Readings) -> list[Finding]:
        """Return what was wrong with decisions, and those that have no effect; ``written`` are the forms of partners in the sources."""
        self.proposals.finish()
        self.findings += self.proposals.findings
        # What nobody decided about need not be looked for in all sources.
        forms = {fold(text) for text in written} if self.lines.of("aliases") or self.lines.of("same") else set()
        self.findings += [found for line in self.lines.of("aliases") for found in _alias(line, forms, directory)]
        self.findings += [found for line in self.lines.of("same") for found in _same(line, forms, directory)]
        met = {ruling_key(kind, raw) for (kind, raw, _), verdict in readings.verdicts.items() if verdict.decision}
        self.findings += [
            unused(line, f"no cell says {line['text']!r} where a {line['kind']} stands")
            for key, line in self.rulings.lines.items()
            if key not in met
        ]
        self.findings += [
            unused(line, "the question is not asked any more") for key, line in self._silenced.items() if key not in self._asked
        ]
        told = {(f.file, f.sheet, f.row) for f in self.lines.findings}
        refused = {(f.file, f.sheet, f.row) for f in self.findings if f.code in ("bad_decision", "contradictory_decision")} - told
        return [f for f in self.findings if f.code != "unused_decision" or (f.file, f.sheet, f.row) not in refused]


def unused(line: Line, why: str) -> Finding:
    """Return the note that a decision has no effect any more."""
    message = f"The decision has no effect: {why}"
    return line.tell("note", "unused_decision", message, "Keep it if the text may come back, else remove the line")


def _stale_partner(line: Line, name: str) -> Finding:
    message = f"The decision was not applied: no partner has the name or id {name!r}"
    return line.tell("warning", "stale_decision", message, "Write the id or a name of the partner as the dashboard shows it")


def _is_id(text: str) -> bool:
    return text.startswith(("org-", "p-")) and " " not in text


def _alias(line: Line, forms: set[str], directory: link.Directory) -> Iterable[Finding]:
    if fold(line["written"]) not in forms:
        yield unused(line, f"nobody writes {line['written']!r}")
    elif not _is_known(line["partner"], forms, directory):
        yield _stale_partner(line, line["partner"])


def _same(line: Line, forms: set[str], directory: link.Directory) -> Iterable[Finding]:
    names = [clean(line["one"]), clean(line["two"])]
    if not any(fold(name) in forms for name in names if not _is_id(name)):
        yield unused(line, f"nobody writes {names[0]!r} or {names[1]!r}")
        return
    for name in names:
        if _is_id(name) and not _is_known(name, forms, directory):
            yield _stale_partner(line, name)


def _is_known(name: str, forms: set[str], directory: link.Directory) -> bool:
    """Tell whether ``name`` is the id or a name of a partner of this run or of the lists."""
    text = clean(name)
    if _is_id(text):
        return text in directory.known.by_id or text not in directory.rulings.unknown
    return fold(text) in forms or bool(directory.known.exact(text) or directory.known.named(text))


def _country(text: str) -> str:
    try:
        return countries.country(text).value
    except Unreadable:
        return ""


def _field(text: str) -> str:
    plain = clean(text)
    code = next((code for code in _FIELDS if plain == code or plain.startswith(f"{code} ")), "")
    by_name = (row["field_code"] for row in _FIELDS.values() if fold(plain) in {fold(row[f"name_{each}"]) for each in ("en", "ru", "zh")})
    if found := code or next(by_name, ""):
        return found
    raise Unreadable(f"{text!r} is no research field: use one of the 42 codes of OECD FORD, such as 2.5, or a name of the list")


def _type(vocabulary: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        plain, known = clean(text), types.vocabulary(vocabulary)
        named = {fold(row[f"name_{each}"]): row["code"] for row in reference_rows(f"{vocabulary}s") for each in ("en", "ru", "zh")}
        code = plain.partition(" ")[0]
        if code in known.codes:
            return code
        if fold(plain) in named:
            return named[fold(plain)]
        raise Unreadable(f"{text!r} is none of the types: {', '.join(known.codes)}")

    return read


def _read_country(text: str) -> str:
    return countries.country(text).value


def _date(text: str) -> str:
    plain = clean(text)
    if not _ISO.fullmatch(plain):
        raise Unreadable(f"{text!r} is no date of the form 2023, 2023-11 or 2023-11-14")
    return dates.date(plain).value


def _months(text: str) -> str:
    plain = clean(text)
    return plain if plain.isdecimal() and 0 < int(plain) <= 1200 else str(terms.months(plain))


def _number(text: str) -> str:
    plain = clean(text)
    if plain.isascii() and plain.isdecimal() and len(plain) <= 12:
        return str(int(plain))
    raise Unreadable(f"{text!r} is no whole number")


#: Kind of text that can be decided -> reads the value that a person wrote for it.
VALUES: dict[str, Callable[[str], str]] = {
    "field": _field,
    "country": _read_country,
    "agreement_type": _type("agreement_type"),
    "outcome_type": _type("outcome_type"),
    "date": _date,
    "term": _months,
    "number": _number,
}
