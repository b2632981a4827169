"""Types of agreements and outcomes in the reader's language; a finding and a question of the ETL have them as codes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.words.rules import method_said
from etl.words.say import Say, mark

#: The first eight have hues of their own; the others share one grey.
AGREEMENT_TYPES: dict[str, str] = {
    "cooperation_agreement": mark("Cooperation agreement"),
    "exchange_agreement": mark("Exchange agreement"),
    "double_degree_agreement": mark("Double degree agreement"),
    "memorandum_of_understanding": mark("Memorandum of understanding"),
    "joint_laboratory_agreement": mark("Joint laboratory agreement"),
    "consortium_agreement": mark("Consortium agreement"),
    "joint_institute_agreement": mark("Joint institute agreement"),
    "representative_office": mark("Representative office agreement"),
    "research_contract": mark("Research contract"),
    "network_membership": mark("Membership of a network"),
    "strategic_partnership": mark("Strategic partnership"),
    "other": mark("Other document"),
}
OUTCOME_TYPES: dict[str, str] = {
    "joint_publication": mark("Joint publication"),
    "joint_lab": mark("Joint laboratory"),
    "joint_center": mark("Joint centre"),
    "joint_project": mark("Joint project"),
    "grant": mark("Grant"),
    "mobility": mark("Mobility"),
    "double_degree": mark("Double degree programme"),
    "event": mark("Event"),
    "joint_institute": mark("Joint institute"),
    "school": mark("School or course"),
    "patent": mark("Patent"),
    "representative_office": mark("Representative office"),
    "other": mark("Other outcome"),
}
_TYPES: Mapping[str, str] = AGREEMENT_TYPES | OUTCOME_TYPES
#: A code; Chinese has no space before it, and what stands in quotes is as somebody wrote it.
_CODED = re.compile(r"(?<![A-Za-z_'\"])[a-z]+(?:_[a-z]+)+(?![A-Za-z_])")
#: A possible outcome, as the ETL proposes it: ``3 joint_project, planned``.
_OUTCOME = re.compile(r"(?:(?P<n>\d+) )?(?P<type>\w+?)(?P<planned>, planned)?")
#: A possible agreement: ``AGR-0005: Agreement with Tsinghua, signed 1987 (only_one, 0.60)``.
_AGREEMENT = re.compile(r"(?P<what>.+?)(?:, signed (?P<date>\d{4}(?:-\d\d){0,2}))? \((?P<rule>[a-z_]+), (?P<sure>[01]\.\d\d)\)", re.DOTALL)
TIMES, PLANNED = mark("{what} × {n}"), mark("{what}, planned")
SIGNED, SURE = mark("{what}, signed {date}"), mark("{what} ({rule}, sure to {percent} %)")


def type_said(say: Say, code: str) -> str:
    """Say the code of a type within a sentence; what is none stays as it is.

    >>> from etl.words.say import speaker
    >>> type_said(speaker("ru"), "joint_lab"), type_said(speaker("ru"), "spin_off")
    ('совместная лаборатория', 'spin_off')
    """
    said = say(_TYPES[code]) if code in _TYPES else code
    return said if said == code else said[:1].lower() + said[1:]


def in_words(say: Say, text: str) -> str:
    """Return a sentence of the ETL with the codes of types that stand in it in words.

    >>> from etl.words.say import speaker
    >>> in_words(speaker("en"), "the title says cooperation_agreement in header_row 3")
    'the title says cooperation agreement in header_row 3'
    """
    return _CODED.sub(lambda code: type_said(say, code[0]), text)


def candidate_said(say: Say, text: str) -> str:
    """Say a possible answer to a question: an outcome, an agreement and why it may be it; any other is a name and stays.

    >>> from etl.words.say import speaker
    >>> candidate_said(speaker("en"), "3 joint_project, planned"), candidate_said(speaker("ru"), "joint_lab")
    ('Joint project × 3, planned', 'Совместная лаборатория')
    >>> candidate_said(speaker("en"), "AGR-0005: Pact, signed 1987 (only_one, 0.60)")
    'AGR-0005: Pact, signed 1987 (the only agreement of its kind in force, sure to 60 %)'
    """
    if (outcome := _OUTCOME.fullmatch(text)) and outcome["type"] in _TYPES:
        what = say(_TYPES[outcome["type"]])
        what = say(TIMES, what=what, n=outcome["n"]) if outcome["n"] else what
        return say(PLANNED, what=what) if outcome["planned"] else what
    if agreement := _AGREEMENT.fullmatch(text):
        what = say(SIGNED, what=agreement["what"], date=say.date(agreement["date"])) if agreement["date"] else agreement["what"]
        return say(SURE, what=what, rule=method_said(say, agreement["rule"]), percent=round(100 * float(agreement["sure"])))
    return text
