"""Rules of the ETL in the reader's language: how a text was read, how a link was found, why a text was refused.

A rule that is not known here is shown as the ETL wrote it.
"""

from __future__ import annotations

import re

from etl.words.say import Say, mark

#: Codes of the ways in which a link was found.
METHODS: dict[str, str] = {
    "cell": mark("in the cell"),
    "merged": mark("in a merged cell"),
    "ditto": mark("ditto mark: as in the row above"),
    "group": mark("label of its group"),
    "header": mark("header of the column"),
    "partner": mark("country of the partner"),
    "section": mark("heading of the section"),
    "mention": mark("named in the text"),
    "number": mark("same number"),
    "same_link": mark("same link"),
    "same_link_and_partner": mark("same link and partner"),
    "agreement": mark("taken over from its agreement"),
    "reference": mark("name in the list of organisations"),
    "alias": mark("another name of it"),
    "acronym": mark("acronym"),
    "acronym + country": mark("acronym + country"),
    "acronym + title": mark("acronym + title"),
    "spelling": mark("another spelling of it"),
    "new": mark("in no list: a partner of its own"),
    "decision": mark("decided by a person"),
    "corrected": mark("corrected by a person"),
    "address": mark("address of an author"),
    "ror": mark("ROR id"),
    "category": mark("subject category"),
    "venue": mark("name of the journal"),
    "keyword": mark("keywords of the authors"),
    "date_of_signature": mark("date of signature named in the text"),
    "signing": mark("signed at the time of the news"),
    "only_one": mark("the only agreement of its kind in force"),
    "same_outcome": mark("same kind, partner and time"),
    "city": mark("city named in the text"),
    "demonym": mark("nationality named in the text"),
    "city + kind": mark("the only partner of its kind in that city"),
    "part of its name": mark("part of its name"),
    "pattern": mark("reads like the name of an organisation"),
    "partner's country": mark("country of the partner"),
}
#: Phrases without a part of their own.
RULES: tuple[str, ...] = (
    mark("as written"),
    mark("the more precise date"),
    mark("the first of the two"),
    mark("a written end counts before one worked out from the term"),
    mark("the column of the country counts"),
    mark("the first column of a number"),
    mark("written"),
    mark("default"),
    mark("signature plus term"),
    mark("ISO"),
    mark("EDTF season"),
    mark("year"),
    mark("season"),
    mark("day first"),
    mark("month first"),
    mark("year first"),
    mark("year first, then day"),
    mark("year first, no separators"),
    mark("excel serial"),
    mark("month in words"),
    mark("day and month in words"),
    mark("month and year in figures"),
    mark("month and two digits of the year"),
    mark("day first, the only order possible"),
    mark("month first, the only order possible"),
    mark("ambiguous, read day first"),
    mark("ambiguous, kept as its year"),
    mark("day first, as its column"),
    mark("month first, as its column"),
    mark("range, its start"),
    mark("range, its end"),
    mark("academic year, its start"),
    mark("academic year, its end"),
    mark("one of two dates, the first"),
    mark("quarter or half year, kept as its year"),
    mark("approximate"),
    mark("month name with a slip"),
    mark("part of a period, kept as the period"),
    mark("until"),
    mark("ISO code"),
    mark("ISO number"),
    mark("abbreviated name"),
    mark("adjective of a country"),
    mark("case of a Russian name"),
    mark("code of a list"),
    mark("country before what is said of it"),
    mark("name cut off"),
    mark("name with lost letters"),
    mark("state in brackets"),
    mark("state without a part of it"),
    mark("alias"),
    mark("CLDR name"),
    mark("UN name"),
    mark("CLDR name in another language"),
    mark("historic name, successor state"),
    mark("words in another order"),
    mark("brackets"),
    mark("name before brackets"),
    mark("country in brackets after a place"),
    mark("country after a place"),
    mark("parts that agree"),
    mark("formal name"),
    mark("formal name with an adjective"),
    mark("part of a country"),
    mark("name run together"),
    mark("name in a wrong encoding"),
    mark("name with a slip"),
    mark("official name"),
    mark("term"),
    mark("official name outside the brackets"),
    mark("term outside the brackets"),
    mark("name or alias"),
    mark("keyword in the title"),
    mark("name of the sheet"),
    mark("term in words"),
)
#: Reasons of a refusal; a text as written may follow after a colon.
REFUSALS: tuple[str, ...] = (
    mark("decided: names none"),
    mark("no date"),
    mark("not a date"),
    mark("a negative year"),
    mark("a decade, not a date"),
    mark("a week, not a date"),
    mark("not a year of our era"),
    mark("no year"),
    mark("no such month"),
    mark("the day does not exist"),
    mark("several months, and no range between them"),
    mark("too many numbers for a date"),
    mark("not the numbers of a date"),
    mark("a year of one digit"),
    mark("a season without its year"),
    mark("a day and month without a year"),
    mark("two years and one month"),
    mark("an ordinal number in words, where a date is wanted"),
    mark("a start without an end"),
    mark("a range without a year"),
    mark("a range without a month"),
    mark("no country"),
    mark("too long for the name of a country"),
    mark("not a country of any list"),
    mark("several countries in one name"),
    mark("a state that is no more, with several successors"),
    mark("a region, group, total or organisation, not a country"),
    mark("a region or group by its brackets, not a country"),
    mark("not a research field: a form of cooperation"),
    mark("not a research field: names none in particular"),
    mark("no word of it is known as a research field"),
    mark("no field is likely enough"),
    mark("not a known type"),
    mark("no type written"),
    mark("no type written, and the title does not tell"),
    mark("no type written, and the sheet does not tell"),
    mark("no type written, and the sheet holds several kinds"),
    mark("not a known status"),
    mark("not a term in years or months"),
    mark("no length of time"),
    mark("no single length of time"),
    mark("several numbers"),
    mark("not a whole number of months up to a hundred years"),
    mark("no number"),
    mark("a negative number"),
    mark("several numbers in one cell"),
    mark("a range, a fraction or a formula, where one number is wanted"),
    mark("a thousand or a fraction"),
    mark("too large to be a count"),
    mark("a fraction, where a whole number is wanted"),
    mark("no known organisation"),
)
#: How exact a number is.
QUALIFIERS: dict[str, str] = {
    "exact": mark("exact"),
    "at_least": mark("at least"),
    "about": mark("about"),
    "at_most": mark("at most"),
}
NUMBER = mark("number, {qualifier}")
#: Phrases with a part, and how to say them.
TEMPLATES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"words: (?P<words>.+)"), mark("words: {words}")),
    (re.compile(r"keyword '(?P<word>.+)'"), mark("keyword '{word}'")),
    (re.compile(r"title: '(?P<word>.+)'"), mark("title: '{word}'")),
    (re.compile(r"text: '(?P<word>.+)'"), mark("text: '{word}'")),
    (re.compile(r"written: '(?P<word>.+)'"), mark("written: '{word}'")),
    (re.compile(r"affiliation: (?P<words>.+)"), mark("affiliation: {words}")),
    (
        re.compile(r"""(?P<raw>['\"].+) is known here, but not in the reference list"""),
        mark("{raw} is known here, but not in the reference list"),
    ),
    (
        re.compile(r"not a year between (?P<first>\d+) and (?P<last>\d+): (?P<year>\d+)"),
        mark("not a year between {first} and {last}: {year}"),
    ),
    (re.compile(r"""not a date: (?P<part>'[^']*'|\"[^\"]*\") in (?P<raw>.+)"""), mark("not a date: {part} in {raw}")),
    (
        re.compile(r"not a country of any list, but like (?P<country>.+?): (?P<raw>['\"].+)"),
        mark("not a country of any list, but like {country}: {raw}"),
    ),
    (re.compile(r"not a date: unknown word (?P<raw>.+)"), mark("not a date: unknown word {raw}")),
    (
        re.compile(r"""(?P<raw>['\"].+) may be more than one organisation, or one that the country does not confirm"""),
        mark("{raw} may be more than one organisation, or one that the country does not confirm"),
    ),
)
_NUMBER = re.compile(r"number, (?P<qualifier>\w+)")
#: What a mark in the cell adds to a method: 'merged, reference'.
_CELLS = ("merged", "ditto", "group", "section", "header", "corrected")


def rule_said(say: Say, rule: str) -> str:
    """Say how a text was read, or why it was not; in English as the ETL wrote it.

    >>> from etl.words.say import speaker
    >>> [rule_said(speaker("ru"), rule) for rule in ("month in words", "keyword 'cooperat*'", "number, at_least", "spelt backwards")]
    ['месяц словом', 'ключевое слово «cooperat*»', 'число (не менее указанного)', 'spelt backwards']
    """
    if say.language == "en":
        return rule
    if rule in _PHRASES:
        return say(rule)
    if (match := _NUMBER.fullmatch(rule)) and match["qualifier"] in QUALIFIERS:
        return say(NUMBER, qualifier=say(QUALIFIERS[match["qualifier"]]))
    for pattern, template in TEMPLATES:
        if match := pattern.fullmatch(rule):
            return say(template, **match.groupdict())
    reason, colon, raw = rule.partition(": ")
    if colon and reason in _PHRASES:
        return say.about(say(reason), raw)
    return method_said(say, rule)


def method_said(say: Say, method: str) -> str:
    """Say how a link was found; a method that is not known here is returned as it is.

    >>> from etl.words.say import speaker
    >>> method_said(speaker("en"), "same_link"), method_said(speaker("ru"), "merged, alias")
    ('same link', 'в объединённой ячейке, другое название')
    """
    cell, comma, rest = method.partition(", ")
    if comma and cell in _CELLS and rest in METHODS:
        return say.listed([say(METHODS[cell]), say(METHODS[rest])])
    return say(METHODS[method]) if method in METHODS else method


_PHRASES = frozenset((*RULES, *REFUSALS))
