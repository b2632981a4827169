"""The evidence chain of a record: published value <- rule <- raw text <- header, file, sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from dashboard.figures.words import AGREEMENT_TYPES, OUTCOME_TYPES, word
from dashboard.locale import Say, mark, mark_plural
from dashboard.pages import Context
from dashboard.pages.names import Row, title, to
from dashboard.pages.stacks import bullets
from dashboard.parts import Child, Column, badge, empty, section, table
from dashboard.query import evidence
from dashboard.query.registers import links
from dashboard.query.ways import view_of
from etl.tables import Link, Reading, RecordSource, SourceColumn, SourceRow
from etl.words.rules import method_said, rule_said

TITLE = mark("Where this comes from")
NOTE = mark("Each published value with the rule that read it, the text as written, and the cell where it stands")
RECORD = mark("Record")
NAMED_IN = mark("Every cell that names it, as written, with the record that it leads to")
FIRST = mark_plural("The first {shown} of {n} record", "The first {shown} of {n} records")
NO_EVIDENCE = mark("No source row is recorded for this record.")
MADE_BY = mark_plural("Made from {n} row:", "Made from {n} rows, counted once:")
ROW_OF = mark("{file}, sheet {sheet}, row {row}")
ROW_OF_TEXT = mark("{file}, row {row}")
GAVE_TITLE, MERGED_IN, HIDDEN = mark("gave the title"), mark("merged into it"), mark("hidden row")
CELL_OF = mark("{sheet}, cell {cell}")
CELL = mark("cell {cell}")
AS_WRITTEN, NOT_USED, NOT_READ = mark("taken as written"), mark("not used"), mark("not understood")
NO_HEADER, WORKED_OUT = mark("no header"), mark("worked out, in no cell of its own")
PROPOSED = mark("proposal, not counted")
CORRECTED = mark("corrected to “{text}” ({decision})")
SURE = mark("{percent} % sure")
MONTHS = mark_plural("{n} month", "{n} months")
HEADS = (mark("What"), mark("Published value"), mark("Rule"), mark("As written"), mark("Header"), mark("File"), mark("Where"))
FEEDS: dict[str, str] = {
    "number": mark("Number"), "agreement_number": mark("Number of the agreement"), "title": mark("Title"), "partners": mark("Partners"),
    "countries": mark("Countries"), "city": mark("City"), "type": mark("Type"), "signed": mark("Signed"),
    "effective": mark("In force from"),
    "expires": mark("Ends"), "term": mark("Term"), "fields": mark("Research fields"), "areas": mark("Forms of cooperation"),
    "fields_areas": mark("Fields and forms of cooperation"), "home_unit": mark("Unit at home"), "link": mark("Link"),
    "remarks": mark("Remarks"), "status": mark("Status"), "owner": mark("Person in charge"), "notice": mark("Period of notice"),
    "auto_renewal": mark("Renews itself"), "terminated": mark("Terminated"), "superseded_by": mark("Replaced by"),
    "published": mark("Published"), "text": mark("Text"), "language": mark("Language"), "event": mark("Reported event"),
    "date": mark("Date"),
    "addresses": mark("Affiliations"), "author_addresses": mark("Affiliations"), "organisations": mark("Affiliations"),
    "institutions": mark("Affiliations"), "institution_countries": mark("Countries"), "authors": mark("Authors"),
    "categories": mark("Subject categories"), "broad": mark("Subject categories"), "keywords": mark("Keywords"), "year": mark("Year"),
    "month": mark("Month"), "identifier": mark("Id in the database"), "page": mark("First page"),
    "count": mark("How many"), "unit": mark("Unit of the number"), "doi": mark("DOI"), "venue": mark("Journal or proceedings"),
}  # fmt: skip
#: Source field -> the bridge that holds what its cells were read as.
#: Cells that hold more than one partner, country or field, each link quoting its part.
_RUNNING = ("title", "text", "addresses", "author_addresses", "organisations", "institutions", "categories", "broad", "venue", "keywords")
_BRIDGES = {"partners": "partner", "countries": "country", "fields": "field", "fields_areas": "field"}
#: Source field -> the kinds of reading that its whole cell can have, in the order to look.
_READINGS: dict[str, tuple[str, ...]] = {
    "signed": ("date",), "effective": ("date",), "expires": ("date", "term"), "terminated": ("date",), "published": ("date",),
    "date": ("date",), "term": ("term",), "notice": ("term",), "type": ("agreement_type", "outcome_type"), "count": ("number",),
    "status": ("status",), "partners": ("partner",), "countries": ("country",), "fields": ("field",),
    "fields_areas": ("field",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of text and what became of it; ``cell`` is absent for what was worked out."""

    feeds: str
    value: Child
    rule: str
    raw: str
    cell: Row | None
    confidence: float = 1.0
    accepted: bool = True


def chain(context: Context, kind: str, id_: str) -> Component:
    """Return the section with the rows that made the record and every cell of them."""
    say = context.say
    rows = evidence.sources(context.db, kind, id_)
    if not rows:
        return section(say(TITLE), empty(say(NO_EVIDENCE)), id="evidence")
    origins = bullets(_origin(say, row) for row in rows)
    lines = [_line(say, step) for step in steps(context, kind, id_)]
    heads = [Column(say(head), main=head == HEADS[1]) for head in HEADS]
    return section(
        say(TITLE), html.P(say.count(MADE_BY, len(rows))), origins, table(heads, lines, say(TITLE)), note=say(NOTE), id="evidence"
    )


def _origin(say: Say, row: Row) -> list[Child]:
    place = {"file": row[SourceRow.file], "sheet": row[SourceRow.sheet], "row": row[SourceRow.row]}
    said = say(ROW_OF if row[SourceRow.sheet] else ROW_OF_TEXT, **place)
    notes: list[Child] = [said, " ", badge(say(GAVE_TITLE if row[RecordSource.primary] else MERGED_IN))]
    return [*notes, " ", badge(say(HIDDEN), "warning")] if row[SourceRow.hidden] else notes


def steps(context: Context, kind: str, id_: str) -> list[Step]:
    """Return every piece of every cell in the order of rows and columns, then what was worked out from them."""
    cells = evidence.cells(context.db, kind, id_)
    linked = {name: links(context.db, kind, name, [id_]) for name in ("partner", "country", "field")}
    texts = {" ".join(cell["text"].split()) for cell in cells} | {link[Link.raw] for each in linked.values() for link in each}
    corrections = evidence.corrections(context.db, [f"{cell[SourceRow.id]}#{cell['letter']}" for cell in cells])
    texts |= {" ".join(row[Reading.value].split()) for row in corrections.values()}
    readings = {(row[Reading.kind], row[Reading.raw]): row for row in reversed(evidence.readings(context.db, sorted(texts)))}
    found: list[Step] = []
    used: set[tuple[str, str]] = set()
    for written in cells:
        correction = corrections.get(f"{written[SourceRow.id]}#{written['letter']}")
        cell = {**written, "text": correction[Reading.value]} if correction else written
        feeds = cell[SourceColumn.feeds] or ""
        name = _BRIDGES.get(feeds, "")
        pieces = [link for link in linked.get(name, []) if _contains(cell["text"], link[Link.raw])]
        others = _said_otherwise(context, name, cell, {link["code"] for link in pieces}, linked[name]) if name else []
        used |= {(name, link["code"]) for link in (*pieces, *others)}
        steps = [_piece(context.say, feeds, link, cell, readings) for link in pieces]
        steps += [_reread(context.say, feeds, name, link, cell) for link in others]
        steps = steps or [_whole(context.say, feeds, cell, readings)]
        found += [_corrected(context.say, step, written["text"], correction) for step in steps] if correction else steps
    for name, feeds in (("partner", "partners"), ("country", "countries"), ("field", "fields")):
        left = [link for link in linked[name] if (name, link["code"]) not in used]
        found += [_piece(context.say, feeds, link, _prose(cells, link), readings) for link in left]
    return found


def _corrected(say: Say, step: Step, raw: str, correction: Row) -> Step:
    """Return ``step`` with the text as it is written, and who put another in its place."""
    rule = say(CORRECTED, text=correction[Reading.value], decision=correction[Reading.decision])
    return replace(step, raw=raw, rule=f"{rule}; {step.rule}" if step.rule else rule)


def _with_decision(rule: str, reading: Row | None) -> str:
    """Return ``rule`` with who decided it, when and why, where a person did."""
    return f"{rule} ({reading[Reading.decision]})" if reading and reading[Reading.decision] else rule


def _said_otherwise(context: Context, name: str, cell: Row, told: set[str], linked: Sequence[Row]) -> list[Row]:
    """Return the links of the record that ``cell`` states in other words than the link quotes: another register, another language.

    Each is the link with the reading of the words in this cell.
    """
    by_code = {link["code"]: link for link in linked}
    free = " ".join(cell["text"].split())
    found: list[Row] = []
    for reading in evidence.parts(context.db, name, free):
        whole_words = re.compile(rf"(?<!\w){re.escape(reading[Reading.raw])}(?!\w)", re.IGNORECASE)
        if not whole_words.search(free):
            continue
        free = whole_words.sub("\n", free)  # a shorter reading inside these words is none of its own
        code = reading[Reading.value]
        if code in by_code and code not in told:
            told = told | {code}
            found.append({**by_code[code], **reading})
    return found


def _reread(say: Say, feeds: str, name: str, link: Row, cell: Row) -> Step:
    rule = _with_decision(rule_said(say, link[Reading.rule]), link)
    return Step(feeds, title(say, name, link), rule, link[Reading.raw], cell, link[Reading.confidence])


def _prose(cells: Sequence[Row], link: Row) -> Row | None:
    """Return the cell of running text, or of several addresses or keywords, in which the link was found; nothing when none says it."""
    return next((cell for cell in cells if cell[SourceColumn.feeds] in _RUNNING and _contains(cell["text"], link[Link.raw])), None)


def _contains(text: str, raw: str) -> bool:
    """Tell whether ``raw`` is written in ``text``, whatever the spaces and the case."""
    return " ".join(raw.split()).casefold() in " ".join(text.split()).casefold()


def _piece(say: Say, feeds: str, link: Row, cell: Row | None, readings: Mapping[tuple[str, str], Row]) -> Step:
    name = _BRIDGES[feeds]
    reading = readings.get((name, link[Link.raw]))
    method = method_said(say, link[Link.method])
    known = reading[Reading.rule] if reading and reading[Reading.value] == link["code"] else ""
    is_told = not known or known == link[Link.method] or link[Link.method].endswith(f", {known}")
    rule = method if is_told else say.listed([rule_said(say, known), method])
    rule = _with_decision(rule, reading)
    return Step(feeds, title(say, name, link), rule, link[Link.raw], cell, link[Link.confidence], link[Link.accepted])


def _whole(say: Say, feeds: str, cell: Row, readings: Mapping[tuple[str, str], Row]) -> Step:
    """Return the step of a cell that was read as one, taken as it stands, or not used."""
    if not feeds:
        return Step("", say(NOT_USED), "", cell["text"], cell)
    for kind in _READINGS.get(feeds, ()):
        if reading := readings.get((kind, " ".join(cell["text"].split()))):
            value = _said(say, kind, reading[Reading.value]) if reading[Reading.value] else say(NOT_READ)
            rule = _with_decision(rule_said(say, reading[Reading.rule]), reading)
            feeds = "term" if (feeds, kind) == ("expires", "term") else feeds  # a column 'valid until' may say how long instead
            return Step(feeds, value, rule, cell["text"], cell, reading[Reading.confidence])
    return Step(feeds, cell["text"], say(AS_WRITTEN), cell["text"], cell)


def _said(say: Say, kind: str, value: str) -> str:
    if kind == "term":
        return say.count(MONTHS, int(value)) if value.isdecimal() else value
    if kind == "date":
        return say.date(value) if value[:4].isdigit() else value
    vocabulary = {"agreement_type": AGREEMENT_TYPES, "outcome_type": OUTCOME_TYPES}.get(kind)
    return word(say, vocabulary, value) if vocabulary else value


def _line(say: Say, step: Step) -> list[Child | list[Child]]:
    cell = step.cell
    rule: list[Child] = [step.rule]
    if step.confidence < 1:
        rule += [" ", badge(say(SURE, percent=round(step.confidence * 100)))]
    if not step.accepted:
        rule += [" ", badge(say(PROPOSED), "warning")]
    header = (cell[SourceColumn.header] or say(NO_HEADER)) if cell else ""
    file = cell[SourceRow.file] if cell else ""
    what = say(FEEDS[step.feeds]) if step.feeds in FEEDS else step.feeds
    return [what, step.value, rule, html.Code(step.raw, className="raw"), header, file, _where(say, cell)]


def _where(say: Say, cell: Row | None) -> str:
    if not cell:
        return say(WORKED_OUT)
    address = f"{cell['letter']}{cell['written_row']}"
    return say(CELL_OF, sheet=cell[SourceRow.sheet], cell=address) if cell[SourceRow.sheet] else say(CELL, cell=address)


def mentions(context: Context, name: str, code: str) -> Component:
    """Return the section with every cell that names this partner, country or field (``name``), with the record that it leads to."""
    say = context.say
    lines, shown = [], set()
    # Whatever is chosen, it is the same.
    held = view_of(context.db).held
    for row in held.remember(("mentions", name, code), lambda: evidence.mentions(context.db, name, code)):
        shown.add((row["kind"], row["record_id"]))
        cell = row if row["letter"] else None
        # A row that was merged in says it in words of its own.
        raw = row["text"] if cell and not _contains(row["text"], row[Link.raw]) else row[Link.raw]
        step = Step("", to(context, row["kind"], row["record_id"], row["title"]), method_said(say, row[Link.method]), raw, cell)
        confident = replace(step, confidence=row[Link.confidence], accepted=row[Link.accepted])
        lines.append(_line(say, confident)[1:])
    heads = [Column(say(head), main=head == HEADS[1]) for head in (RECORD, *HEADS[2:])]
    body = table(heads, lines, say(TITLE)) if lines else empty(say(NO_EVIDENCE))
    number = held.remember(("mentioned", name, code), lambda: evidence.mentioned(context.db, name, code))
    note = say(NAMED_IN) if number <= len(shown) else f"{say(NAMED_IN)} ({say.count(FIRST, number, shown=say.number(len(shown)))})"
    return section(say(TITLE), body, note=note, id="mentions")
