"""What a person should decide about partners that no list knows: who else may each of them be?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from etl.beside import by_two
from etl.link.partner.decided import Rulings
from etl.link.partner.gazetteer import Gazetteer, Match, compatible
from etl.link.partner.names import Name, analyse, initials, is_acronym
from etl.link.partner.records import Question
from etl.link.partner.words import family
from etl.link.same.similarity import compare
from etl.records import RunPartner
from etl.text import fold

#: A word that more organisations than this have in their names tells nothing.
_RARE = 12
_MOST = 5
#: So many new partners are worth a second process.
_WORTH_TWO = 4_000


def questions(
    new: Iterable[RunPartner], open_matches: Mapping[str, list[Match]], cells: Mapping[str, int], known: Gazetteer, rulings: Rulings
) -> tuple[Question, ...]:
    """Return one question for each new partner that may be another; ``open_matches`` and ``cells`` are by partner id.

    Whom a person told apart (``rulings``) is not asked about again.
    """
    partners = sorted(new, key=lambda partner: partner.id)
    by_id = {partner.id: partner for partner in partners}
    by_word: dict[str, list[RunPartner]] = defaultdict(list)
    by_initials: dict[str, list[RunPartner]] = {fold(partner.name): [] for partner in partners if is_acronym(partner.name)}
    for partner in partners:
        for word in set(analyse(partner.name).rare):
            by_word[word].append(partner)
        for short in initials(partner.name) if by_initials and not is_acronym(partner.name) else ():
            if short in by_initials:
                by_initials[short].append(partner)
    owners = cache(lambda: _owners(partners))

    def asked(partner: RunPartner) -> Question | None:
        if is_acronym(partner.name):
            near = _spelled_out(partner, by_initials.get(fold(partner.name), []))
        else:
            near = {**_among_known(partner, known), **_among_new(partner, by_word, known)}
        near |= {_shown(match.id, known): (match.confidence, match.reason) for match in open_matches.get(partner.id, ())}
        near = {name: why for name, why in near.items() if not _is_settled(partner, _id_in(name), by_id, rulings)}
        if near:
            ordered = sorted(near.items(), key=lambda item: (-item[1][0], item[0]))[:_MOST]
            candidates = tuple(f"{name}: {reason}" for name, (_, reason) in ordered)
            answers = tuple(by_id[each].name if each in by_id else each for each in (_id_in(name) for name, _ in ordered))
            country = partner.country_code if _is_shared(partner, owners(), known) else ""
            about = (candidates, cells[partner.id], partner.id, answers, country)
            return Question(partner.name, "Is this one of these partners?", *about)
        return None

    return tuple(question for question in by_two(lambda each: list(map(asked, each)), partners, _WORTH_TWO) if question)


def _id_in(shown: str) -> str:
    return shown.rpartition("[")[2].rstrip("]")


def _is_settled(partner: RunPartner, identifier: str, by_id: Mapping[str, RunPartner], rulings: Rulings) -> bool:
    """Tell whether a person said that ``partner`` is not the partner ``identifier``."""
    if not rulings.apart:
        return False
    ours = {rulings.group(form, partner.country_code) for form in partner.forms}
    other = by_id.get(identifier)
    theirs = {rulings.group(form, other.country_code) for form in other.forms} if other else set()
    return rulings.told_apart(ours, identifier) or any(rulings.are_apart(one, two) for one in ours for two in theirs)


def _owners(partners: Iterable[RunPartner]) -> dict[str, set[str]]:
    """Return the ids of the partners that are written so, by folded form."""
    found: dict[str, set[str]] = defaultdict(set)
    for partner in partners:
        for form in partner.forms:
            found[fold(form)].add(partner.id)
    return found


def _is_shared(partner: RunPartner, owners: Mapping[str, set[str]], known: Gazetteer) -> bool:
    """Tell whether its name is also that of somebody else, whom an answer must not touch."""
    return bool(known.exact(partner.name) or owners.get(fold(partner.name), set()) - {partner.id})


def _shown(identifier: str, known: Gazetteer) -> str:
    return f"{known.by_id[identifier].name} [{identifier}]"


def _among_known(partner: RunPartner, known: Gazetteer) -> dict[str, tuple[float, str]]:
    said = analyse(partner.name)
    near: dict[str, tuple[float, str]] = {}
    for word in said.rare:
        having = known.with_word(word)
        for identifier in having if len(having) <= _RARE else ():
            organisation = known.by_id[identifier]
            if compatible(organisation.country, frozenset({partner.country_code} - {""})):
                near |= {
                    _shown(identifier, known): (answer.score, answer.reason)
                    for name in organisation.names
                    if _may_be(said, other := analyse(name)) and (answer := compare(said, other, known)).verdict != "different"
                }
    return near


def _among_new(partner: RunPartner, by_word: Mapping[str, list[RunPartner]], known: Gazetteer) -> dict[str, tuple[float, str]]:
    """Ask once about a pair: of the partner with the greater id."""
    said = analyse(partner.name)
    near: dict[str, tuple[float, str]] = {}
    for word in said.rare:
        having = by_word[word]
        for other in having if len(having) <= _RARE else ():
            if other.id >= partner.id or not _one_country(partner, other):
                continue
            if _may_be(said, there := analyse(other.name)) and (answer := compare(said, there, known)).verdict != "different":
                near[f"{other.name} [{other.id}]"] = (answer.score, answer.reason)
    return near


def _may_be(one: Name, two: Name) -> bool:
    """Tell at little cost whether a comparison can end in a question at all."""
    apart = set(one.concepts) ^ set(two.concepts)
    return not is_acronym(two.key) and apart <= family("weak") | family("body") | family("tech")


def _spelled_out(partner: RunPartner, having: list[RunPartner]) -> dict[str, tuple[float, str]]:
    return {
        f"{other.name} [{other.id}]": (0.7, f"{partner.name} are its initials")
        for other in having
        if partner.country_code and other.country_code == partner.country_code
    }


def _one_country(one: RunPartner, two: RunPartner) -> bool:
    return not one.country_code or not two.country_code or one.country_code == two.country_code
