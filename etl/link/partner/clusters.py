"""Organisations that no list knows: their spellings in one run are joined where that is certain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from etl.link.partner.decided import Rulings
from etl.link.partner.forms import Clusters, Form, Pair, spans
from etl.link.partner.gazetteer import Gazetteer
from etl.link.partner.names import Name, acronyms, analyse, is_acronym, kind, split_country
from etl.link.partner.slips import join_slips
from etl.text import LETTER, fold


def clustered(
    cells: Mapping[Form, int], known: Gazetteer, rulings: Rulings | None = None, pairs: Mapping[Pair, int] | None = None
) -> list[list[Form]]:
    """Return the forms, given with their number of cells, as sets of one organisation each.

    Joined are: the same key, the same words in another order or language, an acronym and the name that gives it in
    brackets, a misspelling of one letter and the one name it can be, and the ``pairs`` that rows give in two languages, given with the
    number of rows. Two countries keep two names apart unless the name itself decides. ``rulings`` of people come first: what they
    join is joined, what they told apart stays so.
    """
    forms = sorted(cells)
    clusters = Clusters(forms, rulings)
    for together in _decided(forms, rulings):
        for at in together[1:]:
            clusters.join(together[0], at)
    # What a name says does not depend on the countries in which it stands: it is asked once for all of them.
    texts = spans(forms)
    for block in chain(_keys(texts), _meanings(texts), _translations(texts)):
        _join_block(block, texts, forms, clusters)
    for giver, at in _short_names(texts, forms):
        clusters.join(giver, at)
    join_slips(texts, forms, [cells[form] for form in forms], known, clusters)
    if pairs:
        _join_pairs(pairs, forms, clusters)
    return clusters.sets()


def _decided(forms: Sequence[Form], rulings: Rulings | None) -> Iterable[list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    if rulings and rulings.groups:
        for at, form in enumerate(forms):
            if (group := rulings.group(*form)) is not None:
                found[group].append(at)
    return found.values()


def _join_block(block: Sequence[str], texts: Mapping[str, range], forms: Sequence[Form], clusters: Clusters) -> None:
    """Join the forms of texts that are one name; only companies and networks are the same in several countries."""
    members = [at for text in block for at in texts[text]]
    by_country: dict[str, list[int]] = defaultdict(list)
    for at in members:
        by_country[forms[at].country].append(at)
    if len(by_country) - ("" in by_country) <= 1 or _is_worldwide(block):
        together = [members]
    else:  # forms of one name that say no country are one, whoever else has it
        together = [by_country[country] for country in sorted(by_country)]
    for here in together:
        for at in here[1:]:
            clusters.join(here[0], at)


def _is_worldwide(block: Sequence[str]) -> bool:
    if kind(block[0]) not in ("company", "network") or not analyse(block[0]).rare:
        return False
    return len({code for text in block if (code := split_country(text)[1])}) < 2


def _blocks(pairs: Iterable[tuple[object, str]], texts: Mapping[str, range]) -> Iterator[list[str]]:
    """Return the texts of each block that has more than one form; one text that stands in several countries has several."""
    found: dict[object, list[str]] = {}
    for block, text in pairs:
        here = found.setdefault(block, [])
        if not here or here[-1] != text:  # texts come in their order
            here.append(text)
    return (block for block in found.values() if len(block) > 1 or len(texts[block[0]]) > 1)


def _keys(texts: Mapping[str, range]) -> Iterator[list[str]]:
    # A remark in brackets may distinguish ('(East China)'): only the whole name and the one without its country count.
    return _blocks(((analyse(each).squeezed, text) for text in texts for each in _spellings(text)), texts)


def _spellings(text: str) -> tuple[str, ...]:
    bare = split_country(text)[0]
    parts = [part.strip() for part in bare.split(" / ")]
    return (text, bare, *parts) if len(parts) > 1 and all(map(LETTER.search, parts)) else (text, bare) if bare != text else (text,)


def _meanings(texts: Mapping[str, range]) -> Iterator[list[str]]:
    """Yield blocks of the same words; a dedication may be left out only where the rest of the name decides."""
    for block in _blocks(((said.strict, text) for text in texts if (said := analyse(text)).rare and said.concepts), texts):
        honours = {said.honour for text in block if (said := analyse(text)).honour}
        if len(honours) <= 1 and (not honours or analyse(block[0]).says_enough):
            yield block
        else:
            yield from _blocks(((analyse(text).honour, text) for text in block), texts)


def _translations(texts: Mapping[str, range]) -> Iterator[list[str]]:
    """Yield blocks of the same words in different languages; within one language, words that differ keep names apart."""
    for block in _blocks(((said.loose, text) for text in texts if _decides(said := analyse(text))), texts):
        by_words: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        for text in block:
            said = analyse(text)
            by_words[said.strict].append(said)
        groups = list(by_words.values())
        if len(groups) == 2 and all(_foreign(one, two) for one in groups[0] for two in groups[1]):
            yield block


def _foreign(one: Name, two: Name) -> bool:
    if one.script == two.script and one.rare != two.rare:
        return False
    return not one.languages & two.languages and (one.concepts == two.concepts or bool(one.languages and two.languages))


def _decides(said: Name) -> bool:
    return bool(said.rare and said.concepts and not said.honour)


def _short_names(texts: Mapping[str, range], forms: Sequence[Form]) -> Iterator[tuple[int, int]]:
    """Yield pairs of the one name that gives an acronym of itself, and the acronym in rows that do not name different countries."""
    short = [text for text in texts if is_acronym(text)]
    full: dict[str, list[str]] = {fold(text): [] for text in short}
    for text in texts if short else ():
        for each in acronyms(text) if not is_acronym(text) else ():
            if (givers := full.get(fold(each))) is not None:
                givers.append(text)
    for text in short:
        for at in texts[text]:
            fitting = ("", forms[at].country)
            here = [giver for each in full[fold(text)] for giver in texts[each] if not forms[at].country or forms[giver].country in fitting]
            if here and len({analyse(forms[giver].text).squeezed for giver in here}) == 1:
                yield here[0], at


def _join_pairs(pairs: Mapping[Pair, int], forms: Sequence[Form], clusters: Clusters) -> None:
    """Join two names where each is what most rows give for the other: one row in which a cell slipped joins nobody.

    A name counts whatever its country: a company is one in all of them, and is translated as often.
    """
    where = {form: at for at, form in enumerate(forms)}
    heads = [(clusters.of(where[one]), clusters.of(where[two]), languages, rows) for (one, two, languages), rows in pairs.items()]
    given: dict[str, dict[int, str]] = defaultdict(dict)
    several: dict[tuple[str, int], Counter[str]] = {}
    for head, language, name, _ in _given(heads, forms):
        if given[language].setdefault(head, name) != name:
            several[language, head] = Counter()
    for head, language, name, rows in _given(heads, forms) if several else ():
        if (language, head) in several:
            several[language, head][name] += rows
    for (language, head), names in several.items():
        given[language][head] = next((name for name, rows in names.items() if 2 * rows > names.total()), "")
    alike = [
        (one, two) for one, two, (here, there), _ in heads if given[there][one] == _key(forms[two]) and given[here][two] == _key(forms[one])
    ]
    for one, two in sorted(alike):
        clusters.join(one, two)


def _given(heads: Iterable[tuple[int, int, tuple[str, str], int]], forms: Sequence[Form]) -> Iterator[tuple[int, str, str, int]]:
    """Yield each name with a language, what rows give for it in that language, and the number of rows."""
    for one, two, (here, there), rows in heads:
        yield one, there, _key(forms[two]), rows
        yield two, here, _key(forms[one]), rows


def _key(form: Form) -> str:
    return analyse(form.text).squeezed
