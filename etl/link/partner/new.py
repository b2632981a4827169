"""Partners that no list knows, made of the forms in which one run writes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from etl.link.partner.clusters import clustered
from etl.link.partner.decided import Rulings
from etl.link.partner.forms import Form, Pair
from etl.link.partner.gazetteer import Gazetteer
from etl.link.partner.names import analyse, is_acronym, kind
from etl.link.partner.records import Mention, Resolved, Translation
from etl.link.partner.titles import spelled_out
from etl.records import RunPartner, short_hash
from etl.text import clean, fold, script, unmix


@dataclass(frozen=True, slots=True)
class New:
    """The new partners of a run, and who each of their mentions is."""

    partners: tuple[RunPartner, ...]
    of: Mapping[Mention, Resolved]


def new_partners(
    cells: Mapping[Mention, int], known: Gazetteer, rulings: Rulings | None = None, translations: Mapping[Translation, int] | None = None
) -> New:
    """Return the partners of the mentions that no list knows, given with their number of cells.

    ``rulings`` are of people; ``translations`` are pairs of names that rows give of one partner, with the number of rows.
    """
    form_of = {mention: _form(mention) for mention in cells}
    counts: Counter[Form] = Counter()
    for mention, form in form_of.items():
        counts[form] += cells[mention]
    pairs = _pairs(translations or {}, form_of)
    sets = clustered(counts, known, rulings, pairs)
    spelled = _unless_apart(_spelled_out(form_of, sets), sets, rulings)
    members: dict[int, list[Form]] = defaultdict(list)
    for at, forms in enumerate(sets):
        members[spelled.get(at, at)] += forms
    stated = {(form.text, language) for *forms, languages in pairs for form, language in zip(forms, languages, strict=True)}
    partners = _with_ids({at: _partner(forms, counts, known, stated) for at, forms in members.items()})
    answers = {
        form: answer
        for at, forms in enumerate(sets)
        for form, answer in _resolved(forms, partners[spelled.get(at, at)], is_titled=at in spelled)
    }
    return New(tuple(partners[at] for at in sorted(partners)), {mention: answers[form] for mention, form in form_of.items()})


def _form(mention: Mention) -> Form:
    return Form(mention.text, only(mention.country_codes))


def _pairs(translations: Mapping[Translation, int], form_of: Mapping[Mention, Form]) -> dict[Pair, int]:
    """Return the pairs of which no list knows either name."""
    found: dict[Pair, int] = {}
    for each, rows in translations.items():
        one, two = form_of.get(each.one), form_of.get(each.two)
        if one and two:
            pair = Pair(one, two, each.languages)
            found[pair] = found.get(pair, 0) + rows
    return found


def only(codes: frozenset[str]) -> str:
    """Return the country of a row that names exactly one, else nothing."""
    return min(codes) if len(codes) == 1 else ""


def _resolved(forms: Iterable[Form], partner: RunPartner, *, is_titled: bool) -> Iterator[tuple[Form, Resolved]]:
    """Yield each form of a partner with how it was found."""
    titled = Resolved(partner.id, "acronym + title", 0.85, f"the title spells it out: {partner.name}")
    spelled = Resolved(partner.id, "spelling", 0.9, f"another spelling of {partner.name}")
    new = Resolved(partner.id, "new", 1.0, "no list knows it: a partner of its own")
    key = analyse(partner.name).squeezed
    for form in forms:
        yield form, titled if is_titled else new if analyse(form.text).squeezed == key else spelled


def _spelled_out(form_of: Mapping[Mention, Form], sets: list[list[Form]]) -> dict[int, int]:
    """Return which set of acronyms is which set of names, where all titles that spell the acronym out agree."""
    short = [mention for mention in form_of if mention.title and is_acronym(mention.text)]
    if not short:
        return {}
    called: dict[tuple[str, str], set[int]] = defaultdict(set)
    for at, forms in enumerate(sets):
        for form in forms:
            called[analyse(form.text).squeezed, form.country].add(at)
    where = {form: at for at, forms in enumerate(sets) for form in forms}
    named: dict[int, set[int]] = defaultdict(set)
    for mention in short:
        form = form_of[mention]
        for phrase in spelled_out(mention.text, mention.title):
            named[where[form]] |= called.get((analyse(phrase).squeezed, form.country), set())
    return {at: min(others) for at, others in named.items() if len(others) == 1 and at not in others and min(others) not in named}


def _unless_apart(spelled: dict[int, int], sets: list[list[Form]], rulings: Rulings | None) -> dict[int, int]:
    """Return ``spelled`` without what would make one partner of names that people told apart."""
    if rulings is None or not rulings.apart:
        return spelled
    groups = {at: {rulings.group(form.text, form.country) for form in forms} for at, forms in enumerate(sets)}
    kept: dict[int, int] = {}
    for at, other in spelled.items():
        if not any(rulings.are_apart(one, two) for one in groups[at] for two in groups[other]):
            kept[at] = other
            groups[other] |= groups[at]
    return kept


def _partner(forms: list[Form], cells: Mapping[Form, int], known: Gazetteer, stated: Container[tuple[str, str]]) -> RunPartner:
    """Return the partner of some forms; ``stated`` are those that stand in a column for a language, with it."""
    weights: dict[str, int] = {}
    countries: dict[str, int] = {}
    for form in forms:
        weights[form.text] = weights.get(form.text, 0) + cells[form]
        if form.country:
            countries[form.country] = countries.get(form.country, 0) + cells[form]
    names = sorted(weights, key=lambda text: (is_acronym(text), -weights[text], -len(text), text))
    country = min(countries, key=lambda code: (-countries[code], code)) if countries else ""
    shown = _shown(names[0])
    return RunPartner(
        id=analyse(min(weights, key=lambda text: (fold(text), text))).key,
        name=shown,
        name_en=_in_language("en", names, stated, _is_english),
        name_ru=_in_language("ru", names, stated, lambda text: script(text) == "cyrillic"),
        name_zh=_in_language("zh", names, stated, lambda text: script(text) == "han"),
        kind=next((answer for text in names if (answer := kind(text)) != "other"), "other"),
        city="",
        country_code=country,
        parent_id=known.parent(shown, frozenset({country} - {""}))[0],
        forms=tuple(sorted(weights)),
    )


def _in_language(code: str, names: Sequence[str], stated: Container[tuple[str, str]], is_so: Callable[[str], bool]) -> str:
    """Return the name that stands in a column for a language, else the first that reads so; empty where none does."""
    found = next((text for text in names if (text, code) in stated), "") or next(filter(is_so, names), "")
    return _shown(found) if found else ""


def _with_ids(partners: Mapping[int, RunPartner]) -> dict[int, RunPartner]:
    """Turn the keys into ids; only where partners share a name the country is part of the id, and the spelling where that is one too."""
    shared = Counter(partner.id for partner in partners.values())
    alike = Counter((partner.id, partner.country_code) for partner in partners.values())
    found = {}
    for at, partner in partners.items():
        name, country = partner.id, partner.country_code
        parts = (name, country, *partner.forms) if alike[name, country] > 1 else (name, country) if shared[name] > 1 else (name,)
        found[at] = replace(partner, id=f"p-{short_hash(*parts)}")
    return found


def id_of(name: str) -> str:
    """Return the id that a partner gets whom only the name ``name`` tells of, the same in every run."""
    return f"p-{short_hash(analyse(name).key)}"


@lru_cache(maxsize=1024)  # one name is shown as that of a partner and as its name in a language
def _shown(text: str) -> str:
    return unmix(clean(text))


def _is_english(text: str) -> bool:
    return script(text) == "latin" and "en" in analyse(text).languages
