"""One organisation under many names -> one partner.

All written forms of a run are resolved together: who is known comes from the lists of organisations, who is not is told
apart by the words of the name, the country of the row and its title. An unsure form stays a partner of its own, and a question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from etl.beside import by_two
from etl.errors import Unreadable, Unsure
from etl.link.affiliation.of_directory import Affiliations
from etl.link.partner.cells import split
from etl.link.partner.decided import Decided, Group, Rulings
from etl.link.partner.gazetteer import SURE, Gazetteer, Match, compatible, gazetteer
from etl.link.partner.names import is_acronym
from etl.link.partner.new import new_partners, only
from etl.link.partner.questions import questions
from etl.link.partner.records import Mention, Question, Resolution, Resolved, Translation
from etl.link.partner.reference import Organisation, load_reference, organisations
from etl.link.partner.titles import named_by_title
from etl.link.partner.variants import find
from etl.link.same.similarity import Similarity, similar
from etl.records import Read, RunPartner
from etl.text import clean, fold

__all__ = [
    "Decided",
    "Directory",
    "Group",
    "Mention",
    "Organisation",
    "Question",
    "Resolution",
    "Resolved",
    "Similarity",
    "Translation",
    "load_reference",
    "similar",
    "split",
]


#: So many distinct names are worth a second process.
_WORTH_TWO = 4_000


class Directory:
    """Who is who: our own organisations, those of ``extra`` lists, and what people decided.

    ``decided`` joins written forms with each other or with the id of a partner, and tells others apart, whatever the rules say.
    """

    def __init__(self, extra: Iterable[Organisation] = (), decided: Decided | None = None) -> None:
        others = tuple(extra)
        self.known: Gazetteer = Gazetteer((*organisations(), *others)) if others else gazetteer()
        self._decided = decided or Decided()
        self.rulings = Rulings(self._decided, self.known.by_id, self._by_rules)
        self._settled: list[Mapping[Mention, Resolved]] = []
        self._seen: dict[str, dict[str, str]] | None = None
        self.affiliations = Affiliations(self.known)

    def split(self, text: str) -> list[str]:
        """Return the partners that one cell names; commas part only what is known."""
        return [clean(text)] if self.rulings.is_decided(text) else split(text, self.known)

    def resolve(self, mentions: Iterable[Mention], translations: Mapping[Translation, int] | None = None) -> Resolution:
        """Return who every mention is; the order of the mentions does not matter, their number does.

        ``translations`` are pairs of mentions that rows give of one partner in two languages, with the number of rows.
        """
        cells = Counter(mentions)
        distinct = sorted(cells, key=_order)
        if self._decided.groups:
            self.rulings = Rulings(self._decided, self.known.by_id, self._by_rules, distinct)
        settled, unsettled = self._by_reference(distinct)
        self._by_other_rows(distinct, settled)
        self._by_groups(distinct, settled)
        self._keep_apart(settled)
        self._by_translation(translations or {}, settled)
        open_cells = {each: cells[each] for each in distinct if each not in settled}
        new = new_partners(open_cells, self.known, self.rulings, translations)
        settled |= {mention: self._as_decided(mention, who) for mention, who in new.of.items()}
        partners = (*self._known_partners(settled, new.partners), *new.partners)
        asked = questions(new.partners, _by_partner(unsettled, settled), _cells_by_partner(cells, settled), self.known, self.rulings)
        self._settled.append(settled)
        self._seen = None
        return Resolution(settled, tuple(sorted(partners, key=lambda each: each.id)), asked)

    def _resolved_as(self, text: str) -> Mapping[str, str]:
        """Return the partners that were resolved under the name ``text``, each with the country of its row."""
        if self._seen is None:  # only news and exports ask
            self._seen = defaultdict(dict)
            for settled in self._settled:
                for mention, who in settled.items():
                    self._seen[fold(mention.text)][who.partner_id] = only(mention.country_codes)
        return self._seen.get(fold(text), {})

    def _by_reference(self, mentions: list[Mention]) -> tuple[dict[Mention, Resolved], dict[Mention, list[Match]]]:
        settled: dict[Mention, Resolved] = {}
        unsettled: dict[Mention, list[Match]] = {}
        for mention, answer in zip(mentions, by_two(self._all_known, mentions, _WORTH_TWO), strict=True):
            if isinstance(answer, Resolved):
                settled[mention] = answer
            elif answer:
                unsettled[mention] = answer
        return settled, unsettled

    def _by_groups(self, mentions: list[Mention], settled: dict[Mention, Resolved]) -> None:
        """Let a name that people joined with others be who these are, where the rules know only some of them."""
        members: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if (at := self.rulings.group_of(mention)) is not None and self.rulings.is_joined(at):
                members[at].append(mention)
        for at, joined in members.items():
            known = [settled[mention].partner_id for mention in joined if mention in settled]
            for mention in joined if known else ():
                settled[mention] = Resolved(known[0], "decision", 1.0, self.rulings.groups[at].said)
        for mention, who in settled.items() if self.rulings.merged else ():
            if who.partner_id in self.rulings.merged:
                settled[mention] = who._replace(partner_id=self.rulings.merged[who.partner_id], method="decision")

    def _keep_apart(self, settled: dict[Mention, Resolved]) -> None:
        """Take the partner from the less sure of two names that people told apart and the rules made one."""
        members: dict[int, list[Mention]] = defaultdict(list)
        for mention in settled if self.rulings.apart else ():
            if (at := self.rulings.group_of(mention)) is not None:
                members[at].append(mention)
        for one, two in sorted(self.rulings.apart):
            keeper, other = self.rulings.keeper(one, two)
            kept = {settled[mention].partner_id for mention in members[keeper]} | {self.rulings.id_of(keeper)}
            for mention in members[other]:
                if mention in settled and settled[mention].partner_id in kept:
                    del settled[mention]
            members[other] = [mention for mention in members[other] if mention in settled]

    def _by_translation(self, translations: Iterable[Translation], settled: dict[Mention, Resolved]) -> None:
        """Let a name that no list knows be the known one that its rows give for it in another language, where all agree."""
        called: dict[Mention, set[str]] = defaultdict(set)
        for each in translations:
            for mention, other in ((each.one, each.two), (each.two, each.one)):
                if mention not in settled and other in settled:
                    called[mention].add(settled[other].partner_id)
        for mention, ids in called.items():
            at = self.rulings.group_of(mention)
            is_decided = at is not None and (self.rulings.is_joined(at) or self.rulings.told_apart([at], min(ids)))
            if len(ids) == 1 and not is_decided:
                settled[mention] = Resolved(min(ids), "spelling", 0.9, "its rows name it so in another language")

    def _as_decided(self, mention: Mention, who: Resolved) -> Resolved:
        at = self.rulings.group_of(mention)
        if at is None or not self.rulings.is_joined(at):
            return who
        return Resolved(who.partner_id, "decision", 1.0, self.rulings.groups[at].said)

    def _all_known(self, mentions: Sequence[Mention]) -> list[Resolved | list[Match]]:
        return [self._known_as(mention) for mention in mentions]

    def _known_as(self, mention: Mention) -> Resolved | list[Match]:
        return self.rulings.rule(mention) or self._by_rules(mention)

    def _by_rules(self, mention: Mention) -> Resolved | list[Match]:
        matches = find(mention.text, mention.country_codes, self.known)
        if len(matches) == 1 and matches[0].confidence >= SURE:
            only = matches[0]
            return Resolved(only.id, only.method, only.confidence, only.reason)
        if is_acronym(mention.text) and mention.title:
            named = named_by_title(mention.text, mention.title, mention.country_codes, self.known)
            if named:
                return Resolved(named[0], "acronym + title", 0.9, named[1])
        if not matches and is_acronym(mention.text):
            maybe = self.known.acronym_of(mention.text, mention.country_codes)
            return [Match(each, "acronym", 0.6, f"{mention.text} is one of its acronyms, but the row names no country") for each in maybe]
        return matches

    def _by_other_rows(self, mentions: list[Mention], settled: dict[Mention, Resolved]) -> None:
        """Let an acronym without a country be what all other rows of the run that write it mean."""
        meant: dict[str, set[str]] = defaultdict(set)
        for mention, who in settled.items():
            meant[fold(mention.text)].add(who.partner_id)
        for mention in mentions:
            ids = meant.get(fold(mention.text), set())
            if mention in settled or len(ids) != 1 or not is_acronym(mention.text):
                continue
            (only,) = ids
            if compatible(self.known.by_id[only].country, mention.country_codes):
                settled[mention] = Resolved(only, "acronym + title", 0.85, "as in the other rows that write it")

    def _known_partners(self, settled: Mapping[Mention, Resolved], new: tuple[RunPartner, ...]) -> list[RunPartner]:
        made = {partner.id for partner in new}
        forms: dict[str, set[str]] = defaultdict(set)
        for mention, who in settled.items():
            if who.partner_id not in made:
                forms[who.partner_id].add(mention.text)
        # A parent is a partner too, or an institute would point to nobody.
        for parent in {self.known.by_id[each].parent for each in forms} | {partner.parent_id for partner in new}:
            if parent:
                forms.setdefault(parent, set())
        return [_published(self.known.by_id[each], forms[each]) for each in sorted(forms)]

    def find(self, text: str, country: str = "") -> Read:
        """Return the id of the partner called ``text``, from the lists and from what this directory has resolved.

        ``text`` may be a whole affiliation.

        Raises:
            Unsure: it may be several, or one but not certainly; the candidates are partner ids.
            Unreadable: nobody is called so.
        """
        mention = Mention(text, frozenset({country} - {""}))
        if self.known.shelf and not self.rulings.rule(mention) and (read := self.affiliations.read(text, mention.country_codes)):
            return read
        answer = self._known_as(mention)
        is_told_apart = isinstance(answer, Resolved) and self.rulings.told_apart([self.rulings.group(text, country)], answer.partner_id)
        if isinstance(answer, Resolved) and not is_told_apart:
            return Read(answer.partner_id, answer.method, answer.confidence)
        seen = {each for each, where in self._resolved_as(text).items() if compatible(where, mention.country_codes)}
        if len(seen) == 1:
            return Read(min(seen), "spelling", 0.95)
        matches = sorted(seen | {match.id for match in (answer if isinstance(answer, list) else ())})
        if not matches and not is_told_apart and not self.known.shelf and (read := self.affiliations.read(text, mention.country_codes)):
            return read
        if candidates := self.affiliations.candidates(text, mention.country_codes, matches):
            raise Unsure(f"{text!r} may be more than one organisation, or one that the country does not confirm", candidates)
        raise Unreadable(f"no known organisation: {text!r}")

    def find_listed(self, text: str, country: str = "") -> Read:
        """Return whom :meth:`find` finds, by the id that the added list gives it; without such a list the same.

        Raises:
            Unsure, Unreadable: as there; Unsure also where we know the organisation and the list does not have it.
        """
        try:
            read = self.find(text, country)
        except Unsure as error:
            raise Unsure(str(error), tuple(dict.fromkeys(map(self._listed_id, error.candidates)))) from None
        if self.known.shelf and self._listed_id(read.value) == read.value:
            raise Unsure(f"{text!r} is known here, but not in the reference list", (read.value,))
        return replace(read, value=self._listed_id(read.value))

    def _listed_id(self, identifier: str) -> str:
        known = self.known.by_id.get(identifier)
        return (known.reference_id if known else "") or identifier

    def names_of(self, organisation: Organisation) -> tuple[str, ...]:
        """Return the names of a listed organisation: its own, those that people gave it, without those that they told apart."""
        decided = [name for name in self.rulings.names_of(organisation.id) if name not in organisation.names]
        own = organisation.names
        if self.rulings.apart:
            own = tuple(name for name in own if not self.rulings.told_apart([self.rulings.group(name)], organisation.id))
        return (*own, *decided)


def _published(organisation: Organisation, forms: Iterable[str]) -> RunPartner:
    return RunPartner(
        id=organisation.id,
        name=organisation.name,
        name_en=organisation.name_en,
        name_ru=organisation.name_ru,
        name_zh=organisation.name_zh,
        kind=organisation.kind,
        city=organisation.city,
        country_code=organisation.country,
        parent_id=organisation.parent,
        forms=tuple(sorted(forms)),
    )


def _order(mention: Mention) -> tuple[str, list[str], str]:
    return mention.text, sorted(mention.country_codes), mention.title


def _by_partner(unsettled: Mapping[Mention, list[Match]], settled: Mapping[Mention, Resolved]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = defaultdict(list)
    for mention, matches in unsettled.items():
        found[settled[mention].partner_id] += [match for match in matches if match.id != settled[mention].partner_id]
    return found


def _cells_by_partner(cells: Mapping[Mention, int], settled: Mapping[Mention, Resolved]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for mention, count in cells.items():
        partner = settled[mention].partner_id
        found[partner] = found.get(partner, 0) + count
    return found
