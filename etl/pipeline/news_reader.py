"""One news item -> all that is understood of it; the run and ``python -m etl extract`` read alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from etl.errors import Unreadable
from etl.extract.agreements import Spoken, agreements
from etl.extract.dates import Dated, dates, event_date
from etl.extract.events import SIGNINGS, Event, event, signings
from etl.extract.fields import FieldTerms
from etl.extract.mentions import Mention
from etl.extract.outcomes import outcomes
from etl.extract.stance import sentences
from etl.extract.who import Home as Ours
from etl.extract.who import Known, Named, Reader
from etl.home import Home, built_in
from etl.link.news_links import Item, Words
from etl.link.partner.gazetteer import SURE
from etl.link.partners import Directory
from etl.normalise import countries, fields, languages
from etl.normalise.dates import date
from etl.records import RunPartner, ToldOutcome

_LANGUAGES = ("en", "ru", "zh")
#: How sure a field is that a term in running text names.
_FIELD_SURE = 0.8
#: Letters of a text that are read: a page pasted whole is no news item.
_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Understood:
    """What a news item tells, each part with the words that prove it. ``event_on`` is the date of the event where the text states it."""

    language: str
    event: Event
    dates: tuple[Dated, ...]
    event_on: Dated | None
    partners: tuple[Named, ...]
    countries: tuple[Named, ...]
    fields: tuple[Named, ...]
    outcomes: tuple[ToldOutcome, ...]
    spoken: tuple[Spoken, ...]
    signings: tuple[Event, ...]

    @property
    def is_done(self) -> bool:
        """Tell whether the event took place: a signing that is planned or denied is none."""
        return self.event.stance in ("done", "history")


class NewsReader:
    """Reads news against all organisations that are known; ``home`` is whose news they are."""

    def __init__(self, directory: Directory, partners: Mapping[str, RunPartner], home: Home | None = None) -> None:
        organisations = list(known(directory, partners))
        self._listed = directory.known
        home = home or built_in()
        names = [name for each in organisations if each.id in home.organisations for name in each.names]
        ours = Ours((*names, *home.names), home.country)
        others = [each for each in organisations if each.id not in home.organisations]
        self._fields = FieldTerms(fields.in_texts())
        self._who = Reader(others, {language: countries.names(language) for language in _LANGUAGES}, ours)

    def read(self, texts: Mapping[str, str], published: str = "", language: str = "") -> Understood:
        """Return what an item tells; ``texts`` are its title and body by column, ``published`` an ISO prefix or empty."""
        texts = {column: text[:_MOST] for column, text in texts.items()}
        spoken_in = language or _language(" ".join(texts.values()))
        told = sentences(texts, published)
        dated = tuple(dates(told, published, date))
        partners = tuple(map(self._looked_up, self._who.partners(texts, spoken_in)))
        where = tuple(self._who.countries(texts, spoken_in, partners))
        found = (event(told, partners), dated, event_date(dated, published), partners, where, tuple(self._fields_of(texts)))
        return Understood(spoken_in, *found, tuple(outcomes(told)), tuple(agreements(told, dated)), tuple(signings(told)))

    def _looked_up(self, named: Named) -> Named:
        """Give a name that only reads like one of an organisation the organisation of an added list that is called so."""
        if named.value:
            return named
        matches = self._listed.named(named.name) or self._listed.named(named.text)
        if len(matches) != 1 or matches[0].confidence < SURE:
            return named
        organisation = self._listed.by_id[matches[0].id]
        return replace(named, value=organisation.id, name=organisation.name, method="reference", confidence=0.8)

    def _fields_of(self, texts: Mapping[str, str]) -> Iterator[Named]:
        """Yield each field once, at its first mention."""
        met: set[str] = set()
        for column, text in texts.items():
            for mention in self._fields.find(text):
                if mention.value not in met:
                    met.add(mention.value)
                    yield _said(mention, column)


def _said(mention: Mention, column: str) -> Named:
    return Named(mention.value, mention.value, mention.text, mention.start, mention.end, column, "mention", _FIELD_SURE)


def known(directory: Directory, partners: Mapping[str, RunPartner]) -> Iterator[Known]:
    """Yield the organisations of ``directory`` and the ``partners`` of a run, which are meant rather than others.

    Of an added list only partners: some name of its thousands stands in every text, and means nobody there.
    """
    listed = directory.known.by_id
    for each in listed.values():
        if directory.known.is_on_shelf(each.id) and each.id not in partners:
            continue
        names = tuple(dict.fromkeys((*directory.names_of(each), *(partners[each.id].forms if each.id in partners else ()))))
        yield Known(each.id, each.name, names, each.city, each.country, each.kind, each.parent, each.id in partners)
    for one in partners.values():
        if one.id not in listed:
            names = tuple(dict.fromkeys(filter(None, (one.name, one.name_en, one.name_ru, one.name_zh, *one.forms))))
            yield Known(one.id, one.name, names, one.city, one.country_code, one.kind, one.parent_id, True)


def item(item_id: str, read: Understood, partners: frozenset[str], event_code: str, published: str) -> Item:
    """Return what linking needs to know of an item."""
    on = read.event_on.value if read.event_on else published
    words = tuple(
        Words(s.text, s.start, s.end, s.column, s.types, s.signed, _near(s.column, s.clause, read, partners)) for s in read.spoken
    )
    return Item(item_id, partners, event_code, on, read.is_done, words, tuple(_signing(each, read, partners) for each in _signings(read)))


def _signings(read: Understood) -> tuple[Event, ...]:
    """Return the signings that an item tells of; where it is about one, its own words will do."""
    return read.signings or ((read.event,) if read.event.value in SIGNINGS and read.is_done else ())


def _signing(told: Event, read: Understood, partners: frozenset[str]) -> Words:
    column, start, end = told.column or "", told.start or 0, told.end or 0
    spoken = [each for each in read.spoken if each.column == column and each.start < end and start < each.end]
    types = frozenset(code for each in spoken for code in each.types) if all(each.types for each in spoken) else frozenset()
    near = _near(column, spoken[0].clause, read, partners) if spoken else frozenset()
    return Words(told.text, start, end, column, types, "", near)


def _near(column: str, clause: tuple[int, int], read: Understood, partners: frozenset[str]) -> frozenset[str]:
    """Return the partners that stand in the same clause."""
    return frozenset(each.value for each in read.partners if each.column == column and clause[0] <= each.start < clause[1]) & partners


def _language(text: str) -> str:
    try:
        return languages.language(text)
    except Unreadable:
        return "en"
