"""News in the snapshot: what each item tells, the agreements and outcomes it speaks of, and what news and registers say of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from etl.decide.proposals import proof_hash
from etl.decide.questions import Asked
from etl.decide.questions import named as with_place
from etl.extract.events import Event, event
from etl.extract.stance import sentences
from etl.extract.who import Named
from etl.home import Home, built_in
from etl.link import news_links, news_outcomes, same_event
from etl.link.partner.names import kind as kind_of
from etl.link.partner.new import id_of
from etl.link.partners import Directory
from etl.link.references import Named as Rows
from etl.link.references import to_agreements, to_outcomes
from etl.pipeline.judged import Judge, unjudged
from etl.pipeline.news_reader import NewsReader, Understood, item
from etl.records import Finding, Read, Record, RunPartner, Tie
from etl.star import bridges
from etl.star.linked import Linked, Proof

_COLUMNS = (("title", "title"), ("body_text", "text"))
Question = tuple[str, str, str, tuple[str, ...], int, Asked]


@dataclass(slots=True)
class News:
    """What the news of a run gave: their links, questions and findings.

    ``events`` is the event of each item that shares one, ``unlisted`` the name of each organisation that no list and no register has.
    """

    items: list[Linked] = field(default_factory=list)
    understood: dict[str, Understood] = field(default_factory=dict)
    ties: dict[str, list[Tie]] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    unlisted: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def read_news(items: Sequence[Linked], organisations: dict[str, RunPartner], directory: Directory, home: Home | None = None) -> News:
    """Return the items with the event, the partners and countries that their words name, each with the span that proves it.

    An organisation that only the news name is added to ``organisations``.
    """
    found = News()
    if not items:  # preparing to read takes most of the time of a small refresh
        return found
    ours = home or built_in()
    reader = NewsReader(directory, organisations, ours)
    for each in items:
        record = each.rows[0]
        texts = {column: record.texts[name] for column, name in _COLUMNS if name in record.texts}
        read = reader.read(texts, record.date("published"), record.language)
        found.understood[each.id] = read
        found.items.append(_with_words(each, read, organisations, directory, ours))
        found.unlisted |= {id_of(named.name): named.name for named in read.partners if not named.value}
    return found


def settle_unlisted(found: News, organisations: dict[str, RunPartner]) -> None:
    """Make partners of the organisations that no list has and a person accepted; ask about the others, which count nowhere."""
    for at, each in enumerate(found.items):
        open_ = {name: proof for name, proof in each.partners.items() if name in found.unlisted and not proof.accepted}
        for name in each.partners.keys() & found.unlisted.keys() - open_.keys():
            country = next(iter(each.countries)) if len(each.countries) == 1 else ""
            shown, forms = found.unlisted[name], (each.partners[name].raw,)
            organisations.setdefault(name, RunPartner(name, shown, "", "", "", kind_of(shown), "", country, "", forms))
        found.items[at] = replace(each, partners={name: proof for name, proof in each.partners.items() if name not in open_})
        for name, proof in open_.items():
            asked = Asked((with_place(f"partner:{name}", proof_hash(proof.raw)),), about=each.id, proof=proof.raw)
            said = f"{each.id}: {proof.raw}"
            found.questions.append(("news", said, "Is this an organisation that no list has?", (found.unlisted[name],), 1, asked))


def _with_words(each: Linked, read: Understood, organisations: dict[str, RunPartner], directory: Directory, home: Home) -> Linked:
    partners, mentioned = dict(each.partners), dict(each.countries)
    for named in read.partners:
        if not named.value:
            partners.setdefault(id_of(named.name), _proof(named)._replace(accepted=False))
        elif named.value not in home.organisations:
            partners.setdefault(named.value, _proof(named))
            _note_form(named, organisations, directory)
    for named in read.countries:
        mentioned.setdefault(named.value, _proof(named))
    known = {name: proof for name, proof in partners.items() if name in organisations}
    where = bridges.countries_of((), known, organisations, home.country) | bridges.without_home(mentioned, home.country)
    record = each.rows[0]
    rows = [replace(record, event=_event(record, read.event)), *each.rows[1:]]
    return Linked("news", each.id, rows, partners, where, {named.value: _proof(named) for named in read.fields} | dict(each.fields))


def _proof(named: Named) -> Proof:
    return Proof(named.text, named.method, named.confidence, True, named.start, named.end, named.column)


def _note_form(named: Named, organisations: dict[str, RunPartner], directory: Directory) -> None:
    """Add an organisation that only the news name, and how they write it."""
    if named.value not in organisations:
        organisations[named.value] = from_list(named.value, directory)
    organisation = organisations[named.value]
    if named.text not in organisation.forms:
        organisations[named.value] = replace(organisation, forms=(*organisation.forms, named.text))


def from_list(partner_id: str, directory: Directory) -> RunPartner:
    """Return an organisation that no partner cell names, from the directory's lists."""
    listed = directory.known.by_id[partner_id]
    where = (listed.kind, listed.city, listed.country, listed.parent)
    return RunPartner(listed.id, listed.name, listed.name_en, listed.name_ru, listed.name_zh, *where, forms=())


def _event(record: Record, told: Event) -> Read:
    """Return the event of an item: what its own column says, else what its words tell."""
    if record.event is not None:
        return record.event
    if written := record.row.text("event"):
        own = event(sentences({"title": written}))
        if own.method != "default":
            return Read(own.value, f"written: '{written.strip()}'", 0.9)
    return Read(told.value, told.method, told.confidence)


def tie(found: News, agreements: Sequence[Linked], outcomes: Sequence[Linked], judge: Judge = unjudged) -> None:
    """Fill in the links of news and outcomes to agreements and of news to outcomes, with what is left to ask and to tell.

    ``judge`` accepts and rejects links as people decided.
    """
    named = {
        kind: [Rows(each.id, each.rows, frozenset(each.partners)) for each in linked]
        for kind, linked in (("agreement", agreements), ("news", found.items), ("outcome", outcomes))
    }
    for kind in ("news", "outcome"):
        found.ties[f"{kind}_agreement"], findings = to_agreements(named[kind], named["agreement"])
        found.findings += findings
    found.ties["news_outcome"] = to_outcomes(named["news"], named["outcome"])
    items = [_item(each, found) for each in found.items]
    register = [_signed(each) for each in agreements] if items else []
    more = news_links.to_agreements(items, register, _linked(found.ties["news_agreement"]))
    found.ties["news_agreement"] = judge("agreement", [*found.ties["news_agreement"], *more.ties])
    found.questions += _ask_agreements(found.ties["news_agreement"], {each.id: each for each in register})
    _tell_unknown(found, more.unknown)
    _tell_disagreeing(found, items, {each.id: each for each in register})
    _tell_without_news(found, agreements)
    _match_outcomes(found, items, outcomes, judge)
    _same_events(found)


def _item(each: Linked, found: News) -> news_links.Item:
    record = each.rows[0]
    partners = frozenset(name for name, proof in each.partners.items() if proof.accepted)
    code = record.event.value if record.event else "other"
    return item(each.id, found.understood[each.id], partners, code, record.date("published"))


def _signed(each: Linked) -> news_links.Signed:
    dates = {name: max((r.date(name) for r in each.rows), key=len) for name in ("signed", "expires", "terminated")}
    kind = next((r.type.value for r in each.rows if r.type), "")
    ends = dates["terminated"] or dates["expires"]
    return news_links.Signed(each.id, frozenset(each.partners), kind, dates["signed"], ends, each.rows[0].texts["title"])


def _linked(ties: Iterable[Tie]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each in ties:
        if each.accepted:
            found[each.left].add(each.right)
    return {left: frozenset(rights) for left, rights in found.items()}


def _proposed(ties: Iterable[Tie]) -> dict[str, list[Tie]]:
    found: dict[str, list[Tie]] = defaultdict(list)
    for each in ties:
        if not each.accepted:
            found[each.left].append(each)
    return found


def _ask_agreements(ties: Sequence[Tie], register: Mapping[str, news_links.Signed]) -> Iterator[Question]:
    """Ask of each item with proposals which of the agreements it speaks of."""
    decided = {each.left for each in ties if each.method == "decision"}
    for news_id, here in _proposed(ties).items():
        if news_id in decided:
            continue
        best = sorted(here, key=lambda each: (-each.confidence, each.right))
        candidates = tuple(_candidate(register[each.right], each) for each in best)
        answers = tuple(with_place(f"agreement:{each.right}", proof_hash(each.raw)) for each in best)
        extra = Asked(answers, about=news_id, proof=best[0].raw)
        yield "news", f"{news_id}: {best[0].raw}", "Does this news speak of this agreement?", candidates, 1, extra


def _candidate(agreement: news_links.Signed, tie: Tie) -> str:
    signed = f", signed {agreement.signed}" if agreement.signed else ""
    return f"{agreement.id}: {agreement.title}{signed} ({tie.method}, {tie.confidence:.2f})"


def _tell_unknown(found: News, unknown: Iterable[news_links.Item]) -> None:
    """Report each signing that the news tell of and no register has."""
    by_id = {each.id: each for each in found.items}
    for each in unknown:
        record = by_id[each.id].rows[0]
        proof = next(iter(each.signings), None)
        names = ", ".join(proof.raw for name, proof in by_id[each.id].partners.items() if name in each.partners)
        message = f"The news tells of a {each.event} with {names} about {each.date}; no register has an agreement of that time with them"
        advice = "Add the agreement to a register, or answer the question in the review list"
        found.findings.append(_finding("warning", "agreement_only_in_news", message, advice, record, proof.column if proof else None))
        said = f"{each.id}: {proof.text if proof else record.texts['title']}"
        what = (f"{each.event}, {names}, {each.date}",)
        found.questions.append(("news", said, "Is this an agreement that no register has?", what, 1, Asked(about=each.id)))


def _tell_disagreeing(found: News, items: Iterable[news_links.Item], register: Mapping[str, news_links.Signed]) -> None:
    """Report where a news of a signing and the one agreement that it can be give two dates that cannot both be right."""
    linked, proposed = _linked(found.ties["news_agreement"]), _proposed(found.ties["news_agreement"])
    by_id = {each.id: each for each in found.items}
    for each in items:
        on = found.understood[each.id].event_on
        rights = linked.get(each.id) or frozenset(tie.right for tie in proposed.get(each.id, ()) if tie.method == "signing")
        if not each.tells_signing or on is None or len(rights) != 1:
            continue
        signed = register[next(iter(rights))]
        if signed.signed and _differ(on.value, signed.signed, is_range=any(sign in on.text for sign in "-–—")):
            message = f"The news says signed on {on.value} ('{on.text}'), the register says {signed.signed} for {signed.id}"
            advice = "Correct the one that is wrong"
            found.findings.append(_finding("warning", "news_disagrees", message, advice, by_id[each.id].rows[0], on.column))


def _differ(news: str, register: str, *, is_range: bool) -> bool:
    """Tell whether two dates cannot be one; of a range of days only the month is compared."""
    shared = min(len(news), len(register), 7 if is_range else 10)
    return news[:shared] != register[:shared]


def _tell_without_news(found: News, agreements: Sequence[Linked]) -> None:
    """Note each agreement of the years that the news cover of which none speaks, not even perhaps."""
    years = sorted(record.date("published")[:4] for each in found.items for record in each.rows if record.date("published"))
    if not years:
        return
    told = {each.right for each in found.ties["news_agreement"]}
    for each in agreements:
        signed = max((record.date("signed") for record in each.rows), key=len)
        if each.id in told or not years[0] <= signed[:4] <= years[-1]:
            continue
        message = f"No news speaks of this agreement of {signed}, though the news reach from {years[0]} to {years[-1]}"
        found.findings.append(
            _finding("note", "agreement_without_news", message, "Nothing, unless a report is missing", each.rows[0], "title")
        )


def _finding(severity: str, code: str, message: str, advice: str, record: Record, column: str | None) -> Finding:
    origin = record.row.origin
    source = next((name for of_table, name in _COLUMNS if of_table == column), "title")
    cell = next(iter(record.row.values.get(source, ())), None)
    place = (origin.file, origin.sheet, cell.row if cell else origin.row, cell.letter if cell else None)
    return Finding(severity, code, message, advice, *place, cell.text if cell else None)  # type: ignore[arg-type]


def _match_outcomes(found: News, items: Iterable[news_links.Item], outcomes: Sequence[Linked], judge: Judge) -> None:
    """Link what the news tell to the outcome records; what no record states is asked, never counted."""
    tellers = [news_outcomes.Teller(each.id, each.partners, each.date, found.understood[each.id].outcomes) for each in items]
    records = [_recorded(each) for each in outcomes]
    matched = news_outcomes.match(tellers, records, _linked(found.ties["news_outcome"]))
    found.ties["news_outcome"] = judge("outcome", [*found.ties["news_outcome"], *matched.ties])
    for teller, told in matched.proposed:
        count = f"{told.count} " if told.count is not None else ""
        what = f"{count}{told.type}{', planned' if told.planned else ''}"
        extra = Asked(about=teller.id)
        found.questions.append(("news", f"{teller.id}: {told.text}", "Is this an outcome that no register has?", (what,), 1, extra))


def _recorded(each: Linked) -> news_outcomes.Recorded:
    kind = next((r.type.value for r in each.rows if r.type), "")
    happened = max((r.date("date") for r in each.rows), key=len)
    amount = next((r.amount for r in each.rows if r.amount is not None), None)
    planned = all(r.is_planned for r in each.rows)
    return news_outcomes.Recorded(each.id, kind, frozenset(each.partners), happened, amount, planned)


def _same_events(found: News) -> None:
    """Give the items of one event one id, and note which they are."""
    by_id = {each.id: each for each in found.items}
    reports = [_report(each, found) for each in found.items]
    for group in same_event.groups(reports):
        shared = same_event.event_id(group[0])
        found.events |= {report.id: shared for report in group}
        for report in group[1:]:
            message = f"This item and {group[0].id} ({by_id[group[0].id].rows[0].texts['title']}) tell of one event, {shared}"
            advice = "Nothing; both are kept, and share their event_id"
            found.findings.append(_finding("note", "same_event", message, advice, by_id[report.id].rows[0], "title"))


def _report(each: Linked, found: News) -> same_event.Report:
    record, read = each.rows[0], found.understood[each.id]
    published = record.date("published")
    on = read.event_on.value if read.event_on else ""
    day = on if len(on) == 10 else published
    partners = frozenset(name for name, proof in each.partners.items() if proof.accepted)
    text = f"{record.texts['title']} {record.texts.get('text', '')}"
    code = record.event.value if record.event else "other"
    return same_event.Report(each.id, partners, code, day, published, record.language, text, on)
