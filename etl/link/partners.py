"""One organisation under many names -> one partner.

All written forms of a run are resolved together: who is known comes from the lists of organisations, who is not is told
apart by the words of the name, the country of the row and its title. An unsure form stays a partner of its own, and a question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from etl.errors import Unreadable, Unsure
from etl.link.names import is_acronym
from etl.link.partner_cells import split
from etl.link.partner_gazetteer import SURE, Gazetteer, Match, compatible, gazetteer
from etl.link.partner_new import new_partners, only
from etl.link.partner_questions import questions
from etl.link.partner_records import Mention, Partner, Question, Resolution, Resolved
from etl.link.partner_reference import Organisation, load_reference, organisations
from etl.link.partner_similarity import Similarity, similar
from etl.link.partner_titles import named_by_title
from etl.link.partner_variants import find
from etl.records import Read
from etl.text import fold

__all__ = [
    "Directory",
    "Mention",
    "Organisation",
    "Partner",
    "Question",
    "Resolution",
    "Resolved",
    "Similarity",
    "load_reference",
    "similar",
    "split",
]


class Directory:
    """Who is who: our own organisations, those of ``extra`` lists, and what people decided.

    ``decisions`` maps a folded written form to the id of a known organisation, or to another written form that it stands for.
    """

    def __init__(self, extra: Iterable[Organisation] = (), decisions: Mapping[str, str] | None = None) -> None:
        others = tuple(extra)
        self.known: Gazetteer = Gazetteer((*organisations(), *others)) if others else gazetteer()
        self._decisions = dict(decisions or {})
        self._seen: dict[str, dict[str, str]] = defaultdict(dict)

    def split(self, text: str) -> list[str]:
        """Return the partners that one cell names; commas part only what is known."""
        return split(text, self.known)

    def resolve(self, mentions: Iterable[Mention]) -> Resolution:
        """Return who every mention is; the order of the mentions does not matter, their number does."""
        cells = Counter(mentions)
        distinct = sorted(cells, key=lambda each: (each.text, sorted(each.country_codes), each.title))
        settled, unsettled = self._by_reference(distinct)
        self._by_other_rows(distinct, settled)
        open_cells = {each: cells[each] for each in distinct if each not in settled}
        new = new_partners(open_cells, self.known)
        settled |= new.of
        partners = (*self._known_partners(settled, new.partners), *new.partners)
        asked = questions(new.partners, _by_partner(unsettled, settled), _cells_by_partner(cells, settled), self.known)
        for mention, who in settled.items():
            self._seen[fold(mention.text)][who.partner_id] = only(mention.country_codes)
        return Resolution(settled, tuple(sorted(partners, key=lambda each: each.partner_id)), asked)

    def _by_reference(self, mentions: list[Mention]) -> tuple[dict[Mention, Resolved], dict[Mention, list[Match]]]:
        settled: dict[Mention, Resolved] = {}
        unsettled: dict[Mention, list[Match]] = {}
        for mention in mentions:
            answer = self._known_as(mention)
            if isinstance(answer, Resolved):
                settled[mention] = answer
            elif answer:
                unsettled[mention] = answer
        return settled, unsettled

    def _known_as(self, mention: Mention) -> Resolved | list[Match]:
        decided = self._decisions.get(fold(mention.text))
        if decided in self.known.by_id:
            return Resolved(decided, "decision", 1.0, "decided by a person")
        matches = find(decided or mention.text, mention.country_codes, self.known)
        if len(matches) == 1 and matches[0].confidence >= SURE:
            only = matches[0]
            return Resolved(only.id, "decision" if decided else only.method, only.confidence, only.reason)
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

    def _known_partners(self, settled: Mapping[Mention, Resolved], new: tuple[Partner, ...]) -> list[Partner]:
        made = {partner.partner_id for partner in new}
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

        Raises:
            Unsure: it may be several, or one but not certainly; the candidates are partner ids.
            Unreadable: nobody is called so.
        """
        countries = frozenset({country} - {""})
        answer = self._known_as(Mention(text, countries))
        if isinstance(answer, Resolved):
            return Read(answer.partner_id, answer.method, answer.confidence)
        seen = {each for each, where in self._seen.get(fold(text), {}).items() if compatible(where, countries)}
        if len(seen) == 1:
            return Read(min(seen), "spelling", 0.95)
        if candidates := tuple(sorted(seen | {match.id for match in answer})):
            raise Unsure(f"{text!r} may be more than one organisation, or one that the country does not confirm", candidates)
        raise Unreadable(f"no known organisation: {text!r}")

    def forms(self) -> dict[str, str]:
        """Return the partner id by every folded form that leads to one partner only.

        Acronyms that several organisations of the world share are left out unless the run itself writes them.
        """
        found: dict[str, set[str]] = defaultdict(set)
        for organisation in self.known.by_id.values():
            for name in organisation.names:
                if not is_acronym(name) or len(fold(name)) > 4:
                    found[fold(name)].add(organisation.id)
        for form, ids in self._seen.items():
            found[form] = set(ids)
        return {form: min(ids) for form, ids in sorted(found.items()) if form and len(ids) == 1}


def _published(organisation: Organisation, forms: Iterable[str]) -> Partner:
    return Partner(
        partner_id=organisation.id,
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


def _by_partner(unsettled: Mapping[Mention, list[Match]], settled: Mapping[Mention, Resolved]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = defaultdict(list)
    for mention, matches in unsettled.items():
        found[settled[mention].partner_id] += [match for match in matches if match.id != settled[mention].partner_id]
    return found


def _cells_by_partner(cells: Mapping[Mention, int], settled: Mapping[Mention, Resolved]) -> Counter[str]:
    found: Counter[str] = Counter()
    for mention, count in cells.items():
        found[settled[mention].partner_id] += count
    return found
