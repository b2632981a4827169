"""Organisations that no list knows: their spellings in one run are joined where that is certain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from etl.link.partner.decided import Rulings
from etl.link.partner.gazetteer import Gazetteer
from etl.link.partner.names import Name, acronyms, analyse, is_acronym, kind, split_country
from etl.link.partner.sounds import has_figure, is_pinyin
from etl.text import fold, script

_SHORTEST_TYPO = 7
_LETTER = re.compile(r"[^\W\d_]")


class Form(NamedTuple):
    """A written form in one country; ``country`` is empty when its rows name none or several."""

    text: str
    country: str


class Pair(NamedTuple):
    """Two forms that rows give of one organisation, each in a language of its own."""

    one: Form
    two: Form
    languages: tuple[str, str]


class Clusters:
    """Sets of forms that grow together; the smallest form stands for its set. What people told apart never joins."""

    def __init__(self, forms: Iterable[Form], rulings: Rulings | None = None) -> None:
        self._over = {form: form for form in forms}
        self._rulings = rulings if rulings and rulings.groups else None
        self._groups = {form: frozenset({rulings.group(form.text, form.country)}) for form in self._over} if rulings else {}

    def of(self, form: Form) -> Form:
        """Return the form that stands for the set of ``form``."""
        while self._over[form] != form:
            self._over[form] = self._over[self._over[form]]
            form = self._over[form]
        return form

    def join(self, one: Form, two: Form) -> None:
        """Make one set of the sets of ``one`` and ``two``."""
        first, second = sorted((self.of(one), self.of(two)))
        if self._rulings:
            if first == second or any(self._rulings.are_apart(a, b) for a in self._groups[first] for b in self._groups[second]):
                return
            self._groups[first] |= self._groups[second]
        self._over[second] = first

    def sets(self) -> list[list[Form]]:
        """Return the sets, each sorted, in the order of their first forms."""
        found: dict[Form, list[Form]] = defaultdict(list)
        for form in sorted(self._over):
            found[self.of(form)].append(form)
        return [found[head] for head in sorted(found)]


def clustered(
    cells: Mapping[Form, int], known: Gazetteer, rulings: Rulings | None = None, pairs: Mapping[Pair, int] | None = None
) -> list[list[Form]]:
    """Return the forms, given with their number of cells, as sets of one organisation each.

    Joined are: the same key, the same words in another order or language, an acronym and the name that gives it in
    brackets, a misspelling of one letter and the one name it can be, and the ``pairs`` that rows give in two languages, given with the
    number of rows. Two countries keep two names apart unless the name itself decides. ``rulings`` of people come first: what they
    join is joined, what they told apart stays so.
    """
    clusters = Clusters(cells, rulings)
    forms = sorted(cells)
    for together in _decided(forms, rulings):
        for form in together[1:]:
            clusters.join(together[0], form)
    for blocks in (_keys(forms), _meanings(forms), _translations(forms), _short_names(forms)):
        for block in blocks:
            _join_block(block, clusters)
    _join_typos(forms, cells, known, clusters)
    _join_pairs(pairs or {}, clusters)
    return clusters.sets()


def _decided(forms: list[Form], rulings: Rulings | None) -> list[list[Form]]:
    if rulings is None:
        return []
    return _blocks((at, form) for form in forms if (at := rulings.group(form.text, form.country)) is not None)


def _join_block(block: list[Form], clusters: Clusters) -> None:
    """Join forms of one name; only companies and networks are the same in several countries."""
    countries = {form.country for form in block if form.country}
    named = {code for form in block if (code := split_country(form.text)[1])}
    is_worldwide = kind(block[0].text) in ("company", "network") and bool(analyse(block[0].text).rare) and len(named) < 2
    if len(countries) <= 1 or is_worldwide:
        for form in block[1:]:
            clusters.join(block[0], form)
        return
    for country in sorted({*countries, ""}):  # forms of one name that say no country are one, whoever else has it
        here = [form for form in block if form.country == country]
        for form in here[1:]:
            clusters.join(here[0], form)


def _blocks(pairs: Iterable[tuple[object, Form]]) -> list[list[Form]]:
    found: dict[object, list[Form]] = defaultdict(list)
    for block, form in pairs:
        if form not in found[block]:
            found[block].append(form)
    return [block for block in found.values() if len(block) > 1]


def _keys(forms: list[Form]) -> list[list[Form]]:
    # A remark in brackets may distinguish ('(East China)'): only the whole name and the one without its country count.
    return _blocks((analyse(text).squeezed, form) for form in forms for text in _spellings(form.text))


def _spellings(text: str) -> tuple[str, ...]:
    bare = split_country(text)[0]
    parts = [part.strip() for part in bare.split(" / ")]
    return (text, bare, *parts) if len(parts) > 1 and all(map(_LETTER.search, parts)) else (text, bare)


def _meanings(forms: list[Form]) -> list[list[Form]]:
    """Return blocks of the same words; a dedication may be left out only where the rest of the name decides."""
    found = []
    for block in _blocks((said.strict, form) for form in forms if (said := analyse(form.text)).rare and said.concepts):
        honours = {said.honour for form in block if (said := analyse(form.text)).honour}
        if len(honours) <= 1 and (not honours or analyse(block[0].text).says_enough):
            found.append(block)
        else:
            found += _blocks((analyse(form.text).honour, form) for form in block)
    return found


def _translations(forms: list[Form]) -> list[list[Form]]:
    """Return blocks of the same words in different languages; within one language, words that differ keep names apart."""
    found = []
    for block in _blocks((said.loose, form) for form in forms if _decides(said := analyse(form.text))):
        by_words: dict[tuple[str, ...], list[Form]] = defaultdict(list)
        for form in block:
            by_words[analyse(form.text).strict].append(form)
        groups = list(by_words.values())
        if len(groups) == 2 and all(_foreign(analyse(one.text), analyse(two.text)) for one in groups[0] for two in groups[1]):
            found.append(block)
    return found


def _foreign(one: Name, two: Name) -> bool:
    if one.script == two.script and one.rare != two.rare:
        return False
    return not one.languages & two.languages and (one.concepts == two.concepts or bool(one.languages and two.languages))


def _decides(said: Name) -> bool:
    return bool(said.rare and said.concepts and not said.honour)


def _short_names(forms: list[Form]) -> list[list[Form]]:
    """Return pairs of an acronym and the one name that gives it of itself, in rows that do not name different countries."""
    full: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        if not is_acronym(form.text):
            for short in acronyms(form.text):
                full[fold(short)].append(form)
    found = []
    for form in forms:
        givers = full.get(fold(form.text), []) if is_acronym(form.text) else []
        givers = [giver for giver in givers if not form.country or giver.country in ("", form.country)]
        if givers and len({analyse(giver.text).squeezed for giver in givers}) == 1:
            found.append([givers[0], form])
    return found


def _join_typos(forms: list[Form], cells: Mapping[Form, int], known: Gazetteer, clusters: Clusters) -> None:
    """Join a name that stands once with the only name of its country that differs in one letter of one rare word."""
    said = {form: analyse(form.text) for form in forms if form.country and _may_be_misspelt(form.text)}
    words = Counter(word for name in said.values() for word in set(name.rare))
    blocks: dict[tuple[object, ...], dict[str, set[Form]]] = defaultdict(lambda: defaultdict(set))
    for form, name in said.items():
        for block, word in _typo_blocks(form, name):
            blocks[block][word].add(form)
    for form, name in said.items():
        near = {
            other
            for block, word in _typo_blocks(form, name)
            if words[word] <= cells[form] and not known.knows_word(word)
            for other in _near(word, blocks[block])
        }
        if len({clusters.of(other) for other in near}) == 1 and cells[form] <= max(cells[other] for other in near):
            clusters.join(form, min(near, key=lambda other: other.text))


def _join_pairs(pairs: Mapping[Pair, int], clusters: Clusters) -> None:
    """Join two names where each is what most rows give for the other: one row in which a cell slipped joins nobody.

    A name counts whatever its country: a company is one in all of them, and is translated as often.
    """
    given: dict[tuple[Form, str], Counter[str]] = defaultdict(Counter)
    met: dict[Pair, None] = {}
    for pair, rows in pairs.items():
        one, two = clusters.of(pair.one), clusters.of(pair.two)
        met[Pair(one, two, pair.languages)] = None
        given[one, pair.languages[1]][_key(two)] += rows
        given[two, pair.languages[0]][_key(one)] += rows
    most = {head: name for head, names in given.items() for name, rows in names.items() if 2 * rows > names.total()}
    for one, two, languages in sorted(met):
        if most.get((one, languages[1])) == _key(two) and most.get((two, languages[0])) == _key(one):
            clusters.join(one, two)


def _key(form: Form) -> str:
    return analyse(form.text).squeezed


def _may_be_misspelt(text: str) -> bool:
    return not is_acronym(text) and script(text) in ("latin", "cyrillic")


def _typo_blocks(form: Form, name: Name) -> list[tuple[tuple[object, ...], str]]:
    if not name.concepts:
        return []
    found: list[tuple[tuple[object, ...], str]] = []
    for at, word in enumerate(name.rare):
        if len(word) >= _SHORTEST_TYPO and not has_figure(word):
            rest = (form.country, name.concepts, name.rare[:at] + name.rare[at + 1 :])
            found += [((*rest, word[:2]), word), ((*rest, word[-2:], "end"), word)]
    return found


def _near(word: str, block: Mapping[str, set[Form]]) -> set[Form]:
    found: set[Form] = set()
    for other, distance, _ in process.extract(word, list(block), scorer=OSA.distance, score_cutoff=1, limit=5):
        if distance and not (is_pinyin(word) and is_pinyin(other)):
            found |= block[other]
    return found
