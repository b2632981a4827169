"""A header as an office writes it -> the source field that its column feeds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Set
from functools import cache, lru_cache
from types import MappingProxyType

from etl.records import KINDS, SOURCE_FIELDS, Kind
from etl.reference import rows
from etl.text import fold

#: A running number of the sheet, which is no number of a record.
COUNTER = "counter"
#: '№' alone: the number of the record, unless another column says it more plainly or it only counts the rows.
WEAK_NUMBER = "number?"

Feeds = Mapping[Kind, str]
_PARTIES = frozenset({"partners", "countries", "home_unit", "owner"})
_DATES = frozenset({"signed", "effective", "expires", "terminated", "published", "date"})
_OF_THE_RECORD = frozenset({*_DATES, "number", WEAK_NUMBER, "type", "status", "event", "count"})
_NOTHING: Feeds = MappingProxyType({})
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_INSIDE = re.compile(r"[(\[（【]([^)\]）】]*)[)\]）】]")
_PARTS = re.compile(r"\s*[\n/|]\s*|\s+[-–—]\s+")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[a-zа-я])[.)]\s+", re.IGNORECASE)
#: 'Partner 2', 'Партнёр №2': one of several columns for the same thing, of which a record may have many.
_ONE_OF_MANY = re.compile(r"(?<=[^\W\d_])[\s№#_]*\d{1,2}$")
_MANY = frozenset({"partners", "countries", "city", "fields", "areas", "fields_areas"})
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*(?:г\.?|год|year|年))?", re.IGNORECASE)
_SCRIPTS = re.compile(r"(?<=[\u3400-\u9fff])\s*(?=[^\W\d_\u3400-\u9fff])|(?<=[^\W\d_\u3400-\u9fff])\s*(?=[\u3400-\u9fff])")


def key(text: str) -> str:
    """Return the form in which headers and aliases are compared.

    >>> key("№ договора"), key(" Partner's  COUNTRY: "), key("#")
    ('no договора', 'partners country', '#')
    """
    return fold(text).casefold() or "".join(text.split())


@cache
def aliases() -> Mapping[str, Feeds]:
    """Return every alias with the fields that it leads to by kind; an alias of the kind itself wins over one of all kinds."""
    table: dict[str, dict[Kind, str]] = {}
    for general in (True, False):
        for row in rows("headers"):
            if (row["kind"] == "*") == general:
                table.setdefault(key(row["alias"]), {}).update(_targets(row["kind"], row["field"]))
    return {alias: MappingProxyType(feeds) for alias, feeds in table.items()}


def _targets(kind: str, field: str) -> dict[Kind, str]:
    wanted = [each for each in KINDS if kind in (each, "*")]
    return {each: field for each in wanted if field in (*SOURCE_FIELDS[each], COUNTER, WEAK_NUMBER)}


def is_year(text: str) -> bool:
    """Say whether a header is a year: what stands below it is of that year.

    >>> is_year("2021"), is_year("2021 г."), is_year("2021年"), is_year("Year 2021")
    (True, True, True, False)
    """
    return bool(_YEAR.fullmatch(text.strip()))


def is_alias(folded: str) -> bool:
    """Say whether a folded text is spelled like a header of any kind; used where nothing but the raw text is known."""
    return folded.casefold() in aliases()


@lru_cache(maxsize=16_384)
def feeds(text: str) -> Feeds:
    """Return the source field that a column under ``text`` feeds, by kind; empty where nobody knows.

    >>> feeds("Partner(s)")["agreement"], feeds("Agr. No.")["outcome"], feeds("3. Страна / Country")["news"]
    ('partners', 'agreement_number', 'countries')
    >>> feeds("国别 Country")["outcome"]
    'countries'
    >>> feeds("Partner 2")["agreement"], feeds("Shoe size"), feeds("Year 2")
    ('partners', mappingproxy({}), mappingproxy({}))
    """
    spellings = list(dict.fromkeys(_spellings(text)))
    for spelling in spellings:
        if found := aliases().get(spelling):
            return found
    for spelling in spellings:
        if found := _without_fillers(spelling):
            return found
    if (alone := _ONE_OF_MANY.sub("", text.strip())) != text.strip():
        return MappingProxyType({kind: field for kind, field in feeds(alone).items() if field in _MANY})
    return _NOTHING


def _without_fillers(spelling: str) -> Feeds:
    """Return what ``spelling`` feeds when the words are left out that a table of a kind may add to any header.

    In a register of agreements 'Agreement end date' is the end date; in a list of news it is not the date of the news.
    """
    bare = {kind: _bare_aliases(kind).get(_bare(spelling, kind), "") for kind in KINDS}
    return MappingProxyType({kind: field for kind, field in bare.items() if field})


@cache
def _bare_aliases(kind: Kind) -> Mapping[str, str]:
    """Return bare alias -> field; one that would lead to two fields leads to none."""
    table: dict[str, str] = {}
    for alias, found in aliases().items():
        if (field := found.get(kind)) and (bare := _bare(alias, kind)):
            table[bare] = field if table.get(bare, field) == field else ""
    return table


def _bare(folded: str, kind: Kind) -> str:
    left_out = words("filler") | words(f"about_{kind}")
    kept = " ".join(word for word in folded.split() if word not in left_out)
    return kept if kept.isascii() else _han(kind).sub("", kept)


@cache
def _han(kind: Kind) -> re.Pattern[str]:
    return re.compile("|".join(sorted(word for word in words("filler") | words(f"about_{kind}") if word >= "\u3400")))


def _spellings(text: str) -> Iterable[str]:
    text = _NUMBERING.sub("", text)
    outside = _BRACKETS.sub(" ", text)
    yield key(text)
    yield key(outside)
    head, _, unit = outside.rpartition(",")
    if head and key(unit) in words("unit"):
        yield key(head)
    # A header in two languages: either half will do.
    for whole in (outside, *_INSIDE.findall(text)):
        parts = [part for half in _PARTS.split(whole) for part in _SCRIPTS.split(half)]
        if len(parts) > 1 or whole != outside:
            yield from (key(part) for part in parts if part.strip())


@lru_cache(maxsize=4096)
def feeds_under(group: str, leaf: str) -> Feeds:
    """Return what a column feeds whose header ``leaf`` stands under the merged header ``group``.

    >>> feeds_under("Документ", "Дата подписания")["agreement"], feeds_under("Partner", "Name")["agreement"]
    ('signed', 'partners')
    >>> feeds_under("Agreement", "No.")["outcome"]
    'agreement_number'
    >>> feeds_under("Partner", "Tax number")
    mappingproxy({})
    """
    if not leaf or not group or key(leaf) == key(group):
        return feeds(leaf or group)
    for joined in (f"{group} {leaf}", f"{leaf} {group}"):
        if found := aliases().get(key(joined)):
            return found
    if key(leaf) in words("name") and feeds(group):
        return feeds(group)
    below = {kind: _field_under(feeds(group).get(kind, ""), field) for kind, field in feeds(leaf).items()}
    return MappingProxyType({kind: field for kind, field in below.items() if field})


def _field_under(group: str, leaf: str) -> str:
    """Return what 'Date' means under 'Signing' (the date of signing), and 'Type' under 'Partner' (nothing that is known)."""
    if group in _PARTIES and leaf in _OF_THE_RECORD:
        return ""
    return group if group in _DATES and leaf in _DATES else leaf


@cache
def words(role: str) -> frozenset[str]:
    """Return the folded words of ``etl/reference/row_words.csv`` for a role of a row."""
    return frozenset(key(row["word"]) for row in rows("row_words") if row["role"] == role)


def similar(text: str) -> str | None:
    """Return the alias that ``text`` is probably a misspelling of, to propose and never to use.

    >>> similar("Coutnry"), similar("Shoe size")
    ('country', None)
    """
    close = difflib.get_close_matches(key(text)[:60], aliases(), n=1, cutoff=0.8)
    return close[0] if close else None


def kind_of(columns: Iterable[Feeds], sheet: str, file: str, title: str = "") -> Kind | None:
    """Return the kind of a table by the columns that it has, or None; names of sheet and file and its title decide between near equals.

    A field counts once, and double where no other kind has such a column.
    """
    columns = list(columns)
    scores: dict[Kind, float] = {}
    for kind in KINDS:
        fields = {each[kind]: len(each) == 1 for each in columns if each.get(kind, COUNTER) != COUNTER}
        if _can_be(kind, fields.keys()):
            scores[kind] = (
                sum(1 + alone for alone in fields.values())
                + 1.5 * is_named(kind, sheet)
                + 1.25 * is_named(kind, file)
                + is_named(kind, title)
            )
    return max(scores, key=lambda kind: scores[kind], default=None)


def _can_be(kind: Kind, fields: Set[str]) -> bool:
    """Say whether a table with these columns can hold records of a kind: a count by country or year is a statistic, no register."""
    match kind:
        case "agreement":
            return not fields.isdisjoint({"title", "partners"}) or ("number" in fields and len(fields) > 1)
        case "news":
            return not fields.isdisjoint({"title", "text"})
        case "outcome":
            return not fields.isdisjoint({"title", "type", "doi", "agreement_number"})


def is_named(kind: Kind, name: str) -> bool:
    """Say whether the name of a sheet or file speaks of a kind."""
    folded = key(name.replace("_", " "))
    return any(word in folded for word in words(kind))
